"""The student's own margin: how long their full queue lasts, beside how long their clients wait."""

from __future__ import annotations

from loadbearing import cases
from loadbearing.checks import details
from loadbearing.checks.details import middling
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, share

LINES = {
    "queue": ("how many requests may wait at your door", 600),
    "join_rate": ("how many people your door lets in per second", 40),
    "timeout": ("how many seconds your clients wait for an answer", 30),
}
"""The lines of the sheet: what each holds, and the course's example."""

NEAR, MOST = 0.02, 1e9
SAFE = 1.0


def margin(answer, sheet=None):
    """Judge the length of a full queue over the length of a client's wait, both in seconds."""
    queue, rate, wait = _checked(sheet)
    given, right = number(answer, "0.7"), queue / rate / wait
    lasts = f"Your full queue lasts {duration(queue / rate)}, and a client waits {duration(wait)}"
    if close(given, right, NEAR):
        return _right(sheet, right, lasts)
    if close(given, queue / wait, NEAR):
        return no(
            "requests for seconds",
            f"You divided requests by seconds. {lasts}: first turn the requests into seconds, with your join rate.",
        )
    if close(given, 1 / right, NEAR):
        return no(
            "upside down",
            f"{lasts}. You divided the wait by the queue; then a longer queue would look safer. {_on_the_eve(right)}",
        )
    if close(given, queue / rate, NEAR):
        return no("half the way", f"{lasts}. You have the first of the two; divide by the second.")
    if close(given, queue / rate - wait, NEAR) or close(given, wait - queue / rate, NEAR):
        return no("difference", f"{lasts}. Divide them: a ratio can be held against any door.")
    return no("other", f"{lasts}. Divide the first by the second. {_on_the_eve(given)}")


def _checked(sheet):
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_margin, sheet=sheet).")
    for key in sheet:
        if key not in LINES:
            raise AnswerError(f"The sheet has no line {key!r}; its lines are {', '.join(LINES)}.")
    found = []
    for key, (says, example) in LINES.items():
        if sheet.get(key, ...) in (..., None):
            raise AnswerError(f"Still to fill in: {key}, {says}.")
        value = number(sheet[key], f"{example:,}")
        if not 0 < value <= MOST:
            raise AnswerError(f"{key}, {says}, is {value:g}; give a number above nothing.")
        found.append(value)
    return found


def _right(sheet, right, lasts):
    told = f"{lasts}: {right:.2g} times a client's wait."
    judged = (
        "That is below one: whoever is served is still there."
        if right < SAFE
        else "That is one or more: with the queue full, the door would work for people who have gone."
    )
    return yes(f"{told} {judged} {_on_the_eve(right)} {_kept(sheet, right, told)}")


def _on_the_eve(ratio):
    """What the unit's own evening does with such a queue."""
    if not 0 < ratio < 100:
        return ""
    door, waits = cases.get(details.CASE).door, cases.get(details.CASE).crowd.timeout_s
    queue = max(1, round(ratio * waits * door.handlers / door.service.mean_s))
    soon = share(middling({"queue_limit": queue}))
    return f"On this unit's evening a queue of {ratio:.2g} times the wait lets {soon} in within five minutes."


def _kept(sheet, right, told):
    """Keep the margin on the launch sheet unless the numbers are the course's own example."""
    if all(sheet[key] == example for key, (_, example) in LINES.items()):
        return "These are the course's example numbers; put in your own, and the margin is kept."
    try:
        Progress.here().keep("launch_sheet", "the_details", **sheet, margin=right, told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
