"""What a rehearsal taught about the door's capacity: after the calendar, after the ramp, after the evening."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing import learning
from loadbearing.cases import small_door
from loadbearing.learning import LearningError
from loadbearing.live import measured
from loadbearing.pictures.learned import Learned, what_was_learned
from loadbearing.run import Moment
from loadbearing.units import people

GUESS = (30, 1_000)
"""What the boxes hold at first: a range that whoever knows nothing of the door can defend."""

WORTH = 5
"""What one harmed listener costs, in dollars, until somebody types their own number: an assumption."""

SHORT, SPARE = 3.0, 1.0
"""What a missing handler costs against an idle one, for the decision how many to have: an assumption."""

ON_ONE = 4
"""Handlers on one machine: machines are bought, not handlers. An assumption."""

FULL_S = 3
"""Seconds in which a service must be full before they count as a measurement: rehearsals are short."""


@dataclasses.dataclass(frozen=True)
class Lesson:
    """What one way to learn made of the guess, and how many listeners were harmed: not in within what was promised."""

    name: str
    belief: learning.Belief
    harmed: int
    numbers: int

    @property
    def bits(self):
        """The bits gained since the guess."""
        return self.belief.bits_from()


def guess_of(low, high):
    """Return the guess that two typed numbers make, joins a second; raise `LearningError` with a sentence."""
    try:
        return learning.guess(float(low), float(high))
    except (TypeError, ValueError) as slip:
        if isinstance(slip, LearningError):
            raise
        raise LearningError(
            f"The guess is {low!r} to {high!r}; give two numbers, such as 50 and 500."
        ) from None


def worth_of(typed):
    """Return what one harmed listener costs, as it was typed; raise `LearningError` with a sentence."""
    try:
        each = float(typed)
        if 0 <= each < float("inf"):
            return each
    except (TypeError, ValueError):
        pass
    raise LearningError(
        f"What a listener costs is {typed!r}; give a number of dollars from 0 up, such as 5."
    )


def lessons(found, guess):
    """Return the `Lesson` of each way to learn that a rehearsal has behind it, all from the same guess."""
    told = [_lesson("the calendar", guess, _calendar(found), [one.attempts for one in found.tests])]
    if found.ramp is not None:
        seen = _of_run(measured.run(found.folder / "ramp"))
        told.append(_lesson("the ramp", guess, seen, [found.ramp.attempts]))
    if found.run is not None:
        told.append(_lesson("the evening", guess, _of_run(found.run), [found.evening.attempts]))
    return told


def _lesson(name, guess, seen, records):
    harmed = sum(harmed_in(attempts) for attempts in records)
    return Lesson(name, guess.after(seen), harmed, sum(map(len, records)))


def _calendar(found):
    """The entries of the calendar: the joins a second of each over its whole length, and whether it passed."""
    return learning.calendar([(one.joined / one.lasts_s, one.passed) for one in found.tests])


def _of_run(run):
    """What the seconds of a measured run tell: services ended, and whether the door was full."""
    full = (run.seconds["queue"] > 0) & (run.seconds["busy"] >= run.evening.door.handlers)
    inside = np.flatnonzero(full)
    if len(inside):
        # The second in which it fills up, or empties, was full for a part only.
        full[inside[0]] = full[inside[-1]] = False
    return learning.of_seconds(run.seconds["services"], full, block_s=FULL_S)


def harmed_in(attempts, within_s=small_door.SOON_S):
    """Return how many listeners of a record were let in later than `within_s` after they came, or not at all.

    `attempts`: rows of `record.ATTEMPT`. Who came back and was in by then is not harmed; who waited longer at the first
    attempt is.
    """
    came = np.fmin(attempts["in_line"], attempts["sent"])
    first, joined = attempts["attempt"] == 1, attempts["answer"] == Moment.JOINED
    arrived = dict(zip(attempts["listener"][first].tolist(), came[first].tolist(), strict=True))
    let_in = zip(
        attempts["listener"][joined].tolist(), attempts["ended"][joined].tolist(), strict=True
    )
    soon = sum(1 for listener, at in let_in if at - arrived[listener] <= within_s)
    return len(arrived) - soon


def learned_picture(guess, told):
    """Return the picture of the guess and of what each way made of it."""

    def drawn(name, belief):
        return Learned(name, *belief.curve(), belief.low, belief.high)

    return what_was_learned(
        drawn("your guess", guess), [drawn(one.name, one.belief) for one in told]
    )


def rows(told, each):
    """Return a row for each lesson: name, what became of the guess, listeners harmed and their cost, rows written."""
    return [
        (
            one.name,
            one.belief.range,
            people(one.harmed),
            f"{people(one.harmed * each)} dollars",
            people(one.numbers),
        )
        for one in told
    ]


def decided(found, told):
    """Return the `Telemetry` of the evening: its rows, and the decision that they might have changed.

    Decided is how many machines to have for as many as came in the busiest second: before with what the ramp had
    taught, after with what the evening taught.
    """
    handlers, demand = (
        found.plan.evening.door.handlers,
        float(found.run.seconds["arrivals"].max()),
    )
    before, after = (
        math.ceil(learning.handlers_to_buy(one.belief, handlers, demand, SHORT, SPARE) / ON_ONE)
        for one in told[-2:]
    )
    size = sum(path.stat().st_size for path in (found.folder / "surge").glob("*.jsonl"))
    buy = learning.Decision("how many machines to have", before, after)
    return learning.telemetry(len(found.evening.attempts) + found.dashboard.numbers, size, (buy,))


def said(found, told):
    """Return in plain words what the evening was worth in scheduled tests; bits come last, for who asks."""
    evening = told[-1]
    loads = [one.joined / one.lasts_s for one in found.tests]
    worth = learning.worth_in_tests(evening.belief, loads)
    volume = decided(found, told).say()
    bits = ", ".join(f"{one.name} {one.bits:.1f}" for one in told)
    return f"{evening.belief.say()} {worth.say()} {volume}", f"In bits: {bits}."
