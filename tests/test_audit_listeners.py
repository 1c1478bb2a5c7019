"""The audit catches listeners whose evening cannot have been: one broken run, and one sentence, for each way."""

import re

import numpy as np
import pytest

from loadbearing.run import Outcome, Reason
from tests.broken_runs import (
    BUSY,
    EVERY,
    an_evening,
    broken,
    came_back,
    caught,
    left_for_good,
    more,
    outcome,
)

BROKEN = {
    "outcomes_are_complete": {
        "an outcome that does not exist": (EVERY, {"outcome": 9}, None, "does not exist"),
        "in without having joined": (
            EVERY,
            {"joined": np.nan},
            outcome(Outcome.IN),
            "in or has left without having joined",
        ),
        "left without having joined": (
            EVERY,
            {"joined": np.nan},
            left_for_good,
            "in or has left without having joined",
        ),
        "joined but given up": (
            EVERY,
            {"joined": 0.0},
            outcome(Outcome.GAVE_UP),
            "neither in nor gone",
        ),
        "disconnected from nowhere": (
            BUSY,
            {"times_disconnected": 1},
            outcome(Outcome.GAVE_UP),
            "was disconnected without",
        ),
        "left without a time": (EVERY, {"left": np.nan}, outcome(Outcome.LEFT), "disagree"),
        "gone but still in": (EVERY, {"left": 7199.0}, outcome(Outcome.IN), "disagree"),
        "gave up for no reason": (
            EVERY,
            {"reason": Reason.NONE},
            outcome(Outcome.GAVE_UP),
            "without a reason",
        ),
        "in, and a reason": (
            EVERY,
            {"reason": Reason.PATIENCE},
            outcome(Outcome.IN),
            "or has one without it",
        ),
        "left of their own accord, and a reason": (
            EVERY,
            {"reason": Reason.ATTEMPTS},
            left_for_good,
            "or has one without it",
        ),
        "counted though after the end": (
            EVERY,
            {"arrived": 1e6},
            outcome(Outcome.IN),
            "counted after the end",
        ),
        "no attempt": (EVERY, {"attempts": 0}, None, "without an attempt"),
        "joined by no attempt": (
            EVERY,
            {"joined_attempt": 0},
            outcome(Outcome.IN),
            "joined by no attempt",
        ),
        "not joined by an attempt": (
            EVERY,
            {"joined_attempt": 1},
            outcome(Outcome.GAVE_UP),
            "joined by no attempt, or not by one",
        ),
        "joined by an attempt that is still to come": (
            BUSY,
            {"joined_attempt": 40},
            outcome(Outcome.IN),
            "an attempt not yet made",
        ),
        "too many attempts": (EVERY, {"attempts": 6}, None, "more than 5 attempts in one effort"),
        "too many attempts, those after a disconnection included": (
            BUSY,
            {"attempts": 10},
            came_back,
            "more than 5 attempts in one effort",
        ),
    },
    "times_are_in_order": {
        "sent before arriving": (
            EVERY,
            {"first_sent": more(-1)},
            None,
            "first_sent before arrived",
        ),
        "joined before sending": (
            EVERY,
            {"joined": -1200.0},
            outcome(Outcome.IN),
            "joined before first_sent",
        ),
        "joined last before joining first": (
            EVERY,
            {"last_joined": more(-1)},
            outcome(Outcome.IN),
            "last_joined before joined",
        ),
        "left before joining": (EVERY, {"left": -1200.0}, left_for_good, "left before last_joined"),
        "out of order": (
            EVERY,
            {"arrived": -1199.0},
            lambda rows: rows["arrived"] > 0,
            "arrived before the one",
        ),
        "sent after the end": (
            EVERY,
            {"first_sent": 1e6},
            outcome(Outcome.GAVE_UP),
            "first_sent after the end",
        ),
        "joined after the end": (
            EVERY,
            {"joined": 1e6, "last_joined": 1e6},
            outcome(Outcome.IN),
            "joined after the end",
        ),
        "joined last after the end": (
            EVERY,
            {"last_joined": 1e6},
            outcome(Outcome.IN),
            "last_joined after the end",
        ),
        "left after the end": (
            EVERY,
            {"left": 1e6},
            outcome(Outcome.GAVE_UP),
            "left after the end",
        ),
    },
}
"""By law: the evening, what is changed, in the first listener of which kind, and what the audit says."""


@pytest.mark.parametrize(("law", "name"), [(law, name) for law in BROKEN for name in BROKEN[law]])
def test_the_audit_catches(law, name):
    run, change, where, says = BROKEN[law][name]
    said, through = caught(broken(an_evening(run), "listeners", change, where))
    assert re.search(says, said), said
    assert law in through, through
