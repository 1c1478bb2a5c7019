"""The pack in a real browser: the plain file, without a network, at the size of a phone and of a desk."""

import functools
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from house import ROOT
from PIL import Image
from playwright.sync_api import sync_playwright

from authoring import pack as making
from authoring import pack_picture
from loadbearing.labs import knobs as turning
from loadbearing.labs import screen
from loadbearing.pack import page as pages
from tests.test_lab import QUIET, SHOTS, shot

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FILE = ROOT / "pack" / "load-bearing.html"
PHONE, SMALL, TABLET, DESK = (390, 844), (360, 640), (820, 1180), (1280, 900)
SLUGS = ("the_evening", "the_flood", "the_queue")
WORDS_A_MINUTE, INTRO_S, A_MINUTE_S = 200, 10, 60
HEAD = re.compile(r'<script type="application/json" id="pack-head">(.*?)</script>', re.DOTALL)
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } });"
)
AT_REST = ".pack-stage[data-opening='over']"


@functools.cache
def played():
    """The file as it would be written now: its words, scripts and styles anew, around the points it holds."""
    path = SHOTS / "pack.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(making.around(FILE), encoding="utf-8")
    return path


@functools.cache
def head():
    return json.loads(HEAD.search(played().read_text(encoding="utf-8"))[1])


def unit(slug):
    return next(one for one in head()["units"] if one["slug"] == slug)


@functools.cache
def bench(slug):
    return making.Source(slug).lab.bench


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=chromium, args=QUIET)


@pytest.fixture
def opened(browser):
    """Open the file with the network off; what goes wrong in it, or asks for anything but the file, fails the test."""
    wrong, contexts = [], []

    def open_page(size=PHONE, slug="", still=True, script="", context=None, **asked):
        phone = size[0] < 700
        how = dict(viewport=dict(zip(("width", "height"), size, strict=True)), offline=True)
        how |= dict(has_touch=phone, is_mobile=phone) if phone else {}
        how |= dict(reduced_motion="reduce") if still else {}
        context = context or browser.new_context(**how, **asked)
        contexts.append(context)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda one: wrong.append(one.url) if outside(one.url) else None)
        page.goto(played().as_uri() + (f"#{slug}" if slug else ""))
        page.locator(".pack-lab").wait_for()
        page.locator(".lb-crowd-scene, .lb-picture").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def outside(url):
    return url.split("#")[0] != played().as_uri() and not url.startswith("data:")


def answer(page, slug, right=False):
    """Answer the question of the lab on show, and wait until the runs that settle it have been shown."""
    asked = unit(slug)["prediction"]
    wanted = next(one for one in asked["options"] if (one["key"] == asked["right"]) == right)
    page.get_by_role("button", name=wanted["text"], exact=True).click()
    page.locator(".pack-result").wait_for()
    last = len(unit(slug)["words"]["shows"])
    page.locator(f'.pack-shows li:nth-child({last}) button[aria-pressed="true"]').wait_for()
    return wanted


def shown_numbers(page):
    return page.locator(".pack-screen .lb-card").evaluate_all(
        "cards => cards.map(card => [card.children[0].textContent, card.children[1].textContent])"
    )


def engine_numbers(slug, case, places):
    """What the notebook's lab would show for the full crowd: run anew."""
    trial = bench(slug).full(turning.settings_of(case, places, bench(slug).knobs))
    told = screen.numbers(bench(slug).sight(trial).first)
    return [[one["label"], one["number"]] for one in told]


def knob(page, label):
    return page.locator(".pack-knobs > div", has=page.get_by_text(label, exact=True))


def turn(page, label, to):
    """Type where a knob shall stand, or press a choice."""
    row = knob(page, label)
    box = row.locator(".lb-knob-box")
    if box.count():
        box.fill(str(to))
        box.press("Tab")
    else:
        row.get_by_label(to, exact=True).check()
    page.wait_for_timeout(600)


def unfold(page):
    """Unfold both front pages, where there are any."""
    for button in page.locator(".pack-unfold").all():
        button.click()


def barriers(page):
    """Rules of axe that the page breaks, each with where."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def comes_up(page):
    """Wait until the question stands at the top of the window."""
    page.wait_for_function(
        "document.querySelector('.pack-ask').getBoundingClientRect().top < 30", timeout=4_000
    )


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


# --- the first minute ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_minute_holds_ten_seconds_a_question_and_the_surprise(opened, slug):
    page = opened(slug=slug, still=False)
    assert page.get_by_role("heading", level=1).inner_text()
    page.locator(AT_REST).wait_for(timeout=(INTRO_S + 4) * 1000)
    assert page.locator(".lb-crowd-clock").inner_text() >= "20:09:50"
    comes_up(page)
    asked = page.locator(".pack-ask")
    page.screenshot(path=shot(f"pack_{slug}_asked"))
    words = page.locator(".pack-head").inner_text() + asked.inner_text()
    reading_s = 60 * len(words.split()) / WORDS_A_MINUTE
    wrong = next(
        one
        for one in unit(slug)["prediction"]["options"]
        if one["key"] != unit(slug)["prediction"]["right"]
    )
    page.get_by_role("button", name=wrong["text"], exact=True).click()
    page.locator(".pack-result").wait_for(timeout=1500)
    assert INTRO_S + reading_s + 1.5 < A_MINUTE_S
    page.wait_for_function(
        "document.querySelector('.pack-right').getBoundingClientRect().bottom < innerHeight"
        " && document.querySelector('.pack-verdict').getBoundingClientRect().top > 0",
        timeout=4_000,
    )
    assert page.locator(".pack-verdict").inner_text() == "The runs say otherwise"
    page.screenshot(path=shot(f"pack_{slug}_surprise"))


def test_the_first_seconds_can_be_skipped_and_stopped(opened):
    page = opened(still=False)
    page.get_by_role("button", name="To the question").click()
    comes_up(page)
    assert page.evaluate("document.activeElement.id") == "pack-ask-head"
    again = opened(still=False)
    again.get_by_role("button", name="Pause").click()
    again.locator(AT_REST).wait_for(timeout=1000)
    stands = again.locator(".lb-crowd-clock").inner_text()
    again.wait_for_timeout(700)
    assert again.locator(".lb-crowd-clock").inner_text() == stands


def test_without_motion_nothing_moves_and_the_last_run_is_shown_at_once(opened):
    page = opened(still=True)
    assert page.locator(".lb-crowd-clock").inner_text() == "20:10:00"
    page.locator('.lb-crowd[data-moving="false"]').wait_for()
    answer(page, "the_evening")
    last = unit("the_evening")["words"]["shows"][-1]
    case = next(one for one in unit("the_evening")["cases"] if one["name"] == last["case"])
    assert page.locator(".pack-now").inner_text().startswith(case["title"])


# --- three labs ------------------------------------------------------------------------------------------

TURNED = {
    "the_evening": ("retry_flood", {"door.queue_limit": 46}),
    "the_flood": ("ten_bad_seconds", {"queue_limit from 840 s on": 19}),
    "the_queue": ("same_hardware", {"refused": "stands in a line"}),
}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lab_is_played_and_its_numbers_are_the_engines(opened, slug):
    page, told = opened(slug=slug), unit(slug)
    said = answer(page, slug)
    asked = told["prediction"]
    right = next(one["text"] for one in asked["options"] if one["key"] == asked["right"])
    assert page.locator(".pack-right").inner_text() == right
    assert page.locator(".pack-said").inner_text() == f"You said: {said['text']}"
    page.get_by_text("What just happened, in full").click()
    assert page.locator(".pack-sentence").inner_text() == asked["sentence"]
    if page.get_by_role("button", name="Put the knobs back").is_enabled():
        page.get_by_role("button", name="Put the knobs back").click()
        page.wait_for_timeout(400)
    case, places = TURNED[slug]
    for path, to in places.items():
        label = next(one["label"] for one in told["knobs"] if one["path"] == path)
        turn(page, label, to)
    assert shown_numbers(page) == engine_numbers(slug, case, places)
    page.screenshot(path=shot(f"pack_{slug}_turned"))
    assert sideways(page) == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_what_the_page_itself_puts_on_show_is_nobodys_mission(opened, slug):
    page = opened(slug=slug)
    answer(page, slug)
    for show in page.locator(".pack-shows button").all():
        show.click()
        page.wait_for_timeout(200)
    assert page.locator(".pack-mission-list li").count() == len(unit(slug)["missions"]) > 0
    assert page.locator(".pack-mission-list .pack-box[aria-label='done']").count() == 0
    assert "Mission done" not in page.locator(".pack-side").inner_text()


def test_the_crowd_asked_for_at_the_knobs_comes_into_sight(opened):
    page = opened(slug="the_evening")
    answer(page, "the_evening")
    page.get_by_role("button", name="Put the knobs back").click()
    page.locator(".pack-missions").scroll_into_view_if_needed()
    page.get_by_role("button", name="The crowd").click()
    page.locator(".lb-crowd-scene").wait_for()
    page.wait_for_timeout(400)
    top, bottom, high = page.locator(".lb-crowd-scene").evaluate(
        "one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom, innerHeight]"
    )
    assert -1 <= top < high / 2 and bottom > top + 100


def test_a_mission_ticks_itself_and_stays_ticked(opened):
    page = opened(slug="the_flood")
    answer(page, "the_flood")
    label = next(one["label"] for one in unit("the_flood")["knobs"] if "queue" in one["path"])
    turn(page, label, 19)
    done = page.locator(".pack-mission-list .pack-box[aria-label='done']")
    assert done.count() >= 1
    assert page.locator(".pack-done").inner_text().startswith("Mission done: ")
    before = done.count()
    page.get_by_role("button", name="Put the knobs back").click()
    page.wait_for_timeout(300)
    assert done.count() == before


def test_a_slider_that_is_dragged_shows_each_stop_on_its_way(opened):
    page = opened()
    answer(page, "the_evening")
    slider = page.locator(".lb-knob-slider").first
    slider.focus()
    seen = set()
    for _ in range(3):
        slider.press("ArrowRight")
        page.wait_for_timeout(450)
        seen.add(page.locator(".pack-now").inner_text())
    assert len(seen) == 3
    assert page.locator(".lb-card span:nth-child(3)", has_text="was ").count() >= 1


def test_what_is_typed_between_two_stops_goes_to_the_nearer(opened):
    page = opened()
    answer(page, "the_evening")
    told = unit("the_evening")["knobs"][0]
    low, high = told["stops"][-2:]
    turn(page, told["label"], high - (high - low) / 4)
    assert float(knob(page, told["label"]).locator(".lb-knob-box").input_value()) == high
    turn(page, told["label"], 99_999)
    assert float(knob(page, told["label"]).locator(".lb-knob-box").input_value()) == high


def test_both_front_pages_are_those_of_the_run_and_a_vote_is_kept(opened):
    page = opened()
    answer(page, "the_evening")
    articles = page.locator(".lb-page")
    assert articles.count() == 2 and not articles.first.locator(".lb-body").is_visible()
    before = articles.first.locator("h2").inner_text()
    page.get_by_role("button", name="Put the knobs back").click()
    page.wait_for_timeout(400)
    assert articles.first.locator("h2").inner_text() != before
    page.get_by_role("button", name="Read all of").first.click()
    assert articles.first.locator(".lb-body").is_visible()
    page.locator(".pack-votes button").first.click()
    name = page.locator(".pack-votes button").first.inner_text()
    assert name in page.locator(".pack-voted").inner_text()
    page.reload()
    page.locator('.pack-votes button[aria-pressed="true"]').wait_for()
    assert page.locator('.pack-votes button[aria-pressed="true"]').inner_text() == name


def test_one_lab_leads_to_the_next_and_the_last_to_the_course(opened):
    page = opened()
    for slug, following in zip(SLUGS, (*SLUGS[1:], None), strict=True):
        assert page.locator(".pack-kicker").inner_text().endswith(unit(slug)["title"])
        answer(page, slug)
        page.locator(".pack-go").click()
        if following:
            page.locator(".pack-options").wait_for()
            assert page.evaluate("location.hash") == f"#{following}"
    assert page.evaluate("document.activeElement.id") == "pack-about-head"
    page.go_back()
    page.go_back()
    page.wait_for_timeout(500)
    assert page.locator(".pack-kicker").inner_text().endswith(unit(SLUGS[1])["title"])


def test_the_moving_crowd_follows_to_runs_that_hold_one_and_says_where_there_is_none(opened):
    page = opened()
    answer(page, "the_evening")
    page.get_by_role("button", name="The crowd").click()
    page.locator(".pack-crowd .lb-crowd-scene").wait_for()
    page.get_by_role("button", name="Next listener").click()
    assert page.locator(".lb-crowd-story").inner_text().startswith("Simulated listener ")
    label = unit("the_evening")["knobs"][0]["label"]
    turn(page, label, unit("the_evening")["knobs"][0]["stops"][0])
    assert page.locator(".lb-picture").is_visible(), "a knob that is turned shows the curve"
    page.get_by_role("button", name="The crowd").click()
    page.locator(".pack-no-crowd").wait_for()
    assert not page.locator(".lb-crowd-scene").is_visible()


# --- keys, eyes, hands -----------------------------------------------------------------------------------


def to(page, wanted, most=80):
    """Press Tab until the element that has the focus is wanted."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
    raise AssertionError(f"Tab never came to {wanted}")


def test_the_keyboard_alone_plays_it(opened):
    page = opened()
    to(page, ".pack-option")
    page.keyboard.press("Enter")
    page.locator(".pack-result").wait_for()
    page.locator('.pack-shows li:last-child button[aria-pressed="true"]').wait_for()
    assert page.evaluate("document.activeElement.id") == "pack-result-head"
    to(page, ".lb-knob-slider")
    before = shown_numbers(page)
    page.keyboard.press("Home")
    page.wait_for_timeout(700)
    assert shown_numbers(page) != before
    to(page, ".pack-unfold")
    page.keyboard.press("Enter")
    assert page.locator(".lb-body").first.is_visible()
    to(page, ".pack-go")
    page.keyboard.press("Enter")
    page.locator(".pack-options").wait_for()
    assert page.evaluate("document.activeElement.className") == "pack-title"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_stands_in_anybodys_way_in_any_state(opened, slug, size):
    page = opened(size=size, slug=slug)
    states = {"opened": barriers(page)}
    answer(page, slug)
    states["answered"] = barriers(page)
    unfold(page)
    page.get_by_text("What just happened, in full").click()
    if page.locator(".pack-votes button").count():
        page.locator(".pack-votes button").first.click()
    states["pages read"] = barriers(page)
    page.get_by_role("button", name="The crowd").click()
    page.wait_for_timeout(300)
    states["the crowd"] = barriers(page)
    assert {name: found for name, found in states.items() if found} == {}


SIZES = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.checkVisibility() && one.getClientRects().length)
  .flatMap(one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one), found = [];
    const told = `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`;
    const touched = one.matches("button, a, summary, input:not([type=radio]), .lb-choice-option, [role=slider]");
    if (touched && box.height < 44) found.push(`${told}: ${box.height} high`);
    const said = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const label = one.closest(".lb-card, .lb-crowd-ticks, .lb-front svg, .pack-labs, .lb-crowd-status, .lb-heard");
    if (said && parseFloat(style.fontSize) < (label ? 8 : 16)) found.push(`${told}: letters of ${style.fontSize}`);
    return found;
  })"""


@pytest.mark.parametrize("size", [(320, 640), SMALL, PHONE, TABLET, DESK], ids=str)
@pytest.mark.parametrize("slug", SLUGS)
def test_fingers_and_eyes_find_everything_large_enough_and_nothing_slides_sideways(
    opened, slug, size
):
    page = opened(size=size, slug=slug)
    found = page.evaluate(SIZES)
    page.screenshot(path=shot(f"pack_{slug}_{size[0]}_open"))
    assert sideways(page) <= 0
    answer(page, slug)
    unfold(page)
    page.screenshot(path=shot(f"pack_{slug}_{size[0]}_whole"), full_page=True)
    assert sideways(page) <= 0
    assert found + page.evaluate(SIZES) == []


# --- what is kept ----------------------------------------------------------------------------------------


def test_what_was_done_stays_on_the_device_until_it_is_deleted(opened):
    page = opened()
    assert not page.get_by_role("button", name="Delete here").is_visible()
    answer(page, "the_evening")
    label = unit("the_evening")["knobs"][1]["label"]
    turn(page, label, 46)
    stood = page.locator(".pack-now").inner_text()
    page.reload()
    page.locator(".pack-result").wait_for()
    page.wait_for_timeout(500)
    assert page.locator(".pack-now").inner_text() == stood
    page.get_by_role("button", name="Delete here").click()
    page.locator(".pack-options").wait_for()
    assert "Deleted" in page.locator(".pack-kept").inner_text()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.locator(".pack-ask").is_visible() and not page.locator(".pack-result").is_visible()


def test_without_storage_it_plays_all_the_same_and_says_so(opened):
    page = opened(script=NO_STORAGE)
    answer(page, "the_evening")
    assert "gone when you close it" in page.locator(".pack-kept").inner_text()
    page.get_by_role("link", name="Lab 2").click()
    page.get_by_role("link", name="Lab 1").click()
    page.locator(".pack-result").wait_for()


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "null",
        '{"the_evening": 3}',
        '{"the_evening": {"answer": "no such"}}',
        '{"the_evening": {"answer": "less", "place": {"name": "gone", "at": [99]}, "missions": 7}}',
    ],
)
def test_what_is_kept_damaged_harms_nothing(opened, kept):
    page = opened(script=f"localStorage.setItem('load-bearing-pack-1', {kept!r});")
    if page.locator(".pack-ask").is_visible():
        answer(page, "the_evening")
    assert page.locator(".pack-right").inner_text()
    assert len(shown_numbers(page)) == 3


def test_who_would_rather_play_may_and_the_question_stays(opened):
    page = opened(slug="the_queue")
    page.get_by_role("button", name="Just let me play").click()
    assert page.locator(".pack-right").inner_text() == unit("the_queue")["prediction"]["play"]
    assert page.locator(".pack-knobs").is_visible()
    page.get_by_role("button", name="Answer it after all").click()
    answer(page, "the_queue", right=True)
    assert page.locator(".pack-verdict").inner_text() == "The runs agree with you"


def test_a_viewer_that_does_not_run_the_page_says_how_to_open_it(opened, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(played().as_uri())
    said = page.locator("noscript").inner_text()
    assert "Open the file in a browser" in said
    context.close()


def test_the_scripts_of_the_notebook_are_the_ones_that_run(opened):
    page = opened()
    held = page.evaluate(
        "[...document.querySelectorAll('script[data-module]')].map(one => [one.dataset.module, one.textContent])"
    )
    assert dict(held) == {one.name: one.read_text(encoding="utf-8") for one in pages.WIDGETS}


def test_the_picture_of_the_readme_shows_the_pack_as_it_is(browser):
    taken = pack_picture.side_by_side(pack_picture.screens(played(), browser))
    kept = Image.open(pack_picture.PICTURE)
    assert pack_picture.difference(taken, kept) < pack_picture.ALIKE
    turned = taken.convert("RGB").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert pack_picture.difference(turned, kept) > pack_picture.ALIKE
