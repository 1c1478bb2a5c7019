"""The named evenings, and the only home of input numbers: each with where it comes from.

Three mechanisms, each calibrated so that the listeners in the room pass the few counts that were published
for 12 August 2024. They are mechanisms that could produce such an evening, not reconstructions: the cause was never
published. Provenance is one of three kinds: `record` (a public fact, by its key), `assumption` (nobody
published it; why this value), or `calibrated` (chosen by `authoring/calibrate.py` so that the counts are met).
"""

from __future__ import annotations

import dataclasses

from loadbearing.parts import ScenarioError, nearest
from loadbearing.scenario import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Retries,
    Rush,
    Scenario,
    Service,
    Timetable,
    Weather,
)

EARLY, AT_THE_START = 105_000, 1_150_000
"""Early birds near the 100,000 to 120,000 shown at 20:00, and the crowd of about a million."""

SOMEONE_ACTS_S = 1800.0
"""20:30: the record has the host trying again at half past eight; that somebody acted then is an assumption."""


@dataclasses.dataclass(frozen=True)
class Case:
    """A named evening: its title, its mechanism in one sentence, the scenario, and where its numbers come from."""

    name: str
    title: str
    mechanism: str
    scenario: Scenario
    provenance: dict


def _rush(late):
    people = EARLY + AT_THE_START + late
    return people, Rush(
        doors_s=-1200.0,
        early_share=EARLY / people,
        mean_s=300.0,
        late_share=late / people,
        until_s=6000.0,
    )


def _crowd(late, **how):
    listeners, arrivals = _rush(late)
    return Crowd(listeners=listeners, arrivals=arrivals, round_trip_s=1.0, **how)


CROWD_PROVENANCE = {
    "crowd.listeners": ("calibrated", "early birds, the crowd at the start and latecomers together"),
    "crowd.arrivals.doors_s": ("assumption", "people begin to come twenty minutes early"),
    "crowd.arrivals.early_share": ("record", "listeners_at_2000"),
    "crowd.arrivals.mean_s": ("assumption", "the announced hour brings the crowd within minutes"),
    "crowd.arrivals.late_share": ("calibrated", "how many more must come for the later counts"),
    "crowd.arrivals.until_s": ("assumption", "latecomers come until the last count"),
    "crowd.round_trip_s": ("assumption", "nobody reloads faster than once a second"),
    "crowd.timeout_s": ("assumption", "a client that hears nothing for so long tries again"),
    "crowd.retries.base_s": ("assumption", "the first pause before trying again"),
    "crowd.retries.cap_s": ("assumption", "the longest pause before trying again"),
    "crowd.stays_mean_s": ("calibrated", "few enough leave during the evening"),
    "door.handlers": ("calibrated", "how many people join a second"),
    "door.service.mean_s": ("assumption", "half a second of work for one join"),
    "door.service.cv": ("assumption", "exponential, the field's usual first choice"),
    "door.queue_limit": ("calibrated", "how long the queue in front of the door may grow"),
    "starts_s": ("assumption", "the account begins with the first early birds"),
    "ends_s": ("record", "lasted_s"),
    "weather.turnout": ("assumption", "nobody published how such crowds vary"),
    "weather.patience": ("assumption", "nobody published how such crowds vary"),
    "weather.sharpness": ("assumption", "nobody published how such crowds vary"),
    "weather.service": ("assumption", "nobody published how such platforms vary"),
    "crowd.retries.quick_share": ("assumption", "nobody reloads at once until you move the slider"),
}


def slow_door():
    """The door is sound but slow: everybody gets in, one after another, for an hour and more."""
    return Scenario(
        crowd=_crowd(
            380_000, timeout_s=30.0, retries=Retries(base_s=20.0, cap_s=600.0), stays_mean_s=5 * 3600.0
        ),
        door=Door(handlers=172, service=Service(mean_s=0.5), queue_limit=5_160),
        weather=Weather(),
    )


def retry_flood():
    """The door is fast enough, but works for people who have left: a flood feeds itself until someone ends it."""
    return Scenario(
        crowd=_crowd(
            340_000, timeout_s=20.0, retries=Retries(base_s=10.0, cap_s=600.0), stays_mean_s=6 * 3600.0
        ),
        door=Door(handlers=540, service=Service(mean_s=0.5), queue_limit=43_200),
        controllers=[
            Timetable(
                changes=[
                    Change(at_s=SOMEONE_ACTS_S, what="queue_limit", to=10_800),
                    Change(at_s=SOMEONE_ACTS_S, what="drops_dead", to=True),
                ]
            )
        ],
        weather=Weather(),
    )


def capacity_lost():
    """Most of the door is gone until half past eight: a fault, or an attack, would look like this from outside."""
    return Scenario(
        crowd=_crowd(
            340_000, timeout_s=20.0, retries=Retries(base_s=10.0, cap_s=600.0), stays_mean_s=6 * 3600.0
        ),
        door=Door(handlers=450, service=Service(mean_s=0.5), queue_limit=1_100),
        faults=[HandlersLost(at_s=0.0, lasts_s=SOMEONE_ACTS_S, handlers=395)],
        weather=Weather(),
    )


CASES = {
    "slow_door": (slow_door, "The slow door"),
    "retry_flood": (retry_flood, "The retry flood"),
    "capacity_lost": (capacity_lost, "Capacity lost"),
}


def names():
    """Return the names of all cases, in the order in which the course meets them."""
    return list(CASES)


def get(name):
    """Return the scenario of a named case; raise `ScenarioError` with the nearest names for an unknown one."""
    if name not in CASES:
        raise ScenarioError(f"There is no case {name!r}. {nearest(name, names())}")
    return CASES[name][0]()
