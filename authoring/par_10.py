"""Find the best plan known for unit 10: `python -m authoring.par_10` writes src/loadbearing/checks/par_10.json.

Every plan of a grid is tried with the companies on which students are judged. Par is the cheapest of those that keep
budget and promise. The sweep also says how cheap it gets with each way of serving, and holds par against others.

    python -m authoring.par_10            sweep and write
    python -m authoring.par_10 --check    sweep and compare with what is here
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sys

from authoring.searching import command
from loadbearing.cases import contracts
from loadbearing.checks import unit_10_season as season
from loadbearing.checks.unit_10_season import Plan, tried

FROM, SUPPLIERS, STAYS = (0, 1, 2, 3, 4), (1, 2, 3), (0, 1, 2, 3, 4, 6, 12)
FIRST_LIMITS = (100_000, 130_000, 160_000, 200_000, 250_000, 300_000)

KINDS = {
    "own alone": lambda plan: not plan.suppliers,
    "one hired": lambda plan: not plan.own_from and plan.suppliers == 1,
    "two hired": lambda plan: not plan.own_from and plan.suppliers == 2,
    "three hired": lambda plan: not plan.own_from and plan.suppliers == 3,
    "both from the first": lambda plan: plan.own_from == 1 and plan.suppliers == 1 and plan.stays,
    "hired first, then own": lambda plan: plan.own_from == 2 and plan.suppliers == 1 and plan.stays,
    "hired first, no reserve": lambda plan: plan.own_from == 2 and plan.suppliers == 1 and not plan.stays,
    "hired first, no logs": lambda plan: plan.own_from == 2 and plan.suppliers == 1 and not plan.logs,
    "hired for two, then own": lambda plan: plan.own_from == 3 and plan.suppliers == 1,
    "both for ever": lambda plan: plan.own_from == 1 and plan.suppliers == 1 and plan.stays == STAYS[-1],
    "an own door and two hired": lambda plan: plan.own_from and plan.suppliers == 2,
}  # fmt: skip
"""Ways of serving: name to which plans are of that kind."""


def grid():
    """Return every plan that is tried."""
    found = [Plan(own_from=1)]
    for own_from, suppliers, limit in itertools.product(FROM, SUPPLIERS, FIRST_LIMITS):
        for reserved, logs in itertools.product((False, True), repeat=2):
            for stays in STAYS if own_from else STAYS[:1]:
                found.append(Plan(own_from, suppliers, limit, reserved, logs, stays))
    return found


def told(trial):
    """Return a trial as the file holds it."""
    return {
        **dataclasses.asdict(trial.plan),
        "cost": round(trial.cost),
        "bills": round(trial.bills),
        "sure": round(trial.sure, 3),
        "lost": round(trial.lost, 3),
    }


def elsewhere(plan):
    """Return what a plan costs with the other companies, in whole dollars."""
    return round(tried(plan, contracts.ELSEWHERE, season.OTHERS).cost)


def results():
    """Return all that the sweep finds, ready to be written."""
    trials = [tried(plan) for plan in grid()]
    best = min((one for one in trials if one.good), key=lambda one: one.cost)
    least = {
        name: min((one for one in trials if of(one.plan)), key=lambda one: one.cost)
        for name, of in KINDS.items()
    }
    return {
        "companies": season.COMPANIES,
        "other_companies": season.OTHERS,
        "plans": len(trials),
        "par": dataclasses.asdict(best.plan),
        **{key: value for key, value in told(best).items() if key not in season.LIMITS},
        "cost_elsewhere": elsewhere(best.plan),
        "best_of_each": {
            name: told(one) | {"cost_elsewhere": elsewhere(one.plan)} for name, one in least.items()
        },
    }


def text(found):
    """Return the results as the file holds them: one plan a line."""
    rows = [f" {json.dumps(key)}: {_row(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(value):
    if isinstance(value, dict) and any(isinstance(one, dict) for one in value.values()):
        rows = [f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in value.items()]
        return "{\n" + ",\n".join(rows) + "\n }"
    return json.dumps(value)


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_10", __doc__, season.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
