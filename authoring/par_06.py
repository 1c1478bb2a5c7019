"""Find the best line known for unit 06: `python -m authoring.par_06` writes src/loadbearing/checks/par_06.json.

Every rate of a grid is tried on the evenings on which students are judged, and so is every rule that lets through a
part of what the door did. Par is the plan with the fewest person-hours outside among those that keep the promise. Both
are then held against other evenings, so that nobody mistakes a lucky draw for a plan. Beside them stand a few plans
that one might think of: no line, more handlers, a short queue. Last come the plans at a door that comes back cold.

    python -m authoring.par_06            sweep and write
    python -m authoring.par_06 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_06_line as line
from loadbearing.labs import way_back

RATES = (300, 400, 500, 600, 650, 700, 750, 800, 850, 900, 1_000, 1_200, 3_000)
PARTS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1)
COLD_RATES = (450, 500, 550, 600, 650, 700, 750, 800)
OTHERS = range(3_001, 3_041)
TWICE, SHORT_S = 2_000, 2.0


def told(trial):
    """Return a trial as the file holds it."""
    return {
        "score": round(trial.score),
        "kept": trial.kept,
        "worst": round(trial.worst.hours),
        "middle": round(trial.middle),
    }


def best(trials):
    """Return the key of the plan with the best score among those that keep the promise often enough."""
    return min(
        (key for key, trial in trials.items() if trial.holds), key=lambda key: trials[key].score
    )


def results():
    """Return all that the sweep finds, ready to be written."""
    rates = {rate: line.tried(float(rate)) for rate in RATES}
    rules = {part: line.tried_rule(line.following(part))[0] for part in PARTS}
    rate, part = best(rates), best(rules)
    # Twice the handlers behind a queue of as many requests as before: half as many seconds' worth.
    twice = dict(handlers=TWICE, queue_s=10.0)
    cold = way_back.cold()
    cold_rates = {one: line.tried(float(one), **cold) for one in COLD_RATES}
    cold_rate = best(cold_rates)
    grown = line.tried(float(rate), **cold, controllers=(way_back.growing(float(rate)),))
    return {
        "evenings": len(line.UNSEEN),
        "other_evenings": len(OTHERS),
        "line": {"rate": rate} | told(rates[rate]),
        "line_elsewhere": told(line.tried(float(rate), OTHERS)),
        "rule": {"part": part} | told(rules[part]),
        "rule_elsewhere": told(line.tried_rule(line.following(part), OTHERS)[0]),
        "no_line": told(line.tried(None)),
        "twice_the_handlers": told(line.tried(None, **twice)),
        "short_queue": told(line.tried(None, queue_s=SHORT_S)),
        "cold_same_line": told(cold_rates[rate]),
        "cold_line": {"rate": cold_rate} | told(cold_rates[cold_rate]),
        "cold_growing_line": told(grown),
        "cold_rule": told(line.tried_rule(line.following(part), **cold)[0]),
        "rates": {str(key): told(one) for key, one in rates.items()},
        "parts": {str(key): told(one) for key, one in rules.items()},
    }


def text(found):
    """Return the results as the file holds them: one plan a line."""
    rows = [f" {json.dumps(key)}: {_row(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(value):
    nested = isinstance(value, dict) and any(isinstance(one, dict) for one in value.values())
    if not nested:
        return json.dumps(value)
    rows = [f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in value.items()]
    return "{\n" + ",\n".join(rows) + "\n }"


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_06", __doc__, line.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
