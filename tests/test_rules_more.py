"""Corners of the rules that are easily lost: the middle of a line, the very end, a short first look. By hand."""

import numpy as np
import pytest

from loadbearing import Change, ForeignLoad, Patience, Policy, Retries, WaitingRoom
from loadbearing.run import Reason
from tests.by_hand import ENGINES, day, joined, plan, play, refused, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def test_two_neighbours_leave_the_middle_of_the_line(engine):
    run = day(
        engine,
        come=[0, 1, 2, 5.5, 8],
        service=100,
        queue_limit=0,
        waiting_room=WaitingRoom(admits_per_s=0, opens_s=5),
        changes=[Change(at_s=24, what="admits_per_s", to=1)],
        patience=Patience(kind="fixed", mean_s=20),
    )
    # The second and third are refused at 1 and 2 and stand in line from 6 and 7 on, between the fourth, who is its head
    # since 5.5, and the fifth. They leave at 21 and 22. At 24 the first admission is immediate, and the next a second
    # later; both find the door full and leave in their pause.
    assert times(run, "first_sent") == [0, 1, 2, 24, 25]
    assert times(run, "left") == [None, 21, 22, 25.5, 28]
    assert run.seconds["waiting_room"][[8, 20, 21, 22, 24, 25]].tolist() == [4, 4, 3, 2, 1, 0]


def test_a_time_out_exactly_at_the_end_happens(engine):
    run = day(engine, listeners=2, service=50, timeout_s=10, retries=Retries(most=1), ends=10)
    assert run.seconds["time_outs"].sum() == 2
    assert times(run, "left") == [10, 10]
    assert run.listeners["reason"].tolist() == [Reason.ATTEMPTS] * 2


def test_foreign_services_vary_as_much_as_any_other(engine):
    load = ForeignLoad(at_s=0, lasts_s=1, per_s=2000)
    run = day(engine, listeners=0, handlers=5000, cv=1, faults=[load])
    # Exponential with mean 10: after 10 to 11 seconds e^-1.05 of about 2,000 are still under way, after 20 to 21
    # seconds e^-2.05; one standard error is .011 and .008.
    under_way = run.seconds["busy"] / run.seconds["foreign_requests"].sum()
    assert under_way[10] == pytest.approx(np.exp(-1.05), abs=0.055)
    assert under_way[20] == pytest.approx(np.exp(-2.05), abs=0.04)


def test_of_a_load_that_began_earlier_only_the_rest_is_met(engine):
    load = ForeignLoad(at_s=-500, lasts_s=1000, per_s=2)
    run = day(engine, listeners=0, handlers=5000, faults=[load], ends=1000)
    came = run.seconds["foreign_requests"]
    # Half of 2,000, give or take sqrt(1000) = 32, and evenly: a tenth of them in each fifty seconds, give or take 10.
    assert came.sum() == pytest.approx(1000, abs=160)
    assert came[500:].sum() == 0
    assert came[:50].sum() == pytest.approx(100, abs=50)


def test_a_short_first_interval_is_averaged_over_its_own_length(engine):
    seen = []
    policy = Policy(decide=lambda now, telemetry: seen.append((now, telemetry)), lag_s=5)
    day(engine, listeners=2, service=4, controllers=[policy], ends=10)
    # At 10 it sees 0-5: busy all the time, one waiting for four seconds, one inside for the last of them.
    (now, first), *_ = seen
    assert (now, first.from_s, first.until_s) == (10, 0, 5)
    assert first.busy_mean == 1
    assert first.queue_mean == pytest.approx(0.8)
    assert first.inside_mean == pytest.approx(0.2)


def test_in_a_smaller_room_work_and_rates_are_shown_in_full_numbers(engine):
    seen = []
    policy = Policy(decide=lambda now, telemetry: seen.append(telemetry))
    full = plan(listeners=40, handlers=10, controllers=[policy], ends=20)
    play(full.scaled(0.1), engine)
    # 10-20: one handler, who stands for ten, has ended one service of ten seconds and begun another.
    assert seen[1].work_s == pytest.approx(100)
    assert seen[1].services == seen[1].joins == 10
    assert seen[1].busy_mean == pytest.approx(10)


def test_a_room_that_keeps_no_seats_lets_people_through_to_a_full_stage(engine):
    room = WaitingRoom(admits_per_s=1)
    run = day(engine, come=[0, 12], waiting_room=room, seats=1, handlers=5, ends=25)
    # The first sits from 10 on. The second is let through at 12 all the same, served until 22, and finds no seat.
    assert times(run, "first_sent") == [0, 12]
    assert refused(run) == {"no_seat": 1}
    assert run.seconds["refused_no_seat"][22] == 1


def test_what_the_first_listed_sets_is_not_yet_seen_by_the_next(engine):
    seen = []

    def says(limit):
        def decide(now, telemetry):
            seen.append((now, telemetry.settings["queue_limit"]))
            return {"queue_limit": limit}

        return Policy(decide=decide)

    day(engine, controllers=[says(7), says(8)], queue_limit=6, ends=20)
    # Both look at what held before the moment; the last listed wins.
    assert seen == [(10, 6), (10, 6), (20, 8), (20, 8)]


def test_of_two_who_come_back_at_one_moment_the_first_number_is_first_whoever_set_out_earlier(
    engine,
):
    changes = [
        Change(at_s=3.5, what="retry_after_s", to=12),
        Change(at_s=4.5, what="retry_after_s", to=None),
    ]
    run = day(engine, come=[0, 1, 4], service=15, queue_limit=0, changes=changes)
    # The second is refused at 1, 6 and 11 and back at 16. The third, refused at 4 and asked for twelve seconds, is back
    # at 16 as well. The handler, free since 15, takes the second: 16-31. The third is refused, and again at 21 and 26,
    # and served 31-46.
    assert joined(run) == [15, 31, 46]
    assert run.listeners["attempts"].tolist() == [1, 4, 5]
