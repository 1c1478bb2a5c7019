"""Readings whose neighbours are easily taken for them: admitted and come, refused and collapsed. On paper."""

import pytest

from loadbearing import Change, Restart, WaitingRoom, readings
from tests.by_hand import after, day, refused


def test_a_stage_that_only_refuses_has_not_collapsed():
    run = day("reference", seats=1, ends=24)
    # The first sits at 10; the second, served at 20, finds no seat.
    assert refused(run) == {"no_seat": 1}
    assert readings.collapses(run) == 0


def test_time_in_line_is_shared_by_those_who_were_let_through():
    room = WaitingRoom(admits_per_s=0.2)
    run = day("reference", listeners=4, handlers=9, service=1, waiting_room=room, ends=8)
    # Let through at 0 and 5. Three stand in line 0-5, two 5-8: 21 person-seconds for two people.
    assert readings.time_in_line(run) == pytest.approx(10.5)
    assert readings.admission_rate(run) == 2 / 8


def test_whoever_comes_in_the_second_in_which_the_waiting_room_closes_reaches_the_door_at_once():
    closes = [Change(at_s=2.5, what="waiting_room", to=False)]
    room = WaitingRoom(admits_per_s=0.01)
    run = day("reference", come=[0, 0, 0, 2.7], handlers=9, waiting_room=room, changes=closes)
    # One is let through at 0, two go to the door at 2.5, and the last goes straight there at 2.7.
    assert readings.requests_over_time(run, 0, 4).tolist() == [1, 0, 3, 0]
    assert readings.requests(run) == 4


def test_who_gives_up_on_coming_back_is_returning_no_longer():
    gone = Restart(at_s=30, lasts_s=70)
    run = day("reference", listeners=2, handlers=2, faults=[gone], retries=after(5, most=3))
    # Both are in at 10 and disconnected at 30; refused at 35 and 40 by the shut door, that makes three failures.
    assert readings.returning_over_time(run)[[29, 30, 39, 40, 99]].tolist() == [0, 2, 2, 0, 0]
    assert readings.outside_over_time(run)[[9, 10, 30, 40]].tolist() == [2, 0, 2, 0]
    assert readings.peak(run, "returning") == (2, 31)
