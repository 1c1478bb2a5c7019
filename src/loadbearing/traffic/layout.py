"""How a table of counts or of time stamps is laid out, found from its first lines or told by the founder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loadbearing.traffic import columns
from loadbearing.traffic.account import TrafficError, text_of
from loadbearing.traffic.amounts import decimal_mark, has_thousands
from loadbearing.traffic.head import Head, pair
from loadbearing.traffic.times import Clock

DELIMITERS = (";", "\t", ",", "|")
_PADDED_FRACTION = re.compile(r".*[0-9]{2}:[0-9]{2},(?:[0-9]{3}|[0-9]{6})")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table keeps its times and counts.

    `delimiter` is None if a line is a time and nothing else. `time` holds one column, or two that are date and time of
    day; columns are counted from 0 here. `header` is the first line, if it names columns. `step` is the commonest
    distance between rows in microseconds, 0 if there is none. `grouped` says that counts are written like 1,234.
    """

    kind: str
    delimiter: str | None
    header: str | None = None
    names: tuple[str, ...] = ()
    time: tuple[int, ...] = (0,)
    count: int | None = None
    decimal: str = "."
    step: int = 0
    grouped: bool = False

    def columns(self) -> str:
        """Return which columns are read, as a sentence."""
        if self.delimiter is None:
            return ""

        def name(column: int) -> str:
            return repr(self.names[column]) if column < len(self.names) else f"number {column + 1}"

        times = " and ".join(map(name, self.time))
        counts = "" if self.count is None else f", counts from column {name(self.count)}"
        marks = ""
        if self.grouped:
            mark = "dot" if self.decimal == "," else "comma"
            marks = f" A {mark} within a count separates thousands."
        return f"Times are read from column {times}{counts}.{marks}"


def layout(
    lines: Sequence[bytes],
    clock: Clock,
    kind: str | None = None,
    time_column: str | int | None = None,
    count_column: str | int | None = None,
    decimal: str | None = None,
) -> Layout:
    """Return the layout that the first lines of a table show; what is given is taken, the rest is found."""
    said, texts = _usable(lines)
    if not texts:
        raise TrafficError(
            f"path leads to a file whose first {len(lines):,} lines are blank or comments; give one with data in it."
        )
    head = Head(clock, texts, said or _delimiter(clock, texts, kind, count_column))
    names, header = head.names()
    time = columns.time_columns(head, names, time_column)
    step, even = head.steps(time)
    count = columns.count_column(head, names, time, kind, count_column, even)
    counted = [row[count] for row in head.body if len(row) > count] if count is not None else []
    decimal = decimal or decimal_mark(counted)
    return Layout(
        kind=kind or ("stamps" if count is None else "counts"),
        delimiter=head.delimiter,
        header=header,
        names=names,
        time=time,
        count=count,
        decimal=decimal,
        step=step,
        grouped=any(has_thousands(cell, decimal) for cell in counted),
    )


def _usable(lines: Sequence[bytes]) -> tuple[str | None, list[str]]:
    """Return the delimiter that a first line such as `sep=;` names, and the lines that are no comments."""
    texts = [text_of(line).rstrip("\r") for line in lines]
    texts = [text for text in texts if text.strip() and not text.lstrip().startswith("#")]
    if texts and texts[0].lower().startswith("sep=") and texts[0][4:] in DELIMITERS:
        return texts[0][4], texts[1:]
    return None, texts


def _delimiter(clock: Clock, texts: list[str], kind: str | None, count_column) -> str | None:
    """Return what separates the cells: the delimiter with which most lines show a time."""
    whole_lines = Head(clock, texts, None)
    commas = [text for text in whole_lines.texts if "," in text]
    fractions = all(map(_PADDED_FRACTION.fullmatch, commas)) and any(
        text.rpartition(",")[2].startswith("0") for text in commas
    )
    alone = (
        kind != "counts" and count_column is None and (len(commas) * 2 < len(texts) or fractions)
    )
    if alone and whole_lines.share(0, whole_lines.is_time) > 0.5:
        return None
    most, delimiter = 0, None
    for candidate in DELIMITERS:
        head = Head(clock, texts, candidate)
        several = [row for row in head.body if len(row) > 1]
        shows = sum(any(map(head.is_time, row)) or bool(pair(row)) for row in several)
        if shows > most:
            most, delimiter = shows, candidate
    return delimiter
