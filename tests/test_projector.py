"""A room's hands are counted before and after the run, drawn side by side, and found again after a reload."""

import re
from types import SimpleNamespace

import pytest

from loadbearing.labs import Prediction
from loadbearing.labs.projector import AFTER, BEFORE, Projector, checked_hands, what_next
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress
from loadbearing.words import avoided_in

OPTIONS = {"more": "Clearly more.", "same": "About as much.", "less": "Clearly less."}


@pytest.fixture
def lab(tmp_path):
    asked = Prediction("one", "What will it do?", OPTIONS, lambda bench: ("less", "It did little."))
    kept = Progress(tmp_path / "my_work" / "progress.json")
    return SimpleNamespace(
        prediction=asked, unit="u", progress=kept, bench=SimpleNamespace(thing="evening")
    )


def width(bar):
    """How long a bar is, as a share of the longest."""
    return float(re.search(r"width:calc\(([\d.]+) \*", bar.value)[1])


def test_bars_are_in_the_ratio_of_the_hands_and_a_reload_finds_them(lab):
    shown = Projector(lab)
    for key, hands in (("more", "20"), ("same", "5"), ("less", "10")):
        shown.boxes[BEFORE][key].value = hands
    assert [width(bar) for bar in shown.bars[BEFORE].values()] == [1, 0.25, 0.5]
    again = Projector(lab)
    assert [box.value for box in again.boxes[BEFORE].values()] == ["20", "5", "10"]
    assert again.counts == {BEFORE: {"more": 20, "same": 5, "less": 10}, AFTER: {}}


@pytest.mark.parametrize("typed", ["many", "3.5", "-1", "1e3", "100001", "٣ hands"])
def test_what_is_no_number_of_hands_is_answered_by_a_sentence_and_stays_typed(lab, typed):
    shown = Projector(lab)
    shown.boxes[BEFORE]["more"].value = typed
    assert "The hands for “Clearly more.” are" in shown.notice.value
    assert shown.boxes[BEFORE]["more"].value == typed
    assert shown.counts[BEFORE] == {} and not lab.progress.path.exists()
    shown.boxes[BEFORE]["more"].value = "12"
    assert shown.notice.value == "" and shown.counts[BEFORE] == {"more": 12}


def test_hands_with_a_thousands_mark_and_none_at_all():
    assert checked_hands(" 1,200 ", "x") == 1200
    assert checked_hands("", "x") is None
    assert checked_hands("0", "x") == 0


def test_after_the_run_the_answer_is_marked_and_hands_are_counted_again(lab):
    shown = Projector(lab)
    assert all(box.disabled for box in shown.boxes[AFTER].values())
    shown.boxes[BEFORE]["less"].value, shown.boxes[BEFORE]["more"].value = "6", "6"
    shown.go.click()
    shown.worker.settle()
    assert "The runs say: Clearly less." in shown.told.value
    assert "Before the run 6 of 12 hands were right (50 %). Let neighbours talk" in shown.told.value
    assert "✓" in shown.bars[BEFORE]["less"].value and "✓" not in shown.bars[BEFORE]["more"].value
    assert not any(box.disabled for box in shown.boxes[AFTER].values())
    shown.boxes[AFTER]["less"].value = "12"
    assert width(shown.bars[BEFORE]["less"]) == 0.5, "before and after are not drawn to one scale"
    entry = lab.progress.entry("room", "u/one")
    assert entry["before"] == {"less": 6, "more": 6} and entry["after"] == {"less": 12}
    assert "after: 12." in Projector(lab).summary()
    assert "The runs say" in Projector(lab).told.value


def test_which_way_to_go_on_depends_on_how_many_were_right():
    """Of twenty hands: six are 30 %, seven 35 %, thirteen 65 %, fourteen 70 %."""
    told = {n: what_next({"a": n, "b": 20 - n}, "a") for n in (6, 7, 13, 14)}
    assert "Look at the picture once more" in told[6]
    assert "Let neighbours talk" in told[7] and "Let neighbours talk" in told[13]
    assert "move on" in told[14]
    assert what_next({}, "a").startswith("No hands were counted")
    assert avoided_in(" ".join(told.values())) == []


def test_clearing_asks_once_more(lab):
    shown = Projector(lab)
    shown.boxes[BEFORE]["more"].value = "9"
    shown.go.click()
    shown.worker.settle()
    shown.boxes[BEFORE]["same"].value = "many"
    shown.clear.click()
    assert shown.last.children == (shown.sure, shown.no)
    shown.no.click()
    assert shown.counts[BEFORE] == {"more": 9} and shown.last.children == (shown.clear,)
    shown.clear.click(), shown.sure.click()
    assert shown.told.value == shown.notice.value == "", "the room before is still spoken of"
    assert shown.counts == {BEFORE: {}, AFTER: {}}
    assert shown.boxes[BEFORE]["more"].value == "" and shown.clear in shown.last.children
    assert Projector(lab).counts[BEFORE] == {}


def test_an_experiment_that_fails_is_a_sentence(lab):
    def broken(bench):
        raise RuntimeError("no crowd")

    lab.prediction = Prediction("one", "What?", OPTIONS, broken)
    shown = Projector(lab)
    shown.go.click()
    shown.worker.settle()
    assert "The evening could not be run: no crowd" in shown.told.value


def test_a_folder_that_takes_nothing_keeps_the_counts_on_screen(lab):
    lab.progress.path.parent.write_text("a file")
    shown = Projector(lab)
    shown.boxes[BEFORE]["more"].value = "9"
    assert "The counts stand here, but were not kept" in shown.notice.value
    assert width(shown.bars[BEFORE]["more"]) == 1


@pytest.mark.parametrize(
    "held", [{"before": 3}, {"before": {"more": "x", "lots": 3, "same": -1}, "right": []}]
)
def test_counts_that_someone_edited_badly_are_left_out(lab, held):
    lab.progress.replace("room", "u/one", **held)
    assert Projector(lab).counts == {BEFORE: {}, AFTER: {}}


def test_a_lab_without_a_prediction_says_what_it_needs(lab):
    lab.prediction = None
    with pytest.raises(ScenarioError, match="give it one"):
        Projector(lab)
