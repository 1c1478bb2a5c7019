"""Plans for an evening, judged: kept on evenings not seen, at a price near par; and the run of each wrong idea."""

from __future__ import annotations

from loadbearing import cases
from loadbearing.checks.plans import (
    BEFORE_S,
    NEAR_PAR,
    Plan,
    busiest_rate,
    checked_plan,
    expected_before,
    money,
    par_of,
    that_evening,
    tried,
)
from loadbearing.checks.reply import no, not_yet, yes
from loadbearing.units import duration, people, share

MUCH_DEAD_WORK = 0.2
HALF_AGAIN, QUARTER, FEWER = 1.5, 0.25, 0.8


def judge(case, answer):
    """Judge a plan for a case on the unseen evenings, against par."""
    plan = checked_plan(answer)
    own, trial = that_evening(case), tried(case, plan)
    if plan == own:
        return not_yet(
            f"This is the door as it was, {plan}: {trial}, for {money(plan.cost)}. Change it."
        )
    if trial.holds:
        return _kept(case, trial)
    if plan.queue_limit < own.queue_limit and plan.handlers == own.handlers:
        return _only_refusing(case, trial)
    if trial.dead >= MUCH_DEAD_WORK:
        return _much_dead_work(case, trial)
    return _too_few(case, trial)


def _kept(case, trial):
    plan, par = trial.plan, par_of(case)
    if plan.cost > NEAR_PAR * par.cost:
        return _over_bought(case, trial)
    own = that_evening(case)
    return yes(
        f"{_told(trial)} The best plan known costs {money(par.cost)}. The door as it was, {own}, costs "
        f"{money(own.cost)} and is {tried(case, own)}."
    )


def _over_bought(case, trial):
    """More handlers always help: at a price. The run: fewer of them."""
    plan, par = trial.plan, par_of(case)
    fewer = tried(case, Plan(round(plan.handlers * FEWER), plan.queue_limit))
    short = tried(case, Plan(fewer.plan.handlers, round(fewer.plan.queue_limit * QUARTER)))
    said = f"With a fifth fewer handlers and the same queue: {fewer}, for {money(fewer.plan.cost)}."
    if short.kept > fewer.kept:
        said += f" With a queue a quarter as long as well: {short}."
    less = share(1 - par.cost / plan.cost)
    return no("over-bought", f"{_told(trial)} But the best plan known costs {less} less. {said}")


def _only_refusing(case, trial):
    """Refusing early cures: where the queue is what ails. The run: that evening's door beside it."""
    own = tried(case, that_evening(case))
    more = tried(case, Plan(round(trial.plan.handlers * HALF_AGAIN), trial.plan.queue_limit))
    return no(
        "only refusing",
        f"{_told(trial)} The queue as it was {own}: here the shorter queue changes "
        f"{'little' if _alike(own, trial) else 'much, and not enough'}. With half as many handlers again behind "
        f"your queue: {more}.",
    )


def _much_dead_work(case, trial):
    """A long queue lets more people in, or more handlers always help. The runs: still more; and a short queue."""
    plan, own = trial.plan, that_evening(case)
    scenario = cases.get(case)
    lasts = plan.queue_limit * scenario.door.service.mean_s / plan.handlers
    short = tried(case, Plan(plan.handlers, round(plan.queue_limit * QUARTER)))
    why = (
        f"{share(trial.dead)} of the work was for people who had left: a full queue lasts {duration(lasts)}, a "
        f"client waits {duration(scenario.crowd.timeout_s)}. Your handlers with a queue a quarter as long: {short}."
    )
    if plan.queue_limit > own.queue_limit:
        shorter = tried(case, Plan(plan.handlers, own.queue_limit))
        return no(
            "longer queue",
            f"{_told(trial)} A longer queue lets nobody in sooner: with the queue as it was, {shorter}. {why}",
        )
    if plan.handlers > own.handlers:
        more = tried(case, Plan(round(plan.handlers * HALF_AGAIN), plan.queue_limit))
        verb = "is enough" if more.holds else "is still not enough"
        return no(
            "more handlers",
            f"{_told(trial)} Half as many handlers again, {more.plan.handlers:,}, {verb}: {more}, for "
            f"{money(more.plan.cost)}. {why}",
        )
    return no("queue outlasts patience", f"{_told(trial)} {why}")


def _too_few(case, trial):
    """The average is enough. The run: the same people spread evenly, which is the only evening it is true of."""
    plan = trial.plan
    rate = plan.handlers / cases.get(case).door.service.mean_s
    average = expected_before(case) / (BEFORE_S - cases.get(case).crowd.arrivals.first_s)
    half_again = tried(case, Plan(round(plan.handlers * HALF_AGAIN), plan.queue_limit))
    if rate >= average:
        even = tried(case, plan, spread_evenly=True)
        return no(
            "averages hide peaks",
            f"{_told(trial)} Your door lets in {people(rate)} a second and on average {people(average)} come: "
            f"spread evenly, the same people would see the promise {even}. But in the busiest minute "
            f"{people(busiest_rate(case))} come each second.",
        )
    return no(
        "too few",
        f"{_told(trial)} Your door lets in {people(rate)} a second; on average {people(average)} come. With half "
        f"as many handlers again: {half_again}.",
    )


def _told(trial):
    return f"Your plan, {trial.plan}, is {trial}, for {money(trial.plan.cost)}."


def _alike(one, other):
    return abs(one.kept - other.kept) <= 1
