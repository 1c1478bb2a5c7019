"""Dice and weather: the same doors on evenings that differ by chance alone, and on evenings that differ in turn-out."""

from __future__ import annotations

from loadbearing import cases, simulate
from loadbearing.labs.steady import busy_and_wait
from loadbearing.pictures.dice import dice_and_weather
from loadbearing.scenario import Weather

CASE = "the_steady_door"
SIZES = {10: 3600.0, 100: 600.0, 1000: 120.0}
"""Handlers, and for how many seconds each door is watched: with about a hundred thousand people at most."""

EVENINGS = range(1, 25)
LONG = 1.0
"""A mean wait that counts as long, in service times."""


def wait_at(handlers, work, seed, calm, watched_s):
    """Return the mean wait (service times) at a door on one evening; `work`: handlers' worth on average."""
    scenario = cases.build(
        CASE, {"handlers": handlers, "busy": work / handlers, "seen": 0, "watched_s": watched_s}
    )
    if calm:
        scenario = scenario.changed({"weather": Weather.calm()})
    return float(busy_and_wait(simulate(scenario, seed, sample=0, progress=False))[1])


def waits(handlers, busy, calm, seeds=EVENINGS):
    """Return the mean wait of each evening at a door that is busy so much of its time on average."""
    return [wait_at(handlers, busy * handlers, seed, calm, SIZES[handlers]) for seed in seeds]


def dice_or_weather(busy=None, sizes=tuple(SIZES), seeds=EVENINGS):
    """Return the picture of every evening's wait at doors of these sizes, with average weather and with its own.

    `busy`: share of the handlers' time on average, by default that of the case.
    """
    busy = cases.inputs(CASE)["busy"].value if busy is None else busy
    found = {
        size: (waits(size, busy, True, seeds), waits(size, busy, False, seeds)) for size in sizes
    }
    return dice_and_weather(found, busy, LONG)
