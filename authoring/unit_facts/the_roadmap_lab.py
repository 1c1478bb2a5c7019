"""The numbers that unit 11's lab page states: of the plan lab, on its own 200 histories, and of the moment's 24."""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import roadmap
from loadbearing.cases.roadmaps import OTHERWISE
from loadbearing.labs import roadmaps
from loadbearing.pictures.frontier import how_often
from loadbearing.roadmap import frontier
from loadbearing.units import people, share

MOMENT = range(1, 25)
RARE, HALF = 0.02, 0.5
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@functools.cache
def _found(world="as it is"):
    return frontier.compared(frontier.COMPANIES[world])


def _line():
    """The best plans known, the fewest bad evenings first."""
    return sorted(_found().line)


def _half_as_many():
    return max(one for one in _line() if one[0] <= HALF * _found().par[0])


def _rare():
    return max(one for one in _line() if 0 < one[0] <= RARE)


def _none_seen():
    return max((one for one in _line() if one[0] == 0), key=lambda one: one[1])


def plan_histories():
    """On how many histories the lab plays."""
    return str(len(frontier.HISTORIES))


def plan_opens_with():
    """What the split carries that the lab opens with, as a share of par."""
    return share(roadmaps.lab_bench().run(roadmaps.CASE).carried)


def plan_par_bad():
    """How many bad evenings par has."""
    return how_often(_found().par[0])


def plan_careful():
    """What the careful plan carries, as a share of par."""
    return share(_found().careful[1])


@functools.cache
def _on_each():
    """The careful plan's share of par on each history of the moment."""
    plans = roadmap.careful(roadmap.PLAIN), roadmap.par(roadmap.PLAIN)
    careful, par = (roadmap.many(roadmap.PLAIN, plan, MOMENT).scores for plan in plans)
    return careful / par


def plan_careful_least():
    """The least of these."""
    return share(float(_on_each().min()))


def plan_careful_most():
    """The most of these."""
    return share(float(_on_each().max()))


def plan_half_as_many():
    """How often the plan has a bad evening that has fewer than half as many as par."""
    return how_often(_half_as_many()[0])


def plan_half_as_many_costs():
    """What it gives up of par."""
    return share(1 - _half_as_many()[1])


def plan_rare():
    """How often the plan has a bad evening that has hardly any."""
    return how_often(_rare()[0])


def plan_rare_carries():
    """What it carries of par."""
    return share(_rare()[1])


def plan_none_seen_carries():
    """What the best plan carries that had none on all histories, though one is possible."""
    return share(_none_seen()[1])


def plan_last_step():
    """What the step costs from hardly any to none possible, of par."""
    return share(_rare()[1] - _found().careful[1])


def _spent(plan, line, quarters):
    """Parts on a line of the budget, on average over these quarters (from 0) and all histories."""
    spend = roadmap.many(roadmap.PLAIN, plan, frontier.HISTORIES).spend
    return float(getattr(spend, line)[:, quarters].mean())


def plan_careful_capacity():
    """Parts of ten that the careful plan spends on capacity in the second year."""
    return f"{_spent(roadmap.careful(roadmap.PLAIN), 'capacity', slice(4, 8)):.1f}"


def plan_par_first_features():
    """Parts of ten that par spends on features in the first quarter."""
    return WORDS[round(_spent(roadmap.par(roadmap.PLAIN), "features", slice(0, 1)))]


def plan_par_capacity():
    """Parts of ten that par spends on capacity in the second year."""
    return f"{_spent(roadmap.par(roadmap.PLAIN), 'capacity', slice(4, 8)):.1f}"


@functools.cache
def _known():
    """What the best plan without a bad evening carries of the best plan, when luck is known beforehand."""
    company, found = roadmap.PLAIN, []
    for seed in MOMENT:
        plans = (roadmap.best(company, price, known=seed) for price in (roadmap.NEVER, 0.0))
        without, best = (roadmap.total(roadmap.play(company, plan, seed)) for plan in plans)
        found.append(without / best)
    return np.array(found)


def plan_known_least():
    """The least of these."""
    return share(float(_known().min()))


def plan_known_most():
    """The most of these."""
    return share(float(_known().max()))


def plan_histories_of_the_moment():
    """On how many histories that was tried."""
    return str(len(MOMENT))


def plan_best_split_features():
    """Parts of features in the best split that stays the same."""
    return WORDS[_found().best_split.features]


def plan_best_split_carries():
    """What it carries of par."""
    return share(_found().others[_found().best_split][1])


def plan_nine_features():
    """What a company loses that spends nine parts on features, in people."""
    found = roadmap.many(roadmap.PLAIN, roadmap.always(9, 1, 0, 0, 0), frontier.HISTORIES)
    return people(-float(found.scores.mean()))


def plan_free_careful():
    """What the careful plan carries of par where capacity is nearly free."""
    return share(_found("capacity nearly free").careful[1])


def _otherwise(world):
    return frontier.compared(roadmap.company(OTHERWISE[world])).careful[1]


def plan_only_weather():
    """What the careful plan carries of par where only the weather differs from quarter to quarter."""
    return share(_otherwise("only weather"))


def plan_otherwise_least():
    """The least that it carries where one thing is otherwise: spikes, hidden faults or growth."""
    return share(min(map(_otherwise, OTHERWISE.keys() - {"only weather"})))


def plan_otherwise_most():
    """The most that it carries there."""
    return share(max(map(_otherwise, OTHERWISE.keys() - {"only weather"})))


def plan_dear_par_bad():
    """How often par has a bad evening where a failure is never forgiven."""
    return how_often(_found("never forgiven").par[0])


def _of_ten(company):
    return f"{10 * roadmaps.share_of_features(company):.1f}"


def plan_par_features():
    """Parts of ten that par spends on features, on average over a roadmap."""
    return _of_ten(roadmap.PLAIN)


def plan_dear_par_features():
    """The same where a failure is never forgiven."""
    return _of_ten(roadmap.DEAR)


def plan_forgiven_par_features():
    """The same where it is forgiven."""
    return _of_ten(roadmap.FORGIVEN)


def plan_free_par_features():
    """The same where capacity is nearly free."""
    return _of_ten(roadmap.CHEAP)
