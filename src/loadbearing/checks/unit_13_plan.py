"""A plan for the sale at ten: what is done beforehand, judged on evenings not seen, in two weathers, at a price.

`authoring/par_13.py` tried the plans from the cheapest on, and wrote the first that keeps the promise to `par_13.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
import statistics

from loadbearing.cases import launches
from loadbearing.checks.plans import NEAR_PAR, PRACTICE, UNSEEN
from loadbearing.checks.reply import AnswerError, no, not_yet, number, yes
from loadbearing.launch import EXAMPLE, plans
from loadbearing.launch.measures import MEASURES, dollars, price, said
from loadbearing.parts import ScenarioError
from loadbearing.stress.intervals import evenings_of
from loadbearing.units import people, share

WEATHERS = CALM, AT_ONCE = ("calm", "at_once")
NAMES = {CALM: "ordinary evenings", AT_ONCE: "evenings with everyone at once"}
PAR_FILE = pathlib.Path(__file__).with_name("par_13.json")
AS_IT_IS, SENTENCES = "as it is", ("early", "groups")
SWITCHES, SIZES = ("line", "queue", "pauses", "page"), ("door", "room")
MOST_TIMES, ENOUGH = 20, 0.9
MONEY = launches.MONEY.value
"""Dollars that may be spent."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is done before the sale: the `sentence` in the invitation, `door` and `room` so many times as wide, more.

    `sentence`: "as it is", "early" (come from half an hour before on) or "groups" (to each group its minute). `line`,
    `queue`, `pauses`, `page`: True if a line stands in front, the queue is shorter, clients pause, a page is in the
    drawer. A blank (`...`) may stand anywhere; then the plan is not judged yet.
    """

    sentence: str = AS_IT_IS
    door: float = 1
    room: float = 1
    line: bool = False
    queue: bool = False
    pauses: bool = False
    page: bool = False

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(getattr(self, one.name) in (..., None) for one in dataclasses.fields(self))

    @property
    def chosen(self):
        """The plan as a set of measures, key to size."""
        found = {self.sentence: True} if self.sentence in SENTENCES else {}
        found |= {key: True for key in SWITCHES if getattr(self, key)}
        return found | {key: getattr(self, key) for key in SIZES if getattr(self, key) > 1}

    @property
    def cost(self):
        """What the plan costs, in dollars."""
        return price(EXAMPLE, self.chosen)

    def __str__(self):
        try:
            return said(self.chosen)
        except (TypeError, ScenarioError):
            return repr(self)  # a plan may still hold a slip


def checked_plan(answer):
    """Return the plan with its values checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(line=True, door=1.5)."
        )
    if answer.sentence not in (AS_IT_IS, *SENTENCES):
        raise AnswerError(
            f'sentence is {answer.sentence!r}; give "{AS_IT_IS}", "early" or "groups", in quotes.'
        )
    for key in SWITCHES:
        if getattr(answer, key) not in (True, False):
            raise AnswerError(f"{key} is {getattr(answer, key)!r}; give True or False.")
    for key in SIZES:
        size = number(getattr(answer, key), "1.5")
        if not 1 <= size <= MOST_TIMES:
            raise AnswerError(
                f"{key} is {getattr(answer, key)!r}; give how many times as wide, from 1 to {MOST_TIMES}."
            )
    return answer


def price_table():
    """Return each measure with its name in a plan and its price, as lines of text."""
    twice = {"door": 2, "room": 2}
    rows = []
    for key, measure in MEASURES.items():
        size = twice.get(key, True)
        name = f'sentence="{key}"' if key in SENTENCES else f"{key}={size}"
        rows.append(f"{name:<20}{dollars(price(EXAMPLE, {key: size})):>15}   {measure.said(size)}")
    return "\n".join(rows)


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some evenings: by weather, how often the promise was kept, and the share in on a middling evening."""

    plan: Plan
    kept: dict
    middling: dict
    of: int

    @property
    def holds(self):
        """Whether the promise was kept often enough in each weather."""
        return min(self.kept.values()) >= evenings_of(self.of, ENOUGH)

    def __str__(self):
        each = " and ".join(f"{kept} of {self.of} {NAMES[one]}" for one, kept in self.kept.items())
        return f"kept on {each}"


@functools.lru_cache(maxsize=4096)
def tried(plan, seeds=UNSEEN, heed=None):
    """Return the `Trial` of a plan on the evenings with these seeds; `heed`: so many in a hundred do as asked."""
    launch = EXAMPLE if heed is None else EXAMPLE.with_values(heed=heed)
    found = plans.tried(launch, plan.chosen, WEATHERS, seeds)
    return Trial(
        plan,
        {one: sum(kept) for one, kept in found.kept.items()},
        {one: statistics.median(shares) for one, shares in found.share.items()},
        len(seeds),
    )


@functools.cache
def sweep():
    """Return what the search found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))["plan"]


def par():
    """Return the cheapest `Plan` known."""
    return Plan(**sweep()["par"])


class Rehearsal:
    """A plan on the practice evenings, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan is ... or (isinstance(self.plan, Plan) and self.plan.blank):
            return "Write a plan in place of the blank, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        found = plans.tried(EXAMPLE, plan.chosen, WEATHERS, PRACTICE)
        lines = [f"You do: {plan}. Cost: {dollars(plan.cost)}."]
        for weather in WEATHERS:
            each = ", ".join(share(one) for one in found.share[weather])
            lines.append(f"In as promised on three {NAMES[weather]}: {each}.")
        return "\n".join(lines)


def rehearse(plan):
    """Return what a plan does on a few practice evenings; the check uses others."""
    return Rehearsal(plan)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a plan on the unseen evenings, against par."""
    plan = checked_plan(answer)
    trial = tried(plan)
    if not plan.chosen:
        return not_yet(f"This is the sale as it is: {trial}. Do something about it.")
    if trial.holds:
        return _kept(trial)
    if plan.sentence != AS_IT_IS and plan.door == 1:
        return _sentence_alone(trial)
    if plan.door == 1:
        return _no_wider(trial)
    return _too_narrow(trial)


def _told(trial):
    return f"Your plan, {trial.plan}, is {trial}, for {dollars(trial.plan.cost)}."


def _other(plan, **changes):
    """The same plan with something changed, tried, and told."""
    other = tried(dataclasses.replace(plan, **changes))
    return f"{other}, for {dollars(other.plan.cost)}"


def _kept(trial):
    plan, best = trial.plan, par()
    if plan.cost <= NEAR_PAR * best.cost:
        return yes(
            f"{_told(trial)} The best plan known costs {dollars(best.cost)}. With the invitation as it "
            f"is, the rest of your plan is {_other(plan, sentence=AS_IT_IS)}."
        )
    less = f"{_told(trial)} But the best plan known costs {share(1 - best.cost / plan.cost)} less."
    if plan.sentence == AS_IT_IS:
        half = round((1 + plan.door) / 2, 2)
        return no(
            "buying the peak",
            f"{less} You widen the door for the busiest minute. With a sentence in the invitation and half of what "
            f"you added to the door: {_other(plan, sentence='early', door=half)}.",
        )
    idle = [key for key in (*SWITCHES, "room") if key in plan.chosen]
    if idle:
        bare = dict.fromkeys(idle, False) | ({"room": 1} if "room" in idle else {})
        return no(
            "belt and braces",
            f"{less} Without {said({key: plan.chosen[key] for key in idle})}: {_other(plan, **bare)}.",
        )
    fewer = round(1 + 0.8 * (plan.door - 1), 2)
    return no(
        "over-bought",
        f"{less} With a fifth less of what you added to the door: {_other(plan, door=fewer)}.",
    )


def _sentence_alone(trial):
    """Everybody does as asked. The run: everybody does."""
    plan = trial.plan
    all_do = tried(plan, heed=100)
    return no(
        "everybody obeys",
        f"{_told(trial)} {people(EXAMPLE.heed)} in a hundred do what the invitation says, an assumption. If all did, "
        f"the same plan would be {all_do}. The others still come at the hour, and they need a door: with twice the "
        f"door, {_other(plan, door=2)}.",
    )


def _no_wider(trial):
    """Waiting better is getting in sooner. The run: twice the door instead."""
    plan = trial.plan
    return no(
        "no one gets in sooner",
        f"{_told(trial)} When everyone comes at once, {share(trial.middling[AT_ONCE])} are in as promised on a "
        "middling evening. Nothing in it makes the door let in more, or the minute smaller. With twice the door as "
        f"well: {_other(plan, door=2)}. With a sentence in the invitation as well: {_other(plan, sentence='early')}.",
    )


def _too_narrow(trial):
    """Enough on an ordinary evening is enough. The run: the other weather, and half as much door again."""
    plan = trial.plan
    wider = min(MOST_TIMES, round(1 + 1.5 * (plan.door - 1), 2))
    with_more = f"With half as much again added to the door: {_other(plan, door=wider)}."
    if trial.kept[CALM] >= evenings_of(trial.of, ENOUGH):
        also = (
            ""
            if plan.sentence != AS_IT_IS
            else f" With a sentence in the invitation: {_other(plan, sentence='early')}."
        )
        return no(
            "the kindest weather",
            f"{_told(trial)} An ordinary evening is not the only one that you promised. {with_more}{also}",
        )
    return no("too narrow", f"{_told(trial)} {with_more}")
