"""The room of contracts: nights against closed forms and published cases, days by hand, seasons, bills, break-even."""

import dataclasses
import math

import numpy as np
import pytest

from loadbearing import contract
from loadbearing.cases import contracts
from loadbearing.contract import Plan, World, promise, together
from loadbearing.contract.season import CROWDED, FOUND, TURN_OUT, TURN_OUT_ANGLE
from loadbearing.draws import key, uniforms
from loadbearing.parts import ScenarioError

QUIET = dict(
    unknown=0.0, weather=0.0, crowded=0.0, fails=0.0, fault=0.0, own_first=0.0, own_least=0.0
)  # fmt: skip


def quiet(events=3, **changes):
    """A world without surprises: 100,000 come, or as often as `times` says, and everything works."""
    return contract.world(events=events, **(QUIET | changes))


def play(plan, world, times=1.0, companies=1):
    return contract.season(plan, world, companies=companies, times=times)


# --- together ------------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [0.0, 0.001, 0.1, 0.7, 1.0])
@pytest.mark.parametrize("fails", [0.3, 0.05, 0.001])
def test_each_supplier_fails_with_its_promise_exactly_whatever_is_shared(fails, shared):
    common, own = shared * fails, together.own_cause(fails, shared)
    assert common + (1 - common) * own == pytest.approx(fails, rel=1e-12)
    assert contract.all_gone(fails, shared, 1) == pytest.approx(fails, rel=1e-12)
    assert sum(contract.working(fails, shared, 4)) == pytest.approx(1.0)


def test_all_gone_is_the_product_if_nothing_is_shared_and_one_supplier_if_all_is():
    for suppliers in (1, 2, 3, 6):
        assert contract.all_gone(0.01, 0.0, suppliers) == pytest.approx(0.01**suppliers)
        assert contract.all_gone(0.01, 1.0, suppliers) == pytest.approx(0.01)
    assert contract.all_gone(0.01, 0.3, 0) == 1.0


@pytest.mark.parametrize("suppliers", [2, 3, 4])
@pytest.mark.parametrize("shared", [0.0, 0.05, 0.5])
def test_fleming_differs_from_the_exact_chance_by_less_than_the_docstring_says(shared, suppliers):
    fails = 0.02
    exact, fleming = (
        one(fails, shared, suppliers) for one in (contract.all_gone, contract.fleming)
    )
    alone = together.own_cause(fails, shared)
    assert 0 <= exact - fleming <= (suppliers - 1) * shared * fails * alone**suppliers + 1e-18


def test_the_illusion_of_two_at_a_thousandth_that_reach_a_millionth():
    # Signoret & Leroy 2020, chapter 5: two of 10^-3 multiply to 10^-6 only if nothing is shared.
    assert contract.on_paper(0.001, 2) == pytest.approx(1e-6)
    assert contract.all_gone(0.001, 0.1) == pytest.approx(1.0081e-4, rel=1e-3)


def test_two_of_three_as_a_published_guide_works_it_out():
    # A guide to fault trees works out 5.3e-5 for two of three at 10^-3 with 5 % shared: 5e-5 + 3 (0.95e-3)^2.
    assert contract.at_least_gone(2, 0.001, 0.05, 3) == pytest.approx(5.27e-5, rel=2e-3)


@pytest.mark.parametrize("suppliers", [1, 2, 3])
def test_at_least_so_many_gone_is_counted_by_going_through_all_nights_there_are(suppliers):
    fails, shared = 0.2, 0.4
    common, own = shared * fails, together.own_cause(fails, shared)
    for number in range(suppliers + 1):
        chance = common
        for night in np.ndindex(*(2,) * suppliers):
            if sum(night) >= number:
                chance += (1 - common) * math.prod(own if gone else 1 - own for gone in night)
        assert contract.at_least_gone(number, fails, shared, suppliers) == pytest.approx(chance)


def test_counted_nights_agree_with_the_chance_within_four_standard_errors():
    nights, worlds = 100_000, 24
    for shared in (0.0, 0.01, 0.1, 1.0):
        seen = [contract.nights(seed, 0.001, shared) for seed in range(1, 1 + worlds)]
        for count in (2, 3):
            expected = worlds * nights * contract.all_gone(0.001, shared, count)
            found = sum(one.together(count) for one in seen)
            assert abs(found - expected) <= 4 * math.sqrt(expected) + 1
        alone = sum(sum(one.alone) for one in seen) / (3 * worlds)
        assert alone == pytest.approx(100, abs=4 * 10 / math.sqrt(3 * worlds) * math.sqrt(3))


def test_more_shared_moves_no_luck_and_more_failing_only_adds_nights():
    few, more = contract.nights(5, 0.001, 0.1), contract.nights(5, 0.01, 0.1)
    assert not (few.gone & ~more.gone).any()
    common = uniforms(key(5, together.SHARED_CAUSE), np.arange(100_000)) < 0.0001
    assert few.gone[:, common].all()
    assert (contract.nights(5, 0.001, 0.1).gone == few.gone).all()
    third = contract.nights(5, 0.001, 0.1, suppliers=3).gone
    assert (contract.nights(5, 0.001, 0.1, suppliers=2).gone == third[:2]).all()


def test_the_share_of_a_suppliers_failures_that_is_shared_is_found_in_counts():
    assert contract.shared_from_counts(104, 97, 11) == pytest.approx(11 / 100.5)
    many = [contract.nights(seed, 0.001, 0.1) for seed in range(1, 101)]
    first, second = (sum(one.alone[at] for one in many) for at in (0, 1))
    both = sum(one.together() for one in many)
    # 1,008 nights are expected with both gone: four standard errors are an eighth of it.
    assert contract.shared_from_counts(first, second, both) == pytest.approx(0.1008, rel=0.126)
    assert many[0].share_together == pytest.approx(
        many[0].together() / (sum(many[0].alone[:2]) / 2)
    )
    assert math.isnan(contract.nights(1, 0.0, 0.1, nights=10).share_together)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: contract.nights(1, 1.2, 0.1), "fails is 1.2"),
        (lambda: contract.nights(1, 0.1, -1), "shared is -1"),
        (lambda: contract.nights(1, 0.1, 0.1, suppliers=9), "suppliers is 9"),
        (lambda: contract.nights("a", 0.1, 0.1), "whole number"),
        (lambda: contract.nights(1, 0.1, 0.1, nights=0), "nights is 0"),
        (lambda: contract.shared_from_counts(3, 5, 4), "both is 4"),
        (lambda: contract.shared_from_counts(0, 0, 0), "more nights"),
    ],
)
def test_nights_that_make_no_sense_are_refused_in_a_sentence(asked, says):
    with pytest.raises(ScenarioError, match=says):
        asked()


# --- the promise ---------------------------------------------------------------------------------


def test_minutes_of_a_month_are_those_of_the_workbook():
    # Site Reliability Workbook: 99.9 % of 30 days is 43.2 minutes; of a day 1.44, of a year of 365 days 8.76 hours.
    assert contract.minutes_gone(0.999) == pytest.approx(43.2)
    assert contract.minutes_gone(0.999, days=1) == pytest.approx(1.44)
    assert contract.minutes_gone(0.999, days=365) == pytest.approx(8.76 * 60)


@pytest.mark.parametrize(("repair_h", "chance"), [(5 / 60, 0.0129), (0.75, 0.0023), (8.0, 0.0011)])
def test_an_hour_is_hit_more_often_by_many_short_outages(repair_h, chance):
    assert contract.hit(0.999, repair_h, 1) == pytest.approx(chance, abs=5e-5)


def test_the_chance_of_an_hour_is_the_share_of_time_if_the_hour_is_a_moment():
    assert contract.hit(0.9, 2.0, 1e-9) == pytest.approx(0.1)


def test_an_hour_is_hit_as_often_as_in_a_simulated_process():
    available, repair_h, window_h, turns = 0.9, 1.0, 2.0, 40_000
    up_h = repair_h * available / (1 - available)
    works = -up_h * np.log(uniforms(key(1, 901), np.arange(turns)))
    gone = -repair_h * np.log(uniforms(key(1, 902), np.arange(turns)))
    ends = np.cumsum(works + gone)
    begins_gone = ends - gone
    windows = uniforms(key(1, 903), np.arange(20_000)) * (ends[-1] - window_h)
    at = np.searchsorted(ends, windows)
    hit = begins_gone[at] < windows + window_h
    error = math.sqrt(0.28 * 0.72 / len(windows))
    # Windows overlap the same outages, and both are drawn: five standard errors and a hundredth for the process itself.
    assert contract.hit(available, repair_h, window_h) == pytest.approx(hit.mean(), abs=5 * error)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: contract.minutes_gone(99.9), "available is 99.9"),
        (lambda: contract.hit(0.999, 0, 1), "repair_h is 0"),
        (lambda: contract.hit(0.999, 1, -1), "window_h is -1"),
    ],
)
def test_a_promise_that_makes_no_sense_is_refused_in_a_sentence(asked, says):
    with pytest.raises(ScenarioError, match=says):
        asked()


# --- days by hand --------------------------------------------------------------------------------
# 100,000 come (or times as many), .25 dollars a person lost. A supplier asks .01 a person of limit, .03 a person let
# in, 300 for the logs; an own door 8,000 + .08 a person of size once, and 500 + .005 a person of size each event.


def test_a_limit_too_small_is_full_once_and_then_raised():
    seen = play(Plan(suppliers=1, limit=80_000), quiet())
    # Event 1: 800 + 2,400, and 20,000 lost = 5,000. It was full: 80,000 x 1.25 = 100,000 is less than the forecast
    # and a fifth, so 120,000 next: 1,200 + 3,000.
    assert seen.served[0].tolist() == [80_000, 100_000, 100_000]
    assert sum(seen.paid.values())[0].tolist() == [3_200, 4_200, 4_200]
    assert seen.limit[0].tolist() == [80_000, 120_000, 120_000]
    assert seen.cost[0] == pytest.approx(16_600)


def test_an_own_door_is_paid_once_and_then_kept():
    seen = play(Plan(own_from=1), quiet())
    # 8,000 + 120,000 x .08 + 500 + 600 = 18,700; then 500 + 600.
    assert sum(seen.paid.values())[0] == pytest.approx([18_700, 1_100, 1_100])
    assert seen.cost[0] == pytest.approx(20_900)
    assert seen.own[0].tolist() == [120_000] * 3


def test_an_own_door_that_serves_alone_sees_whom_it_turned_away():
    seen = play(Plan(own_from=1), quiet(), times=2.0)
    # 120,000 in, then room for the 200,000 seen and a fifth: 120,000 x .08 more, and 500 + 1,200 an event.
    assert seen.own[0] == pytest.approx([120_000, 240_000, 240_000])
    assert seen.served[0] == pytest.approx([120_000, 200_000, 200_000])
    assert sum(seen.paid.values())[0] == pytest.approx([18_700, 9_600 + 1_700, 1_700])


def test_twice_the_crowd_at_a_full_door_without_logs_is_found_out_slowly():
    seen = play(Plan(suppliers=1, limit=130_000), quiet(), times=2.0)
    # 130,000, then 130,000 x 1.25 = 162,500, then 203,125, which is enough.
    assert seen.served[0] == pytest.approx([130_000, 162_500, 200_000])
    paid = [1_300 + 3_900, 1_625 + 4_875, 2_031.25 + 6_000]
    assert sum(seen.paid.values())[0] == pytest.approx(paid)
    assert seen.cost[0] == pytest.approx(sum(paid) + 0.25 * (70_000 + 37_500))


def test_the_logs_show_the_crowd_at_once():
    seen = play(Plan(suppliers=1, limit=130_000, logs=True), quiet(), times=2.0)
    # 130,000, then the 200,000 seen and a fifth: 2,400 + 6,000 + 300.
    assert sum(seen.paid.values())[0] == pytest.approx([5_500, 8_700, 8_700])
    assert seen.cost[0] == pytest.approx(40_400)
    bare = play(Plan(suppliers=1, limit=130_000), quiet(), times=2.0)
    assert bare.cost[0] - seen.cost[0] == pytest.approx(6_206.25)


def test_hired_first_then_owned_with_one_night_in_reserve():
    plan = Plan(own_from=2, suppliers=1, limit=130_000, logs=True, stays=1)
    seen = play(plan, quiet(), times=2.0)
    # 5,500; then 8,000 + 240,000 x .08 + 500 + 1,200, and the reserve's 2,400 + 300; then 500 + 1,200.
    assert sum(seen.paid.values())[0] == pytest.approx([5_500, 31_600, 1_700])
    assert seen.cost[0] == pytest.approx(38_800 + 0.25 * 70_000)
    assert seen.limit[0] == pytest.approx([130_000, 240_000, 0])


def test_a_crowded_night_leaves_three_fifths_of_one_limit_unless_it_is_reserved():
    world = quiet(events=1, crowded=1.0)
    for suppliers in (1, 2):
        seen = play(Plan(suppliers=suppliers, limit=130_000), world)
        assert seen.served[0] == pytest.approx([78_000])
    kept = play(Plan(suppliers=1, limit=130_000, reserved=True), world)
    assert kept.served[0] == pytest.approx([100_000])
    # The retainer is half as much again: 1,950, and 3,000 for those let in.
    assert kept.paid["retained"][0, 0] == pytest.approx(1_950)


def test_nights_gone_count_with_their_chance():
    world = quiet(events=1, fails=0.1, shared=0.5)
    one = play(Plan(suppliers=1, limit=130_000), world)
    assert one.lost["gone"][0, 0] == pytest.approx(10_000)
    # Two of 60,000: both gone .05 + .95 (.05/.95)^2; one gone 2 .95 (.05/.95)(.90/.95): then 60,000 of 100,000 are in.
    own = 0.05 / 0.95
    both, single = 0.05 + 0.95 * own**2, 2 * 0.95 * own * (1 - own)
    two = play(Plan(suppliers=2, limit=60_000), world)
    assert two.lost["gone"][0, 0] == pytest.approx(100_000 * both + 40_000 * single)
    # Another that stands by serves when the first is gone by itself: 100,000 x .1 x .5 = 5,000, a little less.
    held = play(Plan(suppliers=1, standby=1, limit=130_000), world)
    assert held.lost["gone"][0, 0] == pytest.approx(100_000 * contract.all_gone(0.1, 0.5, 2))
    assert held.paid["retained"][0, 0] == pytest.approx(2 * 1_300)
    assert held.paid["let in"][0, 0] == pytest.approx(0.03 * held.served[0, 0])


def test_an_own_door_learns_by_doubling_its_nights():
    world = contract.world()
    for night in (1, 2, 4, 8):
        assert contract.own_gone(2 * night - 1, world) == pytest.approx(
            0.6 * contract.own_gone(night - 1, world)
        )
    assert contract.own_gone(0, world) == 0.2
    assert contract.own_gone(-1, world) == 1.0
    assert contract.own_gone(100_000, world) == world.own_least
    seen = play(Plan(own_from=1), quiet(own_first=0.2, own_least=0.002), times=1.0)
    assert seen.lost["gone"][0] == pytest.approx(
        [20_000, 12_000, 100_000 * 0.2 * 3 ** math.log2(0.6)]
    )


def test_a_hired_door_beside_an_own_one_serves_when_that_is_gone():
    world = quiet(events=1, own_first=0.2, own_least=0.002)
    seen = play(Plan(own_from=1, suppliers=1, limit=130_000, stays=1), world)
    assert seen.served[0, 0] == pytest.approx(100_000)
    assert seen.paid["let in"][0, 0] == pytest.approx(0.2 * 100_000 * 0.03)


def test_a_night_gone_brings_back_a_share_of_the_bill():
    world = quiet(events=1, fails=0.1, shared=0.5)
    plan = Plan(suppliers=1, limit=130_000, logs=True)
    bare, back = play(plan, world), play(plan, dataclasses.replace(world, credit=1.0))
    assert back.bills[0] == pytest.approx(0.9 * bare.bills[0])


@pytest.mark.parametrize(("logs", "chance"), [(True, 0.7), (False, 0.1)])
@pytest.mark.parametrize("events", [3, 12])
def test_events_with_an_unknown_fault_follow_a_geometric_law(logs, chance, events):
    world = contract.world(**(QUIET | {"events": events, "fault": 0.1}))
    plan = Plan(suppliers=1, limit=1_000_000, logs=logs)
    seen = contract.season(plan, world, companies=4_000)
    faulty = (seen.lost["fault"] > 0).sum(axis=1)
    expected = (1 - (1 - chance) ** events) / chance
    error = faulty.std() / math.sqrt(len(faulty))
    assert faulty.mean() == pytest.approx(expected, abs=4 * error)
    assert (np.minimum(seen.known, events) == faulty).all()
    assert seen.lost["fault"][0, 0] == pytest.approx(10_000)


# --- laws of a season ----------------------------------------------------------------------------

PLANS = [contract.way(serves, one) for serves in contract.SERVES for one in contract.CONTRACT] + [
    Plan(own_from=3, suppliers=2, limit=90_000, logs=True, stays=2, standby=1)
]


@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_nobody_is_lost_from_the_account_and_no_dollar_either(plan):
    seen = contract.season(plan, contract.world(fails=0.05, credit=0.5), seed=3, companies=50)
    assert seen.served + sum(seen.lost.values()) == pytest.approx(seen.wanted)
    assert all(
        (one >= -1e-6).all() for one in [*seen.lost.values(), *seen.paid.values(), seen.served]
    )
    assert seen.cost == pytest.approx(
        seen.bills + seen.world.worth * (seen.wanted - seen.served).sum(axis=1)
    )
    assert sum(seen.parts().values()) == pytest.approx(seen.cost.mean())
    assert [*seen.paid] == [*contract.PAID] and [*seen.lost] == [*contract.LOST]
    assert ((seen.kept > 0) & (seen.kept <= 1)).all()


@pytest.mark.parametrize("plan", PLANS[::4], ids=range(len(PLANS[::4])))
def test_a_season_is_the_beginning_of_a_longer_one(plan):
    short, long = (
        contract.season(plan, contract.world(events=events), companies=20) for events in (5, 24)
    )
    assert (short.wanted == long.wanted[:, :5]).all()
    assert (short.by_then == long.by_then[:, :5]).all()


def test_the_crowd_does_not_ask_who_serves():
    wanted = [contract.season(plan, contract.world(), companies=20).wanted for plan in PLANS]
    assert all((one == wanted[0]).all() for one in wanted)
    again = contract.season(PLANS[0], contract.world(), companies=20)
    assert (again.wanted == wanted[0]).all()
    other = contract.season(PLANS[0], contract.world(), seed=1, companies=20)
    assert not (other.wanted == wanted[0]).any()


def test_the_true_crowd_is_spread_as_its_inputs_say():
    world = contract.world(events=1)
    seen = contract.season(contract.way("own"), world, companies=20_000).wanted[:, 0] / 100_000
    both = (1 + 0.7**2) * (1 + 0.15**2) - 1
    assert seen.mean() == pytest.approx(1.0, abs=4 * math.sqrt(both / 20_000))
    assert np.log(seen).std() == pytest.approx(
        math.sqrt(math.log(1.49) + math.log(1.0225)), rel=0.03
    )


def test_crowded_nights_come_as_often_as_their_chance():
    world = quiet(events=24, crowded=0.15)
    seen = contract.season(contract.way("hired"), world, companies=500)
    short = (seen.lost["full"] > 0).mean()
    assert short == pytest.approx(0.15, abs=4 * math.sqrt(0.15 * 0.85 / 12_000))


# --- the ledger ----------------------------------------------------------------------------------


def test_break_even_is_the_textbooks():
    # Fixed cost over price less variable cost: 17,600 / (4,300 - 1,100).
    assert contract.paper_break_even(contract.world()) == pytest.approx(17_600 / 3_200)
    assert contract.break_even(5_000, 800, 250) == pytest.approx(9.0909, abs=1e-4)
    assert contract.break_even(5_000, 250, 250) == math.inf
    assert contract.break_even(0, 800, 250) == 0
    with pytest.raises(ScenarioError, match="once is -1"):
        contract.break_even(-1, 2, 1)


def test_without_surprises_the_season_crosses_where_the_paper_says():
    # The first limit is 130,000, the next ones 120,000: 4,300, then 4,200 an event, against 17,600 + 1,100 an event.
    paper = 1 + (17_600 - 3_200) / 3_100
    assert contract.from_which_event(quiet(), companies=1) == math.ceil(paper) == 6


def test_owning_pays_later_the_more_surprises_and_sooner_the_fewer_logs():
    world = contract.world()
    found = contract.from_which_event(world)
    assert found > contract.paper_break_even(world)
    assert contract.from_which_event(world, ("nothing",)) < found
    assert contract.from_which_event(contract.world(own_first=0.3)) > found
    assert contract.from_which_event(contract.world(price=0.06)) < found
    assert contract.from_which_event(contract.world(worth=1.0)) > found
    assert contract.from_which_event(contract.world(price=0.0, retainer=0.0)) is None


def test_hiring_is_held_against_owning_with_the_cheapest_contract():
    world = contract.world(events=6)
    name, plan, dollars = contract.cheapest_hired(world)
    all_three = [
        contract.mean_cost(contract.way("hired", one), world) for one in contract.CONTRACTS_THAT_PAY
    ]
    assert dollars == min(all_three) == contract.mean_cost(plan, world)
    assert contract.owning_against_hiring(world) == dollars / contract.mean_cost(
        contract.way("own"), world
    )
    assert contract.CONTRACT[name]["logs"] == plan.logs
    assert contract.by_then(plan, world)[5] == pytest.approx(dollars)


def test_a_second_supplier_pays_from_where_its_formula_says():
    # worth x people x q (1 - b) > retainer: 25,000 dollars a night and 1,300 for the retainer: q > 1,300 / 22,500.
    edge = 1_300 / 22_500
    for fails, pays in ((edge * 1.01, True), (edge * 0.99, False)):
        assert (contract.worth_of_a_second(100_000, 0.25, fails, 0.1, 1_300) > 0) == pays
    world = quiet(events=1, fails=0.001, shared=0.1)
    bare = play(contract.way("hired"), world)
    held = play(dataclasses.replace(contract.way("hired"), standby=1), world)
    saved = bare.cost[0] - held.cost[0]
    # Less the .03 a person that it asks for those it lets in.
    by_formula = contract.worth_of_a_second(100_000, 0.25 - 0.03, 0.001, 0.1, 1_300)
    assert saved == pytest.approx(by_formula, abs=0.03)


def test_of_all_clauses_the_logs_save_most_over_six_events_and_nothing_over_one():
    six, one = (contract.clause_saves(contract.world(events=events)) for events in (6, 1))
    assert max(six, key=six.get) == "logs" and list(six) == list(contract.CLAUSES)
    assert six["logs"] > 5 * max(value for name, value in six.items() if name != "logs")
    assert six["stand_by"] < 0 < six["money_back"] < six["99.99"] < six["reserved"]
    # Over one event logs come too late: they cost 300 dollars.
    assert one["logs"] == pytest.approx(-300 * (1 - 0.001 * 0), abs=1e-6)


# --- terms ---------------------------------------------------------------------------------------


def test_every_input_of_the_season_is_a_field_and_every_field_an_input():
    held = {*contracts.CONTRACTS["a_season"][2]}
    fields = {one.name for kind in (World, Plan) for one in dataclasses.fields(kind)}
    assert held == fields
    for _, _, inputs in contracts.CONTRACTS.values():
        assert all(one.kind == "assumption" and one.why for one in inputs.values())
    world, plan = contract.terms(
        {name: one.value for name, one in contracts.CONTRACTS["a_season"][2].items()}
    )
    assert world == contract.world() and plan == contract.plan() == contract.way("hired")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: Plan(), "nobody serves the first event"),
        (lambda: Plan(suppliers=1), "for how many people"),
        (lambda: Plan(own_from=1, standby=1), "stand by for"),
        (lambda: Plan(suppliers=1.5, limit=1), "whole number"),
        (lambda: Plan(suplier=1), "Did you mean 'suppliers'"),
        (lambda: contract.world(prices=1), "Did you mean 'price'"),
        (lambda: contract.world(events=0), "at least 1"),
        (lambda: contract.world(own_first=0.001), "own_first"),
        (lambda: contract.plan(standbye=1), "standby"),
        (lambda: contract.way("owned"), "'own'"),
        (lambda: contract.way("own", "log"), "the logs"),
        (lambda: contract.season(contract.way("own"), contract.world(), companies=0), "companies"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_a_sentence(asked, says):
    with pytest.raises(ScenarioError, match=says):
        asked()


def test_purposes_of_luck_are_apart():
    first = together.OWN_CAUSE
    used = [together.SHARED_CAUSE, *range(first, first + together.MOST_SUPPLIERS)]
    used += [CROWDED, FOUND, TURN_OUT, TURN_OUT_ANGLE]
    assert len({*used}) == len(used)
    assert promise.MONTH_DAYS == 30
