"""Run a notebook in a real kernel and keep outputs that are the same bytes every time.

Kept: text, HTML and each picture as a small PNG. Left out: live widget views (their ids are random;
the still and the sentence beside them stay), time stamps, the notebook's widget state.
"""

import base64
import io
import os
import re
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from PIL import Image

from loadbearing.progress import WORK_FOLDER

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PICTURE_BYTES = 30_000
CELL_SECONDS = 300
COLOURS = re.compile(r"\x1b\[[\d;]*m")


class ExecuteError(RuntimeError):
    """A cell that fails, warns or shows what cannot be stored: notebook, cell, what to change."""


def kernel_environment(work: str) -> dict[str, str]:
    """The environment of a kernel that must not touch anyone's own files."""
    return {
        **os.environ,
        "LOADBEARING_PROGRESS": "off",
        WORK_FOLDER: work,
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def execute(notebook: NotebookNode, folder: Path, where: str) -> NotebookNode:
    """The notebook with its outputs, run from `folder`; a failing cell raises ExecuteError."""
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    with tempfile.TemporaryDirectory() as work:
        try:
            client.execute(env=kernel_environment(work))
        except CellExecutionError as slip:
            told = COLOURS.sub("", str(slip))
            raise ExecuteError(f"{where}, {_failing_cell(notebook)}: {told}") from slip
        except (CellTimeoutError, DeadKernelError) as slip:
            raise ExecuteError(f"{where}: {slip}") from slip
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            cell.outputs = [_stored(one, f"{where}, cell {number}") for one in cell.outputs]
            cell.metadata.pop("execution", None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"].pop("version", None)
    return notebook


def _failing_cell(notebook: NotebookNode) -> str:
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return f"cell {number}"
    return "a cell"


def _stored(output: NotebookNode, where: str) -> NotebookNode:
    """One output as it is kept."""
    if output.output_type == "stream" and output.name == "stderr":
        raise ExecuteError(f"{where} writes a warning; mend its cause:\n{output.text}")
    if output.output_type in ("display_data", "execute_result"):
        output.data.pop(WIDGET_VIEW, None)
        output.metadata = nbformat.from_dict({})
        if "image/svg+xml" in output.data:
            raise ExecuteError(f"{where} shows an SVG, which differs each time; show a PNG.")
        if "text/plain" not in output.data:
            raise ExecuteError(f"{where} shows something without text; nothing could compare it.")
        if "image/png" in output.data:
            picture = base64.b64decode(output.data["image/png"])
            output.data["image/png"] = base64.b64encode(small_png(picture, where)).decode() + "\n"
    return output


def small_png(picture: bytes, where: str = "picture") -> bytes:
    """The picture as a palette PNG of at most 30 kB, without any text in it (versions, dates)."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    for colours in (64, 32, 16):
        palette = paper.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        file = io.BytesIO()
        palette.save(file, "PNG", optimize=True)
        if file.tell() <= PICTURE_BYTES:
            return file.getvalue()
    raise ExecuteError(
        f"{where}: the picture takes {file.tell():,} bytes with 16 colours; draw it smaller "
        f"(at most {PICTURE_BYTES:,})."
    )
