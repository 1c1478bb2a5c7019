"""The checks of unit 10: right, blank, and each wrong idea with the run that follows from it, counted by hand."""

import dataclasses
import functools
import itertools

import numpy as np
import pytest
from page_replies import replies

from authoring import par_10
from authoring.stills_10 import the_contract as the_still
from loadbearing import contract
from loadbearing.cases import contracts
from loadbearing.checks import check
from loadbearing.checks import unit_10_clauses as clauses
from loadbearing.checks import unit_10_reading as reading
from loadbearing.checks import unit_10_season as season
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_10 import CHECKS
from loadbearing.checks.unit_10_launch import EXAMPLE as OFFER
from loadbearing.checks.unit_10_season import Plan, rehearse
from loadbearing.launch import first_line
from loadbearing.pictures.months import a_month_twice
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people
from loadbearing.words import avoided_in

SHEET = {one.key: one.example for one in first_line.INPUTS}
GIVEN = {"break_even": {"offer": OFFER, "sheet": SHEET}}
NAMES = [f"the_contract.{name}" for name in CHECKS]
PAR = Plan(own_from=1, suppliers=1, limit=130_000, logs=True, stays=3)


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_contract.{name}", answer, **(GIVEN.get(name, {}) | more))


def is_wrong(reply, idea, *numbers):
    """The reply names this idea, and says these numbers."""
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers:
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


# --- the notebooks -------------------------------------------------------------------------------


def test_every_answer_of_the_solution_is_right(monkeypatch):
    given = replies("solutions", "10_the_contract", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, YES)


def test_every_blank_of_the_exercise_is_not_yet_an_answer(monkeypatch):
    given = replies("exercises", "10_the_contract", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, NOT_YET)
    assert not any(reply.hint for reply in given.values()), "a hint before anything was tried"


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank)
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"the_contract.{name}") is None


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("answer", [object(), "x", float("nan"), [], True, b"5"], ids=repr)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    reply = ask(name, answer)
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    assert reply.said.endswith(".") and "object at 0x" not in reply.said


def test_hints_use_no_word_that_the_course_avoids():
    for one in CHECKS.values():
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- the promise ---------------------------------------------------------------------------------

WRONG_MINUTES = {
    "a day": 1.44,
    "a year": 525.6,
    "one more nine": 4.32,
    "one nine less": 432,
    "hours": 0.72,
    "seconds": 2_592,
    "the time it is there": 43_156.8,
    "other": 20,
}


@pytest.mark.parametrize("idea", WRONG_MINUTES)
def test_a_wrong_number_of_minutes_meets_the_month(idea):
    is_wrong(ask("promise_minutes", WRONG_MINUTES[idea]), idea, "43,200 minutes", "43.2")


def test_the_promise_leaves_out_what_the_workbook_says():
    for answer in (43.2, 43, "43.2", 0.001 * 30 * 24 * 60):
        reply = ask("promise_minutes", answer)
        assert reply.verdict == YES and "42 minutes late" in reply.said
        assert "57 minutes does not" in reply.said and "nobody published" in reply.said
    table = reading.late_table()
    assert all(f"{number:>9}" in table for number in (40, 42, 57))


def test_the_still_shows_a_promise_kept_twice():
    picture = the_still()
    minutes = {}
    for name, (begins, lasts) in picture.data.items():
        assert lasts.sum() == pytest.approx(43.2 * 60)
        assert begins.min() >= 0 and (begins + lasts).max() <= 30 * 86_400
        yours = 16 * 86_400 + 20 * 3_600
        within = np.minimum(begins + lasts, yours + 3_600) - np.maximum(begins, yours)
        minutes[name] = np.maximum(within, 0).sum() / 60
    assert sorted(minutes.values()) == [0, pytest.approx(43.2)]
    assert "nothing" in picture.title and "43 minutes" in picture.title
    with pytest.raises(ValueError, match="months must hold two"):
        a_month_twice({"one": (np.array([0.0]), np.array([60.0]))}, (0, 3_600))


# --- counted nights ------------------------------------------------------------------------------


@functools.cache
def counted():
    """(first, second, third, both, all three), counted again from the luck of the printed nights."""
    gone = contract.nights(reading.SEED, 0.001, 0.1, suppliers=3, nights=200_000).gone
    first, second, third = gone
    both = first & second
    return tuple(int(one.sum()) for one in (first, second, third, both, both & third))


def test_the_table_shows_what_was_counted():
    first, second, third, both, three = counted()
    assert [f"{one:>9}" in reading.nights_table() for one in (first, second, both)] == [True] * 3
    assert min(first, second, third) >= 120 and 6 <= three <= both


WRONG_SHARED = {
    "fraction": lambda first, second, both: both / first,
    "of all nights": lambda first, second, both: 100 * both / 200_000,
    "both added up": lambda first, second, both: 100 * both / (first + second),
    "times paper": lambda first, second, both: both / 0.2,
    "a count": lambda first, second, both: both,
    "other": lambda first, second, both: 50,
}


@pytest.mark.parametrize("idea", WRONG_SHARED)
def test_a_wrong_share_meets_the_nights(idea):
    first, second, _, both, _ = counted()
    answer = WRONG_SHARED[idea](first, second, both)
    is_wrong(ask("shared_part", answer), idea, str(both))


def test_the_shared_part_is_both_over_either():
    first, second, _, both, _ = counted()
    exact = (100 * both / first, 100 * both / second, 200 * both / (first + second))
    for answer in (*exact, *(round(one) for one in exact)):
        assert ask("shared_part", answer).verdict == YES
    assert "0.2 nights" in ask("shared_part", 100 * both / first).said


def test_a_third_supplier_is_gone_with_the_others():
    _, _, third, both, three = counted()
    for answer in (three, both):
        reply = ask("a_third", answer)
        assert reply.verdict == YES and f"gone on {third} nights" in reply.said
    is_wrong(ask("a_third", 0.01), "multiplied again", "0.0002", f"on {three}")
    is_wrong(ask("a_third", 0), "multiplied again", f"on {three}")
    is_wrong(ask("a_third", round(2 * both / 3)), "a third less", f"on {three}")
    is_wrong(ask("a_third", 200), "more is worse", f"{both} at most")
    assert ask("a_third", -1).error == "not an answer"


# --- the season ----------------------------------------------------------------------------------


def told(plan):
    return f"{people(season.tried(plan).cost)} dollars"


def but(**changes):
    return dataclasses.replace(PAR, **changes)


HIRED = Plan(suppliers=1, limit=130_000, logs=True)
WRONG_PLANS = {
    "nobody beside it": (Plan(own_from=1), PAR),
    "hired for ever": (HIRED, dataclasses.replace(HIRED, own_from=2, stays=3)),
    "two for safety": (but(suppliers=2), PAR),
    "no reserve": (but(own_from=2, stays=0), but(own_from=2)),
    "no logs": (but(logs=False), PAR),
    "owned too late": (but(own_from=6), but(own_from=2)),
    "a reserve too short": (but(stays=1), PAR),
    "a reserve too long": (but(stays=12), PAR),
    "the first limit": (but(limit=600_000), PAR),
    "reserved": (but(reserved=True, stays=5), but(stays=5)),
}


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_its_own_run(idea):
    plan, mended = WRONG_PLANS[idea]
    is_wrong(ask("season", plan), idea, told(plan), told(mended))


def test_two_suppliers_for_ever_are_answered_with_one():
    plan = Plan(suppliers=2, limit=130_000, logs=True, reserved=True)
    one = dataclasses.replace(plan, suppliers=1)
    is_wrong(ask("season", plan), "two for safety", "on 100", "on 10", told(plan), told(one))


def test_a_plan_near_par_but_over_the_budget_is_told_so(monkeypatch):
    monkeypatch.setattr(season, "BUDGET", dataclasses.replace(season.BUDGET, value=42_000.0))
    is_wrong(ask("season", PAR), "over the budget", "42,000 dollars")


def test_a_plan_near_par_that_breaks_the_promise_is_told_so(monkeypatch):
    monkeypatch.setattr(season, "KEPT", dataclasses.replace(season.KEPT, value=0.999))
    is_wrong(ask("season", PAR), "the promise", "0 % of the companies")


@pytest.mark.parametrize(
    "plan", [PAR, but(own_from=2, limit=200_000), but(stays=4), but(limit=100_000)], ids=str
)
def test_within_three_per_cent_of_par_is_good_enough(plan):
    trial = season.tried(plan)
    assert trial.cost <= 1.03 * season.sweep()["cost"] and trial.good
    reply = ask("season", plan)
    assert reply.verdict == YES and told(plan) in reply.said


def test_a_plan_is_judged_on_the_seasons_of_other_companies_than_those_practised_on():
    used = [contracts.FIRST_COMPANY, contracts.PRACTICE, contracts.UNSEEN, contracts.ELSEWHERE]
    assert len({*used}) == 4
    trial = season.tried(PAR)
    again = contract.season(PAR.terms(), contract.world(), contracts.UNSEEN, 60)
    assert trial.cost == pytest.approx(again.cost.mean())
    assert trial.bills == pytest.approx(again.bills.mean())
    assert trial.sure == pytest.approx(np.mean(again.served.sum(1) >= 0.9 * again.wanted.sum(1)))


def test_par_is_the_cheapest_plan_of_the_sweep_that_keeps_budget_and_promise():
    found = season.sweep()
    assert Plan(**found["par"]) == PAR == season.par()
    assert found["cost"] == round(season.tried(PAR).cost) and season.tried(PAR).good
    assert found["plans"] == 1 + 6 * 4 * (3 + 3 * 4 * 7)
    for kind, best in found["best_of_each"].items():
        plan = Plan(**{name: best[name] for name in season.LIMITS})
        assert par_10.KINDS[kind](plan) and best["cost"] == round(season.tried(plan).cost)
        assert best["cost"] >= found["cost"] or best["bills"] > season.BUDGET.value
    alone = found["best_of_each"]["own alone"]
    assert found["cost_elsewhere"] < 0.95 * alone["cost_elsewhere"]
    assert alone["sure"] < season.SURE.value


def test_every_number_of_the_file_is_what_the_sweep_finds_today():
    assert par_10.text(par_10.results()) == season.PAR_FILE.read_text(encoding="utf-8")


def test_every_way_of_the_sweep_that_is_wrong_costs_more_than_near_par():
    found = season.sweep()
    right = {"both from the first", "hired first, then own"}
    for kind, best in found["best_of_each"].items():
        assert (best["cost"] <= 1.03 * found["cost"]) == (kind in right), kind


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(own_from=1.5), "own_from is 1.5"),
        (Plan(own_from=13), "own_from is 13"),
        (Plan(suppliers=4, limit=1), "suppliers is 4"),
        (Plan(suppliers=1), "for how many people"),
        (Plan(), "nobody serves the first event"),
        (Plan(own_from=3), "nobody serves the first event"),
        (but(logs="yes"), "logs is 'yes'"),
        (but(limit="many"), "'many' is not a number"),
        (700, "'int', no plan"),
    ],
)
def test_a_plan_that_makes_no_sense_is_answered_by_a_sentence(plan, says):
    reply = ask("season", plan)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said


def test_practice_tells_what_came_and_what_it_cost_in_short_lines():
    said = repr(rehearse(PAR))
    assert said.count("Company") == 3 and said.count("cause of its fault is known") == 3
    assert all(len(one) <= 100 for one in said.splitlines()), "a line that wraps within a word"
    long = but(own_from=2, suppliers=3, reserved=True, stays=12)
    assert max(map(len, repr(rehearse(long)).splitlines())) <= 100
    assert "Fill in" in repr(rehearse(...)) == repr(rehearse(but(limit=...)))
    assert "no plan" in repr(rehearse(700)) and "whole number" in repr(rehearse(but(stays=0.5)))
    assert ask("season", but(limit=...)).verdict == NOT_YET


def test_a_plan_names_who_serves_in_plain_words():
    assert str(Plan(own_from=1)) == "an own door from event 1"
    assert str(PAR) == (
        "one supplier for 130,000 with logs, an own door from event 1, a reserve for 3 events"
    )
    assert str(Plan(own_from=2, suppliers=2, limit=100_000)).endswith("event 2, no reserve")


# --- clauses -------------------------------------------------------------------------------------


def by_hand(clause):
    """What a clause saves over six events, from two seasons played here."""
    world, bare = contract.world(events=6), contract.way("hired")
    other_world, other = {
        "99.99": (contract.world(events=6, fails=0.0001), bare),
        "money back": (contract.world(events=6, credit=1.0), bare),
        "stand-by": (world, dataclasses.replace(bare, standby=1)),
        "logs": (world, contract.way("hired", "the logs")),
    }[clause]
    return contract.mean_cost(bare, world) - contract.mean_cost(other, other_world)


@pytest.mark.parametrize(
    ("answer", "idea"),
    [
        ("99.99", "another nine"),
        (99.99, "another nine"),
        ("Money back", "money back"),
        ("stand-by", "one more supplier"),
    ],
)
def test_a_clause_about_bad_nights_meets_what_it_saves(answer, idea):
    key = str(answer).lower()
    is_wrong(ask("clause", answer), idea, people(abs(by_hand(key))), people(by_hand("logs")))


def test_the_logs_save_most():
    saved = {one: by_hand(one) for one in ("99.99", "money back", "stand-by", "logs")}
    assert max(saved, key=saved.get) == "logs"
    reply = ask("clause", " Logs. ")
    assert reply.verdict == YES
    assert all(people(abs(one)) in reply.said for one in saved.values())


WRONG_LINES = {
    "forgets what they share": lambda people, worth, fails, shared, retainer: people * worth * fails - retainer,
    "squared": lambda people, worth, fails, shared, retainer: people * worth * fails**2 - retainer,
    "the shared part": lambda people, worth, fails, shared, retainer: people * worth * fails * shared - retainer,
    "forgets its price": lambda people, worth, fails, shared, retainer: people * worth * fails * (1 - shared),
    "every night": lambda people, worth, fails, shared, retainer: people * worth * (1 - shared) - retainer,
    "other": lambda people, worth, fails, shared, retainer: people + retainer,
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_LINES)
def test_a_wrong_line_meets_the_chances_of_all_nights(idea):
    reply = ask("second_supplier", WRONG_LINES[idea])
    is_wrong(reply, idea)
    function = WRONG_LINES[idea]
    assert any(
        people(abs(function(**one))) in reply.said and people(abs(enumerated(**one))) in reply.said
        for one in clauses.PROBES
    ), reply.said


def enumerated(people, worth, fails, shared, retainer):
    """What a second supplier is worth, from every kind of night there is: shared cause or not, each gone or not."""
    common = fails * shared
    alone = (fails - common) / (1 - common)
    helps = 0.0
    for cause, first, second in itertools.product((False, True), repeat=3):
        chance = common if cause else 1 - common
        chance *= (alone if first else 1 - alone) * (alone if second else 1 - alone)
        helps += chance * ((cause or first) and not (cause or second))
    return people * worth * helps - retainer


def test_a_right_line_is_right_to_the_first_order_and_exactly():
    first_order = lambda people, worth, fails, shared, retainer: (  # noqa: E731
        people * worth * fails * (1 - shared) - retainer
    )
    for function in (first_order, enumerated):
        reply = ask("second_supplier", function)
        assert reply.verdict == YES and "minus 1,278 dollars" in reply.said
        assert "minus 1,300 dollars" in reply.said


def test_a_function_that_stops_or_says_nothing_gets_a_sentence():
    assert ask("second_supplier", lambda **given: None).verdict == NOT_YET
    for function, says in (
        (lambda **given: 1 / 0, "ZeroDivisionError"),
        (lambda one: one, "TypeError"),
        (lambda **given: "much", "'much'"),
    ):
        reply = ask("second_supplier", function)
        assert reply.error == "not an answer" and says in reply.said


# --- break-even ----------------------------------------------------------------------------------

# 5,000 once; hired 200 + .03 x 20,000 = 800 an event, own 250: 5,000 / 550 = 9.09, so the tenth.
WRONG_EVENTS = {
    "people for events": 166_667,
    "forgets to keep it": 7,
    "forgets the retainer": 15,
    "upside down": 0.11,
    "rounded down": 9,
    "it pays some day": 0,
    "too late": 40,
    "too early": 3,
}


@pytest.mark.parametrize("idea", WRONG_EVENTS)
def test_a_wrong_event_meets_both_bills(idea):
    is_wrong(ask("break_even", WRONG_EVENTS[idea]), idea, "800 dollars", "250 dollars")


def test_both_bills_are_added_up_to_the_end_of_the_event():
    # Three events: 3 x 800 = 2,400 hired; 5,000 + 3 x 250 = 5,750 own.
    is_wrong(ask("break_even", 3), "too early", "2,400 dollars", "5,750 dollars")


def test_the_event_from_which_owning_pays_is_the_tenth():
    own, hired = 5_000 + 250 * np.arange(1, 40), 800 * np.arange(1, 40)
    first = 1 + int(np.argmax(own <= hired))
    reply = ask("break_even", first)
    assert first == 10 and reply.verdict == YES and "9.1" in reply.said
    assert "example numbers" in reply.said and "event 6" in reply.said and "event 10" in reply.said


def test_hiring_that_is_no_dearer_an_event_never_pays_back():
    cheap = OFFER | {"price": 0.0}
    assert ask("break_even", 0, offer=cheap).verdict == YES
    is_wrong(ask("break_even", 5, offer=cheap), "it never pays", "0 for never")
    assert ask("break_even", 1, offer=OFFER | {"once": 0}).verdict == YES


def test_the_own_number_is_kept_on_the_launch_sheet():
    reply = ask("break_even", 19, offer=OFFER | {"once": 10_000}, sheet=SHEET | {"within": 12})
    assert reply.verdict == YES and "launch sheet now" in reply.said
    kept = Progress.here().entry("launch_sheet", "the_contract")
    assert kept["break_even"] == 19 and "event 19" in kept["told"]


@pytest.mark.parametrize(
    ("offer", "says"),
    [
        (5, "The offer is missing"),
        ({}, "Still to fill in: once"),
        (OFFER | {"onse": 1}, "'onse'"),
        (OFFER | {"price": -1}, "price"),
        (OFFER | {"price": "much"}, "'much' is not a number"),
    ],
)
def test_an_offer_that_makes_no_sense_is_answered_by_a_sentence(offer, says):
    reply = ask("break_even", 10, offer=offer)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said
