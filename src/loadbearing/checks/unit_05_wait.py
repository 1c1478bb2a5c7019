"""The wait to announce: how long the line of the student's own launch gets, in minutes."""

from __future__ import annotations

import math

from loadbearing import Patience, Stage, WaitingRoom, readings, simulate
from loadbearing.checks.launching import checked_given
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, minutes, people, share

MARGIN, NEAR, NEAR_MINUTES = 0.8, 0.15, 0.5
NEARLY_ALL = 99
"""Per cent of the crowd whose wait is at most the one announced."""


def waited(sheet, of_the_door=MARGIN):
    """Return (the longest wait in seconds, the run): all expected people, in a line that lets this part through.

    Nobody leaves the line, and there are seats for all: the wait that one would have to announce. The longest is that
    of 99 in 100: nobody waits longer but the last hundredth.
    """
    crowd = sheet["expected"]
    fraction = min(1.0, first_line.ROOM_PEOPLE / crowd)
    rate = of_the_door * sheet["join_rate"] * fraction
    scenario = first_line.launch_scenario(sheet, crowd, fraction)
    scenario = scenario.changed(
        {
            "crowd.patience": Patience(),
            "stage": Stage(),
            "waiting_room": WaitingRoom(admits_per_s=rate),
            "ends_s": math.ceil(3 * minutes(sheet["within"]) + crowd * fraction / rate + 60),
        }
    )
    run = simulate(scenario, sample=0, progress=False)
    return readings.time_to_join_of_everybody(run, NEARLY_ALL), run


def honest_wait(sheet):
    """Return the longest wait in line, in minutes, to half a minute below ten."""
    longest = waited(sheet)[0] / 60
    return round(2 * longest) / 2 if longest < 10 else round(longest)


def announced_wait(answer, sheet=None):
    """Judge the wait that a student would announce, in minutes, for the line of a launch sheet."""
    sheet = checked_given(sheet)
    given = number(answer, "12")
    if given < 0:
        raise AnswerError(f"{given:g} is no wait; give a number of minutes, 0 or more.")
    longest, run = waited(sheet)
    right, rate = longest / 60, MARGIN * sheet["join_rate"]
    crowd = people(sheet["expected"])
    line = (
        f"A line that lets {people(rate)} people a second through, and the {crowd} that you expect"
    )
    if _near(given, right):
        told = f"{line}: 99 of 100 wait at most {duration(longest)}"
        patience = minutes(sheet["patience"])
        longer = share(still_waiting(run, patience))
        return yes(
            f"{told}. You said they keep trying for {duration(patience)}: {longer} would wait longer than that. "
            f"{_kept(sheet, right, told)}"
        )
    error, why = _idea(sheet, given, right, rate)
    after = share(still_waiting(run, minutes(given)))
    return no(
        error,
        f"{line}: after {duration(minutes(given))} of waiting, {after} of them would still stand there. {why}",
    )


def _idea(sheet, given, right, rate):
    """The idea behind a wrong wait, and what is wrong with it."""
    at_once = sheet["expected"] / rate / 60
    if close(given, 60 * right):
        return "seconds for minutes", "You gave seconds; asked is minutes."
    if close(given, at_once) or close(given, MARGIN * at_once):
        why = "You let them all come in the first second. While they come, the line already moves."
        return "all at once", why
    if _near(given, waited(sheet, 1.0)[0] / 60):
        why = "You let people through as fast as the door can be. On a slow evening that line is none."
        return "no margin", why
    if close(given, sheet["patience"], 0.02):
        return "their patience", "You gave how long they are willing to wait."
    if given < 0.1 * right:
        return "averages hide peaks", "On average the door may keep up. In the rush it does not."
    if given < right:
        return "too short", "That is more than the last hundredth. Announce a longer wait."
    return "too long", "You would frighten people away: announce a shorter one."


def _near(given, right):
    return abs(given - right) <= NEAR_MINUTES or close(given, right, NEAR)


def still_waiting(run, seconds):
    """Return the share of the crowd whose time to join is longer than this."""
    return 1 - readings.joined(run) / readings.came(run) * float(
        (readings.times_to_join(run) <= seconds).mean()
    )


def _kept(sheet, wait, told):
    """Keep the wait on the launch sheet unless the numbers are the course's own example."""
    if all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own, and the wait is kept."
    try:
        Progress.here().keep("launch_sheet", "wait", **sheet, wait_minutes=wait, told=f"{told}.")
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
