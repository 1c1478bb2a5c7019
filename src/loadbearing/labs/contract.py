"""The two worlds of unit 10 in the lab: nights of suppliers, and a season of events, own, hired or both."""

from __future__ import annotations

import dataclasses
import functools
import statistics

import numpy as np

from loadbearing import cases, contract
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.shown import Number
from loadbearing.labs.worlds import World
from loadbearing.pictures.bills import bill_by_events, bills_apart
from loadbearing.pictures.suppliers import failing_nights, times_paper
from loadbearing.units import share

ON_PAPER, NIGHTS, SEASON = "nothing_shared", "a_hundred_thousand_nights", "a_season"
MOST_EVENTS = 24
LOW, HIGH = 0.25, 0.75
"""Half of the companies lie between these."""

SHARED = Choice(
    "shared",
    {"nothing": 0.0, "1 failure in 100": 0.01, "1 in 10": 0.1, "every one": 1.0},
    named="What the suppliers share",
)
FAILS = Choice(
    "fails",
    {"1 night in 20": 0.05, "1 in 100": 0.01, "1 in 1,000": 0.001, "1 in 10,000": 0.0001},
    named="How often one is gone",
)
EVENTS = Amount("events", 1, MOST_EVENTS, named="Events of the season", counted="events")
SERVES = Choice("serves", contract.SERVES, named="Who serves")
CLAUSES = Choice("contract", contract.CONTRACT, named="What else stands in the contract")
WORTH = Choice(
    "worth",
    {"5 cents": 0.05, "25 cents": 0.25, "1 dollar": 1.0},
    named="Worth of a person not let in (assumption)",
)
FIRST_NIGHT = Choice(
    "own_first",
    {
        "1 in 20": {"own_first": 0.05},
        "1 in 5": {one: cases.own_value(SEASON, one) for one in ("own_first", "own_learning")},
        "1 in 2": {"own_first": 0.5},
        "1 in 5, and it learns little": {"own_learning": 0.9},
    },
    named="New own doors gone on their first night (assumption)",
)
PRICE = Choice(
    "price",
    {"1 cent": 0.01, "3 cents": 0.03, "6 cents": 0.06},
    named="A supplier asks for each let in (assumption)",
)
KNOBS = [SHARED, FAILS, EVENTS, SERVES, CLAUSES, PRICE, WORTH, FIRST_NIGHT]
ASSUMED = (PRICE, WORTH, FIRST_NIGHT)
"""Knobs of what no plan changes; a mission that counts dollars asks for them as they were."""


# --- nights ----------------------------------------------------------------------------------------


def _nights(values, seed):
    return contract.nights(
        seed, values["fails"], values["shared"], values["suppliers"], values["nights"]
    )


def _nights_drawn(found, behind=None):
    return failing_nights(found.gone, found.on_paper(2), behind and behind.gone)


def _nights_told(nights):
    text = f"{nights:,.0f}" if nights >= 10 or nights == round(nights) else f"{nights:.2g}"
    return f"{text} {'night' if text == '1' else 'nights'}"


def _paper_told(nights):
    return f"{_nights_told(nights)}, one chance times the other"


BOTH = Number("both", "First and second gone", lambda found: found.together(2), _nights_told)
PAPER = Number("paper", "The same on paper", lambda found: found.on_paper(2), _paper_told)
THREE = Number("three", "All three gone", lambda found: found.together(3), _nights_told)
ALONE = Number(
    "alone", "Each gone, on average", lambda found: statistics.mean(found.alone), _nights_told
)


def _how_wrong(found):
    """How many times as often as on paper both of two are gone, by how good they are and by what they share."""
    fails = list(FAILS.options.values())
    shares = {name: one for name, one in SHARED.options.items() if 0 < one < 1}
    lines = {
        f"{name} shared": [contract.all_gone(q, one) / contract.on_paper(q) for q in fails]
        for name, one in reversed(shares.items())
    }
    return [times_paper(fails, lines)]


ROW = World(
    play=_nights,
    picture=_nights_drawn,
    size=lambda found: f"{found.gone.shape[1]:,} nights, drawn once.",
    first=(BOTH, PAPER, THREE),
    more=(ALONE,),
    looks={"How wrong is paper?": _how_wrong},
)


# --- a season --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, eq=False)
class Bill:
    """A season of many companies by the way that is chosen, and what owning and hiring come to by each event.

    `season`: of the events that are chosen; `longer`: of all events that are drawn; `own`, `hired`: mean dollars by
    then; `paper`: from how many events on owning is cheaper on paper.
    """

    way: str
    season: contract.Season
    longer: contract.Season
    own: np.ndarray
    hired: np.ndarray
    paper: float

    @property
    def by_then(self):
        """Mean dollars by the end of each event that is drawn."""
        return self.longer.by_then.mean(axis=0)


def way_of(plan):
    """Return the name of a plan's way, of those in `contract.SERVES`."""
    for name, fields in contract.SERVES.items():
        if all(getattr(plan, field) == value for field, value in fields.items()):
            return name
    return "hired"


def _season(values, seed):
    """Play the season that is chosen, and beside it owning and hiring; the companies are the same for every seed."""
    world, plan = contract.terms(values)
    longer = dataclasses.replace(world, events=MOST_EVENTS)
    alone = dataclasses.replace(plan, own_from=0, suppliers=1, stays=0)
    means = [contract.by_then(one, world, MOST_EVENTS) for one in (contract.way("own"), alone)]
    return Bill(
        way_of(plan),
        contract.season(plan, world),
        contract.season(plan, longer),
        *means,
        contract.paper_break_even(world),
    )


def _bill_drawn(bill, behind=None):
    by_then = bill.longer.by_then
    low, high = np.quantile(by_then, (LOW, HIGH), axis=0)
    mine = bill.way, bill.by_then, low, high
    events = bill.season.world.events
    return bill_by_events(bill.own, bill.hired, bill.paper, mine, events, behind and behind.by_then)


def dollars(amount):
    """Return dollars as they are told.

    >>> dollars(60396.4)
    '60,396 dollars'
    """
    return f"{amount:,.0f} dollars"


def _events_told(events):
    return f"{events:.1f} events"


COST = Number(
    "cost", "Cost of the season, in dollars", lambda bill: float(bill.season.cost.mean()),
    lambda cost: f"{cost:,.0f}, people lost counted",
)  # fmt: skip
SERVED = Number(
    "served", "Of all who wanted in, served", lambda bill: float(bill.season.kept.mean()), share
)
KNOWN = Number(
    "known", "A cause is known after", lambda bill: float(bill.season.known.mean()), _events_told
)
BILLS = Number("bills", "Bills alone", lambda bill: float(bill.season.bills.mean()), dollars)
PROMISE = Number(
    "promise", "Companies that serve nine in ten", lambda bill: float((bill.season.kept >= 0.9).mean()),
    share,
)  # fmt: skip


PARTS = {
    "paid for doors": ("built", "kept", "retained", "let in"),
    "logs": ("logs",),
    "lost: no room": ("lost: full",),
    "lost: nights gone": ("lost: gone",),
    "lost: a fault": ("lost: fault",),
}
"""Parts of a bill as a picture names them, and which parts of a season they hold."""


def _apart(season):
    parts = season.parts()
    return [sum(parts[one] for one in held) for held in PARTS.values()]


def _taken_apart(bill):
    return [bills_apart({bill.way: _apart(bill.season)}, list(PARTS))]


def bills_of_ways(events=None):
    """Return the picture of what five ways' bills are made of; `events`: of the season, the case's own unless given."""
    world = contract.world() if events is None else contract.world(events=events)
    ways = {
        "own": contract.way("own"),
        "hired": contract.way("hired"),
        "hired, with logs": contract.way("hired", "the logs"),
        "two hired, with logs": contract.way("two hired", "the logs"),
        "hired first, then own": contract.way("hired first, then own", "the logs"),
    }
    found = {name: _apart(contract.season(plan, world)) for name, plan in ways.items()}
    return bills_apart(found, list(PARTS))


BOOKS = World(
    play=_season,
    picture=_bill_drawn,
    size=lambda bill: (
        f"Means of {len(bill.season.cost):,} companies with the same forecast. "
        "A night on which something is gone counts with its chance."
    ),
    first=(COST, SERVED, KNOWN),
    more=(BILLS, PROMISE),
    looks={"What the bill is made of": _taken_apart},
    thing="season",
    hides=(SHARED.path, FAILS.path),
)
WORLDS = {ON_PAPER: ROW, NIGHTS: ROW, SEASON: BOOKS}


# --- the experiment, the missions and the card ------------------------------------------------------

OTHER_NIGHTS = range(1, 9)
FEW, MANY = 3, 50


def both_gone(bench):
    """Return (key, sentence): on how many nights both of two are gone if a tenth is shared, over other nights."""
    found = [bench.run(NIGHTS, seed=seed) for seed in OTHER_NIGHTS]
    both = statistics.median(one.together(2) for one in found)
    least, most = (pick(one.together(2) for one in found) for pick in (min, max))
    said = (
        f"Eight times a hundred thousand nights: both are gone on {least} to {most}, "
        f"in the middle {both:g}. Multiplied on paper it is {found[0].on_paper(2):.1g}."
    )
    return "none" if both < FEW else "ten" if both < MANY else "two_hundred", said


def seldom_together(trial, readings):
    """A mission's `reached`: both gone on fewer than three nights, each still gone on about a hundred."""
    return readings["both"].value < FEW and 60 <= readings["alone"].value <= 140


def one_event_cheap(trial, readings):
    """A mission's `reached`: a season of one event for less than ten thousand dollars."""
    return trial.run.season.world.events == 1 and readings["cost"].value < 10_000


def a_year_cheap(trial, readings):
    """A mission's `reached`: twelve events or more for less than 61 thousand dollars, the assumptions as they were."""
    settings = trial.settings
    as_it_was = all(settings.at(knob.path) is None for knob in ASSUMED)
    enough = trial.run.season.world.events >= 12
    return as_it_was and enough and readings["cost"].value < 61_000


def hired_and_known(trial, readings):
    """A mission's `reached`: hired for the whole of six events or more, and the cause is known within two."""
    plan = trial.run.season.plan
    hired = plan.suppliers > 0 and not plan.own_from and trial.run.season.world.events >= 6
    return hired and readings["known"].value <= 2


@functools.cache
def _against(world):
    return contract.owning_against_hiring(world), contract.from_which_event(world)


def hiring_against_owning(bench):
    """Return (value, sentence) that decide S7 where the knobs stand: what hiring costs for each dollar of owning."""
    on_show = bench.settings.case == SEASON
    world, _ = contract.terms(bench.values() if on_show else cases.values(SEASON))
    value, at = _against(world)
    event = "events" if world.events > 1 else "event"
    said = f"over {world.events} {event} the cheapest contract costs {value:.2f} times what owning costs"
    when = f"owning is cheaper from {at} events on" if at else "owning never becomes cheaper"
    return value, f"{said}; {when}."
