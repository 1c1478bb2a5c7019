"""The two pictures of a launch say what their numbers say: load lines by weather, and the premortem."""

import math
import re

import numpy as np
import pytest

from loadbearing.pictures import ink
from loadbearing.pictures.load_lines import FARTHEST, Reach, load_lines
from loadbearing.pictures.premortem import MOST, Loss, premortem

CALM = Reach("calm", 900, 800, 1000)
ROUGH = Reach("rough", 400, 350, 420)


def bars(picture):
    """(length, colour) of each bar drawn, from the top."""
    (axes,) = picture.figure.axes
    drawn = [one for one in axes.patches if 0 < one.get_height() < 1]
    return [
        (one.get_width(), one.get_facecolor()) for one in sorted(drawn, key=lambda one: one.get_y())
    ]


def written(picture):
    return " ".join(
        one.get_text() for one in picture.figure.findobj(lambda one: hasattr(one, "get_text"))
    )


def colour(text):
    return (*np.round(ink.channels(text) / 255, 6), 1.0)


# --- load lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        (400, "In every weather the launch carries the 400 expected"),
        (401, "In one of two weathers the launch carries fewer than the 401 expected"),
        (901, "In every weather the launch carries fewer than the 901 expected"),
    ],
)
def test_the_title_counts_the_weathers_in_which_the_launch_falls_short(expected, title):
    assert load_lines([CALM, ROUGH], expected).title == title


def test_a_single_weather_is_named_in_the_title():
    assert (
        load_lines([CALM], 900).title == "In the weather calm the launch carries the 900 expected"
    )


def test_a_bar_is_as_long_as_its_line_and_dark_where_it_falls_short():
    (calm, paler), (rough, darker) = bars(load_lines([CALM, ROUGH], 500))
    assert (calm, rough) == (900, 400)
    assert np.allclose(paler, colour(ink.PALE)) and np.allclose(darker, colour(ink.INK))


def test_the_sentence_gives_every_line_with_its_interval_and_the_crowd():
    told = load_lines([CALM, ROUGH], 500, 250, 1200).sentence
    assert told == (
        "Load lines, with their intervals: calm 900 (800 to 1,000); rough 400 (350 to 420). Expected: 500, 250 in the "
        "bad case and 1,200 in the good case."
    )
    assert load_lines([CALM], 500).sentence.endswith("Expected: 500.")


def test_a_line_that_nothing_bounds_says_so():
    open_end = Reach("calm", 900, 800, math.inf)
    picture = load_lines([open_end, ROUGH], 500)
    assert "calm 900 (800 or more)" in picture.sentence
    assert math.isinf(picture.data["high"][0]) and " inf" not in written(picture)


def test_the_callers_own_rounding_is_what_is_written():
    said = Reach("calm", 987, 912, 1034, ("980", "910", "1,040"))
    picture = load_lines([said], 500)
    assert "calm 980 (910 to 1,040)" in picture.sentence
    assert "980" in written(picture) and "987" not in written(picture)


def test_a_line_far_above_the_crowd_ends_in_a_point_and_keeps_its_number():
    far = Reach("calm", 1_000_000, 900_000, 1_100_000)
    picture = load_lines([far, ROUGH], 500)
    (axes,) = picture.figure.axes
    assert axes.get_xlim()[1] == pytest.approx(1.06 * FARTHEST * 500)
    assert bars(picture)[0][0] == pytest.approx(1.06 * FARTHEST * 500)
    assert "1 million" in written(picture)
    assert any(line.get_marker() == ">" for line in axes.lines)
    assert not any(
        line.get_marker() == ">" for line in load_lines([CALM], 500).figure.axes[0].lines
    )


def test_no_weather_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="reaches is empty; give the load line of at least one"):
        load_lines([], 500)


# --- premortem -------------------------------------------------------------------------------------------

FAULT, QUEUE = Loss("a fault", 300, 250, 350, 1500), Loss("a long queue", 100, 40, 160, 2000)


def test_the_costliest_stands_on_top_and_in_the_title_even_if_it_loses_fewer():
    picture = premortem([FAULT, QUEUE])
    assert picture.title == "Costliest: a long queue, 100 not in as promised"
    assert [length for length, _ in bars(picture)] == [100, 300]
    assert picture.data["cost"].tolist() == [2000, 1500]


def test_the_sentence_gives_people_range_and_cost_of_each():
    assert premortem([FAULT, QUEUE]).sentence == (
        "People not in as promised, with the range, and the cost: a long queue, 100 (40 to 160), 2,000 dollars; "
        "a fault, 300 (250 to 350), 1,500 dollars."
    )


def test_the_range_is_drawn_from_the_least_to_the_most():
    (axes,) = premortem([FAULT]).figure.axes
    assert axes.lines[-1].get_xdata().tolist() == [250, 350]


def test_where_nothing_costs_anything_the_title_says_so():
    free = Loss("a fault", 0, 0, 0, 0)
    assert premortem([free]).title == "None of the troubles tried costs anything"


def test_of_many_troubles_the_costliest_are_drawn_and_the_rest_is_counted():
    many = [Loss(f"trouble {at}", at, at, at, at) for at in range(1, MOST + 4)]
    picture = premortem(many)
    assert picture.data["cost"].tolist() == [*range(MOST + 3, 3, -1)]
    assert picture.sentence.endswith(" The seven costliest of 10 are drawn.")
    assert not re.search(r"trouble [123],", picture.sentence)


def test_no_trouble_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="losses is empty; give at least one trouble."):
        premortem([])
