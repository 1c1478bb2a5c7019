"""The word for a share: `most`, `about half`, `hardly anyone`, only where the number allows it."""

from __future__ import annotations

import math

NAMED = (
    # share, its name, how far a share may lie from it and still be "about" it
    (1 / 10, "one in ten", 0.01),
    (1 / 5, "one in five", 0.02),
    (1 / 4, "one in four", 0.02),
    (1 / 3, "one in three", 0.02),
    (1 / 2, "half", 0.02),
    (2 / 3, "two in three", 0.02),
    (3 / 4, "three in four", 0.02),
    (9 / 10, "nine in ten", 0.01),
)
HARDLY = 0.01
ROUNDING = 1e-12


def how_many(share):
    """The word for how many of a crowd a share is; it says all or none only when it is so.

    "About" means within two in a hundred (one for tenths), "more than" beyond that, "most" more than half.
    Raises `ValueError` for what is no share.

    >>> how_many(0), how_many(0.004), how_many(1 / 3), how_many(0.5), how_many(0.6), how_many(1)
    ('nobody', 'hardly anyone', 'about one in three', 'half', 'most', 'everyone')
    >>> how_many(0.05), how_many(0.3), how_many(0.45), how_many(0.95), how_many(0.995)
    ('fewer than one in ten', 'more than one in four', 'fewer than half', 'more than nine in ten', 'almost everyone')
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share is {share}; a part of a crowd runs from 0 to 1.")
    if share in (0, 0.5, 1):
        return {0: "nobody", 0.5: "half", 1: "everyone"}[share]
    if share <= HARDLY:
        return "hardly anyone"
    if share >= 1 - HARDLY:
        return "almost everyone"
    near = [
        (abs(share - named), name) for named, name, about in NAMED if _within(share, named, about)
    ]
    if near:
        return f"about {min(near)[1]}"
    if share < NAMED[0][0]:
        return f"fewer than {NAMED[0][1]}"
    if 0.4 < share < 0.5:
        return "fewer than half"
    below = max((named, name) for named, name, _ in NAMED if named < share)
    return "most" if below[1] == "half" else f"more than {below[1]}"


def _within(share, named, about):
    return math.fabs(share - named) <= about + ROUNDING
