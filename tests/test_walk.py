"""A newcomer's walk in a real browser, by Next alone: start, lesson, lab, exercise, solution, the next unit."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from authoring.contents import read_contents
from tests.test_lab import QUIET, ROOT, is_outside, served, shot

NEXT = '.jp-MainAreaWidget:not(.lm-mod-hidden) a[title="Next"]'
LAB = ".jp-MainAreaWidget:not(.lm-mod-hidden) .lb-lab"
PICTURE = "canvas.lb-picture"
SECONDS = 1000
"""Playwright counts in milliseconds."""


class Steps:
    """The visible steps of the walk: each is counted, and ends in a screenshot."""

    def __init__(self, page):
        self.page, self.taken = page, 0

    def done(self, name):
        self.taken += 1
        self.page.screenshot(path=shot(f"walk_{self.taken:02d}_{name}"))

    def next(self):
        button = self.page.locator(NEXT)
        expect(button).to_have_count(1)
        button.scroll_into_view_if_needed()
        button.click()


@pytest.fixture
def course(monkeypatch, tmp_path):
    """A copy of the course, with an empty home and a student's work of its own."""
    monkeypatch.setenv("LOADBEARING_MY_WORK", str(tmp_path / "work"))
    copy = tmp_path / "course"
    for name in ("authoring", "exercises", "lab", "lessons", "notebooks", "solutions"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("START.md", "README.md", "course.toml"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.mark.browser
@pytest.mark.slow
def test_a_newcomer_walks_through_unit_01_by_next_alone(course, chromium, record_count, tmp_path):
    outside = []
    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        steps = Steps(page)
        page.goto(address)
        page.get_by_role("heading", name="Load-Bearing").first.wait_for(timeout=60 * SECONDS)
        steps.done("start")
        steps.next()
        page.get_by_text("You need no Python.").wait_for(timeout=30 * SECONDS)
        steps.done("lesson")
        steps.next()
        lab = page.locator(LAB)
        lab.wait_for(timeout=120 * SECONDS)
        predict_and_turn(page, lab, steps)
        steps.next()
        page.get_by_role("heading", name="exercise").first.wait_for(timeout=60 * SECONDS)
        steps.done("exercise")
        steps.next()
        page.get_by_role("heading", name="solution").first.wait_for(timeout=60 * SECONDS)
        steps.done("solution")
        steps.next()
        after = read_contents(ROOT).units[1]
        title = f"{after.number:02d} · {after.title}: lesson"
        page.get_by_role("heading", name=title).wait_for(timeout=30 * SECONDS)
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        steps.done("next_unit")
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    kept = (tmp_path / "work" / "progress.json").read_text(encoding="utf-8")
    assert "one_cure" in kept
    record_count("browser steps", steps.taken)


def predict_and_turn(page, lab, steps):
    """In the lab: the knobs wait for a prediction; then a slider moves the picture and both pages."""
    settled(lab)
    slider = lab.locator("input[type=range].lb-knob-slider").first
    expect(slider).to_be_disabled()
    expect(lab.get_by_role("button", name="Lock it in and run")).to_be_visible()
    steps.done("lab")
    lab.locator("input[type=radio]").first.check()
    lab.get_by_role("button", name="Lock it in and run").click()
    expect(lab.get_by_role("button", name="Lock it in and run")).to_have_count(
        0, timeout=90 * SECONDS
    )
    settled(lab)
    expect(lab.locator(PICTURE)).to_be_visible()
    steps.done("predicted")
    picture = pixels(lab)
    pages = [one.inner_text() for one in lab.locator(".lb-pages article").all()]
    assert len(pages) == 2
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(lab.locator(".lb-caption").first).to_contain_text("at 1", timeout=60 * SECONDS)
    settled(lab)
    assert pixels(lab) != picture, "the picture has not changed with the slider"
    now = [one.inner_text() for one in lab.locator(".lb-pages article").all()]
    assert now[0] != pages[0], "the failure page has not changed with the run"
    assert now[1] != pages[1], "the stress-test page has not changed with the run"
    steps.done("slider_moved")


def pixels(lab):
    """The pixels of the picture, as the browser holds them."""
    return lab.locator(PICTURE).evaluate("canvas => canvas.toDataURL()")


def settled(lab):
    """Wait until the full crowd has run: no busy sign is left, and both pages are there."""
    expect(lab.locator(".lb-pages article")).to_have_count(2, timeout=120 * SECONDS)
    lab.page.wait_for_timeout(600)  # a knob that was let go sets out after a moment
    expect(lab.locator(".lb-frame .lb-busy")).to_have_text("", timeout=120 * SECONDS)
