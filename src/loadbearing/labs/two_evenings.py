"""The two known evenings of the public record as `growth` measures them, and their picture: n = 2.

Of the first evening the record gives when its first room was closed, not when the speech began: its lateness is a lower
bound. The cause of neither was established, so nothing here says whether both failed at the same place.
"""

from __future__ import annotations

import functools

from loadbearing import record
from loadbearing.growth import Known
from loadbearing.growth import times_as_many as ratio
from loadbearing.pictures.two_evenings import two_measures
from loadbearing.units import people

KEYS = {
    "precedent": ("precedent_stopped_after", "precedent_when_stopped", "precedent_later"),
    "evening": ("lateness", "listeners_at_peak", "listeners_at_peak"),
}
"""For each event of the record, the keys of its lateness, of the most at once, and of those carried in the end."""


def _reported(key):
    """A figure of the record as (published, least, most); where no range was reported, all three are the figure."""
    fact = record.fact(key)
    low, high = (fact.value if one is None else one for one in (fact.low, fact.high))
    return float(fact.value), float(low), float(high)


@functools.cache
def two():
    """Return both events as `Known`, in the order in which they were; each is named by its year."""
    return tuple(
        Known(record.events()[event].date[:4], *map(_reported, keys))
        for event, keys in KEYS.items()
    )


def carried_times():
    """Return how many times as many the second carried in the end: (published, least, most)."""
    first, second = two()
    return ratio(first.carried, second.carried)


def at_once_times():
    """Return how many times as many the second held at once: (published, least, most)."""
    first, second = two()
    return ratio(first.at_once, second.at_once)


def picture():
    """Return the picture of both measures, with the number of evenings in the largest type."""
    late = [(one.name, *one.late_for_a_million) for one in two()]
    carried = [(one.name, *one.carried) for one in two()]
    measures = [
        ("Minutes late for each million at once", [(*one, f"{one[1]:.0f}") for one in late]),
        ("People in the room in the end", [(*one, people(one[1])) for one in carried]),
    ]
    more = f"{carried_times()[0]:.1f}"
    return two_measures(
        measures, f"By one measure no gain, by the other {more} times as many people"
    )
