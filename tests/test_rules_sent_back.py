"""Refusals: what is checked first, what Retry-After asks for, what the budget counts. By hand, in both engines."""

import numpy as np
import pytest

from loadbearing import Change, Restart, Retries, WaitingRoom
from loadbearing.run import Outcome
from tests.by_hand import ENGINES, after, day, joined, refused, sent

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def seconds_of(run, kind):
    """Return {second: how many were refused for this reason in it}."""
    counts = run.seconds[f"refused_{kind}"]
    return {int(second): int(counts[second]) for second in counts.nonzero()[0]}


# ------------------------------------------------------------------------------ Retry-After


def test_a_refusal_asks_for_a_longer_pause(engine):
    # The second is refused at 0. Asked for 12 seconds it is back at 12, where the handler is free.
    assert joined(day(engine, listeners=2, queue_limit=0, retry_after_s=12)) == [10, 22]
    # Its own pause is longer: back at 20.
    rules = dict(listeners=2, queue_limit=0, retry_after_s=12, retries=after(20))
    assert joined(day(engine, **rules)) == [10, 30]


def test_a_shut_door_asks_too(engine):
    # The door is shut 3-7. Refused at 4, back at 4 + 12.
    shut = Restart(at_s=3, lasts_s=4)
    assert joined(day(engine, come=[4], faults=[shut], retry_after_s=12)) == [26]
    assert joined(day(engine, come=[4], faults=[shut])) == [19]


def test_a_restart_asks_those_in_service_and_those_in_the_queue(engine):
    run = day(engine, listeners=2, faults=[Restart(at_s=3, lasts_s=0)], retry_after_s=12)
    assert refused(run) == {"restart": 2}
    assert [sent(run, i) for i in (0, 1)] == [[0, 15], [0, 15]]


def test_a_full_stage_asks_too(engine):
    run = day(engine, listeners=1, seats=0, retry_after_s=12, ends=30)
    # Served until 10, no seat, back at 22.
    assert sent(run, 0) == [0, 22]


def test_a_budget_asks_too(engine):
    rules = dict(listeners=2, service=100, timeout_s=5, retries=after(10), retry_budget=0, ends=33)
    # Both leave at 5 and are back at 15, when no first attempt is left in the window. One later attempt is let in, for
    # 0 > 0 is false; the other is refused, for 1 > 0. Asked for 18 seconds, it is back at 33 (and refused again, for
    # the first left at 20 and was let in once more at 30).
    run = day(engine, retry_after_s=18, **rules)
    assert refused(run) == {"budget": 2}
    assert sent(run, 1) == [0, 15, 33]


def test_a_time_out_asks_for_nothing(engine):
    run = day(engine, listeners=1, timeout_s=4, retry_after_s=60, ends=30)
    # Sent at 0, gone at 4, back at 9; the handler is busy with its own dead request until 10, then until 20.
    assert sent(run, 0) == [0, 9, 18, 27]


def test_a_disconnection_asks_for_nothing(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=30, lasts_s=0)], retry_after_s=60)
    # In at 10, disconnected at 30, back after its own five seconds.
    assert sent(run, 0) == [0, 35]


def test_all_who_honour_it_come_back_in_step(engine):
    retries = Retries(most=2, backoff="fixed", base_s=20, cap_s=20, jitter="full")
    rules = dict(listeners=201, service=5000, queue_limit=0, retries=retries)
    run = day(engine, retry_after_s=8, **rules)
    back = np.array([sent(run, i)[1] for i in range(1, 201)])
    # Their own pauses are uniform between 0 and 20; two fifths are shorter than 8, give or take sqrt(200 x .4 x .6) =
    # 7, and are raised to exactly 8. Nothing jitters the 8.
    assert back.min() == 8
    assert (back == 8).sum() == pytest.approx(80, abs=35)
    assert 15 < back.max() <= 20


def test_who_does_not_honour_it_keeps_their_own_pause(engine):
    for retries in (after(5, honours_retry_after=False), after(50, quick_share=1.0)):
        rules = dict(listeners=2, queue_limit=0, round_trip_s=5, retries=retries)
        assert sent(day(engine, retry_after_s=12, **rules), 1) == [0, 5, 10]


def test_what_is_asked_is_what_was_in_force_when_refused(engine):
    changes = [
        Change(at_s=6, what="retry_after_s", to=30),
        Change(at_s=9, what="retry_after_s", to=None),
    ]
    rules = dict(come=[0, 0, 8, 9.5], service=9.75, queue_limit=0, retry_after_s=12)
    run = day(engine, changes=changes, **rules)
    # Refused at 0 under 12: back at 12, served until 21.75. Refused at 8 under 30: back at 38. Refused at 9.5 under
    # nothing: back after five seconds, at 14.5 and 19.5 and, the handler free, at 24.5.
    assert [sent(run, i) for i in (1, 2, 3)] == [[0, 12], [8, 38], [9.5, 14.5, 19.5, 24.5]]


def test_a_restart_asks_before_a_change_of_the_same_moment(engine):
    later = Change(at_s=5, what="retry_after_s", to=30)
    run = day(
        engine, changes=[later], faults=[Restart(at_s=5, lasts_s=0)], retry_after_s=12, ends=20
    )
    # Faults come first: all are refused under 12, and back at 17.
    assert [sent(run, i) for i in range(3)] == [[0, 17]] * 3


# ------------------------------------------------------------------------------ The retry budget


def test_a_budget_lets_in_later_attempts_up_to_its_share_of_first_ones(engine):
    rules = dict(service=100, timeout_s=2, retries=after(2), retry_budget=0.5)
    run = day(engine, listeners=3, ends=14, **rules)
    # Three first attempts at 0, so 1.5 may follow. All leave at 2 and are back at 4: 0 > 1.5 no, 1 > 1.5 no, 2 > 1.5
    # yes: the third is refused, and again at 6. First and second leave again at 6 and are refused at 8, all three at 10
    # and at 12. At 14 the two that were let in at 4 have fallen out of the window (4, 14]: one gets in.
    assert seconds_of(run, "budget") == {4: 1, 6: 1, 8: 3, 10: 3, 12: 3, 13: 2}
    assert sent(run, 0) == [0, 4, 8, 10, 12, 14]


def test_a_budget_is_exceeded_by_more_than_its_share_not_by_as_much(engine):
    rules = dict(service=100, timeout_s=2, retries=after(2), retry_budget=0.5)
    run = day(engine, listeners=4, ends=4, **rules)
    # Four first attempts, two may follow: 0, 1 and 2 > 2 are false, so three get in; 3 > 2, the fourth does not.
    assert refused(run) == {"budget": 1}


def test_first_attempts_of_ten_seconds_ago_count_no_more(engine):
    # Both leave at 5. Back at 9 the two first attempts of second 0 are in the window (-1, 9]: 1 > 2 is false.
    rules = dict(listeners=2, service=100, timeout_s=5, retry_budget=1)
    assert refused(day(engine, retries=after(4), ends=9, **rules)) == {}
    # Back at 10 they are not, the window being (0, 10]: the first is let in, 0 > 0; the second is not, 1 > 0.
    assert refused(day(engine, retries=after(5), ends=10, **rules)) == {"budget": 1}


def test_refused_first_attempts_count_refused_later_ones_do_not_and_a_free_handler_does_not_help(
    engine,
):
    rules = dict(service=1, queue_limit=0, retries=after(3), retry_budget=0.25)
    run = day(engine, listeners=4, **rules)
    # Four first attempts at 0, three of them refused; all count, so one may follow.
    #  3: the second is let in and served 3-4; third and fourth pass the budget (1 > 1 is false), but the door is full.
    #  6: the third is let in, for what was refused at 3 does not count; the fourth is refused: 2 > 1.
    #  9: refused, 2 > 1, though the handler is free. 12: the window (2, 12] holds no first attempt: 2 > 0.
    # 15: (5, 15] holds the one let in at 6: 1 > 0. 18: 0 > 0 is false, served 18-19.
    assert joined(run) == [1, 4, 7, 19]
    assert seconds_of(run, "full") == {0: 3, 3: 2}
    assert seconds_of(run, "budget") == {6: 1, 9: 1, 12: 1, 15: 1}


def test_first_attempts_at_a_shut_door_count(engine):
    rules = dict(service=1, queue_limit=0, retries=after(3), retry_budget=0.25)
    run = day(engine, listeners=4, faults=[Restart(at_s=0, lasts_s=2)], ends=6, **rules)
    # All four are refused at 0 and count, so one may follow. At 3 the first is let in, the others find the door full.
    # At 6 the second is let in, for 1 > 1 is false; third and fourth are not.
    assert joined(run) == [4, None, None, None]
    assert seconds_of(run, "shut") == {0: 4}
    assert refused(run) == {"shut": 4, "full": 3, "budget": 2}


def test_first_attempts_count_when_they_reach_the_door_not_the_waiting_room(engine):
    room = WaitingRoom(admits_per_s=0.25)
    rules = dict(service=100, timeout_s=1, retries=after(1), retry_budget=1)
    run = day(engine, waiting_room=room, ends=20, **rules)
    # First attempts are let through at 0, 4 and 8; each leaves a second later and stands in line again after another.
    # At 12 the window (2, 12] holds two first attempts: 0 > 2 is false. At 16, (6, 16] holds one of them, and the later
    # attempt of 12: 1 > 1 is false. At 20, (10, 20] holds none and two: 2 > 0.
    assert [sent(run, i) for i in range(3)] == [[0, 12], [4, 16], [8, 20]]
    assert seconds_of(run, "budget") == {19: 1}


def test_who_was_disconnected_comes_back_with_a_later_attempt(engine):
    run = day(
        engine,
        listeners=2,
        handlers=2,
        faults=[Restart(at_s=20, lasts_s=0)],
        retry_budget=0,
        ends=40,
    )
    # Both are in at 10 and disconnected at 20. At 25 one is let in, 0 > 0; the other is refused, 1 > 0, and at 30 too,
    # and at 35, when the window (25, 35] holds nothing, is let in.
    assert sent(run, 0) == [0, 25]
    assert sent(run, 1) == [0, 25, 30, 35]
    assert refused(run) == {"budget": 2}


def test_a_budget_set_midway_looks_back_on_what_went_before(engine):
    rules = dict(service=100, timeout_s=2, retries=after(2), ends=8)
    run = day(engine, changes=[Change(at_s=7, what="retry_budget", to=0.5)], **rules)
    # Without a budget all three are let in at 4. At 8: 3 > .5 x 3.
    assert refused(run) == {"budget": 3}
    gone = [Change(at_s=4, what="retry_budget", to=None)]
    assert refused(day(engine, retry_budget=0, changes=gone, **rules)) == {}


# ------------------------------------------------------------------------------ In which order it is checked


def test_a_shut_door_comes_before_the_budget(engine):
    rules = dict(service=1, queue_limit=0, retries=after(3), retry_budget=0.25)
    shut = Restart(at_s=8.5, lasts_s=2)
    run = day(engine, listeners=4, faults=[shut], ends=9, **rules)
    # As above, the fourth is over the budget at 9; but at 9 the door is shut.
    assert seconds_of(run, "budget") == {6: 1}
    assert seconds_of(run, "shut") == {8: 1}


def test_a_shut_door_comes_before_a_free_handler(engine):
    run = day(engine, come=[4], faults=[Restart(at_s=3, lasts_s=4)], retries=Retries(most=1))
    assert refused(run) == {"shut": 1}
    assert run.seconds["busy_s"].sum() == 0


def test_the_budget_comes_before_a_full_queue(engine):
    rules = dict(service=100, timeout_s=2, retries=after(2), retry_budget=0.5, queue_limit=4)
    run = day(engine, listeners=3, ends=4, **rules)
    # At 4 two dead and two new requests wait, so the queue is full when the third comes; it is over the budget, too.
    assert refused(run) == {"budget": 1}


def test_a_free_handler_comes_before_a_full_queue(engine):
    # A queue of none is always full; a free handler takes whoever comes.
    run = day(engine, come=[0, 10, 20], queue_limit=0)
    assert joined(run) == [10, 20, 30]
    assert (run.listeners["outcome"] == Outcome.IN).all()
