"""The window that a reading is of: whole seconds of the account, and whoever came in them."""

from __future__ import annotations

import bisect
import math

import numpy as np


class ReadingError(ValueError):
    """A reading that cannot be taken: the argument, its value, the remedy."""


def seconds_of(run, from_s=None, until_s=None):
    """The rows of `run.seconds` in a window; raise `ReadingError` if it is not in the account."""
    starts, ends = run.evening.starts_s, run.evening.ends_s
    from_s = starts if from_s is None else from_s
    until_s = ends if until_s is None else until_s
    for name, value in (("from_s", from_s), ("until_s", until_s)):
        if not math.isfinite(value) or value != int(value):
            raise ReadingError(f"{name} is {value}; give a whole number of seconds.")
    if not starts <= from_s < until_s <= ends:
        raise ReadingError(
            f"The window is {from_s} to {until_s}; it must lie within {starts} to {ends} and must "
            "not be empty."
        )
    return run.seconds[int(from_s) - starts : int(until_s) - starts]


def of_the_window(run, series, from_s=None, until_s=None):
    """The part of a whole evening's series, one number a second, that lies in a window."""
    return series[seconds_of(run, from_s, until_s)["second"] - run.evening.starts_s]


def people_of(run, from_s=None, until_s=None):
    """The rows of `run.listeners` who came in a window; they stand in order of arrival, so this copies none.

    Who came at the very end belongs to the last second, as everything does that happens then.
    """
    rows = seconds_of(run, from_s, until_s)
    arrived = run.listeners["arrived"]
    first = bisect.bisect_left(arrived, rows["second"][0])
    after = rows["second"][-1] + 1
    cut = bisect.bisect_right if after == run.evening.ends_s else bisect.bisect_left
    return run.listeners[first : cut(arrived, after)]


def by_the_second(run, times):
    """How many of these times fall in each second of the evening, as the engines count: the end is in the last one."""
    since = np.floor(times - run.evening.starts_s).astype(np.int64)
    last = run.evening.length_s - 1
    return np.bincount(np.minimum(since, last), minlength=last + 1)


def known(name, names):
    """The name, if it is one of these; raise `ReadingError` with all of them if not."""
    if name not in names:
        raise ReadingError(f"There is no {name!r} in a run; choose one of: {', '.join(names)}.")
    return name


def share_of(yes):
    """The part that is true; nan of nobody."""
    return float(np.count_nonzero(yes) / len(yes)) if len(yes) else math.nan


def ratio(part, whole):
    """The part over the whole; nan for nothing of nothing, inf for something of nothing."""
    if whole:
        return part / whole
    return math.inf if part else math.nan


def percentile_of(values, percentile):
    """The smallest value that at least this percentage does not exceed: always one person's own; nan of nobody."""
    if not 0 < percentile <= 100:
        raise ReadingError(f"percentile is {percentile}; it must be above 0 and at most 100.")
    if not len(values):
        return math.nan
    at = max(math.ceil(percentile * len(values) / 100) - 1, 0)
    return float(np.partition(values, at)[at])
