"""The audit catches what is wrong: one broken run for each law, and the sentence that names the place."""

import dataclasses

import numpy as np
import pytest

from loadbearing import Patience, Retries, cases, simulate
from loadbearing.run import AuditError, Moment, Outcome, Reason


@pytest.fixture(scope="module")
def run():
    flood = cases.get("retry_flood").scaled(0.003)
    rough = flood.changed(
        {
            "crowd.patience": Patience(kind="exponential", mean_s=900),
            "crowd.retries": Retries(most=5, base_s=10, cap_s=600),
            "crowd.stays_mean_s": 900,
            "stage.seats": 2500,
        }
    )
    run = simulate(rough, 2, sample=80).audit()
    assert {Outcome.IN, Outcome.LEFT, Outcome.GAVE_UP} <= set(run.listeners["outcome"])
    return run


def broken(run, table, column, change, where=None):
    rows = getattr(run, table).copy()
    chosen = np.flatnonzero(where(rows))[0] if where else 0
    rows[column][chosen] = change(rows[column][chosen]) if callable(change) else change
    return dataclasses.replace(run, **{table: rows})


def outcome(kind):
    return lambda rows: rows["outcome"] == kind


def busy(rows):
    return (rows["inside"] > 10) & (rows["busy"] > 0) & (rows["services"] > 0)


BROKEN = {
    "an outcome that does not exist": ("listeners", "outcome", 9, None, "does not exist"),
    "in without having joined": (
        "listeners",
        "joined",
        np.nan,
        outcome(Outcome.IN),
        "without having joined",
    ),
    "joined but given up": (
        "listeners",
        "joined",
        lambda _: 0.0,
        outcome(Outcome.GAVE_UP),
        "neither in nor gone",
    ),
    "left without a time": ("listeners", "left", np.nan, outcome(Outcome.LEFT), "disagree"),
    "gave up for no reason": (
        "listeners",
        "reason",
        Reason.NONE,
        outcome(Outcome.GAVE_UP),
        "without a reason",
    ),
    "counted though after the end": (
        "listeners",
        "arrived",
        1e6,
        outcome(Outcome.IN),
        "counted after the end",
    ),
    "too many attempts": ("listeners", "attempts", 6, None, "more than 5 attempts"),
    "no attempt": ("listeners", "attempts", 0, None, "without an attempt"),
    "joined before arriving": (
        "listeners",
        "first_sent",
        lambda time: time - 1,
        None,
        "first_sent before arrived",
    ),
    "joined after the end": (
        "listeners",
        "last_joined",
        1e6,
        outcome(Outcome.IN),
        "after the end",
    ),
    "out of order": (
        "listeners",
        "arrived",
        -1199.0,
        lambda rows: rows["arrived"] > 0,
        "arrived before",
    ),
    "an arrival too many": ("seconds", "arrivals", lambda n: n + 1, None, "arrivals"),
    "an attempt too many": ("seconds", "retries", lambda n: n + 1, busy, "attempts"),
    "a first attempt lost": ("seconds", "first_attempts", lambda n: n - 1, busy, "first attempts"),
    "a join too many": ("seconds", "joins", lambda n: n + 1, busy, "joins"),
    "a leaver too many": ("seconds", "leavers", lambda n: n + 1, busy, "leavers"),
    "one who gave up lost": (
        "seconds",
        "gave_up",
        lambda n: n - 1,
        lambda rows: rows["gave_up"] > 0,
        "gave up",
    ),
    "patience lost": (
        "seconds",
        "ran_out_of_patience",
        lambda n: n - 1,
        lambda rows: rows["ran_out_of_patience"] > 0,
        "patience",
    ),
    "a service lost": ("seconds", "services", lambda n: n - 1, busy, "served"),
    "a queue below zero": ("seconds", "queue", -1, None, "fewer than zero"),
    "an area below zero": ("seconds", "queue_s", -1.0, None, "area below zero"),
    "more busy than there are": ("seconds", "busy", 10**6, None, "more busy handlers"),
    "busier than time allows": ("seconds", "busy_s", 1e6, None, "more busy time"),
    "more clients than requests": ("seconds", "living_queue", 10**6, None, "more clients waiting"),
    "handlers from nowhere": ("seconds", "capacity", lambda n: n + 1, busy, "do not explain"),
    "a queue above its limit": ("seconds", "queue", 10**5, None, "above its limit"),
    "refusals forgotten": (
        "seconds",
        "refused_full",
        lambda n: n - 10**4,
        lambda rows: rows["refused_full"] > 0,
        "neither in, refused",
    ),
    "time-outs invented": (
        "seconds",
        "time_outs",
        lambda n: n + 10**6,
        busy,
        "neither in, refused",
    ),
    "a queue too long for its level": ("seconds", "queue_s", 1e6, None, "area under queue"),
    "more inside than seats": ("seconds", "inside", 2501, None, "more than 2500 inside"),
    "inside from nowhere": ("seconds", "inside", lambda n: n - 1, busy, "do not explain"),
    "listener-seconds lost": (
        "seconds",
        "inside_s",
        lambda area: area - 1,
        busy,
        "listener-seconds",
    ),
    "more dead work than work": ("seconds", "dead_work_s", 1e6, None, "more dead work"),
    "more of dead work than there is": ("seconds", "dead_after_s", 1e6, None, "more of dead work"),
    "a dead service that was none": ("seconds", "dead_services", lambda n: n + 1, busy, "served"),
    "work from nowhere": ("seconds", "work_s", 1e9, None, "handler seconds"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_audit_catches(run, name):
    table, column, change, where, says = BROKEN[name]
    with pytest.raises(AuditError, match=says):
        broken(run, table, column, change, where).audit()


def test_the_audit_catches_a_life_that_tells_another_time(run):
    lives = run.lives.copy()
    joined = np.flatnonzero(lives["moment"] == Moment.JOINED)[0]
    lives["time"][joined] += 1
    with pytest.raises(AuditError, match="another time"):
        dataclasses.replace(run, lives=lives).audit()


def test_the_audit_catches_a_life_with_an_attempt_missing(run):
    sent = np.flatnonzero(run.lives["moment"] == Moment.SENT)[0]
    with pytest.raises(AuditError, match="number of attempts"):
        dataclasses.replace(run, lives=np.delete(run.lives, sent)).audit()
