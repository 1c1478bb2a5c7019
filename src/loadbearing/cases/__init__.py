"""The named evenings, and the only home of input numbers: each with where it comes from.

`names()` are the four that are held against the record (`that_evening`); `unit_names(unit)` those of the
platform's units (`platform`). A world (`worlds`) is a case that is no evening: inputs without a scenario. An input is
one of three kinds: `record` (a public fact, by its key), `assumption` (nobody published it; why this value), or
`calibrated` (found by `authoring/calibrate.py` so that the counts are met, then rounded to a whole number of steps).
"""

from __future__ import annotations

import dataclasses
import functools

from loadbearing.cases import platform, that_evening
from loadbearing.cases.building import MAY_HAVE, scenario_of
from loadbearing.cases.inputs import KINDS, Input
from loadbearing.cases.worlds import UNITS as UNITS_WITH_WORLDS
from loadbearing.cases.worlds import WORLDS
from loadbearing.parts import ScenarioError, nearest
from loadbearing.scenario import Scenario

__all__ = [
    "KINDS",
    "Case",
    "Input",
    "Provenance",
    "about",
    "build",
    "capacity_lost",
    "every_name",
    "get",
    "inputs",
    "is_world",
    "late_crowd",
    "names",
    "of_the_record",
    "own_value",
    "retry_flood",
    "slow_door",
    "unit_names",
    "values",
    "world_names",
]


@dataclasses.dataclass(frozen=True)
class Provenance:
    """Where one number of a scenario comes from: its kind, why, and the keys of the record it rests on."""

    kind: str
    why: str
    records: tuple = ()


@dataclasses.dataclass(frozen=True)
class Case:
    """A named evening: its title, its mechanism in one sentence, the scenario, and where its numbers come from.

    `inputs`: name to `Input`, what the scenario is built from. `provenance`: path to `Provenance`, one for
    every number of the scenario. A world has no scenario, and its provenance is by input.
    """

    name: str
    title: str
    mechanism: str
    scenario: Scenario | None
    inputs: dict
    provenance: dict


def slow_door():
    """The door is sound but slow: everybody gets in, one after another, for an hour and more."""
    return get("slow_door")


def retry_flood():
    """The door is fast, but works for people who have stopped waiting: a flood feeds itself until someone acts."""
    return get("retry_flood")


def capacity_lost():
    """Most of the door is gone until half past eight: a fault, or an attack, would look like this from outside."""
    return get("capacity_lost")


def late_crowd():
    """The door is wide and hardly anybody waits: most people simply come later than the hour announced."""
    return get("late_crowd")


def names():
    """Return the names of the cases that are held against the record, in the order in which the course meets them."""
    return list(that_evening.CASES)


def unit_names(unit):
    """Return the names of a unit's own cases, evenings before worlds; those of the record for `the_evening`.

    Raises `ScenarioError` with the nearest slugs for a unit that has none.
    """
    if unit == "the_evening":
        return names()
    known = platform.UNITS | UNITS_WITH_WORLDS
    if unit not in known:
        raise ScenarioError(f"No unit {unit!r} has cases. {nearest(unit, list(known))}")
    return [*platform.UNITS.get(unit, ()), *UNITS_WITH_WORLDS.get(unit, ())]


def every_name():
    """Return the names of all evenings, those of the record first; the worlds are `world_names()`."""
    return names() + [name for unit in platform.UNITS.values() for name in unit]


def world_names():
    """Return the names of all worlds, the cases that are no evening."""
    return list(WORLDS)


def is_world(name):
    """Return whether a case is a world: inputs without a scenario."""
    return isinstance(name, str) and name in WORLDS


def of_the_record(name):
    """Return whether a case is held against the record."""
    return name in that_evening.CASES


def get(name):
    """Return the scenario of a named case; raise `ScenarioError` for a world, and with the nearest names if unknown."""
    if not isinstance(name, str):
        raise ScenarioError(f"There is no case {name!r}. {nearest(name, every_name())}")
    _evening(name)
    return about(name).scenario


def _evening(name):
    """Refuse a world, of which there is no evening."""
    if is_world(name):
        raise ScenarioError(
            f"{WORLDS[name][0]} ({name}) is no evening; take its numbers with values({name!r})."
        )


def inputs(name):
    """Return the inputs of a named case, name to `Input`; raise `ScenarioError` for an unknown case."""
    return dict(_entry(name)[2])


def _entry(name):
    """(title, mechanism, inputs) of a case."""
    for cases in (that_evening.CASES, *platform.UNITS.values(), WORLDS):
        if name in cases:
            title, mechanism, its = cases[name]
            return title, mechanism, (that_evening.EVERYWHERE | its if of_the_record(name) else its)
    raise ScenarioError(f"There is no case {name!r}. {nearest(name, every_name() + world_names())}")


@functools.cache
def about(name):
    """Return the `Case` of this name, with all that is known about its numbers; `ScenarioError` if unknown."""
    title, mechanism, its = _entry(name)
    if is_world(name):
        by_input = {key: _provenance([one]) for key, one in its.items()}
        return Case(name, title, mechanism, None, dict(its), by_input)
    scenario = build(name)
    leaves = that_evening.LEAVES if of_the_record(name) else platform.LEAVES
    provenance = {
        path: _provenance([its[one] for one in made_of if one in its])
        for path, made_of in leaves.items()
        if _has(scenario, path)
    }
    return Case(name, title, mechanism, scenario, dict(its), provenance)


def _provenance(made_of):
    kinds = {one.kind for one in made_of}
    kind = next(kind for kind in reversed(KINDS) if kind in kinds)
    keys = dict.fromkeys(one.record for one in made_of if one.record)
    return Provenance(kind, "; ".join(one.why for one in made_of), tuple(keys))


def _has(scenario, path):
    try:
        return scenario.value(path) is not None
    except ScenarioError:
        return False


def build(name, changes=None):
    """Return the scenario of a case with some of its inputs changed: `build("slow_door", {"handlers": 900})`.

    A case of a unit may also be given what it has not: `build("the_eve", {"attempts": 3})` (see `MAY_HAVE`).
    Raises `ScenarioError` with the nearest names for an unknown case or input.
    """
    _evening(name)
    return scenario_of(values(name, changes))


def values(name, changes=None):
    """Return the values of a case's inputs by name, some of them changed: `values("a_season", {"events": 3})`.

    Raises `ScenarioError` with the nearest names for an unknown case or input.
    """
    its = {key: one.value for key, one in inputs(name).items()}
    known = its if is_world(name) or of_the_record(name) else MAY_HAVE | its
    for key in changes or {}:
        _known_input(name, key, known)
    return its | dict(changes or {})


def own_value(name, key):
    """Return the value of one input of a case, as it is used: what it names, or what it leaves out."""
    its = {held: one.value for held, one in inputs(name).items()}
    known = its if is_world(name) else MAY_HAVE | its
    _known_input(name, key, known)
    return known[key]


def _known_input(name, key, known):
    if key not in known:
        raise ScenarioError(f"The case {name} has no input {key!r}. {nearest(key, known)}")
