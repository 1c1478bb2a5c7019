"""Three evenings for the tests of the audit, and ways to break a run in one place."""

import dataclasses
import functools
import pathlib
import re
import traceback

import numpy as np
import pytest

from loadbearing import (
    Autoscaler,
    Change,
    Crowd,
    Door,
    ForeignLoad,
    HandlersLost,
    Patience,
    Policy,
    Restart,
    Retries,
    Scenario,
    Service,
    Stage,
    Steady,
    Timetable,
    WaitingRoom,
    Weather,
    audit,
    cases,
    simulate,
)
from loadbearing.run import DONE, AuditError, Outcome, Reason
from tests.by_hand import day

EVERY, BUSY, QUIET = "flood", "busy_evening", "quiet_evening"


def flood():
    """Return a flood of a few thousand people with a stage that fills and a sample of their lives."""
    rough = cases.get("retry_flood").scaled(0.003)
    rough = rough.changed(
        {
            "crowd.patience": Patience(kind="exponential", mean_s=900),
            "crowd.retries": Retries(most=5, base_s=10, cap_s=600),
            "crowd.stays_mean_s": 900,
            "stage.seats": 2500,
        }
    )
    return simulate(rough, 2, sample=80)


def busy_evening():
    """Return an evening with some of everything, a restart among it, and everybody's whole life."""
    crowd = Crowd(
        listeners=400,
        arrivals=Steady(from_s=0, until_s=300),
        patience=Patience(kind="exponential", mean_s=60),
        stays_mean_s=80,
        timeout_s=6,
        retries=Retries(most=5, base_s=2, cap_s=20),
    )
    door = Door(
        handlers=4,
        service=Service(mean_s=2.5),
        queue_limit=10,
        retry_after_s=6,
        retry_budget=0.6,
    )
    changes = [
        Change(at_s=150, what="handlers", to=6),
        Change(at_s=220, what="admits_per_s", to=2),
        Change(at_s=260, what="waiting_room", to=False),
    ]
    shorter = Policy(decide=lambda now, telemetry: {"queue_limit": 8}, every_s=90)
    scenario = Scenario(
        crowd=crowd,
        door=door,
        waiting_room=WaitingRoom(admits_per_s=1.2, opens_s=100, seats_aware=True),
        stage=Stage(seats=60),
        faults=[
            HandlersLost(at_s=40, lasts_s=30, handlers=2),
            Restart(at_s=180, lasts_s=8),
            ForeignLoad(at_s=20, lasts_s=200, per_s=0.4),
        ],
        controllers=[
            Timetable(changes=changes),
            shorter,
            Autoscaler(target=0.6, most=8, every_s=50, lag_s=10, boot_s=15),
        ],
        weather=Weather.calm(),
        starts_s=0,
        ends_s=360,
    )
    return simulate(scenario, 3, sample=400)


def quiet_evening():
    """Return an evening that is over before its end: foreign load, nobody inside who leaves, no restart."""
    return day(
        "compiled", come=[0, 0, 1], faults=[ForeignLoad(at_s=0, lasts_s=1, per_s=5)], ends=400
    )


@functools.cache
def an_evening(name):
    """Return the run of the evening with this name, audited."""
    run = {EVERY: flood, BUSY: busy_evening, QUIET: quiet_evening}[name]().audit()
    if name != QUIET:
        assert {Outcome.IN, Outcome.LEFT, Outcome.GAVE_UP} <= set(run.listeners["outcome"])
    return run


def caught(run):
    """Return (sentence, functions of the audit that it came through) for a run that breaks a law."""
    with pytest.raises(AuditError) as error:
        run.audit()
    frames = traceback.extract_tb(error.value.__traceback__)
    home = pathlib.Path(audit.__file__).parent
    return str(error.value), [
        one.name for one in frames if home in pathlib.Path(one.filename).parents
    ]


def by_law(broken_runs):
    """Return (law, name) of every broken run of a table {law: {name: how it is made, what the audit says}}."""
    return [(law, name) for law, runs in broken_runs.items() for name in runs]


def assert_caught(run, law, says):
    """Demand that the audit refuses a run with a sentence that matches `says`, in the function called like the law."""
    said, through = caught(run)
    assert re.search(says, said), said
    assert law in through, through


def broken(run, table, change, where=None):
    """Return the run with a change made to the first row of a table for which `where` is true."""
    rows = getattr(run, table).copy()
    chosen = np.flatnonzero(where(rows))[0] if where else 0
    for column, value in change.items():
        rows[column][chosen] = value(rows[column][chosen]) if callable(value) else value
    return dataclasses.replace(run, **{table: rows})


def flood_with(table, change, where=None):
    """Return the flood with a change in one place."""
    return broken(an_evening(EVERY), table, change, where)


def evening_with(table, change, where=None):
    """Return the busy evening with a change in one place."""
    return broken(an_evening(BUSY), table, change, where)


def moved(run, changes, where, by=1, level=None):
    """Return the run with so much of each column counted `by` seconds later than in the first second chosen.

    `level`: a level and how much higher it is meanwhile, as its flows then say.
    """
    rows = run.seconds.copy()
    chosen = np.flatnonzero(where(rows))[0]
    for column, much in changes.items():
        rows[column][chosen] -= much
        rows[column][chosen + by] += much
    if level:
        name, higher = level
        rows[name][min(chosen, chosen + by) : max(chosen, chosen + by)] += higher
    return dataclasses.replace(run, seconds=rows)


def late(flow, by=1, level=None, where=None, run=EVERY, **others):
    """Return a run with one of a flow counted in another second."""
    return moved(an_evening(run), {flow: 1, **others}, where or some(flow), by, level)


def later(*columns):
    """Choose seconds, not the first few, that have some of all these."""
    return lambda rows: (
        (np.arange(len(rows)) > 30) & np.all([rows[name] > 0 for name in columns], axis=0)
    )


def without(run, **rules):
    """Return the run as if its evening had had other rules, named by their path with `__` for each dot."""
    changes = {path.replace("__", "."): value for path, value in rules.items()}
    return dataclasses.replace(run, evening=run.evening.changed(changes))


def more(by):
    """Return what adds so much."""
    return lambda value: value + by


def outcome(kind):
    """Choose listeners whose evening ended like this."""
    return lambda rows: rows["outcome"] == kind


def left_for_good(rows):
    """Choose listeners who left of their own accord."""
    return (rows["outcome"] == Outcome.LEFT) & (rows["reason"] == Reason.NONE)


def came_back(rows):
    """Choose listeners who were disconnected once and are in again."""
    return (rows["times_disconnected"] == 1) & (rows["outcome"] == Outcome.IN)


def busy(rows):
    """Choose seconds in which much happens."""
    return (rows["inside"] > 10) & (rows["busy"] > 0) & (rows["services"] > 0)


def some(column):
    """Choose rows that have some of this."""
    return lambda rows: rows[column] > 0


def did(what, controller):
    """Choose the first time at which this controller did that."""
    number = DONE.index(what)
    return lambda rows: (rows["what"] == number) & (rows["controller"] == controller)


def told(moment, last=False):
    """Choose the first moment of this kind, or the last one of a listener who met it more than once."""

    def where(rows):
        there = rows["moment"] == moment
        counts = np.bincount(rows["listener"][there], minlength=rows["listener"].max() + 1)
        if not last:
            return there
        again = there & (counts[rows["listener"]] > 1)
        return again & (np.arange(len(rows)) > np.argmax(again))

    return where


def before(moment):
    """Choose the first moment that is followed by one of this kind."""
    return lambda rows: np.append(rows["moment"][1:] == moment, False)


def much(level):
    """Choose seconds in which much happens and somebody is on this level all the time."""
    return lambda rows: (rows[level + "_s"] > 1) & (rows["joins"] > 0) & (rows["retries"] > 0)
