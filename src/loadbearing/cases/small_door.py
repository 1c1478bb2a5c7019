"""The evening that runs on a real server on this computer: its crowd, its door, and the tests in its calendar.

It is small, so that one computer can be both the server and the crowd, and short, so that a class can wait for it.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed
from loadbearing.cases.that_evening import EVERYWHERE

CROWD = {
    "early_birds": assumed(0, "nobody comes early"),
    "at_the_start": assumed(1_600, "as many as one computer can play in real time"),
    "latecomers": assumed(0, "all come for the hour"),
    "doors_s": assumed(0.0, "the doors open at the hour"),
    "gathering_s": assumed(5.0, "a minute's rush, in seconds"),
    "until_s": assumed(0.0, "nobody comes late"),
    "patience_s": assumed(15.0, "people try for a quarter of a minute on average"),
    "timeout_s": assumed(2.5, "an impatient app"),
    "round_trip_s": assumed(0.25, "the soonest that an app asks again"),
    "first_pause_s": assumed(1.0, "the longest a client pauses after its first failure"),
    "longest_pause_s": assumed(8.0, "no client pauses longer than this"),
    "quick_share": EVERYWHERE["quick_share"],
    "stays_s": assumed(None, "nobody leaves before the account ends"),
}
DOOR = {
    "handlers": assumed(12, "few enough for one computer"),
    "service_s": assumed(0.1, "a tenth of a second of waiting for a database, say"),
    "service_cv": assumed(0.3, "some joins need a little more than others"),
    "contention": assumed(0.02, "a fiftieth of each join holds a lock that all handlers share"),
    "coherency": assumed(0.0, "handlers do not have to agree with each other"),
    "queue_s": assumed(4.0, "a generous queue: longer than a client waits"),
}
WATCHED = {
    "starts_s": assumed(0, "the account begins with the hour"),
    "ends_s": assumed(40, "and ends when hardly anybody still tries"),
    "turnout": assumed(0.0, "the crowd is written down before, so weather has no part in it"),
    "patience": assumed(0.0, "as above"),
    "sharpness": assumed(0.0, "as above"),
    "service": assumed(0.0, "as above: what the service is that day, the tests must find out"),
}
CASES = {
    "the_small_door": (
        "The small door",
        "Sixteen hundred people come for the hour, to a real server on this computer.",
        CROWD | DOOR | WATCHED,
    ),
}
"""(title, mechanism in one sentence, inputs)."""

CALENDAR = {
    "smoke": {
        "users": assumed(2, "somebody looks whether it works at all"),
        "think_s": assumed(0.3, "they look at the answer before they ask again"),
        "lasts_s": assumed(6.0, "long enough to see it work"),
    },
    "an_average_day": {
        "users": assumed(6, "as many as are at the door together on an average day"),
        "think_s": assumed(0.2, "they look at the answer before they ask again"),
        "lasts_s": assumed(8.0, "long enough for a steady figure"),
    },
    "the_whole_crowd": {
        "users": assumed(12, "one for each handler"),
        "think_s": assumed(0.0, "they ask again at once, so that the total is reached soon"),
        "lasts_s": assumed(15.0, "until about as many have joined as the evening has people"),
    },
}
"""The scheduled tests, in their order: users who each wait for an answer before they ask again."""

STALL = {
    "users": assumed(6, "as on an average day"),
    "think_s": assumed(0.2, "they look at the answer before they ask again"),
    "lasts_s": assumed(8.0, "long enough for a stall in the middle"),
    "stalls_at_s": assumed(3.0, "after it has gone well for a while"),
    "stalls_s": assumed(2.4, "a little less than a client waits"),
}
"""A test during which the door stalls on purpose: what does a test whose users wait make of that?"""

RAMP = {
    "from_per_s": assumed(20.0, "a rate that nobody notices"),
    "to_per_s": assumed(240.0, "more than the door could ever do"),
    "step_s": assumed(1.5, "long enough to see whether it holds"),
    "steps": assumed(12, "so that the whole ramp takes less than twenty seconds"),
}
"""The controlled ramp: the rate climbs in steps until its stop rule ends it."""

STOP_RULE = {
    "share": assumed(0.05, "one in twenty is noticed, and few are harmed"),
    "window_s": assumed(2.0, "long enough not to be fooled by one slow second"),
    "slower_than_s": assumed(1.0, "what the scheduled tests promise"),
}
"""The ramp stops when more than this share within the window was refused or answered too late."""

SOON_S = 1.0
"""An answer within so many seconds is what the scheduled tests promise."""

SHORT_QUEUE = 60
"""Requests that may wait once somebody has understood: half a second's work, far less than a client waits."""

ADMITS_PER_S = 100.0
"""How many a line in front of the door lets through a second: a little less than the tests say it can do."""

FAULT = {"at_s": 6.0, "lasts_s": 8.0, "handlers": 6}
"""A fault that may be switched on: half the handlers go, just as the flood would begin."""
