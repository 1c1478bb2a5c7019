"""Which columns of a table hold the times and the counts: asked for, found by name, or found by content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loadbearing.parts import nearest
from loadbearing.traffic.account import TrafficError, printable
from loadbearing.traffic.head import Head, in_words, is_date_alone, is_large, is_numeric, pair

TIME_NAMES = (
    "timestamp", "datetime", "time", "when", "at", "ts", "date", "createdat", "created", "joinedat", "joined",
    "arrivedat", "arrived", "startedat", "start", "starts", "from", "begin", "begins", "bucket", "bin", "interval",
    "minute", "minutes", "second", "seconds", "hour", "elapsed", "t", "s",
)  # fmt: skip
COUNT_NAMES = (
    "people", "persons", "listeners", "visitors", "users", "guests", "joins", "arrivals", "sessions", "clients",
    "connections", "count", "counts", "requests", "hits",
)  # fmt: skip
VAGUE_NAMES = ("n", "number", "total", "quantity", "events", "value")


def time_columns(head: Head, names: tuple[str, ...], asked) -> tuple[int, ...]:
    """Return the column, or the two columns, of the time."""
    if asked is not None:
        return (_column("time_column", asked, names, head.width()),)
    pairs = Counter(filter(None, map(pair, head.body)))
    if pairs and pairs.most_common(1)[0][1] > len(head.body) / 2:
        return pairs.most_common(1)[0][0]

    def named(column: int) -> bool:
        return column < len(names) and _plain_name(names[column]) in TIME_NAMES

    def rank(column: int) -> tuple[bool, bool, bool, bool, int]:
        with_hour = head.share(column, is_date_alone) < 0.5
        return (
            with_hour,
            named(column),
            head.share(column, in_words) > 0.5,
            clear(column),
            -column,
        )

    def clear(column: int) -> bool:
        return head.share(column, lambda cell: in_words(cell) or is_large(cell)) > 0.5

    only_numbers = not names and all(is_numeric(cell) for row in head.body for cell in row)
    able = [
        column
        for column in range(head.width())
        if head.share(column, head.is_time) >= 0.5
        and (clear(column) or named(column) or (only_numbers and column == 0))
    ]
    if not able:
        raise TrafficError(
            f"time_column is None, and no column can be read as a time ({_excerpt(head.texts)}). Name the column, or "
            "say how its times are written, such as time_format='%m/%d/%Y %H:%M'."
        )
    return (max(able, key=rank),)


def count_column(head: Head, names, time, kind, asked, even: bool) -> int | None:
    """Return the column of the counts, None if each line is one person; ask if nobody can tell."""
    if kind == "stamps":
        return None
    if asked is not None:
        return _column("count_column", asked, names, head.width())
    plain = [_plain_name(name) for name in names]
    others = [column for column in range(head.width()) if column not in time]
    numeric = [column for column in others if head.share(column, is_numeric) >= 0.5]
    for name in COUNT_NAMES + VAGUE_NAMES * (even or kind == "counts"):
        found = [column for column in numeric if column < len(plain) and plain[column] == name]
        if found:
            return found[0]
    listed = ", ".join(map(repr, names)) or f"1 to {head.width()}"
    if kind == "counts":
        if len(numeric) == 1:
            return numeric[0]
        raise TrafficError(
            f"count_column is None, and {len(numeric)} columns could hold the counts; name one of: {listed}."
        )
    able = [
        column for column in numeric if column >= len(plain) or not plain[column].endswith("id")
    ]
    if not able or not even:
        return None
    if names or len(able) > 1:
        which = repr(names[able[0]]) if names else able[0] + 1
        raise TrafficError(
            "kind is None, and the file may hold counts or one line per person; give kind='counts' with "
            f"count_column={which}, or kind='stamps'. Its columns: {listed}."
        )
    return able[0]


def _column(field: str, asked, names: tuple[str, ...], width: int) -> int:
    """Return a column asked for by its name or by its number, from 1."""
    if isinstance(asked, int) and not isinstance(asked, bool):
        if 1 <= asked <= width:
            return asked - 1
        raise TrafficError(f"{field} is {asked}; the file has columns 1 to {width}.")
    if asked in names:
        return names.index(asked)
    plain = [_plain_name(name) for name in names]
    if isinstance(asked, str) and _plain_name(asked) and _plain_name(asked) in plain:
        return plain.index(_plain_name(asked))
    if not names:
        raise TrafficError(
            f"{field} is {asked!r}, but the first line names no columns; give a number from 1 to {width}."
        )
    raise TrafficError(
        f"{field} is {asked!r}; the file has no such column. {nearest(asked, names)}"
    )


def _excerpt(texts: Sequence[str]) -> str:
    """Return the first two lines, shortened, as they would be quoted."""
    shown = [repr(printable(text.encode())) for text in texts[:2]]
    return (
        f"the first lines are {' and '.join(shown)}"
        if len(shown) > 1
        else f"its line is {shown[0]}"
    )


def _plain_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
