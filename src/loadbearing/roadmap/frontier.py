"""The frontier: the best plans known, from par to the one that no luck can spoil, and all splits that stay the same.

Each plan is played on the same 200 histories, none of which the exercise judges on. `frontier.json` holds what a sweep
found for four companies (`python -m authoring.frontier_11`); `compared` finds the same anew for any company.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

from loadbearing.roadmap.backwards import best, careful, par
from loadbearing.roadmap.companies import CHEAP, DEAR, FORGIVEN, PLAIN, spends
from loadbearing.roadmap.history import always, many

FILE = pathlib.Path(__file__).with_name("frontier.json")
HISTORIES = range(101, 301)
PRICES = (1e5, 2e5, 3e5, 5e5, 1e6, 2e6, 5e6, 1e7, 3e7)
"""What a bad evening costs on top, in people: each price has a best plan, with fewer bad evenings the higher it is."""

COMPANIES = {
    "as it is": PLAIN,
    "forgiven": FORGIVEN,
    "never forgiven": DEAR,
    "capacity nearly free": CHEAP,
}
"""The companies whose frontier is kept."""


@dataclasses.dataclass(frozen=True)
class Compared:
    """Plans of one company. Each is (bad evenings a roadmap, score as a share of par's).

    `score`: par's, in people a roadmap. `line`: one for each of `PRICES`. `others`: {`Spend`: plan}, all splits of the
    budget that stay the same in every quarter. `possible`: whether there is a plan that no luck can spoil.
    """

    score: float
    par: tuple
    line: tuple
    careful: tuple
    others: dict
    possible: bool = True

    @property
    def best_split(self):
        """The split that carries most if it stays the same."""
        return max(self.others, key=lambda spend: self.others[spend][1])


def measured(company, plan, score):
    """Return (bad evenings a roadmap, share of `score`) of a plan on `HISTORIES`."""
    found = many(company, plan, HISTORIES)
    return float(found.bad.mean()), float(found.scores.mean() / score)


@functools.lru_cache(32)
def compared(company):
    """Return `Compared`, found anew: about a third of a second. Cached."""
    score = float(many(company, par(company), HISTORIES).scores.mean())

    def of(plan):
        return measured(company, plan, score)

    return Compared(
        score=score,
        par=of(par(company)),
        line=tuple(of(best(company, price)) for price in PRICES),
        careful=of(careful(company)),
        others={spend: of(always(spend)) for spend in spends(company)},
        possible=careful(company).possible,
    )


@functools.cache
def kept():
    """Return what the sweep found: {name of `COMPANIES`: {"score", "par", "line", "careful", "others"}}.

    A plan is [bad evenings a roadmap, share of par]; one of `line` and `others` begins with its price or its parts.
    """
    return json.loads(FILE.read_text(encoding="utf-8"))["companies"]
