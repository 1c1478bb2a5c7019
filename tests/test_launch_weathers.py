"""The weathers of a launch: what each changes in the evening, and what is done about a launch that it obeys."""

import math

import numpy as np
import pytest

from loadbearing import readings, simulate
from loadbearing.launch import EXAMPLE, WEATHERS, checked, evening, evenings, unseen
from loadbearing.launch.weathers import LARGEST_ROOM, ROOM, in_room, room_of, worst_minute_s
from loadbearing.parts import ScenarioError
from loadbearing.scenario import Measured, ServiceSlowed, Several, Steady

KEYS = [one.key for one in WEATHERS]


def came_by(arrivals, at_s):
    times, share = arrivals.table()
    return float(np.interp(at_s, times, share))


def test_the_weathers_stand_in_the_order_in_which_they_are_told():
    assert KEYS == ["calm", "at_once", "fault", "knowledge", "reloads"]
    assert all(one.sentence.endswith(".") for one in WEATHERS)
    with pytest.raises(ScenarioError, match="no weather 'rain'. "):
        evening(EXAMPLE, "rain")


@pytest.mark.parametrize("key", KEYS)
def test_each_weather_rests_on_the_lines_that_it_names(key):
    """Changing a line that a weather names changes its evening; the calm one names none."""
    named = next(one for one in WEATHERS if one.key == key).assumptions
    for line in named:
        value = EXAMPLE.values[line]
        assert evening(EXAMPLE.with_values(**{line: value / 2}), key) != evening(EXAMPLE, key)
    others = {
        "at_once",
        "fault_share",
        "minutes_to_act",
        "minutes_unknown",
        "reload_after",
        "reload_takes",
    }
    for line in others - {*named}:
        value = EXAMPLE.values[line]
        assert evening(EXAMPLE.with_values(**{line: value / 2}), key) == evening(EXAMPLE, key)


def test_the_door_lets_in_what_the_sheet_says_whatever_the_room():
    for crowd, people in ((12_000, 8_000), (12_000, 600), (300, 8_000), (2_000_000, 8_000)):
        scenario = evening(EXAMPLE, crowd=crowd, people=people)
        fraction = min(1, people / crowd)
        assert scenario.crowd.listeners == min(crowd, people)
        door = scenario.door
        assert door.handlers / door.service.mean_s == pytest.approx(20 * fraction)
        assert door.queue_limit == math.ceil(300 * fraction - 1e-9)
        assert scenario.stage.seats == max(1, round(30_000 * fraction))


def test_nine_in_ten_come_within_the_minutes_of_the_sheet():
    assert came_by(evening(EXAMPLE).crowd.arrivals, 8 * 60) == pytest.approx(0.9, abs=0.001)
    at_once = evening(EXAMPLE, "at_once").crowd.arrivals
    assert came_by(at_once, 2 * 60) == pytest.approx(0.9, abs=0.001)


def test_everyone_at_once_is_never_slower_than_the_launch_itself():
    quick = EXAMPLE.with_values(within=1.0)
    assert evening(quick, "at_once") == evening(quick, "calm")


@pytest.mark.parametrize(("weather", "minutes"), [("fault", 12), ("knowledge", 60)])
def test_a_fault_halves_the_door_in_the_busiest_minute_until_somebody_acts(weather, minutes):
    scenario = evening(EXAMPLE, weather)
    (fault,) = scenario.faults
    assert isinstance(fault, ServiceSlowed) and fault.factor == 2 and fault.lasts_s == 60 * minutes
    # A rush of this shape is at its fullest at half its mean, which is 247 seconds here.
    assert fault.at_s < 8 * 60 * 2 / 3.8897 / 2 < fault.at_s + 60
    run = simulate(scenario, 1, sample=0)
    begins = int(fault.at_s - scenario.starts_s)
    busiest, _ = readings.busiest_minute(run, run.seconds["arrivals"])
    assert run.seconds["arrivals"][begins : begins + 60].sum() > 0.85 * 60 * busiest / 60


def test_a_fault_of_nothing_or_of_no_minutes_is_none():
    assert not evening(EXAMPLE.with_values(fault_share=0), "fault").faults
    assert not evening(EXAMPLE.with_values(minutes_to_act=0), "fault").faults


def test_people_who_reload_at_once_never_pause_and_do_not_wait_long():
    crowd = evening(EXAMPLE, "reloads").crowd
    assert (
        crowd.retries.backoff == "immediate" and crowd.round_trip_s == 2 and crowd.timeout_s == 10
    )
    assert evening(EXAMPLE.with_values(timeout=4), "reloads").crowd.timeout_s == 4
    assert evening(EXAMPLE).crowd.retries.backoff == "exponential"


def test_own_traffic_is_what_comes_except_where_all_come_at_once():
    own = EXAMPLE.__class__(
        EXAMPLE.typed, Measured(from_s=-120.0, bin_s=60.0, counts=(5, 9, 80, 6))
    )
    for key in KEYS:
        arrivals = evening(own, key).crowd.arrivals
        assert (arrivals == own.arrivals) is (key != "at_once")
    assert evening(own).starts_s == -120
    assert worst_minute_s(own.arrivals) == 0


# --- what is done about it -----------------------------------------------------------------------


@pytest.mark.parametrize("weather", KEYS)
def test_those_who_heed_come_early_and_the_rest_as_the_weather_has_it(weather):
    usual = evening(EXAMPLE, weather).crowd.arrivals
    early = EXAMPLE.with_values(invitation="early", heed=60)
    arrivals = evening(early, weather).crowd.arrivals
    assert came_by(arrivals, -900) == pytest.approx(0.3)
    for at_s in (60, 240, 600):
        assert came_by(arrivals, at_s) == pytest.approx(0.6 + 0.4 * came_by(usual, at_s), abs=0.001)
    assert evening(early, weather).starts_s == -1800


@pytest.mark.parametrize("weather", ["calm", "at_once"])
def test_groups_come_five_minutes_apart_each_as_the_weather_has_it(weather):
    usual = evening(EXAMPLE, weather).crowd.arrivals
    grouped = evening(EXAMPLE.with_values(invitation="groups", heed=60), weather).crowd.arrivals
    for at_s in (100, 400, 1_000, 2_000):
        expected = 0.4 * came_by(usual, at_s) + sum(
            0.1 * came_by(usual, at_s - 300 * group) for group in range(6)
        )
        assert came_by(grouped, at_s) == pytest.approx(expected, abs=0.003)


def test_a_sentence_that_nobody_heeds_changes_nothing_and_one_that_all_heed_changes_all():
    for invitation in ("early", "groups"):
        deaf = EXAMPLE.with_values(invitation=invitation, heed=0)
        assert evening(deaf).crowd == evening(EXAMPLE).crowd
    heard = evening(EXAMPLE.with_values(invitation="early", heed=100)).crowd.arrivals
    assert isinstance(heard, Several) and [type(one.arrivals) for one in heard.groups] == [Steady]


def test_own_traffic_keeps_its_shape_in_each_group():
    own = EXAMPLE.__class__(EXAMPLE.typed, Measured(from_s=0.0, bin_s=60.0, counts=(30, 70)))
    groups = evening(own.with_values(invitation="groups", heed=100)).crowd.arrivals.groups
    assert [one.arrivals.from_s for one in groups] == [0, 300, 600, 900, 1_200, 1_500]
    assert {one.arrivals.counts for one in groups} == {(30, 70)}


def test_a_line_pauses_and_a_page_do_what_they_say():
    line = evening(EXAMPLE.with_values(line=True), people=6_000).waiting_room
    assert line.admits_per_s == pytest.approx(0.9 * 10) and line.opens_s == 0
    assert evening(EXAMPLE).waiting_room is None
    paused = evening(EXAMPLE.with_values(pauses=True), "reloads", people=8_000)
    assert paused == evening(EXAMPLE, "calm", people=8_000)
    for weather in ("fault", "knowledge"):
        (fault,) = evening(EXAMPLE.with_values(on_call=True), weather).faults
        assert fault.lasts_s == 4 * 60
    (slow,) = evening(EXAMPLE.with_values(on_call=True, minutes_to_act=2), "fault").faults
    assert slow.lasts_s == 2 * 60


def test_changes_are_made_in_the_small_room():
    assert evening(EXAMPLE, changes={"door.queue_limit": 7}).door.queue_limit == 7


# --- room and account ----------------------------------------------------------------------------


def test_an_account_that_is_not_whole_reads_the_same_promise():
    for weather in ("calm", "fault"):
        long = simulate(evening(EXAMPLE, weather), 3, sample=0)
        short = simulate(evening(EXAMPLE, weather, whole=False), 3, sample=0)
        assert short.scenario.ends_s < long.scenario.ends_s
        assert EXAMPLE.promise.read(short) == pytest.approx(EXAMPLE.promise.read(long), abs=0.002)


def test_nobody_is_still_trying_when_the_whole_account_ends():
    for weather in KEYS:
        run = simulate(evening(EXAMPLE, weather, people=1_000), 2, sample=0)
        assert readings.still_trying(run) < 0.002


def test_the_room_is_smaller_where_each_may_reload_hundreds_of_times():
    assert room_of(EXAMPLE, "calm") == 8_000 == room_of(EXAMPLE.with_values(pauses=True), "reloads")
    # Twelve minutes of reloads of two seconds are 360 of each person.
    assert room_of(EXAMPLE, "reloads") == 2_777
    assert room_of(EXAMPLE.with_values(patience=600), "reloads") == 1_000
    assert room_of(EXAMPLE.with_values(patience=1), "reloads") == 8_000


def test_evenings_to_choose_on_and_evenings_to_try_on_are_not_the_same():
    assert len(evenings(40)) == len(unseen(40)) == 40 and not {*evenings(500)} & {*unseen(500)}


def test_a_crowd_of_one_and_a_crowd_of_a_hundred_million_make_an_evening():
    assert in_room(EXAMPLE, "calm", 0.2, 1.0).crowd.listeners == 1
    huge = EXAMPLE.with_values(expected=100_000_000)
    assert evening(huge).crowd.listeners == 8_000


def test_a_door_that_is_slow_for_its_crowd_has_a_larger_room_and_one_that_is_overloaded_has_not():
    newsletter = dict(expected=20_000, within=480, join_rate=1.5, hold=30_000, patience=12)
    assert room_of(checked(newsletter), "calm") == LARGEST_ROOM
    assert room_of(checked(newsletter | {"within": 60}), "calm") == ROOM, "more than it can let in"
    # Handlers of half a second, and one of them for a door of 1 a second: 10,000 people are as many as it needs.
    assert room_of(checked(newsletter | {"expected": 5_000, "join_rate": 1}), "calm") == 10_000
