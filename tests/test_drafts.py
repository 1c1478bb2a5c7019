"""What was typed and not kept is found again: after a reload, after the kernel is lost, and not once it is kept."""

import pytest
from test_verdict_card import HANDLERS, lab

from loadbearing.labs import cards
from loadbearing.labs.cards import LaunchCard, VerdictCard
from loadbearing.labs.drafts import SECTION, Draft
from loadbearing.labs.worker import LatestWins
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError

__all__ = ["lab"]
NEVER_S = 3_600.0
SHEET = {"expected": "1,234,567", "within": "10", "join_rate": "0.5", "hold": "100000", "patience": "9"}  # fmt: skip


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


def written(card):
    """Have what waits to be written by a card written now."""
    for draft in getattr(card, "drafts", {"": getattr(card, "draft", None)}).values():
        draft.write()


# --- one draft ---------------------------------------------------------------------------------------


def test_the_first_letter_is_written_at_once_and_later_ones_together(kept):
    draft = Draft(kept, "one", every_s=NEVER_S)
    for text in ("a", "al", "all"):
        draft.type(because=text)
    assert Draft(kept, "one").found()["because"] == "a"
    draft.write()
    assert Draft(kept, "one").found()["because"] == "all"
    assert "earlier" not in draft.found(), "every letter is kept for ever"


def test_what_was_typed_last_is_written_without_another_letter(kept):
    draft = Draft(kept, "one", every_s=0.01)
    draft.type(because="a")
    draft.type(because="all")
    if draft._timer is not None:
        draft._timer.join(timeout=60)
    assert draft.found()["because"] == "all"


def test_a_cleared_draft_does_not_come_back(kept):
    draft = Draft(kept, "one", every_s=NEVER_S)
    draft.type(because="a")
    draft.type(because="all")
    draft.clear()
    draft.write()
    assert draft.found() is None and kept.everything()[SECTION] == {}


def test_clearing_what_was_never_typed_writes_no_file(kept):
    Draft(kept, "one").clear()
    assert not kept.path.parent.exists()


def test_a_draft_that_cannot_be_written_is_said(kept):
    said = []
    kept.path.parent.write_text("a file where the folder should be")
    Draft(kept, "one", said.append).type(because="a")
    assert len(said) == 1 and "is a file and no folder" in said[0]


# --- the verdict card --------------------------------------------------------------------------------


def test_a_verdict_half_typed_is_found_again_and_said_to_be_not_kept(lab):
    card = VerdictCard(lab, ["F1", "S10"])
    card.choices["F1"].value, card.reasons["F1"].value = "fails", "half a tho"
    card.sure["F1"].value = "Quite sure (90 %)"
    written(card)
    again = VerdictCard(lab, ["F1", "S10"])
    assert (again.choices["F1"].value, again.reasons["F1"].value) == ("fails", "half a tho")
    assert again.sure["F1"].value == "Quite sure (90 %)"
    assert cards.NOT_KEPT in again.status["F1"].value and again.status["S10"].value == ""
    assert again.reasons["S10"].value == "" and lab.progress.entry("verdicts", "u/F1") is None


def test_a_kept_verdict_leaves_no_draft_and_a_later_one_stands_before_it(lab):
    card = VerdictCard(lab, ["F1"])
    card.choices["F1"].value, card.reasons["F1"].value = "holds", "first"
    card.keep("F1", "holds", "first")
    assert lab.progress.everything()[SECTION] == {}
    card.reasons["F1"].value = "first, and on second thou"
    written(card)
    again = VerdictCard(lab, ["F1"])
    assert again.reasons["F1"].value == "first, and on second thou"
    assert (
        cards.NOT_KEPT in again.status["F1"].value
        and "holds when: first." in again.status["F1"].value
    )
    again.reasons["F1"].value = "first"
    assert lab.progress.everything()[SECTION] == {}, "what is kept is a draft too"
    assert cards.NOT_KEPT not in again.status["F1"].value


def test_a_verdict_refused_for_a_new_run_stays_a_draft(lab):
    card = VerdictCard(lab, ["F1"])
    card.choices["F1"].value, card.reasons["F1"].value = "holds", "at half the door"
    lab.bench.turn(HANDLERS, 200)
    lab.open()
    card.keep("F1", "holds", "at half the door")
    written(card)
    assert VerdictCard(lab, ["F1"]).reasons["F1"].value == "at half the door"


def test_delete_here_deletes_drafts_and_empties_the_boxes(lab):
    card = VerdictCard(lab, ["F1"])
    for text in ("to be", "to be forgotten"):  # the second still waits to be written
        card.reasons["F1"].value = text
    card.kept.delete.click(), card.kept.sure.click()
    written(card)
    assert card.reasons["F1"].value == "" and not lab.progress.path.exists()
    assert VerdictCard(lab, ["F1"]).reasons["F1"].value == ""


def test_a_draft_edited_into_nonsense_is_a_sentence(lab):
    lab.progress.keep(SECTION, "verdicts/u/F1", verdict="purple", because=7)
    assert "could not be read" in VerdictCard(lab, ["F1"]).status["F1"].value


def test_a_file_that_cannot_be_read_is_a_sentence_while_one_types(lab, monkeypatch):
    card = VerdictCard(lab, ["F1"])

    def closed(*_):
        raise ProgressError("The file could not be opened.")

    monkeypatch.setattr(Progress, "entry", closed)
    card.reasons["F1"].value = "typed"
    assert "The file could not be opened." in card.status["F1"].value
    assert card.reasons["F1"].value == "typed"


# --- the launch sheet --------------------------------------------------------------------------------


def typed(card, sheet):
    for key, text in sheet.items():
        card.inputs[key].value = text
    written(card)


def test_a_launch_sheet_half_filled_is_found_again_as_it_was_typed(kept):
    typed(LaunchCard(kept, LatestWins()), {"expected": "1,234", "within": "ten"})
    again = LaunchCard(kept, LatestWins())
    assert (again.inputs["expected"].value, again.inputs["within"].value) == ("1,234", "ten")
    assert cards.NOT_DRAWN in again.said.value and again.inputs["hold"].value == ""


def test_a_drawn_launch_sheet_leaves_no_draft_and_comes_back_digit_for_digit(kept, monkeypatch):
    monkeypatch.setattr(first_line, "load_line", lambda sheet: 600)
    monkeypatch.setattr(first_line, "told_line", lambda sheet, line: "Your line.")
    card = LaunchCard(kept, LatestWins())
    typed(card, SHEET)
    card.draw(card._stands())
    card.worker.settle()
    assert kept.everything()[SECTION] == {}
    again = LaunchCard(kept, LatestWins())
    assert [box.value for box in again.inputs.values()] == [
        "1,234,567",
        "10",
        "0.5",
        "100,000",
        "9",
    ]
    assert "Your line." in again.said.value


def test_what_is_typed_while_a_line_is_drawn_stays_a_draft(kept, monkeypatch):
    monkeypatch.setattr(first_line, "told_line", lambda sheet, line: "Your line.")
    card = LaunchCard(kept, LatestWins())
    monkeypatch.setattr(
        first_line, "load_line", lambda sheet: typed(card, {"patience": "20"}) or 600
    )
    typed(card, SHEET)
    card.draw(card._stands())
    card.worker.settle()
    assert kept.entry("launch_sheet", "first")["patience"] == 9
    assert LaunchCard(kept, LatestWins()).inputs["patience"].value == "20"
