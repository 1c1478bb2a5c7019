"""The judge of an evening: the record's ranges, held against counts that are made up here."""

import types

import numpy as np
import pytest

from loadbearing import cases, misfit, record, simulate
from loadbearing.readings import ReadingError
from loadbearing.run import SECOND

POINTS = {point.fact.key: point for point in record.listener_points()}
SPOT_ON = {
    "listeners_at_2000": 110_000,
    "listeners_at_2042": 915_000,
    "listeners_at_2140": 1_300_000,
}


def evening(counts, ends_s=7200):
    """A run with these counts at the published moments, and no one in the room otherwise."""
    seconds = np.zeros(ends_s + 1200, SECOND)
    seconds["second"] = np.arange(-1200, ends_s)
    for key, count in counts.items():
        seconds["inside"][seconds["second"] == POINTS[key].t - 1] = count
    return types.SimpleNamespace(
        seconds=seconds, evening=types.SimpleNamespace(starts_s=-1200, ends_s=ends_s)
    )


def test_an_evening_that_is_spot_on_meets_all_counts():
    verdicts = misfit.judge(evening(SPOT_ON))
    assert [one.misfit for one in verdicts] == [0.0, 0.0, 0.0]
    assert misfit.met(verdicts)
    assert misfit.worst(verdicts) == 0.0


def test_the_accepted_ranges_are_those_of_the_plan():
    expected = [one.expected for one in misfit.judge(evening(SPOT_ON))]
    assert expected == [
        pytest.approx((80_000, 144_000)),
        pytest.approx((823_500, 1_006_500)),
        pytest.approx((1_170_000, 1_430_000)),
    ]


@pytest.mark.parametrize("key", SPOT_ON)
@pytest.mark.parametrize("end", [0, 1])
def test_each_count_is_met_just_inside_its_range_and_missed_just_outside(key, end):
    edge = POINTS[key].bounds[end]
    inwards = 1 if end == 0 else -1
    assert misfit.met(misfit.judge(evening(SPOT_ON | {key: edge + inwards})))
    verdicts = misfit.judge(evening(SPOT_ON | {key: edge - inwards * 2}))
    assert not misfit.met(verdicts)
    assert misfit.worst(verdicts) > 1
    assert [one.point.fact.key for one in verdicts if not one.met] == [key]


def test_a_small_room_is_judged_in_people_of_the_full_crowd():
    small = evening({key: count / 20 for key, count in SPOT_ON.items()})
    assert misfit.met(misfit.judge(small, each=20))
    assert not misfit.met(misfit.judge(small))


def test_a_verdict_says_what_was_expected_and_what_came_out():
    few, right, many = misfit.judge(
        evening(
            {
                "listeners_at_2000": 50_000,
                "listeners_at_2042": 915_000,
                "listeners_at_2140": 2_000_000,
            }
        )
    )
    assert few.sentence == (
        "At 20:00 50,000 were in the room; 80,000 to 144,000 agree with what was published: too few."
    )
    assert right.sentence.startswith("At 20:42 915,000 were") and right.sentence.endswith(": met.")
    assert many.sentence.endswith("too many.")


def test_an_evening_that_ends_too_early_is_answered_by_a_sentence():
    with pytest.raises(ReadingError, match="6000"):
        misfit.judge(evening({}, ends_s=5000))


def test_a_real_run_is_judged_at_the_published_moments():
    run = simulate(cases.get("late_crowd").scaled(0.002), 1, sample=0)
    verdicts = misfit.judge(run, each=500)
    for one in verdicts:
        row = run.seconds[run.seconds["second"] == one.point.t - 1]
        assert one.listeners == 500 * row["inside"][0]
