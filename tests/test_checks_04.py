"""Unit 04's checks: each wrong idea meets the run that follows from it; experiments, par and the claim's measure."""

import functools
import inspect
import json

import numpy as np
import pytest

from authoring import par_04
from loadbearing import cases, checks, readings, simulate
from loadbearing.checks import check
from loadbearing.checks import unit_04_logs as logs
from loadbearing.checks import unit_04_plans as plans
from loadbearing.checks import unit_04_queue as queues
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_04_plans import Plan
from loadbearing.claims import deciding_quantity
from loadbearing.engines.door import Door, Line
from loadbearing.labs import flooding
from loadbearing.labs.knobs import Settings
from loadbearing.pictures.there_and_back import there_and_back
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people, share
from loadbearing.words import avoided_in

SEEDS = range(501, 521)


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_flood.{name}", answer, **more)


# --- three logs ----------------------------------------------------------------------------------


@functools.cache
def by_hand():
    """The flood's five minutes, counted from single listeners: requests, clients (full crowd)."""
    run = simulate(cases.build(logs.CASE, logs.CALM).scaled(0.04), sample=0, progress=False)
    rows = run.seconds[(run.seconds["second"] >= 660) & (run.seconds["second"] < 960)]
    requests = int((rows["first_attempts"] + rows["retries"]).sum())
    came = run.listeners["arrived"]
    joined = np.nan_to_num(run.listeners["joined"], nan=np.inf)
    clients = int(np.sum((came < 960) & (joined >= 660)))
    return 25 * requests, 25 * clients, 25 * int(rows["retries"].sum())


def test_the_logs_are_counted_as_by_hand_and_bring_equal_requests_a_second():
    requests, clients, _ = by_hand()
    flood = logs.logs()["B"]
    assert flood.requests == pytest.approx(requests) and flood.clients == pytest.approx(clients)
    rates = [log.a_second for log in logs.logs().values()]
    assert max(rates) <= 1.03 * min(rates)


def test_from_outside_the_crowd_and_the_foreign_load_are_alike_and_inside_they_are_not():
    crowd, foreign = logs.logs()["C"], logs.logs()["A"]
    assert crowd.a_client == pytest.approx(foreign.a_client, rel=0.05)
    assert crowd.answered > 0.95 and foreign.answered > 0.95
    assert crowd.let_in > 0.95 and foreign.let_in < 0.2


def test_what_is_right_about_the_logs():
    requests, clients, _ = by_hand()
    for letter in ("B", "b", " log B "):
        assert ask("whose_load", letter).verdict == YES
    assert ask("requests_a_client", requests / clients).verdict == YES
    assert ask("requests_a_client", f"{requests / clients:.1f}").verdict == YES
    assert ask("evidence_inside", 4).verdict == YES


WRONG_READINGS = {
    "foreign": ("whose_load", lambda: "A", "foreign load", lambda: ["log A has", "1.0 for each"]),
    "crowd": ("whose_load", lambda: "C", "a crowd", lambda: ["log C has", "1.0 for each"]),
    "equal": ("whose_load", lambda: "none", "equal totals", lambda: [people(logs.logs()["B"].a_second)]),
    "upside down": ("requests_a_client", lambda: by_hand()[1] / by_hand()[0], "upside down",
                    lambda: [people(by_hand()[0]), people(by_hand()[1])]),
    "a rate": ("requests_a_client", lambda: by_hand()[0] / 300, "a rate",
               lambda: [people(logs.logs()["C"].a_second)]),
    "a minute": ("requests_a_client", lambda: by_hand()[0] / by_hand()[1] / 5, "another stretch of time",
                 lambda: [people(by_hand()[1])]),
    "later only": ("requests_a_client", lambda: by_hand()[2] / by_hand()[1], "later attempts only",
                   lambda: [people(by_hand()[2])]),
    "the crowd's": ("requests_a_client", lambda: 1.0, "another log", lambda: [people(by_hand()[1])]),
    "any other": ("requests_a_client", lambda: 3.3, "other", lambda: [people(3.3 * by_hand()[1])]),
    "requests a client": ("evidence_inside", lambda: 1, "requests for each client", lambda: ["1.0 in log C"]),
    "answered": ("evidence_inside", lambda: 2, "requests that are answered",
                 lambda: [share(logs.logs()["A"].answered)]),
    "busy": ("evidence_inside", lambda: 3, "handlers busy", lambda: [share(logs.logs()["C"].busy)]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_READINGS)
def test_a_wrong_reading_of_the_logs_meets_its_own_numbers(idea):
    name, answer, error, numbers = WRONG_READINGS[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {reply.said}"


# --- a plan --------------------------------------------------------------------------------------


@functools.cache
def kept(handlers, queue, budget=None):
    """On how many unseen evenings nine in ten of those before 20:29 are in within a minute, by hand."""
    changes = {"door.handlers": handlers, "door.queue_limit": queue}
    changes["door.retry_budget"] = budget
    room, evenings = cases.get("ten_bad_seconds").changed(changes).scaled(0.04), 0
    for seed in SEEDS:
        rows = simulate(room, seed, sample=0, progress=False).listeners
        came = rows[rows["arrived"] < 1740]
        evenings += np.mean(came["joined"] - came["arrived"] <= 60) >= 0.9
    return int(evenings)


def of_twenty(*plan):
    return f"kept on {kept(*plan)} of 20 evenings"


WRONG_PLANS = {
    "more handlers": (Plan(1200, 20_000), "more handlers",
                      lambda: [of_twenty(1500, 20_000), of_twenty(1200, 500)]),
    "a longer queue": (Plan(1000, 40_000), "longer queue",
                       lambda: [of_twenty(1000, 20_000), of_twenty(1000, 500)]),
    "a generous budget": (Plan(1000, 20_000, 1.0), "generous budget",
                          lambda: [of_twenty(1000, 20_000, 0.1)]),
    "fewer handlers, the same queue": (Plan(800, 20_000), "queue outlasts the wait",
                                       lambda: [of_twenty(800, 500), "25 seconds"]),
    "the average is enough": (Plan(600, 500), "too few", lambda: [of_twenty(750, 500), "556"]),
    "short queue, same handlers": (Plan(1000, 500), "over-bought", lambda: [of_twenty(800, 500)]),
    "money is no object": (Plan(2400, 20_000), "over-bought",
                           lambda: [of_twenty(1920, 20_000), of_twenty(1920, 500)]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_its_own_run(idea):
    plan, error, numbers = WRONG_PLANS[idea]
    reply = ask("fault_plan", plan)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_the_door_as_it_was_is_no_plan_yet():
    reply = ask("fault_plan", plans.own_door())
    assert reply.verdict == NOT_YET and of_twenty(1000, 20_000) in reply.said


def test_within_a_tenth_of_par_is_right_and_beyond_is_not():
    best = plans.par()
    assert ask("fault_plan", best).verdict == YES
    assert ask("fault_plan", Plan(int(1.1 * best.handlers), 500)).verdict == YES
    beyond = ask("fault_plan", Plan(int(1.1 * best.handlers) + 1, 500))
    assert (beyond.verdict, beyond.error) == (NO, "over-bought")


def test_par_is_what_the_sweep_finds_and_its_file_is_written_as_the_sweep_writes_it():
    found, best = plans.sweep(), plans.par()
    rows = {
        int(queue): dict(zip(par_04.HANDLERS, row, strict=True))
        for queue, row in found["grid"].items()
    }
    assert par_04.best(rows) == best
    assert kept(best.handlers, best.queue_limit) == found["kept"] >= 18
    fewer = best.handlers - par_04.HANDLERS.step
    assert kept(fewer, best.queue_limit) == rows[best.queue_limit][fewer] < 18
    assert kept(1000, 20_000) == found["kept_by_that_evening"] <= 5
    assert found["promise"] == str(plans.PROMISE)
    text = plans.PAR_FILE.read_text(encoding="utf-8")
    assert par_04.text(json.loads(text)) == text


def test_a_long_queue_harms_nobody_if_nobody_stops_waiting():
    """Without the time-out, the mechanism, the door as it was keeps the promise."""
    own = cases.get("ten_bad_seconds").changed({"crowd.timeout_s": None}).scaled(0.04)
    for seed in range(501, 506):
        run = simulate(own, seed, sample=0, progress=False)
        assert plans.PROMISE.margin_of(plans.PROMISE.read(run)) >= 0


def test_a_rehearsal_shows_other_evenings_than_those_of_the_check():
    lines = repr(plans.rehearse(Plan(800, 500))).splitlines()
    assert len(lines) == 4 and "400 dollars" in lines[0]
    assert not set(plans.PRACTICE) & set(plans.UNSEEN)
    assert "Fill in" in repr(plans.rehearse(Plan(..., 500)))
    assert "handlers is -1" in repr(plans.rehearse(Plan(-1, 500)))
    assert "retry budget is -1" in repr(plans.rehearse(Plan(800, 500, -1)))
    with pytest.raises(checks.reply.AnswerError, match="write Plan"):
        plans.rehearse(800)


# --- the longest queue ---------------------------------------------------------------------------

OWN = {"join_rate": 60, "client_waits": 8, "patience": 10}


def longest(given, **changed):
    return ask("longest_queue", given, sheet=queues.EXAMPLE | changed)


@pytest.mark.parametrize("rate", [10, 30, 1_000])
@pytest.mark.parametrize("waits", [5, 10, 60])
def test_half_of_what_is_worked_off_in_a_clients_wait_is_right_at_any_door(rate, waits):
    reply = longest(rate * waits // 2, join_rate=rate, client_waits=waits)
    assert reply.verdict == YES, reply.said


WRONG_QUEUES = {
    "the whole wait": lambda: 300,
    "patience of the person": lambda: 30 * 600,
    "queue outlasts the wait": lambda: 20_000,
    "too short": lambda: 0,
}


@pytest.mark.parametrize("error", WRONG_QUEUES)
def test_a_wrong_queue_meets_a_stop_or_a_busy_day(error):
    given = WRONG_QUEUES[error]()
    reply = longest(given)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    if error == "too short":
        number = queues.refused_on_a_busy_day(given, 30.0, 10.0)
    else:
        number = queues.after_a_stop(given, 30.0, 10.0)[0]
    assert share(number) in reply.said


def test_a_right_queue_is_kept_unless_it_is_the_examples():
    assert "example" in longest(150).said
    assert Progress.here().entry("launch_sheet", "the_flood") is None
    assert longest(240, **OWN).verdict == YES
    entry = Progress.here().entry("launch_sheet", "the_flood")
    assert entry["longest_queue"] == 240 and entry["client_waits"] == 8


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (5, "The sheet is missing"),
        (queues.EXAMPLE | {"client_waits": ...}, "still blank: client_waits"),
        (queues.EXAMPLE | {"client_waits": "long"}, "not a number"),
        (queues.EXAMPLE | {"join_rate": -5}, "join_rate is -5"),
        ({}, "still blank: join_rate"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence(sheet, says):
    reply = ask("longest_queue", 150, sheet=sheet)
    assert reply.verdict == NO and says in reply.said


# --- any of them ---------------------------------------------------------------------------------

NAMES = ["whose_load", "requests_a_client", "evidence_inside", "fault_plan", "longest_queue"]
MORE = {"longest_queue": {"sheet": queues.EXAMPLE}}


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_is_not_yet_an_answer_and_what_is_none_gets_a_sentence(name):
    for blank in (..., None, "", "...", Plan(..., ...)):
        reply = ask(name, blank, **MORE.get(name, {}))
        assert reply.verdict == NOT_YET and reply.hint == ""
    for absurd in (object(), "x", [], float("nan"), True, Plan("many", 3), Plan(5.5, 3)):
        reply = ask(name, absurd, **MORE.get(name, {}))
        assert (reply.verdict, reply.error) == (NO, "not an answer"), reply.said
        assert reply.said.endswith(".") and "object at 0x" not in reply.said


def test_hints_come_in_threes_in_words_of_the_course():
    for one in checks.UNITS["the_flood"].CHECKS.values():
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- the lab's experiments -----------------------------------------------------------------------


def test_it_takes_later_attempts_and_dead_work_together():
    as_it_was, once, waiting = map(flooding.soon, flooding.taken_apart().values())
    assert as_it_was < 0.1 and once > 0.9 and waiting > 0.9


def test_with_a_long_queue_the_way_down_is_another_world_and_with_a_short_one_it_is_not():
    long, short = (dict(flooding.up_and_down(queue_s)[7:]) for queue_s in (20.0, 1.0))
    assert all(soon < 0.1 for soon in long.values())
    assert all(short[load] > 0.9 for load in (0.3, 0.5, 0.7, 0.8))


def test_a_budget_saves_a_load_below_the_line_of_theory_and_none_above():
    """Saved while load x (1 + budget) is below 1: 0.8 x 1.1 = 0.88, and 0.92 x 1.1 = 1.012."""
    for load, saved in ((0.8, True), (0.92, False)):
        quiet, fault, with_budget = flooding.budget_saves(load)
        assert quiet > 0.9 and fault < 0.1 and (with_budget > 0.9) is saved


def test_the_picture_of_the_way_back_names_the_load_at_which_the_ways_differ():
    apart = there_and_back([(0.5, 1.0), (1.0, 0.9)], [(1.0, 0.9), (0.5, 0.25)])
    assert apart.title == "At 50 % load, 100 % are in soon on the way up, 25 % on the way down"
    assert "on the way down, 90 % at 100 %, 25 % at 50 %" in apart.sentence
    same = there_and_back([(0.5, 1.0), (1.0, 0.9)], [(1.0, 0.9), (0.5, 0.95)])
    assert same.title == "The way down is the way up"


def test_a_mission_counts_only_what_it_asks_for():
    class Trial:
        def __init__(self, turned, chosen):
            self.settings = Settings.of(flooding.CASE, turned, chosen)

    class Reading:
        def __init__(self, value):
            self.value = value

    well, badly = {"soon": Reading(0.9)}, {"soon": Reading(0.89)}
    acts, waits = {flooding.QUEUE.path: 5}, {"crowd.timeout_s": "10 s"}
    fewer = acts | {flooding.HANDLERS.path: 80}
    assert flooding.by_acting(Trial(acts, {}), well)
    assert not flooding.by_acting(Trial(acts, waits), well)
    assert flooding.without_acting(Trial({}, waits), well)
    assert not flooding.without_acting(Trial(acts, waits), well)
    assert flooding.with_fewer_handlers(Trial(fewer, {}), well)
    assert not flooding.with_fewer_handlers(Trial({flooding.HANDLERS.path: 81}, {}), well)
    assert not flooding.by_acting(Trial(acts, {}), badly)


REFUSALS = (
    "len(self.queue) >= 10",
    "(self.queue and self.clock.now - self.queue[0].sent > 2)",
)
"""What the lab tells readers to write in the door: a short queue, and one that knows by itself when it is long."""


def test_the_door_that_the_lab_lets_readers_change_ends_the_flood_as_told():
    source = inspect.getsource(Door)
    room = cases.build("ten_bad_seconds", {**flooding.CALM, "ends_s": 1080}).scaled(1 / 100)
    for line in ("len(self.queue) >= self.queue_limit", *REFUSALS):
        assert source.count("len(self.queue) >= self.queue_limit") == 1
        names = {"Line": Line}
        exec(source.replace("len(self.queue) >= self.queue_limit", line), names)
        run = simulate(room, engine="reference", door=names["Door"], sample=0, progress=False)
        soon = readings.service_level(run, 60, 800, 1000)
        assert soon > 0.9 if line in REFUSALS else soon < 0.1


# --- the claim -----------------------------------------------------------------------------------


def test_f2_is_the_part_of_the_overload_that_first_attempts_did_not_make():
    """As it was: all of it. With a quarter of the handlers the crowd alone is too many. No fault: no overload."""
    assert deciding_quantity("F2", flooding.evening()) > 0.95
    assert deciding_quantity("F2", flooding.evening(handlers=250, queue_s=1.0)) < 0.5
    assert deciding_quantity("F2", flooding.evening(fault_s=None)) == 0.0
