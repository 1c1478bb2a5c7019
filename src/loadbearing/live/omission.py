"""Coordinated omission: what a closed loop leaves out, on the student's own record.

A user who waits for an answer before asking again does not ask while the door stalls. So the stall prevents just those
asks that would have met it, and the percentiles of what was recorded look fine (Gil Tene, "How NOT to Measure Latency",
2013). Open against closed generators: Schroeder, Wierman & Harchol-Balter, NSDI 2006.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.engines import simulate
from loadbearing.live import measured
from loadbearing.run import Moment, Outcome
from loadbearing.scenario import Steady
from loadbearing.units import duration, share

TINY_S = 1e-6
SHOWN = (0.5, 0.9, 0.99)
"""The shares of asks whose waits a table shows."""


def waits(attempts):
    """Return how long each ask of a record waited for its answer, or in vain, in seconds.

    `attempts`: rows of `record.ATTEMPT`. An ask that was let in waited until its service ended, one whose client went
    until then. Refusals come at once and would only make the percentiles look better; they are left out, and so are
    asks still open when the record ends: see `refusals`.
    """
    is_in, went = attempts["answer"] == Moment.JOINED, ~np.isnan(attempts["gone"])
    until = np.where(is_in, attempts["ended"], attempts["gone"])
    return np.sort((until - attempts["sent"])[(is_in | went) & ~np.isnan(attempts["sent"])])


def refusals(attempts):
    """Return how many asks of a record were refused."""
    kinds = [moment for moment in Moment if moment.name.startswith("REFUSED")]
    return int(np.isin(attempts["answer"], kinds).sum())


def corrected(waits_s, every_s):
    """Return the waits with those added that a stall prevented, in seconds, in order.

    HdrHistogram's rule (`recordValueWithExpectedInterval`): a user who asks every `every_s` and waited `w` would
    meanwhile have asked again after one interval, two ..., and waited w - every_s, w - 2 every_s ..., down to the last
    that is at least `every_s`. Raises ValueError with a sentence if `every_s` is not above 0.
    """
    if not every_s > 0:
        raise ValueError(f"every_s is {every_s}; give the seconds between two asks of one user.")
    waits_s = np.asarray(waits_s, float)
    left_out = np.maximum(np.floor(waits_s / every_s + 1e-9).astype(int) - 1, 0)
    steps = np.concatenate([[0.0], *(np.arange(1, n + 1) for n in left_out[left_out > 0])])[1:]
    added = np.repeat(waits_s, left_out) - steps * every_s
    return np.sort(np.concatenate([waits_s, added]))


def percentile(waits_s, of):
    """Return the shortest wait that at least the share `of` of all waits do not exceed; nan of nobody."""
    ordered = np.sort(np.asarray(waits_s, float))
    if not len(ordered):
        return math.nan
    return float(ordered[max(math.ceil(of * len(ordered) - 1e-9), 1) - 1])


def late_share(waits_s, within_s):
    """Return the share of waits above `within_s` seconds; nan of nobody."""
    waits_s = np.asarray(waits_s, float)
    return float(np.mean(waits_s > within_s)) if len(waits_s) else math.nan


def open_loop(evening, per_s, lasts_s, seed=1):
    """Return the waits, in seconds, of people who ask this door `per_s` times a second without waiting for each other.

    Simulated: one ask each, evenly spread by chance over `lasts_s` seconds, on the evening that the door kept (its
    stall included). Whoever still waits at the end of the account has waited until then. Refused ones are left out, as
    in `waits`.
    """
    told = evening.changed(
        {
            "crowd.listeners": max(1, round(per_s * lasts_s)),
            "crowd.arrivals": Steady(from_s=0, until_s=lasts_s),
            "crowd.retries.most": 1,
        }
    )
    mine = simulate(told, seed, engine="reference", sample=0).listeners
    joined, gave_up = ~np.isnan(mine["joined"]), mine["outcome"] == Outcome.GAVE_UP
    until = np.where(joined, mine["joined"], np.where(gave_up, mine["left"], told.ends_s))
    refused = gave_up & (mine["left"] <= mine["first_sent"])
    came = mine["outcome"] != Outcome.AFTER_THE_END
    return np.sort((until - mine["first_sent"])[came & ~refused])


def usual_s(attempts, entry):
    """Return how long an answer takes when all is well, in seconds: the mean wait until the test's own stall.

    Of a test without one, the mean wait: then it asks as often in an open loop as it did. nan of nobody.
    """
    stall_s = math.inf if entry.stalls_at_s is None else entry.stalls_at_s
    over = np.where(attempts["answer"] == Moment.JOINED, attempts["ended"], attempts["gone"])
    before = waits(attempts[over <= stall_s])
    waited = before if len(before) else waits(attempts)
    return float(np.mean(waited)) if len(waited) else math.nan


@dataclasses.dataclass(frozen=True)
class Omission:
    """Three views of one stall: waits in seconds as recorded, as corrected, and as an open loop met them."""

    users: int
    every_s: float
    within_s: float
    recorded: np.ndarray
    corrected: np.ndarray
    open: np.ndarray

    @property
    def left_out(self):
        """How many asks the test did not make because it was waiting."""
        return len(self.corrected) - len(self.recorded)

    @property
    def table(self):
        """Rows (share of asks, recorded, corrected, open): the wait in seconds that this share did not exceed."""
        views = self.recorded, self.corrected, self.open
        return [(of, *(percentile(view, of) for view in views)) for of in SHOWN]

    def say(self):
        """Return what was found, in plain words."""
        late = [
            late_share(one, self.within_s) for one in (self.recorded, self.corrected, self.open)
        ]
        if any(map(math.isnan, late)):
            return "Nothing was answered in this test, so there is nothing to compare."
        recorded, counted, met = map(share, late)
        soon = duration(self.within_s)
        if late[1] == 0:
            told = f"No ask took longer than {soon}"
            if late[2] == 0:
                return f"{told}, nor would it have without waiting for each other: this test left nothing out."
            return (
                f"{told}. But users who wait for their answer never ask faster than the door can answer. If people "
                f"asked as often without waiting for each other, {met} would wait longer."
            )
        others = f"Of people who ask without waiting for each other it is {met}."
        if not self.left_out:
            return (
                f"As recorded, {recorded} of the asks took longer than {soon}; no user missed an ask by waiting. "
                f"{others}"
            )
        asks = "1 ask was" if self.left_out == 1 else f"{self.left_out:,} asks were"
        return (
            f"As recorded, {recorded} of the asks took longer than {soon}. But the users waited instead of asking "
            f"again, and {asks} never made. Counted as if they had been, it is {counted}. {others}"
        )


def omission(attempts, entry, open_waits_s, timeout_s=None):
    """Return the `Omission` of a scheduled test: its record, its `Entry`, and what an open loop met at the same door.

    `attempts`: rows of `record.ATTEMPT`. `open_waits_s`: from `open_loop`, or `waits` of a measured surge. A user asks
    every think time plus an answer, as when all is well. `timeout_s`: how long a client waits, if not for ever: an ask
    that was given up then was late, however much more the test promised.
    """
    recorded = waits(attempts)
    every_s = entry.interval_s(usual_s(attempts, entry)) if len(recorded) else 1.0
    return Omission(
        users=entry.users,
        every_s=every_s,
        within_s=min(entry.promise.within_s, (timeout_s or math.inf) - TINY_S),
        recorded=recorded,
        corrected=corrected(recorded, every_s),
        open=np.asarray(open_waits_s, float),
    )


def read(folder, entry, evening=None, seed=1):
    """Return the `Omission` of a scheduled test in its folder, or raise `record.Unusable` with a sentence.

    The open loop is simulated at the door that stood there, or on `evening` if one is given, such as one with fitted
    numbers; it asks as often as the test did when all was well.
    """
    found = measured.read(folder)
    recorded = waits(found.attempts)
    if not len(recorded):
        return omission(found.attempts, entry, recorded)
    timeout_s = found.evening.crowd.timeout_s
    per_s = entry.per_s(usual_s(found.attempts, entry))
    met = open_loop(evening or found.evening, per_s, entry.lasts_s, seed)
    return omission(found.attempts, entry, met, timeout_s)
