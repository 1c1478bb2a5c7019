"""The cheapest plan: prices by hand, the search against every set there is, and what is told of it."""

import dataclasses
import itertools

import pytest

from loadbearing import readings, simulate
from loadbearing.launch import EXAMPLE, Stopped, checked, evening, plans
from loadbearing.launch.measures import MEASURES, dollars, price, prices, said, taken
from loadbearing.launch.searching import HARDEST, Search
from loadbearing.launch.stopping import Steps
from loadbearing.launch.trials import Trials, chosen_on, hardship, told_on
from loadbearing.parts import ScenarioError

PRICED = dict(
    price_sentence=7, price_change=100, price_rate=10, price_hold=0.5, price_line=31, price_pauses=41, price_page=53
)  # fmt: skip
SMALL = dict(expected=300, within=2, join_rate=1.0, hold=900, patience=3)


def launch(**changed):
    return checked(SMALL | PRICED | changed)


# --- by hand ------------------------------------------------------------------------------------


def test_prices_by_hand():
    one = launch(join_rate=20, hold=1000)
    assert prices(one, {"early": True}) == {"early": 7}
    assert prices(one, {"groups": True}) == {"groups": 7}
    # Half as wide again: ten people a second more, at 10 dollars each, and one change.
    assert prices(one, {"door": 1.5}) == {"door": 100 + 10 * 10}
    # Twice the room: a thousand places more, at half a dollar each, and one change.
    assert prices(one, {"room": 2.0}) == {"room": 100 + 500}
    assert prices(one, {"queue": True, "line": True}) == {"queue": 100, "line": 31}
    assert price(one, {"pauses": True, "page": True, "early": True}) == 41 + 53 + 7
    assert price(one, {}) == 0


def test_a_measure_changes_what_it_names_and_nothing_else():
    one = launch(join_rate=20, hold=1001)
    for key, size, changed in (
        ("early", True, {"invitation": "early"}),
        ("groups", True, {"invitation": "groups"}),
        ("line", True, {"line": True}),
        ("pauses", True, {"pauses": True}),
        ("page", True, {"on_call": True}),
        ("room", 1.5, {"hold": 1502}),
        # A queue that was never typed goes with the door: fifteen seconds' worth.
        ("door", 1.5, {"join_rate": 30.0, "tested_rate": 30.0, "queue": 450}),
        ("queue", True, {"queue": 100}),
    ):
        after = taken(one, {key: size})
        for line in (*one.values, "invitation", "line", "pauses", "on_call"):
            assert getattr(after, line) == changed.get(line, getattr(one, line)), (key, line)


def test_a_queue_is_made_shorter_for_the_door_that_is_bought_with_it_and_never_longer():
    assert taken(launch(join_rate=20), {"door": 2.0, "queue": True}).queue == 5 * 40
    assert taken(launch(join_rate=20, queue=30), {"queue": True}).queue == 30


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"sign": True}, "There is no measure 'sign'"),
        ({"early": 2}, "The measure early has the size 2; give True."),
        ({"door": True}, "The measure door has the size True; give a number above 1"),
        ({"door": 0.5}, "give a number above 1"),
        ({"early": True, "groups": True}, "early and groups go not together"),
    ],
)
def test_a_set_that_makes_no_sense_is_refused_with_a_sentence(chosen, words):
    for asked in (taken, price):
        with pytest.raises(ScenarioError, match=words):
            asked(EXAMPLE, chosen)


def test_weathers_that_make_no_sense_are_refused_with_a_sentence():
    with pytest.raises(ScenarioError, match="tick at least one"):
        plans.cheapest(EXAMPLE, weathers=())
    with pytest.raises(ScenarioError, match="no weather 'hail'"):
        plans.tried(EXAMPLE, {}, weathers=("hail",))


def test_sets_and_amounts_are_told_in_words():
    assert said({}) == "nothing"
    assert said({"door": 2.5, "line": True}) == (
        "a line in front of the door and a door 2.5 times as wide"
    )
    assert said({"door": 2, "line": True, "page": True}).count(", ") == 1
    assert (dollars(1), dollars(0), dollars(1234.4)) == ("1 dollar", "0 dollars", "1,234 dollars")


# --- the evenings ---------------------------------------------------------------------------------


def test_evenings_to_choose_on_and_to_tell_on_are_others_and_hold_hard_ones_in_proportion():
    chosen, told = chosen_on(40), told_on(40)
    assert not set(chosen) & set(told)
    everyone = sorted(range(1, 401), key=hardship)
    assert set(chosen) <= set(everyone)
    for tenth in range(10):
        assert sum(seed in everyone[40 * tenth : 40 * tenth + 40] for seed in chosen) == 4


def test_how_often_a_plan_may_break_its_promise_where_it_is_chosen():
    promise = EXAMPLE.promise
    assert promise.evenings == 0.9
    found = [Trials(("calm",), range(n), 50).may_break(promise) for n in (10, 20, 40, 100)]
    assert found == [0, 1, 2, 5]


def test_the_hardest_evenings_never_refuse_what_all_of_them_would_keep():
    trials = Trials(("calm", "at_once"), chosen_on(10), 300)
    answers = set()
    for rate in (0.6, 1.0, 1.4, 2.0, 3.0, 8.0):
        one = launch(join_rate=rate)
        whole = trials.keeps(one)
        answers.add(whole)
        assert trials.keeps(one, hardest=HARDEST) >= whole
    assert answers == {True, False}


# --- against every set there is -------------------------------------------------------------------


@pytest.fixture
def few_sizes(monkeypatch):
    """Few steps of door and room, so that every set can be tried."""
    for key, sizes in (("door", (1.5, 2.5, 5.0)), ("room", (1.5, 2.5))):
        monkeypatch.setitem(MEASURES, key, dataclasses.replace(MEASURES[key], sizes=sizes))


def every_set():
    """Each set of measures that makes sense, by plain counting."""
    sizes = [(None, *one.sizes) for one in MEASURES.values()]
    for taken_sizes in itertools.product(*sizes):
        chosen = {key: size for key, size in zip(MEASURES, taken_sizes, strict=True) if size}
        if not {"early", "groups"} <= set(chosen):
            yield chosen


def cheapest_of_all(a_launch, weathers, seeds, people, may_break):
    """The least price at which a set is enough, by running every evening of every set; None if none is."""
    known, enough = {}, []

    def kept(scene):
        if scene not in known:
            runs = [simulate(scene, seed, sample=0, progress=False) for seed in seeds]
            within = 60 * a_launch.promise_minutes
            known[scene] = sum(readings.service_level(run, within) >= 0.99 for run in runs)
        return known[scene]

    for chosen in every_set():
        after = taken(a_launch, chosen)
        scenes = [evening(after, weather, people=people) for weather in weathers]
        if all(kept(scene) >= len(seeds) - may_break for scene in scenes):
            enough.append(price(a_launch, chosen))
    return min(enough, default=None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "weathers"),
    [
        ({}, ("calm",)),
        ({"heed": 20, "price_sentence": 400}, ("calm",)),
        ({"hold": 250, "price_rate": 200}, ("calm", "at_once")),
        ({"join_rate": 2.5, "fault_share": 80, "minutes_to_act": 6}, ("fault",)),
    ],
)
def test_the_search_finds_the_price_that_trying_every_set_finds(few_sizes, changed, weathers):
    one, seeds, people = launch(**changed), chosen_on(20)[::4], 150
    trials = Trials(weathers, seeds, people)
    search = Search(one, trials, Steps())
    best = search.best(search.sets())
    least = cheapest_of_all(one, weathers, seeds, people, trials.may_break(one.promise))
    assert least is not None
    assert price(one, best) == pytest.approx(least)
    assert least > 0, "a launch that needs nothing would find every search right"


def test_a_room_that_holds_too_few_is_made_larger_by_as_little_as_will_do():
    # A thousand come on average, 1.5 times as many on no evening; twice as much room holds 1,200, thrice 1,800.
    one = checked(dict(expected=1000, within=2, join_rate=400, hold=600, patience=3))
    search = Search(one, Trials(("calm",), chosen_on(20), 1000), Steps())
    best = search.best(search.sets())
    assert set(best) == {"room"}
    fewer = max(size for size in MEASURES["room"].sizes if size < best["room"])
    assert search.keeps(best)
    assert not search.keeps({"room": fewer})


# --- what a plan says -----------------------------------------------------------------------------


def test_a_launch_that_keeps_its_promise_needs_nothing():
    plan = plans.cheapest(launch(join_rate=100), ("calm",), evenings_used=10)
    assert (plan.chosen, plan.price, plan.keeps, plan.given_up) == ({}, 0, True, ())
    assert plan.after == plan.launch
    assert "nothing need be done" in plan.sentence
    assert plan.seen.worst == plan.seen.evenings


def test_where_nothing_is_enough_the_nearest_is_told():
    # Ten places, and ten times as many at most: a hundred of three hundred.
    plan = plans.cheapest(launch(hold=10), ("calm",), evenings_used=10)
    assert not plan.keeps
    assert plan.without is None
    assert plan.chosen["room"] == 10
    # A door for a hundred people need not be twenty times as wide, and none of them has to be asked to come early.
    assert set(plan.chosen) == {"room"}
    assert plan.sentence.startswith("No set of these measures keeps the promise")
    assert plan.seen.worst == 0
    assert plan.table[-1].kind == "the nearest" and not plan.table[-1].enough


@pytest.fixture(scope="module")
def the_plan():
    return plans.cheapest(launch(), ("calm",), evenings_used=20)


def test_the_plan_keeps_its_promise_on_evenings_that_did_not_choose_it(the_plan):
    assert the_plan.keeps and the_plan.chosen
    assert the_plan.seen.worst >= 0.8 * the_plan.seen.evenings
    seeds = told_on(plans.UNSEEN)
    scene = evening(the_plan.after, "calm")
    runs = [simulate(scene, seed, sample=0, progress=False) for seed in seeds]
    shares = [readings.service_level(run, 120) for run in runs]
    assert the_plan.seen.share["calm"] == shares
    assert the_plan.seen.kept["calm"] == [one >= 0.99 for one in shares]


def test_the_table_begins_with_nothing_and_ends_with_the_plan(the_plan):
    first, *alone, last = the_plan.table
    assert (first.kind, first.seen.price, first.enough) == ("as it is", 0, False)
    assert (last.kind, last.said, last.enough) == ("the plan", said(the_plan.chosen), True)
    enough = [row.seen.price for row in the_plan.table if row.enough]
    assert min(enough) == the_plan.price
    kinds = [row.kind for row in alone]
    assert MEASURES["early"].name in kinds
    # In calm weather nothing breaks, and nobody reloads: a page and pauses would change nothing.
    assert MEASURES["page"].name not in kinds and MEASURES["pauses"].name not in kinds


def test_a_sentence_that_nobody_heeds_is_in_no_plan(the_plan):
    assert the_plan.has_a_sentence
    other = plans.cheapest(launch(heed=0), ("calm",), evenings_used=20, table=False)
    assert not other.has_a_sentence
    assert other.price == pytest.approx(the_plan.without.seen.price)
    assert other.price > the_plan.price


def test_a_sentence_that_costs_more_than_it_saves_is_in_no_plan(the_plan):
    dear = launch(price_sentence=the_plan.without.seen.price + 1)
    assert not plans.cheapest(dear, ("calm",), evenings_used=20, table=False).has_a_sentence


def test_a_plan_beyond_the_budget_says_so(the_plan):
    assert the_plan.in_the_budget and "budget" not in the_plan.sentence
    poor = dataclasses.replace(the_plan, launch=launch(budget=the_plan.price / 2))
    assert not poor.in_the_budget
    assert poor.sentence.endswith(f"more than the budget of {dollars(the_plan.price / 2)}.")


def test_the_search_tells_how_far_it_is_and_can_be_stopped():
    told = []
    plans.cheapest(launch(join_rate=100), ("calm",), 10, told=lambda *one: told.append(one[0]))
    assert told == sorted(told)
    assert min(told) >= 0
    assert max(told) <= 1
    with pytest.raises(Stopped):
        plans.cheapest(launch(), ("calm",), stopped=lambda: True)
