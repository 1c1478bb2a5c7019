"""Three doors with a promise each: how many handlers, so that nearly every evening people hardly wait.

A plan is judged on evenings that the student has not seen, the same for every plan, each with its own weather. Its bill
is held against the fewest handlers known to keep the promise (par), which `authoring/par_03.py` found by trying.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

from loadbearing.checks.plans import PRICE, money
from loadbearing.checks.reply import AnswerError, no, number, yes
from loadbearing.labs.dice import SIZES, wait_at

PRACTICE, UNSEEN = range(21, 41), range(501, 521)
AT_MOST, OF_TEN = 0.1, 9
"""The promise: a mean wait of at most so many service times, on nine evenings in ten."""

MOST, NEAR_PAR, ALIKE = 100_000, 1.1, 1.06
"""The most handlers of a door; how near par is near; how near two shares are alike."""

PAR_FILE = pathlib.Path(__file__).with_name("par_03.json")
WORKS = tuple(SIZES)
NAMES = dict(zip(WORKS, ("small", "middle", "large"), strict=True))
PROMISE = "On nine evenings in ten, people wait on average at most a tenth of the time that one service takes."


@dataclasses.dataclass(frozen=True)
class Doors:
    """Handlers of the small, the middle and the large door; a blank (`...`) may stand for any."""

    small: int
    middle: int
    large: int

    @property
    def handlers(self):
        """Handlers by how many handlers' worth of work come."""
        return dict(zip(WORKS, (self.small, self.middle, self.large), strict=True))

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return any(value in (..., None) for value in self.handlers.values())

    @property
    def cost(self):
        """What the three doors cost for one evening, in dollars."""
        return sum(self.handlers.values()) * PRICE.value


@dataclasses.dataclass(frozen=True)
class Trial:
    """One door on some evenings: work, handlers, on how many of how many the promise was kept."""

    work: int
    handlers: int
    kept: int
    of: int

    @property
    def holds(self):
        """Whether nine in ten evenings were kept."""
        return 10 * self.kept >= OF_TEN * self.of

    def __str__(self):
        return f"{self.handlers:,} handlers kept it on {self.kept} of {self.of} evenings"


@functools.lru_cache(maxsize=8192)
def wait(work, handlers, seed, calm):
    """Return the mean wait (service times) at one door on one evening."""
    return wait_at(handlers, work, seed, calm, SIZES[work])


def tried(work, handlers, seeds=UNSEEN, calm=False):
    """Return the `Trial` of one door on these evenings; `calm`: in average weather."""
    kept = sum(wait(work, handlers, seed, calm) <= AT_MOST for seed in seeds)
    return Trial(work, handlers, int(kept), len(seeds))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par():
    """Return the best known `Doors`, as the sweep found them."""
    return Doors(*(sweep()["doors"][str(work)]["par"] for work in WORKS))


def near_par(work, handlers):
    """Whether so many handlers are at most a tenth, or one, above par."""
    best = par().handlers[work]
    return handlers <= max(best + 1, int(NEAR_PAR * best))


def checked(answer):
    """Return the doors with whole numbers, or raise the sentence that says what is wrong with them."""
    if not isinstance(answer, Doors):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no doors; write such as Doors(small=20, middle=200, large=2000)."
        )
    found = []
    for work, value in answer.handlers.items():
        handlers = number(value, "20")
        if handlers != int(handlers) or not 1 <= handlers <= MOST:
            raise AnswerError(
                f"The {NAMES[work]} door has {value} handlers; give a whole number from 1 to {MOST:,}."
            )
        found.append(int(handlers))
    return Doors(*found)


def judge(answer):
    """Judge three doors on the unseen evenings, against par."""
    doors = checked(answer)
    none_to_spare = [work for work, handlers in doors.handlers.items() if handlers <= work]
    trials = {work: tried(work, handlers) for work, handlers in doors.handlers.items()}
    told = _told(trials)
    broken = [one for one in trials.values() if not one.holds]
    if none_to_spare:
        return _nothing_to_spare(told, trials[none_to_spare[0]])
    if broken:
        return _broken(doors, told, broken)
    dear = [one for one in trials.values() if not near_par(one.work, one.handlers)]
    if dear:
        return _dear(doors, told, dear)
    return yes(
        f"{told} Your bill: {money(doors.cost)}; the best doors known cost {money(par().cost)}. Above its work, "
        f"par has {_spare(par())}."
    )


def _nothing_to_spare(told, trial):
    """As many handlers as work, or fewer. The run: the same door in average weather."""
    calm = tried(trial.work, trial.handlers, calm=True)
    return no(
        "nothing to spare",
        f"{told} The {NAMES[trial.work]} door has {trial.handlers:,} handlers for {trial.work:,} handlers' worth of "
        f"work. With nothing to spare the line only grows, in average weather too: {calm}.",
    )


def _broken(doors, told, broken):
    """The promise is broken somewhere. The runs: average weather, or a tenth more handlers."""
    if _alike(doors):
        worst = min(broken, key=lambda one: one.kept)
        return no(
            "one share for all",
            f"{told} You gave every door nearly the same share to spare. That is not enough: the {NAMES[worst.work]} "
            f"door kept it on {worst.kept} evenings.",
        )
    calm = {one.work: tried(one.work, one.handlers, calm=True) for one in broken}
    if all(one.holds for one in calm.values()):
        return no(
            "chance alone",
            f"{told} In average weather your doors would do: {_told(calm)} So chance is covered. What is not "
            "covered is an evening to which more people come, or on which the service is slow.",
        )
    worst = min(broken, key=lambda one: one.kept)
    more = tried(worst.work, worst.handlers + max(1, round(0.1 * worst.handlers)))
    return no("too few", f"{told} The {NAMES[worst.work]} door with a tenth more: {more}.")


def _dear(doors, told, dear):
    """The promise is kept, too dearly somewhere. The run: a tenth fewer there."""
    worst = max(dear, key=lambda one: one.handlers - par().handlers[one.work])
    fewer = tried(worst.work, max(1, round(0.9 * worst.handlers)))
    more = worst.handlers - par().handlers[worst.work]
    said = (
        f"{told} But the {NAMES[worst.work]} door has {more:,} handlers more than the best doors known. With a tenth "
        f"fewer: {fewer}."
    )
    if _alike(doors):
        return no(
            "one share for all",
            f"{said} You gave every door nearly the same share to spare. Not every door needs so much.",
        )
    return no("over-bought", said)


def _alike(doors):
    shares = [handlers / work for work, handlers in doors.handlers.items()]
    return max(shares) <= ALIKE * min(shares)


def _told(trials):
    parts = [
        f"{NAMES[one.work]}, {one.handlers:,} handlers: {one.kept} of {one.of}"
        for one in trials.values()
    ]
    return f"Evenings on which the promise was kept: {'; '.join(parts)}."


def _spare(doors):
    parts = [f"{100 * (h / work - 1):.0f} % ({NAMES[work]})" for work, h in doors.handlers.items()]
    return ", ".join(parts)


class Rehearsal:
    """Three doors on the practice evenings, told in a few lines."""

    def __init__(self, doors):
        self.doors = doors

    def __repr__(self):
        if self.doors.blank:
            return "Fill in all three doors, then run this cell again."
        try:
            doors = checked(self.doors)
        except AnswerError as slip:
            return str(slip)
        lines = [f"Your bill: {money(doors.cost)}."]
        for work, handlers in doors.handlers.items():
            waits = sorted(wait(work, handlers, seed, False) for seed in PRACTICE)
            trial = tried(work, handlers, PRACTICE)
            lines.append(
                f"{NAMES[work]:<7}{trial.kept} of {trial.of} practice evenings kept; "
                f"mean wait from {waits[0]:.3f} to {waits[-1]:.3f} service times"
            )
        return "\n".join(lines)


def rehearse(doors):
    """Return what three doors do on a few practice evenings; the check uses others."""
    if not isinstance(doors, Doors):
        raise AnswerError(f"This is {doors!r}; write Doors(small, middle, large).")
    return Rehearsal(doors)
