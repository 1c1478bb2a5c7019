"""What a promise of time says: minutes of a month, and the chance that your own hour is hit."""

from __future__ import annotations

import math

from loadbearing.parts import ScenarioError

MONTH_DAYS = 30


def minutes_gone(available, days=MONTH_DAYS):
    """Return the minutes of so many days for which a supplier that is available for `available` of the time is gone.

    Site Reliability Workbook 2018: 99.9 % of 30 days leaves 43.2 minutes.

    >>> round(minutes_gone(0.999), 1)
    43.2
    """
    _inside("available", available)
    return (1 - available) * days * 24 * 60


def hit(available, repair_h, window_h):
    """Return the chance that a supplier is gone at some moment of a window of `window_h` hours.

    An alternating renewal process long after its start, with exponential up times of mean m and repairs of mean R
    hours: 1 - A exp(-w / m), where A = m / (m + R), so m = R A / (1 - A) (Barlow & Proschan 1975, chapter 7). How
    repairs are distributed does not matter.
    """
    _inside("available", available)
    for name, value in (("repair_h", repair_h), ("window_h", window_h)):
        if not value > 0:
            raise ScenarioError(f"{name} is {value}; give hours above 0.")
    up_h = repair_h * available / (1 - available)
    return 1 - available * math.exp(-window_h / up_h)


def _inside(name, value):
    if not 0 < value < 1:
        raise ScenarioError(f"{name} is {value}; give a share above 0 and below 1, such as 0.999.")
