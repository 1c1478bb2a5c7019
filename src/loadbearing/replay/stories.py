"""One listener's evening in a few sentences, told from the recorded moments and true in every word."""

from __future__ import annotations

import collections
import dataclasses
import math

import numpy as np

from loadbearing.run import Moment, Outcome, Reason
from loadbearing.units import clock, duration

REFUSED = {
    Moment.REFUSED_FULL: "by a full queue",
    Moment.REFUSED_BUDGET: "by the retry budget",
    Moment.REFUSED_SHUT: "at a shut door",
    Moment.REFUSED_RESTART: "by a restart",
    Moment.REFUSED_NO_SEAT: "for want of a seat",
}
STANDING = {Moment.IN_LINE: "in the waiting room", Moment.WAITING: "in the queue"}
STILL = {
    Moment.IN_LINE: "still in the waiting room",
    Moment.WAITING: "still in the queue",
    Moment.SERVED: "with a handler",
}
BETWEEN = "about to try again"
TOLD_ONE_BY_ONE = 2
"""Disconnections that are told one by one; more are told together."""


class ReplayError(ValueError):
    """A listener whose evening cannot be told: which, and whose can."""


@dataclasses.dataclass
class Effort:
    """One effort to get in, from coming or from losing the connection on, and the listening that followed."""

    since: float
    refused: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    unanswered: int = 0
    waits: dict = dataclasses.field(default_factory=lambda: {one: [] for one in STANDING})
    last: Moment = Moment.ARRIVED
    joined: float | None = None
    until: float | None = None


def story(run, listener):
    """Return the evening of one followed listener in a few sentences; `listener` is a row number of `run.listeners`.

    Raises `ReplayError` with a sentence if this listener was not followed moment by moment.
    """
    moments = _moments(run, listener)
    name = f"Simulated listener {listener:,}"
    ends = run.evening.ends_s
    if moments is None:
        came = clock(float(run.listeners["arrived"][listener]))
        return f"{name} would have come at {came}, after the evening had ended at {clock(ends)}."
    efforts, outcome = _efforts(moments, ends)
    told = [f"{name} came at {clock(efforts[0].since)}."]
    told += _effort(run, listener, efforts[0], outcome, again=False)
    lost = efforts[1:]
    if len(lost) <= TOLD_ONE_BY_ONE:
        for before, effort in zip(efforts, lost, strict=False):
            listened = duration(effort.since - before.joined)
            told.append(f"Disconnected at {clock(effort.since)} after listening for {listened}.")
            told += _effort(run, listener, effort, outcome, again=True)
    else:
        told += _many(run, listener, lost, outcome)
    return " ".join(told)


def _moments(run, listener):
    """This listener's (times, moments); None if they would have come after the end."""
    known = isinstance(listener, int | np.integer) and not isinstance(listener, bool)
    if not known or not 0 <= listener < len(run.listeners):
        raise ReplayError(
            f"listener is {listener!r}: give a whole number from 0 to {len(run.listeners) - 1:,}."
        )
    if run.listeners["outcome"][listener] == Outcome.AFTER_THE_END:
        return None
    who = run.lives["listener"]
    low, high = np.searchsorted(who, [listener, listener + 1])
    if low == high:
        raise ReplayError(_not_followed(who, listener, low))
    mine = run.lives[low:high]
    return mine["time"].tolist(), [Moment(one) for one in mine["moment"].tolist()]


def _not_followed(who, listener, at):
    if not len(who):
        return f"listener is {listener}: nobody was followed; simulate with sample=2000."
    near = min(who[max(0, at - 1) : at + 1].tolist(), key=lambda one: abs(one - listener))
    return (
        f"listener is {listener}: this one was not followed moment by moment; "
        f"the nearest who was is {near}."
    )


def _efforts(moments, ends):
    """Every `Effort` of a life, and how it ended: the last moment if it is a parting, else None."""
    efforts, times = [], moments[0]
    for at, (time, moment) in enumerate(zip(*moments, strict=True)):
        if moment in (Moment.ARRIVED, Moment.DISCONNECTED):
            if efforts:
                efforts[-1].until = time
            efforts.append(Effort(since=time, last=moment))
            continue
        effort = efforts[-1]
        if moment in REFUSED:
            effort.refused[moment] += 1
        elif moment == Moment.TIMED_OUT:
            effort.unanswered += 1
        elif moment in STANDING:
            effort.waits[moment].append((times[at + 1] if at + 1 < len(times) else ends) - time)
        elif moment == Moment.JOINED:
            effort.joined = time
        elif moment in (Moment.LEFT, Moment.GAVE_UP):
            effort.until = time
        effort.last = moment
    last = efforts[-1].last
    return efforts, last if last in (Moment.LEFT, Moment.GAVE_UP) else None


def _effort(run, listener, effort, outcome, again):
    """Sentences of one effort: what was met on the way, whether it led in, and how the listening ended."""
    met, ends = _met(effort), run.evening.ends_s
    if effort.joined is None:
        if outcome == Moment.GAVE_UP:
            spent = run.listeners["reason"][listener] == Reason.ATTEMPTS
            why = "with no attempt left" if spent else "out of patience"
            met.append(f"gave up at {clock(effort.until)}, {why}")
        else:
            met.append(f"{STILL.get(effort.last, BETWEEN)} when the evening ended at {clock(ends)}")
        return [_sentence(met)]
    after = "the disconnection" if again else "coming"
    lasted = duration(effort.joined - effort.since)
    met.append(f"{'in again' if again else 'in'} at {clock(effort.joined)}, {lasted} after {after}")
    told = [_sentence(met)]
    listened = duration((ends if effort.until is None else effort.until) - effort.joined)
    if effort.until is None:
        told.append(f"Still listening when the evening ended at {clock(ends)}.")
    elif effort.last == Moment.LEFT:
        told.append(f"Left at {clock(effort.until)} after listening for {listened}.")
    return told


def _met(effort):
    """What was met on the way in, in pieces: refusals by kind, attempts without an answer, waits."""
    kinds = [f"{_times(number)} {REFUSED[kind]}" for kind, number in sorted(effort.refused.items())]
    met = [f"refused {_listed(kinds)}"] if kinds else []
    if effort.unanswered:
        met.append(f"{_times(effort.unanswered)} left without an answer")
    for kind, waits in effort.waits.items():
        if waits:
            in_all = " in all" if len(waits) > 1 else ""
            met.append(f"waited {duration(math.fsum(waits))} {STANDING[kind]}{in_all}")
    return met


def _many(run, listener, lost, outcome):
    """Sentences of three or more disconnections together, and of the end of the last."""
    back = [effort.joined for effort in lost if effort.joined is not None]
    returned = f", in again {_times(len(back))}, last at {clock(back[-1])}" if back else ""
    told = [f"Disconnected {_times(len(lost))}, first at {clock(lost[0].since)}{returned}."]
    final = lost[-1]
    ending = _effort(run, listener, final, outcome, again=True)
    if final.joined is not None:
        return told + ending[1:]
    unmet = f"{ending[0][0].lower()}{ending[0][1:]}"
    return [*told, f"After the last time, at {clock(final.since)}: {unmet}"]


def _sentence(pieces):
    """Pieces as a sentence: "Refused twice by a full queue, in at 20:09, 9 minutes after coming."."""
    text = ", ".join(pieces)
    return f"{text[0].upper()}{text[1:]}."


def _times(number):
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _listed(words):
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
