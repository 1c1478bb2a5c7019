"""Experiments of unit 04: what makes a flood, a load that goes up and comes down again, a budget for later attempts.

All are evenings of the case `ten_bad_seconds` with one thing changed, in average weather unless said otherwise.
"""

from __future__ import annotations

import functools

from loadbearing import cases, readings, simulate
from loadbearing.labs.amounts import Choice
from loadbearing.labs.knobs import Later
from loadbearing.labs.shown import Number
from loadbearing.pictures.there_and_back import there_and_back
from loadbearing.scenario import Measured
from loadbearing.units import clock, share

CASE = "ten_bad_seconds"
ROOM, LARGER_ROOM = 0.04, 0.25
"""Shares of the full crowd; the line of a budget needs the larger room, or dice blur it."""

CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
WITHIN_S, FROM_S, UNTIL_S = 60, 1560, 1740
LOADS = (0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1)
STEP_S, SETTLES_S, BEFORE_S = 300, 120, 60
"""How long each load lasts; of each step, those count who come after it has settled, a minute before it ends."""

BUDGET = 0.1
WELL, A_FIFTH_FEWER = 0.9, 80

ACTS_S = cases.inputs(CASE)["acts_s"].value
HANDLERS = Later(what="handlers", at_s=ACTS_S, named=f"Handlers, from {clock(ACTS_S)} on")
QUEUE = Later(what="queue_limit", at_s=ACTS_S, least=2, most=100, step=1)
"""What may be changed when somebody acts, at 20:14."""

WAITS = Choice(
    "crowd.timeout_s",
    {"2.5 s": 2.5, "5 s": 5.0, "10 s": 10.0, "as long as it takes": None},
    named="How long a client waits for an answer",
)
RETRY_BUDGET = Choice("retry_budget", {"off": None, "10 %": BUDGET}, named="Retry budget")


def soon(run):
    """Return the share in within a minute, of those who come from 20:26 to 20:29."""
    return readings.service_level(run, WITHIN_S, FROM_S, UNTIL_S)


SOON = Number("soon", "In within a minute, if they come from 20:26 to 20:29", soon, share)


OTHER_EVENINGS, THEIR_PEOPLE = range(1, 9), 40_000


def when_all_is_well(bench):
    """Return (key, sentence): whether those who come later get in soon, nobody acting, on evenings with weather."""
    runs = [
        bench.run(CASE, seed=seed, weather=True, people=THEIR_PEOPLE) for seed in OTHER_EVENINGS
    ]
    later = sorted(map(soon, runs))[len(runs) // 2]
    said = f"Of those who come a quarter of an hour later, {share(later)} are in within a minute."
    return "soon" if later > WELL else "never" if later < 1 - WELL else "slow", said


def _well(trial, readings):
    found = readings["soon"].value if "soon" in readings else soon(trial.run)
    return found >= WELL


def by_acting(trial, readings):
    """A mission's `reached`: nine in ten are in soon, and nothing but the acts at 20:14 was changed."""
    return _well(trial, readings) and not trial.settings.chosen


def without_acting(trial, readings):
    """A mission's `reached`: nine in ten are in soon, and nobody acts at 20:14."""
    return _well(trial, readings) and not trial.settings.turned


def with_fewer_handlers(trial, readings):
    """A mission's `reached`: nine in ten are in soon, with a fifth fewer handlers from 20:14 on."""
    return _well(trial, readings) and trial.settings.per_cent(HANDLERS.path) <= A_FIFTH_FEWER


def evening(seed=1, room=ROOM, acts=None, weather=False, **changes):
    """Return the run of one evening; `changes`: inputs of the case; `acts`: what somebody changes at 20:14."""
    calm = {} if weather else CALM
    scenario = cases.build(CASE, {**calm, **changes, "acts": acts})
    return simulate(scenario.scaled(room), seed, sample=0, progress=False)


def taken_apart(seed=1):
    """Return runs with the same luck by name: as it was, without later attempts, without dead work."""
    return {
        "as it was": evening(seed),
        "clients try only once": evening(seed, attempts=1),
        "clients wait as long as it takes": evening(seed, timeout_s=None),
    }


def up_and_down(queue_s=20.0, seed=1):
    """Return [(load, share in within a minute)] for loads that go up in steps and come down again, without a fault.

    A load is the share of what the door could do; `queue_s`: how long a full queue lasts.
    """
    loads = LOADS + LOADS[-2::-1]
    handlers = cases.get(CASE).door.handlers
    counts = tuple(round(handlers * load * STEP_S) for load in loads)
    changes = {"fault_s": None, "queue_s": queue_s, "ends_s": STEP_S * len(loads)}
    scenario = cases.build(CASE, {**CALM, **changes}).changed(
        {
            "crowd.arrivals": Measured(from_s=0.0, bin_s=float(STEP_S), counts=counts),
            "crowd.listeners": sum(counts),
        }
    )
    run = simulate(scenario.scaled(ROOM), seed, sample=0, progress=False)
    steps = ((load, STEP_S * at) for at, load in enumerate(loads))
    return [
        (load, readings.service_level(run, WITHIN_S, at + SETTLES_S, at + STEP_S - BEFORE_S))
        for load, at in steps
    ]


def load_up_and_down(queue_s=20.0, seed=1):
    """Return the picture of the load going up and coming down; `queue_s`: how long a full queue lasts."""
    steps, top = up_and_down(queue_s, seed), len(LOADS)
    return there_and_back(steps[:top], steps[top - 1 :], f"queue of {queue_s:g} s")


@functools.cache
def budget_saves(load, seed=1):
    """Return the share in soon at a load: without the fault, with it, and with it and a budget for later attempts."""
    crowd = cases.get(CASE).crowd
    seconds = crowd.arrivals.until_s - crowd.arrivals.from_s
    people = round(cases.get(CASE).door.handlers * load * seconds)
    same = {"room": LARGER_ROOM, "people": people}
    return (
        soon(evening(seed, **same, fault_s=None)),
        soon(evening(seed, **same)),
        soon(evening(seed, **same, retry_budget=BUDGET)),
    )
