"""Buying handlers for an hour of which nobody knows how many will come: what a few more save, for what they cost.

A newsvendor's question (Arrow, Harris and Marschak, 1951): buy until the next handler is needed too seldom to pay. A
person who gave up is lost, and so is the money for a handler that nobody needed.
"""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import cases, readings, simulate

CASE = "the_steady_door"
HANDLER = cases.Input(
    0.5, "assumption", "dollars for one handler for one evening, as in the first unit"
)
PERSON = cases.Input(
    0.05, "assumption", "dollars that one person more is worth on average; most people buy nothing"
)
JOIN_S = cases.Input(60.0, "assumption", "a sign-up with a payment keeps a handler for a minute")
PATIENCE_S = cases.Input(120.0, "assumption", "people wait two minutes on average, then they leave")
HOUR_S = cases.Input(3600.0, "assumption", "an evening of one hour, in which people come evenly")

EVENINGS = range(1, 25)
"""Evenings, each with weather of its own, over which is averaged unless others are asked for."""

ROOM = 250
"""Handlers' worth of work in the simulated room, where the real door has more."""

MORE = 0.1
"""The last few handlers: a tenth of those there are, at least one."""


def hour(handlers, work, variation=1.0):
    """Return the scenario of one hour at a door; `work`: handlers' worth that come on average."""
    return cases.build(
        CASE,
        {
            "handlers": handlers,
            "busy": work / handlers,
            "seen": 0,
            "watched_s": HOUR_S.value,
            "service_s": JOIN_S.value,
            "service_cv": variation,
            "patience_s": PATIENCE_S.value,
            "drops_dead": True,
        },
    ).scaled(min(1.0, ROOM / work))


@functools.lru_cache(maxsize=4096)
def gave_up(handlers, work, seed, variation=1.0):
    """Return how many people gave up at a door on one evening, for the whole of it."""
    run = simulate(hour(handlers, work, variation), seed, sample=0, progress=False)
    return readings.gave_up(run) * readings.came(run) / min(1.0, ROOM / work)


def gave_up_on_average(handlers, work, seeds=EVENINGS, variation=1.0):
    """Return how many people gave up on average over these evenings."""
    return float(np.mean([gave_up(handlers, work, seed, variation) for seed in seeds]))


def bill(handlers, work, seeds=EVENINGS):
    """Return the dollars of an average evening: its handlers, and the people who gave up."""
    return handlers * HANDLER.value + gave_up_on_average(handlers, work, seeds) * PERSON.value


def a_few(handlers):
    """Return how many handlers a tenth more are: at least one.

    >>> a_few(1), a_few(1000)
    (1, 100)
    """
    return max(1, round(MORE * handlers))


def worth_of_a_few_more(handlers, work, seeds=EVENINGS, variation=1.0):
    """Return what a tenth more handlers would save, for each dollar that they cost."""
    more = handlers + a_few(handlers)
    before, after = (gave_up_on_average(one, work, seeds, variation) for one in (handlers, more))
    return (before - after) * PERSON.value / ((more - handlers) * HANDLER.value)


def worth_at_the_lab(bench):
    """Decide F9 where the knobs of a lab stand: return (what a few more save for a dollar, a sentence)."""
    scenario = bench.scenario()
    door, crowd = scenario.door, scenario.crowd
    length = crowd.arrivals.until_s - crowd.arrivals.from_s
    work = crowd.listeners * door.service.mean_s / length
    worth = worth_of_a_few_more(door.handlers, work, variation=door.service.cv)
    busy = round(100 * work / door.handlers)
    return worth, (
        f"{door.handlers:,} handler{'' if door.handlers == 1 else 's'}, on average {busy} % busy, "
        f"{len(EVENINGS)} evenings of an hour: {a_few(door.handlers):,} more would save {worth:.2f} dollars "
        "for each dollar that they cost."
    )
