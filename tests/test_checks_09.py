"""The checks of unit 09: right, blank, and each wrong idea with the run that follows from it, counted by hand."""

import functools
import math

import numpy as np
import pytest

from authoring import par_09
from loadbearing import cases, simulate
from loadbearing.cases import rehearsals
from loadbearing.checks import check
from loadbearing.checks import unit_09_calendar as calendar
from loadbearing.checks import unit_09_crowd as crowd
from loadbearing.checks import unit_09_doors as doors
from loadbearing.checks import unit_09_reading as reading
from loadbearing.checks.plans import PRACTICE
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_09 import CHECKS
from loadbearing.checks.unit_09_calendar import Plan, rehearse
from loadbearing.checks.unit_09_launch import EXAMPLE as TESTS
from loadbearing.launch import first_line
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people, share
from loadbearing.words import avoided_in

ROOM, CALM = 1 / 25, {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
SHEET = {one.key: one.example for one in first_line.INPUTS}
GIVEN = {"tested_rate": {"tests": TESTS, "sheet": SHEET}}


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_rehearsal.{name}", answer, **(GIVEN.get(name, {}) | more))


def is_wrong(reply, idea, *numbers):
    """The reply names this idea, and says these numbers."""
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers:
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank)
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"the_rehearsal.{name}") is None


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


# --- the reports ---------------------------------------------------------------------------------


def sent(name):
    """(people, people a second) of a test of the calendar."""
    _, number_of, seconds = rehearsals.TESTS[name]
    return number_of.value, number_of.value / seconds.value


@functools.cache
def the_evening():
    return simulate(cases.build("the_real_evening", CALM).scaled(ROOM), sample=0)


def busiest_second(flow):
    """The mean a second of the busiest minute, in the full crowd."""
    came = the_evening().seconds[flow].astype(float)
    return 25 * max(came[at : at + 60].sum() for at in range(len(came) - 60)) / 60


@functools.cache
def answered_at_half(name):
    """The share of a test's requests let in within ten seconds, at five hundred handlers, as slow when full."""
    _, number_of, seconds = rehearsals.TESTS[name]
    changes = {"people": number_of.value, "until_s": seconds.value, "handlers": 500}
    changes |= {"coherency": 1 / (500 * 499), "ends_s": int(seconds.value) + 60}
    run = simulate(cases.build("the_scheduled_test", changes).scaled(ROOM), sample=0)
    waits = run.listeners["joined"] - run.listeners["arrived"]
    return float(np.mean(waits <= 10.0))


FASTEST, LIVED = 700_000 / 1_800, lambda: busiest_second("arrivals")
WRONG_COVERAGE = {
    "a total is no rate": (lambda: 100 * 700_000 / 80_000, lambda: ["700,000", "80,000"]),
    "fraction": (lambda: FASTEST / LIVED(), list),
    "upside down": (lambda: 100 * LIVED() / FASTEST, list),
    "the test of the total": (lambda: 100 * sent("4")[1] / LIVED(), lambda: ["44 a second"]),
    "the door for the test": (lambda: 100 * busiest_second("joins") / LIVED(), list),
    "seconds and minutes": (lambda: 6000 * FASTEST / LIVED(), list),
    "other": (lambda: 70, lambda: [f"{people(0.7 * LIVED())} a second"]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_COVERAGE)
def test_a_wrong_coverage_meets_the_rates(idea):
    answer, numbers = WRONG_COVERAGE[idea]
    is_wrong(ask("coverage", answer()), idea, people(FASTEST), people(LIVED()), *numbers())


def test_the_coverage_is_the_fastest_test_over_the_busiest_minute():
    assert max(rehearsals.TESTS, key=lambda name: sent(name)[1]) == "8"
    reply = ask("coverage", 100 * FASTEST / LIVED())
    assert reply.verdict == YES and "46 %" in reply.said
    # Both can be read off the table: the busiest sixty seconds, and the first row.
    assert people(60 * LIVED()) in reading.evening_table()
    first_row = 25 * int(the_evening().seconds["arrivals"][:60].sum())
    assert people(first_row) in reading.evening_table()
    assert ask("coverage", 100 * FASTEST / (first_row / 60)).verdict == YES
    waits = the_evening().listeners["joined"] - the_evening().listeners["arrived"]
    assert share(float(np.mean(waits <= 300.0))) in reply.said


@pytest.mark.parametrize(
    ("answer", "idea"),
    [(4, "as many as the evening"), (7, "many people"), ("1", "light"), ("test 5", "light")],
)
def test_a_test_that_passes_at_half_the_door_tells_nothing(answer, idea):
    name = str(answer).removeprefix("test ")
    assert answered_at_half(name) >= 0.99
    is_wrong(ask("telling_test", answer), idea, f"{100 * answered_at_half(name):.1f} %")


@pytest.mark.parametrize("answer", ["6", 8, "Test 8"])
def test_a_test_that_fails_at_half_the_door_tells_something(answer):
    name = str(answer)[-1]
    assert answered_at_half(name) < 0.99
    reply = ask("telling_test", answer)
    assert reply.verdict == YES and f"{100 * answered_at_half(name):.1f} %" in reply.said


def test_every_test_of_the_calendar_is_reported_as_passed():
    assert reading.report().count("passed") == len(rehearsals.TESTS)
    assert "a second" not in reading.report() and " /s" not in reading.report()


# By hand: the door stands still from 119.5 to 139.5 s. Who asks at second 120 hears at 139.6, after 19.6 s; who asks at
# 138 after 1.6 s; who asks at 139 after .6 s. So 19 wait longer than a second. The tester asks at 120, then at 140.5.
WRONG_WAITS = {
    "as recorded": (1, "19.6 seconds"),
    "the average is fine": (0, "19 of 300"),
    "per cent": (100 * 19 / 300, "19 of 300"),
    "everybody": (300, "19 of 300"),
    "other": (40, "20 seconds"),
}


@pytest.mark.parametrize("idea", WRONG_WAITS)
def test_a_wrong_number_of_long_waits_meets_the_open_stream(idea):
    answer, number = WRONG_WAITS[idea]
    is_wrong(ask("left_out", answer), idea, number)


def test_the_long_waits_are_those_counted_by_hand():
    met, recorded = reading.as_people_come(), reading.as_recorded()
    assert np.count_nonzero(met > 1) == 19 and np.count_nonzero(recorded > 1) == 1
    assert len(recorded) == 121 + 160 and recorded.max() == pytest.approx(19.6)
    # A twentieth of three hundred is fifteen: fifteen waits are longer than the fifteenth longest but one, 4.6 s.
    assert reading.percentile(met, 95) == pytest.approx(sorted(met)[284])
    assert sorted(met)[284] == pytest.approx(4.6)
    reply = ask("left_out", 19)
    assert (
        reply.verdict == YES
        and "4.6 seconds" in reply.said
        and "left out 19 requests" in reply.said
    )


# --- doors that are slower when full -------------------------------------------------------------


def test_a_ramp_finds_what_a_full_door_does_and_stops_there():
    for slower in (0.5, 1.0, 2.0):
        found = [doors.ramp(1_500, slower, seed) for seed in range(12)]
        assert all(one.limit for one in found)
        assert np.mean([one.a_second for one in found]) == pytest.approx(
            1000 / (1 + slower), rel=0.05
        )
        assert all(one.reached < 1_500 for one in found)


def test_a_test_that_stays_below_the_limit_takes_the_door_for_faster_than_it_is():
    light = doors.total(1.0)
    assert not light.limit and light.a_second == pytest.approx(1000, rel=0.05)
    half_way = doors.ramp(400, 1.0, 3)
    assert not half_way.limit and 550 < half_way.a_second < 1_000


def test_an_early_opening_meets_the_limit_of_a_slow_door_and_harms_people():
    small, large = doors.opening(10_000, 1.0, 3), doors.opening(80_000, 1.0, 3)
    assert not small.limit and large.limit and large.late > 10_000 > small.late
    assert large.a_second == pytest.approx(500, rel=0.25)


def test_companies_have_quick_and_slow_doors_in_fair_shares():
    slower = sorted(doors.slower_when_full(seed) for seed in calendar.UNSEEN)
    assert slower[len(slower) // 2] == pytest.approx(1.0, rel=0.1)
    inside = sum(math.exp(-0.7) <= one <= math.exp(0.7) for one in slower)
    assert inside == pytest.approx(0.683 * len(slower), abs=2)


# --- the calendar --------------------------------------------------------------------------------


@functools.cache
def by_hand(headroom):
    """(dollars, late) on average over the companies of whoever rehearses nothing and believes one join a second."""
    table, cost, late = cases.get("the_full_door"), [], []
    times, arrived = table.crowd.arrivals.table()
    begins = np.arange(times[0], times[-1])
    minute = np.interp(begins + 60, times, arrived) - np.interp(begins, times, arrived)
    rate = table.crowd.listeners * minute.max() / 60
    for seed in calendar.UNSEEN:
        handlers = math.ceil(rate * (1 + headroom / 100))
        slower = doors.slower_when_full(seed)
        changes = {"handlers": handlers, "coherency": slower / (handlers * (handlers - 1))}
        run = simulate(cases.build("the_full_door", changes).scaled(ROOM), seed, sample=0)
        waits = run.listeners["joined"] - run.listeners["arrived"]
        late.append(25 * np.count_nonzero(~(waits <= 60.0)))
        cost.append(0.5 * handlers + 0.1 * late[-1])
    return float(np.mean(cost)), float(np.mean(late))


def told(plan):
    trial = calendar.tried(plan)
    return f"{people(trial.cost)} dollars"


WRONG_PLANS = {
    "no rehearsal": (Plan(headroom=20), lambda: [told(Plan(ramp_to=700, headroom=20))]),
    "a pass is no number": (
        Plan(totals=3, headroom=20),
        lambda: ["33 a second", told(Plan(ramp_to=600, headroom=20))],
    ),
    "in front of everyone": (
        Plan(opened=60_000, headroom=20), lambda: [told(Plan(ramp_to=700, headroom=20))],
    ),
    "never met the limit": (
        Plan(ramp_to=300, headroom=0), lambda: ["1 of 60", told(Plan(ramp_to=700, headroom=0))],
    ),
    "average weather": (
        Plan(ramp_to=1_000, headroom=-20), lambda: [told(Plan(ramp_to=1_000, headroom=20))],
    ),
    "over-bought": (
        Plan(ramp_to=700, headroom=80), lambda: [told(Plan(ramp_to=700, headroom=20))],
    ),
    "over the budget": (
        Plan(totals=5, ramp_to=700, headroom=20),
        lambda: ["340 dollars", "300 dollars", "140 dollars", told(Plan(ramp_to=700, headroom=20))],
    ),
    "more tests": (
        Plan(totals=4, ramp_to=700, headroom=30), lambda: [told(Plan(ramp_to=700, headroom=30))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_its_own_run(idea):
    plan, numbers = WRONG_PLANS[idea]
    is_wrong(ask("calendar", plan), idea, told(plan), *numbers())


def test_what_no_rehearsal_costs_is_what_is_counted_by_hand():
    trial = calendar.tried(Plan(headroom=200))
    assert (trial.cost, trial.late) == pytest.approx(by_hand(200))
    assert calendar.sweep()["best_of_each"]["no rehearsal"]["cost"] == round(by_hand(200)[0])


def test_within_a_tenth_of_par_is_good_enough_and_beyond_is_not():
    least = calendar.sweep()["cost"]
    for plan in (calendar.par(), Plan(ramp_to=1_000, headroom=20), Plan(ramp_to=500, headroom=30)):
        assert calendar.tried(plan).cost <= 1.1 * least
        assert ask("calendar", plan).verdict == YES
    assert calendar.tried(Plan(headroom=200)).cost > 1.1 * least


def test_par_is_the_cheapest_of_what_the_sweep_tried():
    found = calendar.sweep()
    best = found["best_of_each"].values()
    cheapest = min(best, key=lambda one: one["cost"])
    assert found["par"] == {key: cheapest[key] for key in found["par"]}
    ramps = min(found["ramps"], key=lambda one: one["cost"])
    assert found["best_of_each"]["a ramp"] == ramps
    assert round(calendar.tried(calendar.par()).cost) == found["cost"] == ramps["cost"]
    assert found["companies"] == len(calendar.UNSEEN) == 60
    assert not {*PRACTICE, *par_09.OTHERS} & {*calendar.UNSEEN}


@pytest.mark.slow
def test_every_number_of_the_file_is_what_the_sweep_finds_today():
    assert par_09.text(par_09.results()) == calendar.PAR_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(totals=1.5), "totals is 1.5"),
        (Plan(ramp_to=10_000), "ramp_to is 10000"),
        (Plan(headroom=-100), "headroom is -100"),
        (Plan(opened="many"), "'many' is not a number"),
        (700, "'int', no plan"),
    ],
)
def test_a_plan_that_makes_no_sense_is_answered_by_a_sentence(plan, says):
    reply = ask("calendar", plan)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said


def test_practice_tells_what_was_found_bought_and_paid_in_short_lines():
    said = repr(rehearse(Plan(opened=60_000, ramp_to=700, headroom=20)))
    assert said.count("Company") == 3 and "Late before" in said
    assert all(len(one) <= 100 for one in said.splitlines()), "a line that wraps within a word"
    assert repr(rehearse(...)) == repr(rehearse(Plan(1, ..., 700, 20)))
    assert "Fill in" in repr(rehearse(...)) and "no plan" in repr(rehearse(700))
    assert "whole number" in repr(rehearse(Plan(totals=0.5)))
    assert ask("calendar", Plan(1, 0, ..., 20)).verdict == NOT_YET


# --- who left no log -----------------------------------------------------------------------------


@functools.cache
def full_evening():
    changes = CALM | {"handlers": 1_000, "coherency": 1 / (1_000 * 999)}
    return simulate(cases.build("the_full_door", changes).scaled(ROOM), 0, sample=0)


def let_in():
    return 25 * int(np.count_nonzero(~np.isnan(full_evening().listeners["joined"])))


def requests():
    seconds = full_evening().seconds
    return 25 * int(seconds["first_attempts"].sum() + seconds["retries"].sum())


WRONG_SHARES = {
    "the other base": (lambda: 100 * (120_000 / let_in() - 1)),
    "fraction": (lambda: 1 - let_in() / 120_000),
    "people": (lambda: 120_000 - let_in()),
    "what was seen": (lambda: 100 * let_in() / 120_000),
    "the other prediction": (lambda: 100 * (crowd.came_by_ramps() / 120_000 - 1)),
    "the last column": (lambda: 100 * (crowd.by_log().soon - crowd.measured().soon)),
}


@pytest.mark.parametrize("idea", WRONG_SHARES)
def test_a_wrong_part_meets_those_who_came(idea):
    is_wrong(ask("too_low", WRONG_SHARES[idea]()), idea, people(let_in()), "120,000")


def test_the_log_misses_those_who_left_no_row():
    assert crowd.log().let_in == let_in() and crowd.log().requests == requests()
    right = 100 * (1 - let_in() / 120_000)
    assert ask("too_low", right).verdict == YES
    is_wrong(ask("too_low", 50), "other", "60,000")


def test_small_invitations_find_crowd_and_door_that_were_there():
    assert crowd.slower() == pytest.approx(1.0)
    assert crowd.slower_by_ramps() == pytest.approx(1.0, rel=0.15)
    assert crowd.came_by_ramps() == pytest.approx(120_000, rel=0.1)
    assert abs(crowd.by_ramps().soon - crowd.measured().soon) < 0.05
    assert abs(crowd.by_log().soon - crowd.measured().soon) > 0.1


def turned(log):
    return log.requests - log.let_in


WRONG_COUNTS = {
    "who was logged": lambda log: log.let_in,
    "requests are people": lambda log: log.requests,
    "each refusal a person": turned,
    "counted twice": lambda log: log.let_in + turned(log) / log.requests_each,
    "the log stretched": lambda log: log.let_in * log.requests_each,
    "only the refused": lambda log: turned(log) / log.requests_each,
    "too few": lambda log: 50_000,
    "too many": lambda log: 10**8,
}


def foretold(number):
    """In within a minute on the next evening, for so many people."""
    changes = CALM | {
        "handlers": 1_500,
        "coherency": 1 / (1_500 * 1_499),
        "at_the_start": round(number),
    }
    run = simulate(cases.build("the_full_door", changes).scaled(ROOM), 0, sample=0)
    waits = run.listeners["joined"] - run.listeners["arrived"]
    return share(float(np.mean(waits <= 60.0)))


@pytest.mark.parametrize("idea", WRONG_COUNTS)
def test_a_wrong_line_meets_the_evening_it_foretells(idea):
    counted = WRONG_COUNTS[idea](crowd.log())
    reply = ask("crowd_counted", WRONG_COUNTS[idea])
    is_wrong(
        reply, idea, people(counted), foretold(min(counted, 10**6)), share(crowd.measured().soon)
    )


def test_requests_over_requests_a_client_are_people():
    reply = ask("crowd_counted", lambda log: log.requests / log.requests_each)
    assert reply.verdict == YES and "120,000" in reply.said
    everybody = full_evening().listeners["attempts"].mean()
    assert crowd.log().requests_each == pytest.approx(everybody, rel=0.1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (lambda log: log.request, "no attribute 'request'"),
        (lambda log: log.requests / 0, "division by zero"),
        (lambda log: "many", "'many' is not a number"),
        (lambda log: -5, "at least one"),
        (lambda: 5, "argument"),
        (120_000, "no function"),
    ],
)
def test_a_line_that_stops_is_answered_by_a_sentence(line, says):
    reply = ask("crowd_counted", line)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said


def test_a_line_that_returns_nothing_is_not_yet_an_answer():
    assert ask("crowd_counted", lambda log: None).verdict == NOT_YET
    assert ask("crowd_counted", lambda log: ...).verdict == NOT_YET


# --- the student's own tests ---------------------------------------------------------------------

BUSIEST = 47
"""People a second in the busiest minute of the example's launch: see unit 02's check of it."""

WRONG_RATES = {
    "minutes for seconds": 1_800 / 2,
    "a total is no rate": 20_000,
    "the largest test": 20_000 / 3_600,
    "added up": 1 + 20_000 / 3_600 + 15,
    "the door for the test": 30,
    "the launch for the test": BUSIEST,
    "too high": 22,
    "too low": 3,
}


@pytest.mark.parametrize("idea", WRONG_RATES)
def test_a_wrong_rate_meets_the_crowd_at_such_a_door(idea):
    rate = WRONG_RATES[idea]
    at_it, at_tested = (
        share(first_line.promise_kept(SHEET | {"join_rate": one}, 20_000)) for one in (rate, 15)
    )
    is_wrong(ask("tested_rate", rate), idea, at_it, at_tested)


def test_the_highest_rate_tested_is_people_over_seconds_and_its_cover_is_kept():
    own = {
        "tests": {"trial": (6_000, 5), "long": (60_000, 120)},
        "sheet": SHEET | {"expected": 30_000},
    }
    reply = ask("tested_rate", 20, **own)
    assert reply.verdict == YES and "trial" in reply.said
    kept = Progress.here().entry("launch_sheet", "the_rehearsal")
    assert kept["tested_rate"] == 20 and "20 people a second" in kept["told"]
    assert 0.2 < kept["coverage"] < 0.35


def test_the_example_numbers_are_nobodys_launch_and_are_not_kept():
    reply = ask("tested_rate", 15)
    assert reply.verdict == YES and "32 %" in reply.said and "example" in reply.said
    assert Progress.here().entry("launch_sheet", "the_rehearsal") is None


def test_no_tests_at_all_are_a_rate_of_nothing():
    assert ask("tested_rate", 0, tests={}).verdict == YES
    is_wrong(ask("tested_rate", 30, tests={}), "untested", "0")


def test_a_launch_that_is_covered_is_told_what_a_test_leaves_out():
    reply = ask("tested_rate", 100, tests={"surge": (6_000, 1)}, sheet=SHEET | {"expected": 10_000})
    assert reply.verdict == YES and "100 %" in reply.said and "tried again" in reply.said


@pytest.mark.parametrize(
    ("tests", "sheet", "says"),
    [
        (5, SHEET, "The tests are missing"),
        ({"one": 600}, SHEET, "give people and minutes"),
        ({"one": (600, 0)}, SHEET, "above nothing"),
        ({"one": (600, "soon")}, SHEET, "'soon' is not a number"),
        (TESTS, 5, "The sheet is missing"),
    ],
)
def test_tests_or_a_sheet_that_make_no_sense_are_answered_by_a_sentence(tests, sheet, says):
    reply = ask("tested_rate", 15, tests=tests, sheet=sheet)
    assert reply.verdict == NO and says in reply.said


def test_a_scheduled_total_passes_at_the_slowest_door():
    slowest = max(doors.slower_when_full(seed) for seed in calendar.UNSEEN)
    run = doors.test(120_000, 3_600, slowest)
    waits = run.listeners["joined"] - run.listeners["arrived"]
    assert float(np.mean(waits <= rehearsals.PROMISE_S.value)) >= rehearsals.PASSES_AT.value
