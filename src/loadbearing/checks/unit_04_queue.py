"""The longest queue worth having at the student's own door: tried with a stop, and on a busy day without one."""

from __future__ import annotations

import functools

from loadbearing import (
    Crowd,
    Door,
    HandlersLost,
    Retries,
    Scenario,
    Service,
    Stage,
    Steady,
    Weather,
    readings,
    simulate,
)
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, people, share

LINES = {
    "join_rate": ("people your door lets in per second", 30, 10, 1_000_000),
    "client_waits": ("seconds after which your client tries again", 10, 5, 120),
    "patience": ("minutes for which people keep trying", 10, 0.1, 1_440),
}
"""The lines of the sheet: what each is, the example, the least and the most it may be."""

EXAMPLE = {key: example for key, (_, example, _, _) in LINES.items()}
SERVICE_S, MOST_HANDLERS = 0.5, 30
WITH_A_STOP, BUSY_DAY = 0.8, 0.9
"""How much of what the door could do comes: with the stop, and on the day without one."""

STOP_AFTER_S, STOP_WAITS, LENGTH_S, LAST_S = 120, 3, 1_200, 180
"""The stop comes after two minutes and lasts three of the client's waits; the last three minutes of twenty count."""

WITHIN_S, WELL, FEW_REFUSED = 60, 0.9, 0.05


def longest_queue(answer, sheet=None):
    """Judge how many requests may wait at the student's own door."""
    sheet = _checked(sheet)
    given = number(answer, "50")
    if given < 0:
        raise AnswerError(f"{given:g} is no queue limit; give a number of requests, or 0.")
    if given > 1e9:
        raise AnswerError(
            f"{given:g} is more than all people on earth; give the requests that may wait."
        )
    soon, dead = after_a_stop(round(given), **_of_the_door(sheet))
    refused = refused_on_a_busy_day(round(given), **_of_the_door(sheet))
    stop = (
        f"Your door stops for {duration(STOP_WAITS * sheet['client_waits'])}. A quarter of an hour later "
        f"{share(soon)} of those who come are in within a minute, and {share(dead)} of the work is dead"
    )
    if soon >= WELL and refused <= FEW_REFUSED:
        return yes(
            f"{stop}. On a busy day without a stop {_share(refused)} are refused at the first try. "
            f"{_kept(sheet, round(given))}"
        )
    if soon < WELL:
        return _too_long(sheet, given, stop)
    return no(
        "too short",
        f"On a busy day, without any fault, {_share(refused)} are refused at their first try: a few who come in "
        "the same second are enough. The door could have served them a moment later. Let more of them wait.",
    )


def _too_long(sheet, given, stop):
    lasts = given / sheet["join_rate"]
    waits = duration(sheet["client_waits"])
    why = f"A full queue of {people(given)} lasts {duration(lasts)}, and your client waits {waits}."
    if close(given, sheet["join_rate"] * sheet["client_waits"], 0.02):
        return no(
            "the whole wait",
            f"{stop}. {why} The service itself takes time too, and so does luck. Stay well below, at half of it.",
        )
    if close(given, sheet["join_rate"] * sheet["patience"] * 60, 0.02):
        return no(
            "patience of the person",
            f"{stop}. People try for {duration(60 * sheet['patience'])}, but each request of theirs is given up "
            f"after {waits}. {why}",
        )
    return no("queue outlasts the wait", f"{stop}. {why}")


def _share(part):
    return "under 1 %" if part < 0.005 else share(part)


def _of_the_door(sheet):
    return {"join_rate": float(sheet["join_rate"]), "client_waits": float(sheet["client_waits"])}


@functools.lru_cache(maxsize=256)
def after_a_stop(queue, join_rate, client_waits):
    """Return (share in within a minute, share of dead work) in the last minutes of an evening with a stop."""
    run = _run(queue, join_rate, client_waits, WITH_A_STOP, STOP_WAITS * client_waits)
    ends = run.evening.ends_s
    soon = readings.service_level(run, WITHIN_S, ends - LAST_S, ends - WITHIN_S)
    dead = readings.dead_work_share(run, ends - LAST_S, ends)
    return soon, dead if dead == dead else 0.0


@functools.lru_cache(maxsize=256)
def refused_on_a_busy_day(queue, join_rate, client_waits):
    """Return the share who are not in at their first attempt on a busy day without a stop."""
    run = _run(queue, join_rate, client_waits, BUSY_DAY, 0.0)
    return 1 - readings.first_click_success(run, 0, run.evening.ends_s - WITHIN_S)


def _run(queue, join_rate, client_waits, load, stops_s):
    """The student's door in a room of at most thirty handlers, with this load and a stop of so many seconds."""
    fraction = min(1.0, MOST_HANDLERS / (join_rate * SERVICE_S))
    handlers = max(1, round(join_rate * fraction * SERVICE_S))
    ends = round(STOP_AFTER_S + stops_s + LENGTH_S)
    lost = HandlersLost(at_s=float(STOP_AFTER_S), lasts_s=stops_s, handlers=handlers)
    scenario = Scenario(
        crowd=Crowd(
            listeners=round(load * join_rate * fraction * ends),
            arrivals=Steady(from_s=0.0, until_s=float(ends)),
            timeout_s=client_waits,
            retries=Retries(base_s=2.0, cap_s=60.0),
        ),
        door=Door(
            handlers=handlers,
            service=Service(mean_s=handlers / (join_rate * fraction)),
            queue_limit=round(queue * fraction),
        ),
        stage=Stage(),
        faults=(lost,) if stops_s else (),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=ends,
    )
    return simulate(scenario, sample=0, progress=False)


def _checked(sheet):
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_queue, sheet=sheet).")
    found = {}
    for key, (what, example, least, most) in LINES.items():
        value = sheet.get(key, ...)
        if value in (..., None):
            raise AnswerError(f"A line of the sheet is still blank: {key}, the {what}.")
        found[key] = number(value, f"{example:g}")
        if not least <= found[key] <= most:
            raise AnswerError(
                f"{key} is {value}; give the {what}, from {least:g} to {most:,g}, such as {example:g}."
            )
    return found


def _kept(sheet, queue):
    """Keep the number on the launch sheet unless the numbers are the course's own example."""
    if all(sheet[key] == EXAMPLE[key] for key in LINES):
        return "These are the course's example numbers; put in your own, and the number is kept."
    told = f"At most {people(queue)} requests may wait at your door."
    try:
        Progress.here().keep("launch_sheet", "the_flood", **sheet, longest_queue=queue, told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
