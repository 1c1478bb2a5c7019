"""Find the fewest handlers that keep unit 03's promise: `python -m authoring.par_03` writes checks/par_03.json.

Every number of handlers of a grid is tried on the evenings on which students are judged; par is the fewest that
keep the promise. The same in average weather says what chance alone asks for; other evenings say whether par was luck.

    python -m authoring.par_03            sweep and write
    python -m authoring.par_03 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_03_doors as doors

GRID = {10: range(10, 22), 100: range(100, 151, 2), 1000: range(1_000, 1_421, 20)}
CALM_GRID = {10: range(10, 18), 100: range(100, 113), 1000: range(1_000, 1_016)}
OTHERS = range(3_001, 3_041)


def sweep(work):
    """Return everything found for one door: the grid, par, what chance alone needs, other evenings."""
    kept = {handlers: doors.tried(work, handlers) for handlers in GRID[work]}
    calm = {handlers: doors.tried(work, handlers, calm=True) for handlers in CALM_GRID[work]}
    par = fewest(kept)
    return {
        "par": par,
        "kept": kept[par].kept,
        "kept_on_other_evenings": doors.tried(work, par, OTHERS).kept,
        "fewest_in_average_weather": fewest(calm),
        "grid": [one.kept for one in kept.values()],
    }


def fewest(trials):
    """Return the fewest handlers from which on, within a grid {handlers: trial}, the promise is kept.

    >>> fewest({10: doors.Trial(10, 10, 3, 20), 12: doors.Trial(10, 12, 18, 20)})
    12
    """
    broken = [handlers for handlers, one in trials.items() if not one.holds]
    return min(handlers for handlers in trials if handlers > max(broken, default=0))


def results():
    """Return all that the sweep finds, ready to be written."""
    return {
        "promise": doors.PROMISE,
        "evenings": len(doors.UNSEEN),
        "other_evenings": len(OTHERS),
        "doors": {str(work): sweep(work) for work in doors.WORKS},
    }


def text(found):
    """Return the results as the file holds them."""
    return json.dumps(found, indent=1) + "\n"


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_03", __doc__, doors.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
