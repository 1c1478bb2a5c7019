"""What no plan changes (`World`) and what a founder decides (`Plan`). Values stand in `cases/contracts.py`."""

from __future__ import annotations

import dataclasses

from loadbearing.cases import contracts
from loadbearing.parts import ScenarioError, choice, nearest, part, quantity

MOST_EVENTS = 40
SEASON = "a_season"


@part
class World:
    """A company, its crowd and the market: everything that a plan leaves as it is. Money in dollars."""

    events: int = quantity("events of the season", "events", least=1, most=MOST_EVENTS, whole=True)
    expected: float = quantity("people forecast for each event", "people", above=0)
    unknown: float = quantity("spread of the true crowd over the forecast: its cv", None, most=3)
    weather: float = quantity("spread of the turn-out from event to event: its cv", None, most=3)
    worth: float = quantity("dollars for each who wanted in and was not let in", "dollars")
    fails: float = quantity("chance that a supplier is gone on a night", None, most=0.5)
    shared: float = quantity("of these failures, the share that takes all suppliers", None, most=1)
    crowded: float = quantity("chance that others have their event on the same night", None, most=1)
    crowded_share: float = quantity(
        "of one limit, what all suppliers together carry on a crowded night", None, most=1
    )
    retainer: float = quantity("for each person of limit, each event", "dollars")
    price: float = quantity("for each person a supplier lets in", "dollars")
    reserved_times: float = quantity(
        "retainer of a reserved limit over that of a shared one", "times", least=1
    )
    logs_cost: float = quantity("for the logs, each event and supplier", "dollars")
    credit: float = quantity("share of the bill that comes back for a night gone", None, most=1)
    raised: float = quantity(
        "next limit over the full one, if only that it was full is known", "times", least=1
    )
    team: float = quantity("once, to have anybody who can build and keep a door", "dollars")
    build: float = quantity("once, for each person of size", "dollars")
    on_call: float = quantity("each event, for those who keep the own door", "dollars")
    upkeep: float = quantity("each event, for each person of size", "dollars")
    own_first: float = quantity("chance that the own door is gone on its first night", None, most=1)
    own_learning: float = quantity(
        "times as likely after twice as many nights", "times", above=0, most=1
    )
    own_least: float = quantity("chance below which the own door never comes", None, most=1)
    headroom: float = quantity("taken above the crowd that is believed in, as a share", None)
    fault: float = quantity(
        "share of people let in who are lost until the cause is known", None, most=1
    )
    known_with_logs: float = quantity(
        "chance that an event shows the cause in the logs", None, most=1
    )
    known_without: float = quantity("chance that it shows without logs", None, most=1)

    def check(self):
        """Raise the sentence for values that contradict each other."""
        if self.own_least > self.own_first:
            raise ScenarioError(
                f"World.own_least is {self.own_least:g}; it must not be above own_first, {self.own_first:g}."
            )


@part
class Plan:
    """Who serves which event.

    `own_from`: the event from which an own door stands, 1 is the first, 0 never; it is built for the crowd then
    believed in. `suppliers`: how many are hired, each for `limit` people at first. `reserved`: the limit holds on
    crowded nights too. `logs`: they are in the contract. `stays`: for how many events suppliers stay beside the own
    door. `standby`: further suppliers that serve only when the others are all gone.
    """

    own_from: int = quantity(
        "event from which an own door stands", "events", default=0, most=MOST_EVENTS, whole=True
    )
    suppliers: int = quantity("how many are hired", "suppliers", default=0, most=3, whole=True)
    limit: float = quantity(
        "people each supplier is hired for at first", "people", default=0.0, most=10_000_000
    )
    reserved: bool = choice("the limit is kept for you alone", (True, False), default=False)
    logs: bool = choice("the logs are in the contract", (True, False), default=False)
    stays: int = quantity(
        "events that suppliers stay beside an own door", "events", default=0, most=99, whole=True
    )
    standby: int = quantity(
        "suppliers that serve only when the others are gone",
        "suppliers",
        default=0,
        most=3,
        whole=True,
    )

    def check(self):
        """Raise the sentence for a plan by which nobody would be let in."""
        if self.suppliers and not self.limit:
            raise ScenarioError(
                "Plan.limit is 0 with suppliers hired; say for how many people, such as limit=130_000."
            )
        if not self.suppliers and self.own_from != 1:
            raise ScenarioError(
                f"Plan.own_from is {self.own_from} and nobody is hired, so nobody serves the first event; "
                "write own_from=1 or suppliers=1."
            )
        if self.standby and not self.suppliers:
            raise ScenarioError(
                "Plan.standby needs somebody to stand by for; write suppliers=1 too."
            )


def world(**changes):
    """Return the `World` of the season in `cases/contracts.py`, with some fields changed.

    >>> world(events=6).events
    6
    """
    return _made(World, _values() | _known(World, changes))


def plan(**changes):
    """Return the season's own `Plan` (one supplier hired, nothing else asked for), with some fields changed."""
    return _made(Plan, _values() | _known(Plan, changes))


def terms(values):
    """Return (World, Plan) from the inputs of the season, name to value, as the lab's knobs give them."""
    return _made(World, values), _made(Plan, values)


def _values():
    return {name: one.value for name, one in contracts.CONTRACTS[SEASON][2].items()}


def _made(kind, values):
    return kind(**{one.name: values[one.name] for one in dataclasses.fields(kind)})


def _known(kind, changes):
    names = [one.name for one in dataclasses.fields(kind)]
    for name in changes:
        if name not in names:
            raise ScenarioError(f"{kind.__name__} has no field {name!r}. {nearest(name, names)}")
    return changes
