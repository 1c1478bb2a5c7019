"""The roadmap as a game in a real browser: with mouse and keys, taken back, shown, found again; dark and narrow."""

import json

import pytest
from playwright.sync_api import expect, sync_playwright
from test_look_browser import TOO_WIDE, in_theme
from test_walk import SECONDS, course

from tests.test_lab import QUIET, is_outside, served, shot, write_page

__all__ = ["course"]
PAGE = "notebooks/played.ipynb"


@pytest.fixture
def game(course):
    """A page with the game alone."""
    source = "from loadbearing.labs.roadmap_game import RoadmapGame\nRoadmapGame()"
    write_page(course, PAGE, (source,))
    return course


@pytest.mark.browser
@pytest.mark.slow
def test_a_roadmap_is_played_with_mouse_and_keys_taken_back_and_found_again(
    game, chromium, record_count, tmp_path
):
    outside = []
    with served(game, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = opened(browser, address)
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.screenshot(path=shot("roadmap_opened"))
        given_with_the_mouse(page)
        given_with_keys(page)
        played(page, 1)
        played(page, 2)
        page.get_by_role("button", name="Show this evening").click()
        expect(page.get_by_text("The evening of quarter 2")).to_be_visible(timeout=30 * SECONDS)
        expect(page.locator(".lb-crowd canvas").first).to_be_visible(timeout=30 * SECONDS)
        page.wait_for_timeout(SECONDS)
        page.locator(".lb-sheet").screenshot(path=shot("roadmap_evening"))
        page.get_by_role("button", name="Back one quarter").click()
        expect(page.get_by_text("Quarter 2 of 8")).to_be_visible()
        for quarter in range(2, 9):
            played(page, quarter)
        page.get_by_role("button", name="Play this plan on 24 other histories").click()
        expect(page.get_by_text("On 24 other histories this plan carries")).to_be_visible()
        page.locator(".lb-sheet").screenshot(path=shot("roadmap_played"))
        page.wait_for_timeout(2 * SECONDS)
        page.close(run_before_unload=True)
        page = opened(browser, address)
        expect(page.get_by_text("All eight quarters are played")).to_be_visible()
        in_theme(page, "JupyterLab Dark")
        page.set_viewport_size({"width": 400, "height": 800})
        page.keyboard.press("Control+B")
        page.get_by_role("button", name="Another luck").click()
        expect(page.get_by_text("Quarter 1 of 8")).to_be_visible()
        page.wait_for_timeout(SECONDS)
        assert page.evaluate(TOO_WIDE) == []
        page.locator(".lb-sheet").screenshot(path=shot("roadmap_dark_narrow"))
        page.wait_for_timeout(2 * SECONDS)
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    kept = json.loads((tmp_path / "work" / "progress.json").read_text(encoding="utf-8"))
    entry = kept["drafts"]["the_roadmap/game"]
    assert (entry["luck"], entry["spends"]) == (2, [])
    record_count("browser steps", 6)


def opened(browser, address):
    """Open the page and wait until parts can be given."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address.replace("START.md", PAGE))
    expect(page.locator(".lb-result, .lb-parts").first).to_be_attached(timeout=180 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)
    return page


def number(page, kind):
    return page.get_by_role("spinbutton", name=f"Parts for {kind}")


def given_with_the_mouse(page):
    """One part from features to details; a step up without a part left does nothing."""
    more = page.get_by_role("button", name="One part more for Details")
    more.click(force=True)
    expect(number(page, "Details")).to_have_attribute("aria-valuenow", "0")
    page.get_by_role("button", name="One part less for Features").click()
    expect(page.get_by_text("One part is left to give.")).to_be_visible()
    more.click()
    expect(number(page, "Details")).to_have_attribute("aria-valuenow", "1")
    expect(page.get_by_text("All parts are given.")).to_be_visible()


def given_with_keys(page):
    """One part from features to capacity, by arrow and by digit; JupyterLab does not act on the keys."""
    number(page, "Features").focus()
    page.keyboard.press("ArrowDown")
    expect(number(page, "Features")).to_have_attribute("aria-valuenow", "3")
    number(page, "Capacity").focus()
    page.keyboard.press("9")
    expect(number(page, "Capacity")).to_have_attribute("aria-valuenow", "6")
    expect(page.locator(".lb-parts-square[data-kind='1']")).to_have_count(6)


def played(page, quarter):
    page.get_by_role("button", name="Play this quarter").click()
    expect(page.get_by_role("heading", name=f"Quarter {quarter}, luck 1")).to_be_visible(
        timeout=30 * SECONDS
    )
