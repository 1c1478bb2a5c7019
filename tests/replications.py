"""Replications of an evening until they can say something, and their judgement against theory.

The rule is fixed beforehand. Seeds are 1, 2, 3 ...; after FIRST replications they go on in batches of BATCH until, for
every quantity, the half-width of its 99.7 % interval (Student's t) is at most a stated share of what theory says, and
fail as "too few replications to say anything" after a stated most. The width depends on how much the replications
vary, never on where their mean lies, so nobody stops because the two happen to agree: for normal samples mean and
variance are independent. Then, once, the mean must lie within three standard errors of theory.

What was compared is printed as one table at the end of the tests.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from loadbearing import (
    Crowd,
    Door,
    Group,
    Retries,
    Scenario,
    Service,
    Several,
    Steady,
    Weather,
    simulate,
)

FIRST, BATCH, MOST = 16, 16, 128
SURE, ERRORS = 0.997, 3

COMPARED = []
"""Every comparison of this session, in order."""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One quantity: what theory says, what was simulated, and how."""

    name: str
    theory: float
    simulated: float
    error: float
    warm_up_s: float
    replications: int

    @property
    def errors_off(self):
        """How many standard errors lie between theory and simulation."""
        return abs(self.simulated - self.theory) / self.error if self.error else math.inf

    def __str__(self):
        return (
            f"{self.name:<50} {self.theory:>11.5g} {self.simulated:>11.5g} {self.error:>9.2g} "
            f"{self.errors_off:>5.2f} {self.warm_up_s:>8g} {'1 to ' + str(self.replications):>9}"
        )


HEAD = (
    f"{'law':<50} {'theory':>11} {'simulated':>11} {'st. error':>9} {'off':>5} {'warm-up':>8} "
    f"{'seeds':>9}"
)


class Table:
    """Prints all comparisons at the end of the tests."""

    @staticmethod
    def pytest_terminal_summary(terminalreporter):
        """Called by pytest when all tests are over."""
        if not COMPARED:
            return
        terminalreporter.section("theory and simulation")
        for line in (HEAD, *map(str, COMPARED)):
            terminalreporter.write_line(line)
        terminalreporter.write_line(
            "off: in standard errors; warm-up: in seconds; seeds: one replication each."
        )


@pytest.fixture
def compare(request, record_count):
    """`compare({name: theory}, measure, warm_up_s=200)` holds what `measure(seed)` gives, in order, against theory.

    Returns the replications: one row a seed, one column a name.
    """
    plugins = request.config.pluginmanager
    if not plugins.has_plugin("theory-and-simulation"):
        plugins.register(Table(), "theory-and-simulation")

    def hold(expected, measure, *, warm_up_s, width=0.03, most=MOST):
        measured = replicate(measure, np.array(list(expected.values())), width, most)
        record_count("replications", len(measured))
        record_count("laws against theory", len(expected))
        comparisons = compared(expected, measured, warm_up_s)
        COMPARED.extend(comparisons)
        print(*comparisons, sep="\n")
        judge(comparisons)
        return measured

    return hold


def replicate(measure, scale, width=0.03, most=MOST):
    """Replicate `measure(seed)` until every quantity is known within `width` of its `scale`: an array (seeds, k)."""
    measured = np.empty((0, len(scale)))
    while len(measured) < most:
        seeds = range(len(measured) + 1, len(measured) + 1 + (BATCH if len(measured) else FIRST))
        new = [np.atleast_1d(measure(seed)).astype(float) for seed in seeds]
        measured = np.concatenate([measured, new])
        if (half_width(measured) <= width * np.abs(scale)).all():
            return measured
    raise AssertionError(
        f"too few replications to say anything: after {len(measured)} the half-widths are {half_width(measured)}, "
        f"wanted {width * np.abs(scale)}"
    )


def half_width(measured):
    """Half the width of the 99.7 % interval of the mean, by Student's t, for each column."""
    return stats.t.ppf((1 + SURE) / 2, len(measured) - 1) * standard_error(measured)


def standard_error(measured):
    """Standard error of the mean of each column."""
    return measured.std(axis=0, ddof=1) / math.sqrt(len(measured))


def compared(expected, measured, warm_up_s=0):
    """One `Comparison` for each quantity: {name: theory} against the columns of `measured`."""
    means, errors = measured.mean(axis=0).tolist(), standard_error(measured).tolist()
    return [
        Comparison(name, theory, mean, error, warm_up_s, len(measured))
        for (name, theory), mean, error in zip(expected.items(), means, errors, strict=True)
    ]


def judge(comparisons):
    """Each mean within three standard errors of theory, or a sentence that names the first that is not."""
    for one in comparisons:
        assert one.errors_off <= ERRORS, (
            f"{one.name}: theory {one.theory}, simulated {one.simulated}, standard error {one.error}"
        )


def at_least(successes, trials):
    """The share that is at least there, as sure as all else here: lower end of Clopper and Pearson's interval."""
    if successes == 0:
        return 0.0
    return float(stats.beta.ppf((1 - SURE) / 2, successes, trials - successes + 1))


def door(handlers, mean_s=1.0, cv=1.0, **rules):
    """A door, by what matters to theory."""
    return Door(handlers=handlers, service=Service(mean_s=mean_s, cv=cv), **rules)


def poisson_evening(rate, door, seed, length_s, *, ends_s=None, retries=None, crowd=None, **rest):
    """An evening to which people come as a Poisson process of `rate` a second for `length_s`; no weather.

    A fixed number is not Poisson, so the number of listeners is drawn, by a generator that the engines do not know;
    anew for each rate and length, lest one large draw lean on every law at once.
    """
    drawn = np.random.default_rng([seed, round(1_000 * rate), length_s])
    people = int(drawn.poisson(rate * length_s))
    return Scenario(
        crowd=Crowd(
            listeners=people,
            arrivals=Steady(from_s=0, until_s=length_s),
            retries=retries or Retries(most=1),
            **(crowd or {}),
        ),
        door=door,
        weather=Weather.calm(),
        starts_s=0,
        ends_s=ends_s or length_s,
        **rest,
    )


def seconds_after(warm_up_s, scenario, seed):
    """The account of one replication without its warm-up."""
    return simulate(scenario, seed, sample=0).seconds[warm_up_s:]


def in_turn(*stretches):
    """Arrivals of (from_s, until_s, people) one after the other, even within each."""
    return Several(
        groups=[
            Group(weight=people, arrivals=Steady(from_s=from_s, until_s=until_s))
            for from_s, until_s, people in stretches
        ]
    )
