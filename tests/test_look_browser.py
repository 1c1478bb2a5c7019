"""A lab and its cards in a real browser: in the dark theme, in a narrow window, and with words that were not kept."""

import pytest
from playwright.sync_api import expect, sync_playwright
from test_walk import LAB, SECONDS, course, settled

from loadbearing.labs import look
from tests.test_lab import QUIET, is_outside, rgb, served, shot, write_page

__all__ = ["course"]
PAGE = "notebooks/looks.ipynb"
CELLS = (
    """
from loadbearing.labs import Knob, Lab, Prediction

options = {"more": "Clearly more. It has the most to gain.", "less": "Clearly less."}
asked = Prediction("one", "What will it do?", options, lambda bench: ("less", "It did little."))
lab = Lab(["slow_door", "capacity_lost"], [Knob("door.handlers")], prediction=asked, unit="looks")
lab
""",
    'lab.verdict_card("F1")',
    "lab.launch_sheet()",
    "lab.projector()",
)
SHEETS, NARROW = ".lb-sheet", 400
TOO_WIDE = """() => {
  const slides = '.lb-frame, .lb-view, .lb-pages, .lb-heard, .lb-crowd-status, style';
  return Array.from(document.querySelectorAll('.lb-sheet'), sheet => {
    const right = sheet.getBoundingClientRect().right + 1;
    return Array.from(sheet.querySelectorAll('*'))
      .filter(one => !one.closest(slides) && one.getBoundingClientRect().right > right)
      .map(one => one.className || one.nodeName);
  }).flat();
}"""
"""What sticks out of a sheet at its right, where it cannot be seen; some parts slide sideways in their own frame."""


@pytest.fixture
def looks(course):
    """A page with a lab and three cards."""
    write_page(course, PAGE, CELLS)
    return course


@pytest.mark.browser
@pytest.mark.slow
def test_a_lab_in_the_dark_in_a_narrow_window_and_half_typed(
    looks, chromium, record_count, tmp_path
):
    outside = []
    with served(looks, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address.replace("START.md", PAGE))
        lab = awake(page)
        box, people = half_typed(page)
        page.screenshot(path=shot("look_light"))
        page.wait_for_timeout(2 * SECONDS)  # a draft is written a second after the letter before
        page.close(run_before_unload=True)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(address.replace("START.md", PAGE))
        lab = awake(page)
        found_again(page, box, people)
        lab.get_by_role("button", name="The curve").click()
        lab.get_by_role("button", name="Who came and who got in").click()
        expect(lab.locator(".lb-img")).to_be_visible(timeout=30 * SECONDS)
        in_theme(page, "JupyterLab Dark")
        everything_is_dark(page)
        seen(page, "look_dark")
        page.set_viewport_size({"width": NARROW, "height": 800})
        page.keyboard.press("Control+B")
        everything_is_in_sight(page)
        seen(page, "look_dark_narrow")
        page.set_viewport_size({"width": 1280, "height": 1000})
        in_theme(page, "JupyterLab Light")
        assert colours(page, SHEETS) == {rgb(look.PAPER)}
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    record_count("browser steps", 6)


def awake(page):
    """Wait until the lab and its cards are there and the full crowd has run."""
    page.locator(LAB).wait_for(timeout=180 * SECONDS)
    expect(page.locator(SHEETS)).to_have_count(4, timeout=60 * SECONDS)
    settled(page.locator(LAB))
    return page.locator(LAB)


def half_typed(page):
    """A verdict and a number of the launch are begun and not kept."""
    page.get_by_role("button", name="fails when").click()
    box = "input[placeholder^='When?']"
    page.locator(box).press_sequentially("only at half the do", delay=20)
    people = "input[placeholder='20,000']"
    page.locator(people).press_sequentially("12,345", delay=20)
    return box, people


def found_again(page, box, people):
    """What was begun stands there again, and that it is not kept is said."""
    expect(page.locator(box)).to_have_value("only at half the do")
    expect(page.locator(people)).to_have_value("12,345")
    expect(page.get_by_text("It is not kept yet: press the button to keep it.")).to_be_visible()
    active = page.locator(".mod-active", has_text="fails when")
    expect(active).to_be_visible()


def in_theme(page, name):
    """Choose a theme as a student does."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_text("Theme", exact=True).hover()
    page.get_by_text(name, exact=True).click()
    light = str(name.endswith("Light")).lower()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    page.wait_for_timeout(SECONDS)


def colours(page, name):
    """The colours of the paper of all that is called so."""
    each = "all => all.map(one => getComputedStyle(one).backgroundColor)"
    return set(page.locator(name).evaluate_all(each))


def everything_is_dark(page):
    """All sheets, the crowd and all pictures are dark; the front pages stay paper."""
    dark = {rgb(look.dark(look.PAPER))}
    assert colours(page, SHEETS) == dark and colours(page, ".lb-crowd") == dark
    each = "all => all.map(one => getComputedStyle(one).filter)"
    for pictures in (".lb-picture", ".lb-img", ".lb-crowd-scene"):
        assert set(page.locator(pictures).evaluate_all(each)) == {look.DARK_FILTER}, pictures
    assert colours(page, ".lb-pages article") == {"rgb(251, 247, 236)"}


def everything_is_in_sight(page):
    """In a narrow window nothing sticks out, and each picture is wide enough to be read and slides in its frame."""
    page.wait_for_timeout(SECONDS)
    assert page.evaluate(TOO_WIDE) == []
    for picture, frame in ((".lb-picture", ".lb-frame"), (".lb-img", ".lb-view")):
        assert page.locator(picture).first.evaluate("one => one.clientWidth") == look.READABLE
        slid = page.locator(frame).first.evaluate(
            "one => { one.scrollLeft = 1000; return one.scrollLeft + one.clientWidth; }"
        )
        assert slid == look.READABLE, "the picture's right end is out of reach"
        page.locator(frame).first.evaluate("one => { one.scrollLeft = 0; }")


def seen(page, name):
    """A screenshot of each sheet, beginning at its top."""
    for at, sheet in enumerate(page.locator(SHEETS).all()):
        sheet.evaluate("one => one.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(SECONDS // 2)
        page.screenshot(path=shot(f"{name}_{at + 1}"))
