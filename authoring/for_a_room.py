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
TITLE = re.compile(r"^# (?P<title>.+?)(?:: lab)?$", re.MULTILINE)
QUESTION = re.compile(r"^\*[^*\n]+\*", re.MULTILINE)
HINT = "If no buttons stand below, choose *Run All Cells* in the menu *Run*."
START = ("../START.md", "back to the start")
HIDDEN = {"jupyter": {"source_hidden": True}}


def pages(units: tuple[str, ...] = CLASS, root: Path = ROOT) -> list[str]:
    """Write a page for each unit, each leading to the next, and return where they stand.

    An unknown unit raises `Trouble`, and nothing is written.
    """
    notebooks = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    chosen = [_found(unit, [*notebooks]) for unit in units]
    held = [json.loads(notebooks[one].read_text(encoding="utf-8")) for one in chosen]
    follow = [
        (f"room_{name}.ipynb", title_of(page))
        for name, page in zip(chosen[1:], held[1:], strict=True)
    ]
    (root / "my_work").mkdir(exist_ok=True)
    written = []
    for name, page, after in zip(chosen, held, [*follow, START], strict=True):
        written.append(f"my_work/room_{name}.ipynb")
        text = json.dumps(for_a_room(page, after), indent=1)
        (root / written[-1]).write_text(text + "\n", encoding="utf-8")
    return written


def _found(unit: str, notebooks: list[str]) -> str:
    """The name of the unit's notebook; an unknown unit raises `Trouble`."""
    wanted = unit.zfill(2) if unit.isdigit() else unit
    fitting = [one for one in notebooks if wanted in (one, *one.split("_", 1))]
    if not fitting:
        there = ", ".join(notebooks) or "none yet"
        raise Trouble(f"There is no lab called {unit!r}. Choose of: {there}")
    return fitting[0]


def title_of(notebook: dict) -> str:
    """The title of a lab's page, without the word lab."""
    found = TITLE.search("".join(notebook["cells"][0]["source"]))
    return found["title"] if found else "the lab"


def for_a_room(notebook: dict, after: tuple[str, str] = START) -> dict:
    """The notebook with its title and its labs alone, each below its question in large type; nothing has run yet.

    `after`: the page that the button at its end opens, and what stands on that button.
    """
    question = QUESTION.search("".join(notebook["cells"][0]["source"]))
    head = [f"# {title_of(notebook)}", question[0] if question else "", HINT]
    cells = [_text("\n\n".join(filter(None, head)))]
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        last = SHOWN.search(source)
        if cell["cell_type"] == "code" and last and f"\n{last['lab']} = Lab(" in f"\n{source}":
            cells += [
                _code(source[: last.start()] + "\n"),
                _code(f"{last['lab']}.projector()"),
                _code(last["lab"]),
            ]
    cells.append(_text(f'**[Next: {after[1]}]({after[0]} "Next")**'))
    for number, cell in enumerate(cells):
        cell["id"] = f"room-{number}"
    kept = {key: notebook[key] for key in ("metadata", "nbformat", "nbformat_minor")}
    return {"cells": cells, **kept}


def _text(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict:
    empty = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": dict(HIDDEN), "source": source, **empty}
