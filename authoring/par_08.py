"""Find the best plan known for unit 08: `python -m authoring.par_08` writes src/loadbearing/checks/par_08.json.

Every plan is reckoned by hand first (`by_formula`). Those that could keep the promise, with a margin for chance, are
played on the nights on which students are judged, the cheapest first. Par is the cheapest that keeps it, and of those
that cost as much the one that keeps it most often. The sweep also says what other kinds of plan need, and holds par
against other nights.

    python -m authoring.par_08            sweep and write
    python -m authoring.par_08 --check    sweep and compare with what is here
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_08_plan as plans
from loadbearing.checks.unit_08_plan import Plan, by_formula, names, seven, tried
from loadbearing.team import PARTS

OTHERS = range(5_001, 9_001)
MARGIN = 0.04
"""A plan that is further below the promise by hand is not played."""


def every_plan():
    """Return all plans: every group on call, every set of pages, no lesson or one about the gap, rehearsed or not."""
    people = [one.name for one in seven()]
    groups = ["".join(g) for k in range(1, 8) for g in itertools.combinations(people, k)]
    pages = [one for k in range(len(PARTS) + 1) for one in itertools.combinations(PARTS, k)]
    return [
        Plan(group, drawer, lesson, rehearsed)
        for group in groups
        for drawer in pages
        for lesson in (None, *((letter, plans.GAP) for letter in group))
        for rehearsed in (False, True)
    ]


def best_of(candidates):
    """Return (par, the trials of all played that cost as much, how many were played), the cheapest first."""
    played = 0
    ordered = sorted(candidates, key=lambda one: one.cost)
    for _, same in itertools.groupby(ordered, key=lambda one: one.cost):
        trials = [tried(one) for one in same if by_formula(one) >= plans.KEPT.value - MARGIN]
        played += len(trials)
        keeping = [one for one in trials if one.holds]
        if keeping:
            keeping.sort(key=lambda one: (-one.kept, one.plan.on_call))
            return keeping[0], keeping, played
    raise ValueError("No plan keeps the promise; lower it, or allow more.")


def told(trial):
    """Return a trial as the file holds it."""
    return {
        **dataclasses.asdict(trial.plan),
        "cost": trial.plan.cost,
        "kept": round(trial.kept, 4),
    }


def results():
    """Return all that the sweep finds, ready to be written."""
    found = every_plan()
    best, keeping, played = best_of(found)
    lesson, *_ = best_of(one for one in found if one.teach and not one.pages)
    everybody = names(seven())
    return {
        "promise": plans.promise(),
        "nights": len(plans.UNSEEN),
        "other_nights": len(OTHERS),
        "plans": len(found),
        "played": played,
        "par": told(best),
        "kept_on_other_nights": round(tried(best.plan, OTHERS).kept, 4),
        "as_cheap": [told(one) for one in keeping],
        "with_a_lesson": told(lesson),
        "as_it_was": told(tried(plans.as_it_was())),
        "others": {
            "all seven, rehearsed": told(tried(Plan(everybody, rehearsed=True))),
            "all seven, a page for the door": told(tried(Plan(everybody, ("door",)))),
            "two people, all pages": told(tried(Plan("AE", PARTS))),
            "all seven, a page for the store": told(tried(Plan(everybody, (plans.GAP,)))),
        },
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
    return command(words, "authoring.par_08", __doc__, plans.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
