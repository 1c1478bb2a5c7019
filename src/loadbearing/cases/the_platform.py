"""One company that several units share, "the platform": a thousand handlers, a second a join, pauses of two seconds to
five minutes.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed
from loadbearing.cases.that_evening import EVERYWHERE

SHARED = {
    key: EVERYWHERE[key]
    for key in ("service_cv", "contention", "coherency", "round_trip_s", "quick_share")
    + ("turnout", "patience", "sharpness", "service")
}
CLIENTS = {
    "timeout_s": assumed(10.0, "a client that hears nothing for so long tries again"),
    "first_pause_s": assumed(2.0, "the longest a client pauses after its first failure"),
    "longest_pause_s": assumed(
        300.0, "no client pauses longer than five minutes, however often it has failed"
    ),
}
PLATFORM = SHARED | CLIENTS | {
    "handlers": assumed(1_000, "a door that could let in 3.6 million in an hour"),
    "service_s": assumed(1.0, "one join keeps a handler busy for a second"),
    "queue_s": assumed(
        20.0, "a queue long enough that on an ordinary day nobody is refused"
    ),
    "stays_s": assumed(6 * 3600.0, "few leave during the evening"),
}  # fmt: skip
