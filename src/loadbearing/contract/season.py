"""A season played: what is hired and built for each event, who is let in, what was learned and what was paid.

Many companies at once, each with the same forecast and a true crowd of its own. Nights on which suppliers,
or an own door, are gone are not left to luck: every night counts with its chance, so bills and losses are expectations.
Luck, a pure function of (seed, company, event): the true crowd, its weather, crowded nights, and when a cause is found.
A limit refuses early: nobody queues, tries again or comes back, which flatters every way alike.
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from loadbearing.cases import contracts
from loadbearing.contract.together import all_gone, working
from loadbearing.draws import checked_seed, key, uniforms
from loadbearing.parts import ScenarioError

CROWDED, FOUND, TURN_OUT, TURN_OUT_ANGLE = 212, 213, 215, 216
PAID = ("built", "kept", "retained", "let in", "logs")
LOST = ("full", "gone", "fault")


@dataclasses.dataclass(frozen=True)
class Season:
    """One season of many companies. Arrays are (companies, events) unless said otherwise.

    `wanted`, `served`: people who wanted in, and who got what they came for. `paid`: dollars by what for (`PAID`).
    `lost`: people by why (`LOST`): nothing stood for them, what stood was gone, a fault of one's own. They add up to
    wanted - served. `known`: (companies,), the event that showed the cause of the fault; events + 1 if none did.
    `limit`, `own`: people that all suppliers, and the own door, stood for.
    """

    world: object
    plan: object
    wanted: np.ndarray
    served: np.ndarray
    paid: dict
    lost: dict
    known: np.ndarray
    limit: np.ndarray
    own: np.ndarray

    @property
    def bills(self):
        """Dollars paid in the season, each company: (companies,)."""
        return sum(self.paid.values()).sum(axis=1)

    @property
    def cost(self):
        """Dollars paid, and what the people lost were worth, each company: (companies,)."""
        return self.by_then[:, -1]

    @property
    def by_then(self):
        """Dollars paid and lost by the end of each event, added up: (companies, events)."""
        lost = sum(self.lost.values())
        return np.cumsum(sum(self.paid.values()) + self.world.worth * lost, axis=1)

    @property
    def kept(self):
        """Of all who wanted in, the share that was served, each company: (companies,)."""
        return self.served.sum(axis=1) / self.wanted.sum(axis=1)

    def parts(self):
        """Return the mean dollars of a season by what for: what was paid, then people lost, by why. A dict."""
        said = {name: float(one.sum(axis=1).mean()) for name, one in self.paid.items()}
        worth = self.world.worth
        return said | {
            f"lost: {name}": float(worth * one.sum(axis=1).mean())
            for name, one in self.lost.items()
        }


def season(
    plan, world, seed=contracts.FIRST_COMPANY, companies=contracts.COMPANIES.value, times=None
):
    """Return the `Season` of so many companies. `times`: the true crowd over the forecast, if it is not drawn.

    The events of a season are the first events of a longer one, whatever the plan.
    """
    luck = _luck(checked_seed(seed), companies, world.events)
    grew = _lognormal(luck.crowd[:, :1], world.unknown) if times is None else float(times)
    wanted = world.expected * grew * _lognormal(luck.crowd[:, 1:], world.weather)
    night = _Hired(plan, world, luck.crowded)
    paid = {name: np.zeros_like(wanted) for name in PAID}
    lost = {name: np.zeros_like(wanted) for name in LOST}
    limits, owned = np.zeros_like(wanted), np.zeros_like(wanted)
    known = np.full(companies, world.events + 1)
    believed = np.full(companies, world.expected)
    own, limit = np.zeros(companies), np.full(companies, plan.limit)
    for at in range(world.events):
        stood = at + 1 - plan.own_from if plan.own_from else -1
        stands = stood >= 0
        hired = plan.suppliers > 0 and (stood < plan.stays if stands else True)
        if stands:
            larger = np.maximum(believed * (1 + world.headroom) - own, 0.0)
            own = own + larger
            paid["built"][:, at] = world.build * larger + (world.team if stood == 0 else 0.0)
            paid["kept"][:, at] = world.on_call + world.upkeep * own
        came, fails = wanted[:, at], own_gone(stood, world)
        room = night.room(at, limit) if hired else np.zeros(companies)
        by_hired = np.zeros(companies)
        by_own = (1 - fails) * np.minimum(came, own)
        if hired:
            rest = night.let_in(came - np.minimum(came, own), at, limit)
            by_hired = (1 - fails) * rest + fails * night.let_in(came, at, limit)
            night.bill(paid, at, limit, by_hired)
        let_in = by_own + by_hired
        faulty = known > at
        lost["full"][:, at] = np.maximum(came - own - room, 0.0)
        lost["gone"][:, at] = np.minimum(came, own + room) - let_in
        lost["fault"][:, at] = let_in * world.fault * faulty
        limits[:, at], owned[:, at] = (plan.suppliers * limit if hired else 0.0), own
        sees = plan.logs or not hired
        chance = world.known_with_logs if sees else world.known_without
        known = np.where(faulty & (luck.found[:, at] < chance), at + 1, known)
        full = came >= own + room
        have = np.where(room > 0, limit, own)
        guessed = np.maximum(believed, have * world.raised / (1 + world.headroom))
        believed = np.where(sees | ~full, came, guessed)
        limit = believed * (1 + world.headroom)
    served = wanted - sum(lost.values())
    return Season(world, plan, wanted, served, paid, lost, known, limits, owned)


def own_gone(stood, world):
    """Return the chance that an own door is gone on a night after it has stood `stood` nights; below 0 it has none: 1.

    A learning curve, y = a n^log2(p) (Wright 1936): each doubling of nights leaves `own_learning` of it.
    """
    if stood < 0:
        return 1.0
    return max(world.own_least, world.own_first * (stood + 1) ** math.log2(world.own_learning))


class _Hired:
    """What suppliers carry on one night, and what they ask for it."""

    def __init__(self, plan, world, crowded):
        self.plan, self.world = plan, world
        self.crowded = (crowded < world.crowded) & (not plan.reserved)
        self.chances = working(world.fails, world.shared, plan.suppliers)
        k = plan.suppliers
        every = all_gone(world.fails, world.shared, k + plan.standby) if k else 1.0
        self.stand_in = self.chances[0] - every if plan.standby else 0.0

    def room(self, at, limit, working=None):
        """People they carry together on the night: their limits, or on a crowded one a share of one limit."""
        count = self.plan.suppliers if working is None else working
        share = np.where(
            self.crowded[:, at], min(count, 1) * self.world.crowded_share, float(count)
        )
        return share * limit

    def let_in(self, people, at, limit):
        """How many of `people` they let in, over all that may be gone, each with its chance."""
        found = self.stand_in * np.minimum(people, self.room(at, limit, 1))
        for count, chance in enumerate(self.chances):
            found = found + chance * np.minimum(people, self.room(at, limit, count))
        return found

    def bill(self, paid, at, limit, let_in):
        """Write down what they ask for; for a night gone a share of it comes back."""
        plan, world, count = self.plan, self.world, self.plan.suppliers + self.plan.standby
        asked = 1 - world.credit * world.fails
        kept = world.reserved_times if plan.reserved else 1.0
        paid["retained"][:, at] = asked * count * world.retainer * kept * limit
        paid["logs"][:, at] = asked * count * world.logs_cost * plan.logs
        paid["let in"][:, at] = asked * world.price * let_in


@dataclasses.dataclass(frozen=True)
class _Luck:
    crowd: np.ndarray
    crowded: np.ndarray
    found: np.ndarray


@functools.lru_cache(maxsize=16)
def _luck(seed, companies, events):
    """Standard normals of the crowd (companies, 1 + events), the first of the company; uniforms (companies, events)."""
    if companies < 1 or companies != int(companies):
        raise ScenarioError(f"companies is {companies}; give a whole number of 1 or more.")
    which = np.arange(companies)

    def drawn(purpose, first):
        stream = key(seed, purpose)
        return np.stack([uniforms(stream, which, at) for at in range(first, events + 1)], axis=1)

    normal = np.sqrt(-2 * np.log(drawn(TURN_OUT, 0))) * np.cos(2 * np.pi * drawn(TURN_OUT_ANGLE, 0))
    return _Luck(normal, drawn(CROWDED, 1), drawn(FOUND, 1))


def _lognormal(normal, cv):
    """Lognormal with mean 1 and this coefficient of variation, from standard normals."""
    spread = math.log(1 + cv * cv)
    return np.exp(math.sqrt(spread) * normal - spread / 2)
