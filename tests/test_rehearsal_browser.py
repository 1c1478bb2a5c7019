"""The lab of the real server in a real browser: the recorded rehearsal to its end, a real one begun and stopped."""

import psutil
import pytest
from playwright.sync_api import expect, sync_playwright
from test_walk import SECONDS, course

from tests.test_lab import QUIET, is_outside, served, shot, write_page

__all__ = ["course"]
PAGE, LAB = "notebooks/real.ipynb", ".lb-lab"
CELL = """
from loadbearing.labs.rehearsal import RealRehearsal
RealRehearsal()
"""


def of_rehearsals():
    """The processes of any rehearsal under this one."""
    found = []
    for one in psutil.Process().children(recursive=True):
        try:
            if "loadbearing.live." in " ".join(one.cmdline()):
                found.append(one)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_a_rehearsal_is_asked_about_shown_begun_and_stopped(
    course, chromium, record_count, tmp_path
):
    write_page(course, PAGE, (CELL,))
    outside = []
    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address.replace("START.md", PAGE))
        lab = page.locator(LAB)
        lab.wait_for(timeout=180 * SECONDS)

        def press(name):
            lab.get_by_role("button", name=name).click()

        press("Take the recorded evening")
        expect(lab.get_by_role("button", name="Lock it in")).to_be_visible(timeout=60 * SECONDS)
        lab.get_by_text("Nearly all, nine in ten").click()
        press("Lock it in")
        press("Show what came")
        expect(lab.get_by_text("What became of your guess")).to_be_visible(timeout=60 * SECONDS)
        expect(lab.get_by_text("The runs say otherwise")).to_be_visible()
        page.screenshot(path=shot("rehearsal_recorded"))
        press("Begin anew")
        press("Run the tests")
        expect(lab.get_by_text("the smoke test:")).to_be_visible(timeout=60 * SECONDS)
        expect(lab.get_by_text("asked,")).to_be_visible(timeout=60 * SECONDS)
        under_way = of_rehearsals()
        assert under_way
        page.screenshot(path=shot("rehearsal_under_way"))
        press("Stop")
        expect(lab.get_by_text("Stopped. What was measured until then")).to_be_visible(
            timeout=30 * SECONDS
        )
        expect(lab.get_by_role("button", name="Run the tests")).to_be_visible()
        assert not psutil.wait_procs(under_way, timeout=10)[1]
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    record_count("browser steps", 8)
