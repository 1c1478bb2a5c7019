"""Equal times: what happens first when two things happen at one moment. By hand, in both engines.

The order is: faults and controllers, service end, time-out, patience, leaving the stage, admission, request (foreign
first); among equals by listener, then by attempt. Drawn times meet whole ones where they are rounded up to ticks.
"""

import pytest

from loadbearing import (
    Change,
    ForeignLoad,
    HandlersLost,
    Patience,
    Restart,
    Retries,
    ServiceSlowed,
    WaitingRoom,
)
from loadbearing.run import Moment, Outcome, Reason
from tests.by_hand import ENGINES, after, day, joined, moments, refused, sent, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)

# ------------------------------------------------------------------------------ Faults and controllers first


def test_a_restart_comes_before_a_service_that_would_end_then(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=10, lasts_s=0)])
    # Ten seconds of service, cut off; refused at 10, back at 15.
    assert run.seconds["cut_work_s"].sum() == 10
    assert joined(run) == [25]


def test_a_restart_comes_before_a_time_out_and_before_patience(engine):
    restart = [Restart(at_s=8, lasts_s=0)]
    run = day(engine, listeners=1, timeout_s=8, faults=restart)
    assert refused(run) == {"restart": 1}
    assert run.seconds["time_outs"][8] == 0
    lost = HandlersLost(at_s=0, lasts_s=50, handlers=1)
    patience = Patience(kind="fixed", mean_s=8)
    run = day(engine, listeners=1, patience=patience, faults=[lost, *restart])
    # Refused at 8, and then out of patience, in a pause that has only just begun.
    assert refused(run) == {"restart": 1}
    assert times(run, "left") == [8]


def test_a_restart_comes_before_the_end_of_a_stay(engine):
    rules = dict(listeners=1, tick_s=10, stays_mean_s=0.5)
    # A stay of about half a second is rounded up to one tick: 10-20.
    assert times(day(engine, **rules), "left") == [20]
    run = day(engine, faults=[Restart(at_s=20, lasts_s=0)], ends=25, **rules)
    assert moments(run, 0, Moment.JOINED, Moment.DISCONNECTED, Moment.LEFT) == [10, 20]
    assert run.seconds["leavers"].sum() == 0


def test_a_change_comes_before_whatever_else_happens_then(engine):
    lifo = Change(at_s=10, what="discipline", to="lifo")
    assert joined(day(engine, changes=[lifo])) == [10, 30, 20]
    shorter = Change(at_s=4, what="queue_limit", to=0)
    run = day(engine, come=[0, 4], changes=[shorter], retries=Retries(most=1))
    assert refused(run) == {"full": 1}


def test_a_slow_stretch_that_begins_when_another_ends_leaves_no_gap_and_no_overlap(engine):
    faults = [
        ServiceSlowed(at_s=10, lasts_s=20, factor=3),
        ServiceSlowed(at_s=0, lasts_s=10, factor=2),
    ]
    for order in (faults, faults[::-1]):
        # Started at 0: 20 seconds. Started at 20: 30 seconds. Started at 50: ten.
        assert joined(day(engine, faults=order)) == [20, 50, 60]
    run = day(engine, service=5, faults=faults)
    # Started at 0: 10. Started at exactly 10: 15, until 25. Started at 25: 15, until 40.
    assert joined(run) == [10, 25, 40]


def test_all_faults_and_changes_of_one_moment_are_made_before_anybody_is_served(engine):
    faults = [
        HandlersLost(at_s=0, lasts_s=5, handlers=1),
        HandlersLost(at_s=5, lasts_s=5, handlers=1),
    ]
    changes = [
        Change(at_s=10, what="handlers", to=2),
        Change(at_s=10, what="discipline", to="lifo"),
    ]
    # Nobody is served at 5, when one loss ends and another begins; at 10 two handlers take the newest.
    assert joined(day(engine, faults=faults, changes=changes)) == [30, 20, 20]


# ------------------------------------------------------------------------------ Service end, time-out, patience


def test_a_service_end_comes_before_a_time_out(engine):
    # For the client in service: answered in time.
    assert joined(day(engine, listeners=1, timeout_s=10)) == [10]
    # For the client in the queue: taken at 10, and gone at 10, with the whole service before it, dead. Had it gone
    # first, its request would have been skipped.
    run = day(engine, listeners=2, timeout_s=10, drops_dead=True, retries=Retries(most=1))
    assert moments(run, 1, Moment.SERVED, Moment.TIMED_OUT) == [10, 10]
    assert run.seconds["dead_work_s"].sum() == run.seconds["dead_after_s"].sum() == 10


def test_a_service_end_comes_before_patience(engine):
    run = day(engine, listeners=2, seats=1, patience=Patience(kind="fixed", mean_s=10), ends=50)
    # The second is taken at 10 with no patience left; it stands still until the service ends at 20, without a seat.
    assert moments(run, 1, Moment.SERVED, Moment.REFUSED_NO_SEAT, Moment.GAVE_UP) == [10, 20, 20]
    assert run.listeners["reason"][1] == Reason.PATIENCE


def test_a_service_end_comes_before_a_leaver(engine):
    rules = dict(listeners=2, seats=1, tick_s=10, stays_mean_s=0.5, retries=Retries(most=1))
    # The first sits 10-20. The second is served at 20, when the seat is still taken.
    run = day(engine, **rules)
    assert times(run, "left") == [20, 20]
    assert run.listeners["outcome"].tolist() == [Outcome.LEFT, Outcome.GAVE_UP]


def test_a_service_end_comes_before_a_request(engine):
    assert joined(day(engine, come=[0, 10, 20], queue_limit=0)) == [10, 20, 30]


def test_a_time_out_comes_before_patience(engine):
    lost = [HandlersLost(at_s=0, lasts_s=50, handlers=1)]
    rules = dict(listeners=1, timeout_s=8, patience=Patience(kind="fixed", mean_s=8), faults=lost)
    run = day(engine, **rules)
    assert moments(run, 0, Moment.TIMED_OUT, Moment.GAVE_UP) == [8, 8]
    assert run.listeners["reason"][0] == Reason.PATIENCE
    # With one attempt only, the time-out has used it up.
    run = day(engine, retries=Retries(most=1), **rules)
    assert run.listeners["reason"][0] == Reason.ATTEMPTS


def test_patience_comes_before_an_admission_and_before_a_request(engine):
    patience = Patience(kind="fixed", mean_s=5)
    run = day(engine, listeners=2, patience=patience, waiting_room=WaitingRoom(admits_per_s=0.2))
    # The second would be let through at 5.
    assert times(run, "left") == [None, 5]
    assert times(run, "first_sent") == [0, None]
    run = day(engine, listeners=2, patience=patience, queue_limit=0)
    # The second would be back at 5.
    assert times(run, "left") == [None, 5]
    assert run.listeners["attempts"].tolist() == [1, 1]


# ------------------------------------------------------------------------------ Leaving, admission, requests


def test_a_leaver_comes_before_a_request(engine):
    room = WaitingRoom(admits_per_s=1, seats_aware=True)
    rules = dict(seats=1, tick_s=10, stays_mean_s=0.5, handlers=2)
    run = day(engine, come=[0, 20], waiting_room=room, **rules)
    # The seat is free at 20; whoever comes at 20 is let through at once.
    assert times(run, "first_sent") == [0, 20]


def test_an_admission_comes_before_a_foreign_request(engine):
    burst = ForeignLoad(at_s=0, lasts_s=1, per_s=5)
    run = day(
        engine,
        listeners=2,
        service=5,
        tick_s=5,
        faults=[burst],
        waiting_room=WaitingRoom(admits_per_s=0.2),
    )
    # Drawn times are rounded up: every foreign request comes at exactly 5. So does the second, from the waiting room.
    assert run.seconds["foreign_requests"][5] == run.seconds["foreign_requests"].sum() > 1
    assert joined(run) == [5, 10]


def test_a_foreign_request_comes_before_a_listener_s(engine):
    burst = ForeignLoad(at_s=0, lasts_s=1, per_s=5)
    run = day(engine, come=[5], tick_s=5, faults=[burst])
    came = run.seconds["foreign_requests"][5]
    assert came > 1
    assert joined(run) == [5 + 10 * (came + 1)]


def test_requests_come_in_order_of_listener_whichever_attempt(engine):
    run = day(engine, come=[0, 0, 5], service=5, queue_limit=0)
    # At 5 the handler is free. The second, back for the second time, comes before the third, who comes for the first.
    assert joined(run) == [5, 10, 15]


def test_services_that_end_together_end_in_order_of_listener(engine):
    run = day(engine, listeners=4, handlers=4, service=5, seats=3, retries=Retries(most=1))
    assert joined(run) == [5, 5, 5, None]


def test_what_an_event_sets_off_happens_before_the_next_event(engine):
    hurry = ServiceSlowed(at_s=5, lasts_s=0.5, factor=0.25)
    run = day(engine, come=[0, 5, 6, 7], handlers=2, contention=1, faults=[hurry])
    # The first is served for ten seconds, the second, one of two busy, for 10 x 2 x .25 = 5: both until 10. When the
    # first is done the third starts while the second is still busy: twice ten seconds. So does the fourth.
    assert joined(run) == [10, 10, 30, 30]


def test_time_outs_of_one_moment_come_in_order_of_listener(engine):
    run = day(
        engine, listeners=3, service=50, timeout_s=5, queue_limit=3, retries=after(5), ends=10
    )
    # All three leave at 5 and are back at 10: two dead requests wait, so one of the three finds a place: the first.
    assert [sent(run, i) for i in range(3)] == [[0, 10]] * 3
    assert moments(run, 0, Moment.WAITING) == [10]
    assert refused(run) == {"full": 2}


# ------------------------------------------------------------------------------ The last moment


def test_everything_at_the_last_moment_happens(engine):
    # A service ends and the next begins, a request is sent, a change is made, a restart happens.
    run = day(engine, come=[0, 0, 10], ends=10)
    assert joined(run) == [10, None, None]
    assert moments(run, 1, Moment.SERVED) == sent(run, 2) == [10]
    assert times(day(engine, patience=Patience(kind="fixed", mean_s=9), ends=9), "left")[1:] == [
        9,
        9,
    ]
    run = day(engine, listeners=1, faults=[Restart(at_s=30, lasts_s=0)], ends=30)
    assert run.listeners["outcome"][0] == Outcome.STILL_TRYING
    assert run.seconds["disconnected"][29] == 1
    run = day(engine, listeners=3, waiting_room=WaitingRoom(admits_per_s=0.1), ends=20)
    assert times(run, "first_sent") == [0, 10, 20]


def test_whoever_would_come_later_is_set_apart(engine):
    run = day(engine, come=[0, 20, 20.5, 30], ends=20)
    assert run.listeners["outcome"].tolist()[2:] == [Outcome.AFTER_THE_END] * 2
    assert run.listeners["attempts"].tolist() == [1, 1, 0, 0]
    assert run.seconds["arrivals"].sum() == 2
    assert times(run, "arrived") == [0, 20, 20.5, 30]
