"""Reading a file: find out what it is, go through it once, and again only if the first time showed a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from os import PathLike

from loadbearing.traffic import log
from loadbearing.traffic.account import TOO_LONG, TORN, Account, Aside, TrafficError
from loadbearing.traffic.bins import Bins, Gap
from loadbearing.traffic.files import LONGEST_LINE, Source, is_text
from loadbearing.traffic.measured import Empty, RowsOfCounts, Traffic
from loadbearing.traffic.plan import OF_A_LOG, Plan, plan, with_wishes
from loadbearing.traffic.times import EARLIEST, LATEST, SECOND, Clock, moment

CHUNK = 1 << 14


def read(
    path: str | PathLike,
    *,
    kind: str | None = None,
    start: dt.datetime | str | None = None,
    until: dt.datetime | str | None = None,
    bin_s: float | None = None,
    time_zone: str | dt.tzinfo | None = None,
    time_format: str | None = None,
    time_column: str | int | None = None,
    count_column: str | int | None = None,
    decimal: str | None = None,
    only: Sequence[str] | str | None = None,
    methods: Sequence[str] | str | None = None,
    statuses: Sequence[int | str] | int | str | None = None,
) -> Traffic:
    """Return the traffic in a file: a table of counts, a table of time stamps, or an access log, plain or gzip.

    kind             "counts", "stamps" or "log"; found from the content if not given
    start, until     keep only what lies between: a datetime, or "2024-08-12 19:40"; the rest is left out
    bin_s            length of a bin in seconds, .1 to a day: if not given, 1 for stamps and logs (60 or 3600 if every
                     time is a whole minute or hour), and the distance of the rows for counts
    time_zone        for times that carry none, and for showing: "Europe/Berlin", "+02:00"; if not given, the offset
                     that most of the first lines carry, or else UTC
    time_format      how times are written, as strptime takes it, if they are not understood: "%m/%d/%Y %I:%M %p"
    time_column, count_column    the name of a column, or its number from 1
    decimal          "." or ","; decides whether 1,234 is above a thousand or a fraction
    only, methods, statuses      of a log: count only requests for these paths ("/join", "/api/*"), by these methods
                     ("POST"), answered with these statuses (200, "2xx")

    Bins double in length until at most 100,000 of them do. Of a file that covers more than a week, the seven days
    with the most lines are kept. Memory does not grow with the file, and for that reason clients are not told apart.
    Raises `TrafficError`: the field, the value, the remedy.
    """
    options = dict(
        time_format=time_format,
        time_column=time_column,
        count_column=count_column,
        decimal=decimal,
        only=only,
        methods=methods,
        statuses=statuses,
    )
    source = Source(path)
    head = source.head()
    made = with_wishes(plan(head, source.name, kind, time_zone, options), start, until, bin_s)
    found = _go_through(source, made)
    if found.bins.too_long:
        made = replace(made, week=found.bins.busiest_week())
        found = _go_through(source, made)
    if made.may_widen and (unit := found.bins.clock_unit()) > made.width:
        made = replace(made, width=unit)
        found = _go_through(source, made)
    if not found.bins.counts.any():
        raise TrafficError(f"path is {source.name!r}; {_why_nothing(source, made, found, head)}")
    return _traffic(source, made, found)


def read_counts(path: str | PathLike, **wishes) -> Traffic:
    """Return the traffic in a table of counts, one row for each stretch of time; `wishes` as for `read`."""
    return read(path, kind="counts", **wishes)


def read_stamps(path: str | PathLike, **wishes) -> Traffic:
    """Return the traffic in a table of time stamps, one line for each person; `wishes` as for `read`."""
    return read(path, kind="stamps", **wishes)


def read_log(path: str | PathLike, **wishes) -> Traffic:
    """Return the traffic in a web server's access log, one line for each request; `wishes` as for `read`."""
    return read(path, kind="log", **wishes)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What one way through the file gave."""

    clock: Clock
    account: Account
    bins: Bins


def _go_through(source: Source, made: Plan) -> _Found:
    """Read every line once; memory is bounded by the block, the chunk and the table."""
    clock, account = made.clock(), Account()
    bins = Bins(made.width, made.phase, rows=made.kind == "counts")
    parse = made.parser(clock)
    low, high = made.kept()
    number, times, people = 0, [], []
    for block in source.blocks():
        for line in block:
            number += 1
            found = parse(line) if len(line) <= LONGEST_LINE else TOO_LONG
            if found.__class__ is Aside:
                account.put_aside(found, number, line)
                continue
            at, came = found
            if low <= at < high:
                times.append(at)
                people.append(came)
            else:
                account.put_aside(made.outside(at), number, line)
        if len(times) >= CHUNK:
            bins.add(times, people)
            times, people = [], []
    if source.torn:
        account.put_aside(TORN, number + 1, source.torn)
    bins.add(times, people)
    return _Found(clock=clock, account=account, bins=bins)


def _why_nothing(source: Source, made: Plan, found: _Found, head: Sequence[bytes]) -> str:
    """Return why nobody could be counted, and what to do about it."""
    lines = found.account.lines(found.bins.lines)
    if lines.counted:
        return f"all of its {lines.counted:,} counts are 0. Give a file with somebody in it."
    if not is_text(head):
        return "it is not text. Give a table (CSV) or an access log, plain or packed with gzip."
    if source.broke_off:
        return f"{source.broke_off}, before any line could be counted. Fetch it again."
    if lines.left_out.get(log.OTHER_PATH.reason):
        seen = ", ".join(map(repr, log.paths_seen(head)))
        return f"no line is for {made.options['only']!r}. Its first lines ask for {seen}."
    if lines.left_out:
        first = (
            "" if made.sample is None else f" Its first time is {moment(made.sample, made.zone)}."
        )
        reasons = " and ".join(f"{n:,} {why}" for why, n in lines.left_out.items())
        return f"nothing is left to count: {reasons}.{first} Ask for less."
    if not lines.broken:
        return f"none of its {lines.read:,} lines holds a time. Give a file with data in it."
    example = found.account.examples[0]
    remedy = (
        "Give a log in the common or the combined format."
        if made.kind == "log"
        else "Name the right columns with time_column and count_column, or say with time_format how times are written."
    )
    return (
        f"none of its {lines.read:,} lines can be counted; line {example.line} has {example.reason}: "
        f"'{example.piece}'. {remedy}"
    )


def _traffic(source: Source, made: Plan, found: _Found) -> Traffic:
    """Return what was found, with times in the zone of the file."""
    bins, clock = found.bins, found.clock
    gaps_found, gaps = bins.gaps()
    counts = bins.counts.copy()
    counts.setflags(write=False)

    def shown(at: int) -> dt.datetime:
        return moment(at, made.zone)

    def empty(gap: Gap | None) -> Empty | None:
        return gap and Empty(begins=shown(gap.begins), lasts_s=gap.length / SECOND)

    return Traffic(
        name=source.name,
        kind=made.kind,
        zone=made.zone,
        first=shown(bins.first),
        last=shown(bins.last),
        begins=shown(bins.begins),
        bin_s=bins.width / SECOND,
        asked_s=made.width / SECOND,
        counts=counts,
        lines=found.account.lines(bins.lines),
        examples=tuple(sorted(found.account.examples)),
        out_of_order=bins.back,
        back_s=bins.farthest_back / SECOND,
        gaps=tuple(map(empty, gaps)),
        gaps_found=gaps_found,
        offsets=clock.offsets,
        unzoned=clock.unzoned,
        twice=clock.twice,
        leap=clock.leap,
        clock_s=bins.clock_unit() // SECOND,
        week=None if made.week == (EARLIEST, LATEST) else tuple(map(shown, made.week)),
        rows=bins.rows
        and RowsOfCounts(
            row_s=bins.rows.width / SECOND,
            off_grid=bins.rows.off_grid,
            overlapping=bins.rows.overlapping,
            missing=bins.rows.missing,
            longest_missing=empty(bins.rows.longest_missing()),
        ),
        broke_off=source.broke_off,
        columns=made.table.columns() if made.table else "",
        filters={name: made.options[name] for name in OF_A_LOG if made.options[name] is not None},
    )
