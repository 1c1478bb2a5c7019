"""A third voice: both engines say of every listener what a plain heap says that was written from the rules alone."""

import collections
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import (
    Change,
    Crowd,
    Door,
    Restart,
    Retries,
    Scenario,
    Service,
    Steady,
    Timetable,
    Weather,
    cases,
    simulate,
)
from loadbearing.run import FLOWS, LEVELS, WORK
from tests.dense_evenings import dense_evening
from tests.heap_witness import witness
from tests.strategies import scenarios

EVENINGS = int(os.environ.get("LOADBEARING_WITNESS_EVENINGS", 300))
FIRST_DENSE = int(os.environ.get("LOADBEARING_FIRST_DENSE", 0))
ENOUGH = 1500
DENSE = int(os.environ.get("LOADBEARING_DENSE_EVENINGS", ENOUGH))
CLOSE = 1e-9

ENGINES = ["compiled", "reference"]


def disagreements(scenario, seed, engine):
    """Return (sentences, run): where an engine and the witness differ, listeners and counts exactly, areas closely."""
    run = simulate(scenario, seed, engine=engine, sample=0)
    listeners, seconds = witness(scenario, seed)
    found = []
    for table, mine, theirs in (
        ("listener", listeners, run.listeners),
        ("second", seconds, run.seconds),
    ):
        assert mine.dtype.names == theirs.dtype.names
        for name in mine.dtype.names:
            one, two = mine[name], theirs[name]
            unequal = one != two
            if table == "second" and one.dtype.kind == "f":
                unequal = np.abs(one - two) > CLOSE * np.maximum(1, np.abs(two))
            elif one.dtype.kind == "f":
                unequal &= ~(np.isnan(one) & np.isnan(two))
            if unequal.any():
                row = int(np.argmax(unequal))
                found.append(
                    f"{table} {row} has {name} {one[row]!r} by the witness, {two[row]!r} by the {engine} engine"
                )
    return found, run


def play(engine, evenings):
    """Hold so many random evenings against the witness; return how many it were."""
    played = collections.Counter()

    @settings(
        max_examples=evenings,
        derandomize="LOADBEARING_WITNESS_EVENINGS" not in os.environ,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1))
    def one(scenario, seed):
        found, _ = disagreements(scenario, seed, engine)
        assert not found, (found, scenario, seed)
        played["evenings"] += 1

    one()
    return played["evenings"]


def test_the_witness_agrees_on_a_few_random_evenings(record_count):
    record_count("witnessed evenings", play("reference", 25))


@pytest.mark.slow
def test_the_witness_agrees_on_random_evenings(record_count):
    record_count("witnessed evenings", play("compiled", EVENINGS))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_the_witness_agrees_on_dense_evenings_that_reach_every_rule(engine, record_count):
    met = collections.Counter()
    for number in range(FIRST_DENSE, FIRST_DENSE + DENSE):
        found, run = disagreements(dense_evening(number), number, engine)
        assert not found, (found, f"dense_evening({number})")
        met.update(name for name in run.seconds.dtype.names if run.seconds[name].any())
    record_count("witnessed evenings", DENSE)
    print(f"evenings in which the {engine} engine and the witness counted each:", dict(met))
    missing = {*FLOWS, *LEVELS, *WORK} - set(met)
    assert not missing or DENSE < ENOUGH, f"no dense evening reached: {sorted(missing)}"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_restart_tells_what_held_before_the_changes_of_its_moment(engine):
    """Faults come before controllers, and a refusal carries the value of when it was refused: back at 11, not at 40."""
    scenario = Scenario(
        crowd=Crowd(
            listeners=1,
            arrivals=Steady(from_s=0, until_s=0),
            round_trip_s=1,
            retries=Retries(backoff="immediate", jitter="none"),
        ),
        door=Door(handlers=1, service=Service(mean_s=20, cv=0)),
        faults=[Restart(at_s=10, lasts_s=0)],
        controllers=[Timetable(changes=[Change(at_s=10, what="retry_after_s", to=30)])],
        weather=Weather.calm(),
        starts_s=0,
        ends_s=100,
    )
    assert witness(scenario, 1)[0]["joined"].tolist() == [10 + 1 + 20]
    assert simulate(scenario, 1, engine=engine).listeners["joined"].tolist() == [10 + 1 + 20]


@pytest.mark.slow
@pytest.mark.parametrize("name", cases.names())
def test_the_witness_agrees_on_the_named_evenings(name):
    found, _ = disagreements(cases.get(name).scaled(0.002), 1, "compiled")
    assert not found
