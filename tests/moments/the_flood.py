"""Unit 04: the fault lasts ten seconds, the flood stays; more capacity does not end it, refusing does.

A million people come evenly over half an hour, to a door that could let in nearly twice as many. At 20:10 nobody is let
in for ten seconds. A quarter of an hour later hardly anybody gets in: the door works for clients that have stopped
waiting, and those come back. A fifth more handlers from 20:14 on does not end it, nor do twice as many; a queue shorter
than a client waits does. The mechanism is dead work and later attempts together: if clients try only once, or wait
as long as it takes, the ten seconds are forgotten.

Not confirmed: that skipping dead requests is a cure. From 20:14 on it changes hardly anything. And the flood needs
a queue that outlasts a client's wait: with a time-out of ten seconds the same fault leaves no flood.
"""

import functools

from loadbearing import cases, readings, simulate
from loadbearing.claims import deciding_quantity

ROOM = 0.04
CASE = "ten_bad_seconds"
CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
WITHIN_S, FROM_S, UNTIL_S = 60, 1560, 1740
WELL, BADLY = 0.9, 0.5
HANDLERS = 1_000
MORE, TWICE, SHORT = {"handlers": 1_200}, {"handlers": 2_000}, {"queue_limit": 1_000}


def evening(seed, acts=None, **changes):
    """The run of one evening with some inputs of the case changed; `acts`: what somebody changes at 20:14."""
    return _run(seed, tuple(sorted((acts or {}).items())), tuple(sorted(changes.items())))


@functools.lru_cache(maxsize=8)
def _run(seed, acts, changes):
    scenario = cases.build(CASE, {**dict(changes), "acts": dict(acts)})
    return simulate(scenario.scaled(ROOM), seed, sample=0, progress=False)


def in_soon(seed, acts=None, **changes):
    """Of those who come a quarter of an hour after the fault, the share in within a minute."""
    return readings.service_level(evening(seed, acts, **changes), WITHIN_S, FROM_S, UNTIL_S)


def moment(seed, **mechanism):
    """Well without the fault, badly with it, badly with more handlers, well with a shorter queue."""
    return (
        in_soon(seed, fault_s=None, **mechanism) >= WELL
        and in_soon(seed, **mechanism) <= BADLY
        and in_soon(seed, MORE, **mechanism) <= BADLY
        and in_soon(seed, TWICE, **mechanism) <= BADLY
        and in_soon(seed, SHORT, **mechanism) >= WELL
    )


def happens(seed):
    """The moment, with its mechanism."""
    return moment(seed)


def without(seed):
    """The moment when clients try only once, or when they wait as long as it takes."""
    return moment(seed, attempts=1) or moment(seed, timeout_s=None)


def balance():
    """F2's deciding quantity at its lowest and highest within the ranges of the lab."""
    values = [
        deciding_quantity(
            "F2", evening(1, **CALM, handlers=round(HANDLERS * times), **queue, **fault)
        )
        for times in (0.25, 1.0, 3.0)
        for queue in ({"queue_s": 1.0}, {"queue_s": 20.0})
        for fault in ({}, {"fault_s": None})
    ]
    return {"F2": (min(values), max(values))}
