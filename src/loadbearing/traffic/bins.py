"""The table that lines are counted into: bounded, whatever the length of the file and whatever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from loadbearing.scenario import LONGEST_S, MOST_TABLE_POINTS
from loadbearing.traffic.times import DAY, EARLIEST, HOUR, LATEST, MINUTE, SECOND

WEEK = LONGEST_S * SECOND
QUARTER_DAY = DAY // 4
QUARTERS_A_WEEK = WEEK // QUARTER_DAY
CLOCK_UNITS = (HOUR, MINUTE)
OCCUPIED = 20
MOST_GAPS = 10


class Gap(NamedTuple):
    """A stretch of time: when it begins, in microseconds since 1970, and how long it is."""

    begins: int
    length: int


class Bins:
    """People in bins of equal length, a table of at most `most` of them.

    All times are whole microseconds since 1970. One bin begins at `phase`. If the table would grow beyond `most` bins,
    each bin becomes twice as long, so nobody is lost and none moves further than the report says. If the times span
    more than a week, there is no table: `busiest_week` then says where to look. With `rows`, each time is the
    beginning of a bin of the file, and is moved to the nearest one.
    """

    def __init__(
        self, width: int, phase: int = 0, rows: bool = False, most: int = MOST_TABLE_POINTS
    ) -> None:
        self.width, self.phase, self.most = width, phase % width, most
        self.lines = self.back = self.farthest_back = 0
        self.first = self.last = None
        self.too_long = False
        self.rows = Rows(width, self.phase) if rows else None
        self._at, self.counts = 0, np.zeros(0, np.int64)
        self._latest = None
        self._finest = 0
        self._quarters = np.zeros((LATEST - EARLIEST) // QUARTER_DAY, np.int64)

    def add(self, times: Sequence[int], people: Sequence[int]) -> None:
        """Count `people[i]` at `times[i]`, in the order of the file."""
        if not len(times):
            return
        at, number = np.array(times, np.int64), np.array(people, np.int64)
        self.lines += len(at)
        self._look_at_order(at)
        self._look_at_clock(at)
        first, last = int(at.min()), int(at.max())
        self.first = first if self.first is None else min(first, self.first)
        self.last = last if self.last is None else max(last, self.last)
        quarters = (at - EARLIEST) // QUARTER_DAY
        lowest = int(quarters.min())
        here = np.bincount(quarters - lowest)
        self._quarters[lowest : lowest + len(here)] += here
        self.too_long = self.too_long or self.last - self.first > WEEK
        if self.too_long:
            self.counts = np.zeros(0, np.int64)
            return
        if self.rows:
            at = self.rows.snapped(at)
        self._count(at, number)

    @property
    def begins(self) -> int:
        """When the first bin begins, in microseconds since 1970."""
        return self.phase + self._at * self.width

    def clock_unit(self) -> int:
        """Return an hour or a minute, in microseconds, if every time is a whole one and there are several; else 0."""
        return self._unit_of_finest() if self.lines and self.first != self.last else 0

    def busiest_week(self) -> tuple[int, int]:
        """Return beginning and end of the seven days with the most lines, begun at a quarter of a day (UTC)."""
        came = np.concatenate([[0], np.cumsum(self._quarters)])
        in_week = came[QUARTERS_A_WEEK:] - came[:-QUARTERS_A_WEEK]
        latest_best = len(in_week) - 1 - int(np.argmax(in_week[::-1]))
        begins = EARLIEST + latest_best * QUARTER_DAY
        return begins, begins + WEEK

    def gaps(self) -> tuple[int, list[Gap]]:
        """Return how many stretches are suspiciously empty, and the longest of them in the order of time.

        A stretch without anyone is suspicious if, in as long a time before it and again after it, at least 20 bins have
        somebody. Where n occupied bins are to be expected, chance leaves all of them empty less often than exp(-n).
        """
        occupied = self.counts > 0
        edges = np.flatnonzero(np.diff(occupied))
        starts = edges[~occupied[edges + 1]] + 1 if len(edges) else edges
        ends = edges[occupied[edges + 1]] + 1 if len(edges) else edges
        if len(ends) and len(starts) and ends[0] < starts[0]:
            ends = ends[1:]
        starts = starts[: len(ends)]
        came = np.concatenate([[0], np.cumsum(occupied)])
        length = ends - starts
        before = came[starts] - came[np.maximum(starts - length, 0)]
        after = came[np.minimum(ends + length, len(occupied))] - came[ends]
        found = np.flatnonzero((before >= OCCUPIED) & (after >= OCCUPIED))
        longest = np.sort(found[np.argsort(-length[found], kind="stable")[:MOST_GAPS]])
        return len(found), [
            Gap(self.begins + int(starts[one]) * self.width, int(length[one]) * self.width)
            for one in longest
        ]

    def _look_at_order(self, at: np.ndarray) -> None:
        steps = np.diff(at, prepend=at[0] if self._latest is None else self._latest)
        self.back += int(np.count_nonzero(steps < 0))
        self.farthest_back = max(self.farthest_back, -int(steps.min()))
        self._latest = int(at[-1])

    def _look_at_clock(self, at: np.ndarray) -> None:
        """Keep the coarsest unit of which every time so far is a whole number."""
        while self._finest < len(CLOCK_UNITS) and np.any(at % CLOCK_UNITS[self._finest]):
            self._finest += 1

    def _unit_of_finest(self) -> int:
        return CLOCK_UNITS[self._finest] if self._finest < len(CLOCK_UNITS) else 0

    def _count(self, at: np.ndarray, people: np.ndarray) -> None:
        places = (at - self.phase) // self.width
        low, high = int(places.min()), int(places.max()) + 1
        if len(self.counts):
            low, high = min(low, self._at), max(high, self._at + len(self.counts))
        else:
            self._at = low
        while high - low > self.most:
            low, high = low // 2, (high + 1) // 2
            self._widen()
        places = (at - self.phase) // self.width
        grown = np.zeros(high - low, np.int64)
        grown[self._at - low : self._at - low + len(self.counts)] = self.counts
        np.add.at(grown, places - low, people)
        self._at, self.counts = low, grown

    def _widen(self) -> None:
        """Make each bin twice as long."""
        odd_first, odd_last = self._at % 2, (self._at + len(self.counts)) % 2
        self.counts = np.pad(self.counts, (odd_first, odd_last)).reshape(-1, 2).sum(axis=1)
        self._at //= 2
        self.width *= 2


class Rows:
    """Which bins of a table of counts have a row of their own; its width is the file's and never changes."""

    def __init__(self, width: int, phase: int) -> None:
        self.width, self.phase = width, phase
        self.read = self.off_grid = 0
        self._at, self._seen = 0, np.zeros(0, bool)

    def snapped(self, at: np.ndarray) -> np.ndarray:
        """Return each row's time moved to the nearest beginning of a bin, and enter the rows."""
        places = (at - self.phase + self.width // 2) // self.width
        moved = self.phase + places * self.width
        self.read += len(at)
        self.off_grid += int(np.count_nonzero(moved != at))
        low, high = int(places.min()), int(places.max()) + 1
        if len(self._seen):
            low, high = min(low, self._at), max(high, self._at + len(self._seen))
        grown = np.zeros(high - low, bool)
        if len(self._seen):
            grown[self._at - low : self._at - low + len(self._seen)] = self._seen
        grown[places - low] = True
        self._at, self._seen = low, grown
        return moved

    @property
    def overlapping(self) -> int:
        """How many rows fall into a bin that has one already."""
        return self.read - int(np.count_nonzero(self._seen))

    @property
    def missing(self) -> int:
        """How many bins between the first and the last row have no row."""
        return len(self._seen) - int(np.count_nonzero(self._seen))

    def longest_missing(self) -> Gap | None:
        """Return the longest stretch without a row, or None."""
        places = np.flatnonzero(self._seen)
        steps = np.diff(places)
        if not len(steps) or steps.max() == 1:
            return None
        longest = int(np.argmax(steps))
        begins = self.phase + (self._at + int(places[longest]) + 1) * self.width
        return Gap(begins, (int(steps[longest]) - 1) * self.width)
