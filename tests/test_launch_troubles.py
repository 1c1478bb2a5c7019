"""The premortem: whom a trouble costs, by hand where the room decides, and the order in which troubles are told."""

import statistics

import pytest

from loadbearing import draws, readings, simulate
from loadbearing.launch import WEATHERS, Stopped, checked, evening
from loadbearing.launch.troubles import REMEDIES, premortem, wrong_settings

SEEDS = range(1, 8)
TURNOUT = 0.15
WIDE = dict(expected=1000, within=5, join_rate=500, hold=5000, patience=5, value=3)
NARROW = WIDE | dict(join_rate=2)


def launch(**changed):
    return checked(WIDE | changed)


def of(key, a_launch, seeds=SEEDS):
    return next(one for one in premortem(a_launch, seeds=seeds) if one.key == key)


@pytest.fixture(scope="module")
def troubles():
    return premortem(checked(NARROW), seeds=SEEDS)


def test_a_room_too_small_costs_whoever_finds_no_place():
    # Eight hundred places, whoever comes first; the door is no obstacle. The others never get in.
    come = [round(1000 * draws.factor(seed, "turnout", TURNOUT)) for seed in SEEDS]
    lost = [1000 * max(0, 1 - 800 / one) for one in come]
    found = of("small_room", launch())
    assert found.lost == pytest.approx((statistics.median(lost), min(lost), max(lost)))
    assert found.never == pytest.approx(found.lost)
    assert found.cost == float(f"{3 * statistics.median(lost):.3g}")


def test_a_room_already_smaller_than_that_stays_as_it_is():
    changed = next(one for one in wrong_settings(launch(hold=700)) if one[0] == "small_room")
    assert changed[3].hold == 700


def test_the_crowd_that_may_come_is_counted_in_its_own_people():
    # Three thousand come for two thousand places.
    come = [round(3000 * draws.factor(seed, "turnout", TURNOUT)) for seed in SEEDS]
    lost = [3000 * max(0, 1 - 2000 / one) for one in come]
    found = of("crowd", launch(high=3000, hold=2000))
    assert found.crowd == 3000
    assert found.lost[0] == pytest.approx(statistics.median(lost))


def test_where_nothing_is_short_nobody_is_lost():
    found = of("calm", launch())
    assert (found.lost, found.never, found.cost) == ((0, 0, 0), (0, 0, 0), 0)
    assert found.sentence.endswith("Everybody is in as promised.")


def test_half_of_the_door_is_half_of_its_rate_and_the_queue_stays():
    one = checked(NARROW)
    changed = next(found for found in wrong_settings(one) if found[0] == "fewer_handlers")[3]
    assert changed.join_rate == one.join_rate / 2
    assert changed.queue == one.queue


def test_a_door_that_was_tested_with_less_is_tried_at_what_it_was_tested_with():
    one = checked(NARROW | {"tested_rate": 1})
    changed = next(found for found in wrong_settings(one) if found[0] == "untested")[3]
    assert changed.join_rate == 1 and changed.queue == one.queue
    assert of("untested", one).lost[0] > of("calm", one).lost[0]
    assert "untested" not in {found[0] for found in wrong_settings(checked(NARROW))}


def test_every_weather_and_every_wrong_setting_stands_there_once_the_dearest_first(troubles):
    keys = [one.key for one in troubles]
    assert sorted(keys) == sorted(set(REMEDIES) - {"untested"})
    assert {one.key for one in WEATHERS} < set(keys)
    costs = [one.cost for one in troubles]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > costs[-1]


def test_a_trouble_costs_what_its_evenings_lose(troubles):
    one = checked(NARROW)
    for key in ("at_once", "fault"):
        found = next(trouble for trouble in troubles if trouble.key == key)
        scene = evening(one, key)
        runs = [simulate(scene, seed, sample=0, progress=False) for seed in SEEDS]
        lost = [1000 * (1 - readings.service_level(run, 120)) for run in runs]
        never = [1000 * (1 - readings.share_in(run)) for run in runs]
        assert found.lost == pytest.approx((statistics.median(lost), min(lost), max(lost)))
        assert found.never == pytest.approx((statistics.median(never), min(never), max(never)))
        assert statistics.median(never) < statistics.median(lost)
        assert found.cost == float(f"{one.value * statistics.median(lost):.3g}")


def test_who_never_gets_in_is_among_those_who_were_promised_more(troubles):
    for one in troubles:
        assert one.lost[1] <= one.lost[0] <= one.lost[2] <= one.crowd
        assert all(never <= lost + 1e-9 for never, lost in zip(one.never, one.lost, strict=True))


def test_twice_the_worth_of_a_person_is_twice_the_cost(troubles):
    twice = premortem(checked(NARROW | {"value": 6}), seeds=SEEDS)
    before = {one.key: one.cost for one in troubles}
    assert before["crowd"] > 0
    for one in twice:
        assert one.cost == pytest.approx(2 * before[one.key], rel=0.01)


def test_every_trouble_has_a_remedy_and_a_sentence_with_its_numbers(troubles):
    for one in troubles:
        assert one.remedy.endswith(".")
        assert one.happens in one.sentence
        if one.lost[0]:
            assert "dollars" in one.sentence


def test_it_tells_how_far_it_is_and_can_be_stopped():
    told = []
    premortem(launch(), seeds=SEEDS[:1], told=lambda *one: told.append(one[0]))
    assert told == sorted(told)
    assert len(told) == len(REMEDIES) - 1, "the door was tested with what is said of it"
    with pytest.raises(Stopped):
        premortem(launch(), stopped=lambda: True)
