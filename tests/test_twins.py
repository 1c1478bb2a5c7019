"""The reference and the compiled engine are twins: the same evening, to the last bit, however it is cut."""

import collections
import math
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import Simulation, Weather, cases, simulate
from loadbearing.engines.reference import Door
from tests.strategies import scenarios

SAMPLE = 20
EVENINGS = int(os.environ.get("LOADBEARING_EVENINGS", 400))


def rules_of(scenario, run):
    """Name the rules that an evening really reached, for the count at the end."""
    flows = run.seconds
    reached = {
        "arrivals " + type(scenario.crowd.arrivals).__name__,
        "back-off " + scenario.crowd.retries.backoff,
        "jitter " + scenario.crowd.retries.jitter,
        "patience " + scenario.crowd.patience.kind,
        "on a grid" if scenario.tick_s else "continuous",
    }
    for name in (
        "refused_full",
        "refused_no_seat",
        "time_outs",
        "ran_out_of_patience",
        "dead_services",
    ):
        if flows[name].sum():
            reached.add(name)
    if scenario.door.drops_dead:
        reached.add("drops_dead")
    if scenario.faults:
        reached.add("handlers lost")
    if scenario.controllers:
        reached.add("timetable")
    if flows["leavers"].sum():
        reached.add("leavers")
    if scenario.crowd.retries.quick_share > 0 and flows["retries"].sum():
        reached.add("quick reloaders")
    if (run.listeners["reason"] == 1).any():
        reached.add("attempts used up")
    return reached


def test_the_twins_agree_on_every_listener_of_random_evenings(record_count):
    met, played = collections.Counter(), 0

    @settings(
        max_examples=EVENINGS,
        derandomize=EVENINGS == 400,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1))
    def play(scenario, seed):
        nonlocal played
        one = simulate(scenario, seed, engine="reference", sample=SAMPLE).audit()
        two = simulate(scenario, seed, engine="compiled", sample=SAMPLE).audit()
        assert not one.differences(two), (one.differences(two), scenario, seed)
        met.update(rules_of(scenario, one))
        played += 1

    play()
    record_count("twin scenarios", played)
    missing = {
        "arrivals Steady",
        "arrivals Rush",
        "back-off immediate",
        "back-off fixed",
        "back-off exponential",
        "jitter none",
        "jitter full",
        "jitter exponential",
        "patience unlimited",
        "patience fixed",
        "patience exponential",
        "on a grid",
        "continuous",
        "refused_full",
        "refused_no_seat",
        "time_outs",
        "ran_out_of_patience",
        "dead_services",
        "drops_dead",
        "handlers lost",
        "timetable",
        "leavers",
        "quick reloaders",
        "attempts used up",
    } - set(met)
    print("evenings that reached each rule:", dict(sorted(met.items())))
    assert not missing, f"no random evening reached: {sorted(missing)}"


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    scenario=scenarios(),
    seed=st.integers(0, 1000),
    engine=st.sampled_from(["reference", "compiled"]),
    chunk=st.integers(1, 50),
    stops=st.lists(st.integers(-60, 240), max_size=3),
)
def test_stopping_and_continuing_changes_nothing(scenario, seed, engine, chunk, stops):
    whole = simulate(scenario, seed, engine=engine, sample=SAMPLE)
    cut = Simulation(scenario, seed, engine=engine, sample=SAMPLE)
    for stop in sorted(stops):
        while not cut.advance(chunk, until=stop):
            pass
    while not cut.advance(chunk):
        pass
    assert cut.done
    assert not whole.differences(cut.run()), scenario


@pytest.mark.parametrize("name", cases.names())
def test_the_twins_agree_on_the_named_evenings(name, record_count):
    for seed, weather in ((1, Weather.calm()), (2, Weather())):
        scenario = cases.get(name).changed({"weather": weather}).scaled(0.002)
        one = simulate(scenario, seed, engine="reference").audit()
        two = simulate(scenario, seed, engine="compiled").audit()
        assert not one.differences(two)
        record_count("twin scenarios", 1)


def test_a_broken_door_is_told_apart_from_the_twin():
    class Forgetful(Door):
        def take_next(self):
            while self.queue and self.busy < self.handlers:
                self.serve(self.queue.pop())

    scenario = cases.get("retry_flood").scaled(0.001)
    one = simulate(scenario, 1, door=Forgetful)
    two = simulate(scenario, 1, engine="compiled")
    assert one.differences(two)


def test_luck_stays_when_a_setting_moves():
    scenario = cases.get("slow_door").scaled(0.01)
    one = simulate(scenario, 5).listeners["arrived"]
    two = simulate(scenario.changed({"door.handlers": 3}), 5).listeners["arrived"]
    assert np.array_equal(one, two)


def test_progress_is_told_between_chunks(monkeypatch):
    from loadbearing import engines

    monkeypatch.setattr(engines, "CHUNK", 1000)
    told = []
    simulate(cases.get("slow_door").scaled(0.005), 1, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 3
    assert 0 <= told[0] <= told[-1] <= 1
    assert math.isclose(told[-1], 1, abs_tol=0.2)


def test_the_door_shown_to_students_is_under_forty_lines():
    import inspect

    assert len(inspect.getsource(Door).splitlines()) < 40
