"""The checks of unit 03: a wait read from a line, a shared queue, three doors, the last handlers, the student's own."""

from __future__ import annotations

from loadbearing.checks import unit_03_buying, unit_03_doors, unit_03_launch, unit_03_reading
from loadbearing.checks.reply import Check

SAME_DOORS = "both doors, run again for a hundred thousand services each, average weather."

CHECKS = {
    "little": Check(
        unit_03_reading.little,
        SAME_DOORS,
        "Replace the blank by a division of two counts from the table.",
        (
            "You want the row of ten handlers, and only those who stand in line.",
            "Each second some come, and each of them adds one to the line for as long as they wait.",
            "People in line = people a second x seconds that each waits. So divide those in line by those who "
            "come in a second.",
        ),
    ),
    "shared_queue": Check(
        unit_03_reading.shared_queue,
        SAME_DOORS,
        "Replace the blank by a division of the two waits.",
        (
            "Work out the wait at the door with one handler as you did for the other.",
            "Ten such doors side by side make people wait as long as one of them does.",
            "Wait with one handler over wait with ten: write larger / smaller.",
        ),
    ),
    "headroom": Check(
        unit_03_doors.judge,
        "your three doors on evenings the notebook does not show, each with its own weather; cost against par.",
        "Replace all three blanks: handlers of the small, the middle and the large door.",
        (
            "How much more work than usual may an evening bring? No size of door protects you from that.",
            "Chance hurts the small door most. Which door needs the largest share to spare?",
            "Start with a third more handlers than work at every door. Look which door breaks the promise, give "
            "that one more, and go down in small steps at the others.",
        ),
    ),
    "last_handlers": Check(
        unit_03_buying.last_handlers,
        "your door on forty evenings the notebook does not show; what it costs and what it loses.",
        "Replace the blank by a number of handlers.",
        (
            "Compare two rows of the table: what do the handlers between them cost, and how many people do they save?",
            "A person is worth five cents, a handler costs fifty. From which row on do fifty more handlers save fewer "
            "than five hundred people?",
            "Buy as long as the next fifty handlers save people worth more than their price. Then stop, although "
            "some people still give up.",
        ),
    ),
    "handlers": Check(
        unit_03_launch.handlers_needed,
        "your door on twenty evenings with weather, the busiest minute held all along.",
        "Replace the blank by a number of handlers.",
        (
            "Begin with the work: people a second x seconds that each keeps a handler busy.",
            "Add two roots of the work for chance. Then add a third of it for an evening fuller than expected.",
            "Each reply says on how many evenings your door kept the promise. Halve the distance between too few "
            "and too many.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
