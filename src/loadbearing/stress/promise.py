"""A promise about an evening: a reading, how good it must be, and on how many evenings."""

from __future__ import annotations

import dataclasses
import inspect
import math
from collections.abc import Mapping

from loadbearing import readings
from loadbearing.parts import ScenarioError, nearest, part, quantity
from loadbearing.stress import intervals
from loadbearing.units import clock, duration, share
from loadbearing.words import word

OF_THE_TABLE = {row[0]: row[-1] for row in readings.TABLE}


def reading_called(name):
    """Return the function of a reading by its name; raise `ScenarioError` with the nearest names.

    >>> reading_called("share_in").__name__
    'share_in'
    """
    if name in OF_THE_TABLE:
        found = getattr(readings, name, None)
        return found if callable(found) else OfTheTable(name)
    found = getattr(readings, name, None) if not name.startswith("_") else None
    if inspect.isfunction(found) and next(iter(inspect.signature(found).parameters), "") == "run":
        return found
    raise ScenarioError(f"There is no reading {name!r}. {nearest(name, list(OF_THE_TABLE))}")


@dataclasses.dataclass(frozen=True)
class OfTheTable:
    """A reading that stands in the table of readings only, such as "time_to_join_90"."""

    key: str

    def __call__(self, run):
        return OF_THE_TABLE[self.key](run)


def _anything(meaning, default=dataclasses.MISSING):
    return dataclasses.field(default=default, metadata=dict(kind="any", meaning=meaning))


@part
class Promise:
    """What is promised: a reading is at least, or at most, so much, on at least this share of `evenings`.

    `reading`: its name, or a function from a `Run` to a number; `args`: what else it takes, by name. Within a minute
    for nineteen in twenty: Promise(reading="service_level", args={"within_s": 60}, at_least=0.95). `says`: the
    promise in your own words. Where nobody came nothing is broken; a reading of nan (nobody got in) breaks it.

    >>> print(Promise(reading="service_level", args={"within_s": 60}, at_least=0.95))
    at least 95 % of those who come are in within 1 minute of coming, on at least 90 % of evenings
    """

    reading: object = _anything("what is read off the run")
    at_least: float | None = quantity(
        "the least it may be", "", default=None, least=None, none="no least"
    )
    at_most: float | None = quantity(
        "the most it may be", "", default=None, least=None, none="no most"
    )
    args: tuple = _anything("what else the reading takes, by name", ())
    evenings: float = quantity("the share of evenings it is for", "", default=0.9, above=0, most=1)
    says: str | None = _anything("the promise for one evening in words", None)

    def check(self):
        if (self.at_least is None) == (self.at_most is None):
            raise ScenarioError(
                f"Promise.at_least is {self.at_least} and Promise.at_most is {self.at_most}; give one of them."
            )
        if not isinstance(self.reading, str) and not callable(self.reading):
            raise ScenarioError(
                f"Promise.reading is {self.reading!r}; give the name of a reading, such as 'service_level'."
            )
        args = dict(self.args) if isinstance(self.args, Mapping | tuple) else None
        if args is None:
            raise ScenarioError(
                f"Promise.args is {self.args!r}; give a dictionary such as {{'within_s': 60}}."
            )
        object.__setattr__(self, "args", tuple(sorted(args.items())))
        try:
            inspect.signature(self.function).bind(None, **args)
        except TypeError as error:
            raise ScenarioError(
                f"Promise.args is {args}, which {_plain(self.function)} does not take: {error}."
            ) from None

    @property
    def function(self):
        """The reading as a function."""
        return reading_called(self.reading) if isinstance(self.reading, str) else self.reading

    def margin(self, run):
        """Return how far inside the promise a run is, in the reading's unit: 0 or more where it is kept."""
        return self.margin_of(self.read(run)) if readings.came(run) else math.inf

    def read(self, run):
        """Return what is promised about, read off a run, in the reading's unit."""
        return float(self.function(run, **dict(self.args)))

    def margin_of(self, value):
        """Return how far inside the promise a value of its reading is: 0 or more where it is kept."""
        if math.isnan(value):
            return -math.inf
        return value - self.at_least if self.at_most is None else self.at_most - value

    def kept(self, run):
        """Tell whether a run keeps the promise."""
        return self.margin(run) >= 0

    def holds(self, kept, evenings):
        """Tell whether it is kept often enough: on `kept` of so many evenings."""
        return kept >= intervals.evenings_of(evenings, self.evenings)

    @property
    def on_one_evening(self):
        """What is promised of each evening that keeps it, in words."""
        return self.says or _in_words(self)

    def __str__(self):
        often = "at least " + share(self.evenings) + " of evenings"
        return f"{self.on_one_evening}, on {'every evening' if self.evenings == 1 else often}"


def _plain(function):
    return getattr(function, "__name__", "it").replace("_", " ").strip()


def _in_words(promise):
    args, function = dict(promise.args), promise.function
    bound = promise.at_least if promise.at_most is None else promise.at_most
    limit = "at least" if promise.at_most is None else "at most"
    who = "those who come"
    if "from_s" in args:
        who += f" from {clock(args['from_s'])}"
    if "until_s" in args:
        who += f" before {clock(args['until_s'])}"
    does = {
        readings.service_level: (
            f"are in within {duration(args.get('within_s', readings.PROMISE_S))} of coming"
        ),
        readings.share_in: "get in",
        readings.gave_up: "give up",
        readings.first_click_success: "get in at their first attempt",
        readings.still_trying: "are still trying at the end",
    }.get(function)
    if does and 0 <= bound <= 1:
        return f"{limit} {share(bound)} of {who} {does}"
    if function is readings.time_to_join_of_everybody and limit == "at most":
        percent = args.get("percentile", 50)
        return f"{percent:g} % of {who} are in within {duration(bound)} of coming"
    return _in_general(promise, limit, bound)


def _in_general(promise, limit, bound):
    """Any other reading, as the table of readings calls it, or by its own name."""
    for key, term, label, unit, _, function in readings.TABLE:
        if key == promise.reading or function is promise.reading:
            said = label.format(word(term).name) if not promise.args else word(term).name
            unit = unit or word(term).unit
            break
    else:
        said, unit = _plain(promise.function), ""
    said += "".join(f", {name} {value}" for name, value in promise.args)
    if unit == "seconds" and bound >= 0:
        much = duration(bound)
    else:
        much = share(bound) if unit.startswith("share") and 0 <= bound <= 1 else f"{bound:,g}"
    return f"{said}{',' if ',' in said else ''} is {limit} {much}"
