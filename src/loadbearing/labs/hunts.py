"""What takes many small rooms: other evenings with the same settings one by one, and two knobs at once."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing import pictures, readings, simulate
from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms
from loadbearing.labs.amounts import Choice
from loadbearing.units import duration, share

SOON_S = 300.0
PROMISE = 0.5
"""The promise of the map: half of those who came are in within five minutes."""

MARKS = 6
"""Settings of each knob on the map."""


@dataclasses.dataclass(frozen=True, eq=False)
class Evening:
    """One other evening: its seed, its curve in people, and when half of everybody who came was in (inf: never)."""

    seed: int
    curve: pictures.Curve
    half_in_s: float


def other_evenings(scenario, number=rooms.BAND_EVENINGS, stopped=None, tell=None):
    """Return so many `Evening`s with these settings, each with its own weather, in small rooms.

    `stopped()` is asked before each: true raises `rooms.Dropped`. `tell(words)` hears how far it is.
    """
    fraction, held = rooms.small(scenario, rooms.BAND_PEOPLE)
    found = []
    for at in range(number):
        if stopped and stopped():
            raise rooms.Dropped
        if tell:
            tell(f"evening {at + 1} of {number}")
        seed = rooms.FIRST_OTHER_EVENING + at
        run = simulate(held, seed, sample=0, progress=False)
        curve = rooms.thinned(pictures.room(run, 1 / fraction))
        found.append(Evening(seed, curve, readings.time_to_join_of_everybody(run)))
    return found


def evening_pictures(sight, evenings, points):
    """Return the two pictures of other evenings: where this run lies among them, and which was the lucky one."""
    mine = readings.time_to_join_of_everybody(sight.trial.run)
    return [
        pictures.among_other_evenings(
            sight.trial.curve, [one.curve for one in evenings], points=points
        ),
        pictures.the_lucky_one(
            [one.half_in_s for one in evenings],
            [one.seed for one in evenings],
            "Half of everybody who came is in after",
            duration,
            most_is_best=False,
            mine=mine,
        ),
    ]


def marks_of(knob, at):
    """Return the settings of a knob on the map: evenly over its slider, or all its options; and where it stands now.

    >>> marks_of(turning.Knob("door.handlers", 50, 300), 120)
    [50, 100, 120, 150, 200, 250, 300]
    """
    if isinstance(knob, Choice):
        return list(knob.options)
    if knob.marks:
        even = {knob.marks[round(one)] for one in np.linspace(0, len(knob.marks) - 1, MARKS)}
    else:
        even = {_on_a_step(knob, one) for one in np.linspace(knob.least, knob.most, MARKS)}
    return sorted(even | ({100} if knob.relative else set()) | {at})


def _on_a_step(knob, at):
    there = round(at / knob.step) * knob.step
    return knob.checked(min(max(there, knob.least), knob.most))


def _said(knob):
    """How a setting of a knob is written on the map."""
    if isinstance(knob, Choice):
        return str
    return lambda at: f"{turning.plain(at)} {knob.shown}".strip()


@dataclasses.dataclass(frozen=True, eq=False)
class Map:
    """The share of the crowd that is in within five minutes, for every pair of settings of two knobs."""

    knobs: tuple
    across: list
    up: list
    values: np.ndarray
    mine: tuple

    def picture(self):
        """Return the map as a picture, with the student's own place on it."""
        edges = [
            pictures.Knob(knob.label, marks, _said(knob))
            for knob, marks in zip(self.knobs, (self.across, self.up), strict=True)
        ]
        label = "In within five minutes, share of those who came"
        return pictures.two_knobs(
            self.values, *edges, label, share, promise=PROMISE, mine=self.mine
        )


def two_knobs(settings, knobs, stopped=None, tell=None):
    """Return the `Map` of the first two knobs around some settings, other knobs where they stand; small rooms."""
    first, second = knobs[:2]
    mine = [turning.stands(settings, one) for one in (first, second)]
    across, up = (marks_of(one, at) for one, at in zip((first, second), mine, strict=True))
    values = np.full((len(up), len(across)), np.nan)
    for at in np.ndindex(*values.shape):
        if stopped and stopped():
            raise rooms.Dropped
        if tell:
            tell(f"setting {int(np.ravel_multi_index(at, values.shape)) + 1} of {values.size}")
        there = settings.with_knob(first, across[at[1]]).with_knob(second, up[at[0]])
        trial = rooms.small_trial(there, turning.scenario_of(there, knobs), rooms.BAND_PEOPLE)
        values[at] = readings.service_level(trial.run, SOON_S)
    place = across.index(mine[0]), up.index(mine[1])
    return Map((first, second), across, up, values, place)
