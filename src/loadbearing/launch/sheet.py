"""The launch sheet of unit 13: a launch of the student's own, checked, with every assumption named."""

from __future__ import annotations

import dataclasses
import functools

from loadbearing.cases import launches
from loadbearing.launch.questions import BY_KEY, LINES, Line
from loadbearing.parts import ScenarioError, nearest
from loadbearing.scenario import Measured
from loadbearing.stress import Promise

__all__ = ["EXAMPLE", "LINES", "STATES", "Launch", "Line", "checked"]

STATES = {
    "invitation": ("as it is", "early", "groups"),
    "line": (False, True),
    "pauses": (False, True),
    "on_call": (False, True),
}
"""What may be done about a launch that is no line of the sheet; of each the first is how it stands."""


@dataclasses.dataclass(frozen=True)
class Launch:
    """A launch of the student's own; every line of the sheet is an attribute, in the unit of the line.

    `typed`: (key, value) of the lines that were given. `done`: (state, value) of what was changed about it (`STATES`).
    `arrivals`: how people came to the student's own traffic, or None. Make one with `checked`.
    """

    typed: tuple
    arrivals: Measured | None = None
    done: tuple = ()

    @functools.cached_property
    def values(self):
        """Every line's value by its key: as typed, else as assumed."""
        found = dict(self.typed)
        for line in LINES:
            if line.key not in found:
                found[line.key] = line.assumed(found)
        return found

    @property
    def own(self):
        """The keys of the lines that were given, in the order of the sheet."""
        return tuple(key for key, _ in self.typed)

    def __getattr__(self, key):
        if key in BY_KEY:
            return self.values[key]
        if key in STATES:
            return dict(self.done).get(key, STATES[key][0])
        raise AttributeError(f"A launch has no line {key!r}. {nearest(key, [*BY_KEY, *STATES])}")

    def share(self, key):
        """Return a line in per cent as a part of one."""
        return self.values[key] / 100

    @property
    def promise(self):
        """The promise of the sheet, for nine evenings in ten."""
        within_s = 60.0 * self.promise_minutes
        return Promise(
            reading="service_level", args={"within_s": within_s}, at_least=self.share("promise_share")
        )  # fmt: skip

    def assumptions(self):
        """Return [(line, value, reason)] of every line that was left empty."""
        return [(one, self.values[one.key], one.why) for one in LINES if one.key not in self.own]

    def with_values(self, **changed):
        """Return the launch with some lines changed (None: left empty again), and some `STATES`.

        Raises `ScenarioError` for what is no line, or makes no sense.
        """
        typed, done = dict(self.typed), dict(self.done)
        for key, value in changed.items():
            if key in STATES:
                done[key] = _checked_state(key, value)
            elif _line(key).needed or value is not None:
                typed[key] = _line(key).checked(value)
            else:
                typed.pop(key, None)
        done = {key: value for key, value in done.items() if value != STATES[key][0]}
        return Launch(_in_order(typed), self.arrivals, tuple(sorted(done.items())))

    def pinned(self):
        """Return the launch with every line as it is now: what one line changes, no assumption follows."""
        held = {key: value for key, value in self.values.items() if value is not None}
        return dataclasses.replace(self, typed=_in_order(held))


def checked(typed, arrivals=None):
    """Return the `Launch` of what was typed, key -> text or number; empty lines hold their assumption.

    Raises `ScenarioError`, one sentence that begins with the question of the line: what was typed, and what to type.
    """
    for key in typed:
        _line(key)
    given = {key: value for key, value in typed.items() if str(value).strip() and value is not None}
    missing = [line.question for line in LINES if line.needed and line.key not in given]
    if missing:
        raise ScenarioError(f"Still to fill in: {missing[0]}")
    found = Launch(
        tuple((line.key, line.checked(given[line.key])) for line in LINES if line.key in given),
        arrivals,
    )
    _in_turn(found)
    return found


def _in_turn(a_launch):
    """Refuse a bad case above the crowd expected, and a good case below it."""
    low, high = BY_KEY["low"], BY_KEY["high"]
    expected = a_launch.expected
    if a_launch.low > expected:
        raise ScenarioError(
            f"{low.question} {a_launch.low:,} are more than the {expected:,} you expect; type that many or fewer."
        )
    if a_launch.high < expected:
        raise ScenarioError(
            f"{high.question} {a_launch.high:,} are fewer than the {expected:,} you expect; type that many or more."
        )


def _line(key):
    if key not in BY_KEY:
        raise ScenarioError(f"The sheet has no line {key!r}. {nearest(key, list(BY_KEY))}")
    return BY_KEY[key]


def _checked_state(key, value):
    if value not in STATES[key]:
        raise ScenarioError(f"{key} is {value!r}. {nearest(value, [str(s) for s in STATES[key]])}")
    return value


def _in_order(typed):
    return tuple((line.key, typed[line.key]) for line in LINES if line.key in typed)


EXAMPLE = checked({key: one.value for key, one in launches.EXAMPLE.items()})
"""Tickets on sale at ten: the example of another domain, with nothing but the five lines filled in."""
