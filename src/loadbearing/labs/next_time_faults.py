"""How many faults are left: a naval program of the public record, fitted anew after each fault that was found."""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import growth, record
from loadbearing.pictures.growing import found_and_foreseen, how_many_left

SERIES, BEFORE_TEST = "naval_pauses", "naval_errors"
FROM = 21
"""The picture begins with so many found: before, the data show no growth most of the time."""

STEPS = 24


class Said(str):
    """A sentence that a cell shows as it is, without quotation marks."""

    __repr__ = str.__str__


@functools.cache
def moments():
    """Return the days on which faults were found."""
    return growth.after(record.series(SERIES).values)


@functools.cache
def fitted(found):
    """Return (Growth, (least, most not ruled out)) by Goel & Okumoto, on the day of the last of `found` faults."""
    fit = growth.goel_okumoto(moments()[:found])
    return fit, growth.range_of_total(fit)


def left_after_each():
    """Return the picture of how many there are in all, estimated anew after each fault."""
    found = range(FROM, len(moments()) + 1)
    rows = [(n, fitted(n)[0].total, *fitted(n)[1]) for n in found]
    return how_many_left(rows, len(moments()))


def foreseen_on_the_day(found=None):
    """Return the picture of what was foreseen when so many were found, and of what then came.

    `found`: as many as when the program was handed over, unless told otherwise; a sentence for what is no number of
    errors after which more came.
    """
    found = round(record.fact(BEFORE_TEST).value) if found is None else found
    last = len(moments()) - 1
    if isinstance(found, bool) or not isinstance(found, int) or not 2 <= found <= last:
        return Said(
            f"{found!r} is no such number of errors; write a whole number from 2 to {last}."
        )
    fit, _ = fitted(found)
    end = moments()[-1] - fit.until
    lasts = np.linspace(0, end, STEPS + 1)[1:]
    band = [(fit.until, found, found)]
    for one in lasts:
        low, _, high = growth.foreseen(fit, float(one))
        band.append((fit.until + one, found + low, found + high))
    days = np.linspace(0, moments()[-1], 80)
    curve = [(day, fit.expected(day)) for day in days]
    return found_and_foreseen(moments(), fit.until, curve, band)
