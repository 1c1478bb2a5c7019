"""The checks of unit 05: two queues read, a line in front of the door, the wait to announce."""

from __future__ import annotations

from loadbearing.checks import unit_05_line, unit_05_read
from loadbearing.checks.reply import Check


def _announced_wait(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_05_wait import announced_wait

    return announced_wait(answer, **given)


SAME_RUNS = "both events, run again in a room of one fiftieth, average weather."

CHECKS = {
    "wanted_in": Check(
        unit_05_read.wanted_in,
        SAME_RUNS,
        "Replace the blank by a number of people.",
        (
            "Whoever had come by then is now somewhere. Where can they be?",
            "There are three places: outside, in the room, or gone home. The table has a row for each.",
            "Add the three rows of Tuesday's column: people outside, those who got in, those who gave up. Requests are "
            "no people.",
        ),
    ),
    "other_door": Check(
        unit_05_read.other_door,
        SAME_RUNS,
        "Replace the blank by a number of people.",
        (
            "A queue grows only while more come than get in. When would that be, behind Friday's door?",
            "Compare two rows: how many come a second on Tuesday, and how many Friday's door can let in a second.",
            "In Tuesday's busiest minute about as many come a second as Friday's door can let in, and before and after "
            "it fewer do. So hardly anybody has to stand outside.",
        ),
    ),
    "line_plan": Check(
        unit_05_line.judge,
        "your line on evenings the notebook does not show, in a room of one fiftieth; its bill against par.",
        "Replace both blanks: how many are let through a second, and how many handlers there are.",
        (
            "One handler lets in one person a second, on an average evening. What about a slow one?",
            "A line that is faster than the door of that evening is no line. A line much slower leaves handlers idle.",
            "Let through three quarters to four fifths of what the door can do. Then ask whether more of both is worth "
            "it: each further handler costs half a dollar, and shorter waits bring people back.",
        ),
    ),
    "announced_wait": Check(
        _announced_wait,
        "your whole crowd in such a line, average weather, in a room of a few thousand people.",
        "Replace the blank by a number of minutes.",
        (
            "How long would it take the line to let your whole crowd through? And how long do they take to come?",
            "The line lets four fifths of your join rate through. Divide the crowd by it, and take away the time in "
            "which they come.",
            "A first estimate, in minutes: crowd / (four fifths of the join rate) / 60, minus the minutes in which "
            "they come. If that is below nothing, the rush still makes a short line. Then come closer: each reply says "
            "how many would still wait.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
