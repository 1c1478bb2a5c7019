"""The named evenings, and the only home of input numbers: each with where it comes from.

Four mechanisms, each calibrated so that the listeners in the room pass the few counts that were published for
12 August 2024. They are mechanisms that could produce such an evening, not reconstructions: the cause was
never published. An input is one of three kinds: `record` (a public fact, by its key), `assumption` (nobody
published it; why this value), or `calibrated` (found by `authoring/calibrate.py` so that the counts are met,
then rounded to a whole number of steps).
"""

from __future__ import annotations

import dataclasses
import functools

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

KINDS = ("record", "assumption", "calibrated")


@dataclasses.dataclass(frozen=True)
class Input:
    """One number that a case is built from: its value, its kind, why it is so, and a key of the record if any.

    A key with an assumption is what suggested it; with a calibrated value, the count that it serves.
    `step`: a calibrated value is a whole number of these.
    """

    value: float
    kind: str
    why: str
    record: str | None = None
    step: float | None = None


@dataclasses.dataclass(frozen=True)
class Provenance:
    """Where one number of a scenario comes from: its kind, why, and the keys of the record it rests on."""

    kind: str
    why: str
    records: tuple = ()


@dataclasses.dataclass(frozen=True)
class Case:
    """A named evening: its title, its mechanism in one sentence, the scenario, and where its numbers come from.

    `inputs`: name to `Input`, what the scenario is built from. `provenance`: path to `Provenance`, one for
    every number of the scenario.
    """

    name: str
    title: str
    mechanism: str
    scenario: Scenario
    inputs: dict
    provenance: dict


def _assumed(value, why, record=None):
    return Input(value, "assumption", why, record)


def _calibrated(value, step, why, record):
    return Input(value, "calibrated", why, record, step)


def _early_birds(value):
    return _calibrated(
        value, 5_000, "people who came early enough to be counted at 20:00", "listeners_at_2000"
    )


def _latecomers(value):
    return _calibrated(
        value, 10_000, "people who must still come for the count near 21:40", "listeners_at_2140"
    )


EVERYWHERE = {
    "at_the_start": _assumed(
        1_150_000,
        "a crowd of about a million; nobody published how many came",
        "crowd_in_failure_text",
    ),
    "doors_s": _assumed(-1200.0, "people begin to come twenty minutes early"),
    "gathering_s": _assumed(300.0, "the announced hour brings the crowd within minutes"),
    "until_s": _assumed(
        6000.0, "latecomers keep coming until the last published count", "listeners_at_2140"
    ),
    "stays_s": _assumed(6 * 3600.0, "few leave during the evening"),
    "round_trip_s": _assumed(1.0, "nobody tries again sooner than a second after a failure"),
    "timeout_s": _assumed(20.0, "a client that hears nothing for so long tries again"),
    "first_pause_s": _assumed(10.0, "the longest a client pauses after its first failure"),
    "longest_pause_s": _assumed(600.0, "no client pauses longer, however often it has failed"),
    "quick_share": _assumed(0.0, "nobody tries again at once"),
    "service_s": _assumed(2.0, "one join keeps a handler busy for a few seconds"),
    "service_cv": _assumed(1.0, "exponential, the field's usual first choice"),
    "contention": _assumed(
        0.0, "handlers do not slow each other down; nobody published whether they did"
    ),
    "coherency": _assumed(
        0.0, "handlers need not agree with each other; nobody published whether they had to"
    ),
    "starts_s": _assumed(-1200, "the account begins with the first early birds"),
    "ends_s": _assumed(7200, "the account ends well after the last published count"),
    "turnout": _assumed(0.15, "nobody published how much such crowds vary"),
    "patience": _assumed(0.15, "nobody published how much such crowds vary"),
    "sharpness": _assumed(0.15, "nobody published how much such crowds vary"),
    "service": _assumed(0.15, "nobody published how much such platforms vary"),
}
"""What all cases share unless one says otherwise."""

SOMEONE_ACTS = _assumed(
    1800.0,
    "20:30 was announced as a second start; that somebody acted is assumed",
    "fewer_listeners_post",
)

SLOW_DOOR = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(350_000),
    "handlers": _calibrated(
        700,
        10,
        "how fast the door lets people in, so that the count at 20:42 is met",
        "listeners_at_2042",
    ),
    "queue_s": _assumed(15.0, "a full queue is worked off before anyone's client stops waiting"),
    "timeout_s": _assumed(30.0, "a client that hears nothing for so long tries again"),
    "first_pause_s": _assumed(20.0, "the longest a client pauses after its first failure"),
    "stays_s": _assumed(5 * 3600.0, "few leave during the evening"),
}
RETRY_FLOOD = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(270_000),
    "handlers": _calibrated(
        2_200, 50, "how fast the room fills after 20:30, so that 20:42 is met", "listeners_at_2042"
    ),
    "queue_s": _assumed(
        40.0, "a full queue lasts longer than a client waits: most of its work is in vain"
    ),
    "mended_queue_s": _assumed(10.0, "whoever acts makes the queue shorter than a client's wait"),
    "acts_s": SOMEONE_ACTS,
}
CAPACITY_LOST = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(280_000),
    "handlers": _calibrated(
        1_780, 20, "how fast the room fills after 20:30, so that 20:42 is met", "listeners_at_2042"
    ),
    "fault_s": _assumed(0.0, "the loss begins with the crowd, at the announced start"),
    "share_left": _assumed(
        0.125, "one handler in eight is left; nobody published how much was lost"
    ),
    "queue_s": _assumed(
        10.0, "a full queue is worked off, even then, before a client stops waiting"
    ),
    "acts_s": SOMEONE_ACTS,
}
LATE_CROWD = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(320_000),
    "gathering_s": _calibrated(
        2_340.0,
        60,
        "how late the crowd comes, so that the count at 20:42 is met",
        "listeners_at_2042",
    ),
    "handlers": _assumed(2_200, "so many that hardly anybody waits"),
    "queue_s": _assumed(10.0, "a full queue is worked off before a client stops waiting"),
}

CASES = {
    "slow_door": (
        "The slow door",
        "The door is sound but slow: everybody gets in, one after another, for an hour and more.",
        SLOW_DOOR,
    ),
    "retry_flood": (
        "The retry flood",
        "The door is fast, but works for people who have stopped waiting and try again: the flood feeds itself "
        "until someone ends it at half past eight.",
        RETRY_FLOOD,
    ),
    "capacity_lost": (
        "Capacity lost",
        "Most of the door is gone until half past eight: a fault, or an attack, would look like this from "
        "outside.",
        CAPACITY_LOST,
    ),
    "late_crowd": (
        "The late crowd",
        "The door is wide and hardly anybody waits: most people simply come later than the hour announced.",
        LATE_CROWD,
    ),
}

LEAVES = {
    "crowd.listeners": ("early_birds", "at_the_start", "latecomers"),
    "crowd.arrivals.doors_s": ("doors_s",),
    "crowd.arrivals.early_share": ("early_birds", "at_the_start", "latecomers"),
    "crowd.arrivals.mean_s": ("gathering_s",),
    "crowd.arrivals.late_share": ("early_birds", "at_the_start", "latecomers"),
    "crowd.arrivals.until_s": ("until_s",),
    "crowd.stays_mean_s": ("stays_s",),
    "crowd.timeout_s": ("timeout_s",),
    "crowd.round_trip_s": ("round_trip_s",),
    "crowd.retries.base_s": ("first_pause_s",),
    "crowd.retries.cap_s": ("longest_pause_s",),
    "crowd.retries.quick_share": ("quick_share",),
    "door.handlers": ("handlers",),
    "door.service.mean_s": ("service_s",),
    "door.service.cv": ("service_cv",),
    "door.contention": ("contention",),
    "door.coherency": ("coherency",),
    "door.queue_limit": ("queue_s", "handlers", "service_s", "share_left"),
    "faults.0.at_s": ("fault_s",),
    "faults.0.lasts_s": ("acts_s",),
    "faults.0.handlers": ("handlers", "share_left"),
    "controllers.0.changes.0.at_s": ("acts_s",),
    "controllers.0.changes.0.to": ("mended_queue_s", "handlers", "service_s"),
    "controllers.0.changes.1.at_s": ("acts_s",),
    "weather.turnout": ("turnout",),
    "weather.patience": ("patience",),
    "weather.sharpness": ("sharpness",),
    "weather.service": ("service",),
    "starts_s": ("starts_s",),
    "ends_s": ("ends_s",),
}
"""Which inputs make which number of a scenario."""


def slow_door():
    """The door is sound but slow: everybody gets in, one after another, for an hour and more."""
    return get("slow_door")


def retry_flood():
    """The door is fast, but works for people who have stopped waiting: a flood feeds itself until someone acts."""
    return get("retry_flood")


def capacity_lost():
    """Most of the door is gone until half past eight: a fault, or an attack, would look like this from outside."""
    return get("capacity_lost")


def late_crowd():
    """The door is wide and hardly anybody waits: most people simply come later than the hour announced."""
    return get("late_crowd")


def names():
    """Return the names of all cases, in the order in which the course meets them."""
    return list(CASES)


def get(name):
    """Return the scenario of a named case; raise `ScenarioError` with the nearest names for an unknown one."""
    if not isinstance(name, str):
        raise ScenarioError(f"There is no case {name!r}. {nearest(name, names())}")
    return about(name).scenario


def inputs(name):
    """Return the inputs of a named case, name to `Input`; raise `ScenarioError` for an unknown case."""
    if name not in CASES:
        raise ScenarioError(f"There is no case {name!r}. {nearest(name, names())}")
    return EVERYWHERE | CASES[name][2]


@functools.cache
def about(name):
    """Return the `Case` of this name, with all that is known about its numbers; `ScenarioError` if unknown."""
    its = inputs(name)
    title, mechanism, _ = CASES[name]
    scenario = build(name)
    provenance = {
        path: _provenance([its[one] for one in made_of if one in its])
        for path, made_of in LEAVES.items()
        if _has(scenario, path)
    }
    return Case(name, title, mechanism, scenario, its, provenance)


def _provenance(made_of):
    kinds = {one.kind for one in made_of}
    kind = next(kind for kind in reversed(KINDS) if kind in kinds)
    keys = dict.fromkeys(one.record for one in made_of if one.record)
    return Provenance(kind, "; ".join(one.why for one in made_of), tuple(keys))


def _has(scenario, path):
    try:
        return scenario.value(path) is not None
    except ScenarioError:
        return False


def build(name, changes=None):
    """Return the scenario of a case with some of its inputs changed: `build("slow_door", {"handlers": 900})`.

    Raises `ScenarioError` with the nearest names for an unknown case or input.
    """
    values = {key: one.value for key, one in inputs(name).items()}
    for key, value in (changes or {}).items():
        if key not in values:
            raise ScenarioError(f"The case {name} has no input {key!r}. {nearest(key, values)}")
        values[key] = value
    return Scenario(
        crowd=_crowd(values),
        door=_door(values),
        faults=_faults(values),
        controllers=_controllers(values),
        weather=Weather(
            **{key: values[key] for key in ("turnout", "patience", "sharpness", "service")}
        ),
        starts_s=values["starts_s"],
        ends_s=values["ends_s"],
    )


def _crowd(values):
    early, late = values["early_birds"], values["latecomers"]
    people = early + values["at_the_start"] + late
    return Crowd(
        listeners=round(people),
        arrivals=Rush(
            doors_s=values["doors_s"],
            early_share=early / people,
            mean_s=values["gathering_s"],
            late_share=late / people,
            until_s=values["until_s"],
        ),
        stays_mean_s=values["stays_s"],
        timeout_s=values["timeout_s"],
        round_trip_s=values["round_trip_s"],
        retries=Retries(
            base_s=values["first_pause_s"],
            cap_s=values["longest_pause_s"],
            quick_share=values["quick_share"],
        ),
    )


def _door(values):
    left = values.get("share_left", 1.0)
    return Door(
        handlers=round(values["handlers"]),
        service=Service(mean_s=values["service_s"], cv=values["service_cv"]),
        queue_limit=_requests(values, values["queue_s"] * left),
        contention=values["contention"],
        coherency=values["coherency"],
    )


def _requests(values, seconds):
    """Return how many waiting requests the whole door works off in so many seconds."""
    return round(seconds * values["handlers"] / values["service_s"])


def _faults(values):
    if "share_left" not in values:
        return ()
    lost = round(values["handlers"]) - round(values["handlers"] * values["share_left"])
    return (
        HandlersLost(
            at_s=values["fault_s"], lasts_s=values["acts_s"] - values["fault_s"], handlers=lost
        ),
    )


def _controllers(values):
    if "mended_queue_s" not in values:
        return ()
    at, shorter = values["acts_s"], _requests(values, values["mended_queue_s"])
    return (
        Timetable(
            changes=[
                Change(at_s=at, what="queue_limit", to=shorter),
                Change(at_s=at, what="drops_dead", to=True),
            ]
        ),
    )
