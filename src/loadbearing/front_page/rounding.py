"""How times are rounded and said on a front page, so that a sentence stays true once its number is printed."""

from __future__ import annotations

import math

from loadbearing.readings import plainly
from loadbearing.units import duration, people

MINUTE = 60
ROUNDING = 1e-6


def below(seconds):
    """A round time that is strictly shorter, so that "longer than" stays true once it is printed."""
    if math.isnan(seconds):
        return seconds
    step = _step(seconds)
    return max(0.0, math.ceil(seconds / step - ROUNDING) * step - step)


def above(seconds):
    """A round time that is no shorter, so that "within" stays true once it is printed."""
    if math.isnan(seconds):
        return seconds
    step = _step(seconds)
    return math.ceil(seconds / step) * step


def _step(seconds):
    """Whole minutes from ten minutes on, ten seconds from one minute on, then seconds, then tenths."""
    for least, step in ((10 * MINUTE, MINUTE), (MINUTE, 10), (10, 1)):
        if seconds >= least:
            return step
    return 0.1


def tidy(seconds):
    """A time without the dust of adding tenths."""
    return round(seconds, 6)


def span(seconds):
    """A length of time; from ten hours on in whole hours, since nobody counts the minutes then."""
    return duration(seconds) if seconds < 36_000 else f"{people(seconds / 3600)} hours"


def in_hours(hours):
    """A length of time in hours, with tenths only where they count."""
    return plainly(hours)
