"""A scenario is frozen, checked and compared by value; what makes no sense is answered by a sentence."""

import dataclasses
import math

import numpy as np
import pytest

from loadbearing import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Patience,
    Retries,
    Rush,
    Scenario,
    ScenarioError,
    Service,
    Stage,
    Steady,
    Timetable,
    Weather,
    cases,
    simulate,
)


def crowd(**changes):
    return Crowd(**{"listeners": 10, "arrivals": Steady(from_s=0, until_s=10), **changes})


def door(**changes):
    return Door(**{"handlers": 2, "service": Service(mean_s=1), **changes})


WRONG = {
    "negative listeners": (lambda: crowd(listeners=-1), ["Crowd.listeners", "-1", "at least 0"]),
    "half a listener": (lambda: crowd(listeners=1.5), ["Crowd.listeners", "1.5", "whole number"]),
    "no handlers": (lambda: door(handlers=0), ["Door.handlers", "0", "at least 1"]),
    "not a number": (lambda: Service(mean_s=math.nan), ["Service.mean_s", "nan", "finite"]),
    "infinite time-out": (lambda: crowd(timeout_s=math.inf), ["Crowd.timeout_s", "inf", "None"]),
    "text for a number": (lambda: door(handlers="two"), ["Door.handlers", "'two'", "number"]),
    "True for a number": (lambda: door(handlers=True), ["Door.handlers", "True", "number"]),
    "nothing where something is needed": (lambda: Service(mean_s=None), ["Service.mean_s", "None"]),
    "a typo": (lambda: door(handelrs=2), ["Door", "'handelrs'", "'handlers'"]),
    "a field that is missing": (lambda: Door(handlers=2), ["Door", "'service'"]),
    "no names": (lambda: Steady(0, 10), ["Steady", "by name", "from_s=0"]),
    "an unknown word": (lambda: Retries(jitter="ful"), ["Retries.jitter", "'ful'", "'full'"]),
    "a yes that is a one": (lambda: door(drops_dead=1), ["Door.drops_dead", "1", "True"]),
    "zero round trip": (lambda: crowd(round_trip_s=0), ["Crowd.round_trip_s", "above 0"]),
    "a cap below the base": (lambda: Retries(base_s=5, cap_s=1), ["Retries.cap_s", "base_s"]),
    "patience without a mean": (lambda: Patience(kind="fixed"), ["Patience.mean_s", "fixed"]),
    "shares above one": (
        lambda: Rush(doors_s=-1, early_share=0.6, mean_s=1, late_share=0.6, until_s=1),
        ["Rush.early_share", "1.2", "at most 1"],
    ),
    "an end before the start": (lambda: Steady(from_s=5, until_s=4), ["Steady.until_s", "4"]),
    "a door for a crowd": (
        lambda: Scenario(crowd=door(), door=door()),
        ["Scenario.crowd", "must be a Crowd"],
    ),
    "a list that is none": (
        lambda: Scenario(
            crowd=crowd(), door=door(), faults=HandlersLost(at_s=0, lasts_s=1, handlers=1)
        ),
        ["Scenario.faults", "list"],
    ),
    "an evening without length": (
        lambda: Scenario(crowd=crowd(), door=door(), starts_s=0, ends_s=0),
        ["Scenario.ends_s", "after starts_s"],
    ),
    "people before the beginning": (
        lambda: Scenario(crowd=crowd(), door=door(), starts_s=5, ends_s=9),
        ["Scenario.starts_s", "first listener"],
    ),
    "a change to what cannot be": (
        lambda: Change(at_s=0, what="handlers", to=-2),
        ["Change.to", "-2", "at least 0"],
    ),
    "a change of nothing known": (
        lambda: Change(at_s=0, what="seats", to=2),
        ["Change.what", "seats"],
    ),
    "an unknown case": (lambda: cases.get("slow_dor"), ["'slow_dor'", "'slow_door'"]),
    "a seed below zero": (lambda: simulate(cases.get("slow_door"), -1), ["seed", "-1"]),
    "a seed that is text": (lambda: simulate(cases.get("slow_door"), "one"), ["seed", "'one'"]),
    "an unknown engine": (
        lambda: simulate(cases.get("slow_door"), 1, engine="compield"),
        ["'compield'", "'compiled'"],
    ),
    "no scenario": (lambda: simulate("slow_door"), ["slow_door", "Scenario"]),
    "a path with a typo": (
        lambda: cases.get("slow_door").changed({"door.handlres": 3}),
        ["'handlres'", "'handlers'"],
    ),
    "a path too deep": (
        lambda: cases.get("slow_door").changed({"door.handlers.many": 3}),
        ["deeper", "'many'"],
    ),
    "a number past the list": (
        lambda: cases.get("slow_door").value("faults.7.at_s"),
        ["number 7", "count from 0"],
    ),
    "latecomers without an end": (
        lambda: Rush(doors_s=-1, early_share=0, mean_s=1, late_share=0.5),
        ["Rush.until_s", "0.5", "until when"],
    ),
    "a number beyond counting": (
        lambda: crowd(listeners=10**400),
        ["Crowd.listeners", "too large"],
    ),
    "a queue beyond counting": (
        lambda: door(queue_limit=10**30),
        ["Door.queue_limit", "too large"],
    ),
    "an account of years": (
        lambda: Scenario(crowd=crowd(), door=door(), starts_s=0, ends_s=10**9),
        ["Scenario.ends_s", "at most", "a week"],
    ),
    "a tick too small": (
        lambda: Scenario(crowd=crowd(), door=door(), starts_s=0, ends_s=9, tick_s=1e-20),
        ["Scenario.tick_s", "at least"],
    ),
    "a case that is a list": (lambda: cases.get([]), ["[]", "slow_door"]),
    "a fraction that is text": (
        lambda: cases.get("slow_door").scaled("0.1"),
        ["fraction", "'0.1'"],
    ),
    "half a sample": (lambda: simulate(cases.get("slow_door"), sample=1.5), ["sample", "1.5"]),
    "a fraction above one": (
        lambda: cases.get("slow_door").scaled(2),
        ["fraction", "2", "at most 1"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_gets_a_sentence(name):
    wrong, parts = WRONG[name]
    with pytest.raises(ScenarioError) as caught:
        wrong()
    said = str(caught.value)
    assert said.endswith((".", "?"))
    for one in parts:
        assert one in said, said


def test_scenarios_are_compared_by_value_and_cannot_be_changed_in_place():
    one, two = cases.get("retry_flood"), cases.get("retry_flood")
    assert one == two
    assert hash(one) == hash(two)
    assert one.changed({"door.handlers": 7}) != one
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.door.handlers = 7


def test_a_change_by_path_reaches_into_lists():
    flood = cases.get("retry_flood")
    earlier = flood.changed({"controllers.0.changes.0.at_s": 600})
    assert earlier.controllers[0].changes[0].at_s == 600
    assert earlier.value("controllers.0.changes.0.at_s") == 600
    assert flood.controllers[0].changes[0].at_s != 600


def test_whole_numbers_may_be_written_in_any_plain_way():
    assert door(handlers=2.0) == door(handlers=np.int64(2)) == door(handlers=2)


def test_a_scaled_evening_scales_people_and_places_but_not_times():
    flood = cases.get("retry_flood")
    small = flood.scaled(0.1)
    assert small.crowd.listeners == round(flood.crowd.listeners * 0.1)
    assert small.door.handlers == round(flood.door.handlers * 0.1)
    assert small.door.queue_limit == round(flood.door.queue_limit * 0.1)
    assert small.controllers[0].changes[0].to == round(flood.controllers[0].changes[0].to * 0.1)
    assert small.controllers[0].changes[1].to is True
    assert small.crowd.timeout_s == flood.crowd.timeout_s
    assert small.door.service == flood.door.service
    assert Scenario(crowd=crowd(), door=door(), stage=Stage(seats=50)).scaled(0.1).stage.seats == 5
    lost = cases.get("capacity_lost")
    assert lost.scaled(0.1).faults[0].handlers == round(lost.faults[0].handlers * 0.1)


def test_the_arrival_tables_rise_from_nobody_to_everybody():
    rush = Rush(doors_s=-100, early_share=0.2, mean_s=30, late_share=0.3, until_s=400)
    times, share = rush.table()
    assert share[0] == 0
    assert share[-1] == 1
    assert (np.diff(times) > 0).all()
    assert (np.diff(share) >= 0).all()
    assert np.interp(0, times, share) == pytest.approx(0.2)
    # Gamma with shape 2 and mean 30: 1 - (1 + 2) e^-2 of the crowd has come after one mean.
    crowd_share = 0.5 * (1 - 3 * math.exp(-2))
    assert np.interp(30, times, share) == pytest.approx(
        0.2 + 0.3 * 30 / 400 + crowd_share, abs=1e-9
    )


def test_a_crowd_that_comes_within_a_moment_has_the_mean_asked_for():
    for mean in (0.05, 1, 7):
        times, share = Rush(doors_s=0, early_share=0, mean_s=mean).table()
        middle = (times[1:] + times[:-1]) / 2
        assert np.sum(middle * np.diff(share)) == pytest.approx(mean, rel=0.01)


def test_a_door_that_is_changed_in_a_small_room_keeps_a_handler():
    change = Timetable(changes=[Change(at_s=0, what="handlers", to=40)])
    small = Scenario(crowd=crowd(), door=door(), controllers=[change]).scaled(0.01)
    assert small.controllers[0].changes[0].to == 1


def test_pauses_double_up_to_the_cap():
    assert list(Retries(base_s=2, cap_s=9).pauses()[:4]) == [2, 4, 8, 9]
    assert Retries(base_s=2, cap_s=9, backoff="fixed").pauses().max() == 2
    assert Retries(base_s=2, cap_s=9, backoff="immediate").pauses().max() == 0


def test_a_timetable_acts_when_its_changes_are_due():
    timetable = Timetable(
        changes=[
            Change(at_s=9, what="handlers", to=1),
            Change(at_s=3, what="handlers", to=2),
            Change(at_s=9, what="drops_dead", to=True),
        ]
    )
    assert timetable.wakes() == [3, 9]
    assert [change.what for change in timetable.act(9)] == ["handlers", "drops_dead"]


def test_calm_weather_changes_nothing_and_weather_has_mean_one():
    from loadbearing import draws

    calm = cases.get("slow_door").changed({"weather": Weather.calm()})
    assert draws.evening(calm, 5) == calm
    factors = [draws.factor(seed, "service", 0.15) for seed in range(4000)]
    assert np.mean(factors) == pytest.approx(1, abs=4 * 0.15 / math.sqrt(4000))
    assert np.std(factors) == pytest.approx(0.15, rel=0.1)


def test_each_kind_of_weather_moves_its_own_setting():
    from loadbearing import draws

    base = cases.get("slow_door").changed(
        {"weather": Weather.calm(), "crowd.patience": Patience(kind="fixed", mean_s=100)}
    )
    moved = {
        "turnout": "crowd.listeners",
        "patience": "crowd.patience.mean_s",
        "sharpness": "crowd.arrivals.mean_s",
        "service": "door.service.mean_s",
    }
    for kind, path in moved.items():
        stormy = base.changed({f"weather.{kind}": 0.3})
        evening = draws.evening(stormy, 3)
        assert evening.value(path) != base.value(path)
        assert evening.changed({path: base.value(path)}) == base


def test_changes_that_only_make_sense_together_are_made_together():
    scenario = cases.get("slow_door")
    early = Steady(from_s=-5000.0, until_s=0.0)
    for changes in (
        {"crowd.arrivals": early, "starts_s": -5000},
        {"crowd.retries.base_s": 900.0, "crowd.retries.cap_s": 1000.0},
        {"crowd.retries.cap_s": 1.0, "crowd.retries.base_s": 0.5},
    ):
        changed = scenario.changed(changes)
        assert {path: changed.value(path) for path in changes} == changes


def test_a_part_can_be_changed_as_a_whole_and_within():
    changed = cases.get("slow_door").changed(
        {"door.service": Service(mean_s=3.0, cv=0.0), "door.service.cv": 0.5}
    )
    assert changed.door.service == Service(mean_s=3.0, cv=0.5)
