"""A verdict: which way, how sure, on which numbers; seen before it is kept, changed later, never lost."""

from html import escape

import pytest

from loadbearing import Patience, cases, simulate
from loadbearing.labs import Bench, Knob, verdicts
from loadbearing.labs.cards import VerdictCard
from loadbearing.labs.keeping import Carrying, Keeping, download
from loadbearing.labs.predict import Prediction
from loadbearing.progress import Progress
from loadbearing.units import duration, parse_clock, share
from tests.recount import EVERYBODY, at_the_end_of, recount

HANDLERS = "door.handlers"


class SmallLab:
    """What a card needs of a lab: a bench, the run on show, where to keep."""

    def __init__(self, progress):
        self.bench, self.progress, self.unit = Bench(["slow_door"], [Knob(HANDLERS)]), progress, "u"
        self.sight = None

    def open(self):
        self.sight = self.bench.sight(self.bench.preview())
        return self.sight


@pytest.fixture
def lab(tmp_path, monkeypatch):
    whole = cases.get
    monkeypatch.setattr(cases, "get", lambda name: whole(name).scaled(1 / 200))
    return SmallLab(Progress(tmp_path / "my_work" / "progress.json"))


def test_the_numbers_stand_on_the_card_before_anything_is_kept(lab):
    card = VerdictCard(lab, ["F1"])
    told = verdicts.told_evidence(lab.bench.evidence(lab.sight))
    assert escape(told) in card.evidence.value
    assert not lab.progress.path.exists()


def test_the_numbers_attached_are_those_of_everybodys_life_counted_a_second_time(lab, monkeypatch):
    """People give up after a quarter of an hour on average, so that each share is a part and not all or none."""
    whole, leaving = cases.get, Patience(kind="exponential", mean_s=900.0)
    monkeypatch.setattr(cases, "get", lambda name: whole(name).changed({"crowd.patience": leaving}))
    VerdictCard(lab, ["F1"]).keep("F1", "holds", "seen")
    attached = lab.progress.entry("verdicts", "u/F1")["evidence"]
    played = lab.sight.trial.run
    c = recount(simulate(played.evening, played.seed, sample=EVERYBODY))
    assert 0.1 < c.share_in < 0.9
    assert attached["readings"] == {
        "Share in": share(c.share_in),
        "Time to join, half of those who got in": (
            f"{duration(c.median)}, for those who got in; {share(c.share_out)} did not"
        ),
        "Gave up": share(c.share_gave_up),
    }
    at_half_past = at_the_end_of(c, c.inside, parse_clock("20:30"))
    assert f" {at_half_past:,} at 20:30, " in attached["picture"]


def test_a_run_that_was_not_on_the_card_is_shown_before_it_is_attached(lab):
    card = VerdictCard(lab, ["F1"])
    lab.bench.turn(HANDLERS, 200)
    lab.open()
    card.keep("F1", "holds", "at half the door", 0.9)
    assert "The lab shows another run by now" in card.status["F1"].value
    assert lab.progress.entry("verdicts", "u/F1") is None
    assert "handlers at the door at 200 %" in card.evidence.value
    card.keep("F1", "holds", "at half the door", 0.9)
    entry = lab.progress.entry("verdicts", "u/F1")
    assert (entry["confidence"], entry["evidence"]) == (0.9, lab.bench.evidence(lab.sight))
    assert "Kept: F1 holds when: at half the door. You were 90 % sure." in card.status["F1"].value


def test_a_changed_verdict_keeps_the_earlier_ones_in_sight(lab):
    card = VerdictCard(lab, ["F1"])
    card.keep("F1", "holds", "first thought")
    card.keep("F1", "fails", "second thought", 0.7)
    card.keep("F1", "undecided", "third thought")
    shown = card.status["F1"].value
    assert "What you said before (2)" in shown
    assert shown.index("second thought") < shown.index("first thought")
    again = VerdictCard(lab, ["F1"])
    assert "first thought" in again.status["F1"].value
    assert again.choices["F1"].value == "undecided"


def test_what_was_typed_stays_when_it_cannot_be_kept(lab, monkeypatch):
    lab.progress.path.parent.write_text("a file where the folder should be")
    card = VerdictCard(lab, ["F1"])
    card.choices["F1"].value, card.reasons["F1"].value = "holds", "a long thought"
    card.keep("F1", "holds", "a long thought")
    assert "is a file and no folder" in card.status["F1"].value
    assert (card.choices["F1"].value, card.reasons["F1"].value) == ("holds", "a long thought")


def test_typed_marks_are_shown_and_not_obeyed(lab):
    card = VerdictCard(lab, ["F1"])
    card.keep("F1", "holds", "<img src=x onerror=alert(1)>")
    card.keep("F1", "fails", "again")
    assert "<img" not in card.status["F1"].value and "&lt;img" in card.status["F1"].value


def test_a_prediction_tells_how_sure_one_was():
    asked = Prediction("one", "What?", {"more": "More.", "less": "Less."}, None)
    said = asked.compared("more", "less", "It did little.", 0.9)
    assert said == (
        "You said: More. You were 90 % sure. The runs say otherwise: Less. It did little."
    )


# --- keeping ---------------------------------------------------------------------------------------


def test_before_deleting_it_is_said_what_would_go(lab):
    lab.progress.path.parent.mkdir()
    lab.progress.path.write_text("{")
    lab.progress.keep("checks", "u.one", passed=True)
    keeping = Keeping(lab.progress)
    keeping.delete.click()
    assert "This deletes progress.json and progress-damaged-1.json." in keeping.line.value
    assert keeping.box.children == (keeping.line, keeping.sure, keeping.no)
    keeping.no.click()
    assert "This deletes" not in keeping.line.value and lab.progress.path.exists()
    assert keeping.box.children == (keeping.line, keeping.delete)
    assert "was set aside" in keeping.line.value
    keeping.delete.click(), keeping.sure.click()
    assert lab.progress.files() == []
    assert "was set aside" not in keeping.line.value, "it speaks of a file that is gone"


def test_a_file_goes_out_by_a_link_and_comes_in_elsewhere(lab, tmp_path):
    import base64
    import re

    lab.progress.keep("verdicts", "u/F1", verdict="holds")
    link = Carrying(lab.progress).link.value
    data = re.search(r'download="progress.json" href="data:application/json;base64,([^"]+)"', link)
    there = Progress(tmp_path / "there" / "progress.json")
    seen = []
    carrying = Carrying(there, lambda: seen.append(there.everything()))
    carrying.bring_in([{"name": "mine.json", "content": memoryview(base64.b64decode(data[1]))}])
    assert "mine.json: 1 entry came in" in carrying.said.value
    assert seen[0]["verdicts"]["u/F1"]["verdict"] == "holds"
    assert carrying.link.value == download(there.text(), "progress.json")
    carrying.bring_in([{"name": "cat.jpg", "content": memoryview(b"\xff\xd8")}])
    assert "cat.jpg could not be read, so nothing was changed" in carrying.said.value


def test_a_link_holds_every_letter_of_a_text():
    import base64

    text = "“schön” <b> & 'so'"
    assert base64.b64encode(text.encode()).decode() in download(text, "a.json")
