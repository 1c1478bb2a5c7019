"""The builder, tried on a small made-up course: same bytes, real sources, safe ways back."""

import io
import shutil
from random import Random

import made_up_course
import nbformat
import pytest
from PIL import Image

from authoring import execute, numbers, percent
from authoring.adopt import AdoptError, adopt
from authoring.build import build, check, facts_at
from authoring.compare import first_difference
from authoring.contents import ContentsError, read_contents
from authoring.numbers import NumberError
from authoring.sources import SourceError, source_of, with_sources


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """The made-up course, built; tests that change it take a copy."""
    root = made_up_course.lay_out(tmp_path_factory.mktemp("course"))
    build(made_up_course.course(root))
    return root


@pytest.fixture
def root(built_once, tmp_path):
    """A copy of the built course that a test may change."""
    shutil.copytree(built_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


def cells(root, path):
    return nbformat.read(root / path, as_version=4).cells


def contents_of(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


# --- the same bytes ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_build_changes_no_byte_and_the_check_is_content(root):
    before = contents_of(root)
    build(made_up_course.course(root))
    assert contents_of(root) == before
    assert check(made_up_course.course(root), made_up_course.course) == []


@pytest.mark.slow
def test_the_check_names_the_file_and_the_first_difference(root):
    lab, lesson = root / "notebooks/01_the_counter.ipynb", root / "lessons/01_the_counter.md"
    lab.write_text(lab.read_text().replace('"21\\n"', '"22\\n"'))
    lesson.write_text(lesson.read_text().replace("-->41<!--", "-->40<!--"))
    (root / "notebooks/03_old.ipynb").write_text("{}")
    found = check(made_up_course.course(root), made_up_course.course)
    assert any("notebooks/01_the_counter.ipynb: cell 4 is" in one and "22" in one for one in found)
    assert any("lessons/01_the_counter.md: line 7 is" in one for one in found)
    assert any("notebooks/03_old.ipynb: nothing builds" in one for one in found)


def test_cell_ids_follow_from_position_and_source(built_once):
    first = percent.read_percent(made_up_course.FILES["authoring/labs/02_the_line.py"])
    pieces = {"head": "# Head", "foot": "foot"}
    one, two = (percent.to_notebook(first, "lab", pieces, built_once) for _ in range(2))
    assert [cell.id for cell in one.cells] == [cell.id for cell in two.cells]
    assert len({cell.id for cell in one.cells}) == len(one.cells)


def test_a_built_notebook_names_its_kernel_and_keeps_outputs(built_once):
    lab = nbformat.read(built_once / "notebooks/01_the_counter.ipynb", as_version=4)
    nbformat.validate(lab)
    assert lab.metadata.kernelspec.name == "python3"
    assert "version" not in lab.metadata.language_info and "widgets" not in lab.metadata
    code = [cell for cell in lab.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2]
    assert code[1].outputs[0].text == "21\n"
    assert code[1].metadata == {"jupyter": {"source_hidden": True}}
    assert all("execution" not in cell.metadata for cell in code)


# --- exercises from answers ----------------------------------------------------------------------


def test_the_exercise_blanks_what_the_solution_answers(built_once):
    exercise = cells(built_once, "exercises/01_the_counter.ipynb")
    solution = cells(built_once, "solutions/01_the_counter.ipynb")
    sources = [cell.source for cell in exercise]
    assert 'minutes = 10\nserved = ...\n"yes" if served == 5 else "not yet"' in sources
    assert "def longer(minutes):\n    ...\n" in sources[3]
    assert not any(cell.get("outputs") for cell in exercise)
    assert "served = minutes // 2" in solution[2].source
    assert solution[2].outputs[0].data["text/plain"] == "'yes'"
    assert not any("SOLUTION" in cell.source for cell in [*exercise, *solution])


def test_a_text_tagged_solution_is_not_in_the_exercise(built_once):
    texts = {
        kind: " ".join(cell.source for cell in cells(built_once, f"{kind}/01_the_counter.ipynb"))
        for kind in ("exercises", "solutions")
    }
    assert "Two minutes each." in texts["solutions"]
    assert "Two minutes each." not in texts["exercises"]


@pytest.mark.parametrize(
    ("answer", "blank"),
    [
        ("a = 1", "a = ..."),
        ("a, b = 1, 2", "a = ...\nb = ..."),
        ("a = 1\na += 1\nb: int = 2", "a = ...\nb = ..."),
        ("def f():\n    return 1", "f = ..."),
        ("x['key'] = 1", "..."),
        ("print(1)", "..."),
        ("", "..."),
    ],
)
def test_every_name_an_answer_binds_is_bound_by_the_blank(answer, blank):
    assert percent.blanked(f"{percent.BEGIN}\n{answer}\n{percent.END}") == blank


@pytest.mark.parametrize(
    "source",
    [
        f"{percent.BEGIN}\na = 1",
        f"a = 1\n{percent.END}",
        f"{percent.BEGIN}\n{percent.BEGIN}\n{percent.END}",
        f"{percent.BEGIN}\n{percent.END}\n{percent.BEGIN}\n{percent.END}",
    ],
)
def test_answers_that_do_not_open_and_close_once_are_refused(source):
    with pytest.raises(percent.PercentError, match="a cell holds one answer"):
        percent.blanked(source)


# --- sources -------------------------------------------------------------------------------------


def test_a_lab_shows_the_real_source_without_importing_it(built_once):
    lab = cells(built_once, "notebooks/01_the_counter.ipynb")
    assert lab[2].source.startswith('class Counter:\n    """Serves one at a time."""')
    assert lab[2].source.endswith("return minutes // 2  # <- change this line")


def test_a_method_is_shown_from_the_margin(built_once):
    assert source_of(built_once, "shop.counter", "Counter.served").startswith("def served(self")


def test_a_source_may_leave_out_words_that_stand_there_once(built_once):
    line = '# <<source shop.counter:Counter without "{}">>'
    shown = with_sources(line.format("  # <- change this line"), built_once)
    assert shown.endswith("return minutes // 2")
    for words, count in (("no such words", 0), ("minutes", 2)):
        with pytest.raises(SourceError, match=f"stand there {count} times"):
            with_sources(line.format(words), built_once)


@pytest.mark.parametrize(
    ("module", "name", "says"),
    [
        ("shop.till", "Till", "no file shop.till"),
        ("shop.counter", "Cuonter", "has no 'Cuonter'; it has: Counter"),
    ],
)
def test_a_source_that_is_not_there_is_named(built_once, module, name, says):
    with pytest.raises(SourceError, match=says):
        source_of(built_once, module, name)


# --- pages ---------------------------------------------------------------------------------------


def test_next_leads_through_every_page_once_and_back_to_the_start(built_once):
    walked, path = [], "lessons/01_the_counter.md"
    while path != "START.md":
        walked.append(path)
        text = (built_once / path).read_text()
        assert text.count("[Next: ") == 1
        address = text.split("[Next: ")[1].split("](")[1].split()[0]
        path = (built_once / path).parent.joinpath(address).resolve()
        path = path.relative_to(built_once.resolve()).as_posix()
    assert len(walked) == len(set(walked)) == 8


def test_the_map_lists_units_that_exist_and_units_to_come(built_once):
    readme = (built_once / "README.md").read_text()
    assert "| 01 The counter | How many wait? | [lesson](lessons/01_the_counter.md)" in readme
    assert "| 03 | When does it close? | to come |" in readme


def test_only_one_room_is_built_when_asked(root):
    assert build(made_up_course.course(root), "the_line:lesson") == ["lessons/02_the_line.md"]
    with pytest.raises(ContentsError, match="nothing to build is named 'the_lien'"):
        build(made_up_course.course(root), "the_lien")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('slug = "the_line"', 'slug = "the_counter"', "slug 'the_counter' stands twice"),
        ('needs = ["the_counter"]', 'needs = ["the_till"]', "there is no unit 'the_till' yet"),
        ("lesson = 2", "lesson = 0", "minutes.lesson is 0"),
        ("number = 2", "number = 1", "must rise"),
        ('question = "Who', 'qestion = "Who', "add the field 'question'"),
        ("[[unit]]", "[[unit]", "not TOML"),
    ],
)
def test_a_slip_in_the_table_is_a_sentence(root, old, new, says):
    table = root / "course.toml"
    table.write_text(table.read_text().replace(old, new))
    with pytest.raises(ContentsError, match=says):
        read_contents(root)


def test_a_difference_is_shown_where_it_is(tmp_path):
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.write_text("same\n" + "a" * 400 + "41 people\n")
    other.write_text("same\n" + "a" * 400 + "42 people\n")
    said = first_difference(one, other)
    assert said.startswith("line 2 is '...a") and "41 people" in said and "42 people" in said


# --- numbers in texts ----------------------------------------------------------------------------


def say(name):
    if name != "people":
        raise NumberError(f"no fact is named {name!r}")
    return "41"


def test_a_tagged_number_is_filled_in_place_and_stays_filled():
    text = "There are <!--=people-->4<!--/--> people,\nand **<!--= people --><!--/-->** of them."
    filled = numbers.fill(text, say, "a page")
    assert filled.count("<!--=people-->41<!--/-->") == 2
    assert numbers.fill(filled, say, "a page") == filled


def test_a_wrong_number_is_named_with_page_line_shown_and_expected():
    text = "One.\nThere are <!--=people-->40<!--/-->."
    (difference,) = numbers.differences(text, say, "lessons/01.md")
    assert str(difference) == "lessons/01.md, line 2: people is shown as '40', expected '41'."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Many <!--=people-->4", "line 1: a number's tag is not whole"),
        ("Many <!--=people-->4\n1<!--/-->", "line 1: a number's tag is not whole"),
        ("Yes.\n<!--=people-->41<!--/--> came", "line 2: a tag begins the line"),
        ("Yes.\n- <!--=people-->41<!--/--> came", "line 2: a tag begins the line"),
        ("Many <!--=poeple-->4<!--/-->", "line 1: no fact is named 'poeple'"),
    ],
)
def test_a_tag_that_cannot_be_filled_is_named(text, says):
    with pytest.raises(NumberError, match=says):
        numbers.fill(text, say, "a page")


def test_a_text_cell_of_a_percent_file_may_not_begin_a_line_with_a_tag_either():
    numbers.fill("# <!--=people-->1<!--/--> people", say, "a heading.md")
    numbers.fill("# # <!--=people-->1<!--/--> people", say, "a_lab.py")
    with pytest.raises(NumberError, match="line 2: a tag begins the line"):
        numbers.fill("# There are\n# <!--=people-->1<!--/--> people", say, "a_lab.py")


@pytest.mark.parametrize("text", ["It took 42 minutes.", "At 20:30 it ended.", "| 1,300,000 |"])
def test_a_number_typed_by_hand_is_found(text):
    assert len(numbers.untagged(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1. first\n2. second",
        "See unit 04, units 02 and 05, claim F1 and S10.",
        "*Journal of Simulation*, volume 13, 2019",
        "`x = 3` and $a = 2$ and $$b = 7$$",
        "```\n42\n```",
        "[the lab](../notebooks/01_the_evening.ipynb)",
        "There are <!--=people-->41<!--/--> people.",
        "<!-- built: head -->\n# 01 A title\n<!-- built: end -->",
    ],
)
def test_what_is_no_number_in_prose_is_left_alone(text):
    assert numbers.untagged(text) == []


def test_a_speaker_answers_from_facts_rooms_and_the_table(root):
    contents = read_contents(root)
    speak = numbers.speaker(contents, {"people": lambda: "41"}, case=lambda path: f"<{path}>")
    assert speak("people") == "41" and speak("case:slow.door") == "<slow.door>"
    assert speak("unit:the_line.title") == "The line" and speak("unit:the_end.number") == "03"
    for unknown in ("poeple", "unit:the_line.colour"):
        with pytest.raises(NumberError, match="people|the_line.colour"):
            speak(unknown)


def test_the_facts_are_the_public_functions_of_their_own_file(root):
    (root / "authoring/facts.py").write_text(
        "from math import pi\n\ndef _n():\n    return 4\n\ndef four():\n    return str(_n())"
    )
    facts = facts_at(root)
    assert list(facts) == ["four"] and facts["four"]() == "4"
    (root / "authoring/unit_facts").mkdir()
    (root / "authoring/unit_facts/the_line.py").write_text("def five():\n    return '5'\n")
    assert list(facts_at(root)) == ["four", "five"]
    (root / "authoring/unit_facts/the_end.py").write_text("def four():\n    return 'vier'\n")
    with pytest.raises(NumberError, match="'four' is there already"):
        facts_at(root)


@pytest.mark.parametrize(
    ("value", "shown"), [(1_300_000, "1,300,000"), (150.0, "150"), (0.25, "0.25"), ("fifo", "fifo")]
)
def test_an_input_number_is_shown_as_people_write_it(value, shown):
    assert numbers.shown_number(value) == shown


# --- what a notebook may keep --------------------------------------------------------------------


def run_cells(tmp_path, *sources):
    made = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    notebook = nbformat.v4.new_notebook(cells=made, metadata=nbformat.from_dict(percent.METADATA))
    return execute.execute(notebook, tmp_path, "notebooks/x.ipynb")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("1/0", r"notebooks/x.ipynb, cell 2: (.|\n)*ZeroDivisionError"),
        ("import sys; print('oh', file=sys.stderr)", "cell 2 writes a warning(.|\n)*oh"),
        ("from IPython.display import SVG; SVG('<svg></svg>')", "cell 2 shows an SVG"),
    ],
)
def test_a_cell_that_cannot_be_kept_is_named(tmp_path, source, says):
    with pytest.raises(execute.ExecuteError, match=says):
        run_cells(tmp_path, "a = 1", source)


def noisy_png(side):
    file = io.BytesIO()
    noise = Random(1).randbytes(3 * side * side)
    Image.frombytes("RGB", (side, side), noise).save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_made_small_and_keeps_no_text():
    small = execute.small_png(noisy_png(150))
    picture = Image.open(io.BytesIO(small))
    assert picture.mode == "P" and not picture.info.get("Software")
    assert len(small) <= execute.PICTURE_BYTES
    with pytest.raises(execute.ExecuteError, match="draw it smaller"):
        execute.small_png(noisy_png(400))


# --- edits carried back --------------------------------------------------------------------------


def edited(root, path, change):
    """Change the cells of a built notebook as JupyterLab would, and adopt it."""
    notebook = nbformat.read(root / path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, root / path)
    return adopt(made_up_course.course(root), root / path)


def test_an_edit_in_a_lab_reaches_its_source_and_leaves_the_rest(root):
    source = root / "authoring/labs/01_the_counter.py"
    before = source.read_text()

    def change(cells):
        cells[1].source = "There are <!--=people-->41<!--/--> people here."
        cells[3].source = "print(Counter().served(44))"
        cells.insert(4, nbformat.v4.new_code_cell("print('new')"))

    assert "Carried 3 cell(s)" in edited(root, "notebooks/01_the_counter.ipynb", change)
    after = source.read_text()
    assert "# There are <!--=people-->41<!--/--> people here.\n" in after
    assert '# %% tags=["fold"]\nprint(Counter().served(44))\n' in after
    assert after.endswith("# %%\nprint('new')\n")
    assert "# <<source shop.counter:Counter>>" in after and before != after


def test_an_untouched_notebook_carries_nothing(root):
    before = contents_of(root)
    for path in ("notebooks", "exercises", "solutions"):
        said = edited(root, f"{path}/01_the_counter.ipynb", lambda cells: None)
        assert "no edit" in said
    assert contents_of(root) == before


def test_an_edit_around_an_answer_keeps_the_answer_between_its_marks(root):
    def change(cells):
        cells[2].source = cells[2].source.replace("minutes = 10", "# ten of them\nminutes = 10")

    for path in ("exercises", "solutions"):
        edited(root, f"{path}/01_the_counter.ipynb", change)
    source = (root / "authoring/practice/01_the_counter.py").read_text()
    assert "minutes = 10\n### BEGIN SOLUTION\nserved = minutes // 2\n### END SOLUTION\n" in source
    assert source.count("# ten of them") >= 1


def test_a_better_answer_in_the_solution_is_carried_back(root):
    def change(cells):
        cells[2].source = cells[2].source.replace("minutes // 2", "int(minutes / 2)")

    edited(root, "solutions/01_the_counter.ipynb", change)
    source = (root / "authoring/practice/01_the_counter.py").read_text()
    assert "### BEGIN SOLUTION\nserved = int(minutes / 2)\n### END SOLUTION\n" in source


def test_a_deleted_cell_is_deleted_in_its_source(root):
    edited(root, "notebooks/02_the_line.ipynb", lambda cells: cells.pop(1))
    assert "print" not in (root / "authoring/labs/02_the_line.py").read_text()


@pytest.mark.parametrize(
    ("path", "cell", "text", "says"),
    [
        ("notebooks/01_the_counter.ipynb", 0, "# New", "head is written from course.toml"),
        ("notebooks/01_the_counter.ipynb", -1, "[Next: x](y)", "foot is written from course.toml"),
        ("notebooks/01_the_counter.ipynb", 2, "class C: pass", "edit it under src"),
        ("exercises/01_the_counter.ipynb", 2, "minutes = 10\nserved = 5", "is filled in"),
    ],
)
def test_what_is_written_elsewhere_is_refused(root, path, cell, text, says):
    before = contents_of(root / "authoring")

    def change(cells):
        rest = cells[cell].source.partition("served = ...")[2]
        cells[cell].source = text + rest

    with pytest.raises(AdoptError, match=says):
        edited(root, path, change)
    assert contents_of(root / "authoring") == before


def test_only_built_notebooks_are_adopted(root):
    with pytest.raises(AdoptError, match="no built notebook"):
        adopt(made_up_course.course(root), root / "README.md")


def test_an_included_source_may_leave_out_words_that_stand_there_once(tmp_path):
    made_up_course.lay_out(tmp_path)
    line = '# <<source shop.counter:Counter without " // 2">>'
    assert "return minutes  # <- change this line" in with_sources(line, tmp_path)
    for words, times in ((" // 3", 0), ("minutes", 2)):
        with pytest.raises(SourceError, match=f"these words stand there {times} times"):
            with_sources(line.replace(" // 2", words), tmp_path)
