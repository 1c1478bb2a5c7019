"""Random evenings in which much happens at once: short, on whole seconds, each about a few rules that meet.

Plain chance instead of a search: an evening is a function of its number, and every one is full of ties.
"""

from __future__ import annotations

import random

from loadbearing import (
    Autoscaler,
    Change,
    Crowd,
    Door,
    ForeignLoad,
    HandlersLost,
    Measured,
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
    Weather,
)
from tests.strategies import restless, shed_when_long

ENDS = 40
THEMES = ("waiting room", "seats", "restarts", "budget", "controllers", "everything")
ROOM = ("waiting_room", "waiting_room", "admits_per_s")
DOOR = (
    "handlers",
    "queue_limit",
    "discipline",
    "drops_dead",
    "retry_after_s",
    "retry_budget",
)


def dense_evening(number):
    """Return one evening of 40 seconds; its theme goes round with its number."""
    chance = random.Random(number)
    theme = THEMES[number % len(THEMES)]
    everything = theme == "everything"
    has_room = theme in ("waiting room", "seats") or chance.random() < 0.3
    seated = theme in ("seats", "restarts") or chance.random() < 0.4
    collapses = seated and chance.random() < 0.5
    seats = chance.randint(0, 8) if seated else None
    faults = []
    if theme in ("restarts", "everything") or chance.random() < 0.3:
        faults = [fault(chance, theme) for _ in range(chance.randint(1, 5))]
    actors = [timetable(chance, has_room)] if everything or chance.random() < 0.6 else []
    if theme == "controllers" or everything:
        actors += [controller(chance) for _ in range(chance.randint(1, 2))]
        chance.shuffle(actors)
    return Scenario(
        crowd=crowd(chance),
        door=door(chance, budget=theme == "budget" or everything),
        waiting_room=WaitingRoom(
            admits_per_s=rate(chance),
            opens_s=chance.choice([None, -1, 0, chance.randint(1, 9)]),
            seats_aware=seated and chance.random() < 0.7,
        )
        if has_room
        else None,
        stage=Stage(seats=seats, when_full="collapse", restart_s=chance.randint(0, 9))
        if collapses
        else Stage(seats=seats),
        faults=faults,
        controllers=actors,
        weather=Weather.calm(),
        starts_s=0,
        ends_s=ENDS,
        tick_s=chance.choice([1, 1, 1, 0.5, None]),
    )


def rate(chance):
    """How many a waiting room lets through: nobody, or one every few ticks, or several at once."""
    return chance.choice([0, 0.25, 0.25, 0.5, 1, 4])


def crowd(chance):
    """Up to forty people, few of them patient, nearly all with a stay that ends."""
    base = chance.randint(1, 6)
    arrivals = Steady(from_s=0, until_s=chance.choice([0, 3, 20]))
    if chance.random() < 0.4:
        counts = [chance.randint(0, 5) for _ in range(6)]
        arrivals = Measured(from_s=0, bin_s=chance.choice([1, 3]), counts=[*counts, 1])
    patience = chance.choice(["unlimited", "fixed", "exponential"])
    return Crowd(
        listeners=chance.randint(5, 40),
        arrivals=arrivals,
        patience=Patience(
            kind=patience, mean_s=None if patience == "unlimited" else chance.randint(2, 25)
        ),
        stays_mean_s=chance.choice([None, 2, 5, 10]),
        timeout_s=chance.choice([None, 2, 3, 6]),
        round_trip_s=chance.choice([0.5, 1, 1, 2]),
        retries=Retries(
            most=chance.choice([None, None, None, 1, 4]),
            backoff=chance.choice(["immediate", "fixed", "exponential"]),
            base_s=base,
            cap_s=base + chance.randint(0, 6),
            jitter=chance.choice(["none", "full", "exponential"]),
            quick_share=chance.choice([0, 0, 0.3]),
            honours_retry_after=chance.random() < 0.7,
        ),
    )


def door(chance, budget):
    """A few handlers, often the same time for everybody, and everything that a door can do."""
    return Door(
        handlers=chance.randint(1, 6),
        service=Service(mean_s=chance.choice([0.5, 1, 2, 4]), cv=chance.choice([0, 0, 1, 0.5])),
        queue_limit=chance.choice([None, None, 0, 2, 6]),
        discipline=chance.choice(["fifo", "lifo"]),
        drops_dead=chance.random() < 0.5,
        contention=chance.choice([0, 0, 0.5]),
        coherency=chance.choice([0, 0, 0.1]),
        retry_after_s=chance.choice([None, 0, 3, 7]),
        retry_budget=chance.choice([0, 0.2, 0.5, 1]) if budget else None,
    )


def fault(chance, theme):
    """Any fault, mostly in the thick of it; three in four are restarts where these are the theme."""
    when = dict(at_s=chance.randint(-2, 20), lasts_s=chance.randint(0, 10))
    if theme == "restarts" and chance.random() < 0.75:
        return Restart(**when)
    return chance.choice(
        [
            HandlersLost(**when, handlers=chance.randint(0, 3)),
            ServiceSlowed(**when, factor=chance.choice([0.5, 2, 3])),
            Restart(**when),
            ForeignLoad(**when, per_s=chance.choice([0.5, 1, 3])),
        ]
    )


def timetable(chance, has_room):
    """Up to eight changes within seconds; a waiting room, where there is one, is often closed and opened again."""
    first = chance.randint(-2, 20)
    moments = [first + chance.randint(0, 6) for _ in range(4)]
    changes = []
    for _ in range(chance.randint(1, 8)):
        what = chance.choice(DOOR + ROOM * 3 if has_room else DOOR)
        to = {
            "handlers": chance.randint(0, 6),
            "queue_limit": chance.choice([None, 0, 3, 8]),
            "discipline": chance.choice(["fifo", "lifo"]),
            "drops_dead": chance.random() < 0.5,
            "retry_after_s": chance.choice([None, 0, 4]),
            "retry_budget": chance.choice([None, 0, 0.5]),
            "waiting_room": chance.random() < 0.5,
            "admits_per_s": rate(chance),
        }[what]
        changes.append(Change(at_s=chance.choice(moments), what=what, to=to))
    if has_room and chance.random() < 0.5:
        closes = chance.randint(3, 15)
        changes.append(Change(at_s=closes, what="waiting_room", to=False))
        changes.append(Change(at_s=closes + chance.randint(0, 2), what="waiting_room", to=True))
    return Timetable(changes=changes)


def controller(chance):
    """An autoscaler or a policy, with and without a lag and a time to start."""
    looks = dict(
        every_s=chance.choice([1, 3, 7]),
        lag_s=chance.choice([0, 1, 4]),
        boot_s=chance.choice([0, 1, 5]),
    )
    if chance.random() < 0.4:
        return Autoscaler(target=chance.choice([0.5, 1]), most=8, **looks)
    return Policy(decide=chance.choice([restless, shed_when_long]), **looks)
