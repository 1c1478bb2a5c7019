"""Knobs: what a student may turn, and where a lab stands. (Numbers and choices: `amounts`.)

A knob's `path` is a path in the scenario ("door.handlers") or an input of the case without a dot ("queue_s"; see
`cases.build`), and the name under which `Settings` hold it.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing import cases
from loadbearing.parts import ScenarioError, nearest
from loadbearing.scenario import Change, Timetable
from loadbearing.units import clock
from loadbearing.words import word

LEAST, MOST = 1, 10_000
"""Per cent that may be typed; a slider shows a narrower range."""

WHOLE_PARTS = ("waiting_room",)
"""Paths without a dot that are no input of a case."""


class Turned:
    """What all knobs share; `named` is the label where the words of the course have no better one."""

    relative = False

    @property
    def label(self):
        """The knob's label, from the words of the course unless the lab names it."""
        return self.named or word(self.path).slider

    @property
    def unit(self):
        """The unit of the value."""
        return word(self.path).unit

    def acts(self, case, at):
        """Return what somebody does during the evening: a list of `Change`."""
        return []

    def _number(self, typed, remedy):
        """Return what was typed as a finite number, or raise a sentence with the remedy."""
        try:
            number = float(str(typed).strip().rstrip("%").replace(",", ""))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ScenarioError(f"{self.label} is {typed!r}; {remedy}") from None
        return number


@dataclasses.dataclass(frozen=True)
class Knob(Turned):
    """One setting of the evening: its path in the scenario and the range of its slider, in per cent.

    >>> Knob("door.handlers").label
    'Handlers at the door'
    """

    path: str
    least: int = 25
    most: int = 300
    step: int = 5
    named: str = ""
    relative = True
    marks, low, high = (), LEAST, MOST
    shown, spoken = "%", "per cent"

    def value(self, scenario, per_cent):
        """Return the setting at so many per cent of the scenario's own: whole where that is whole."""
        there = scenario.value(self.path)
        turned = there * per_cent / 100
        return max(1, math.floor(turned + 0.5)) if isinstance(there, int) else turned

    def rest(self, case):
        """Return where the knob stands untouched; what is no number in this case raises `ScenarioError`."""
        try:
            self.value(cases.get(case), 100)
        except TypeError:
            raise ScenarioError(
                f"{self.label} is no number in {case_title(case)}; use a Choice."
            ) from None
        return 100

    def checked(self, typed):
        """Return a typed value as a whole number of per cent, or raise the sentence that says what to type."""
        number = self._number(typed, "type a number of per cent.")
        if not LEAST <= number <= MOST:
            raise ScenarioError(
                f"{self.label} is {typed} per cent; type {LEAST} to {MOST:,} (100 is that evening's)."
            )
        return math.floor(number + 0.5)

    def changes(self, case, at):
        """Return what the knob changes at so many per cent: path or input to value."""
        return {self.path: self.value(cases.get(case), at)}

    def comes_to(self, case, at):
        """Return in words what the per cent come to."""
        return f"{plain(self.value(cases.get(case), at))} {self.unit}"

    def said(self, case, at):
        """Return in words where the knob stands."""
        return f"{lower(self.label)} at {at} % ({plain(self.value(cases.get(case), at))})"


@dataclasses.dataclass(frozen=True)
class Later(Knob):
    """A setting of the door that somebody changes during the evening: per cent of it from `at_s` on.

    `what`: a setting that can be changed ("handlers", "queue_limit", "admits_per_s"). At 100 per cent nobody acts.
    """

    path: str = dataclasses.field(init=False, default="")
    what: str = "handlers"
    at_s: float = 0.0

    def __post_init__(self):
        object.__setattr__(self, "path", f"{self.what} from {self.at_s:g} s on")

    @property
    def unit(self):
        """The unit of the value."""
        return word(self.what).unit

    @property
    def label(self):
        """The knob's label, from the words of the course unless the lab names it."""
        return self.named or f"{word(self.what).slider}, from {clock(self.at_s)} on"

    def value(self, scenario, per_cent):
        """Return the setting from then on."""
        part = "waiting_room" if self.what == "admits_per_s" else "door"
        return Knob(f"{part}.{self.what}").value(scenario, per_cent)

    def changes(self, case, at):
        """Return what the knob changes before the evening: nothing."""
        return {}

    def acts(self, case, at):
        """Return what somebody does at that moment."""
        return [Change(at_s=self.at_s, what=self.what, to=self.value(cases.get(case), at))]


@dataclasses.dataclass(frozen=True)
class Settings:
    """Where a lab stands: the case, and each knob that was turned away from where the case has it.

    `turned`: (path, per cent) of the knobs in per cent; `chosen`: (path, number or option) of the others.
    """

    case: str
    turned: tuple = ()
    chosen: tuple = ()

    @classmethod
    def of(cls, case, per_cents=None, chosen=None):
        """Return settings from mappings path -> per cent and path -> number or option; 100 per cent is left out."""
        turned = {path: value for path, value in (per_cents or {}).items() if value != 100}
        return cls(case, tuple(sorted(turned.items())), tuple(sorted((chosen or {}).items())))

    def per_cent(self, path):
        """Return where a knob in per cent stands."""
        return dict(self.turned).get(path, 100)

    def at(self, path):
        """Return where a knob was turned to; None where it stands as the case has it."""
        return dict(self.turned + self.chosen).get(path)

    def with_knob(self, knob, at):
        """Return these settings with one knob at a checked place."""
        turned, chosen = dict(self.turned), dict(self.chosen)
        held = turned if knob.relative else chosen
        held.pop(knob.path, None)
        if at != knob.rest(self.case):
            held[knob.path] = at
        return Settings.of(self.case, turned, chosen)

    @property
    def untouched(self):
        """Whether every knob stands at that evening's setting."""
        return not self.turned and not self.chosen


def settings_of(case, places, knobs):
    """Return the settings of a case with knobs at some places (path -> what would be typed), all checked."""
    settings, known = Settings(case), {knob.path: knob for knob in knobs}
    for path, typed in (places or {}).items():
        if path not in known:
            raise ScenarioError(f"This lab has no knob {path!r}. {nearest(path, list(known))}")
        settings = settings.with_knob(known[path], known[path].checked(typed))
    return settings


def stands(settings, knob):
    """Return where a knob stands: per cent, a number, an option; untouched, where the case has it."""
    at = settings.at(knob.path)
    return knob.rest(settings.case) if at is None else at


def in_case(settings, case, knobs):
    """Return the settings in another case: what was turned stays where it is, if `knobs` still turns it."""
    known = {knob.path for knob in knobs}
    places = {path: at for path, at in settings.turned + settings.chosen if path in known}
    return settings_of(case, places, knobs)


def has(case, knob):
    """Whether a case has what a knob turns."""
    try:
        knob.rest(case)
    except ScenarioError:
        return False
    return True


def places_of(settings, knobs):
    """Return [(knob, where it was turned to)]; a path without a knob raises `ScenarioError`."""
    known = {knob.path: knob for knob in knobs}
    for path, _ in settings.turned + settings.chosen:
        if path not in known:
            raise ScenarioError(f"This lab has no knob {path!r}. {nearest(path, list(known))}")
    return [(known[path], at) for path, at in settings.turned + settings.chosen]


def changes_of(settings, knobs):
    """Return what all knobs change together: path or input to value."""
    changes = {}
    for knob, at in places_of(settings, knobs):
        changes |= knob.changes(settings.case, at)
    return changes


def scenario_of(settings, knobs):
    """Return the scenario that the settings describe; a path without a knob raises `ScenarioError`."""
    case = settings.case
    scenario, changes = cases.get(case), changes_of(settings, knobs)
    acts = [act for knob, at in places_of(settings, knobs) for act in knob.acts(case, at)]
    inputs = {key: value for key, value in changes.items() if not is_path(key)}
    if inputs:
        scenario = cases.build(case, inputs)
    scenario = scenario.changed({key: changes[key] for key in changes if is_path(key)})
    if acts:
        timetable = Timetable(changes=acts)
        scenario = scenario.changed({"controllers": (*scenario.controllers, timetable)})
    return scenario


def told(settings, knobs):
    """Return the settings in words: the case, and each knob turned, with its value."""
    said = [case_title(settings.case)]
    for knob in knobs:
        at = settings.at(knob.path)
        if at is not None:
            said.append(knob.said(settings.case, at))
    return ", ".join(said)


def is_path(key):
    """Whether this is a path in the scenario, not an input of a case."""
    return "." in key or key in WHOLE_PARTS


def own_value(case, key):
    """Return a case's own value of a path or an input."""
    return cases.get(case).value(key) if is_path(key) else cases.own_value(case, key)


def plain(number):
    """Return a number as it is told: 1,050 or 0.25.

    >>> plain(1050), plain(0.1 * 3), plain(1_000_000.0)
    ('1,050', '0.3', '1,000,000')
    """
    whole = float(number).is_integer()
    return f"{number:,.0f}" if whole else f"{number:,.4g}"


def lower(label):
    """Return a label within a sentence."""
    return label[0].lower() + label[1:]


def case_title(name):
    """Return the title of a case, as on its button."""
    return cases.about(name).title


def case_mechanism(name):
    """Return the mechanism of a case in one sentence."""
    return cases.about(name).mechanism
