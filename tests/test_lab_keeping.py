"""What a student judges, plays and counts in a real JupyterLab: by keyboard, kept, found again after a reload."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright
from test_lab import NEXT, QUIET, ROOT, is_outside, served, shot

SETTING_UP = f"""
import sys
sys.path.insert(0, {str(ROOT / "src")!r})
from loadbearing.labs import Knob, Lab, Prediction, Settings
from loadbearing.labs.missions import Mission, MissionList, half_in_within
from loadbearing.labs.progress_view import ProgressView
from loadbearing.labs.projector import Projector

lab = Lab(
    ["retry_flood"],
    [Knob("door.queue_limit")],
    Prediction(
        "one_cure",
        "Half the crowd is in much sooner with half as many handlers again. What will it do in a flood?",
        {{"same": "About as much. The counts are the same, so the trouble is the same.",
          "more": "Clearly more. A flood has the most to gain from more handlers.",
          "less": "Clearly less. It is a different trouble."}},
        lambda bench: ("less", "Half the crowd is in after 27 minutes instead of 30 minutes."),
    ),
    unit="the_evening",
)
text = "The retry flood: have half of everybody in within five minutes. Turn as little as you can."
missions = MissionList(
    [Mission("retry_flood", text, half_in_within(300), "retry_flood")], lab.progress, lab.unit
)
missions.box.add_class("lb-sheet")
missions
"""
CELLS = [
    SETTING_UP,
    'shorter = Settings.of("retry_flood", {"door.queue_limit": 40})\n'
    "missions.look(lab.bench.sight(lab.bench.full(shorter)))",
    'lab.verdict_card("F1")',
    "Projector(lab)",
    "ProgressView(lab.progress)",
]
MISSIONS, CARD, ROOM, VIEW = (
    f".lb-sheet:has({inside})"
    for inside in (".lb-mission-list", ".lb-claim", ".lb-room-when", ".lb-progress")
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A start page and one lab with all that keeps something."""
    root = tmp_path / "course"
    monkeypatch.setenv("LOADBEARING_MY_WORK", str(root / "my_work"))
    shutil.copytree(ROOT / "lab", root / "lab")
    for name in ("authoring", "notebooks"):
        (root / name).mkdir()
    for name in ("__init__.py", "jupyter.py", "saving.py", "set_up.py"):
        shutil.copy(ROOT / "authoring" / name, root / "authoring")
    shutil.copy(ROOT / "course.toml", root)
    (root / "START.md").write_text('# Start\n\n[Next: the lab](notebooks/01.ipynb "Next")\n')
    hidden = {"jupyter": {"source_hidden": True}}
    cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{number}", metadata=hidden)
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root / "notebooks" / "01.ipynb")
    return root


def typed(page, box, text):
    """Type into a box and leave it by the keyboard."""
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def pressed(page, button):
    """Press a button by the keyboard."""
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.browser
@pytest.mark.slow
def test_a_verdict_a_mission_and_a_rooms_hands_are_kept_and_found_again(
    course, chromium, record_count, tmp_path
):
    kept, outside = course / "my_work" / "progress.json", []
    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1500})
        page.set_default_timeout(60_000)
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.goto(address)
        page.locator(NEXT).click()
        page.locator(VIEW).wait_for()
        page.locator(MISSIONS).get_by_text("Missions: 1 of 1 done").wait_for()

        card = page.locator(CARD)
        pressed(page, card.get_by_role("button", name="fails when"))
        typed(page, card.locator("input[type=text]"), "from half as long a queue on")
        card.locator("select").select_option(label="Quite sure (90 %)")
        pressed(page, card.get_by_role("button", name="Keep my verdict on F1"))
        card.get_by_text(
            "F1 fails when: from half as long a queue on. You were 90 % sure."
        ).wait_for()
        pressed(page, card.get_by_role("button", name="holds when"))
        pressed(page, card.get_by_role("button", name="Keep my verdict on F1"))
        card.get_by_text("What you said before").wait_for()

        room = page.locator(ROOM)
        boxes = room.locator("input[type=text]")
        for at, hands in ((0, "14"), (2, "9"), (4, "lots")):
            typed(page, boxes.nth(at), hands)
        room.get_by_text("count them and type a whole number").wait_for()
        typed(page, boxes.nth(4), "7")
        pressed(page, room.get_by_role("button", name="Run the evening"))
        room.get_by_text("Before the run 7 of 30 hands were right (23 %)").wait_for()
        for at, hands in ((1, "2"), (3, "3"), (5, "25")):
            typed(page, boxes.nth(at), hands)
        room.locator(".lb-room-bar", has_text="25").wait_for()
        before, after = boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()
        assert before["y"] == after["y"] and before["x"] < after["x"], (
            "they do not stand side by side"
        )

        view = page.locator(VIEW)
        pressed(page, view.get_by_role("button", name="Look again"))
        view.get_by_text("Judged: F1 holds when").wait_for()
        with page.expect_download() as saved:
            view.locator("a.lb-download").click()
        assert json.loads(Path(saved.value.path()).read_text("utf-8")) == json.loads(
            kept.read_text("utf-8")
        )
        look(page, "light")
        page.get_by_role("menuitem", name="Settings").click()
        page.get_by_text("Theme", exact=True).hover()
        page.get_by_text("JupyterLab Dark", exact=True).click()
        page.wait_for_timeout(1_500)
        look(page, "dark")
        page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab").first.click()
        page.set_viewport_size({"width": 400, "height": 1500})
        page.wait_for_timeout(1_500)
        look(page, "narrow")
        page.set_viewport_size({"width": 1280, "height": 1500})

        page.reload()
        page.locator(ROOM).wait_for()
        hands = page.locator(ROOM).locator("input[type=text]")
        assert [hands.nth(at).input_value() for at in range(6)] == ["14", "2", "9", "3", "7", "25"]
        page.locator(CARD).get_by_text("Kept: F1 holds when").wait_for()
        view = page.locator(VIEW)
        pressed(page, view.get_by_role("button", name="Delete here"))
        view.get_by_text("This deletes progress.json. There is no way back").wait_for()
        pressed(page, view.get_by_role("button", name="Yes, delete everything kept"))
        view.get_by_text("Deleted. Nothing of yours is kept.").wait_for()
        assert not kept.exists()
        browser.close()
    assert outside == []
    record_count("browser steps", 16)


def look(page, how):
    """Screenshots of the four in one light."""
    for name, where in (("missions", MISSIONS), ("card", CARD), ("room", ROOM), ("view", VIEW)):
        shown = page.locator(where)
        shown.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        shown.screenshot(path=shot(f"keeping_{name}_{how}"))
