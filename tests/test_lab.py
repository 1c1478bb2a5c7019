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
# The course drops PYTHONPATH. A copy with a fault in it (authoring/mutate.py) keeps it, or what is installed
# would be tested instead of the copy.
SERVE = (
    "import os, sys; from pathlib import Path; from authoring import jupyter; own = jupyter.environment;"
    "faulty = {k: v for k, v in os.environ.items() if k == 'PYTHONPATH' and 'LOADBEARING_MUTATION' in os.environ};"
    "jupyter.environment = lambda *state: own(*state) | faulty;"
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
    """A start page, a lesson, a lab that wakes and a solution that does not, served by the course's own code."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "lab", root / "lab")
    for name in ("authoring", "lessons", "notebooks", "solutions"):
        (root / name).mkdir()
    for name in ("jupyter.py", "saving.py", "set_up.py"):
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
    words = nbformat.v4.new_markdown_cell("## The lab\n\n" + "words to read\n\n" * 40, id="words")
    slider = nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider()", id="slider")
    _notebook(root / "notebooks" / "01.ipynb", [words, slider], "../solutions/01.ipynb")
    _notebook(root / "solutions" / "01.ipynb", [folded, asleep], "../START.md")
    return root


def _notebook(path: Path, cells: list, leads_to: str) -> None:
    link = nbformat.v4.new_markdown_cell(f'[Next: on]({leads_to} "Next")', id="next")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel}
    nbformat.write(nbformat.v4.new_notebook(cells=[*cells, link], metadata=metadata), path)


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
    shipped = small_course / "notebooks" / "01.ipynb"
    before = shipped.read_bytes()
    with served(small_course, tmp_path) as (address, _), sync_playwright() as driver:
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
        page.locator(".widget-slider").wait_for(
            timeout=60_000, state="attached"
        )  # nobody pressed Run
        assert page.get_by_role("heading", name="The lab").is_visible(), "the page has jumped"
        page.screenshot(path=shot("lab_awake"))
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.keyboard.press("Control+S")
        page.wait_for_timeout(2_000)
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
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        button.click()
        page.get_by_role("heading", name="Start").wait_for()
        page.close(run_before_unload=True)
        browser.close()
    assert outside == [] and dialogs == []
    assert shipped.read_bytes() == before, "running a lab has changed its file"
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


def write_page(root: Path, page: str, sources) -> None:
    """Write a notebook with these code cells into a copy of the course."""
    made = [nbformat.v4.new_code_cell(one, id=f"cell-{at}") for at, one in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root / page)


def rgb(colour: str) -> str:
    """A colour as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def is_outside(url: str) -> bool:
    """Whether a request leaves this computer."""
    return not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:", url)


def shot(name: str) -> str:
    """Where a screenshot is kept as test output."""
    SHOTS.mkdir(exist_ok=True)
    return str(SHOTS / f"{name}.png")


def test_a_page_that_only_ran_is_not_saved_and_one_that_was_edited_is(small_course):
    from types import SimpleNamespace

    from authoring.saving import keep_shipped

    path, manager = "notebooks/01.ipynb", SimpleNamespace(root_dir=str(small_course))
    ran = nbformat.read(small_course / path, as_version=4)
    ran.cells[1].outputs = [nbformat.v4.new_output("stream", text="ran")]
    edited = nbformat.reads(nbformat.writes(ran), as_version=4)
    edited.cells[1].source += "  # mine"
    for notebook, kept in ((ran, False), (edited, True)):
        model = {"type": "notebook", "content": notebook}
        keep_shipped(model, path, manager)
        assert bool(model["content"].cells[1].outputs) is kept
    opened = nbformat.read(small_course / "solutions/01.ipynb", as_version=4)
    for cell in opened.cells:
        cell.pop("outputs", None)
    opened.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    model = {"type": "notebook", "content": opened}
    keep_shipped(model, "solutions/01.ipynb", manager)
    assert "version" not in model["content"].metadata.get("language_info", {})
    elsewhere = {"type": "notebook", "content": ran}
    keep_shipped(elsewhere, "my_work/01.ipynb", manager)
    assert elsewhere["content"].cells[1].outputs
