"""The student's own load line, judged against crowds that try the student's own door."""

from __future__ import annotations

from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, minutes, people, share

NEAR = 0.1


def first_load_line(answer, sheet=None):
    """Judge an estimate of the largest crowd for which the promise holds, from the five inputs of a sheet."""
    sheet = checked_given(sheet)
    given = number(answer, "5000")
    if given < 1:
        raise AnswerError(
            f"{given:g} is no crowd; give the number of people that you think can be promised."
        )
    line = first_line.load_line(sheet)
    # The search does not look beyond this; a line found there is a floor, not a line.
    at_least = line >= 0.9 * max(sheet["expected"], 2.0 * sheet["hold"])
    if close(given, line, NEAR) or (at_least and given >= line):
        told = first_line.told_line(sheet, line)
        return yes(f"{told} {_kept(sheet, line, told)}".strip())
    return _answered(sheet, given, line)


def checked_given(sheet):
    """Return the sheet that a student gave as numbers, or raise the sentence that says what is wrong with it."""
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_line, sheet=sheet).")
    known = [one.key for one in first_line.INPUTS]
    for key in sheet:
        if key not in known:
            raise AnswerError(f"The sheet has no line {key!r}; its lines are {', '.join(known)}.")
    if any(value in (..., None) for value in sheet.values()):
        raise AnswerError("A line of the sheet is still blank; give all five numbers.")
    try:
        return first_line.checked_sheet(sheet)
    except ScenarioError as slip:
        raise AnswerError(str(slip)) from None


def _kept(sheet, line, told):
    """Keep the line on the launch sheet unless the numbers are the course's own example."""
    if all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own, and the line is kept."
    try:
        Progress.here().keep("launch_sheet", "first", **sheet, load_line=line, told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."


def _answered(sheet, given, line):
    """The reply to a wrong estimate: a crowd of that size tries the door."""
    kept = first_line.promise_kept(sheet, given)
    counter = (
        f"A crowd of {people(given)} at your door: {share(kept)} are in within {duration(first_line.PROMISE_S)}; "
        f"promised is {share(first_line.PROMISE_SHARE)}."
    )
    evenly = sheet["join_rate"] * minutes(sheet["within"])
    if close(given, sheet["join_rate"] * sheet["within"], 0.02):
        return no(
            "minutes for seconds",
            f"{counter} You multiplied people per second by minutes; a minute has sixty seconds.",
        )
    if given > line and close(given, sheet["expected"], 0.02):
        return no(
            "hope", f"{counter} That is how many you hope for, not how many the door can take."
        )
    if given > line and close(given, sheet["hold"], 0.02):
        return no(
            "seats",
            f"{counter} That is how many fit inside; how fast they get in is another number.",
        )
    if given > line and (
        close(given, evenly, 0.02) or close(given, evenly / first_line.MOST_OF_THEM, 0.02)
    ):
        return no(
            "averages hide peaks",
            f"{counter} You let them come evenly. They come in a rush, and the middle of it decides.",
        )
    if given > line:
        return no("too many", f"{counter} The line lies lower.")
    return no("too careful", f"{counter} The promise is easily kept: the line lies higher.")
