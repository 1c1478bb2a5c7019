"""What one believes of a capacity: a guess, and what becomes of it with everything seen since.

The guess is lognormal: ln C is normal with the middle of the guess and a spread s. It is held on a grid of ln C
and multiplied by the likelihood of each sight (Bayes' rule), so that nothing must be normal afterwards.
Bits: Kullback & Leibler 1951; what a test is worth in bits before it is made: Lindley 1956, Annals of
Mathematical Statistics 27:986.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy.special import ndtr, ndtri

from loadbearing.learning import asked
from loadbearing.units import span

CELLS = 8000
REACH = 8.0
"""The grid: so many cells, so many spreads to each side of the middle."""

NINE_IN_TEN = (0.05, 0.95)
SIDE = float(ndtri(NINE_IN_TEN[1]))

LIKELIEST_SPREAD = 0.8
"""The spread of a guess of which only the middle is known: 90 % between a quarter and the fourfold. An assumption."""

MOST_SPREAD = 3.0

UNIT = "joins a second"


@dataclasses.dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of a capacity: how likely each cell of ln C is; `seen` since the guess, `guessed` at first."""

    edges: np.ndarray
    weights: np.ndarray
    unit: str = UNIT
    seen: tuple = ()
    guessed: Belief | None = None

    def after(self, *seen):
        """Return the belief after these sights (or tuples of them, as `calendar` returns them).

        Each is a day of its own. Raises `LearningError` if the guess held what was seen for impossible.
        """
        sights = [one for item in seen for one in (item if isinstance(item, tuple) else (item,))]
        weights = self.weights
        for one in sights:
            weights = weights * one.likelihood(self.edges)
            if not weights.sum() > 0:
                raise asked.LearningError(
                    f"the guess is {span(self.guess.low, self.guess.high)} {self.unit}, but {one}: the guess holds "
                    "that for impossible; guess a wider range."
                )
            weights = weights / weights.sum()
        return dataclasses.replace(
            self, weights=weights, seen=(*self.seen, *sights), guessed=self.guess
        )

    @property
    def guess(self):
        """What was believed before anything was seen."""
        return self.guessed or self

    def quantile(self, share):
        """Return the capacity below which this share of the belief lies."""
        return float(math.exp(self._ln_quantile(asked.inside("share", share))))

    def above(self, load):
        """Return how likely the capacity is above a load, from 0 to 1."""
        at = math.log(asked.positive("load", load))
        return float(1.0 - np.interp(at, self.edges, self._cumulated()))

    @property
    def low(self):
        """The capacity is below this with a chance of 1 in 20."""
        return self.quantile(NINE_IN_TEN[0])

    @property
    def middle(self):
        """The capacity is as likely above this as below it."""
        return self.quantile(0.5)

    @property
    def high(self):
        """The capacity is above this with a chance of 1 in 20."""
        return self.quantile(NINE_IN_TEN[1])

    @property
    def wide(self):
        """How wide the range low to high is, as the logarithm of high over low."""
        return self._ln_quantile(NINE_IN_TEN[1]) - self._ln_quantile(NINE_IN_TEN[0])

    @property
    def spread(self):
        """The standard deviation of ln C."""
        middles = self._middles()
        mean = float(self.weights @ middles)
        return math.sqrt(float(self.weights @ (middles - mean) ** 2))

    def times_narrower(self, before=None):
        """Return how many times narrower the range is than it was `before`, at first unless said; on the scale of ln C.

        For a normal belief its base-2 logarithm is the bits that a measurement is expected to bring.
        """
        return (before or self.guess).wide / self.wide

    def bits_from(self, before=None):
        """Return the bits gained since `before`, at first unless said: sum of p log2(p / q), never below 0.

        Raises `LearningError` if both are not held on one grid.
        """
        before = before or self.guess
        if not np.array_equal(before.edges, self.edges):
            raise asked.LearningError(
                "bits can only be counted from the guess of which this belief came; give that one."
            )
        held = self.weights > 0
        p, q = self.weights[held], before.weights[held]
        if not (q > 0).all():
            raise asked.LearningError(
                "before holds less for possible than this belief; swap the two."
            )
        return max(float(p @ np.log2(p / q)), 0.0)

    def curve(self):
        """Return (capacities, how likely each is): the highest is 1, on the scale of ln C; for a picture."""
        return np.exp(self._middles()), self.weights / self.weights.max()

    @property
    def range(self):
        """The range in words: nine chances in ten lie in it.

        >>> guess(500, 9000).range
        '500 to 9,000'
        """
        return span(self.low, self.high)

    @property
    def surprising(self):
        """Tell whether the middle now lies outside the range of the guess: the guess was too narrow."""
        return not self.guess.low <= self.middle <= self.guess.high

    def say(self):
        """Return the belief in plain words, nine chances in ten.

        >>> guess(500, 9000).say()
        'You guess 500 to 9,000 joins a second.'
        """
        if self.guessed is None:
            return f"You guess {self.range} {self.unit}."
        if self.range == self.guess.range:
            return f"Your guess of {self.range} {self.unit} is what it was."
        told = f"Your guess of {self.guess.range} {self.unit} became {self.range}."
        if self.surprising:
            told += " That lies outside your guess: the guess was too narrow."
        return told

    def __repr__(self):
        return self.say()

    def _middles(self):
        return (self.edges[1:] + self.edges[:-1]) / 2

    def _cumulated(self):
        return np.append(0.0, np.cumsum(self.weights))

    def _ln_quantile(self, share):
        return float(np.interp(share, self._cumulated(), self.edges))


def guess(low, high, unit=UNIT):
    """Return a guess of which nine chances in ten lie between `low` and `high`: lognormal, its middle their root.

    >>> guess(500, 9000)
    You guess 500 to 9,000 joins a second.
    """
    low, high = asked.rising(("low", "high"), low, high)
    return guess_around(math.sqrt(low * high), math.log(high / low) / (2 * SIDE), unit)


def guess_around(middle, spread=LIKELIEST_SPREAD, unit=UNIT):
    """Return a guess with this middle and this spread of ln C."""
    middle, spread = asked.positive("middle", middle), asked.positive("spread", spread)
    if spread > MOST_SPREAD:
        raise asked.LearningError(
            f"spread is {spread:g}: nine chances in ten reach from 1 to more than {math.exp(2 * SIDE * spread):,.0f}; "
            f"give at most {MOST_SPREAD:g}."
        )
    steps = np.linspace(-REACH, REACH, CELLS + 1)
    below = ndtr(-np.abs(steps))  # from the nearer end, so that rare capacities keep their figures
    weights = np.abs(np.diff(below))
    return Belief(
        edges=math.log(middle) + spread * steps, weights=weights / weights.sum(), unit=unit
    )
