"""The work that engines are timed on: the benchmark surge, and the part of it that every library can express.

Everything grows with the crowd, so an evening with ten times the listeners is the same evening on a larger scale.
Times are seconds. A work is plain numbers: nothing here knows the package or any other library.
"""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import numpy as np

HANDLERS = 300 / 10**6
QUEUE, LONG_QUEUE = 0.028, 0.04
"""Handlers, and most waiting requests, for each listener of the crowd."""


@dataclasses.dataclass(frozen=True)
class Work:
    """One evening: who comes, what they meet, and how long they wait before they try again.

    Listeners come Gamma distributed, shape 2 and scale `gathers_s`, so twice that late on average. `handlers` serve
    one request each, exponential with mean `service_s`, first come first served. At most `queue_limit` wait; one more
    is refused. Who has waited `timeout_s` for an answer goes; the request stays and costs its service
    all the same. After failed attempt k comes a pause, uniform between 0 and min(`longest_pause_s`,
    `first_pause_s` 2^(k-1)), but at least `round_trip_s`; after `most_attempts` a listener gives up.

    `withdraws`: who goes takes the request along, and nobody goes once service has begun.
    """

    listeners: int
    handlers: int
    queue_limit: int | None
    most_attempts: int = 8
    withdraws: bool = False
    gathers_s: float = 60.0
    service_s: float = 0.1
    timeout_s: float = 10.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 30.0
    round_trip_s: float = 1.0
    ends_s: int = 1200

    def arrivals(self, seed):
        """Return when each listener comes, in seconds, in order."""
        chance = np.random.default_rng(seed)
        return np.sort(chance.gamma(2.0, self.gathers_s, self.listeners)).tolist()

    def pause(self, attempt, chance):
        """Return how long a listener waits after this failed attempt; `chance` is uniform between 0 and 1."""
        longest = min(self.longest_pause_s, self.first_pause_s * 2 ** (attempt - 1))
        return max(self.round_trip_s, chance * longest)


class Tally(NamedTuple):
    """What happened to the listeners of one evening: requests sent, waits given up, joins.

    These are the moments at which a listener's state changes, the same for every engine. A refusal falls into the
    moment of its request, and giving up for good into that of the last failure.
    """

    attempts: int
    unanswered: int
    joins: int

    @property
    def events(self):
        """How many of these moments there were."""
        return self.attempts + self.unanswered + self.joins


def surge(listeners, queue=QUEUE):
    """Return the benchmark surge for this many listeners; `queue` is the most who wait, of the whole crowd."""
    return Work(
        listeners=listeners,
        handlers=max(1, round(HANDLERS * listeners)),
        queue_limit=round(queue * listeners),
    )


def crush(listeners):
    """Return the surge with a longer queue: it fills with requests whose clients have gone."""
    return surge(listeners, LONG_QUEUE)


def line(listeners):
    """Return the part that needs no second attempt: a line without end, which people leave after ten seconds."""
    return dataclasses.replace(surge(listeners), queue_limit=None, most_attempts=1, withdraws=True)


WORKS = {"surge": surge, "crush": crush, "line": line}
