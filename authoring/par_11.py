"""Find the best plan known for unit 11: `python -m authoring.par_11` writes src/loadbearing/checks/par_11.json.

Every pair of splits of the ten parts, with every quarter to change them in, is played on the histories on which
students are judged: some 32,000 plans. Par is the one that carries most among those that keep the promise. The sweep
also says how far one split all along comes, what hardly any bad evening costs, and how par fares on other histories.

    python -m authoring.par_11            sweep and write, about two minutes
    python -m authoring.par_11 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing import roadmap
from loadbearing.checks import unit_11_rule as rule
from loadbearing.checks import unit_11_splits as splits
from loadbearing.checks.plans import PRACTICE
from loadbearing.checks.unit_11_splits import Plan

OTHERS = range(3_001, 3_201)
ONE_IN_THREE = 1 / 3
HARDLY_ANY = 0.1


def trials():
    """Return the trial of every plan there is; two equal splits count once."""
    every, last = roadmap.spends(roadmap.PLAIN), int(roadmap.PLAIN.quarters)
    plans = [
        Plan(first, then, quarter)
        for first in every
        for then in every
        for quarter in (range(2, last + 1) if first != then else [last])
    ]
    return [splits.tried.__wrapped__(plan) for plan in plans]


def told(trial, elsewhere=False):
    """Return a trial as the file holds it; `elsewhere`: with what it comes to on other histories."""
    plan = trial.plan
    found = {"first": [*plan.first], "then": [*plan.then], "from_quarter": plan.from_quarter}
    found |= {"score": round(trial.score), "bad": round(trial.bad, 3)}
    if elsewhere:
        there = splits.tried.__wrapped__(plan, OTHERS)
        found |= {"score_elsewhere": round(there.score), "bad_elsewhere": round(there.bad, 3)}
    return found


def best(found, most_bad=float("inf"), same=False):
    """Return the trial with the highest score among those with at most so many bad evenings."""
    able = [
        one
        for one in found
        if one.bad <= most_bad and (not same or one.plan.first == one.plan.then)
    ]
    return max(able, key=lambda one: one.score)


def results():
    """Return all that the sweep finds, ready to be written."""
    found = trials()
    par = best(found, splits.PROMISE)
    fitted = max(found, key=lambda one: splits.tried.__wrapped__(one.plan, PRACTICE).score)
    return {
        "histories": len(splits.UNSEEN),
        "plans": len(found),
        "par": told(par, True)
        | {"on_practice": round(splits.tried.__wrapped__(par.plan, PRACTICE).score)},
        "no_promise": told(best(found), True),
        "same_all_along": told(best(found, splits.PROMISE, same=True), True),
        "one_in_three": told(best(found, ONE_IN_THREE), True),
        "hardly_any": HARDLY_ANY,
        "one_in_ten": told(best(found, HARDLY_ANY), True),
        "none_seen": told(best(found, 0.0), True),
        "best_on_practice": told(fitted, True)
        | {"on_practice": round(splits.tried.__wrapped__(fitted.plan, PRACTICE).score)},
        "rule": rule.swept(),
    }


def text(found):
    """Return the results as the file holds them: one entry a line."""
    rows = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_11", __doc__, splits.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
