"""Knobs that are numbers or choices, pictures and numbers of a lab's own: all that units 02 to 07 add to a lab."""

import math

import numpy as np
import pytest

from loadbearing import cases, readings, simulate
from loadbearing.labs import (
    Amount,
    Bench,
    Choice,
    Knob,
    Lab,
    Later,
    Mission,
    Number,
    Prediction,
    Settings,
    hunts,
    missions,
    rooms,
    shown,
    steady,
    views,
)
from loadbearing.labs import knobs as turning
from loadbearing.labs.cards import VerdictCard
from loadbearing.labs.choice_control import ChoiceControl
from loadbearing.labs.knob_control import KnobControl
from loadbearing.parts import ScenarioError
from loadbearing.pictures.behind import GHOST, drawn
from loadbearing.pictures.returning import back_after, back_in_the_room, shares_back
from loadbearing.pictures.waits import service_times
from loadbearing.progress import Progress
from loadbearing.scenario import Autoscaler
from loadbearing.words import avoided_in

FLOOD, DOOR = "ten_bad_seconds", "the_steady_door"
HANDLERS = Amount("handlers", 1, 1_000, log=True)
BUSY = Amount("busy", 50, 99, worth=0.01, named="How busy", counted="%")
JITTER = Choice("crowd.retries.jitter", {"all in step": "none", "spread": "full"}, named="Pauses")
BUDGET = Choice("retry_budget", {"off": None, "10 %": 0.1}, named="Retry budget")
LATER = Later(what="handlers", at_s=840)
SHORTER = Later(what="queue_limit", at_s=840, least=2)
ROOM = 4_000


def scenario(case, knobs, **places):
    there = {knob.path: places[name] for name, knob in knobs.items() if name in places}
    return turning.scenario_of(turning.settings_of(case, there, knobs.values()), knobs.values())


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


@pytest.fixture
def small(monkeypatch):
    """The flood at a hundredth, so that a full crowd takes a blink."""
    for name in cases.every_name():
        cases.about(name)  # what is kept of a case must not be of a small one
    whole, built = cases.get, cases.build
    monkeypatch.setattr(cases, "get", lambda name: whole(name).scaled(1 / 100))
    monkeypatch.setattr(cases, "build", lambda *asked: built(*asked).scaled(1 / 100))
    monkeypatch.setattr(rooms, "PREVIEW_PEOPLE", ROOM)


@pytest.fixture
def lab(small, kept):
    settle = lambda bench: ("yes", "It did.")  # noqa: E731
    asked = Prediction(key="k", question="Will it?", options={"yes": "Yes."}, settle=settle)
    lab = Lab(
        [FLOOD], [Knob("door.queue_limit"), LATER, BUDGET], asked, unit="the_flood", progress=kept,
        picture="attempts_by_kind", first=("dead_work", "share_in", "attempts_per_person"),
        missions=[Mission("m", "Let them in.", lambda trial, told: told["share_in"].value > 0.9)],
    )  # fmt: skip
    assert lab.box
    lab.unlock()
    return lab


# --- a number in its own unit ----------------------------------------------------------------------


def test_a_number_stands_where_the_case_has_it_and_changes_what_it_names():
    assert HANDLERS.rest(DOOR) == cases.get(DOOR).door.handlers
    turned = scenario(DOOR, {"h": HANDLERS, "b": BUSY}, h="1,000", b=50)
    assert turned == cases.build(DOOR, {"handlers": 1_000, "busy": 0.5})
    assert isinstance(turned.door.handlers, int)


def test_what_is_shown_may_be_a_hundred_times_the_setting():
    assert BUSY.rest(DOOR) == 95
    assert BUSY.changes(DOOR, 95) == {"busy": 0.95}
    assert BUSY.said(DOOR, 70) == "how busy: 70 %"


def test_one_of_them_is_told_in_the_singular():
    assert [HANDLERS.comes_to(DOOR, at) for at in (1, 2)] == ["1 handler", "2 handlers"]


def test_a_slider_in_log_steps_stops_at_round_numbers_and_at_both_ends():
    assert HANDLERS.marks == (1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 200, 300, 500, 700, 1_000)
    assert Amount("x", 4, 25, log=True).marks == (4, 5, 7, 10, 20, 25)
    assert Amount("x", 0.1, 2, step=0.1, log=True).marks == (0.1, 0.2, 0.3, 0.5, 0.7, 1, 2)
    assert Amount("x", 4, 25).marks == ()


@pytest.mark.parametrize("typed", ["", "many", None, float("nan"), 0, 1_001, -3])
def test_a_number_that_makes_no_sense_is_answered_by_a_sentence(typed):
    with pytest.raises(ScenarioError, match="Handlers at the door is .*; type"):
        HANDLERS.checked(typed)


def test_a_whole_setting_takes_whole_numbers_and_an_uneven_one_takes_its_own():
    assert HANDLERS.checked("12.6") == 13
    assert Amount("x", 0, 2, step=0.1, named="X", counted="x").checked("0.25") == 0.25


def test_a_setting_that_is_no_number_wants_a_choice():
    with pytest.raises(ScenarioError, match=r"Time-out .*None in The steady door.*use a Choice"):
        Bench([DOOR], [Amount("crowd.timeout_s", 1, 60)])
    with pytest.raises(ScenarioError, match="Time-out .* is no number in The steady door"):
        Bench([DOOR], [Knob("crowd.timeout_s")])
    with pytest.raises(ScenarioError, match="waiting_room"):
        Bench([DOOR], [Knob("waiting_room.admits_per_s")])


# --- a few choices ---------------------------------------------------------------------------------


def test_a_choice_stands_at_what_the_case_has_and_may_turn_it_off():
    assert (JITTER.rest(FLOOD), BUDGET.rest(FLOOD)) == ("spread", "off")
    knobs = {"j": JITTER, "b": BUDGET}
    assert scenario(FLOOD, knobs, j="spread", b="off") == cases.get(FLOOD)
    turned = scenario(FLOOD, knobs, j="all in step", b="10 %")
    assert (turned.crowd.retries.jitter, turned.door.retry_budget) == ("none", 0.1)


def test_a_choice_may_change_several_settings_or_none():
    refused = Choice(
        "refused",
        {"tries again": {}, "stands in a line": {"admits_per_s": 1_750.0, "queue_s": 5.0}},
        named="Whoever is refused",
    )
    assert refused.rest("same_hardware") == "tries again"
    line = scenario("same_hardware", {"r": refused}, r="stands in a line")
    assert line.waiting_room.admits_per_s == 1_750
    assert line.door.queue_limit == 5 * 2_500
    assert scenario("same_hardware", {"r": refused}, r="tries again") == cases.get("same_hardware")


def test_a_waiting_room_opens_from_a_choice():
    opens = Choice("waiting_room.opens_s", {"closed": None, "open": 300.0}, named="A line")
    rate = Knob("waiting_room.admits_per_s", 10, 400)
    turned = scenario("the_restart", {"o": opens, "r": rate}, o="open", r=70)
    assert (turned.waiting_room.opens_s, turned.waiting_room.admits_per_s) == (300, 700)
    assert scenario("the_restart", {"o": opens}, o="closed") == cases.get("the_restart")


def test_a_choice_without_the_case_s_own_setting_is_refused_when_the_lab_is_made():
    with pytest.raises(ScenarioError, match="Pauses: no option is what Ten bad seconds has"):
        Bench([FLOOD], [Choice("crowd.retries.jitter", {"in step": "none"}, named="Pauses")])


def test_an_option_that_is_not_there_names_those_that_are(lab):
    before = lab.bench.settings
    lab.turn(BUDGET.path, "11 %")
    assert "Did you mean" in lab.panel.notice.value and "10 %" in lab.panel.notice.value
    assert lab.bench.settings == before


# --- from a moment on ------------------------------------------------------------------------------


def test_from_a_moment_on_acts_then_and_leaves_the_evening_before_alone():
    turned = scenario(FLOOD, {"l": LATER, "s": SHORTER}, l=200, s=5)
    (timetable,) = turned.controllers
    changes = {one.what: (one.at_s, one.to) for one in timetable.changes}
    assert changes == {"handlers": (840, 2_000), "queue_limit": (840, 1_000)}
    assert turned.door == cases.get(FLOOD).door
    assert scenario(FLOOD, {"l": LATER}, l=100) == cases.get(FLOOD)
    assert LATER.label == "Handlers at the door, from 20:14 on"


def test_handlers_all_evening_are_not_undone_by_who_acts_later():
    knobs = {"all": Knob("door.handlers"), "l": LATER}
    assert scenario(FLOOD, knobs, all=150).controllers == ()
    assert scenario(FLOOD, knobs, all=150).door.handlers == 1_500


def test_a_shorter_queue_from_then_on_ends_the_flood_and_twice_the_handlers_do_not():
    bench = Bench([FLOOD], [LATER, SHORTER], picture="attempts_by_kind")
    soon = [
        readings.service_level(bench.run(FLOOD, places, people=40_000), 60, 1560, 1740)
        for places in ({}, {LATER.path: 200}, {SHORTER.path: 5})
    ]
    assert soon[0] < 0.1 and soon[1] < 0.1 and soon[2] > 0.9


# --- where a lab stands ----------------------------------------------------------------------------


def test_settings_with_numbers_and_choices_are_equal_by_value_and_put_back_is_untouched():
    knobs = [Knob("door.handlers"), HANDLERS, JITTER]
    places = {"door.handlers": 150, "handlers": 5, JITTER.path: "all in step"}
    one, two = (turning.settings_of(FLOOD, places, knobs) for _ in range(2))
    assert one == two and hash(one) == hash(two) and not one.untouched
    assert one.turned == (("door.handlers", 150),)
    assert dict(one.chosen) == {"handlers": 5, JITTER.path: "all in step"}
    back = one.with_knob(knobs[0], 100).with_knob(HANDLERS, 1_000).with_knob(JITTER, "spread")
    assert back == Settings(FLOOD) and back.untouched


def test_a_hundred_of_something_is_not_the_hundred_per_cent_of_untouched():
    settings = turning.settings_of(DOOR, {"handlers": 100}, [HANDLERS])
    assert settings.at("handlers") == 100 and not settings.untouched


def test_another_case_keeps_what_was_turned_and_forgets_what_is_its_own():
    bench = Bench(["the_wanted_event", "the_longer_queue"], [HANDLERS_OF_EVENTS])
    bench.turn("handlers", 500)
    bench.choose("the_longer_queue")
    assert bench.settings.untouched and bench.at(HANDLERS_OF_EVENTS) == 500
    bench.turn("handlers", 700)
    bench.choose("the_wanted_event")
    assert bench.at(HANDLERS_OF_EVENTS) == 700


HANDLERS_OF_EVENTS = Amount("handlers", 100, 5_000, step=100)


def test_all_knobs_are_told_in_words():
    knobs = [Knob("door.queue_limit"), HANDLERS, JITTER, LATER]
    places = {"door.queue_limit": 50, "handlers": 7, JITTER.path: "all in step", LATER.path: 120}
    said = turning.told(turning.settings_of(FLOOD, places, knobs), knobs)
    assert said == (
        "Ten bad seconds, queue limit at 50 % (10,000), handlers at the door: 7, pauses: all in step, "
        "handlers at the door, from 20:14 on at 120 % (1,200)"
    )
    assert avoided_in(said) == []


# --- the lab's own numbers -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flood_run():
    return simulate(cases.get(FLOOD).scaled(1 / 200), 1, sample=0, progress=False)


def test_the_readings_shown_first_are_the_lab_s_own_in_its_order(flood_run):
    half = Number("half", "Half of it", lambda run: readings.share_in(run) / 2, "{:.3f}".format)
    found = shown.all_readings(flood_run, ("dead_work", half, "share_in"))
    assert [one.key for one in found.values() if one.first] == ["dead_work", "half", "share_in"]
    assert found["half"].value == readings.share_in(flood_run) / 2
    assert found["half"].text == f"{found['half'].value:.3f}"
    known = readings.readings(flood_run)
    assert set(found) == {*known, "half"}
    assert found["dead_work"].text == known["dead_work"].text
    assert not found["gave_up"].first


def test_counts_of_a_small_room_are_those_of_the_whole_crowd():
    """A fiftieth of the room, each for fifty: as many come and are refused as in the whole; shares stay shares."""
    there = cases.build(
        "the_eve", dict.fromkeys(("turnout", "patience", "sharpness", "service"), 0.0)
    )
    run = simulate(there.scaled(1 / 50), 1, sample=0, progress=False)
    joins = Number("j", "J", lambda run: run.seconds["joins"].sum(), "{:.0f}".format, counted=True)
    wanted = ("came", "refused", "share_in", "attempts_per_person", joins)
    small, grown = (shown.first_readings(run, wanted, each) for each in (1, 50))
    assert grown["came"].value == 250_000 and grown["came"].text == "250,000"
    assert grown["refused"].value == 50 * small["refused"].value
    assert grown["j"].value == 50 * small["j"].value
    for same in ("share_in", "attempts_per_person"):
        assert grown[same] == small[same]
    rest = shown.all_readings(run, ("share_in",), 50)
    assert rest["peak_outside"].value == 50 * readings.peak(run, "outside")[0]
    assert rest["collapses"].value == 0 and rest["overload"].value == readings.overload_s(run)


def test_a_number_that_nobody_has_is_said_in_words(flood_run):
    nobody = Number("n", "N", lambda run: math.nan, str, without="nobody came")
    assert nobody.reading(flood_run).text == "nobody came"


def test_an_unknown_reading_or_picture_names_the_near_ones():
    with pytest.raises(ScenarioError, match="time_to_join"):
        Bench([FLOOD], [LATER], first=("time_to_joi",))
    with pytest.raises(ScenarioError, match="attempts_by_kind"):
        Bench([FLOOD], [LATER], picture="attempts_by_kin")


def test_both_knobs_at_once_maps_numbers_and_choices(small):
    settings = turning.settings_of(FLOOD, {BUDGET.path: "10 %"}, [HANDLERS_OF_EVENTS, BUDGET])
    found = hunts.two_knobs(settings, [HANDLERS_OF_EVENTS, BUDGET])
    assert found.across == sorted({100, 1_100, 2_100, 3_000, 4_000, 5_000, 1_000})
    assert found.up == ["off", "10 %"]
    assert (found.across[found.mine[0]], found.up[found.mine[1]]) == (1_000, "10 %")
    assert found.values[1, found.mine[0]] > 0.9 > found.values[0, found.mine[0]]
    assert "10 %" in found.picture().sentence
    assert hunts.marks_of(HANDLERS, 10) == [1, 5, 10, 20, 70, 300, 1_000]


# --- any picture follows the knob ------------------------------------------------------------------


@pytest.mark.parametrize("name", views.VIEWS)
def test_every_picture_is_drawn_with_another_run_pale_behind_it(name):
    case = DOOR if name == "wait_against_utilization" else FLOOD
    fraction = 1 if case == DOOR else 1 / 200
    changes = {"seen": 2_000} if case == DOOR else {}
    run, other = (
        simulate(cases.build(case, changes | more).scaled(fraction), 1, sample=0, progress=False)
        for more in ({}, {"handlers": 5} if case == DOOR else {"fault_s": None})
    )
    make = views.view_of(name)
    before = drawn(make, other, 1 / fraction)
    shown_now = drawn(make, run, 1 / fraction, before, "the last try")
    pale = [line for axes in shown_now.picture.figure.axes for line in axes.get_lines()
            if line.get_gid() == GHOST]  # fmt: skip
    assert pale, "nothing of the other run is there"
    old = [line for axes in before.picture.figure.axes for line in axes.get_lines()]
    assert all(
        any(np.array_equal(line.get_ydata(), one.get_ydata(), equal_nan=True) for one in old)
        for line in pale
    )
    top = shown_now.picture.figure.axes[0].get_ylim()[1]
    assert all(
        np.nanmax(line.get_ydata()) <= top
        for line in pale
        if line.axes is shown_now.picture.figure.axes[0]
    )
    assert (
        shown_now.png().startswith(b"\x89PNG")
        and shown_now.sentence == make(run, 1 / fraction).sentence
    )
    assert any("pale: the last try" in one.get_text() for one in shown_now.picture.figure.texts)


def test_a_ghost_casts_no_ghost(flood_run):
    make = views.view_of("attempts_by_kind")
    first = drawn(make, flood_run)
    second = drawn(make, flood_run, 1.0, first, "the last try")
    third = drawn(make, flood_run, 1.0, second, "the last try")
    count = [
        sum(line.get_gid() == GHOST for line in one.picture.figure.axes[0].get_lines())
        for one in (first, second, third)
    ]
    assert count[0] == 0 and count[1] == count[2] > 0


def test_the_axis_comes_down_again_once_the_high_run_is_no_longer_behind(flood_run):
    make = views.view_of("attempts_by_kind")
    there = cases.build(FLOOD, {"retry_budget": 0.1}).scaled(1 / 200)
    calm = simulate(there, 1, sample=0, progress=False)
    after_the_flood = drawn(make, calm, 200.0, drawn(make, flood_run, 200.0), "the last try")
    later = drawn(make, calm, 200.0, after_the_flood, "the last try")
    tops = [one.picture.figure.axes[0].get_ylim()[1] for one in (after_the_flood, later)]
    assert tops[1] < tops[0] / 3


def test_names_of_lines_keep_apart_when_the_run_behind_needs_a_higher_axis(flood_run):
    """The flood behind a calm evening raises the axis many times over: names that stood apart must still do so."""
    make = views.view_of("attempts_by_kind")
    there = cases.build(FLOOD, {"retry_budget": 0.1}).scaled(1 / 200)
    calm = simulate(there, 1, sample=0, progress=False)
    alone = drawn(make, calm, 200.0)
    behind = drawn(make, calm, 200.0, drawn(make, flood_run, 200.0), "the last try")
    axes = behind.picture.figure.axes[0]
    assert axes.get_ylim()[1] > 3 * alone.picture.figure.axes[0].get_ylim()[1]
    boxes = [one.get_window_extent() for one in axes.texts if one.get_text()]
    assert len(boxes) == len(alone.picture.figure.axes[0].texts) >= 2
    for at, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[at + 1 :])


def test_a_picture_on_the_screen_has_the_colours_of_the_one_on_paper(flood_run):
    from io import BytesIO

    from PIL import Image

    make = views.view_of("attempts_by_kind")
    quick, paper = (
        np.asarray(Image.open(BytesIO(png)).convert("RGB"), float)
        for png in (drawn(make, flood_run).png(), make(flood_run, 1.0).png())
    )
    assert quick.shape == paper.shape
    assert np.mean(np.abs(quick - paper).max(axis=2) > 40) < 0.005


def test_a_lab_shows_its_own_picture_in_all_stages(lab):
    bench = lab.bench
    assert "later attempts for each first one" in lab.sight.picture.title
    lab.drag("door.queue_limit", 25)
    dragged = lab.sight
    assert (
        dragged.picture.took["draw"] > 0 and not dragged.picture.picture.figure.axes[0].get_title()
    )
    lab.turn("door.queue_limit", 25)
    lab.settle()
    assert lab.sight.trial.full and lab.sight.trial.settings.per_cent("door.queue_limit") == 25
    assert bench.behind(lab.sight.trial.settings) is None
    lab.turn(BUDGET.path, "10 %")
    lab.settle()
    assert "Changed since the last try" in " ".join(lab.panel.screen.told["caption"])
    assert bench.behind(bench.settings).trial.settings.at(BUDGET.path) is None
    lab.pin()
    lab.turn(LATER.path, 200)
    lab.settle()
    assert "pale: pinned" in [one.get_text() for one in lab.sight.picture.picture.figure.texts]
    lab.reset()
    lab.settle()
    assert bench.settings.untouched
    assert [one.label for one in lab.sight.first][0] == "Dead work"


def test_published_counts_and_front_pages_are_only_for_cases_of_the_record(lab, kept):
    assert list(lab.bench.points) == []
    assert lab.panel.pages not in lab.panel.box.children
    assert not lab.pages and lab.told_run() is None
    told = Lab(["slow_door"], [Knob("door.handlers")], progress=kept)
    assert told.pages and len(told.bench.points) == 3
    asked = Lab([FLOOD], [LATER], progress=kept, pages=True, crowd=False)
    assert asked.pages and asked.panel is None
    assert asked.box and asked.panel.pages in asked.panel.box.children
    assert asked.panel.stage.crowd not in asked.panel.stage.box.children


@pytest.mark.parametrize("name", [one for one in cases.every_name() if one != DOOR])
def test_every_case_has_a_small_room_that_keeps_its_handlers_nearly_whole(name):
    scaler = Autoscaler(target=0.7, least=1_000, most=6_000)
    for there in (cases.get(name), cases.get(name).changed({"controllers": (scaler,)})):
        fraction, held = rooms.small(there, 12_000)
        assert held.door.handlers == pytest.approx(there.door.handlers * fraction, rel=0.05)


def test_a_knob_let_go_runs_in_full_even_where_its_glimpse_held_everybody(kept):
    """The run at rest is the one that missions judge and that the next try is compared with."""
    lab = Lab([DOOR], [HANDLERS], progress=kept, whole=True, picture="wait_against_utilization")
    assert lab.box
    lab.drag("handlers", 5)
    dragged = lab.sight
    lab.turn("handlers", 5)
    lab.settle()
    assert dragged.trial.full and not dragged.trial.run.lives.size
    assert lab.sight.trial.run.lives.size and lab.bench.rests(lab.sight)
    assert not lab.bench.rests(dragged)


def test_the_room_of_a_unit_s_case_is_drawn_without_dots_over_its_own_evening():
    bench = Bench(["the_restart"], [Knob("door.queue_limit")])
    sight = bench.sight(bench.preview())
    assert "published" not in sight.picture.sentence
    assert sight.trial.run.evening.starts_s == -600


# --- on the screen ---------------------------------------------------------------------------------


def test_each_kind_of_knob_has_its_control_and_is_locked_until_the_prediction(small, kept):
    asked = Prediction(key="k", question="?", options={"y": "Y."}, settle=lambda b: ("y", "Y."))
    lab = Lab([FLOOD], [HANDLERS_OF_EVENTS, LATER, BUDGET], asked, progress=kept,
              picture="attempts_by_kind")  # fmt: skip
    assert lab.box
    amount, later, choice = lab.panel.knobs.values()
    assert isinstance(amount, KnobControl) and isinstance(choice, ChoiceControl)
    assert (amount.least, amount.most, amount.high, amount.shown) == (100, 5_000, 5_000, "")
    assert (later.shown, later.spoken, later.high) == ("%", "per cent", 10_000)
    assert (choice.options, choice.at) == (["off", "10 %"], "off")
    assert all(one.disabled for one in (amount, later, choice))
    choice._handle_custom_msg({"kind": "rest", "at": "10 %"}, [])
    assert lab.bench.settings.untouched
    lab.unlock()
    choice._handle_custom_msg({"kind": "rest", "at": "10 %"}, [])
    lab.settle()
    assert lab.bench.settings.at(BUDGET.path) == "10 %" and choice.at == "10 %"


@pytest.mark.parametrize("message", [{"kind": "rest"}, {"kind": "rest", "at": [1]}, {}, "", None])
def test_a_message_that_makes_no_sense_chooses_nothing(lab, message):
    lab.panel.knobs[BUDGET.path]._handle_custom_msg(message, [])
    lab.settle()
    assert lab.bench.settings.untouched and lab.panel.knobs[BUDGET.path].at == "off"


def test_a_log_slider_says_its_stops_and_its_box_takes_what_lies_between(kept):
    lab = Lab([DOOR], [HANDLERS, BUSY], progress=kept, whole=True, crowd=False,
              picture="wait_against_utilization", first=(steady.WAIT,))  # fmt: skip
    assert lab.box
    control = lab.panel.knobs["handlers"]
    assert control.stops == list(HANDLERS.marks) and control.at == HANDLERS.rest(DOOR)
    control._handle_custom_msg({"kind": "rest", "at": "15", "ticket": 1}, [])
    lab.settle()
    assert (control.at, control.comes_to) == (15, "15 handlers")
    assert lab.sight.trial.full and lab.sight.trial.run.evening.door.handlers == 15


# --- missions, predictions, verdicts ---------------------------------------------------------------


def test_a_mission_tells_numbers_and_choices_and_keeps_them(lab, kept):
    lab.turn(BUDGET.path, "10 %")
    lab.settle()
    held = kept.entry("missions", "the_flood/m")
    assert held["chosen"] == {BUDGET.path: "10 %"} and held["turned"] == {}
    assert held["turned_in_all"] == 100
    assert held["told"].startswith("You chose retry budget: 10 %")
    assert held["settings"] == "Ten bad seconds, retry budget: 10 %"


def test_a_par_may_hold_choices_too():
    mine = turning.settings_of(FLOOD, {LATER.path: 130, BUDGET.path: "10 %"}, [LATER, BUDGET])
    best = Settings.of(FLOOD, {LATER.path: 110})
    told = missions.against_par(mine, best, [LATER, BUDGET])
    assert told.startswith(
        "You turned handlers at the door, from 20:14 on up by 30 % and chose retry budget: 10 %. The best "
    )


def test_a_prediction_is_settled_by_several_evenings():
    bench = Bench([FLOOD], [BUDGET], first=("attempts_per_person",))

    def settle(bench):
        tries = [
            readings.attempts_per_person(bench.run(FLOOD, seed=seed, weather=True, people=ROOM))
            for seed in (1, 2, 3)
        ]
        return ("many" if min(tries) > 3 else "few"), f"{min(tries):.1f} to {max(tries):.1f}"

    right, sentence = settle(bench)
    assert right == "many"
    low, high = map(float, sentence.split(" to "))
    assert low < high, "three evenings are not the same evening"
    calm = [bench.run(FLOOD, seed=seed, people=ROOM).evening.door for seed in (1, 2)]
    assert calm[0] == calm[1]
    assert bench.reading(FLOOD, "attempts_per_person", {BUDGET.path: "10 %"}) < low


def test_a_claim_that_needs_several_runs_shows_and_keeps_what_they_decided(lab, kept):
    def largest_fall(bench):
        values = [bench.reading(FLOOD, "dead_work", {BUDGET.path: at}) for at in BUDGET.options]
        return max(values) - min(values), "one setting takes most of the dead work away."

    card = lab.verdict_card("F1", S11=largest_fall)
    assert [one.key for one in card.claims] == ["F1", "S11"]
    assert card.decided["S11"]["value"] > 0.5
    sentence = "In several runs: one setting takes most of the dead work away."
    assert sentence in card._repr_mimebundle_()["text/plain"]
    card.keep("S11", "holds", "with a budget")
    assert kept.entry("verdicts", "the_flood/S11")["evidence"]["decided"]["value"] > 0.5
    assert sentence in card.status["S11"].value
    card.keep("F1", "fails", "without")
    assert "decided" not in kept.entry("verdicts", "the_flood/F1")["evidence"]
    assert sentence not in card.status["F1"].value


def test_several_runs_are_made_again_for_the_door_that_the_lab_shows_when_it_is_taken(lab, kept):
    def where(bench):
        at = bench.at(bench.knobs[0])
        return at / 100, f"the queue limit stands at {at}."

    card = lab.verdict_card(S11=where)
    assert "stands at 100." in card.several["S11"].value
    lab.turn("door.queue_limit", 50)
    lab.settle()
    assert "stands at 100." in card.several["S11"].value, "nothing is run before it is asked for"
    card.fresh.click()
    assert "stands at 50." in card.several["S11"].value
    lab.turn("door.queue_limit", 25)
    lab.settle()
    card.keep("S11", "holds", "at a short queue")
    assert kept.entry("verdicts", "the_flood/S11") is None, "what was not seen is not kept"
    assert "stands at 25." in card.several["S11"].value
    card.keep("S11", "holds", "at a short queue")
    assert kept.entry("verdicts", "the_flood/S11")["evidence"]["decided"]["value"] == 0.25


def test_beside_a_choice_the_best_plan_is_told_without_per_cent():
    """A choice has no per cent: what was turned in all is no number that anybody could follow."""
    chosen = {BUDGET.path: "10 %"}
    plan = Settings.of(FLOOD, {"door.queue_limit": 400}, chosen)
    known = {
        "The best plan known needs fewer knobs.": ({"door.queue_limit": 30}, {}),
        "The best plan known needs less turning.": ({"door.queue_limit": 200}, chosen),
        "That is the best plan known.": ({"door.queue_limit": 400}, chosen),
        "That is less than the best plan known.": ({"door.queue_limit": 600}, chosen),
    }
    for said, par in known.items():
        told = missions.against_par(plan, Settings.of(FLOOD, *par), [BUDGET])
        assert told == f"You turned queue limit up by 300 % and chose retry budget: 10 %. {said}"


def test_runs_that_fail_leave_the_card_standing(lab):
    card = VerdictCard(lab, ["F1"], {"S11": lambda bench: 1 / 0})
    assert "could not be run" in card.decided["S11"]["sentence"]


# --- steady doors and the way back -----------------------------------------------------------------


@pytest.mark.parametrize(("handlers", "expected"), [(1, 19.0), (10, 1.651)])
def test_a_steady_door_waits_as_long_as_erlang_said(handlers, expected):
    """Erlang's delay formula at 95 % busy: 19 and 1.651 service times (teaching.md)."""
    assert steady.expected_wait(0.95, handlers) == pytest.approx(expected, rel=1e-3)
    run = simulate(
        cases.build(DOOR, {"handlers": handlers, "turnout": 0.0, "service": 0.0}), 3, sample=0, progress=False
    )  # fmt: skip
    busy, wait = steady.busy_and_wait(run)
    assert busy == pytest.approx(0.95, abs=0.02)
    assert wait == pytest.approx(expected, rel=0.35)
    assert steady.EXPECTED.reading(run).value == pytest.approx(expected, rel=1e-3)


def test_uneven_services_wait_as_pollaczek_and_khinchine_said():
    """One handler, 80 % busy: 4 service times by chance, 2 when all are alike, 10 at variation 2."""
    found = [steady.expected_wait(0.8, 1, variation) for variation in (1, 0, 2)]
    assert found == pytest.approx([4, 2, 10])


def test_a_door_that_cannot_keep_up_has_no_expected_wait():
    run = simulate(
        cases.build(DOOR, {"handlers": 1, "busy": 1.2, "seen": 500}), 1, sample=0, progress=False
    )
    assert steady.EXPECTED.reading(run).text.startswith("none")


def test_a_wait_is_told_in_service_times():
    told = [service_times(one) for one in (19.0, 1.651, 1.0, 0.00137, 0.0, math.nan)]
    assert told == ["19 service times", "1.65 service times", "1 service time",
                    "0.0014 service times", "0 service times", "not at all, for nobody came"]  # fmt: skip


def test_a_slower_line_brings_them_back_and_the_open_door_does_not():
    """Unit 06: 300,000 behind a line of 700 a second need about 300,000 / 700 s; the open door never manages."""
    calm = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
    line, door = (
        simulate(cases.build("the_restart", calm | more).scaled(0.02), 1, sample=0, progress=False)
        for more in ({"opens_s": 300.0, "admits_per_s": 700.0}, {})
    )
    assert 0.9 * 300_000 / 700 < back_after(line) < 1.2 * 300_000 / 700
    assert math.isinf(back_after(door))
    assert shares_back(line)[1][-1] == pytest.approx(1, abs=0.01)
    assert back_in_the_room(line, 50.0).title.startswith("99 % are in again after")
    assert "the rest are not" in back_in_the_room(door, 50.0).title
    there = cases.build("the_restart", calm | {"fault_s": None}).scaled(0.005)
    quiet = simulate(there, 1, sample=0, progress=False)
    assert math.isnan(back_after(quiet))
    assert back_in_the_room(quiet).title == "Nobody loses the connection"
