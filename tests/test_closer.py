"""A closer look: what is unfolded belongs to the run on show, what takes long can be stopped, hunts are honest."""

import re
import threading
from html import escape

import numpy as np
import pytest
from house import ROOT

from authoring.percent import read_percent
from loadbearing import cases, pictures, readings, simulate
from loadbearing.labs import Bench, Knob, Lab, Settings, hunts, looks, rooms
from loadbearing.progress import Progress
from loadbearing.units import duration
from tests.recount import EVERYBODY, at_the_end_of, recount

HANDLERS, QUEUE = "door.handlers", "door.queue_limit"
KNOBS = [Knob(HANDLERS, 50, 200), Knob(QUEUE, 50, 200)]
MOST_LINES = 40


@pytest.fixture
def lab(monkeypatch, tmp_path):
    whole = cases.get
    monkeypatch.setattr(cases, "get", lambda name: whole(name).scaled(1 / 50))
    monkeypatch.setattr(rooms, "PREVIEW_PEOPLE", 8_000)
    monkeypatch.setattr(rooms, "BAND_PEOPLE", 3_000)
    lab = Lab(["slow_door"], KNOBS, progress=Progress(tmp_path / "progress.json"))
    assert lab.box
    return lab


def unfolded(lab, at):
    lab.panel.closer.choice.value = at
    lab.settle()
    return lab.panel.closer.shown.value


@pytest.mark.parametrize("at", [one for one in looks.LOOKS.values() if one])
def test_everything_can_be_unfolded(lab, at):
    html = unfolded(lab, at)
    assert html and lab.panel.notice.value == ""
    assert lab.panel.closer.busy.value.endswith("></div>")
    assert unfolded(lab, "") == ""


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("Inside and outside", pictures.inside_and_outside),
        ("Who came and who got in", pictures.who_came_and_who_got_in),
        ("How long people needed", lambda run, each: pictures.time_to_join(run)),
        ("How long people needed", lambda run, each: pictures.time_to_join_spread(run)),
        ("The queue", pictures.queue_and_its_limit),
        ("First tries and retries", pictures.attempts_by_kind),
        ("How busy the door was", pictures.load_and_utilization),
    ],
)
def test_what_is_unfolded_is_the_picture_of_its_name_and_of_the_run_on_show(lab, label, drawn):
    lab.turn(HANDLERS, 150)
    lab.settle()
    html = unfolded(lab, looks.LOOKS[label])
    assert escape(drawn(lab.sight.trial.run, lab.sight.trial.each).sentence) in html


def test_all_other_numbers_are_those_of_the_run_on_show_and_leave_out_what_does_not_apply(lab):
    lab.pin()
    lab.turn(HANDLERS, 200)
    lab.settle()
    html = unfolded(lab, "numbers")
    rest = [one for one in readings.readings(lab.sight.trial.run).values() if not one.first]
    assert {one.applies for one in rest} == {True, False}
    for one in rest:
        row = f"<td>{one.label}</td><td>{escape(one.text)}</td>"
        assert (row in html) == one.applies, one.label


def test_the_pinned_run_stands_beside_the_one_on_show(lab):
    assert "No run is pinned" in unfolded(lab, "pinned")
    lab.pin()
    lab.settle()
    assert "is the pinned one" in unfolded(lab, "pinned")
    before = lab.sight.readings["time_to_join"].text
    lab.turn(HANDLERS, 200)
    lab.settle()
    html = unfolded(lab, "pinned")
    now = lab.sight.readings["time_to_join"]
    assert before != now.text
    assert re.search(
        f"{now.label}</t.>\\s*<td[^>]*>{before}</td>\\s*<td[^>]*>{now.text}</td>", html
    )
    assert "handlers at the door at 200 %" in html


def test_what_takes_long_says_how_far_it_is_and_can_be_stopped(lab, monkeypatch):
    began, go = threading.Event(), threading.Event()

    def slow(*_, stopped, tell):
        tell("evening 3 of 24")
        began.set()
        go.wait(10)
        assert stopped()
        raise rooms.Dropped

    monkeypatch.setattr(hunts, "other_evenings", slow)
    fold = lab.panel.closer
    fold.choice.value = "evenings"
    assert began.wait(10)
    assert "evening 3 of 24" in fold.busy.value and fold.stop.layout.display == ""
    fold.stop.click()
    go.set()
    lab.settle()
    assert "Stopped" in fold.busy.value and fold.stop.layout.display == "none"
    assert fold.shown.value == ""


def test_the_map_holds_what_each_pair_of_settings_does(lab):
    settings = Settings.of("slow_door", {HANDLERS: 120})
    found = hunts.two_knobs(settings, KNOBS)
    assert {100, 120} <= set(found.across) and 100 in found.up
    assert (found.across[found.mine[0]], found.up[found.mine[1]]) == (120, 100)
    alone = Bench(["slow_door"], KNOBS)
    run = rooms.small_trial(settings, alone.scenario(settings), rooms.BAND_PEOPLE).run
    assert found.values[found.mine[1], found.mine[0]] == readings.service_level(run, 300)
    row = found.values[found.mine[1]]
    assert row[-1] > row[0], "twice the handlers let nobody in sooner"


def test_other_evenings_have_their_own_weather_and_their_own_luck(lab):
    found = hunts.other_evenings(lab.bench.scenario(), number=4)
    assert len({one.seed for one in found}) == 4
    assert np.ptp([one.curve.at(2_520) for one in found]) > 0
    assert len({one.half_in_s for one in found}) == 4


def test_each_other_evening_is_the_one_of_its_seed_counted_a_second_time(lab):
    """At 20:42 and by when half were in, from everybody's life; the curve keeps a point every few seconds."""
    scenario = lab.bench.scenario()
    fraction, held = rooms.small(scenario, rooms.BAND_PEOPLE)
    assert fraction < 0.5
    for one in hunts.other_evenings(scenario, number=2):
        c = recount(simulate(held, one.seed, sample=EVERYBODY))
        assert one.half_in_s == c.waits[(c.came + 1) // 2 - 1]
        near = [at_the_end_of(c, c.inside, 2_520 + late) / fraction for late in (-60, 60)]
        assert near[0] <= one.curve.at(2_520) <= near[1]


def test_the_luckiest_evening_is_the_one_on_which_half_were_in_soonest(lab):
    """By hand: after 100 and 300 seconds, and never; the student's own evening beside them."""
    curve, half_in = lab.sight.trial.curve, (300.0, 100.0, np.inf)
    found = [hunts.Evening(1_001 + at, curve, one) for at, one in enumerate(half_in)]
    _, lucky = hunts.evening_pictures(lab.sight, found, ())
    assert "the luckiest, seed 1002, 100 seconds; the typical one 5 minutes" in lucky.sentence
    assert "the unluckiest, seed 1003, never" in lucky.sentence
    mine = readings.time_to_join_of_everybody(lab.sight.trial.run)
    assert f"Yours: {duration(mine)}" in lucky.sentence


def test_the_map_counts_a_setting_from_half_of_the_crowd_on():
    """By hand: of 40, 60, 50 and 20 % the second and the third keep the promise; the mark is on the second."""
    values = np.array([[0.4, 0.6], [0.5, 0.2]])
    drawn = hunts.Map(tuple(KNOBS), [100, 200], [50, 100], values, (1, 0)).picture()
    assert "The promise, at least 50 %, is kept in two of them. Yours, 200 % and 50 %: 60 %." in (
        drawn.sentence
    )


def test_a_hunt_nobody_waits_for_is_dropped(lab):
    with pytest.raises(rooms.Dropped):
        hunts.other_evenings(lab.bench.scenario(), stopped=lambda: True)
    with pytest.raises(rooms.Dropped):
        hunts.two_knobs(lab.bench.settings, KNOBS, stopped=lambda: True)


def test_a_lab_is_built_in_fewer_lines_than_forty():
    text = (ROOT / "authoring" / "labs" / "01_the_evening.py").read_text(encoding="utf-8")
    first = next(cell.source for cell in read_percent(text) if cell.cell_type == "code")
    assert first.rstrip().endswith("\nlab") and "Lab(" in first
    lines = [one for one in first.splitlines() if one.strip()]
    assert len(lines) < MOST_LINES
