"""The claims that the course tests: whose reading makes it, what it says, what decides, and from where on.

`claims.toml` is their only home. A claim has one deciding quantity and a threshold that was written before
any run. `deciding_quantity` computes it from runs.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import pathlib
import tomllib

import numpy as np

from loadbearing import readings
from loadbearing.parts import ScenarioError, nearest
from loadbearing.readings import waiting
from loadbearing.units import share

SOURCE = pathlib.Path(__file__).with_name("claims.toml")
READINGS = ("failure", "stress test")
FIVE_MINUTES_S = 300
NUMBERS = {1: "one"}


@dataclasses.dataclass(frozen=True)
class Claim:
    """One sentence that a run can speak to."""

    key: str
    reading: str
    claim: str
    decides: str
    measure: str
    threshold: float
    unit: str = "share"

    def say(self, value):
        """Return a value of the deciding quantity in words: a share in per cent, anything else as a number."""
        if self.unit == "share" and 0 <= value <= 1:
            return share(value)
        return f"{100 * value:.0f} %" if self.unit == "share" else f"{value:,.3g}"


@functools.cache
def claims():
    """Return every claim by key, in the order of the file."""
    with SOURCE.open("rb") as file:
        return {key: _claim(key, **fields) for key, fields in tomllib.load(file).items()}


def _claim(key, unit, decides, threshold, **fields):
    said = share(threshold) if unit == "share" else NUMBERS[threshold]
    decides = decides.format(threshold=said)
    return Claim(key=key, decides=decides, threshold=threshold, unit=unit, **fields)


def claim(key):
    """Return one claim; raise `ScenarioError` with the nearest keys for an unknown one."""
    if key not in claims():
        raise ScenarioError(f"There is no claim {key!r}. {nearest(key, list(claims()))}")
    return claims()[key]


def deciding_quantity(key, run):
    """Return the deciding quantity of a claim that one run can decide: a share from 0 to 1.

    Raises `ScenarioError` with a sentence for a claim that needs more than a run.
    """
    measure = claim(key).measure
    if measure not in OF_ONE_RUN:
        raise ScenarioError(f"{key} is not decided by one run: {claim(key).decides}")
    return OF_ONE_RUN[measure](run)


def _shown_of_the_door(run):
    """Joins in the busiest minute, of those the door could have done; dice may lift it above 1."""
    seen, _ = readings.busiest_minute(run, readings.over_time(run, "joins"))
    can, _ = readings.busiest_minute(run, readings.can_do_over_time(run))
    return seen * run.evening.door.service.mean_s / can


def _in_the_busiest_minute(run):
    """The share of all who came that came in the busiest minute."""
    came = run.seconds["arrivals"]
    return 60 * readings.busiest_minute(run, came)[0] / came.sum()


def self_made_overload(run):
    """Return how much of the time of overload first attempts alone did not make: a share; 0 without overload."""
    people = readings.overload_s(run, of="people")
    first = readings.overload_s(run, of="first")
    return 1 - min(first, people) / people if people else 0.0


def blast_radius(run):
    """Return the share of all who came that lost the connection or never got in, 0 to 1; nan if nobody came."""
    mine = readings.people_of(run)
    hit = (mine["times_disconnected"] > 0) | np.isnan(mine["joined"])
    return float(hit.mean()) if len(mine) else math.nan


OF_ONE_RUN = {
    "in_within_five_minutes": lambda run: readings.service_level(run, FIVE_MINUTES_S),
    "in_at_the_first_attempt": readings.first_click_success,
    "in_within_a_minute": lambda run: readings.service_level(run, 60),
    "shown_of_the_door": _shown_of_the_door,
    "in_the_busiest_minute": _in_the_busiest_minute,
    "self_made_overload": self_made_overload,
    "share_in": readings.share_in,
    "queue_of_demand": waiting.queue_of_demand,
    "returns_kept": waiting.returns_kept,
    "blast_radius": blast_radius,
}
