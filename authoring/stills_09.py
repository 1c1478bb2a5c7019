"""The picture of unit 09's lesson: what was tested or prepared for, and what came, in three public cases."""

from __future__ import annotations

from loadbearing import record
from loadbearing.pictures.rehearsed import tested_and_came

CASES = (
    ("A public health site, 2013", "healthcare_gov_tested", "healthcare_gov_got"),
    ("A cricket match, 2019", "hotstar_2019_prepared", "hotstar_2019_got"),
    ("The evening of this course", "tested_listeners", "listeners_at_peak"),
)
"""Each with the public facts that say how many at once were tested or prepared for, and how many came."""


def tested_and_came_in_public():
    """Draw all three from the public record."""
    return tested_and_came([(name, _figure(tested), _figure(came)) for name, tested, came in CASES])


def _figure(key):
    fact = record.fact(key)
    return fact.value if fact.value is not None else fact.high
