"""How a plan for a night is judged: the promise on unseen nights, its price against par, the idea behind a failure."""

from __future__ import annotations

import dataclasses

from loadbearing.checks.plans import money
from loadbearing.checks.reply import no, not_yet, yes
from loadbearing.checks.unit_08_plan import (
    FEW_PEOPLE,
    GAP,
    KNOWN_TO_MANY,
    MANY_PAGES,
    NEAR_PAR,
    Plan,
    as_it_was,
    by_formula,
    by_part,
    checked_plan,
    of_a_hundred,
    par,
    seven,
    tried,
)
from loadbearing.team import PARTS, names, of, who_knows
from loadbearing.units import share


def judge(answer):
    """Judge a plan: the promise on unseen nights, and its cost against par."""
    plan = checked_plan(answer)
    trial = tried(plan)
    if plan == as_it_was():
        return not_yet(f"That is the night as it was planned: {trial}, for {money(plan.cost)}.")
    return _kept(trial) if trial.holds else _broken(trial)


def _told(trial):
    return f"Your promise is {trial}, for {money(trial.plan.cost)}."


def _kept(trial):
    plan, best = trial.plan, par()
    if plan.cost <= NEAR_PAR * best.cost:
        return yes(
            f"{_told(trial)} The best plan known costs {money(best.cost)}. All seven and an empty drawer cost "
            f"{money(as_it_was().cost)}: {tried(as_it_was())}."
        )
    less = share(1 - best.cost / plan.cost)
    return no(
        "over-bought", f"{_told(trial)} The best plan known costs {less} less. {_fewer(plan)}"
    )


def _fewer(plan):
    """The cheapest single thing that the plan could do without, tried; or the least harmful one to leave out."""
    smaller = [
        dataclasses.replace(plan, on_call=plan.on_call.replace(letter, ""))
        for letter in plan.on_call
        if len(plan.on_call) > 1
    ]
    smaller += [
        dataclasses.replace(plan, pages=tuple(one for one in plan.pages if one != page))
        for page in plan.pages
    ]
    smaller += [dataclasses.replace(plan, teach=None)] if plan.teach else []
    smaller += [dataclasses.replace(plan, rehearsed=False)] if plan.rehearsed else []
    # By hand first: only the best of them is played.
    best = max(smaller, key=lambda one: (round(by_formula(one), 9), -one.cost))
    return f"Without one of its parts, {best}: {tried(best)}, for {money(best.cost)}."


def _broken(trial):
    plan = trial.plan
    worst = min(PARTS, key=lambda part: by_part(plan)[part][0])
    lost = f"When the {worst} fails, it is kept on {of_a_hundred(by_part(plan)[worst][0])}."
    known_well = [
        one for one in plan.pages if len(who_knows(of(plan.on_call), one)) > KNOWN_TO_MANY
    ]
    if plan.teach and plan.teach[1] != GAP and GAP not in plan.pages:
        return no(
            "a lesson in what is known", f"{_told(trial)} {lost} {_instead(plan, teach=True)}"
        )
    if len(plan.pages) >= MANY_PAGES and len(plan.on_call) <= FEW_PEOPLE:
        everybody = dataclasses.replace(plan, on_call=names(seven()))
        return no(
            "pages for everything",
            f"{_told(trial)} A page is no help with a new fault, and one in four is new. The same pages with all "
            f"seven on call: {tried(everybody)}. {_only_the_gap(plan)}",
        )
    if plan.rehearsed and GAP not in plan.pages:
        return no(
            "rehearsed, not known",
            f"{_told(trial)} {lost} A rehearsal halves the short steps, and nobody finds sooner. "
            f"{_instead(plan)}",
        )
    if known_well and GAP not in plan.pages:
        return no("a page for what all know", f"{_told(trial)} {lost} {_instead(plan)}")
    if GAP not in plan.pages and not plan.teach:
        hands = dataclasses.replace(plan, on_call=names(seven()))
        return no(
            "more hands",
            f"{_told(trial)} {lost} With all seven and all else as you have it: {tried(hands)}. {_instead(plan)}",
        )
    return no("too few", f"{_told(trial)} {lost} {_one_more(plan)}")


def _instead(plan, teach=False):
    """The same plan with its pages, lesson and rehearsal put where nobody knows anything."""
    if teach:
        other = dataclasses.replace(plan, teach=(plan.teach[0], GAP))
        return f"The same lesson about the {GAP}: {tried(other)}."
    other = Plan(plan.on_call, (GAP,))
    return f"The same people with one page for the {GAP} and nothing else: {tried(other)}, for {money(other.cost)}."


def _only_the_gap(plan):
    other = par()
    return f"The best plan known has {len(other.pages)} and {len(other.on_call)} people: {tried(other)}."


def _one_more(plan):
    """The plan with the one more person who helps most."""
    rest = [one.name for one in seven() if one.name not in plan.on_call]
    if not rest:
        return _instead(plan)
    more = [dataclasses.replace(plan, on_call=names(of(plan.on_call + one))) for one in rest]
    best = max(more, key=by_formula)
    new = next(one for one in best.on_call if one not in plan.on_call)
    return f"With {new} as well: {tried(best)}, for {money(best.cost)}."
