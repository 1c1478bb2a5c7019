"""Timetables: what was decided beforehand is done at its time, whatever it changes. By hand, in both engines.

What a change of the discipline, of Retry-After, of the budget and of the waiting room does stands with these.
"""

import dataclasses
import math

import pytest

from loadbearing import Change, HandlersLost, Retries, Timetable
from tests.by_hand import ENGINES, day, done, joined, refused

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def test_a_timetable_opens_more_handlers_and_they_take_who_waits(engine):
    run = day(engine, changes=[Change(at_s=5, what="handlers", to=3)])
    assert joined(run) == [10, 15, 15]


def test_fewer_handlers_let_the_busy_ones_finish(engine):
    changes = [
        Change(at_s=5, what="handlers", to=0),
        Change(at_s=40, what="handlers", to=1),
    ]
    run = day(engine, listeners=2, changes=changes)
    assert joined(run) == [10, 50]
    # Who is still busy counts as capacity: 0-5 present, 5-10 busy, 40-100 present.
    assert run.seconds["capacity_s"].sum() == 10 + 60


def test_handlers_that_are_sent_away_while_others_are_lost_are_counted_once(engine):
    run = day(
        engine,
        listeners=4,
        handlers=3,
        service=20,
        faults=[HandlersLost(at_s=0, lasts_s=25, handlers=2)],
        changes=[Change(at_s=5, what="handlers", to=2)],
    )
    # Present: 3 - 2 = 1 at first, 2 - 2 = 0 from 5 on, 2 from 25. The first is served 0-20; two more 25-45; then 45-65.
    assert joined(run) == [20, 45, 45, 65]


def test_a_shorter_queue_keeps_who_is_in_it_and_refuses_the_next(engine):
    run = day(
        engine,
        come=[0, 1, 2, 8],
        changes=[Change(at_s=7, what="queue_limit", to=1)],
        retries=Retries(most=1),
    )
    # Two wait when the limit becomes one, and go on waiting; whoever comes at 8 is refused.
    assert joined(run) == [10, 20, 30, None]
    assert run.seconds["queue"][[6, 7, 9]].tolist() == [2, 2, 2]
    assert refused(run) == {"full": 1}


def test_a_limit_that_is_lifted_lets_everybody_wait(engine):
    run = day(
        engine,
        come=[0, 1, 2, 8],
        queue_limit=0,
        changes=[Change(at_s=6.5, what="queue_limit", to=None)],
    )
    # Refused at 1, 2, back at 6 (refused) and 7 (waits from then), 8 waits, and 11 waits: taken in this order.
    assert joined(run) == [10, 40, 20, 30]


def test_dead_requests_are_skipped_from_the_moment_at_which_it_was_decided(engine):
    rules = dict(timeout_s=5, retries=Retries(most=1), listeners=5)
    run = day(engine, changes=[Change(at_s=15, what="drops_dead", to=True)], **rules)
    # All are dead from 5. 0-10 and 10-20 are served, dead; at 20 the other three are skipped.
    assert run.seconds["dead_services"].sum() == 2
    assert run.seconds["queue"][[14, 15, 19, 20]].tolist() == [3, 3, 3, 0]
    again = [
        Change(at_s=0, what="drops_dead", to=True),
        Change(at_s=7, what="drops_dead", to=False),
    ]
    assert day(engine, changes=again, **rules).seconds["dead_services"].sum() == 5


def test_the_last_listed_change_of_one_moment_wins(engine):
    changes = [
        Change(at_s=5, what="handlers", to=3),
        Change(at_s=5, what="handlers", to=1),
    ]
    assert joined(day(engine, listeners=2, changes=changes)) == [10, 20]


def test_of_two_timetables_the_last_listed_wins(engine):
    plans = [Timetable(changes=[Change(at_s=5, what="handlers", to=to)]) for to in (3, 1)]
    assert joined(day(engine, listeners=2, controllers=plans)) == [10, 20]
    assert joined(day(engine, listeners=2, controllers=plans[::-1])) == [10, 15]


def test_changes_of_one_moment_act_together_in_whatever_order_they_are_listed(engine):
    both = [
        Change(at_s=13, what="handlers", to=3),
        Change(at_s=13, what="drops_dead", to=True),
    ]
    rules = dict(listeners=5, timeout_s=12, retries=Retries(most=1))
    one, two = (day(engine, changes=order, **rules) for order in (both, both[::-1]))
    # Served at 0-10; 10-20 dead from 12; at 13 the other three are dead and skipped.
    assert one.seconds["dead_work_s"].sum() == two.seconds["dead_work_s"].sum() == 10
    assert one.same_as(dataclasses.replace(two, actions=one.actions))


def test_a_change_before_the_account_begins_holds_from_its_beginning(engine):
    changes = [
        Change(at_s=-3000, what="queue_limit", to=5),
        Change(at_s=-3000, what="handlers", to=9),
        Change(at_s=-2000, what="handlers", to=2),
    ]
    assert joined(day(engine, listeners=4, changes=changes)) == [10, 10, 20, 20]


def test_a_change_at_the_last_moment_is_made_and_a_later_one_is_not(engine):
    changes = [Change(at_s=at, what="queue_limit", to=at) for at in (60, 61)]
    assert done(day(engine, changes=changes, ends=60)) == [(60, 0, "queue_limit", 60)]


def test_what_was_done_is_written_down_with_its_time_and_who_did_it(engine):
    plans = [
        Timetable(changes=[Change(at_s=20, what="handlers", to=4)]),
        Timetable(
            changes=[
                Change(at_s=7.5, what="queue_limit", to=None),
                Change(at_s=7.5, what="discipline", to="lifo"),
                Change(at_s=8, what="discipline", to="fifo"),
                Change(at_s=9, what="drops_dead", to=True),
                Change(at_s=9, what="retry_budget", to=0.25),
                Change(at_s=10, what="retry_after_s", to=None),
            ]
        ),
    ]
    # No limit is inf; yes and lifo are 1, no and fifo 0. Handlers that a timetable opens serve at once.
    assert done(day(engine, controllers=plans)) == [
        (7.5, 1, "queue_limit", math.inf),
        (7.5, 1, "discipline", 1),
        (8, 1, "discipline", 0),
        (9, 1, "drops_dead", 1),
        (9, 1, "retry_budget", 0.25),
        (10, 1, "retry_after_s", math.inf),
        (20, 0, "handlers", 4),
        (20, 0, "serving", 4),
    ]


def test_where_nobody_acts_nothing_is_written_down(engine):
    assert done(day(engine)) == []
