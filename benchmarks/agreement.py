"""Whether two engines run the same work: means over evenings, apart by no more than chance allows."""

from __future__ import annotations

import math
import statistics

READINGS = ("attempts", "unanswered", "joins")
MOST_APART = 3.0
"""Standard errors of the difference of two means."""


def apart(ours, theirs):
    """Return how far two lists of values lie apart: the difference of their means in standard errors of it.

    Infinite if neither varies and they differ. Raises `ValueError` for fewer than two evenings.
    """
    if min(len(ours), len(theirs)) < 2:
        raise ValueError(
            "One evening says nothing about chance: give at least two for each engine."
        )
    difference = statistics.fmean(ours) - statistics.fmean(theirs)
    error = math.sqrt(
        statistics.variance(ours) / len(ours) + statistics.variance(theirs) / len(theirs)
    )
    if error == 0:
        return 0.0 if difference == 0 else math.inf
    return abs(difference) / error


def farthest(ours, theirs):
    """Return how far two lists of tallies lie apart, at most: over attempts, waits given up and joins."""
    return max(
        apart([tally[at] for tally in ours], [tally[at] for tally in theirs])
        for at in range(len(READINGS))
    )


def agree(ours, theirs):
    """Tell whether two lists of tallies may come from the same work."""
    return farthest(ours, theirs) <= MOST_APART
