"""The platform's evenings of units 02 to 12: their numbers, each with where it comes from.

None is held against the record: they are mechanisms, not that evening. What most of them share is `the_platform`.
"""

from __future__ import annotations

from loadbearing.cases import building, incidents, launches, small_door
from loadbearing.cases.inputs import assumed
from loadbearing.cases.the_platform import CLIENTS, PLATFORM, SHARED

RUSH = {
    "early_birds": assumed(0, "nobody comes early unless the doors are opened early"),
    "latecomers": assumed(0, "all come for the hour"),
    "doors_s": assumed(0.0, "the doors open at the hour"),
    "until_s": assumed(0.0, "nobody comes late"),
    "gathering_s": assumed(60.0, "the announced hour brings them within minutes"),
}

RUSH_UNIT = PLATFORM | {
    "starts_s": assumed(-1800, "the account begins when the doors could first be opened"),
    "ends_s": assumed(4500, "the account ends a quarter of an hour after the long crowd has come"),
    "patience_s": assumed(
        600.0, "people try for ten minutes on average; then they do something else"
    ),
}
ALL_DAY = RUSH_UNIT | {
    "people": assumed(
        2_000_000,
        "eight times the crowd of the announced hour, more than that evening ever held",
        "listeners_at_peak",
    ),
    "from_s": assumed(0.0, "the first comes at the hour"),
    "until_s": assumed(3600.0, "they come evenly over an hour"),
}
ANNOUNCED_HOUR = RUSH_UNIT | RUSH | {
    "at_the_start": assumed(250_000, "a small crowd: an eighth of the other"),
}  # fmt: skip

STEADY_DOOR = SHARED | CLIENTS | {
    "handlers": assumed(1, "the smallest door, to begin with"),
    "busy": assumed(0.95, "nearly all the time, as a careful owner would like it"),
    "seen": assumed(
        100_000, "a small door is watched for longer, so that each shows what it does on average"
    ),
    "watched_s": assumed(300.0, "and a large one for five minutes"),
    "from_s": assumed(0.0, "the account begins with the first of them"),
    "starts_s": assumed(0, "the account begins with the first of them"),
    "service_s": assumed(1.0, "so that seconds are service times"),
    "queue_s": assumed(None, "nobody is refused"),
    "timeout_s": assumed(
        None,
        "clients wait as long as it takes: no dead work, so that the formulas speak about this door",
    ),
    "stays_s": assumed(None, "nobody leaves: the room is not looked at"),
}  # fmt: skip

TEN_BAD_SECONDS = PLATFORM | {
    "people": assumed(
        1_000_000,
        "a crowd of about a million; nobody published how many came",
        "crowd_in_failure_text",
    ),
    "from_s": assumed(0.0, "the first comes at the hour"),
    "until_s": assumed(1800.0, "they come evenly over half an hour: no rush that could be blamed"),
    "starts_s": assumed(0, "the account begins with the first of them"),
    "ends_s": assumed(2100, "and ends five minutes after the last has come"),
    "timeout_s": assumed(
        5.0, "a client that hears nothing for five seconds tries again: an impatient app"
    ),
    "fault_s": assumed(600.0, "the trigger comes when a third of the crowd is in"),
    "fault_lasts_s": assumed(10.0, "a trigger that is over before anybody has read the alarm"),
    "share_lost": assumed(1.0, "for these seconds nobody is let in"),
    "acts_s": assumed(840.0, "someone acts four minutes after the trigger"),
}

OF_THE_FAULT = ("fault_s", "fault_lasts_s", "share_lost")
A_QUIET_EVENING = {key: value for key, value in TEN_BAD_SECONDS.items() if key not in OF_THE_FAULT}

TWO_EVENTS = SHARED | CLIENTS | RUSH | {
    "starts_s": assumed(0, "the account begins at the announced start"),
    "ends_s": assumed(1800, "and ends half an hour later"),
    "stays_s": assumed(6 * 3600.0, "few leave during the evening"),
    "service_s": assumed(1.0, "one join keeps a handler busy for a second"),
    "longest_pause_s": assumed(60.0, "no client pauses longer, however often it has failed"),
    "queue_s": assumed(2.0, "whoever would wait longer is refused and tries again"),
    "patience_s": assumed(900.0, "people try for a quarter of an hour on average"),
}  # fmt: skip
WANTED_EVENT = TWO_EVENTS | {
    "at_the_start": assumed(300_000, "half as many again as the other event"),
    "handlers": assumed(2_500, "a wide door"),
}
LONGER_QUEUE = TWO_EVENTS | {
    "at_the_start": assumed(200_000, "two thirds of the other event's crowd"),
    "handlers": assumed(500, "a fifth of the other event's door"),
}
SAME_HARDWARE = TWO_EVENTS | {
    "at_the_start": assumed(
        1_000_000, "about a million; nobody published how many came", "crowd_in_failure_text"
    ),
    "gathering_s": assumed(85.0, "they come with a spread of a minute (standard deviation)"),
    "handlers": assumed(2_500, "2,500 joins a second: a door as wide as the wanted event's"),
    "queue_s": assumed(
        20.0, "a queue in which everybody finds a place for a while: twice a client's wait"
    ),
    "first_pause_s": assumed(1.0, "the longest a client pauses after its first failure"),
    "attempts": assumed(20, "nobody tries more than twenty times"),
    "patience_s": assumed(None, "nobody gives up before the last try"),
}

RESTART = PLATFORM | {
    "people": assumed(
        300_000, "a third of what that evening's room held as the show began", "listeners_at_2042"
    ),
    "from_s": assumed(-600.0, "they came evenly during ten minutes: 500 a second, nobody waited"),
    "until_s": assumed(0.0, "all are in before the restart"),
    "starts_s": assumed(-600, "the account begins with the first of them"),
    "ends_s": assumed(2700, "and ends forty minutes after the restart"),
    "stays_s": assumed(
        None, "nobody leaves of their own will, so that all who are missing are missed"
    ),
    "fault_s": assumed(300.0, "five minutes after the last has come"),
    "restart_lasts_s": assumed(10.0, "a restart that is over in ten seconds"),
    "admits_per_s": assumed(1_000.0, "a line in front of the door, as fast as the door"),
    "opens_s": assumed(None, "nobody has opened the line"),
}
COLD_DOOR = RESTART | {
    "cold": assumed(
        2.0, "at first a join takes twice as long: nothing is remembered, every connection is new"
    ),
    "warms_up_s": assumed(180.0, "three minutes until the door is as fast as before, in steps"),
}
LATE_HELP = PLATFORM | RUSH | {
    "at_the_start": assumed(250_000, "the announced hour of unit 02"),
    "patience_s": assumed(120.0, "two minutes on average, then they do something else"),
    "starts_s": assumed(-1200, "twenty quiet minutes before it"),
    "ends_s": assumed(1800, "half an hour after"),
    "stays_s": assumed(None, "nobody leaves of their own will"),
    "queue_s": assumed(
        2.0, "whoever would wait longer is refused: no dead work, so that only the lag counts"
    ),
}  # fmt: skip

EVE = PLATFORM | RUSH | {
    "at_the_start": assumed(250_000, "the announced hour of unit 02"),
    "starts_s": assumed(0, "the account begins at the announced start"),
    "ends_s": assumed(2_400, "and ends forty minutes later"),
    "queue_s": assumed(5.0, "whoever would wait longer than five seconds is refused"),
    "patience_s": assumed(900.0, "people try for a quarter of an hour on average"),
    "quick_share": assumed(0.04, "one in twenty-five reloads at once, whatever the app does"),
}  # fmt: skip

FULL_SLOWER = 1.0 / (1_000 * 999)
"""Coherency with which a join takes twice as long when all thousand handlers are at work."""

REHEARSED_DOOR = PLATFORM | {
    "quick_share": assumed(0.0, "nobody reloads at once: a milder crowd than in unit 07"),
    "coherency": assumed(
        FULL_SLOWER,
        "handlers that agree with each other: nothing to see at light load, and when all thousand are at work a join "
        "takes twice as long",
    ),
    "patience_s": assumed(600.0, "people try for ten minutes on average, as in unit 02"),
    "starts_s": assumed(0, "the account begins with the first of them"),
    "ends_s": assumed(2_100, "and ends five minutes after the half hour"),
}
SCHEDULED_TEST = REHEARSED_DOOR | {
    "people": assumed(
        700_000,
        "nearly nine times as many as come on the evening, as is said of the evening of the record: so many times as "
        "many had been tested as were in the room when the show began",
        "tested_listeners",
    ),
    "from_s": assumed(0.0, "the first is sent at the start"),
    "until_s": assumed(1_800.0, "and the last after half an hour, as a total is tested"),
    "attempts": assumed(1, "a made-up person asks once, as most tools have it"),
    "patience_s": assumed(None, "and does not give up before the answer or its time-out"),
    "closed": assumed(False, "the load generator sends at its own times and waits for nobody"),
    "turnout": assumed(0.0, "a test brings as many as it is told to"),
    "patience": assumed(0.0, "and made-up people are alike"),
    "sharpness": assumed(0.0, "and come as they are told to"),
    "service": assumed(0.0, "at a quiet hour, when the door is as it always is"),
}  # fmt: skip
REAL_EVENING = REHEARSED_DOOR | RUSH | {
    "at_the_start": assumed(
        80_000,
        "so many that the busiest minute brings fewer than a thousand handlers could let in at a second each",
    ),
}  # fmt: skip
THIRD_EVENING = REAL_EVENING | {
    "at_the_start": assumed(120_000, "half as many again as on the evening"),
    "queue_s": assumed(2.0, "the queue was mended after the evening: shorter than a client waits"),
}
FULL_DOOR = THIRD_EVENING | {
    "patience_s": assumed(120.0, "people try for two minutes on average, then they do something else"),
    "ends_s": assumed(1_500, "and ends twenty-five minutes after the hour"),
}  # fmt: skip

FIRST_TIME = EVE | {
    "at_the_start": assumed(200_000, "fewer than on the eve of unit 07, and enough to fill a room"),
    "timeout_s": assumed(
        5.0, "a client that hears nothing for five seconds tries again, as in unit 04"
    ),
    "queue_s": assumed(
        20.0, "a queue long enough that on an ordinary day nobody is refused: four times a client's wait"
    ),
    "seats": assumed(120_000, "more than were ever in the room, so nobody has seen what comes then"),
    "when_full": assumed("collapse", "one more brings the room down, and all are outside"),
    "shut_s": assumed(60.0, "and it is shut for a minute"),
    "fault_s": assumed(900.0, "a quarter of an hour in, hold music gives way to live sound"),
    "restart_lasts_s": assumed(1.0, "and the switch disconnects everybody once"),
}  # fmt: skip

UNITS = {
    "the_rush": {
        "all_day": (
            "All day",
            "Two million people, evenly over an hour: a busy day, and nobody notices.",
            ALL_DAY,
        ),
        "the_announced_hour": (
            "The announced hour",
            "A quarter of a million people, the same door, one moment.",
            ANNOUNCED_HOUR,
        ),
    },
    "the_door": {
        "the_steady_door": (
            "The steady door",
            "People come evenly and by chance, to a door that is busy nearly all the time.",
            STEADY_DOOR,
        ),
    },
    "the_flood": {
        "a_quiet_evening": (
            "A quiet evening",
            "People come evenly to a door that could let in nearly twice as many.",
            A_QUIET_EVENING,
        ),
        "ten_bad_seconds": (
            "Ten bad seconds",
            "A door with plenty to spare stops for ten seconds; nobody else does anything wrong.",
            TEN_BAD_SECONDS,
        ),
    },
    "the_queue": {
        "the_wanted_event": (
            "Friday's event",
            "Another event in the same week: another crowd, and another door.",
            WANTED_EVENT,
        ),
        "the_longer_queue": (
            "Tuesday's event",
            "The announced hour brings a crowd, and the door lets in what it can.",
            LONGER_QUEUE,
        ),
        "same_hardware": (
            "The same hardware",
            "A million at once, at a door that could let them all in within seven minutes.",
            SAME_HARDWARE,
        ),
    },
    "the_way_back": {
        "the_restart": (
            "The restart",
            "Ten seconds, and everybody is outside at once.",
            RESTART,
        ),
        "the_cold_door": (
            "The cold door",
            "The same restart, at a door that is slow at first and warms up.",
            COLD_DOOR,
        ),
        "the_late_help": (
            "Help on order",
            "A crowd comes for an announced hour, and somebody may order more handlers.",
            LATE_HELP,
        ),
    },
    "the_details": {
        "the_eve": (
            "The eve of the launch",
            "A quarter of a million at once, at a door that turns away whoever would wait too long.",
            EVE,
        ),
    },
    "the_team": incidents.CASES,
    "the_rehearsal": {
        "the_scheduled_test": (
            "The test",
            "Made-up people, sent evenly by a machine: as many as you like, over as long as you like.",
            SCHEDULED_TEST,
        ),
        "the_real_evening": (
            "The evening",
            "Eighty thousand people come for one hour, at a door that has passed every test.",
            REAL_EVENING,
        ),
        "the_third_evening": (
            "The next evening",
            "Half as many people again, at the same door with a shorter queue.",
            THIRD_EVENING,
        ),
        "the_full_door": (
            "The full door",
            "A crowd of little patience, at a door that is slower the more of it is at work.",
            FULL_DOOR,
        ),
        **small_door.CASES,
    },
    "the_next_time": {
        "the_first_time": (
            "The first time",
            "Two hundred thousand people come for one hour, to a house that has never held so many.",
            FIRST_TIME,
        ),
    },
    "your_launch": launches.CASES,
}
"""The cases of each unit: (title, mechanism in one sentence, inputs)."""

WARMING = {
    f"faults.{step}.{path}": made_of
    for step in range(1, 1 + building.WARM_STEPS)
    for path, made_of in {
        "at_s": ("fault_s", "restart_lasts_s", "warms_up_s"),
        "lasts_s": ("warms_up_s",),
        "factor": ("cold",),
    }.items()
}
"""The steps of a door that warms up after its restart."""

LEAVES = building.LEAVES | {
    **WARMING,
    **incidents.LEAVES,
    "crowd.listeners": (
        "people",
        "busy",
        "seen",
        "watched_s",
        "early_birds",
        "at_the_start",
        "latecomers",
    ),
    "crowd.arrivals.from_s": ("from_s",),
    "crowd.arrivals.until_s": ("until_s", "seen", "watched_s", "closed"),
    "crowd.patience.mean_s": ("patience_s",),
    "crowd.retries.most": ("attempts",),
    "door.queue_limit": ("queue_s", "handlers", "service_s"),
    "waiting_room.admits_per_s": ("admits_per_s",),
    "stage.seats": ("seats",),
    "stage.restart_s": ("shut_s", "when_full"),
    "faults.0.lasts_s": ("fault_lasts_s", "restart_lasts_s"),
    "faults.0.handlers": ("handlers", "share_lost"),
    "ends_s": ("ends_s", "seen", "watched_s"),
}
"""Which inputs make which number of a scenario of a unit."""
