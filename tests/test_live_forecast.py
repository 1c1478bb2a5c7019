"""What is foretold is written before, holds what comes nine times in ten, and says so when it does not."""

import dataclasses
import json
import math
import time

import numpy as np
import pytest
from made_records import Made

from loadbearing import cases, draws, readings, simulate
from loadbearing.live.company import law_of
from loadbearing.live.fit import fit
from loadbearing.live.forecast import (
    QUANTITIES,
    Forecast,
    ForecastError,
    Range,
    as_the_simulation_has_it,
    compare,
    doors,
    forecast,
    service_in_the_rush_s,
    service_s,
    weights,
)
from loadbearing.scenario import ServiceSlowed

CALENDAR = ((2, 0.3, 6), (6, 0.2, 8), (12, 1e-6, 15))
EVENING = cases.get("the_small_door")


def records_of(seed, law="multiplier", contention=0.02):
    door = EVENING.door
    about = (door.service.mean_s, door.service.cv, contention, door.coherency, door.handlers)
    return [Made(law, *about, 10 * seed + at).closed(*entry) for at, entry in enumerate(CALENDAR)]


@pytest.fixture(scope="module")
def fitted():
    return fit(records_of(1))


@pytest.fixture(scope="module")
def foretold(fitted):
    return forecast(EVENING, fitted, seed=1)


def test_an_evening_by_the_law_of_the_simulation_is_as_foretold(foretold):
    told = compare(foretold, simulate(EVENING, 1, progress=False))
    assert told.rows[0].name == "share_in"
    assert told.inside == len(QUANTITIES)
    assert told.curve_inside > 0.9
    assert not told.why
    assert told.say().startswith("6 of 6 quantities")
    assert foretold.width < 0.3
    assert not foretold.too_wide


@pytest.mark.slow
def test_nine_in_ten_evenings_are_as_foretold():
    held = dict.fromkeys(QUANTITIES, 0)
    for seed in range(1, 21):
        told = compare(
            forecast(EVENING, fit(records_of(seed)), seed), simulate(EVENING, seed, progress=False)
        )
        for row in told.rows:
            held[row.name] += row.inside
    # 18 of 20 expected; fewer than 15 would happen once in a hundred times.
    assert min(held.values()) >= 15, held


def test_every_interval_holds_its_likely_value_and_the_curve_adds_up(foretold):
    for name, one in foretold.ranges.items():
        assert one.low < one.likely < one.high, name
    people = foretold.ranges["share_in"].likely * EVENING.crowd.listeners
    assert foretold.curve["likely"].sum() == pytest.approx(people, rel=0.1)
    assert (foretold.curve["low"] <= foretold.curve["high"]).all()


def test_equal_seeds_foretell_the_same(fitted, foretold):
    again = forecast(EVENING, fitted, seed=1)
    assert again.ranges == foretold.ranges
    assert forecast(EVENING, fitted, seed=2).ranges != foretold.ranges


def test_progress_is_told(fitted):
    told = []
    forecast(EVENING, fitted, draws=20, progress=told.append)
    assert told[-1] == 1
    assert len(told) == 20


@pytest.mark.parametrize("wrong", [3, 40.0, True])
def test_too_few_draws_are_refused_with_a_remedy(fitted, wrong):
    with pytest.raises(ForecastError, match="from 19"):
        forecast(EVENING, fitted, draws=wrong)


# --- the doors that the tests allow --------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "numbers"),
    [
        ("lock", (0.1, 0.12, 0.0)),
        ("lock", (0.1, 0.02, 0.01)),
        ("multiplier", (0.1, 0.03, 0.002)),
        ("multiplier", (0.1, -0.01, 0.004)),
        ("multiplier", (0.1, 0.05, -0.001)),
        ("multiplier", (0.1, -0.01, 0.0)),
    ],
)
def test_the_door_of_the_simulation_is_alike_where_all_handlers_are_busy(law, numbers):
    changes = as_the_simulation_has_it(law, numbers, 0.5, 12, longer=1.1)
    door = EVENING.changed(changes).door
    full = door.service.mean_s * draws.slower(12, door.contention, door.coherency)
    assert full == pytest.approx(1.1 * law_of(law, np.array(12), numbers, 0.5))
    if min(numbers) >= 0 and law == "multiplier":
        assert (door.contention, door.coherency) == pytest.approx(numbers[1:])
        assert door.service.mean_s == pytest.approx(0.11)


def test_one_handler_has_no_company():
    changes = as_the_simulation_has_it("lock", (0.1, 0.12, 0.01), 0.5, 1)
    assert changes["door.service.mean_s"] == pytest.approx(0.1)
    assert changes["door.contention"] == changes["door.coherency"] == 0


def test_laws_are_drawn_as_often_as_they_explain_the_tests(fitted):
    laws = dict(fitted.laws)
    laws["lock"] = dataclasses.replace(laws["lock"], worse=0.0)
    laws["multiplier"] = dataclasses.replace(laws["multiplier"], worse=2 * math.log(3))
    shown = dataclasses.replace(fitted, laws=laws)
    assert weights(shown) == pytest.approx({"multiplier": 0.25, "lock": 0.75})
    laws["lock"] = dataclasses.replace(laws["lock"], again=np.full((1, 4), [9.0, 0, 0, 0.5]))
    drawn = [door["door.service.mean_s"] > 1 for door in doors(shown, 12, 1, 40)]
    assert sum(drawn) == 30


def test_a_larger_error_of_the_model_makes_wider_intervals(fitted, foretold):
    wide = {
        name: dataclasses.replace(
            one, missed=dataclasses.replace(one.missed, miss=one.missed.miss * 4)
        )
        for name, one in fitted.laws.items()
    }
    found = forecast(EVENING, dataclasses.replace(fitted, laws=wide), seed=1)
    assert found.width > 1.5 * foretold.width
    assert found.too_wide
    assert "too wide to decide by" in found.say()
    assert "too wide" not in foretold.say()


def test_more_handlers_than_were_ever_busy_are_named(fitted):
    found = forecast(EVENING.changed({"door.handlers": 30}), fitted, draws=19)
    assert "at most 12 were busy at once, on the evening 30 can be" in found.say()


# --- written before, and laid over what came -----------------------------------------------------


def test_a_forecast_is_written_with_the_time_and_read_again(foretold, tmp_path):
    before = time.monotonic()
    written = foretold.write(tmp_path / "forecast.json")
    assert before <= written.written_s <= time.monotonic()
    assert foretold.written is None
    found = Forecast.read(tmp_path / "forecast.json")
    assert found.written == written.written
    assert found.ranges == foretold.ranges
    assert found.evening == EVENING
    assert found.say() == foretold.say()
    for name, column in foretold.curve.items():
        assert found.curve[name] == pytest.approx(column)
    run = simulate(EVENING, 1, progress=False)
    assert compare(found, run) == compare(foretold, run)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"ranges": 3}', None])
def test_a_file_without_a_forecast_is_answered_with_a_sentence(foretold, tmp_path, text):
    path = tmp_path / "forecast.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ForecastError, match="holds no forecast"):
        Forecast.read(path)


def test_a_file_cut_off_is_answered_with_a_sentence(foretold, tmp_path):
    path = tmp_path / "forecast.json"
    foretold.write(path)
    plain = json.loads(path.read_text())
    del plain["ranges"]["attempts"]
    path.write_text(json.dumps(plain))
    with pytest.raises(ForecastError, match="attempts"):
        Forecast.read(path)


def test_a_door_slower_than_foretold_is_named_as_the_cause(foretold):
    run = simulate(EVENING.changed({"door.service.mean_s": 0.15}), 1, progress=False)
    told = compare(foretold, run)
    rows = {row.name: row for row in told.rows}
    assert not rows["share_in"].inside
    assert "less than foretold" in rows["share_in"].said
    assert "more than foretold" in rows["service_s"].said
    assert rows["share_in"].measured == readings.share_in(run)
    assert "The door itself was slower" in told.why[0]
    assert told.inside < len(told.rows)


def test_a_crowd_other_than_foretold_is_told_from_a_slow_door(foretold):
    run = simulate(EVENING.changed({"crowd.retries.most": 1}), 1, progress=False)
    told = compare(foretold, run)
    rows = {row.name: row for row in told.rows}
    assert rows["service_s"].inside
    assert not rows["attempts"].inside
    assert "as fast as foretold" in told.why[0]


def test_a_door_that_is_slow_only_while_most_requests_come_is_named(foretold):
    slowed = ServiceSlowed(at_s=0, lasts_s=10, factor=1.3)
    run = simulate(EVENING.changed({"faults": (slowed,)}), 1, progress=False)
    rush_s = service_in_the_rush_s(run)
    assert rush_s > 1.1 * service_s(run)
    between = math.sqrt(rush_s * service_s(run))
    ranges = foretold.ranges | {
        "service_s": dataclasses.replace(foretold.ranges["service_s"], high=between),
        "attempts": Range(1.0, 1.1, 1.2),
    }
    told = compare(dataclasses.replace(foretold, ranges=ranges), run)
    assert "in the quarter of the seconds with most requests" in told.why[0]
    assert f"took {rush_s:.3f} s" in told.why[0]


def test_what_nobody_knows_is_not_called_foretold(foretold):
    ranges = foretold.ranges | {"median_s": Range(math.nan, math.nan, math.nan)}
    unknown = dataclasses.replace(foretold, ranges=ranges)
    assert "nothing can be foretold" in unknown.say()
    told = compare(unknown, simulate(EVENING, 1, progress=False))
    row = {row.name: row for row in told.rows}["median_s"]
    assert not row.inside
    assert "cannot be compared" in row.said
