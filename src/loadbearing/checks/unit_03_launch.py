"""The student's own door: handlers for the busiest minute, tried on evenings with weather."""

from __future__ import annotations

import functools

from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.checks.unit_03_doors import AT_MOST, UNSEEN, Trial
from loadbearing.labs.dice import wait_at
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration

EXAMPLE = {"people_a_second": 40.0, "service_s": 1.5}
RANGES = {"people_a_second": (0.001, 1_000_000), "service_s": (0.001, 86_400)}
MOST_WORK, MOST_HANDLERS = 1_000.0, 10_000_000
SEEN, LONGEST_S, SHORTEST_S = 60_000.0, 3600.0, 120.0
"""Services that a trial watches, and the longest and shortest that it does, in service times."""

TOO_MANY, NEAR = 1.25, 0.02
"""Over-bought: so many times fewer would do. How near a number must be to a wrong idea's."""


def handlers_needed(answer, sheet=None):
    """Judge how many handlers the busiest minute of the student's own launch needs."""
    rate, service = _checked(sheet)
    work = rate * service
    given = number(answer, "50")
    if given != int(given) or not 1 <= given <= MOST_HANDLERS:
        raise AnswerError(f"{given:g} handlers is no door; give a whole number of at least 1.")
    given = int(given)
    trial = tried(work, given)
    told = f"{rate:g} people a second, {duration(service)} each: {work:.3g} handlers' worth of work. Your {trial}."
    if not trial.holds:
        return _too_few(told, given, rate, work)
    fewer = int(given / TOO_MANY)
    if fewer >= 1 and tried(work, fewer).holds:
        return _too_many(told, given, fewer, work)
    return yes(f"{told} A fifth fewer would not do. {_kept(sheet, given, work)}")


@functools.lru_cache(maxsize=512)
def tried(work, handlers, calm=False):
    """Return the `Trial` of a door on the unseen evenings; a very large one in a room of a thousand handlers' worth."""
    fraction = min(1.0, MOST_WORK / work)
    room, there = work * fraction, max(1, round(handlers * fraction))
    watched = min(LONGEST_S, max(SHORTEST_S, SEEN / room))
    if room * watched < 1:
        watched = 1 / room
    kept = sum(wait_at(there, room, seed, calm, watched) <= AT_MOST for seed in UNSEEN)
    return Trial(work, handlers, int(kept), len(UNSEEN))


def _too_few(told, given, rate, work):
    if given <= work and close(given, work, NEAR) or given == round(work):
        return no(
            "nothing to spare",
            f"{told} That is the work itself, with nothing to spare: the line grows all the time.",
        )
    if close(given, rate, NEAR) or given == round(rate):
        return no(
            "people for handlers",
            f"{told} You gave one handler for each person a second. How long does one join keep a handler busy?",
        )
    if given < work:
        return no(
            "less than the work", f"{told} More comes than they can do, on an average evening too."
        )
    calm = tried(work, given, calm=True)
    if calm.holds:
        return no(
            "chance alone",
            f"{told} In average weather: {calm.kept} of {calm.of}. Chance is covered, a fuller evening is not.",
        )
    return no(
        "too few",
        f"{told} In average weather: {calm.kept} of {calm.of}. A door of this size needs more to spare.",
    )


def _too_many(told, given, fewer, work):
    also = tried(work, fewer)
    said = f"{told} But {also.handlers:,} would do too: {also.kept} of {also.of}."
    if given >= 50 * work:
        return no(
            "minutes for seconds",
            f"{said} Are your people counted by the second, and not by the minute?",
        )
    return no("over-bought", said)


def _checked(sheet):
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_handlers, sheet=sheet).")
    for key in sheet:
        if key not in EXAMPLE:
            raise AnswerError(f"The sheet has no line {key!r}; its lines are {', '.join(EXAMPLE)}.")
    if any(sheet.get(key) in (..., None, "") for key in EXAMPLE):
        raise AnswerError("A line of the sheet is still blank; give both numbers.")
    found = []
    for key, (least, most) in RANGES.items():
        value = number(sheet[key], f"{EXAMPLE[key]:g}")
        if not least <= value <= most:
            raise AnswerError(f"{key} is {value:g}; give a number from {least:g} to {most:,}.")
        found.append(value)
    return found


def _kept(sheet, given, work):
    """Keep the number on the launch sheet unless the inputs are the course's own example."""
    if sheet == EXAMPLE:
        return "These are the course's example numbers; put in your own, and the number is kept."
    told = f"Handlers for your busiest minute: {given:,}, for {work:.3g} handlers' worth of work."
    try:
        Progress.here().keep("launch_sheet", "the_door", **sheet, handlers=given, told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."


def promised():
    """Return the promise in words."""
    return "On nine evenings in ten, people wait on average at most a tenth of the time that one join takes."
