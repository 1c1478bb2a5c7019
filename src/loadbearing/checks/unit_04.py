"""The checks of unit 04: three logs told apart, a door that forgets ten bad seconds, the longest queue worth having."""

from __future__ import annotations

from loadbearing.checks import unit_04_logs, unit_04_plans, unit_04_queue
from loadbearing.checks.reply import Check

SAME_LOGS = "the three logs, counted again from small rooms in average weather."

CHECKS = {
    "whose_load": Check(
        unit_04_logs.whose_load,
        SAME_LOGS,
        "Replace the blank by the letter of a log, in quotes.",
        (
            "The first line of the table is the same for all three. Look at the other two.",
            "Whoever is let in asks once. Who would ask again and again?",
            "A flood is made by few clients with many requests each. Divide the requests by the clients in every "
            "column: in one of them it is far more than one.",
        ),
    ),
    "requests_a_client": Check(
        unit_04_logs.requests_a_client,
        SAME_LOGS,
        "Replace the blank by a division: requests by clients.",
        (
            "Take both numbers from the column of the flood.",
            "How many requests are there for each client? Requests divided by clients.",
            "Point at the log: logs['B'].requests / logs['B'].clients.",
        ),
    ),
    "evidence_inside": Check(
        unit_04_logs.evidence_inside,
        SAME_LOGS,
        "Replace the blank by the number of a row.",
        (
            "Compare only the two columns that are left, row by row.",
            "A crowd wants something from the door. Foreign load does not. Where would that show?",
            "Both are answered and both keep the door busy. Only in the last row do they differ: after a person's "
            "request somebody is in the room, after a foreign one nobody is.",
        ),
    ),
    "fault_plan": Check(
        unit_04_plans.judge,
        "your plan on evenings the notebook does not show, in a room of one twenty-fifth; cost against par.",
        "Replace the blanks: how many handlers, and how many requests may wait.",
        (
            "How long does a full queue last at your door, and how long does a client wait?",
            "A queue that is worked off before anybody stops waiting wastes nothing. Then ask how few handlers do.",
            "Half a second's worth of queue is enough. With it no work is dead after the fault. Then go down in "
            "steps of fifty handlers until a practice evening breaks the promise, and one or two steps up.",
        ),
    ),
    "longest_queue": Check(
        unit_04_queue.longest_queue,
        "your door with a stop, and on a busy day without one, average weather, at most thirty handlers.",
        "Replace the blank by a number of requests.",
        (
            "How many requests does your door work off before a client of yours stops waiting?",
            "Join rate times the client's wait is the most that could still be served in time. Stay well below.",
            "People a second times seconds gives requests. Take half of that product.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
