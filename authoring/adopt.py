"""Carry an edit made in a built notebook back into the percent file it was built from.

Cells are matched by their ids, and by position where an id is new but the cells around it are not.
Refused, each with a sentence: cells whose text comes from the package or from course.toml, answers
filled into an exercise, and edits that run across the edge of an answer.
"""

import re
from difflib import SequenceMatcher
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from authoring import percent
from authoring.contents import KINDS

CELL_START = re.compile(r"^# %%", re.MULTILINE)


class AdoptError(ValueError):
    """An edit that cannot be carried back: the notebook, the cell, where to make it instead."""


def adopt(course, file: Path) -> str:
    """Rewrite the source of an edited notebook; return a sentence on what was carried back."""
    from authoring.build import bare_notebook

    unit, kind = _whose(course, Path(file))
    room = "labs" if kind == "lab" else "practice"
    source = course.root / "authoring" / room / f"{unit.stem}.py"
    text = source.read_text(encoding="utf-8")
    built = bare_notebook(course, unit, kind, text, origins=True).cells
    edited = nbformat.read(file, as_version=4).cells
    changes = _changes(built, edited, file.name)
    if not changes:
        return f"{file.name} holds no edit that {source.name} does not have already."
    source.write_text(_rewritten(text, changes, kind), encoding="utf-8", newline="\n")
    return (
        f"Carried {len(changes)} cell(s) from {file.name} to authoring/{room}/{source.name}; "
        "now build."
    )


def _whose(course, file: Path):
    """The unit and kind of a built notebook, from its folder and name."""
    for unit in course.contents.units:
        for kind in KINDS:
            if kind != "lesson" and (course.root / unit.path(kind)).resolve() == file.resolve():
                return unit, kind
    raise AdoptError(
        f"{file} is no built notebook; adopt takes a file of notebooks, exercises or solutions."
    )


def _changes(built: list[NotebookNode], edited: list[NotebookNode], name: str) -> list[tuple]:
    """What to do to the source, as (verb, index of source cell, built cell, edited cell)."""
    pairs = _matched(built, edited)
    after = {id(cell): partner for partner, cell in pairs if cell is not None}
    changes, last = [], None
    for cell in edited:
        partner = after.get(id(cell))
        if partner is None:
            comes_from = percent.origin(last) if last is not None else {"built": "head"}
            if comes_from.get("built") == "foot":
                raise AdoptError(f"{name}: a cell stands behind the Next link; move it up.")
            index = comes_from.get("cell", -1)  # -1: before the first cell of the source
            changes.append(("insert", index, None, cell))
            continue
        last = partner
        if cell.source == partner.source and cell.cell_type == partner.cell_type:
            continue
        _refuse_generated(partner, name)
        changes.append(("replace", percent.origin(partner)["cell"], partner, cell))
    for partner, cell in pairs:
        if cell is None:
            _refuse_generated(partner, name)
            changes.append(("delete", percent.origin(partner)["cell"], partner, None))
    return changes


def _refuse_generated(cell: NotebookNode, name: str) -> None:
    comes_from = percent.origin(cell)
    if "built" in comes_from:
        raise AdoptError(
            f"{name}: its {comes_from['built']} is written from course.toml; edit that."
        )
    if "source" in comes_from:
        raise AdoptError(f"{name}: a cell shows the package's own source; edit it under src.")


def _matched(built: list, edited: list) -> list[tuple]:
    """Pairs (built, edited) by id; then, between two matched cells, by position if as many."""
    ids = SequenceMatcher(
        None, [c.id for c in built], [c.get("id") for c in edited], autojunk=False
    )
    pairs = []
    for verb, start, end, other_start, other_end in ids.get_opcodes():
        mine, theirs = built[start:end], edited[other_start:other_end]
        if verb == "equal" or len(mine) == len(theirs):
            pairs += zip(mine, theirs, strict=True)
        elif not mine:
            continue  # new cells
        else:
            same = {cell.source: cell for cell in theirs}
            pairs += [(cell, same.get(cell.source)) for cell in mine]
    return pairs


# --- writing the percent file --------------------------------------------------------------------


def _rewritten(text: str, changes: list[tuple], kind: str) -> str:
    """The percent file with the changes made, every other byte as it was."""
    starts = [match.start() for match in CELL_START.finditer(text)]
    blocks = [text[: starts[0]]] + [
        text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    inserted: dict[int, str] = {}
    for verb, index, partner, cell in changes:
        if verb == "replace":
            blocks[index + 1] = _block(blocks[index + 1], partner, cell, kind)
        elif verb == "delete":
            blocks[index + 1] = ""
        else:
            tags = [kind] if kind in ("exercise", "solution") else []
            inserted[index] = inserted.get(index, "") + _percent(cell, tags)
    joined = "".join(block + inserted.get(n - 1, "") for n, block in enumerate(blocks))
    return joined.rstrip("\n") + "\n"


def _block(block: str, partner: NotebookNode, cell: NotebookNode, kind: str) -> str:
    """The percent block of one edited cell, under its old `# %%` line."""
    old = percent.read_percent(block)[0]
    new = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    source = cell.source
    if cell.cell_type == "code" and percent.BEGIN in old.source:
        source = _with_answer(old.source, partner.source, cell.source, kind)
    body = _percent(new(source), []).partition("\n")[2]
    first = block.partition("\n")[0]
    if cell.cell_type != old.cell_type:
        first = _percent(new(source), old.metadata.get("tags", [])).partition("\n")[0]
    return f"{first}\n{body}"


def _percent(cell: NotebookNode, tags: list[str]) -> str:
    """One cell in percent form, with an empty line behind it."""
    cell = nbformat.from_dict({**cell, "metadata": {"tags": tags} if tags else {}})
    notebook = nbformat.v4.new_notebook(
        cells=[cell], metadata={"jupytext": {"notebook_metadata_filter": "-all"}}
    )
    return jupytext.writes(notebook, fmt="py:percent").strip("\n") + "\n\n"


def _with_answer(old: str, shown: str, edited: str, kind: str) -> str:
    """The edited cell with the answer and its two marks where they were."""
    lines = old.split("\n")
    begin, end = (n for n, line in enumerate(lines) if percent.MARK.match(line))
    before, answer, after = lines[:begin], lines[begin : end + 1], lines[end + 1 :]
    shown_lines, edited_lines = shown.split("\n"), edited.split("\n")
    first, last = len(before), len(shown_lines) - len(after)  # the answer, as shown
    moved = [_moved(shown_lines, edited_lines, edge) for edge in (first, last)]
    middle = edited_lines[moved[0] : moved[1]]
    if kind == "exercise":
        if middle != shown_lines[first:last]:
            raise AdoptError(
                "a blank of this exercise is filled in; an answer belongs in authoring/practice, "
                "so nothing was carried back."
            )
    else:
        answer = [answer[0], *middle, answer[-1]]
    return "\n".join([*edited_lines[: moved[0]], *answer, *edited_lines[moved[1] :]])


def _moved(old: list[str], new: list[str], edge: int) -> int:
    """Where the gap before line `edge` of the old cell lies in the new one."""
    if edge == 0:
        return 0
    if edge == len(old):
        return len(new)
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for verb, start, end, other_start, other_end in opcodes:
        inside = start < edge < end
        if inside and (verb == "equal" or end - start == other_end - other_start):
            return other_start + edge - start
        if inside:
            raise AdoptError(
                "an edit runs across the edge of an answer; make it in authoring/practice by hand."
            )
    # The edge lies between two pieces: stay with whichever neighbour is unchanged.
    for verb, start, end, other_start, other_end in opcodes:
        if verb == "equal" and start == edge:
            return other_start
        if verb == "equal" and end == edge:
            return other_end
    raise AdoptError(
        "an edit runs across the edge of an answer; make it in authoring/practice by hand."
    )
