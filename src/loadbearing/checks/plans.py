"""A plan for an evening: handlers and a queue limit, what they cost, and the promise they keep or break.

Nobody comes to help at half past eight: what was planned is all there is. A plan is judged on evenings that
the student has not seen, the same for every plan, in a room of one fiftieth; its cost is held against the best
plan known (par), which `authoring/par.py` found by trying them all and wrote to `par.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, number
from loadbearing.scenario import Steady
from loadbearing.stress import Promise
from loadbearing.units import duration, parse_clock, people, share

FRACTION = 1 / 50
PRACTICE = range(1, 4)
UNSEEN = range(501, 521)
"""Evenings by seed: those that `rehearse` shows, and those on which a plan is judged."""

MOST = 1_000_000
NEAR_PAR = 1.1
PAR_FILE = pathlib.Path(__file__).with_name("par.json")

PRICE = cases.Input(
    0.5,
    "assumption",
    "dollars for one handler for one evening, as a small rented machine costs; another price changes every "
    "bill alike and no ranking",
)


WITHIN_S, BEFORE_S = 1500.0, int(parse_clock("20:42"))
PROMISE = Promise(
    reading="service_level",
    args={"within_s": WITHIN_S, "until_s": BEFORE_S},
    at_least=0.9,
    evenings=0.9,
)
"""What the speech needs: those who come before `BEFORE_S` are in within `WITHIN_S` seconds of coming."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """A door for one evening: `handlers`, and the most requests that may wait, `queue_limit`.

    A blank (`...`) may stand for either; then the plan is not judged yet.
    """

    handlers: int
    queue_limit: int

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(value in (..., None) for value in (self.handlers, self.queue_limit))

    @property
    def cost(self):
        """What the plan costs for one evening, in dollars."""
        return self.handlers * PRICE.value

    def __str__(self):
        handlers, queue = (_written(value) for value in (self.handlers, self.queue_limit))
        return f"{handlers} handlers, at most {queue} requests waiting"


def _written(value):
    """A number with its thousands apart; anything else as it is, for a plan may still hold a blank."""
    return (
        f"{value:,}" if isinstance(value, int | float) else "..." if value is ... else repr(value)
    )


def checked_plan(answer):
    """Return the plan with whole numbers, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(handlers=1000, queue_limit=8000)."
        )
    found = {}
    for name, least in (("handlers", round(1 / FRACTION)), ("queue_limit", 0)):
        value = number(getattr(answer, name), "1000")
        if value != int(value) or not least <= value <= MOST:
            raise AnswerError(
                f"{name} is {getattr(answer, name)}; give a whole number from {least} to {MOST:,}."
            )
        found[name] = int(value)
    return Plan(**found)


def that_evening(case):
    """Return the plan of a case's own evening: the door as it stood at eight o'clock."""
    door = cases.get(case).door
    return Plan(door.handlers, door.queue_limit)


def planned(case, plan):
    """Return the scenario of a case with this plan for a door, and nobody to change it later."""
    changes = {"door.handlers": plan.handlers, "door.queue_limit": plan.queue_limit}
    return cases.get(case).changed({**changes, "controllers": ()})


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some evenings: of each, the share in within the promised time, and the share of dead work."""

    plan: Plan
    in_time: tuple
    dead_work: tuple

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

    def __str__(self):
        return f"kept on {self.kept} of {len(self.in_time)} evenings"


@functools.lru_cache(maxsize=4096)
def evening(case, plan, seed, spread_evenly=False):
    """Return (share in within the promised time, share of dead work) of a plan on one evening.

    `spread_evenly`: the same people come evenly until the promise's moment instead of all at once.
    """
    scenario = planned(case, plan)
    if spread_evenly:
        arrivals = scenario.crowd.arrivals
        scenario = scenario.changed(
            {
                "crowd.listeners": round(expected_before(case)),
                "crowd.arrivals": Steady(from_s=arrivals.first_s, until_s=BEFORE_S),
            }
        )
    run = simulate(scenario.scaled(FRACTION), seed, sample=0, progress=False)
    dead = readings.dead_work_share(run, until_s=BEFORE_S)
    return PROMISE.read(run), (0.0 if np.isnan(dead) else dead)


def expected_before(case):
    """How many people are expected to come before the promise's moment."""
    crowd = cases.get(case).crowd
    times, arrived = crowd.arrivals.table()
    return crowd.listeners * float(np.interp(BEFORE_S, times, arrived))


def busiest_rate(case):
    """How many people a second are expected in the busiest minute."""
    crowd = cases.get(case).crowd
    times, arrived = crowd.arrivals.table()
    begins = np.arange(crowd.arrivals.first_s, BEFORE_S)
    came = np.interp(begins + 60, times, arrived) - np.interp(begins, times, arrived)
    return crowd.listeners * float(came.max()) / 60


def tried(case, plan, seeds=UNSEEN, spread_evenly=False):
    """Return the `Trial` of a plan on the evenings with these seeds."""
    found = [evening(case, plan, seed, spread_evenly) for seed in seeds]
    return Trial(plan, tuple(one for one, _ in found), tuple(one for _, one in found))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par_of(case):
    """Return the best known `Plan` of a case, as the sweep found it."""
    found = sweep()["cases"][case]["par"]
    return Plan(found["handlers"], found["queue_limit"])


def money(dollars):
    """Return an amount in words.

    >>> money(1100.0)
    '1,100 dollars'
    """
    return f"{people(dollars)} dollars"


class Rehearsal:
    """A plan on the practice evenings, told in a few lines."""

    def __init__(self, case, plan):
        self.case, self.plan = case, plan

    def __repr__(self):
        if self.plan.blank:
            return "Fill in handlers and queue limit, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        within = duration(WITHIN_S)
        trial = tried(self.case, plan, PRACTICE)
        lines = [f"{cases.about(self.case).title}: {plan}, {money(plan.cost)}."]
        for seed, in_time, dead in zip(PRACTICE, trial.in_time, trial.dead_work, strict=True):
            lines.append(
                f"Practice evening {seed}: {share(in_time)} in within {within}; "
                f"{share(dead)} of the work was for people who had left."
            )
        return "\n".join(lines)


def rehearse(case, plan):
    """Return what a plan does on a few practice evenings; the check uses others."""
    if not isinstance(plan, Plan):
        raise AnswerError(f"The plan is {plan!r}; write Plan(handlers, queue_limit).")
    cases.get(case)
    return Rehearsal(case, plan)
