"""The class of ninety minutes walked through in a real browser: every step at the machine does what the plan says."""

import pytest
from playwright.sync_api import sync_playwright

from benchmarks import a_class
from tests.test_lab import QUIET, is_outside, shot

SHARE_OF_THE_TIME = 0.5
"""A room may wait for the computer for half of the minutes of these steps, on a machine that does other things too."""


@pytest.mark.browser
@pytest.mark.slow
def test_the_class_of_ninety_minutes_goes_as_its_plan_says(chromium, record_count):
    outside = []
    with a_class.served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport=a_class.WINDOW)
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address)
        walked = a_class.walk(page, lambda name: page.screenshot(path=shot(f"class_{name}")))
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        page.close(run_before_unload=True)
        browser.close()
    assert outside == []
    seen = {one["step"]: one["seen"] for one in walked}
    for step in ("The evening", "The flood", "The queue"):
        assert seen[f"{step}: look, then hands"] == [True], "question and button do not fit"
    the_answers_are_those_of_the_plan(seen)
    the_knobs_do_what_the_plan_says(seen)
    given = a_class.minutes_of_the_plan()
    planned = sum(given.get(one["step"], 0) for one in walked)
    waited = sum(one["seconds"] for one in walked if one["step"] in given)
    assert waited < SHARE_OF_THE_TIME * 60 * planned
    record_count("browser steps", len(walked))


def the_answers_are_those_of_the_plan(seen):
    """What the screen says after each run is the answer that stands in the plan."""
    fits, friday, *_ = seen["The queue: two queues"]
    assert fits and "The runs say: Friday's." in friday
    for step, answer in {
        "The evening": "Clearly less",
        "The flood": "Not while people keep coming",
        "The queue": "Many more",
    }.items():
        assert f"The runs say: {answer}" in seen[f"{step}: run, then hands again"][0]


def the_knobs_do_what_the_plan_says(seen):
    """A short queue cures the flood and not the slow door; at night, refusing helps and buying does not."""
    slow, flood, _, _, _, cured, slow_again, not_cured = [
        join_time(numbers) for numbers in seen["The evening: four buttons, two knobs"][1:]
    ]
    assert slow == slow_again and abs(minutes(not_cured) - minutes(slow)) <= 1
    assert minutes(flood) > 5 > minutes(cured)
    soon = [numbers.splitlines()[1] for numbers in seen["The flood: you may do one thing"]]
    assert soon == ["0 %", "0 %", "100 %"]


def join_time(numbers):
    """The time in which half of those who got in were in, as the lab shows it."""
    lines = numbers.splitlines()
    return lines[1 + next(at for at, line in enumerate(lines) if line.startswith("Time to join"))]


def minutes(told):
    """A time such as "15 minutes" or "24 seconds", in minutes."""
    number, unit, *rest = told.split()
    return float(number) if unit.startswith("min") else float(number) / 60
