"""How many people a second the busiest minute of the student's own launch brings."""

from __future__ import annotations

import numpy as np

from loadbearing.checks.launching import checked_given as checked_sheet
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, people, share

MINUTE_S, NEAR = 60, 0.1


def expected_rate(sheet):
    """How many people a second the busiest minute of a launch brings, from the sheet's crowd and its minutes."""
    times, arrived = first_line.launch_scenario(
        sheet, sheet["expected"], 1.0
    ).crowd.arrivals.table()
    begins = np.linspace(times[0], times[-1], 10_001)
    came = np.interp(begins + MINUTE_S, times, arrived) - np.interp(begins, times, arrived)
    return sheet["expected"] * float(came.max()) / MINUTE_S


def door_of(sheet, rate):
    """Of the whole crowd, the share in within two minutes at a door that lets in so many a second."""
    return first_line.promise_kept(sheet | {"join_rate": rate}, sheet["expected"])


def busiest_rate(answer, sheet=None):
    """Judge an estimate of how many people a second the busiest minute brings."""
    sheet = checked_sheet(sheet)
    given = number(answer, "12")
    if not 0.001 <= given <= 1_000_000:
        raise AnswerError(f"{given:g} people a second is no estimate; give a number above nothing.")
    right = expected_rate(sheet)
    if close(given, right, NEAR):
        told = (
            f"Your busiest minute brings about {_rate(right)} people a second; your door lets in "
            f"{_rate(sheet['join_rate'])}."
        )
        return yes(f"{told} {_kept(sheet, right, told)}")
    counter = (
        f"A door that lets in {_rate(given)} a second, and your crowd: {share(door_of(sheet, given))} are in within "
        f"{duration(first_line.PROMISE_S)}."
    )
    evenly = sheet["expected"] / (MINUTE_S * sheet["within"])
    if close(given, evenly, 0.02) or close(given, 0.9 * evenly, 0.02):
        return no(
            "averages hide peaks",
            f"{counter} You let them come evenly. In the busiest minute more come than in the mean one.",
        )
    if close(given, sheet["expected"] / sheet["within"], 0.02):
        return no(
            "minutes for seconds",
            f"{counter} You divided by minutes; that is people per minute. A minute has sixty seconds.",
        )
    if close(given, sheet["join_rate"], 0.02):
        return no(
            "the door for the crowd",
            f"{counter} That is what your door lets in. Asked is what comes.",
        )
    if close(given, sheet["expected"] / MINUTE_S, 0.02):
        return no(
            "all in one minute",
            f"{counter} You let all of them come within one minute. They take {sheet['within']:g}.",
        )
    if given > right:
        return no("too many", f"{counter} So many never come at once.")
    return no("too few", f"{counter} More come than that.")


def _rate(rate):
    return f"{rate:.2g}" if rate < 10 else people(rate)


def _kept(sheet, rate, told):
    """Keep the number on the launch sheet unless the numbers are the course's own example."""
    if all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own, and the number is kept."
    try:
        Progress.here().keep("launch_sheet", "the_rush", busiest_rate=float(rate), told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
