"""The picture of what was learned: its claim is true of the beliefs, its ranges stand in it."""

import numpy as np
import pytest
from gallery import learned

from loadbearing import learning, pictures
from loadbearing.pictures import Learned

GUESS = learning.guess(500, 9000)
CALENDAR = GUESS.after(learning.calendar([(300, True), (600, True), (900, True)]))
RAMP = GUESS.after(learning.ramp(2000, 2500, noise=0.05))
SURGE = GUESS.after(learning.surge(2480, full=True, noise=0.05))


def said(*beliefs, **more):
    """The picture of a guess and of beliefs by name, spaces as they are in texts."""
    rows = [learned(name, belief) for name, belief in beliefs]
    picture = pictures.what_was_learned(learned("your guess", GUESS), rows, **more)
    return picture, picture.title.replace("\u00a0", " ")


def test_the_way_that_tells_most_is_the_claim():
    picture, title = said(("the calendar", CALENDAR), ("the ramp", RAMP), ("the surge", SURGE))
    assert title == "The surge tells most: 500 to 9,000 became 2,300 to 2,700"
    assert picture.sentence == (
        f"Nine chances in ten: your guess 500 to 9,000 joins a second; after the calendar {CALENDAR.range}; "
        f"after the ramp {RAMP.range}; after the surge 2,300 to 2,700."
    )


def test_ways_that_tell_about_as_much_share_the_claim():
    alike = GUESS.after(learning.surge(2480, full=True, noise=0.055))
    _, title = said(("the calendar", CALENDAR), ("the ramp", alike), ("the surge", SURGE))
    assert title == "The ramp and the surge tell most: 500 to 9,000 became 2,300 to 2,700"
    _, title = said(("the ramp", alike), ("the surge", SURGE))
    assert title.startswith("All of them tell about the same: ")


def test_one_way_alone_and_one_that_told_nothing():
    _, title = said(("the surge", SURGE))
    assert title == "After the surge, a guess of 500 to 9,000 became 2,300 to 2,700"
    _, title = said(("a test", GUESS.after(learning.passed(3))))
    assert title == "Nothing narrowed the guess of 500 to 9,000"


def test_what_the_capacity_turned_out_to_be_is_held_by_a_range_or_not():
    rows = ("the calendar", CALENDAR), ("the ramp", RAMP), ("the surge", SURGE)
    assert said(*rows, known=2520)[0].sentence.endswith(
        " It was 2,520, inside the range after the calendar, the ramp and the surge."
    )
    assert said(*rows, known=5000)[0].sentence.endswith(
        " It was 5,000, inside the range after the calendar."
    )
    assert said(*rows, known=200)[0].sentence.endswith(" It was 200, outside all of these ranges.")


def test_every_range_is_drawn_where_it_lies_and_written_under_its_bar():
    picture, _ = said(("the ramp", RAMP), ("the surge", SURGE))
    (axes,) = picture.figure.axes
    bars = [one.get_xdata() for one in axes.lines if len(one.get_xdata()) == 2]
    ranges = [(one.low, one.high) for one in (GUESS, RAMP, SURGE)]
    assert np.array(sorted(map(tuple, bars))) == pytest.approx(np.array(sorted(ranges)))
    written = {text.get_text() for text in axes.texts}
    assert written == {GUESS.range, RAMP.range, SURGE.range}
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["the surge", "the ramp", "your guess"]
    least, most = axes.get_xlim()
    assert least < min(picture.data["low"]) and most > max(picture.data["high"])


def test_the_hills_are_as_high_as_each_capacity_is_likely():
    picture, _ = said(("the surge", SURGE))
    (axes,) = picture.figure.axes
    hills = [one for one in axes.lines if len(one.get_xdata()) > 2]
    tops = [one.get_xdata()[np.argmax(one.get_ydata())] for one in hills]
    assert sorted(tops) == pytest.approx(sorted([GUESS.middle, SURGE.middle]), rel=0.01)


def test_a_picture_without_a_range_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="learned is empty; give at least one"):
        pictures.what_was_learned(learned("your guess", GUESS), [])
    upside_down = Learned("the surge", *SURGE.curve(), SURGE.high, SURGE.low)
    with pytest.raises(ValueError, match="the surge reaches from"):
        pictures.what_was_learned(learned("your guess", GUESS), [upside_down])
