"""The checks of unit 08: right, blank, and each wrong idea with the run that follows from it, played by hand."""

import dataclasses
import functools
import json

import numpy as np
import pytest
from page_replies import replies

from authoring import par_08
from loadbearing import cases, readings, simulate
from loadbearing.checks import check
from loadbearing.checks import unit_08_launch as launching
from loadbearing.checks import unit_08_plan as plans
from loadbearing.checks import unit_08_reading as reading
from loadbearing.checks import unit_08_saving as saving
from loadbearing.checks.reply import NO, NOT_YET, YES, AnswerError
from loadbearing.checks.unit_08 import CHECKS
from loadbearing.checks.unit_08_plan import Plan
from loadbearing.launch import first_line
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.team import PARTS, nights, of, remedy, retold, taught, team_of, without
from loadbearing.team.formulas import share_in_after
from loadbearing.units import share
from loadbearing.words import avoided_in

CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
SHEET = {one.key: one.example for one in first_line.INPUTS}
TEAM = launching.EXAMPLE
GIVEN = {"saving": {"own": saving.EXAMPLE}, "minutes_to_act": {"team": TEAM, "sheet": SHEET}}
NAMES = [f"the_team.{name}" for name in CHECKS]


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_team.{name}", answer, **(GIVEN.get(name, {}) | more))


def is_wrong(reply, idea, *numbers):
    """The reply names this idea, and says these numbers."""
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers:
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


# --- the notebooks -------------------------------------------------------------------------------


def test_every_answer_of_the_solution_is_right(monkeypatch):
    given = replies("solutions", "08_the_team", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, YES)


def test_every_blank_of_the_exercise_is_not_yet_an_answer(monkeypatch):
    given = replies("exercises", "08_the_team", monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == dict.fromkeys(NAMES, NOT_YET)
    assert not any(reply.hint for reply in given.values()), "a hint before anything was tried"


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank)
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"the_team.{name}") is None


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("answer", [object(), "xyz", float("nan"), [], True, b"5"], ids=repr)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    reply = ask(name, answer)
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    assert reply.said.endswith(".") and "object at 0x" not in reply.said


def test_hints_use_no_word_that_the_course_avoids():
    for one in CHECKS.values():
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- one night -----------------------------------------------------------------------------------


@functools.cache
def that_night(**changes):
    """(minutes until the line opens, share in) of the night that is read, with some inputs changed."""
    called = {"team": without("D"), "on_call": 2, "free": 0.8, **CALM, **changes}
    run = simulate(cases.build("the_call", called).scaled(0.1), 2, sample=0, progress=False)
    return (remedy(retold(run), new=False).at_s - 180) / 60, readings.share_in(run)


HALVED = {
    "alarm": ("alert", {"alert_every_s": 30.0}),
    "answer": ("answering", {"ack_s": 60.0}),
    "first look": ("first look", {"looks_s": 60.0}),
    "acting": ("the acting", {"acts_s": 30.0}),
}


@pytest.mark.parametrize("step", HALVED)
def test_a_step_that_is_not_the_longest_meets_the_night_on_which_it_is_half_as_long(step):
    typed, changes = HALVED[step]
    (was, in_all), (now, in_now) = that_night(), that_night(**changes)
    assert was - 3.5 < now <= was
    is_wrong(
        ask("longest_step", typed), step, f"{now:.1f}", f"{was:.1f}", share(in_all), share(in_now)
    )


def test_finding_is_the_longest_step_and_half_of_it_saves_many_people():
    (was, in_all), (now, in_now) = that_night(), that_night(searches_s=1_800.0)
    assert was - now > 10 and in_now > in_all + 0.2
    reply = ask("longest_step", "Finding")
    assert reply.verdict == YES and f"{now:.1f}" in reply.said and share(in_now) in reply.said


def test_the_steps_of_the_night_add_up_to_it():
    assert sum(reading.step_minutes().values()) == pytest.approx(that_night()[0])
    rows = [line.split()[0] for line in reading.night_table().splitlines() if "." in line[:8]]
    assert float(rows[0]) == 0 and float(rows[-1]) == pytest.approx(that_night()[0], abs=0.05)
    assert len(rows) == 7


def after_first_look():
    """The minutes until somebody has had a first look, as the table says them."""
    row = next(line for line in reading.night_table().splitlines() if "first look" in line)
    return float(row.split()[0])


WRONG_SAVED = {
    "the whole night": lambda: that_night()[0],
    "the page alone": lambda: that_night()[0] - 3,
    "the search alone": lambda: reading.step_minutes()["finding"],
    "when it opens": lambda: after_first_look() + 3,
    "other": lambda: 20,
}


@pytest.mark.parametrize("idea", WRONG_SAVED)
def test_wrong_minutes_meet_the_night_with_a_page(idea):
    (was, in_all), (now, in_now) = that_night(), that_night(pages=("store",))
    numbers = (f"{was:.0f}", f"{now:.0f}", share(in_all), share(in_now))
    is_wrong(ask("page_saved", WRONG_SAVED[idea]()), idea, *numbers)


def test_what_a_page_saves_can_be_read_off_the_log_or_played():
    was, now = that_night()[0], that_night(pages=("store",))[0]
    assert ask("page_saved", was - after_first_look() - 3).verdict == YES
    assert ask("page_saved", was - now).verdict == YES
    assert "3 minutes on average" in ask("page_saved", was - now).said


def test_the_search_as_the_reply_before_says_it_is_not_what_a_page_saves():
    search = round(reading.step_minutes()["finding"], 1)
    assert f"took {search} of" in ask("longest_step", "finding").said
    is_wrong(ask("page_saved", search), "the search alone")


# --- a plan --------------------------------------------------------------------------------------


@functools.cache
def kept(letters, pages=(), teach=None, rehearsed=False, seeds=plans.UNSEEN):
    """The share of nights on which the line is open within 25 minutes, by hand."""
    people = taught(without("D"), *teach) if teach else without("D")
    team = dataclasses.replace(
        team_of(cases.get("the_call")),
        people=of(letters, people), pages=pages, rehearsed=rehearsed, free=0.8,
    )  # fmt: skip
    return float(np.mean(nights.ordinary_nights(team, seeds, 0.25) <= 1_500))


def of_a_hundred(*plan):
    return f"kept on {100 * kept(*plan):.0f} of 100 nights"


SEVEN = "ABCEFGH"
WRONG_PLANS = {
    "more hands": (Plan("ACEF"), lambda: [of_a_hundred("ACEF"), of_a_hundred(SEVEN), of_a_hundred("ACEF", ("store",))]),
    "pages for everything": (
        Plan("AE", PARTS),
        lambda: [of_a_hundred("AE", PARTS), of_a_hundred(SEVEN, PARTS), of_a_hundred("ACEF", ("store",))],
    ),
    "a page for what all know": (
        Plan(SEVEN, ["door"]),
        lambda: [of_a_hundred(SEVEN, ("door",)), of_a_hundred(SEVEN, ("store",))],
    ),
    "a lesson in what is known": (
        Plan("ABCEFG", teach=("A", "count")),
        lambda: [of_a_hundred("ABCEFG", (), ("A", "count")), of_a_hundred("ABCEFG", (), ("A", "store"))],
    ),
    "rehearsed, not known": (
        Plan(SEVEN, rehearsed=True),
        lambda: [of_a_hundred(SEVEN, (), None, True), of_a_hundred(SEVEN, ("store",))],
    ),
    "too few": (Plan("AB", "store"), lambda: [of_a_hundred("AB", ("store",)), of_a_hundred("ABE", ("store",))]),
    "over-bought": (
        Plan(SEVEN, ["store"]),
        lambda: [of_a_hundred(SEVEN, ("store",)), "36 % less"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_its_own_nights(idea):
    plan, numbers = WRONG_PLANS[idea]
    is_wrong(ask("night_plan", plan), idea, *numbers())


def test_a_plan_that_just_misses_the_promise_is_not_told_that_it_keeps_it():
    plan = Plan("BEH", ["store"], ("B", "line"))
    assert 0.895 < kept("BEH", ("store",), ("B", "line")) < 0.9, "found by trying plans"
    assert "kept on 89.8 of 100" in ask("night_plan", plan).said


def test_a_lesson_in_the_unknown_part_with_too_few_people_wants_one_more():
    reply = ask("night_plan", Plan("AE", teach=("A", "store")))
    is_wrong(reply, "too few", of_a_hundred("AE", (), ("A", "store")))
    assert "same lesson" not in reply.said


def test_the_night_as_it_was_is_no_plan_yet():
    reply = ask("night_plan", Plan(SEVEN))
    assert reply.verdict == NOT_YET and of_a_hundred(SEVEN) in reply.said


def test_par_keeps_the_promise_and_so_may_others_for_the_same_money():
    found, best = plans.sweep(), plans.par()
    assert kept(best.on_call, best.pages) == pytest.approx(found["par"]["kept"], abs=1e-4)
    assert ask("night_plan", best).verdict == YES
    other = plans.plan_of(found["as_cheap"][-1])
    assert other != best and other.cost == best.cost and ask("night_plan", other).verdict == YES
    assert ask("night_plan", Plan("abe", ["count", "store"])).verdict == YES, (
        "within a tenth of par"
    )


def test_no_plan_that_is_cheaper_than_par_keeps_the_promise_by_hand_or_by_play():
    best = plans.par()
    cheaper = [one for one in par_08.every_plan() if one.cost < best.cost]
    assert len(cheaper) > 1_000
    likely = sorted(cheaper, key=plans.by_formula)[-3:]
    assert all(plans.by_formula(one) < 0.9 for one in likely)
    assert all(kept(one.on_call, one.pages, one.teach, one.rehearsed) < 0.9 for one in likely)


@pytest.mark.parametrize(
    "plan", [Plan(SEVEN), Plan("ACEF", ("store",)), Plan("ACEF", (), ("C", "store"))], ids=str
)  # fmt: skip
def test_the_formula_holds_within_two_points_and_a_half(plan):
    """Found in time if somebody who knows is reached, or by a page if the fault is known. 4,000 other nights."""
    played = kept(plan.on_call, plan.pages, plan.teach, seeds=range(5_001, 9_001))
    assert played == pytest.approx(plans.by_formula(plan), abs=0.025)


def test_a_page_that_is_done_in_vain_costs_those_who_know_their_time():
    """Two, two, two, three for the page, five in vain, eight to find, one to act: 23 minutes, with luck up to 30."""
    pages, played = Plan("AE", PARTS), kept("AE", PARTS)
    assert played < plans.by_formula(pages) - 0.01


def test_the_formula_by_hand():
    """Known: the store by nobody, the line by A and C, all else by three or more of the seven."""
    line, three, four = 1 - 0.2**2, 1 - 0.2**3, 1 - 0.2**4
    # sign-in A B F G, door A B E G, sound B C E H, count E F H
    assert plans.by_formula(Plan(SEVEN)) == pytest.approx(
        (4 + 0) / 6 * four * 3 / 4 + (line + three) / 6
    )


def test_the_file_of_par_is_written_as_the_sweep_writes_it():
    text = plans.PAR_FILE.read_text(encoding="utf-8")
    assert par_08.text(json.loads(text)) == text
    assert json.loads(text)["promise"] == plans.promise()
    trials = [plans.tried(Plan("A", ("store",))), plans.tried(Plan(SEVEN, ("store",)))]
    assert [one.holds for one in trials] == [False, True]


def test_a_rehearsal_shows_other_nights_than_those_of_the_check():
    lines = repr(plans.rehearse(Plan("ACEF", ["store"]))).splitlines()
    assert len(lines) == 14 and "1,600 dollars" in lines[0] and "of 12" in lines[-1]
    assert not set(plans.PRACTICE) & set(plans.UNSEEN)
    assert "Fill in" in repr(plans.rehearse(Plan(...)))
    with pytest.raises(AnswerError, match="write Plan"):
        plans.rehearse("ACEF")


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan("AD"), "nobody called 'D'"),
        (Plan(5), "letters in quotes"),
        (Plan(""), "on_call is empty"),
        (Plan("A", ["stor"]), "store"),
        (Plan("A", 7), "names of parts"),
        (Plan("A", (), "A"), "a letter and a part"),
        (Plan("A", (), ("D", "store")), "teach names 'D'"),
        (Plan("A", (), ("A", "shop")), "teach has 'shop'"),
        (Plan("A", (), None, "yes"), "True or False"),
    ],
    ids=str,
)
def test_a_plan_that_makes_no_sense_is_answered_by_a_sentence(plan, says):
    reply = ask("night_plan", plan)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said
    assert says in repr(plans.rehearse(plan)) and str(plan).startswith("Plan(")


def test_a_plan_may_be_written_in_several_ways():
    same = [
        Plan("feca", "store"),
        Plan(["A", "C", "E", "F"], ("store",)),
        Plan("A, C, E, F", {"store"}),
    ]
    assert {plans.checked_plan(one) for one in same} == {Plan("ACEF", ("store",))}


# --- a page or a lesson --------------------------------------------------------------------------


@functools.cache
def in_time_if(new_share, pages=(), teach=None):
    """Of a hundred nights on which the store fails, those on which the line is open within 25 minutes."""
    people = taught(without("D"), *teach) if teach else without("D")
    team = dataclasses.replace(
        team_of(cases.get("the_call")), people=people, pages=pages, free=0.8, part="store"
    )
    took = [
        nights.remedy_s(dataclasses.replace(team, new=nights.by_lot(team, seed, new_share).new), seed)
        for seed in range(501, 1_501)
    ]  # fmt: skip
    return f"{100 * np.mean(np.array(took) <= 1_500):.0f} of 100"


WRONG_SHARES = {
    "who can be reached": 80,
    "a coin": 50,
    "never": 100,
    "last year": 25,
    "always": 0,
    "other": 37,
}


@pytest.mark.parametrize("idea", WRONG_SHARES)
def test_a_wrong_share_of_new_faults_meets_nights_with_a_page_and_with_a_lesson(idea):
    given = WRONG_SHARES[idea]
    page = in_time_if(given / 100, pages=("store",))
    lesson = in_time_if(given / 100, teach=("C", "store")).removesuffix(" of 100")
    is_wrong(ask("page_or_lesson", given), idea, f"page helps on {page}", f"lesson on {lesson}")


def test_at_one_fifth_of_new_faults_page_and_lesson_help_alike():
    """A page helps with 1 - n of the faults, a lesson whenever one can be reached, .8: n = .2."""
    assert ask("page_or_lesson", 20).verdict == YES
    assert saving.helped(True, 0.2) == pytest.approx(0.8, abs=0.03)
    assert saving.helped(False, 0.2) == pytest.approx(0.8, abs=0.03)
    is_wrong(ask("page_or_lesson", 0.2), "fraction")
    assert "no share" in ask("page_or_lesson", 120).said


# --- saving against loss -------------------------------------------------------------------------


@functools.cache
def in_without(letters, part):
    """The share in on evenings of the lab on which this part fails: the fluid after each of 24 nights."""
    scenario = cases.get("the_call")
    team = dataclasses.replace(team_of(scenario), people=without(letters), part=part)
    return float(
        np.mean([share_in_after(scenario, nights.remedy_s(team, seed)) for seed in range(1, 25)])
    )


@pytest.mark.parametrize("letters", ["", "D", "FGH"])
def test_what_the_fluid_says_of_the_store_is_what_runs_say(letters):
    scenario = cases.build("the_call", {**CALM, "team": without(letters)}).scaled(0.05)
    runs = [simulate(scenario, seed, sample=0, progress=False) for seed in range(1, 9)]
    played = np.mean([readings.share_in(run) for run in runs])
    assert played == pytest.approx(in_without(letters, "store"), abs=0.06)


@functools.cache
def mean_lost(letters):
    return np.mean([max(0.0, in_without("", part) - in_without(letters, part)) for part in PARTS])


def dollars(evenings):
    """Lost in so many evenings a year without D, with the example's crowd of 400,000 at one dollar each."""
    lost = evenings * 400_000 * mean_lost("D")
    return f"{float(f'{lost:.3g}'):,.0f} dollars"


def right_evenings():
    return 120_000 / (400_000 * mean_lost("D"))


WRONG_EVENINGS = {
    "hindsight": lambda: 120_000 / (400_000 * (in_without("", "store") - in_without("D", "store"))),
    "everybody is lost": lambda: 120_000 / 400_000,
    "upside down": lambda: 1 / right_evenings(),
    "divided twice": lambda: 6 * right_evenings(),
    "other": lambda: 1.2,
}


@pytest.mark.parametrize("idea", WRONG_EVENINGS)
def test_a_wrong_number_of_evenings_meets_what_they_lose_over_all_parts(idea):
    given = WRONG_EVENINGS[idea]()
    is_wrong(ask("saving", given), idea, f"loses {dollars(given)}", "saves 120,000 dollars")


def test_leaving_d_out_loses_where_the_store_fails_and_f_g_and_h_nowhere():
    lost = saving.lost_by_part("D")
    assert lost["store"] > 0.4 and max(lost[part] for part in PARTS if part != "store") < 0.03
    assert max(saving.lost_by_part("FGH").values()) < 0.04
    assert ask("saving", right_evenings()).verdict == YES


def test_the_saving_moves_with_the_students_own_numbers():
    own = {"salary": 60_000, "value": 0.1, "crowd": 20_000}
    right = 60_000 / (20_000 * 0.1 * mean_lost("D"))
    assert ask("saving", right, own=own).verdict == YES
    assert ask("saving", right_evenings(), own=own).verdict == NO


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (5, "Your numbers are missing"),
        ({}, "still blank: salary"),
        (saving.EXAMPLE | {"value": ...}, "still blank: value"),
        (saving.EXAMPLE | {"value": 0}, "value is 0"),
        (saving.EXAMPLE | {"crowd": "many"}, "not a number"),
    ],
)
def test_own_numbers_that_make_no_sense_are_answered_by_a_sentence(own, says):
    reply = ask("saving", 3, own=own)
    assert reply.verdict == NO and says in reply.said
    assert "no answer" in ask("saving", 0).said


# --- the launch ----------------------------------------------------------------------------------

WRONG_MINUTES = {
    "the good night": (12, TEAM),
    "an average night": (0.8 * 12 + 0.2 * 66, TEAM),
    "one step": (3, TEAM),
    "other units": (66 * 60, TEAM),
    "too short": (40, TEAM),
    "too long": (90, TEAM),
    "the worst night": (66, TEAM | {"know_it": 2}),
}


@pytest.mark.parametrize("idea", WRONG_MINUTES)
def test_wrong_minutes_meet_the_own_crowd_at_a_door_that_stands_still(idea):
    given, team = WRONG_MINUTES[idea]
    reply = ask("minutes_to_act", given, team=team)
    lost = launching.lost_after(SHEET, given)
    told = (
        "all of" if lost > 19_900 else "none of" if lost < 1 else f"{float(f'{lost:.2g}'):,.0f} of"
    )
    is_wrong(reply, idea, told)


def test_on_nine_nights_in_ten_the_worse_night_counts_unless_it_is_rare():
    """One who is reached on 80 of 100 nights leaves 20; two leave 4: 2 + 3 + 60 + 1 minutes, and 2 + 3 + 6 + 1."""
    assert launching.on_nine_in_ten(TEAM) == 66
    assert launching.on_nine_in_ten(TEAM | {"know_it": 2}) == 12
    assert launching.on_nine_in_ten(TEAM | {"reached": 90}) == 12
    assert launching.on_nine_in_ten(TEAM | {"know_it": 0}) == 66
    assert launching.on_nine_in_ten(TEAM | {"others": 4, "know_it": 2}) == 12, (
        "a better one that is rare"
    )
    assert "With one more who knows it: 12 minutes" in ask("minutes_to_act", 66).said


def test_the_longer_the_door_stands_still_the_more_are_lost():
    lost = [launching.lost_after(SHEET, minutes) for minutes in (0, 2, 5, 10, 20, 60)]
    assert lost == sorted(lost) and lost[0] == 0
    assert lost[-1] > 0.99 * SHEET["expected"] and 0.3 < lost[3] / SHEET["expected"] < 0.7


def test_a_right_number_is_kept_unless_it_is_the_examples():
    assert "example" in ask("minutes_to_act", 66).said
    assert Progress.here().entry("launch_sheet", "the_team") is None
    more = {"team": TEAM | {"others": 90}, "sheet": SHEET | {"expected": 5_000}}
    assert ask("minutes_to_act", 96, **more).verdict == YES
    entry = Progress.here().entry("launch_sheet", "the_team")
    assert entry["minutes_to_act"] == 96 and entry["lost"] == pytest.approx(5_000, rel=0.01)


@pytest.mark.parametrize(
    ("team", "says"),
    [
        (5, "The team is missing"),
        ({}, "still blank: alarm"),
        (TEAM | {"know_it": ...}, "still blank: know_it"),
        (TEAM | {"reached": 130}, "reached is 130"),
        (TEAM | {"alarm": "soon"}, "not a number"),
    ],
)
def test_a_team_that_makes_no_sense_is_answered_by_a_sentence(team, says):
    reply = ask("minutes_to_act", 66, team=team)
    assert reply.verdict == NO and says in reply.said
    assert "no answer" in ask("minutes_to_act", -3).said
