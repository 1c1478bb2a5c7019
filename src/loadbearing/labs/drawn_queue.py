"""A queue as a student drew it, beside the queue as it was: where each is highest, and why."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing.parts import ScenarioError
from loadbearing.units import clock, people

AS_LONG, AS_MANY = 0.97, 0.95
"""Of the longest queue, and of the most who come a minute: from this share on, a moment counts as the peak."""

GONE = 0.01
"""Of the longest queue: below this share it counts as gone."""


@dataclasses.dataclass(frozen=True, eq=False)
class Evening:
    """What is drawn: `times_s` (even steps), and at each how many come a minute and how many wait in the queue.

    `takes`: people the door can take a minute; `most`: people at the top of the drawing; `about`: the scene in words.
    """

    times_s: np.ndarray
    comes: np.ndarray
    queue: np.ndarray
    takes: float
    most: float
    about: str = ""

    def at(self, series, t):
        """Return what one of the series holds at one of the times."""
        return float(series[np.flatnonzero(self.times_s == t)[0]])

    def longest(self):
        """Return when the queue is longest, and how many people stand in it."""
        return float(self.times_s[np.argmax(self.queue)]), float(np.max(self.queue))

    def checked(self, points):
        """Return points [[time, people], ...] in the order of time; what cannot be drawn raises `ScenarioError`."""
        try:
            drawn = {float(t): float(high) for t, high in points}
        except (TypeError, ValueError):
            drawn = {float("nan"): 0.0}
        if not all(t in self.times_s and 0 <= high <= self.most for t, high in drawn.items()):
            raise ScenarioError("This curve could not be read; draw it anew.")
        return [[t, drawn[t]] for t in sorted(drawn)]


def highest(drawn):
    """Return where a drawn curve is highest and how many people that is; the middle of a flat top."""
    top = max(high for _, high in drawn)
    at = [t for t, high in drawn if high == top]
    return at[len(at) // 2], top


def told(evening, drawn):
    """Return in words where the drawn queue is highest and where the queue is, and why."""
    (at, high), (longest_at, longest) = highest(drawn), evening.longest()
    comes = evening.at(evening.comes, at)
    said = (
        f"Your curve is highest at {clock(at)}, with {people(high)} people. The queue is longest at "
        f"{clock(longest_at)}, with {people(longest)}."
    )
    flows = f"At {clock(at)}, {people(comes)} come a minute, and the door can take {people(evening.takes)}"
    if agrees(evening, drawn):
        return f"{said} That is the moment: from about then on fewer come than the door can take."
    if at > longest_at:
        waits = evening.at(evening.queue, at) >= GONE * longest
        then = "the queue is shrinking by then" if waits else "by then the queue is gone"
        return f"{said} {flows}. Fewer come than can go in, so {then}."
    most_come = comes >= AS_MANY * np.max(evening.comes)
    where = " You drew the peak where most people come." if most_come else ""
    grows = (
        "so the queue still grows" if comes > evening.takes else "and the queue has hardly begun"
    )
    return f"{said}{where} {flows}, {grows}. It grows until fewer come than the door can take."


def agrees(evening, drawn):
    """Tell whether the drawn curve is highest where the queue is about as long as it gets."""
    return evening.at(evening.queue, highest(drawn)[0]) >= AS_LONG * evening.longest()[1]
