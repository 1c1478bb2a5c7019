"""Events one after another: years worked by hand, closed forms, and growth of reliability against published fits."""

import math

import numpy as np
import pytest

from loadbearing import ScenarioError, cases, draws, growth, record
from loadbearing.growth import PLACES, Told, two_evenings
from loadbearing.growth.years import NIGHTS_APART

EVENTS = 6
CROWD = 1_000.0


def by_rule(mended, night):
    """An evening without any engine: it fails at the first place that is not mended."""
    place = next((one for one in PLACES if one not in mended), None)
    return Told(0.95 if place is None else 0.01, place, 100.0, 0.5, CROWD)


def places_of(row):
    return [one.failed_at or "well" for one in row]


def a_year(seed=1, rehearse=None, mended=(), **changes):
    company = growth.company(**changes)
    return growth.year(company, seed, mended, evening=by_rule, rehearse=rehearse)


def many(count=2_000, **changes):
    return growth.years(growth.company(**changes), count, evening=by_rule)


# --- one evening ----------------------------------------------------------------------------------


def test_what_was_lost_first_is_counted_where_it_was_lost():
    door, room, switch, well = (growth.told(growth.evening(PLACES[:n], 3)) for n in range(4))
    assert (door.place, room.place, switch.place) == PLACES
    assert [one.well for one in (door, room, switch, well)] == [False, False, False, True]
    assert door.came == pytest.approx(cases.own_value("the_first_time", "at_the_start"), rel=0.25)
    assert well.let_down == pytest.approx((1 - well.kept) * well.came)


def test_a_room_that_falls_holds_no_more_than_its_seats():
    room = growth.told(growth.evening(("door",), 2))
    assert room.most == cases.own_value("the_first_time", "seats")


def test_without_the_inner_places_a_mended_door_is_enough():
    assert growth.told(growth.evening(PLACES, 5)).well
    assert growth.told(growth.evening(("door", "room", "switch"), 5)).place is None


def test_a_place_that_is_mended_twice_or_in_another_order_is_mended():
    assert growth.in_order(["switch", "door", "door"]) == ("door", "switch")


def test_a_rehearsal_with_a_tenth_of_the_crowd_finds_only_what_does_not_depend_on_how_many_come():
    assert growth.rehearsed((), 0.1) == "switch"
    assert growth.rehearsed(("switch",), 0.1) is None
    assert growth.rehearsed((), 1.0) == "door"
    assert growth.rehearsed(("door",), 1.0) == "room"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: growth.in_order(["dor"]), "Did you mean 'door'"),
        (lambda: growth.inputs(size=0), "give a share of the crowd above 0"),
        (lambda: growth.company(cloesd=1), "'closed'"),
        (lambda: growth.company(kept=1.2), "at most 1"),
        (lambda: growth.Plan(weeks=-1, written=True, keeping=True), "at least 0"),
        (lambda: growth.given(week=1), "week_dollars"),
        (lambda: growth.fourth_well([]), "give some"),
        (lambda: growth.gain_by_the_fourth([]), "give some"),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(wrong, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        wrong()


# --- a year, worked by hand ---------------------------------------------------------------------


def test_a_company_that_closes_everything_goes_inwards_and_is_well_from_the_fourth_on():
    row = a_year(closed=1.0)
    assert places_of(row) == [*PLACES, "well", "well", "well"]
    assert [one.mended for one in row[:4]] == [PLACES[:n] for n in range(4)]


def test_a_company_that_closes_nothing_fails_at_the_door_each_time():
    assert places_of(a_year(closed=0.0)) == ["door"] * EVENTS


def test_after_three_events_nobody_can_tell_the_two_apart_by_when_they_failed():
    going, standing = a_year(closed=1.0), a_year(closed=0.0)
    failed = [[one.failed_at is not None for one in row[:3]] for row in (going, standing)]
    assert failed[0] == failed[1] == [True] * 3
    assert not growth.goel_okumoto([1, 2, 3]).finite
    assert not growth.jelinski_moranda([1, 2, 3]).finite


def test_a_page_that_always_holds_stands_for_everybody_who_left():
    row = a_year(closed=1.0, kept=0.0, written=True, page_holds=1.0, undone=1.0)
    assert places_of(row) == [*PLACES, "well", "well", "well"]


def test_where_everything_is_forgotten_door_and_room_take_turns():
    row = a_year(closed=1.0, kept=0.0, undone=1.0)
    assert places_of(row) == ["door", "room"] * 3


def test_a_rehearsal_finds_a_place_before_the_event_that_would_have_shown_it():
    def everything(mended, size):
        return next((one for one in PLACES if one not in mended), None)

    row = a_year(closed=1.0, rehearsal=1.0, rehearse=everything)
    assert places_of(row)[:2] == ["room", "well"]
    assert [one.rehearsed for one in row[:3]] == ["door", "switch", None]


def test_a_small_rehearsal_finds_what_lies_behind():
    def only_the_switch(mended, size):
        return None if "switch" in mended else "switch"

    row = a_year(closed=1.0, rehearsal=0.1, rehearse=only_the_switch)
    assert places_of(row)[:3] == ["door", "room", "well"]


def test_what_is_mended_from_the_start_is_not_met():
    assert places_of(a_year(closed=1.0, mended=("door", "switch")))[:2] == ["room", "well"]


def test_luck_does_not_move_when_a_knob_does():
    low = [places_of(a_year(seed, closed=0.6)) for seed in range(1, 60)]
    high = [places_of(a_year(seed, closed=0.7)) for seed in range(1, 60)]
    depth = [*PLACES, "well"]
    for before, now in zip(low, high, strict=True):
        assert all(depth.index(b) <= depth.index(a) for b, a in zip(before, now, strict=True)), (
            "a company that closes more was once worse off"
        )


def test_each_event_has_a_night_of_its_own():
    nights = []
    growth.year(
        growth.company(closed=0.0), 5, evening=lambda m, n: nights.append(n) or by_rule(m, n)
    )
    assert nights == [NIGHTS_APART * 5 + n for n in range(1, EVENTS + 1)]


def test_twelve_nights_are_looked_up():
    assert growth.looked_up((), 3) == growth.looked_up((), 3 + growth.NIGHTS)


# --- many years, against closed forms -------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"closed": 0.5},
        {"closed": 0.8},
        {"closed": 1.0, "kept": 0.5},
        {"closed": 0.9, "kept": 0.2, "written": True},
        {"closed": 0.75, "kept": 0.0, "written": True, "page_holds": 0.3, "undone": 0.9},
    ],
)
def test_the_fourth_goes_well_as_often_as_the_closed_form_says(changes):
    company = growth.company(**changes)
    expected = growth.fourth_well_by_hand(company.closed, company.lost)
    found = growth.fourth_well(many(**changes))
    assert found == pytest.approx(expected, abs=3 * math.sqrt(expected * (1 - expected) / 2_000))


def test_two_roads_to_the_same_chance():
    forgetful = growth.company(closed=1.0, kept=0.5)
    assert growth.fourth_well_by_hand(0.75) == growth.fourth_well_by_hand(1.0, forgetful.lost)


def test_the_first_good_event_comes_as_late_as_three_geometric_times():
    closed, rows = 0.6, many(closed=0.6, events=40)
    first = np.array([places_of(row).index("well") + 1 for row in rows])
    assert first.mean() == pytest.approx(growth.until_well_by_hand(closed), abs=0.15)
    for event in (4, 5, 6, 8):
        expected = growth.nth_well_by_hand(event, closed)
        assert (first == event).mean() == pytest.approx(expected, abs=0.035)


def test_the_chances_of_the_first_good_event_add_up():
    assert sum(growth.nth_well_by_hand(n, 0.4) for n in range(1, 200)) == pytest.approx(1)
    mean = sum(n * growth.nth_well_by_hand(n, 0.4) for n in range(1, 300))
    assert mean == pytest.approx(growth.until_well_by_hand(0.4))


def test_who_goes_inwards_stumbles_nowhere_again_and_who_stands_still_always_does():
    assert growth.stumbles_again(many(10, closed=1.0)) == 0
    assert growth.stumbles_again(many(10, closed=0.0)) == 1
    # door, room, door, room, door, room: of five evenings after a failure four are at a known place
    assert growth.stumbles_again(many(10, closed=1.0, kept=0.0, undone=1.0)) == pytest.approx(0.8)


def test_the_gain_is_that_of_the_fourth_over_the_first():
    assert growth.gain_by_the_fourth(many(10, closed=1.0)) == pytest.approx(0.94)
    assert growth.gain_by_the_fourth(many(10, closed=0.0)) == 0


def test_who_was_let_down_is_counted_in_people():
    rows = many(10, closed=1.0)
    assert growth.let_down(rows) == pytest.approx(CROWD * (3 * 0.99 + 3 * 0.05))
    assert growth.failures(rows) == 3


# --- the plan of a year ---------------------------------------------------------------------------


def test_a_plan_costs_its_weeks_between_events_and_a_rehearsal_before_each():
    plan = growth.Plan(weeks=3, written=True, keeping=True, rehearsal=0.1)
    # five gaps of 3 + 1 + 3 weeks at 3,000 dollars, six rehearsals of 20,000 people at ten cents
    assert plan.dollars() == pytest.approx(5 * 7 * 3_000 + 6 * 20_000 * 0.1)
    assert growth.Plan(weeks=0, written=False, keeping=False).dollars() == 0


def test_a_plan_makes_a_company():
    company = growth.Plan(weeks=2, written=True, keeping=False).company(page_holds=0.5)
    assert (company.closed, company.kept, company.page_holds) == (0.75, 0.6, 0.5)
    assert company.lost == pytest.approx(0.4 * 0.5 * 0.5)


def test_a_year_without_work_is_not_kept_and_one_with_everything_mostly_is():
    seeds = range(1, 21)
    nothing = growth.Plan(weeks=0, written=False, keeping=False)
    everything = growth.Plan(weeks=8, written=True, keeping=True, rehearsal=1.0)
    assert growth.years_kept(nothing, seeds) == 0
    assert growth.years_kept(everything, seeds, kept_better=1.0) == len(seeds)


# --- growth of reliability ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def naval():
    """The days on which errors of the naval program were found."""
    return growth.after(record.series("naval_pauses").values)


def test_the_published_fits_of_the_naval_program_come_out(naval):
    goel, jelinski = growth.goel_okumoto(naval[:26]), growth.jelinski_moranda(naval[:26])
    # Goel & Okumoto 1979 print 33.99 and .00579, Jelinski & Moranda 1972 print 31.2 and .00685
    assert (goel.total, goel.pace) == pytest.approx((33.99, 0.00579), abs=0.005)
    assert goel.pace == pytest.approx(0.00579, abs=5e-6)
    assert jelinski.total == pytest.approx(31.2, abs=0.05)
    assert jelinski.pace == pytest.approx(0.00685, abs=5e-6)
    assert jelinski.say() == "26 found; about 5 left."


def test_what_was_expected_afterwards_and_what_came(naval):
    fit = growth.goel_okumoto(naval[:26])
    for until, came in ((540, 5), (849, 8)):
        low, middle, high = growth.foreseen(fit, until - fit.until)
        assert low <= came <= high and low < middle < high
        assert sum(fit.until < day <= until for day in naval) == came
    assert fit.more(540 - 250) == pytest.approx(6.5, abs=0.05)
    assert fit.more(849 - 250) == pytest.approx(7.7, abs=0.05)


def test_by_hand_three_faults_in_the_first_part():
    # with z = ln 4: 1/z - 1/3 is the mean, and the total 3 / (1 - 1/4) = 4
    mean = 1 / math.log(4) - 1 / 3
    fit = growth.goel_okumoto([mean - 0.1, mean, mean + 0.1], until=1.0)
    assert (fit.total, fit.pace) == pytest.approx((4, math.log(4)))
    assert fit.left == pytest.approx(1)
    assert fit.rate == pytest.approx(math.log(4))
    assert fit.expected(1.0) == pytest.approx(3)
    assert fit.more(1.0) == pytest.approx(1 - 1 / 4)
    assert fit.quiet(1.0) == pytest.approx(math.exp(-3 / 4))


def test_by_hand_two_pauses():
    # r = 12 / 21 is the part of the second pause: N = r / (2r - 1) = 4, phi = 2 / (9 * 4 + 12 * 3)
    fit = growth.jelinski_moranda(growth.after((9, 12)))
    assert (fit.total, fit.pace) == pytest.approx((4, 2 / 72))
    assert fit.quiet(10) == pytest.approx(math.exp(-10 * 2 * 2 / 72))


def test_more_than_was_found_there_must_be():
    fit = growth.jelinski_moranda([1, 9])
    assert fit.total == 2 and fit.left == 0
    assert fit.say() == "2 found; none left."
    assert fit.quiet(1e6) == 1


@pytest.mark.parametrize("fit", [growth.goel_okumoto, growth.jelinski_moranda])
def test_without_growth_there_is_a_sentence_and_no_error(fit):
    flat = fit([10, 20, 30, 40])
    assert not flat.finite and flat.total == math.inf
    assert "show no growth" in flat.say()
    assert flat.rate == pytest.approx(0.1)
    assert flat.more(20) == pytest.approx(2)
    assert flat.quiet(10) == pytest.approx(math.exp(-1))
    assert growth.range_of_total(flat)[1] == math.inf


def test_finite_exactly_where_littlewood_and_verrall_say():
    # n = 3, until = 12: Goel-Okumoto below a sum of 18, Jelinski-Moranda below a sum of 24
    for sum_of_times, goel, jelinski in (
        (17.9, True, True),
        (18.1, False, True),
        (24.1, False, False),
    ):
        times = [sum_of_times / 3 - 0.2, sum_of_times / 3, sum_of_times / 3 + 0.2]
        assert growth.goel_okumoto(times, until=12).finite is goel
        assert growth.jelinski_moranda(times, until=12).finite is jelinski


def test_one_quiet_month_turned_155_into_27(naval):
    before, after = growth.goel_okumoto(naval[:23]), growth.goel_okumoto(naval[:24])
    assert (round(before.total), round(after.total)) == (155, 27)
    assert growth.range_of_total(before)[1] == math.inf
    assert growth.range_of_total(after)[1] == pytest.approx(54, abs=0.5)
    assert growth.range_of_total(growth.goel_okumoto(naval[:26]))[1] == pytest.approx(338, abs=1)


def test_a_range_holds_the_likeliest_and_grows_with_how_sure_it_is(naval):
    for fit in (growth.goel_okumoto(naval[:31]), growth.jelinski_moranda(naval[:31])):
        low, high = growth.range_of_total(fit)
        assert 31 <= low <= fit.total <= high
        wider = growth.range_of_total(fit, 0.99)
        assert wider[0] <= low and wider[1] > high


def test_the_range_ends_where_the_likelihood_has_fallen_by_1_92(naval):
    fit = growth.jelinski_moranda(naval[:31])
    _, high = growth.range_of_total(fit)

    def likely(total):
        """Jelinski & Moranda's likelihood, written out from their pauses."""
        pauses = np.diff([0, *naval[:31]])
        weights = total - np.arange(31)
        pace = 31 / (weights * pauses).sum()
        return np.log(pace * weights).sum() - pace * (weights * pauses).sum()

    assert likely(fit.total) - likely(high) == pytest.approx(3.841459 / 2, abs=1e-5)


def made_up(seed, total, pace, until):
    """Moments of faults up to `until`, of so many that are each found after an exponential time."""
    key = draws.key(seed, 990)
    times = [draws.exponential(draws.uniform(key, n, 0), 1 / pace) for n in range(total)]
    return sorted(times), sorted(one for one in times if one <= until)


def test_nine_chances_in_ten_hold_about_nine_times_in_ten():
    held = 0
    for seed in range(1, 201):
        every, found = made_up(seed, 40, 1.0, until=1.2)
        low, _, high = growth.foreseen(growth.goel_okumoto(found, 1.2), 1.0)
        held += low <= sum(1.2 < one <= 2.2 for one in every) <= high
    # 180 of 200 expected; three standard errors are 13. A fixed total varies less than a Poisson one.
    assert held >= 167


def test_the_truth_is_in_the_range_about_as_often_as_it_says():
    held = 0
    for seed in range(1, 201):
        _, found = made_up(seed, 40, 1.0, until=1.5)
        low, high = growth.range_of_total(growth.jelinski_moranda(found, 1.5))
        held += low <= 40 <= high
    assert 181 <= held < 200


def test_constant_luck_is_foreseen_by_hand():
    # with no growth at all allowed for: k more in the same time again, likeliest as many as were found
    fit = growth.goel_okumoto([2.5, 5, 7.5, 10])
    low, middle, high = growth.foreseen(fit, 10.0)
    assert low < 4 < high and abs(middle - 4) <= 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: growth.goel_okumoto([]), "times is empty"),
        (lambda: growth.goel_okumoto([3, 2]), "times holds 2 after 3"),
        (lambda: growth.jelinski_moranda([0]), "above 0 that rise"),
        (lambda: growth.goel_okumoto([1, 2], until=1), "until is 1"),
        (lambda: growth.range_of_total(growth.goel_okumoto([1, 2]), 95), "level is 95"),
        (lambda: growth.foreseen(growth.goel_okumoto([1, 2]), 0), "lasts is 0"),
        (lambda: growth.chance_of(3, 2), "happened is 3 of 2"),
    ],
)
def test_moments_that_make_no_sense_are_answered_with_a_sentence(wrong, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        wrong()


# --- two evenings ---------------------------------------------------------------------------------


def test_two_of_two_says_little():
    low, high = growth.chance_of(2, 2)
    assert low == pytest.approx(math.sqrt(0.025)) and high == 1
    assert growth.chance_of(0, 2) == pytest.approx((0, 1 - math.sqrt(0.025)))
    # Clopper & Pearson 1934: 5 of 10 lies between .187 and .813
    assert growth.chance_of(5, 10) == pytest.approx((0.187, 0.813), abs=5e-4)


def test_the_ratio_of_two_single_times_is_hardly_known():
    key = draws.key(1, 991)
    ratios = [
        math.log(draws.uniform(key, n, 0)) / math.log(draws.uniform(key, n, 1))
        for n in range(4_000)
    ]
    factor = growth.ratio_of_two(0.9)
    inside = np.mean([1 / factor <= one <= factor for one in ratios])
    assert inside == pytest.approx(0.9, abs=0.015)


def test_minutes_late_for_a_million_have_the_widest_range_that_the_reports_allow():
    one = two_evenings.Known("a", (1_200, 600, 1_800), (500_000, 400_000, 600_000), (1, 1, 1))
    assert one.late_for_a_million == pytest.approx((40, 10 / 0.6, 30 / 0.4))
    assert growth.times_as_many((2, 1, 4), (8, 6, 10)) == (4, 1.5, 10)
