"""The control sweep: a lab in a real kernel, every control over its whole range, no error anywhere.

Tests that compare outputs cannot see a slider that raises at one of its values or a button that
nobody clicks. `sweep(path)` runs the notebook's own cells, then moves every control as a browser
would, and returns how many there were and a sentence for each error.
"""

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from authoring.execute import kernel_environment

HERE = Path(__file__).resolve().parent
SWEEP_SECONDS, FIRST_SECONDS = 1200, 90
"""How long a cell may take; and the first, which does next to nothing: a kernel can fail to hear it."""


@dataclass
class Sweep:
    """What a sweep found: how many controls and steps, and the errors, each naming its place."""

    lab: str
    controls: int = 0
    steps: int = 0
    errors: list[str] = field(default_factory=list)


def sweep(path: Path) -> Sweep:
    """Run a lab and move each of its controls over its whole range; a kernel that hears nothing is replaced once."""
    found = swept(path)
    if any(WATCH in error and "timed out" in error for error in found.errors):
        found = swept(path)
    return found


WATCH = "sweep_kernel.watch"


def swept(path: Path) -> Sweep:
    """Run a lab in one kernel and move each of its controls."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as work:
        report = Path(work, "sweep-report.json")
        before = (
            f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
            f"import sweep_kernel; {WATCH}(get_ipython())"
        )
        after = f"await sweep_kernel.drive({str(report)!r})"
        notebook.cells = [
            nbformat.v4.new_code_cell(before),
            *notebook.cells,
            nbformat.v4.new_code_cell(after),
        ]
        client = NotebookClient(
            notebook,
            timeout_func=lambda cell: FIRST_SECONDS if WATCH in cell.source else SWEEP_SECONDS,
            kernel_name="python3",
            store_widget_state=True,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(Path(path).parent)}},
        )
        try:
            client.execute(env=kernel_environment(work))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as slip:
            return Sweep(path.name, errors=[f"{path.name} does not run to its end: {slip}"])
        found = json.loads(report.read_text(encoding="utf-8"))
    errors = [f"{path.name}, {sentence}" for sentence in found["errors"]]
    if not errors:
        errors = [f"{path.name}: {sentence}" for sentence in _left_in_outputs(notebook)]
    return Sweep(path.name, found["controls"], found["steps"], errors)


def _left_in_outputs(notebook) -> list[str]:
    """Errors and tracebacks that stand in an Output or behind a cell, however they came there."""
    widgets = notebook.metadata.get("widgets", {}).values()
    outputs = [
        output
        for state in widgets
        for model in state.get("state", {}).values()
        for output in model.get("state", {}).get("outputs", [])
    ] + [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [
        f"an Output holds {output.get('ename', 'a traceback')}: {output.get('evalue', '')}"
        for output in outputs
        if output["output_type"] == "error" or "Traceback (most recent" in output.get("text", "")
    ]
