"""Who comes when: every curve, sums of curves, and luck that stays where it is. By hand, in both engines."""

import numpy as np
import pytest

from loadbearing import Group, Measured, Patience, Retries, Rush, Several, Steady, Weather
from tests.by_hand import ENGINES, SEED, day, luck, plan, play

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def came(engine, arrivals, listeners=40, ends=200, **rules):
    """Return when each listener came, in order."""
    rules = dict(listeners=listeners, handlers=listeners, service=1, ends=ends, **rules)
    return day(engine, arrivals=arrivals, **rules).listeners["arrived"]


def test_steady_arrivals_come_when_the_clock_reaches_their_luck(engine):
    # Half of the stretch has passed when it reaches a luck of one half: second 20 + 60 x .5 = 50.
    assert came(engine, Steady(from_s=20, until_s=80)) == pytest.approx(20 + 60 * luck(40))


def test_measured_arrivals_come_evenly_within_each_stretch(engine):
    arrived = came(engine, Measured(from_s=10, bin_s=20, counts=[1, 0, 3]))
    # A quarter comes in 10-30, nobody in 30-50, three quarters in 50-70.
    own = luck(40)
    expected = np.where(own < 0.25, 10 + 20 * own / 0.25, 50 + 20 * (own - 0.25) / 0.75)
    assert arrived == pytest.approx(expected)
    assert 0 < (arrived < 30).sum() < 40


def test_a_measured_curve_serves_a_crowd_of_any_size(engine):
    arrived = came(engine, Measured(from_s=0, bin_s=50, counts=[1, 3]), listeners=2000, ends=100)
    # A quarter of 2,000 in the first stretch, give or take sqrt(2000 x .25 x .75) = 19.
    assert (arrived < 50).sum() == pytest.approx(500, abs=97)
    assert len(arrived) == 2000


def test_several_groups_are_summed_by_weight(engine):
    groups = [
        Group(weight=3, arrivals=Steady(from_s=0, until_s=40)),
        Group(weight=1, arrivals=Steady(from_s=20, until_s=60)),
    ]
    arrived = came(engine, Several(groups=groups))
    # By second 20: half of the first group, 3/4 x 1/2 = .375. By 40: all of it and half of the other, 3/4 + 1/8 =
    # .875. By 60: everybody.
    assert arrived == pytest.approx(np.interp(luck(40), [0, 0.375, 0.875, 1], [0, 20, 40, 60]))


def test_a_group_that_comes_at_one_instant_is_a_jump_of_the_sum(engine):
    groups = [
        Group(weight=1, arrivals=Steady(from_s=0, until_s=100)),
        Group(weight=1, arrivals=Steady(from_s=50, until_s=50)),
    ]
    arrived = came(engine, Several(groups=groups))
    own = luck(40)
    # A quarter comes before 50, half of the crowd at exactly 50, a quarter after it.
    assert (arrived[(own > 0.25) & (own < 0.75)] == 50).all()
    assert arrived[own < 0.25] == pytest.approx(own[own < 0.25] * 200)
    assert arrived[own > 0.75] == pytest.approx(50 + (own[own > 0.75] - 0.75) * 200)


def test_groups_at_single_instants_come_at_exactly_these(engine):
    instants = [0, 3, 7.25]
    groups = [
        Group(weight=w, arrivals=Steady(from_s=t, until_s=t))
        for w, t in zip([1, 2, 1], instants, strict=True)
    ]
    arrived, own = came(engine, Several(groups=groups)), luck(40)
    # A quarter at 0, a half at 3, a quarter at 7.25.
    assert np.array_equal(arrived, np.where(own < 0.25, 0, np.where(own < 0.75, 3, 7.25)))


def test_early_birds_of_a_group_without_doors_come_at_the_start_and_not_with_an_earlier_group(
    engine,
):
    groups = [
        Group(weight=1, arrivals=Steady(from_s=-50, until_s=-10)),
        Group(weight=1, arrivals=Rush(doors_s=0, early_share=0.5, mean_s=10)),
    ]
    scenario = plan(listeners=40, handlers=40).changed({"starts_s": -50})
    scenario = scenario.changed({"crowd.arrivals": Several(groups=groups)})
    arrived, own = play(scenario, engine).listeners["arrived"], luck(40)
    # Half of the crowd from -50 to -10, a quarter at 0, a quarter after it.
    assert arrived[own < 0.5] == pytest.approx(-50 + 40 * own[own < 0.5] / 0.5)
    assert (arrived[(own > 0.5) & (own < 0.75)] == 0).all()
    assert (arrived[own > 0.75] > 0).all()


def test_the_moments_of_a_day_by_hand_are_those_asked_for(engine):
    come = [0, 0, 3, 7.25, 7.25, 90]
    assert day(engine, come=come).listeners["arrived"].tolist() == come


def test_a_rush_has_early_birds_the_crowd_and_latecomers(engine):
    rush = Rush(doors_s=-100, early_share=0.25, mean_s=10, late_share=0.5, until_s=1000)
    scenario = plan(listeners=400, handlers=400, service=1, arrivals=Steady(from_s=0, until_s=0))
    scenario = scenario.changed({"starts_s": -100, "ends_s": 1000, "crowd.arrivals": rush})
    arrived, own = play(scenario, engine).listeners["arrived"], luck(400)
    # A quarter of the luck lies before the start, spread evenly over its hundred seconds. After ten means the crowd
    # has come, all but (1 + 20) e^-20 of it, and latecomers go on evenly: by 100 s a share of 1/4 + 1/4 + 1/2 x .1.
    early = own < 0.25
    assert arrived[early] == pytest.approx(-100 + 400 * own[early])
    late = own > 0.55
    assert arrived[late] == pytest.approx(100 + (own[late] - 0.55) * 2000)
    # In between, (1 + 2 t / 10) e^(-2 t / 10) of the crowd is still to come; the curve is kept every half second.
    at = arrived[~early & ~late]
    still = (1 + at / 5) * np.exp(-at / 5)
    assert own[~early & ~late] == pytest.approx(
        0.25 + 0.25 * (1 - still) + 0.5 * at / 1000, abs=5e-4
    )


def test_another_curve_leaves_everybody_their_luck(engine):
    rules = dict(listeners=30, handlers=30, service=20, cv=1, ends=500)
    slow = day(engine, arrivals=Steady(from_s=0, until_s=100), **rules).listeners
    fast = day(engine, arrivals=Steady(from_s=0, until_s=50), **rules).listeners
    assert fast["arrived"] == pytest.approx(slow["arrived"] / 2)
    # Each is served at once, and as long as before.
    assert fast["joined"] - fast["arrived"] == pytest.approx(slow["joined"] - slow["arrived"])


def test_another_habit_leaves_everybody_their_services(engine):
    rules = dict(listeners=30, handlers=30, service=20, cv=1, ends=500)
    calm = day(engine, **rules).listeners["joined"]
    habits = dict(patience=Patience(kind="exponential", mean_s=900), stays_mean_s=30)
    assert np.array_equal(day(engine, **rules, **habits).listeners["joined"], calm)


def test_more_people_leave_the_others_where_they_were(engine):
    few = came(engine, Steady(from_s=0, until_s=100), listeners=5)
    many = came(engine, Steady(from_s=0, until_s=100), listeners=8)
    assert set(few.tolist()) < set(many.tolist())


def test_the_number_of_listeners_is_fixed_and_all_come(engine):
    run = day(engine, listeners=77, handlers=77, service=1, arrivals=Steady(from_s=0, until_s=90))
    assert run.seconds["arrivals"].sum() == 77
    assert (np.diff(run.listeners["arrived"]) >= 0).all()


def test_weather_changes_a_whole_evening_by_one_factor_for_each_purpose(engine):
    scenario = plan(listeners=20, handlers=20, arrivals=Steady(from_s=0, until_s=50))
    calm, rough = (
        play(scenario.changed({"weather": Weather(turnout=0, service=spread)}), engine)
        for spread in (0, 0.15)
    )
    # Services all take 10 on a calm evening; on this one all take the same other time, and nobody comes earlier.
    lasted = rough.listeners["joined"] - rough.listeners["arrived"]
    assert lasted == pytest.approx(lasted[0])
    assert lasted[0] == pytest.approx(rough.evening.door.service.mean_s)
    assert abs(lasted[0] - 10) > 0.01
    assert np.array_equal(rough.listeners["arrived"], calm.listeners["arrived"])


def test_default_weather_has_a_spread_of_fifteen_percent_and_mean_one(engine):
    # Engines are not asked: the factor of the turn-out on 300 evenings, mean 1 within 5 x .15 / sqrt(300) = .043.
    from loadbearing import draws

    scenario = plan(listeners=10_000).changed({"weather": Weather()})
    people = [draws.evening(scenario, seed).crowd.listeners for seed in range(SEED, SEED + 300)]
    assert np.mean(people) == pytest.approx(10_000, rel=0.043)
    assert np.std(people) / np.mean(people) == pytest.approx(0.15, abs=0.03)


def test_on_a_grid_every_drawn_time_is_rounded_up_to_whole_ticks(engine):
    rules = dict(listeners=30, handlers=3, service=2, cv=1, seats=9, stays_mean_s=7, timeout_s=8)
    habits = dict(
        patience=Patience(kind="exponential", mean_s=20), retries=Retries(base_s=3, cap_s=9)
    )
    run = day(engine, tick_s=4, arrivals=Steady(from_s=0, until_s=50), **rules, **habits)
    # Arrivals, services, pauses, patience and stays are drawn; the time-out is two ticks, and no pause is as short as a
    # round trip. So everything falls on 0, 4, 8 ...
    assert set((run.lives["time"] % 4).tolist()) == {0}
    own = np.ceil(50 * luck(30) / 4) * 4
    assert np.array_equal(run.listeners["arrived"], own)
