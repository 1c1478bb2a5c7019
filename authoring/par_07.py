"""Find the best policy known for the eve: `python -m authoring.par_07` writes src/loadbearing/checks/par_07.json.

Two families are tried on the evenings on which students are judged: policies by the clock alone, and policies that keep
their peak while handlers are busy. Par is the smallest bill that keeps the promise. Par is also held against other
evenings, and against the same evenings with a longer queue.

    python -m authoring.par_07            sweep and write
    python -m authoring.par_07 --check    sweep and compare with what is here
"""

from __future__ import annotations

import itertools
import json
import sys

from authoring.searching import command
from loadbearing.checks import policies
from loadbearing.checks.policies import by_the_clock, tried, until_seen

PEAKS = range(1_500, 3_001, 250)
ORDERED = (-60, -30)
CLOCK_UNTIL = (180, 210, 240, 270)
SEEN_UNTIL = (60, 90, 120, 150)
BUSY = (0.3, 0.5, 0.7, 0.9)
OTHERS = range(3_001, 3_061)
LONGER_QUEUE = 4


def results():
    """Return all that the sweep finds, ready to be written."""
    clock = {
        plan: tried(by_the_clock(*plan)) for plan in itertools.product(PEAKS, ORDERED, CLOCK_UNTIL)
    }
    best_clock = best(clock)
    seen = {
        plan: tried(until_seen(*plan))
        for plan in itertools.product(PEAKS, (best_clock[1],), SEEN_UNTIL, BUSY)
    }
    best_seen = best(seen)
    queue = policies.eve().door.queue_limit * LONGER_QUEUE
    longer = tried(by_the_clock(*best_clock), changes={"door.queue_limit": queue})
    elsewhere = tried(until_seen(*best_seen), OTHERS)
    return {
        "promise": str(policies.PROMISE),
        "evenings": len(policies.UNSEEN),
        "tried": len(clock) + len(seen),
        "by_the_clock": told(("peak", "since_s", "until_s"), best_clock, clock[best_clock]),
        "until_seen": told(("peak", "since_s", "until_s", "busy"), best_seen, seen[best_seen]),
        "by_the_clock_with_longer_queue": {"queue": queue, "kept": longer.kept, "worst": round(min(longer.in_time), 4)},
        "other_evenings": len(OTHERS),
        "kept_on_other_evenings": elsewhere.kept,
        "par": round(min(clock[best_clock].bill, seen[best_seen].bill), 2),
    }  # fmt: skip


def best(trials):
    """Return the plan with the smallest bill among those that keep the promise."""
    return min((trial.bill, plan) for plan, trial in trials.items() if trial.holds)[1]


def told(names, plan, trial):
    """Return a plan and what it came to as plain numbers."""
    return dict(zip(names, plan, strict=True)) | {"bill": round(trial.bill, 2), "kept": trial.kept}


def main(words=None):
    """The command line: sweep and write, or compare."""
    return command(
        words, "authoring.par_07", __doc__, policies.PAR_FILE,
        lambda: json.dumps(results(), indent=1) + "\n",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
