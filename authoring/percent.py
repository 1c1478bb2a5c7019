"""Percent files (`# %%` cells) to notebooks without outputs, and exercises out of solutions.

authoring/labs/NN_slug.py becomes a lab; authoring/practice/NN_slug.py becomes the solution and,
with the answers taken out by nbgrader's own preprocessor, the exercise.
"""

import ast
import hashlib
import re
from pathlib import Path
from textwrap import dedent

import jupytext
import nbformat
from nbformat import NotebookNode

from authoring.sources import has_source, with_sources

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARK = re.compile(rf"^[ \t]*({BEGIN}|{END})[ \t]*$")
BLANK = "..."
# Named here so that JupyterLab never asks which kernel to use; no version, so that bytes stay.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


class PercentError(ValueError):
    """A percent file that cannot become a notebook: file, cell, remedy."""


def read_percent(text: str) -> list[NotebookNode]:
    """The cells of a percent file, sources as written, metadata and tags kept."""
    return jupytext.reads(text, fmt="py:percent").cells


def origin(cell: NotebookNode) -> dict:
    """Where a built cell comes from: `{"cell": 3}`, `{"built": "head"}`; "source" if included."""
    return cell.metadata.get("loadbearing", {})


def to_notebook(cells: list[NotebookNode], kind: str, pieces: dict[str, str], root: Path):
    """A notebook of one kind (lab, solution or exercise) without outputs.

    Cells tagged `solution` or `exercise` go only into the notebook of that name, a cell tagged
    `fold` shows its code folded. `pieces` gives the head and foot cells.
    """
    built = [_cell("markdown", pieces["head"], {"built": "head"})]
    for index, cell in enumerate(cells):
        tags = set(cell.metadata.get("tags", []))
        if {"solution", "exercise"} & tags and kind not in tags:
            continue
        source = cell.source
        comes_from: dict = {"cell": index}
        if cell.cell_type == "code" and has_source(source):
            source, comes_from["source"] = with_sources(source, root), True
        if cell.cell_type == "code" and kind in ("solution", "exercise"):
            source = answered(source) if kind == "solution" else blanked(source)
        made = _cell(cell.cell_type, source, comes_from)
        if tags - {"solution", "exercise", "fold"}:
            made.metadata["tags"] = sorted(tags - {"solution", "exercise", "fold"})
        if "fold" in tags:
            made.metadata["jupyter"] = {"source_hidden": True}
        built.append(made)
    built.append(_cell("markdown", pieces["foot"], {"built": "foot"}))
    for position, cell in enumerate(built):
        written = f"{position}:{cell.cell_type}:{cell.source}"
        cell["id"] = hashlib.sha256(written.encode()).hexdigest()[:12]
    notebook = nbformat.v4.new_notebook(cells=built, metadata=nbformat.from_dict(METADATA))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _cell(kind: str, source: str, comes_from: dict) -> NotebookNode:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return make(source, metadata={"loadbearing": comes_from})


# --- answers -------------------------------------------------------------------------------------


def answered(source: str) -> str:
    """A cell as the solution shows it: the answer stays, its two marks go."""
    return "\n".join(line for line in source.split("\n") if not MARK.match(line))


def blanked(source: str) -> str:
    """A cell as the exercise shows it: nbgrader replaces the answer by a blank that runs.

    >>> blanked("### BEGIN SOLUTION\\nhandlers = 150\\n### END SOLUTION")
    'handlers = ...'
    """
    if not any(MARK.match(line) for line in source.split("\n")):
        return source
    # Imported here: nbgrader brings a database layer that only exercises need.
    from nbgrader.preprocessors import ClearSolutions

    cell = nbformat.v4.new_code_cell(source)
    clear = ClearSolutions(code_stub={"python": stub(source)}, enforce_metadata=False)
    try:
        clear.preprocess_cell(cell, {"language": "python"}, 0)
    except RuntimeError as slip:
        raise PercentError(
            f"{slip}; each answer stands between {BEGIN} and {END}:\n{source}"
        ) from slip
    return cell.source


def stub(source: str) -> str:
    """What stands for the answer: `name = ...` for each name it assigns, else a plain `...`.

    An answer inside a function becomes `...`, so the function returns nothing yet.

    >>> stub("def wait(a):\\n    ### BEGIN SOLUTION\\n    return a\\n    ### END SOLUTION")
    '...'
    """
    lines = source.split("\n")
    marks = [number for number, line in enumerate(lines) if MARK.match(line)]
    if len(marks) != 2 or BEGIN not in lines[marks[0]] or END not in lines[marks[1]]:
        raise PercentError(
            f"a cell holds one answer, between {BEGIN} and {END}; split this cell:\n{source}"
        )
    body = "\n".join(lines[marks[0] + 1 : marks[1]])
    indented = lines[marks[0]][:1] in (" ", "\t")
    try:
        statements = ast.parse(dedent(body)).body
    except SyntaxError:
        return BLANK  # a piece of an expression
    if indented or not statements:
        return BLANK
    names = [name for statement in statements for name in _assigned(statement)]
    return "\n".join(f"{name} = {BLANK}" for name in dict.fromkeys(names)) or BLANK


def _assigned(statement: ast.stmt) -> list[str]:
    """The plain names that one statement binds, so that later cells find them."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    found = [leaf for target in targets if target for leaf in ast.walk(target)]
    return [
        leaf.id for leaf in found if isinstance(leaf, ast.Name) and isinstance(leaf.ctx, ast.Store)
    ]
