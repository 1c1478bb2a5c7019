"""The audit catches kept lives that nobody can have lived, or that tell another story than rows and seconds."""

import dataclasses

import numpy as np
import pytest

from loadbearing.run import Moment, Outcome
from tests.broken_runs import (
    BUSY,
    EVERY,
    an_evening,
    assert_caught,
    by_law,
    evening_with,
    flood_with,
    late,
    later,
    more,
    moved,
    some,
    told,
)


def last(moment):
    """Choose the first moment of this kind with which a life ends."""
    return lambda rows: (rows["moment"] == moment) & np.append(np.diff(rows["listener"]) > 0, True)


def joining_again(rows):
    """Choose the second in which somebody joined who had been in before."""
    lives = an_evening(BUSY).lives
    at = lives["time"][told(Moment.JOINED, last=True)(lives)][0]
    return rows["second"] == int(at // 1)


def another_disconnected():
    """Return the busy evening with a disconnection told of somebody who was never disconnected."""
    run = an_evening(BUSY)
    rows = run.listeners.copy()
    is_in = rows["outcome"] == Outcome.IN
    for times in (0, 1):
        who = np.flatnonzero(is_in & (run.listeners["times_disconnected"] == times))[0]
        rows["times_disconnected"][who] = 1 - times
    return dataclasses.replace(run, listeners=rows)


def flood_without_its_time_outs():
    """Return the flood with the time-outs of a second, those of a sampled listener among them, told a second late."""
    run = an_evening(EVERY)
    at = run.lives["time"][run.lives["moment"] == Moment.TIMED_OUT][0]
    here = run.seconds["second"] == int(at // 1)
    return moved(run, {"time_outs": int(run.seconds["time_outs"][here][0])}, lambda rows: here)


BROKEN = {
    "lives_agree_with_listeners": {
        "a life of nobody": (
            lambda: flood_with("lives", {"listener": 10**6}),
            "Listener 1000000's life belongs to nobody",
        ),
        "a life before the first": (
            lambda: flood_with("lives", {"listener": -1}),
            "Listener -1's life belongs to nobody",
        ),
        "an attempt below nought": (
            lambda: flood_with("lives", {"attempt": -1}, told(Moment.WAITING)),
            "fewer than no attempts",
        ),
    },
    "lives_can_be_lived": {
        "a moment that does not exist": (
            lambda: flood_with("lives", {"moment": 99}, told(Moment.TIMED_OUT)),
            "has a moment that does not exist",
        ),
        "a life without a beginning": (
            lambda: flood_with("lives", {"moment": Moment.TIMED_OUT}, told(Moment.ARRIVED)),
            "does not begin by arriving",
        ),
        "a life cut short": (
            lambda: flood_with("lives", {"moment": Moment.ADMITTED}, last(Moment.JOINED)),
            "stops where something must follow",
        ),
        "a refusal in the midst of waiting": (
            lambda: flood_with("lives", {"moment": Moment.REFUSED_FULL}, told(Moment.TIMED_OUT)),
            "has two moments that cannot follow each other",
        ),
        "a step back in time": (
            lambda: flood_with("lives", {"time": more(-9000)}, told(Moment.TIMED_OUT)),
            "goes back in time",
        ),
        "a door that thinks it over": (
            lambda: flood_with("lives", {"time": more(-0.01)}, told(Moment.SENT, last=True)),
            "waits where it cannot",
        ),
        "a time-out that comes late": (
            lambda: flood_with("lives", {"time": more(0.01)}, told(Moment.TIMED_OUT)),
            "has a time-out at another time than was set",
        ),
    },
    "lives_count_their_attempts": {
        "an attempt before arriving": (
            lambda: flood_with("lives", {"attempt": 1}, told(Moment.ARRIVED)),
            "has an attempt before it begins",
        ),
        "an attempt that changes while waiting": (
            lambda: flood_with("lives", {"attempt": more(1)}, told(Moment.WAITING)),
            "miscounts its attempts",
        ),
        "joined by the attempt before": (
            lambda: evening_with(
                "listeners", {"joined_attempt": more(-1)}, lambda rows: rows["joined_attempt"] > 1
            ),
            "joined by another attempt than its row",
        ),
    },
    "lives_end_as_their_rows_say": {
        "disconnected instead of gone": (
            lambda: flood_with("lives", {"moment": Moment.DISCONNECTED}, told(Moment.LEFT)),
            "ends otherwise than its row",
        ),
        "gone a moment late": (
            lambda: flood_with("lives", {"time": more(0.01)}, told(Moment.LEFT)),
            "ends at another time than its row",
        ),
        "somebody else's disconnection": (
            another_disconnected,
            "has another number of disconnections than its row",
        ),
    },
    "lives_agree_with_seconds": {
        "a later attempt a second late": (
            lambda: late("retries", run=BUSY),
            "counts other retries than the lives",
        ),
        "one let through who was not": (
            lambda: evening_with("seconds", {"admitted": more(1)}, some("admitted")),
            "counts other admitted",
        ),
        "a refusal for another reason": (
            lambda: evening_with(
                "seconds",
                {"refused_full": more(-1), "refused_budget": more(1)},
                some("refused_full"),
            ),
            "counts other refused_full",
        ),
        "a time-out missing of those sampled": (
            flood_without_its_time_outs,
            "counts other time_outs than the lives",
        ),
        "a disconnection a second late": (
            lambda: late("disconnected", 1, ("inside", 1), run=BUSY),
            "counts other disconnected than the lives",
        ),
        "one who joins again a second late": (
            lambda: late("joins", 1, ("inside", -1), joining_again, BUSY, services=1),
            "counts other joins than the lives",
        ),
        "one fewer in line": (
            lambda: evening_with("seconds", {"waiting_room": more(-1)}, some("waiting_room")),
            "has others in waiting_room than the lives",
        ),
        "one fewer in the queue": (
            lambda: evening_with("seconds", {"living_queue": more(-1)}, some("living_queue")),
            "has others in living_queue than the lives",
        ),
        "a wait told in another second": (
            lambda: moved(an_evening(BUSY), {"living_queue_s": 0.1}, later("living_queue")),
            "has another area under living_queue than the lives",
        ),
    },
    "_services_agree_with_seconds": {
        "a client served by nobody": (
            lambda: evening_with("seconds", {"busy": more(-1)}, lambda rows: rows["busy"] > 1),
            "has fewer busy handlers than clients in service",
        ),
        "work for the living told as dead": (
            lambda: evening_with(
                "seconds",
                {"dead_work_s": more(0.1)},
                lambda rows: (
                    (rows["work_s"] - rows["dead_work_s"] > 0.1) & (rows["dead_work_s"] > 0)
                ),
            ),
            "has other work for clients who waited for it than the lives",
        ),
    },
}
"""By law: a broken run, and what the audit says."""


@pytest.mark.parametrize(("law", "name"), by_law(BROKEN))
def test_the_audit_catches(law, name):
    make, says = BROKEN[law][name]
    assert_caught(make(), law, says)
