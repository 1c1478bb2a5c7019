"""The roadmap: eight quarters, one budget a quarter, and an evening of the engine in each.

    company = roadmap.company({"handlers_a_part": 400})
    rows = roadmap.play(company, roadmap.always(3, 6, 0, 0, 1), seed=17)
    roadmap.total(rows), roadmap.bad(rows)

A plan is a function of (quarter from 1, audience) that returns a `Spend`; `par` and `careful` are such plans.
"""

from loadbearing.roadmap.backwards import NEVER, Foreseen, Rule, best, careful, par
from loadbearing.roadmap.companies import (
    CHEAP,
    DEAR,
    FORGIVEN,
    PLAIN,
    Company,
    Spend,
    checked,
    company,
    left,
    most,
    spends,
    squeezed,
)
from loadbearing.roadmap.evenings import STATES, Evenings, evening_of, every_evening
from loadbearing.roadmap.history import (
    Histories,
    Row,
    again,
    always,
    bad,
    in_turn,
    many,
    play,
    quarter,
    together,
    total,
)
from loadbearing.roadmap.outcomes import BAD, Outcome, outcome
from loadbearing.roadmap.rules import (
    ahead_and_behind,
    ahead_if_growth_waits,
    best_constant_split,
    prepared_for,
    ready_first,
    waiting,
    worth_of_capacity,
)

__all__ = [
    "BAD",
    "CHEAP",
    "DEAR",
    "FORGIVEN",
    "NEVER",
    "PLAIN",
    "STATES",
    "Company",
    "Evenings",
    "Foreseen",
    "Histories",
    "Outcome",
    "Row",
    "Rule",
    "Spend",
    "again",
    "ahead_and_behind",
    "ahead_if_growth_waits",
    "always",
    "bad",
    "best",
    "best_constant_split",
    "careful",
    "checked",
    "company",
    "evening_of",
    "every_evening",
    "in_turn",
    "left",
    "many",
    "most",
    "outcome",
    "par",
    "play",
    "prepared_for",
    "quarter",
    "ready_first",
    "spends",
    "squeezed",
    "together",
    "total",
    "waiting",
    "worth_of_capacity",
]
