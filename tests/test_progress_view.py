"""Everything kept is told on one page, in plain words, and so is how sure and how right a student was."""

import pytest

from loadbearing.labs import how_sure, progress_view
from loadbearing.labs.how_sure import Group
from loadbearing.labs.keeping import download
from loadbearing.labs.progress_view import ProgressView, told_progress
from loadbearing.progress import Progress, contents
from loadbearing.words import avoided_in

UNIT = {
    "number": 1, "slug": "u", "title": "A unit", "question": "Why?", "claims": ["F1", "S10"],
    "outcomes": [{"text": "Name it.", "check": "u.name"}, {"text": "Say it.", "check": "u.say"}],
}  # fmt: skip


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


def filled(kept):
    """A file with one entry of each kind."""
    kept.keep("predictions", "u/one", question="What?", answer="a", confidence=0.7)
    kept.keep("predictions", "u/one", question="What?", answer="a", confidence=0.7, right="b",
              sentence="It was b.")  # fmt: skip
    kept.keep("missions", "u/m", text="Do it.", told="You turned little.", readings={})
    for verdict in ("holds", "fails"):
        kept.keep("verdicts", "u/F1", claim="F1", verdict=verdict, because="seen", evidence={})
    kept.keep("checks", "u.name", passed=True)
    kept.keep("checks", "u.say", passed=False)
    kept.keep("launch_sheet", "first", expected=20_000, load_line=9_500)
    return kept


def lines_of(told, title):
    return [f"{mark} {text}" for mark, text in dict(told)[title]]


def test_a_unit_is_told_entry_by_entry_and_what_is_left_too(kept):
    told = told_progress(filled(kept).everything(), [UNIT])
    assert lines_of(told, "01 A unit") == [
        "✓ Predicted. The runs came out not as you said. It was b.",
        "✓ Mission done: Do it. You turned little.",
        "✓ Judged: F1 fails when: seen. Revised once.",
        "○ Not judged yet: S10.",
        "✓ Name it.",
        "○ Checks passed: 1 of 2.",
    ]
    assert lines_of(told, "Your own launch") == [
        "· How many people do you expect? 20,000 people",
        "✓ First load line: about 9,500 people.",
    ]
    assert lines_of(told, "How sure, and how right") == [
        "· You said 70 % in 1 prediction; 4 more, and it can be told how often you are right then."
    ]


def test_what_each_unit_adds_to_the_launch_sheet_is_told_below_it(kept):
    filled(kept).keep("launch_sheet", "the_way_back", minutes=74, told="Back in 74 minutes.")
    told = told_progress(kept.everything(), [UNIT])
    assert lines_of(told, "Your own launch")[-1] == "✓ Back in 74 minutes."
    only = {**contents.empty(), "launch_sheet": {"the_door": {"told": "Forty handlers."}, "u": 5}}
    assert lines_of(told_progress(only, [UNIT]), "Your own launch") == ["✓ Forty handlers."]


def test_an_empty_file_is_told_without_a_reproach(kept):
    told = told_progress(contents.empty(), [UNIT])
    assert lines_of(told, "Your own launch")[0].startswith("○ Your launch sheet is empty.")
    assert lines_of(told, "01 A unit")[0] == "○ Not judged yet: F1, S10."
    assert not kept.path.exists()


def test_the_units_of_the_view_are_those_of_the_table_of_contents(kept):
    said = ProgressView(kept).summary()
    assert [one["slug"] for one in progress_view.contents()][0] == "the_evening"
    for one in progress_view.contents():
        assert f"{one['number']:02d} {one['title']}" in said
    assert avoided_in(said) == []


def test_a_unit_that_is_no_longer_in_the_course_is_still_told(kept):
    told = told_progress(filled(kept).everything(), [])
    assert "✓ Mission done: Do it. You turned little." in lines_of(told, "u")


@pytest.mark.parametrize("section", ["predictions", "missions", "verdicts"])
def test_an_entry_that_someone_edited_badly_is_said_and_the_rest_is_told(kept, section):
    filled(kept).keep(section, "u/broken", answer=["x"], right=3, verdict="maybe")
    told = told_progress(kept.everything(), [UNIT])
    assert "○ One entry could not be read; do it anew." in lines_of(told, "01 A unit")
    assert "✓ Name it." in lines_of(told, "01 A unit")


def test_a_file_of_a_newer_course_is_said_in_the_view(kept):
    kept.path.parent.mkdir()
    kept.path.write_text('{"schema": 99}')
    view = ProgressView(kept)
    assert "newer version of this course" in view.shown.value
    assert "newer version of this course" in view.summary()


def test_the_view_follows_a_deletion_and_a_file_that_is_brought_in(kept):
    view = ProgressView(filled(kept))
    text = kept.text()
    assert "Judged: F1 fails when" in view.shown.value
    view.kept.delete.click(), view.kept.sure.click()
    assert view.carried.link.value == download(kept.text(), "progress.json")
    assert "Judged" not in view.shown.value
    assert "Deleted. Nothing of yours is kept." in view.kept.line.value
    view.carried.bring_in([{"name": "progress.json", "content": text.encode()}])
    assert "Judged: F1 fails when" in view.shown.value
    assert "came in" in view.carried.said.value


# --- how sure, and how right ------------------------------------------------------------------------


def predictions(*told):
    """Entries of settled predictions: (answer, right, confidence)."""
    return {
        str(number): {"answer": answer, "right": right, "confidence": sure}
        for number, (answer, right, sure) in enumerate(told)
    }


def test_predictions_are_counted_by_confidence_and_unsettled_ones_are_not():
    held = predictions(
        ("a", "a", 0.7), ("a", "b", 0.7), ("b", "b", 0.9), ("a", "a", None), ("a", None, 0.7)
    )  # fmt: skip
    assert how_sure.groups(held) == [Group(0.7, 2, 1), Group(0.9, 1, 1)]


def test_the_first_answer_counts_and_not_one_given_after_the_run():
    held = {"one": {"answer": "b", "right": "b", "confidence": 0.9,
                    "earlier": [{"answer": "a", "confidence": 0.7}]}}  # fmt: skip
    assert how_sure.groups(held) == [Group(0.7, 1, 0)]


def test_the_words_for_few_and_enough_predictions():
    assert how_sure.told([Group(0.8, 4, 4)]) == [
        "You said 80 % in 4 predictions; 1 more, and it can be told how often you are right then."
    ]
    assert how_sure.told([Group(0.8, 5, 1)]) == [
        "When you said 80 %, you were right once in 5. That is less often than luck explains: you were too sure."
    ]
    assert "After 5 predictions" in how_sure.told([])[0]


def test_what_luck_explains_is_the_binomial_by_hand():
    """Five answers at 50 %: none right has chance 1/32, at most one 6/32, all right 1/32."""
    five = Group(0.5, 5, 0)
    assert how_sure.chance_of_at_most(0, five) == pytest.approx(1 / 32)
    assert how_sure.chance_of_at_most(1, five) == pytest.approx(6 / 32)
    assert how_sure.chance_of_at_least(5, five) == pytest.approx(1 / 32)
    assert how_sure.told([five])[0].endswith("too sure.")
    for right in (1, 2, 3, 4):
        assert how_sure.told([Group(0.5, 5, right)])[0].endswith("That fits."), right
    assert how_sure.told([Group(0.5, 5, 5)])[0].endswith("too careful.")
