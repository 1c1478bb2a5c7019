"""What both engines share at the edges: which listeners are sampled, and how the account of seconds is closed."""

from __future__ import annotations

import collections

import numpy as np

from loadbearing.run import FLOWS, LEVELS, SECOND, WORK

SoFar = collections.namedtuple("SoFar", "flows deltas areas work")
"""The account while the evening is under way: one row a second, a column for each name of `run`."""


def sampled(listeners, sample):
    """Return the numbers of the sampled listeners: evenly spaced in order of arrival, about `sample` of them."""
    if sample <= 0 or listeners == 0:
        return np.array([], np.int64)
    stride = max(1, listeners // sample)
    return np.arange(stride // 2, listeners, stride)


def account(evening, flows, deltas, areas, work):
    """Return the seconds of a `Run` from what happened in each: flows, changes of levels, areas, work."""
    seconds = np.zeros(evening.length_s, SECOND)
    seconds["second"] = np.arange(evening.starts_s, evening.ends_s)
    for at, name in enumerate(FLOWS):
        seconds[name] = flows[:, at]
    level = np.cumsum(deltas, axis=0)
    for at, name in enumerate(LEVELS):
        seconds[name] = level[:, at]
        seconds[name + "_s"] = (level[:, at] - deltas[:, at]) + areas[:, at]
    for at, name in enumerate(WORK):
        seconds[name] = work[:, at]
    return seconds


def sorted_lives(lives):
    """Return the moments grouped by listener, each in order of time."""
    return np.take(lives, np.argsort(lives["listener"], kind="stable"))
