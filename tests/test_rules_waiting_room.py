"""The waiting room: when its head goes on, what it costs, what opening and closing it do. By hand, in both engines."""

import pytest

from loadbearing import Change, Patience, Restart, Retries, WaitingRoom
from loadbearing.run import Moment, Outcome, Reason
from tests.by_hand import ENGINES, after, day, joined, moments, refused, sent, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)

EVERY_FIVE = WaitingRoom(admits_per_s=0.2)
"""Open from second 0, one admission every five seconds."""


def fives(engine, **rules):
    """Return the run of a day with a waiting room that admits every five seconds to a quick door."""
    return day(engine, **{"handlers": 9, "service": 1, "waiting_room": EVERY_FIVE, **rules})


# ------------------------------------------------------------------------------ When the head goes on


def test_the_first_goes_on_at_once_and_the_others_at_the_rate(engine):
    run = fives(engine, listeners=4)
    # Admitted at 0, 5, 10, 15, each served for one second. They all arrived at 0.
    assert joined(run) == [1, 6, 11, 16]
    assert times(run, "first_sent") == [0, 5, 10, 15]
    assert times(run, "arrived") == [0, 0, 0, 0]
    assert run.seconds["admitted"].nonzero()[0].tolist() == [0, 5, 10, 15]
    assert run.seconds["waiting_room"][[0, 4, 5, 10, 15]].tolist() == [3, 3, 2, 1, 0]
    assert run.seconds["waiting_room_s"].sum() == 5 + 10 + 15


def test_no_right_to_enter_is_saved_up(engine):
    # After the admission at 0 nobody comes for twenty seconds: then one at once, the others at the rate.
    assert times(fives(engine, come=[0, 20, 20, 20]), "first_sent") == [0, 20, 25, 30]


def test_who_comes_soon_after_another_waits_for_the_rest_of_the_gap(engine):
    assert times(fives(engine, come=[0, 3, 12]), "first_sent") == [0, 5, 12]


def test_it_costs_the_door_nothing(engine):
    run = fives(engine, listeners=4, handlers=1, queue_limit=0)
    # Three stand in line before a door without a queue: nobody is refused, nobody is busy but for whom it serves.
    assert refused(run) == {}
    assert run.seconds["queue_s"].sum() == 0
    assert run.seconds["busy_s"].sum() == 4


def test_a_later_attempt_stands_in_line_again_at_the_end(engine):
    run = fives(engine, handlers=1, service=12, queue_limit=0, retries=after(1))
    # The first is served 0-12. The second, let through at 5, is refused and back in line at 6, behind the third, who is
    # let through at 10, refused, and back at 11. 15: the second is served 15-27. The third is refused at 20 and 25, and
    # served 30-42.
    assert [sent(run, i) for i in range(3)] == [[0], [5, 15], [10, 20, 25, 30]]
    assert joined(run) == [12, 27, 42]
    assert run.listeners["attempts"].tolist() == [1, 2, 4]


# ------------------------------------------------------------------------------ Patience and time-outs


def test_patience_runs_in_line_and_acts_at_once(engine):
    run = fives(engine, come=[0, 0, 0, 0, 4], patience=Patience(kind="fixed", mean_s=12))
    # Let through at 0, 5, 10. The fourth would be at 15 but leaves at 12; the fifth, behind it, has patience until 16.
    assert times(run, "first_sent") == [0, 5, 10, None, 15]
    assert times(run, "left") == [None, None, None, 12, None]
    assert run.listeners["reason"][3] == Reason.PATIENCE
    assert run.listeners["outcome"][3] == Outcome.GAVE_UP
    # It tried once, though no request of its own ever reached the door.
    assert run.listeners["attempts"][3] == 1
    assert run.seconds["first_attempts"].sum() == 5


def test_patience_goes_on_from_the_line_to_the_queue(engine):
    rules = dict(handlers=1, service=50, patience=Patience(kind="fixed", mean_s=12))
    run = fives(engine, listeners=2, **rules)
    # The second stands in line 0-5 and in the queue from 5 on; its twelve seconds are over at 12.
    assert moments(run, 1, Moment.ADMITTED, Moment.GAVE_UP) == [5, 12]


def test_the_time_out_counts_from_the_door(engine):
    run = fives(engine, listeners=3, service=4, timeout_s=4)
    # The third stands in line for ten seconds; its client waits four for an answer, and it comes just in time.
    assert joined(run) == [4, 9, 14]
    assert run.seconds["time_outs"].sum() == 0


def test_who_times_out_comes_back_through_the_line(engine):
    run = fives(engine, listeners=2, service=4, timeout_s=3, retries=after(1), ends=21)
    # Let through at 0 and 5; gone at 3 and 8; in line again at 4 and 9; let through at 10 and 15, and again at 20.
    assert [sent(run, i) for i in (0, 1)] == [[0, 10, 20], [5, 15]]


# ------------------------------------------------------------------------------ Opening, closing, another rate


def test_opening_it_moves_nobody_who_is_in_the_queue(engine):
    late = WaitingRoom(admits_per_s=0.01, opens_s=5)
    run = day(engine, come=[0, 0, 0, 6, 6], waiting_room=late, ends=60)
    # Three were at the door before it opened and are served there. The fourth stands in line at 6 and is let through at
    # once, the first one ever; the fifth has to wait for a hundred seconds.
    assert joined(run) == [10, 20, 30, 40, None]
    assert times(run, "first_sent") == [0, 0, 0, 6, None]


def test_it_is_open_for_whoever_comes_at_the_moment_it_opens(engine):
    run = day(engine, come=[5, 5], waiting_room=WaitingRoom(admits_per_s=0.1, opens_s=5))
    assert moments(run, 0, Moment.IN_LINE) == [5]
    assert times(run, "first_sent") == [5, 15]


def test_one_that_nobody_opens_is_not_there(engine):
    run = day(engine, waiting_room=WaitingRoom(admits_per_s=0.01, opens_s=None))
    assert joined(run) == [10, 20, 30]
    assert run.seconds["admitted"].sum() == 0


def test_one_that_opens_before_the_account_begins_is_open_from_its_beginning(engine):
    run = day(engine, waiting_room=WaitingRoom(admits_per_s=0.1, opens_s=-1000), listeners=2)
    assert times(run, "first_sent") == [0, 10]


def test_closing_it_sends_everybody_to_the_door_at_once_and_in_order(engine):
    closes = [Change(at_s=7, what="waiting_room", to=False)]
    slow = WaitingRoom(admits_per_s=0.01)
    run = day(engine, listeners=4, service=1, waiting_room=slow, changes=closes)
    # One is let through at 0; at 7 the others find one handler, and a queue behind it.
    assert times(run, "first_sent") == [0, 7, 7, 7]
    assert joined(run) == [1, 8, 9, 10]
    # With room for one in the queue, the last of the line is refused; it comes back without standing in line again.
    run = day(engine, listeners=4, service=1, waiting_room=slow, changes=closes, queue_limit=1)
    assert joined(run) == [1, 8, 9, 13]
    assert refused(run) == {"full": 1}


def test_who_comes_when_it_has_been_closed_goes_straight_to_the_door(engine):
    closes = [Change(at_s=7, what="waiting_room", to=False)]
    run = fives(engine, come=[0, 0, 7, 8], changes=closes)
    assert times(run, "first_sent") == [0, 5, 7, 8]
    assert moments(run, 2, Moment.IN_LINE) == []


def test_an_admission_before_it_was_closed_counts_when_it_is_open_again(engine):
    changes = [
        Change(at_s=2, what="waiting_room", to=False),
        Change(at_s=4, what="waiting_room", to=True),
    ]
    # Admitted at 0; the next not before 0 + 10, and the one that went straight to the door at 3 is no admission.
    run = day(
        engine,
        come=[0, 3, 5],
        handlers=3,
        waiting_room=WaitingRoom(admits_per_s=0.1),
        changes=changes,
    )
    assert times(run, "first_sent") == [0, 3, 10]


def test_another_rate_applies_to_the_head_at_once(engine):
    def first_sent(rate, *changes):
        told = [Change(at_s=at, what="admits_per_s", to=to) for at, to in changes]
        return times(
            fives(engine, waiting_room=WaitingRoom(admits_per_s=rate), changes=told), "first_sent"
        )

    # From one in a hundred seconds to one in five: at 7 the head is long due, max(7, 0 + 5); then 12.
    assert first_sent(0.01, (7, 0.2)) == [0, 7, 12]
    # At 3 it is not yet due: max(3, 0 + 5).
    assert first_sent(0.01, (3, 0.2)) == [0, 5, 10]
    # From one in five to one in ten: max(3, 0 + 10).
    assert first_sent(0.2, (3, 0.1)) == [0, 10, 20]


def test_a_rate_of_nothing_admits_nobody(engine):
    run = fives(engine, waiting_room=WaitingRoom(admits_per_s=0))
    assert times(run, "first_sent") == [None] * 3
    assert run.listeners["outcome"].tolist() == [Outcome.STILL_TRYING] * 3
    # Given a rate at 20, the first admission of the evening is immediate.
    changes = [Change(at_s=20, what="admits_per_s", to=0.2)]
    run = fives(engine, waiting_room=WaitingRoom(admits_per_s=0), changes=changes)
    assert times(run, "first_sent") == [20, 25, 30]
    # And nothing from 7 on.
    changes = [Change(at_s=7, what="admits_per_s", to=0)]
    assert times(fives(engine, changes=changes), "first_sent") == [0, 5, None]


# ------------------------------------------------------------------------------ While the platform restarts


def test_a_shut_door_does_not_stop_it_and_a_restart_does_not_empty_it(engine):
    run = day(engine, waiting_room=EVERY_FIVE, faults=[Restart(at_s=3, lasts_s=4)])
    # The first is let through at 0, in service, refused by the restart at 3; in line again at 8, last. The second is
    # let through at 5 to a shut door, in line again at 10. The third is let through at 10: 10-20. The first at 15:
    # 20-30. The second at 20: 30-40.
    assert [sent(run, i) for i in range(3)] == [[0, 15], [5, 20], [10]]
    assert joined(run) == [30, 40, 20]
    assert refused(run) == {"shut": 1, "restart": 1}
    assert run.seconds["waiting_room"][[2, 3, 4]].tolist() == [2, 2, 2]


def test_attempts_are_used_up_through_the_line_as_well(engine):
    run = fives(engine, seats=0, retries=Retries(most=2, backoff="immediate", jitter="none"))
    # Let through at 0, 5, 10, served, no seat; in line again at 2, 7 and 12, let through at 15, 20 and 25.
    assert times(run, "left") == [16, 21, 26]
    assert set(run.listeners["reason"].tolist()) == {Reason.ATTEMPTS}
