"""Seats: kept for people on their way, freed, and one listener too many. By hand, in both engines."""

import numpy as np
import pytest

from loadbearing import Change, HandlersLost, Patience, Restart, Retries, WaitingRoom
from loadbearing.run import Moment, Outcome, Reason
from tests.by_hand import ENGINES, after, day, joined, moments, refused, sent, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)

KEEPS = WaitingRoom(admits_per_s=1, seats_aware=True)
"""Lets one through each second at most, as long as a seat can be kept for them."""


def level(run, name, *seconds):
    """Return a level at the ends of these seconds."""
    return run.seconds[name][list(seconds)].tolist()


# ------------------------------------------------------------------------------ Seats kept


def test_nobody_is_let_through_while_every_seat_is_taken_or_kept(engine):
    run = day(engine, waiting_room=KEEPS, seats=2, handlers=5)
    # Let through at 0 and at 1, a seat is kept for each until they sit at 10 and 11. Nobody leaves: the third waits.
    assert times(run, "first_sent") == [0, 1, None]
    assert joined(run) == [10, 11, None]
    assert level(run, "reserved", 0, 1, 9, 10, 11) == [1, 2, 2, 1, 0]
    assert level(run, "inside", 9, 10, 11) == [0, 1, 2]
    assert refused(run) == {}
    assert run.seconds["reserved_s"].sum() == 10 + 10


def test_a_leaver_makes_room_for_the_next_in_line(engine):
    run = day(engine, waiting_room=KEEPS, seats=1, handlers=5, stays_mean_s=20, ends=900)
    left, came = times(run, "left"), times(run, "first_sent")
    # The next is let through at the very moment at which the one before leaves.
    assert came == [0, left[0], left[1]]


def test_a_time_out_frees_the_seat_though_the_dead_request_is_still_served(engine):
    run = day(engine, listeners=2, waiting_room=KEEPS, seats=1, handlers=2, timeout_s=5, ends=12)
    # The first is let through at 0 and gone at 5; its service goes on until 10. The second is let through at 5.
    assert times(run, "first_sent") == [0, 5]
    assert run.seconds["dead_work_s"][10] == 10
    # Its seat is free at 10, when it has gone: the first, in line again, is let through.
    assert sent(run, 0) == [0, 10]


def test_a_free_seat_does_not_hurry_the_rate(engine):
    slow = WaitingRoom(admits_per_s=0.1, seats_aware=True)
    run = day(engine, listeners=2, waiting_room=slow, seats=1, handlers=2, timeout_s=5, ends=12)
    assert times(run, "first_sent") == [0, 10]


def test_a_refusal_frees_the_seat(engine):
    run = day(engine, waiting_room=KEEPS, seats=2, queue_limit=0, retries=Retries(most=1))
    # A seat is kept for the first, in service. The second is let through at 1 and refused; so the third is let through
    # at 2.
    assert times(run, "first_sent") == [0, 1, 2]
    assert level(run, "reserved", 0, 1, 2, 10) == [1, 1, 1, 0]
    assert refused(run) == {"full": 2}


def test_lost_patience_frees_the_seat(engine):
    run = day(
        engine,
        come=[0, 1],
        waiting_room=KEEPS,
        seats=1,
        faults=[HandlersLost(at_s=0, lasts_s=100, handlers=1)],
        patience=Patience(kind="fixed", mean_s=4),
    )
    # The first is let through at 0 and waits in the queue until 4; then the second is, until 5.
    assert times(run, "first_sent") == [0, 4]
    assert times(run, "left") == [4, 5]
    assert level(run, "reserved", 0, 3, 4, 5) == [1, 1, 1, 0]


def test_a_kept_seat_is_taken_for_everybody_else(engine):
    room = WaitingRoom(admits_per_s=1, opens_s=5, seats_aware=True)
    run = day(engine, come=[0, 6], waiting_room=room, seats=1, handlers=2, ends=20)
    # The first went straight to the door, before the room opened, and is served at 10: the only seat is kept for the
    # second, who sits at 16.
    assert joined(run) == [None, 16]
    assert refused(run) == {"no_seat": 1}
    assert moments(run, 0, Moment.REFUSED_NO_SEAT) == [10]


def test_closing_the_room_keeps_no_seats(engine):
    closes = [Change(at_s=3, what="waiting_room", to=False)]
    run = day(engine, waiting_room=KEEPS, seats=1, handlers=5, changes=closes, ends=14)
    # The first has its seat kept; at 3 both others go to the door. All are served; one seat.
    assert times(run, "first_sent") == [0, 3, 3]
    assert joined(run) == [10, None, None]
    assert refused(run) == {"no_seat": 2}
    assert level(run, "reserved", 0, 3, 9, 10) == [1, 1, 1, 0]


def test_a_room_that_keeps_no_seats_lets_everybody_through(engine):
    run = day(engine, waiting_room=WaitingRoom(admits_per_s=1), seats=1, handlers=5, ends=13)
    assert times(run, "first_sent") == [0, 1, 2]
    assert refused(run) == {"no_seat": 2}


def test_a_restart_frees_seats_kept_and_taken(engine):
    run = day(engine, listeners=2, waiting_room=KEEPS, seats=1, faults=[Restart(at_s=3, lasts_s=0)])
    # The first, in service, is refused at 3 and its seat is free; the second is let through at 3 and sits at 13.
    assert times(run, "first_sent") == [0, 3]
    assert joined(run) == [None, 13]
    run = day(
        engine, listeners=2, waiting_room=KEEPS, seats=1, faults=[Restart(at_s=30, lasts_s=0)]
    )
    # The first sits from 10 until it is disconnected at 30; the second is let through then, and the first, back in line
    # at 35, finds no seat to keep.
    assert joined(run) == [10, 40]
    assert times(run, "last_joined") == [10, 40]
    assert run.listeners["outcome"].tolist() == [Outcome.STILL_TRYING, Outcome.IN]
    assert run.listeners["attempts"].tolist() == [2, 1]


# ------------------------------------------------------------------------------ One too many


def test_of_two_who_are_served_at_one_moment_the_first_takes_the_last_seat(engine):
    run = day(engine, listeners=2, handlers=2, seats=1, retries=Retries(most=1))
    assert joined(run) == [10, None]


def test_one_too_many_brings_a_stage_down_that_collapses(engine):
    run = day(engine, seats=1, restart_s=20, ends=55)
    # The first sits at 10. The second, served 10-20, is one too many: it is refused, the first is disconnected, the
    # third, in the queue, is refused by the restart. The door is shut 20-40: all three are refused at 25, 30 and 35,
    # and at 40 find it open. 40-50 the first, which sits again; the second is in service, the third in the queue.
    assert joined(run) == [10, None, None]
    assert times(run, "last_joined") == [50, None, None]
    assert refused(run) == {"no_seat": 1, "restart": 1, "shut": 9}
    assert [sent(run, i) for i in range(3)] == [[0, 25, 30, 35, 40]] * 3
    assert run.listeners["times_disconnected"].tolist() == [1, 0, 0]
    assert run.seconds["disconnected"][20] == 1
    assert level(run, "inside", 9, 10, 19, 20, 49, 50) == [0, 1, 1, 0, 0, 1]


def test_a_collapse_cuts_services_off_and_refuses_their_clients(engine):
    run = day(engine, come=[0, 4, 6], handlers=3, seats=1, restart_s=0, ends=18)
    # 0-10, 4-14, 6-16. The second is one too many at 14, when the third has been served for eight seconds.
    assert refused(run) == {"no_seat": 1, "restart": 1}
    assert run.seconds["cut_services"][14] == 1
    assert run.seconds["cut_work_s"].sum() == 8
    assert level(run, "busy", 13, 14) == [2, 0]
    # The second's service had ended: ten seconds of work, like the first's.
    assert run.seconds["work_s"].sum() == 20


def test_a_kept_seat_is_taken_for_one_too_many_as_well(engine):
    room = WaitingRoom(admits_per_s=1, opens_s=5, seats_aware=True)
    rules = dict(come=[0, 6], handlers=2, seats=1, restart_s=0, waiting_room=room)
    run = day(engine, ends=14, **rules)
    # The first went to the door before the room opened. When it is served, at 10, nobody is inside, but the only seat
    # is kept for the second: one too many. The second, in service since 6, is refused by the restart.
    assert refused(run) == {"no_seat": 1, "restart": 1}
    assert run.seconds["cut_work_s"].sum() == 4
    assert level(run, "reserved", 9, 10) == [1, 0]


def test_a_stage_without_a_seat_collapses_at_the_first_join(engine):
    run = day(engine, listeners=1, seats=0, restart_s=7, ends=19)
    # Served until 10, one too many; shut until 17; refused at 15. (At 20 it would find the door open.)
    assert refused(run) == {"no_seat": 1, "shut": 1}
    assert joined(run) == [None]


def test_a_stage_may_collapse_again_and_again(engine):
    run = day(engine, listeners=2, handlers=2, seats=1, restart_s=0, ends=59)
    # Both are served at 10, 25, 40, 55; each time the first sits and the second is one too many.
    assert run.seconds["disconnected"].nonzero()[0].tolist() == [10, 25, 40, 55]
    assert run.listeners["times_disconnected"].tolist() == [4, 0]
    assert run.listeners["attempts"].tolist() == [4, 4]
    assert run.seconds["joins"].sum() == 4


def test_a_stage_that_refuses_does_nothing_but_refuse(engine):
    run = day(engine, seats=1, ends=24)
    assert refused(run) == {"no_seat": 1}
    assert level(run, "inside", 19, 20, 23) == [1, 1, 1]


# ------------------------------------------------------------------------------ After a disconnection


def test_a_new_effort_begins_and_the_disconnection_is_its_first_failure(engine):
    run = day(
        engine,
        listeners=2,
        queue_limit=0,
        faults=[Restart(at_s=30, lasts_s=0)],
        retries=Retries(base_s=2, cap_s=60, jitter="none"),
        ends=60,
    )
    # 0-10 the first. The second is refused at 0, 2, 6; at 14 it is served, 14-24. Both are disconnected at 30; after a
    # first failure the pause is 2 seconds. At 32 the first is served, 32-42; the second is refused, its second failure:
    # 4 seconds, refused at 36; 8 seconds, served 44-54.
    assert [sent(run, i) for i in (0, 1)] == [[0, 32], [0, 2, 6, 14, 32, 36, 44]]
    assert joined(run) == [10, 24]
    assert times(run, "last_joined") == [42, 54]
    assert run.listeners["joined_attempt"].tolist() == [1, 4]
    assert run.listeners["attempts"].tolist() == [2, 7]
    assert run.listeners["times_disconnected"].tolist() == [1, 1]
    assert run.listeners["outcome"].tolist() == [Outcome.IN] * 2


def test_attempts_are_counted_anew(engine):
    run = day(
        engine,
        listeners=2,
        queue_limit=0,
        faults=[Restart(at_s=30, lasts_s=70)],
        retries=after(5, most=3),
    )
    # The second is in with its third and last attempt (0, 5, 10). Both are disconnected at 30: that is failure one.
    # Refused at 35 and 40 by the shut door: three. Who joined once and then gives up has left, for a reason.
    assert run.listeners["attempts"].tolist() == [3, 5]
    assert run.listeners["outcome"].tolist() == [Outcome.LEFT] * 2
    assert run.listeners["reason"].tolist() == [Reason.ATTEMPTS] * 2
    assert times(run, "left") == [40, 40]
    assert run.seconds["did_not_return"][40] == 2
    assert run.seconds["gave_up"].sum() == run.seconds["leavers"].sum() == 0


def test_who_may_try_only_once_does_not_come_back(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=20, lasts_s=0)], retries=Retries(most=1))
    assert times(run, "left") == [20]
    assert run.listeners["outcome"][0] == Outcome.LEFT
    assert run.listeners["reason"][0] == Reason.ATTEMPTS
    assert run.listeners["attempts"][0] == 1


def test_patience_starts_anew_with_the_same_length(engine):
    run = day(
        engine,
        listeners=2,
        faults=[Restart(at_s=30, lasts_s=70)],
        patience=Patience(kind="fixed", mean_s=12),
    )
    # The second waited for ten of its twelve seconds. From 30 on both have twelve.
    assert joined(run) == [10, 20]
    assert times(run, "left") == [42, 42]
    assert run.listeners["reason"].tolist() == [Reason.PATIENCE] * 2
    assert run.listeners["outcome"].tolist() == [Outcome.LEFT] * 2
    assert run.seconds["ran_out_of_patience"].sum() == run.seconds["did_not_return"].sum() == 2


def test_drawn_patience_is_drawn_once(engine):
    rules = dict(
        listeners=20, handlers=20, ends=1000, patience=Patience(kind="exponential", mean_s=40)
    )
    shut = day(engine, faults=[Restart(at_s=0, lasts_s=1000)], **rules)
    in_and_out = day(engine, faults=[Restart(at_s=30, lasts_s=970)], **rules)
    # Refused from 0 on, each leaves when their patience ends; in at 10 and disconnected at 30, 30 seconds later.
    assert joined(in_and_out) == [10] * 20
    assert in_and_out.listeners["left"] == pytest.approx(shut.listeners["left"] + 30)
    assert len(np.unique(shut.listeners["left"])) == 20


def test_a_stay_is_drawn_anew_for_each_join(engine):
    rules = dict(listeners=20, handlers=20, ends=2000, stays_mean_s=100)
    calm = day(engine, **rules).listeners
    run = day(engine, faults=[Restart(at_s=10.5, lasts_s=0)], **rules).listeners
    back = run["times_disconnected"] == 1
    assert back.sum() > 10
    # In at 10 or, disconnected at 10.5, at 25.5. A second stay as long as the first would have the same length.
    assert set(run["last_joined"][back].tolist()) == {25.5}
    second, first = (run["left"] - run["last_joined"])[back], (calm["left"] - calm["joined"])[back]
    assert (np.abs(second - first) > 1e-6).all()


def test_who_is_still_trying_at_the_end_has_been_in_all_the_same(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=30, lasts_s=500)])
    assert joined(run) == [10]
    assert run.listeners["outcome"][0] == Outcome.STILL_TRYING
    assert times(run, "left") == [None]
    # Sent at 0 and, from 35 to the end, every five seconds.
    assert run.listeners["attempts"][0] == 1 + 14
