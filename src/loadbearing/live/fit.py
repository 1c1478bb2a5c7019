"""What scheduled tests say about a door: how long a service lasts, and how much longer in company.

The tests leave rows of `record.ATTEMPT`. Each service that began while n were busy, itself included, is an
observation. Two laws of company (`company`) are fitted to the same services, because tests alone cannot tell which
one holds where nobody has looked.

Both are fitted by quasi-likelihood with a variance that grows as the square of the mean (Wedderburn, Biometrika
61:439, 1974). Errors come from drawing blocks of neighbouring services again (Kuensch, Ann. Stat. 17:1217, 1989). How
far to trust either is measured: each test is predicted from the others (`LawFit.misses`).
"""

from __future__ import annotations

import dataclasses

import numpy as np
from scipy import optimize

from loadbearing import draws
from loadbearing.live.company import LAWS, beside_a_lock, columns, law_of
from loadbearing.live.missed import Missed, missed
from loadbearing.live.tally import Tally, services

LEVEL = 0.9
FEW_BUSY = 3
"""What company costs cannot be told from tests in which hardly more than so many were busy at once."""

RESAMPLES = 200
"""How often the blocks are drawn again; divided by `LOCK_EVERY` for the lock, which is slow to fit."""

LOCK_EVERY, STEPS, AGAIN = 5, 12, 501


class FitError(ValueError):
    """Tests that cannot tell what is asked of them: what is missing, and which test would tell."""


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A number that was measured: its value, standard error, and 90 % interval."""

    value: float
    error: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class LawFit:
    """One law of company, fitted.

    `numbers`: (mean in seconds, a, b). `cv`: of a service about what the law says. `again`: rows of (mean, a, b, cv)
    from blocks drawn again. `missed`: what predicting stretches of the tests from the others showed. `worse`: how much
    worse than the best law it explains the services, as a difference of Akaike's criterion.
    """

    law: str
    numbers: tuple
    again: np.ndarray
    cv: float
    missed: Missed
    worse: float = 0.0

    def service_s(self, busy, numbers=None):
        """Return the mean service in seconds that begins as one of `busy` (a number or an array)."""
        return law_of(
            self.law, np.asarray(busy), self.numbers if numbers is None else numbers, self.cv
        )


@dataclasses.dataclass(frozen=True)
class Fitted:
    """What the tests say about the door.

    `mean_s`, `cv`, `contention`, `coherency`: `Estimate`s, by the law of the simulation. `most_busy`: the most company
    in which at least ten services began. `services`, `tests`: how many there were. `laws`: a `LawFit` for each law.
    """

    mean_s: Estimate
    cv: Estimate
    contention: Estimate
    coherency: Estimate
    most_busy: int
    services: int
    tests: int
    laws: dict

    def say(self):
        """Return what was found in a few plain sentences."""
        alone, full = self.mean_s, self.laws["multiplier"].service_s(self.most_busy)
        found = (
            f"From {self.services:,} services in {self.tests} tests: alone one takes {alone.value:.3f} s "
            f"({alone.low:.3f} to {alone.high:.3f}), beside {self.most_busy - 1} others {full:.3f} s. "
            f"Contention {_between(self.contention)}, coherency {_between(self.coherency)}, variation "
            f"{self.cv.value:.2f} ({self.cv.low:.2f} to {self.cv.high:.2f}). "
        )
        missed_by = self.laws["multiplier"].missed
        found += (
            f"A stretch of the tests, predicted from the others, is typically missed by {missed_by.typical:.1%}; "
            f"luck alone would miss it by {missed_by.typical_luck:.1%}. "
        )
        return found + f"Nothing is known about more than {self.most_busy} busy at once."


def fit(records, seed=1, laws=LAWS):
    """Return what scheduled tests say about the door, as `Fitted`.

    `records`: arrays of `record.ATTEMPT`, one a test, or things with such `attempts`; each in seconds of its own.
    `seed`: of the luck with which blocks are drawn again. `laws`: those to fit; the multiplier is always one of them.
    Raises `FitError` with a sentence if the tests cannot tell.
    """
    records = [getattr(record, "attempts", record) for record in records]
    tests = [test for test in map(services, records) if len(test[0])]
    if not tests:
        raise FitError("The tests hold no finished service; run a scheduled test first.")
    tallies = [Tally.of(*test) for test in tests]
    together = Tally.joined(tallies)
    if together.most_busy() <= FEW_BUSY:
        raise FitError(
            f"In these tests hardly any service began beside more than {FEW_BUSY - 1} others (the most company was "
            f"{together.count.shape[1]}), so what company costs cannot be told; add a test with about as many users as "
            "the door has handlers, and little time to think."
        )
    fits = _compared({law: _fit_law(law, together, tallies, seed) for law in laws}, together)
    chosen = fits["multiplier"]
    bounded = np.array(
        [
            _numbers("multiplier", one, 1.0)
            for one in _drawn_again(together, tallies, seed, RESAMPLES)
        ]
    )
    mean_s, contention, coherency = (
        _estimate(value, chosen.again[:, at], bounded[:, at])
        for at, value in enumerate(chosen.numbers)
    )
    cv = _estimate(chosen.cv, chosen.again[:, 3], chosen.again[:, 3])
    return Fitted(
        mean_s=mean_s,
        cv=cv,
        contention=contention,
        coherency=coherency,
        most_busy=together.most_busy(),
        services=together.services,
        tests=len(tests),
        laws=fits,
    )


# ---------------------------------------------------------------------------------- Fitting one law


def _fit_law(law, together, tallies, seed):
    """Fit one law to all tests, to blocks drawn again, and to all tests but one."""
    numbers = _numbers(law, together, 1.0)
    cv = _cv(law, together, numbers, 1.0)
    numbers = _numbers(law, together, cv, numbers)
    cv = _cv(law, together, numbers, cv)
    resamples = RESAMPLES if law == "multiplier" else RESAMPLES // LOCK_EVERY
    again = []
    for drawn in _drawn_again(together, tallies, seed, resamples):
        of_drawn = _numbers(law, drawn, cv, numbers, bounded=False)
        again.append((*of_drawn, _cv(law, drawn, of_drawn, cv)))

    def predict(tally, busy):
        return law_of(law, busy, _numbers(law, tally, cv, numbers), cv)

    return LawFit(law, tuple(numbers), np.array(again), cv, missed(tallies, predict, cv))


def _cv(law, tally, numbers, cv):
    """Return the coefficient of variation of services about what a law says; the lock asks for it beforehand."""
    return tally.spread(law_of(law, np.arange(1, tally.count.shape[1] + 1), numbers, cv))


def _compared(fits, together):
    """Write down how much worse each law explains the services than the best one.

    By Akaike's criterion for quasi-likelihood, with the spread of the level means about the best law in place of pure
    chance if it is larger (Burnham & Anderson, Model Selection and Multimodel Inference, 2002, section 2.5). Both laws
    have three numbers, so only the misfit counts.
    """
    levels, count, mean = together.means()
    misfit = {}
    for law, found in fits.items():
        relative = mean / law_of(law, levels, found.numbers, found.cv) - 1
        misfit[law] = float((count * (relative / found.cv) ** 2).sum())
    least = min(misfit.values())
    spread = max(1.0, least / max(1, len(levels) - 3))
    return {
        law: dataclasses.replace(found, worse=(misfit[law] - least) / spread)
        for law, found in fits.items()
    }


def _numbers(law, tally, cv, guess=None, bounded=True):
    """Return (mean, a, b) that solve the quasi-likelihood equations.

    None is below 0, unless the law is the multiplier and not `bounded`: near the bound an interval from bounded
    resamples would be too short (Andrews, Econometrica 68:399, 2000).
    """
    busy, count, mean = tally.means()
    if law == "multiplier":
        return _numbers_of_multiplier(busy, count, mean, bounded)
    if guess is None:
        guess = _numbers_of_multiplier(busy, count, mean)
    return _numbers_of_lock(busy, count, mean, cv, guess[1:], starts=2 if bounded else 1)


def _numbers_of_multiplier(busy, count, mean, bounded=True):
    """The law is linear in (mean, mean a, mean b): least squares, weighted again by what it finds."""
    terms, expected = columns(busy), mean
    for _ in range(STEPS):
        weight = np.sqrt(count) / expected
        system = terms * weight[:, None], mean * weight
        found = optimize.nnls(*system)[0] if bounded else np.linalg.lstsq(*system, rcond=None)[0]
        expected = np.maximum(terms @ found, mean.min() / 2)
    alone = max(found[0], mean.min() / 2)
    return np.array([alone, found[1] / alone, found[2] / alone])


def _numbers_of_lock(busy, count, mean, cv, guess, starts):
    """Least squares of relative errors over (a, b) between 0 and 1; the mean follows from them."""
    weight = np.sqrt(count)

    def alone(slower):
        return (count * mean / slower).sum() / count.sum()

    def errors(shares):
        slower = beside_a_lock(busy, *shares, cv)
        return weight * (mean / (slower * alone(slower)) - 1)

    best = None
    for start in (guess, (1 / (busy.max() + 1), 1e-6))[:starts]:
        found = optimize.least_squares(
            errors,
            np.clip(start, 1e-6, 0.9),
            bounds=((0, 0), (1, 1)),
            x_scale=(0.01, 0.001),
            max_nfev=60,
        )
        best = found if best is None or found.cost < best.cost else best
    return np.array([alone(beside_a_lock(busy, *best.x, cv)), *best.x])


def _drawn_again(together, tallies, seed, resamples):
    """Yield tallies in which the blocks of each test are drawn again with replacement."""
    luck = draws.uniforms(draws.key(seed, AGAIN), np.arange(resamples * len(together.count)))
    luck = luck.reshape(resamples, len(together.count))
    for row in luck:
        times, first = np.zeros(len(row)), 0
        for tally in tallies:
            blocks = len(tally.count)
            drawn = first + (row[first : first + blocks] * blocks).astype(int)
            np.add.at(times, drawn, 1)
            first += blocks
        yield together.weighted(times)


def _estimate(value, free, bounded):
    """A value with the spread of what was found from blocks drawn again, with and without bounds; the wider holds."""
    ends = np.quantile([free, bounded], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1).clip(0)
    low, high = min(ends[0].min(), value), max(ends[1].max(), value)
    return Estimate(float(value), float(np.std(free, ddof=1)), float(low), float(high))


def _between(estimate):
    """A coefficient in words."""
    return f"{estimate.value:.3g} ({estimate.low:.3g} to {estimate.high:.3g})"
