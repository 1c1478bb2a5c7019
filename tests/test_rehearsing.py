"""Unit 09's bench: tests that leave the evening alone, a generator that waits, logs that leave people out, pictures."""

import math
import types

import numpy as np
import pytest

from loadbearing import cases, learning
from loadbearing.cases import building, rehearsals
from loadbearing.labs import Lab, held_out, rehearsing
from loadbearing.labs.rehearsing import (
    EVENING,
    MADE_UP,
    OVER,
    PEOPLE,
    QUEUE,
    SHORT,
    TEST,
    TRY_AGAIN,
    WAIT,
)
from loadbearing.pictures import rehearsed


@pytest.fixture
def bench():
    return Lab([TEST, EVENING], [PEOPLE, OVER, MADE_UP, QUEUE]).bench


def test_the_full_door_lets_in_half_of_what_it_does_on_paper():
    held = {key: one.value for key, one in cases.inputs(EVENING).items()}
    assert building.full_rate(held) == pytest.approx(500)
    assert building.full_rate(held | {"coherency": 0.0}) == 1_000
    assert held_out.truth() == pytest.approx(500)


def test_a_closed_generator_is_never_faster_than_the_full_door_answers_and_takes_as_long():
    sent = {"people": 95_000, "until_s": 60.0}
    opened, closed = (cases.build(TEST, sent | {"closed": one}) for one in (False, True))
    assert opened.crowd.arrivals.until_s == 60
    assert closed.crowd.arrivals.until_s == pytest.approx(95_000 / (0.95 * 500))
    slow = {"people": 1_000, "until_s": 60.0}
    assert cases.build(TEST, slow | {"closed": True}) == cases.build(TEST, slow)


def test_the_knobs_of_the_test_change_the_test_and_leave_the_evening_as_it_is(bench):
    test = bench.scenario()
    bench.turn(PEOPLE.path, 80)
    bench.turn(OVER.path, "1 minute")
    bench.turn(MADE_UP.path, TRY_AGAIN)
    assert bench.scenario() != test
    assert bench.scenario().crowd.listeners == 80_000
    assert bench.scenario().crowd.retries.most is None
    bench.choose(EVENING)
    assert bench.scenario() == cases.get(EVENING)
    bench.turn(QUEUE.path, SHORT)
    assert bench.scenario().door.queue_limit == 2_000
    assert "people in the test: 80,000" in bench.told(bench.settings)


def test_every_slider_stop_of_the_test_is_a_number_it_may_have():
    assert PEOPLE.rest(EVENING) == PEOPLE.rest(TEST) in PEOPLE.marks
    assert all(PEOPLE.least <= one <= PEOPLE.most for one in PEOPLE.marks)


def test_coverage_is_the_highest_rate_tested_over_the_highest_lived():
    highest = max(one.rate for one in rehearsing.calendar())
    assert highest == pytest.approx(700_000 / 1_800)
    assert rehearsing.coverage(2 * rehearsing.lived()) == 2
    planned = 80_000 * (1 - math.exp(-1)) / 60
    assert rehearsing.lived() == pytest.approx(planned, rel=0.02)


def test_the_report_has_a_line_for_every_test_of_the_calendar_and_counts_those_passed(capsys):
    rehearsing.report()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rehearsals.TESTS) + 3
    assert all(line.endswith("passed") for line in lines[1:-2])
    assert lines[-1] == "8 of 8 tests passed."
    assert all(len(line) <= 100 for line in lines)


def test_a_test_fails_whose_answers_come_too_late():
    assert rehearsing.passes(rehearsing.test(people=160_000))
    assert not rehearsing.passes(rehearsing.test(people=80_000, until_s=60.0))


def test_a_mission_of_the_blind_test_asks_for_the_whole_crowd_within_a_minute(bench):
    def trial(**chosen):
        run = types.SimpleNamespace()
        return types.SimpleNamespace(settings=rehearsing.par(**chosen), run=run)

    passed = pytest.MonkeyPatch()
    passed.setattr(rehearsing, "passes", lambda run: True)
    assert rehearsing.fast_and_passing(trial(until_s="1 minute", made_up=WAIT), {})
    assert rehearsing.fast_and_passing(trial(until_s="1 minute", people=80), {})
    assert not rehearsing.fast_and_passing(trial(until_s="1 minute", people=40), {})
    assert not rehearsing.fast_and_passing(trial(until_s="5 minutes"), {})
    assert not rehearsing.fast_and_passing(trial(), {})
    passed.undo()


# --- logs and predictions -------------------------------------------------------------------------


def test_a_door_is_as_slow_when_full_as_its_rate_says():
    assert held_out.coherency_of(500) == pytest.approx(1 / (1_000 * 999))
    assert held_out.coherency_of(250) == pytest.approx(3 / (1_000 * 999))
    assert held_out.coherency_of(2_000) == 0


def test_the_log_of_those_let_in_leaves_out_people_and_work_that_the_whole_log_has():
    run = rehearsing.evening()
    rate, crowd = held_out.from_the_log(run)
    whole_rate, whole_crowd = held_out.from_the_log(run, everything=True)
    assert whole_crowd == pytest.approx(1.5 * 80_000, rel=0.01)
    assert crowd == pytest.approx(1.5 * run.seconds["joins"].sum() / rehearsing.ROOM)
    assert crowd < 0.8 * whole_crowd and rate < 0.8 * whole_rate
    assert whole_rate == pytest.approx(500, rel=0.15)


def test_small_ramps_promise_what_the_door_does_on_paper_and_a_full_one_what_it_does_full():
    assert held_out.from_small_ramps()[0] == pytest.approx(1_000, rel=0.05)
    assert held_out.from_a_full_ramp()[0] == pytest.approx(500, rel=0.1)


def test_the_predictions_are_of_other_nights_than_those_that_happen():
    assert not set(held_out.NIGHTS) & set(held_out.PREDICTED)


def test_a_narrow_range_without_the_truth_counts_for_nothing():
    guess = held_out.guess()
    right = guess.after(learning.saturated(500))
    wrong = guess.after(learning.saturated(150))
    assert held_out.halvings(guess) == 0
    assert held_out.halvings(wrong) == 0
    assert held_out.halvings(right) == pytest.approx(
        math.log2(math.log(4_000 / 250) / math.log(right.high / right.low))
    )


def test_a_rehearsal_gains_nothing_unless_it_fails(bench):
    assert held_out.rehearsed_or_not(bench)[0] == 0
    bench.turn(OVER.path, "1 minute")
    bench.turn(MADE_UP.path, WAIT)
    value, said = held_out.rehearsed_or_not(bench)
    assert value == 0 and "passed, so nothing is mended" in said
    bench.turn(MADE_UP.path, TRY_AGAIN)
    value, said = held_out.rehearsed_or_not(bench)
    assert value > 0.5 and "did not pass" in said


# --- pictures -------------------------------------------------------------------------------------


def test_the_picture_of_the_lab_holds_the_crowd_against_what_the_door_does_on_paper():
    drawn = rehearsed.came_and_got_in(rehearsing.evening(), 1 / rehearsing.ROOM)
    assert set(drawn.data["on_paper"]) == {60_000.0}
    assert drawn.data["came"].max() < 60_000
    assert drawn.data["came"].sum() == pytest.approx(80_000)
    assert "on paper the door can do 60,000 a minute" in drawn.sentence


def test_a_picture_of_nobody_says_so():
    run = rehearsing.evening()
    empty = types.SimpleNamespace(
        seconds=run.seconds.copy(), evening=run.evening, listeners=run.listeners[:0]
    )
    for flow in ("arrivals", "joins"):
        empty.seconds[flow] = 0
    assert rehearsed.came_and_got_in(empty).title == "Nobody comes"


def test_a_prediction_is_right_whose_middle_lies_among_what_happened():
    drawn = rehearsed.held_out({"low": [0.1, 0.2], "right": [0.4, 0.6]}, [0.45, 0.55], "In")
    assert drawn.title == "1 of 2 predictions would have been right"
    assert (
        "low: 15 %; right: 50 %. What happened: 50 %, on 2 nights 45 % to 55 %." in drawn.sentence
    )
    assert np.array_equal(drawn.data["what happened"], [0.45, 0.55])
    with pytest.raises(ValueError, match="at least one of each"):
        rehearsed.held_out({}, [0.5], "In")


def test_the_picture_of_public_cases_counts_those_that_were_tested_for_more_than_came():
    drawn = rehearsed.tested_and_came([("one", 100, 1_000), ("two", 5_000, 1_000)])
    assert drawn.title == "In one of two cases more was tested or prepared for than came"
    assert "one, 100 and 1,000; two, 5,000 and 1,000" in drawn.sentence


def test_what_changed_since_the_last_try_keeps_the_thousands_of_a_number():
    bench = Lab([TEST, EVENING], [PEOPLE, OVER, MADE_UP, QUEUE], first=(rehearsing.RATE,)).bench
    many, few = ({PEOPLE.path: one, OVER.path: "10 seconds"} for one in (160, 80))
    sights = []
    for places in (many, few):
        for path, at in places.items():
            bench.turn(path, at)
        sights.append(bench.sight(bench.full()))
        bench.pin(sights[0])
    assert "was 2,667 a second, is 1,333 a second" in bench.changed(sights[1])
