"""Services of a test, counted by how many were busy as they began: all that a law of company is fitted to."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

FEW_SERVICES = 10
"""Company in which fewer services than this began counts as not tried."""


def services(attempts):
    """Return (busy, lasted): of each finished service, in order, how many were busy as it began and its seconds.

    A service itself is one of those busy; one that ends as another begins is not. Arrays of one length.
    """
    rows = attempts[~np.isnan(attempts["started"])]
    rows = np.sort(rows, order=["started", "listener", "attempt"])
    over = np.sort(np.where(np.isnan(rows["ended"]), math.inf, rows["ended"]))
    busy = np.arange(1, len(rows) + 1) - np.searchsorted(over, rows["started"], side="right")
    finished = ~np.isnan(rows["ended"])
    return busy[finished].clip(1), (rows["ended"] - rows["started"])[finished]


@dataclasses.dataclass(frozen=True)
class Tally:
    """Services by how many were busy: for each block of neighbours a row, for each number busy, from 1, a column.

    `count`, `total` and `squares`: how many, their seconds, their squared seconds.
    """

    count: np.ndarray
    total: np.ndarray
    squares: np.ndarray

    @classmethod
    def of(cls, busy, lasted):
        """Cut one test into blocks of neighbours.

        A block holds at least the cube root of all services (Kuensch, Ann. Stat. 17:1217, 1989; Hall, Horowitz & Jing,
        Biometrika 82:561, 1995) and as many as were ever busy at once, since these shared one fate; but there are at
        least four blocks.
        """
        size = max(math.ceil(len(busy) ** (1 / 3)), int(busy.max()))
        block = np.arange(len(busy)) // min(size, max(1, len(busy) // 4))
        table = np.zeros((3, block[-1] + 1, busy.max()))
        for at, value in enumerate((np.ones(len(busy)), lasted, lasted**2)):
            np.add.at(table[at], (block, busy - 1), value)
        return cls(*table)

    @classmethod
    def joined(cls, tallies):
        """Put the blocks of several tests under each other."""
        levels = max(one.count.shape[1] for one in tallies)
        wide = [
            [np.pad(part, ((0, 0), (0, levels - part.shape[1]))) for part in one.parts]
            for one in tallies
        ]
        return cls(*(np.concatenate(parts) for parts in zip(*wide, strict=True)))

    @property
    def parts(self):
        """The three tables."""
        return self.count, self.total, self.squares

    @property
    def services(self):
        """How many services there are."""
        return int(self.count.sum())

    def weighted(self, times):
        """Return the tally in which each block counts so many times."""
        return Tally(*((times @ part)[None] for part in self.parts))

    def stretches(self, count):
        """Cut this test into so many stretches of blocks, one after the other, or as many as it has blocks."""
        rows = np.array_split(np.arange(len(self.count)), min(count, len(self.count)))
        return [Tally(*(part[one] for part in self.parts)) for one in rows]

    def means(self):
        """Return (busy, count, mean seconds) of the numbers busy that occurred: three arrays of one length."""
        count, total = self.count.sum(axis=0), self.total.sum(axis=0)
        seen = np.flatnonzero(count)
        return seen + 1, count[seen], total[seen] / count[seen]

    def most_busy(self):
        """Return the most company in which, or in more, at least ten services began; 0 if there were not so many."""
        beyond = self.count.sum(axis=0)[::-1].cumsum()[::-1]
        return int(np.count_nonzero(beyond >= FEW_SERVICES))

    def spread(self, expected):
        """Return the coefficient of variation about what is expected, in seconds, of each number busy from 1."""
        count, total, squares = (part.sum(axis=0) for part in self.parts)
        about = (squares / expected**2 - 2 * total / expected + count).sum()
        return math.sqrt(max(0.0, about) / max(1.0, count.sum() - 3))
