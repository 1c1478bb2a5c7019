"""The pages: built from their sources, true in every number, linked, complete, in plain words."""

import re

import nbformat
import pytest
from house import LINK, PICTURE, ROOT, anchors, course_files, name_of, prose, text_files

from authoring import numbers, pages
from authoring.build import TOP_PAGES, check, course_at
from authoring.contents import KINDS
from authoring.minutes import least_minutes
from loadbearing import checks, words
from loadbearing.claims import claim

COURSE = course_at(ROOT)
LESSONS = sorted([*(ROOT / "lessons").glob("*.md"), *(ROOT / "workshop").glob("*.md")])
SOURCES = sorted((ROOT / "authoring/labs").glob("*.py"))
SOURCES += sorted((ROOT / "authoring/practice").glob("*.py"))
NOTEBOOKS = {
    folder: sorted((ROOT / folder).glob("*.ipynb"))
    for folder in ("notebooks", "exercises", "solutions")
}
WITH_OUTPUTS = [*NOTEBOOKS["notebooks"], *NOTEBOOKS["solutions"]]
UNIT_PAGES = [ROOT / unit.path(kind) for unit in COURSE.contents.units for kind in KINDS]
TOP = [ROOT / name for name in TOP_PAGES if (ROOT / name).is_file()]
READ = [*TOP, *LESSONS, *(path for built in NOTEBOOKS.values() for path in built)]
# Written whole from the package's own data, so their numbers have a home already.
FROM_DATA = [f"lessons/{slug}.md" for slug in COURSE.written]


def text_of(path):
    """A page's text as its author writes it; of a percent file only the text cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        cells = re.split(r"^(?=# %%)", text, flags=re.MULTILINE)
        kept = (
            cell if cell.startswith("# %% [markdown]") else "\n" * cell.count("\n")
            for cell in cells
        )
        text = re.sub(r"^# (%%.*)?|^#$", "", "".join(kept), flags=re.MULTILINE)
    return text


# --- built from their sources --------------------------------------------------------------------


def test_every_unit_has_its_four_pages():
    assert [name_of(page) for page in UNIT_PAGES if not page.is_file()] == []


@pytest.mark.slow
def test_every_page_is_what_its_source_builds():
    found = check(COURSE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", WITH_OUTPUTS, ids=name_of)
def test_a_notebook_with_answers_was_run_from_top_to_bottom(path):
    code = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [*range(1, len(code) + 1)]
    assert any(cell.outputs for cell in code), f"{name_of(path)} stores no output"
    if path.parent.name == "notebooks":
        kinds = {
            kind for cell in code for output in cell.outputs for kind in output.get("data", {})
        }
        assert "image/png" in kinds, f"{name_of(path)} stores no picture"


@pytest.mark.parametrize("path", NOTEBOOKS["exercises"], ids=name_of)
def test_an_exercise_stores_no_output_and_no_answer(path):
    for cell in nbformat.read(path, 4).cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None
        assert "SOLUTION" not in cell.source


@pytest.mark.parametrize("path", [p for n in NOTEBOOKS.values() for p in n], ids=name_of)
def test_a_notebook_opens_without_a_question(path):
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert path.stat().st_size <= 250_000


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("path", [*TOP, *LESSONS, *SOURCES], ids=name_of)
def test_every_number_in_a_text_is_what_its_name_says_now(path, record_count):
    text = path.read_text(encoding="utf-8")
    found = [str(one) for one in numbers.differences(text, COURSE.say, name_of(path))]
    record_count("numbers in texts", len(numbers.TAG.findall(text)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", [*LESSONS, *SOURCES], ids=name_of)
def test_no_number_in_a_text_is_typed_by_hand(path):
    if name_of(path) in FROM_DATA:
        return
    found = [f"{name_of(path)}, line {line}: {n}" for line, n in numbers.untagged(text_of(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("unit", COURSE.contents.units, ids=lambda unit: unit.slug)
@pytest.mark.parametrize("kind", KINDS)
def test_stated_minutes_are_not_below_what_is_on_the_page(unit, kind):
    path = ROOT / unit.path(kind)
    page = text_of(path) if kind == "lesson" else nbformat.read(path, 4)
    after = nbformat.read(ROOT / unit.path("exercise"), 4) if kind == "solution" else None
    assert unit.minutes[kind] >= least_minutes(page, after)


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_every_link_and_picture_leads_somewhere(path):
    for match in [*LINK.finditer(prose(path)), *PICTURE.finditer(prose(path))]:
        to, _, anchor = match["to"].partition("#")
        if re.match(r"\w+:", to):
            continue
        target = (path.parent / to).resolve() if to else path
        assert target.exists(), f"{name_of(path)}: {match['to']} leads nowhere"
        if anchor:
            assert anchor in anchors(target), f"{name_of(path)}: no heading for {match['to']}"


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_every_picture_is_told_in_words(path):
    for match in PICTURE.finditer(prose(path)):
        assert len(match["alt"].split()) >= 3, f"{name_of(path)}: {match['to']} needs a text"


def test_every_page_has_exactly_one_next_link():
    for path in [*UNIT_PAGES, *LESSONS, ROOT / pages.START]:
        nexts = re.findall(r'\]\(\S+ "Next"\)', prose(path))
        assert len(nexts) == 1, f"{name_of(path)} has {len(nexts)} Next links"


def test_next_leads_through_all_units_from_the_start_and_back():
    walked, path = [], ROOT / pages.START
    while path not in walked:
        walked.append(path)
        address = re.search(r'\]\((\S+) "Next"\)', prose(path))[1]
        path = (path.parent / address).resolve()
    assert walked == [ROOT / pages.START, *UNIT_PAGES]


def test_nothing_is_loaded_from_a_network():
    loads = re.compile(
        r"""(src|href)=["']?(https?:)?//|url\(["']?https?:|import\s[^\n]*["']https?:|"""
        r"""from\s+["']https?:|fetch\(["'`]https?:|require\(["']https?:|//cdn\.|unpkg|jsdelivr"""
    )
    found = []
    for path in text_files():
        if "tests" in path.parts or path.suffix in (".lock", ".md"):
            continue
        if match := loads.search(path.read_text(encoding="utf-8")):
            found.append(f"{name_of(path)}: {match[0]}")
    assert not found, "\n".join(found)


# --- outcomes, words -----------------------------------------------------------------------------


@pytest.mark.parametrize("unit", COURSE.contents.units, ids=lambda unit: unit.slug)
def test_every_outcome_is_tested_by_a_check_that_the_exercise_asks(unit):
    assert unit.outcomes, f"unit {unit.slug} promises nothing"
    asked = (ROOT / unit.path("exercise")).read_text(encoding="utf-8")
    for outcome in unit.outcomes:
        assert outcome.check in checks.names(), f"{unit.slug}: no check {outcome.check!r}"
        assert outcome.check in asked, f"{unit.slug}: its exercise never asks {outcome.check!r}"


def test_the_table_of_contents_names_claims_that_are_known():
    for unit in COURSE.contents.units:
        for key in unit.claims:
            assert claim(key).key == key


def test_texts_keep_to_the_words_of_the_course():
    # Where the words to avoid are listed, and the public record, whose titles are quoted as they are.
    listed = ("src/loadbearing/words.toml", "src/loadbearing/words.py")
    listed += ("src/loadbearing/record.toml", *FROM_DATA)
    found = [
        f"{name_of(path)}, {sentence}"
        for path in text_files()
        if path.suffix in (".md", ".py", ".toml") and "tests" not in path.parts
        if name_of(path) not in listed
        for sentence in words.avoided_in(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


# --- the README ----------------------------------------------------------------------------------


def test_the_readme_shows_a_picture_the_two_commands_and_the_map():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert PICTURE.search(readme), "README.md shows no picture"
    commands = re.findall(r"^```\w*\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    lines = [line.strip() for block in commands for line in block.splitlines()]
    for command in ("git clone", "python3 course.py lab"):
        assert any(line.startswith(command) for line in lines), f"README.md lacks: {command}"
    pieces = pages.top_pieces(COURSE.contents)
    assert pages.with_regions(readme, pieces, "README.md") == readme
    assert "<!-- built: map -->" in readme, "README.md lacks the map of units"


def test_pictures_in_the_repository_are_few_and_small():
    for path in course_files():
        if path.suffix in (".png", ".jpg", ".gif", ".svg", ".webp"):
            assert path.stat().st_size <= 100_000, f"{name_of(path)} is large for a picture"
