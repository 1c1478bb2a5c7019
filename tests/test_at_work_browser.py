"""A button pressed while the page is still at work says so at once, in a real browser, and does its work afterwards."""

import pytest
from playwright.sync_api import expect, sync_playwright
from test_walk import LAB, SECONDS, course

from loadbearing.labs.at_work import AtWork
from tests.test_lab import QUIET, is_outside, served, shot, write_page

__all__ = ["course"]
PAGE = "notebooks/at_work.ipynb"
LAB_CELL = """
from loadbearing.labs import Knob, Lab, Prediction
asked = Prediction("why", "More or less?", {"more": "More.", "less": "Less."}, lambda bench: ("less", "Less it was."))
Lab(["slow_door"], [Knob("door.handlers")], asked)
"""
LONG = 12
LONG_CELL = f"""
import time
from IPython.display import display
for second in range({LONG}):
    time.sleep(1)
display("the long cell is over")
"""
NEXT = "The page is still at work. What you pressed comes next."


@pytest.fixture
def long_page(course):
    """A page with a lab, and below it a cell that takes a while."""
    write_page(course, PAGE, (LAB_CELL, LONG_CELL))
    return course


@pytest.mark.browser
@pytest.mark.slow
def test_a_button_says_at_once_that_the_page_is_still_at_work(
    long_page, chromium, record_count, tmp_path
):
    outside = []
    with served(long_page, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address.replace("START.md", PAGE))
        lab = page.locator(LAB)
        lab.wait_for(timeout=180 * SECONDS)
        line = lab.locator(".lb-at-work")
        play = lab.get_by_role("button", name="Just let me play")
        play.click()
        expect(line).to_have_text(NEXT, timeout=3 * SECONDS)
        assert play.is_visible(), "the page was not at work any more"
        page.screenshot(path=shot("at_work"))
        over = page.locator(".jp-OutputArea-output", has_text="the long cell is over")
        expect(over).to_be_visible(timeout=(LONG + 20) * SECONDS)
        expect(line).to_be_empty(timeout=20 * SECONDS)
        expect(lab.get_by_text("The knobs are yours.")).to_be_visible()
        lab.get_by_role("button", name="The crowd").click()
        page.wait_for_timeout(2 * SECONDS)
        expect(line).to_be_empty()
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    record_count("browser steps", 4)


def test_the_kernel_gives_the_sign_that_was_asked_for_and_no_other(monkeypatch):
    line, said = AtWork(), []
    monkeypatch.setattr(line, "send", said.append)
    for message in ({"asked": 7}, {"hello": 1}, "asked", None):
        line._heard(line, message, [])
    assert said == [{"there": 7}]
