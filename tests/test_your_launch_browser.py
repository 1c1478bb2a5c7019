"""From an empty form to the report in a real browser: a founder's own traffic goes in, two files come out."""

import re

import pytest
from playwright.sync_api import expect, sync_playwright
from pypdf import PdfReader
from test_walk import SECONDS, course

from tests.test_lab import QUIET, is_outside, served, shot, write_page
from tests.test_look_browser import TOO_WIDE

__all__ = ["course"]
PAGE, LAB, NARROW = "notebooks/desk.ipynb", ".lb-lab", 400
CELL = """
from loadbearing.labs import Knob, Lab
Lab(["slow_door"], [Knob("door.handlers")], unit="your_launch").your_launch()
"""
TYPED = {
    "How many people can your door let in": "6.5",
    "How many can be inside": "4000",
    "For how many minutes will they": "3",
}
CAME, MINUTES, BROKEN = 1_192, 12, 2
"""People in the file below, minutes in which they came, and lines of it that nobody can read."""


def traffic():
    """A shop's own export: one line for each order, most of them soon after the sale opened, two lines spoiled."""
    orders = [
        f"2026-03-06 18:{minute:02d}:{60 * at // number:02d},order-{minute:02d}{at:04d},paid"
        for minute, number in enumerate((400, 300, 180, 120, 80, 50, 30, 15, 8, 5, 3, 1))
        for at in range(number)
    ]
    assert len(orders) == CAME
    lines = [
        "placed_at,order,status",
        *orders[:500],
        "2026-03-06 soon,order-x,paid",
        *orders[500:],
        "midnight,order-y,void",
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.browser
@pytest.mark.slow
def test_from_the_empty_form_through_a_file_of_traffic_to_the_report(
    course, chromium, record_count, tmp_path
):
    write_page(course, PAGE, (CELL,))
    file = tmp_path / "orders.csv"
    file.write_text(traffic(), encoding="utf-8")
    outside = []
    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address.replace("START.md", PAGE))
        desk = page.locator(LAB)
        desk.wait_for(timeout=180 * SECONDS)
        boxes_are_empty(desk)
        page.screenshot(path=shot("desk_empty"))
        bring_in(page, desk, file)
        fill_in(page, desk)
        page.screenshot(path=shot("desk_filled"))
        work_it_out(page, desk)
        files = make_the_report(page, desk, tmp_path)
        page.set_viewport_size({"width": NARROW, "height": 900})
        page.keyboard.press("Control+B")
        page.wait_for_timeout(1 * SECONDS)
        desk.get_by_role("button", name="Premortem", exact=True).click()
        expect(desk.get_by_role("heading", name="What may go wrong")).to_be_visible(
            timeout=30 * SECONDS
        )
        assert page.evaluate(WIDE_AT_THE_DESK) == []
        page.screenshot(path=shot("desk_narrow"))
        page.reload()
        desk.wait_for(timeout=180 * SECONDS)
        expect(box_of(desk, "How many people do you expect?")).to_have_value(f"{CAME:,}")
        expect(desk.get_by_text("Worked out last:")).to_be_visible()
        page.close(run_before_unload=True)
        read_them(browser, files, outside)
        browser.close()
    assert outside == []
    record_count("browser steps", 12)


WIDE_AT_THE_DESK = TOO_WIDE.replace("'.lb-frame, ", "'.lb-frame, .lb-scroll, ")


def box_of(desk, question):
    """The box of a line of the form."""
    return desk.locator(".lb-form-row").filter(has_text=question).locator("input")


def boxes_are_empty(desk):
    for question in ("How many people do you expect?", *TYPED):
        expect(box_of(desk, question)).to_have_value("")
    desk.get_by_role("button", name="Work it out").click()
    expect(desk.get_by_text("Still to fill in: How many people do you expect?")).to_be_visible()


def bring_in(page, desk, file):
    """Choose the file; it is told, and nothing of it stands in the form before it is said to be used."""
    with page.expect_file_chooser() as chooser:
        desk.get_by_role("button", name="A file of my own traffic").click()
    chooser.value.set_files(file)
    expect(desk.get_by_text(f"{CAME:,} people counted")).to_be_visible(timeout=30 * SECONDS)
    desk.get_by_text("Line by line").click()
    expect(desk.get_by_text(f"Broken and not counted: {BROKEN} lines")).to_be_visible()
    expect(box_of(desk, "How many people do you expect?")).to_have_value("")
    page.screenshot(path=shot("desk_traffic"))
    desk.get_by_role("button", name="Use these people").click()
    expect(box_of(desk, "How many people do you expect?")).to_have_value(f"{CAME:,}")
    expect(desk.get_by_text("People arrive as in orders.csv")).to_be_visible()


def fill_in(page, desk):
    """Type what the file cannot know, one line of it wrong at first."""
    for question, text in TYPED.items():
        box_of(desk, question).fill(text)
    desk.get_by_role("button", name=re.compile("^Show: .* lines more")).click()
    box_of(desk, "What is one more person worth").fill("a ticket")
    desk.get_by_role("button", name="Work it out").click()
    expect(desk.get_by_text("is not a number; type a number such as")).to_be_visible()
    box_of(desk, "What is one more person worth").fill("40")


def work_it_out(page, desk):
    """Begin, stop, begin again, and go through the answers."""
    desk.get_by_role("button", name="Work it out").click()
    desk.get_by_role("button", name="Stop", exact=True).click()
    expect(desk.get_by_text("Stopped.")).to_be_visible()
    desk.get_by_role("button", name="Work it out").click()
    expect(desk.get_by_text("In three sentences")).to_be_visible(timeout=240 * SECONDS)
    expect(desk.locator("img.lb-img")).to_be_visible()
    page.screenshot(path=shot("desk_worked"), full_page=True)
    for tab, shows in {
        "Cheapest plan": "In which weathers must the promise hold?",
        "Stop rule": "The stop rule, and who decides",
        "Front pages": "What this page leaves out",
        "Your balance": "24 were not judged",
    }.items():
        desk.get_by_role("button", name=tab, exact=True).click()
        expect(desk.get_by_text(shows).first).to_be_visible(timeout=30 * SECONDS)


def make_the_report(page, desk, folder):
    """Make the report, save both files as a browser saves them, and return them by ending."""
    desk.get_by_role("button", name="Report", exact=True).click()
    desk.get_by_placeholder("a name").fill("Friday's sale")
    desk.get_by_role("button", name="Make the report").click()
    saved = {}
    for ending, link in (
        ("html", "Save the report as a web page"),
        ("pdf", "Save the report as PDF"),
    ):
        expect(desk.get_by_text(link)).to_be_visible(timeout=60 * SECONDS)
        with page.expect_download() as download:
            desk.get_by_text(link).click()
        assert download.value.suggested_filename.endswith(ending)
        saved[ending] = folder / f"saved.{ending}"
        download.value.save_as(saved[ending])
    written = sorted((folder / "work" / "reports").iterdir())
    assert [one.read_bytes() for one in written] == [
        saved[one].read_bytes() for one in ("html", "pdf")
    ]
    return saved


def read_them(browser, files, outside):
    """Open both files and read what a board would: the name, the crowd of the file, what was typed, each picture."""
    page = browser.new_page()
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(files["html"].as_uri())
    shown = " ".join(page.locator("body").inner_text().split())
    assert page.locator("h1").inner_text() == "Friday's sale"
    assert all(
        page.locator("img").nth(at).get_attribute("alt")
        for at in range(page.locator("img").count())
    )
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    page.screenshot(path=shot("desk_report"), full_page=True)
    page.close()
    printed = " ".join(
        " ".join(one.extract_text() for one in PdfReader(files["pdf"]).pages).split()
    )
    for said in (
        f"{CAME:,} people",
        "6.5 people per second",
        "40 dollars",
        "not judged",
        "the host",
    ):
        assert said in shown, f"the web page does not say {said!r}"
        assert said in printed, f"the PDF does not say {said!r}"
    assert outside == []
