"""The autoscaler: desired = ceil(handlers x utilization / target), late by its lag. By hand, in both engines."""

import pytest

from loadbearing import Autoscaler, HandlersLost
from tests.by_hand import ENGINES, day, done, joined, plan, play

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def ordered(run, what="serving"):
    """Return {time: how many handlers were wanted, or serving from then}."""
    return {time: to for time, _, name, to in done(run) if name == what}


def test_the_autoscaler_keeps_utilization_at_its_target(engine):
    scaler = Autoscaler(target=0.5, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=10, handlers=2, controllers=[scaler], ends=40)
    # 10: both busy all the time, ceil(2 x 1 / .5) = 4: two more start, and two when the first two are done.
    # 20: all four were, ceil(4 / .5) = 8: the last four start. 30: four of eight were, ceil(8 x .5 / .5) = 8.
    # 40: none was: the least, one.
    assert joined(run) == [10] * 2 + [20] * 4 + [30] * 4
    assert ordered(run, "handlers") == {10: 4, 20: 8, 30: 8, 40: 1}


def test_the_autoscaler_rounds_up(engine):
    scaler = Autoscaler(target=0.7, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=3, handlers=3, service=6, controllers=[scaler], ends=10)
    # Busy for 6 of 10 seconds: ceil(3 x .6 / .7) = ceil(2.57) = 3.
    assert ordered(run, "handlers") == {10: 3}


def test_the_autoscaler_stays_within_its_bounds(engine):
    bounds = dict(target=0.5, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=9, handlers=2, controllers=[Autoscaler(most=3, **bounds)], ends=10)
    assert ordered(run, "handlers") == {10: 3}
    run = day(engine, listeners=0, handlers=9, controllers=[Autoscaler(least=4, **bounds)], ends=10)
    assert ordered(run, "handlers") == {10: 4}


def test_the_autoscaler_comes_late_by_its_lag_and_the_time_to_start(engine):
    scaler = Autoscaler(target=0.5, every_s=10, lag_s=10, boot_s=5)
    run = day(engine, listeners=10, handlers=2, controllers=[scaler], ends=40)
    # At 20 it sees 0-10: both busy, four wanted, serving from 25. At 30 it sees 10-20: the same two busy, four wanted:
    # nothing new. At 40 it sees 20-30: four at its end, all busy, eight wanted, too late for this evening.
    assert ordered(run, "handlers") == {20: 4, 30: 4, 40: 8}
    assert ordered(run) == {25: 4}
    # 0-10, 10-20 and 20-30 two each; 25-35 two more; 30-40 the last two.
    assert joined(run) == [10, 10, 20, 20, 30, 30, 35, 35, 40, 40]


def test_the_autoscaler_opens_the_least_where_there_are_none(engine):
    gone = HandlersLost(at_s=0, lasts_s=50, handlers=2)
    scaler = Autoscaler(least=3, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=2, handlers=2, faults=[gone], controllers=[scaler], ends=20)
    # At 10 there are none, so three are wanted, of which two are lost: one serves, 10-20.
    assert joined(run) == [20, None]


def test_in_a_smaller_room_the_autoscaler_wants_as_many_in_proportion(engine):
    scaler = Autoscaler(target=0.5, every_s=10, lag_s=0, boot_s=0)
    full = plan(listeners=100, handlers=20, controllers=[scaler], ends=10)
    assert ordered(play(full.scaled(0.1), engine), "handlers") == {10: 4}
