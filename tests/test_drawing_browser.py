"""A queue drawn by hand in a real browser: with the mouse, with keys, shown, found again; dark and narrow."""

import json

import pytest
from playwright.sync_api import expect, sync_playwright
from test_look_browser import TOO_WIDE, in_theme
from test_walk import SECONDS, course

from loadbearing.labs import look
from tests.test_lab import QUIET, is_outside, rgb, served, shot, write_page

__all__ = ["course"]
PAGE, KEY = "notebooks/by_hand.ipynb", "the_rush/queue_drawn"
FIELD, YOURS, QUEUE = ".lb-drawing-field", ".lb-drawing-field circle", ".lb-drawing-queue"
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 26, 22
"""What is around the room to draw in, in pixels (drawing.js)."""


@pytest.fixture
def by_hand(course):
    """A page with the queue to draw."""
    write_page(course, PAGE, ("from loadbearing.labs import rushes\nrushes.queue_to_draw()",))
    return course


@pytest.mark.browser
@pytest.mark.slow
def test_a_queue_is_drawn_with_the_mouse_and_with_keys_shown_and_found_again(
    by_hand, chromium, record_count, tmp_path
):
    outside = []
    with served(by_hand, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = opened(browser, address)
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        drawn_with_the_mouse(page)
        lowered_with_keys(page)
        page.screenshot(path=shot("queue_drawn"))
        page.get_by_role("button", name="Show the queue").click()
        said = page.locator(".lb-result")
        expect(said).to_contain_text("Your curve is highest at 20:10")
        expect(said).to_contain_text("The queue is longest at 20:20")
        expect(page.locator(QUEUE)).to_have_count(2)  # the curve, and its key
        page.screenshot(path=shot("queue_shown"))
        page.close(run_before_unload=True)
        page = opened(browser, address)
        expect(page.locator(".lb-result")).to_contain_text("highest at 20:10")
        expect(page.locator(QUEUE)).to_have_count(2)
        in_theme(page, "JupyterLab Dark")
        colour = "one => getComputedStyle(one).stroke"
        assert page.locator(QUEUE).first.evaluate(colour) == rgb(look.dark(look.INK))
        page.set_viewport_size({"width": 400, "height": 800})
        page.keyboard.press("Control+B")
        page.wait_for_timeout(SECONDS)
        assert page.evaluate(TOO_WIDE) == []
        page.screenshot(path=shot("queue_dark_narrow"))
        page.get_by_role("button", name="Draw again").click()
        expect(page.locator(QUEUE)).to_have_count(0)
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    kept = json.loads((tmp_path / "work" / "progress.json").read_text(encoding="utf-8"))
    entry = kept["predictions"][KEY]
    assert (entry["answer"], entry["right"]) == ("20:10", "20:20")
    assert [t for t, _ in entry["drawn"]] == [120.0 * at for at in range(26)]
    record_count("browser steps", 5)


def opened(browser, address):
    """Open the page and wait until the queue can be drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(address.replace("START.md", PAGE))
    expect(page.locator(f"{FIELD} svg")).to_be_visible(timeout=180 * SECONDS)
    page.wait_for_timeout(SECONDS)
    return page


def drawn_with_the_mouse(page):
    """One stroke: up to three quarters at 20:10, down to nothing at 20:50."""
    page.locator(FIELD).scroll_into_view_if_needed()
    box = page.locator(FIELD).bounding_box()

    def to(minute, part, **how):
        across, up = box["width"] - LEFT - RIGHT, box["height"] - TOP - BOTTOM
        page.mouse.move(
            box["x"] + LEFT + across * minute / 60, box["y"] + TOP + up * (1 - part), **how
        )

    to(0, 0)
    page.mouse.down()
    to(10, 0.75, steps=10)
    to(50, 0, steps=4)
    page.mouse.up()
    expect(page.locator(YOURS)).to_have_count(26 + 1)  # every two minutes, and the one in hand


def lowered_with_keys(page):
    """From the end of the stroke ten points back, one step up: it is read out, and JupyterLab does not act on it."""
    field = page.locator(FIELD)
    expect(field).to_be_focused()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    before = float(field.get_attribute("aria-valuenow"))
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-valuenow", f"{before + 2000:g}")
    expect(field).to_have_attribute("aria-valuetext", f"20:30, {before + 2000:,.0f} people")
    page.wait_for_timeout(SECONDS)
    expect(page.locator(YOURS)).to_have_count(26 + 1)
