"""The checks of unit 02: a blank is not yet, each wrong idea meets its own run."""

import collections
import functools
import math

import numpy as np
import pytest

from authoring import par_02
from loadbearing import Rush, cases, simulate
from loadbearing.cases import invitations
from loadbearing.checks import check, unit_02_plan, unit_02_reading
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.checks.unit_02 import CHECKS
from loadbearing.checks.unit_02_plan import Invitation
from loadbearing.launch import first_line
from loadbearing.parts import ScenarioError
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.units import people, share
from loadbearing.words import avoided_in

EXAMPLE = {one.key: one.example for one in first_line.INPUTS}
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
UNSEEN = range(501, 521)


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"the_rush.{name}", answer, **more)


# --- the notebooks -------------------------------------------------------------------------------


# --- the crowd, counted by hand ------------------------------------------------------------------


@functools.cache
def arrived(**changes):
    """When each listener of the calm announced hour came and got in, in a room of one twenty-fifth."""
    rows = simulate(
        cases.build("the_announced_hour", CALM | changes).scaled(1 / 25), sample=0
    ).listeners
    return rows["arrived"].copy(), rows["joined"].copy()


def in_minute(at):
    came, _ = arrived()
    return 25 * int(np.count_nonzero((came >= 60 * at) & (came < 60 * at + 60)))


def in_line(t):
    came, joined = arrived(timeout_s=None, queue_s=None, patience_s=None)
    return 25 * int(np.count_nonzero((came < t) & ~(joined < t)))


def peak():
    return in_minute(0) / (250_000 / 60)


def in_within_a_minute(number_of_people, within_s):
    inputs = CALM | {"people": number_of_people, "until_s": within_s, "handlers": 3_000}
    rows = simulate(cases.build("all_day", inputs).scaled(1 / 50), sample=0).listeners
    return share(float(np.mean(rows["joined"] - rows["arrived"] <= 60)))


THE_HOUR = [people(250_000 / 60)]
WRONG_READINGS = {
    "upside down": ("peak_to_mean", lambda: 1 / peak(), "upside down", lambda: THE_HOUR),
    "a share": ("peak_to_mean", lambda: peak() / 60, "share", lambda: [share(in_minute(0) / 250_000)]),
    "per cent": ("peak_to_mean", lambda: 100 * peak() / 60, "share", lambda: ["a sixtieth"]),
    "a second and a minute": ("peak_to_mean", lambda: 60 * peak(), "seconds and minutes", lambda: THE_HOUR),
    "the door for the mean": (
        "peak_to_mean", lambda: in_minute(0) / 60_000, "the door for the mean", lambda: ["60,000"],
    ),
    "it fits the hour fourteen times": (
        "peak_to_mean", lambda: 3_600_000 / 250_000, "it fits the hour",
        lambda: [share(float(np.mean(arrived()[1] - arrived()[0] <= 60)))],
    ),
    "empty minutes are no minutes": (
        "peak_to_mean", lambda: in_minute(0) / (250_000 / 5), "empty minutes", lambda: THE_HOUR,
    ),
    "some number": ("peak_to_mean", lambda: 20, "other", lambda: THE_HOUR),
    "a line looks like its inflow": (
        "longest_line", lambda: "20:00:40", "a line looks like its inflow",
        lambda: [people(in_line(40)), people(in_line(60))],
    ),
    "a little later": (
        "longest_line", lambda: "20:01:15", "still growing", lambda: [people(in_line(75)), people(in_line(95))],
    ),
    "when it is gone": ("longest_line", lambda: "20:04:40", "the end of the line", lambda: [people(in_line(20))]),
    "when it shrinks": (
        "longest_line", lambda: "20:03:00", "already shrinking", lambda: [people(in_line(180)), people(in_line(160))],
    ),
    "the largest test": (
        "covering_test", lambda: "A", "a total is no rate",
        lambda: [in_within_a_minute(8_000_000, 3600.0), in_within_a_minute(1_000_000, 60.0)],
    ),
    "more than are expected": (
        "covering_test", lambda: "b", "more people than expected", lambda: [in_within_a_minute(1_200_000, 600.0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_READINGS)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, error, numbers = WRONG_READINGS[idea]
    reply = ask(name, answer())
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number} is not in: {reply.said}"


def test_no_two_wrong_ideas_get_the_same_answer():
    said = collections.Counter(
        ask(name, answer()).said for name, answer, *_ in WRONG_READINGS.values()
    )
    twice = [one for one, times in said.items() if times > 1]
    assert len(twice) <= 1 and all("share of all who came" in one for one in twice)


def test_the_right_readings_are_what_the_engine_gives():
    assert ask("peak_to_mean", f"{peak():.1f}").verdict == YES
    longest = max(range(20, 301, 20), key=in_line)
    assert ask("longest_line", f"20:0{longest // 60}:{longest % 60:02d}").verdict == YES
    assert (
        people(in_line(longest)) in ask("longest_line", f"20:0{longest // 60}:{longest % 60}").said
    )
    assert ask("covering_test", " c ").verdict == YES


def test_the_line_is_longest_where_theory_says():
    """250,000 people, Gamma of shape 2 and mean 60 s: as many come as get in, 1,000 a second, when x exp(-x) = 0.12.

    With x = t / 30 s the later root is x = 3.32, so after 99.6 seconds.
    """
    x = 99.6 / 30
    assert x * math.exp(-x) == pytest.approx(0.12, rel=0.01)
    assert max(range(5, 301, 5), key=unit_02_reading.line_at) == pytest.approx(99.6, abs=11)


def test_without_a_common_moment_there_is_no_peak_to_find(monkeypatch):
    """The mechanism taken out: the same people evenly over the hour, and the peak of before is no longer right."""
    right = peak()
    evenly = cases.build("the_announced_hour", CALM).changed(
        {"crowd.arrivals": invitations.evenly()}
    )
    monkeypatch.setattr(unit_02_reading.cases, "build", lambda *_: evenly)
    unit_02_reading.run_of.cache_clear()
    try:
        assert ask("peak_to_mean", right).verdict == NO
        assert ask("peak_to_mean", 1.1).verdict == YES
    finally:
        unit_02_reading.run_of.cache_clear()


# --- invitations ---------------------------------------------------------------------------------


def test_one_group_is_the_announced_hour_and_more_are_the_same_people_later():
    assert invitations.in_groups(1) == cases.get("the_announced_hour").crowd.arrivals
    assert isinstance(invitations.in_groups(1), Rush)
    times, came = invitations.in_groups(4).table()
    for group in range(5):
        assert np.interp(300 * group, times, came) == pytest.approx(group / 4, abs=0.002)
    half = 60 * 1.678 / 2
    assert np.interp(300 + half, times, came) == pytest.approx(1.5 / 4, abs=0.005), (
        "half of a group, by its median"
    )


@pytest.mark.parametrize("number", [0, 13, 2.5, "two", None])
def test_a_number_of_groups_that_does_not_fit_is_answered_by_a_sentence(number):
    with pytest.raises(ScenarioError, match="whole number from 1 to 12"):
        invitations.in_groups(number)


@functools.cache
def kept(groups, handlers, evenly=False):
    """On how many unseen evenings nine in ten are in within a minute, by hand."""
    arrivals = invitations.evenly() if evenly else invitations.in_groups(groups)
    changes = {"door.handlers": handlers, "crowd.arrivals": arrivals}
    room = cases.get("the_announced_hour").changed(changes).scaled(1 / 25)
    evenings = 0
    for seed in UNSEEN:
        rows = simulate(room, seed, sample=0).listeners
        evenings += np.mean(rows["joined"] - rows["arrived"] <= 60) >= 0.9
    return f"kept on {int(evenings)} of 20 evenings"


WRONG_PLANS = {
    "the total fits the hour": (Invitation(1, 100), "averages hide peaks", lambda: [kept(1, 100), kept(1, 100, True)]),
    "twice the handlers": (Invitation(1, 2000), "averages hide peaks", lambda: [kept(1, 2000, True)]),
    "money is no object": (Invitation(1, 4000), "buying the peak", lambda: [kept(1, 4000), kept(2, 2000)]),
    "two are enough": (Invitation(2, 1000), "the group is the peak", lambda: [kept(4, 1000), kept(2, 1500)]),
    "as expected": (Invitation(3, 1000), "one evening in mind", lambda: [kept(3, 1000), "Weather"]),
    "as many as there are": (Invitation(12, 600), "over-bought", lambda: [kept(12, 480), kept(6, 600)]),
    "some to spare": (Invitation(6, 900), "over-bought", lambda: [kept(6, 720)]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG_PLANS)
def test_a_wrong_plan_meets_the_runs_of_its_own_idea(idea):
    plan, error, numbers = WRONG_PLANS[idea]
    reply = ask("invitation", plan)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    for number in numbers():
        assert number in reply.said, f"{idea}: {number} is not in: {reply.said}"


def test_par_is_right_and_the_evening_as_it_was_is_not_yet_a_plan():
    par = unit_02_plan.par()
    reply = ask("invitation", par)
    assert reply.verdict == YES and kept(par.groups, par.handlers) in reply.said
    assert ask("invitation", Invitation(1, 1000)).verdict == NOT_YET
    assert kept(1, 1000) == "kept on 0 of 20 evenings"
    assert unit_02_plan.sweep()["kept_by_that_evening"] == 0


def test_the_bill_is_handlers_and_further_rounds():
    assert Invitation(1, 1000).cost == 500
    assert Invitation(6, 550).cost == 275 + 250


def test_par_is_the_cheapest_of_what_the_sweep_found():
    bills = {
        groups: Invitation(int(groups), handlers).cost
        for groups, handlers in unit_02_plan.sweep()["fewest_handlers"].items()
    }
    assert unit_02_plan.par().cost == min(bills.values()) == unit_02_plan.sweep()["cost"]
    assert set(map(int, bills)) == set(par_02.GROUPS)
    assert bills["1"] > 2 * min(bills.values()) and bills["12"] > 1.2 * min(bills.values())


@pytest.mark.slow
def test_the_sweep_finds_what_is_written(tmp_path):
    assert par_02.main(["--check"]) == 0


def test_practice_evenings_are_told_and_are_not_the_ones_judged():
    told = repr(unit_02_plan.rehearse(Invitation(6, 600)))
    assert told.splitlines()[0] == "6 groups, 600 handlers: 550 dollars."
    assert [f"Practice evening {seed}:" in told for seed in (1, 2, 3, 501)] == [
        True,
        True,
        True,
        False,
    ]
    assert repr(unit_02_plan.rehearse(Invitation(..., 600))).startswith("Fill in")
    assert "whole number from 1 to 12" in repr(unit_02_plan.rehearse(Invitation(13, 600)))


# --- the busiest minute of a launch --------------------------------------------------------------


def busiest(sheet):
    """People a second in the busiest minute, counted from a run of the sheet's crowd."""
    rows = simulate(first_line.launch_scenario(sheet, sheet["expected"], 1.0), sample=0).seconds
    return np.convolve(rows["arrivals"], np.ones(60), "valid").max() / 60


def test_the_right_rate_is_the_one_of_a_run():
    for sheet in (EXAMPLE, EXAMPLE | {"within": 2}, EXAMPLE | {"expected": 200_000, "within": 45}):
        assert ask("busiest_rate", busiest(sheet), sheet=sheet).verdict == YES


WRONG_RATES = {
    "averages hide peaks": 20_000 / 600,
    "minutes for seconds": 20_000 / 10,
    "the door for the crowd": 30,
    "all in one minute": 20_000 / 60,
    "too many": 150,
    "too few": 10,
}


@pytest.mark.parametrize("idea", WRONG_RATES)
def test_a_wrong_rate_builds_a_door_of_its_size(idea):
    # the evening's own 30 a second is also nine tenths of the mean: another door tells the two apart
    sheet = EXAMPLE | ({"join_rate": 25} if idea == "the door for the crowd" else {})
    given = 25 if idea == "the door for the crowd" else WRONG_RATES[idea]
    reply = ask("busiest_rate", given, sheet=sheet)
    assert (reply.verdict, reply.error) == (NO, idea), reply.said
    door = share(first_line.promise_kept(sheet | {"join_rate": given}, 20_000))
    assert f"{door} are in within 2 minutes" in reply.said


def test_a_right_rate_is_kept_on_the_launch_sheet_and_the_example_is_not():
    own = EXAMPLE | {"join_rate": 45}
    assert "example" in ask("busiest_rate", busiest(EXAMPLE), sheet=EXAMPLE).said
    assert Progress.here().entry("launch_sheet", "the_rush") is None
    assert ask("busiest_rate", busiest(own), sheet=own).verdict == YES
    entry = Progress.here().entry("launch_sheet", "the_rush")
    assert entry["busiest_rate"] == pytest.approx(busiest(own), rel=0.1)
    assert "your door lets in 45" in entry["told"]


def test_a_sheet_that_makes_no_sense_is_answered_by_a_sentence():
    assert "The sheet is missing" in ask("busiest_rate", 20, sheet=5).said
    assert "above nothing" in ask("busiest_rate", -3, sheet=EXAMPLE).said


# --- any of them ---------------------------------------------------------------------------------

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
    Invitation("many", 3),
    Invitation(5.5, 30),
]


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("answer", ABSURD, ids=lambda one: type(one).__name__)
def test_what_is_no_answer_at_all_gets_a_sentence(name, answer):
    reply = ask(name, answer, **({"sheet": EXAMPLE} if name == "busiest_rate" else {}))
    assert (reply.verdict, reply.error) == (NO, "not an answer"), reply.said
    assert reply.said.endswith(".") and "object at 0x" not in reply.said


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("blank", [..., None, "", "...", Invitation(..., ...)], ids=str)
def test_a_blank_is_not_yet_an_answer_and_leaves_no_trace(name, blank):
    reply = ask(name, blank, **({"sheet": EXAMPLE} if name == "busiest_rate" else {}))
    assert reply.verdict == NOT_YET and reply.hint == ""
    assert Progress.here().entry("checks", f"the_rush.{name}") is None


def test_hints_come_in_three_steps_and_in_the_words_of_the_course():
    for one in CHECKS.values():
        assert len(one.hints) == 3
        assert avoided_in(" ".join([one.checked, one.blank, *one.hints])) == []


# --- verdicts that the solution states -----------------------------------------------------------


def test_the_solution_judges_the_three_claims_as_the_runs_do():
    from authoring.unit_facts import the_rush as facts

    def number(text):
        return float(text.removesuffix(" %").removeprefix("more than ")) / 100

    assert number(facts.rush_hour_soon()) < 0.9 <= number(facts.rush_no_hour_soon())
    assert number(facts.rush_half_door_soon()) < 0.9, "the hot spot"
    assert number(facts.rush_shown_long_queue()) < 0.9 <= number(facts.rush_shown_short_queue())
    assert (
        number(facts.rush_in_busiest_minute_all_day())
        < 0.05
        <= number(facts.rush_in_busiest_minute())
    )
    assert number(facts.rush_own_room_soon()) > 0.9 > number(facts.rush_twenty_rooms_soon())
    assert number(facts.rush_early_half_middle()) < 0.9 <= number(facts.rush_early_most_worst())
    assert number(facts.rush_three_groups_worst()) < 0.9 <= number(facts.rush_six_groups_soon())
