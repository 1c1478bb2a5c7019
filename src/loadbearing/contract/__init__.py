"""Own it, hire it, or both: suppliers that fail together, seasons of events, bills, and what a contract is worth.

`together`: nights of suppliers with a shared cause. `promise`: what 99.9 % says about a month and about one hour.
`terms`: the world and the plan. `season`: a plan played. `ledger`: ways side by side, break-even, clauses.
"""

from loadbearing.contract.ledger import (
    CLAUSES,
    CONTRACT,
    CONTRACTS_THAT_PAY,
    SERVES,
    break_even,
    by_then,
    cheapest_hired,
    clause_saves,
    from_which_event,
    mean_cost,
    owning_against_hiring,
    paper_break_even,
    way,
    worth_of_a_second,
)
from loadbearing.contract.promise import hit, minutes_gone
from loadbearing.contract.season import LOST, PAID, Season, own_gone, season
from loadbearing.contract.terms import Plan, World, plan, terms, world
from loadbearing.contract.together import (
    Nights,
    all_gone,
    at_least_gone,
    fleming,
    nights,
    on_paper,
    own_cause,
    shared_from_counts,
    working,
)

__all__ = [
    "CLAUSES",
    "CONTRACT",
    "CONTRACTS_THAT_PAY",
    "LOST",
    "PAID",
    "SERVES",
    "Nights",
    "Plan",
    "Season",
    "World",
    "all_gone",
    "at_least_gone",
    "break_even",
    "by_then",
    "cheapest_hired",
    "clause_saves",
    "fleming",
    "from_which_event",
    "hit",
    "mean_cost",
    "minutes_gone",
    "nights",
    "on_paper",
    "own_cause",
    "own_gone",
    "owning_against_hiring",
    "paper_break_even",
    "plan",
    "season",
    "shared_from_counts",
    "terms",
    "way",
    "working",
    "world",
    "worth_of_a_second",
]
