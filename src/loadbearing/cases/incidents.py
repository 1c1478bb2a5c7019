"""The evenings of unit 08: a part stands still, and a team finds out. Every number of the team, with its reason."""

from __future__ import annotations

from loadbearing.cases.inputs import Input, assumed
from loadbearing.cases.the_platform import PLATFORM
from loadbearing.team import everybody

STEPS = {
    "alert_every_s": assumed(60.0, "the alarm looks once a minute"),
    "alert_at": assumed(0.2, "one request in five that fails is a bad minute"),
    "alert_looks": assumed(
        2, "two bad minutes in a row call somebody: as soon as the soonest of the record", "google_2025_triage"
    ),
    "ack_s": assumed(120.0, "two minutes from the call until somebody is at work: they were told to be ready"),
    "escalates_s": assumed(300.0, "if nobody answers within five minutes the next is called"),
    "looks_s": assumed(120.0, "two minutes to see what it is about"),
    "finds_s": assumed(
        480.0,
        "eight minutes from being at work until the cause is known, as at a large service that has people who know",
        "google_2025_cause_found",
    ),
    "searches_s": assumed(
        3_600.0,
        "an hour to work out a part that one has never seen: the assumption that decides; one published search took "
        "most of five hours",
        "reddit_lasted",
    ),
    "asks_after_s": assumed(300.0, "after five minutes those at work ask all others"),
    "told_s": assumed(120.0, "two minutes to tell somebody who joins what is known"),
    "page_s": assumed(180.0, "three minutes to find the page and do what it says"),
    "in_vain_s": assumed(300.0, "five minutes until one sees that it did not help"),
    "acts_s": assumed(60.0, "a minute to do what was found"),
    "handed_over": assumed(0.5, "half of a search can be told to the next shift"),
    "slower_each": assumed(0.25, "a quarter slower for each call of the shift above two"),
    "cv": assumed(0.3, "a step takes a third more or less than its mean, as chance has it"),
}  # fmt: skip
"""The steps of an incident."""

CALL = PLATFORM | STEPS | {
    "handlers": assumed(400, "the platform at two fifths of its size, so that a full crowd runs in a second"),
    "people": assumed(400_000, "a crowd of two fifths of a million: a thousand for each handler"),
    "from_s": assumed(0.0, "the first comes at the hour"),
    "until_s": assumed(2_400.0, "they come evenly over forty minutes: no rush that could be blamed"),
    "starts_s": assumed(0, "the account begins with the first of them"),
    "ends_s": assumed(3_600, "and ends twenty minutes after the last has come"),
    "patience_s": assumed(600.0, "people try for ten minutes on average; then they do something else"),
    "fault_s": assumed(180.0, "three minutes after the hour a part stands still"),
    "fault_lasts_s": assumed(60.0, "for a minute, and then it is well again"),
    "share_lost": assumed(1.0, "meanwhile nobody is let in"),
    "admits_per_s": assumed(280.0, "a line of seven tenths of the door, as in unit 06"),
    "opens_s": assumed(None, "nobody has opened it: the team must"),
    "team": assumed(everybody(), "eight people by letters; nobody published who knew what"),
    "pages": assumed((), "no runbook lies in the drawer"),
    "rehearsed": assumed(False, "nobody has rehearsed the call"),
    "on_call": assumed(None, "the evening was announced: all are called at once"),
    "free": assumed(1.0, "and all can be reached"),
    "called_before": assumed(0, "it is the first call of their shift"),
    "part": assumed("store", "the part that one of eight knows"),
    "new": assumed(False, "somebody has seen this fault before"),
    "shift_ends_s": assumed(None, "nobody's shift ends tonight"),
    "relief": assumed((), "so nobody need take over"),
    "team_looks_s": assumed(10, "what somebody does takes effect within ten seconds"),
}  # fmt: skip
NEW_FAULT = CALL | {
    "fault_lasts_s": assumed(3_420.0, "it is not over before the account ends, unless somebody mends it"),
    "share_lost": assumed(0.7, "seven in ten handlers hang; the others can do less than half of what the line lets in"),
    "new": assumed(True, "nobody has seen this fault, so no runbook helps"),
}  # fmt: skip

CASES = {
    "the_call": (
        "The call",
        "A part stands still for a minute, and the flood after it stays until somebody opens the line.",
        CALL,
    ),
    "the_new_fault": (
        "A new fault",
        "Seven in ten handlers hang, and opening the line is not enough until somebody has freed them.",
        NEW_FAULT,
    ),
}

LEAVES = {
    **{f"controllers.0.steps.{key}": (key,) for key in STEPS},
    "controllers.0.free": ("free",),
    "controllers.0.called_before": ("called_before",),
    "controllers.0.every_s": ("team_looks_s",),
}
"""Which inputs make which number of a team."""

READERS = {
    "knows": Input(
        0.6,
        "record",
        "one reader finds this share of the faults of a part that they know: as much as reviews did in the middle of "
        "published reports; that one reader is worth a review is an assumption",
        "reviews_find",
    ),
    "other": assumed(0.1, "and this share of those of a part that they do not know"),
}
"""What a reader finds who reads the plans beforehand."""

MONEY = {
    "evenings": assumed(4, "such a fault hits an evening like this one once in a quarter"),
    "value": assumed(1.0, "what one listener who gets in is worth, in dollars: put in your own"),
    "salary": assumed(120_000, "what one of them earns in a year, in dollars: put in your own"),
}
"""What a year without some people is reckoned with."""

ORDINARY = {
    "free": assumed(0.8, "on a night that nobody announced, four in five can be reached"),
    "new_share": assumed(0.25, "one fault in four is new"),
}
"""An ordinary night."""
