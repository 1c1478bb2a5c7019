"""Many nights without an evening: how long it takes from the fault until what helps, and how sure that is.

The fault begins at second 0, at the moment of a look of the alarm, and every request fails from then on.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.team.incident import Incident, acts_at, remedy
from loadbearing.team.luck import Luck
from loadbearing.team.people import PARTS

LONGEST_S = 20_000.0
"""A night on which nothing has helped by then counts as one on which nothing does."""

SURE = 1.959963984540054
"""Standard errors on either side of an interval of 95 %."""


def log_of(team, seed):
    """Return the log of one incident: a list of `Entry`, in seconds from the fault. `team`: a `Response`."""
    one = Incident(team, Luck(seed))
    while not one.log:
        one.until(one.env.now + team.every_s)
        one.see(1, 1)
    while remedy(one.log, team.new) is None and one.env.peek() <= LONGEST_S:
        one.env.step()
    return one.log


def remedy_s(team, seed):
    """Return the seconds from the fault until what helps is done, at a look of the team; inf if nothing does."""
    found = remedy(log_of(team, seed), team.new)
    return math.inf if found is None else float(acts_at(found, team.every_s))


def nights(team, seeds):
    """Return `remedy_s` for each seed: float64, shape (seeds,)."""
    return np.array([remedy_s(team, seed) for seed in seeds])


def by_lot(team, seed, new_share):
    """Return the team on an ordinary night: which part fails and whether the fault is new is left to chance.

    Each part is as likely as any other (an assumption); a share `new_share` of faults, 0 to 1, is new.
    """
    luck = Luck(seed)
    part = PARTS[int(luck.chance("part", "part") * len(PARTS))]
    return dataclasses.replace(team, part=part, new=luck.chance("new", "new") < new_share)


def ordinary_nights(team, seeds, new_share):
    """Return `remedy_s` of an ordinary night for each seed: float64, shape (seeds,)."""
    return np.array([remedy_s(by_lot(team, seed, new_share), seed) for seed in seeds])


def in_time(seconds, within_s):
    """Return (share of nights within so many seconds, low, high): an interval of 95 % (Wilson 1927)."""
    many, good = len(seconds), float(np.mean(np.asarray(seconds) <= within_s))
    z = SURE**2 / many
    middle = (good + z / 2) / (1 + z)
    half = math.sqrt(z * (good * (1 - good) + z / 4)) / (1 + z)
    return good, max(0.0, middle - half), 1.0 if good == 1 else middle + half


def spread(values):
    """Return (5 %, median, 95 %) of some values: each one that occurred, so that inf stays inf."""
    ordered = np.sort(np.asarray(values, float))
    places = [min(len(ordered) - 1, int(share * len(ordered))) for share in (0.05, 0.5, 0.95)]
    return tuple(float(ordered[place]) for place in places)
