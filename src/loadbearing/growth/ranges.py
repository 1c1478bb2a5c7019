"""How much to believe a fitted growth: which totals the data do not rule out, and how many more may be found."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import chdtri, gammaln

from loadbearing.growth.reliability import HALVINGS
from loadbearing.parts import ScenarioError

PACES = np.logspace(-7, 2, 3001)
"""The values of pace times `until` among which the likeliest is looked for."""

MOST_TOTAL = 1e9
SURE = 1e-12


def range_of_total(fit, level=0.95):
    """Return (low, high): the totals that the data do not rule out, by the profile likelihood.

    A total is in the range if its likelihood, at the pace that suits it best, is at least exp(-q/2) of the highest; q
    is the quantile of chi-square with one degree of freedom (Cox & Hinkley, Theoretical Statistics, section 7.2 and
    9.3). `low` is never less than was found; `high` is infinite if the data do not rule out that there is no growth.
    """
    likely = _profile(fit)
    flat = fit.found * math.log(fit.found / fit.until)
    best = likely(fit.total) if fit.finite else flat
    aim = best - chdtri(1, 1 - _checked(level)) / 2
    inside = fit.total if fit.finite else MOST_TOTAL
    found = float(fit.found)
    low = found if likely(found) >= aim else _edge(likely, aim, found, inside)
    high = math.inf if flat >= aim else _edge(likely, aim, MOST_TOTAL, inside)
    return low, high


def _profile(fit):
    """The log likelihood of a total, at the pace that suits it best; constants left out."""
    n, mean, until = fit.found, sum(fit.times) / fit.found, fit.until
    if fit.by == "Jelinski-Moranda":
        early = n - n * mean / until
        return lambda total: (
            math.fsum(math.log((total - i) / (total - early)) for i in range(n))
            + n * math.log(n / until)
        )  # fmt: skip

    def likely(total):
        every = n * np.log(total * PACES / until) - n * PACES * mean / until + n
        return float((every + total * np.expm1(-PACES)).max())

    return likely


def _edge(likely, aim, outside, inside):
    """Where the likelihood reaches `aim` between two totals, by halving on a scale of ratios."""
    for _ in range(HALVINGS):
        middle = math.sqrt(outside * inside)
        outside, inside = (middle, inside) if likely(middle) < aim else (outside, middle)
    return inside


def foreseen(fit, lasts, level=0.9):
    """Return (low, middle, high) of how many more are found in a time that lasts so long from now on.

    By the predictive likelihood for Goel & Okumoto's rule: each number is as likely as the data and that number
    together are at the total and pace that suit both best (Mathiasen, Scandinavian Journal of Statistics 6:1, 1979).
    `low` and `high` leave out at most half of 1 - level on each side. No growth is one of the possibilities.
    """
    level, n = _checked(level), fit.found
    if not 0 < lasts < math.inf:
        raise ScenarioError(f"lasts is {lasts}; give a time above 0.")
    until, spent = fit.until, sum(fit.times)
    pace = PACES / until
    most = 60 + int(4 * n * (1 + lasts / until))
    more = np.arange(most)[:, None]
    whole = -np.expm1(-pace * (until + lasts))
    later = np.exp(-pace * until) * -np.expm1(-pace * lasts)
    total = (n + more) / whole
    likely = (
        n * np.log(total * pace) - pace * spent
        + more * np.log(total * later) - gammaln(more + 1) - total * whole
    )  # fmt: skip
    best = likely.max(axis=1)
    chance = np.exp(best - best.max())
    below = np.cumsum(chance / chance.sum())
    ends = [int(np.searchsorted(below, x + SURE)) for x in ((1 - level) / 2, 0.5, (1 + level) / 2)]
    return tuple(ends)


def _checked(level):
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise ScenarioError(f"level is {level!r}; give a share above 0 and below 1, such as 0.95.")
    return float(level)
