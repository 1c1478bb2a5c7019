"""Each picture says one thing: its title is true of the run, its sentence carries the numbers."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from loadbearing import Weather, cases, pictures, readings, record, simulate
from loadbearing.pictures import Band, Curve
from loadbearing.pictures.labels import apart
from loadbearing.units import clock, people

EACH = 20
POINTS = record.listener_points()


@pytest.fixture(scope="module")
def runs():
    return {
        name: simulate(cases.get(name).changed({"weather": Weather.calm()}).scaled(1 / EACH))
        for name in cases.names()
    }


@pytest.fixture
def through():
    """A curve through given counts, in a straight line from one to the next."""

    def make(*counts):
        times = np.arange(-1200.0, 7201.0, 60.0)
        return Curve(times, np.interp(times, [at for at, _ in counts], [n for _, n in counts]))

    return make


@pytest.fixture
def published(through):
    return through((-1200, 0), *((point.t, point.value) for point in POINTS), (7200, 1e6))


def numbers_in(figure):
    return [text.get_text() for text in figure.findobj(match=lambda one: hasattr(one, "get_text"))]


@pytest.fixture(scope="module")
def drawn(runs):
    return every_picture(runs)


def every_picture(runs):
    run = runs["slow_door"]
    curves = {name: pictures.room(run, EACH) for name, run in runs.items()}
    band = Band.around(list(curves.values()))
    return [
        pictures.listeners_in_the_room(curves["slow_door"], points=POINTS, band=band,
                                       before=curves["retry_flood"]),
        pictures.listeners_in_the_room(curves["slow_door"]),
        pictures.who_came_and_who_got_in(run, EACH),
        pictures.time_to_join(run, before=runs["retry_flood"]),
        pictures.same_points_other_evenings(curves, POINTS, 1800),
    ]  # fmt: skip


def test_the_room_counts_people_at_the_end_of_each_second(runs):
    run = runs["slow_door"]
    curve = pictures.room(run, EACH)
    for t in (0, 1800, 2520):
        assert curve.at(t) == readings.in_the_room(run, t) * EACH


def test_an_evening_through_the_points_passes_them_all(published):
    picture = pictures.listeners_in_the_room(published, points=POINTS)
    assert picture.title == "This evening passes all three published counts"
    assert "915,000 at 20:42" in picture.sentence
    assert "This evening passes 3 of the 3 published counts." in picture.sentence


def test_an_evening_that_misses_a_point_says_which_and_on_which_side(through):
    many = through((-1200, 0), (0, 110_000), (2520, 1_400_000), (6000, 1_300_000), (7200, 1e6))
    picture = pictures.listeners_in_the_room(many, points=POINTS)
    assert picture.title == "At 20:42, 1.4 million are in: more than the 915,000 published"
    assert "passes 2 of the 3" in picture.sentence
    few = through((-1200, 0), (0, 110_000), (2520, 200_000), (6000, 1_300_000), (7200, 1e6))
    picture = pictures.listeners_in_the_room(few, points=POINTS)
    assert picture.title == "At 20:42, 200,000 are in: fewer than the 915,000 published"


def test_a_count_is_passed_within_its_tolerance_and_not_beyond(through):
    point = POINTS[1]
    for count, passed in zip((0.91 * point.value, 1.09 * point.value, 0.89 * point.value, 1.11 * point.value),
                             (True, True, False, False), strict=True):  # fmt: skip
        assert pictures.passes(through((0, count), (7200, count)), point) is passed


def test_the_band_says_how_many_evenings_and_how_far_apart(through, published):
    curves = [
        through((-1200, 0), (2520, top), (7200, top)) for top in (600_000, 700_000, 1_100_000)
    ]
    picture = pictures.listeners_in_the_room(published, points=POINTS, band=Band.around(curves))
    assert (
        "On 3 other evenings with the same settings, 600,000 to 1.1 million were in at 20:42"
        in (picture.sentence)
    )
    assert "3 other\nevenings" in "".join(numbers_in(picture.figure)).replace("\n  ", "\n")


def test_without_points_the_fullest_moment_is_the_claim(published):
    picture = pictures.listeners_in_the_room(published)
    assert picture.title == f"The room is fullest at 21:40: {people(POINTS[2].value)}"


def test_who_came_and_who_got_in_names_the_worst_minute(runs):
    run = runs["slow_door"]
    picture = pictures.who_came_and_who_got_in(run, EACH)
    came = run.seconds["arrivals"].reshape(-1, 60).sum(axis=1) * EACH
    joined = run.seconds["joins"].reshape(-1, 60).sum(axis=1) * EACH
    worst = np.argmax(came - joined)
    minute = clock(-1200 + 60 * worst)
    assert picture.title == (
        f"In the minute from {minute}, {people(came[worst])} came and {people(joined[worst])} got in"
    )
    assert (
        f"In all {people(came.sum())} came and {people(joined.sum())} joined." in picture.sentence
    )


def test_time_to_join_counts_everybody_who_came(runs):
    run = runs["retry_flood"]
    middle = readings.time_to_join_of_everybody(run)
    picture = pictures.time_to_join(run)
    assert picture.title == f"Half of those who came were in within {middle / 60:.0f} minutes"
    assert picture.sentence.startswith("Time to join: ")


def test_an_evening_in_which_few_get_in_says_so():
    shut = cases.get("slow_door").changed({"door.handlers": 100}).scaled(1 / 100)
    picture = pictures.time_to_join(simulate(shut))
    assert picture.title.startswith("Fewer than half ever got in: ")
    assert "; fewer than half ever did. 0 % gave up and " in picture.sentence


def test_several_mechanisms_pass_the_same_points_and_differ_where_nobody_counted(runs):
    curves = {name: pictures.room(run, EACH) for name, run in runs.items()}
    picture = pictures.same_points_other_evenings(curves, POINTS, 1800)
    there = [curve.at(1800) for curve in curves.values()]
    assert picture.title == (
        f"Four mechanisms pass every published count; at 20:30 they differ by "
        f"{people(max(there) - min(there))}"
    )
    for name, curve in curves.items():
        assert f"{name} {people(curve.at(1800))}" in picture.sentence
    assert picture.sentence.endswith("No count for that moment was published.")


def test_every_picture_is_small_and_the_same_bytes_twice(runs, drawn):
    for one, again in zip(drawn, every_picture(runs), strict=True):
        png = one.png()
        assert len(png) <= pictures.MOST_BYTES, one.title
        assert png == again.png(), one.title
        assert Image.open(io.BytesIO(png)).size == (960, 630)


def test_every_picture_stands_for_itself_in_a_notebook(drawn):
    for one in drawn:
        data, about = one._repr_mimebundle_()
        assert data["text/plain"] == one.sentence == about["image/png"]["alt"] == repr(one)
        assert data["image/png"][:4] == b"\x89PNG"


def test_no_picture_wears_the_colours_of_the_two_readings(drawn):
    reserved = [
        np.array([int(one[at : at + 2], 16) for at in (1, 3, 5)])
        for one in (pictures.FAILURE_READING, pictures.STRESS_TEST_READING)
    ]
    for one in drawn:
        image = Image.open(io.BytesIO(one.png())).convert("RGB")
        colours = np.array([colour for _, colour in image.getcolors()])
        for colour in reserved:
            assert np.abs(colours - colour).sum(axis=1).min() > 40, one.title


def test_counts_begin_at_zero_and_axes_say_what_is_counted(drawn):
    for one in drawn:
        (axes,) = one.figure.axes
        assert axes.get_ylim()[0] == 0
        texts = numbers_in(one.figure)
        assert one.title.split()[0] in " ".join(texts)
        assert any(
            re.search(r"Listeners in the room|People per minute|Got in", text) for text in texts
        )


def test_labels_that_would_touch_are_moved_apart_and_stay_in_the_picture():
    moved = apart([0, 1, 2, 99, 100], 100)
    assert all(b - a >= 100 * pictures.NEAR - 1e-9 for a, b in zip(moved, moved[1:], strict=False))
    assert moved == sorted(moved) and moved[-1] <= 100 and moved[0] >= 0


def test_drawing_leaves_matplotlib_as_it_was(drawn):
    import matplotlib

    before = dict(matplotlib.rcParams)
    [one.png() for one in drawn[:2]]
    assert dict(matplotlib.rcParams) == before
