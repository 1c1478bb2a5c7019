"""The benches and pictures of unit 06: lines, missions, cells, late help, and the bars of the lesson."""

import numpy as np
import pytest

from authoring.stills_06 import fault_and_way_back
from loadbearing import Weather, cases, simulate
from loadbearing.labs import Bench, Choice, Knob, Settings, rooms, way_back
from loadbearing.labs.shown import Number
from loadbearing.labs.stage import opens_at
from loadbearing.labs.way_back import AS_FOUND, AT_ONCE, HELPERS, LINE, NOBODY, OPEN, QUEUE, RATE
from loadbearing.pictures.helping import come_by_s, crowd_and_help, more_from_s
from loadbearing.pictures.lasting import faults_and_ways_back
from loadbearing.pictures.returning import ways_back

ROOM = 1 / 25


@pytest.fixture(scope="module")
def bench():
    line = Choice(LINE, {"closed": None, OPEN: 300.0}, named="A line")
    return Bench(
        ["the_restart"], [line, Knob(RATE, 10, 400), Knob(QUEUE, 5, 200), Knob("door.handlers")]
    )


def late_help(who):
    built = cases.build("the_late_help", dict(HELPERS[who])).changed({"weather": Weather.calm()})
    return simulate(built.scaled(ROOM), 1, sample=0)


def test_the_slow_line_settles_the_prediction(bench):
    right, said = way_back.three_lines(bench)
    assert right == "less"
    assert said.startswith("Of 8 evenings") and said.endswith("seven tenths of it 8.")


def test_late_help_settles_its_prediction_and_help_at_once_would_not():
    choice = Choice(way_back.HELP, HELPERS, named="Who")
    assert way_back.how_much_help(Bench(["the_late_help"], [choice]))[0] == "none"
    swapped = Choice(way_back.HELP, {NOBODY: {}, AS_FOUND: HELPERS[AT_ONCE]}, named="Who")
    assert way_back.how_much_help(Bench(["the_late_help"], [swapped]))[0] == "much"


def test_cells_bound_the_harm_to_their_share(bench):
    value, said = way_back.shared_or_cells(bench)
    assert value == pytest.approx(0.1) and "100 %" in said and said.endswith("10 %.")


@pytest.mark.parametrize(
    ("line", "turned", "back_s", "reached"),
    [
        (True, {}, 480, True),
        (True, {}, 481, False),
        (True, {"door.handlers": 101}, 300, False),
        (True, {RATE: 199}, 300, True),
        (False, {QUEUE: 30}, 480, False),
    ],
)
def test_a_mission_wants_the_line_the_time_and_no_handler_more(line, turned, back_s, reached):
    chosen = {LINE: OPEN} if line else {}
    trial = rooms.Trial(Settings.of("the_restart", turned, chosen), None, 1.0)
    now = {"back": Number("back", "Back", lambda run: float(back_s), str).reading(None)}
    assert way_back.in_time(480, True)(trial, now) == reached
    if line:
        assert not way_back.in_time(480, False)(trial, now)
        assert not way_back.in_time(480, True, 200)(trial, now)


def test_the_picture_of_late_help_says_when_they_come_and_when_it_serves():
    run = late_help(AS_FOUND)
    picture = crowd_and_help(run, 1 / ROOM)
    nine_in_ten = np.sort(run.listeners["arrived"])[int(0.9 * len(run.listeners))]
    assert come_by_s(run) == pytest.approx(nine_in_ten, abs=0.5)
    # A stretch of 15 seconds, shown 60 seconds later, and 120 seconds to start.
    assert more_from_s(run) == pytest.approx(195, abs=1)
    assert "20:03:15" in picture.title
    shown = (run.seconds["second"] >= -180) & (run.seconds["second"] < 720)
    came = run.seconds["arrivals"][shown].sum() / ROOM
    assert 10 * picture.data["arriving"].sum() == pytest.approx(came)
    assert picture.data["handlers"][:18] == pytest.approx(1_000)


def test_a_cold_door_keeps_people_out_longer_and_a_line_that_grows_helps():
    runs = way_back.cold_door_runs()
    warm, cold, grown = (way_back.back_after(run) for run in runs.values())
    assert warm + 120 < cold and warm < grown < cold - 60
    picture = way_back.cold_door()
    assert list(picture.data)[1:] == list(runs)
    for part, run in zip(list(picture.data.values())[1:], runs.values(), strict=True):
        assert part[-1] * run.seconds["disconnected"].sum() == run.seconds["joins"][900:].sum()
    assert f"after {round(warm / 60)} minutes" in picture.title
    assert f"after {round(cold / 60)} minutes" in picture.title
    assert picture.sentence.endswith(f"a line that grows, after {round(grown / 60)} minutes.")


def test_for_a_minute_a_cold_door_does_half_of_what_a_warm_one_can():
    warm, cold, _ = way_back.cold_door_runs().values()
    # The account begins ten minutes before the start, the restart ends ten seconds after 20:05.
    first, later = slice(915, 970), slice(1095, 1140)
    assert cold.seconds["services"][first].sum() == pytest.approx(55 * 1_000 * ROOM / 2, rel=0.1)
    assert cold.seconds["services"][later].sum() == pytest.approx(45 * 1_000 * ROOM, rel=0.05)
    assert warm.seconds["services"][first].sum() == pytest.approx(55 * 700 * ROOM, rel=0.05)


def test_a_line_that_grows_lets_through_as_little_as_the_cold_door_can_do():
    changes = way_back.growing(600.0).changes
    assert [one.at_s for one in changes] == [310, 370, 430, 490]
    assert [one.to for one in changes] == pytest.approx([300, 360, 450, 600])


@pytest.mark.parametrize("number", [1, 4])
def test_ways_back_are_two_or_three(number):
    run = way_back.cold_door_runs()["a warm door"]
    with pytest.raises(ValueError, match="two or three"):
        ways_back({str(at): run for at in range(number)})


@pytest.mark.parametrize(
    ("name", "changes", "at_s"),
    [
        ("the_restart", {}, 270),
        ("the_restart", {"fault_s": 45.0}, 30),
        ("the_late_help", {}, 30),
    ],
)
def test_a_lab_opens_shortly_before_something_breaks(name, changes, at_s):
    run = simulate(cases.build(name, changes).scaled(1 / 300), 1, sample=0)
    assert opens_at(run) == at_s


def test_without_help_the_picture_says_that_no_handler_is_added():
    run = late_help(NOBODY)
    assert np.isnan(more_from_s(run))
    assert crowd_and_help(run).title.endswith("no handler is added")


def test_the_bars_of_the_lesson_are_those_of_the_record():
    rows = fault_and_way_back().data["rows"]
    assert [(mended, well) for _, mended, well in rows] == [(10_320, 52_320), (2_400, 9_600)]
    assert all(mended < well / 2 for _, mended, well in rows), "the title says so"


def test_a_bar_is_as_long_as_it_lasted():
    picture = faults_and_ways_back([("A", 3_600.0, 7_200.0)])
    lengths = [bar.get_width() for bar in picture.figure.axes[0].patches]
    assert lengths == [1.0, 1.0]
    assert (
        picture.sentence == "Faults and ways back: A, mended after 1 hour, all well after 2 hours."
    )
