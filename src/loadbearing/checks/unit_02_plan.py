"""An invitation and a door for the announced hour, judged on evenings not seen: kept, and at what price.

`authoring/par_02.py` tried them all and wrote the best plan known to `par_02.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

import numpy as np

from loadbearing import cases, simulate
from loadbearing.cases import invitations
from loadbearing.checks.plans import NEAR_PAR, PRACTICE, PRICE, UNSEEN, money
from loadbearing.checks.reply import AnswerError, no, not_yet, number, yes
from loadbearing.stress import Promise
from loadbearing.units import people, share

CASE, FRACTION, MINUTE_S, MOST = "the_announced_hour", 1 / 25, 60, 1_000_000
PAR_FILE = pathlib.Path(__file__).with_name("par_02.json")

ROUND = cases.Input(
    50.0,
    "assumption",
    "dollars for each further round of invitations: a list, a text, someone's hour",
)
PROMISE = Promise(
    reading="service_level", args={"within_s": float(MINUTE_S)}, at_least=0.9, evenings=0.9
)
"""Nine in ten of those who come are in within a minute of coming."""


@dataclasses.dataclass(frozen=True)
class Invitation:
    """A plan: in how many `groups` the crowd is invited, five minutes apart, and how many `handlers` the door has.

    A blank (`...`) may stand for either; then the plan is not judged yet.
    """

    groups: int
    handlers: int

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(value in (..., None) for value in (self.groups, self.handlers))

    @property
    def cost(self):
        """What the plan costs for one evening, in dollars."""
        return self.handlers * PRICE.value + (self.groups - 1) * ROUND.value

    def __str__(self):
        groups = "one group" if self.groups == 1 else f"{_written(self.groups)} groups"
        return f"{groups}, {_written(self.handlers)} handlers"


def _written(value):
    """A number with its thousands apart; anything else as it is, for a plan may still hold a blank."""
    if isinstance(value, int | float):
        return f"{value:,}"
    return "..." if value is ... else repr(value)


def own_plan():
    """Return the plan of the evening as it was: everybody for the hour, and the door as it stood."""
    return Invitation(1, cases.get(CASE).door.handlers)


def checked_plan(answer):
    """Return the plan with whole numbers, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Invitation):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Invitation(groups=2, handlers=1000)."
        )
    found = {}
    for name, least, most in (
        ("groups", 1, invitations.MOST_GROUPS),
        ("handlers", round(1 / FRACTION), MOST),
    ):
        value = number(getattr(answer, name), "2" if name == "groups" else "1000")
        if value != int(value) or not least <= value <= most:
            raise AnswerError(
                f"{name} is {getattr(answer, name)}; give a whole number from {least} to {most:,}."
            )
        found[name] = int(value)
    return Invitation(**found)


@functools.lru_cache(maxsize=4096)
def evening(plan, seed, evenly=False):
    """Return the share in within a minute on one evening; `evenly`: the same people spread over an hour."""
    arrivals = invitations.evenly() if evenly else invitations.in_groups(plan.groups)
    changes = {"door.handlers": plan.handlers, "crowd.arrivals": arrivals}
    scenario = cases.get(CASE).changed(changes).scaled(FRACTION)
    return float(PROMISE.read(simulate(scenario, seed, sample=0, progress=False)))


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some evenings: of each, the share in within a minute."""

    plan: Invitation
    in_time: tuple

    @property
    def kept(self):
        """On how many evenings the promise was kept."""
        return sum(PROMISE.margin_of(one) >= 0 for one in self.in_time)

    @property
    def holds(self):
        """Whether that is enough of them."""
        return PROMISE.holds(self.kept, len(self.in_time))

    def __str__(self):
        return f"kept on {self.kept} of {len(self.in_time)} evenings"


def tried(plan, seeds=UNSEEN, evenly=False):
    """Return the `Trial` of a plan on the evenings with these seeds."""
    return Trial(plan, tuple(evening(plan, seed, evenly) for seed in seeds))


def busiest_rate(plan):
    """How many people a second are expected in the busiest minute of a plan."""
    times, arrived = invitations.in_groups(plan.groups).table()
    begins = np.arange(times[0], times[0] + 3600)
    came = np.interp(begins + MINUTE_S, times, arrived) - np.interp(begins, times, arrived)
    return cases.get(CASE).crowd.listeners * float(came.max()) / MINUTE_S


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best plan known."""
    return Invitation(**sweep()["par"])


# --- the judge -----------------------------------------------------------------------------------


def judge(answer):
    """Judge a plan on the unseen evenings, against par."""
    plan = checked_plan(answer)
    trial = tried(plan)
    if plan == own_plan():
        return not_yet(
            f"This is the evening as it was, {plan}: {trial}, for {money(plan.cost)}. Change it."
        )
    if trial.holds:
        return _kept(trial)
    rate = plan.handlers / cases.get(CASE).door.service.mean_s
    busiest = busiest_rate(plan)
    if plan.groups == 1:
        return _one_group(trial, rate, busiest)
    if rate >= busiest:
        return _weather(trial, rate, busiest)
    return _groups_too_large(trial, rate, busiest)


def _told(trial):
    return f"Your plan, {trial.plan}, is {trial}, for {money(trial.plan.cost)}."


def _kept(trial):
    plan, best, own = trial.plan, par(), tried(own_plan())
    if plan.cost > NEAR_PAR * best.cost:
        return _over_bought(trial, best)
    return yes(
        f"{_told(trial)} The best plan known costs {money(best.cost)}. The evening as it was, {own.plan}, costs "
        f"{money(own.plan.cost)} and is {own}."
    )


def _over_bought(trial, best):
    """Handlers are bought for the busiest minute, rounds beyond need. The runs: the same money spent otherwise."""
    plan = trial.plan
    less = f"{_told(trial)} But the best plan known costs {share(1 - best.cost / plan.cost)} less."
    if plan.groups < best.groups:
        other = tried(Invitation(2 * plan.groups, round(plan.handlers / 2)))
        return no(
            "buying the peak",
            f"{less} You buy a door for the busiest minute, {people(busiest_rate(plan))} people a second, and pay "
            f"for it all evening. With twice the groups and half the handlers, {other.plan}: {other}, for "
            f"{money(other.plan.cost)}.",
        )
    fewer = tried(Invitation(plan.groups, max(round(1 / FRACTION), round(0.8 * plan.handlers))))
    said = f"{less} With a fifth fewer handlers: {fewer}, for {money(fewer.plan.cost)}."
    if plan.groups > best.groups:
        half = tried(Invitation(max(2, plan.groups // 2), plan.handlers))
        said += f" With half the groups and your handlers: {half}, for {money(half.plan.cost)}."
    return no("over-bought", said)


def _one_group(trial, rate, busiest):
    """The total fits the hour, so the door is enough. The run: the only evening of which that is true."""
    even = tried(trial.plan, evenly=True)
    return no(
        "averages hide peaks",
        f"{_told(trial)} Your door lets in {people(rate)} a second. Evenly over an hour the same people would see the "
        f"promise {even}. But they are told one minute, and in the busiest {people(busiest)} come each second.",
    )


def _weather(trial, rate, busiest):
    """Enough for the expected evening. The run: the worst of the unseen evenings beside the middling one."""
    middling, worst = float(np.median(trial.in_time)), min(trial.in_time)
    return no(
        "one evening in mind",
        f"{_told(trial)} On a middling evening {share(middling)} are in within a minute: your door lets in "
        f"{people(rate)} a second and {people(busiest)} are expected in the busiest minute. On the worst evening more "
        f"come, and {share(worst)} are. Weather needs room to spare.",
    )


def _groups_too_large(trial, rate, busiest):
    """Each group is still too much for the door. The run: twice the groups."""
    plan = trial.plan
    more = tried(Invitation(min(invitations.MOST_GROUPS, 2 * plan.groups), plan.handlers))
    wide = tried(Invitation(plan.groups, round(1.5 * plan.handlers)))
    return no(
        "the group is the peak",
        f"{_told(trial)} Each group brings {people(busiest)} a second in its busiest minute; your door lets in "
        f"{people(rate)}. With {more.plan.groups} groups: {more}. With half as many handlers again: {wide}.",
    )


# --- practice ------------------------------------------------------------------------------------


class Rehearsal:
    """A plan on the practice evenings, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan.blank:
            return "Fill in groups and handlers, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        lines = [f"{str(plan).capitalize()}: {money(plan.cost)}."]
        for seed, in_time in zip(PRACTICE, tried(plan, PRACTICE).in_time, strict=True):
            lines.append(f"Practice evening {seed}: {share(in_time)} in within a minute.")
        return "\n".join(lines)


def rehearse(plan):
    """Return what an invitation does on a few practice evenings; the check uses others."""
    if not isinstance(plan, Invitation):
        raise AnswerError(f"The plan is {plan!r}; write Invitation(groups, handlers).")
    return Rehearsal(plan)
