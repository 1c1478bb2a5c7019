"""Evenings that can be worked out on paper: everybody at one moment, services of one length, nothing left to luck."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import (
    Crowd,
    Door,
    Retries,
    Run,
    Scenario,
    Service,
    Stage,
    Steady,
    Weather,
    simulate,
)
from loadbearing.run import LIFE, LISTENER, SECOND
from tests.recount import EVERYBODY

NEVER = math.nan


def evening(listeners, *, ends_s, handlers=1, service_s=10.0, faults=(), controllers=(), **how):
    """Everybody comes at one moment, every service lasts as long; both engines would say the same."""
    door = {name: how.pop(name) for name in ("queue_limit", "retry_budget") if name in how}
    stage = {name: how.pop(name) for name in ("seats", "when_full", "restart_s") if name in how}
    scenario = Scenario(
        waiting_room=how.pop("waiting_room", None),
        crowd=Crowd(listeners=listeners, arrivals=Steady(from_s=0.0, until_s=0.0), **how),
        door=Door(handlers=handlers, service=Service(mean_s=service_s, cv=0.0), **door),
        stage=Stage(**stage),
        faults=list(faults),
        controllers=list(controllers),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=ends_s,
    )
    return simulate(scenario, seed=1, engine="reference", sample=EVERYBODY).audit()


def again_after(pause_s, most=None):
    """The same pause after every failed attempt."""
    return Retries(most=most, backoff="fixed", base_s=pause_s, cap_s=pause_s, jitter="none")


def written_by_hand(people, ends_s=10, faults=(), **door):
    """A run whose listeners are given one by one: (arrived, joined, left, attempts, outcome)."""
    rows = np.zeros(len(people), LISTENER)
    for row, (arrived, joined, left, attempts, outcome) in zip(rows, people, strict=True):
        row["arrived"] = row["first_sent"] = arrived
        row["joined"] = row["last_joined"] = joined
        row["left"], row["attempts"], row["outcome"] = left, attempts, outcome
        row["joined_attempt"] = 0 if math.isnan(joined) else attempts
    seconds = np.zeros(ends_s, SECOND)
    seconds["second"] = np.arange(ends_s)
    plan = Scenario(
        crowd=Crowd(listeners=len(people), arrivals=Steady(from_s=0.0, until_s=ends_s)),
        door=Door(handlers=1, service=Service(mean_s=1.0), **door),
        faults=list(faults),
        starts_s=0,
        ends_s=ends_s,
    )
    return Run(
        scenario=plan,
        evening=plan,
        seed=1,
        engine="by hand",
        listeners=rows,
        seconds=seconds,
        lives=np.zeros(0, LIFE),
    )
