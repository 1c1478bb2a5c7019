"""Ways side by side: what each has cost by then, from which event owning is cheaper, and what a clause saves."""

from __future__ import annotations

import dataclasses
import math

from loadbearing.cases import contracts
from loadbearing.contract.season import season
from loadbearing.contract.terms import MOST_EVENTS, SEASON, Plan
from loadbearing.parts import ScenarioError, nearest

LIMIT = contracts.CONTRACTS[SEASON][2]["limit"].value

SERVES = {
    "own": dict(own_from=1, suppliers=0),
    "hired": dict(own_from=0, suppliers=1),
    "two hired": dict(own_from=0, suppliers=2),
    "hired first, then own": dict(own_from=2, suppliers=1, stays=1),
    "both": dict(own_from=1, suppliers=1, stays=99),
}
"""Who serves: name to the fields of a `Plan`."""

CONTRACT = {
    "nothing": dict(logs=False, reserved=False),
    "the logs": dict(logs=True, reserved=False),
    "a reserved limit": dict(logs=False, reserved=True),
    "logs and reserved": dict(logs=True, reserved=True),
}
"""What else stands in the contract: name to the fields of a `Plan`."""

CONTRACTS_THAT_PAY = ("nothing", "the logs", "logs and reserved")
CLAUSES = {
    "99.99": "99.99 % instead of 99.9 %",
    "money_back": "all money back for a night on which the supplier was gone",
    "stand_by": "a second supplier that stands by",
    "reserved": "a limit kept for you alone",
    "logs": "the logs",
}
"""What one may ask for in a contract: key to words."""


def way(serves, contract="nothing", limit=LIMIT):
    """Return the `Plan` of a way by its two names, from `SERVES` and `CONTRACT`; `limit`: people each is hired for.

    >>> way("hired", "the logs").logs
    True
    """
    for name, known in ((serves, SERVES), (contract, CONTRACT)):
        if name not in known:
            raise ScenarioError(f"There is no way {name!r}. {nearest(name, list(known))}")
    limit = 0.0 if serves == "own" else limit
    return Plan(**SERVES[serves] | CONTRACT[contract] | {"limit": limit})


def mean_cost(plan, world, **drawn):
    """Return the mean dollars of a season by this plan, people lost counted. `drawn`: seed and companies."""
    return float(season(plan, world, **drawn).cost.mean())


def by_then(plan, world, most=24, **drawn):
    """Return the mean dollars paid and lost by the end of each of the first `most` events: an array (most,)."""
    longer = dataclasses.replace(world, events=most)
    return season(plan, longer, **drawn).by_then.mean(axis=0)


def cheapest_hired(world, limit=LIMIT, **drawn):
    """Return (name of the contract, Plan, dollars) of the cheapest way to hire one supplier for the whole season."""
    found = [(name, way("hired", name, limit)) for name in CONTRACTS_THAT_PAY]
    each = [(name, plan, mean_cost(plan, world, **drawn)) for name, plan in found]
    return min(each, key=lambda one: one[2])


def owning_against_hiring(world, limit=LIMIT, **drawn):
    """Return what the cheapest way of hiring costs for each dollar that owning from event 1 costs (claim S7)."""
    return cheapest_hired(world, limit, **drawn)[2] / mean_cost(way("own"), world, **drawn)


def from_which_event(world, contracts=CONTRACTS_THAT_PAY, limit=LIMIT, most=MOST_EVENTS, **drawn):
    """Return the first event by whose end owning is not dearer than the cheapest of these contracts; None if never."""
    own = by_then(way("own"), world, most, **drawn)
    hired = [by_then(way("hired", name, limit), world, most, **drawn) for name in contracts]
    cheaper = [at + 1 for at in range(most) if own[at] <= min(one[at] for one in hired)]
    return cheaper[0] if cheaper else None


def break_even(once, hired_event, own_event):
    """Return after how many events owning has paid for itself, on paper: F / (p - v); inf if hiring is no dearer.

    `once`: dollars to build; `hired_event`, `own_event`: dollars an event. The break-even point of any textbook of
    cost accounting.

    >>> break_even(5_000, 800, 250)
    9.090909090909092
    """
    for name, value in (("once", once), ("hired_event", hired_event), ("own_event", own_event)):
        if not value >= 0:
            raise ScenarioError(f"{name} is {value}; give dollars of 0 or more.")
    saved = hired_event - own_event
    return once / saved if saved > 0 else math.inf


def paper_break_even(world, limit=LIMIT):
    """Return `break_even` of the world if the forecast comes true, nothing fails and nobody is lost."""
    size = world.expected * (1 + world.headroom)
    hired = world.retainer * limit + world.price * world.expected
    return break_even(world.team + world.build * size, hired, world.on_call + world.upkeep * size)


def worth_of_a_second(people, worth, fails, shared, retainer):
    """Return what a supplier that stands by for another is worth an event, in dollars, less what it asks.

    It helps on nights on which the other is gone by itself: fails (1 - shared), to the first order. `people`: how many
    it would let in, `worth`: dollars each, `retainer`: dollars an event.

    >>> round(worth_of_a_second(100_000, 0.25, 0.001, 0.1, 1_300), 1)
    -1277.5
    """
    return people * worth * fails * (1 - shared) - retainer


def clause_saves(world, limit=LIMIT, **drawn):
    """Return {key of CLAUSES: dollars} that each saves over a season, against one supplier hired with none of them."""
    bare = way("hired", limit=limit)
    plain = mean_cost(bare, world, **drawn)
    asked = {
        "99.99": (bare, dataclasses.replace(world, fails=world.fails / 10)),
        "money_back": (bare, dataclasses.replace(world, credit=1.0)),
        "stand_by": (dataclasses.replace(bare, standby=1), world),
        "reserved": (dataclasses.replace(bare, reserved=True), world),
        "logs": (dataclasses.replace(bare, logs=True), world),
    }
    return {name: plain - mean_cost(*one, **drawn) for name, one in asked.items()}
