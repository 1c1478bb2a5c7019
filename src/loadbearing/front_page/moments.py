"""When a level was at its most, and what the best and busiest minutes of an evening held."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import readings as read

MINUTE = 60


def best_minute(run, series):
    """How many in the best minute of a series, as a whole number, and when it began."""
    rate, at = read.busiest_minute(run, series)
    return round(rate * min(MINUTE, len(series))), at


def minute_sums(series):
    """The sum over each minute of a series, however it is cut; of a shorter series, its sum."""
    span = min(MINUTE, len(series))
    totals = np.concatenate([[0.0], np.cumsum(series)])
    return totals[span:] - totals[:-span]


def at_its_most(run, level):
    """The highest level and when; on a whole minute if that is nearly as high: "At 20:12" reads better."""
    times = run.seconds["second"] + 1
    at = int(np.argmax(level))
    on_the_minute = np.flatnonzero(times % MINUTE == 0)
    if len(on_the_minute):
        best = int(on_the_minute[np.argmax(level[on_the_minute])])
        if level[best] >= 0.9 * level[at]:
            at = best
    return int(level[at]), float(times[at])


def cleared(run, outside, most, at):
    """The first whole minute after the most at which no more than one in a hundred of them stood outside."""
    times = run.seconds["second"] + 1
    gone = np.flatnonzero((times % MINUTE == 0) & (times > at) & (outside <= most / 100))
    return float(times[gone[0]]) if len(gone) and most else math.nan


def just_before(run, level, t):
    """The level at the end of the second before `t`; nan of no time."""
    return math.nan if math.isnan(t) else int(level[int(t) - run.evening.starts_s - 1])
