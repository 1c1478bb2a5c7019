"""Two events of one service, measured in two sensible ways: n = 2.

The numbers come from the record; here stands only what is done with them. Each is (published, least, most).
"""

from __future__ import annotations

import dataclasses

from scipy.special import betaincinv

from loadbearing.parts import ScenarioError

MILLION = 1e6


@dataclasses.dataclass(frozen=True)
class Known:
    """What is known of one event: how late it began, how many were there then, how many it carried at last.

    Each is (published, least, most): `late_s` in seconds, `at_once` and `carried` in people.
    """

    name: str
    late_s: tuple
    at_once: tuple
    carried: tuple

    @property
    def late_for_a_million(self):
        """Return minutes late for each million people at once: (published, least, most)."""
        (late, soonest, latest), (people, fewest, most) = self.late_s, self.at_once
        return tuple(
            minutes / 60 / (there / MILLION)
            for minutes, there in ((late, people), (soonest, most), (latest, fewest))
        )


def times_as_many(before, after):
    """Return how many times as many there were the second time: (published, least, most)."""
    (a, fewest, most), (b, least, highest) = before, after
    return b / a, least / most, highest / fewest


def chance_of(happened, of, level=0.95):
    """Return (low, high) of a chance of which only this is known: so often in so many times.

    Clopper & Pearson, Biometrika 26:404, 1934. Raises `ScenarioError` for more than there were.

    >>> low, high = chance_of(2, 2)
    >>> round(low, 3), high
    (0.158, 1.0)
    """
    if not 0 <= happened <= of or of < 1:
        raise ScenarioError(f"happened is {happened} of {of}; give a number from 0 to {of}.")
    out = (1 - level) / 2
    low = float(betaincinv(happened, of - happened + 1, out)) if happened else 0.0
    high = float(betaincinv(happened + 1, of - happened, 1 - out)) if happened < of else 1.0
    return low, high


def ratio_of_two(level=0.95):
    """Return by how much the ratio of two single times may miss the ratio of their means: a factor, either way.

    For exponential times the ratio of two with equal means is below r with the chance r / (1 + r): the F distribution
    with 2 and 2 degrees of freedom.

    >>> round(ratio_of_two(), 6)
    39.0
    """
    return (1 + level) / (1 - level)
