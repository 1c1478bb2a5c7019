"""How the audit speaks: one sentence that names the first listener, second or life that breaks a law."""

from __future__ import annotations

import numpy as np

from loadbearing.run import AuditError

CLOSE = 1e-9
"""How far two sums of seconds may lie apart, in seconds or as a share, for the rounding of numbers alone."""


def no_row(wrong, what):
    """Raise `AuditError` if any listener is `wrong` (booleans, one each), naming the first."""
    if wrong.any():
        raise AuditError(f"Listener {int(np.argmax(wrong))} {what}.")


def no_second(wrong, rows, what):
    """Raise `AuditError` if any second is `wrong` (booleans, one each), naming the first."""
    if wrong.any():
        raise AuditError(f"Second {int(rows['second'][np.argmax(wrong)])} {what}.")


def no_life(wrong, lives, what):
    """Raise `AuditError` if any kept moment is `wrong` (booleans, one each), naming the first whose life it is."""
    if wrong.any():
        raise AuditError(f"Listener {int(lives['listener'][np.argmax(wrong)])}'s life {what}.")


def same(what, by_second, by_listener):
    """Raise `AuditError` unless both counts are equal."""
    if by_second != by_listener:
        raise AuditError(f"The seconds count {by_second} {what}, the listeners {by_listener}.")


def close(what, one, two):
    """Raise `AuditError` unless both sums of seconds are equal but for rounding."""
    if abs(one - two) > 1e-7 * max(1.0, abs(one), abs(two)):
        raise AuditError(f"The area gives {one:.6f} {what}, the listeners {two:.6f}.")


def in_second(run, times):
    """Return the row of `run.seconds` in which each time falls; what happens exactly at the end is in the last."""
    rows = (times - run.evening.starts_s).astype(np.int64)
    return np.minimum(rows, len(run.seconds) - 1)


def counted(run, times):
    """Return how many of these times, in seconds from the start, fall into each second of the run."""
    return np.bincount(in_second(run, times), minlength=len(run.seconds))
