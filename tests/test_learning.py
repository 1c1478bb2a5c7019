"""What was learned of a capacity: published values, brute force with many made-up services, and plain sentences."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from loadbearing import Retries, Steady, learning, simulate
from loadbearing.learning import LearningError, Seen
from loadbearing.units import span
from tests.by_hand import plan

DAY = 0.1
"""The noise of one day in these tests."""


@pytest.fixture(scope="module")
def services():
    """A million made-up services as a guess around 1,000 with the spread .8 holds them possible, and their luck."""
    chance = np.random.default_rng(20)
    return 1000 * np.exp(0.8 * chance.standard_normal(1_000_000)), chance


@pytest.fixture(scope="module")
def around():
    return learning.guess_around(1000, 0.8)


def left(kept):
    """5 %, middle and 95 % of the services that are left."""
    return np.quantile(kept, (0.05, 0.5, 0.95))


def ends(belief):
    return np.array([belief.low, belief.middle, belief.high])


# --- a guess -------------------------------------------------------------------------------------


def test_a_guess_is_what_was_said_and_its_middle_the_root_of_both_ends():
    guess = learning.guess(500, 9000)
    assert ends(guess) == pytest.approx([500, math.sqrt(500 * 9000), 9000], rel=1e-5)
    assert guess.spread == pytest.approx(math.log(18) / (2 * norm.ppf(0.95)), rel=1e-5)
    assert guess.say() == "You guess 500 to 9,000 joins a second."


def test_a_guess_is_lognormal(around):
    for share in (0.001, 0.1, 0.25, 0.75, 0.999):
        expected = 1000 * math.exp(0.8 * norm.ppf(share))
        assert around.quantile(share) == pytest.approx(expected, rel=1e-4)
        assert around.above(expected) == pytest.approx(1 - share, abs=1e-6)
    assert around.above(1e-9) == 1 and around.above(1e12) == 0


# --- what each day lets one see ------------------------------------------------------------------


def test_a_measurement_at_saturation_is_the_normal_rule_worked_out_by_hand(around):
    """Weights 1 / .8^2 and 1 / .1^2: precision 101.5625, the middle at ln 1000 plus 100 / 101.5625 of the way."""
    belief = around.after(learning.saturated(2000, DAY))
    precision = 1 / 0.64 + 1 / 0.01
    middle = 1000 * math.exp(math.log(2) * 100 / precision)
    assert belief.middle == pytest.approx(middle, rel=1e-5)
    assert belief.spread == pytest.approx(precision**-0.5, rel=1e-5)
    assert belief.wide == pytest.approx(2 * norm.ppf(0.95) * precision**-0.5, rel=2e-3)


@pytest.mark.parametrize(
    "seen, kept",
    [
        (learning.passed(700, DAY), lambda day: day > 700),
        (learning.failed(700, DAY), lambda day: day < 700),
        (learning.unsaturated(1500, DAY), lambda day: day > 1500),
        (learning.ramp(800, 1300, noise=DAY), lambda day: (day > 800) & (day < 1300)),
        (learning.ramp(800, noise=DAY), lambda day: day > 800),
    ],
    ids=["passed", "failed", "unsaturated", "a ramp that broke", "a ramp that never did"],
)
def test_each_sight_leaves_the_services_that_would_have_shown_it(services, around, seen, kept):
    true, chance = services
    day = true * np.exp(DAY * chance.standard_normal(len(true)))
    assert ends(around.after(seen)) == pytest.approx(left(true[kept(day)]), rel=0.01)


def test_a_full_evening_leaves_the_services_that_would_have_served_about_as_much(services, around):
    true, chance = services
    day = true * np.exp(DAY * chance.standard_normal(len(true)))
    belief = around.after(learning.surge(2000, full=True, noise=DAY))
    assert ends(belief) == pytest.approx(left(true[abs(np.log(day / 2000)) < 0.01]), rel=0.02)


def test_a_calendar_is_several_days_each_with_its_own_noise(services, around):
    true, chance = services
    kept = np.ones(len(true), bool)
    for load, went_well in (entries := [(600, True), (900, True), (1500, False)]):
        day = true * np.exp(DAY * chance.standard_normal(len(true)))
        kept &= (day > load) == went_well
    belief = around.after(learning.calendar(entries, DAY))
    assert ends(belief) == pytest.approx(left(true[kept]), rel=0.01)
    assert len(belief.seen) == 3 and belief.guess is around


def test_a_ramp_is_one_day_and_tells_less_than_a_test_for_each_of_its_steps(around):
    steps = [(load, True) for load in range(500, 1500, 50)] + [(1500, False)]
    one_day = around.after(learning.ramp(1450, 1500, noise=DAY))
    many_days = around.after(learning.calendar(steps, DAY))
    assert one_day.wide > many_days.wide


def test_a_ramp_that_went_on_until_it_was_full_measures_as_a_surge_does(around):
    ramp = around.after(learning.ramp(1450, 1500, served=1480, noise=DAY))
    surge = around.after(learning.surge(1480, full=True, noise=DAY))
    assert ends(ramp) == pytest.approx(ends(surge))


def test_a_load_without_noise_is_a_step():
    belief = learning.guess_around(1000, 0.8).after(learning.passed(1000, 0))
    assert belief.above(1000) == 1.0
    assert belief.middle == pytest.approx(1000 * math.exp(0.8 * norm.ppf(0.75)), rel=1e-5)
    inside = belief.after(learning.failed(1500, 0))
    # The load lies within a cell of the grid, of which a part is left.
    assert inside.above(1500) == pytest.approx(0, abs=2e-3)
    assert inside.quantile(0.001) == pytest.approx(1000, rel=1e-3)


def test_the_order_of_what_was_seen_makes_no_difference(around):
    seen = learning.passed(700), learning.failed(3000), learning.unsaturated(900)
    forth, back = around.after(*seen), around.after(*seen[::-1])
    assert ends(forth) == pytest.approx(ends(back), rel=1e-12)
    one_by_one = around.after(seen[0]).after(seen[1]).after(seen[2])
    assert ends(forth) == pytest.approx(ends(one_by_one), rel=1e-12)


# --- censored: what a full door hides, and what an empty one does ---------------------------------


def test_a_full_evening_measures_capacity_and_hides_demand_and_a_quiet_one_the_reverse():
    full = {"capacity": learning.surge(2000, True), "demand": learning.demand(2000, True)}
    quiet = {"capacity": learning.surge(2000, False), "demand": learning.demand(2000, False)}
    for measured, hidden in (
        (full["capacity"], full["demand"]),
        (quiet["demand"], quiet["capacity"]),
    ):
        assert measured[0].about == 2000 and hidden[0].above == 2000 and hidden[0].below is None


def test_demand_counted_at_a_door_that_is_often_full_is_too_low_unless_what_is_hidden_is_counted_in():
    """Tobin's case: demand about 1,000 with a day's noise of .3, served at most 1,000, in forty evenings."""
    days = 1000 * np.exp(0.3 * np.random.default_rng(4).standard_normal(40))
    seen = [learning.demand(min(day, 1000), full=day > 1000, noise=0.3) for day in days]
    belief = learning.guess_around(600, 0.8).after(*seen)
    counted = math.exp(np.log(np.minimum(days, 1000)).mean())
    assert counted < 0.92 * 1000
    assert belief.low < 1000 < belief.high and belief.low > counted
    assert belief.middle == pytest.approx(1000, rel=0.1)


def test_forty_evenings_of_each_of_many_demands_hold_the_truth_nine_times_in_ten():
    chance = np.random.default_rng(9)
    held = 0
    for _ in range(200):
        true = 1000 * math.exp(0.5 * chance.standard_normal())
        days = true * np.exp(0.2 * chance.standard_normal(8))
        seen = [learning.demand(min(day, 1000), day > 1000, 0.2) for day in days]
        belief = learning.guess_around(1000, 0.5).after(*seen)
        held += belief.low <= true <= belief.high
    # 180 are expected, with a standard deviation of 4.2.
    assert 167 <= held <= 193


# --- only if the path that was full is observed -------------------------------------------------


def test_an_early_failure_censors_all_later_ones():
    paths = {name: learning.guess(500, 9000) for name in ("door", "chat", "stage")}
    now = learning.where_full(paths, 1500, "door", DAY)
    assert now["door"].times_narrower() > 8
    for later in ("chat", "stage"):
        assert now[later].seen[0] == learning.unsaturated(1500, DAY)
        # Of those nothing is known but that they are above: the upper end does not come down.
        assert now[later].high > 9000
    measured = learning.where_full(paths, 1500, "chat", DAY)["chat"]
    assert now["door"].wide == pytest.approx(measured.wide)


def test_if_nobody_saw_which_path_was_full_each_of_them_stays_wide(services):
    """By brute force: two services in a row, kept where the least of them would have served about as much."""
    true, chance = services
    first, second = true[:400_000], 1.5 * true[400_000:800_000]
    least = np.minimum(first, second) * np.exp(DAY * chance.standard_normal(400_000))
    kept = abs(np.log(least / 1200)) < 0.03
    paths = {"door": learning.guess_around(1000, 0.8), "chat": learning.guess_around(1500, 0.8)}
    now = learning.from_outside(paths, 1200, DAY)
    assert ends(now["door"]) == pytest.approx(left(first[kept]), rel=0.02)
    assert ends(now["chat"]) == pytest.approx(left(second[kept]), rel=0.02)
    seen = learning.where_full(paths, 1200, "door", DAY)["door"]
    assert now["door"].wide > 3 * seen.wide


def test_a_path_that_is_surely_wide_enough_leaves_the_other_one_measured():
    paths = {"door": learning.guess(500, 9000), "chat": learning.guess(1e6, 1e7)}
    now = learning.from_outside(paths, 1500, DAY)
    seen = paths["door"].after(learning.saturated(1500, DAY))
    assert ends(now["door"]) == pytest.approx(ends(seen), rel=1e-3)
    assert now["chat"].bits_from() < 1e-6


# --- bits, before and after ---------------------------------------------------------------------


def test_published_bits_of_a_measurement_and_of_a_test(around):
    assert learning.bits_of_measuring(0.8, 0.1) == pytest.approx(0.5 * math.log2(65), rel=1e-12)
    assert learning.bits_of_measuring(0.8, 0.1) == pytest.approx(3.0112, abs=5e-5)
    assert learning.bits_of_asking(around, 1000) == pytest.approx(1.0, abs=1e-9)
    for load in (500, 2000):
        assert learning.bits_of_asking(around, load) == pytest.approx(0.7080, abs=5e-5)


def test_bits_gained_are_on_average_the_bits_expected(around):
    """The mean over true capacities, as the guess holds them, of what is gained after each measurement."""
    chance = np.random.default_rng(3)
    true = 1000 * np.exp(0.8 * chance.standard_normal(1500))
    served = true * np.exp(DAY * chance.standard_normal(1500))
    gained = [around.after(learning.saturated(one, DAY)).bits_from() for one in served]
    error = np.std(gained) / math.sqrt(len(gained))
    assert np.mean(gained) == pytest.approx(learning.bits_of_measuring(0.8, DAY), abs=3 * error)


@pytest.mark.parametrize("load, noise", [(1000, 0.0), (700, 0.1), (2500, 0.3)])
def test_bits_of_a_test_are_those_of_both_answers_weighed(around, load, noise):
    middles = (around.edges[1:] + around.edges[:-1]) / 2
    pass_it = around.weights @ (
        norm.cdf((middles - math.log(load)) / noise) if noise else middles > math.log(load)
    )
    gained = [
        around.after(one(load, noise)).bits_from() for one in (learning.passed, learning.failed)
    ]
    weighed = pass_it * gained[0] + (1 - pass_it) * gained[1]
    assert learning.bits_of_asking(around, load, noise) == pytest.approx(weighed, abs=2e-4)


def test_a_noisy_test_brings_less_and_none_brings_more_than_one_bit(around):
    clean, noisy = (learning.bits_of_asking(around, 1000, noise) for noise in (0.0, 0.4))
    assert 0.3 < noisy < clean <= 1


def test_how_many_times_narrower_is_the_bits_for_a_normal_belief(around):
    narrower = around.after(learning.saturated(1000, DAY)).times_narrower()
    assert math.log2(narrower) == pytest.approx(learning.bits_of_measuring(0.8, DAY), abs=2e-3)


# --- said in plain words ------------------------------------------------------------------------


def test_plain_words_come_first():
    guess = learning.guess(500, 9000)
    now = guess.after(learning.surge(2480, full=True, noise=0.05))
    assert now.say() == "Your guess of 500 to 9,000 joins a second became 2,300 to 2,700."
    assert repr(now) == now.say() and "bit" not in now.say()
    assert (
        guess.after(learning.passed(20)).say()
        == "Your guess of 500 to 9,000 joins a second is what it was."
    )


def test_a_guess_that_was_too_narrow_is_told():
    now = learning.guess(500, 700).after(learning.surge(2480, full=True, noise=0.05))
    assert now.surprising and now.say().endswith("the guess was too narrow.")
    assert not learning.guess(500, 9000).after(learning.passed(900)).surprising


@pytest.mark.parametrize(
    "low, high, said",
    [
        (512, 8968, "510 to 9,000"),
        (2314, 2702, "2,300 to 2,700"),
        (2441, 2463, "2,441 to 2,463"),
        (9, 5, "5 to 9"),
        (0.084, 1.2, "0.084 to 1.2"),
        (1_499_900, 1_500_000, "1,499,900 to 1,500,000"),
    ],
)
def test_a_range_is_said_in_as_few_figures_as_let_one_see_how_wide_it_is(low, high, said):
    assert span(low, high) == said


# --- an evening's own seconds -------------------------------------------------------------------


def test_the_seconds_in_which_the_door_was_full_measure_it():
    served = np.r_[np.full(60, 40), np.tile([95, 105], 60), np.full(60, 30)]
    full = np.r_[np.zeros(60, bool), np.ones(120, bool), np.zeros(60, bool)]
    (seen,) = learning.of_seconds(served, full, day_to_day=0.05)
    # Blocks of ten seconds hold exactly 1,000 each: what is left is the noise from day to day.
    assert seen.about == 100 and seen.noise == pytest.approx(0.05)


def test_seconds_that_scatter_make_the_measurement_less_sure():
    """Twelve blocks of ten seconds at 80 and 120 in turn: standard deviation 20.89, of the mean 6.03 of 100."""
    served = np.repeat([80, 120] * 6, 10)
    (seen,) = learning.of_seconds(served, np.ones(120, bool), day_to_day=0.05)
    error = math.sqrt(12 * 400 / 11) / math.sqrt(12) / 100
    assert seen.about == 100 and seen.noise == pytest.approx(math.hypot(0.05, error))


def test_an_evening_that_was_hardly_ever_full_only_tells_that_the_capacity_is_above():
    served = np.r_[np.full(50, 40), np.full(10, 90), np.full(60, 20)]
    (seen,) = learning.of_seconds(served, served > 1000)
    assert (seen.above, seen.about) == (90, None)


def overloaded(**rules):
    """Ten handlers of two seconds each, so five services a second, and twice as many who come for ten minutes."""
    evening = plan(
        listeners=6000, arrivals=Steady(from_s=0, until_s=600), handlers=10, service=2.0, cv=1.0,
        retries=Retries(most=1), starts=0, ends=700, **rules,
    )  # fmt: skip
    seconds = simulate(evening, 1, engine="reference").seconds
    return seconds, (seconds["queue"] > 0) & (seconds["busy"] == 10)


def test_an_evening_of_the_simulation_measures_the_door_it_was_played_with():
    """Services of exponential length end as a Poisson stream of 5 a second: standard error sqrt(5 / seconds)."""
    seconds, full = overloaded()
    (seen,) = learning.of_seconds(seconds["services"], full, day_to_day=0.01)
    error = 1 / math.sqrt(5 * full.sum())
    assert full.sum() > 600 and seen.noise == pytest.approx(math.hypot(0.01, error), rel=0.3)
    assert abs(math.log(seen.about / 5)) < 3 * error
    assert learning.guess(1, 50).after(seen).wide < 0.1


def test_joins_of_an_evening_of_dead_work_tell_what_was_of_use_not_what_the_door_can_do():
    seconds, full = overloaded(timeout_s=20)
    of_use, of_work = (
        learning.of_seconds(seconds[name], full)[0].about for name in ("joins", "services")
    )
    assert of_work == pytest.approx(5, rel=0.1) and of_use < 0.3 * of_work


# --- how many tests an evening is worth ----------------------------------------------------------


def test_tests_far_below_the_truth_never_tell_as_much(around):
    now = around.after(learning.surge(2500, full=True, noise=DAY))
    worth = learning.worth_in_tests(now, [100, 200, 300], most=60, played=40)
    assert worth.planned == (math.inf,) * 3
    assert "more than 60 tests at" not in worth.say()
    assert worth.say().startswith(
        "At the loads of your calendar this evening is worth more than 60 tests."
    )


def test_tests_at_the_middle_of_the_guess_are_at_least_as_many_as_the_bits_they_must_bring(around):
    """Without noise each test at the middle brings 1 bit: the range halves (in chance) each time.

    After k of them a guess holds a stretch of chance 2^-k; around the middle of a normal guess of spread .8 nine
    tenths of that stretch are .9 * .8 * 2^-k / phi(0) wide. A range of width .2895 (noise .1 at the middle) is
    passed below at k = 3 (.2256) and not at k = 2 (.4512).
    """
    now = around.after(learning.surge(1000, full=True, noise=DAY))
    worth = learning.worth_in_tests(now, [1000], noise=0.0, played=60)
    assert worth.halving == (3, 3, 3)
    noisy = learning.worth_in_tests(now, [1000], noise=DAY, played=60)
    assert noisy.halving[1] > learning.bits_of_measuring(0.8, DAY)


def test_worth_in_tests_agrees_with_calendars_played_one_by_one(around):
    """The same question with beliefs on the full grid and other luck: the middle of forty calendars."""
    now = around.after(learning.surge(1400, full=True, noise=0.2))
    loads, chance = [700, 1100, 1700, 2600], np.random.default_rng(8)
    needed = []
    for _ in range(60):
        true, belief, tests = now.quantile(chance.uniform(0.001, 0.999)), around, 0
        while belief.wide > now.wide:
            load, tests = chance.choice(loads), tests + 1
            went_well = true * math.exp(0.2 * chance.standard_normal()) > load
            belief = belief.after((learning.passed if went_well else learning.failed)(load, 0.2))
        needed.append(tests)
    worth = learning.worth_in_tests(now, loads, noise=0.2, played=400)
    # The middle of 60 lies, 999 times in 1000, between these two of them in order.
    low, high = np.sort(needed)[[17, 42]]
    assert low <= worth.planned[1] <= high
    assert worth.planned[0] <= worth.planned[1] <= worth.planned[2]


def test_an_evening_that_told_nothing_is_worth_no_test(around):
    quiet = around.after(learning.surge(1, full=False))
    assert learning.worth_in_tests(quiet, [1000]).planned[0] <= 1


def test_worth_in_tests_is_the_same_for_the_same_seed_and_needs_more_than_a_guess(around):
    now = around.after(learning.surge(1400, full=True, noise=0.2))
    one, again, other = (learning.worth_in_tests(now, [900, 1500], seed=seed) for seed in (1, 1, 2))
    assert one == again and one != other
    with pytest.raises(LearningError, match="belief is only a guess"):
        learning.worth_in_tests(around, [1000])


# --- is a test like the evening? -----------------------------------------------------------------


def test_what_a_pass_says_by_bayes_rule():
    assert learning.fit_after_pass(0.3, 0.8) == pytest.approx(0.3 / (0.3 + 0.7 * 0.2))
    assert learning.fit_after_pass(0.3, 0) == 0.3 and learning.fit_after_pass(0.3, 1) == 1
    with pytest.raises(LearningError, match="no test can have passed"):
        learning.fit_after_pass(0, 1)


@pytest.mark.parametrize("tests", [1, 5, 10, 59, 1000])
def test_no_failure_in_n_leaves_the_share_at_which_that_would_happen_once_in_twenty(tests):
    bound = learning.not_ruled_out(tests)
    assert bound == pytest.approx(1 - 0.05 ** (1 / tests), rel=1e-12)
    assert (1 - bound) ** tests == pytest.approx(0.05)
    assert learning.tests_to_rule_out(bound + 1e-9) == tests


# --- decisions and money --------------------------------------------------------------------------


def test_published_value_of_the_newsvendor():
    assert learning.enough(1000, 250, short=9, spare=1) == pytest.approx(1320.388, abs=5e-4)


def test_the_value_of_asking_is_what_it_saves_on_average():
    """By brute force: go if the mean after asking is above the break-even, against going by the mean before."""
    chance = np.random.default_rng(6)
    true = 900 + 250 * chance.standard_normal(2_000_000)
    seen = true + 150 * chance.standard_normal(len(true))
    after = 900 + (seen - 900) * 250**2 / (250**2 + 150**2)
    gain = 3 * (true - 1000)
    saved = gain[after > 1000].sum() / len(true)  # before asking one would not go, and gain nothing
    worth = learning.value_of_asking(900, 250, break_even=1000, per_unit=3, noise_sd=150)
    assert worth == pytest.approx(saved, rel=0.02)
    assert learning.value_of_asking(1100, 250, 1000, 3, 150) == pytest.approx(worth)
    assert learning.value_of_asking(900, 250, 1000, 3) > worth


def test_unit_loss_is_the_mean_distance_above():
    x = np.linspace(-12, 12, 2_000_001)
    for u in (-1.0, 0.0, 0.7, 2.5):
        area = np.trapezoid(np.maximum(x - u, 0) * norm.pdf(x), x)
        assert learning.unit_loss(u) == pytest.approx(area, abs=1e-9)


def test_the_handlers_to_buy_cost_least_of_all(around):
    for short, spare in ((9, 1), (1, 1), (1, 9)):
        bought = learning.handlers_to_buy(around, 100, 1500, short, spare)
        cost = [
            learning.cost_of_having(around, have, 100, 1500, short, spare)
            for have in range(max(1, bought - 30), bought + 31)
        ]
        assert abs(max(1, bought - 30) + int(np.argmin(cost)) - bought) <= 1
    # Equal costs: the middle, 100 * 1500 / 1000.
    assert learning.handlers_to_buy(around, 100, 1500, 1, 1) == 150


def test_a_decision_is_changed_by_what_was_seen_or_not():
    guess = learning.guess(500, 9000)
    quiet, full = guess.after(learning.passed(20)), guess.after(learning.surge(2500, True))
    buy = [learning.handlers_to_buy(one, 100, 4000, 9, 1) for one in (guess, quiet, full)]
    decisions = [
        learning.Decision("how many handlers to buy", buy[0], buy[2]),
        learning.Decision("how many handlers to buy after the tests", buy[0], buy[1]),
    ]
    assert [one.changed for one in decisions] == [True, False]
    told = learning.telemetry(12_400, 1_300_000, decisions)
    assert told.say() == "12,400 rows (1.3 MB) changed 1 of 2 decisions: how many handlers to buy."
    assert (
        learning.telemetry(9, 900, decisions[1:])
        .say()
        .endswith("did not change the decision how many handlers to buy after the tests.")
    )


# --- the price -------------------------------------------------------------------------------------


def test_the_price_of_each_halving(around):
    """Noise .8 / sqrt(63): eight times narrower, three halvings."""
    now = around.after(learning.saturated(1000, 0.8 / math.sqrt(63)))
    price = learning.price_of(now, harmed=1500, money=600)
    assert price.halvings == pytest.approx(3, abs=2e-3)
    assert price.harmed_each == pytest.approx(500, rel=1e-3)
    assert price.money_each == pytest.approx(200, rel=1e-3)
    assert price.halvings_per_thousand == pytest.approx(2, rel=1e-3)
    assert (
        price.say()
        == "The range was halved 3.0 times; each halving harmed 500 listeners and cost 200 euros."
    )


def test_what_told_nothing_has_no_price_for_each_halving(around):
    wider = learning.price_of(around.after(learning.passed(1)), harmed=3, money=0)
    assert wider.halvings < 0.01 and wider.harmed_each == math.inf
    assert wider.say() == "The range is no narrower; that harmed 3 listeners and cost 0 euros."
    free = learning.price_of(around.after(learning.saturated(1000)), harmed=0, money=10)
    assert free.halvings_per_thousand == math.inf and "harmed nobody" in free.say()


def test_what_was_never_logged_is_bounded_and_no_more():
    """60 of 100 are in the log, 54 of them got in: of all at least 54 did, and at most 54 and the 40 unknown."""
    log = learning.logged(100, 60, 0.9)
    assert (log.hidden, log.low, log.high) == pytest.approx((0.4, 0.54, 0.94))
    assert log.say().endswith("never logged, so of all 54 % to 94 % did.")
    assert learning.logged(50, 50, 0.9).say() == "All 50 are in the log, and 90 % got in."
    assert learning.logged(50, 0, 0).high == 1


# --- errors in sentences ---------------------------------------------------------------------------


WRONG = {
    "low is -1": lambda: learning.guess(-1, 3),
    "low is 9 and high is 5; give the smaller one first": lambda: learning.guess(9, 5),
    "high is 'many'; give a number": lambda: learning.guess(1, "many"),
    "spread is 4": lambda: learning.guess_around(1000, 4),
    "middle is nan": lambda: learning.guess_around(math.nan),
    "load is 0": lambda: learning.passed(0),
    "noise is 10": lambda: learning.passed(100, 10),
    "no capacity is measured that well": lambda: learning.saturated(100, 0),
    "held is 5 and broke is 4": lambda: learning.ramp(5, 4),
    "entries is 3; give pairs": lambda: learning.calendar(3),
    "give either about, or above or below": lambda: Seen(above=3, about=4),
    "share is 1; give a share above 0": lambda: learning.guess(1, 2).quantile(1),
    "one grid|the guess of which": lambda: learning.guess(1, 2).bits_from(learning.guess(3, 4)),
    "full is 'roof'; give one of: door, chat": lambda: learning.where_full(
        {"door": learning.guess(1, 2), "chat": learning.guess(1, 2)}, 1.5, "roof"
    ),
    "give two beliefs or more": lambda: learning.from_outside({"door": learning.guess(1, 2)}, 1),
    "lengths": lambda: learning.of_seconds([1, 2], [True]),
    "tests is 2.5; give a whole number": lambda: learning.not_ruled_out(2.5),
    "catches is 2": lambda: learning.fit_after_pass(0.5, 2),
    "sd is 0": lambda: learning.value_of_asking(1, 0, 1, 1),
    "short is 0": lambda: learning.enough(1, 1, 0, 1),
    "in_log is 5 and came is 4": lambda: learning.logged(4, 5, 1),
    "harmed is -1": lambda: learning.price_of(learning.guess(1, 2), -1, 0),
    "give Decision": lambda: learning.telemetry(1, 1, ["buy"]),
    "the guess holds that for impossible": lambda: learning.guess(10, 10.1).after(
        learning.surge(1e9, full=True, noise=0.01)
    ),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_what_makes_no_sense_is_told_in_one_sentence(sentence):
    with pytest.raises(LearningError, match=sentence) as told:
        WRONG[sentence]()
    assert str(told.value).endswith(".") and "\n" not in str(told.value)
