"""What a load line says to a founder, in a few sentences."""

from __future__ import annotations

import math

from loadbearing.stress.line import down, up
from loadbearing.units import duration, share

EXPECTED = 1
"""The place of the crowd expected among the crowds of the sheet."""

FARTHEST, ALMOST = 20, 0.95
"""A line is looked for up to so many times the crowd expected; one so near to that is not told as a line."""


def promised(a_launch):
    """Return the promise of a launch in words.

    >>> from loadbearing.launch import EXAMPLE
    >>> promised(EXAMPLE)
    '99 % are in within 2 minutes of coming'
    """
    return (
        f"{share(a_launch.share('promise_share'))} are in within "
        f"{duration(60 * a_launch.promise_minutes)} of coming"
    )


def told_line(a_launch, line):
    """Return a weather's line in sentences: the line, how sure, the crowd expected beside it, what breaks first."""
    when = line.name[0].upper() + line.name[1:]
    if line.crowd == 0:
        return f"{when}: no crowd is small enough to be promised that {promised(a_launch)}."
    return " ".join(
        filter(None, (_how_many(a_launch, line, when), _expected(a_launch, line), _breaks(line)))
    )


def _how_many(a_launch, line, when):
    up_to = "" if beyond(a_launch, line) else "up to "
    return (
        f"{when}: of a crowd of {up_to}{carried(a_launch, line)}, {promised(a_launch)}, on nine evenings in "
        f"ten{sure(line)}."
    )


def beyond(a_launch, line):
    """Return whether the line lies beyond the largest crowd that was tried."""
    return line.crowd >= ALMOST * FARTHEST * a_launch.expected


def carried(a_launch, line):
    """Return how large a crowd the line is, in words."""
    return f"{'more than ' if beyond(a_launch, line) else ''}{down(line.crowd)}"


def sure(line):
    """Return how sure a load line is, in brackets; nothing where so few evenings bound it on one side only."""
    if not line.low or not math.isfinite(line.high):
        return ""
    return f" (95 % sure: {down(line.low)} to {up(line.high)})"


def _expected(a_launch, line):
    expected = a_launch.expected
    if line.crowd >= expected:
        return f"{expected:,} are expected: the line is not reached."
    return f"{expected:,} are expected, {times(expected / line.crowd)} as many: {then(line)}."


def then(line):
    """Return what becomes of the crowd expected, in a clause, with the range over the evenings."""
    _, median, least, most = line.kept[EXPECTED]
    between = "" if least == most else f", {share(least)} to {share(most)} as the evening goes"
    return f"then {share(median)} are in by then{between}"


def _breaks(line):
    if not line.breaks:
        return "No limit lifts that line by itself."
    return f"What breaks first is {line.breaks}: with twice as much, up to {down(line.lifted)}."


def times(ratio):
    """Return a ratio in words: 1.8 times, 24 times."""
    return f"{ratio:.1f} times" if ratio < 9.95 else f"{ratio:,.0f} times"
