"""The account of a file in plain sentences. Every number is counted; nothing that was put aside goes unsaid."""

from __future__ import annotations

import datetime as dt

from loadbearing.traffic.amounts import NOT_WHOLE
from loadbearing.traffic.tables import OPEN_QUOTE
from loadbearing.traffic.times import NO_TIME, offset_name, zone_name
from loadbearing.units import duration

WHAT = {
    "counts": "a table of counts",
    "stamps": "a table with one time stamp for each person",
    "log": "a web server's access log",
}
AT_MOST_SHOWN = 8
HINTS = {
    NO_TIME: ". Is it a time? Then say with time_format how it is written",
    NOT_WHOLE: ". Is it a thousand and more? Then say with decimal which mark is the decimal one",
    OPEN_QUOTE.reason: ". Records that go on over several lines are not put together; export them without line breaks",
}


def nouns(traffic, number: int = 2) -> str:
    """Return what is counted: requests in an access log, people elsewhere."""
    if traffic.kind == "log":
        return "request" if number == 1 else "requests"
    return "person" if number == 1 else "people"


def paragraphs(traffic) -> list[str]:
    """Return the report, one paragraph for each matter that there is something to say about."""
    parts = (_what, _when, _bins, _caution, _left_out, _far, _order, _rows, _gaps, _zones)
    said = [" ".join(filter(None, part(traffic))) for part in parts]
    return [*filter(None, said), *_broken(traffic)]


def _what(traffic):
    lines = traffic.lines
    yield f"{traffic.name}: {WHAT[traffic.kind]}, {_many(lines.read, 'line')}."
    yield traffic.columns
    if traffic.broke_off:
        yield (
            f"The gzip file is damaged: {traffic.broke_off} after line {_last_whole(traffic):,}, and what came later "
            "is lost. Fetch it again."
        )


def _when(traffic):
    yield (
        f"{traffic.people:,} {nouns(traffic, traffic.people)} counted, from "
        f"{_full(traffic.first)} to {_full(traffic.last)} ({zone_name(traffic.zone)})."
    )
    length = "minute" if traffic.bin_s <= 60 else f"stretch of {duration(traffic.bin_s)}"
    yield (
        f"The busiest {length} begins at {_full(traffic.busiest_minute)} and holds {traffic.busiest_people:,}; "
        "without starts_at, arrivals() puts t = 0 there."
    )


def _bins(traffic):
    yield f"The table has {_many(len(traffic.counts), 'bin')} of {_seconds(traffic.bin_s)}."
    if traffic.bin_s > traffic.asked_s:
        yield (
            f"Bins of {_seconds(traffic.asked_s)} would have been too many; ask for a shorter stretch with start and "
            "until to keep them."
        )
    if traffic.clock_s and traffic.kind != "counts":
        unit = "hour" if traffic.clock_s == 3600 else "minute"
        if traffic.bin_s >= traffic.clock_s:
            yield f"Every time is a whole {unit}, so shorter bins would tell nothing."
        else:
            yield (
                f"Every time is a whole {unit}: in bins of {_seconds(traffic.bin_s)} everybody seems to come at once. "
                f"Leave bin_s out, or give {traffic.clock_s}."
            )


def _caution(traffic):
    if traffic.kind != "log":
        return
    yield "Requests are not people: one person may send several, and clients are not told apart here."
    if "only" not in traffic.filters:
        yield "Count only the request that everybody sends once, such as only='/join'."


def _left_out(traffic):
    lines = traffic.lines
    for name, value in traffic.filters.items():
        yield f"Asked for: {name}={value!r}."
    if lines.left_out:
        reasons = _list(f"{n:,} {why}" for why, n in lines.left_out.items())
        yield f"Left out: {_many(lines.left_out_in_all, 'line')} ({reasons})."
    passed = [
        _many(n, what)
        for n, what in (
            (lines.blank, "blank line"),
            (lines.comments, "comment line"),
            (lines.header, "header line"),
        )
        if n
    ]
    if passed:
        yield f"Passed over: {_list(passed)}."


def _broken(traffic):
    lines = traffic.lines
    if not lines.broken:
        yield "No line is broken."
        return
    yield f"Broken and not counted: {_many(lines.broken_in_all, 'line')} of {lines.read:,}."
    for reason, number in sorted(lines.broken.items(), key=lambda item: -item[1]):
        shown = [one for one in traffic.examples if one.reason == reason]
        pieces = ", ".join(f"line {one.line:,} '{one.piece}'" for one in shown)
        first = "" if number == len(shown) else "first "
        yield f"- {reason}: {_many(number, 'line')}; {first}{pieces}{HINTS.get(reason, '')}"


def _far(traffic):
    if traffic.week:
        begins, ends = traffic.week
        yield (
            "The file covers more than a week. Kept are the seven days with the most lines, from "
            f"{_full(begins)} to {_full(ends)}; what lies outside is called far from the rest. To keep another "
            "stretch, give start and until."
        )


def _order(traffic):
    if traffic.out_of_order:
        yield (
            f"{_many(traffic.out_of_order, 'line')} earlier than the line before, by {duration(traffic.back_s)} at "
            "most; each is counted in its bin."
        )
        if traffic.out_of_order > traffic.lines.counted / 2:
            yield "Most do: the file seems to run from the newest line to the oldest."
    if traffic.leap:
        yield f"{_many(traffic.leap, 'line')} at second 60 (a leap second) counted in second 59."


def _rows(traffic):
    rows = traffic.rows
    if rows is None:
        return
    yield f"Each row stands for {_seconds(rows.row_s)}."
    if rows.off_grid:
        yield f"{_many(rows.off_grid, 'row')} beginning in between, moved to the nearest stretch."
    if rows.overlapping:
        yield f"{_many(rows.overlapping, 'row')} for a stretch that had a row already; the counts are added."
    if rows.missing:
        longest = rows.longest_missing
        yield (
            f"{_many(rows.missing, 'stretch', 'stretches')} without a row count as nobody; the longest run of them "
            f"begins at {_full(longest.begins)} and lasts {duration(longest.lasts_s)}."
        )


def _gaps(traffic):
    if not traffic.gaps:
        return
    shown = _list(f"{duration(gap.lasts_s)} from {_full(gap.begins)}" for gap in traffic.gaps)
    which = "" if traffic.gaps_found == len(traffic.gaps) else "; the longest are these"
    yield (
        f"Nobody came in {_many(traffic.gaps_found, 'stretch', 'stretches')} where the time before and after lets one "
        f"expect somebody{which}: {shown}. Perhaps nobody wrote them down."
    )


def _zones(traffic):
    offsets = traffic.offsets
    if len(offsets) > 1:
        named = [f"{offset_name(seconds)} ({_many(n, 'line')})" for seconds, n in offsets.items()]
        more = f" and {len(named) - AT_MOST_SHOWN} more" if len(named) > AT_MOST_SHOWN else ""
        yield f"The file names {len(named)} UTC offsets: {', '.join(named[:AT_MOST_SHOWN])}{more}; each is followed."
    if traffic.unzoned:
        yield (
            f"{_many(traffic.unzoned, 'line')} without a time zone, read in {zone_name(traffic.zone)}; if that is "
            "wrong, give time_zone."
        )
    if traffic.twice:
        yield (
            f"{_many(traffic.twice, 'line')} in an hour that comes twice because clocks go back; taken for the first "
            "of the two. Times in UTC would tell them apart."
        )


def _last_whole(traffic) -> int:
    return traffic.lines.read - ("where the gzip file breaks off" in traffic.lines.broken)


def _full(when: dt.datetime) -> str:
    """Return day and time of day, with parts of a second only if there are any."""
    text = f"{when:%Y-%m-%d %H:%M:%S}"
    return f"{text}.{when.microsecond:06d}".rstrip("0") if when.microsecond else text


def _seconds(seconds: float) -> str:
    if seconds >= 60 and seconds % 60 == 0:
        return duration(seconds)
    return f"{seconds:,g} second{'' if seconds == 1 else 's'}"


def _many(number: int, one: str, more: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _list(items) -> str:
    return ", ".join(items)
