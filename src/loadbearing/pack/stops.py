"""Where the knobs of the pack may stand: few places, chosen so that everything a lab asks for can be reached.

They hold the places of the prediction's experiment, of the best plan known for each mission, and of what the lab's text
asks to try; and between them as many as the size of one file allows. A path that is not named stands where the case has
it.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Stops:
    """The grid of one lab: for each case, path of a knob to where it may stand, as it would be typed.

    `dots`: where the moving crowd is kept as well, [(case, {path: place})], beside every case at rest.
    """

    cases: dict
    dots: tuple = ()


HANDLERS, QUEUE = "door.handlers", "door.queue_limit"
EVENING = {HANDLERS: (50, 100, 150, 155, 200, 300), QUEUE: (25, 46, 100, 173, 300)}

LATER_HANDLERS, LATER_QUEUE = "handlers from 840 s on", "queue_limit from 840 s on"
WAITS, BUDGET = "crowd.timeout_s", "retry_budget"
FLOOD = {
    LATER_HANDLERS: (80, 100, 120, 200),
    LATER_QUEUE: (5, 19, 50, 100),
    WAITS: ("2.5 s", "5 s", "10 s", "as long as it takes"),
    BUDGET: ("off", "10 %"),
}

REFUSED = "refused"
LINE = {
    HANDLERS: (50, 100, 169, 400),
    QUEUE: (10, 45, 65, 100, 200),
    REFUSED: ("tries again", "reloads at once", "is told to wait a minute", "stands in a line"),
}

STOPS = {
    "the_evening": Stops(
        dict.fromkeys(("slow_door", "retry_flood", "capacity_lost", "late_crowd"), EVENING),
        (
            ("slow_door", {HANDLERS: 150}),
            ("retry_flood", {HANDLERS: 150}),
            ("retry_flood", {QUEUE: 46}),
        ),
    ),
    "the_flood": Stops(
        {"a_quiet_evening": {}, "ten_bad_seconds": FLOOD},
        (
            ("ten_bad_seconds", {LATER_HANDLERS: 200}),
            ("ten_bad_seconds", {LATER_QUEUE: 19}),
            ("ten_bad_seconds", {WAITS: "10 s"}),
        ),
    ),
    "the_queue": Stops(
        {"same_hardware": LINE},
        (
            ("same_hardware", {QUEUE: 10}),
            ("same_hardware", {REFUSED: "stands in a line"}),
        ),
    ),
}
"""The labs of the pack, by the slug of their unit, in order."""
