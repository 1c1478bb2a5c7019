"""Doors that are slower the fuller they are, and what tests, a ramp and an early opening see of them.

Each evening by its seed is another company: nobody knows beforehand how much slower its door is when all handlers are
at work. More handlers are bought with all that stands behind them, so twice the handlers do twice as much.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from statistics import NormalDist

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.scenario import Measured, Patience

CASE, ROOM, MINUTE_S = "the_full_door", 1 / 25, 60
CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}

MIDDLE = cases.Input(
    1.0, "assumption", "on the middling door a join takes twice as long when all handlers are busy"
)
SPREAD = cases.Input(
    0.7, "assumption", "of the logarithm: two doors in three are within a factor of two of it"
)
GOLDEN = (math.sqrt(5) - 1) / 2
"""Steps of the golden section fall evenly into a range: sixty companies have quick and slow doors in fair shares."""

TOTAL_S = 3_600
"""A scheduled total brings the evening's people within an hour."""

STEP_S, STEP_RATE = 20, 50
"""A ramp climbs by so many people a second, and stays on each step for so many seconds."""

STOPS_AT = 0.05
"""A ramp stops when so many of a step are refused; an early opening has then met the door's limit too."""


@dataclasses.dataclass(frozen=True)
class Finding:
    """What one rehearsal says of a door of `OWN` handlers.

    `limit`: whether it met what the door can do. `a_second`: joins a second of the whole door, counted where the limit
    was met, else as the time of a join would have it. `reached`: people a second that it brought. `late`: real people
    who were not in within a minute.
    """

    limit: bool
    a_second: float
    reached: float
    late: float = 0.0


def own_handlers():
    """How many handlers the door has that is rehearsed."""
    return cases.get(CASE).door.handlers


def slower_when_full(seed):
    """By what part of itself a join takes longer when all handlers of this company's door are busy."""
    place = (seed * GOLDEN) % 1.0
    return MIDDLE.value * math.exp(SPREAD.value * NormalDist().inv_cdf(place))


def at_full(slower, handlers=None):
    """Joins a second of a door with all its handlers busy."""
    service_s = cases.get(CASE).door.service.mean_s
    return (handlers or own_handlers()) / service_s / (1 + slower)


def door(handlers, slower):
    """Return the inputs of a door with so many handlers that is so much slower when all are busy."""
    return {"handlers": handlers, "coherency": slower / (handlers * max(1, handlers - 1))}


def busiest_rate():
    """How many people a second are expected in the busiest minute of the evening."""
    crowd = cases.get(CASE).crowd
    times, arrived = crowd.arrivals.table()
    begins = np.arange(times[0], times[-1])
    came = np.interp(begins + MINUTE_S, times, arrived) - np.interp(begins, times, arrived)
    return crowd.listeners * float(came.max()) / MINUTE_S


@functools.lru_cache(maxsize=64)
def evening(handlers, slower, people=None, calm=False, seed=0, **changes):
    """Return the run of an evening at such a door; `people`: how many come, None for as many as in the case."""
    changes = (CALM if calm else {}) | door(handlers, slower) | changes
    if people is not None:
        changes["at_the_start"] = people
    return simulate(cases.build(CASE, changes).scaled(ROOM), seed, sample=0, progress=False)


def late(run):
    """How many people came and were not in within a minute, in the full crowd."""
    return readings.came(run) * (1 - readings.service_level(run, MINUTE_S)) / ROOM


@functools.lru_cache(maxsize=256)
def test(people, within_s, slower, handlers=None):
    """Return the run of a load test: so many made-up people, evenly within so many seconds, each asking once."""
    changes = CALM | door(handlers or own_handlers(), slower)
    changes |= {"people": people, "from_s": 0.0, "until_s": float(within_s), "attempts": 1}
    changes |= {"starts_s": 0, "ends_s": int(within_s) + MINUTE_S}
    scenario = cases.build(CASE, changes).changed({"crowd.patience": Patience()})
    return simulate(scenario.scaled(ROOM), sample=0, progress=False)


def believed(run, from_s, until_s):
    """Joins a second of a door whose handlers all took as long for a join as they did in this stretch."""
    rows = readings.seconds_of(run, from_s, until_s)
    services = int(rows["services"].sum())
    usual = cases.get(CASE).door.service.mean_s
    join_s = float(rows["work_s"].sum()) / services if services else usual
    return own_handlers() / join_s


def total(slower, within_s=TOTAL_S):
    """Return what a scheduled total says: as many people as the evening has, within so many seconds."""
    number = cases.get(CASE).crowd.listeners
    run = test(number, within_s, slower)
    return Finding(False, believed(run, 0, within_s), number / within_s)


@functools.lru_cache(maxsize=4096)
def ramp(to, slower, seed):
    """Return what a ramp says that climbs to so many people a second, and stops when the door refuses some."""
    rates = [STEP_RATE * at for at in range(1, max(1, int(to // STEP_RATE)) + 1)]
    lasts = STEP_S * len(rates)
    changes = CALM | door(own_handlers(), slower) | {"people": STEP_S * sum(rates), "attempts": 1}
    changes |= {"from_s": 0.0, "until_s": float(lasts), "starts_s": 0, "ends_s": lasts + MINUTE_S}
    climbing = Measured(from_s=0.0, bin_s=float(STEP_S), counts=tuple(rates))
    scenario = cases.build(CASE, changes).changed(
        {"crowd.arrivals": climbing, "crowd.patience": Patience()}
    )
    run = simulate(scenario.scaled(ROOM), seed, sample=0, progress=False)
    for at, rate in enumerate(rates):
        step = dict(from_s=STEP_S * at, until_s=STEP_S * (at + 1))
        if readings.refused(run, **step) > STOPS_AT * readings.requests(run, **step):
            return Finding(True, readings.throughput(run, **step) / ROOM, float(rate))
    return Finding(False, believed(run, lasts - STEP_S, lasts), float(rates[-1]))


@functools.lru_cache(maxsize=4096)
def opening(people, slower, seed):
    """Return what an early opening says: so many real people are invited to one moment, and nobody can stop it."""
    run = evening(own_handlers(), slower, people, seed=seed)
    seconds = run.seconds
    turned = sum(seconds[name] for name in readings.refused_by_kind(run))
    share = turned.sum() / max(1, readings.requests(run))
    reached = readings.busiest_minute(run, seconds["arrivals"])[0] / ROOM
    if share <= STOPS_AT:
        return Finding(False, believed(run, 0, MINUTE_S), reached, late(run))
    full = np.flatnonzero(turned)
    first, last = int(full[0]) + run.evening.starts_s, int(full[-1]) + 1 + run.evening.starts_s
    return Finding(True, readings.throughput(run, first, last) / ROOM, reached, late(run))


def day_before(seed):
    """Return the seed of another day of the same company: other weather, the same door."""
    return seed + 100_000
