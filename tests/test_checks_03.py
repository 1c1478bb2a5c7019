"""Checks of unit 03: a blank is not yet, and each wrong idea meets the run that follows."""

import collections
import functools
import importlib
import json
import math
import re

import numpy as np
import pytest

from authoring import par_03
from loadbearing import cases, checks, simulate
from loadbearing.checks import check, plans, unit_03_buying, unit_03_doors, unit_03_launch
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_03_doors import Doors
from loadbearing.labs import Lab, buying, dice, formulas
from loadbearing.labs.amounts import Amount
from loadbearing.labs.bench import Bench
from loadbearing.labs.steady import busy_and_wait
from loadbearing.pictures.dice import dice_and_weather
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.scenario import Weather
from loadbearing.theory import queues, staffing
from loadbearing.words import avoided_in
from tests.house import ROOT

DOOR, SEEDS = "the_steady_door", range(501, 521)
SHEET = {"people_a_second": 30.0, "service_s": 2.0}
CALM = {"weather": Weather.calm()}


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer=..., **more):
    return check(f"the_door.{name}", answer, **more)


NAMES = [name for name in checks.names() if name.startswith("the_door.")]


# --- a line read ---------------------------------------------------------------------------------


@functools.cache
def seen(handlers):
    """(people a second, in line, being served) at a steady door, counted from the listeners themselves.

    Everybody's time in line and in service, added up over all who came: no area under any curve.
    """
    run = simulate(cases.build(DOOR, {"handlers": handlers}).changed(CALM), 1, sample=0)
    people = run.listeners
    length = run.evening.crowd.arrivals.until_s
    mine = people[people["arrived"] >= 0.1 * length]
    rate = len(mine) / (0.9 * length)
    time_there = float(np.mean(mine["joined"] - mine["arrived"]))
    served = float(run.seconds["work_s"].sum() / run.seconds["services"].sum())
    return rate, rate * (time_there - served), rate * served


def wait(handlers):
    rate, line, _ = seen(handlers)
    return line / rate


WRONG = {
    "upside down": ("little", lambda: 1 / wait(10), "upside down"),
    "those in service too": ("little", lambda: sum(seen(10)[1:]) / seen(10)[0], "service counted too"),
    "handlers for people": ("little", lambda: seen(10)[1] / 10, "handlers for people"),
    "multiplied": ("little", lambda: seen(10)[1] * seen(10)[0], "multiplied"),
    "the other door": ("little", lambda: wait(1), "other door"),
    "anything": ("little", lambda: 5, "other"),
    "below nothing": ("little", lambda: -1, "other"),
    "ratio upside down": ("shared_queue", lambda: wait(10) / wait(1), "upside down"),
    "equally busy": ("shared_queue", lambda: 1, "same share"),
    "ten handlers": ("shared_queue", lambda: 10, "as many as handlers"),
    "lines for waits": ("shared_queue", lambda: seen(1)[1] / seen(10)[1], "lines for waits"),
    "a difference": ("shared_queue", lambda: wait(1) - wait(10), "difference"),
    "half": ("shared_queue", lambda: 0.5, "other"),
    "today's load": ("last_handlers", lambda: 1_000, "today's load"),
    "fewer than the load": ("last_handlers", lambda: 900, "too few"),
    "nobody may give up": ("last_handlers", lambda: 2_000, "nobody may give up"),
    "a little too long": ("last_handlers", lambda: 1_350, "past the last that pays"),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, error = WRONG[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, error), reply.said


def test_no_two_wrong_ideas_get_the_same_answer():
    said = collections.Counter(ask(name, answer()).said for name, answer, _ in WRONG.values())
    assert said.most_common(1)[0][1] == 1


def test_a_line_read_right_is_what_each_person_s_own_wait_adds_up_to():
    assert ask("little", wait(10)).verdict == YES
    assert ask("little", f"{wait(10):.2f}").verdict == YES
    assert ask("shared_queue", wait(1) / wait(10)).verdict == YES


def test_a_wrong_wait_is_told_how_long_a_line_it_would_make():
    """By hand: with 5 seconds each and 9.5 people a second, 47.5 would stand in line."""
    assert "47.5 people would stand in line" in ask("little", 5).said
    assert "a wait of 1 second, 9.5" in ask("little", 1).said


def test_one_queue_is_worth_what_erlang_says():
    """19 service times at one handler, 1.651 behind ten: 11.5 times as long (Erlang's delay formula)."""
    expected = queues.mmc(0.95, 1.0, 1).wait / queues.mmc(9.5, 1.0, 10).wait
    assert expected == pytest.approx(11.5, rel=0.01)
    assert ask("shared_queue", expected).verdict == YES


# --- three doors ---------------------------------------------------------------------------------


@functools.cache
def kept(work, handlers, calm=False, seeds=SEEDS):
    """On how many evenings the mean wait is at most a tenth of a service time, by each person's own wait."""
    evenings = 0
    for seed in seeds:
        changes = {
            "handlers": handlers,
            "busy": work / handlers,
            "seen": 0,
            "watched_s": dice.SIZES[work],
        }
        room = cases.build(DOOR, changes)
        run = simulate(room.changed(CALM) if calm else room, seed, sample=0)
        evenings += busy_and_wait(run)[1] <= 0.1
    return int(evenings)


WRONG_DOORS = {
    "as many as the work": (Doors(10, 100, 1000), "nothing to spare", lambda: [f"{kept(10, 10, True)} of 20"]),
    "one share for all": (Doors(13, 130, 1300), "one share for all", lambda: [f"on {kept(10, 13)} evenings"]),
    "one share, dear": (Doors(20, 200, 2000), "one share for all", lambda: [f"{kept(1000, 1800)} of 20"]),
    "95 % busy everywhere": (Doors(11, 105, 1053), "one share for all", lambda: [f"on {kept(10, 11)} evenings"]),
    "the square root alone": (
        Doors(14, 111, 1034), "chance alone",
        lambda: [f"small, 14 handlers: {kept(10, 14, True)} of 20", f"large, 1,034 handlers: {kept(1000, 1034)} of 20"],
    ),
    "too few even for chance": (Doors(12, 138, 1340), "too few", lambda: [f"{kept(10, 13)} of 20"]),
    "too many at one door": (Doors(17, 138, 1600), "over-bought", lambda: ["260 handlers more"]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_DOORS)
def test_wrong_doors_meet_their_own_run(idea):
    doors, error, numbers = WRONG_DOORS[idea]
    reply = ask("headroom", doors)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number!r} is not in {reply.said!r}"


def test_par_is_right_and_a_tenth_above_par_too_and_beyond_not():
    best = unit_03_doors.par()
    assert ask("headroom", best).verdict == YES
    near = Doors(best.small + 1, int(1.1 * best.middle), int(1.1 * best.large))
    assert ask("headroom", near).verdict == YES
    beyond = ask("headroom", Doors(best.small, best.middle, math.ceil(1.1 * best.large) + 1))
    assert (beyond.verdict, beyond.error) == (NO, "over-bought")


@pytest.mark.parametrize("work", unit_03_doors.WORKS)
def test_par_is_what_the_sweep_finds(work):
    found = unit_03_doors.sweep()["doors"][str(work)]
    grid = dict(zip(par_03.GRID[work], found["grid"], strict=True))
    fewer = max(handlers for handlers in grid if handlers < found["par"])
    assert kept(work, found["par"]) == found["kept"] == grid[found["par"]] >= 18
    assert kept(work, fewer) == grid[fewer] < 18
    calm = found["fewest_in_average_weather"]
    assert kept(work, calm, True) >= 18 > kept(work, calm - 1, True)


def test_the_file_of_par_is_written_as_the_sweep_writes_it():
    text = unit_03_doors.PAR_FILE.read_text(encoding="utf-8")
    assert par_03.text(json.loads(text)) == text
    assert json.loads(text)["promise"] == unit_03_doors.PROMISE


def test_what_chance_asks_for_vanishes_with_size_and_what_weather_asks_for_does_not():
    spare = {work: unit_03_doors.sweep()["doors"][str(work)] for work in unit_03_doors.WORKS}
    calm = [one["fewest_in_average_weather"] / work - 1 for work, one in spare.items()]
    weather = [one["par"] / work - 1 for work, one in spare.items()]
    assert calm[0] > 0.3 and calm[2] < 0.02
    assert min(weather) > 0.3


def test_a_rehearsal_shows_other_evenings_than_those_of_the_check():
    assert not set(unit_03_doors.PRACTICE) & set(unit_03_doors.UNSEEN)
    lines = repr(unit_03_doors.rehearse(Doors(17, 138, 1340))).splitlines()
    assert len(lines) == 4 and "748 dollars" in lines[0]
    assert f"{kept(10, 17, False, range(21, 41))} of 20" in lines[1]
    assert "Fill in" in repr(unit_03_doors.rehearse(Doors(17, ..., 1340)))
    assert "small door has -1" in repr(unit_03_doors.rehearse(Doors(-1, 138, 1340)))


def test_nine_evenings_in_ten_are_eighteen_of_twenty():
    assert unit_03_doors.Trial(10, 17, 18, 20).holds
    assert not unit_03_doors.Trial(10, 17, 17, 20).holds


# --- the last handlers ---------------------------------------------------------------------------


def test_a_price_is_stated_once_for_the_whole_course():
    assert buying.HANDLER.value == plans.PRICE.value


def test_a_few_more_are_worth_what_their_people_are_worth():
    """By hand from the two bills: what fewer lose, in cents, over what the handlers cost."""
    lost = [buying.gave_up_on_average(handlers, 100, range(1, 9)) for handlers in (100, 110)]
    expected = (lost[0] - lost[1]) * 0.05 / (10 * 0.5)
    assert buying.worth_of_a_few_more(100, 100, range(1, 9)) == pytest.approx(expected)
    assert expected > 0


def test_the_best_door_is_short_on_about_one_evening_in_six_as_a_newsvendor_would_have_it():
    """A handler costs 50 cents and could let in 60 people worth 3 dollars: it pays on one evening in six or more."""
    best, _ = unit_03_buying.cheapest()
    short = np.mean([
        buying.gave_up(best, 1_000, seed) > 0.02 * 60_000 for seed in unit_03_buying.UNSEEN
    ])  # fmt: skip
    assert short == pytest.approx(1 / 6, abs=0.1)


def test_the_verdict_speaks_of_the_door_that_the_lab_shows():
    bench = Bench([DOOR], [Amount("handlers", 1, 1000, log=True), Amount("busy", 50, 99, worth=0.01, named="Busy")],
                  picture="wait_against_utilization", whole=True)  # fmt: skip
    bench.turn("handlers", 100)
    bench.turn("busy", 99)
    value, said = buying.worth_at_the_lab(bench)
    assert value == pytest.approx(buying.worth_of_a_few_more(100, 99.0))
    assert (
        said.startswith("100 handlers, on average 99 % busy, 24 evenings")
        and "10 more would save" in said
    )
    bench.turn("busy", 50)
    assert buying.worth_at_the_lab(bench)[0] < 0.05


# --- the student's own door ----------------------------------------------------------------------


def own(given, **changed):
    return ask("handlers", given, sheet=SHEET | changed)


WRONG_OWN = {
    "the work itself": (60, "nothing to spare"),
    "people for handlers": (30, "people for handlers"),
    "less than the work": (45, "less than the work"),
    "four fifths busy": (75, "chance alone"),
    "the square root alone": (76, "chance alone"),
    "a little more than the work": (63, "too few"),
    "twice": (140, "over-bought"),
    "a minute for a second": (3600, "minutes for seconds"),
}


@pytest.mark.parametrize("idea", WRONG_OWN)
def test_a_wrong_own_door_meets_its_own_evenings(idea):
    given, error = WRONG_OWN[idea]
    reply = own(given)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    assert "60 handlers' worth of work" in reply.said


def test_a_right_own_door_is_kept_on_the_launch_sheet():
    reply = own(90)
    assert reply.verdict == YES, reply.said
    entry = Progress.here().entry("launch_sheet", "the_door")
    assert entry["handlers"] == 90 and entry["people_a_second"] == 30


def test_the_example_numbers_are_nobodys_launch_and_are_not_kept():
    reply = ask("handlers", 90, sheet=dict(unit_03_launch.EXAMPLE))
    assert reply.verdict == YES and "example" in reply.said
    assert Progress.here().entry("launch_sheet", "the_door") is None


@pytest.mark.parametrize(
    ("sheet", "given"),
    [({"people_a_second": 0.1, "service_s": 2.0}, 3), ({"people_a_second": 20_000, "service_s": 1.0}, 27_000)],
)  # fmt: skip
def test_a_very_small_and_a_very_large_launch_are_judged_too(sheet, given):
    reply = ask("handlers", given, sheet=sheet)
    assert reply.verdict in (YES, NO) and "evenings" in reply.said


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (None, "Replace the blank"),
        (5, "The sheet is missing"),
        (SHEET | {"seats": 5}, "no line 'seats'"),
        (SHEET | {"service_s": ...}, "still blank"),
        (SHEET | {"service_s": "long"}, "not a number"),
        (SHEET | {"service_s": -5}, "give a number from"),
        ({"service_s": 5}, "still blank"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence(sheet, says):
    reply = ask("handlers", 90, sheet=sheet)
    assert reply.verdict in (NO, NOT_YET) and says in reply.said


# --- any check -----------------------------------------------------------------------------------

ABSURD = [
    object(),
    "x",
    math.nan,
    math.inf,
    [],
    {},
    True,
    len,
    b"5",
    Doors("many", 3, 4),
    Doors(5.5, 3, 4),
]


@pytest.mark.parametrize("name", [name.partition(".")[2] for name in NAMES])
@pytest.mark.parametrize("answer", ABSURD, ids=lambda one: type(one).__name__)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    reply = ask(name, answer, **({"sheet": SHEET} if name == "handlers" else {}))
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    assert reply.said.endswith(".") and "object at 0x" not in reply.said


def test_hints_use_no_word_that_the_course_avoids():
    for name in NAMES:
        one = checks.UNITS["the_door"].CHECKS[name.partition(".")[2]]
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- what stands in the lab ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def ten():
    """The run of a door with ten handlers, with the lives of some people."""
    return simulate(cases.build(DOOR, {"handlers": 10}).changed(CALM), 1, sample=5_000)


def test_each_formula_says_what_theory_says_and_shows_what_the_run_shows(ten):
    busy, there, waiting, long, root = formulas.lines_of(ten)
    assert busy.says == pytest.approx(0.95) and busy.shows == pytest.approx(0.95, abs=0.02)
    rate, line, served = seen(10)
    assert there.says == pytest.approx(line + served, rel=0.02)
    assert there.shows == pytest.approx(there.says, rel=0.02)
    assert waiting.says == pytest.approx(queues.erlang_c(10, 9.5))
    assert waiting.shows == pytest.approx(waiting.says, abs=0.04)
    assert long.says == pytest.approx(1.651, rel=1e-3)
    beta = (10 - 9.5) / math.sqrt(9.5)
    assert root.says == pytest.approx(staffing.waiting_at_beta(beta))
    assert f"{beta:.2f}" in root.words


def test_the_table_of_formulas_has_the_labs_own_knobs_and_follows_them():
    knobs = [Amount("handlers", 1, 1_000, log=True), Amount("busy", 50, 99, worth=0.01)]
    lab = Lab([DOOR], knobs, picture="wait_against_utilization", crowd=False, whole=True)
    table = formulas.Formulas(lab)
    shown = table.box.children
    assert list(shown[1].children) == list(lab.panel.knobs.values())
    before = shown[-1].value
    lab.turn("handlers", 10)
    lab.settle()
    assert table.lines == formulas.lines_of(lab.sight.trial.run)
    assert "handlers at the door: 10" in shown[-1].value != before
    assert "handlers at the door: 10" in table._repr_mimebundle_()["text/plain"]


def test_a_door_with_more_work_than_it_can_do_has_no_formula():
    run = simulate(
        cases.build(DOOR, {"handlers": 2, "busy": 1.1, "seen": 400}).changed(CALM), 1, sample=200
    )
    texts = [line.texts[0] for line in formulas.lines_of(run)]
    assert texts[2:] == [formulas.OVERLOADED] * 3


def test_the_picture_counts_the_evenings_above_one_service():
    found = {10: ([2.0, 0.5, 3.0], [0.1, 0.2, 9.0]), 1000: ([0.0, 0.0, 0.0], [0.0, 40.0, 2.0])}
    picture = dice_and_weather(found, 0.95, 1.0)
    assert picture.data["chance"].tolist() == [2, 0] and picture.data["weather"].tolist() == [1, 2]
    assert "none of 3 evenings, weather on two" in picture.title
    assert "10 handlers 2 and 1; 1,000 handlers 0 and 2" in picture.sentence


def test_chance_spares_the_large_door_and_weather_does_not():
    chance, weather = (dice.waits(1000, 0.95, calm, range(1, 9)) for calm in (True, False))
    assert max(chance) < 0.01 and max(weather) > 1
    assert min(dice.waits(10, 0.95, True, range(1, 9))) > 1


def test_the_prediction_is_settled_by_runs_and_the_lesson_does_not_answer_it():
    mission_par = importlib.import_module("authoring.mission_par")
    lab = mission_par.lab_of((ROOT / "authoring/labs/03_the_door.py").read_text(encoding="utf-8"))
    right, said = lab.prediction.settle(lab.bench)
    assert right == "hardly" and "One handler: 19" in said
    lesson = (ROOT / "lessons/03_the_door.md").read_text(encoding="utf-8").lower()
    assert not re.search(r"thousand handlers|one queue|shared queue|root", lesson)


def test_most_of_those_who_give_up_do_so_on_a_few_bad_evenings():
    """The exercise says so beside its table; the check's evenings are others, and no better."""
    for handlers in (1_000, 1_100, 1_200):
        for seeds in (buying.EVENINGS, unit_03_buying.UNSEEN):
            lost = sorted(buying.gave_up(handlers, unit_03_buying.WORK, seed) for seed in seeds)
            assert sum(lost[-5:]) > 0.5 * sum(lost)
