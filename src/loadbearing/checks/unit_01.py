"""The checks of unit 01: two evenings told apart, a plan for each, one line of the door, a first load line."""

from __future__ import annotations

from functools import partial

from loadbearing.checks import comparing, doors, planning
from loadbearing.checks.reply import Check


def _first_load_line(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.launching import first_load_line

    return first_load_line(answer, **given)


SAME_RUNS = "both evenings, run again in a room of one twentieth, average weather."
NOT_SEEN = (
    "your plan on evenings the notebook does not show, in a room of one fiftieth; cost against par."
)

CHECKS = {
    "telling_time": Check(
        comparing.telling_time,
        SAME_RUNS,
        "Replace the blank by a time of day in quotes.",
        (
            "Look along the two columns of the table. Where are they far apart?",
            "Three of the four times are those of published counts; both evenings match these.",
            "Both evenings were fitted to the published counts, so only the time in between can differ: half "
            "past eight, when the slow door has worked for half an hour and the flood has let in nearly nobody.",
        ),
    ),
    "telling_ratio": Check(
        comparing.telling_ratio,
        SAME_RUNS,
        "Replace the blank by a division of the two counts.",
        (
            "Take the two counts in the row of your telling time.",
            "How many times does the smaller count fit into the larger one? Write larger / smaller.",
            "Point at the table: room['slow door']['20:30'] / room['retry flood']['20:30'].",
        ),
    ),
    "wasted_work": Check(
        comparing.wasted_work,
        SAME_RUNS,
        "Replace the blank by a number of per cent from the table.",
        (
            "You want the flood's column, and the row about people who had left.",
            "Handlers that are busy may be busy for nobody. Which row says for whom they worked?",
            "Dead work is work for people who had left before it was done: that row, in per cent, is the answer.",
        ),
    ),
    "flood_plan": Check(
        partial(planning.judge, "retry_flood"),
        NOT_SEEN,
        "Replace both blanks: how many handlers, and how many requests may wait.",
        (
            "Before you buy handlers: how long does a full queue last, and how long does a client wait?",
            "A queue that is worked off within a few seconds wastes nothing. Then ask how few handlers still do.",
            "Each handler lets in one person every two seconds. With a short queue no work is in vain, and fewer "
            "handlers than the flood's own are enough; go down in steps of a hundred until a practice evening "
            "breaks the promise, then one step up.",
        ),
    ),
    "slow_door_plan": Check(
        partial(planning.judge, "slow_door"),
        NOT_SEEN,
        "Replace the blank: how many handlers does the slow door need?",
        (
            "Here hardly any work is in vain. What is left to change?",
            "The crowd is almost the same as the flood's. So what would the same promise need here?",
            "A door without dead work is a door without dead work: the handlers that were enough for the flood "
            "with its short queue are enough here, and here they are more than the evening had.",
        ),
    ),
    "skipping_door": Check(
        doors.skipping_door,
        "your door beside the engine's own, listener by listener, in two rooms of one five-hundredth.",
        "Run the cell with the door first, then this one.",
        (
            "Read the marked line aloud: it skips a request if two things are true. Which one should not matter?",
            "`request.left` is None as long as the client waits. `drops_dead` is a setting of the door.",
            "The line becomes `if request.left is not None:`. Then run the door's cell and this one again.",
        ),
    ),
    "first_load_line": Check(
        _first_load_line,
        "crowds of different sizes at your door, average weather, in a room of a few thousand people.",
        "Replace the blank by a number of people.",
        (
            "Start from what your door lets in per second and the seconds in which they come; then doubt it.",
            "They do not come evenly. The busiest minutes bring more than the average; allow for a queue of two "
            "minutes, no more.",
            "Each reply says how many of a crowd of your size get in. Halve the distance between a size that is "
            "promised too much and one that is promised too little.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
