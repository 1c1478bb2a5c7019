"""A world that is no evening lives in the same lab: knobs, pin, missions, verdicts, predictions, reload."""

import dataclasses
import threading

import pytest
from matplotlib.figure import Figure

from authoring import mission_par
from authoring.rooms import input_number
from loadbearing import cases
from loadbearing.labs import (
    Amount,
    Choice,
    Lab,
    Mission,
    Number,
    Prediction,
    Settings,
    World,
    WorldBench,
    worlds,
)
from loadbearing.labs.predict import PLAY
from loadbearing.labs.projector import Projector
from loadbearing.parts import ScenarioError
from loadbearing.pictures import Picture
from loadbearing.progress import Progress

NIGHTS, SEASON = "a_hundred_thousand_nights", "a_season"
EVENTS = Amount("events", 1, 24, named="Events", counted="events")
SERVES = Choice("serves", {"one": {"suppliers": 1}, "two": {"suppliers": 2}}, named="Who serves")
FAILS = Choice("fails", {"seldom": 0.001, "often": 0.05}, named="How often one fails")
REST = {"events": cases.own_value(SEASON, "events")}


@dataclasses.dataclass(frozen=True)
class Played:
    """What the toy world makes: a bill of so many dollars, and which luck paid it."""

    dollars: float
    seed: int
    suppliers: int


def play(values, seed):
    """Ten dollars an event and supplier: worked out by hand in every test below."""
    return Played(10.0 * values["events"] * values["suppliers"], seed, values["suppliers"])


def drawn(outcome, behind=None):
    figure = Figure(figsize=(6.4, 4.2))
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, outcome.dollars])
    if behind:
        axes.plot([0, 1], [0, behind.dollars])
    then = f" Before: {behind.dollars:,.0f}." if behind else ""
    return Picture(figure, f"The bill is {outcome.dollars:,.0f} dollars.{then}", "The bill")


def number(key, read):
    return Number(key, key.capitalize(), read, "{:,.0f} dollars, in all".format)


BILL = number("bill", lambda outcome: outcome.dollars)
FIRST = (BILL, number("half", lambda o: o.dollars / 2), number("luck", lambda o: o.seed))
TOY = World(
    play,
    drawn,
    lambda outcome: f"With {outcome.suppliers} suppliers.",
    FIRST,
    more=(number("twice", lambda outcome: 2 * outcome.dollars),),
    looks={"The bill again": lambda outcome: [drawn(outcome)]},
    thing="season",
)
ROW = World(
    lambda values, seed: Played(values["fails"] * 1_000, seed, 3),
    drawn,
    lambda outcome: "All of them.",
    FIRST,
)
MISSION = Mission(
    "cheap", "A bill below fifty.", lambda trial, told: told["bill"].value < 50, SEASON
)


@pytest.fixture
def bench():
    return WorldBench(TOY, [SEASON], [EVENTS, SERVES])


@pytest.fixture
def two():
    """Two worlds that show different things; only one of them has events."""
    return WorldBench({NIGHTS: ROW, SEASON: TOY}, [NIGHTS, SEASON], [FAILS, EVENTS, SERVES])


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


@pytest.fixture
def asked():
    def settle(bench):
        one, two = (bench.reading(SEASON, "bill", {"serves": to}) for to in ("one", "two"))
        return ("twice" if two == 2 * one else "same"), f"One {one:.0f}, two {two:.0f}."

    return Prediction("two", "What do two cost?", {"same": "As much.", "twice": "Twice."}, settle)


@pytest.fixture
def lab(kept, asked):
    lab = Lab([SEASON], [EVENTS, SERVES], asked, "the_contract", kept, [MISSION], world=TOY)
    assert lab.box
    return lab


# --- cases that are no evening ---------------------------------------------------------------------


def test_a_world_is_a_case_without_a_scenario_and_every_number_says_why():
    for name in cases.world_names():
        about = cases.about(name)
        assert about.scenario is None and about.title and about.mechanism.endswith(".")
        assert {*about.provenance} == {*about.inputs} == {*cases.values(name)}
        assert all(one.why for one in about.inputs.values())
        assert not {name} & {*cases.every_name()}
    assert {NIGHTS, SEASON} <= {*cases.unit_names("the_contract")}


def test_values_are_changed_by_name_and_an_unknown_one_names_the_nearest():
    assert cases.values(SEASON, {"events": 3}) == cases.values(SEASON) | {"events": 3}
    assert cases.own_value(SEASON, "events") == REST["events"]
    with pytest.raises(ScenarioError, match="Did you mean 'events'"):
        cases.values(SEASON, {"event": 3})
    with pytest.raises(ScenarioError, match="Did you mean 'events'"):
        cases.own_value(SEASON, "event")
    with pytest.raises(ScenarioError, match=SEASON):
        cases.values("a_seson")


@pytest.mark.parametrize("asks", [cases.get, cases.build])
def test_of_a_world_there_is_no_evening(asks):
    with pytest.raises(ScenarioError, match="is no evening; take its numbers with values"):
        asks(SEASON)


def test_the_values_of_an_evening_are_those_it_is_built_from():
    assert cases.values("slow_door") == {
        key: one.value for key, one in cases.inputs("slow_door").items()
    }


def test_a_text_tags_an_input_of_a_world_by_name():
    assert input_number(f"{SEASON}.events") == str(REST["events"])
    assert input_number(f"{NIGHTS}.nights") == f"{cases.own_value(NIGHTS, 'nights'):,}"


# --- the bench -------------------------------------------------------------------------------------


def test_knobs_change_the_inputs_that_are_played(bench):
    assert bench.trial().run.dollars == 10 * REST["events"]
    bench.turn("events", "3")
    bench.turn("serves", "two")
    assert bench.trial().run.dollars == 60
    assert bench.told() == "A season of events, events: 3, who serves: two"
    assert bench.run(SEASON, {"events": 5}).dollars == 50
    assert bench.reading(SEASON, "twice", {"events": 5, "serves": "two"}) == 200
    bench.reset()
    assert bench.settings.untouched


def test_a_slip_is_a_sentence_and_turns_nothing(bench):
    for path, typed in (("events", "many"), ("events", 99), ("serves", "three")):
        with pytest.raises(ScenarioError, match="Events is|Who serves is"):
            bench.turn(path, typed)
    assert bench.settings.untouched
    with pytest.raises(ScenarioError, match="Did you mean 'bill'"):
        bench.reading(SEASON, "bil")
    with pytest.raises(ScenarioError, match="has no input 'guests'"):
        WorldBench(TOY, [SEASON], [Amount("guests", 1, 2, named="Guests", counted="people")])


def test_the_same_settings_are_played_once_and_another_seed_is_other_luck(bench):
    assert bench.trial() is bench.trial()
    assert bench.run(SEASON, seed=7).seed == 7 and bench.run(SEASON).seed == bench.seed
    for serves in ("one", "two"):
        for at in range(1, 25):
            bench.run(SEASON, {"events": at, "serves": serves})
    assert len(bench._trials) == worlds.KEPT


def test_what_is_shown_is_of_one_play_and_the_one_before_stands_behind(bench):
    shown, told = [], []
    bench.play(shown.append, tell=told.append)
    bench.turn("events", 3)
    bench.play(shown.append, tell=told.append)
    assert told == ["the season"] * 2 and bench.rests(shown[1])
    assert not bench.rests(shown[0])
    assert shown[0].picture.sentence == f"The bill is {10 * REST['events']} dollars."
    assert shown[1].picture.sentence == f"The bill is 30 dollars. Before: {10 * REST['events']}."
    assert [one.key for one in shown[1].first] == ["bill", "half", "luck"]
    assert bench.readings(shown[1])["twice"].value == 60
    assert bench.changed(shown[1]) == (
        f"Changed since the last try (A season of events): bill was {10 * REST['events']} dollars, "
        f"is 30 dollars; half was {5 * REST['events']} dollars, is 15 dollars."
    )


def test_a_pinned_play_stays_behind_all_others_until_it_is_taken_out(bench):
    shown = []
    bench.turn("events", 1)
    bench.play(shown.append)
    bench.pin(shown[-1])
    for at in (2, 3):
        bench.turn("events", at)
        bench.play(shown.append)
        assert shown[-1].picture.sentence.endswith("Before: 10.")
        assert "pale: pinned" in [one.get_text() for one in shown[-1].picture.picture.figure.texts]
    bench.pin(None)
    assert bench.redrawn(shown[-1]).picture.sentence.endswith("Before: 20.")


def test_a_play_nobody_waits_for_is_not_shown(bench):
    shown = []
    bench.play(shown.append, stopped=lambda: True)
    assert shown == [] and bench.behind(Settings(SEASON)) is None


def test_a_quick_world_follows_the_slider_and_a_slow_one_waits_for_the_knob(bench, monkeypatch):
    bench.turn("events", 2)
    sight = bench.glimpse()
    assert sight.trial.run.dollars == 20 and sight.trial.full
    shown = []
    bench.play(shown.append)
    assert shown == [sight], "what a glimpse has drawn is not drawn again"
    monkeypatch.setattr(worlds, "QUICK_S", 0.0)
    bench.turn("events", 4)
    assert bench.glimpse() is None and "when the knob is let go" in bench.waits()
    bench.play(shown.append)
    assert shown[-1].trial.run.dollars == 40


def test_a_knob_is_there_in_the_cases_that_have_its_input(two):
    assert [two.has(knob) for knob in two.knobs] == [True, False, False]
    two.turn("fails", "often")
    two.choose(SEASON)
    assert two.has(EVENTS) and two.at(FAILS) == "often"
    two.turn("events", 3)
    two.choose(NIGHTS)
    assert two.settings == Settings.of(NIGHTS, None, {"fails": "often"})


def test_a_world_may_hide_a_knob_whose_input_it_has():
    shy = dataclasses.replace(TOY, hides=("fails",))
    bench = WorldBench({NIGHTS: ROW, SEASON: shy}, [NIGHTS, SEASON], [FAILS, EVENTS])
    bench.turn("fails", "often")
    bench.choose(SEASON)
    assert [bench.has(knob) for knob in bench.knobs] == [False, True]
    assert bench.settings.untouched and bench.values() == cases.values(SEASON)


def test_a_play_of_another_kind_of_world_is_never_drawn_behind(two):
    shown = []
    two.play(shown.append)
    two.pin(shown[0])
    two.choose(SEASON)
    two.play(shown.append)
    assert two.behind(two.settings) is None and two.changed(shown[-1]) == ""
    two.choose(NIGHTS)
    two.turn("fails", "often")
    two.play(shown.append)
    assert two.behind(two.settings) is shown[0]


# --- the lab ---------------------------------------------------------------------------------------


def test_a_lab_of_a_world_opens_with_its_picture_and_the_same_words(lab, kept):
    again = Lab([SEASON], [EVENTS, SERVES], world=TOY, progress=kept)
    assert again.summary() == lab.summary()
    dollars = 10 * REST["events"]
    assert lab.summary().splitlines() == [
        f"A season of events. The bill is {dollars} dollars.",
        f"Bill: {dollars} dollars, in all; Half: {dollars // 2} dollars, in all; Luck: 1 dollars, in all.",
        "With 1 suppliers.",
    ]
    data = lab._repr_mimebundle_()
    assert data["image/png"] == lab.still().png() and data["text/plain"] == lab.summary()
    assert lab.panel.stage.box.children == (lab.panel.screen,) and not lab.pages
    lab.settle()
    assert lab.panel.notice.value == "" and "This season" in lab.panel.stands.value


def test_a_prediction_is_settled_by_plays_kept_and_found_again(lab, kept, asked):
    assert all(control.disabled for control in lab.panel.locked)
    lab.predict("same", 0.9)
    lab.settle()
    said = f"One {10 * REST['events']}, two {20 * REST['events']}."
    assert "The runs say otherwise: Twice." in lab.panel.settled.value
    entry = kept.entry("predictions", "the_contract/two")
    assert (entry["right"], entry["sentence"]) == ("twice", said)
    again = Lab([SEASON], [EVENTS], asked, "the_contract", kept, world=TOY)
    assert again.box and said in again.panel.settled.value
    assert not any(control.disabled for control in again.panel.locked)


def test_a_knob_is_dragged_typed_and_put_back(lab):
    lab.predict(PLAY)
    knob = lab.panel.knobs["events"]
    knob._handle_custom_msg({"kind": "drag", "at": 3, "ticket": 1}, [])
    told = lab.panel.screen.told
    assert told["sentence"].startswith("The bill is 30 dollars.") and not told["resting"]
    knob._handle_custom_msg({"kind": "rest", "at": "4", "ticket": 2}, [])
    lab.settle()
    told = lab.panel.screen.told
    assert told["sentence"].startswith("The bill is 40 dollars.") and told["resting"]
    assert told["caption"][0] == "A season of events, events: 4. With 1 suppliers."
    knob._handle_custom_msg({"kind": "rest", "at": "99", "ticket": 3}, [])
    assert "Events is 99; type 1 to 24." in lab.panel.notice.value
    lab.reset()
    lab.settle()
    assert lab.sight.trial.settings == Settings(SEASON) and lab.panel.notice.value == ""


def test_a_slow_world_marks_its_picture_old_until_it_is_played(lab, monkeypatch):
    lab.predict(PLAY)
    monkeypatch.setattr(worlds, "QUICK_S", 0.0)
    before = lab.panel.screen.told
    lab.drag("events", 3)
    assert "when the knob is let go" in lab.panel.screen.outdated
    assert lab.panel.screen.told == before
    lab.turn("events", 3)
    lab.settle()
    assert lab.panel.screen.outdated == "" and lab.sight.trial.run.dollars == 30


def test_a_mission_ticks_itself_and_names_its_size(lab, kept):
    lab.turn("events", 4)
    lab.settle()
    entry = kept.entry("missions", "the_contract/cheap")
    assert entry["chosen"] == {"events": 4} and entry["room"] == "With 1 suppliers"
    assert "Missions: 1 of 1 done" in lab.panel.missions.list.value


def test_the_par_of_a_mission_is_found_by_trying(lab):
    """Below fifty dollars: four events or fewer. One knob is enough, and the first that is tried stays."""
    search = mission_par.Search(lab)
    assert not search.reaches(MISSION, Settings(SEASON))
    par = search.best(MISSION, SEASON)
    assert dict(par.chosen).keys() == {"events"} and search.reaches(MISSION, par)
    _, tried = mission_par.plans(SEASON, lab.bench.knobs)
    assert {dict(one.chosen).get("events") for one in tried} == {
        None,
        *range(1, 25),
    } - REST.keys() - {REST["events"]}


def test_a_verdict_carries_the_numbers_of_the_play_on_show(lab, kept):
    def decided(bench):
        return bench.reading(SEASON, "bill"), "One season decided it."

    lab.turn("events", 2)
    lab.settle()
    card = lab.verdict_card(S11=decided)
    card.keep("S11", "undecided", "One season.")
    entry = kept.entry("verdicts", "the_contract/S11")["evidence"]
    assert entry["settings"] == "A season of events, events: 2"
    assert entry["room"] == "With 1 suppliers."
    assert entry["readings"]["Bill"] == "20 dollars, in all"
    assert entry["decided"]["value"] == 10 * REST["events"]


def test_what_may_be_unfolded_is_the_worlds_own(lab):
    fold = lab.panel.closer
    assert [title for title, _ in fold.choice.options] == [
        "Nothing more", "All other numbers", "The bill again", "Next to the pinned run",
    ]  # fmt: skip
    for at, says in {
        "numbers": "20 dollars",
        "The bill again": 'alt="The bill is 10 dollars."',
        "pinned": "No run is pinned",
    }.items():
        lab.turn("events", 1)
        lab.settle()
        fold.choice.value = at
        lab.settle()
        assert says in fold.shown.value, at
    lab.pin()
    lab.turn("events", 2)
    lab.settle()
    assert "The bill is 20 dollars. Before: 10." in fold.shown.value
    assert lab.panel.notice.value == ""


def test_where_worlds_differ_knobs_and_looks_follow_the_case(kept):
    lab = Lab([NIGHTS, SEASON], [FAILS, EVENTS], world={NIGHTS: ROW, SEASON: TOY}, progress=kept)
    assert lab.box
    knob, fold = lab.panel.knobs["events"], lab.panel.closer
    assert knob.layout.display == "none" and len(fold.choice.options) == 2
    assert "This experiment" in lab.panel.stands.value
    lab.pin()
    fold.choice.value = "pinned"
    lab.panel.case.value = SEASON
    lab.settle()
    assert knob.layout.display == "" and len(fold.choice.options) == 4
    assert fold.choice.value == "pinned" and lab.panel.notice.value == ""
    fold.choice.value = "The bill again"
    lab.panel.case.value = NIGHTS
    lab.settle()
    assert fold.choice.value == "" and lab.panel.notice.value == ""


def test_a_play_that_fails_is_a_sentence_and_the_last_picture_stays(kept):
    def breaks(values, seed):
        if values["events"] == 2:
            raise ScenarioError("Two events are too few; take three.")
        return play(values, seed)

    lab = Lab([SEASON], [EVENTS], world=dataclasses.replace(TOY, play=breaks), progress=kept)
    assert lab.box
    lab.turn("events", 2)
    lab.settle()
    assert "Two events are too few; take three." in lab.panel.notice.value
    assert lab.panel.screen.told["sentence"] == f"The bill is {10 * REST['events']} dollars."


def test_a_room_of_people_is_asked_about_the_season(lab):
    shown = Projector(lab)
    assert shown.go.description == "2  Run the season"
    shown.run()
    shown.worker.settle()
    assert "The runs say: Twice" in shown.told.value


def test_the_last_position_wins(lab):
    began, go = threading.Event(), threading.Event()
    first = lab.bench.play

    def slow(show, stopped, tell):
        began.set()
        go.wait(10)
        first(show, stopped, tell)

    lab.bench.play = slow
    lab.run()
    assert began.wait(10)
    lab.bench.play = first
    lab.turn("events", 5)
    go.set()
    lab.settle()
    assert lab.sight.trial.run.dollars == 50
