"""The course's JupyterLab in a real browser: rendered pages, one button, nothing in the way."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from authoring.jupyter import free_port

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "test-output"
SERVE = (
    "import sys; from pathlib import Path; from authoring import jupyter;"
    "jupyter.serve(Path(sys.executable), jupyter.read_options(sys.argv[1:]))"
)
NEXT = '.jp-MainAreaWidget:not(.lm-mod-hidden) a[title="Next"]'
ASLEEP = ".jp-OutputArea-output.jupyter-widgets:not(:has(> *))"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGE = "# {}\n\nWords<!--= hidden --> to read.\n\n{}\n"
STORED = "<style>#stored.stored { color: rgb(213, 94, 0) }</style>"
STORED += '<p class="stored" id="stored">A stored page</p>'


@pytest.fixture(scope="module")
def small_course(tmp_path_factory):
    """A start page, a lesson and a notebook with a folded cell, served by the course's own code."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "lab", root / "lab")
    for name in ("authoring", "lessons", "notebooks"):
        (root / name).mkdir()
    for name in ("jupyter.py", "set_up.py"):
        shutil.copy(ROOT / "authoring" / name, root / "authoring")
    start = PAGE.format("Start", '[Next: the lesson](lessons/01.md "Next")')
    (root / "START.md").write_text(start, encoding="utf-8")
    lesson = PAGE.format("Lesson", '[Next: the lab](../notebooks/01.ipynb "Next")')
    (root / "lessons" / "01.md").write_text(lesson, encoding="utf-8")
    folded = nbformat.v4.new_code_cell("first = 1\nfirst", metadata={"jupyter": {}}, id="folded")
    folded.metadata["jupyter"]["source_hidden"] = True
    shown = {"text/html": STORED, "text/plain": "A stored page"}
    folded.outputs = [nbformat.v4.new_output("display_data", shown)]
    asleep = nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider()", id="asleep")
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "gone", "version_major": 2}}
    asleep.outputs = [nbformat.v4.new_output("display_data", view)]
    link = nbformat.v4.new_markdown_cell('[Next: the start](../START.md "Next")', id="next")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(
        cells=[folded, asleep, link], metadata={"kernelspec": kernel}
    )
    nbformat.write(notebook, root / "notebooks" / "01.ipynb")
    return root


@contextmanager
def served(root: Path, home: Path):
    """The address printed by `lab --no-browser`, while it serves, and the seconds it took."""
    began = time.monotonic()
    command = [sys.executable, "-c", SERVE, "--no-browser", "--port", str(free_port())]
    child = subprocess.Popen(
        command, cwd=root, env=os.environ | {"HOME": str(home)}, stdout=subprocess.PIPE, text=True
    )
    try:
        address = next((line.strip() for line in child.stdout if "token=" in line), None)
        assert address, "the lab ended before it served"
        yield address, time.monotonic() - began
    finally:
        child.terminate()
        child.communicate(timeout=30)


@pytest.mark.browser
@pytest.mark.slow
def test_the_lab_opens_rendered_and_every_button_leads_on(
    small_course, chromium, record_count, tmp_path
):
    outside, dialogs = [], []
    with served(small_course, tmp_path) as (address, seconds), sync_playwright() as driver:
        assert seconds < 10
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
        page.goto(address)
        page.get_by_role("heading", name="Start").wait_for(timeout=60_000)
        button = page.locator(NEXT)
        assert button.evaluate("a => getComputedStyle(a).backgroundColor") == "rgb(26, 26, 26)"
        page.screenshot(path=shot("lab_start"))
        listed = page.locator(".jp-DirListing-itemText").all_inner_texts()
        assert "lessons" in listed and "authoring" not in listed

        button.click()
        page.get_by_role("heading", name="Lesson").wait_for()
        assert "hidden" not in page.locator(".jp-MarkdownViewer:visible").last.inner_text()
        page.locator(NEXT).click()
        stored = page.locator(".stored")
        stored.wait_for(timeout=30_000)
        assert stored.evaluate("p => getComputedStyle(p).color") == "rgb(213, 94, 0)"
        assert page.locator(".jp-CodeCell .jp-InputPlaceholder:visible").count() == 1
        button = page.locator(NEXT)
        assert button.evaluate("a => getComputedStyle(a).backgroundColor") == "rgb(26, 26, 26)"
        told = "e => getComputedStyle(e, '::after').content"
        assert "Asleep until this notebook runs" in page.locator(ASLEEP).evaluate(told)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.screenshot(path=shot("lab_notebook"))
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.locator(".widget-slider").wait_for(timeout=60_000)
        assert page.locator(ASLEEP).count() == 0
        page.screenshot(path=shot("lab_ran"))
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        button.click()
        page.get_by_role("heading", name="Start").wait_for()
        page.close(run_before_unload=True)
        browser.close()
    assert outside == [] and dialogs == []
    record_count("browser steps", 8)


@pytest.mark.browser
@pytest.mark.slow
def test_the_start_page_opens_again_beside_what_a_student_left_open(
    small_course, chromium, record_count, tmp_path
):
    for visit in (1, 2):
        with served(small_course, tmp_path) as (address, _), sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
            page = browser.new_page()
            page.goto(address)
            page.get_by_role("heading", name="Start").wait_for(timeout=60_000)
            tabs = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel")
            if visit == 1:
                page.locator(NEXT).click()
                page.get_by_role("heading", name="Lesson").wait_for()
                page.wait_for_timeout(2_000)  # the window layout is kept about a second later
            else:
                assert {"START.md", "01.md"} <= set(tabs.all_inner_texts())
            browser.close()
    left = [path.name for path in tmp_path.iterdir() if path.name != ".cache"]
    assert not set(left) & {".jupyter", ".ipython", ".local", ".config"}
    record_count("browser steps", 3)


def is_outside(url: str) -> bool:
    """Whether a request leaves this computer."""
    return not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:", url)


def shot(name: str) -> str:
    """Where a screenshot is kept as test output."""
    SHOTS.mkdir(exist_ok=True)
    return str(SHOTS / f"{name}.png")
