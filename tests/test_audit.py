"""The audit catches what is wrong with the seconds: one broken run, and the sentence of the law, for each way.

What is wrong with listeners, with the door and with lives stands in the other `test_audit_...`.
"""

import dataclasses
import re

import numpy as np
import pytest

from loadbearing.run import LEVELS
from tests.broken_runs import (
    BUSY,
    EVERY,
    an_evening,
    broken,
    busy,
    caught,
    more,
    some,
)

BROKEN = {
    "flows_agree_with_listeners": {
        "an arrival too many": (EVERY, {"arrivals": more(1)}, None, r"\d arrivals"),
        "a first attempt lost": (EVERY, {"first_attempts": more(-1)}, busy, "first attempts"),
        "an attempt too many": (EVERY, {"retries": more(1)}, busy, r"\d attempts"),
        "a join too many": (EVERY, {"joins": more(1)}, busy, r"\d joins"),
        "a disconnection too many": (BUSY, {"disconnected": more(1)}, busy, r"\d disconnections"),
        "a leaver too many": (EVERY, {"leavers": more(1)}, busy, r"\d leavers"),
        "one who did not return lost": (
            BUSY,
            {"did_not_return": more(-1)},
            some("did_not_return"),
            "who did not return",
        ),
        "one who gave up lost": (
            EVERY,
            {"gave_up": more(-1)},
            some("gave_up"),
            "those who gave up",
        ),
        "patience lost": (
            EVERY,
            {"ran_out_of_patience": more(-1)},
            some("ran_out_of_patience"),
            "out of patience",
        ),
        "a service lost": (EVERY, {"services": more(-1)}, busy, r"\d served"),
        "a dead service that was none": (EVERY, {"dead_services": more(1)}, busy, r"\d served"),
        "a foreign service that was none": (
            BUSY,
            {"foreign_services": more(1)},
            busy,
            r"\d served",
        ),
        "a full stage forgotten": (
            BUSY,
            {"refused_no_seat": more(-1)},
            some("refused_no_seat"),
            r"\d served",
        ),
    },
    "levels_stay_within_limits": {
        **{
            f"{level} below zero": (BUSY, {level: -1}, None, f"fewer than zero in {level}")
            for level in LEVELS
        },
        **{
            f"an area of {level} below zero": (
                BUSY,
                {level + "_s": -1.0},
                None,
                f"an area below zero under {level}",
            )
            for level in LEVELS
        },
        "more busy than there are": (EVERY, {"busy": 10**6}, None, "more busy handlers"),
        "busier than time allows": (EVERY, {"busy_s": 1e6}, None, "more busy time"),
        "more clients than requests": (
            EVERY,
            {"living_queue": 10**6},
            None,
            "more clients waiting",
        ),
        "more inside than seats": (EVERY, {"inside": 2501}, None, "more than 2500 inside"),
        "more seats kept than there are": (
            BUSY,
            {"reserved": 60},
            busy,
            "more than 60 inside or reserved",
        ),
    },
    "levels_agree_with_flows": {
        "inside from nowhere": (
            EVERY,
            {"inside": more(-1)},
            busy,
            "joins and leavers do not explain",
        ),
        "people in two places": (
            BUSY,
            {"waiting_room": more(400)},
            some("waiting_room"),
            "more people somewhere than have come",
        ),
    },
    "areas_obey_littles_law": {
        "listener-seconds lost": (EVERY, {"inside_s": more(-1)}, busy, "listener-seconds inside"),
        "an area that its levels do not explain": (
            BUSY,
            {"inside_s": more(-40)},
            lambda rows: rows["inside_s"] > 40,
            "levels do not explain",
        ),
    },
}
"""By law: the evening, what is changed, in the first second of which kind, and what the audit says."""


@pytest.mark.parametrize(("law", "name"), [(law, name) for law in BROKEN for name in BROKEN[law]])
def test_the_audit_catches(law, name):
    run, change, where, says = BROKEN[law][name]
    said, through = caught(broken(an_evening(run), "seconds", change, where))
    assert re.search(says, said), said
    assert law in through, through


def test_the_audit_catches_more_dead_services_than_services():
    run = an_evening(EVERY)
    rows = run.seconds.copy()
    quiet = np.flatnonzero(rows["services"] == 0)[0]
    dead = np.flatnonzero(rows["dead_services"] > 0)[0]
    # As many in all, but in a second in which no service ended.
    rows["dead_services"][quiet] += 1
    rows["dead_services"][dead] -= 1
    said, through = caught(dataclasses.replace(run, seconds=rows))
    assert said == f"Second {rows['second'][quiet]} has more dead services than services."
    assert "work_adds_up" in through
