"""The autoscaler: desired = ceil(serving x utilization / target), late by its lag. By hand, in both engines."""

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
    run = day(engine, listeners=3, handlers=3, service=5, controllers=[scaler], ends=10)
    # Busy for 5 of 10 seconds: ceil(3 x .5 / .7) = ceil(2.14) = 3.
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
    # At 20 it sees 0-10: two served, both busy, four wanted, serving from 25. At 30 it sees 10-20, when two served:
    # four wanted, and four there are. At 40 it sees 20-30: two, then four, three on average, all busy: six wanted,
    # when the crowd is in.
    assert ordered(run, "handlers") == {20: 4, 30: 4, 40: 6}
    assert ordered(run) == {25: 4}
    # 0-10, 10-20 and 20-30 two each; 25-35 two more; 30-40 the last two.
    assert joined(run) == [10, 10, 20, 20, 30, 30, 35, 35, 40, 40]


def test_the_autoscaler_keeps_its_number_while_every_handler_is_lost(engine):
    gone = HandlersLost(at_s=0, lasts_s=15, handlers=2)
    scaler = Autoscaler(target=0.5, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=2, handlers=2, faults=[gone], controllers=[scaler], ends=25)
    # At 10 nobody was there to be busy: nothing is changed. From 15 on both are back: 15-25.
    assert ordered(run, "handlers")[20] == 4
    assert 10 not in ordered(run, "handlers")
    assert joined(run) == [25, 25]


def test_the_autoscaler_does_not_count_lost_handlers_as_never_ordered(engine):
    gone = HandlersLost(at_s=0, lasts_s=100, handlers=2)
    scaler = Autoscaler(target=1.0, every_s=10, lag_s=0, boot_s=0)
    run = day(engine, listeners=6, handlers=4, faults=[gone], controllers=[scaler], ends=30)
    # Two of four are lost, the other two all busy: four stay wanted, and two serve 0-10, 10-20, 20-30. At 30 the same.
    assert set(ordered(run, "handlers").values()) == {4}
    assert joined(run) == [10, 10, 20, 20, 30, 30]


def test_in_a_smaller_room_the_autoscaler_wants_as_many_in_proportion(engine):
    scaler = Autoscaler(target=0.5, every_s=10, lag_s=0, boot_s=0)
    full = plan(listeners=100, handlers=20, controllers=[scaler], ends=10)
    assert ordered(play(full.scaled(0.1), engine), "handlers") == {10: 4}
