"""A rule that looks at the audience: first what the next crowd needs, then features. One line of it is the student's.

The rule is played on the histories on which plans are judged, and held against the best of its kind that keeps the
promise.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import numbers

from loadbearing import roadmap
from loadbearing.checks.reply import AnswerError, no, not_yet, yes
from loadbearing.checks.unit_11_splits import NEAR, PROMISE, UNSEEN, carried, sweep
from loadbearing.units import people, share

CARE = (1, 0, 1)
"""What the rule gives to rehearsal, people and details in every quarter."""

EVERY = range(50, 505, 5)
"""People for each handler that the sweep tries."""

SMALL, LARGE = 20_000, 200_000
ON_PAPER, READY_FOR_ALL = 280, 140
"""People for each handler that a full door lets in within five minutes, roughly; and up to which much is kept ready."""


@dataclasses.dataclass(frozen=True)
class Trial:
    """A rule on the unseen histories."""

    score: float
    bad: float
    last: float

    @property
    def keeps(self):
        """Whether it keeps the promise."""
        return self.bad <= PROMISE

    def __str__(self):
        return f"{carried(self.score)}, {self.bad:.2f} bad evenings a roadmap"


def first_the_door(needed):
    """Return the plan: handlers as `needed(audience)` says, care for two parts, features with what is left."""

    def plan(quarter, audience):
        free = int(roadmap.PLAIN.budget) - sum(CARE)
        wanted = math.ceil(needed(audience) / roadmap.PLAIN.handlers_a_part - 1e-9)
        capacity = min(free, max(1, wanted))
        return roadmap.Spend(free - capacity, capacity, *CARE)

    return plan


def played(needed, seeds=UNSEEN):
    """Return the `Trial` of a rule."""
    found = roadmap.many(roadmap.PLAIN, first_the_door(needed), seeds)
    return Trial(
        float(found.scores.mean()),
        float(found.bad.mean()),
        float(found.outcome.came[:, -1].mean()),
    )


def for_each(number_of):
    """Return the line that rents a handler for so many people of the audience."""
    return lambda audience: audience / number_of


@functools.lru_cache(maxsize=256)
def with_each(number_of):
    """Return the `Trial` of a handler for so many people."""
    return played(for_each(number_of))


def swept():
    """Return what the sweep over people for each handler finds."""
    found = [(each, with_each(each)) for each in EVERY]
    each, best = max((one for one in found if one[1].keeps), key=lambda one: one[1].score)
    top, highest = max(found, key=lambda one: one[1].score)
    return {
        "each": each, "score": round(best.score), "bad": round(best.bad, 3),
        "no_promise_each": top, "no_promise_score": round(highest.score), "no_promise_bad": round(highest.bad, 3),
    }  # fmt: skip


def shown(needed):
    """Return how the rule would split four budgets, as text; a blank says what to do."""
    lines = [f"{'audience':>10}{'handlers':>10}{'capacity':>10}{'features':>10}"]
    for audience in (20_000, 50_000, 100_000, 200_000):
        try:
            wanted = _number(needed, audience)
        except AnswerError as slip:
            return str(slip)
        if wanted is None:
            return "The line is still blank: nothing is returned yet."
        spend = first_the_door(needed)(1, audience)
        lines.append(
            f"{people(audience):>10}{people(wanted):>10}{spend.capacity:>10}{spend.features:>10}"
        )
    return "\n".join(lines)


def _number(needed, audience):
    """What the line gives for an audience; None for nothing."""
    try:
        found = needed(audience)
    except Exception as slip:  # whatever a student's line does, a sentence answers it
        raise AnswerError(
            f"Your line stops with {type(slip).__name__}: {slip}. Write a number of handlers, such as audience / 500."
        ) from None
    if found is None or found is ...:
        return None
    if isinstance(found, bool) or not isinstance(found, numbers.Real) or not math.isfinite(found):
        raise AnswerError(
            f"Your line gives {type(found).__name__!r}; give a number of handlers, such as audience / 500."
        )
    if not 0 <= found <= 1e12:
        raise AnswerError(
            f"Your line gives {found:g} handlers; give a number that is 0 or more, such as audience / 500."
        )
    return float(found)


def judge(answer):
    """Judge the line that says how many handlers an audience needs."""
    if not callable(answer):
        raise AnswerError(
            f"This is {type(answer).__name__!r}; give the function itself: check(..., handlers_for)."
        )
    small, large = (_number(answer, audience) for audience in (SMALL, LARGE))
    if small is None or large is None:
        return not_yet("Put a return in place of the dots, such as return audience / 500.")
    trial, best = played(lambda audience: _number(answer, audience)), sweep()["rule"]
    told = f"Your line: {trial}."
    if trial.keeps and trial.score >= NEAR * best["score"]:
        return yes(
            f"{told} The best of its kind that keeps the promise rents a handler for every {best['each']} people: "
            f"{carried(best['score'])}. It looks only at the audience, and carries more than the best two splits."
            if best["score"] > sweep()["par"]["score"]
            else f"{told} The best of its kind that keeps the promise rents a handler for every {best['each']} people: "
            f"{carried(best['score'])}. The best two splits reach {carried(sweep()['par']['score'])}."
        )
    good = with_each(best["each"])
    instead = f"With a handler for every {best['each']} people: {good}."
    if large <= 1.05 * small:
        return no(
            "the same for every crowd",
            f"{told} It rents as many handlers for {people(LARGE)} people as for {people(SMALL)}. {instead}",
        )
    each = LARGE / large if large else math.inf
    if not trial.keeps:
        spikes = share(roadmap.PLAIN.spike_chance)
        return no(
            "on paper" if each >= ON_PAPER else "just enough",
            f"{told} The promise is at most {PROMISE:g}. A handler for every {people(each)} people leaves too little "
            f"room for a release that is liked, or for a clip that goes round ({spikes} of all quarters). {instead}",
        )
    if each <= READY_FOR_ALL:
        return no(
            "for the worst crowd",
            f"{told} A handler for every {people(each)} people is ready for far more than comes in most quarters, and "
            f"leaves little for features: {people(trial.last)} come to the last event. {instead} Then "
            f"{people(good.last)} come.",
        )
    return no("other", f"{told} {instead}")
