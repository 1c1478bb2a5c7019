"""Checks: a blank is not yet, and each wrong idea meets the run that follows from it."""

import collections
import functools
import inspect
import json
import math

import numpy as np
import pytest

from authoring import par
from loadbearing import Weather, cases, checks, readings, simulate
from loadbearing.checks import Plan, check, comparing, doors, plans
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.engines.door import Door, Line
from loadbearing.launch import first_line
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.scenario import Steady
from loadbearing.units import people, share
from loadbearing.words import avoided_in

HALF_PAST, BEFORE, WITHIN, SEEDS = 1800, 2520, 1500, range(501, 521)
EXAMPLE = {one.key: one.example for one in first_line.INPUTS}


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


NAMES = [name for name in checks.names() if name.startswith("the_evening.")]
"""The checks of unit 01; those of the others have tests of their own."""


def ask(name, answer, **more):
    return check(f"the_evening.{name}", answer, **more)


# --- two evenings, one curve ---------------------------------------------------------------------


@functools.cache
def calm(case, fraction=1 / 20):
    return simulate(cases.get(case).changed({"weather": Weather.calm()}).scaled(fraction), sample=0)


def inside(case, t):
    """The people in the room, counted from the listeners: joined before, not gone yet."""
    rows = calm(case).listeners
    return 20 * int(np.sum((rows["joined"] < t) & ~(rows["left"] < t)))


def ratio(t=HALF_PAST):
    return inside("slow_door", t) / inside("retry_flood", t)


def work(name, case="retry_flood", until=HALF_PAST):
    seconds = calm(case).seconds
    now = (seconds["second"] >= (0 if until == HALF_PAST else -1200)) & (seconds["second"] < until)
    return float(seconds[name][now].sum())


def dead(case="retry_flood", until=HALF_PAST):
    return 100 * work("dead_work_s", case, until) / work("work_s", case, until)


def busy():
    return 100 * work("busy_s") / work("capacity_s")


def rate(name):
    return people(20 * work(name) / HALF_PAST)


def in_both(t):
    return [people(inside("slow_door", t)), people(inside("retry_flood", t))]


WRONG_READINGS = {
    "a published moment": ("telling_time", lambda: "20:42", "published", lambda: in_both(2520)),
    "the last published moment": ("telling_time", lambda: "21:40", "published", lambda: in_both(6000)),
    "the start": ("telling_time", lambda: "20:00", "published", lambda: in_both(0)),
    "before the crowd": ("telling_time", lambda: "19:50", "before the crowd", lambda: in_both(-600)),
    "when all is over": ("telling_time", lambda: "21:10", "after they meet", lambda: in_both(4200)),
    "too soon": ("telling_time", lambda: "20:08", "too near", lambda: in_both(480)),
    "upside down": ("telling_ratio", lambda: 1 / ratio(), "upside down", lambda: in_both(HALF_PAST)),
    "per cent": ("telling_ratio", lambda: 100 * ratio(), "per cent", lambda: [f"{100 * ratio():.0f}"]),
    "a difference": (
        "telling_ratio",
        lambda: inside("slow_door", HALF_PAST) - inside("retry_flood", HALF_PAST),
        "difference",
        lambda: [people(inside("slow_door", HALF_PAST) - inside("retry_flood", HALF_PAST))],
    ),
    "a published ratio": ("telling_ratio", lambda: 1.0, "published", lambda: in_both(2520)),
    "ten minutes": ("telling_ratio", lambda: ratio(600), "too early", lambda: in_both(600)),
    "any other": (
        "telling_ratio", lambda: 2.9, "other",
        lambda: [people(inside("slow_door", HALF_PAST) / 2.9)],
    ),
    "a fraction": ("wasted_work", lambda: dead() / 100, "fraction", lambda: [rate("services")]),
    "busy is useful": ("wasted_work", busy, "busy is useful", lambda: [share(busy() / 100)]),
    "the living": ("wasted_work", lambda: 100 - dead(), "the living", lambda: [rate("services")]),
    "the whole evening": (
        "wasted_work", lambda: dead(until=7200), "whole evening",
        lambda: [share(dead(until=7200) / 100)],
    ),
    "the other evening": (
        "wasted_work", lambda: dead("slow_door"), "other evening",
        lambda: [share(dead("slow_door") / 100)],
    ),
    "more than all": ("wasted_work", lambda: 140, "out of range", lambda: ["140"]),
    "half": ("wasted_work", lambda: 50, "other", lambda: [rate("services")]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_READINGS)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, error, numbers = WRONG_READINGS[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, error)
    for number in numbers():
        assert number in reply.said, f"{idea}: {reply.said}"


def test_no_two_wrong_ideas_get_the_same_answer():
    said = collections.Counter(
        ask(name, answer()).said for name, answer, *_ in WRONG_READINGS.values()
    )
    assert said.most_common(1)[0][1] == 1


def test_the_right_reading_is_what_the_engine_gives_and_no_stored_number():
    assert ask("telling_ratio", ratio()).verdict == YES
    assert ask("wasted_work", f"{dead():.0f} %").verdict == YES
    assert rate("services") in ask("wasted_work", dead()).said


@pytest.fixture
def a_short_queue(monkeypatch):
    """The flood without what makes it one: its queue is short from the start."""
    flood = cases.retry_flood()
    short = flood.changed({"door.queue_limit": flood.door.queue_limit // 8})
    real = cases.get
    monkeypatch.setattr(cases, "get", lambda name: short if name == "retry_flood" else real(name))
    comparing.run_of.cache_clear()
    yield
    comparing.run_of.cache_clear()


def test_without_its_mechanism_the_flood_tells_and_wastes_nothing(a_short_queue):
    assert ask("telling_time", "20:30").verdict == NO
    assert ask("telling_ratio", ratio()).verdict == NO
    assert ask("wasted_work", dead()).verdict == NO


# --- plans ---------------------------------------------------------------------------------------


@functools.cache
def kept(case, handlers, queue, seeds=SEEDS, arrivals=None, people_in_all=None):
    """On how many evenings nine in ten of those before 20:42 are in within 25 minutes, by hand."""
    changes = {"door.handlers": handlers, "door.queue_limit": queue, "controllers": ()}
    if arrivals:
        changes |= {"crowd.arrivals": arrivals, "crowd.listeners": people_in_all}
    room, evenings = cases.get(case).changed(changes).scaled(1 / 50), 0
    for seed in seeds:
        rows = simulate(room, seed, sample=0).listeners
        came = rows[rows["arrived"] < BEFORE]
        evenings += np.mean(came["joined"] - came["arrived"] <= WITHIN) >= 0.9
    return int(evenings)


def of_twenty(case, handlers, queue):
    return f"kept on {kept(case, handlers, queue)} of 20 evenings"


def spread_evenly(case):
    crowd = cases.get(case).crowd
    times, arrived = crowd.arrivals.table()
    number = round(crowd.listeners * float(np.interp(BEFORE, times, arrived)))
    return dict(arrivals=Steady(from_s=-1200, until_s=BEFORE), people_in_all=number)


WRONG_PLANS = {
    "more handlers always help": (
        "flood_plan", Plan(3300, 44_000), "more handlers",
        lambda: [of_twenty("retry_flood", 4950, 44_000), of_twenty("retry_flood", 3300, 11_000)],
    ),
    "a longer queue lets more in": (
        "flood_plan", Plan(2200, 88_000), "longer queue",
        lambda: [of_twenty("retry_flood", 2200, 44_000), of_twenty("retry_flood", 2200, 22_000)],
    ),
    "fewer handlers, the same queue": (
        "flood_plan", Plan(1600, 44_000), "queue outlasts patience",
        lambda: [of_twenty("retry_flood", 1600, 11_000), "55 seconds"],
    ),
    "the average is enough": (
        "flood_plan", Plan(1200, 2000), "averages hide peaks",
        lambda: [
            of_twenty("retry_flood", 1200, 2000),
            f"kept on {kept('retry_flood', 1200, 2000, **spread_evenly('retry_flood'))} of 20",
        ],
    ),
    "hardly any handlers": (
        "flood_plan", Plan(700, 2000), "too few",
        lambda: [of_twenty("retry_flood", 1050, 2000), "350 dollars"],
    ),
    "money is no object": (
        "flood_plan", Plan(6600, 44_000), "over-bought",
        lambda: [of_twenty("retry_flood", 5280, 44_000), of_twenty("retry_flood", 5280, 11_000)],
    ),
    "refusing always cures": (
        "slow_door_plan", Plan(700, 1300), "only refusing",
        lambda: [of_twenty("slow_door", 700, 5250), of_twenty("slow_door", 1050, 1300)],
    ),
    "half as many again": (
        "slow_door_plan", Plan(1050, 5250), "averages hide peaks",
        lambda: [of_twenty("slow_door", 1050, 5250)],
    ),
    "a longer queue at the slow door": (
        "slow_door_plan", Plan(1700, 40_000), "longer queue",
        lambda: [of_twenty("slow_door", 1700, 5250), of_twenty("slow_door", 1700, 10_000)],
    ),
    "twice what is needed": (
        "slow_door_plan", Plan(3400, 5250), "over-bought",
        lambda: [of_twenty("slow_door", 2720, 5250)],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_its_own_run(idea):
    name, plan, error, numbers = WRONG_PLANS[idea]
    reply = ask(name, plan)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_the_own_door_of_an_evening_is_no_plan_yet():
    for case, name in (("retry_flood", "flood_plan"), ("slow_door", "slow_door_plan")):
        reply = ask(name, plans.that_evening(case))
        door = cases.get(case).door
        assert reply.verdict == NOT_YET
        assert of_twenty(case, door.handlers, door.queue_limit) in reply.said


def test_within_a_tenth_of_par_is_good_enough_and_beyond_is_not():
    best = plans.par_of("retry_flood")
    assert ask("flood_plan", Plan(int(best.handlers * 1.1), best.queue_limit)).verdict == YES
    beyond = ask("flood_plan", Plan(math.ceil(best.handlers * 1.1) + 1, best.queue_limit))
    assert (beyond.verdict, beyond.error) == (NO, "over-bought")


@pytest.mark.slow
@pytest.mark.parametrize("case", par.CASES)
def test_par_is_what_the_sweep_finds(case):
    found, best = plans.sweep()["cases"][case], plans.par_of(case)
    rows = {
        int(queue): dict(zip(par.HANDLERS, row, strict=True))
        for queue, row in found["grid"].items()
    }
    assert par.best(rows) == best, f"par of {case}"
    assert kept(case, best.handlers, best.queue_limit) == found["kept"] >= 18, f"par of {case}"
    fewer = best.handlers - par.HANDLERS.step
    for queue in (best.queue_limit, par.QUEUES[-2]):
        here = kept(case, fewer, queue)
        assert here == rows[queue][fewer] < 18, f"{case}: {fewer} handlers, queue {queue}"
    assert plans.sweep()["promise"] == str(plans.PROMISE)
    assert plans.sweep()["evenings"] == len(plans.UNSEEN) == len(SEEDS)


def test_the_file_of_par_is_written_as_the_sweep_writes_it():
    text = plans.PAR_FILE.read_text(encoding="utf-8")
    assert par.text(json.loads(text)) == text


def test_a_plan_that_keeps_the_promise_on_too_few_evenings_does_not_hold():
    """Nine in ten of twenty evenings are eighteen; on each, nine in ten of the people are just enough."""
    plan = Plan(1650, 1000)
    enough = plans.Trial(plan, (0.9,) * 18 + (0.89,) * 2, (0.0,) * 20)
    assert enough.holds and str(enough) == "kept on 18 of 20 evenings"
    few = plans.Trial(plan, (0.95,) * 17 + (0.89,) * 3, (0.0,) * 20)
    assert few.kept == 17 and not few.holds


def test_one_curve_needs_opposite_cures_and_the_plans_meet():
    flood, slow = plans.par_of("retry_flood"), plans.par_of("slow_door")
    flood_had, slow_had = plans.that_evening("retry_flood"), plans.that_evening("slow_door")
    assert (
        flood.handlers < 0.8 * flood_had.handlers and flood.queue_limit < flood_had.queue_limit / 4
    )
    assert slow.handlers > 2 * slow_had.handlers
    assert abs(flood.handlers - slow.handlers) <= 0.1 * slow.handlers
    old_queue = plans.sweep()["cases"]["retry_flood"]["handlers_with_that_evenings_queue"]
    assert old_queue > 2 * flood_had.handlers


@pytest.mark.slow
def test_par_is_no_luck_of_the_evenings_it_was_found_on():
    best, others = plans.par_of("retry_flood"), range(4001, 4021)
    assert kept("retry_flood", best.handlers, best.queue_limit, others) >= 16
    own = cases.retry_flood().door
    assert kept("retry_flood", own.handlers, own.queue_limit, others) <= 2


@pytest.mark.slow
def test_a_long_queue_harms_nobody_if_nobody_stops_waiting(monkeypatch):
    """Without the time-out, the mechanism, the wrong plan breaks the promise no more."""
    real = plans.planned
    endless = lambda case, plan: real(case, plan).changed({"crowd.timeout_s": None})  # noqa: E731
    wrong, seeds = Plan(2200, 2_000_000), range(501, 506)
    assert plans.tried("retry_flood", wrong, seeds).kept == 0
    plans.evening.cache_clear()
    monkeypatch.setattr(plans, "planned", endless)
    trial = plans.tried("retry_flood", wrong, seeds)
    plans.evening.cache_clear()
    assert trial.kept == len(seeds) and trial.dead == 0


def test_a_rehearsal_shows_other_evenings_than_those_of_the_check():
    assert not set(plans.PRACTICE) & set(plans.UNSEEN)
    lines = repr(checks.rehearse("slow_door", Plan(1700, 5250))).splitlines()
    assert len(lines) == 1 + len(plans.PRACTICE) and "850 dollars" in lines[0]
    run = simulate(plans.planned("slow_door", Plan(1700, 5250)).scaled(1 / 50), 1, sample=0)
    assert share(readings.service_level(run, WITHIN, until_s=BEFORE)) in lines[1]
    assert "Fill in" in repr(checks.rehearse("slow_door", Plan(..., 5250)))
    assert "handlers is -1" in repr(checks.rehearse("slow_door", Plan(-1, 5250)))


# --- one line of the door ------------------------------------------------------------------------

MARKED = "if request.left is not None and self.drops_dead:"


def door(new, old=MARKED):
    """The engine's door with one piece of its text changed, as a student would."""
    source = inspect.getsource(Door)
    assert source.count(old) == 1
    names = dict(Line=Line)
    exec(compile(source.replace(old, new), "a student's cell", "exec"), names)
    return names["Door"]


@functools.cache
def flood_of(fraction, skips, which=None):
    return simulate(doors.room(fraction, skips), door=which, sample=0)


def got_in(run):
    return people(int(np.sum(~np.isnan(run.listeners["joined"]))))


def a_second(run, fraction):
    joined = run.listeners["joined"]
    return people(np.sum((joined >= 300) & (joined < 600)) / 300 / fraction)


RIGHT_LINES = ["if request.left is not None:", "if not (request.left is None):"]


@pytest.mark.parametrize("line", RIGHT_LINES)
def test_a_door_that_skips_whom_it_should_is_right_however_it_is_written(line):
    reply = ask("skipping_door", door(line))
    assert reply.verdict == YES
    for fraction in (1 / 500, 1 / 10):
        assert f"{a_second(flood_of(fraction, True), fraction)}" in reply.said


def test_what_a_small_room_promises_a_large_one_does_not_keep():
    """The moment of the third task: the line helps the small room tenfold more than the large one."""
    small, large = (readings.goodput(flood_of(f, True), 300, 600) / f for f in (1 / 500, 1 / 10))
    assert small > 10 * large


def test_an_unchanged_door_is_not_yet_an_answer():
    reply = ask("skipping_door", door(MARKED))
    assert reply.verdict == NOT_YET
    assert share(readings.dead_work_share(flood_of(1 / 500, False), 0)) in reply.said


WRONG_DOORS = {
    "or for and": (door("if request.left is not None or self.drops_dead:"), "or for and"),
    "the setting alone": (door("if self.drops_dead:"), "only when told"),
    "never": (door("if False:"), "only when told"),
    "those still there": (door("if request.left is None:"), "skips the living"),
    "a longer queue": (
        door("len(self.queue) >= 10 * self.queue_limit", "len(self.queue) >= self.queue_limit"),
        "longer queue",
    ),
    "newest first": (door("self.queue.pop()", "self.queue.next()"), "something else"),
    "a lost count": (
        door("self.account.level('busy', -1)", "self.account.served(request)"),
        "loses count",
    ),
}


@pytest.mark.parametrize("idea", WRONG_DOORS)
def test_a_wrong_door_meets_what_it_does(idea):
    mine, error = WRONG_DOORS[idea]
    reply = ask("skipping_door", mine)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    if error in ("skips the living", "something else"):
        shown = [flood_of(1 / 500, False, mine), flood_of(1 / 500, False), flood_of(1 / 500, True)]
        for run in shown:
            assert got_in(run) in reply.said


def test_an_error_in_a_students_door_is_told_with_its_line():
    class Broken(Door):
        def take_next(self):
            return self.queues.popleft()

    reply = ask("skipping_door", Broken)
    line = inspect.getsourcelines(Broken.take_next)[1] + 1
    assert reply.verdict == NO
    assert f"line {line} of its cell (`return self.queues.popleft()`)" in reply.said
    assert "has no attribute 'queues'" in reply.said


# --- the first load line -------------------------------------------------------------------------


def load(given, **changed):
    return ask("first_load_line", given, sheet=EXAMPLE | changed)


def share_in_time(crowd):
    return share(first_line.promise_kept(EXAMPLE, crowd))


WRONG_LINES = {
    "minutes for seconds": lambda: 30 * 10,
    "averages hide peaks": lambda: 30 * 600,
    "hope": lambda: 20_000,
    "seats": lambda: 100_000,
    "too many": lambda: 3 * first_line.load_line(EXAMPLE),
    "too careful": lambda: first_line.load_line(EXAMPLE) // 3,
}


@pytest.mark.parametrize("idea", WRONG_LINES)
def test_a_wrong_load_line_meets_a_crowd_of_its_size(idea):
    given = WRONG_LINES[idea]()
    reply = load(given)
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    assert f"A crowd of {people(given)} at your door: {share_in_time(given)} are in" in reply.said


def test_a_right_load_line_is_kept_on_the_launch_sheet_as_the_lab_keeps_it():
    own = EXAMPLE | {"join_rate": 45}
    line = first_line.load_line(own)
    assert load(line, join_rate=45).verdict == YES
    entry = Progress.here().entry("launch_sheet", "first")
    assert entry["load_line"] == line and entry["told"] == first_line.told_line(own, line)
    assert {key: entry[key] for key in own} == own


def test_the_example_numbers_are_nobodys_launch_and_are_not_kept():
    reply = load(first_line.load_line(EXAMPLE))
    assert reply.verdict == YES and "example" in reply.said
    assert Progress.here().entry("launch_sheet", "first") is None


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (None, "Replace the blank"),
        (5, "The sheet is missing"),
        (EXAMPLE | {"seats": 5}, "no line 'seats'"),
        (EXAMPLE | {"patience": ...}, "still blank"),
        (EXAMPLE | {"patience": "long"}, "not a number"),
        (EXAMPLE | {"hold": -5}, "lies outside"),
        ({"hold": 5}, "Still to fill in"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence(sheet, says):
    reply = ask("first_load_line", 5000, sheet=sheet)
    assert reply.verdict in (NO, NOT_YET) and says in reply.said


# --- any check -----------------------------------------------------------------------------------

ABSURD = [object(), "x", math.nan, math.inf, [], {}, True, len, b"5", Plan("many", 3), Plan(5.5, 3)]


@pytest.mark.parametrize("name", [name.partition(".")[2] for name in NAMES])
@pytest.mark.parametrize("answer", ABSURD, ids=lambda one: type(one).__name__)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    more = {"sheet": EXAMPLE} if name == "first_load_line" else {}
    reply = ask(name, answer, **more)
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    sentence = reply.said[0].isupper() or reply.said.startswith(("handlers is", "'"))
    assert sentence and reply.said.endswith(".") and "object at 0x" not in reply.said


@pytest.mark.parametrize("name", checks.names())
@pytest.mark.parametrize("blank", [..., None, "", "...", Plan(..., ...)], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank, tmp_path):
    reply = check(name, blank, **({"sheet": EXAMPLE} if name.endswith("load_line") else {}))
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", name) is None


def test_a_check_that_does_not_exist_is_answered_by_the_nearest():
    with pytest.raises(
        checks.CheckError, match=r"no check 'the_evening.flod_plan'.*'the_evening.flood_plan'"
    ):
        check("the_evening.flod_plan", 3)
    with pytest.raises(checks.CheckError, match="Choose one of"):
        check(7, 3)


def test_hints_come_in_steps_and_end_in_the_explanation():
    steps = [ask("telling_ratio", given).hint for given in (1.0, 1.0, 0.24, 50_000, 2.9)]
    assert [step.partition(":")[0] for step in steps] == [
        "Hint 1 of 3", "Hint 1 of 3", "Hint 2 of 3", "Explanation", "Explanation",
    ]  # fmt: skip


def test_what_was_passed_stays_passed():
    ask("telling_time", "20:42")
    ask("telling_time", "20:30")
    assert Progress.here().entry("checks", "the_evening.telling_time")["passed"] is True
    ask("telling_time", "21:40")
    entry = Progress.here().entry("checks", "the_evening.telling_time")
    assert entry["passed"] is True and entry["verdict"] == NO and entry["tries"] == 2


def test_a_yes_is_the_same_whatever_was_kept_before():
    first = repr(ask("telling_time", "20:30"))
    ask("telling_time", "20:42")
    assert repr(ask("telling_time", "20:30")) == first


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("a file where a folder should be")
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path / "taken"))
    reply = ask("telling_time", "20:30")
    assert reply.verdict == YES and "This was not kept" in repr(reply)


def test_a_reply_shows_the_same_in_text_and_in_html():
    for given in ("20:30", "20:42", ...):
        reply = ask("telling_time", given)
        shown = reply._repr_html_()
        assert repr(reply) == "\n".join(reply.lines())
        assert f"<b>{reply.verdict.capitalize()}.</b>" in shown and "<script" not in shown
    assert "&lt;b&gt;" in ask("telling_ratio", "<b>")._repr_html_()


def test_a_yes_says_what_was_checked_and_never_more():
    lines = repr(ask("telling_time", "20:30")).splitlines()
    assert lines[-1].startswith("Checked: both evenings")
    assert not any("passed" in line for line in lines)


def test_hints_use_no_word_that_the_course_avoids():
    for room in checks.UNITS.values():
        for one in room.CHECKS.values():
            assert len(one.hints) == 3
            assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []
