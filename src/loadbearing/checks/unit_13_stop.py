"""A stop rule for the sale at ten: a minute, a number and a name, judged by what it costs on evenings not seen.

The sale has the best plan known, and is ready for the crowd expected. On half of the evenings twice as many come. What
stopping and not stopping cost are assumptions in `cases/launches.py`.
"""

from __future__ import annotations

import dataclasses
import functools
import json

from loadbearing.cases import launches
from loadbearing.checks import unit_13_plan
from loadbearing.checks.plans import NEAR_PAR, PRACTICE, UNSEEN
from loadbearing.checks.reply import AnswerError, no, number, yes
from loadbearing.launch import EXAMPLE, watching
from loadbearing.launch.measures import dollars, taken
from loadbearing.launch.watching import MINUTES
from loadbearing.units import people, share

WEATHERS = ("calm", "at_once", "fault")
SHOWN_MINUTES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15)
STOP, MISS, TALK = (one.value for one in (launches.A_STOP, launches.A_MISS, launches.TALK_MINUTES))
SEVERAL = ("we", "all", "everybody", "everyone", "the team", "team", "the board", "all of us", "us")
"""Words for those who decide that name nobody."""

NEARBY = ((1, 5), (2, 10), (5, 20))
"""How far another rule lies from the student's own when both are compared: minutes, and points of a hundred."""

A_NUMBER = 90
"""A number that stops something, for those whose own never does."""


@dataclasses.dataclass(frozen=True)
class Rule:
    """A stop rule: at `minute` after the start, if fewer than `below` in a hundred of those who came are in, it stops.

    `decides`: who says so, in words. A blank (`...`) may stand for any of them; then the rule is not judged yet.
    """

    minute: int
    below: float
    decides: str = "the host"

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(one in (..., None, "") for one in (self.minute, self.below, self.decides))

    @property
    def named(self):
        """Whether one person or one role decides."""
        return self.decides.strip().lower() not in SEVERAL

    def __str__(self):
        return f"at minute {self.minute}, below {self.below:g} %, {self.decides}"


@functools.cache
def crowds():
    """Return the crowds that may come, in people: those expected, and the good case."""
    return EXAMPLE.expected, EXAMPLE.high


@functools.cache
def watched(seeds=UNSEEN):
    """Return the evenings of these seeds as somebody at the door sees them: both crowds, every weather."""
    prepared = taken(EXAMPLE, unit_13_plan.par().chosen)
    return tuple(
        one for crowd in crowds() for one in watching.watched(prepared, seeds, WEATHERS, crowd)
    )


def practice_table():
    """Return the practice evenings as lines of text: the share in after so many minutes, the bad ones first."""
    head = "".join(f"{minute:>6}" for minute in SHOWN_MINUTES)
    rows = [
        f"{'it was':<8}{'about':>8}   in, of those who came, after so many minutes",
        f"{'':<19}{head}",
    ]
    for one in sorted(watched(PRACTICE), key=lambda one: not one.bad):
        each = "".join(f"{share(round(one.share_in[at - 1], 2)):>6}" for at in SHOWN_MINUTES)
        rows.append(f"{'bad' if one.bad else 'good':<8}{people(one.crowd):>8}   {each}")
    return "\n".join(rows)


@dataclasses.dataclass(frozen=True)
class Trial:
    """A rule on some evenings: what it catches, misses and stops in vain, and what an evening costs on average."""

    caught: int
    missed: int
    false_alarms: int
    good: int
    cost: float

    def __str__(self):
        alarms = "1 false alarm" if self.false_alarms == 1 else f"{self.false_alarms} false alarms"
        return (
            f"{self.caught} of {self.caught + self.missed} bad evenings caught, {alarms} on {self.good} good ones, "
            f"{dollars(self.cost)} an evening"
        )


def tried(minute, below, seeds=UNSEEN, miss=MISS):
    """Return the `Trial` of a rule; `below` in per cent. A minute beyond the last stops nothing.

    `miss`: what a bad evening costs that nobody stops, in dollars.
    """
    evenings = watched(seeds)
    if minute > MINUTES[-1]:
        minute, below = MINUTES[-1], 0.0
    stopped = [one for one in evenings if one.stops(minute, below / 100)]
    caught = sum(one.bad for one in stopped)
    alarms = len(stopped) - caught
    bad = sum(one.bad for one in evenings)
    harm = miss * (caught * minute / MINUTES[-1] + bad - caught)
    cost = (len(stopped) * STOP + harm) / len(evenings)
    return Trial(caught, bad - caught, alarms, len(evenings) - bad, cost)


def never(seeds=UNSEEN):
    """Return the `Trial` of a rule that stops nothing."""
    return tried(MINUTES[-1], 0.0, seeds)


def always(seeds=UNSEEN):
    """Return the `Trial` of a rule that stops every evening at once."""
    return tried(MINUTES[0], 101.0, seeds)


@functools.cache
def sweep():
    """Return what the search found, as plain tables."""
    return json.loads(unit_13_plan.PAR_FILE.read_text(encoding="utf-8"))["stop"]


def par():
    """Return the best rule known."""
    return Rule(**sweep()["par"])


def checked_rule(answer):
    """Return the rule with its values checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Rule):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no rule; write one such as "
            'Rule(minute=10, below=50, decides="the host").'
        )
    minute = number(answer.minute, "10")
    if minute not in MINUTES:
        raise AnswerError(
            f"minute is {answer.minute}; give a whole number from {MINUTES[0]} to {MINUTES[-1]}."
        )
    below = number(answer.below, "50")
    if not 0 <= below <= 100:
        raise AnswerError(f"below is {answer.below}; give per cent, from 0 to 100.")
    if not isinstance(answer.decides, str):
        raise AnswerError(f"decides is {answer.decides!r}; write in quotes who decides.")
    return Rule(int(minute), below, answer.decides)


class Rehearsal:
    """A rule on the practice evenings, told in two lines."""

    def __init__(self, rule):
        self.rule = rule

    def __repr__(self):
        if self.rule is ... or (isinstance(self.rule, Rule) and self.rule.blank):
            return "Write a rule in place of the blank, then run this cell again."
        try:
            rule = checked_rule(self.rule)
        except AnswerError as slip:
            return str(slip)
        return (
            f"Your rule, {rule}:\n{tried(rule.minute, rule.below, PRACTICE)}.\n"
            f"Never stopping: {dollars(never(PRACTICE).cost)} an evening."
        )


def rehearse_rule(rule):
    """Return what a rule does on the practice evenings; the check uses others."""
    return Rehearsal(rule)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a rule by what it costs on the unseen evenings, against par."""
    rule = checked_rule(answer)
    trial, best = tried(rule.minute, rule.below), par()
    told = f"Your rule, {rule}: {trial}."
    if not rule.named:
        late = tried(rule.minute + TALK, rule.below)
        return no(
            "nobody decides",
            f"{told} But {rule.decides!r} names nobody. Several people need about {TALK} minutes until they agree, an "
            f"assumption. Your rule, so much later: {late}.",
        )
    if trial.cost <= NEAR_PAR * sweep()["cost"]:
        return yes(
            f"{told} The best rule known looks at minute {best.minute}, for {dollars(sweep()['cost'])}. Never stopping "
            f"costs {dollars(never().cost)}, always stopping {dollars(always().cost)}. Some bad evenings look like "
            "good ones, so no rule is free of both errors."
        )
    if not trial.caught + trial.false_alarms:
        return no(
            "it never stops",
            f"{told} It stops no evening at all. With {A_NUMBER} in place of your {rule.below:g}: "
            f"{tried(rule.minute, A_NUMBER)}.",
        )
    if trial.false_alarms == trial.good:
        return no(
            "it always stops",
            f"{told} It stops every good evening. The same at minute {best.minute}: {tried(best.minute, rule.below)}.",
        )
    return _better(rule, told)


def _better(rule, told):
    """The one change of a rule that saves most, with its run."""
    others = {}
    for step, points in NEARBY:
        others |= {
            (min(rule.minute + step, MINUTES[-1]), rule.below): "too early",
            (max(rule.minute - step, MINUTES[0]), rule.below): "too late",
            (rule.minute, max(rule.below - points, 0)): "too strict",
            (rule.minute, min(rule.below + points, 100)): "too patient",
        }
    changed = min(others, key=lambda one: tried(*one).cost)
    idea = others[changed]
    if tried(*changed).cost >= tried(rule.minute, rule.below).cost:
        idea, changed = "both at once", (par().minute, par().below)
    return no(
        idea,
        f"{told} {WHY[idea]}. At minute {changed[0]} and below {changed[1]:g} %: {tried(*changed)}.",
    )


WHY = {
    "too early": "So early, good evenings still look like bad ones",
    "too late": "By then much of the harm is done",
    "too strict": "It stops evenings that would have gone well",
    "too patient": "It lets bad evenings run",
    "both at once": "Minute and number are both off",
}
