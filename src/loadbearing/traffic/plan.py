"""What kind of file it is and how it is to be read, decided from its first lines and from what the founder asks."""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from loadbearing.parts import nearest
from loadbearing.traffic import log, tables
from loadbearing.traffic.account import FAR, NO_SUCH_YEAR, NOT_ASKED_FOR, Aside, TrafficError
from loadbearing.traffic.bins import WEEK
from loadbearing.traffic.files import is_text
from loadbearing.traffic.layout import Layout, layout
from loadbearing.traffic.times import (
    EARLIEST,
    EPOCH_UTC,
    LATEST,
    LEAST_BIN,
    MOST_BIN,
    SECOND,
    Clock,
    moment,
    read_moment,
    zone_of,
)

KINDS = ("counts", "stamps", "log")
OF_A_TABLE = ("time_format", "time_column", "count_column", "decimal")
OF_A_LOG = ("only", "methods", "statuses")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to go through a file. Times and widths are in microseconds.

    `options` are the founder's wishes for this kind; `table` is the layout of a table. `width` is that of a bin, and
    one bin begins at `phase`; it may give way to minutes or hours only if `may_widen`. Kept is what lies in `asked`
    and in `week`. `sample` is the first time that the first lines hold.
    """

    kind: str
    zone: dt.tzinfo
    options: dict
    table: Layout | None = None
    width: int = SECOND
    phase: int = 0
    may_widen: bool = False
    asked: tuple[int, int] = (EARLIEST, LATEST)
    week: tuple[int, int] = (EARLIEST, LATEST)
    sample: int | None = None

    def clock(self) -> Clock:
        """Return a new clock for the times of the file."""
        return Clock(self.zone, self.options["time_format"], dates=self.kind == "counts")

    def parser(self, clock: Clock) -> Callable[[bytes], tuple[int, int] | Aside]:
        """Return the function that reads one line."""
        if self.table:
            return tables.parser(clock, self.table)
        return log.parser(clock, **{name: self.options[name] for name in OF_A_LOG})

    def kept(self) -> tuple[int, int]:
        """Return from when to when lines are kept."""
        return max(self.asked[0], self.week[0]), min(self.asked[1], self.week[1])

    def outside(self, at: int) -> Aside:
        """Return why a time is not kept."""
        if not EARLIEST <= at < LATEST:
            return NO_SUCH_YEAR
        return FAR if self.asked[0] <= at < self.asked[1] else NOT_ASKED_FOR


def plan(head: Sequence[bytes], name: str, kind: str | None, zone, options: dict) -> Plan:
    """Return the plan that the first lines of a file and the founder's options lead to."""
    if kind is not None and kind not in KINDS:
        raise TrafficError(f"kind is {kind!r}. {nearest(kind, KINDS)}")
    _check_format(options["time_format"])
    if options["decimal"] not in (None, ".", ","):
        raise TrafficError(f"decimal is {options['decimal']!r}; give '.' or ','.")
    named = None if zone is None else zone_of(zone)
    scratch = Clock(named or dt.UTC, options["time_format"], dates=True)
    if kind == "log" or (kind is None and log.looks_like_one(head)):
        _refuse(OF_A_TABLE, options, "an access log", "counts' or kind='stamps")
        log.parser(scratch, **{name: options[name] for name in OF_A_LOG})
        table, kind, parse = None, "log", log.parser(scratch)
    else:
        table = _table(head, name, scratch, kind, options)
        _refuse(OF_A_LOG, options, "a table", "log")
        if table.kind == "stamps":
            _refuse(("count_column",), options, "read as one line per person", "counts")
        scratch = Clock(named or dt.UTC, options["time_format"], dates=True)
        kind, parse = table.kind, tables.parser(scratch, table)
    times = [found[0] for found in map(parse, head) if found.__class__ is not Aside]
    offsets = scratch.offsets
    offset = max(offsets, key=offsets.get, default=0)
    return Plan(
        kind=kind,
        zone=named or (dt.timezone(dt.timedelta(seconds=offset)) if offset else dt.UTC),
        options=options,
        table=table,
        sample=times[0] if times else None,
    )


def with_wishes(made: Plan, start, until, bin_s) -> Plan:
    """Return the plan with the stretch and the bins that are wanted, or that suit the file."""
    low = EARLIEST if start is None else read_moment("start", start, made.zone)
    high = LATEST if until is None else read_moment("until", until, made.zone)
    if high <= low:
        raise TrafficError(f"until is {until!r}; it must lie after start, {start!r}.")
    if start is not None and until is not None and high - low > WEEK:
        raise TrafficError(
            f"until is {until!r}, more than seven days after start, {start!r}; an evening covers at most a week. "
            f"Give {moment(low + WEEK, made.zone):%Y-%m-%d %H:%M} or earlier."
        )
    width = _width(made, bin_s)
    return replace(
        made,
        asked=(low, high),
        width=width,
        phase=made.sample % width if made.kind == "counts" and made.sample is not None else 0,
        may_widen=bin_s is None and made.kind != "counts",
    )


def _width(made: Plan, bin_s) -> int:
    """Return the length of a bin in microseconds."""
    if bin_s is not None:
        number = isinstance(bin_s, numbers.Real) and not isinstance(bin_s, bool)
        width = round(bin_s * SECOND) if number and math.isfinite(bin_s) else 0
        if not LEAST_BIN <= width <= MOST_BIN:
            raise TrafficError(f"bin_s is {bin_s!r}; give a number of seconds from 0.1 to 86400.")
        return width
    if made.kind != "counts":
        return SECOND
    step = made.table.step
    if LEAST_BIN <= step <= MOST_BIN:
        return step
    raise TrafficError(
        "bin_s is None, and the rows do not show how long a stretch each one covers; give bin_s, in seconds from 0.1 "
        "to 86400."
    )


def _table(head, name: str, scratch: Clock, kind, options: dict) -> Layout:
    try:
        return layout(
            head, scratch, kind, options["time_column"], options["count_column"], options["decimal"]
        )
    except TrafficError:
        if is_text(head):
            raise
        raise TrafficError(
            f"path is {name!r}; it is not text. Give a table (CSV) or an access log, plain or packed with gzip."
        ) from None


def _refuse(names: Sequence[str], options: dict, what: str, kinds: str) -> None:
    """Raise a sentence if something was asked for that this kind of file does not have."""
    for name in names:
        if options[name] is not None:
            raise TrafficError(
                f"{name} is {options[name]!r}, but the file is {what}; leave it out, or give kind='{kinds}'."
            )


def _check_format(time_format: str | None) -> None:
    """Refuse a time format that strptime does not know, or that shows no hour."""
    if time_format is None:
        return
    try:
        dt.datetime.strptime(EPOCH_UTC.strftime(time_format), time_format)
    except (ValueError, TypeError) as trouble:
        raise TrafficError(
            f"time_format is {time_format!r} ({trouble}); write it as strptime takes it: '%d/%m/%Y %H:%M:%S'."
        ) from None
