"""Plans that look at what comes: growth that waits for the door, and readiness first."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.learning import guess
from loadbearing.roadmap.companies import Spend, spends
from loadbearing.roadmap.evenings import MIDDLE
from loadbearing.roadmap.history import always, many, together


def waiting(company, spend, per_handler=MIDDLE):
    """Return the plan of this split in which the features wait while more people a handler are expected than that.

    Expected is the audience after a release that goes as planned, without a spike. In a quarter in which the features
    wait, their parts go to capacity. `per_handler`: 300, what a full door lets in within five minutes, unless given.
    """
    spend = Spend(*spend)
    ready = spend._replace(features=0, capacity=spend.capacity + spend.features)
    grows = 1 + company.gains[spend.features]

    def plan(quarter, audience):
        waits = company.load(grows * audience, spend) > per_handler
        return Spend(
            *(np.where(waits, one, other) for one, other in zip(ready, spend, strict=True))
        )

    return together(plan)


def ready_first(company, per_handler, rehearsal=0, people=0, details=1, reserve=1.2):
    """Return the plan that rents what the next crowd needs and spends what is left on features.

    Needed is one handler for every `per_handler` people of the audience, with a `reserve`; one part at least.
    """
    free = int(company.budget) - rehearsal - people - details

    def plan(quarter, audience):
        handlers = reserve * audience / per_handler
        capacity = min(free, max(1, math.ceil(handlers / company.handlers_a_part)))
        return Spend(free - capacity, capacity, rehearsal, people, details)

    return plan


def ahead_if_growth_waits(company, spend, seeds):
    """Return in what share of these histories a split finishes ahead if its growth waits for the door: F5."""
    return ahead_and_behind(company, spend, seeds)[0]


def ahead_and_behind(company, spend, seeds):
    """Return in what share of these histories a split finishes ahead if its growth waits, and in what share behind.

    In the rest both finish alike: growth never had to wait.
    """
    plain = many(company, always(spend), seeds).scores
    waited = many(company, waiting(company, spend), seeds).scores
    return float(np.mean(waited > plain)), float(np.mean(waited < plain))


def best_constant_split(company, seeds):
    """Return (the `Spend` that carries most if it is spent in every quarter, its mean score): F8.

    `seeds`: the histories that are played. All splits of the whole budget are tried.
    """
    scored = [
        (float(many(company, always(one), seeds).scores.mean()), one) for one in spends(company)
    ]
    score, spend = max(scored)
    return spend, score  # fmt: skip


def worth_of_capacity(company, spend, seeds, a_person, a_handler):
    """Return what one more part of capacity in every quarter brings for each unit of money it costs: F9.

    On top of the budget. `a_person`: what a person who is in is worth; `a_handler`: what a handler costs an evening.
    """
    spend = Spend(*spend)
    more = always(spend._replace(capacity=spend.capacity + 1))
    richer = dataclasses.replace(company, budget=company.budget + 1)
    gained = (
        many(richer, more, seeds).scores.mean() - many(company, always(spend), seeds).scores.mean()
    )
    return float(gained * a_person / (company.quarters * company.handlers_a_part * a_handler))  # fmt: skip


def prepared_for(low, high, short, spare):
    """Return the crowd to prepare for, by the newsvendor's rule, if nine chances in ten lie between `low` and `high`.

    `short`: what one person turned away costs; `spare`: what one place too many costs, both in the same money. The
    crowd is believed lognormal, as every guess of this course. Prepared for is the crowd that is not exceeded with
    the chance short / (short + spare) (Edgeworth 1888; Arrow, Harris & Marschak 1951).

    >>> round(prepared_for(1, 4, short=1, spare=1), 3), round(prepared_for(1, 4, short=19, spare=1), 3)
    (2.0, 4.0)
    """
    return guess(low, high).quantile(short / (short + spare))
