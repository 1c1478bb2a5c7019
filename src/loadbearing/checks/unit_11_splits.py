"""A roadmap in two splits of the budget, judged on histories that nobody has seen, against par and a promise.

`authoring/par_11.py` tried every pair of splits with every quarter to change them, and wrote `par_11.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
import textwrap

from loadbearing import roadmap
from loadbearing.checks.plans import PRACTICE
from loadbearing.checks.reply import BLANKS, AnswerError, no, number, yes
from loadbearing.parts import ScenarioError
from loadbearing.units import people, share

PAR_FILE = pathlib.Path(__file__).with_name("par_11.json")
UNSEEN = range(501, 701)
"""Histories by seed on which a plan is judged: two hundred, for luck differs more between roadmaps than evenings do."""

PROMISE = 0.5
"""Bad evenings that a roadmap may have on average: at most one in two roadmaps."""

NEAR, FITTED = 0.9, 0.95
"""How near par a plan must come; how near the best there is on the practice histories one is that fits their luck."""

WIDE = 96
"""Characters that a line of the practice may have: more would break in the middle of a word."""


def Spend(features=..., capacity=..., rehearsal=0, people=0, details=0):
    """Return ten parts of a quarter: what goes to features, capacity, rehearsal, people and details."""
    return roadmap.Spend(features, capacity, rehearsal, people, details)


@dataclasses.dataclass(frozen=True)
class Plan:
    """Two splits of the ten parts: `first` in the quarters before `from_quarter`, `then` from it on."""

    first: object = ...
    then: object = ...
    from_quarter: object = ...

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        values = [self.first, self.then, self.from_quarter]
        for one in (self.first, self.then):
            values += list(one) if isinstance(one, tuple) else []
        return any(value in (..., None) for value in values if not isinstance(value, tuple))

    def __str__(self):
        if self.first == self.then:
            return f"{parts(self.first)} in every quarter"
        return f"{parts(self.first)}; from quarter {self.from_quarter} on {parts(self.then)}"


def carried(score):
    """Return how much a roadmap carried, in words; it may be below nothing."""
    return f"{'minus ' if score < 0 else ''}{people(abs(score))} carried"


def parts(spend):
    """Return a split in words: what gets nothing is left out."""
    named = [f"{name} {one}" for name, one in zip(spend._fields, spend, strict=True) if one]
    return ", ".join(named)


def checked_plan(answer):
    """Return the plan with its parts checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as "
            "Plan(first=Spend(features=1, capacity=9), then=Spend(features=0, capacity=10), from_quarter=7)."
        )
    splits = []
    for name in ("first", "then"):
        one = getattr(answer, name)
        if not isinstance(one, tuple) or len(one) != len(roadmap.Spend._fields):
            raise AnswerError(
                f"{name} is {type(one).__name__!r}; write Spend(features=1, capacity=9)."
            )
        try:
            splits.append(roadmap.checked(roadmap.PLAIN, one))
        except ScenarioError as slip:
            raise AnswerError(f"In {name}: {slip}") from None
    last = int(roadmap.PLAIN.quarters)
    quarter = number(answer.from_quarter, "5")
    if quarter != int(quarter) or not 2 <= quarter <= last:
        raise AnswerError(f"from_quarter is {quarter:g}; give a whole number from 2 to {last}.")
    return Plan(*splits, int(quarter))


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some histories: its score and its bad evenings, on average."""

    plan: Plan
    score: float
    bad: float

    @property
    def keeps(self):
        """Whether it keeps the promise."""
        return self.bad <= PROMISE

    def __str__(self):
        return f"{carried(self.score)}, {self.bad:.2f} bad evenings a roadmap"


def spent(plan):
    """Return the plan as the model plays it."""
    quarters = range(1, 1 + int(roadmap.PLAIN.quarters))
    return roadmap.in_turn([plan.first if q < plan.from_quarter else plan.then for q in quarters])


@functools.lru_cache(maxsize=4096)
def tried(plan, seeds=UNSEEN):
    """Return the `Trial` of a plan on the histories of these seeds."""
    played = roadmap.many(roadmap.PLAIN, spent(plan), seeds)
    return Trial(plan, float(played.scores.mean()), float(played.bad.mean()))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def plan_of(held):
    """Return a plan of the file as a `Plan`."""
    return Plan(roadmap.Spend(*held["first"]), roadmap.Spend(*held["then"]), held["from_quarter"])


def par():
    """Return the best known `Plan` that keeps the promise, as the sweep found it."""
    return plan_of(sweep()["par"])


# --- practice ------------------------------------------------------------------------------------


class Practice:
    """A plan on the practice histories, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan in BLANKS or getattr(self.plan, "blank", False):
            return "Fill in your plan, both splits and the quarter, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        lines = textwrap.wrap(f"Your plan: {plan}.", WIDE, subsequent_indent="    ")
        for seed in PRACTICE:
            rows = roadmap.play(roadmap.PLAIN, spent(plan), seed)
            shares = " ".join(f"{share(one.share):>6}" for one in rows)
            lines += [
                f"History {seed}: {carried(roadmap.total(rows))}, bad evenings: {roadmap.bad(rows)}.",
                f"    In within five minutes, Q1 to Q8: {shares}",
                f"    Came: {people(rows[0].came)} to the first event, {people(rows[-1].came)} to the last.",
            ]
        return "\n".join(lines)


def rehearse(plan):
    """Return what a plan comes to on three practice histories; the check uses others."""
    return Practice(plan)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge two splits on the unseen histories, against the promise and par."""
    plan = checked_plan(answer)
    trial, best = tried(plan), sweep()["par"]["score"]
    told = f"Your plan: {trial}."
    if trial.keeps and trial.score >= NEAR * best:
        return yes(
            f"{told} The best plan known that keeps the promise: {tried(par())} ({par()}). Whoever spends the same all "
            f"along reaches {share(sweep()['same_all_along']['score'] / best)} of it."
        )
    if not trial.keeps:
        return _too_many_bad(plan, trial, told)
    if trial.bad <= sweep()["hardly_any"]:
        return _too_careful(plan, trial, told)
    if plan.first == plan.then:
        return _same_all_along(plan, trial, told)
    if all(plan.first) or all(plan.then):
        return _a_little(plan, trial, told)
    return _other(plan, trial, told)


def _better(plan, **changes):
    """Return what the plan with this change comes to, if it keeps the promise and carries more; else what par does.

    Par's own splits are not said: they are for the student to find.
    """
    other = tried(dataclasses.replace(plan, **changes))
    if other.keeps and other.score > 1.02 * tried(plan).score:
        return f"With {other.plan}: {other}."
    return f"The best plan known that keeps the promise: {tried(par())}."


def _too_many_bad(plan, trial, told):
    """Growth first. The runs: a third split towards capacity at the end; or, on practice only, the same on others."""
    broken = f"{told} The promise is at most {PROMISE:g}."
    seen = tried(plan, PRACTICE)
    if seen.keeps and seen.score >= FITTED * sweep()["best_on_practice"]["on_practice"]:
        return no(
            "best on what was seen",
            f"{broken} On the three practice histories: {seen}. It fits their luck, and nobody has that luck again.",
        )
    late = min(plan.from_quarter, par().from_quarter)
    instead = _better(plan, then=par().then, from_quarter=late)
    if plan.then.features >= plan.then.capacity:
        return no(
            "growth outruns the door",
            f"{broken} Each crowd that is turned away takes half of those people from the next. {instead}",
        )
    if not any(plan.first[2:] + plan.then[2:]):
        return no(
            "capacity alone",
            f"{broken} You rent many handlers, and nobody looks at settings, rehearses or is on call. {instead}",
        )
    return no("too many bad evenings", f"{broken} {instead}")


def _too_careful(plan, trial, told):
    """No bad evening at any price. The run: the best plan with at most one bad evening in three roadmaps."""
    other = tried(plan_of(sweep()["one_in_three"]))
    return no(
        "no bad evening at any price",
        f"{told} You are ready for nearly everything, and few want to come: {people(_last_crowd(plan))} at the last "
        f"event. Another plan: {other}, and {people(_last_crowd(other.plan))} at the last event.",
    )


def _last_crowd(plan):
    return float(roadmap.many(roadmap.PLAIN, spent(plan), UNSEEN).outcome.came[:, -1].mean())


def _same_all_along(plan, trial, told):
    """The same split for a small crowd and a large one. The run: par's first, the same then; or par."""
    return no(
        "the same all along",
        f"{told} The crowd of the last event is many times that of the first, and your door is the same. "
        f"{_better(plan, first=par().first, from_quarter=par().from_quarter)}",
    )


def _a_little(plan, trial, told):
    """Something for everything. The run: par's first, the same then; or par."""
    return no(
        "everything a little",
        f"{told} A part that is spent on care is not spent on being wanted or on the door. "
        f"{_better(plan, first=par().first)}",
    )


def _other(plan, trial, told):
    return no("other", f"{told} {_better(plan, then=par().then)}")
