"""Load lines by weather: they agree with brute force, the limit that binds is found, the sentence says what is so."""

import functools
import math

import numpy as np
import pytest

from loadbearing import simulate
from loadbearing.launch import EXAMPLE, WEATHERS, Stopped, evenings, load_lines
from loadbearing.launch.limits import LIMITS, doubled
from loadbearing.launch.lines import TOLERANCE, WeatherLine, found_line
from loadbearing.launch.telling import told_line
from loadbearing.launch.weathers import in_room
from loadbearing.stress import intervals

KEYS = [one.key for one in WEATHERS]
GRID = 0.04
NUMBER = 20


@functools.cache
def line_of(weather, a_launch=EXAMPLE):
    (line,) = load_lines(a_launch, evenings=NUMBER, weathers=[weather])
    return line


def kept_on(a_launch, weather, crowd, fraction, seeds):
    """Brute force: on how many evenings a crowd of the full room keeps the promise, each evening run."""
    scenario = in_room(a_launch, weather, crowd * fraction, fraction, whole=False)
    return sum(a_launch.promise.kept(simulate(scenario, seed, sample=0)) for seed in seeds)


# --- the line itself -----------------------------------------------------------------------------


@pytest.mark.parametrize("weather", KEYS)
def test_a_line_agrees_with_every_crowd_of_a_grid_run_on_every_evening(weather):
    """From half of the line to half as much again, in steps of a twenty-fifth: the last that holds is the line."""
    found, fraction = found_line(EXAMPLE, weather, NUMBER)
    crowd = found.crowd / fraction
    grid = crowd * np.arange(0.5, 1.5, GRID)
    needed = intervals.evenings_of(NUMBER, 0.9)
    holds = [kept_on(EXAMPLE, weather, one, fraction, evenings(NUMBER)) >= needed for one in grid]
    last = max(one for one, held in zip(grid, holds, strict=True) if held)
    assert crowd * (1 - GRID) <= last <= crowd * (1 + GRID + TOLERANCE)
    # Up to the line every crowd of the grid holds; a little above it none does.
    assert all(held for one, held in zip(grid, holds, strict=True) if one <= crowd)
    assert not any(
        held for one, held in zip(grid, holds, strict=True) if one > crowd * (1 + GRID + TOLERANCE)
    )


def test_the_line_told_is_the_line_found_in_people_of_the_full_room():
    found, fraction = found_line(EXAMPLE, "calm", NUMBER)
    line = line_of("calm")
    assert fraction < 1 and line.crowd == math.floor(found.crowd / fraction)
    assert line.high == found.interval[1] / fraction


def test_forty_evenings_bound_the_line_on_both_sides_and_twenty_do_not():
    assert line_of("calm").low == 0
    few, _ = found_line(EXAMPLE, "at_once", 40)
    low, high = few.interval
    assert 0 < low < few.crowd < high < math.inf


def test_a_large_launch_has_the_line_of_a_small_one_a_hundred_times():
    """The same launch with everything times a hundred: nothing but dice tells the two apart."""
    times = 100
    large = EXAMPLE.with_values(expected=times * 12_000, join_rate=times * 20, hold=times * 30_000)
    small, of_small = found_line(EXAMPLE, "calm", NUMBER)
    found, fraction = found_line(large, "calm", NUMBER)
    assert found.crowd / fraction == pytest.approx(times * small.crowd / of_small, rel=0.04)


@pytest.mark.parametrize("worse", ["at_once", "fault", "knowledge", "reloads"])
def test_no_weather_lifts_the_line(worse):
    assert 0 < line_of(worse).crowd < line_of("calm").crowd


def test_a_fault_that_nobody_ends_is_no_better_than_one_that_is_ended_soon():
    soon = EXAMPLE.with_values(minutes_to_act=1, fault_share=90)
    ended, fraction = found_line(soon, "fault", 10)
    lasting, of_lasting = found_line(soon, "knowledge", 10)
    assert lasting.crowd / of_lasting < 0.8 * ended.crowd / fraction


# --- what breaks first ---------------------------------------------------------------------------

FAST = dict(join_rate=5_000, queue=75_000)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("how many people the door lets in per second", {}),
        ("how many can be inside at once", FAST | {"hold": 8_000}),
    ],
)
def test_the_limit_that_binds_is_the_one_that_breaks_first(name, own):
    line = line_of("calm", EXAMPLE.with_values(**own))
    assert line.breaks == name
    assert 1.7 * line.crowd < line.lifted < 2.3 * line.crowd


def test_where_a_slow_reaction_is_all_that_hurts_it_breaks_first():
    """A door with room to spare, all but gone in a fault: twice as fast a reaction helps, a wider door does not."""
    own = EXAMPLE.with_values(
        join_rate=200, queue=3_000, fault_share=99, minutes_to_act=3, patience=30, hold=10**6
    )
    assert (
        line_of("fault", own.with_values(promise_minutes=2.5)).breaks
        == "how fast somebody acts on the fault"
    )


def test_doubling_a_limit_leaves_every_other_line_as_it_is():
    for limit in LIMITS:
        after = doubled(EXAMPLE, limit)
        for key, value in EXAMPLE.values.items():
            times = limit.times if key in limit.keys else 1
            assert after.values[key] == (value if isinstance(value, str | None) else value * times)


def test_a_limit_as_large_as_the_sheet_allows_is_not_doubled_beyond_it():
    most = EXAMPLE.with_values(hold=100_000_000)
    assert doubled(most, LIMITS[1]).hold == 100_000_000


# --- the crowds of the sheet ---------------------------------------------------------------------


def test_the_crowds_of_the_sheet_are_tried_on_every_evening():
    line = line_of("calm")
    assert [crowd for crowd, *_ in line.kept] == [6_000, 12_000, 24_000]
    for _, median, least, most in line.kept:
        assert 0 <= least <= median <= most <= 1
    assert line.kept[0][1] > line.kept[1][1] > line.kept[2][1]
    scenario = in_room(EXAMPLE, "calm", 8_000, 8_000 / 12_000, whole=False)
    each = [EXAMPLE.promise.read(simulate(scenario, seed, sample=0)) for seed in evenings(20)]
    assert line.kept[1][1:] == (np.median(each), min(each), max(each))


# --- in words ------------------------------------------------------------------------------------


def told(**changes):
    base = dict(
        weather="calm", name="an ordinary evening", crowd=6_843, low=6_090.4, high=7_163.2,
        breaks="the roof", lifted=12_877, sentence="",
        kept=((6_000, 1.0, 1.0, 1.0), (12_000, 0.77, 0.58, 0.986), (24_000, 0.3, 0.2, 0.4)),
    )  # fmt: skip
    return told_line(EXAMPLE, WeatherLine(**base | changes))


def test_a_line_is_told_with_promise_interval_expected_crowd_and_what_breaks():
    assert told() == (
        "An ordinary evening: of a crowd of up to 6,840, 99 % are in within 2 minutes of coming, on nine evenings in "
        "ten (95 % sure: 6,090 to 7,170). 12,000 are expected, 1.8 times as many: then 77 % are in by then, 58 % to "
        "99 % as the evening goes. What breaks first is the roof: with twice as much, up to 12,800."
    )


def test_a_line_that_is_not_reached_or_not_bounded_or_not_there_is_told_as_it_is():
    assert "12,000 are expected: the line is not reached." in told(crowd=20_000, low=0.0)
    assert "sure" not in told(low=0.0) and "sure" not in told(high=math.inf)
    assert "No limit lifts that line by itself." in told(breaks="")
    assert told(crowd=0) == (
        "An ordinary evening: no crowd is small enough to be promised that 99 % are in within 2 minutes of coming."
    )
    beyond = told(crowd=240_000, low=0.0)
    assert beyond.startswith("An ordinary evening: of a crowd of more than 240,000, 99 % are in")
    same = ((6_000, 1, 1, 1), (12_000, 0.5, 0.5, 0.5), (24_000, 0.1, 0.1, 0.1))
    assert "then 50 % are in by then. What" in told(kept=same)


# --- progress, stop, extremes --------------------------------------------------------------------

LIGHT = EXAMPLE.with_values(expected=400, low=300, high=500, hold=1_000, patience=1)


def test_progress_only_grows_and_names_the_weather_and_a_stop_is_heard_at_once():
    heard = []
    load_lines(LIGHT, evenings=2, told=lambda share, words: heard.append((share, words)))
    shares = [share for share, _ in heard]
    assert sorted(shares) == shares and shares[0] >= 0 and shares[-1] <= 1
    assert {words for _, words in heard} == {f"load line: {one.name}" for one in WEATHERS}
    asked = []
    with pytest.raises(Stopped, match="stopped before it was done"):
        load_lines(LIGHT, evenings=2, stopped=lambda: len(asked) > 5 or asked.append(1))
    assert len(asked) == 6


@pytest.mark.parametrize(
    "own",
    [
        dict(expected=10, low=1, high=20, join_rate=0.01, hold=1, patience=0.1),
        dict(expected=100_000_000, join_rate=1_000_000, hold=100_000_000, within=0.1),
        dict(expected=500, within=0.1, join_rate=1_000, hold=100_000_000, queue=0),
        dict(promise_share=100, promise_minutes=0.1, timeout=0.1, patience=0.1),
    ],
)
def test_the_ends_of_the_sheet_have_lines_too(own):
    for line in load_lines(EXAMPLE.with_values(**own), evenings=3):
        assert line.crowd >= 0 and line.sentence.endswith(".")
        assert line.low <= line.crowd <= max(line.high, line.crowd)
