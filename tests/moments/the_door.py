"""Unit 03: at 95 % busy one handler makes people wait 19 service times, ten 1.65, a thousand a thousandth.

There is no safe percentage: how busy a door may be depends on how many handlers stand behind its one queue. The
mechanism is the shared queue: one handler's luck helps another's line. Without it (ten doors with one handler each, in
place of one door with ten) ten handlers make people wait as long as one does. The other half of the truth the lab
shows, and no test of a moment asks for it: small doors have dice, large ones have weather. With a thousand handlers
chance makes nobody wait, and on about every third evening more comes than the door can do. (Not confirmed: that
headroom may vanish with size altogether. With weather, a third is needed however large the door.)
"""

import functools

import numpy as np

from loadbearing import cases, simulate
from loadbearing.labs import buying
from loadbearing.labs.steady import busy_and_wait
from loadbearing.scenario import Weather

CASE, BUSY = "the_steady_door", 0.95
SEEN = {1: 100_000, 10: 100_000, 1_000: 100_000}
APART_SEEN, DOORS = 20_000, 10
LONG, FEW, MANY, HARDLY = 10, 1, 3, 0.01
"""Service times: one handler above LONG, ten between FEW and MANY, a thousand below HARDLY."""


@functools.lru_cache(maxsize=512)
def wait(handlers, seed, seen):
    """The mean wait of one evening in service times; chance alone, so that the mechanism is all there is."""
    scenario = cases.build(CASE, {"handlers": handlers, "busy": BUSY, "seen": seen})
    run = simulate(scenario.changed({"weather": Weather.calm()}), seed, sample=0, progress=False)
    return float(busy_and_wait(run)[1])


def shared(handlers, seed):
    """All handlers behind one queue."""
    return wait(handlers, seed, SEEN[handlers])


def apart(handlers, seed):
    """The same handlers, each with a queue of its own: the mean over ten such doors, each with luck of its own."""
    doors = range(min(handlers, DOORS))
    return float(np.mean([wait(1, 1_000 * seed + at, APART_SEEN) for at in doors]))


def moment(seed, handled):
    """Whether one handler makes people wait long, ten a little and a thousand hardly."""
    return (
        handled(1, seed) > LONG and FEW < handled(10, seed) < MANY and handled(1_000, seed) < HARDLY
    )


def happens(seed):
    """The moment, with its mechanism."""
    return moment(seed, shared)


def without(seed):
    """The moment, when every handler has a queue of its own."""
    return moment(seed, apart)


def balance():
    """F9 with the lowest and highest value of its deciding quantity at the ends of the lab's knobs."""
    found = [
        buying.worth_of_a_few_more(handlers, busy * handlers)
        for handlers in (1, 1_000)
        for busy in (0.5, 0.99)
    ]
    return {"F9": (min(found), max(found))}
