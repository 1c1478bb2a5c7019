"""Counts over time: one evening, many evenings, and whether a published count is passed."""

from __future__ import annotations

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True, eq=False)
class Curve:
    """How many there are at each moment: `times_s` and `count`, two arrays of one length."""

    times_s: np.ndarray
    count: np.ndarray

    def at(self, time_s):
        """Return the count at a time in seconds from the announced start."""
        return float(np.interp(time_s, self.times_s, self.count))


@dataclasses.dataclass(frozen=True, eq=False)
class Band:
    """Where other evenings with the same settings went: lowest and highest count at each moment."""

    times_s: np.ndarray
    low: np.ndarray
    high: np.ndarray
    number: int

    @classmethod
    def around(cls, curves):
        """Return the band around some curves, at the times of the first."""
        times = curves[0].times_s
        counts = np.array([np.interp(times, one.times_s, one.count) for one in curves])
        return cls(times, counts.min(axis=0), counts.max(axis=0), len(curves))

    def at(self, time_s):
        """Return (lowest, highest) at a time."""
        low = np.interp(time_s, self.times_s, self.low)
        return float(low), float(np.interp(time_s, self.times_s, self.high))


def passes(curve, point):
    """Tell whether a curve passes a published count, within the tolerance of the record's point."""
    return abs(point.misfit(max(0.0, curve.at(point.t)))) <= 1


def per_minute(run, flow, each=1.0):
    """Return (seconds at which each minute begins, how many in it): a flow of `run.seconds`, or a series like it.

    A last minute that the evening cuts short holds what came until then.
    """
    counts = run.seconds[flow] if isinstance(flow, str) else np.asarray(flow)
    starts = np.arange(0, len(counts), 60)
    return run.seconds["second"][starts].astype(float), np.add.reduceat(counts, starts) * each


def span(run):
    """Return when the evening begins and when it ends, in seconds from the announced start."""
    return run.evening.starts_s, run.evening.ends_s


def beginning(times_s):
    """Return when a series begins: a count at the end of the first second is of an evening a second older."""
    minute = 60.0 * np.floor(times_s[0] / 60)
    return minute if times_s[0] - minute <= 1 else float(times_s[0])


def whole_minute(times_s, t):
    """Return the whole minute nearest to `t`, where a number can be read off; `t` itself if none is among the times.

    Times are seconds from the announced start, in order.
    """
    minute = 60.0 * round(t / 60)
    return minute if times_s[0] <= minute <= times_s[-1] else float(t)


def room(run, each=1.0):
    """Return the listeners in the room over time; each simulated listener stands for `each` people."""
    return Curve(run.seconds["second"] + 1.0, run.seconds["inside"] * each)
