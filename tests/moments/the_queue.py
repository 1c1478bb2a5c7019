"""Unit 05: turning people away lets more people in; and of two queues the longer is the less wanted event.

One event, one door, a million people: with a queue in which everybody finds a place for twenty seconds hardly anybody
gets in; with one that is full after two seconds nearly all do. Its mechanism is dead work: where clients wait as long
as it takes, refusing lets nobody in who would not have got in. Then two events, each with weather of its own: the one
with the longer queue of people is the one to which fewer came. Its mechanism is the door: with equal doors the longer
queue is that of the more wanted event.

Not confirmed: that this holds for doors that differ little. With a door four times as wide instead of five, one evening
of 24 went the other way: few came to the narrow door and many to the wide one.
"""

import functools

from loadbearing import cases, readings, simulate
from loadbearing.readings.waiting import queue_of_demand, returns_kept

ROOM = 0.02
OTHER_WEATHER = 100
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
SHORT_QUEUE_S, EQUAL_DOORS = 2.0, 1_000
NEARLY_ALL, TIMES_AS_MANY = 0.9, 2.0
DOORS, QUEUES_S = (625, 2_500, 7_500), (2.0, 20.0)
"""A quarter and three times that evening's handlers, and both queues: within the knobs of the lab."""


@functools.lru_cache(maxsize=8)
def _run(name, seed, changes):
    return simulate(cases.build(name, dict(changes)).scaled(ROOM), seed, sample=0, progress=False)


def evening(name, seed, **changes):
    """One evening of a case in a small room, with some of its inputs changed."""
    return _run(name, seed, tuple(sorted(changes.items())))


def longer_queue_less_wanted(seed, **doors):
    """Whether the event to which fewer came has the longer queue of people; each has weather of its own."""
    wanted = evening("the_wanted_event", seed, **doors)
    other = evening("the_longer_queue", seed + OTHER_WEATHER, **doors)
    queues = [readings.peak(run, "outside")[0] for run in (wanted, other)]
    return readings.came(wanted) > readings.came(other) and queues[1] > queues[0]


def refusing_lets_in(seed, **mechanism):
    """Whether a queue of two seconds lets nearly all in, and twice as many as the long one does."""
    long = readings.share_in(evening("same_hardware", seed, **mechanism))
    short = readings.share_in(evening("same_hardware", seed, queue_s=SHORT_QUEUE_S, **mechanism))
    return short >= NEARLY_ALL and short >= TIMES_AS_MANY * long


def happens(seed):
    """The moment, with its mechanisms: both halves."""
    return refusing_lets_in(seed) and longer_queue_less_wanted(seed)


def without(seed):
    """Either half of it, when clients wait as long as it takes, or with equal doors."""
    return refusing_lets_in(seed, timeout_s=None) or longer_queue_less_wanted(
        seed, handlers=EQUAL_DOORS
    )


def balance():
    """Each claim with the lowest and highest value of its deciding quantity within the ranges of the lab."""
    runs = [
        evening("same_hardware", 1, handlers=handlers, queue_s=seconds, **CALM)
        for handlers in DOORS
        for seconds in QUEUES_S
    ]
    measures = {"F3": readings.share_in, "S5": queue_of_demand, "S6": returns_kept}
    found = {key: [measure(run) for run in runs] for key, measure in measures.items()}
    return {key: (min(values), max(values)) for key, values in found.items()}
