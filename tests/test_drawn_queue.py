"""A queue drawn by hand: what is said of it, what is kept of it, and that a slip is answered by a sentence."""

import json

import numpy as np
import pytest

from loadbearing.labs import rushes
from loadbearing.labs.drawing import QueueToDraw
from loadbearing.labs.drawn_queue import Evening, highest, told
from loadbearing.labs.progress_view import told_progress
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress

KEY = "the_rush/queue_drawn"


def evening():
    """Ten a minute can go in. Worked out by hand: 20 come in the first minute, 30, 15, 5, then nobody."""
    comes = np.array([20.0, 30, 15, 5, 0, 0, 0])
    queue = np.array([0.0, 10, 30, 35, 30, 20, 10])
    return Evening(np.arange(0.0, 420, 60), comes, queue, takes=10, most=100)


def curve(peak_s, high=50):
    """A drawn curve that is highest at one time."""
    return [[t, high if t == peak_s else high / 2] for t in evening().times_s.tolist()]


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


def card(kept):
    return QueueToDraw(evening(), kept, KEY)


def draws(made, points):
    """Draw as a browser does."""
    made.pad._handle_custom_msg({"kind": "drawn", "points": points}, [])


# --- the sentence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peak_s", "says", "not_says"),
    [
        (60, "You drew the peak where most people come. At 20:01, 30 come a minute", "the moment"),
        (120, "At 20:02, 15 come a minute, and the door can take 10, so the queue still", "most people"),
        (180, "That is the moment", "still grows"),
        (300, "At 20:05, 0 come a minute, and the door can take 10. Fewer come than can", "still grows"),
    ],
)  # fmt: skip
def test_the_sentence_tells_where_the_drawn_peak_stands(peak_s, says, not_says):
    said = told(evening(), curve(peak_s))
    assert says in said and not_says not in said
    minute = peak_s // 60
    assert (
        f"highest at 20:0{minute}, with 50 people. The queue is longest at 20:03, with 35" in said
    )


def test_a_peak_before_the_queue_or_after_it_is_told_apart():
    late = Evening(
        np.arange(0.0, 300, 60), np.array([5.0, 30, 5, 0, 0]), np.array([0.0, 0, 20, 15, 0]), 10, 50
    )
    drawn = [[0.0, 9.0], [60.0, 5.0], [120.0, 1.0]]
    assert "and the queue has hardly begun. It grows" in told(late, drawn)
    assert "the queue is shrinking by then" in told(late, [[120.0, 1.0], [180.0, 9.0]])
    assert "by then the queue is gone" in told(late, [[120.0, 1.0], [240.0, 9.0]])


def test_a_flat_top_counts_in_its_middle():
    assert highest([[0.0, 1], [60.0, 5], [120.0, 5], [180.0, 5], [240.0, 0]]) == (120.0, 5)


@pytest.mark.parametrize(
    "points",
    [None, "a curve", 7, [[60]], [["soon", 3]], [[61, 3]], [[60, -1]], [[60, 101]], [[60, float("nan")]], [None]],
)  # fmt: skip
def test_what_is_no_curve_gets_a_sentence_and_changes_nothing(kept, points):
    with pytest.raises(ScenarioError, match="could not be read; draw it anew"):
        evening().checked(points)
    made = card(kept)
    draws(made, curve(60))
    draws(made, points)
    assert made.pad.drawn == curve(60) and "draw it anew" in made.said.value


# --- the evening of the unit -------------------------------------------------------------------------


def test_the_queue_of_the_unit_is_longest_where_fewer_come_than_go_in():
    drawn = rushes.evening_to_draw()
    at, longest = drawn.longest()
    where = int(np.flatnonzero(drawn.times_s == at)[0])
    assert drawn.comes[where - 1] > drawn.takes > drawn.comes[where + 1]
    assert at - drawn.times_s[np.argmax(drawn.comes)] >= 600, "the two peaks are hard to tell apart"
    assert drawn.queue[-1] < 0.01 * longest, "the hour does not end the queue"
    assert 60 * drawn.takes > 250_000, "the door is not enough for the hour"
    assert drawn.queue.max() < drawn.most and drawn.comes[0] > 0
    # Whoever came is in, or waits: the area between the two lines, as far as the queue's end, is the queue.
    grown = np.maximum(drawn.comes - drawn.takes, 0)
    assert np.sum(grown) * 2 == pytest.approx(longest, rel=0.05)


# --- the card ----------------------------------------------------------------------------------------


def test_the_queue_stays_hidden_until_it_is_drawn_and_asked_for(kept):
    made = card(kept)
    made.show_it.click()
    assert "at least 3 points" in made.said.value and made.pad.queue == []
    draws(made, [[0, 0], [60, 0], [120, 0]])
    made.show_it.click()
    assert "one of them above nothing" in made.said.value and made.pad.queue == []
    before = made._repr_mimebundle_()["text/plain"] + made.numbers.value + made.pad.told
    assert "longest" not in before and "queue</th>" not in before
    draws(made, curve(60))
    assert made.pad.queue == []
    made.show_it.click()
    assert made.pad.queue == evening().queue.tolist()
    assert "The queue is longest at 20:03" in made.said.value
    assert "The queue is longest at 20:03" in made.pad.told, "the picture's words leave it out"
    assert "queue</th>" in made.numbers.value
    draws(made, curve(180))
    assert made.pad.drawn == curve(60), "drawn over once the queue was seen"


def test_a_curve_is_found_again_before_and_after_it_is_shown(kept):
    made = card(kept)
    draws(made, curve(60))
    made.draft.write()
    again = card(kept)
    assert again.pad.drawn == curve(60) and again.pad.queue == []
    again.show_it.click()
    assert again.draft.found() is None
    entry = kept.entry("predictions", KEY)
    assert (entry["answer"], entry["right"], entry["drawn"]) == ("20:01", "20:03", curve(60))
    once_more = card(kept)
    assert once_more.pad.drawn == curve(60) and once_more.pad.queue
    assert once_more.said.value == again.said.value


def test_drawn_again_it_keeps_the_first_and_counts_the_moment(kept):
    made = card(kept)
    for peak_s in (60, 180):
        draws(made, curve(peak_s))
        made.show_it.click()
        made.again.click()
        assert made.pad.drawn == [] and made.pad.queue == [] and not made.show_it.disabled
    entry = kept.entry("predictions", KEY)
    assert entry["answer"] == entry["right"] == "20:03"
    assert [one["answer"] for one in entry["earlier"]] == ["20:01"]
    lines = dict(told_progress(kept.everything(), []))["the rush"]
    assert any("came out as you said" in text for _, text in lines)


def test_after_a_deletion_nothing_is_drawn(kept):
    made = card(kept)
    draws(made, curve(60))
    made.show_it.click()
    made.kept.forget()
    assert made.pad.drawn == [] and made.pad.queue == []
    assert card(kept).pad.drawn == []


@pytest.mark.parametrize("drawn", [None, "none", [[1, 2]], [[0, 5]] * 2 + [[7, 7]]])
def test_what_someone_edited_badly_gets_a_sentence(kept, drawn):
    kept.keep("predictions", KEY, answer="20:01", drawn=drawn)
    made = card(kept)
    assert made.pad.drawn == [] and "draw it anew" in made.said.value


def test_where_nothing_can_be_written_it_is_said_and_shown_all_the_same(tmp_path):
    (tmp_path / "my_work").write_text("a file where the folder should be")
    made = QueueToDraw(evening(), Progress(tmp_path / "my_work" / "progress.json"), KEY)
    draws(made, curve(60))
    made.show_it.click()
    assert "could not be kept" in made.said.value and made.pad.queue


def test_what_the_browser_is_sent_is_plain(kept):
    made = card(kept)
    draws(made, curve(60))
    assert json.loads(json.dumps(made.pad.get_state()["drawn"])) == curve(60)
