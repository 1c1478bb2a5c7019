"""Two labs on one page, and one lab shown twice, in a real browser: none disturbs another, and all stay live."""

import pytest
from playwright.sync_api import expect, sync_playwright
from test_walk import LAB, SECONDS, course, pixels, settled

from tests.test_lab import QUIET, is_outside, served, shot, write_page

__all__ = ["course"]
PAGE = "notebooks/two_labs.ipynb"
MADE = """
from loadbearing.labs import Knob, Lab, Prediction

def asked(key):
    options = {"more": f"More, says {key}.", "less": f"Less, says {key}."}
    return Prediction(key, f"What will {key} do?", options, lambda bench: ("less", "It did little."))

one = Lab(["slow_door", "retry_flood"], [Knob("door.handlers"), Knob("door.queue_limit")],
          prediction=asked("one"), unit="two_labs")
other = Lab(["capacity_lost", "late_crowd"], [Knob("door.queue_limit")],
            prediction=asked("other"), unit="two_labs")
one
"""
STANDS = """lab => {
  const text = name => Array.from(lab.querySelectorAll(name), one => one.textContent);
  const image = name => lab.querySelector(name).toDataURL();
  const each = (name, tell) => Array.from(lab.querySelectorAll(name), tell);
  return {
    case: text('.lb-question'), picture: image('.lb-picture'), caption: text('.lb-screen .lb-caption'),
    numbers: text('.lb-cards'), busy: text('.lb-busy'), pages: text('.lb-pages article'),
    crowd: image('.lb-crowd-scene'), counts: lab.querySelector('.lb-crowd-scene').ariaLabel,
    clock: text('.lb-crowd-clock'), story: text('.lb-crowd-story'),
    prediction: text('.lb-right .widget-html'), answers: each('input[type=radio]', one => one.checked),
    knobs: each('.lb-knob input', one => [one.value, one.disabled]),
    buttons: each('button', one => [one.textContent, one.disabled, one.classList.contains('mod-active')]),
  };
}"""
"""All that a lab shows: what stands written, what is drawn, and where its controls stand."""

LISTEN = """() => {
  window.unanswered = [];
  const hear = () => document.querySelectorAll('.lb-knob-note').forEach(note =>
    note.textContent && window.unanswered.push(note.textContent));
  new MutationObserver(hear).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
"""Note whenever a knob says that no answer comes."""


@pytest.fixture
def two_labs(course):
    """A page with two labs in it, the second of them shown twice."""
    write_page(course, PAGE, (MADE, "other", "other"))
    return course


@pytest.mark.browser
@pytest.mark.slow
def test_two_labs_on_one_page_do_not_disturb_each_other(two_labs, chromium, record_count, tmp_path):
    outside = []
    with served(two_labs, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address.replace("START.md", PAGE))
        expect(page.locator(LAB)).to_have_count(3, timeout=180 * SECONDS)
        one, other, again = (page.locator(LAB).nth(at) for at in range(3))
        at_rest(one)
        both_show_the_same(other, again)
        page.screenshot(path=shot("two_labs"))
        page.evaluate(LISTEN)
        with undisturbed(other), undisturbed(again):
            the_crowd_plays(one)
            it_is_predicted(one, "More, says one.")
            a_knob_is_dragged(page, one)
            another_case_is_chosen(one, "The retry flood")
        page.screenshot(path=shot("two_labs_one_turned"))
        with undisturbed(one):
            the_crowd_plays(other)
            it_is_predicted(again, "Less, says other.")
            expect(other.get_by_text("You said: Less, says other.")).to_be_visible()
            for shown in (other, again):
                a_knob_is_let_go_where_it_stands(shown)
            for turned, seen in ((other, again), (again, other), (again, other), (other, again)):
                a_key_turns_a_knob(page, turned, seen)
            expect(other.locator(".lb-question").first).to_have_text("Capacity lost")
        both_show_the_same(other, again)
        page.screenshot(path=shot("two_labs_other_turned"))
        with undisturbed(other), undisturbed(again):
            a_key_turns_a_knob(page, one, one)
        assert page.evaluate("window.unanswered") == []
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    record_count("browser steps", 9)


def stands(lab):
    """Everything that a lab shows at this moment."""
    return lab.evaluate(STANDS)


class undisturbed:
    """While a block acts elsewhere, this lab changes nothing: neither at the end nor for a moment in between."""

    def __init__(self, lab):
        self.lab = lab

    def __enter__(self):
        self.before = stands(self.lab)
        self.lab.evaluate(
            """lab => {
              lab.changes = [];
              lab.watcher = new MutationObserver(all => lab.changes.push(...all.map(one =>
                `${one.type} ${one.attributeName || ''} of ${one.target.className || one.target.nodeName}`)));
              lab.watcher.observe(lab, {subtree: true, childList: true, characterData: true, attributes: true});
            }"""
        )

    def __exit__(self, kind, *_):
        if kind is None:
            now = stands(self.lab)
            assert {key for key in now if now[key] != self.before[key]} == set(), (
                "a lab was disturbed"
            )
            assert self.lab.evaluate("lab => [...new Set(lab.changes)]") == [], (
                "a lab was disturbed"
            )
        self.lab.evaluate("lab => lab.watcher.disconnect()")


def at_rest(lab):
    """Wait until nothing moves by itself any more: the full crowd has run, the dots are where they belong."""
    settled(lab)
    lab.get_by_role("button", name="The crowd").click()
    crowd = lab.locator(".lb-crowd")
    crowd.scroll_into_view_if_needed()
    expect(crowd).to_have_attribute("data-moving", "false", timeout=30 * SECONDS)


def both_show_the_same(one, other):
    """One lab shown twice shows the same twice."""
    at_rest(one), at_rest(other)
    here, there = stands(one), stands(other)
    # A dot comes to rest within a pixel of its place, from wherever it came: the drawn crowds differ by less.
    differs = {key for key in here if here[key] != there[key]} - {"crowd"}
    assert differs == set(), "shown twice, it differs"


def the_crowd_plays(lab):
    """The crowd moves, and is stopped again."""
    clock, play = lab.locator(".lb-crowd-clock"), lab.locator(".lb-crowd-play")
    before = clock.inner_text()
    play.click()
    expect(clock).not_to_have_text(before, timeout=10 * SECONDS)
    play.click()
    expect(play).not_to_have_attribute("data-shows", "pause")


def it_is_predicted(lab, answer):
    """An answer is given; then the knobs can be turned."""
    expect(lab.locator("input.lb-knob-slider").first).to_be_disabled()
    lab.get_by_label(answer).check()
    lab.get_by_role("button", name="Lock it in and run").click()
    expect(lab.get_by_text(f"You said: {answer}")).to_be_visible(timeout=90 * SECONDS)
    expect(lab.locator("input.lb-knob-slider").first).to_be_enabled()
    settled(lab)


def a_knob_is_dragged(page, lab):
    """The picture follows the mouse, and the full crowd ends where the knob was let go."""
    slider, before = lab.locator("input.lb-knob-slider").first, pixels(lab)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    high = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.28 * box["width"], high)
    page.mouse.down()
    for at in range(15):
        page.mouse.move(box["x"] + (0.28 + 0.02 * at) * box["width"], high)
        page.wait_for_timeout(40)
    page.mouse.up()
    settled(lab)
    assert pixels(lab) != before, "the picture did not follow the slider"
    expect(lab.locator(".lb-caption").first).to_contain_text(f"at {slider.input_value()} %")


def a_knob_is_let_go_where_it_stands(lab):
    """The kernel answers this too, in whichever place it happens: else the knob would wait for an answer."""
    lab.locator("input.lb-knob-slider").first.dispatch_event("change")
    lab.page.wait_for_timeout(6 * SECONDS)  # a knob says after four seconds that no answer comes


def another_case_is_chosen(lab, title):
    """A case button changes head, picture and caption."""
    lab.get_by_role("button", name=title).click()
    expect(lab.locator(".lb-question").first).to_have_text(title, timeout=30 * SECONDS)
    settled(lab)


def a_key_turns_a_knob(page, turned, seen):
    """A key turns a knob of a lab; wherever that lab is shown, knob, picture and caption follow."""
    slider = turned.locator("input.lb-knob-slider").first
    at, before = int(slider.input_value()) + 5, pixels(seen)
    slider.focus()
    page.keyboard.press("ArrowRight")
    for lab in (turned, seen):
        expect(lab.locator("input.lb-knob-slider").first).to_have_value(str(at))
        expect(lab.locator(".lb-caption").first).to_contain_text(f"at {at} %", timeout=30 * SECONDS)
        settled(lab)
    assert pixels(seen) != before, "the picture did not follow the key"
