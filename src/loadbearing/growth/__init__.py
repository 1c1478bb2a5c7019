"""Growth: events one after another, and whether the next one goes better.

    rows = growth.years(growth.company(closed=0.8))
    growth.fourth_well(rows), growth.stumbles_again(rows)
    growth.goel_okumoto(times).say()

`places`: one evening with three places one behind the other. `years`: a company that lives through several. `plans`:
what a year costs. `reliability` and `ranges`: how many faults are left, and how much to believe that. `two_evenings`:
n = 2.
"""

from loadbearing.growth.places import (
    CASE,
    NIGHTS,
    PLACES,
    POORLY,
    PROMISE_S,
    WELL,
    Told,
    evening,
    in_order,
    inputs,
    looked_up,
    rehearsed,
    told,
)
from loadbearing.growth.plans import Plan, given, keeps, years_kept
from loadbearing.growth.ranges import foreseen, range_of_total
from loadbearing.growth.reliability import Growth, after, goel_okumoto, jelinski_moranda
from loadbearing.growth.two_evenings import Known, chance_of, ratio_of_two, times_as_many
from loadbearing.growth.years import (
    Company,
    Event,
    company,
    failures,
    fourth_well,
    fourth_well_by_hand,
    gain_by_the_fourth,
    let_down,
    nth_well_by_hand,
    stumbles_again,
    until_well_by_hand,
    year,
    years,
)

__all__ = [
    "CASE",
    "NIGHTS",
    "PLACES",
    "POORLY",
    "PROMISE_S",
    "WELL",
    "Company",
    "Event",
    "Growth",
    "Known",
    "Plan",
    "Told",
    "after",
    "chance_of",
    "company",
    "evening",
    "failures",
    "foreseen",
    "fourth_well",
    "fourth_well_by_hand",
    "gain_by_the_fourth",
    "given",
    "goel_okumoto",
    "in_order",
    "inputs",
    "jelinski_moranda",
    "keeps",
    "let_down",
    "looked_up",
    "nth_well_by_hand",
    "range_of_total",
    "ratio_of_two",
    "rehearsed",
    "stumbles_again",
    "times_as_many",
    "told",
    "until_well_by_hand",
    "year",
    "years",
    "years_kept",
]
