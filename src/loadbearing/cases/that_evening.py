"""The four mechanisms that are held against the record: their numbers, each with where it comes from.

Each is calibrated so that the listeners in the room pass the few counts that were published for 12 August 2024. They
are mechanisms that could produce such an evening, not reconstructions: the cause was never published.
"""

from __future__ import annotations

from loadbearing.cases import building
from loadbearing.cases.inputs import assumed, calibrated


def _early_birds(value):
    return calibrated(
        value, 5_000, "people who came early enough to be counted at 20:00", "listeners_at_2000"
    )


def _latecomers(value):
    return calibrated(
        value, 10_000, "people who must still come for the count near 21:40", "listeners_at_2140"
    )


EVERYWHERE = {
    "at_the_start": assumed(
        1_150_000,
        "a crowd of about a million; nobody published how many came",
        "crowd_in_failure_text",
    ),
    "doors_s": assumed(-1200.0, "people begin to come twenty minutes early"),
    "gathering_s": assumed(300.0, "the announced hour brings the crowd within minutes"),
    "until_s": assumed(
        6000.0, "latecomers keep coming until the last published count", "listeners_at_2140"
    ),
    "stays_s": assumed(6 * 3600.0, "few leave during the evening"),
    "round_trip_s": assumed(1.0, "nobody tries again sooner than a second after a failure"),
    "timeout_s": assumed(20.0, "a client that hears nothing for so long tries again"),
    "first_pause_s": assumed(10.0, "the longest a client pauses after its first failure"),
    "longest_pause_s": assumed(600.0, "no client pauses longer, however often it has failed"),
    "quick_share": assumed(0.0, "nobody tries again at once"),
    "service_s": assumed(2.0, "one join keeps a handler busy for a few seconds"),
    "service_cv": assumed(1.0, "exponential, the field's usual first choice"),
    "contention": assumed(
        0.0, "handlers do not slow each other down; nobody published whether they did"
    ),
    "coherency": assumed(
        0.0, "handlers need not agree with each other; nobody published whether they had to"
    ),
    "starts_s": assumed(-1200, "the account begins with the first early birds"),
    "ends_s": assumed(7200, "the account ends well after the last published count"),
    "turnout": assumed(0.15, "nobody published how much such crowds vary"),
    "patience": assumed(0.15, "nobody published how much such crowds vary"),
    "sharpness": assumed(0.15, "nobody published how much such crowds vary"),
    "service": assumed(0.15, "nobody published how much such platforms vary"),
}
"""What all cases share unless one says otherwise."""

SOMEONE_ACTS = assumed(
    1800.0,
    "20:30 was announced as a second start; that somebody acted is assumed",
    "fewer_listeners_post",
)

SLOW_DOOR = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(350_000),
    "handlers": calibrated(
        700,
        10,
        "how fast the door lets people in, so that the count at 20:42 is met",
        "listeners_at_2042",
    ),
    "queue_s": assumed(15.0, "a full queue is worked off before anyone's client stops waiting"),
    "timeout_s": assumed(30.0, "a client that hears nothing for so long tries again"),
    "first_pause_s": assumed(20.0, "the longest a client pauses after its first failure"),
    "stays_s": assumed(5 * 3600.0, "few leave during the evening"),
}
RETRY_FLOOD = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(270_000),
    "handlers": calibrated(
        2_200, 50, "how fast the room fills after 20:30, so that 20:42 is met", "listeners_at_2042"
    ),
    "queue_s": assumed(
        40.0, "a full queue lasts longer than a client waits: most of its work is in vain"
    ),
    "mended_queue_s": assumed(10.0, "whoever acts makes the queue shorter than a client's wait"),
    "acts_s": SOMEONE_ACTS,
}
CAPACITY_LOST = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(280_000),
    "handlers": calibrated(
        1_780, 20, "how fast the room fills after 20:30, so that 20:42 is met", "listeners_at_2042"
    ),
    "fault_s": assumed(0.0, "the loss begins with the crowd, at the announced start"),
    "share_left": assumed(
        0.125, "one handler in eight is left; nobody published how much was lost"
    ),
    "queue_s": assumed(
        10.0, "a full queue is worked off, even then, before a client stops waiting"
    ),
    "acts_s": SOMEONE_ACTS,
}
LATE_CROWD = {
    "early_birds": _early_birds(110_000),
    "latecomers": _latecomers(320_000),
    "gathering_s": calibrated(
        2_340.0,
        60,
        "how late the crowd comes, so that the count at 20:42 is met",
        "listeners_at_2042",
    ),
    "handlers": assumed(2_200, "so many that hardly anybody waits"),
    "queue_s": assumed(10.0, "a full queue is worked off before a client stops waiting"),
}

CASES = {
    "slow_door": (
        "The slow door",
        "The door is sound but slow: everybody gets in, one after another, for an hour and more.",
        SLOW_DOOR,
    ),
    "retry_flood": (
        "The retry flood",
        "The door is fast, but works for people who have stopped waiting and try again: the flood feeds itself "
        "until someone ends it at half past eight.",
        RETRY_FLOOD,
    ),
    "capacity_lost": (
        "Capacity lost",
        "Most of the door is gone until half past eight: a fault, or an attack, would look like this from "
        "outside.",
        CAPACITY_LOST,
    ),
    "late_crowd": (
        "The late crowd",
        "The door is wide and hardly anybody waits: most people simply come later than the hour announced.",
        LATE_CROWD,
    ),
}

LEAVES = building.LEAVES | {
    "crowd.listeners": ("early_birds", "at_the_start", "latecomers"),
    "crowd.arrivals.until_s": ("until_s",),
    "door.queue_limit": ("queue_s", "handlers", "service_s", "share_left"),
    "faults.0.lasts_s": ("acts_s",),
    "faults.0.handlers": ("handlers", "share_left"),
    "controllers.0.changes.0.at_s": ("acts_s",),
    "controllers.0.changes.0.to": ("mended_queue_s", "handlers", "service_s"),
    "controllers.0.changes.1.at_s": ("acts_s",),
    "ends_s": ("ends_s",),
}
"""Which inputs make which number of a scenario of that evening."""
