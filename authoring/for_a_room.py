"""Pages for a projector: the labs of a class, each with the question in large type for a show of hands.

Standard library only. A page is made from the built notebook of its unit and stands in `my_work/`: first
`lab.projector()`, then the lab itself, and nothing else of the unit.
"""

import json
import re
from pathlib import Path

from authoring.set_up import ROOT, Trouble

CLASS = ("01", "04", "05")
"""The units of the class of ninety minutes."""

SHOWN = re.compile(r"\n(?P<lab>\w+)\s*\Z")


def pages(units: tuple[str, ...] = CLASS, root: Path = ROOT) -> list[str]:
    """Write a page for each unit and return where they stand; an unknown unit raises `Trouble`."""
    notebooks = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    written = []
    for unit in units:
        wanted = unit.zfill(2) if unit.isdigit() else unit
        fitting = [one for one in notebooks if wanted in (one, *one.split("_", 1))]
        if not fitting:
            there = ", ".join(notebooks) or "none yet"
            raise Trouble(f"There is no lab called {unit!r}. Choose of: {there}")
        name = f"my_work/room_{fitting[0]}.ipynb"
        page = for_a_room(json.loads(notebooks[fitting[0]].read_text(encoding="utf-8")))
        (root / "my_work").mkdir(exist_ok=True)
        (root / name).write_text(json.dumps(page, indent=1) + "\n", encoding="utf-8")
        written.append(name)
    return written


def for_a_room(notebook: dict) -> dict:
    """The notebook with its title and its labs alone, each below its question in large type; nothing has run yet."""
    cells = [_text(cell) for cell in notebook["cells"][:1]]
    cells.append(
        _text(
            {
                "source": "For a room. If no buttons stand below, choose *Run All Cells* in the menu *Run*."
            }
        )  # fmt: skip
    )
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        last = SHOWN.search(source)
        if cell["cell_type"] == "code" and last and f"\n{last['lab']} = Lab(" in f"\n{source}":
            hidden = {"jupyter": {"source_hidden": True}}
            cells += [
                _code(source[: last.start()] + "\n", hidden),
                _code(f"{last['lab']}.projector()"),
                _code(last["lab"]),
            ]
    for number, cell in enumerate(cells):
        cell["id"] = f"room-{number}"
    kept = {key: notebook[key] for key in ("metadata", "nbformat", "nbformat_minor")}
    return {"cells": cells, **kept}


def _text(cell: dict) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": "".join(cell["source"])}


def _code(source: str, metadata: dict | None = None) -> dict:
    empty = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": metadata or {}, "source": source, **empty}
