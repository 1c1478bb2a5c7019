"""Build every page of the course from its sources: `python -m authoring.build`.

    python -m authoring.build               build everything, in place
    python -m authoring.build --only NAME   only the unit or page with this slug, or SLUG:lab
    python -m authoring.build --check       build into a temporary folder and compare
    python -m authoring.build adopt FILE    carry an edit in a built notebook back to its source

The same sources give the same bytes on Linux x86-64 with Python 3.11; elsewhere numbers may differ
in their last digits, so `--check` compares rounded text there.
"""

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from authoring import numbers, pages, percent, plans
from authoring.compare import first_difference
from authoring.contents import Contents, ContentsError, Unit, read_contents
from authoring.execute import ExecuteError, execute
from authoring.sources import SourceError

ROOT = Path(__file__).resolve().parents[1]
SLIPS = (
    ContentsError,
    numbers.NumberError,
    pages.PageError,
    percent.PercentError,
    ExecuteError,
    SourceError,
    FileNotFoundError,
)
# What a check copies: the sources and what was built from them.
SOURCES = (
    "authoring",
    "lessons",
    "workshop",
    "src",
    "benchmarks",
    "notebooks",
    "exercises",
    "solutions",
)
BUILT_FOLDERS = ("notebooks", "exercises", "solutions", "lessons", "workshop")
TOP_PAGES = (pages.START, "README.md")
# The sources of a unit: their folder, and the kinds of page they make.
ROOMS = {
    "lesson": ("lessons", ("lesson",)),
    "lab": ("authoring/labs", ("lab",)),
    "practice": ("authoring/practice", ("exercise", "solution")),
}


@dataclass(frozen=True)
class Course:
    """What a build needs: folder, table, who says numbers, which pages, pictures and prints are made from data."""

    root: Path
    contents: Contents
    say: numbers.Say
    written: dict[str, Callable[[], str]] = field(default_factory=dict)
    stills: dict[str, Callable] = field(default_factory=dict)
    prints: dict[str, Callable[[], bytes]] = field(default_factory=dict)


def course_at(root: Path) -> Course:
    """The course in this folder, with its facts, its public record, its cases and its words."""
    from authoring import cards, rooms, stills

    root = Path(root)
    contents = read_contents(root)
    say = numbers.speaker(
        contents, facts_at(root), record=rooms.public_fact, case=rooms.input_number
    )
    return Course(root, contents, say, rooms.WRITTEN, stills.STILLS, cards.PRINTS)


def facts_at(root: Path) -> dict[str, Callable[[], str]]:
    """The facts in `root/authoring/facts.py` and in the files of `unit_facts`; none where there is no file.

    Two facts of one name raise `NumberError`.
    """
    facts: dict[str, Callable[[], str]] = {}
    room = Path(root, "authoring")
    for path in (room / "facts.py", *sorted(room.glob("unit_facts/*.py"))):
        if not path.is_file():
            continue
        spec = importlib.util.spec_from_file_location(f"course_facts_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        more = numbers.facts_of(module)
        if twice := sorted(set(facts) & set(more)):
            raise numbers.NumberError(
                f"{path.name}: the fact {twice[0]!r} is there already; choose another name."
            )
        facts |= more
    return facts


# --- building ------------------------------------------------------------------------------------


def build(course: Course, only: str | None = None) -> list[str]:
    """Build in place and return the paths written, from the top folder.

    `only` names one unit or page by its slug, or one room of a unit: `the_evening:lab`.
    """
    slug, _, room = (only or "").partition(":")
    known = {unit.slug for unit in course.contents.units} | {p.slug for p in course.contents.pages}
    if only and (slug not in known or room not in ("", *ROOMS)):
        raise ContentsError(
            f"nothing to build is named {only!r}; there are {', '.join(sorted(known))}, "
            f"and of a unit its {', '.join(ROOMS)} (as in SLUG:lab)."
        )
    written = []
    for unit in course.contents.units:
        for name, (folder, kinds) in ROOMS.items():
            if slug in ("", unit.slug) and room in ("", name):
                written += _build_room(course, unit, folder, kinds)
    for page in course.contents.pages:
        if slug in ("", page.slug):
            written.append(_build_page(course, page))
    if only is None:
        written += [_build_file(course, path, draw().png()) for path, draw in course.stills.items()]
        written += [_build_file(course, path, make()) for path, make in course.prints.items()]
        written += [
            _build_top(course, name) for name in TOP_PAGES if (course.root / name).is_file()
        ]
    return written


def _build_room(course: Course, unit: Unit, folder: str, kinds: tuple[str, ...]) -> list[str]:
    """The pages that one source of a unit makes, and the source itself with its numbers renewed."""
    if kinds == ("lesson",):
        path = unit.path("lesson")
        pieces = pages.unit_pieces(course.contents, unit, "lesson")
        return [_write(course, path, pages.completed(_filled(course, path), pieces, path))]
    source = f"{folder}/{unit.stem}.py"
    text = _filled(course, source)
    written = [_write(course, source, text)]
    for kind in kinds:
        path = unit.path(kind)
        notebook = bare_notebook(course, unit, kind, text)
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        if kind != "exercise":
            notebook = execute(notebook, (course.root / path).parent, path)
        written.append(_write(course, path, nbformat.writes(notebook) + "\n"))
    return written


def _build_file(course: Course, path: str, made: bytes) -> str:
    """A picture or a print that stands beside the pages as a file."""
    file = course.root / path
    if not file.is_file() or file.read_bytes() != made:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    return path


def _build_top(course: Course, name: str) -> str:
    """START.md or README.md with its numbers and its maps renewed."""
    pieces = pages.top_pieces(course.contents)
    return _write(course, name, pages.with_regions(_filled(course, name), pieces, name))


def bare_notebook(course: Course, unit: Unit, kind: str, text: str, origins: bool = False):
    """The notebook of one kind without outputs; with `origins`, cells say where they come from."""
    pieces = pages.unit_pieces(course.contents, unit, kind)
    notebook = percent.to_notebook(percent.read_percent(text), kind, pieces, course.root)
    for cell in notebook.cells:
        if not origins:
            cell.metadata.pop("loadbearing")
    return notebook


def _build_page(course: Course, page) -> str:
    write = course.written.get(page.slug)
    # A page written from data brings its own heading; the title stands in course.toml.
    text = write().partition("\n")[2] if write else _filled(course, page.path)
    pieces = pages.page_pieces(page)
    if page.minutes:
        text = plans.timed(text, page.minutes, page.path)
        pieces["plan"] = plans.table(text)
    return _write(course, page.path, pages.completed(text, pieces, page.path))


def _filled(course: Course, path: str) -> str:
    """The text of a source with its numbers as they are now."""
    file = course.root / path
    if not file.is_file():
        raise FileNotFoundError(f"{path} is missing; course.toml promises it.")
    return numbers.fill(file.read_text(encoding="utf-8"), course.say, path)


def _write(course: Course, path: str, text: str) -> str:
    """Write only what changed, so that a file's time says when its content changed."""
    file = course.root / path
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return path


# --- checking ------------------------------------------------------------------------------------


def check(course: Course, make: Callable[[Path], Course] = course_at) -> list[str]:
    """Build a copy and return a sentence for each file that differs from what is committed here."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_sources(course.root, copy)
        written = build(make(copy))
        found = [
            f"{path}: {difference}"
            for path in written
            if (difference := first_difference(course.root / path, copy / path))
        ]
    return found + left_behind(course, written)


def copy_sources(root: Path, to: Path) -> None:
    """Copy the sources and built pages of a course into another folder."""
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(
                root / name, to / name, ignore=shutil.ignore_patterns("__pycache__", ".*")
            )
    for name in ("course.toml", *TOP_PAGES):
        if (root / name).is_file():
            shutil.copy2(root / name, to / name)


def left_behind(course: Course, written: list[str]) -> list[str]:
    """A sentence for each page that stands in a built folder and that no source builds."""
    return [
        f"{name}: nothing builds this page; delete it, or name it in course.toml."
        for folder in BUILT_FOLDERS
        for ending in ("*.md", "*.ipynb")
        for file in sorted((course.root / folder).glob(ending))
        if (name := f"{folder}/{file.name}") not in written
    ]


def main(arguments: list[str] | None = None) -> int:
    """The command line: build, --check, --only NAME, adopt FILE."""
    parser = argparse.ArgumentParser(
        prog="python -m authoring.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--only", metavar="NAME", help="only this unit or page (SLUG, SLUG:lab)")
    parser.add_argument("verb", nargs="?", choices=["adopt"], help="carry a notebook's edit back")
    parser.add_argument("file", nargs="?", type=Path, help="the edited notebook")
    chosen = parser.parse_args(arguments)
    from authoring.adopt import AdoptError, adopt

    try:
        course = course_at(ROOT)
        if chosen.verb == "adopt":
            if chosen.file is None:
                parser.error("adopt needs the FILE of an edited notebook")
            print(adopt(course, chosen.file))
        elif chosen.check:
            found = check(course)
            print("\n".join(found) or "Every page is what its source builds.")
            return 1 if found else 0
        else:
            written = build(course, chosen.only)
            print(f"Built {len(written)} pages.")
    except (*SLIPS, AdoptError) as slip:
        print(slip, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
