"""The checks of unit 13: right, blank, and each wrong idea with the run that follows from it."""

import functools
import json
import re

import numpy as np
import pytest
from page_replies import replies

from authoring import par_13
from loadbearing import simulate
from loadbearing.cases import launches
from loadbearing.checks import check
from loadbearing.checks import unit_13_lines as lines
from loadbearing.checks import unit_13_own as own
from loadbearing.checks import unit_13_plan as plans
from loadbearing.checks import unit_13_stop as stopping
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_13 import CHECKS
from loadbearing.checks.unit_13_plan import Plan
from loadbearing.checks.unit_13_stop import Rule
from loadbearing.launch import EXAMPLE, checked, evening, evenings
from loadbearing.launch.measures import taken
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.stress.line import down
from loadbearing.units import people
from loadbearing.words import avoided_in

PAGE, NAMES = "13_your_launch", [f"your_launch.{name}" for name in CHECKS]
SHEET = {"expected": 9_000, "within": 8, "join_rate": 20, "hold": 30_000, "patience": 12}
WORDS = "Doors open at half past nine."
GIVEN = {"own_promise": {"sheet": SHEET, "invitation": "early", "sentence": WORDS}}
PAR = Plan(sentence="early", door=2.25)


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"your_launch.{name}", answer, **(GIVEN.get(name, {}) | more))


def is_wrong(reply, idea, *numbers):
    """The reply names this idea, and says these numbers."""
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers:
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


# --- the notebooks -------------------------------------------------------------------------------


def test_every_answer_of_the_solution_is_right(monkeypatch):
    given = replies("solutions", PAGE, monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, YES)


def test_every_blank_of_the_exercise_is_not_yet_an_answer(monkeypatch):
    given = replies("exercises", PAGE, monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, NOT_YET)
    assert not any(reply.hint for reply in given.values()), "a hint before anything was tried"


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank)
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"your_launch.{name}") is None


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


# --- the lines of the shop -----------------------------------------------------------------------


@functools.cache
def kept_of_ten(a_launch, weather, crowd):
    """On how many of ten evenings the promise is kept, counted from the people, in the full room."""
    share, within_s = a_launch.promise_share / 100, 60 * a_launch.promise_minutes
    kept = 0
    for seed in evenings(10):
        run = simulate(evening(a_launch, weather, crowd, people=crowd), seed, sample=0)
        came = run.listeners[~np.isnan(run.listeners["arrived"])]
        kept += float(np.mean(came["joined"] - came["arrived"] <= within_s)) >= share
    return kept


@pytest.mark.parametrize("weather", lines.TOGETHER)
def test_nine_evenings_in_ten_bear_the_line_and_fewer_bear_more(weather):
    line = lines.line(weather)
    assert kept_of_ten(lines.drop(), weather, round(0.95 * line)) >= 9
    assert kept_of_ten(lines.drop(), weather, round(1.08 * line)) < 9


def test_the_shop_lacks_room_on_an_ordinary_evening_and_a_door_when_everyone_comes():
    room, door = lines.line("calm", "hold"), lines.line("at_once", "join_rate")
    assert room > 1.3 * lines.line("calm") and door > 1.3 * lines.line("at_once")
    assert lines.line("calm", "join_rate") == pytest.approx(lines.line("calm"), rel=0.05)
    assert lines.line("at_once", "hold") == pytest.approx(lines.line("at_once"), rel=0.05)
    table = lines.line_table()
    assert down(room) in table and down(door) in table and "a fault at the worst minute" in table


@pytest.mark.parametrize("answer", ["hold", " 'Hold' ", "2 x hold"])
def test_the_room_breaks_first_on_an_ordinary_evening(answer):
    reply = ask("breaks_first", answer)
    assert reply.verdict == YES and down(lines.line("calm", "hold")) in reply.said
    assert "the join rate breaks first" in reply.said


WRONG_LIMITS = {
    "another weather": ("join_rate", "at_once"),
    "waiting for room": ("queue", "at_once"),
}


@pytest.mark.parametrize("idea", WRONG_LIMITS)
def test_a_wrong_limit_meets_its_own_doubling(idea):
    limit, weather = WRONG_LIMITS[idea]
    answer = limit.replace("_", " ")
    numbers = [down(lines.line(one, limit)) for one in ("calm", weather)]
    is_wrong(ask("breaks_first", answer), idea, *numbers)


WRONG_CROWDS = {
    "the kindest weather": lambda: lines.line("calm"),
    "a mean of two weathers": lambda: (lines.line("calm") + lines.line("at_once")) / 2,
    "another weather": lambda: lines.line("fault"),
    "both lines together": lambda: lines.line("calm") + lines.line("at_once"),
    "hope": lambda: launches.DROP["expected"].value,
    "too many": lambda: 1.2 * lines.line("at_once"),
    "too careful": lambda: 0.5 * lines.line("at_once"),
}


@pytest.mark.parametrize("idea", WRONG_CROWDS)
def test_a_wrong_crowd_is_sent_to_the_shop(idea):
    crowd = WRONG_CROWDS[idea]()
    reply = ask("whom_to_promise", crowd)
    is_wrong(reply, idea, f"A crowd of {people(crowd)}:")
    kept = "10 of 10 when everyone" if idea == "too careful" else " when everyone comes at once"
    assert kept in reply.said
    assert ("on 9 of 10 when" in reply.said or "on 10 of 10 when" in reply.said) == (
        idea == "too careful"
    )


@pytest.mark.parametrize("times", [0.95, 1.0, 1.05])
def test_the_lowest_line_may_be_promised(times):
    assert ask("whom_to_promise", times * lines.line("at_once")).verdict == YES


# --- a plan for the sale -------------------------------------------------------------------------


@functools.cache
def by_hand(plan):
    """On how many unseen evenings with everyone at once a plan keeps the promise, counted from the people."""
    kept, scene = 0, evening(taken(EXAMPLE, plan.chosen), "at_once")
    for seed in plans.UNSEEN:
        run = simulate(scene, seed, sample=0)
        came = run.listeners[~np.isnan(run.listeners["arrived"])]
        kept += float(np.mean(came["joined"] - came["arrived"] <= 120.0)) >= 0.99
    return kept


WRONG_PLANS = {
    "everybody obeys": (Plan(sentence="early"), Plan(sentence="early", door=2)),
    "no one gets in sooner": (Plan(line=True, pauses=True), Plan(line=True, pauses=True, door=2)),
    "the kindest weather": (Plan(door=2.5), Plan(sentence="early", door=2.5)),
    "too narrow": (Plan(door=1.2), Plan(door=1.3)),
    "buying the peak": (Plan(door=6), Plan(sentence="early", door=3.5)),
    "belt and braces": (Plan("early", 2.5, line=True, page=True), Plan("early", 2.5)),
    "over-bought": (Plan(sentence="early", door=4), Plan(sentence="early", door=3.4)),
}


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_twenty_evenings_and_another_plan(idea):
    plan, other = WRONG_PLANS[idea]
    reply = ask("cheapest_plan", plan)
    is_wrong(reply, idea)
    for one in (plan, other):
        assert f"{by_hand(one)} of 20 evenings with everyone at once" in reply.said


def test_the_sale_as_it_is_is_no_plan_yet():
    reply = ask("cheapest_plan", Plan())
    assert reply.verdict == NOT_YET and "0 of 20 evenings with everyone at once" in reply.said


@pytest.mark.parametrize("plan", [PAR, Plan("early", 2.4), Plan("early", 2.5)], ids=str)
def test_a_plan_near_par_is_right_and_hears_what_it_would_be_without_the_sentence(plan):
    reply = ask("cheapest_plan", plan)
    assert reply.verdict == YES, reply.said
    assert f"{by_hand(Plan(door=plan.door))} of 20 evenings with everyone at once" in reply.said
    # 200 dollars for the sentence, 500 for the change, 25 for each person a second more: 20 a second as it is.
    assert plan.cost == pytest.approx(700 + 25 * 20 * (plan.door - 1))


def test_par_keeps_the_promise_and_nothing_a_step_cheaper_does():
    assert plans.par() == PAR and by_hand(PAR) >= 18
    assert by_hand(Plan(sentence="early", door=2.2)) < 18
    assert by_hand(Plan(sentence="groups", door=2.2)) < 18
    without = Plan(**plans.sweep()["without"])
    assert without.sentence == "as it is" and by_hand(without) >= 18
    assert without.cost > plans.MONEY > PAR.cost


def test_the_first_of_the_grid_that_keeps_the_promise_is_found():
    grid = par_13.grid()
    assert [one.cost for one in grid] == sorted(one.cost for one in grid)
    at = grid.index(PAR)
    assert par_13.cheapest(grid[at - 3 : at + 2])[0] == PAR


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(sentence="late"), '"early" or "groups"'),
        (Plan(door=0.5), "from 1 to 20"),
        (Plan(room="x"), "not a number"),
        (Plan(line="yes"), "True or False"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence(plan, says):
    reply = ask("cheapest_plan", plan)
    assert reply.error == "not an answer" and says in reply.said
    assert says in repr(plans.rehearse(plan))


def test_a_rehearsal_tells_three_evenings_of_each_weather_and_waits_for_blanks():
    told = repr(plans.rehearse(PAR))
    assert "1,325 dollars" in told and told.count(" %") == 6
    for blank in (..., Plan(door=...)):
        assert repr(plans.rehearse(blank)).startswith("Write a plan")


# --- a stop rule ---------------------------------------------------------------------------------


def cost_by_hand(minute, below):
    """What a rule costs an evening, added up evening by evening from what was seen."""
    dollars = 0.0
    for one in stopping.watched():
        stops, bad = one.share_in[minute - 1] < below / 100, one.kept < 0.9
        dollars += 3_000 * stops + (12_000 * (minute / 15 if stops else 1) if bad else 0)
    return dollars / len(stopping.watched())


def test_the_evenings_have_both_crowds_and_some_are_bad():
    seen = stopping.watched()
    assert len(seen) == 2 * 3 * 20
    assert {one.crowd for one in seen} == {12_000, 24_000}
    assert 10 < sum(one.bad for one in seen) < 40
    assert all(one.crowd == 24_000 for one in seen if one.bad)


@pytest.mark.parametrize("rule", [(3, 96), (1, 95), (8, 90), (15, 20)], ids=str)
def test_a_rule_costs_what_its_evenings_cost(rule):
    assert stopping.tried(*rule).cost == pytest.approx(cost_by_hand(*rule))


def test_no_rule_of_the_grid_costs_less_than_par():
    par, cost = stopping.par(), stopping.sweep()["cost"]
    assert cost == pytest.approx(cost_by_hand(par.minute, par.below))
    every = [cost_by_hand(minute, below) for minute in range(1, 16) for below in range(0, 101, 4)]
    assert cost <= min(every)
    assert cost < 0.7 * stopping.never().cost and cost < 0.7 * stopping.always().cost


WRONG_RULES = {
    "it never stops": (Rule(3, 20), (3, 90)),
    "it always stops": (Rule(1, 100), (3, 100)),
    "too late": (Rule(12, 90), None),
    "too early": (Rule(1, 96), None),
    "too patient": (Rule(3, 86), None),
    "nobody decides": (Rule(3, 96, "everybody"), (8, 96)),
}


@pytest.mark.parametrize("idea", WRONG_RULES)
def test_a_wrong_rule_meets_its_bill_and_a_better_one(idea):
    rule, other = WRONG_RULES[idea]
    bill = f"{cost_by_hand(rule.minute, rule.below):,.0f} dollars an evening"
    reply = ask("stop_rule", rule)
    is_wrong(reply, idea, bill)
    if other:
        assert f"{cost_by_hand(*other):,.0f} dollars an evening" in reply.said
    else:
        bills = [float(one.replace(",", "")) for one in re.findall(r"([\d,]+) dollars", reply.said)]
        assert bills[1] < bills[0]


def test_a_strict_rule_hears_of_a_milder_one():
    strict = next(
        one
        for one in (Rule(minute, 99.9) for minute in (2, 3, 4))
        if ask("stop_rule", one).error in ("too strict", "it always stops")
    )
    assert "false alarms" in ask("stop_rule", strict).said


def test_a_rule_near_par_is_right_and_hears_what_never_and_always_cost():
    reply = ask("stop_rule", Rule(3, 95, "Ada"))
    assert reply.verdict == YES and "Ada" in reply.said
    for one in (stopping.never(), stopping.always()):
        assert f"{one.cost:,.0f} dollars" in reply.said


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (Rule(0, 50), "from 1 to 15"),
        (Rule(2.5, 50), "from 1 to 15"),
        (Rule(3, 150), "from 0 to 100"),
        (Rule(3, 50, 7), "who decides"),
    ],
    ids=str,
)
def test_a_rule_that_makes_no_sense_gets_a_sentence(rule, says):
    reply = ask("stop_rule", rule)
    assert reply.error == "not an answer" and says in reply.said
    assert says in repr(stopping.rehearse_rule(rule))


def test_the_practice_table_shows_the_bad_evenings_first():
    rows = stopping.practice_table().splitlines()[2:]
    kinds = [row.split()[0] for row in rows]
    assert kinds == sorted(kinds) and set(kinds) == {"bad", "good"} and len(rows) == 18
    assert max(map(len, rows)) < 100


# --- the own launch ------------------------------------------------------------------------------


@functools.cache
def own_line(invitation="early", **changed):
    return own.lowest(checked(SHEET).with_values(invitation=invitation, **changed))


WRONG_OWN = {
    "hope": lambda: SHEET["expected"],
    "seats": lambda: SHEET["hold"],
    "the kindest weather": lambda: lines.line_of(
        checked(SHEET).with_values(invitation="early"), "calm"
    ),
    "everybody obeys": lambda: own_line(heed=100),
    "the sentence forgotten": lambda: own_line("as it is"),
    "too many": lambda: 1.25 * own_line(),
    "too careful": lambda: 0.2 * own_line(),
}


@pytest.mark.parametrize("idea", WRONG_OWN)
def test_a_wrong_promise_meets_its_own_crowd(idea):
    crowd = WRONG_OWN[idea]()
    is_wrong(ask("own_promise", crowd), idea, "A crowd of ", "when everyone comes at once")
    assert Progress.here().entry("launch_sheet", "your_launch") is None


def test_the_own_promise_is_kept_with_its_sentence_on_the_launch_sheet():
    reply = ask("own_promise", own_line())
    assert reply.verdict == YES and down(own_line("as it is")) in reply.said
    kept = Progress.here().entry("launch_sheet", "your_launch")
    assert kept["crowd"] == own_line() and kept["sentence"] == WORDS
    assert own_line() > 1.5 * own_line("as it is"), "the sentence would be worth nothing"


def test_the_example_is_not_kept():
    example = {key: one.value for key, one in launches.EXAMPLE.items()}
    reply = ask("own_promise", own.promised(example, "early"), sheet=example)
    assert reply.verdict == YES and "example numbers" in reply.said
    assert Progress.here().entry("launch_sheet", "your_launch") is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"sheet": 5}, "The sheet is missing"),
        ({"sheet": SHEET | {"expected": "many"}}, "not a number"),
        ({"sheet": SHEET | {"hold": ...}}, "still blank"),
        ({"sheet": SHEET | {"colour": 3}}, "no line 'colour'"),
        ({"sheet": {"expected": 5_000}}, "Still to fill in"),
        ({"invitation": "late"}, '"early" or "groups"'),
        ({"sentence": "Come!"}, "The sentence is"),
        ({"sentence": 7}, "The sentence is"),
    ],
    ids=lambda one: str(one)[:24],
)
def test_a_sheet_or_sentence_that_makes_no_sense_gets_a_sentence(more, says):
    reply = ask("own_promise", 5_000, **more)
    assert reply.error == "not an answer" and says in reply.said


def test_a_launch_that_can_promise_nobody_is_told_so():
    hopeless = SHEET | {"join_rate": 0.01, "promise_share": 100, "promise_minutes": 0.1}
    is_wrong(ask("own_promise", 500, sheet=hopeless), "no crowd at all", "No crowd is small enough")
    assert ask("own_promise", 0, sheet=hopeless).verdict == YES


def test_the_committed_search_is_what_the_checks_read():
    found = json.loads(plans.PAR_FILE.read_text(encoding="utf-8"))
    assert found["plan"]["kept"] == plans.tried(plans.par()).kept
    assert found["stop"]["never"] == pytest.approx(stopping.never().cost)
