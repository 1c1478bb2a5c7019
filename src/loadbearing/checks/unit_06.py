"""The checks of unit 06: a way back read, a line tuned, a rule that follows the door, and the student's own minutes."""

from __future__ import annotations

from loadbearing.checks import unit_06_plans, unit_06_reading
from loadbearing.checks.reply import Check
from loadbearing.checks.unit_06_line import rehearse

__all__ = ["CHECKS", "rehearse"]


def _minutes_back(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_06_launch import minutes_back

    return minutes_back(answer, **given)


SAME_RUN = (
    "the restart with the door open, run again in a room of one twenty-fifth, average weather."
)
NOT_SEEN = (
    "your line on evenings the notebook does not show, in a room of one twenty-fifth; person-hours "
    "outside against par."
)

CHECKS = {
    "on_paper": Check(
        unit_06_reading.on_paper,
        "the numbers of the case: people outside, handlers, seconds a join.",
        "Replace the blank by a number of minutes.",
        (
            "How many people are outside, and how many does the door let in each second?",
            "People divided by people a second gives seconds. How many minutes is that?",
            "300,000 people at 1,000 a second are 300 seconds: outside / rate / 60.",
        ),
    ),
    "at_this_pace": Check(
        unit_06_reading.at_this_pace,
        SAME_RUN,
        "Replace the blank by a number of minutes.",
        (
            "Take the first row of the table. Which of its three numbers counts people who got in?",
            "A join that is finished for a client that has gone lets nobody in. Divide by those let in.",
            "Outside divided by the people let in a second, and by sixty: 300_000 / let_in / 60.",
        ),
    ),
    "help_arrives": Check(
        unit_06_reading.help_arrives,
        "the announced hour, run again with this autoscaler in a room of one twenty-fifth, average weather.",
        "Replace the blank by seconds after 20:00.",
        (
            "Three things take time, one after another. Which three?",
            "The first stretch with the rush in it ends when it looks for the first time. Then comes the lag.",
            "A stretch of 15 seconds, shown 60 seconds later, and 120 seconds until a handler has started: add them.",
        ),
    ),
    "line_rate": Check(
        unit_06_plans.line_rate,
        NOT_SEEN,
        "Replace the blank: how many people a second does the line let through?",
        (
            "Look at the worst practice evening, not at the best one.",
            "You cannot know how fast the door will be that evening. How much below its average are you safe?",
            "On a slow evening this door does about four fifths of its average. Stay a little below that: between "
            "two thirds and four fifths of what the door can do.",
        ),
    ),
    "following_line": Check(
        unit_06_plans.following_line,
        "your rule on evenings the notebook does not show, against the best rule known.",
        "Fill in the last line of the rule and run its cell first.",
        (
            "The line should let through something of what the door has just done. All of it, or less?",
            "If it lets through exactly what the door did, a queue that has grown never gets shorter.",
            'Let through about nine tenths: return {"admits_per_s": 0.9 * done_a_second}.',
        ),
    ),
    "minutes_back": Check(
        _minutes_back,
        "your full house, a restart and a line of three quarters of your join rate, on eight evenings.",
        "Replace the blank by a number of minutes.",
        (
            "A full house is outside. How fast can your door let it in, on paper?",
            "Let the line stay below the door: three quarters of your join rate. And mind the minutes.",
            "hold / (0.75 * join_rate) / 60: people, over people a second with a margin, in minutes.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
