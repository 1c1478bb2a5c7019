"""How sure a student was, and how often right: "when you said 80 %, you were right 6 times in 10"."""

from __future__ import annotations

import dataclasses
import math

from loadbearing.progress import versions
from loadbearing.units import share

ENOUGH = 5
"""Predictions with one confidence from which on it is told how they came out."""

BY_LUCK = 0.05
"""How rare a result must be, were the confidence just right, before it is called too sure or too careful."""


@dataclasses.dataclass(frozen=True)
class Group:
    """All settled predictions of one confidence: how sure (0 to 1), how many, and how many of them right."""

    confidence: float
    number: int
    right: int


def groups(predictions):
    """Return a `Group` for each confidence, the least sure first, from the entries of the progress file.

    The first answer to a question counts, not one given after the runs; what has no confidence, or is not settled
    yet, counts nowhere.
    """
    counted = {}
    for entry in predictions.values():
        first = next((one for one in versions(entry) if one.get("answer") is not None), {})
        sure, right = first.get("confidence"), entry.get("right")
        if not isinstance(sure, int | float) or not 0 < sure <= 1 or right is None:
            continue
        number, hits = counted.get(sure, (0, 0))
        counted[sure] = number + 1, hits + (first["answer"] == right)
    return [Group(sure, *counted[sure]) for sure in sorted(counted)]


def told(found):
    """Return in sentences how well the confidences fit, and how many predictions are still missing.

    >>> told([Group(0.8, 10, 6)])
    ['When you said 80 %, you were right 6 times in 10. That fits.']
    >>> told([Group(0.5, 2, 2)])
    ['You said 50 % in 2 predictions; 3 more, and it can be told how often you are right then.']
    """
    if not found:
        return [
            f"Say how sure you are when you predict. After {ENOUGH} predictions of one confidence you "
            "read here how often you were right."
        ]
    return [_told(one) for one in found]


def _told(group):
    sure, missing = share(group.confidence), ENOUGH - group.number
    if missing > 0:
        many = "1 prediction" if group.number == 1 else f"{group.number} predictions"
        return f"You said {sure} in {many}; {missing} more, and it can be told how often you are right then."
    times = "once" if group.right == 1 else f"{group.right} times"
    said = f"When you said {sure}, you were right {times} in {group.number}."
    if chance_of_at_most(group.right, group) < BY_LUCK:
        return f"{said} That is less often than luck explains: you were too sure."
    if chance_of_at_least(group.right, group) < BY_LUCK:
        return f"{said} That is more often than luck explains: you were too careful."
    return f"{said} That fits."


def chance_of_at_most(right, group):
    """Return the chance of so many right answers or fewer, were each right with the stated confidence (binomial)."""
    return sum(_chance(hits, group) for hits in range(right + 1))


def chance_of_at_least(right, group):
    """Return the chance of so many right answers or more, were each right with the stated confidence (binomial)."""
    return sum(_chance(hits, group) for hits in range(right, group.number + 1))


def _chance(hits, group):
    ways = math.comb(group.number, hits)
    return ways * group.confidence**hits * (1 - group.confidence) ** (group.number - hits)
