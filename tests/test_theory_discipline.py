"""Order of service and even arrivals: each closed form against a chain that is solved numerically."""

import math

import numpy as np
import pytest
from scipy.linalg import expm

from loadbearing.theory import (
    dm1,
    in_time_newest_first,
    in_time_oldest_first,
    mm1,
    mmc,
)
from tests import chains

MOST_AHEAD = 150


def in_time_by_steps(arrivals, services, servers, timeout):
    """Probability that who finds one ahead is served in time: newcomers go ahead, services take them away.

    States: served, being served, and 1, 2, ... ahead. The matrix exponential says where one is after `timeout`.
    """
    rates = np.zeros((MOST_AHEAD + 2, MOST_AHEAD + 2))
    rates[1, 0] = services
    for ahead in range(1, MOST_AHEAD + 1):
        rates[ahead + 1, ahead] = servers * services
        if ahead < MOST_AHEAD:
            rates[ahead + 1, ahead + 2] = arrivals
    rates -= np.diag(rates.sum(axis=1))
    return expm(rates * timeout)[2, 0]


@pytest.mark.parametrize("servers", [1, 10])
@pytest.mark.parametrize("intensity", [0.5, 0.9, 1.0, 1.5, 4.0])
@pytest.mark.parametrize("timeout", [0.2, 3.0, 8.0])
def test_newest_first_agrees_with_a_solved_chain(servers, intensity, timeout):
    arrivals = intensity * servers
    waiting = 1.0 if intensity >= 1 else mmc(arrivals, 1, servers).probability_of_waiting
    solved = in_time_by_steps(arrivals, 1, servers, timeout)
    expected = (1 - waiting) * (1 - math.exp(-timeout)) + waiting * solved
    found = in_time_newest_first(arrivals, 1, servers, timeout)
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("intensity", [0.5, 0.99, 1.01, 1.5, 4.0])
def test_newest_first_serves_all_some_day_or_as_many_as_it_can(intensity):
    # A busy period ends with probability min(1, c mu / lambda): the others wait for ever.
    found = in_time_newest_first(10 * intensity, 1, 10, timeout=1e7)
    assert found == pytest.approx(min(1, 1 / intensity), rel=1e-6)


def test_newest_first_does_not_depend_on_the_unit_of_time():
    assert in_time_newest_first(720, 60, 10, 0.05) == pytest.approx(
        in_time_newest_first(12, 1, 10, 3), rel=1e-12
    )


@pytest.mark.parametrize("arrivals", [2.0, 7.0, 9.5])
def test_oldest_first_counts_who_waits_and_is_served_in_time(arrivals):
    queue, step = mmc(arrivals, 1, 10), 1e-4
    # The wait has an atom at 0 and a density beyond: sum over both that the service fits into what is left.
    waits = np.arange(step / 2, 3, step)
    density = (10 - arrivals) * np.array([queue.wait_exceeds(wait) for wait in waits])
    fits = (1 - queue.probability_of_waiting) * (1 - math.exp(-3))
    fits += float((density * -np.expm1(waits - 3)).sum() * step)
    assert in_time_oldest_first(arrivals, 1, 10, 3) == pytest.approx(fits, abs=1e-6)


def test_under_overload_the_order_decides_whether_anybody_is_served_in_time():
    assert in_time_oldest_first(15, 1, 10, 3) == 0
    assert in_time_newest_first(15, 1, 10, 3) > 0.5


@pytest.mark.parametrize("intensity", [0.3, 0.8, 0.95])
def test_even_arrivals_agree_with_a_solved_chain(intensity):
    queue, (must_wait, wait) = dm1(intensity, 1), chains.paced(intensity, 1, 1, most=250)
    assert queue.probability_of_waiting == pytest.approx(must_wait, rel=1e-9)
    assert queue.wait == pytest.approx(wait, rel=1e-9)


def test_even_arrivals_wait_about_half_as_long_as_random_ones():
    assert dm1(0.99, 1).wait / mm1(0.99, 1).wait == pytest.approx(0.5, rel=0.02)
