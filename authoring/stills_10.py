"""The picture of unit 10's lesson: the minutes that a promise of 99.9 % leaves out, strewn or in one hour."""

from __future__ import annotations

import numpy as np

from loadbearing import contract, draws
from loadbearing.checks.unit_10_reading import available
from loadbearing.pictures.months import DAY_S, HOUR_S, a_month_twice
from loadbearing.units import hours, minutes

EVENING, BEGINS = 16, hours(20)
SEED, STREWN = 1, 220
MOST_NIGHTLY = hours(7)
"""Strewn minutes fall between midnight and then."""


def the_contract():
    """Draw the same promise kept twice: a minute here and there at night, or all of it in your own hour."""
    gone_s = minutes(contract.minutes_gone(available()))
    whole = int(gone_s // 60)
    luck = draws.uniforms(draws.key(SEED, STREWN), np.arange(2 * whole))
    begins = np.floor(30 * luck[:whole]) * DAY_S + luck[whole:] * MOST_NIGHTLY
    yours = EVENING * DAY_S + BEGINS
    once = np.array([yours + minutes(5)])
    return a_month_twice(
        {
            "a minute here and there": (np.sort(begins), np.full(whole, gone_s / whole)),
            "all at once": (once, np.array([gone_s])),
        },
        (yours, yours + HOUR_S),
    )
