"""What a test is worth in bits before it is made, and how many tests an evening is worth.

Bits of an experiment: Lindley 1956, Annals of Mathematical Statistics 27:986.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy.special import ndtr

from loadbearing import draws
from loadbearing.learning import asked
from loadbearing.learning.belief import NINE_IN_TEN, Belief
from loadbearing.learning.seen import NOISE
from loadbearing.units import span

TRUTH, PLACE, OUTCOME = 501, 502, 503
"""Purposes of the draws made here."""

FINE = 12
"""Cells to the range that is aimed at, when tests are played."""


def bits_of_measuring(spread, noise=NOISE):
    """Return the bits that measuring a full service brings, before it is measured: log2(1 + (spread/noise)^2) / 2.

    `spread` of the guess and `noise` of the measurement, both of ln C (mutual information of a normal with normal
    noise; Shannon 1948).

    >>> round(bits_of_measuring(0.8, 0.1), 4)
    3.0112
    """
    ratio = asked.positive("spread", spread) / asked.positive("noise", noise)
    return 0.5 * math.log2(1 + ratio * ratio)


def bits_of_asking(belief, load, noise=0.0):
    """Return the bits that one test at this load brings, passed or failed, before it is made: never more than 1.

    The uncertainty of the answer, less what of it is the noise of the day.

    >>> from loadbearing.learning.belief import guess_around
    >>> round(bits_of_asking(guess_around(1000, 0.8), 1000), 4)
    1.0
    >>> round(bits_of_asking(guess_around(1000, 0.8), 2000), 4)
    0.708
    """
    noise = asked.share("noise", noise)
    if noise == 0:
        return float(_bits(belief.above(load)))
    middles = (belief.edges[1:] + belief.edges[:-1]) / 2
    passes = ndtr((middles - math.log(asked.positive("load", load))) / noise)
    return float(_bits(belief.weights @ passes) - belief.weights @ _bits(passes))


@dataclasses.dataclass(frozen=True)
class Worth:
    """How many pass-or-fail tests narrow a guess as much as an evening did.

    `planned` at the loads of a calendar, `halving` each at the middle of what is still believed: (low, likely,
    high), inf where more than `most` would be needed.
    """

    planned: tuple
    halving: tuple
    most: int

    def say(self):
        """Return both in plain words, nine chances in ten.

        >>> Worth((40.0, 90.0, math.inf), (5.0, 6.0, 9.0), 500).say().split(". ")[0]
        'At the loads of your calendar this evening is worth 40 to more than 500 tests'
        """
        return (
            f"At the loads of your calendar this evening is worth {self._range(self.planned)}. With each test "
            f"at the middle of what is still believed it is worth {self._range(self.halving)}."
        )

    def _range(self, of):
        low, _, high = of
        if low == math.inf:
            return f"more than {self.most:,} tests"
        if high == math.inf:
            return f"{low:,.0f} to more than {self.most:,} tests"
        return f"{span(low, high) if high > 10 else _few(low, high)} test{'s' if high != 1 else ''}"


def worth_in_tests(belief, loads, noise=NOISE, seed=1, played=100, most=500):
    """Return `Worth`: how many scheduled tests would have narrowed the guess to the range of this belief.

    `loads`: where the tests of the calendar stand; each test takes one of them. Played `played` times: a true
    capacity from the belief, tests passed or failed with the noise of their day, the guess after each, until it is
    as narrow as the belief, or `most` tests are made. The interval is over true capacities, loads and days.
    """
    if not isinstance(belief, Belief) or belief.guessed is None:
        raise asked.LearningError(
            "belief is only a guess; give what became of it: guess.after(...)."
        )
    (loads,) = asked.columns(("loads",), loads)
    loads = np.array([asked.positive("loads", one) for one in loads.tolist()])
    noise = asked.share("noise", noise)
    played, most = asked.whole("played", played, least=1), asked.whole("most", most, least=1)
    if belief.times_narrower() <= 1:
        return Worth((0.0,) * 3, (0.0,) * 3, most)
    numbers = np.arange(played)
    luck = draws.uniforms(draws.key(draws.checked_seed(seed), TRUTH), numbers)
    truths = np.array([math.log(belief.quantile(one)) for one in luck])
    play = _Play(belief, truths, noise, seed, most)
    return Worth(play.at(np.log(loads)), play.at(None), most)


@dataclasses.dataclass(frozen=True, eq=False)
class _Play:
    """Many calendars at once, one in a row: the same true capacities and the same luck for each kind of calendar."""

    belief: Belief
    truths: np.ndarray
    noise: float
    seed: int
    most: int

    def at(self, loads):
        """(low, likely, high) of tests needed at these ln loads, or, if None, at the middle of what is believed."""
        edges, weights = _coarser(self.belief)
        middles = (edges[1:] + edges[:-1]) / 2
        held = np.tile(weights, (len(self.truths), 1))
        needed = np.full(len(self.truths), math.inf)
        waiting = np.arange(len(self.truths))
        place, outcome = (draws.key(self.seed, one) for one in (PLACE, OUTCOME))
        table = None if loads is None else self._passes(middles, edges, loads)
        for test in range(1, self.most + 1):
            if loads is None:
                at = _ln_quantile(held, edges, 0.5)
                passes = self._passes(middles, edges, at)
            else:
                which = (draws.uniforms(place, waiting, test) * len(loads)).astype(int)
                at, passes = loads[which], table[which]
            luck = draws.uniforms(outcome, waiting, test)
            went_well = luck < self._chance(self.truths[waiting] - at)
            held = held * np.where(went_well[:, None], passes, 1 - passes)
            held /= np.maximum(held.sum(axis=1, keepdims=True), 1e-300)
            low, high = (_ln_quantile(held, edges, one) for one in NINE_IN_TEN)
            done = high - low <= self.belief.wide * (1 + 1e-9)
            needed[waiting[done]] = test
            waiting, held = waiting[~done], held[~done]
            if not len(waiting):
                break
        return tuple(np.quantile(needed, (0.05, 0.5, 0.95), method="nearest").tolist())

    def _chance(self, ahead):
        """The chance to pass, the capacity so far ahead of the load in ln."""
        return ndtr(ahead / self.noise) if self.noise else (ahead > 0).astype(float)

    def _passes(self, middles, edges, at):
        """The chance to pass for each load (rows) and each cell."""
        if self.noise:
            return ndtr((middles - at[:, None]) / self.noise)
        return np.clip((edges[1:] - at[:, None]) / np.diff(edges), 0.0, 1.0)


def _coarser(belief):
    """The guess on a grid just fine enough to see the range that is aimed at: (edges, weights)."""
    cell = belief.edges[1] - belief.edges[0]
    together = max(1, int(belief.wide / FINE / cell))
    keep = len(belief.weights) // together * together
    weights = belief.guess.weights[:keep].reshape(-1, together).sum(axis=1)
    edges = belief.edges[: keep + 1 : together]
    likely = (weights > 1e-9).nonzero()[0]
    inside = slice(likely[0], likely[-1] + 1)
    return edges[likely[0] : likely[-1] + 2], weights[inside] / weights[inside].sum()


def _ln_quantile(held, edges, share):
    """The ln capacity below which this share lies, of each row."""
    cumulated = np.cumsum(held, axis=1)
    cell = np.minimum((cumulated < share).sum(axis=1), held.shape[1] - 1)
    rows = np.arange(len(held))
    inside = (share - cumulated[rows, cell] + held[rows, cell]) / np.maximum(
        held[rows, cell], 1e-300
    )
    return edges[cell] + np.clip(inside, 0.0, 1.0) * (edges[1] - edges[0])


def _bits(p):
    """The uncertainty of a yes or no with this chance, in bits."""
    p = np.clip(np.asarray(p, float), 1e-300, 1.0)
    rest = np.clip(1.0 - p, 1e-300, 1.0)
    return -(p * np.log2(p) + rest * np.log2(rest))


def _few(low, high):
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
