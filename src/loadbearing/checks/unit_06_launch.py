"""The student's own way back: a full house, a restart, a line; and how many minutes until everybody is in again."""

from __future__ import annotations

import functools
import math

import numpy as np

from loadbearing import cases, simulate
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.parts import ScenarioError
from loadbearing.pictures.returning import back_after
from loadbearing.progress import Progress, ProgressError
from loadbearing.scenario import Patience, Restart, Steady, WaitingRoom, Weather
from loadbearing.units import duration, people

PART = 0.75
"""How much of the door the line lets through: the rest is the margin for evenings on which the door is slower."""

ROOM_PEOPLE, ROOM_RATE = 4_000, 16.0
"""A small room holds so many people at least, and its door lets in so many a second: smaller doors are all dice."""

EVENINGS = range(1, 9)
LONGEST_S = 6 * 3600
"""A way back that takes longer on paper is not played."""

QUIET_S, SHUT_S = 60, 10.0
NEAR = 0.15
WEATHER = cases.inputs("the_restart")["service"].value
NEEDED = ("join_rate", "hold")


def minutes_back(answer, sheet=None):
    """Judge the minutes that a full house needs to be in again after a restart, with a margin."""
    hold, rate = _checked(sheet)
    given, paper_s = number(answer, "90"), hold / rate
    if given <= 0:
        raise AnswerError(f"{given:g} minutes is no time; give a number above nothing.")
    if paper_s > LONGEST_S:
        raise AnswerError(
            f"{people(hold)} people at {rate:g} a second take {duration(paper_s)}, even on paper. "
            "Think of such a house in parts, each restarted for itself, and give the numbers of one part."
        )
    times = _times(hold, rate)
    if close(given, _right_s(hold, rate, times) / 60, NEAR):
        return yes(f"{_told(hold, rate, times)} {_kept(sheet, given, hold, rate)}".strip())
    return _answered(sheet, given, hold, rate, times)


def _checked(sheet):
    """The two lines of the sheet that are needed: (hold, join rate)."""
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_minutes, sheet=sheet).")
    found = {}
    for key in NEEDED:
        if sheet.get(key) in (..., None):
            raise AnswerError(f"The sheet lacks {key!r}; give a number.")
        try:
            found[key] = first_line.checked_input(key, sheet[key])
        except ScenarioError as slip:
            raise AnswerError(str(slip)) from None
    return found["hold"], found["join_rate"]


def house(hold, rate, part=PART):
    """Return the student's full house with a restart and a line, in a small room: (scenario, when it restarts)."""
    fraction = min(1.0, max(ROOM_PEOPLE / hold, ROOM_RATE / rate))
    came_s = math.ceil(2 * hold / rate)
    sheet = {one.key: one.example for one in first_line.INPUTS} | {"hold": hold, "join_rate": rate}
    scenario = first_line.launch_scenario(sheet, hold, fraction)
    admitted = part * rate * fraction
    changes = {
        "crowd.arrivals": Steady(from_s=-came_s, until_s=0.0),
        "crowd.patience": Patience(),
        "stage.seats": None,
        "faults": (Restart(at_s=QUIET_S, lasts_s=SHUT_S),),
        "waiting_room": WaitingRoom(admits_per_s=admitted, opens_s=float(QUIET_S)),
        "weather": Weather(turnout=0.0, patience=0.0, sharpness=0.0, service=WEATHER),
        "starts_s": -came_s,
        "ends_s": QUIET_S + math.ceil(2 * hold / (min(part, PART) * rate)) + 600,
    }
    return scenario.changed(changes)


@functools.lru_cache(maxsize=64)
def _times(hold, rate, part=PART):
    """Seconds until 99 in 100 are back, on each of some evenings; inf where it is never."""
    scenario = house(hold, rate, part)
    return tuple(
        back_after(simulate(scenario, seed, sample=0, progress=False)) for seed in EVENINGS
    )


def _right_s(hold, rate, times):
    """Seconds that a full house needs on a middling evening; by arithmetic where the run never gets there."""
    middle = float(np.median(times))
    return middle if math.isfinite(middle) else hold / (PART * rate)


def _told(hold, rate, times):
    if not math.isfinite(np.median(times)):
        return (
            f"{people(hold)} people at three quarters of {rate:g} a second: {duration(hold / (PART * rate))}. In the "
            "run it takes longer still: this door is so slow that clients stop waiting before it has served them."
        )
    worst = max(times)
    slowest = (
        f"{duration(worst)} on the slowest" if math.isfinite(worst) else "never on the slowest"
    )
    return (
        f"{people(hold)} people, a door of {rate:g} a second, a line that lets through three quarters of that: 99 of "
        f"100 are back after {duration(float(np.median(times)))}, and {slowest} of {len(times)} evenings."
    )


def _kept(sheet, given, hold, rate):
    """Keep the number on the launch sheet unless the numbers are the course's own example."""
    examples = {one.key: one.example for one in first_line.INPUTS}
    if all(sheet[key] == examples[key] for key in NEEDED):
        return "These are the course's example numbers; put in your own, and it is kept."
    told = f"A full house of {people(hold)} is back {duration(60 * given)} after a restart."
    try:
        Progress.here().keep(
            "launch_sheet", "the_way_back", hold=hold, join_rate=rate, minutes=given, told=told
        )
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."


def _answered(sheet, given, hold, rate, times):
    """The reply to a wrong number of minutes: what the line would have to let through to keep that promise."""
    needed = hold / (60 * given)
    told = _told(hold, rate, times)
    asks = (
        f"In {duration(60 * given)} your line must let through {needed:.3g} a second. "
        f"Your door can do {rate:g}."
    )
    right = _right_s(hold, rate, times) / 60
    expected, within = sheet.get("expected"), sheet.get("within")
    if close(given, right / 60, NEAR):
        return no("hours for minutes", f"{told} Give that in minutes, not in hours.")
    if close(given, 60 * right, NEAR) or close(given, hold / rate, 0.02):
        return no("seconds for minutes", f"{told} You gave seconds; a minute has sixty.")
    if given < right and isinstance(within, int | float) and close(given, within, 0.02):
        return no(
            "as they came", f"{asks} They took so long to come. That says nothing of coming back."
        )
    if given < right and isinstance(expected, int | float) and _is_of(given, expected, rate):
        return no(
            "hope",
            f"{asks} You took the people you expect. A full house is {people(hold)}: {told}",
        )
    if close(given, hold / rate / 60, 0.05):
        late = sum(not one <= 60 * given * 1.05 for one in _times(hold, rate, 1.0))
        return no(
            "no margin",
            f"{asks} That leaves no margin. With such a line 99 of 100 are late on {late} of {len(times)} evenings: "
            "on many an evening the door is slower than on average.",
        )
    if given < right:
        return no("too short", f"{asks} {told}")
    return no("too long", f"{asks} It could go faster and still be safe. {told}")


def _is_of(given, expected, rate):
    return any(close(given, expected / (part * rate) / 60, 0.03) for part in (PART, 1.0))
