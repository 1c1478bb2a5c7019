"""Readings: evenings short enough to be worked out on paper, and the table in which they are said."""

import doctest
import importlib
import math

import numpy as np
import pytest

from loadbearing import HandlersLost
from loadbearing import readings as room
from loadbearing.readings import readings
from loadbearing.run import Outcome
from loadbearing.words import avoided_in
from tests.paper import NEVER, again_after, evening, written_by_hand

# ------------------------------------------------------------------------- On paper: four, one door


@pytest.fixture(scope="module")
def four():
    """Four people at 0 s, one handler, ten seconds each, two may wait, others try again every 7 s.

    One is served 0-10, two 10-20, three 20-30. Four is refused at 0 (two wait), refused at 7 (two
    still wait), at 14 takes the second place in the queue (behind three) and is served 30-40.
    """
    return evening(4, ends_s=60, queue_limit=2, retries=again_after(7.0))


def test_four_at_one_door_all_get_in_and_the_percentiles_are_their_own_times(four):
    assert room.came(four) == room.joined(four) == 4
    assert room.share_in(four) == 1.0
    assert room.times_to_join(four).tolist() == [10.0, 20.0, 30.0, 40.0]
    # Of four people the 50th percentile is the second, the 75th the third, the 76th the fourth.
    percentiles = {p: room.time_to_join(four, p) for p in (25, 50, 75, 76, 90, 100)}
    assert percentiles == {25: 10, 50: 20, 75: 30, 76: 40, 90: 40, 100: 40}
    assert room.time_to_join_of_everybody(four) == 20.0


def test_four_at_one_door_three_get_in_at_the_first_click(four):
    assert room.first_click_success(four) == 0.75
    assert room.attempts_per_person(four) == (1 + 1 + 1 + 3) / 4
    assert room.requests(four) == 6
    assert (room.refused(four), room.count(four, "refused_full")) == (2, 2)
    assert room.count(four, "time_outs") == room.count(four, "refused_no_seat") == 0


def test_four_at_one_door_the_service_level_counts_those_exactly_in_time(four):
    assert room.service_level(four, within_s=9.9) == 0.0
    assert room.service_level(four, within_s=10) == 0.25
    assert room.service_level(four, within_s=30) == 0.75
    assert room.service_level(four) == 1.0


def test_four_at_one_door_the_handler_is_busy_for_forty_of_sixty_seconds(four):
    assert room.utilization(four) == pytest.approx(40 / 60)
    assert room.utilization(four, 0, 40) == pytest.approx(1.0)
    assert room.utilization(four, 40, 60) == 0.0
    assert room.goodput(four) == room.throughput(four) == 4 / 60
    assert room.goodput(four, 10, 20) == 1 / 10
    assert room.dead_work_share(four) == 0.0
    # Joins at 10, 20, 30, 40: the best minute is all of this evening.
    assert room.busiest_minute(four, room.first_joins_over_time(four)) == (4 / 60, 0.0)


def test_four_at_one_door_bring_forty_erlang_in_the_first_second(four):
    load = room.offered_load_over_time(four)
    assert {t: load[t] for t in np.flatnonzero(load)} == {0: 40.0, 7: 10.0, 14: 10.0}
    assert room.offered_load(four) == 1.0
    assert room.offered_load(four, of="first") == pytest.approx(40 / 60)
    # 60 handler seconds came within fifteen, and a minute has 60: not more than the handler can do in it.
    assert room.overload_s(four) == room.overload_s(four, of="first") == 0
    assert room.attempt_amplification(four) == 1.5
    assert room.attempt_amplification(four, 7, 60) == math.inf


def test_seven_at_once_are_too_much_work_for_the_minute_that_follows():
    # 70 handler seconds at 0, 60 can be done in a minute: too much until second 60 has passed, for all and for firsts.
    seven = evening(7, ends_s=100)
    assert room.overload_s(seven) == room.overload_s(seven, of="first") == 60
    assert room.overloaded_over_time(seven).tolist() == [True] * 60 + [False] * 40
    assert room.overload_s(seven, 50, 100) == 10
    assert room.overload_s(evening(7, ends_s=100, handlers=2)) == 0


def test_four_at_one_door_the_queue_and_the_room_second_by_second(four):
    # Waiting: two and three from 0, three from 10, three and four from 14, four from 20 to 30.
    waiting = [2] * 10 + [1] * 4 + [2] * 6 + [1] * 10 + [0] * 30
    assert room.over_time(four, "queue").tolist() == waiting
    assert room.over_time(four, "living_queue").tolist() == waiting
    assert room.peak(four, "queue") == (2, 1.0)
    outside = [4] * 10 + [3] * 10 + [2] * 10 + [1] * 10 + [0] * 20
    assert room.outside_over_time(four).tolist() == outside
    assert room.peak(four, "outside") == (4, 1.0)
    in_the_room = {t: room.in_the_room(four, t) for t in (0, 10, 10.9, 11, 40, 41, 60)}
    assert in_the_room == {0: 0, 10: 0, 10.9: 0, 11: 1, 40: 3, 41: 4, 60: 4}
    assert room.peak(four, "inside") == (4, 41.0)


def test_four_at_one_door_as_they_are_said(four):
    said = {key: reading.text for key, reading in readings(four).items()}
    assert said["share_in"] == "100 %"
    assert said["time_to_join"] == "20 seconds"
    assert said["gave_up"] == "0 %"
    assert said["first_click_success"] == "75 %"
    assert said["attempts_per_person"] == "1.5"
    assert said["utilization"] == "67 %"
    assert said["overload"] == "0 seconds"
    assert said["peak_outside"] == "4"


# ---------------------------------------------------------------- On paper: work for those who left


@pytest.fixture(scope="module")
def impatient_clients():
    """Three at 0 s, one handler, ten seconds each, a time-out of 12 s, one attempt only.

    One is served 0-10. Two is taken at 10, leaves at 12, and its service ends at 20: dead, 8 s of
    it after it had left. Three leaves at 12 while it waits and is served 20-30 all the same: dead.
    """
    return evening(3, ends_s=40, timeout_s=12.0, retries=again_after(1.0, most=1))


def test_two_of_three_services_are_dead_work(impatient_clients):
    run = impatient_clients
    assert room.dead_work_share(run) == pytest.approx(20 / 30)
    assert room.dead_work_share(run, 0, 20) == 0.0  # work is counted in the second in which it ends
    assert room.dead_work_share(run, 20, 40) == 1.0
    assert room.count(run, "time_outs") == 2
    assert room.throughput(run) == 3 / 40
    assert room.goodput(run) == 1 / 40
    assert room.utilization(run) == pytest.approx(30 / 40)


def test_the_queue_counts_the_request_of_somebody_who_left_and_the_living_queue_does_not(
    impatient_clients,
):
    queue = room.over_time(impatient_clients, "queue").tolist()
    living = room.over_time(impatient_clients, "living_queue").tolist()
    assert queue == [2] * 10 + [1] * 10 + [0] * 20
    assert living == [2] * 10 + [1] * 2 + [0] * 28


def test_the_median_of_those_who_got_in_hides_those_who_did_not(impatient_clients):
    run = impatient_clients
    assert room.share_in(run) == room.first_click_success(run) == pytest.approx(1 / 3)
    assert room.gave_up(run) == pytest.approx(2 / 3)
    assert room.time_to_join(run) == 10.0
    assert room.time_to_join_of_everybody(run, 33) == 10.0
    assert room.time_to_join_of_everybody(run, 34) == math.inf
    table = readings(run)
    assert table["time_to_join"].text == "10 seconds, for those who got in; 67 % did not"
    assert table["time_to_join_of_everybody"].text == "not before the end"


# ---------------------------------------------------------------------------------- On paper: edges


def test_when_no_handler_is_there_nobody_gets_in_and_the_words_say_so():
    # Two come at 0, 10 and 20 and find a full queue of none; the account ends at 25.
    gone = HandlersLost(at_s=0.0, lasts_s=100.0, handlers=1)
    run = evening(2, ends_s=25, queue_limit=0, faults=[gone], retries=again_after(10.0))
    assert (room.share_in(run), room.still_trying(run), room.gave_up(run)) == (0.0, 1.0, 0.0)
    assert math.isnan(room.time_to_join(run)) and math.isnan(room.utilization(run))
    assert math.isnan(room.dead_work_share(run))
    assert room.attempts_per_person(run) == 3.0
    assert room.overload_s(run) == 25
    said = {key: reading.text for key, reading in readings(run).items()}
    assert said["time_to_join"] == said["time_to_join_90"] == "nobody got in"
    assert said["time_to_join_of_everybody"] == "not before the end"
    assert said["utilization"] == "no handler was there"
    assert said["dead_work"] == "no work was done"
    assert said["still_trying"] == "100 %"


def test_when_nobody_comes_there_is_no_share_of_anything():
    run = evening(0, ends_s=25)
    table = readings(run)
    for key in ("share_in", "gave_up", "first_click_success", "service_level", "still_trying"):
        assert math.isnan(table[key].value)
        assert table[key].text == "nobody came"
    assert table["time_to_join"].text == table["attempts_per_person"].text == "nobody came"
    assert table["time_to_join_of_everybody"].text == "nobody came"
    assert math.isnan(room.attempt_amplification(run))
    assert (table["came"].value, table["utilization"].value) == (0, 0.0)


def test_whoever_comes_after_the_end_is_in_no_share():
    run = written_by_hand(
        [(1.0, 2.0, NEVER, 1, Outcome.IN), (11.0, NEVER, NEVER, 0, Outcome.AFTER_THE_END)]
    )
    assert (room.came(run), room.after_the_end(run)) == (1, 1)
    assert room.share_in(run) == room.first_click_success(run) == 1.0
    assert room.attempts_per_person(run) == 1.0
    assert room.time_to_join_of_everybody(run, 100) == 1.0


def test_somebody_without_a_seat_is_refused_after_the_work_was_done():
    # Two handlers, one seat: both services end at 10, one sits down, the other tries again till 21.
    run = evening(2, ends_s=30, handlers=2, seats=1, retries=again_after(1.0, most=2))
    assert room.count(run, "refused_no_seat") == 2
    assert room.refused(run, 0, 11) == 1
    assert (room.share_in(run), room.gave_up(run)) == (0.5, 0.5)
    assert room.dead_work_share(run) == 0.0
    assert (room.throughput(run), room.goodput(run)) == (3 / 30, 1 / 30)


BY_HAND = [
    (0.0, 0.5, 4.0, 1, Outcome.LEFT),
    (0.5, 4.5, NEVER, 2, Outcome.IN),
    (2.0, NEVER, 3.0, 4, Outcome.GAVE_UP),
    (5.0, 10.0, NEVER, 1, Outcome.IN),
    (10.0, NEVER, NEVER, 1, Outcome.STILL_TRYING),
]


def test_windows_take_people_by_arrival_and_the_end_belongs_to_the_last_second():
    run = written_by_hand(BY_HAND)
    assert room.share_in(run) == 3 / 5
    assert room.share_in(run, 0, 2) == 1.0
    assert room.share_in(run, 2, 5) == 0.0
    assert room.share_in(run, 5, 10) == 0.5  # who came at 10, the very end, came in the last second
    assert (room.left(run), room.gave_up(run), room.still_trying(run)) == (0.2, 0.2, 0.2)
    assert room.first_joins_over_time(run).tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    assert room.time_to_join(run, 50) == 4.0
    assert room.time_to_join_of_everybody(run, 60) == 5.0
    assert room.time_to_join_of_everybody(run, 61) == math.inf
    assert math.isnan(room.time_to_join(run, 50, 2, 5))


@pytest.mark.parametrize(
    ("take", "sentence"),
    [
        (lambda run: room.goodput(run, 5, 5), r"The window is 5 to 5; it must lie within 0 to 10"),
        (lambda run: room.share_in(run, -1, 5), r"The window is -1 to 5; it must lie within"),
        (lambda run: room.share_in(run, 0, 11), r"The window is 0 to 11; it must lie within"),
        (lambda run: room.share_in(run, 0.5, 5), r"from_s is 0.5; give a whole number of seconds"),
        (lambda run: room.goodput(run, 0, math.nan), r"until_s is nan; give a whole number"),
        (lambda run: room.time_to_join(run, 0), r"percentile is 0; it must be above 0"),
        (lambda run: room.time_to_join(run, 101), r"percentile is 101; .* at most 100"),
        (lambda run: room.service_level(run, -1), r"within_s is -1; give 0 or more"),
        (lambda run: room.in_the_room(run, 11), r"t is 11; this evening was watched from 0 to 10"),
        (lambda run: room.in_the_room(run, math.nan), r"t is nan"),
        (lambda run: room.count(run, "refusals"), r"no 'refusals' in a run; choose one of: arriv"),
        (lambda run: room.peak(run, "joins"), r"no 'joins' in a run; choose one of: queue,"),
        (lambda run: room.offered_load(run, of="later"), r"of is 'later'; it must be 'all'"),
        (
            lambda run: room.peak(run, "outsiders"),
            r"no 'outsiders' in a run; .* outside, returning",
        ),
    ],
)
def test_a_reading_that_cannot_be_taken_is_answered_with_a_sentence(take, sentence):
    with pytest.raises(room.ReadingError, match=sentence):
        take(written_by_hand(BY_HAND))


# ---------------------------------------------------------------------------------------- The table


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(importlib.import_module("loadbearing.readings.table"))
    assert result.attempted >= 1
    assert result.failed == 0


def test_the_table_shows_three_readings_first_and_labels_every_one(four):
    table = readings(four)
    assert [key for key, reading in table.items() if reading.first] == list(table)[:3]
    assert list(table)[:3] == ["share_in", "time_to_join", "gave_up"]
    labels = [reading.label for reading in table.values()]
    assert len(set(labels)) == len(labels)
    for key, reading in table.items():
        assert reading.key == key
        assert reading.unit and reading.label[0].isupper() and len(reading.label) <= 60
        assert avoided_in(f"{reading.label} {reading.unit} {reading.text}") == []


def test_lateness_of_the_show_is_no_reading_of_a_run(four):
    assert not [key for key in readings(four) if "late" in key]
