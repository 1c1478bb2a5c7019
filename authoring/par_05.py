"""Find the best line known: `python -m authoring.par_05` writes src/loadbearing/checks/par_05.json.

Every line of a grid is tried on the evenings on which students are judged. Par is the smallest bill among those that
keep the promise. It is held against other evenings, so that nobody mistakes a lucky draw for a plan.

    python -m authoring.par_05            sweep and write
    python -m authoring.par_05 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing.checks import unit_05_line as lines
from loadbearing.checks.unit_05_line import Line, tried

HANDLERS = range(2_000, 4_001, 500)
OF_THE_DOOR = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0)
OTHERS = range(3_001, 3_061)


def grid():
    """Return {handlers: [[bill, evenings kept, share in on the worst], ... by share of the door]}."""
    return {
        handlers: [
            _row(tried(Line(float(round(part * handlers)), handlers))) for part in OF_THE_DOOR
        ]
        for handlers in HANDLERS
    }


def _row(trial):
    return [round(trial.bill), trial.kept, round(trial.worst, 3)]


def best(found):
    """Return par from a grid: the smallest bill of the lines that keep the promise.

    >>> best({2000: [[900, 20, 0.6]] * 8, 2500: [[800, 3, 0.1]] * 8})
    Line(admits_per_s=1000.0, handlers=2000)
    """
    keeping = [
        (bill, handlers, part)
        for handlers, row in found.items()
        for part, (bill, kept, _) in zip(OF_THE_DOOR, row, strict=True)
        if lines.PROMISE.holds(kept, len(lines.UNSEEN))
    ]
    _, handlers, part = min(keeping)
    return Line(float(round(part * handlers)), handlers)


def results():
    """Return all that the sweep finds, ready to be written."""
    found = grid()
    par = best(found)
    others = tried(par, OTHERS)
    return {
        "promise": str(lines.PROMISE),
        "evenings": len(lines.UNSEEN),
        "other_evenings": len(OTHERS),
        "par": {"admits_per_s": par.admits_per_s, "handlers": par.handlers},
        "bill": round(tried(par).bill),
        "kept_on_other_evenings": others.kept,
        "bill_on_other_evenings": round(others.bill),
        "of_the_door": list(OF_THE_DOOR),
        "grid": {str(handlers): row for handlers, row in found.items()},
    }


def text(found):
    """Return the results as the file holds them: one row of the grid a line."""
    rows = ",\n".join(f'  "{key}": {json.dumps(row)}' for key, row in found["grid"].items())
    head = {key: value for key, value in found.items() if key != "grid"}
    return f'{json.dumps(head, indent=1)[:-2]},\n "grid": {{\n{rows}\n }}\n}}\n'


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.par_05", __doc__, lines.PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
