"""What guards a run: refusals before it begins, and a file that says what it could not keep."""

import pytest

from loadbearing import (
    ForeignLoad,
    Policy,
    Run,
    ScenarioError,
    simulate,
)
from loadbearing.engines import PolicyError, estimate
from tests.by_hand import day, plan

# ------------------------------------------------------------------------------ Refused before it begins


def test_an_evening_that_does_not_fit_is_refused_before_anything_is_set_out(monkeypatch):
    monkeypatch.setattr(estimate, "free_bytes", lambda: 1_000_000)
    crowd = plan(listeners=100_000)
    with pytest.raises(ScenarioError, match=r"100,000 .* GB of memory.*scaled\(1/") as fast:
        simulate(crowd, engine="compiled")
    assert "engine='compiled', or" not in str(fast.value)
    with pytest.raises(ScenarioError, match=r"use engine='compiled', or try .*scaled\(1/"):
        simulate(crowd, engine="reference")
    assert len(simulate(plan(listeners=3), engine="reference").listeners) == 3


def test_an_evening_that_takes_too_long_is_refused_with_a_room_that_does_not(monkeypatch):
    # As if each event took a second: three arrive and three services end.
    monkeypatch.setitem(estimate.SECONDS_PER_EVENT, "compiled", 1.0)
    scenario = plan(listeners=3)
    with pytest.raises(ScenarioError, match=r"about 6 events .* longer than .*scaled\(1/3\)"):
        simulate(scenario, engine="compiled", most_s=2)
    assert len(simulate(scenario.scaled(1 / 3), engine="compiled", most_s=2).listeners) == 1
    for most_s in (6, None):
        assert len(simulate(scenario, engine="compiled", most_s=most_s).listeners) == 3


def test_foreign_load_counts_in_what_an_evening_costs(monkeypatch):
    monkeypatch.setitem(estimate.SECONDS_PER_EVENT, "compiled", 1e-3)
    load = ForeignLoad(at_s=0, lasts_s=50, per_s=100)
    # One listener has at most a few hundred events, .4 s; 5,000 foreign requests and services take ten.
    with pytest.raises(ScenarioError, match=r"scaled\(1/1\d\)"):
        simulate(plan(listeners=1, handlers=5000, faults=[load]), engine="compiled", most_s=1)
    assert len(simulate(plan(listeners=1), engine="compiled", most_s=1).listeners) == 1


def test_a_policy_is_not_asked_while_an_evening_is_only_estimated():
    asked = []
    policy = Policy(decide=lambda now, telemetry: asked.append(now))
    expected = estimate.estimate(plan(controllers=[policy]))
    assert expected.events == 6
    assert asked == []


# ------------------------------------------------------------------------------ In a file


def test_a_policy_that_was_read_from_a_file_says_that_it_is_gone(tmp_path):
    def cautious(now, telemetry):
        return {"queue_limit": 5}

    run = day("reference", controllers=[Policy(decide=cautious)])
    again = Run.load(run.save(tmp_path / "evening.run")).audit()
    assert again.same_as(run)
    with pytest.raises(RuntimeError, match="cautious was not kept with the run; give the function"):
        again.scenario.controllers[0].decide(0, None)
    with pytest.raises(PolicyError, match="cautious was not kept"):
        simulate(again.scenario, engine="reference")
    whole = again.scenario.changed({"controllers.0.decide": cautious})
    assert simulate(whole, engine="reference", sample=3).same_as(run)
