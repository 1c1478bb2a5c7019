"""What some evenings say about all evenings: intervals for a mean and for a crowd that most evenings bear."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import bdtr, ndtr, stdtrit

from loadbearing import draws
from loadbearing.stress.errors import StressError

RESAMPLES = 4000
AGAIN = 301
"""The purpose that the luck of resampling is drawn for; no evening uses it."""


def checked_level(level):
    """Return how sure an interval shall be, a share above 0 and below 1, or raise `StressError`."""
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise StressError(f"level is {level!r}; give a share above 0 and below 1, such as 0.95.")
    return float(level)


def of_the_mean(values, level=0.95):
    """Return (low, high) of the mean over the last axis, from independent evenings; nan for one evening.

    The percentile bootstrap: the evenings are drawn again with replacement, 4,000 times, always in the same way. So
    the interval never leaves the range of what was seen: a share stays below 1. Its percentiles are moved outwards
    for few evenings, as Student's t is: Hesterberg, "What Teachers Should Know About the Bootstrap", The American
    Statistician 69:371, 2015, section 5.3.
    """
    level, evenings = checked_level(level), values.shape[-1]
    if evenings < 2:
        none = np.full(values.shape[:-1], np.nan)
        return none, none
    luck = draws.uniforms(draws.key(0, AGAIN), np.arange(RESAMPLES * evenings))
    again = (luck * evenings).astype(np.int64).reshape(RESAMPLES, evenings)
    outside = ndtr(stdtrit(evenings - 1, (1 - level) / 2) * math.sqrt(evenings / (evenings - 1)))
    ends = [_of_resamples(row, again, outside) for row in values.reshape(-1, evenings)]
    low, high = np.array(ends).T
    return low.reshape(values.shape[:-1]), high.reshape(values.shape[:-1])


def _of_resamples(row, again, outside):
    """The two percentiles of the resampled means of one row of numbers; nan if one of the numbers is nan."""
    with np.errstate(invalid="ignore"):
        means = np.sort(row[again].mean(axis=1))
    at = math.floor(outside * len(means))
    return (np.nan, np.nan) if np.isnan(row).any() else (means[at], means[-1 - at])


def ranks(evenings, share, level=0.95):
    """Return the ranks (r, s), from 1, between which the `share` quantile lies, whatever the distribution.

    The number of evenings below the quantile is binomial, so [X(r), X(s)] holds it with at least probability `level`,
    each side missing it with at most half of the rest. r is 0, or s is `evenings` + 1, where so few evenings allow no
    such bound. David & Nagaraja, Order Statistics, 3rd ed., section 7.1; Conover, Practical Nonparametric
    Statistics, 3rd ed., section 3.2.

    >>> ranks(20, 0.5)
    (6, 15)
    """
    miss = (1 - checked_level(level)) / 2
    # The probability that at most 0, 1, 2 ... evenings lie below the quantile.
    below = bdtr(np.arange(evenings), evenings, share)
    low = int((below <= miss).sum())
    high = int((below < 1 - miss).sum()) + 1
    return low, high


def evenings_needed(share, level=0.95):
    """Return the fewest evenings that bound the `share` quantile on both sides: `share` above 0 and below 1.

    They must be so many that hardly ever all lie on one side of it.

    >>> evenings_needed(0.1), evenings_needed(0.5)
    (36, 6)
    """
    miss = (1 - checked_level(level)) / 2
    return math.ceil(math.log(miss) / math.log(max(share, 1 - share)))


def evenings_of(evenings, share):
    """Return how many evenings are at least this share of them.

    >>> evenings_of(20, 0.9), evenings_of(3, 0.9), evenings_of(10, 0.7)
    (18, 3, 7)
    """
    return math.ceil(share * evenings * (1 - 1e-12))


def borne_rank(evenings, share):
    """Return the rank, from 1, of the largest value that at least this share of the evenings reaches.

    >>> borne_rank(40, 0.9), borne_rank(20, 0.95), borne_rank(3, 0.9)
    (5, 2, 1)
    """
    return evenings - max(evenings_of(evenings, share), 1) + 1
