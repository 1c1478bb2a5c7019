"""The checks of unit 06: right, blank, and each wrong idea with the run that follows from it, counted by hand."""

import functools

import numpy as np
import pytest

from authoring import par_06
from loadbearing import Policy, Weather, cases, simulate
from loadbearing.checks import check
from loadbearing.checks import unit_06_line as line
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_06 import CHECKS, rehearse
from loadbearing.launch import first_line
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people, share
from loadbearing.words import avoided_in

SEEDS, RESTARTS, IN_TIME = range(501, 521), 300, 900
EXAMPLE = {one.key: one.example for one in first_line.INPUTS}
NAMES = [f"the_way_back.{name}" for name in CHECKS]


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_way_back.{name}", answer, **more)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("blank", [..., None, "", "..."], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = check(name, blank, **({"sheet": EXAMPLE} if name.endswith("minutes_back") else {}))
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", name) is None


@pytest.mark.parametrize("name", list(CHECKS))
@pytest.mark.parametrize("answer", [object(), "x", float("nan"), [], True, b"5"], ids=repr)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    reply = ask(name, answer, **({"sheet": EXAMPLE} if name == "minutes_back" else {}))
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    assert reply.said.endswith(".") and "object at 0x" not in reply.said


def test_hints_use_no_word_that_the_course_avoids():
    for one in CHECKS.values():
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- the table -----------------------------------------------------------------------------------


@functools.cache
def open_door():
    calm = cases.get("the_restart").changed({"weather": Weather.calm()})
    return simulate(calm.scaled(1 / 25), sample=0)


def a_second(name):
    """How many a second in the first five minutes after the restart, in the full crowd."""
    seconds = open_door().seconds
    now = (seconds["second"] >= RESTARTS) & (seconds["second"] < RESTARTS + 300)
    return 25 * float(seconds[name][now].sum()) / 300


def back_by(minutes):
    """How many are in again so many minutes after the restart: nobody was outside before it."""
    seconds = open_door().seconds
    now = (seconds["second"] >= RESTARTS) & (seconds["second"] < RESTARTS + 60 * minutes)
    return people(25 * int(seconds["joins"][now].sum()))


def knocks():
    return a_second("first_attempts") + a_second("retries")


def pace():
    return 300_000 / a_second("joins") / 60


WRONG_READINGS = {
    "seconds for minutes": ("on_paper", lambda: 300, lambda: ["5 minutes"]),
    "the fault": ("on_paper", lambda: 10 / 60, lambda: ["10 seconds", "let in 0 again"]),
    "as they came": ("on_paper", lambda: 10, lambda: ["500 a second", "1,000 a second"]),
    "other": ("on_paper", lambda: 7, lambda: ["420,000"]),
    "throughput is success": (
        "at_this_pace", lambda: 300_000 / a_second("services") / 60,
        lambda: [
            people(a_second("services")), back_by(300_000 / a_second("services") / 60),
            share(a_second("dead_work_s") / a_second("work_s")),
        ],
    ),
    "requests are people": (
        "at_this_pace", lambda: 300_000 / knocks() / 60, lambda: [people(knocks()), people(a_second("joins"))],
    ),
    "hours for minutes": ("at_this_pace", lambda: pace() / 60, lambda: [people(a_second("joins"))]),
    "it sees at once": ("help_arrives", lambda: 180, lambda: ["20:03:15"]),
    "ordered at once": ("help_arrives", lambda: 120, lambda: ["45 seconds", "20:03:15"]),
    "ordering is having": ("help_arrives", lambda: 60, lambda: ["20:03:15"]),
    "minutes for seconds": ("help_arrives", lambda: 3.25, lambda: ["20:03:15"]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_READINGS)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, numbers = WRONG_READINGS[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_the_right_reading_is_what_the_engine_gives_and_no_stored_number():
    assert ask("on_paper", 5).verdict == YES
    assert ask("at_this_pace", pace()).verdict == YES
    assert people(a_second("joins")) in ask("at_this_pace", pace()).said
    assert ask("at_this_pace", 1.2 * pace()).verdict == NO


def test_help_comes_when_a_stretch_a_lag_and_a_start_are_over():
    assert ask("help_arrives", 15 + 60 + 120).verdict == YES
    assert ask("help_arrives", 30).error == "other"


def test_without_dead_work_the_pace_is_the_doors(monkeypatch):
    """Clients that wait as long as it takes: joins finished are people let in."""
    from loadbearing.checks import unit_06_reading as reading

    patient = cases.build("the_restart", {"timeout_s": None})
    monkeypatch.setattr(cases, "get", lambda name: patient)
    reading.restart.cache_clear()
    try:
        _, finished, let_in = reading.rates(*reading.stretches()[0])
        assert let_in == pytest.approx(finished, rel=0.01)
        assert ask("at_this_pace", 300_000 / finished / 60).verdict == YES
    finally:
        reading.restart.cache_clear()


# --- the line ------------------------------------------------------------------------------------


@functools.cache
def played(rate, seeds=SEEDS, **changes):
    """(person-hours outside on average, evenings on which 99 in 100 are back in time, worst), counted by hand."""
    if rate:
        changes |= {"admits_per_s": float(rate), "opens_s": float(RESTARTS)}
    return scored(cases.build("the_restart", changes).scaled(1 / 25), seeds)


def scored(scenario, seeds=SEEDS):
    hours, kept = [], 0
    for seed in seeds:
        run = simulate(scenario, seed, sample=0)
        after = run.seconds[run.seconds["second"] >= RESTARTS]
        # Everybody is in at the restart, and nobody leaves: whoever is not in the room is outside.
        everybody = len(run.listeners)
        hours.append(25 * float(np.sum(everybody - after["inside_s"])) / 3600)
        back = np.cumsum(after["joins"])[:IN_TIME]
        kept += bool(back[-1] >= 0.99 * everybody)
    return float(np.mean(hours)), int(kept), max(hours)


def told(rate, **changes):
    score, kept, _ = played(rate, **changes)
    return [f"{people(score)} person-hours", f"kept on {kept} of 20"]


WRONG_LINES = {
    "no line": (3_000, lambda: [*told(3_000), *told(None)]),
    "the average door": (1_000, lambda: [*told(1_000), people(played(1_000)[2])]),
    "lucky evenings": (900, lambda: [*told(900), people(played(900)[2]), people(played(750)[2])]),
    "as they came": (500, lambda: [*told(500), *told(625)]),
    "too careful": (300, lambda: [*told(300), *told(375)]),
}


@pytest.mark.parametrize("idea", WRONG_LINES)
def test_a_wrong_line_meets_its_own_run(idea):
    rate, numbers = WRONG_LINES[idea]
    reply = ask("line_rate", rate)
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_within_a_tenth_of_par_is_good_enough_and_beyond_is_not():
    par = line.sweep()["line"]
    assert ask("line_rate", par["rate"]).verdict == YES
    assert played(700)[0] <= 1.1 * par["score"] < played(650)[0]
    assert ask("line_rate", 700).verdict == YES
    assert ask("line_rate", 650).error == "too careful"


def test_par_is_what_the_sweep_finds():
    found = line.sweep()
    kept = {rate: row for rate, row in found["rates"].items() if row["kept"] >= 18}
    best = min(kept, key=lambda rate: kept[rate]["score"])
    assert found["line"] == {"rate": int(best)} | kept[best]
    score, on, worst = played(int(best))
    assert (round(score), on, round(worst)) == (
        kept[best]["score"],
        kept[best]["kept"],
        kept[best]["worst"],
    )
    assert found["evenings"] == len(SEEDS)


@pytest.mark.slow
def test_every_number_of_the_file_is_what_the_sweep_finds_today():
    """Also those that only the texts quote: no line, twice the handlers, a short queue, a cold door."""
    assert par_06.text(par_06.results()) == line.PAR_FILE.read_text(encoding="utf-8")


# --- the rule ------------------------------------------------------------------------------------


def rule(part, seconds=10):
    def decide(now, seen):
        if seen.queue < 200:
            return {"admits_per_s": 1_200}
        return {"admits_per_s": part * seen.services / seconds}

    return decide


def always(rate):
    return lambda now, seen: {"admits_per_s": 1_200 if seen.queue < 200 else rate}


def told_rule(decide):
    policy = Policy(decide=decide, every_s=10, lag_s=10)
    opened = {"admits_per_s": 1_200.0, "opens_s": float(RESTARTS), "controllers": (policy,)}
    score, kept, _ = scored(cases.build("the_restart", opened).scaled(1 / 25))
    return [f"{people(score)} person-hours", f"kept on {kept} of 20"]


WRONG_RULES = {
    "no room to catch up": rule(1.1),
    "ten seconds for one": rule(0.9, 1),
    "a fixed number": always(1_000),
    "too careful": rule(0.3),
}


@pytest.mark.parametrize("idea", WRONG_RULES)
def test_a_wrong_rule_meets_its_own_run(idea):
    reply = ask("following_line", WRONG_RULES[idea])
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    for number in told_rule(WRONG_RULES[idea]) + told_rule(rule(0.9)):
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_a_rule_that_follows_the_door_is_right_and_beats_the_best_number():
    reply = ask("following_line", rule(0.9))
    assert reply.verdict == YES, reply.said
    assert played(750)[0] > 1.1 * line.sweep()["rule"]["score"]
    assert "has just done" in reply.said


def test_a_brake_that_comes_near_par_is_right_and_told_what_it_is():
    reply = ask("following_line", always(700))
    assert reply.verdict == YES and "whatever the door does" in reply.said


def test_a_rule_that_says_nothing_while_requests_wait_is_not_yet_an_answer():
    def unfinished(now, seen):
        if seen.queue < 200:
            return {"admits_per_s": 1_200}
        return None

    assert ask("following_line", unfinished).verdict == NOT_YET
    assert ask("following_line", always(...)).verdict == NOT_YET
    assert "fill in the blank" in repr(rehearse(unfinished))


@pytest.mark.parametrize(
    ("decide", "says"),
    [
        (lambda now, seen: {"admits_per_s": seen.servces}, "no 'servces'"),
        (lambda now, seen: {"admits_per_s": "many"}, "many"),
        (lambda now, seen: {"admitted": 5}, "admitted"),
        (lambda now, seen: 700, "700"),
        (lambda: None, "argument"),
    ],
)
def test_a_rule_that_stops_is_answered_by_a_sentence(decide, says):
    reply = ask("following_line", decide)
    assert (reply.verdict, reply.error) == (NO, "not an answer") and says in reply.said
    assert says in repr(rehearse(decide))


def test_practice_evenings_are_not_those_on_which_a_line_is_judged():
    assert not set(line.PRACTICE) & set(line.UNSEEN)
    said = repr(rehearse(900))
    assert said.count("99 of 100 back") == 3 and "never" in said
    assert all(len(one) <= 100 for one in said.splitlines()), "a line that wraps within a word"
    assert repr(rehearse(...)) == "Fill in the blank, then run this cell again."
    assert repr(rehearse("fast")).endswith("such as 250.")


# --- the student's own way back ------------------------------------------------------------------


def minutes(given, **changed):
    return ask("minutes_back", given, sheet=EXAMPLE | changed)


WRONG_MINUTES = {
    "no margin": lambda: 100_000 / 30 / 60,
    "hope": lambda: 20_000 / (0.75 * 30) / 60,
    "as they came": lambda: 10,
    "seconds for minutes": lambda: 100_000 / (0.75 * 30),
    "hours for minutes": lambda: 100_000 / (0.75 * 30) / 3600,
    "too short": lambda: 40,
    "too long": lambda: 300,
}


@pytest.mark.parametrize("idea", WRONG_MINUTES)
def test_a_wrong_number_of_minutes_meets_the_line_it_would_need(idea):
    given = WRONG_MINUTES[idea]()
    reply = minutes(given)
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    if "for minutes" not in idea:
        assert f"must let through {100_000 / given / 60:.3g} a second" in reply.said


def test_the_right_minutes_are_those_of_a_line_with_a_margin():
    own = 60_000 / (0.75 * 45) / 60
    assert minutes(own, hold=60_000, join_rate=45).verdict == YES
    entry = Progress.here().entry("launch_sheet", "the_way_back")
    assert entry["minutes"] == pytest.approx(own) and "60,000" in entry["told"]


def test_the_example_numbers_are_nobodys_launch_and_are_not_kept():
    reply = minutes(100_000 / (0.75 * 30) / 60)
    assert reply.verdict == YES and "example" in reply.said
    assert Progress.here().entry("launch_sheet", "the_way_back") is None


def test_a_tiny_or_a_huge_house_gets_a_sentence():
    assert minutes(50 / (0.75 * 0.01) / 60, hold=50, join_rate=0.01).verdict == YES
    assert minutes(10**7 / (0.75 * 10**5) / 60, hold=10**7, join_rate=10**5).verdict == YES
    assert "in parts" in minutes(20, hold=10**7, join_rate=100).said


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (5, "The sheet is missing"),
        ({"hold": 5}, "lacks 'join_rate'"),
        (EXAMPLE | {"join_rate": "fast"}, "not a number"),
        (EXAMPLE | {"hold": -5}, "lies outside"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence(sheet, says):
    reply = ask("minutes_back", 50, sheet=sheet)
    assert reply.verdict == NO and says in reply.said
