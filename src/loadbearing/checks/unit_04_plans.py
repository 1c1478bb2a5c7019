"""A door for the evening of the ten bad seconds: planned before it, judged on evenings not seen, against par.

Nobody acts at 20:14: what was planned is all there is. Par was found by `authoring/par_04.py`, which tried them all
and wrote `par_04.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.plans import MOST, NEAR_PAR, PRACTICE, PRICE, UNSEEN, money
from loadbearing.checks.reply import AnswerError, no, not_yet, number, yes
from loadbearing.stress import Promise
from loadbearing.units import duration, people, share

CASE = "ten_bad_seconds"
ROOM = 0.04
WITHIN_S, BEFORE_S = 60.0, 1740
PROMISE = Promise(
    reading="service_level",
    args={"within_s": WITHIN_S, "until_s": BEFORE_S},
    at_least=0.9,
    evenings=0.9,
)
"""Whoever comes before 20:29 is in within a minute, ten bad seconds or not."""

PAR_FILE = pathlib.Path(__file__).with_name("par_04.json")
SHORT_QUEUE, SMALL_BUDGET = 500, 0.1
"""The queue limit and the budget with which a wrong idea is compared."""

MUCH_DEAD_WORK, FEWER, A_QUARTER_MORE = 0.2, 0.8, 1.25
TOO_MUCH_S = 120
"""An evening on which first attempts alone were too many for so long is one that no queue can mend."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """A door for one evening: `handlers`, the most requests that may wait, `queue_limit`, and perhaps a `retry_budget`.

    The budget is the most later attempts that are let in for each first one: 0.1 is a tenth, None is no budget. A
    blank (`...`) may stand for any of them; then the plan is not judged yet.
    """

    handlers: int
    queue_limit: int
    retry_budget: float | None = None

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return (
            any(value in (..., None) for value in (self.handlers, self.queue_limit))
            or self.retry_budget is ...
        )

    @property
    def cost(self):
        """What the plan costs for one evening, in dollars."""
        return self.handlers * PRICE.value

    def __str__(self):
        said = f"{self.handlers:,} handlers, at most {self.queue_limit:,} requests waiting"
        return (
            said
            if self.retry_budget is None
            else f"{said}, a retry budget of {self.retry_budget:g}"
        )


def own_door():
    """Return the plan of the evening as it was."""
    door = cases.get(CASE).door
    return Plan(door.handlers, door.queue_limit, door.retry_budget)


def checked_plan(answer):
    """Return the plan with its numbers checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(1000, 20000)."
        )
    found = {}
    for name, least in (("handlers", round(1 / ROOM)), ("queue_limit", 0)):
        value = number(getattr(answer, name), "1000")
        if value != int(value) or not least <= value <= MOST:
            raise AnswerError(
                f"The number of {name.replace('_', ' ')} is {getattr(answer, name)}; give a whole number "
                f"from {least} to {MOST:,}."
            )
        found[name] = int(value)
    budget = answer.retry_budget
    if budget is not None:
        budget = number(budget, "0.1")
        if not 0 <= budget <= 10:
            raise AnswerError(f"The retry budget is {budget:g}; give a part such as 0.1, or None.")
    return Plan(**found, retry_budget=budget)


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some evenings, each: share in within a minute, share of dead work, seconds of too many first ones."""

    plan: Plan
    in_time: tuple
    dead_work: tuple
    too_many_s: tuple

    @property
    def kept(self):
        """On how many evenings the promise was kept."""
        return sum(PROMISE.margin_of(one) >= 0 for one in self.in_time)

    @property
    def holds(self):
        """Whether that is enough of them."""
        return PROMISE.holds(self.kept, len(self.in_time))

    @property
    def dead(self):
        """The share of dead work on a middling evening."""
        return float(np.median(self.dead_work))

    @property
    def too_small(self):
        """On how many evenings first attempts alone were too many for minutes."""
        return sum(one >= TOO_MUCH_S for one in self.too_many_s)

    def __str__(self):
        return f"kept on {self.kept} of {len(self.in_time)} evenings"


@functools.lru_cache(maxsize=8192)
def evening(plan, seed):
    """Return (share in within a minute, share of dead work, seconds in which first attempts alone were too many)."""
    changes = {
        "door.handlers": plan.handlers,
        "door.queue_limit": plan.queue_limit,
        "door.retry_budget": plan.retry_budget,
    }
    scenario = cases.get(CASE).changed(changes).scaled(ROOM)
    run = simulate(scenario, seed, sample=0, progress=False)
    dead = readings.dead_work_share(run)
    too_many = readings.overload_s(run, of="first")
    return PROMISE.read(run), (0.0 if np.isnan(dead) else dead), float(too_many)


def tried(plan, seeds=UNSEEN):
    """Return the `Trial` of a plan on the evenings with these seeds."""
    return Trial(plan, *zip(*(evening(plan, seed) for seed in seeds), strict=True))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best known `Plan`, as the sweep found it."""
    return Plan(**sweep()["par"])


class Rehearsal:
    """A plan on the practice evenings, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan.blank:
            return "Fill in the handlers and the queue limit, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        trial, within = tried(plan, PRACTICE), duration(WITHIN_S)
        lines = [f"{plan}: {money(plan.cost)}."]
        for seed, in_time, dead in zip(PRACTICE, trial.in_time, trial.dead_work, strict=True):
            lines.append(
                f"Practice evening {seed}: {share(in_time)} in within {within}; "
                f"{share(dead)} of the work was dead."
            )
        return "\n".join(lines)


def rehearse(plan):
    """Return what a plan does on a few practice evenings; the check uses others."""
    if not isinstance(plan, Plan):
        raise AnswerError(f"The plan is {plan!r}; write Plan(handlers, queue_limit).")
    return Rehearsal(plan)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a plan on the unseen evenings, against par."""
    plan = checked_plan(answer)
    own, trial = own_door(), tried(plan)
    if plan == own:
        return not_yet(
            f"This is the door as it was: {plan}. Its promise is {trial}, for {money(plan.cost)}. "
            "Change it."
        )
    if trial.holds:
        return _kept(trial)
    if plan.queue_limit > own.queue_limit:
        return _longer_queue(trial)
    if plan.retry_budget is not None and plan.retry_budget > SMALL_BUDGET and _dead(trial):
        return _generous_budget(trial)
    if _dead(trial):
        return _outlasts(trial)
    return _too_few(trial)


def _dead(trial):
    """Whether the flood breaks the promise: on the evenings on which it broke, most of them wasted much work."""
    broken = [
        dead
        for in_time, dead in zip(trial.in_time, trial.dead_work, strict=True)
        if PROMISE.margin_of(in_time) < 0
    ]
    return float(np.median(broken)) >= MUCH_DEAD_WORK


def _told(trial):
    return f"Your promise is {trial}, for {money(trial.plan.cost)}."


def _kept(trial):
    plan, best, own = trial.plan, par(), own_door()
    if plan.cost <= NEAR_PAR * best.cost:
        return yes(
            f"{_told(trial)} The best plan known costs {money(best.cost)}. The door as it was costs "
            f"{money(own.cost)}; its promise is {tried(own)}."
        )
    fewer = tried(dataclasses.replace(plan, handlers=round(plan.handlers * FEWER)))
    said = f"A fifth fewer handlers, all else as you have it: {fewer}."
    if plan.queue_limit > SHORT_QUEUE:
        short = tried(Plan(fewer.plan.handlers, SHORT_QUEUE))
        said += f" Those, and a queue of at most {SHORT_QUEUE}: {short}."
    less = share(1 - best.cost / plan.cost)
    return no("over-bought", f"{_told(trial)} But the best plan known costs {less} less. {said}")


def _longer_queue(trial):
    """Nobody should be turned away. The runs: the queue as it was, and a short one."""
    same = tried(dataclasses.replace(trial.plan, queue_limit=own_door().queue_limit))
    short = tried(dataclasses.replace(trial.plan, queue_limit=SHORT_QUEUE))
    return no(
        "longer queue",
        f"{_told(trial)} A longer queue turns fewer away and lets fewer in. The same handlers with the queue as "
        f"it was: {same}. With at most {SHORT_QUEUE} waiting: {short}.",
    )


def _generous_budget(trial):
    """A budget is a budget. The run: a tenth."""
    small = tried(dataclasses.replace(trial.plan, retry_budget=SMALL_BUDGET))
    return no(
        "generous budget",
        f"{_told(trial)} Your budget lets in {share(min(1.0, trial.plan.retry_budget))} as many later attempts as "
        f"first ones, more than the door has to spare. With a budget of {SMALL_BUDGET:g}: {small}.",
    )


def _outlasts(trial):
    """The queue outlasts a client's wait. The runs: the same handlers, a short queue; and still more of them."""
    plan, scenario = trial.plan, cases.get(CASE)
    lasts = plan.queue_limit * scenario.door.service.mean_s / plan.handlers
    short = tried(dataclasses.replace(plan, queue_limit=SHORT_QUEUE))
    why = (
        f"A full queue lasts {duration(lasts)}, a client waits {duration(scenario.crowd.timeout_s)}. On an evening "
        f"like that the door works for nobody. Your handlers with at most {SHORT_QUEUE} waiting: {short}."
    )
    if plan.handlers <= own_door().handlers:
        return no("queue outlasts the wait", f"{_told(trial)} {why}")
    more = tried(dataclasses.replace(plan, handlers=round(plan.handlers * A_QUARTER_MORE)))
    return no(
        "more handlers",
        f"{_told(trial)} With a quarter more handlers still: {more}, for {money(more.plan.cost)}. {why}",
    )


def _too_few(trial):
    """The average is enough. The evenings on which first attempts alone are too many; and a quarter more handlers."""
    more = tried(
        dataclasses.replace(trial.plan, handlers=round(trial.plan.handlers * A_QUARTER_MORE))
    )
    crowd = cases.get(CASE).crowd
    rate = crowd.listeners / (crowd.arrivals.until_s - crowd.arrivals.from_s)
    can = trial.plan.handlers / cases.get(CASE).door.service.mean_s
    return no(
        "too few",
        f"{_told(trial)} Your door lets in {people(can)} a second, and on average {people(rate)} come. But on "
        f"{trial.too_small} of {len(trial.in_time)} evenings first attempts alone were too many for minutes. With "
        f"a quarter more handlers: {more}.",
    )
