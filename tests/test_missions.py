"""Missions tick themselves from a full run, never from a preview, and are held against the best plan known."""

import errno
import types

import pytest

from authoring import mission_par
from loadbearing import readings
from loadbearing.labs import Choice, Knob, Settings, missions, rooms
from loadbearing.labs import knobs as turning
from loadbearing.labs.bench import Sight
from loadbearing.labs.missions import (
    Mission,
    MissionList,
    against_par,
    half_in_within,
    work_for_nobody,
)
from loadbearing.progress import Progress, storage
from loadbearing.words import avoided_in
from tests.by_hand import after, day

HANDLERS, QUEUE = "door.handlers", "door.queue_limit"
PAR = Settings.of("slow_door", {HANDLERS: 155})


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


@pytest.fixture
def listed(kept):
    quick = Mission("quick", "Half of everybody in soon.", half_in_within(300), "slow_door", PAR)
    return MissionList([quick], kept, "the_evening")


@pytest.fixture(scope="module")
def small_run():
    """A run of a small room with many handlers: half of everybody is in at once."""
    settings = Settings.of("slow_door", {HANDLERS: 300})
    scenario = turning.scenario_of(settings, [Knob(HANDLERS)]).scaled(1 / 200)
    return rooms.small_trial(settings, scenario, 1e9).run


def sight(run, per_cent, each=1.0, case="slow_door", path=HANDLERS):
    """What a lab shows of this run, as if these knobs had made it."""
    trial = rooms.Trial(Settings.of(case, {path: per_cent}), run, each)
    return Sight(trial, None, readings.readings(run))


def test_a_full_run_ticks_and_its_numbers_are_kept_with_the_par(listed, kept, small_run):
    listed.look(sight(small_run, 170))
    entry = kept.entry("missions", "the_evening/quick")
    assert entry["turned"] == {HANDLERS: 170}
    assert entry["readings"] == {
        one.label: one.text for one in readings.readings(small_run).values() if one.first
    }
    assert entry["told"] == (
        "You turned handlers at the door up by 70 %; the best plan known turns it by 55 %."
    )
    assert "1 of 1 done" in listed.list.value and entry["told"] in listed.list.value
    assert listed.summary().startswith("[x] Half of everybody in soon. You turned")


def test_a_preview_ticks_nothing(listed, kept, small_run):
    listed.look(sight(small_run, 170, each=20.0))
    assert not kept.path.exists()
    assert listed.summary() == "[ ] Half of everybody in soon."


def test_without_the_compiler_the_largest_room_there_is_counts(
    listed, kept, small_run, monkeypatch
):
    monkeypatch.setattr(missions, "has_compiler", lambda: False)
    listed.look(sight(small_run, 170, each=20.0))
    assert kept.entry("missions", "the_evening/quick")["room"].startswith("a room of ")


def test_another_case_ticks_nothing(listed, kept, small_run):
    listed.look(sight(small_run, 170, case="retry_flood"))
    assert not kept.path.exists()


def test_the_plan_with_the_least_turning_stands_whichever_came_first(listed, kept, small_run):
    for per_cent in (190, 160, 160, 180):
        listed.look(sight(small_run, per_cent))
    entry = kept.entry("missions", "the_evening/quick")
    assert entry["turned_in_all"] == 60
    assert [one["turned_in_all"] for one in entry["earlier"]] == [90], "what is no better is kept"


def test_a_reload_finds_a_mission_done_and_a_deletion_opens_it_again(listed, kept, small_run):
    listed.look(sight(small_run, 170))
    again = MissionList(listed.missions, kept, "the_evening")
    assert "1 of 1 done" in again.list.value
    kept.delete()
    again.restore()
    assert "done" not in again.summary() and "[ ]" in again.summary()


def test_what_is_needed_is_told_against_par():
    def mine(turned):
        return against_par(Settings.of("slow_door", turned), PAR)

    assert mine({HANDLERS: 155}).endswith("up by 55 %. That is the best plan known.")
    assert mine({HANDLERS: 150}).endswith(
        "up by 50 %. That is less than the best plan known, which turns one knob by 55 %."
    )
    assert mine({QUEUE: 30}).endswith(
        "down by 70 %; the best plan known turns another knob by 55 %."
    )
    assert mine({HANDLERS: 150, QUEUE: 80}) == (
        "You turned handlers at the door up by 50 % and "
        f"{Knob(QUEUE).label.lower()} down by 20 %; the best plan known turns another knob by 55 %."
    )
    assert against_par(PAR, None) == "You turned handlers at the door up by 55 %."


def test_a_mission_that_fails_says_so_and_nothing_else_breaks(kept, small_run):
    def wrong(trial, readings):
        raise KeyError("no_such_reading")

    listed = MissionList([Mission("wrong", "Impossible.", wrong)], kept, "")
    listed.look(sight(small_run, 170))
    assert "The missions could not be judged: &#x27;no_such_reading" in listed.said.value


def test_a_full_disk_is_said_and_the_mission_is_still_told(listed, small_run, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.tempfile, "mkstemp", refused)
    listed.look(sight(small_run, 170))
    assert "up by 70 %; the best plan known turns it by 55 %. It was not kept" in listed.said.value
    assert "the disk is full" in listed.said.value


@pytest.mark.parametrize(
    "held", [{}, {"turned_in_all": "few"}, {"turned_in_all": 3, "readings": 1}]
)
def test_an_entry_that_someone_edited_badly_counts_as_open(listed, kept, held):
    kept.keep("missions", "the_evening/quick", **held)
    listed.restore()
    assert listed.summary() == "[ ] Half of everybody in soon."


# --- what reaches a mission, by hand ----------------------------------------------------------------


def judged(reached, run, turned=()):
    """Whether a full run of these settings reaches a mission."""
    trial = rooms.Trial(Settings.of("slow_door", dict(turned)), run, 1.0)
    return reached(trial, readings.readings(run))


def test_half_are_in_within_the_very_second_in_which_the_second_of_three_is():
    """Three come at once and are in after 10, 20 and 30 seconds: half of three are two."""
    run = day("reference", listeners=3, service=10)
    assert judged(half_in_within(20), run)
    assert not judged(half_in_within(19.9), run)


def test_half_of_everybody_counts_those_who_never_get_in():
    """At 15 seconds one of three is in, soon after coming; half of everybody never were."""
    run = day("reference", listeners=3, service=10, ends=15)
    assert not judged(half_in_within(900), run)


def test_work_for_nobody_is_the_share_by_hand_with_the_other_knob_left_or_turned_up():
    """Two come at once; one is in at 10, the other leaves at 12 and is served till 20: half of the work is in vain."""
    run = day("reference", listeners=2, service=10, timeout_s=12, retries=after(5, most=1))
    half, more = (work_for_nobody(share, kept=HANDLERS) for share in (0.5, 0.501))
    assert judged(half, run, {QUEUE: 170}) and not judged(more, run, {QUEUE: 170})
    assert judged(half, run, {HANDLERS: 101})
    assert not judged(half, run, {HANDLERS: 99})


# --- the missions of the labs, and par --------------------------------------------------------------


def lab_like(knobs, reaches, monkeypatch):
    """The search for a lab of these knobs, whose missions are reached as told instead of simulated."""
    search = mission_par.Search(types.SimpleNamespace(bench=types.SimpleNamespace(knobs=knobs)))
    monkeypatch.setattr(search, "reaches", reaches)
    return search


def test_plans_are_tried_from_the_least_turning_on():
    knobs = [Knob(HANDLERS, 95, 110), Knob(QUEUE, 90, 105)]
    step, tried = mission_par.plans("slow_door", knobs)
    costs = [missions.turned_in_all(one) for one in tried]
    assert step == 5 and costs == sorted(costs) and costs[0] == 5
    alone = [one for one in tried if len(one.turned) == 1]
    assert len(alone) == 3 + 3
    assert Settings.of("slow_door", {HANDLERS: 105, QUEUE: 95}) in tried
    assert len(set(tried)) == len(tried) == 4 * 4 - 1


def test_many_knobs_are_tried_in_coarser_steps():
    step, tried = mission_par.plans(
        "slow_door", [Knob(HANDLERS), Knob(QUEUE), Knob("crowd.listeners")]
    )
    assert step == 50 and len(tried) <= mission_par.MOST
    at = {dict(one.turned).get(HANDLERS, 100) for one in tried}
    assert at == {25, 75, 100, 125, 175, 225, 275}


def test_the_best_plan_is_decided_by_the_full_crowd_to_one_per_cent(monkeypatch):
    """By hand: the small room says 107 and more, the full crowd 106 and more."""

    def reaches(mission, settings, small=False):
        return settings.per_cent(HANDLERS) >= (107 if small else 106)

    search = lab_like([Knob(HANDLERS, 100, 130)], reaches, monkeypatch)
    assert search.best(None, "slow_door") == Settings.of("slow_door", {HANDLERS: 106})


def test_several_knobs_are_each_turned_back(monkeypatch):
    """By hand: 131 and 62 together; neither alone."""

    def reaches(mission, settings, small=False):
        return settings.per_cent(HANDLERS) >= 131 and settings.per_cent(QUEUE) <= 62

    search = lab_like([Knob(HANDLERS), Knob(QUEUE)], reaches, monkeypatch)
    assert search.best(None, "slow_door") == Settings.of("slow_door", {HANDLERS: 131, QUEUE: 62})


def test_a_choice_is_tried_with_every_knob(monkeypatch):
    """By hand: only the choice and more handlers reach it."""
    pauses = Choice("crowd.retries.jitter", {"spread": "full", "in step": "none"}, named="Pauses")
    knobs = [Knob(HANDLERS, 100, 130), pauses]
    _, tried = mission_par.plans("slow_door", knobs)
    alone = next(one for one in tried if one.chosen)
    assert dict(alone.chosen) == {pauses.path: "in step"} and not alone.turned
    assert tried.index(alone) == 6, "a choice counts as 100, after each knob alone"

    def reaches(mission, settings, small=False):
        return bool(settings.chosen) and settings.per_cent(HANDLERS) >= 112

    found = lab_like(knobs, reaches, monkeypatch).best(None, "slow_door")
    assert found == Settings.of("slow_door", {HANDLERS: 112}, {pauses.path: "in step"})


def test_a_mission_that_names_its_own_par_is_not_searched(monkeypatch):
    asked = []
    monkeypatch.setattr(
        mission_par.Search, "best", lambda self, mission, case: asked.append(mission.key)
    )
    lab = types.SimpleNamespace(
        missions=[Mission("own", "", None, par=PAR), Mission("open", "", None)],
        bench=types.SimpleNamespace(cases=["slow_door"], knobs=[]),
    )
    assert mission_par.results({"unit": lab}) == {} and asked == ["open"]


@pytest.mark.slow
def test_no_mission_of_a_lab_is_reached_by_an_evening_as_it_was_and_each_by_its_par():
    for unit, lab in mission_par.labs().items():
        search = mission_par.Search(lab)
        for mission in lab.missions:
            par = missions.par_of(unit, mission)
            assert par is not None, f"{unit}/{mission.key} has no par"
            assert avoided_in(mission.text) == []
            for case in lab.bench.cases:
                reached = search.reaches(mission, Settings(case))
                assert not reached, f"{unit}/{mission.key} is done by {case} as it was"
            assert search.reaches(mission, par)
            for path, at in par.turned:
                nearer = dict(par.turned) | {path: at + (1 if at < 100 else -1)}
                nearer = Settings.of(par.case, nearer, dict(par.chosen))
                assert not search.reaches(mission, nearer), f"{unit}/{mission.key}: {nearer}"


def test_every_par_names_a_case_and_knobs_of_its_lab_and_no_mission_that_there_is_not():
    found = mission_par.labs()
    for unit, pars in missions._pars().items():
        lab = found[unit]
        knobs = {knob.path: knob for knob in lab.bench.knobs}
        assert {*pars} == {mission.key for mission in lab.missions if not mission.par}, unit
        for key, par in pars.items():
            assert par["case"] in lab.bench.cases, key
            for path, at in par["turned"].items():
                assert knobs[path].least <= at <= knobs[path].most and at != 100, key
            for path, option in par.get("chosen", {}).items():
                assert knobs[path].checked(option) == option, key
