"""Find the best plan known for unit 09: `python -m authoring.par_09` writes src/loadbearing/checks/par_09.json.

Every calendar of a grid, with every headroom, is tried with the companies on which students are judged. Par is the
cheapest of those within the budget. The sweep also says how cheap it gets with no rehearsal, with a scheduled total and
with an early opening, whatever the headroom, and holds par against other companies.

    python -m authoring.par_09            sweep and write
    python -m authoring.par_09 --check    sweep and compare with what is here
"""

from __future__ import annotations

import dataclasses
import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_09_calendar as calendar
from loadbearing.checks.unit_09_calendar import Plan, tried

RAMPS = (300, 400, 500, 600, 700, 800, 900, 1_000, 1_200)
OPENINGS = (10_000, 20_000, 30_000, 40_000, 60_000)
SOME, MANY = range(0, 61, 10), range(0, 321, 40)
TO_150 = range(0, 151, 30)
OTHERS = range(3_001, 3_121)


def kinds():
    """Return the plans of the grid by kind."""
    return {
        "no rehearsal": [Plan(headroom=room) for room in MANY],
        "a total": [Plan(totals=1, headroom=room) for room in MANY],
        "an early opening": [
            Plan(opened=number, headroom=room) for number in OPENINGS for room in TO_150
        ],
        "a ramp": [Plan(ramp_to=to, headroom=room) for to in RAMPS for room in SOME],
        "a ramp and a total": [
            Plan(totals=1, ramp_to=to, headroom=room) for to in (500, 700, 1_000) for room in SOME
        ],
    }


def told(trial):
    """Return a trial as the file holds it."""
    return {
        **dataclasses.asdict(trial.plan),
        "cost": round(trial.cost),
        "met": trial.met,
        "late": round(trial.late),
        "harmed": round(trial.harmed),
        "handlers": round(trial.handlers),
    }


def results():
    """Return all that the sweep finds, ready to be written."""
    found = {kind: [tried(plan) for plan in plans] for kind, plans in kinds().items()}
    least = {kind: min(trials, key=lambda one: one.cost) for kind, trials in found.items()}
    affordable = [
        one
        for trials in found.values()
        for one in trials
        if one.plan.tests_cost <= calendar.BUDGET.value
    ]
    best = min(affordable, key=lambda one: one.cost)
    elsewhere = tried(best.plan, OTHERS)
    return {
        "companies": len(calendar.UNSEEN),
        "other_companies": len(OTHERS),
        "par": dataclasses.asdict(best.plan),
        "cost": round(best.cost),
        "met": best.met,
        "late": round(best.late),
        "cost_elsewhere": round(elsewhere.cost),
        "no_rehearsal_elsewhere": round(tried(least["no rehearsal"].plan, OTHERS).cost),
        "best_of_each": {kind: told(one) for kind, one in least.items()},
        "ramps": [told(one) for one in found["a ramp"]],
    }


def text(found):
    """Return the results as the file holds them: one plan a line."""
    rows = [f" {json.dumps(key)}: {_row(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(value):
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"  {json.dumps(one)}" for one in value) + "\n ]"
    if isinstance(value, dict) and any(isinstance(one, dict) for one in value.values()):
        rows = [f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in value.items()]
        return "{\n" + ",\n".join(rows) + "\n }"
    return json.dumps(value)


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_09", __doc__, calendar.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
