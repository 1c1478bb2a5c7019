"""What a test that passed says, and what it does not: is it like the evening, and how many of them are enough?"""

from __future__ import annotations

from loadbearing.learning import asked
from loadbearing.units import share


def fit_after_pass(fit, catches):
    """Return how likely a service is fit for the evening after a test that it passed, by Bayes' rule.

    `fit`: how likely it was before, pi; `catches`: the chance v that an unfit service fails this test. A fit one
    always passes. P(fit | pass) = pi / (pi + (1 - pi)(1 - v)): a test that cannot fail (v = 0) says nothing.

    >>> round(fit_after_pass(0.5, 0.9), 4), fit_after_pass(0.5, 0)
    (0.9091, 0.5)
    """
    fit, catches = asked.share("fit", fit), asked.share("catches", catches)
    slipped = (1 - fit) * (1 - catches)
    if fit + slipped == 0:
        raise asked.LearningError(
            "fit is 0 and catches is 1: then no test can have passed; give a fit above 0."
        )
    return fit / (fit + slipped)


def not_ruled_out(tests, chance=0.05):
    """Return the largest share of evenings that may fail although none of so many tests did: 1 - chance^(1/tests).

    The exact upper bound with confidence 1 - `chance` for no failure in n (Clopper & Pearson 1934), about 3 / n
    (Hanley & Lippman-Hand 1983, JAMA 249:1743); the tests must be like the evening, and independent.

    >>> round(not_ruled_out(10), 4), round(not_ruled_out(59), 4)
    (0.2589, 0.0495)
    """
    tests, chance = asked.whole("tests", tests, least=1), asked.inside("chance", chance)
    return 1 - chance ** (1 / tests)


def tests_to_rule_out(failing, chance=0.05):
    """Return how many tests without a failure rule out that this share of evenings or more fails.

    >>> tests_to_rule_out(0.05), tests_to_rule_out(0.5)
    (59, 5)
    """
    failing, tests = asked.inside("failing", failing), 1
    while not_ruled_out(tests, chance) > failing:
        tests += max(1, tests // 1000)
    return tests


def say_not_ruled_out(tests):
    """Return in plain words what so many tests without a failure leave possible.

    >>> say_not_ruled_out(12)
    '12 tests passed and none failed: up to 22 % of such evenings may still fail.'
    """
    count = asked.whole("tests", tests, least=1)
    noun = "tests" if count > 1 else "test"
    return (
        f"{count} {noun} passed and none failed: "
        f"up to {share(not_ruled_out(count))} of such evenings may still fail."
    )
