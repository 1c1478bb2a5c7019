"""A calendar of rehearsals and the headroom to buy, judged on companies and evenings not seen, against par.

Whoever buys knows only what the calendar found. `authoring/par_09.py` tried them all and wrote `par_09.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import pathlib

import numpy as np

from loadbearing import cases
from loadbearing.checks import unit_09_doors as doors
from loadbearing.checks.plans import NEAR_PAR, PRACTICE, PRICE, money
from loadbearing.checks.reply import BLANKS, AnswerError, no, number, yes
from loadbearing.units import people

PAR_FILE = pathlib.Path(__file__).with_name("par_09.json")
UNSEEN = range(501, 561)
"""Companies by seed on which a plan is judged: sixty, for their doors differ more than weather does."""

TOTAL = cases.Input(40.0, "assumption", "dollars for one scheduled total: an afternoon's machines")
RENTED = cases.Input(
    0.2, "assumption", "dollars for each person a second that a ramp is booked for, used or not"
)
EARLY = cases.Input(50.0, "assumption", "dollars for an early opening: a list, a text, an hour")
LATE = cases.Input(
    0.1,
    "assumption",
    "dollars for each person who is not in within a minute, early or on the evening",
)
BUDGET = cases.Input(300.0, "assumption", "dollars that tests may cost before the evening")

MUCH_HARM, ENOUGH_MET = 0.1, 0.5
"""Harm of an early opening that counts, as a part of all costs; how many companies' limits a calendar should meet."""

LIMITS = {
    "totals": (0, 20, "1"),
    "opened": (0, 200_000, "5000"),
    "ramp_to": (0, 5_000, "200"),
    "headroom": (-90, 1_000, "10"),
}
"""Least and most of each number of a plan, and an example."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is rehearsed, and what is bought then.

    `totals`: scheduled tests of the evening's total over an hour. `opened`: real people invited at once some days
    before. `ramp_to`: people a second to which a ramp of made-up people climbs; it stops by itself at the door's limit.
    `headroom`: per cent of handlers bought beyond what the rehearsals say. A blank (`...`) is not judged yet.
    """

    totals: int = 0
    opened: int = 0
    ramp_to: int = 0
    headroom: float = 0

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(getattr(self, name) in (..., None) for name in LIMITS)

    @property
    def rehearses(self):
        """Whether anything is rehearsed at all."""
        return bool(self.totals or self.opened or self.ramp_to)

    @property
    def tests_cost(self):
        """What the tests cost in dollars, without the people who are late in them."""
        early = EARLY.value if self.opened else 0.0
        return self.totals * TOTAL.value + self.ramp_to * RENTED.value + early

    def __str__(self):
        said = []
        if self.totals:
            said.append("one total" if self.totals == 1 else f"{self.totals} totals")
        if self.opened:
            said.append(f"an early opening for {people(self.opened)}")
        if self.ramp_to:
            said.append(f"a ramp to {people(self.ramp_to)} a second")
        tests = " and ".join(said) or "no rehearsal"
        return f"{tests}, headroom {self.headroom:g} %"


def checked_plan(answer):
    """Return the plan with its numbers checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(totals=1, headroom=10)."
        )
    found = {}
    for name, (least, most, such_as) in LIMITS.items():
        value = number(getattr(answer, name), such_as)
        if not least <= value <= most or (name != "headroom" and value != int(value)):
            kind = "number" if name == "headroom" else "whole number"
            raise AnswerError(f"{name} is {value:g}; give a {kind} from {least} to {most:,}.")
        found[name] = value if name == "headroom" else int(value)
    return Plan(**found)


@dataclasses.dataclass(frozen=True)
class Evening:
    """What a plan comes to with one company: what was found, bought, and what it cost in dollars.

    `limit`: whether a rehearsal met the door's limit. `a_second`: joins a second that the door was taken to do.
    `handlers`: bought. `harmed`: late people of the early opening. `late`: late people of the evening.
    """

    limit: bool
    a_second: float
    handlers: int
    harmed: float
    late: float
    tests: float

    @property
    def bought(self):
        """What the handlers cost."""
        return self.handlers * PRICE.value

    @property
    def cost(self):
        """All of it."""
        return self.tests + self.bought + LATE.value * (self.harmed + self.late)


def found_by(plan, seed):
    """Return what each rehearsal of a plan finds at the door of this company, a `Finding` each."""
    slower, findings = doors.slower_when_full(seed), []
    if plan.totals:
        findings.append(doors.total(slower))
    if plan.opened:
        findings.append(doors.opening(plan.opened, slower, doors.day_before(seed)))
    if plan.ramp_to:
        findings.append(doors.ramp(plan.ramp_to, slower, seed))
    return findings


def taken_for(findings):
    """Return (whether the limit was met, joins a second) that a buyer takes the door for.

    Where the limit was met, what was counted there; else what the fastest test says of the time of a join; with no
    test at all, what the maker's sheet says of it.
    """
    met = [one for one in findings if one.limit]
    if met:
        return True, float(np.mean([one.a_second for one in met]))
    if findings:
        return False, max(findings, key=lambda one: one.reached).a_second
    return False, doors.at_full(0.0)


@functools.lru_cache(maxsize=8192)
def evening(plan, seed):
    """Return the `Evening` of a plan with the company of this seed."""
    findings = found_by(plan, seed)
    limit, a_second = taken_for(findings)
    needed = doors.busiest_rate() / a_second * (1 + plan.headroom / 100)
    handlers = max(round(1 / doors.ROOM), math.ceil(needed * doors.own_handlers()))
    run = doors.evening(handlers, doors.slower_when_full(seed), seed=seed)
    harmed = sum(one.late for one in findings)
    return Evening(limit, a_second, handlers, harmed, doors.late(run), plan.tests_cost)


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan with some companies."""

    plan: Plan
    evenings: tuple

    @property
    def cost(self):
        """Dollars, on average."""
        return float(np.mean([one.cost for one in self.evenings]))

    @property
    def met(self):
        """With how many of them a rehearsal met the door's limit."""
        return sum(one.limit for one in self.evenings)

    @property
    def late(self):
        """People late on the evening, on average."""
        return float(np.mean([one.late for one in self.evenings]))

    @property
    def harmed(self):
        """People late in the early opening, on average."""
        return float(np.mean([one.harmed for one in self.evenings]))

    @property
    def handlers(self):
        """Handlers bought, on average."""
        return float(np.mean([one.handlers for one in self.evenings]))

    def __str__(self):
        return f"{money(self.cost)} an evening, {people(self.late)} people late"


def tried(plan, seeds=UNSEEN):
    """Return the `Trial` of a plan with the companies of these seeds."""
    return Trial(plan, tuple(evening(plan, seed) for seed in seeds))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best known `Plan`, as the sweep found it."""
    return Plan(**sweep()["par"])


# --- practice ------------------------------------------------------------------------------------


class Practice:
    """A plan with the practice companies, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan in BLANKS or getattr(self.plan, "blank", False):
            return "Fill in your plan, all four numbers of it, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        lines = [f"Your plan: {plan}.", f"Its tests cost {money(plan.tests_cost)}."]
        for seed, one in zip(PRACTICE, tried(plan, PRACTICE).evenings, strict=True):
            found = "met the limit" if one.limit else "never met the limit"
            lines += [
                f"Company {seed}: the rehearsals {found}. Its door is taken for {people(one.a_second)} a second.",
                f"    You buy {people(one.handlers)} handlers. Late that evening: {people(one.late)}."
                + (f" Late before: {people(one.harmed)}." if plan.opened else ""),
                f"    All together {money(one.cost)}.",
            ]
        return "\n".join(lines)


def rehearse(plan):
    """Return what a plan comes to with three practice companies; the check uses others."""
    return Practice(plan)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a calendar and its headroom on the unseen companies, against par."""
    plan = checked_plan(answer)
    trial, best = tried(plan), sweep()["cost"]
    told = f"Your plan: {trial}."
    if plan.tests_cost > BUDGET.value:
        return _over_budget(trial)
    if trial.cost <= NEAR_PAR * best:
        return yes(
            f"{told} The best plan known, {par()}, costs {money(best)}. With no rehearsal the best is "
            f"{money(sweep()['best_of_each']['no rehearsal']['cost'])}, whatever the headroom."
        )
    if not plan.rehearses:
        return _no_rehearsal(trial, told)
    if not (plan.opened or plan.ramp_to):
        return _only_totals(trial, told)
    if plan.opened and trial.harmed * LATE.value > MUCH_HARM * trial.cost:
        return _in_front_of_everyone(trial, told)
    if trial.met < ENOUGH_MET * len(UNSEEN):
        return _never_met(trial, told)
    alone = tried(Plan(ramp_to=plan.ramp_to, headroom=plan.headroom))
    if alone.cost <= NEAR_PAR * best:
        return no(
            "more tests",
            f"{told} One rehearsal that meets the limit is enough. With {alone.plan} alone: {alone}.",
        )
    return _wrong_headroom(trial, told)


def _with(plan, **changes):
    return tried(dataclasses.replace(plan, **changes))


def _over_budget(trial):
    """More tests are safer. The run: one ramp alone."""
    plan = trial.plan
    ramp = tried(Plan(ramp_to=par().ramp_to, headroom=plan.headroom))
    return no(
        "over the budget",
        f"Your tests cost {money(plan.tests_cost)}; the budget is {money(BUDGET.value)}. With yours: {trial}. "
        f"With {ramp.plan} alone: {ramp}, and {money(ramp.plan.tests_cost)} of that for tests.",
    )


def _no_rehearsal(trial, told):
    """The maker's sheet and a margin. The run: a ramp."""
    ramp = tried(par())
    return no(
        "no rehearsal",
        f"{told} You believe the maker's sheet: one join a second for each handler. A full door does "
        f"{_rates()} a second, as the company has it. With {ramp.plan}: {ramp}.",
    )


def _rates():
    rates = sorted(doors.at_full(doors.slower_when_full(seed)) for seed in UNSEEN)
    return f"{people(round(rates[0], -1))} to {people(round(rates[-1], -1))}"


def _only_totals(trial, told):
    """They all passed. The run: the same money for a ramp."""
    plan = trial.plan
    to = min(par().ramp_to, int(plan.totals * TOTAL.value / RENTED.value))
    ramp = tried(Plan(ramp_to=to, headroom=par().headroom))
    rate = cases.get(doors.CASE).crowd.listeners / doors.TOTAL_S
    return no(
        "a pass is no number",
        f"{told} Every total passed, with every company: it brings {people(rate)} a second, and the evening brings "
        f"{people(doors.busiest_rate())}. With {ramp.plan}, for {money(ramp.plan.tests_cost)}: {ramp}.",
    )


def _in_front_of_everyone(trial, told):
    """Learn from real people. The run: a ramp with the same headroom."""
    ramp = tried(Plan(ramp_to=par().ramp_to, headroom=trial.plan.headroom))
    return no(
        "in front of everyone",
        f"{told} In your early opening {people(trial.harmed)} real people are late, and nobody can stop it. A ramp of "
        f"made-up people harms nobody. With {ramp.plan}: {ramp}.",
    )


def _never_met(trial, told):
    """A rehearsal that stops below the limit. The run: higher, with the same headroom."""
    ramp = tried(Plan(ramp_to=par().ramp_to, headroom=trial.plan.headroom))
    return no(
        "never met the limit",
        f"{told} With {trial.met} of {len(UNSEEN)} companies your rehearsals met what the door can do. With the others "
        f"you only know that it can do that much, and buy by the time a join took there. With {ramp.plan}: {ramp}.",
    )


def _wrong_headroom(trial, told):
    """What was measured is taken for what will be, or doubled. The run: par's headroom."""
    plan, best = trial.plan, par()
    other = _with(plan, headroom=best.headroom)
    if plan.headroom < best.headroom:
        return no(
            "average weather",
            f"{told} You know the door, and buy for the expected evening. On some more people come, or joins take "
            f"longer: {people(max(one.late for one in trial.evenings))} are late on the worst. With headroom "
            f"{best.headroom:g} %: {other}.",
        )
    if plan.headroom > best.headroom:
        return no(
            "over-bought",
            f"{told} Your {people(trial.handlers)} handlers cost {money(trial.handlers * PRICE.value)}. With headroom "
            f"{best.headroom:g} %: {other}.",
        )
    ramp = tried(best)
    return no("other", f"{told} With {ramp.plan}: {ramp}.")
