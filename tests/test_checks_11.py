"""The checks of unit 11: right, blank, and each wrong idea with the histories that follow from it."""

import math

import numpy as np
import pytest
from page_replies import replies

from authoring import par_11
from loadbearing import roadmap
from loadbearing.checks import check
from loadbearing.checks import unit_11_launch as launching
from loadbearing.checks import unit_11_reading as reading
from loadbearing.checks import unit_11_rule as rule
from loadbearing.checks import unit_11_splits as splits
from loadbearing.checks.plans import PRACTICE
from loadbearing.checks.reply import NO, NOT_YET, YES, AnswerError
from loadbearing.checks.unit_11 import CHECKS
from loadbearing.checks.unit_11_splits import Plan, Spend, rehearse
from loadbearing.launch import first_line
from loadbearing.learning import enough, guess
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people
from loadbearing.words import avoided_in

SHEET = {one.key: one.example for one in first_line.INPUTS}
OWN = SHEET | {"expected": 30_000}
GIVEN = {"prepared_for": {"costs": launching.EXAMPLE, "sheet": SHEET}}
NAMES = [f"the_roadmap.{name}" for name in CHECKS]
EVEN, BOLD = Spend(features=5, capacity=5), Spend(features=9, capacity=1)
ALL_DOOR = Spend(features=0, capacity=10)


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_roadmap.{name}", answer, **(GIVEN.get(name, {}) | more))


def is_wrong(reply, idea, *numbers):
    """The reply names this idea, and says these numbers."""
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers:
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


# --- the notebooks -------------------------------------------------------------------------------


def test_every_answer_of_the_solution_is_right(monkeypatch):
    given = replies("solutions", "11_the_roadmap", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, YES)


def test_every_blank_of_the_exercise_is_not_yet_an_answer(monkeypatch):
    given = replies("exercises", "11_the_roadmap", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, NOT_YET)
    assert not any(reply.hint for reply in given.values()), "a hint before anything was tried"


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank)
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"the_roadmap.{name}") is None


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


# --- the history that is read --------------------------------------------------------------------


def test_the_table_shows_what_the_answers_are_read_from():
    """Both columns of the subtraction stand in it, rounded to three digits, which is near enough."""
    one = reading.row()
    line = reading.table().splitlines()[1 + reading.QUARTER]
    assert people(one.grown) in line and people(one.after) in line
    as_read = round(one.grown, -3) - round(one.after, -2)
    assert ask("lost_audience", as_read).verdict == YES
    assert "fault" not in reading.table() and "spike" not in reading.table()


def test_what_was_lost_is_half_of_those_who_were_not_in():
    """Half of them stay away: .5 (1 - share) of the audience after the release, worked from the row."""
    one = reading.row()
    assert reading.lost() == pytest.approx(0.5 * (1 - one.share) * one.grown)
    assert one.after > one.audience, "the trap: it grew all the same"


WRONG_LOSS = {
    "everybody is gone for good": (lambda one: one.came * (1 - one.share), "stayed away for ever"),
    "the growth is forgotten": (lambda one: one.after - one.audience, "more, not fewer"),
    "the larger from the smaller": (lambda one: one.after - one.grown, "without the minus"),
    "a share is no number of people": (lambda one: 1 - one.share, "share who were not in"),
    "who came for who would come": (lambda one: one.came - one.after, "how many came"),
    "other": (lambda one: 40_000, "82,000 would come"),
}


@pytest.mark.parametrize("idea", WRONG_LOSS)
def test_a_wrong_loss_meets_the_audience(idea):
    answer, said = WRONG_LOSS[idea]
    if idea == "who came for who would come":
        # Turn-out is near one here, so this idea nearly gives the right number: near enough counts as right.
        assert ask("lost_audience", answer(reading.row())).verdict in (YES, NO)
        return
    if idea == "other":
        said = f"{people(reading.row().grown - 40_000)} would come"
    is_wrong(ask("lost_audience", answer(reading.row())), idea, said, people(reading.row().after))


@pytest.mark.parametrize("answer", [0, -2_300, 1e12, -1e12])
def test_any_number_of_people_gets_a_reply(answer):
    assert ask("lost_audience", answer).verdict == NO


def test_the_cause_is_found_by_comparing_with_a_quarter_that_went_well():
    bad, fine = reading.row(), reading.row(8)
    assert bad.fault and not bad.spike and fine.share >= roadmap.BAD
    assert reading.per_handler(fine) > reading.per_handler(bad)
    assert ask("bad_quarter", " Fault ").verdict == YES
    is_wrong(ask("bad_quarter", "spike"), "every bad evening is a spike", "100 % in")
    is_wrong(ask("bad_quarter", "growth"), "grown too large", "100 %")
    assert ask("bad_quarter", "weather").error == "not an answer"


# --- two splits ----------------------------------------------------------------------------------


def two(first, then, quarter=4):
    return Plan(first=first, then=then, from_quarter=quarter)


def test_par_is_par_and_its_neighbours_are_right_or_break_the_promise():
    par = splits.par()
    assert ask("two_splits", par).verdict == YES
    trial = splits.tried(par)
    assert trial.keeps and round(trial.score) == splits.sweep()["par"]["score"]
    for quarter in (3, 5):
        reply = ask("two_splits", two(par.first, par.then, quarter))
        assert reply.verdict == YES or reply.error == "too many bad evenings"


def test_a_trial_is_the_mean_of_single_histories():
    plan = two(EVEN, ALL_DOOR)
    rows = [roadmap.play(roadmap.PLAIN, splits.spent(plan), seed) for seed in (501, 502, 503)]
    trial = splits.tried(plan, range(501, 504))
    assert trial.score == pytest.approx(np.mean([roadmap.total(one) for one in rows]))
    assert trial.bad == pytest.approx(np.mean([roadmap.bad(one) for one in rows]))
    assert [tuple(row.spend) for row in rows[0]] == [tuple(EVEN)] * 3 + [tuple(ALL_DOOR)] * 5


WRONG_PLANS = {
    "growth outruns the door": two(BOLD, BOLD),
    "best on what was seen": two(Spend(6, 4), Spend(3, 7), 6),
    "no bad evening at any price": two(ALL_DOOR, ALL_DOOR),
    "the same all along": two(Spend(3, 5, 1, 0, 1), Spend(3, 5, 1, 0, 1)),
    "everything a little": two(Spend(3, 4, 1, 1, 1), Spend(2, 5, 1, 1, 1), 5),
    "capacity alone": two(Spend(4, 6), Spend(3, 7), 5),
    "too many bad evenings": two(Spend(6, 3, 0, 0, 1), Spend(4, 5, 0, 0, 1), 5),
    "other": two(Spend(3, 6, 0, 0, 1), Spend(2, 6, 1, 0, 1)),
}


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_the_histories_of_its_own_idea(idea):
    plan = WRONG_PLANS[idea]
    trial = splits.tried(plan)
    is_wrong(
        ask("two_splits", plan), idea, f"{trial.bad:.2f} bad evenings", people(abs(trial.score))
    )


def test_the_plan_that_fits_the_practice_histories_fails_on_others():
    plan = WRONG_PLANS["best on what was seen"]
    seen, unseen = splits.tried(plan, PRACTICE), splits.tried(plan)
    assert seen.bad == 0 and unseen.bad > 1 and seen.score > 2 * unseen.score


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (two(Spend(5, 4), EVEN), "In first: The parts add up to 9"),
        (two(EVEN, Spend(10, 0)), "In then: capacity is 0"),
        (two(EVEN, EVEN, 9), "from_quarter is 9"),
        (two(EVEN, EVEN, 2.5), "from_quarter is 2.5"),
        (two("much", EVEN), "first is 'str'"),
        (two(Spend(5, "five"), EVEN), "capacity is 'five'"),
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence(plan, why):
    reply = ask("two_splits", plan)
    assert reply.error == "not an answer" and why in reply.said
    assert why in repr(rehearse(plan))


def test_a_plan_with_a_blank_is_not_yet_one():
    assert ask("two_splits", Plan()).verdict == NOT_YET
    assert ask("two_splits", two(Spend(features=...), EVEN)).verdict == NOT_YET
    assert repr(rehearse(Plan())).startswith("Fill in your plan")


def test_practice_shows_three_histories_and_none_of_those_that_judge():
    told = repr(rehearse(two(EVEN, ALL_DOOR)))
    assert told.count("History ") == 3 and not set(PRACTICE) & set(splits.UNSEEN)
    assert max(map(len, told.splitlines())) <= 100
    long = two(Spend(4, 3, 1, 1, 1), Spend(1, 6, 1, 1, 1))
    assert max(map(len, repr(rehearse(long)).splitlines())) <= 100
    rows = roadmap.play(roadmap.PLAIN, splits.spent(two(EVEN, ALL_DOOR)), 2)
    assert f"History 2: {people(roadmap.total(rows))} carried" in told


def test_the_sweep_is_what_a_part_of_it_finds_again(monkeypatch):
    """The whole sweep takes a minute: here with the splits that the committed results name, and some more."""
    held = splits.sweep()
    named = {tuple(one[key]) for one in held.values() if isinstance(one, dict) and "first" in one
             for key in ("first", "then")}  # fmt: skip
    some = [roadmap.Spend(*one) for one in sorted(named | {tuple(EVEN), tuple(BOLD)})]
    monkeypatch.setattr(par_11.roadmap, "spends", lambda company: tuple(some))
    found = par_11.results()
    assert found["plans"] == len(some) * (1 + 7 * (len(some) - 1))
    assert {k: v for k, v in found.items() if k != "plans"} == {
        k: v for k, v in held.items() if k != "plans"
    }
    assert held["plans"] == 68 * (1 + 7 * 67)


# --- the rule ------------------------------------------------------------------------------------


def test_the_rule_rents_whole_parts_and_gives_the_rest_to_features():
    plan = rule.first_the_door(lambda audience: audience / 200)
    # 20,000 people need 100 handlers, one part; 30,100 need 150.5, two; a million more than there are.
    assert [plan(1, one).capacity for one in (20_000, 30_100, 1e6)] == [1, 2, 8]
    assert [sum(plan(1, one)) for one in (20_000, 30_100, 1e6)] == [10, 10, 10]
    assert plan(1, 20_000) == (7, 1, 1, 0, 1)


def test_the_best_number_of_people_is_right_and_so_are_its_neighbours():
    best = splits.sweep()["rule"]["each"]
    for each in (best - 20, best, best - 5):
        assert ask("first_the_door", rule.for_each(each)).verdict == YES
    assert rule.with_each(best).keeps and not rule.with_each(best + 5).keeps


WRONG_LINES = {
    "on paper": lambda audience: audience / 1000,
    "just enough": lambda audience: audience / 250,
    "for the worst crowd": lambda audience: audience / 50,
    "the same for every crowd": lambda audience: 300,
}


@pytest.mark.parametrize("idea", WRONG_LINES)
def test_a_wrong_line_meets_the_histories_it_makes(idea):
    trial = rule.played(WRONG_LINES[idea])
    is_wrong(ask("first_the_door", WRONG_LINES[idea]), idea, str(trial))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (lambda audience: "many", "gives 'str'"),
        (lambda audience: audience / 0, "ZeroDivisionError"),
        (lambda audience: -1, "gives -1 handlers"),
        (lambda audience: math.inf, "gives 'float'"),
        (lambda: 5, "TypeError"),
    ],
)
def test_a_line_that_makes_no_sense_gets_a_sentence(line, why):
    reply = ask("first_the_door", line)
    assert reply.error == "not an answer" and why in reply.said
    assert why in rule.shown(line)


def test_a_line_that_returns_nothing_is_not_yet_one():
    assert ask("first_the_door", lambda audience: None).verdict == NOT_YET
    assert "still blank" in rule.shown(lambda audience: ...)


# --- the crowd to prepare for --------------------------------------------------------------------


def test_the_crowd_to_prepare_for_is_the_newsvendors():
    """Nine to one: the ninth tenth of the range, by the published rule in logarithms."""
    given = launching.checked_costs(launching.EXAMPLE)
    side = 1.6448536269514722
    mean = (math.log(5_000) + math.log(60_000)) / 2
    spread = (math.log(60_000) - math.log(5_000)) / (2 * side)
    assert given.right == pytest.approx(math.exp(enough(mean, spread, short=9, spare=1)), rel=1e-3)
    reply = ask("prepared_for", given.right)
    assert reply.verdict == YES and people(given.right) in reply.said
    assert min((given.cost(one), one) for one in np.arange(30_000, 60_000, 500))[
        1
    ] == pytest.approx(given.right, rel=0.02)


def test_no_other_answer_costs_less():
    given = launching.checked_costs(launching.EXAMPLE)
    for one in (20_000, 32_500, 60_000, 100_000):
        assert given.cost(one) > given.cost(given.right)


WRONG_CROWDS = {
    "for the expected crowd": 20_000,
    "upside down": guess(5_000, 60_000).quantile(0.1),
    "the middle of both ends": 32_500,
    "at any price": 60_000,
    "too many": 57_000,
    "too few": 25_000,
}


@pytest.mark.parametrize("idea", WRONG_CROWDS)
def test_a_wrong_crowd_meets_what_it_costs(idea):
    given = launching.checked_costs(launching.EXAMPLE)
    answer = WRONG_CROWDS[idea]
    is_wrong(ask("prepared_for", answer), idea, people(given.cost(answer)), people(given.right))


def test_who_pays_dearly_for_each_person_is_told_that_the_highest_crowd_is_too_few():
    """At 99 to 1 it is the crowd exceeded once in a hundred: above the high end, which is exceeded once in twenty."""
    costs = launching.EXAMPLE | {"turned_away": 99.0}
    assert launching.checked_costs(costs).right > costs["high"]
    is_wrong(ask("prepared_for", costs["high"], costs=costs), "too few")


def test_an_own_number_is_kept_and_the_examples_are_not():
    right = launching.checked_costs(launching.EXAMPLE).right
    assert "example numbers" in ask("prepared_for", right).said
    assert Progress.here().entry("launch_sheet", "the_roadmap") is None
    costs = launching.EXAMPLE | {"turned_away": 3.0}
    mine = launching.checked_costs(costs).right
    reply = ask("prepared_for", mine, costs=costs, sheet=OWN)
    assert reply.verdict == YES and "on your launch sheet" in reply.said
    kept = Progress.here().entry("launch_sheet", "the_roadmap")
    assert kept["prepared_for"] == mine and kept["times_expected"] == mine / 30_000
    assert (kept["low"], kept["high"], kept["turned_away"]) == (5_000, 60_000, 3.0)


@pytest.mark.parametrize(
    ("costs", "why"),
    [
        (None, "not yet"),
        ({"low": 5}, "give costs with low, high"),
        (launching.EXAMPLE | {"low": 0}, "low is 0"),
        (launching.EXAMPLE | {"high": 5_000}, "The range is 5000 to 5000"),
        (launching.EXAMPLE | {"idle": "cheap"}, "'cheap' is not a number"),
    ],
)
def test_costs_that_make_no_sense_get_a_sentence(costs, why):
    if costs is None:
        assert ask("prepared_for", 5, costs=None).verdict == NOT_YET
        return
    with pytest.raises(AnswerError, match=why):
        launching.checked_costs(costs)
    assert why in ask("prepared_for", 5_000, costs=costs).said
