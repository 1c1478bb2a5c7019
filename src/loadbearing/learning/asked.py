"""What was asked, checked: a field, its value and what to give instead, in one sentence."""

from __future__ import annotations

import math

import numpy as np


class LearningError(ValueError):
    """What was asked makes no sense, or contradicts the guess: one sentence with the remedy."""


def number(field, value):
    """Return `value` as a finite float, or raise the sentence."""
    try:
        if isinstance(value, bool | str | bytes):
            raise TypeError
        found = float(value)
    except (TypeError, ValueError):
        raise LearningError(f"{field} is {value!r}; give a number.") from None
    if not math.isfinite(found):
        raise LearningError(f"{field} is {value}; give a finite number.")
    return found


def positive(field, value):
    """Return `value` as a float above 0."""
    found = number(field, value)
    if found <= 0:
        raise LearningError(f"{field} is {value}; give a number above 0.")
    return found


def not_negative(field, value):
    """Return `value` as a float of 0 or more."""
    found = number(field, value)
    if found < 0:
        raise LearningError(f"{field} is {value}; give 0 or more.")
    return found


def share(field, value):
    """Return `value` as a float from 0 to 1."""
    found = number(field, value)
    if not 0 <= found <= 1:
        raise LearningError(f"{field} is {value}; give a share from 0 to 1.")
    return found


def inside(field, value):
    """Return `value` as a float above 0 and below 1."""
    found = number(field, value)
    if not 0 < found < 1:
        raise LearningError(f"{field} is {value}; give a share above 0 and below 1, such as 0.5.")
    return found


def whole(field, value, least=0):
    """Return `value` as a whole number of at least `least`."""
    found = number(field, value)
    if found != math.floor(found) or found < least:
        raise LearningError(f"{field} is {value}; give a whole number of {least} or more.")
    return int(found)


def rising(fields, low, high):
    """Return (low, high) as floats above 0, the first smaller than the second."""
    low, high = positive(fields[0], low), positive(fields[1], high)
    if low >= high:
        raise LearningError(
            f"{fields[0]} is {low:g} and {fields[1]} is {high:g}; give the smaller one first."
        )
    return low, high


def columns(fields, *given):
    """Return arrays of one length, at least one long."""
    arrays = [np.asarray(one) for one in given]
    lengths = [len(one) if one.ndim == 1 else -1 for one in arrays]
    if len({*lengths}) != 1 or lengths[0] < 1:
        raise LearningError(
            f"{' and '.join(fields)} have the lengths {lengths}; give lists of one length, "
            "with one number or more."
        )
    return arrays
