"""A season to plan: own, hire or both, judged on companies not seen, with a budget and a promise, against par.

`authoring/par_10.py` tried some two thousand plans and wrote `par_10.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
import textwrap

from loadbearing import contract
from loadbearing.cases import contracts
from loadbearing.checks.plans import money
from loadbearing.checks.reply import BLANKS, AnswerError, no, number, yes
from loadbearing.parts import ScenarioError
from loadbearing.units import people, share

PAR_FILE = pathlib.Path(__file__).with_name("par_10.json")
BUDGET, KEPT, SURE = contracts.BUDGET, contracts.KEPT, contracts.SURE
COMPANIES, OTHERS, TO_PRACTISE = 60, 240, 3
WIDE = 96
"""Characters that a line of the practice may have: more would break in the middle of a word."""
NEAR_PAR = 1.03
"""How many times par's cost is near it: wrong ideas here cost from four in a hundred upward."""

LIMITS = {
    "own_from": (0, 12, "2"),
    "suppliers": (0, 3, "1"),
    "limit": (0, 1_000_000, "120000"),
    "reserved": (False, True, "False"),
    "logs": (False, True, "True"),
    "stays": (0, 12, "1"),
}
"""Least and most of each field of a plan, and an example."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """Who serves which event of the season; a blank (`...`) is not judged yet.

    `own_from`: the event from which an own door stands, 1 is the first, 0 never. `suppliers`: how many are hired.
    `limit`: people each is hired for at the first event. `reserved`: the limit is kept for you alone. `logs`: they are
    in the contract. `stays`: for how many events the suppliers stay beside the own door.
    """

    own_from: int = 0
    suppliers: int = 0
    limit: float = 0
    reserved: bool = False
    logs: bool = False
    stays: int = 0

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(getattr(self, name) in (..., None) for name in LIMITS)

    def terms(self):
        """Return it as the room of contracts takes it."""
        return contract.Plan(**dataclasses.asdict(self))

    def __str__(self):
        said = []
        if self.suppliers:
            hired = "one supplier" if self.suppliers == 1 else f"{self.suppliers} suppliers"
            clauses = " and ".join(
                name
                for name, has in (("logs", self.logs), ("a reserved limit", self.reserved))
                if has
            )
            said.append(
                f"{hired} for {people(self.limit)}" + (f" with {clauses}" if clauses else "")
            )
        if self.own_from:
            said.append(f"an own door from event {self.own_from}")
        if self.own_from and self.suppliers:
            said.append("no reserve" if not self.stays else f"a reserve for {self.stays} events")
        return ", ".join(said) or "nobody"


def checked_plan(answer):
    """Return the plan with its fields checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(own_from=1, suppliers=0)."
        )
    found = {}
    for name, (least, most, such_as) in LIMITS.items():
        given = getattr(answer, name)
        if isinstance(least, bool):
            if not isinstance(given, bool):
                raise AnswerError(f"{name} is {given!r}; write True or False.")
            found[name] = given
            continue
        value = number(given, such_as)
        if not least <= value <= most or value != int(value):
            raise AnswerError(f"{name} is {value:g}; give a whole number from {least} to {most:,}.")
        found[name] = int(value)
    plan = Plan(**found)
    try:
        plan.terms()
    except ScenarioError as slip:
        raise AnswerError(str(slip).replace("Plan.", "")) from None
    return plan


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan with some companies: dollars on average, and the share of companies that kept the promise."""

    plan: Plan
    season: contract.Season

    @property
    def cost(self):
        """Dollars of a season, people lost counted."""
        return float(self.season.cost.mean())

    @property
    def bills(self):
        """Dollars paid in a season."""
        return float(self.season.bills.mean())

    @property
    def sure(self):
        """The share of companies with so many let in as was promised."""
        return float((self.season.kept >= KEPT.value).mean())

    @property
    def lost(self):
        """Of all who wanted in, the share that was not served."""
        return float(1 - self.season.served.sum() / self.season.wanted.sum())

    @property
    def good(self):
        """Whether it keeps promise and budget."""
        return self.bills <= BUDGET.value and self.sure >= SURE.value

    def __str__(self):
        return f"{money(self.cost)} a season, {money(self.bills)} of that are bills"


@functools.lru_cache(maxsize=4096)
def tried(plan, seed=contracts.UNSEEN, companies=COMPANIES):
    """Return the `Trial` of a plan with so many companies of this seed; those not seen, unless said otherwise."""
    return Trial(plan, contract.season(plan.terms(), contract.world(), seed, companies))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best known `Plan`, as the sweep found it."""
    return Plan(**sweep()["par"])


# --- practice ------------------------------------------------------------------------------------


class Practice:
    """A plan with the companies to practise on, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan in BLANKS or getattr(self.plan, "blank", False):
            return "Fill in your plan, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        seen = tried(plan, contracts.PRACTICE, TO_PRACTISE).season
        lines = textwrap.wrap(f"Your plan: {plan}.", WIDE, subsequent_indent="    ")
        for at in range(TO_PRACTISE):
            known = int(seen.known[at])
            cause = f"after event {known}" if known <= seen.world.events else "never"
            lines += [
                f"Company {at + 1}: about {people(seen.wanted[at].mean())} want in at each event. "
                f"The cause of its fault is known {cause}.",
                f"    Served: {share(seen.kept[at])} of all who wanted in. Bills: {money(seen.bills[at])}.",
                f"    With the people lost, the season costs {money(seen.cost[at])}.",
            ]
        return "\n".join(lines)


def rehearse(plan):
    """Return what a plan comes to with three practice companies; the check uses others."""
    return Practice(plan)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a plan for the season on the unseen companies, against par."""
    plan = checked_plan(answer)
    trial, best = tried(plan), sweep()["cost"]
    told = f"Your plan: {trial}."
    if trial.cost <= NEAR_PAR * best and trial.good:
        return yes(
            f"{told} {share(trial.sure)} of the companies keep the promise. The best plan known, {par()}, costs "
            f"{money(best)}."
        )
    if plan.suppliers > 1:
        return _two_for_safety(trial, told)
    if trial.cost <= NEAR_PAR * best:
        return _over_budget(trial, told)
    mended = {idea: tried(other) for idea, other in repairs(plan).items()}
    idea = min(mended, key=lambda one: mended[one].cost)
    return no(idea, f"{told} {WHY[idea]} With {mended[idea].plan}: {mended[idea]}.")


WHY = {
    "hired for ever": "You pay for every person at every event, and own nothing at the end.",
    "nobody beside it": "An own door is unproven on its first nights. When it is gone, nobody lets your people in.",
    "no reserve": "On the first nights of the own door nobody stands beside it.",
    "no logs": "Without the logs the cause of a fault stays unknown, and a full limit hides the crowd.",
    "owned too late": "By then you know your crowd, and still pay the supplier for each of them.",
    "a reserve too short": "A young door still fails now and then, and by then nobody stands beside it.",
    "a reserve too long": "Your own door has proven itself, and the reserve is still paid for.",
    "reserved": "A limit kept for you costs half as much again, on all nights.",
    "the first limit": "The first limit decides how many are lost before anybody knows the crowd.",
    "other": "Change one field at a time.",
}
"""What is said of each idea before the run that mends it, and nothing else, is shown."""


def repairs(plan):
    """Return {idea: the plan with that one thing mended}: what a plan may be taken to believe."""
    best, change = par(), functools.partial(dataclasses.replace, plan)
    found = {}
    if not plan.suppliers:
        return {
            "nobody beside it": change(suppliers=1, limit=best.limit, logs=True, stays=best.stays)
        }
    if not plan.own_from:
        found["hired for ever"] = change(own_from=2, stays=best.stays)
    if plan.own_from and not plan.stays:
        found["no reserve"] = change(stays=best.stays)
    if not plan.logs:
        found["no logs"] = change(logs=True)
    if plan.own_from > 2:
        found["owned too late"] = change(own_from=2)
    if plan.own_from and 0 < plan.stays < best.stays:
        found["a reserve too short"] = change(stays=best.stays)
    if plan.stays > best.stays:
        found["a reserve too long"] = change(stays=best.stays)
    if plan.reserved:
        found["reserved"] = change(reserved=False)
    if plan.limit != best.limit:
        found["the first limit"] = change(limit=best.limit)
    return found or {"other": best}


def _two_for_safety(trial, told):
    """Several suppliers, so that one is always there. The run: the same plan with one."""
    plan = trial.plan
    one, world = tried(dataclasses.replace(plan, suppliers=1)), contract.world()
    alone, both = world.fails, contract.all_gone(world.fails, world.shared, plan.suppliers)
    return no(
        "two for safety",
        f"{told} Of 100,000 nights one supplier is gone on {alone * 100_000:.0f}, and all of yours on "
        f"{both * 100_000:.0f}. A season has twelve. What you bought is {plan.suppliers} limits, each with its price. "
        f"With {one.plan}: {one}.",
    )


def _over_budget(trial, told):
    """Near par in all, but the bills are too high, or too few companies keep the promise."""
    best = tried(par())
    if trial.bills > BUDGET.value:
        return no(
            "over the budget",
            f"{told} The budget for bills is {money(BUDGET.value)}. With {best.plan}: {best}.",
        )
    return no(
        "the promise",
        f"{told} Only {share(trial.sure)} of the companies keep the promise. With {best.plan}: {best}.",
    )
