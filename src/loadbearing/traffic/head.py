"""The first rows of a table, cut into cells, and what each cell looks like."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence

from loadbearing.traffic.account import Unreadable
from loadbearing.traffic.times import LEAST_BIN, MINUTE, Clock

_DATE_ALONE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}/[0-9]{2}/[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
)
_TIME_ALONE = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NUMERIC = re.compile(r"[+-]?[0-9][0-9.,' \u00a0\u202f\u2019]*")
_BEGINS_AS_NUMBER = re.compile(r"[+-]?[0-9]")
_LARGE_NUMBER = 10**8


def split(text: str, delimiter: str | None) -> list[str]:
    """Return the cells of a line; quotation marks hold a cell together. No cells: this is no row of a table."""
    if delimiter is None:
        return [text.strip().strip('"')]
    if '"' in text:
        try:
            return next(csv.reader([text], delimiter=delimiter), [])
        except csv.Error:
            return []
    return text.split(delimiter)


class Head:
    """The first rows of a table, cut into cells."""

    def __init__(self, clock: Clock, texts: list[str], delimiter: str | None) -> None:
        self.clock, self.texts, self.delimiter = clock, texts, delimiter
        self.rows = [[cell.strip() for cell in split(text, delimiter)] for text in texts]
        self.has_names = bool(self.rows) and not any(map(self._is_data, self.rows[0]))
        self.body = self.rows[1:] if self.has_names else self.rows

    def names(self) -> tuple[tuple[str, ...], str | None]:
        """Return the names of the columns and the line that gives them, if there is one."""
        if not self.has_names:
            return (), None
        return tuple(self.rows[0]), self.texts[0]

    def is_time(self, cell: str) -> bool:
        """Whether a cell can be read as a time."""
        try:
            self.clock.stamp(cell)
        except Unreadable:
            return False
        return True

    def _is_data(self, cell: str) -> bool:
        """Whether a cell is no name of a column: it is a time, or begins like a number, even if it is a broken one."""
        return bool(_BEGINS_AS_NUMBER.match(cell)) or self.is_time(cell)

    def share(self, column: int, fits) -> float:
        """Return the share of rows whose cell in a column fits."""
        fitting = sum(len(row) > column and fits(row[column]) for row in self.body)
        return fitting / max(1, len(self.body))

    def width(self) -> int:
        """Return how many columns most rows have, of those that have several; 1 if none has."""
        several = Counter(len(row) for row in self.body or self.rows if len(row) > 1)
        return several.most_common(1)[0][0] if several else 1

    def steps(self, time: tuple[int, ...]) -> tuple[int, bool]:
        """Return the commonest distance between rows in microseconds, and whether rows lie on a grid, each alone."""
        read = []
        for row in self.body:
            try:
                read.append(self.clock.stamp(" ".join(row[column] for column in time)))
            except (Unreadable, IndexError):
                continue
        times = sorted({*read})
        steps = Counter(after - before for before, after in zip(times, times[1:], strict=False))
        if not steps:
            return 0, False
        often = max(steps.values())
        step = min(step for step, number in steps.items() if number == often)
        regular = 2 * often >= steps.total() or math.gcd(*steps) >= MINUTE
        return step, len(read) == len(times) and regular and step >= LEAST_BIN


def pair(row: Sequence[str]) -> tuple[int, ...]:
    """Return the columns of a date and of a time of day, if a row has them apart."""
    dates = [column for column, cell in enumerate(row) if _DATE_ALONE.fullmatch(cell)]
    clocks = [column for column, cell in enumerate(row) if _TIME_ALONE.fullmatch(cell)]
    return (dates[0], clocks[0]) if dates and clocks else ()


def is_numeric(cell: str) -> bool:
    """Whether a cell is one number, however its thousands and decimals are marked."""
    return bool(_NUMERIC.fullmatch(cell))


def is_date_alone(cell: str) -> bool:
    """Whether a cell is a date without a time of day."""
    return bool(_DATE_ALONE.fullmatch(cell))


def in_words(cell: str) -> bool:
    """Whether a time is written as a date, not as one number."""
    return not is_numeric(cell) or is_date_alone(cell)


def is_large(cell: str) -> bool:
    """Whether a number is so large that it may be seconds since 1970, but hardly a count of people."""
    try:
        return abs(float(cell.replace(",", "."))) >= _LARGE_NUMBER
    except ValueError:
        return False
