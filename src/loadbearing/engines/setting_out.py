"""Setting out the crowd, compiled: `draws.arrivals` to the last bit, without sorting a million numbers.

Everybody's luck is a uniform number, so listeners are dealt into as many bins as there are listeners, by their
luck; what shares a bin is put in order where it stands (bucket sort). Luck is drawn again where it is needed: that is
cheaper than keeping it.
"""

from __future__ import annotations

from loadbearing.engines._numba import njit
from loadbearing.engines.compiled_draws import uniform, whole_ticks
from loadbearing.engines.memory import MINE, listener_at, real_at, short_at, whole_at

WORDS = MINE.itemsize // 8
GROUP_BITS, IN_CACHE = 14, 1 << 18


@njit
def set_out(s, numbers, rough, bins, key, times, shares, points, blank):
    """Write everybody's row: what they draw by, when they arrive, and that nothing has happened to them yet.

    Addresses: `numbers`, `rough` and `bins`, to work in, with a row for each listener and one more; `times` and
    `shares` with `points` rows, the table of arrivals; `blank`, the row of somebody to whom nothing has happened.
    """
    deal(numbers, rough, bins, s.coming, key)
    for at in range(s.coming):
        number = short_at(numbers, at).value
        luck = uniform(key, number, 0)
        for word in range(WORDS):
            whole_at(s.listeners, at * WORDS + word).value = whole_at(blank, word).value
        to = at
        while to > 0 and listener_at(s.listeners, to - 1).arrived > luck:
            here, before = listener_at(s.listeners, to), listener_at(s.listeners, to - 1)
            here.arrived, here.who = before.arrived, before.who
            to -= 1
        here = listener_at(s.listeners, to)
        here.arrived, here.who = luck, number
    walk(s, times, shares, points)


@njit
def deal(numbers, rough, bins, count, key):
    """Put the numbers of all listeners in the order of the bins of their luck, and of their number within a bin.

    First roughly, so that then only a few bins, which fit into the processor's cache, are filled at a time.
    """
    groups = 1 + (count >> GROUP_BITS) if count > IN_CACHE else 0
    for at in range(groups):
        short_at(bins, at).value = 0
    if groups > 0:
        for number in range(count):
            short_at(bins, int(uniform(key, number, 0) * groups)).value += 1
        add_up(bins, groups)
    for number in range(count):
        if groups > 0:
            put(rough, bins, int(uniform(key, number, 0) * groups), number)
        else:
            short_at(rough, number).value = number
    for at in range(count):
        short_at(bins, at).value = 0
    for at in range(count):
        short_at(bins, int(uniform(key, short_at(rough, at).value, 0) * count)).value += 1
    add_up(bins, count)
    for at in range(count):
        number = short_at(rough, at).value
        put(numbers, bins, int(uniform(key, number, 0) * count), number)


@njit
def add_up(bins, count):
    """Turn how many belong into each bin into where each bin begins."""
    before = 0
    for at in range(count):
        row = short_at(bins, at)
        here = row.value
        row.value = before
        before += here


@njit
def put(numbers, bins, place, number):
    """Put a number into its bin."""
    row = short_at(bins, place)
    short_at(numbers, row.value).value = number
    row.value += 1


@njit
def walk(s, times, shares, points):
    """Turn everybody's luck into the time at which the table of arrivals reaches it: `numpy.interp`, in one walk."""
    place = 0
    for at in range(s.coming):
        me = listener_at(s.listeners, at)
        luck = me.arrived
        while place < points - 2 and real_at(shares, place + 1).value <= luck:
            place += 1
        share, time = real_at(shares, place).value, real_at(times, place).value
        if luck > share:
            slope = (real_at(times, place + 1).value - time) / (
                real_at(shares, place + 1).value - share
            )
            time = slope * (luck - share) + time
        me.arrived = whole_ticks(time, s.tick)
