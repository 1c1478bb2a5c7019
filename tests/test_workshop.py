"""A class tomorrow: plans that add up, words that stand on the screen, prints from their data, pages for a room."""

import importlib.util
import json
import re
import tomllib

import pytest
from house import ROOT, name_of

from authoring import cards, for_a_room, numbers, plans, reading_ease
from authoring.build import course_at
from authoring.pages import PageError
from authoring.questions import Question, questions
from authoring.set_up import Trouble
from benchmarks import a_class
from loadbearing.claims import claims
from loadbearing.words import avoided_in

COURSE = course_at(ROOT)
PLANS = [page for page in COURSE.contents.pages if page.minutes]


def text_of(page):
    return (ROOT / page.path).read_text(encoding="utf-8")


# --- plans ---------------------------------------------------------------------------------------


def test_each_step_begins_when_those_before_it_are_over():
    page = "## One · 5 minutes\n\n## 9:99 · Two · 61 minutes\n\n## Three · 1 minutes\n"
    assert plans.timed(page, 67, "a plan") == (
        "## 0:00 · One · 5 minutes\n\n## 0:05 · Two · 61 minutes\n\n## 1:06 · Three · 1 minute\n"
    )
    assert plans.table(page).splitlines()[-1] == "| 1:06 | Three | 1 |"


def test_the_clock_begins_anew_with_each_day():
    page = (
        "# A class\n\n# Day one: doors\n\n## One · 5 minutes\n\n## Two · 61 minutes\n\n"
        "# Day two: people\n\n## Three · 4 minutes\n\n## 9:99 · Four · 2 minutes\n"
    )
    begins = [(step[0], step[1]) for step in plans.steps(plans.timed(page, 72, "a plan"))]
    assert begins == [("0:00", "One"), ("0:05", "Two"), ("0:00", "Three"), ("0:04", "Four")]
    assert plans.table(page).splitlines()[2:] == [
        "| | **Day one: doors** | |", "| 0:00 | One | 5 |", "| 0:05 | Two | 61 |",
        "| | **Day two: people** | |", "| 0:00 | Three | 4 |", "| 0:04 | Four | 2 |",
    ]  # fmt: skip


def test_steps_that_do_not_fill_the_time_are_refused():
    with pytest.raises(PageError, match="take 5 minutes, course.toml promises 6"):
        plans.timed("## One · 5 minutes\n", 6, "a plan")


def test_only_the_minutes_of_a_step_may_be_typed():
    assert numbers.untagged("## 0:05 · Two texts · 6 minutes\n") == []
    assert len(numbers.untagged("It takes 6 minutes.\n## About 6 minutes\n")) == 2


@pytest.mark.parametrize("page", PLANS, ids=lambda page: page.slug)
def test_a_plan_fills_its_time_and_every_step_says_what_to_drop(page):
    text = text_of(page)
    assert plans.timed(text, page.minutes, page.path) == text
    assert plans.table(text) in text
    places = [match.start() for match in plans.STEP.finditer(text)] + [text.index("## If somethi")]
    for begin, end in zip(places, places[1:], strict=False):
        step = text[begin:end]
        if "Break" not in step:
            assert "**If late:**" in step, step.splitlines()[0]


def test_the_class_of_ninety_minutes_has_three_cuts_of_twenty():
    page = next(one for one in PLANS if one.minutes == 90)
    for cut in ("The evening", "The flood", "The queue"):
        long = [step[2] for step in plans.steps(text_of(page)) if step[1].startswith(f"{cut}: ")]
        assert sum(long) == 20, cut


@pytest.mark.parametrize("page", PLANS, ids=lambda page: page.slug)
def test_what_a_plan_tells_to_click_stands_on_the_screen(page):
    sources = [*(ROOT / "src/loadbearing/labs").glob("*.py"), ROOT / "src/loadbearing/words.toml"]
    sources += [
        *(ROOT / "authoring/labs").glob("*.py"),
        *(ROOT / "src/loadbearing/cases").glob("*.py"),
    ]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    things = re.findall(r'\bthing(?:: str)? ?= ?"(\w+)"', shown)
    shown += "".join(f"\n2  Run the {thing}" for thing in things)
    used = set(re.findall(r"<!--=unit:(\w+)\.", text_of(page)))
    if used & {one.slug for one in COURSE.contents.planned}:
        return  # its labs are still to come
    days = {day for day, _ in plans.days(text_of(page))}
    for said in set(re.findall(r"\*\*([^*\n]+)\*\*", text_of(page))) - {"bold"} - days:
        label = said.strip("`")
        if label.endswith(":") or label == "Run" or label.startswith("[Next"):
            continue  # a heading of the plan, a menu of JupyterLab, the link at the foot
        label = label.removesuffix(", from 20:14 on")
        assert label in shown, f"{page.path} tells to click {said!r}, and no lab shows it"


@pytest.mark.parametrize("page", PLANS, ids=lambda page: page.slug)
def test_a_plan_speaks_the_words_of_the_course(page):
    assert avoided_in(text_of(page)) == []


def test_the_plans_are_measured_for_reading_ease_as_the_lessons_are():
    assert {page.slug for page in PLANS} <= {*reading_ease.lessons()}


def test_what_is_said_aloud_fits_into_the_minutes_of_its_step():
    """At 130 words a minute, half of each step must be left to the room."""
    page = next(one for one in PLANS if one.minutes == 90)
    text = re.sub(r"<!--.*?-->", "", text_of(page))
    parts = plans.STEP.split(text)
    for title, minutes, step in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        said = " ".join(re.findall(r'\*"(.*?)"\*', step, re.DOTALL))
        assert said, f"{title}: nothing to say"
        assert len(said.split()) < 130 * int(minutes) / 2, title


def test_every_step_at_the_machine_was_walked_and_its_time_is_kept():
    page = next(one for one in PLANS if one.minutes == 90)
    given = a_class.minutes_of_the_plan()
    parts = plans.STEP.split(re.sub(r"<!--.*?-->", "", text_of(page)))
    at_machine = [
        title
        for title, step in zip(parts[1::3], parts[3::3], strict=True)
        if re.search(r"[Pp]ress \*\*|[Tt]ype (them|the hands)", step.split("## If")[0])
    ]
    assert at_machine == [*a_class.STEPS][1:]
    kept = json.loads(a_class.RESULTS.read_text(encoding="utf-8"))["steps"]
    assert [(one["step"], one["minutes"]) for one in kept] == [
        (title, given.get(title)) for title in a_class.STEPS
    ], "run python3 benchmarks/a_class.py --write"
    for one in kept[1:]:
        assert one["acts"] > 0 and one["seconds"] < 60 * one["minutes"] / 2, one["step"]


# --- prints --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", cards.PRINTS)
def test_a_print_is_what_its_data_make(path):
    made = cards.PRINTS[path]()
    assert made == cards.PRINTS[path]()
    assert b"CreationDate" not in made and made.startswith(b"%PDF")
    boxes = {
        tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", made)
    }
    assert boxes and all(abs(w - 595.28) < 1 and abs(h - 841.89) < 1 for w, h in boxes)


@pytest.mark.slow
@pytest.mark.parametrize("path", cards.PRINTS)
def test_a_committed_print_is_of_the_present_data(path):
    from authoring.compare import same_bytes_promised

    made = cards.PRINTS[path]()
    assert (ROOT / path).is_file()
    if same_bytes_promised():
        assert (ROOT / path).read_bytes() == made, f"{path} is old: build the course"


def test_every_claim_has_its_card_with_the_colour_and_the_side_of_its_reading():
    made = {card.mark: card for card in cards.claim_cards()}
    assert [*made] == [*claims()]
    for key, one in claims().items():
        card = made[key]
        assert card.sentence == one.claim and card.parts == (("What decides", one.decides),)
        assert (card.side == "left") == (one.reading == "failure")
        assert card.colour == cards.COLOURS[one.reading] and one.reading.split()[0] in card.over
        assert len(card.asks) == 3


def test_a_class_of_ninety_minutes_prints_the_claims_that_its_plan_names():
    page = next(one for one in PLANS if one.minutes == 90)
    named = re.findall(r"[Cc]ard ([FS]\d+)", text_of(page))
    assert sorted(set(named)) == sorted(cards.CLASS_CLAIMS)
    assert [card.mark for card in cards.class_cards()] == ["F1", "F1", "F2", "F2", "S5", "S5"]


def test_each_unit_has_a_still_with_the_questions_of_its_labs():
    assert [unit for unit, _ in cards.stills_of_units()] == [*COURSE.contents.units]
    for unit in COURSE.contents.units:
        page = f"{unit.number:02d}_{unit.slug}"
        source = (ROOT / "notebooks" / f"{page}.ipynb").read_text(encoding="utf-8")
        asked = questions(page)
        assert len(asked) == source.count("prediction=Prediction(") > 0, page
        assert all(one.asked.endswith("?") and len(one.answers) > 2 for one in asked), page


def test_a_question_is_read_by_name_or_by_place_and_nothing_is_run(tmp_path):
    (tmp_path / "01_a.py").write_text(
        "from string import digits\n"
        'lab = Lab(Prediction("k", "Who?", {"a": "I.", "b": digits}, 1 / 0))\n'
        'two = Lab(prediction=Prediction(key="k", question="So?", options={"a": "Yes."}))\n'
    )
    assert questions("01_a", tmp_path) == [
        Question("Who?", ("I.", "0123456789")), Question("So?", ("Yes.",)),
    ]  # fmt: skip


def test_a_still_with_too_many_questions_is_refused():
    from authoring.stills import fault_and_way_back

    many = [Question("word " * 60 + "?", ("word " * 30,) * 4)] * 3
    with pytest.raises(ValueError, match="'Unit 06' is too full"):
        cards.still_page(fault_and_way_back(), "Unit 06", many)


def test_the_premortem_has_the_eight_settings_of_its_unit_and_no_answer():
    entries = tomllib.loads(cards.PREMORTEM.read_text(encoding="utf-8"))["card"]
    keys = [one["key"] for one in entries]
    assert len(set(keys)) == 8 and len(cards.premortem_cards()) == 8
    if importlib.util.find_spec("loadbearing.checks.details"):
        details = importlib.import_module("loadbearing.checks.details")
        assert set(keys) == {*details.PREMORTEM}


def test_no_line_of_a_card_is_wider_than_its_card_and_no_word_is_lost():
    text = "the share of everybody who came and was in within five minutes of coming"
    lines = cards.wrapped(text, 60, 12)
    assert " ".join(lines) == text and len(lines) > 1
    assert cards.wrapped(text, 600, 12) == [text]
    assert len(cards.wrapped(text, 30, 12)) > len(lines)
    assert [line.split()[0] for line in cards.wrapped("at least 50 % of it", 15, 12)] == [
        "at", "least", "50", "of",
    ]  # fmt: skip


def test_a_card_that_is_too_full_is_refused():
    full = cards.Card("", "F1", "word " * 200, (), ("holds when",))
    with pytest.raises(ValueError, match="'F1' is too full"):
        cards.pages_of([full], across=2, down=3)


def test_cards_fill_pages_and_are_cut_along_lines():
    pages = cards.pages_of(cards.premortem_cards()[:5], across=2, down=2)
    assert len(pages) == 2
    cuts = [line for line in pages[0].axes[0].lines if line.is_dashed()]
    assert sorted((*line.get_xdata(), *line.get_ydata()) for line in cuts) == [
        (0, 210.0, 148.5, 148.5), (105.0, 105.0, 0, 297.0),
    ]  # fmt: skip


# --- pages for a room ----------------------------------------------------------------------------


def test_a_page_for_a_room_asks_before_it_shows(tmp_path):
    (tmp_path / "notebooks").mkdir()
    path = ROOT / "notebooks/01_the_evening.ipynb"
    (tmp_path / "notebooks" / path.name).write_bytes(path.read_bytes())
    assert for_a_room.pages(("1",), tmp_path) == ["my_work/room_01_the_evening.ipynb"]
    page = json.loads((tmp_path / "my_work/room_01_the_evening.ipynb").read_text(encoding="utf-8"))
    sources = [cell["source"] for cell in page["cells"]]
    assert sources[0].startswith("# 01 · The evening\n\n*Was this a failure or a test?*\n")
    assert "Run All Cells" in sources[0] and "page 2 of 4" not in sources[0]
    assert sources[1].rstrip().endswith(")") and "lab = Lab(" in sources[1]
    assert sources[2:4] == ["lab.projector()", "lab"] and "../START.md" in sources[4]
    assert not any(cell.get("outputs") for cell in page["cells"])
    code = [cell for cell in page["cells"] if cell["cell_type"] == "code"]
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in code)


def test_each_page_of_a_class_leads_to_the_next_and_none_is_written_in_vain(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("0[45]*.ipynb"):
        (tmp_path / "notebooks" / path.name).write_bytes(path.read_bytes())
    with pytest.raises(Trouble):
        for_a_room.pages(("4", "9"), tmp_path)
    assert not (tmp_path / "my_work").exists()
    first, second = for_a_room.pages(("4", "5"), tmp_path)
    ends = [
        json.loads((tmp_path / page).read_text(encoding="utf-8"))["cells"][-1]["source"]
        for page in (first, second)
    ]
    assert ends[0] == '**[Next: 05 · The queue](room_05_the_queue.ipynb "Next")**'
    assert second.endswith("/room_05_the_queue.ipynb") and "../START.md" in ends[1]


def test_two_labs_of_a_page_are_both_asked():
    cell = {"cell_type": "code", "source": "two = Lab(\n    1\n)\ntwo\n"}
    other = {"cell_type": "code", "source": "lab = Lab()\nlab"}
    none = {"cell_type": "code", "source": "x = 1\nx"}
    title = {"cell_type": "markdown", "source": ["# A", "\n"]}
    kept = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    page = for_a_room.for_a_room({"cells": [title, cell, none, other], **kept})
    shown = [one["source"] for one in page["cells"] if one["cell_type"] == "code"]
    assert shown[1:3] == ["two.projector()", "two"] and shown[4:] == ["lab.projector()", "lab"]


def test_an_unknown_unit_is_answered_with_those_that_exist(tmp_path):
    with pytest.raises(Trouble, match="no lab called '99'"):
        for_a_room.pages(("99",), tmp_path)


def test_pages_of_a_workshop_say_where_they_stand():
    assert {page.path for page in PLANS} == {
        name_of(path) for path in (ROOT / "workshop").glob("*.md")
    }
