"""How far an evening is from the published counts: what was expected, what came out, met or not.

The counts, their ranges and the tolerances are the record's (`record.listener_points`). To pass them is
no proof: several mechanisms do.
"""

from __future__ import annotations

import dataclasses

from loadbearing import record
from loadbearing.readings import in_the_room
from loadbearing.units import clock, people


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One published count against one evening: the `point`, and how many `listeners` were in the room."""

    point: record.ListenerPoint
    listeners: float

    @property
    def expected(self):
        """Return (least, most): between these the count is met."""
        return self.point.bounds

    @property
    def misfit(self):
        """Return the signed distance from the published range, in tolerances: -1 to 1 is met, 0 is spot on."""
        return self.point.misfit(self.listeners)

    @property
    def met(self):
        """Tell whether the count is met."""
        return abs(self.misfit) <= 1.0

    @property
    def sentence(self):
        """Return what was expected, what came out, and whether that is met."""
        least, most = self.expected
        end = "met." if self.met else ("too few." if self.misfit < 0 else "too many.")
        return (
            f"At {clock(self.point.t)} {people(self.listeners)} were in the room; "
            f"{people(least)} to {people(most)} agree with what was published: {end}"
        )


def judge(run, each=1.0):
    """Return a `Verdict` for each published count, in the order of time.

    `each`: how many people one simulated listener stands for, 20 in a room scaled to a twentieth. Raises
    `ReadingError` with a sentence if the run does not cover a published moment.
    """
    return tuple(
        Verdict(point, in_the_room(run, point.t) * each) for point in record.listener_points()
    )


def worst(verdicts):
    """Return the largest distance of all counts, in tolerances: at most 1 means that all of them are met."""
    return max(abs(verdict.misfit) for verdict in verdicts)


def met(verdicts):
    """Tell whether all published counts are met."""
    return all(verdict.met for verdict in verdicts)
