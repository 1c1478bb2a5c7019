"""How a crowd may be invited: the same people, told one minute, several minutes, or none (unit 02)."""

from __future__ import annotations

import functools
import math

from loadbearing.cases import platform
from loadbearing.cases.inputs import assumed
from loadbearing.parts import ScenarioError
from loadbearing.scenario import Group, Measured, Rush, Several, Steady

GATHERING = platform.RUSH["gathering_s"]
"""How long a crowd takes that was told one minute, on average."""

APART = assumed(300.0, "five minutes from group to group, so that one is in before the next comes")
DRIFTING = assumed(900.0, "told no hour, people find it within a quarter of an hour on average")
EARLY = assumed(-1800.0, "doors that open half an hour early")
MOST_GROUPS = 12
"""As many groups five minutes apart as fit into the hour."""

BIN_S, PEOPLE = 5.0, 1_000_000
"""How finely a group's coming is written down."""


def at_the_hour():
    """Return the arrivals of a crowd that was told one minute."""
    return Rush(doors_s=0.0, early_share=0.0, mean_s=GATHERING.value)


def at_no_hour():
    """Return the arrivals of a crowd that was told no minute and drifts in."""
    return Rush(doors_s=0.0, early_share=0.0, mean_s=DRIFTING.value)


def evenly(hours=1.0):
    """Return the arrivals of a crowd that comes evenly over so many hours."""
    return Steady(from_s=0.0, until_s=3600.0 * hours)


def doors_early(share):
    """Return the arrivals when the doors open half an hour early and this share of the crowd comes before the hour."""
    return Rush(doors_s=EARLY.value, early_share=share, mean_s=GATHERING.value)


@functools.cache
def in_groups(number):
    """Return the arrivals of a crowd invited in so many groups of one size, each to a minute of its own.

    Each group comes as a crowd comes that was told one minute. `ScenarioError` for a number that does not fit.
    """
    if not isinstance(number, int) or not 1 <= number <= MOST_GROUPS:
        raise ScenarioError(f"groups is {number!r}; give a whole number from 1 to {MOST_GROUPS}.")
    if number == 1:
        return at_the_hour()
    return Several(
        groups=[Group(weight=1.0, arrivals=_later(at * APART.value)) for at in range(number)]
    )


def _later(at_s):
    """A rush that begins later, as counts: `Rush` itself begins at the hour."""
    ends = [
        2 * BIN_S * at / GATHERING.value for at in range(round(10 * GATHERING.value / BIN_S) + 1)
    ]
    came = [1 - (1 + x) * math.exp(-x) for x in ends]
    counts = tuple(
        round((after - before) * PEOPLE) for before, after in zip(came, came[1:], strict=False)
    )
    return Measured(from_s=at_s, bin_s=BIN_S, counts=counts)
