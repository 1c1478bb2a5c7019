"""A line in front of the door, judged: how long everybody is outside, on evenings not seen, against par.

A plan is a number, how many people a second the line lets through, or a rule of the student's own that looks at the
door every ten seconds. Both are scored alike: hours that people spend outside, added up, on average over evenings
that the student has not seen. `authoring/par_06.py` found the best plans known and wrote them to `par_06.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import pathlib

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, number
from loadbearing.pictures.returning import back_after
from loadbearing.scenario import Policy
from loadbearing.units import duration, people, share

FRACTION = 1 / 25
PRACTICE, UNSEEN = range(1, 4), range(501, 521)
"""Evenings by seed: those that `rehearse` shows, and those on which a plan is judged."""

PROMISE_S, ENOUGH = 900.0, 0.9
"""Nearly everybody is back within so many seconds, on so many of the evenings."""

NEAR_PAR = 1.1
LOOKS_S, LATE_S = 10, 10
BUSY_QUEUE, QUIET_RATE = 200, 1_200
"""From how many waiting requests on the rule of the exercise acts, and what it lets through below that."""

LEAST, MOST = 1.0, 1_000_000.0
PAR_FILE = pathlib.Path(__file__).with_name("par_06.json")


@dataclasses.dataclass(frozen=True)
class Outing:
    """One evening with a line: person-hours outside, seconds until 99 in 100 are back (or inf), share of dead work."""

    hours: float
    back_s: float
    dead: float

    def __str__(self):
        back = "never" if math.isinf(self.back_s) else f"after {duration(self.back_s)}"
        return (
            f"99 of 100 back {back}; {people(self.hours)} person-hours outside; "
            f"{share(self.dead)} dead work"
        )


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on some evenings."""

    outings: tuple

    @property
    def score(self):
        """Person-hours outside, on average over the evenings."""
        return float(np.mean([one.hours for one in self.outings]))

    @property
    def kept(self):
        """On how many evenings nearly everybody is back in time."""
        return sum(one.back_s <= PROMISE_S for one in self.outings)

    @property
    def holds(self):
        """Whether that is enough of them."""
        return self.kept >= ENOUGH * len(self.outings)

    @property
    def worst(self):
        """The evening with the most person-hours outside."""
        return max(self.outings, key=lambda one: one.hours)

    @property
    def middle(self):
        """Person-hours outside on a middling evening."""
        return float(np.median([one.hours for one in self.outings]))

    def __str__(self):
        return (
            f"{people(self.score)} person-hours outside on average, promise kept on {self.kept} of "
            f"{len(self.outings)} evenings"
        )


def restarted(rate=None, controllers=(), **changes):
    """Return the restart in the small room, with a line of this rate from the restart on; None: no line."""
    if rate is not None:
        opens_s = cases.inputs("the_restart")["fault_s"].value
        changes |= {"admits_per_s": float(rate), "opens_s": opens_s}
    return cases.build("the_restart", {**changes, "controllers": controllers}).scaled(FRACTION)


def outing(run):
    """Return what is scored of a run."""
    hours = readings.time_returning(run) / 3600 / FRACTION
    return Outing(hours, back_after(run), readings.dead_work_share(run, 0))


@functools.lru_cache(maxsize=4096)
def evening(rate, seed, **changes):
    """Return the `Outing` of one evening with a line of this rate; None: no line."""
    return outing(simulate(restarted(rate, **changes), seed, sample=0, progress=False))


def tried(rate, seeds=UNSEEN, **changes):
    """Return the `Trial` of a line of this rate on the evenings with these seeds."""
    return Trial(tuple(evening(rate, seed, **changes) for seed in seeds))


class Rule:
    """A student's rule at work: it asks it, and remembers what it was shown and what it said while requests waited."""

    def __init__(self, decide):
        self.decide, self.said = decide, []

    def __call__(self, now, seen):
        answer = self.decide(now, seen)
        if seen.queue >= BUSY_QUEUE:
            rate = answer.get("admits_per_s") if isinstance(answer, dict) else None
            self.said.append((seen.services / LOOKS_S, None if rate in (None, ...) else rate))
        if isinstance(answer, dict) and any(one is ... for one in answer.values()):
            return None
        return answer


def tried_rule(decide, seeds=UNSEEN, **changes):
    """Return (`Trial`, what it said) of a rule `decide(now, seen)`; an error in it raises `AnswerError`.

    What it said: (services finished a second, people a second let through or None), each time that at least
    `BUSY_QUEUE` requests waited.
    """
    rule, outings = Rule(decide), []
    policy = Policy(decide=rule, every_s=LOOKS_S, lag_s=LATE_S)
    for seed in seeds:
        scenario = restarted(QUIET_RATE, controllers=(policy,), **changes)
        try:
            run = simulate(scenario, seed, sample=0, progress=False)
        except Exception as slip:  # the student's own code: whatever it raises becomes a sentence
            raise AnswerError(_told_error(slip)) from None
        outings.append(outing(run))
    return Trial(tuple(outings)), rule.said


def _told_error(slip):
    while slip.__cause__ is not None:
        slip = slip.__cause__
    said = str(slip).rstrip(".") or type(slip).__name__
    return f"Your rule stopped: {said}. Change its last line and run its cell again."


def following(part):
    """Return the rule that lets through this part of what the door did, while requests wait."""

    def decide(now, seen):
        if seen.queue < BUSY_QUEUE:
            return {"admits_per_s": QUIET_RATE}
        return {"admits_per_s": part * seen.services / LOOKS_S}

    return decide


def checked_rate(answer):
    """Return a rate as a number, or raise the sentence that says what to write instead."""
    rate = number(answer, "250")
    if not LEAST <= rate <= MOST:
        raise AnswerError(f"{rate:g} people a second; give a number from 1 to {MOST:,.0f}.")
    return rate


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


class Rehearsal:
    """A plan on the practice evenings, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan in (..., None, ""):
            return "Fill in the blank, then run this cell again."
        try:
            trial = self._tried()
        except AnswerError as slip:
            return str(slip)
        rows = zip(PRACTICE, trial.outings, strict=True)
        told = [f"Evening {seed}: {one}." for seed, one in rows]
        return "\n".join(["On three practice evenings:", *told])

    def _tried(self):
        if callable(self.plan):
            trial, said = tried_rule(self.plan, PRACTICE)
            if said and all(rate is None for _, rate in said):
                raise AnswerError("Your rule says nothing while requests wait: fill in the blank.")
            return trial
        return tried(checked_rate(self.plan), PRACTICE)


def rehearse(plan):
    """Return what a line (a number, or a rule) does on three practice evenings; the check uses others."""
    return Rehearsal(plan)
