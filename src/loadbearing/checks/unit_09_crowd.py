"""An evening that turned people away without a trace, four small invitations, and the next evening predicted from each.

The list and the door are those of the case `the_full_door`; on the next evening the door has half as many handlers
again. Every prediction is a run in a room of one twenty-fifth and average weather, and so is what is measured then.
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from loadbearing import cases, readings
from loadbearing.checks import unit_09_doors as doors
from loadbearing.checks.reply import AnswerError, close, no, not_yet, number, yes
from loadbearing.units import people, share

TIMES, NEXT_SEED = 1.5, 1
"""The next evening's door has so many times the handlers; its luck is its own."""

RAMPS = (0.05, 0.1, 0.2, 0.3)
"""Four small invitations: which share of the list is invited to each, on evenings with weather of their own."""

FOLLOWED = 10
"""One client in so many counts its own requests and says so afterwards."""

NEAR = 0.1


@dataclasses.dataclass(frozen=True)
class Log:
    """What is left of the evening that turned people away, for the full crowd.

    `let_in`: people in the door's log, which has a row for everybody who got in. `requests`: what a counter in front
    of the door counted. `requests_each`: how often a client asked, on average of the clients that counted themselves.
    """

    let_in: float
    requests: float
    requests_each: float


@dataclasses.dataclass(frozen=True)
class Told:
    """An evening foretold or measured: how many come, and the share in within a minute."""

    people: float
    soon: float


def on_the_list():
    """How many people are on the list."""
    return cases.get(doors.CASE).crowd.listeners


def slower():
    """By what part of itself a join takes longer when all handlers of the case's door are at work."""
    door = cases.get(doors.CASE).door
    return door.coherency * door.handlers * (door.handlers - 1)


@functools.cache
def overloaded():
    """Return the run of the evening that turned people away."""
    return doors.evening(doors.own_handlers(), slower(), calm=True)


@functools.cache
def log():
    """Return what is left of that evening, a `Log`."""
    run = overloaded()
    each = run.listeners["attempts"][::FOLLOWED].mean()
    let_in = readings.joined(run) / doors.ROOM
    return Log(let_in, readings.requests(run) / doors.ROOM, float(each))


@functools.cache
def small_invitations():
    """Return the runs of the four small invitations, each with its share of the list."""
    return {
        part: doors.evening(
            doors.own_handlers(), slower(), round(part * on_the_list()), seed=1 + at
        )
        for at, part in enumerate(RAMPS)
    }


def came_by_ramps():
    """How many of the whole list will come, as the small invitations have it: their logs lack nobody."""
    runs = small_invitations()
    came = sum(readings.joined(run) for run in runs.values())
    return came / doors.ROOM / sum(runs)


def slower_by_ramps():
    """By what part a join takes longer at the full door, as the small invitations have it.

    Least squares of the time of a join on the square of how many are at work, minute by minute: Gunther's law without
    contention (2007).
    """
    squares, times, weights = [], [], []
    for run in small_invitations().values():
        for minute in range(5):
            rows = readings.seconds_of(run, 60 * minute, 60 * minute + 60)
            services = int(rows["services"].sum())
            if services:
                at_work = float(rows["busy"].mean()) / doors.ROOM / doors.own_handlers()
                squares.append(at_work**2)
                times.append(float(rows["work_s"].sum()) / services)
                weights.append(math.sqrt(services))
    slope, light = np.polyfit(squares, times, 1, w=weights)
    return max(0.0, slope / light)


@functools.lru_cache(maxsize=64)
def next_evening(number_of_people, how_much_slower):
    """Return the next evening as foretold for so many people and a door that is so much slower when full, a `Told`."""
    handlers = round(TIMES * doors.own_handlers())
    run = doors.evening(handlers, how_much_slower, max(1, round(number_of_people)), calm=True)
    return Told(number_of_people, readings.service_level(run, doors.MINUTE_S))


@functools.cache
def measured():
    """Return the next evening as it came, a `Told`."""
    handlers = round(TIMES * doors.own_handlers())
    run = doors.evening(handlers, slower(), calm=True, seed=NEXT_SEED)
    return Told(readings.came(run) / doors.ROOM, readings.service_level(run, doors.MINUTE_S))


def by_ramps():
    """Return the next evening as the small invitations foretell it."""
    return next_evening(came_by_ramps(), slower_by_ramps())


def by_log():
    """Return the next evening as the log of those who got in foretells it."""
    return next_evening(log().let_in, slower())


def forecast_table():
    """Return both predictions and what was measured, as text."""
    rows = {
        "measured on the next evening": measured(),
        "foretold from four small invitations": by_ramps(),
        "foretold from the log of one full evening": by_log(),
    }
    lines = [f"{'':<44}{'people who come':>17}{'in within a minute':>21}"]
    lines += [
        f"{text:<44}{people(one.people):>17}{share(one.soon):>21}" for text, one in rows.items()
    ]
    return "\n".join(lines)


def log_table():
    """Return the three numbers that are left of the full evening, as text."""
    left = log()
    return "\n".join(
        [
            f"log.let_in          {people(left.let_in):>10}   people in the door's log",
            f"log.requests        {people(left.requests):>10}   requests, by a counter in front of the door",
            f"log.requests_each   {left.requests_each:>10.2f}   requests a client, by one client in ten",
        ]
    )


# --- judged --------------------------------------------------------------------------------------


def too_low(answer):
    """Judge by how many per cent the log of those let in makes the crowd too small."""
    given, true, foretold = number(answer, "12"), measured().people, by_log().people
    right = 100 * (1 - foretold / true)
    told = f"{people(foretold)} foretold, {people(true)} came"
    if abs(given - right) <= 1.5:
        return yes(
            f"{told[0].upper()}{told[1:]}: {right:.0f} % too low. That evening measured the door and hid the crowd. "
            f"The prediction says {share(by_log().soon)} in within a minute, and it was {share(measured().soon)}."
        )
    if close(given, 100 * (true / foretold - 1), 0.03):
        return no(
            "the other base",
            f"That is measured by the prediction. Measure by those who came: {told}.",
        )
    if close(given, right / 100, 0.03):
        return no(
            "fraction", f"That is a part of one. In per cent it is a hundred times that: {told}."
        )
    if close(given, true - foretold, 0.03):
        return no(
            "people",
            f"So many people are missing. Asked is how many per cent of those who came: {told}.",
        )
    if close(given, 100 - right, 0.03):
        return no("what was seen", f"That part was seen. Asked is the part that was not: {told}.")
    ramps = 100 * abs(1 - came_by_ramps() / true)
    if abs(given - ramps) <= 0.5:
        return no(
            "the other prediction",
            f"That is by how much the four small invitations miss: {people(came_by_ramps())} foretold. "
            f"The last row: {told}.",
        )
    soon = 100 * (by_log().soon - measured().soon)
    if abs(given - soon) <= 1.0:
        return no(
            "the last column",
            f"That is from the column of those in within a minute. The first column: {told}.",
        )
    return no(
        "other",
        f"If {given:.3g} % were missing, {people(true * (1 - given / 100))} would have been foretold. But {told}."
        if 0 <= given <= 100
        else f"A part of those who came lies between 0 and 100 per cent: {told}.",
    )


def crowd_counted(answer):
    """Judge a line that counts the people who came, from what is left of the full evening."""
    if not callable(answer):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no function; give people_who_came, without brackets after it."
        )
    left = log()
    try:
        given = answer(left)
    except Exception as slip:  # the student's own code: whatever it raises becomes a sentence
        said = str(slip).rstrip(".") or type(slip).__name__
        raise AnswerError(
            f"Your function stopped: {said}. Change its line and run its cell again."
        ) from None
    if given in (None, ...):
        return not_yet("Your function returns nothing yet.")
    counted, true = number(given, "log.let_in"), measured().people
    if not 1 <= counted <= 1e9:
        raise AnswerError(
            f"Your function counts {counted:g} people; let it count at least one, and not all on earth."
        )
    told = _told(counted)
    if close(counted, true, NEAR):
        return yes(
            f"{told} {_compared(counted)} People who leave no row can be counted, if something counts every request, "
            "and a few clients count their own."
        )
    return _answered(left, counted, told)


def _told(counted):
    return f"Your line counts {people(counted)} people; {people(measured().people)} come to the next evening."


def _compared(counted):
    """The next evening foretold for so many people, beside what was measured."""
    with_yours = next_evening(min(counted, MOST_TRIED), slower())
    return f"Foretold for your count: {share(with_yours.soon)} in within a minute. Measured: {share(measured().soon)}."


MOST_TRIED = 1_000_000.0
"""A larger count is foretold for so many: nobody gets in anyway."""


def _answered(left, counted, told):
    turned = left.requests - left.let_in
    run = _compared(counted)
    ideas = (
        (left.let_in, "who was logged", "Only those who got in left a row."),
        (
            left.requests,
            "requests are people",
            f"Each client asked {left.requests_each:.2f} times.",
        ),
        (
            turned,
            "each refusal a person",
            "Those are requests that let nobody in, and one person makes several.",
        ),
        (
            left.let_in + turned / left.requests_each,
            "counted twice",
            "Those who got in were refused as well before; so some requests are divided and some are not.",
        ),
        (
            left.let_in * left.requests_each,
            "the log stretched",
            "Those in the log are people already. The requests are to be turned into people.",
        ),
        (turned / left.requests_each, "only the refused", "Those who got in came too."),
    )
    for value, error, why in ideas:
        if close(counted, value, 0.01):
            return no(error, f"{told} {why} {run}")
    return no("too few" if counted < measured().people else "too many", f"{told} {run}")
