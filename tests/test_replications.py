"""The judge is judged: it stops by width alone, is right about true theories, and refuses false or vague ones."""

import numpy as np
import pytest
from scipy import stats

from tests.replications import FIRST, at_least, compared, half_width, judge, replicate


def luck(which, mean=1.0, spread=0.1):
    """A measure of one quantity that varies as a normal number, with seeds of its own."""
    return lambda seed: np.random.default_rng([which, seed]).normal(mean, spread)


def test_more_spread_asks_for_more_replications():
    numbers = [
        len(replicate(luck(1, spread=spread), np.array([1.0]))) for spread in (0.01, 0.05, 0.08)
    ]
    assert numbers[0] == FIRST
    assert numbers == sorted(set(numbers))


def test_the_interval_that_stops_is_as_narrow_as_asked():
    measured = replicate(luck(1, spread=0.08), np.array([1.0]), width=0.03)
    assert half_width(measured) <= 0.03 < half_width(measured[:-16])
    # Student's t for 99.7 %, by its definition.
    n = len(measured)
    beyond = half_width(measured)[0] / (measured.std(ddof=1) / np.sqrt(n))
    assert 2 * stats.t.sf(beyond, n - 1) == pytest.approx(0.003)


def test_where_the_mean_lies_has_no_say_in_when_to_stop():
    one = replicate(luck(1, spread=0.08), np.array([1.0]))
    other = replicate(luck(1, mean=7.0, spread=0.08), np.array([1.0]))
    assert len(one) == len(other)
    assert other - one == pytest.approx(6.0)


def test_seeds_are_counted_from_one_and_none_is_left_out():
    asked = []
    measure = luck(1, spread=0.05)
    replicate(lambda seed: [asked.append(seed), measure(seed)][1], np.array([1.0]))
    assert asked == list(range(1, len(asked) + 1))


def test_too_much_spread_is_said_and_not_judged():
    with pytest.raises(AssertionError, match="too few replications to say anything: after 32"):
        replicate(luck(1, spread=5.0), np.array([1.0]), most=32)


def test_true_theories_pass_and_false_ones_fail():
    def passes(theory, which):
        measured = replicate(luck(which, spread=0.06), np.array([1.0]))
        try:
            judge(compared({"a law": theory}, measured))
        except AssertionError:
            return False
        return True

    # Beyond three standard errors by Student's t, and a little more because the least spread stops first: 1 % at most.
    true = sum(passes(1.0, which) for which in range(300))
    assert stats.binom.cdf(true, 300, 0.99) > 1e-3
    # Twice the promised width away nothing passes.
    assert not any(passes(1.06, which) for which in range(100))


def test_the_first_quantity_that_is_off_is_named():
    measured = np.array([[1.1, 2.1], [0.9, 1.9], [1.1, 2.1], [0.9, 1.9]])
    with pytest.raises(AssertionError, match=r"the second: theory 3, simulated 2\.0"):
        judge(compared({"the first": 1, "the second": 3}, measured))


def test_a_share_of_successes_is_sure_of_less_than_it_shows():
    # All of n: the share is at least q where q^n = .0015.
    assert at_least(24, 24) == pytest.approx(0.0015 ** (1 / 24))
    assert at_least(0, 24) == 0
    assert at_least(12, 24) < 0.5
