"""A third voice: both engines say of every listener what a plain heap says that was written from the rules alone."""

import collections
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import cases, simulate
from loadbearing.run import FLOWS, LEVELS, WORK
from tests.heap_witness import witness
from tests.strategies import scenarios

ENOUGH = 500
EVENINGS = int(os.environ.get("LOADBEARING_WITNESS_EVENINGS", ENOUGH))
CLOSE = 1e-9


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
    """Hold so many random evenings against the witness; return in how many each column counted anything."""
    met = collections.Counter()

    @settings(
        max_examples=evenings,
        derandomize="LOADBEARING_WITNESS_EVENINGS" not in os.environ,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1))
    def one(scenario, seed):
        found, run = disagreements(scenario, seed, engine)
        assert not found, (found, scenario, seed)
        met["evenings"] += 1
        met.update(name for name in run.seconds.dtype.names if run.seconds[name].any())

    one()
    return met


def test_the_witness_agrees_on_a_few_random_evenings(record_count):
    met = play("reference", 25)
    record_count("witnessed evenings", met["evenings"])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_the_witness_agrees_on_random_evenings_that_reach_every_rule(engine, record_count):
    met = play(engine, EVENINGS)
    record_count("witnessed evenings", met["evenings"])
    print(f"evenings in which the {engine} engine and the witness counted each:", dict(met))
    missing = {*FLOWS, *LEVELS, *WORK} - set(met)
    assert not missing or EVENINGS < ENOUGH, f"no random evening reached: {sorted(missing)}"


@pytest.mark.slow
@pytest.mark.parametrize("name", cases.names())
def test_the_witness_agrees_on_the_named_evenings(name):
    found, _ = disagreements(cases.get(name).scaled(0.002), 1, "compiled")
    assert not found
