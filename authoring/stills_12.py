"""The picture of unit 12's lesson: two evenings, two measures of what was learned, from the public record."""

from __future__ import annotations

from loadbearing.labs import two_evenings


def the_two_evenings():
    """Draw the two known evenings by both measures, with their number in the largest type."""
    return two_evenings.picture()
