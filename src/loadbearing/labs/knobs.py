"""Knobs: what a student may turn, as per cent of that evening's setting."""

from __future__ import annotations

import dataclasses
import math

from loadbearing import cases
from loadbearing.parts import ScenarioError, nearest
from loadbearing.words import word

LEAST, MOST = 1, 10_000
"""Per cent that may be typed; a slider shows a narrower range."""


@dataclasses.dataclass(frozen=True)
class Knob:
    """One setting of the evening: its path in the scenario and the range of its slider, in per cent.

    >>> Knob("door.handlers").label
    'Handlers at the door'
    """

    path: str
    least: int = 25
    most: int = 300
    step: int = 5

    @property
    def label(self):
        """The slider's label, from the words of the course."""
        return word(self.path).slider

    @property
    def unit(self):
        """The unit of the value that the per cent are of."""
        return word(self.path).unit

    def value(self, scenario, per_cent):
        """Return the setting at so many per cent of the scenario's own: whole where that is whole."""
        there = scenario.value(self.path)
        turned = there * per_cent / 100
        return max(1, math.floor(turned + 0.5)) if isinstance(there, int) else turned


@dataclasses.dataclass(frozen=True)
class Settings:
    """Where a lab stands: the case, and each knob that was turned away from 100 per cent."""

    case: str
    turned: tuple = ()

    @classmethod
    def of(cls, case, per_cents=None):
        """Return settings from a mapping path -> per cent; what stands at 100 is left out."""
        turned = {path: value for path, value in (per_cents or {}).items() if value != 100}
        return cls(case, tuple(sorted(turned.items())))

    def per_cent(self, path):
        """Return where a knob stands."""
        return dict(self.turned).get(path, 100)

    @property
    def untouched(self):
        """Whether every knob stands at that evening's setting."""
        return not self.turned


def checked_per_cent(knob, value):
    """Return a typed value as a whole number of per cent, or raise the sentence that says what to type."""
    try:
        number = float(str(value).strip().rstrip("%"))
    except ValueError:
        raise ScenarioError(f"{knob.label} is {value!r}; type a number of per cent.") from None
    if not LEAST <= number <= MOST:
        raise ScenarioError(
            f"{knob.label} is {value} per cent; type {LEAST} to {MOST:,} (100 is that evening's)."
        )
    return math.floor(number + 0.5)


def scenario_of(settings, knobs):
    """Return the scenario that the settings describe; a path without a knob raises `ScenarioError`."""
    scenario = cases.get(settings.case)
    known = {knob.path: knob for knob in knobs}
    for path, _ in settings.turned:
        if path not in known:
            raise ScenarioError(f"This lab has no knob {path!r}. {nearest(path, list(known))}")
    changes = {path: known[path].value(scenario, at) for path, at in settings.turned}
    return scenario.changed(changes)


def told(settings, knobs):
    """Return the settings in words: the case, and each knob turned, with its value."""
    scenario = cases.get(settings.case)
    said = [case_title(settings.case)]
    for knob in knobs:
        at = settings.per_cent(knob.path)
        if at != 100:
            said.append(f"{knob.label.lower()} at {at} % ({knob.value(scenario, at):,})")
    return ", ".join(said)


def case_title(name):
    """Return the title of a case, as on its button."""
    return cases.about(name).title


def case_mechanism(name):
    """Return the mechanism of a case in one sentence."""
    return cases.about(name).mechanism
