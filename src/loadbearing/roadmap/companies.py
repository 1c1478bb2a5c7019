"""The company: what it has to spend, how it grows, what a failure costs it, and how a quarter's budget may be spent."""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import math

import numpy as np

from loadbearing.cases import roadmaps
from loadbearing.parts import ScenarioError, nearest

Spend = collections.namedtuple("Spend", "features capacity rehearsal people details")
Spend.__doc__ = """How the parts of one quarter's budget are spent: whole numbers of parts.

`features`: growth. `capacity`: handlers for this event. `rehearsal`: finds a hidden fault in four of five cases.
`people`: a team on call that acts after four minutes. `details`: this quarter's settings gone through. The last three
cost one part each. Fields may also be arrays, one entry for each of several histories.
"""

ONCE = ("rehearsal", "people", "details")
SHARES = ("flop", "spike_chance", "fault", "found", "stays_away")
NOT_NEGATIVE = ("growth", "costs", "spike")
POSITIVE = ("quarters", "budget", "audience", "handlers_a_part", "half_way")


@dataclasses.dataclass(frozen=True)
class Company:
    """Every assumption that decides an outcome; each with its reason in `cases/roadmaps.py`.

    `audience`: people who would come to the first event. `handlers_a_part`: that one part rents for an evening.
    `growth`: the most that features add to the audience in a quarter, as a share; `half_way`: parts that bring 63 per
    cent of it. `flop`: chance that a release brings nobody, and as large a chance that it brings twice as many.
    `spike`: times as many as expected, with `spike_chance`. `fault`: chance that a part of features brings a hidden
    fault; `found`: that a rehearsal finds it. `stays_away`: of those not in, who never come again. `costs`: of one who
    is not in, in people who are in.
    """

    quarters: int
    budget: int
    audience: float
    handlers_a_part: float
    growth: float
    half_way: float
    flop: float
    spike: float
    spike_chance: float
    fault: float
    found: float
    stays_away: float
    costs: float

    def __post_init__(self):
        for key, value in vars(self).items():
            if isinstance(value, bool) or not isinstance(value, int | float | np.number):
                raise ScenarioError(f"{key} is {value!r}; give a number.")
            if not math.isfinite(value):
                raise ScenarioError(f"{key} is {value}; give a finite number.")
            if key in POSITIVE and value <= 0:
                raise ScenarioError(f"{key} is {value}; give more than 0.")
            if key in NOT_NEGATIVE and value < 0:
                raise ScenarioError(f"{key} is {value}; give 0 or more.")
            if key in SHARES and not 0 <= value <= 1:
                raise ScenarioError(f"{key} is {value}; give a share from 0 to 1.")
        if self.flop > 0.5:
            raise ScenarioError(f"flop is {self.flop}; give at most 0.5, as doubles are as likely.")

    @property
    def gains(self):
        """The share by which a release that goes as planned lets the audience grow, by parts of features from 0."""
        return _gains(self.growth, self.half_way, int(self.budget))

    def hidden(self, features, rehearsal):
        """Return the chance of a hidden fault on the evening: 1 - (1 - p)^features, a fifth of it after a rehearsal."""
        return (1 - (1 - self.fault) ** np.asarray(features)) * (
            1 - self.found * np.asarray(rehearsal)
        )

    def load(self, audience, spend):
        """Return people for each handler if this audience comes and nothing is released: no growth, no spike."""
        return audience / (spend.capacity * self.handlers_a_part)


@functools.lru_cache(64)
def _gains(growth, half_way, budget):
    """growth (1 - e^(-f/half_way)): an assumed law of falling returns, as in advertising response models."""
    found = np.array([growth * (1 - math.exp(-f / half_way)) for f in range(budget + 1)])
    found.flags.writeable = False
    return found


def company(values=None):
    """Return the company of the case, with some of its numbers changed: `company({"handlers_a_part": 400})`.

    `values` may also hold the other inputs of the world (how the first budget is spent): they are no business of the
    company's. Raises `ScenarioError` with the nearest names for what is neither.
    """
    given = {key: one.value for key, one in roadmaps.COMPANY.items()}
    for key, value in (values or {}).items():
        if key not in given and key not in roadmaps.PLAN:
            raise ScenarioError(f"The company has no {key!r}. {nearest(key, list(given))}")
        if key in given:
            given[key] = value
    return Company(**given)


PLAIN = company()
"""The company as it is."""

FORGIVEN, DEAR = (company(roadmaps.FAILURES[one]) for one in ("forgiven", "never forgiven"))
"""The company whose failures are forgiven, and the one whose failures never are."""

CHEAP = company({"handlers_a_part": roadmaps.PRICES[-1]})
"""The company that rents capacity for next to nothing."""


@functools.lru_cache(64)
def spends(company):
    """Return every way to spend a quarter's whole budget, one part of it or more on capacity: a tuple of `Spend`."""
    budget = int(company.budget)
    return tuple(
        Spend(features, budget - r - p - d - features, r, p, d)
        for r, p, d in itertools.product((0, 1), (0, 1), (0, 1))
        for features in range(budget - r - p - d)
    )


def squeezed(company, features, rehearsal=0, people=0, details=0):
    """Return the `Spend` of so many parts as far as the budget goes; capacity gets what is left, at least one part.

    Where the parts do not suffice, first the rehearsal is left out, then people, then details, then features.

    >>> squeezed(PLAIN, 9, details=1)
    Spend(features=9, capacity=1, rehearsal=0, people=0, details=0)
    """
    free = int(company.budget) - 1
    spent = {}
    wanted = {"features": features, "details": details, "people": people, "rehearsal": rehearsal}
    for name, parts in wanted.items():
        spent[name] = min(int(parts), free)
        free -= spent[name]
    return checked(company, Spend(capacity=free + 1, **spent))


def most(company):
    """Return the most parts that each line of a quarter's budget can get: a `Spend`."""
    return Spend(*np.array(spends(company)).max(axis=0).tolist())


def left(company, features, rehearsal=0, people=0, details=0):
    """Return the `Spend` in which capacity gets what is left of the budget."""
    rest = int(company.budget) - features - rehearsal - people - details
    return checked(company, Spend(features, rest, rehearsal, people, details))


def checked(company, spend):
    """Return a quarter's spend as a `Spend` of whole parts; `ScenarioError` with a sentence for what cannot be spent.

    Whole numbers of parts, 0 or more; at most one for rehearsal, people and details each; at least one for capacity;
    all parts of the budget spent.
    """
    try:
        parts = Spend(*spend)
    except TypeError:
        raise ScenarioError(
            f"The spend is {spend!r}; give five numbers: {', '.join(Spend._fields)}."
        ) from None
    for key, value in parts._asdict().items():
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or value < 0:
            raise ScenarioError(f"{key} is {value!r}; give a whole number of parts, 0 or more.")
        if key in ONCE and value > 1:
            raise ScenarioError(f"{key} is {value}; it costs one part, so give 0 or 1.")
    if parts.capacity < 1:
        raise ScenarioError("capacity is 0, so nobody would be let in; give 1 part or more.")
    if sum(parts) != company.budget:
        raise ScenarioError(
            f"The parts add up to {sum(parts)}; spend all {company.budget:g} of the quarter's parts."
        )
    return Spend(*(int(value) for value in parts))
