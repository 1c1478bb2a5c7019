"""A smaller room: what shrinks with the people and what does not. By hand."""

import pytest

from loadbearing import (
    Autoscaler,
    Change,
    Crowd,
    Door,
    ForeignLoad,
    HandlersLost,
    Patience,
    Policy,
    Restart,
    Retries,
    Scenario,
    Service,
    ServiceSlowed,
    Stage,
    Steady,
    Timetable,
    WaitingRoom,
)
from tests.by_hand import ENGINES, joined, plan, play, times


def calm(now, telemetry):
    """A policy that leaves all as it is."""


@pytest.fixture(scope="module")
def full():
    """An evening with some of everything."""
    told = dict(
        handlers=50,
        queue_limit=700,
        discipline="lifo",
        drops_dead=True,
        retry_after_s=20,
        retry_budget=0.5,
        waiting_room=False,
        admits_per_s=30,
    )
    return Scenario(
        crowd=Crowd(
            listeners=1000,
            arrivals=Steady(from_s=0, until_s=60),
            patience=Patience(kind="fixed", mean_s=100),
            stays_mean_s=500,
            timeout_s=30,
            round_trip_s=2,
            retries=Retries(most=9, base_s=3, cap_s=40, quick_share=0.2),
        ),
        door=Door(
            handlers=40,
            service=Service(mean_s=7, cv=0.5),
            queue_limit=300,
            contention=0.02,
            coherency=0.0003,
            retry_after_s=12,
            retry_budget=0.1,
        ),
        waiting_room=WaitingRoom(admits_per_s=25, opens_s=10, seats_aware=True),
        stage=Stage(seats=600, when_full="collapse", restart_s=90),
        faults=[
            HandlersLost(at_s=10, lasts_s=20, handlers=30),
            ServiceSlowed(at_s=10, lasts_s=20, factor=3),
            Restart(at_s=70, lasts_s=20),
            ForeignLoad(at_s=10, lasts_s=20, per_s=50),
        ],
        controllers=[
            Timetable(changes=[Change(at_s=30, what=what, to=to) for what, to in told.items()]),
            Policy(decide=calm, every_s=20, lag_s=40, boot_s=60),
            Autoscaler(target=0.6, least=20, most=80),
        ],
        starts_s=0,
        ends_s=200,
    )


SMALLER = {
    "crowd.listeners": 100,
    "door.handlers": 4,
    "door.queue_limit": 30,
    "door.contention": 0.2,
    "door.coherency": 0.03,
    "waiting_room.admits_per_s": 2.5,
    "stage.seats": 60,
    "faults.0.handlers": 3,
    "faults.3.per_s": 5,
    "controllers.0.changes.0.to": 5,
    "controllers.0.changes.1.to": 70,
    "controllers.0.changes.7.to": 3,
    "controllers.1.room": 0.1,
    "controllers.2.room": 0.1,
}
"""What is different in a room of one tenth: people, places, handlers and rates are a tenth, contention ten times and
coherency a hundred times as large. Bounds of the autoscaler stay: it goes on answering in full numbers."""


@pytest.mark.parametrize("path", SMALLER)
def test_in_a_tenth_of_the_room_this_is(full, path):
    assert full.scaled(0.1).value(path) == pytest.approx(SMALLER[path])


def test_everything_else_stays_as_it_is(full):
    back = full.scaled(0.1).changed({path: full.value(path) for path in SMALLER})
    assert back == full


def test_a_whole_room_is_the_same_room(full):
    assert full.scaled(1) == full


def test_a_smaller_room_of_a_smaller_room(full):
    twice, once = full.scaled(0.5).scaled(0.2), full.scaled(0.1)
    for path in SMALLER:
        assert twice.value(path) == pytest.approx(once.value(path))


def test_no_limit_stays_no_limit_and_one_handler_is_left():
    small = plan(handlers=3, seats=None, queue_limit=None).scaled(0.1)
    assert (small.door.handlers, small.door.queue_limit, small.stage.seats) == (1, None, None)
    told = [Change(at_s=1, what="handlers", to=to) for to in (3, 0)]
    small = plan(changes=told).scaled(0.1)
    assert [change.to for change in small.controllers[0].changes] == [1, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tenth_of_the_people_meet_the_same_evening(engine):
    room = WaitingRoom(admits_per_s=2)
    full = plan(listeners=30, handlers=10, seats=20, waiting_room=room, ends=60)
    run = play(full.scaled(0.1), engine)
    # Three people, one handler, two seats, one admission every five seconds: served 0-10, 10-20; at 30 no seat.
    assert times(run, "first_sent") == [0, 5, 10]
    assert joined(run) == [10, 20, None]


@pytest.mark.parametrize("engine", ENGINES)
def test_as_many_handlers_in_proportion_slow_each_other_down_nearly_as_much(engine):
    large = plan(listeners=1000, handlers=1000, contention=0.001, coherency=0.000002)
    small = large.scaled(0.1)
    # The last of a thousand takes 1 + .001 x 999 + .000002 x 1000 x 999 = 3.997 times ten seconds; the last of a
    # hundred 1 + .01 x 99 + .0002 x 100 x 99 = 3.97.
    assert play(large, engine).listeners["joined"].max() == pytest.approx(39.97)
    assert play(small, engine).listeners["joined"].max() == pytest.approx(39.7)
