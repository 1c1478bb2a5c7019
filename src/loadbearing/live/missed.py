"""How far a law misses tests that it was not fitted to, and what that allows for the next time.

Stretches of the tests are predicted from the others. Part of what they miss is luck: a stretch has only so many
services, and the luck of the evening's own services is simulated anyhow. What they miss beyond that is the error of the
model, with an unknown standard deviation, which is not estimated but weighed: a flat prior, the likelihood of the
misses, and then every value as often as it is likely (Gelman, Bayesian Analysis 1:515, 2006, section 7.1). So a few
quiet stretches do not pass for proof that there is no error, and nothing is set by hand.

An error is taken to last all evening, though one that comes and goes within seconds would partly cancel out: from so
few stretches the two cannot be told apart, and the interval is rather too wide than too narrow.
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np
from scipy.special import ndtr

from loadbearing.live.company import columns
from loadbearing.live.tally import FEW_SERVICES, Tally

STRETCHES = 8
"""Into about how many stretches all tests together are cut."""

VALUES, WORST = 400, 8.0
"""How many standard deviations are weighed, up to how many times the typical miss."""


@dataclasses.dataclass(frozen=True)
class Missed:
    """What predicting stretches showed: `miss`, logarithm of measured over predicted mean service, and `luck`, the
    standard deviation that it would have by luck alone; one number a stretch."""

    miss: np.ndarray
    luck: np.ndarray

    @property
    def typical(self):
        """The root mean square of the misses: about a share of the mean service."""
        return math.sqrt(np.mean(self.miss**2))

    @property
    def typical_luck(self):
        """The same by luck alone."""
        return math.sqrt(np.mean(self.luck**2))

    @functools.cached_property
    def _weighed(self):
        """Standard deviations of the error of the model, and how likely each is."""
        top = WORST * max(self.typical, 1e-6)
        deviations = (np.arange(VALUES) + 0.5) / VALUES * top
        variance = deviations[:, None] ** 2 + self.luck**2
        likely = -0.5 * (np.log(variance) + self.miss**2 / variance).sum(axis=1)
        likely = np.exp(likely - likely.max())
        return deviations, likely / likely.sum()

    def error(self, shares):
        """Return the quantiles of the error of the model next time, as logarithms of a factor: array like `shares`."""
        deviations, likely = self._weighed
        reach = np.sinh(np.linspace(-8, 8, 2 * VALUES + 1)) / math.sinh(8) * 8 * deviations[-1]
        below = ndtr(reach[:, None] / deviations) @ likely
        return np.interp(shares, below, reach)


def missed(tallies, predict, cv):
    """Predict each stretch of the tests from what is left; return `Missed`.

    A stretch is predicted from the other tests alone where these were in as much company as its own test was; else the
    other stretches of its own test help. `predict(tally, busy)`: the law fitted to a tally, mean seconds for an array
    of numbers busy. `cv`: of one service.
    """
    longest = sum(test.services for test in tallies) / STRETCHES
    rows = []
    for at, test in enumerate(tallies):
        others = tallies[:at] + tallies[at + 1 :]
        apart = bool(others) and _reach(Tally.joined(others), test)
        stretches = test.stretches(math.ceil(test.services / longest))
        for place, held_out in enumerate(stretches):
            rest = [] if apart else stretches[:place] + stretches[place + 1 :]
            if others + rest:
                rows.append(_miss(held_out, Tally.joined(others + rest), predict, cv))
    miss, luck = np.array(rows).T
    return Missed(miss, luck)


def _reach(others, test):
    """Whether at least ten services of the others were in no less company than those of a test on average."""
    levels, count, _ = test.means()
    theirs, their_count, _ = others.means()
    return their_count[theirs >= np.average(levels, weights=count)].sum() >= FEW_SERVICES


def _miss(held_out, rest, predict, cv):
    """(log of the measured over the predicted mean service, its standard deviation by luck) of one stretch."""
    busy, count, mean = held_out.means()
    expected = predict(rest, busy)
    miss = math.log((count * mean).sum() / (count * expected).sum())
    own = 1 / held_out.services
    return miss, cv * math.sqrt(own + _of_the_prediction(busy, count * expected, rest, predict))


def _of_the_prediction(busy, weight, rest, predict):
    """Return the relative variance of a predicted mean, for services with a coefficient of variation of 1.

    Weighted least squares on the three columns of the multiplier (Seber & Lee, Linear Regression Analysis, 2003,
    section 5.3): large where the rest was in other company than the stretch.
    """
    theirs, their_count, _ = rest.means()
    terms = columns(theirs) / predict(rest, theirs)[:, None]
    information = (terms * their_count[:, None]).T @ terms
    relative = weight @ (columns(busy) / predict(rest, busy)[:, None]) / weight.sum()
    return float(relative @ np.linalg.pinv(information, rcond=1e-10) @ relative)
