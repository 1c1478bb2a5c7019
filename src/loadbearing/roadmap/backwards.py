"""The best plan known, solved from the last quarter to the first; and the best that no luck can spoil.

Bellman's dynamic programming (1957) over the quarter and the audience. All luck is summed exactly: every weather, every
release, spike and fault. The audience stands on a grid, so the plan is called the best known, never the optimal one.
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from loadbearing.roadmap import chances
from loadbearing.roadmap.companies import Company, Spend, spends

NEVER = math.inf
"""The price of a bad evening for the plan after which no luck makes one."""

RUIN = 1e12
"""What stands for a price that is never paid: far more than any score."""

FINER = 8
"""As many times as many audiences on the grid, where the luck is known and nothing has to be averaged."""


@dataclasses.dataclass(frozen=True, eq=False)
class Rule:
    """A plan that looks at the quarter and at the audience: a table of spends.

    `chosen`: (quarters, audiences of the grid), numbers of `spends(company)`; `ln`: the logarithms of these audiences.
    `careful`: no luck may make a bad evening, so the spend is that of the next larger audience of the grid.
    `expects`: the score it expects over all luck; `possible`: whether a careful plan keeps its word at this company.
    """

    company: Company
    chosen: np.ndarray
    ln: np.ndarray
    careful: bool
    expects: float
    together = True

    @property
    def possible(self):
        """Whether there is such a plan."""
        return self.expects > -RUIN / 1e3

    def __call__(self, quarter, audience):
        """Return the `Spend` of a quarter (from 1) for an audience; of arrays for an array."""
        at = (np.log(np.maximum(audience, 1e-9)) - self.ln[0]) / (self.ln[1] - self.ln[0])
        at = np.ceil(at - 1e-9) if self.careful else np.rint(at)
        cell = np.clip(at, 0, len(self.ln) - 1).astype(np.int64)
        return _spend(self.company, self.chosen[quarter - 1, cell])


@dataclasses.dataclass(frozen=True, eq=False)
class Foreseen:
    """A plan that knows the luck of one history: in each quarter it tries every spend on the very audience it has.

    `ahead`: (quarters + 1, audiences), the most that is still to come, at the beginning of each quarter.
    """

    company: Company
    seed: int
    bad_costs: float
    ahead: np.ndarray
    ln: np.ndarray
    together = True

    def __call__(self, quarter, audience):
        """Return the `Spend` of a quarter (from 1) for an audience; of arrays for an array."""
        whom = np.atleast_1d(np.asarray(audience, float))
        step = chances.certain(self.company, self.seed, quarter, whom, self.ln)
        pick = _worth(self.company, step, self.ahead[quarter], self.bad_costs).argmax(axis=0)
        return _spend(self.company, pick if np.ndim(audience) else pick[0])


def best(company, bad_costs=0.0, known=None):
    """Return the best plan known: a `Rule`, or for a history that is known beforehand a `Foreseen`.

    `bad_costs`: what a bad evening costs on top, in people: a plan for each price, along the frontier. With `NEVER` no
    spend is chosen after which any luck at all makes a bad evening. `known`: the seed of a history whose luck is known
    (hindsight, or a perfect forecast); otherwise only its chances are known.
    """
    ln = chances.grid(company, 1 if known is None else FINER)
    ahead, chosen = [np.zeros(len(ln))], []
    for number in range(int(company.quarters), 0, -1):
        step = (
            chances.expected(company)
            if known is None
            else chances.certain(company, known, number, np.exp(ln), ln)
        )
        worth = _worth(company, step, ahead[0], bad_costs)
        pick = worth.argmax(axis=0)
        ahead.insert(0, np.take_along_axis(worth, pick[None], axis=0)[0])
        chosen.insert(0, pick)
    if known is not None:
        return Foreseen(company, known, bad_costs, np.array(ahead), ln)
    expects = float(np.interp(math.log(company.audience), ln, ahead[0]))
    return Rule(company, np.array(chosen), ln, bad_costs == NEVER, expects)


def _worth(company, step, ahead, bad_costs):
    """What each spend is worth in each place: the score of the quarter, and what is ahead."""
    worth = step.came - company.costs * step.out + step.future(ahead)
    return worth - (RUIN * step.spoils if bad_costs == NEVER else bad_costs * step.bad)


def _spend(company, pick):
    spent = _options(company)[pick]
    return Spend(*np.moveaxis(spent, -1, 0)) if spent.ndim > 1 else Spend(*spent.tolist())


@functools.lru_cache(64)
def _options(company):
    return np.array(spends(company))


@functools.lru_cache(64)
def par(company):
    """Return the best known rule: par."""
    return best(company)


@functools.lru_cache(64)
def careful(company):
    """Return the best known rule after which no luck whatever makes a bad evening."""
    return best(company, NEVER)
