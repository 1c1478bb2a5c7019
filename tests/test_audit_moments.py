"""The audit catches what only one second or one action tells: the sums over the evening are right."""

import dataclasses

import numpy as np
import pytest

from loadbearing import Patience
from loadbearing.run import DONE, Outcome
from loadbearing.scenario import ForeignLoad, Restart
from tests.broken_runs import (
    BUSY,
    EVERY,
    QUIET,
    an_evening,
    assert_caught,
    busy,
    by_law,
    did,
    evening_with,
    flood_with,
    late,
    later,
    more,
    moved,
    outcome,
    some,
    without,
)


def faults_but(kind):
    """Return the faults of the busy evening but those of one kind."""
    return tuple(one for one in an_evening(BUSY).evening.faults if not isinstance(one, kind))


def without_actions(where):
    """Return the busy evening with some actions forgotten."""
    run = an_evening(BUSY)
    return dataclasses.replace(run, actions=run.actions[~where(run.actions)])


def unlimited():
    """Return the busy evening as if the policy had taken the limit away instead of setting one."""
    run = an_evening(BUSY)
    actions = run.actions.copy()
    actions["to"][did("queue_limit", 1)(actions)] = np.inf
    return dataclasses.replace(run, actions=actions)


def exchanged():
    """Return the busy evening with the first two actions of a different time told in the wrong order."""
    run = an_evening(BUSY)
    limit = np.flatnonzero(did("queue_limit", 1)(run.actions))[-1]
    other = np.flatnonzero(did("admits_per_s", 0)(run.actions))[0]
    actions = run.actions.copy()
    actions[[limit, other]] = actions[[other, limit]]
    return dataclasses.replace(run, actions=actions)


def too_early():
    """Return the busy evening with a look of the policy at the moment at which the account begins."""
    run = an_evening(BUSY)
    first = run.actions[did("queue_limit", 1)(run.actions)][:1].copy()
    first["time"], first["what"] = run.evening.starts_s, DONE.index("drops_dead")
    return dataclasses.replace(run, actions=np.concatenate([first, run.actions]))


BROKEN = {
    "times_are_in_order": {
        "gone before coming": (
            lambda: flood_with("listeners", {"left": more(-7000)}, outcome(Outcome.GAVE_UP)),
            "has left before coming",
        ),
    },
    "seconds_agree_with_listeners": {
        "an arrival a second early": (
            lambda: late("arrivals", -1, where=later("arrivals")),
            "counts other arrivals than its listeners",
        ),
        "a first attempt a second late": (
            lambda: late("first_attempts"),
            "counts other first_attempts",
        ),
        "a leaver a second late": (
            lambda: late("leavers", 1, ("inside", 1), later("joins", "leavers")),
            "counts other leavers",
        ),
        "one who did not return a second late": (
            lambda: late("did_not_return", run=BUSY),
            "counts other did_not_return",
        ),
        "one who gave up a second late": (lambda: late("gave_up"), "counts other gave_up"),
        "patience that ends a second late": (
            lambda: late("ran_out_of_patience"),
            "counts other ran_out_of_patience",
        ),
        "a join a second early": (
            lambda: late("joins", -1, ("inside", 1), later("joins", "leavers")),
            "counts other joins than its listeners",
        ),
        "a first join missing though others join again": (
            lambda: late("joins", 1, ("inside", -1), later("joins", "leavers"), BUSY),
            "counts other joins than its listeners",
        ),
        "a service a second late": (
            lambda: late("services", where=busy),
            "has served others than joined or found no seat",
        ),
    },
    "work_adds_up_at_every_moment": {
        "work that ends before it was done": (
            lambda: moved(an_evening(QUIET), {"work_s": 5.0}, some("work_s"), -8),
            "has seen more work end than handlers were busy",
        ),
        "work that ends after the handlers have gone to rest": (
            lambda: moved(an_evening(QUIET), {"work_s": 1.0}, some("work_s"), 100),
            "has nobody busy, but work that has not ended",
        ),
        "work cut off after the restart": (
            lambda: moved(an_evening(BUSY), {"cut_work_s": 0.5}, some("cut_work_s"), -1),
            "has work cut off, but no service",
        ),
    },
    "nothing_happens_without_its_cause": {
        "foreign requests": (
            lambda: without(an_evening(BUSY), faults=faults_but(ForeignLoad)),
            "has foreign_requests without foreign load",
        ),
        "people disconnected": (
            lambda: without(an_evening(BUSY), faults=faults_but(Restart)),
            "without a restart",
        ),
        "people let through": (
            lambda: flood_with("seconds", {"admitted": 1}),
            "has admitted without a waiting room",
        ),
        "people standing in line": (
            lambda: flood_with("seconds", {"waiting_room_s": 0.5}, later("arrivals")),
            "has waiting_room_s without a waiting room",
        ),
        "seats kept": (
            lambda: without(an_evening(BUSY), waiting_room__seats_aware=False),
            "without a room that keeps seats",
        ),
        "no seat left": (
            lambda: without(an_evening(BUSY), stage__seats=None, waiting_room__seats_aware=False),
            "has refused_no_seat without a number of seats",
        ),
        "time-outs": (
            lambda: without(an_evening(EVERY), crowd__timeout_s=None),
            "has time_outs without a time-out",
        ),
        "leavers": (
            lambda: without(an_evening(EVERY), crowd__stays_mean_s=None),
            "has leavers without an end to stays",
        ),
        "lost patience": (
            lambda: without(an_evening(EVERY), crowd__patience=Patience()),
            "has ran_out_of_patience without an end to patience",
        ),
        "a full queue": (
            lambda: without(unlimited(), door__queue_limit=None),
            "has refused_full without a queue limit",
        ),
        "a used-up budget": (
            lambda: without(an_evening(BUSY), door__retry_budget=None),
            "has refused_budget without a retry budget",
        ),
        "a foreign request that comes after its end": (
            lambda: late("foreign_requests", 30, run=BUSY),
            "has seen more foreign requests end than come",
        ),
    },
    "controllers_act_when_they_look": {
        "actions out of order": (exchanged, "The actions are not in order of time."),
        "an action of nobody": (
            lambda: evening_with("actions", {"controller": 7}, did("queue_limit", 1)),
            "Controller 7 at 90.0 acted, but there is none.",
        ),
        "an action between two looks": (
            lambda: evening_with("actions", {"time": more(0.5)}, did("queue_limit", 1)),
            "Controller 1 at 90.5 acted when it did not look.",
        ),
        "an action before the first look": (too_early, "acted when it did not look"),
        "handlers that nobody ordered": (
            lambda: without_actions(did("handlers", 2)),
            "Controller 2 .* has handlers serving that it did not order",
        ),
    },
}
"""By law: a broken run, and what the audit says."""


@pytest.mark.parametrize(("law", "name"), by_law(BROKEN))
def test_the_audit_catches(law, name):
    make, says = BROKEN[law][name]
    assert_caught(make(), law, says)
