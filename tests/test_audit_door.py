"""The audit catches what is wrong with the door, with what was done there, and with the lives that were kept."""

import dataclasses
import re

import numpy as np
import pytest

from loadbearing import audit
from loadbearing.run import DONE, Moment
from tests import test_audit, test_audit_listeners, test_audit_lives, test_audit_moments
from tests.broken_runs import (
    BUSY,
    EVERY,
    QUIET,
    an_evening,
    before,
    broken,
    busy,
    caught,
    did,
    more,
    much,
    some,
    told,
)

BROKEN = {
    "the_door_keeps_its_settings": {
        "handlers from nowhere": (
            EVERY,
            "seconds",
            {"capacity": more(1)},
            busy,
            "changes do not explain",
        ),
        "handlers that were never ordered": (
            BUSY,
            "actions",
            {"to": more(1)},
            did("serving", 2),
            "changes do not explain",
        ),
        "handlers that serve earlier than they were there": (
            BUSY,
            "actions",
            {"time": more(-10)},
            did("serving", 2),
            "changes do not explain",
        ),
        "a queue above its limit": (
            EVERY,
            "seconds",
            {"queue": 10**5},
            None,
            "rose above its limit",
        ),
        "a queue above the limit that somebody set": (
            BUSY,
            "actions",
            {"to": 0},
            did("queue_limit", 1),
            "rose above its limit",
        ),
    },
    "timetables_are_kept": {
        "a change made by somebody else": (
            BUSY,
            "actions",
            {"controller": 1},
            did("admits_per_s", 0),
            "Controller 0 planned 3 changes; 2 were made",
        ),
        "a change made late": (
            BUSY,
            "actions",
            {"time": more(1)},
            did("waiting_room", 0),
            "planned 3 changes; 3 were made, or others",
        ),
        "another change made": (
            BUSY,
            "actions",
            {"what": DONE.index("drops_dead")},
            did("admits_per_s", 0),
            "3 were made, or others",
        ),
    },
    "attempts_are_accounted_for": {
        "refusals forgotten": (
            EVERY,
            "seconds",
            {"refused_full": more(-(10**4))},
            some("refused_full"),
            "neither in, refused",
        ),
        "time-outs invented": (
            EVERY,
            "seconds",
            {"time_outs": more(10**6)},
            busy,
            "neither in, refused",
        ),
        "people forgotten in the waiting room": (
            BUSY,
            "seconds",
            {"refused_shut": more(10**3)},
            busy,
            "neither in, refused",
        ),
        **{
            f"too much {level} for what came": (
                BUSY,
                "seconds",
                {level + "_s": 1e5},
                some(level + "_s"),
                f"an area under {level} that its level",
            )
            for level in ("queue", "living_queue", "waiting_room")
        },
    },
    "_foreign_requests_are_accounted_for": {
        "more foreign requests refused than came": (
            BUSY,
            "seconds",
            {"foreign_refused": more(10**3)},
            busy,
            "foreign requests -",
        ),
        "foreign requests that came to nothing": (
            QUIET,
            "seconds",
            {"foreign_requests": more(1)},
            None,
            "foreign requests 1 are neither",
        ),
    },
    "work_adds_up": {
        "more dead work than work": (
            EVERY,
            "seconds",
            {"dead_work_s": 1e6},
            None,
            "more dead work than work",
        ),
        "more of dead work than there is": (
            EVERY,
            "seconds",
            {"dead_after_s": 1e6},
            None,
            "more of dead work",
        ),
        "work from nowhere": (EVERY, "seconds", {"work_s": 1e9}, None, "of work ended, but only"),
        "work cut off that never was": (
            BUSY,
            "seconds",
            {"cut_work_s": 1e6},
            None,
            "of work ended, but only",
        ),
        "busy for nothing": (
            QUIET,
            "seconds",
            {"work_s": more(-1)},
            some("work_s"),
            "The area gives .* handler seconds of work",
        ),
    },
    "lives_agree_with_listeners": {
        "an arrival at another time": (
            EVERY,
            "lives",
            {"time": more(-1)},
            told(Moment.ARRIVED),
            "has arrived at another",
        ),
        "a first request at another time": (
            EVERY,
            "lives",
            {"time": more(1)},
            told(Moment.SENT),
            "has sent at another",
        ),
        "a first join at another time": (
            EVERY,
            "lives",
            {"time": more(1)},
            told(Moment.JOINED),
            "has joined at another",
        ),
        "a last join at another time": (
            BUSY,
            "lives",
            {"time": more(1)},
            told(Moment.JOINED, last=True),
            "has joined at another",
        ),
        "a farewell at another time": (
            EVERY,
            "lives",
            {"time": more(1)},
            told(Moment.GAVE_UP),
            "has gave_up at another",
        ),
        "an attempt in line that was another one": (
            BUSY,
            "lives",
            {"attempt": more(50)},
            before(Moment.ADMITTED),
            "another number of attempts",
        ),
    },
    "lives_obey_littles_law": {
        f"person-seconds in {level} lost": (
            BUSY,
            "seconds",
            {level + "_s": more(-0.1)},
            much(level),
            f"person-seconds in {level}",
        )
        for level in ("waiting_room", "living_queue", "inside")
    },
}
"""By law: the evening, the table, what is changed, in the first row of which kind, and what the audit says."""


@pytest.mark.parametrize(("law", "name"), [(law, name) for law in BROKEN for name in BROKEN[law]])
def test_the_audit_catches(law, name):
    run, table, change, where, says = BROKEN[law][name]
    said, through = caught(broken(an_evening(run), table, change, where))
    assert re.search(says, said), said
    assert law in through, through


def test_no_law_is_without_a_broken_run():
    names = audit.audit.__code__.co_names
    laws = {name for name in names if name in vars(audit)}
    assert len(laws) > 10
    tests = (test_audit, test_audit_listeners, test_audit_lives, test_audit_moments)
    assert laws <= {*BROKEN}.union(*(one.BROKEN for one in tests))


def test_the_audit_catches_a_life_with_an_attempt_missing():
    run = an_evening(EVERY)
    sent = np.flatnonzero(run.lives["moment"] == Moment.SENT)[0]
    said, _ = caught(dataclasses.replace(run, lives=np.delete(run.lives, sent)))
    assert "number of attempts" in said


def test_the_audit_catches_a_timetable_that_was_not_kept():
    run = an_evening(BUSY)
    planned = np.flatnonzero(did("handlers", 0)(run.actions))[0]
    said, _ = caught(dataclasses.replace(run, actions=np.delete(run.actions, planned)))
    assert said == "Controller 0 planned 3 changes; 2 were made, or others."
    invented = np.concatenate([run.actions, run.actions[planned : planned + 1]])
    said, _ = caught(dataclasses.replace(run, actions=invented))
    assert said == "Controller 0 planned 3 changes; 4 were made, or others."
