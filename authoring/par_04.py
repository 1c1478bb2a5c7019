"""Find the best plan known for unit 04: `python -m authoring.par_04` writes src/loadbearing/checks/par_04.json.

Every plan of a grid is tried on the evenings on which students are judged. Par is the fewest handlers that keep the
promise; of several queue limits that do, the one that keeps it most often, then the shortest. The sweep also says what
the queue as it was would need, with and without a retry budget, and holds par against other evenings.

    python -m authoring.par_04            sweep and write
    python -m authoring.par_04 --check    sweep and compare with what is here
"""

from __future__ import annotations

import dataclasses
import json
import sys
from concurrent.futures import ThreadPoolExecutor

from authoring.searching import command
from loadbearing.checks import unit_04_plans as plans
from loadbearing.checks.plans import UNSEEN
from loadbearing.checks.unit_04_plans import Plan, tried

HANDLERS = range(600, 1_001, 50)
QUEUES = (250, 500, 1_000, 2_000, 4_000, 20_000)
BUDGET = 0.1
MANY_HANDLERS = range(1_000, 2_401, 200)
OTHERS = range(3_001, 3_061)
WORKERS = 2


def kept_by(handlers, queue, budget=None):
    """Return on how many of the unseen evenings the promise is kept, by number of handlers."""
    with ThreadPoolExecutor(WORKERS) as pool:
        kept = pool.map(lambda number: tried(Plan(number, queue, budget)).kept, handlers)
        return dict(zip(handlers, kept, strict=True))


def enough(kept):
    """Tell whether the promise is kept on enough of the unseen evenings."""
    return kept >= plans.PROMISE.evenings * len(UNSEEN)


def best(grid):
    """Return par from {queue limit: {handlers: evenings kept}}.

    >>> best({1000: {50: 17, 100: 19}, 2000: {50: 3, 100: 20}})
    Plan(handlers=100, queue_limit=2000, retry_budget=None)
    """
    keeping = [
        (handlers, -kept, queue)
        for queue, row in grid.items()
        for handlers, kept in row.items()
        if enough(kept)
    ]
    handlers, _, queue = min(keeping)
    return Plan(handlers, queue)


def results():
    """Return all that the sweep finds, ready to be written."""
    own = plans.own_door()
    grid = {queue: kept_by(HANDLERS, queue) for queue in QUEUES}
    with_budget = kept_by(HANDLERS, own.queue_limit, BUDGET)
    many = kept_by(MANY_HANDLERS, own.queue_limit)
    par = best(grid)
    return {
        "promise": str(plans.PROMISE),
        "evenings": len(UNSEEN),
        "other_evenings": len(OTHERS),
        "handlers": [*HANDLERS],
        "par": dataclasses.asdict(par),
        "kept": tried(par).kept,
        "kept_by_that_evening": tried(own).kept,
        "kept_on_other_evenings": tried(par, OTHERS).kept,
        "handlers_with_that_evenings_queue": min(
            (handlers for handlers, kept in many.items() if enough(kept)), default=None
        ),
        "handlers_with_that_queue_and_a_budget": min(
            (handlers for handlers, kept in with_budget.items() if enough(kept)), default=None
        ),
        "grid": {str(queue): [*kept.values()] for queue, kept in grid.items()},
        "with_a_budget": [*with_budget.values()],
    }


def text(found):
    """Return the results as the file holds them: one row of the grid a line."""
    plain = json.dumps(found, indent=1)
    for row in (found["handlers"], found["with_a_budget"], *found["grid"].values()):
        for depth in (1, 2):
            indented = json.dumps(row, indent=1).replace("\n", "\n" + " " * depth)
            plain = plain.replace(indented, json.dumps(row))
    return plain + "\n"


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_04", __doc__, plans.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
