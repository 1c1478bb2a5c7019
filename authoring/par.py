"""Find the best plan known for each case: `python -m authoring.par` writes src/loadbearing/checks/par.json.

Every plan of a grid is tried on the evenings on which students are judged. Par is the fewest handlers that keep
the promise; of several queue limits that do, the one that keeps it most often, then the shortest. The sweep also
says how many handlers the evening's own queue would need, and holds par against other evenings, so that nobody
mistakes a lucky draw for a plan.

    python -m authoring.par            sweep and write
    python -m authoring.par --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from authoring.searching import command
from loadbearing.checks import plans
from loadbearing.checks.plans import Plan, tried

CASES = ("retry_flood", "slow_door")
HANDLERS = range(1_400, 2_001, 50)
QUEUES = (1_000, 5_000, 10_000, 20_000)
MANY_HANDLERS = range(1_400, 6_201, 200)
OTHERS = range(3_001, 3_061)
WORKERS = 2


def sweep(case):
    """Return everything found for one case: the grid, par, what the old queue needs, other evenings."""
    own = plans.that_evening(case)
    grid = {queue: kept_by(case, HANDLERS, queue) for queue in QUEUES}
    par = best(grid)
    with_own = kept_by(case, MANY_HANDLERS, own.queue_limit)
    old_queue = min((h for h, kept in with_own.items() if enough(kept)), default=None)
    return {
        "par": {"handlers": par.handlers, "queue_limit": par.queue_limit, "cost": par.cost},
        "kept": tried(case, par).kept,
        "kept_by_that_evening": tried(case, own).kept,
        "kept_on_other_evenings": tried(case, par, OTHERS).kept,
        "handlers_with_that_evenings_queue": old_queue,
        "grid": {str(queue): [*kept.values()] for queue, kept in grid.items()},
    }


def kept_by(case, handlers, queue):
    """Return on how many of the unseen evenings the promise is kept, by number of handlers."""
    with ThreadPoolExecutor(WORKERS) as pool:
        kept = pool.map(lambda number: tried(case, Plan(number, queue)).kept, handlers)
        return dict(zip(handlers, kept, strict=True))


def best(grid):
    """Return par from {queue limit: {handlers: evenings kept}}.

    >>> best({1000: {50: 17, 100: 19}, 2000: {50: 3, 100: 20}})
    Plan(handlers=100, queue_limit=2000)
    """
    keeping = [
        (handlers, -kept, queue)
        for queue, row in grid.items()
        for handlers, kept in row.items()
        if enough(kept)
    ]
    handlers, _, queue = min(keeping)
    return Plan(handlers, queue)


def enough(kept):
    """Tell whether the promise is kept on enough of the unseen evenings."""
    return kept >= plans.PROMISE.evenings * len(plans.UNSEEN)


def results():
    """Return all that the sweep finds, ready to be written."""
    return {
        "promise": str(plans.PROMISE),
        "evenings": len(plans.UNSEEN),
        "other_evenings": len(OTHERS),
        "handlers": [*HANDLERS],
        "cases": {case: sweep(case) for case in CASES},
    }


def text(found):
    """Return the results as the file holds them: one row of the grid a line."""
    plain = json.dumps(found, indent=1)
    rows = [json.dumps(row, indent=1) for row in _rows(found)]
    for row in rows:
        flat = " ".join(row.split()).replace("[ ", "[").replace(" ]", "]")
        for depth in range(1, 6):
            plain = plain.replace(row.replace("\n", "\n" + " " * depth), flat)
    return plain + "\n"


def _rows(found):
    yield found["handlers"]
    for case in found["cases"].values():
        yield from case["grid"].values()


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par", __doc__, plans.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
