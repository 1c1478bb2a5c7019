"""Find the best invitation known for unit 02: `python -m authoring.par_02` writes src/loadbearing/checks/par_02.json.

For each number of groups the fewest handlers, in steps of fifty, that keep the promise on the evenings on which
students are judged; par is the cheapest of these, and is held against other evenings.

    python -m authoring.par_02            sweep and write
    python -m authoring.par_02 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_02_plan as plans
from loadbearing.checks.plans import UNSEEN
from loadbearing.checks.unit_02_plan import Invitation, tried

GROUPS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
STEP = 50
OTHERS = range(3_001, 3_061)


def fewest(groups):
    """Return the trial with the fewest handlers that keeps the promise in so many groups.

    The search begins where the door lets in what is expected in the busiest minute, less a fifth.
    """
    handlers = STEP * round(0.8 * plans.busiest_rate(Invitation(groups, 1)) / STEP)
    while not (found := tried(Invitation(groups, handlers))).holds:
        handlers += STEP
    return found


def results():
    """Return all that the sweep finds, ready to be written."""
    found = [fewest(groups) for groups in GROUPS]
    best = min(found, key=lambda trial: trial.plan.cost).plan
    return {
        "promise": str(plans.PROMISE),
        "evenings": len(UNSEEN),
        "other_evenings": len(OTHERS),
        "par": {"groups": best.groups, "handlers": best.handlers},
        "cost": best.cost,
        "kept": tried(best).kept,
        "kept_by_that_evening": tried(plans.own_plan()).kept,
        "kept_on_other_evenings": tried(best, OTHERS).kept,
        "fewest_handlers": {str(trial.plan.groups): trial.plan.handlers for trial in found},
    }


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(
        words,
        "authoring.par_02",
        __doc__,
        plans.PAR_FILE,
        lambda: json.dumps(results(), indent=1) + "\n",
    )


if __name__ == "__main__":
    sys.exit(main())
