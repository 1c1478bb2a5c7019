"""Find the best known answers of unit 13: `python -m authoring.par_13` writes src/loadbearing/checks/par_13.json.

The plan: every set of measures is tried on the evenings on which students are judged, from the cheapest on; par is the
first that keeps the promise. The stop rule: every minute and every threshold of a grid; par is the one that costs
least. Both are then held against other evenings.

    python -m authoring.par_13            search and write
    python -m authoring.par_13 --check    search and compare with what is here
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_13_plan as plans
from loadbearing.checks import unit_13_stop as stopping
from loadbearing.checks.unit_13_plan import AS_IT_IS, SENTENCES, SWITCHES, Plan
from loadbearing.launch import EXAMPLE
from loadbearing.launch.measures import taken
from loadbearing.launch.trials import Trials
from loadbearing.stress.intervals import evenings_of

DOORS = [1 + step / 20 for step in range(121)]
"""How many times as wide the door is: in twentieths, up to seven times."""

OTHERS = range(1_501, 1_561)
SETS = [
    dict(zip(SWITCHES, found, strict=True))
    for found in itertools.product((False, True), repeat=len(SWITCHES))
]


def grid(sentences=(AS_IT_IS, *SENTENCES)):
    """Return every plan of the grid, the cheapest first. More room is left out: there is more than anybody needs."""
    found = [
        Plan(sentence=sentence, door=door, **switches)
        for sentence in sentences
        for switches in SETS
        for door in DOORS
    ]
    return sorted(found, key=lambda one: one.cost)


def cheapest(found):
    """Return the first of these plans that keeps the promise where students are judged, and how many were tried."""
    trials = Trials(plans.WEATHERS, plans.UNSEEN)
    for number, plan in enumerate(found, 1):
        if keeps(trials, taken(EXAMPLE, plan.chosen)):
            return plan, number
    raise RuntimeError("No plan of the grid keeps the promise; widen the grid.")


def keeps(trials, a_launch):
    """Tell whether a launch keeps its promise often enough in both weathers; the harder one is tried first."""
    enough = evenings_of(len(plans.UNSEEN), plans.ENOUGH)
    return all(
        sum(a_launch.promise.margin_of(one) >= 0 for one in trials.shares(a_launch, weather))
        >= enough
        for weather in (plans.AT_ONCE, plans.CALM)
    )


def of_plans():
    """Return what the search among plans finds, ready to be written."""
    par, number = cheapest(grid())
    without, _ = cheapest(grid((AS_IT_IS,)))
    return {
        "promise": str(EXAMPLE.promise),
        "tried": number,
        "par": dataclasses.asdict(par),
        "cost": par.cost,
        "kept": plans.tried(par).kept,
        "other_evenings": len(OTHERS),
        "kept_elsewhere": plans.tried(par, OTHERS).kept,
        "without": dataclasses.asdict(without),
        "without_cost": without.cost,
    }


def best_rule(miss=stopping.MISS):
    """Return (minute, per cent, dollars an evening) of the cheapest rule; of several, the middle of the earliest.

    `miss`: what a bad evening costs that nobody stops, in dollars.
    """
    tried = {
        (minute, below): stopping.tried(minute, below, miss=miss).cost
        for minute in stopping.MINUTES
        for below in range(101)
    }
    least = min(tried.values())
    shares = [one for one, cost in tried.items() if cost == least]
    minute = min(one for one, _ in shares)
    among = [below for one, below in shares if one == minute]
    return minute, among[len(among) // 2], least


DEAR = 10
"""So many times as much a missed evening may cost."""


def of_rules():
    """Return what the search among stop rules finds, ready to be written."""
    minute, below, least = best_rule()
    dear_minute, dear_below, _ = best_rule(DEAR * stopping.MISS)
    return {
        "par": {"minute": minute, "below": below, "decides": EXAMPLE.decides},
        "cost": least,
        "dear": {"times": DEAR, "minute": dear_minute, "below": dear_below},
        "never": stopping.never().cost,
        "always": stopping.always().cost,
        "cost_elsewhere": stopping.tried(minute, below, OTHERS).cost,
        "never_elsewhere": stopping.never(OTHERS).cost,
    }


def results():
    """Return all that is found, ready to be written."""
    found = {"plan": of_plans()}
    if found["plan"] != _written().get("plan"):
        # The stop rule is for the sale with its best plan, which is read from the file.
        plans.PAR_FILE.write_text(text(found), encoding="utf-8")
        plans.sweep.cache_clear()
    return found | {"stop": of_rules()}


def _written():
    return (
        json.loads(plans.PAR_FILE.read_text(encoding="utf-8")) if plans.PAR_FILE.is_file() else {}
    )


def text(found):
    """Return the results as the file holds them."""
    return json.dumps(found, indent=1) + "\n"


def main(words=None):
    """The command line: search and write, or compare."""
    return command(words, "authoring.par_13", __doc__, plans.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
