"""What a file of traffic says: who came when, what was put aside and why, and the arrivals made from it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import html
import re
from dataclasses import dataclass, field

import numpy as np

from loadbearing.scenario import LONGEST_S, Measured
from loadbearing.traffic.account import Example, Lines, TrafficError
from loadbearing.traffic.report import nouns, paragraphs
from loadbearing.traffic.times import HOUR, SECOND, microseconds, moment, read_moment

_TIME_OF_DAY = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A stretch without anyone: when it begins, and how many seconds it lasts."""

    begins: dt.datetime
    lasts_s: float


@dataclass(frozen=True, kw_only=True)
class RowsOfCounts:
    """How the rows of a table of counts lie on the grid of its stretches of `row_s` seconds.

    `off_grid` rows begin between two stretches and were moved to the nearest; `overlapping` rows met a stretch that
    had a row already, and were added to it; `missing` stretches have no row and count as nobody.
    """

    row_s: float
    off_grid: int
    overlapping: int
    missing: int
    longest_missing: Empty | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Traffic:
    """Traffic as somebody counted it, in bins of equal length, with an account of every line of the file.

    kind             "counts", "stamps" or "log"
    zone             the time zone in which times are shown, and in which times without one were read
    first, last      time of the first and of the last line counted (of counts: the beginning of its stretch)
    begins           when the first bin begins
    bin_s            how long a bin is, in seconds; asked_s: what it was before it had to be widened
    counts           people in each bin, an array of whole numbers that cannot be changed; of a log, requests
    lines, examples  what became of each line; the first broken lines of each reason
    out_of_order     how many counted lines are earlier than the one counted before; back_s: by how much at most
    gaps             the longest suspiciously empty stretches, at most ten of `gaps_found`
    offsets          lines for each UTC offset, in seconds east, that the file itself names
    unzoned          lines whose time carries no zone; twice: of those, how many lie in an hour that comes twice
    leap             lines at second 60, counted in second 59
    clock_s          60 or 3600 if every time is a whole minute or hour, else 0
    week             the seven days that were kept, if the file covers more
    broke_off        what is wrong with a damaged gzip file, or None
    columns          which columns of a table were read, as a sentence; filters: which requests of a log were counted
    """

    name: str = field(compare=False)
    kind: str
    zone: dt.tzinfo
    first: dt.datetime
    last: dt.datetime
    begins: dt.datetime
    bin_s: float
    asked_s: float
    counts: np.ndarray
    lines: Lines
    examples: tuple[Example, ...] = ()
    out_of_order: int = 0
    back_s: float = 0.0
    gaps: tuple[Empty, ...] = ()
    gaps_found: int = 0
    offsets: dict[int, int] = field(default_factory=dict)
    unzoned: int = 0
    twice: int = 0
    leap: int = 0
    clock_s: int = 0
    week: tuple[dt.datetime, dt.datetime] | None = None
    rows: RowsOfCounts | None = None
    broke_off: str | None = None
    columns: str = ""
    filters: dict[str, object] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many were counted; of an access log, requests."""
        return int(self.counts.sum())

    @property
    def broken(self) -> dict[str, int]:
        """How many lines are broken, for each reason."""
        return self.lines.broken

    @property
    def busiest_minute(self) -> dt.datetime:
        """When the minute, or the longer bin, with the most people begins; the first one of several."""
        begins, _ = self._busiest()
        return begins

    @property
    def busiest_people(self) -> int:
        """How many came in the busiest minute, or in the busiest bin if bins are longer."""
        _, most = self._busiest()
        return most

    def arrivals(
        self,
        starts_at: dt.datetime | str | None = None,
        from_s: float | None = None,
        until_s: float | None = None,
    ) -> Measured:
        """Return the arrivals for a `Crowd`, with t = 0 at the announced start.

        `starts_at` is a datetime, "2024-08-12 20:00", or "20:00" if the file holds that time of day only once or
        comes within an hour of it; without a zone it is read in the zone of the file. If it is not given, t = 0 is
        where the busiest minute begins. Only whole bins between `from_s` and `until_s` are kept, in seconds from the
        start; how many came in them is `people` of what is returned.
        """
        start = microseconds(self.busiest_minute) if starts_at is None else self._start(starts_at)
        begins_s = (microseconds(self.begins) - start) / SECOND
        at = begins_s + self.bin_s * np.arange(len(self.counts))
        kept = np.ones(len(at), bool)
        if from_s is not None:
            kept &= at >= from_s
        if until_s is not None:
            kept &= at + self.bin_s <= until_s
        if not self.counts[kept].any():
            raise TrafficError(
                f"from_s is {from_s} and until_s is {until_s}; nobody came between them. The traffic lies between "
                f"{begins_s:,.0f} and {begins_s + self.bin_s * len(at):,.0f} seconds from that start."
            )
        return Measured(
            from_s=float(at[kept][0]), bin_s=self.bin_s, counts=tuple(self.counts[kept].tolist())
        )

    def report(self) -> str:
        """Return what was read and what was not, in plain sentences; every number is counted."""
        return "\n".join(paragraphs(self))

    def __repr__(self) -> str:
        bins = f"{len(self.counts):,} bin{'' if len(self.counts) == 1 else 's'}"
        return (
            f"Traffic({self.name!r}, {self.people:,} {nouns(self, self.people)} in {bins} of {self.bin_s:g} s "
            f"from {self.begins.isoformat(sep=' ')})"
        )

    def _repr_html_(self) -> str:
        return "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Traffic):
            return NotImplemented
        return all(
            np.array_equal(getattr(self, one.name), getattr(other, one.name))
            if one.name == "counts"
            else getattr(self, one.name) == getattr(other, one.name)
            for one in dataclasses.fields(self)
            if one.compare
        )

    __hash__ = None

    def _busiest(self) -> tuple[dt.datetime, int]:
        """Return beginning and people of the fullest minute of the clock, or bin if that is longer."""
        begins, width = microseconds(self.begins), round(self.bin_s * SECOND)
        length = max(width, 60 * SECOND)
        places = (
            (begins + width * np.arange(len(self.counts))) // length if length > width else None
        )
        if places is None:
            best = int(np.argmax(self.counts))
            return moment(begins + best * width, self.zone), int(self.counts[best])
        came = np.zeros(int(places[-1] - places[0]) + 1, np.int64)
        np.add.at(came, places - places[0], self.counts)
        best = int(np.argmax(came))
        return moment(int(places[0] + best) * length, self.zone), int(came[best])

    def _start(self, starts_at: dt.datetime | str) -> int:
        """Return the announced start in microseconds since 1970."""
        if isinstance(starts_at, str) and _TIME_OF_DAY.fullmatch(starts_at.strip()):
            return self._time_of_day(starts_at.strip())
        start = read_moment("starts_at", starts_at, self.zone)
        first, last = microseconds(self.first), microseconds(self.last)
        if not first - LONGEST_S * SECOND <= start <= last + LONGEST_S * SECOND:
            raise TrafficError(
                f"starts_at is {starts_at!r}, more than a week from this traffic, which runs from {self.first} to "
                f"{self.last}. Give a moment near it."
            )
        return start

    def _time_of_day(self, text: str) -> int:
        """Return the one moment at which a clock of the zone shows this time, during the traffic or nearest to it."""
        first, last = microseconds(self.first), microseconds(self.last)
        days = (self.last.date() - self.first.date()).days
        found = []
        for day in range(-1, days + 2):
            date = self.first.date() + dt.timedelta(days=day)
            # Where clocks go forward the hour may be missing; on the other days it is there.
            with contextlib.suppress(TrafficError):
                found.append(read_moment("starts_at", f"{date} {text}", self.zone))
        if not found:
            raise TrafficError(f"starts_at is {text!r}; give a time from '00:00' to '23:59:59'.")
        within = [at for at in found if first <= at <= last]
        if len(within) > 1:
            listed = " or ".join(f"'{moment(at, self.zone):%Y-%m-%d %H:%M}'" for at in within[:2])
            raise TrafficError(
                f"starts_at is {text!r}; this traffic holds that time {len(within)} times. Give the day too: {listed}."
            )
        if within:
            return within[0]
        nearest = min(found, key=lambda at: min(abs(at - first), abs(at - last)))
        if first - HOUR <= nearest <= last + HOUR:
            return nearest
        raise TrafficError(
            f"starts_at is {text!r}, more than an hour from this traffic, which runs from {self.first} to {self.last}. "
            "If the zone is wrong, read the file with time_zone; else give the day too."
        )
