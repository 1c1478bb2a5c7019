"""Find the best plan known for unit 12: `python -m authoring.par_12` writes src/loadbearing/checks/par_12.json.

Every plan of a grid is tried in the companies on which students are judged. Par is the cheapest plan that keeps the
promise; of several as cheap, the one that keeps it most often. Since nobody knows how often a page is found and right,
par is looked for with three such chances, and held against other companies.

    python -m authoring.par_12            sweep and write
    python -m authoring.par_12 --check    sweep and compare with what is here
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sys

from authoring.searching import command
from loadbearing import growth
from loadbearing.checks import unit_12_plan as plans
from loadbearing.checks.unit_12_plan import Plan, cost, tried

WEEKS, CROWDS = range(9), (0, 0.1, 0.5, 1.0)
GRID = [Plan(*one) for one in itertools.product(WEEKS, (False, True), (False, True), CROWDS)]
PAGES = (1.0, 0.8, 0.5, 0.0)
"""Chances that a page is found and right, from always to never."""

OTHERS = range(3_001, 3_401)


def best(trials):
    """Return the cheapest plan of these `Trial`s that keeps the promise; of several, what keeps it most often.

    >>> few, many = Plan(weeks=1, written=True), Plan(weeks=2, written=True)
    >>> best([plans.Trial(few, 100, 200), plans.Trial(many, 180, 200)]) == many
    True
    """
    return min(
        (one for one in trials if one.holds), key=lambda one: (cost(one.plan), -one.kept)
    ).plan


def found_with(page_holds):
    """Return all trials of the grid where a page is found and right with this chance."""
    return [tried(plan, page_holds=page_holds) for plan in GRID]


def results():
    """Return all that the sweep finds, ready to be written."""
    trials = {f"{chance:g}": found_with(chance) for chance in PAGES}
    par = {chance: best(found) for chance, found in trials.items()}
    return {
        "promise": f"all goes well from the fourth event on, in at least {plans.ENOUGH:g} of companies",
        "companies": len(plans.UNSEEN),
        "other_companies": len(OTHERS),
        "own": growth.given()["page_holds"],
        "par": {chance: dataclasses.asdict(plan) for chance, plan in par.items()},
        "cost": {chance: cost(plan) for chance, plan in par.items()},
        "kept": {
            chance: tried(plan, page_holds=float(chance)).kept for chance, plan in par.items()
        },
        "kept_elsewhere": {
            chance: tried(plan, OTHERS, page_holds=float(chance)).kept
            for chance, plan in par.items()
        },
    }


def text(found):
    """Return the results as the file holds them: a plan a line."""
    plain = json.dumps(found, indent=1)
    for plan in found["par"].values():
        indented = json.dumps(plan, indent=1).replace("\n", "\n  ")
        plain = plain.replace(indented, json.dumps(plan))
    return plain + "\n"


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_12", __doc__, plans.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
