"""A line in front of the door: how fast it lets people through, and how many handlers stand behind it.

People wait in it without costing the door anything, and leave when their patience ends. What a line costs is told as
one bill: its handlers, and the return visits that waiting takes away. Lines are judged on evenings that the student
has not seen, the same for every line, in a room of one fiftieth. `authoring/par_05.py` tried them all and wrote
`par_05.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

from loadbearing import cases, readings, simulate
from loadbearing.checks.plans import MOST, NEAR_PAR, PRICE, money
from loadbearing.checks.reply import AnswerError, no, number, yes
from loadbearing.readings.waiting import returns_kept
from loadbearing.stress import Promise
from loadbearing.units import people, share

CASE, FRACTION = "same_hardware", 1 / 50
PATIENCE_S = 600.0
PRACTICE = range(1, 4)
UNSEEN = range(501, 521)
"""Evenings by seed: those that `rehearse_line` shows, and those on which a line is judged."""

PAR_FILE = pathlib.Path(__file__).with_name("par_05.json")
WITH_A_MARGIN, SLOW, A_FIFTH_LESS, HALF_AGAIN = 0.75, 0.7, 0.8, 1.5

VISIT = cases.Input(
    0.004,
    "assumption",
    "dollars that one lost return visit costs: four for a thousand, as a small advertisement brings in; a larger one "
    "makes every wait dearer",
)
PROMISE = Promise(
    reading="share_in",
    at_least=0.5,
    evenings=0.95,
    says="at least half of all who came get in",
)


@dataclasses.dataclass(frozen=True)
class Line:
    """A line for one evening: `admits_per_s`, whom it lets through to the door in a second, and the `handlers` there.

    A blank (`...`) may stand for either; then the line is not judged yet.
    """

    admits_per_s: float
    handlers: int

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(value in (..., None) for value in (self.admits_per_s, self.handlers))

    def __str__(self):
        return f"{self.admits_per_s:,g} a second let through, {self.handlers:,} handlers"


def checked_line(answer):
    """Return the line with plain numbers, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Line):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no line; write one such as Line(admits_per_s=500, handlers=1000)."
        )
    rate, handlers = number(answer.admits_per_s, "500"), number(answer.handlers, "1000")
    least = round(1 / FRACTION)
    if not least <= rate <= MOST:
        raise AnswerError(f"admits_per_s is {rate:g}; give a number from {least} to {MOST:,}.")
    if handlers != int(handlers) or not least <= handlers <= MOST:
        raise AnswerError(
            f"handlers is {handlers:g}; give a whole number from {least} to {MOST:,}."
        )
    return Line(rate, int(handlers))


@functools.lru_cache(maxsize=4096)
def evening(line, seed):
    """Return (share of all who came that got in, people whose return visit was lost) of a line on one evening."""
    asked = {
        "admits_per_s": line.admits_per_s,
        "handlers": line.handlers,
        "patience_s": PATIENCE_S,
    }
    run = simulate(cases.build(CASE, asked).scaled(FRACTION), seed, sample=0, progress=False)
    return readings.share_in(run), (1 - returns_kept(run)) * readings.came(run) / FRACTION


@dataclasses.dataclass(frozen=True)
class Trial:
    """A line on some evenings: of each, the share that got in and the return visits that were lost."""

    line: Line
    got_in: tuple
    visits_lost: tuple

    @property
    def kept(self):
        """On how many evenings at least half got in."""
        return sum(PROMISE.margin_of(one) >= 0 for one in self.got_in)

    @property
    def holds(self):
        """Whether that is enough of them."""
        return PROMISE.holds(self.kept, len(self.got_in))

    @property
    def worst(self):
        """The share that got in on the worst evening."""
        return min(self.got_in)

    @property
    def middling(self):
        """The share that got in on a middling evening."""
        return sorted(self.got_in)[len(self.got_in) // 2]

    @property
    def handlers_cost(self):
        """What the handlers cost for one evening, in dollars."""
        return self.line.handlers * PRICE.value

    @property
    def visits_cost(self):
        """What the lost return visits cost on an average evening, in dollars."""
        return VISIT.value * sum(self.visits_lost) / len(self.visits_lost)

    @property
    def bill(self):
        """Both together, in dollars."""
        return self.handlers_cost + self.visits_cost

    def __str__(self):
        return (
            f"{self.line}: half or more got in on {self.kept} of {len(self.got_in)} evenings, {share(self.worst)} on "
            f"the worst, and the bill is {money(self.bill)}"
        )


def tried(line, seeds=UNSEEN):
    """Return the `Trial` of a line on the evenings with these seeds."""
    found = [evening(line, seed) for seed in seeds]
    return Trial(line, tuple(one for one, _ in found), tuple(lost for _, lost in found))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best known `Line`, as the sweep found it."""
    found = sweep()["par"]
    return Line(found["admits_per_s"], found["handlers"])


class Rehearsal:
    """A line on the practice evenings, told in a few lines."""

    def __init__(self, line):
        self.line = line

    def __repr__(self):
        if self.line.blank:
            return "Fill in both numbers, then run this cell again."
        try:
            line = checked_line(self.line)
        except AnswerError as slip:
            return str(slip)
        trial = tried(line, PRACTICE)
        told = [f"{line}.".capitalize()]
        told += [
            f"Practice evening {seed}: {share(got_in)} got in; {people(lost)} will not come again."
            for seed, got_in, lost in zip(PRACTICE, trial.got_in, trial.visits_lost, strict=True)
        ]
        told += [
            f"Handlers {money(trial.handlers_cost)}, lost visits {money(trial.visits_cost)}: "
            f"the bill is {money(trial.bill)}."
        ]
        return "\n".join(told)


def rehearse_line(line):
    """Return what a line does on a few practice evenings; the check uses others."""
    if not isinstance(line, Line):
        raise AnswerError(f"The line is {line!r}; write Line(admits_per_s, handlers).")
    return Rehearsal(line)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a line on the unseen evenings, against par."""
    trial, best = tried(checked_line(answer)), tried(par())
    if trial.holds and trial.bill <= NEAR_PAR * best.bill:
        return yes(f"{_told(trial)} The best line known comes to {money(best.bill)}.")
    share_of_door = trial.line.admits_per_s / trial.line.handlers
    if share_of_door > 1:
        return _beside(trial, WITH_A_MARGIN * trial.line.handlers, "faster than the door",
                       "Your line lets people through faster than the door lets them in, so they wait at the door "
                       "all the same.")  # fmt: skip
    if not trial.holds and trial.middling >= PROMISE.at_least:
        return _beside(trial, WITH_A_MARGIN * trial.line.handlers, "no margin",
                       "On an average evening the door keeps up with your line. On a slow one it does not, and then "
                       "the line is none.")  # fmt: skip
    if share_of_door < SLOW:
        return _idle_handlers(trial)
    return _size(trial, best)


def _told(trial):
    return f"Your line, {trial}."


def _beside(trial, rate, error, why):
    """The same handlers behind another line."""
    other = tried(Line(float(round(rate)), trial.line.handlers))
    return no(error, f"{_told(trial)} {why} The same handlers behind a slower line, {other}.")


def _idle_handlers(trial):
    """A slow line to be safe, or more handlers behind the same line: the runs of fewer, and of a faster line."""
    line = trial.line
    fewer = tried(Line(line.admits_per_s, round(line.admits_per_s / WITH_A_MARGIN)))
    faster = tried(Line(float(round(WITH_A_MARGIN * line.handlers)), line.handlers))
    return no(
        "idle handlers",
        f"{_told(trial)} Your line is the limit: a part of the handlers has nobody to let in. With fewer handlers, "
        f"{fewer}. Or with a faster line, {faster}.",
    )


def _size(trial, best):
    """The rate suits the door; the whole is too large or too small for its price."""
    larger = trial.handlers_cost > best.handlers_cost
    factor = A_FIFTH_LESS if larger else HALF_AGAIN
    line = trial.line
    other = tried(Line(float(round(factor * line.admits_per_s)), round(factor * line.handlers)))
    if larger:
        why = "That is a large door: the handlers cost more than the visits they save."
        return no("over-bought", f"{_told(trial)} {why} All of it a fifth smaller, {other}.")
    why = (
        "Handlers are cheap here beside the wait: most of this bill is for people who will not come "
        "again."
    )
    return no("too small", f"{_told(trial)} {why} All of it half as large again, {other}.")
