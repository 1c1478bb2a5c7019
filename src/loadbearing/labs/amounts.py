"""Knobs that are no per cent: a number in its own unit, and one of a few choices."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

from loadbearing.labs.knobs import Turned, case_title, lower, own_value, plain
from loadbearing.parts import ScenarioError, nearest
from loadbearing.words import word

OF_A_DECADE = (1, 2, 3, 5, 7)
"""Where a slider in log steps stops, between one and ten."""

SHORT = 3
"""Letters of a unit that stand beside a box; a longer one stands above, with the number."""


@dataclasses.dataclass(frozen=True)
class Amount(Turned):
    """One setting as a number, in its own unit, from `least` to `most`.

    `step`: of the slider; `log`: it stops at 1, 2, 3, 5, 7, 10, 20 ... instead. `worth`: what one of the numbers shown
    is of the setting: `Amount("busy", 50, 99, worth=0.01, counted="%")` holds a share and shows per cent.
    """

    path: str
    least: float
    most: float
    step: float = 1
    log: bool = False
    worth: float = 1
    named: str = ""
    counted: str = ""

    @property
    def unit(self):
        """The unit of the numbers shown."""
        return self.counted or word(self.path).unit

    @property
    def shown(self):
        """The unit as it stands beside the box: a short one, or nothing."""
        return self.unit if len(self.unit) <= SHORT else ""

    spoken = unit

    @property
    def low(self):
        """The least that may be typed."""
        return self.least

    @property
    def high(self):
        """The most that may be typed."""
        return self.most

    @property
    def marks(self):
        """Where the slider stops, if its steps are uneven.

        >>> Amount("handlers", 1, 30, log=True).marks
        (1, 2, 3, 5, 7, 10, 20, 30)
        """
        if not self.log:
            return ()
        decades = range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1)
        found = {round(one * 10.0**n, 12) for n in decades for one in OF_A_DECADE}
        inside = {self._neat(one) for one in found if self.least < one < self.most}
        return tuple(sorted({self.least, self.most} | inside))

    def _neat(self, number):
        whole = all(float(one).is_integer() for one in (self.least, self.most, self.step))
        return math.floor(number + 0.5) if whole else float(f"{number:.6g}")

    def rest(self, case):
        """Return where the knob stands untouched: at the case's own number."""
        own = own_value(case, self.path)
        if isinstance(own, bool) or not isinstance(own, int | float):
            raise ScenarioError(
                f"{self.label} is {own!r} in {case_title(case)}, which is no number; use a Choice."
            )
        return self._neat(own / self.worth)

    def checked(self, typed):
        """Return a typed value as a number, whole where the range is, or raise the sentence that says what to type."""
        number = self._neat(self._number(typed, f"type a number of {self.unit or 'its kind'}."))
        if not self.least <= number <= self.most:
            raise ScenarioError(
                f"{self.label} is {typed}; type {plain(self.least)} to {plain(self.most)}."
            )
        return number

    def changes(self, case, at):
        """Return what the knob changes: path or input to value."""
        own, value = own_value(case, self.path), at * self.worth
        return {self.path: round(value) if isinstance(own, int) else float(f"{value:.12g}")}

    def comes_to(self, case, at):
        """Return in words how much that is beside the case's own number."""
        unit = self.unit.removesuffix("s") if at == 1 else self.unit
        return f"{plain(at)} {unit}".strip()

    def said(self, case, at):
        """Return in words where the knob stands."""
        return f"{lower(self.label)}: {plain(at)} {self.shown}".strip()


@dataclasses.dataclass(frozen=True)
class Choice(Turned):
    """One setting with a few choices: `Choice("crowd.retries.jitter", {"in step": "none", "spread": "full"})`.

    `options`: what is written on each, and the value; or {path or input: value} where one choice changes several
    settings, {} for all as it was. One of them must be what each case has.
    """

    path: str
    options: Mapping
    named: str = ""

    def __post_init__(self):
        object.__setattr__(self, "options", FrozenOptions(self.options))

    def changes(self, case, at):
        """Return what a choice changes: path or input to value."""
        value = self.options[at]
        return dict(value) if isinstance(value, Mapping) else {self.path: value}

    def rest(self, case):
        """Return the option that the case has."""
        for option in self.options:
            if all(_has(case, key, one) for key, one in self.changes(case, option).items()):
                return option
        raise ScenarioError(
            f"{self.label}: no option is what {case_title(case)} has. Add one, such as 'as it was': {{}}."
        )

    def checked(self, typed):
        """Return an option; one that is not there raises the sentence with those that are."""
        if typed not in self.options:
            raise ScenarioError(f"{self.label} is {typed!r}. {nearest(typed, list(self.options))}")
        return typed

    def comes_to(self, case, at):
        """Return nothing: a choice says itself."""
        return ""

    def said(self, case, at):
        """Return in words what is chosen."""
        return f"{lower(self.label)}: {at}"


class FrozenOptions(dict):
    """The options of a choice, in their order, to be compared and kept."""

    def __hash__(self):
        return hash(tuple(self))


def _has(case, key, value):
    try:
        return own_value(case, key) == value
    except ScenarioError:
        return False
