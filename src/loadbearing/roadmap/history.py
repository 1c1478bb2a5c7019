"""Histories: a plan played against luck, one quarter after the other; and played again with the same luck.

Nothing but the audience is carried over and no state is kept anywhere, so to go back a quarter is to play again.
A plan is a function of (quarter from 1, audience) that returns a `Spend`.
"""

from __future__ import annotations

import collections
import dataclasses

import numpy as np

from loadbearing.parts import ScenarioError
from loadbearing.roadmap.companies import Spend, checked
from loadbearing.roadmap.evenings import every_evening
from loadbearing.roadmap.luck import Luck
from loadbearing.roadmap.outcomes import BAD, Outcome, outcome

Row = collections.namedtuple(
    "Row", "quarter spend audience release spike fault weather " + " ".join(Outcome._fields)
)
Row.__doc__ = """One quarter of one history, in plain numbers.

`quarter`: from 1. `spend`: what was spent. `audience`: at its beginning. `release`: 0 a flop, 1 as planned, 2 twice as
many. `spike`, `fault`: whether there was one. `weather`: the number of the evening. The rest is of `Outcome`.
"""  # fmt: skip


@dataclasses.dataclass(frozen=True, eq=False)
class Histories:
    """One plan on several histories. Every array has the shape (histories, quarters)."""

    seeds: tuple
    spend: Spend
    audience: np.ndarray
    release: np.ndarray
    spike: np.ndarray
    fault: np.ndarray
    weather: np.ndarray
    outcome: Outcome

    @property
    def scores(self):
        """The score of each history."""
        return self.outcome.score.sum(axis=1)

    @property
    def bad(self):
        """How many bad evenings each history has."""
        return (self.outcome.share < BAD).sum(axis=1)

    def rows(self, which=0):
        """Return one of the histories as a list of `Row`."""
        pick = [
            (
                at + 1,
                Spend(*(int(one[which, at]) for one in self.spend)),
                float(self.audience[which, at]),
                int(self.release[which, at]),
                bool(self.spike[which, at]),
                bool(self.fault[which, at]),
                int(self.weather[which, at]),
                *(one[which, at].item() for one in self.outcome),
            )
            for at in range(self.audience.shape[1])
        ]
        return [Row(*one) for one in pick]


def together(plan):
    """Mark a plan that takes many audiences at once, as an array, and returns a `Spend` of arrays."""
    plan.together = True
    return plan


def many(company, plan, seeds, quarters=None, table=None):
    """Play a plan on several histories; return `Histories`. `seeds`: whole numbers; `quarters`: the first so many.

    What a plan spends is checked: `ScenarioError` with a sentence.
    """
    seeds = tuple(seeds)
    table = table or every_evening()
    luck = Luck(company, seeds, len(table.weathers))
    audience = np.full(len(seeds), float(company.audience))
    found = []
    for quarter in range(1, 1 + (quarters or int(company.quarters))):
        spend = _spent(company, plan, quarter, audience)
        given = [one[:, quarter - 1] for one in (luck.release, luck.spike, luck.weather)]
        release, spike, weather = given
        fault = luck.fault(quarter, spend.features, spend.rehearsal)
        came = outcome(company, audience, spend, release, spike, fault, weather, table)
        found.append((*spend, audience, release, spike, fault, weather, *came))
        audience = came.after
    columns = [np.stack(one, axis=1) for one in zip(*found, strict=True)]
    wide = len(Spend._fields)
    return Histories(
        seeds, Spend(*columns[:wide]), *columns[wide : wide + 5], Outcome(*columns[wide + 5 :])
    )


def _spent(company, plan, quarter, audience):
    """What the plan spends in a quarter, as a `Spend` of arrays."""
    if getattr(plan, "together", False):
        spend = plan(quarter, audience)
        if np.ndim(spend[0]) == 0:
            spend = checked(company, spend)
        return Spend(*(np.broadcast_to(one, audience.shape) for one in spend))
    each = [checked(company, plan(quarter, float(one))) for one in audience]
    return Spend(*np.array(each).T)


def play(company, plan, seed, quarters=None):
    """Play a plan on one history; return a list of `Row`, one a quarter; only the first `quarters`, if given."""
    return many(company, plan, [seed], quarters).rows()


def quarter(company, spend, seed, number, audience):
    """Return the `Row` of one quarter (from 1) of a history that begins it with this audience."""
    if not 1 <= number <= company.quarters:
        raise ScenarioError(f"The quarter is {number!r}; give 1 to {company.quarters:g}.")
    spend = checked(company, spend)
    table = every_evening()
    luck = Luck(company, [seed], len(table.weathers))
    at = number - 1
    release, spike, weather = (
        one[0, at].item() for one in (luck.release, luck.spike, luck.weather)
    )
    fault = bool(luck.fault(number, spend.features, spend.rehearsal)[0])
    came = outcome(company, float(audience), spend, release, spike, fault, weather, table)
    luck = (release, spike, fault, weather)
    return Row(number, spend, float(audience), *luck, *(one.item() for one in came))


def again(company, rows, seed, number, spend):
    """Return the rows of the same history with another spend in one quarter; all others spend as they did."""
    spent = [row.spend for row in rows]
    spent[number - 1] = spend
    return play(company, in_turn(spent), seed, len(spent))


def total(rows):
    """Return the score of a history: people who were in, less what those cost who were not."""
    return sum(row.score for row in rows)


def bad(rows):
    """Return how many bad evenings a history has."""
    return sum(row.share < BAD for row in rows)


# --- plans -----------------------------------------------------------------------------------------


def always(*parts):
    """Return the plan that spends the same in every quarter: `always(3, 6, 0, 0, 1)`, or a `Spend`."""
    spend = Spend(*(parts[0] if len(parts) == 1 else parts))
    return together(lambda quarter, audience: spend)


def in_turn(spends):
    """Return the plan that spends one after the other, whatever the audience, and the last one from then on."""
    spends = [Spend(*one) for one in spends]
    return together(lambda quarter, audience: spends[min(quarter, len(spends)) - 1])
