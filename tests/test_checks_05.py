"""The checks of unit 05: right, blank, and each wrong idea meets the run that follows from it."""

import functools
import json
import math
import re

import numpy as np
import pytest
from house import ROOT

from authoring import par_05
from authoring.numbers import TAG
from loadbearing import Patience, Stage, WaitingRoom, Weather, cases, readings, simulate
from loadbearing.checks import check, unit_05, unit_05_line, unit_05_wait
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_05_line import Line
from loadbearing.checks.unit_05_read import queue_table, show_queues
from loadbearing.claims import claim, deciding_quantity
from loadbearing.labs import queueing
from loadbearing.launch import first_line
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.readings.waiting import queue_of_demand, returns_kept
from loadbearing.units import clock, people, share
from tests.by_hand import day

ROOM, SEEDS = 1 / 50, range(501, 521)
TUESDAY, FRIDAY = "the_longer_queue", "the_wanted_event"
EXAMPLE = {one.key: one.example for one in first_line.INPUTS}


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_queue.{name}", answer, **more)


@pytest.mark.parametrize("name", unit_05.CHECKS)
def test_a_blank_is_not_yet_an_answer(name):
    more = {"sheet": EXAMPLE} if name == "announced_wait" else {}
    blank = Line(..., 3_000) if name == "line_plan" else ...
    reply = ask(name, blank, **more)
    assert reply.verdict == NOT_YET and not reply.hint


@pytest.mark.parametrize("name", unit_05.CHECKS)
def test_what_is_no_answer_is_told_what_to_write(name):
    more = {"sheet": EXAMPLE} if name == "announced_wait" else {}
    for nonsense in ("many", -5, [1]):
        reply = ask(name, nonsense, **more)
        assert (reply.verdict, reply.error) == (NO, "not an answer"), reply.said


# --- two numbers of any evening, by hand --------------------------------------------------------


def test_the_queue_of_demand_counts_people_by_hand():
    """Three come at once to one handler of ten seconds, and the evening ends at 15: all three were outside at first."""
    assert queue_of_demand(day("reference", listeners=3, service=10, ends=15)) == 1.0


def test_the_will_to_come_again_halves_by_hand():
    """They are in after 10, 20 and 30 seconds. With a half-life of ten: a half, a quarter, an eighth."""
    run = day("reference", listeners=3, service=10)
    assert returns_kept(run, 10.0) == pytest.approx((1 / 2 + 1 / 4 + 1 / 8) / 3)
    assert returns_kept(day("reference", listeners=3, service=10, ends=15), 10.0) == pytest.approx(
        (1 / 2) / 3
    )


# --- two queues, read ---------------------------------------------------------------------------


@functools.lru_cache(maxsize=4)
def calm(case, handlers=None):
    scenario = cases.get(case).changed({"weather": Weather.calm()})
    if handlers:
        scenario = scenario.changed({"door.handlers": handlers})
    return simulate(scenario.scaled(ROOM), sample=0)


def outside(run, t=None):
    """(The most outside at one moment, that moment), or how many at `t`, from the listeners: come, not in, not gone."""
    rows = run.listeners
    waits = np.where(np.isnan(rows["joined"]), np.inf, rows["joined"])
    gone = np.where(np.isnan(rows["left"]), np.inf, rows["left"])
    until = np.minimum(waits, gone)
    counts = [int(np.sum((rows["arrived"] < now) & (until >= now))) for now in range(300)]
    return counts[t] / ROOM if t is not None else (max(counts) / ROOM, int(np.argmax(counts)))


def by(run, what, t):
    rows = run.listeners
    return float(np.sum(rows[what] < t)) / ROOM


def test_the_table_shows_what_the_listeners_did():
    run = calm(TUESDAY)
    most, at = outside(run)
    row = queue_table()["Tuesday"]
    assert row["people outside at that moment"] == most
    assert row["the queue is longest at"] == at
    assert row["got in by then"] == by(run, "joined", at)
    assert row["the door can let in, a second"] == cases.get(TUESDAY).door.handlers
    lines = show_queues().splitlines()
    assert len(lines) == 8 and clock(at) in lines[1] and people(most) in lines[2]
    assert max(map(len, lines)) <= 100


def test_the_crowd_is_everybody_outside_in_and_gone():
    run = calm(TUESDAY)
    _, at = outside(run)
    reply = ask("wanted_in", by(run, "arrived", at))
    assert reply.verdict == YES and people(outside(run)[0]) in reply.said


def asked(minute=60):
    rows = calm(TUESDAY).seconds
    made = rows["first_attempts"] + rows["retries"]
    busiest = max(made[i : i + 60].sum() for i in range(600))
    return float(busiest) / ROOM * minute / 60


def friday_came():
    run = calm(FRIDAY)
    return by(run, "arrived", outside(run)[1])


WRONG_READINGS = {
    "the queue alone": (
        "wanted_in", lambda: outside(calm(TUESDAY))[0], "the queue alone",
        lambda: [people(outside(calm(TUESDAY, 250), outside(calm(TUESDAY))[1]))],
    ),
    "who got in": (
        "wanted_in", lambda: by(calm(TUESDAY), "joined", outside(calm(TUESDAY))[1]), "only who got in",
        lambda: [people(by(calm(TUESDAY, 250), "joined", outside(calm(TUESDAY))[1]))],
    ),
    "requests": ("wanted_in", asked, "an echo", lambda: [people(asked())]),
    "requests a second": ("wanted_in", lambda: asked(1), "an echo", lambda: [people(asked())]),
    "Friday's": ("wanted_in", friday_came, "the other evening", lambda: [people(friday_came())]),
    "too many": ("wanted_in", lambda: 900_000, "other", lambda: ["more"]),
    "the same queue": (
        "other_door", lambda: outside(calm(TUESDAY))[0], "the event's own",
        lambda: [people(outside(calm(TUESDAY, 1_000))[0])],
    ),
    "a fifth of it": (
        "other_door", lambda: outside(calm(TUESDAY))[0] / 5, "in proportion",
        lambda: ["divided by 5", people(outside(calm(TUESDAY, 1_000))[0])],
    ),
    "Friday's queue": (
        "other_door", lambda: outside(calm(FRIDAY))[0], "the door's own", lambda: ["larger"],
    ),
    "half": (
        "other_door", lambda: outside(calm(TUESDAY))[0] / 2, "other",
        lambda: [people(outside(calm(TUESDAY, 1_000))[0])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_READINGS)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, error, numbers = WRONG_READINGS[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number} is not in {reply.said}"


def test_hardly_anybody_stands_outside_fridays_door():
    now = outside(calm(TUESDAY, cases.get(FRIDAY).door.handlers))[0]
    assert now < 0.1 * outside(calm(TUESDAY))[0]
    for rough in (0, now, 2 * now):
        assert ask("other_door", rough).verdict == YES


# --- a line, at a price -------------------------------------------------------------------------


@functools.cache
def by_hand(rate, handlers, seeds=SEEDS):
    """(share in of each evening, the bill in dollars), from the listeners."""
    inputs = {"admits_per_s": rate, "handlers": handlers, "patience_s": 600.0}
    got_in, lost = [], []
    for seed in seeds:
        rows = simulate(cases.build("same_hardware", inputs).scaled(ROOM), seed, sample=0).listeners
        waited = rows["joined"] - rows["arrived"]
        got_in.append(float(np.mean(~np.isnan(waited))))
        lost.append(float(np.sum(1 - np.nan_to_num(0.5 ** (waited / 300)))) / ROOM)
    return got_in, 0.5 * handlers + 0.004 * float(np.mean(lost))


def told(rate, handlers):
    got_in, bill = by_hand(rate, handlers)
    kept = sum(one >= 0.5 for one in got_in)
    worst = f"{share(min(got_in))} on the worst, and the bill is {people(bill)} dollars"
    return f"half or more got in on {kept} of 20 evenings, {worst}"


WRONG_LINES = {
    "as fast as the door": (Line(3_000, 3_000), "no margin", [(3_000, 3_000), (2_250, 3_000)]),
    "nearly as fast": (Line(2_700, 3_000), "no margin", [(2_700, 3_000), (2_250, 3_000)]),
    "nobody should wait": (Line(4_000, 3_000), "faster than the door", [(4_000, 3_000), (2_250, 3_000)]),
    "slow to be safe": (Line(1_500, 3_000), "idle handlers", [(1_500, 2_000), (2_250, 3_000)]),
    "more handlers, the same line": (Line(2_400, 6_000), "idle handlers", [(2_400, 3_200), (4_500, 6_000)]),
    "a great door": (Line(5_600, 7_000), "over-bought", [(4_480, 5_600)]),
    "a cheap door": (Line(750, 1_000), "too small", [(1_125, 1_500)]),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("idea", WRONG_LINES)
def test_a_wrong_line_meets_its_own_run(idea):
    line, error, runs = WRONG_LINES[idea]
    reply = ask("line_plan", line)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for run in runs:
        assert told(*run) in reply.said, f"{idea}: {told(*run)!r} is not in {reply.said!r}"


@pytest.mark.slow
def test_par_is_right_is_what_the_sweep_finds_and_a_tenth_beyond_is_not():
    best, found = unit_05_line.par(), unit_05_line.sweep()
    got_in, bill = by_hand(best.admits_per_s, best.handlers)
    assert sum(one >= 0.5 for one in got_in) >= 19 and round(bill) == found["bill"]
    reply = ask("line_plan", best)
    assert reply.verdict == YES and f"comes to {people(bill)} dollars" in reply.said
    rows = {int(handlers): row for handlers, row in found["grid"].items()}
    assert par_05.best(rows) == best
    for handlers, part in ((2_000, 0.75), (3_000, 0.9), (3_500, 0.5)):
        shares, beside = by_hand(float(round(part * handlers)), handlers)
        row = rows[handlers][par_05.OF_THE_DOOR.index(part)]
        assert row == [round(beside), sum(one >= 0.5 for one in shares), round(min(shares), 3)]
    beyond = Line(1_800, 3_000)
    assert by_hand(1_800.0, 3_000)[1] > 1.1 * bill
    assert ask("line_plan", beyond).verdict == NO


def test_the_file_of_par_is_written_as_the_sweep_writes_it():
    text = unit_05_line.PAR_FILE.read_text(encoding="utf-8")
    assert par_05.text(json.loads(text)) == text


def test_a_rehearsal_shows_other_evenings_than_those_of_the_check():
    assert not set(unit_05_line.PRACTICE) & set(SEEDS)
    lines = repr(unit_05_line.rehearse_line(Line(2_250, 3_000))).splitlines()
    got_in, _ = by_hand(2_250, 3_000, range(1, 4))
    for said, one in zip(lines[1:4], got_in, strict=True):
        assert f"{share(one)} got in" in said
    assert "1,500 dollars" in lines[-1]
    assert max(map(len, lines)) <= 100
    assert "Fill in" in repr(unit_05_line.rehearse_line(Line(..., 5)))
    assert "admits_per_s is -1" in repr(unit_05_line.rehearse_line(Line(-1, 3_000)))


# --- the wait to announce -----------------------------------------------------------------------


@functools.cache
def waits(join_rate=30, of_the_door=0.8):
    """How long each of the 20,000 of the example waits, in seconds, from a run made here."""
    sheet, fraction = EXAMPLE | {"join_rate": join_rate}, first_line.ROOM_PEOPLE / 20_000
    line = of_the_door * join_rate * fraction
    changes = {"crowd.patience": Patience(), "stage": Stage(), "ends_s": 4_000}
    launched = first_line.launch_scenario(sheet, 20_000, fraction)
    run = simulate(
        launched.changed({**changes, "waiting_room": WaitingRoom(admits_per_s=line)}), sample=0
    )
    return run.listeners["joined"] - run.listeners["arrived"]


def nearly_all(join_rate=30, of_the_door=0.8):
    return float(np.sort(waits(join_rate, of_the_door))[math.ceil(0.99 * 8_000) - 1]) / 60


def still_there(after_minutes, join_rate=30):
    return share(float(np.mean(waits(join_rate) > 60 * after_minutes)))


def test_the_longest_line_is_what_comes_minus_what_is_let_through():
    """By hand: a rush of shape 2, nine in ten within ten minutes, before a line that moves at 24 a second."""
    scale = 600 / 3.8897
    came = [20_000 * (1 - (1 + t / scale) * math.exp(-t / scale)) for t in range(1_200)]
    expected = max(one / 24 - t for t, one in enumerate(came))
    assert 60 * nearly_all() == pytest.approx(expected, rel=0.1)


def test_a_right_wait_is_kept_on_the_launch_sheet_and_the_example_is_not():
    assert "example" in ask("announced_wait", nearly_all(), sheet=EXAMPLE).said
    assert Progress.here().entry("launch_sheet", "wait") is None
    own = EXAMPLE | {"join_rate": 25}
    reply = ask("announced_wait", unit_05_wait.honest_wait(own), sheet=own)
    assert reply.verdict == YES, reply.said
    entry = Progress.here().entry("launch_sheet", "wait")
    assert entry["wait_minutes"] == pytest.approx(nearly_all(25)) and entry["join_rate"] == 25


WRONG_WAITS = {
    "all at once": lambda: 20_000 / 24 / 60,
    "no margin": lambda: nearly_all(30, 1.0),
    "their patience": lambda: 10,
    "averages hide peaks": lambda: 0,
    "seconds for minutes": lambda: 60 * nearly_all(),
    "too short": lambda: 0.75 * nearly_all(),
    "too long": lambda: 1.7 * nearly_all(),
}


@pytest.mark.parametrize("idea", WRONG_WAITS)
def test_a_wrong_wait_is_told_how_many_would_still_stand_there(idea):
    given = WRONG_WAITS[idea]()
    reply = ask("announced_wait", given, sheet=EXAMPLE)
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    assert f"{still_there(given)} of them would still stand there" in reply.said


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (5, "sheet is missing"),
        (EXAMPLE | {"seats": 5}, "no line"),
        ({"hold": 5}, "Still to fill in"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence(sheet, says):
    assert says in ask("announced_wait", 4, sheet=sheet).said


# --- what the lab says of its own evening -------------------------------------------------------


def test_the_short_queue_turns_nine_in_ten_away_at_their_first_try():
    run = simulate(
        cases.build("same_hardware", {**queueing.CALM, "queue_s": 2.0}).scaled(ROOM), sample=0
    )
    first = np.mean(run.listeners["joined_attempt"] == 1)
    assert 0.85 <= 1 - first <= 0.95


def test_tuesdays_queue_is_more_than_twice_as_long_in_average_weather():
    assert outside(calm(TUESDAY))[0] > 2 * outside(calm(FRIDAY))[0]
    assert cases.get(TUESDAY).crowd.listeners < cases.get(FRIDAY).crowd.listeners


def test_the_five_ways_are_five_runs_of_the_same_crowd():
    lines = queueing.five_ways().splitlines()
    assert len(lines) == 6
    for line, (way, inputs) in zip(lines[1:], queueing.FIVE_WAYS.items(), strict=True):
        run = simulate(
            cases.build("same_hardware", {**queueing.CALM, **inputs}).scaled(ROOM), sample=0
        )
        assert line.startswith(way) and f" {share(readings.share_in(run))} " in line


def test_the_half_lives_are_told_for_the_same_two_runs():
    lines = queueing.half_lives().splitlines()
    assert len(lines) == 1 + len(queueing.HALF_LIVES)
    ways = list(queueing.FIVE_WAYS)[-2:]
    for line, minutes in zip(lines[1:], queueing.HALF_LIVES, strict=True):
        left = [share(returns_kept(queueing.one_way(way), 60.0 * minutes)) for way in ways]
        assert line.startswith(f"{minutes} minute") and line.endswith(left[1]) and left[0] in line


def test_of_the_guest_lists_the_shortest_makes_the_longest_queue():
    lines = queueing.guest_lists().splitlines()[1:]
    queues = [queueing.longest_queue(*one) for one in queueing.GUEST_LISTS]
    assert [invited * part for invited, part in queueing.GUEST_LISTS] == [200e3, 200e3, 270e3]
    assert queues[0] == queues[1] < queues[2] and queueing.GUEST_LISTS[2] == min(
        queueing.GUEST_LISTS
    )
    same = {**queueing.CALM, "at_the_start": 270_000, "handlers": 1_000}
    run = simulate(cases.build(FRIDAY, same).scaled(ROOM), sample=0)
    assert queues[2] == readings.peak(run, "outside")[0] / ROOM
    for line, queue in zip(lines, queues, strict=True):
        shown = float(line.split()[-1].replace(",", ""))
        assert shown == pytest.approx(queue, rel=0.05)


# --- the verdicts that the solution states ------------------------------------------------------

VERDICTS = [
    # claim, the words of the solution, inputs, what decides, whether it holds there
    ("F3", r"\*Holds when\* nobody steers .* long queue (\S+ %) get in", {}, readings.share_in, "below"),
    ("F3", r"It \*holds again\* .* short queue lets in (\S+ %)",
     {"queue_s": 2.0, "handlers": 625}, readings.share_in, "below"),
    ("S5", r"\*Holds\* as a lower bound.* shows (\S+ %) of itself in front of a quarter",
     {"queue_s": 2.0, "handlers": 625}, queue_of_demand, "from"),
    ("S5", r"\*Fails\* as a measure.* door it had, (\S+ %) with four times",
     {"queue_s": 2.0, "handlers": 10_000}, queue_of_demand, "below"),
    ("S6", r"\*Holds when\* the wait is short: with twice the handlers (\S+ %)",
     {"queue_s": 2.0, "handlers": 5_000}, returns_kept, "from"),
    ("S6", r"\*Fails when\* it is long: at the door as it was, (\S+ %)", {"queue_s": 2.0}, returns_kept, "below"),
]  # fmt: skip


def solution():
    """The verdicts at the end of the solution, as a reader sees them, in one line."""
    text = (ROOT / "authoring/practice/05_the_queue.py").read_text(encoding="utf-8")
    text = re.sub(r"^# ?", "", text[text.index("# ## The three claims") :], flags=re.MULTILINE)
    return " ".join(TAG.sub(lambda tag: tag["shown"], text).split())


@pytest.mark.parametrize(("key", "words", "inputs", "decides", "side"), VERDICTS)
def test_a_verdict_of_the_solution_is_the_one_of_its_run(key, words, inputs, decides, side):
    run = simulate(cases.build("same_hardware", {**queueing.CALM, **inputs}).scaled(ROOM), sample=0)
    value = decides(run)
    assert deciding_quantity(key, run) == value
    assert re.findall(words, solution()) == [share(value)], f"{key}: {value:.3f}"
    assert (value >= claim(key).threshold) == (side == "from"), f"{key}: {value:.3f}"


def test_f3_fails_on_the_same_handlers_with_a_short_queue_or_a_line():
    assert "on the same handlers, a short queue with pauses, or a line, lets in more" in solution()
    for way in ("pauses longer and longer, refused early", "stands in a line"):
        assert readings.share_in(queueing.one_way(way)) >= claim("F3").threshold


def test_every_verdict_of_the_solution_is_asked_about():
    said = re.findall(r"\*(?:holds|fails)[^*]*\*", solution(), re.IGNORECASE)
    assert len(said) == len(VERDICTS) + 1
