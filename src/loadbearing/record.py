"""The public record: what named sources published about the evening and comparable events.

`record.toml` is its only home. A fact says what was published, by whom and how we know it; it
is never a conclusion of ours. A number taken from here is marked "record" wherever it is shown.

>>> fact("listeners_at_2042").value
915000
>>> fact("listeners_at_2042").cite()
'The Verge, 12 August 2024 (reported by a reprint at theexpressnewstoday.com)'
>>> [point.t for point in listener_points()]
[0.0, 2520.0, 6000.0]
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from loadbearing.units import duration, people, share

__all__ = [
    "MARKS",
    "Event",
    "Fact",
    "ListenerPoint",
    "Series",
    "Source",
    "UnknownFact",
    "events",
    "fact",
    "facts",
    "listener_points",
    "names_of_persons",
    "series",
    "sheet_markdown",
]

FILE = Path(__file__).with_name("record.toml")
MARKS = ("read in a stored copy", "reported by", "paraphrased", "not found")
# Not from the calendar module, which speaks the language of the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class UnknownFact(KeyError, ValueError):
    """A key or tag that the record does not hold; the sentence names near misses."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, kw_only=True)
class Source:
    """Who published something, when, and how we know it."""

    key: str
    publisher: str
    date: str
    mark: str
    title: str = ""
    url: str = ""
    by: str = ""

    def cite(self, title: bool = False) -> str:
        """Publisher, date and how we know it; with the title for the fact sheet."""
        parts = [self.publisher]
        if title and self.title:
            parts.append(f"“{self.title}”")
        parts.append(_spoken(self.date))
        known = f"reported by {self.by}" if self.mark == "reported by" else self.by
        known = known or ("" if self.mark == "read in a stored copy" else self.mark)
        return ", ".join(parts) + (f" ({known})" if known else "")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: the evening itself, its precedent, or a comparable case."""

    key: str
    name: str
    date: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One published fact: a sentence of ours, its figure if it has one, and its sources.

    `low` and `high` bound what was reported; `values` lists figures that contradict each other,
    each with its source. `at` is a moment with its time zone, or a day.
    """

    key: str
    event: Event
    says: str
    sources: tuple[Source, ...]
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    at: dt.date | dt.datetime | None = None
    values: tuple[tuple[float, Source], ...] = ()
    disputed: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was published, in a sentence with its figures and their unit."""
        said = {
            "value": _said(self.value, self.unit),
            "low": _said(self.low, self.unit),
            "high": _said(self.high, self.unit),
            "clock": f"{self.at:%H:%M}" if isinstance(self.at, dt.datetime) else "",
        }
        # In "from 1.1 million to 1.5 million listeners" the unit stands once, at the end.
        if any(f"{{low}} {word} {{high}}" in self.says for word in ("to", "and")):
            said["low"] = said["low"].removesuffix(f" {self.unit}")
        return self.says.format(**said)

    @property
    def mark(self) -> str:
        """How we know it, by the best of its sources."""
        return min((source.mark for source in self.sources), key=MARKS.index)

    @property
    def t(self) -> float:
        """Seconds from the announced start of its event.

        Raises ValueError if the record gives no moment for the fact, or no start for its event.
        """
        start = _start_of(self.event.key)
        if not isinstance(self.at, dt.datetime) or start is None:
            raise ValueError(
                f"at of the fact {self.key!r} is {self.at}: the record gives no moment to count "
                "from the announced start; use a fact tagged 'timeline' with a time of day."
            )
        return (self.at - start).total_seconds()

    def cite(self, title: bool = False) -> str:
        """The first source, the one to name in a caption; all of them are in `sources`."""
        return self.sources[0].cite(title)


@dataclass(frozen=True, kw_only=True)
class Series:
    """Published numbers that belong together in their order, such as the pauses between one error and the next."""

    key: str
    event: Event
    says: str
    unit: str
    values: tuple[float, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class ListenerPoint:
    """A published count of listeners in the room that a model of the evening is held against.

    The range is the record's; the tolerance around it is an assumption of ours.
    """

    fact: Fact
    tolerance: float
    why: str

    @property
    def t(self) -> float:
        """Seconds from the announced start."""
        return self.fact.t

    @property
    def low(self) -> float:
        """The least that was published for this moment."""
        return self.fact.value if self.fact.low is None else self.fact.low

    @property
    def high(self) -> float:
        """The most that was published for this moment."""
        return self.fact.value if self.fact.high is None else self.fact.high

    @property
    def value(self) -> float:
        """The middle of the published range: where a picture draws the point."""
        return (self.low + self.high) / 2

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that count as passing this point."""
        return self.low * (1 - self.tolerance), self.high * (1 + self.tolerance)

    def misfit(self, listeners: float) -> float:
        """Signed distance from the published range, in tolerances: from -1 to 1 is a pass."""
        if not 0 <= listeners < float("inf"):
            raise ValueError(f"listeners is {listeners}: give a finite number of 0 or more.")
        nearest = min(max(listeners, self.low), self.high)
        return (listeners - nearest) / (nearest * self.tolerance)


def fact(key: str) -> Fact:
    """The fact with this key. Raises `UnknownFact` with the nearest keys."""
    if key in _facts():
        return _facts()[key]
    raise UnknownFact(_unknown("fact", key, _facts()))


def facts(tag: str | None = None, event: str | None = None) -> tuple[Fact, ...]:
    """All facts, or those with a tag, of an event, or both, in the order of the record.

    >>> [found.value for found in facts(tag="got", event="hotstar_2023")]
    [59000000]
    """
    tags = dict.fromkeys(name for found in _facts().values() for name in found.tags)
    for field, asked, known in (("tag", tag, tags), ("event", event, events())):
        if asked is not None and asked not in known:
            raise UnknownFact(_unknown(field, asked, known))
    return tuple(
        found
        for found in _facts().values()
        if (tag is None or tag in found.tags) and (event is None or event == found.event.key)
    )


@cache
def series(key: str) -> Series:
    """The published numbers with this key. Raises `UnknownFact` with the nearest keys.

    >>> sum(series("naval_pauses").values[:26]) == fact("naval_days").value
    True
    """
    known = _file()["series"]
    if key not in known:
        raise UnknownFact(_unknown("series", key, known))
    given = known[key]
    sources = tuple(_sources()[name] for name in given["sources"])
    values, event = tuple(given["values"]), events()[given["event"]]
    return Series(key=key, **{**given, "event": event, "values": values, "sources": sources})


@cache
def events() -> Mapping[str, Event]:
    """Every event of the record by key: the evening, its precedent, the comparable cases."""
    return MappingProxyType(
        {key: Event(key=key, **fields) for key, fields in _file()["event"].items()}
    )


@cache
def listener_points() -> tuple[ListenerPoint, ...]:
    """The published counts of listeners in the room, in the order of time."""
    points = (ListenerPoint(fact=fact(key), **given) for key, given in _file()["point"].items())
    return tuple(sorted(points, key=lambda point: point.t))


def names_of_persons() -> tuple[str, ...]:
    """Names that may stand in titles and addresses of the record, and in no text of the course."""
    return tuple(_file()["names"])


def sheet_markdown() -> str:
    """The fact sheet: every fact with all its sources, event by event; the same bytes each time."""
    lines = ["# Fact sheet", "", "What was published, by whom, and how we know it."]
    for event in events().values():
        day = f" ({_spoken(event.date)})" if event.date else ""
        lines += ["", f"## {event.name}{day}", ""]
        lines += [_sheet_line(found) for found in facts(event=event.key)]
        every = map(series, _file()["series"])
        lines += [_series_line(found) for found in every if found.event == event]
    return "\n".join(lines) + "\n"


def _sheet_line(found: Fact) -> str:
    """One fact of the sheet."""
    line = f"- {found.sentence}"
    if found.disputed:
        line += " **Disputed.**"
    if found.values:
        line += " Figures given: " + "; ".join(
            f"{_said(value, found.unit)} ({source.publisher})" for value, source in found.values
        )
        line += "."
    line += f" {found.note}" if found.note else ""
    return f"{line} *{'; '.join(source.cite(title=True) for source in found.sources)}.*"


def _series_line(found: Series) -> str:
    """One series of the sheet."""
    values = ", ".join(format(value, "g") for value in found.values)
    sources = "; ".join(source.cite(title=True) for source in found.sources)
    return f"- {found.says}: {values} {found.unit}. *{sources}.*"


def _said(figure: float | None, unit: str) -> str:
    """A figure with its unit, in plain words."""
    if figure is None:
        return ""
    if unit == "seconds":
        return duration(figure)
    if unit == "share":
        return share(figure)
    return f"{people(figure) if figure == int(figure) else format(figure, 'g')} {unit}".rstrip()


def _spoken(date: str) -> str:
    """A date of the record, whole or in part, as one would say it."""
    if not date:
        return "date not noted"
    year, month, day = (date.split("-") + ["", ""])[:3]
    return " ".join(filter(None, [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year]))


def _unknown(field: str, asked: str, known: Mapping[str, Any]) -> str:
    """A sentence about a key that is not there."""
    near = get_close_matches(asked, known, n=3, cutoff=0.5) if isinstance(asked, str) else []
    remedy = f"did you mean {' or '.join(map(repr, near))}?" if near else "see record.toml."
    return f"{field} is {asked!r}: the record holds no such {field}; {remedy}"


@cache
def _start_of(event: str) -> dt.datetime | None:
    """The announced start of an event, if the record has it."""
    key = {"evening": "announced_start", "precedent": "precedent_start"}.get(event)
    return _facts()[key].at if key else None


@cache
def _facts() -> Mapping[str, Fact]:
    """Every fact by key, with its event and sources in place of their keys."""
    sources = _sources()

    def made(key: str, given: dict[str, Any]) -> Fact:
        return Fact(
            key=key,
            **{
                **given,
                "event": events()[given["event"]],
                "sources": tuple(sources[name] for name in given["sources"]),
                "values": tuple(
                    (v["value"], sources[v["source"]]) for v in given.get("values", ())
                ),
                "tags": tuple(given.get("tags", ())),
            },
        )

    return MappingProxyType({key: made(key, given) for key, given in _file()["fact"].items()})


@cache
def _sources() -> Mapping[str, Source]:
    """Every source by key."""
    return {key: Source(key=key, **given) for key, given in _file()["source"].items()}


@cache
def _file() -> dict[str, Any]:
    """The parsed `record.toml`."""
    with FILE.open("rb") as file:
        return tomllib.load(file)
