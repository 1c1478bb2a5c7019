"""What goes wrong: handlers lost, slow services, restarts, load from elsewhere. By hand, in both engines."""

import numpy as np
import pytest

from loadbearing import (
    Change,
    ForeignLoad,
    HandlersLost,
    Measured,
    Patience,
    Policy,
    Restart,
    Retries,
    ServiceSlowed,
    WaitingRoom,
    draws,
    readings,
)
from loadbearing.engines import PolicyError
from loadbearing.parts import ScenarioError
from loadbearing.run import REFUSALS, Moment, Outcome
from tests.by_hand import ENGINES, SEED, after, day, joined, moments, refused, sent, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)

# ------------------------------------------------------------------------------ Restarts


def test_a_restart_refuses_those_in_service_and_in_the_queue_and_shuts_the_door(engine):
    run = day(engine, faults=[Restart(at_s=5, lasts_s=7)])
    # All three are refused at 5. At 10 the door is shut, until 12. At 15 it is open: 15-25, 25-35, 35-45.
    assert joined(run) == [25, 35, 45]
    assert refused(run) == {"shut": 3, "restart": 3}
    assert run.seconds["refused_restart"][5] == 3
    assert run.seconds["refused_shut"][10] == 3
    assert run.seconds["queue"][[4, 5]].tolist() == [2, 0]
    assert run.seconds["busy"][[4, 5]].tolist() == [1, 0]
    # The service that was cut off had lasted five seconds; nothing of it was of use.
    assert run.seconds["cut_work_s"].sum() == 5
    assert run.seconds["work_s"].sum() == 30


def test_whoever_comes_at_the_moment_of_opening_finds_the_door_open(engine):
    run = day(engine, faults=[Restart(at_s=5, lasts_s=5)])
    assert joined(run) == [20, 30, 40]
    assert refused(run) == {"restart": 3}


def test_whoever_comes_at_the_moment_of_the_restart_finds_the_door_shut(engine):
    run = day(engine, come=[5], faults=[Restart(at_s=5, lasts_s=5)])
    assert sent(run, 0) == [5, 10]
    assert joined(run) == [20]


def test_of_overlapping_restarts_the_latest_end_opens_the_door(engine):
    faults = [Restart(at_s=5, lasts_s=20), Restart(at_s=8, lasts_s=2)]
    for order in (faults, faults[::-1]):
        run = day(engine, listeners=1, faults=order)
        # Refused at 5, shut out at 10, 15 and 20; at 25 the door is open.
        assert sent(run, 0) == [0, 10, 15, 20, 25]


def test_a_second_restart_while_the_door_is_shut_keeps_it_shut(engine):
    run = day(
        engine, listeners=1, faults=[Restart(at_s=5, lasts_s=10), Restart(at_s=12, lasts_s=10)]
    )
    assert joined(run) == [35]
    assert refused(run) == {"restart": 1, "shut": 3}


def test_a_restart_refuses_only_clients_that_are_there(engine):
    rules = dict(timeout_s=3, retries=after(50), faults=[Restart(at_s=5, lasts_s=0)])
    run = day(engine, ends=40, **rules)
    # All three left at 3: one request is dead in service, two in the queue. All vanish, nobody is refused.
    assert refused(run) == {}
    assert run.seconds["time_outs"].sum() == 3
    assert run.seconds["queue"][[4, 5]].tolist() == [2, 0]
    assert run.seconds["cut_work_s"].sum() == 5
    # What was cut off has not ended: it is no dead work.
    assert run.seconds["work_s"].sum() == run.seconds["dead_work_s"].sum() == 0


def test_a_restart_disconnects_everybody_inside(engine):
    run = day(engine, listeners=2, handlers=2, faults=[Restart(at_s=30, lasts_s=0)], ends=60)
    assert moments(run, 0, Moment.JOINED, Moment.DISCONNECTED) == [10, 30, 45]
    assert run.listeners["outcome"].tolist() == [Outcome.IN] * 2
    assert run.seconds["disconnected"][30] == 2
    assert run.seconds["leavers"].sum() == 0
    # Inside 10-30 and 45-60, twice.
    assert run.seconds["inside_s"].sum() == 2 * (20 + 15)


def test_a_refusal_by_a_restart_is_a_failed_attempt_of_the_same_effort(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=3, lasts_s=0)], retries=after(5, most=1))
    assert run.listeners["outcome"][0] == Outcome.GAVE_UP
    assert times(run, "left") == [3]
    # Patience goes on where it stood: none of it was used in service, 0-3.
    run = day(
        engine,
        listeners=1,
        faults=[Restart(at_s=3, lasts_s=90)],
        patience=Patience(kind="fixed", mean_s=12),
    )
    assert times(run, "left") == [15]


def test_a_restart_before_the_account_begins_may_still_shut_the_door(engine):
    run = day(engine, listeners=1, faults=[Restart(at_s=-10, lasts_s=14)])
    # Shut until 4: refused at 0, served from 5 on.
    assert joined(run) == [15]
    assert refused(run) == {"shut": 1}


# ------------------------------------------------------------------------------ Services slowed


def test_services_that_start_meanwhile_are_slowed_and_those_under_way_are_not(engine):
    run = day(engine, faults=[ServiceSlowed(at_s=5, lasts_s=10, factor=3)])
    # 0-10 was under way at 5. The second starts at 10: 30 seconds, until 40, not hurried at 15. The third, 40-50.
    assert joined(run) == [10, 40, 50]


def test_a_slow_stretch_begins_at_its_first_moment_and_is_over_at_its_last(engine):
    run = day(engine, faults=[ServiceSlowed(at_s=10, lasts_s=20, factor=2)])
    # The second starts at exactly 10: 10-30. The third starts at exactly 30: 30-40.
    assert joined(run) == [10, 30, 40]


def test_overlapping_slow_stretches_multiply(engine):
    faults = [
        ServiceSlowed(at_s=0, lasts_s=100, factor=2),
        ServiceSlowed(at_s=10, lasts_s=40, factor=3),
    ]
    run = day(engine, listeners=4, faults=faults, ends=120)
    # 2 x 10: 0-20. 2 x 3 x 10: 20-80. 2 x 10: 80-100. From 100 on 10: 100-110.
    assert joined(run) == [20, 80, 100, 110]


def test_a_slow_stretch_multiplies_what_busy_handlers_do_to_each_other(engine):
    slow = ServiceSlowed(at_s=0, lasts_s=50, factor=3)
    run = day(engine, listeners=2, handlers=2, contention=0.5, faults=[slow])
    # 3 x 10, and 3 x 1.5 x 10.
    assert joined(run) == [30, 45]


def test_a_factor_below_one_makes_services_faster(engine):
    run = day(engine, faults=[ServiceSlowed(at_s=5, lasts_s=50, factor=0.5)])
    assert joined(run) == [10, 15, 20]


@pytest.mark.parametrize(
    "fault",
    [
        HandlersLost(at_s=5, lasts_s=0, handlers=1),
        ServiceSlowed(at_s=10, lasts_s=0, factor=9),
        ForeignLoad(at_s=5, lasts_s=0, per_s=9),
        ForeignLoad(at_s=5, lasts_s=50, per_s=0),
    ],
    ids=repr,
)
def test_a_fault_of_no_length_changes_nothing(engine, fault):
    assert joined(day(engine, faults=[fault])) == [10, 20, 30]


# ------------------------------------------------------------------------------ Load from elsewhere

BURST = ForeignLoad(at_s=0, lasts_s=1, per_s=8)
"""Some requests within the first second. The first of them comes at `first_of(run)`."""


def first_of(run):
    """Return when the first foreign request came."""
    return draws.foreign(run.evening, SEED)[0][0]


def number_of(run):
    """Return how many foreign requests came: some, or these tests say nothing."""
    came = int(run.seconds["foreign_requests"].sum())
    assert came > 3
    return came


def test_foreign_load_is_a_poisson_stream(engine):
    load = ForeignLoad(at_s=100, lasts_s=800, per_s=2.5)
    run = day(engine, listeners=0, handlers=5000, faults=[load], ends=1000)
    came = run.seconds["foreign_requests"]
    # 2,000 are expected, give or take sqrt(2000) = 45, all in its time. In Poisson streams the counts of equal
    # stretches have a variance as large as their mean: of 80 stretches, give or take sqrt(2 / 80) = .16.
    assert came.sum() == pytest.approx(2000, abs=225)
    assert came[:100].sum() == came[900:].sum() == 0
    stretches = came[100:900].reshape(80, 10).sum(axis=1)
    assert stretches.var() / stretches.mean() == pytest.approx(1, abs=0.6)


def test_foreign_requests_are_busy_and_queued_and_taken_in_their_turn(engine):
    run = day(engine, come=[2], faults=[BURST], ends=400)
    came = number_of(run)
    # They keep the one handler busy, ten seconds each, from the first of them on; the listener, who came last, is last.
    assert joined(run) == pytest.approx([first_of(run) + 10 * (came + 1)])
    assert run.seconds["queue"][[1, 2]].tolist() == [came - 1, came]
    assert run.seconds["living_queue"][[1, 2]].tolist() == [0, 1]
    assert run.seconds["busy"][1] == 1
    assert run.seconds["foreign_services"].sum() == came


def test_foreign_requests_are_no_dead_work_no_refusals_and_no_attempts(engine):
    rules = dict(come=[2], timeout_s=500, queue_limit=2, retries=Retries(most=1))
    run = day(engine, faults=[BURST], ends=400, **rules)
    # One is served and two wait; the others are refused, and counted apart. So is the listener, as refused by a full
    # queue.
    assert run.seconds["foreign_refused"].sum() == number_of(run) - 3
    assert refused(run) == {"full": 1}
    assert run.seconds["dead_services"].sum() == run.seconds["dead_work_s"].sum() == 0
    assert run.seconds["work_s"].sum() == pytest.approx(30)
    assert run.seconds["first_attempts"].sum() == 1
    assert run.seconds["retries"].sum() == 0


def test_foreign_requests_never_time_out_and_are_never_sent_again(engine):
    run = day(engine, listeners=0, timeout_s=1, queue_limit=2, faults=[BURST])
    assert run.seconds["time_outs"].sum() == 0
    assert run.seconds["foreign_requests"][1:].sum() == 0
    assert run.seconds["foreign_services"].sum() == 3


def test_foreign_requests_obey_a_shut_door(engine):
    run = day(engine, listeners=0, faults=[Restart(at_s=0, lasts_s=5), BURST])
    assert run.seconds["foreign_refused"].sum() == number_of(run)
    assert run.seconds["busy_s"].sum() == 0
    assert sum(run.seconds[name].sum() for name in REFUSALS) == 0


def test_foreign_requests_do_not_stand_in_the_waiting_room_and_know_no_budget(engine):
    rules = dict(waiting_room=WaitingRoom(admits_per_s=0), retry_budget=0)
    run = day(engine, listeners=0, faults=[BURST], **rules)
    assert run.seconds["foreign_refused"].sum() == 0
    assert run.seconds["waiting_room_s"].sum() == 0
    assert run.seconds["foreign_services"].sum() == number_of(run)


def test_a_restart_sweeps_foreign_requests_away_unrefused(engine):
    run = day(engine, listeners=0, faults=[BURST, Restart(at_s=3, lasts_s=0)])
    assert number_of(run)
    assert run.seconds["queue"][[2, 3]].tolist() == [number_of(run) - 1, 0]
    assert run.seconds["cut_services"].sum() == 1
    assert run.seconds["cut_work_s"].sum() == pytest.approx(3 - first_of(run))
    assert run.seconds["foreign_refused"].sum() == run.seconds["foreign_services"].sum() == 0


def test_foreign_requests_slow_the_others_down(engine):
    run = day(engine, come=[2], handlers=50, contention=1, faults=[BURST], ends=400)
    # The first of them takes at least ten seconds, so at 2 all are busy, and the listener is one more: 1 + (n - 1).
    assert joined(run) == pytest.approx([2 + 10 * (number_of(run) + 1)])


def test_foreign_services_are_slowed_and_drawn_like_any_other(engine):
    slow = ServiceSlowed(at_s=0, lasts_s=9, factor=2)
    run = day(engine, listeners=0, handlers=50, faults=[BURST, slow])
    assert run.seconds["work_s"].sum() == pytest.approx(20 * number_of(run))
    load = ForeignLoad(at_s=0, lasts_s=100, per_s=20)
    run = day(engine, listeners=0, handlers=5000, cv=1, faults=[load], ends=400)
    # About 2,000 exponential services of mean 10, give or take 10 / sqrt(2000) = .22.
    assert run.seconds["work_s"].sum() / number_of(run) == pytest.approx(10, abs=1.1)


def test_foreign_load_leaves_everybody_their_luck(engine):
    rules = dict(
        listeners=20, handlers=500, cv=1, arrivals=Measured(from_s=0, bin_s=40, counts=[1])
    )
    alone = day(engine, **rules).listeners
    crowded = day(engine, faults=[ForeignLoad(at_s=0, lasts_s=90, per_s=3)], **rules).listeners
    assert np.array_equal(alone["joined"], crowded["joined"])


def test_two_loads_are_two_streams(engine):
    run = day(engine, listeners=0, handlers=500, faults=[BURST, BURST])
    came = draws.foreign(run.evening, SEED)[0]
    assert len(came) == run.seconds["foreign_requests"].sum()
    assert len(np.unique(came)) == len(came)


# ------------------------------------------------------------------------------ Mended before it is over


def mended(at_s, place=0):
    """Somebody mends a fault at this moment."""
    return Change(at_s=at_s, what="mended", to=place)


def test_a_fault_that_somebody_mends_is_over(engine):
    fault = HandlersLost(at_s=5, lasts_s=60, handlers=2)
    run = day(engine, listeners=4, handlers=2, faults=[fault], changes=[mended(20)])
    # Two are served 0-10; nobody works until 20, when the two handlers are back; at 65 nobody comes back twice.
    assert run.listeners["joined"].tolist() == [10, 10, 30, 30]
    assert run.seconds["capacity"][[4, 10, 19, 20, 64, 66]].tolist() == [2, 0, 0, 2, 2, 2]
    assert run.fault_ends_s(0) == 20


def test_a_slow_stretch_that_somebody_mends_is_over_and_others_go_on(engine):
    faults = [
        ServiceSlowed(at_s=0, lasts_s=90, factor=3),
        ServiceSlowed(at_s=0, lasts_s=90, factor=2),
    ]
    run = day(engine, listeners=3, service=5, faults=faults, changes=[mended(30)])
    # The first takes 5 x 6 = 30; from 30 on each takes 5 x 2 = 10.
    assert joined(run) == [30, 40, 50]
    assert readings.slowdown_over_time(run)[[29, 30]].tolist() == [6, 2]


def test_a_fault_that_has_not_begun_or_is_over_cannot_be_mended_any_more(engine):
    fault = HandlersLost(at_s=15, lasts_s=20, handlers=1)
    run = day(engine, faults=[fault], changes=[mended(10), mended(50)])
    # One is served 0-10, one 10-20 although its handler is lost at 15; the last waits until 35.
    assert joined(run) == [10, 20, 45]
    assert run.fault_ends_s(0) == 35


@pytest.mark.parametrize("place", [1, 2])
def test_only_lost_handlers_and_slow_services_can_be_mended(engine, place):
    faults = [HandlersLost(at_s=5, lasts_s=9, handlers=1), Restart(at_s=30, lasts_s=5)]
    with pytest.raises(ScenarioError, match=f"is {place}, which is no fault .* give one of 0"):
        day(engine, faults=faults, changes=[mended(20, place)])
    policy = Policy(decide=lambda now, telemetry: {"mended": place})
    with pytest.raises(PolicyError, match=f"mended is {place}"):
        day(engine, faults=faults, controllers=[policy])
