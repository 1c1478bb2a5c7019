"""Every control of every lab works at each of its values, and the sweep would notice if not."""

from pathlib import Path

import nbformat
import pytest
import sweep as sweeping
import sweep_kernel
from sweep import sweep

from authoring.contents import read_contents

ROOT = Path(__file__).resolve().parents[1]
LABS = [unit.path("lab") for unit in read_contents(ROOT).units]
IMPORTS = "import ipywidgets as w\nfrom IPython.display import display\n"

FAULTS = {
    "an interact callback that raises at once": (
        "w.interact(lambda n: 1 / n, n=w.IntSlider(0, 0, 3, description='people'))",
        "when cell 2 runs: ZeroDivisionError",
    ),
    "a slider that raises at one other value": (
        "w.interact(lambda n: 10 / (7 - n), n=w.IntSlider(0, 0, 20, description='people'))",
        "IntSlider 'people' at 7: ZeroDivisionError",
    ),
    "a button that nobody clicked": (
        "b = w.Button(description='Run'); b.on_click(lambda _: missing); display(b)",
        "Button 'Run' at a click: NameError: name 'missing'",
    ),
    "a button that a cell clicks": (
        "b = w.Button(description='Run'); b.on_click(lambda _: missing); b.click()",
        "NameError: name 'missing'",
    ),
    "an interactive output that raises at once": (
        "s = w.FloatSlider(description='rate')\n"
        "display(s, w.interactive_output(lambda x: 1 / x, {'x': s}))",
        "when cell 2 runs: ZeroDivisionError",
    ),
    "an observer that raises": (
        "d = w.Dropdown(options=['one', 'two'], description='door')\n"
        "d.observe(lambda change: {'one': 1}[change.new], 'value'); display(d)",
        "Dropdown 'door' at 'two': KeyError: 'two'",
    ),
    "a check box that raises when cleared": (
        "c = w.Checkbox(True, description='retries')\n"
        "c.observe(lambda change: 1 / change.new, 'value'); display(c)",
        "Checkbox 'retries' at False: ZeroDivisionError",
    ),
    "a knob that raises at one of its positions": (
        "from loadbearing.labs.knob_control import KnobControl\n"
        "KnobControl(lambda at, marks: 1 / (at - 150), lambda typed: None, label='people')",
        "KnobControl 'people' at 150 per cent: ZeroDivisionError",
    ),
    "an error that a lab turned into a sentence": (
        "c = w.Checkbox(description='retries'); h = w.HTML()\n"
        "c.observe(lambda _: setattr(h, 'value', 'This did not work: no power'), 'value')\n"
        "display(c, h)",
        "Checkbox 'retries' at True: RuntimeError: This did not work: no power",
    ),
    "a file that is brought in": (
        "f = w.FileUpload(description='traffic')\n"
        "f.observe(lambda c: [int(bytes(one['content'])) for one in c.new], 'value'); display(f)",
        "FileUpload 'traffic' at nonsense.bin: ValueError",
    ),
    "work handed to a timer": (
        "from threading import Timer\n"
        "s = w.IntSlider(0, 0, 4, description='people'); display(s)\n"
        "s.observe(lambda c: Timer(0.2, lambda: 1 / (c.new - 2)).start(), 'value')",
        "ZeroDivisionError",
    ),
    "work handed to a task": (
        "import asyncio\nasync def work(n): return 1 / (n - 2)\n"
        "t = set()\n"
        "s = w.IntSlider(0, 0, 4, description='people'); display(s)\n"
        "s.observe(lambda c: t.add(asyncio.ensure_future(work(c.new))), 'value')",
        "IntSlider 'people' at 2: ZeroDivisionError",
    ),
    "work handed to a thread": (
        "from threading import Thread\n"
        "s = w.IntSlider(0, 0, 4, description='people'); display(s)\n"
        "s.observe(lambda c: Thread(target=lambda: 1 / (c.new - 2)).start(), 'value')",
        "IntSlider 'people' at 2: ZeroDivisionError",
    ),
}


def notebook_of(folder, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in (IMPORTS, *sources)]
    path = folder / "a_lab.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("source", "says"), FAULTS.values(), ids=FAULTS)
def test_the_sweep_finds(tmp_path, source, says):
    found = sweep(notebook_of(tmp_path, source))
    assert any(says in error and "a_lab.ipynb" in error for error in found.errors), found


@pytest.mark.slow
def test_the_sweep_goes_through_every_kind_of_control_and_finds_no_fault_in_a_sound_lab(tmp_path):
    source = (
        "seen = []\n"
        "many = [w.IntSlider(5, 0, 50), w.IntSlider(0, 0, 1000), w.FloatSlider(),\n"
        "        w.FloatLogSlider(), w.IntRangeSlider(min=0, max=3), w.BoundedIntText(1, 0, 9),\n"
        "        w.ToggleButtons(options=['a', 'b']), w.SelectionSlider(options=[1, 2, 3]),\n"
        "        w.SelectMultiple(options=[1, 2]), w.ToggleButton(), w.Text(), w.FloatText(),\n"
        "        w.FileUpload(), w.IntSlider(disabled=True), w.IntProgress()]\n"
        "for one in many: one.observe(lambda c: seen.append(c.owner), 'value')\n"
        "button = w.Button()\n"
        "def add(_): many.append(w.Checkbox()); display(many[-1])\n"
        "button.on_click(add)\n"
        "display(*many, button)"
    )
    found = sweep(notebook_of(tmp_path, source))
    assert not found.errors, "\n".join(found.errors)
    assert found.controls == 15  # thirteen that move, the button, and the box it brings
    assert found.steps == 51 + 11 + 11 + 11 + 8 + 10 + 2 + 3 + 2 + 2 + 3 + 3 + 6 + 1 + 2


def test_a_dragged_knob_is_awaited_at_its_ends_and_glanced_at_on_its_way():
    """A hundred stops, dragged, then let go twice: of the drags every seventeenth is looked at (102 / 6)."""
    drags = [("", sweep_kernel._custom({"kind": "drag", "at": at})) for at in range(100)]
    rests = [("", sweep_kernel._custom({"kind": "rest", "at": at})) for at in (0, 99)]
    waits = sweep_kernel._patience([*drags, *rests])
    assert waits[0] == waits[-1] == sweep_kernel.PATIENCE_S
    glances = [at for at, wait in enumerate(waits) if wait == sweep_kernel.GLANCE_S]
    assert glances == [17, 34, 51, 68, 85, 100]
    assert set(waits[1:-1]) == {sweep_kernel.GLANCE_S, sweep_kernel.DRAG_S}


def test_every_value_of_what_is_not_dragged_is_at_least_glanced_at():
    waits = sweep_kernel._patience(sweep_kernel._values(range(50)))
    assert waits[1:-1] == [sweep_kernel.GLANCE_S] * 48
    assert sweep_kernel._patience(sweep_kernel._values([1])) == [sweep_kernel.PATIENCE_S]


@pytest.mark.slow
def test_a_lab_that_does_not_run_is_said_not_to_run(tmp_path):
    (error,) = sweep(notebook_of(tmp_path, "1 / 0")).errors
    assert "a_lab.ipynb does not run to its end" in error and "ZeroDivisionError" in error


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS)
def test_every_control_of_a_lab_works_over_its_whole_range(lab, record_count):
    found = sweep(ROOT / lab)
    record_count("controls swept", found.controls)
    record_count("control steps", found.steps)
    assert not found.errors, "\n".join(found.errors)
    assert found.controls > 0, f"{lab} holds no control; a lab has something to move."


@pytest.mark.slow
def test_a_kernel_that_hears_nothing_is_replaced_once(monkeypatch, tmp_path):
    """The first kernel is given no time at all for its first cell, the second as much as it wants."""
    page = tmp_path / "lab.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), page)
    tried, real = [], sweeping.swept

    def swept(path):
        tried.append(path)
        monkeypatch.setattr(sweeping, "FIRST_SECONDS", 0.001 if len(tried) == 1 else 90)
        return real(path)

    monkeypatch.setattr(sweeping, "swept", swept)
    found = sweeping.sweep(page)
    assert len(tried) == 2 and not any("timed out" in one for one in found.errors), found.errors
