"""One number that a case is built from, and where it comes from."""

from __future__ import annotations

import dataclasses

KINDS = ("record", "assumption", "calibrated")


@dataclasses.dataclass(frozen=True)
class Input:
    """One number that a case is built from: its value, its kind, why it is so, and a key of the record if any.

    A key with an assumption is what suggested it; with a calibrated value, the count that it serves.
    `step`: a calibrated value is a whole number of these.
    """

    value: float
    kind: str
    why: str
    record: str | None = None
    step: float | None = None


def assumed(value, why, record=None):
    """Return an input that nobody published, with the reason for its value."""
    return Input(value, "assumption", why, record)


def calibrated(value, step, why, record):
    """Return an input that was found by fitting, a whole number of steps, and the count that it serves."""
    return Input(value, "calibrated", why, record, step)
