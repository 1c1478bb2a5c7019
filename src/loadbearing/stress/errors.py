"""What can go wrong with many evenings: what was asked makes no sense, or one of them failed."""

from __future__ import annotations


class StressError(ValueError):
    """A sweep or a search that makes no sense as asked: the argument, its value, the remedy."""


class EveningFailed(RuntimeError):
    """An evening that could not be run or measured: which one, why, and what is done so far."""
