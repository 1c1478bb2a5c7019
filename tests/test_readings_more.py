"""Readings whose neighbours are easily taken for them: admitted and come, refused and collapsed. On paper."""

import pytest

from loadbearing import WaitingRoom, readings
from tests.by_hand import day, refused


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
