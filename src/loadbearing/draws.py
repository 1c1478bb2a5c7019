"""All luck, in one place: every draw is a pure function of (seed, listener, attempt, purpose).

Nothing is drawn in sequence, so one draw never shifts another: move one slider and only what depends on
it changes. The words are splitmix64 (Steele, Lea & Flood 2014), keyed twice. The functions here take plain
Python numbers and are the definition; `engines.compiled_draws` says the same to the compiler, and a test
holds the two together.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.parts import ScenarioError
from loadbearing.scenario import ForeignLoad, Scenario

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST_MIX = 0xBF58476D1CE4E5B9
SECOND_MIX = 0x94D049BB133111EB
ATTEMPT_STEP = 0xD1342543DE82EF95
UNIT = 2.0**-52

ARRIVAL, PATIENCE, SERVICE, SERVICE_ANGLE, BACKOFF, QUICK, STAY = range(1, 8)
FOREIGN_GAP, FOREIGN_SERVICE, FOREIGN_ANGLE, FOREIGN_STEP = 1001, 1002, 1003, 1000
TEAM = {"answers": 201, "looks": 202, "finds": 203, "page": 204, "acts": 205}
TEAM |= {"rota": 206, "free": 207, "part": 208, "new": 209}
WEATHER = {"turnout": 101, "patience": 102, "sharpness": 103, "service": 104}
MOST_SEED = 2**63 - 1


def mix(word):
    """Return a 64-bit word scrambled by splitmix64's finalizer."""
    word = ((word ^ (word >> 30)) * FIRST_MIX) & MASK
    word = ((word ^ (word >> 27)) * SECOND_MIX) & MASK
    return word ^ (word >> 31)


def key(seed, purpose):
    """Return the 64-bit key of one purpose on one evening."""
    return mix((mix((seed + GOLDEN) & MASK) + purpose * GOLDEN) & MASK)


def uniform(key, listener, attempt):
    """Return a number strictly between 0 and 1, one of 2^52 equally likely ones."""
    word = mix((key + (listener + 1) * GOLDEN) & MASK)
    word = mix((word + attempt * ATTEMPT_STEP) & MASK)
    return ((word >> 12) + 0.5) * UNIT


def uniforms(key, listeners, attempt=0):
    """Return `uniform` for an array of listener numbers at once: float64, same shape, same bits."""
    with np.errstate(over="ignore"):
        word = np.uint64(key) + (listeners.astype(np.uint64) + np.uint64(1)) * np.uint64(GOLDEN)
        word = _mix_array(word)
        word = _mix_array(word + np.uint64((attempt * ATTEMPT_STEP) & MASK))
    return ((word >> np.uint64(12)).astype(np.float64) + 0.5) * UNIT


def _mix_array(word):
    word = (word ^ (word >> np.uint64(30))) * np.uint64(FIRST_MIX)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(SECOND_MIX)
    return word ^ (word >> np.uint64(31))


def exponential(uniform, mean):
    """Return an exponential time with this mean, from a uniform number."""
    return -math.log(uniform) * mean


def normal(uniform, angle):
    """Return a standard normal number from two uniform ones (Box & Muller 1958)."""
    return math.sqrt(-2.0 * math.log(uniform)) * math.cos(2.0 * math.pi * angle)


def lognormal(normal, mean, cv):
    """Return a lognormal number with this mean and coefficient of variation, from a standard normal."""
    spread = math.log(1.0 + cv * cv)
    return mean * math.exp(math.sqrt(spread) * normal - 0.5 * spread)


def service(mean, cv, luck, angle):
    """Return how long a service lasts: always the mean, exponential, or lognormal, from two uniform numbers."""
    if cv == 0.0:
        return mean
    if cv == 1.0:
        return exponential(luck, mean)
    return lognormal(normal(luck, angle), mean, cv)


def slower(busy, contention, coherency):
    """Return how many times as long a service takes that starts as one of `busy`.

    1 + a (n - 1) + b n (n - 1): the Universal Scalability Law (Gunther 1993), per service.
    """
    return 1.0 + contention * (busy - 1) + coherency * busy * (busy - 1)


def whole_ticks(time, tick):
    """Return the time rounded up to whole ticks; a tick of 0 leaves it alone."""
    return math.ceil(time / tick) * tick if tick > 0.0 else time


def checked_seed(seed):
    """Return the seed as a plain whole number, or raise the sentence that says what is wrong with it."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise ScenarioError(f"The seed is {seed!r}; give a whole number such as 1.")
    if not 0 <= seed <= MOST_SEED:
        raise ScenarioError(f"The seed is {seed}; give a whole number from 0 to {MOST_SEED}.")
    return int(seed)


def factor(seed, name, cv):
    """Return this evening's factor for one kind of weather: lognormal with mean 1."""
    if cv == 0:
        return 1.0
    stream = key(seed, WEATHER[name])
    return lognormal(normal(uniform(stream, 0, 0), uniform(stream, 1, 0)), 1.0, cv)


def evening(scenario: Scenario, seed: int) -> Scenario:
    """Return the scenario as it turns out on this evening: weather applied, and none left to apply."""
    weather, crowd, door = scenario.weather, scenario.crowd, scenario.door
    turnout = factor(seed, "turnout", weather.turnout)
    patience, mean_s = crowd.patience, crowd.patience.mean_s
    if mean_s is not None:
        mean_s *= factor(seed, "patience", weather.patience)
        patience = dataclasses.replace(patience, mean_s=mean_s)
    crowd = dataclasses.replace(
        crowd,
        listeners=round(crowd.listeners * turnout),
        patience=patience,
        arrivals=crowd.arrivals.sharpened(factor(seed, "sharpness", weather.sharpness)),
    )
    slower = factor(seed, "service", weather.service)
    service = dataclasses.replace(door.service, mean_s=door.service.mean_s * slower)
    return dataclasses.replace(
        scenario,
        crowd=crowd,
        door=dataclasses.replace(door, service=service),
        controllers=tuple(one.tonight(seed) for one in scenario.controllers),
        weather=type(weather).calm(),
    )


def arrivals(evening: Scenario, seed: int):
    """Return (arrived, who): times in seconds in order, and the number each listener draws by.

    Every listener has one uniform number and comes when the cumulative arrival curve reaches it: change
    the curve, and everybody keeps their luck. Add listeners, and the others keep theirs.
    """
    crowd = evening.crowd
    luck = uniforms(key(seed, ARRIVAL), np.arange(crowd.listeners))
    who = np.argsort(luck)
    if (np.diff(luck[who]) == 0).any():
        # The fast sort may order equals differently on another processor.
        who = np.argsort(luck, kind="stable")
    times, share = crowd.arrivals.table()
    arrived = np.interp(luck[who], share, times)
    if evening.tick_s:
        arrived = np.ceil(arrived / evening.tick_s) * evening.tick_s
    return arrived, who.astype(np.int32)


def foreign(evening: Scenario, seed: int):
    """Return (times, services): when each request of foreign load comes, in order, and its service in seconds.

    Each load is a Poisson stream of its own: exponential gaps, added up from its beginning. Services are as anybody's,
    before whatever slows them down. float64 arrays of one length.
    """
    mean_s, cv = evening.door.service.mean_s, evening.door.service.cv
    loads = [np.empty((0, 2))]
    for index, fault in enumerate(evening.faults):
        if isinstance(fault, ForeignLoad) and fault.per_s > 0:
            streams = [
                key(seed, purpose + index * FOREIGN_STEP)
                for purpose in (FOREIGN_GAP, FOREIGN_SERVICE, FOREIGN_ANGLE)
            ]
            loads.append(_foreign(fault, streams, mean_s, cv))
    both = np.concatenate(loads)
    if evening.tick_s:
        both[:, 0] = np.ceil(both[:, 0] / evening.tick_s) * evening.tick_s
    both = both[(both[:, 0] >= evening.starts_s) & (both[:, 0] <= evening.ends_s)]
    both = both[np.argsort(both[:, 0], kind="stable")]
    return both[:, 0].copy(), both[:, 1].copy()


def _foreign(fault, streams, mean_s, cv):
    """Return the requests of one load: rows of (time, service in seconds)."""
    expected = fault.per_s * fault.lasts_s
    came = math.ceil(expected + 8 * math.sqrt(expected) + 32)
    gaps = [
        exponential(luck, 1 / fault.per_s)
        for luck in uniforms(streams[0], np.arange(came)).tolist()
    ]
    since = np.cumsum(gaps)
    since = since[since < fault.lasts_s]
    luck, angle = (uniforms(one, np.arange(len(since))).tolist() for one in streams[1:])
    lasts = [service(mean_s, cv, *both) for both in zip(luck, angle, strict=True)]
    return np.stack([fault.at_s + since, np.array(lasts)], axis=1)
