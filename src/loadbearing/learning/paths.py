"""A service is as good as its narrowest path, and a full path hides all that come after it.

`paths`: beliefs by name, in the order in which a request goes through them (the door, the chat, the stage).
What comes through is the least of their capacities. An early failure censors all later ones: they never saw
more than the path that failed let through.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing.learning import asked
from loadbearing.learning.seen import NOISE, saturated, unsaturated


def where_full(paths, served, full, noise=NOISE):
    """Return the beliefs after an evening that served so much, when one saw that the path `full` was full.

    That path is measured. Those before it carried at least as much, those after it saw no more than that: of
    all of them one learns only that they are above.
    """
    _checked(paths)
    if full not in paths:
        raise asked.LearningError(f"full is {full!r}; give one of: {', '.join(paths)}.")
    return {
        name: belief.after((saturated if name == full else unsaturated)(served, noise))
        for name, belief in paths.items()
    }


def from_outside(paths, served, noise=NOISE):
    """Return the beliefs after an evening that was full somewhere and served so much, and nobody saw where.

    Exactly: each path's capacity c has the likelihood of the least of c and all others, which are as believed
    before. The noise is that of the least.
    """
    _checked(paths)
    sight = saturated(served, noise)
    return {
        name: belief.after(
            _OfTheLeast([other for key, other in paths.items() if key != name], sight)
        )
        for name, belief in paths.items()
    }


@dataclasses.dataclass(frozen=True, eq=False)
class _OfTheLeast:
    """The sight of the least of several capacities, as it bears on one of them."""

    others: list
    sight: object

    def likelihood(self, edges):
        """How likely what was served is, for each cell of one path, over all that the others may be."""
        grid = np.unique(np.concatenate([edges, *(other.edges for other in self.others)]))
        beyond = np.ones(len(grid))
        for other in self.others:
            cumulated = np.append(0.0, np.cumsum(other.weights))
            beyond = beyond * (1.0 - np.interp(grid, other.edges, cumulated))
        elsewhere = (beyond[:-1] - beyond[1:]) * self.sight.likelihood(grid)
        # Another path is the least and lies below mine, or mine is the least.
        lower = np.interp(edges, grid, np.append(0.0, np.cumsum(elsewhere)))
        above = np.interp(edges, grid, beyond)
        return _halfway(lower) + _halfway(above) * self.sight.likelihood(edges)

    def __str__(self):
        return str(self.sight)


def _halfway(values):
    return (values[1:] + values[:-1]) / 2


def _checked(paths):
    if not isinstance(paths, dict) or len(paths) < 2:
        raise asked.LearningError(
            f"paths is {paths!r}; give two beliefs or more by name, in the order in which a request goes through."
        )
