"""The benchmarks: every engine runs the same work, and the page holds what the last run found. Nothing is timed."""

import dataclasses
import datetime
import importlib
import importlib.util
import json
import math

import numpy as np
import pytest
from house import ROOT

import loadbearing as lb
from benchmarks import (
    agreement,
    engine,
    engine_page,
    ideas,
    ideas_page,
    ours,
    slider_page,
    work,
    worker,
)
from loadbearing.run import Outcome

HERE = [name for name in worker.PEERS if importlib.util.find_spec(name)]
PEERS = [pytest.param(name, marks=[pytest.mark.slow] * (name != "simpy")) for name in HERE]
# One handler, as many for the crowd as in a large surge.
SMALL, SEEDS = 3_333, range(1, 13)
RESULTS = json.loads(engine.RESULTS.read_text(encoding="utf-8"))
PAGE = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


def peer(name):
    """Another library's way of writing the work."""
    return importlib.import_module(f"benchmarks.peers.with_{name}")


def evenings(run, asked):
    """The tallies of some evenings of one work."""
    return [run(asked, seed) for seed in SEEDS]


def without(rule, to, asked):
    """The tallies of the same evenings by our engine with one rule changed."""
    found = []
    for seed in SEEDS:
        run = lb.simulate(ours.scenario(asked).changed({rule: to}), seed)
        joins, attempts = (
            np.isfinite(run.listeners["joined"]).sum(),
            run.listeners["attempts"].sum(),
        )
        found.append(work.Tally(attempts, run.seconds["time_outs"].sum(), joins))
    return found


# --- the same work -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_runs_the_same_work_as_ours(name):
    for kind in peer(name).WORKS:
        asked = work.WORKS[kind](SMALL)
        theirs, mine = evenings(peer(name).run, asked), evenings(ours.run, asked)
        for tally in theirs:
            assert SMALL <= tally.attempts <= SMALL * asked.most_attempts
            assert tally.joins <= SMALL
            if asked.most_attempts == 1:
                assert tally == (SMALL, SMALL - tally.joins, tally.joins)
        assert agreement.agree(mine, theirs), (
            f"{name}, {kind}: {agreement.farthest(mine, theirs):.1f} standard errors apart"
        )


def test_simpy_is_always_here():
    assert "simpy" in HERE


@pytest.mark.parametrize(
    ("rule", "to"),
    [
        ("door.drops_dead", True),
        ("crowd.retries.jitter", "none"),
        ("crowd.retries.most", 7),
        ("crowd.timeout_s", 12.0),
    ],
)
def test_a_peer_with_another_rule_would_be_found_out(rule, to):
    works = [work.surge(SMALL), work.crush(SMALL)]
    assert not all(
        agreement.agree(evenings(ours.run, asked), without(rule, to, asked)) for asked in works
    )


def test_only_the_crush_shows_in_a_large_crowd_what_becomes_of_dead_requests():
    def joined(asked, drops_dead):
        scenario = ours.scenario(asked).changed({"door.drops_dead": drops_dead})
        return np.isfinite(lb.simulate(scenario, 1).listeners["joined"]).mean()

    surge, crush = work.surge(100_000), work.crush(100_000)
    assert joined(surge, True) == pytest.approx(joined(surge, False), abs=0.01)
    assert joined(crush, True) > 1.5 * joined(crush, False)


def test_ours_is_counted_as_its_own_account_says():
    for kind in work.WORKS.values():
        tally = ours.run(kind(SMALL), 1)
        seconds = lb.simulate(ours.scenario(kind(SMALL)), 1).seconds
        assert tally.attempts == seconds["first_attempts"].sum() + seconds["retries"].sum()
        assert tally.joins == seconds["joins"].sum()
        assert tally.events == sum(tally)


def test_both_engines_of_ours_are_asked_for_by_name():
    asked = work.crush(500)
    assert ours.run(asked, 1, "reference") == ours.run(asked, 1, "compiled")
    assert lb.simulate(ours.scenario(asked), 1, engine="reference").engine == "reference"


# --- the surge is the one that was meant ---------------------------------------------------------


def test_the_surge_is_the_one_that_the_page_describes():
    said = []
    for gathers_s in (60.0, 30.0):
        asked = dataclasses.replace(work.surge(300_000), gathers_s=gathers_s)
        run = lb.simulate(ours.scenario(asked), 1)
        ended = np.bincount(run.listeners["outcome"], minlength=len(Outcome))
        assert ended[Outcome.STILL_TRYING] == ended[Outcome.AFTER_THE_END] == 0
        said.append(round(100 * ended[Outcome.IN] / 300_000))
    assert f"about {said[0]} % of a large crowd join" in WORDS
    assert f"were a minute the mean, about {said[1]} % would" in WORDS


def test_the_page_says_how_many_events_a_listener_has():
    largest = max(RESULTS["growth"], key=lambda row: row["listeners"])
    assert f"there are {largest['events']:.1f}." in WORDS
    assert f"{100 * largest['joined']:.0f} % of a large crowd" in WORDS


def test_the_crowd_gathers_twice_the_scale_late_on_average():
    asked = work.surge(100_000)
    late = 2 * asked.gathers_s
    error = asked.gathers_s * math.sqrt(2 / asked.listeners)
    mine = lb.simulate(ours.scenario(asked), 1).listeners["arrived"]
    for arrivals in (asked.arrivals(1), mine):
        assert abs(np.mean(arrivals) - late) < 4 * error


def test_a_pause_grows_to_its_longest_and_is_never_shorter_than_a_round_trip():
    asked = work.surge(SMALL)
    assert [asked.pause(attempt, 1.0) for attempt in range(1, 8)] == [1, 2, 4, 8, 16, 30, 30]
    assert asked.pause(7, 0.5) == 15
    assert asked.pause(7, 0.001) == asked.pause(1, 0.0) == 1


# --- agreement -----------------------------------------------------------------------------------


def test_apart_is_counted_in_standard_errors():
    assert agreement.apart([1, 2, 3], [2, 3, 4]) == pytest.approx(math.sqrt(1.5))
    assert agreement.apart([5, 5], [5, 5]) == 0
    assert agreement.apart([5, 5], [6, 6]) == math.inf


def test_one_evening_is_not_enough_to_agree():
    with pytest.raises(ValueError, match="at least two"):
        agreement.apart([1], [1, 2])


def test_three_standard_errors_part_what_agrees_from_what_does_not():
    ours_, error = [(0, 0, 0), (2, 2, 2)] * 2, math.sqrt(4 / 3 / 4 * 2)
    for far, fine in ((2.9, True), (3.1, False)):
        theirs = [(one, one, one + far * error) for one in (0, 2, 0, 2)]
        assert agreement.agree(ours_, theirs) is fine


# --- the page ------------------------------------------------------------------------------------


def test_the_page_holds_what_the_last_run_found():
    assert engine_page.filled(PAGE, RESULTS) == PAGE, "run python3 benchmarks/engine.py --write"


def test_the_page_is_dated_and_says_on_what_machine():
    assert datetime.date.fromisoformat(RESULTS["date"]) >= datetime.date(2024, 8, 12)
    assert engine_page.conditions(RESULTS) in PAGE
    assert RESULTS["date"] in PAGE
    assert RESULTS["processor"] in PAGE


def test_every_row_that_the_script_prints_stands_on_the_page():
    rows = {(row["engine"], row["work"]) for row in RESULTS["speed"]}
    assert rows == {*engine.ROUNDS}
    compared = {(row["engine"], row["work"]) for row in RESULTS["agreement"]}
    assert compared == {
        (name, kind) for name, kinds in engine.EQUAL_WORKS.items() for kind in kinds
    }
    assert {row["listeners"] for row in RESULTS["growth"]} == {*engine.GROWTH}
    assert [row["name"] for row in RESULTS["cases"]] == list(lb.cases.names())
    for _, heads, rows in engine_page.SECTIONS:
        assert engine_page.table(heads, rows(RESULTS)) in PAGE


def test_only_engines_that_agree_were_timed():
    assert all(row["agrees"] for row in RESULTS["agreement"])
    for row in RESULTS["agreement"]:
        assert row["agrees"] == (row["apart"] <= agreement.MOST_APART)


def test_engines_were_compared_at_equal_size():
    assert {row["listeners"] for row in RESULTS["speed"]} == {engine.EQUAL}


def test_a_budget_is_kept_up_to_its_edge_and_not_beyond():
    kept = [row[-1] for row in engine_page.budget_rows(at_the_edge(1.0))]
    assert kept == ["yes"] * len(engine_page.BUDGETS)
    for beyond in range(len(engine_page.BUDGETS)):
        found = [row[-1] for row in engine_page.budget_rows(at_the_edge(1.01, beyond))]
        assert found.index("no") == beyond
        assert found.count("no") == 1


def at_the_edge(worse, beyond=None):
    """Made-up results that keep every budget exactly; one of them is missed by a factor."""
    at = [worse if place == beyond else 1.0 for place in range(len(engine_page.BUDGETS))]
    return dict(
        speed=[dict(engine="simpy", times_as_fast=dict(median=150 / at[0]))],
        growth=[
            dict(listeners=10, time_per_event=dict(median=1.0), bytes_per_listener=None),
            dict(
                listeners=100,
                time_per_event=dict(median=3 * at[1]),
                bytes_per_listener=120 * at[2],
            ),
        ],
        cases=[
            dict(evening_s=dict(median=2 * at[3]), compiled=0),
            dict(evening_s=dict(median=1.0), compiled=int(at[4] > 1)),
        ],
    )


def test_a_page_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="add the two lines"):
        engine_page.filled("no marks here", RESULTS)


def test_numbers_keep_three_digits_that_mean_something():
    shown = [engine_page.number(one) for one in (0, 0.01234, 1.5, 150, 9876, 98765, 12_345_678)]
    assert shown == ["0", "0.0123", "1.5", "150", "9,876", "98.8 k", "12.3 M"]


# --- what each idea gives ------------------------------------------------------------------------


@pytest.mark.parametrize("idea", ideas.read_ideas(), ids=lambda idea: idea["name"])
def test_an_idea_can_be_taken_out(idea, tmp_path):
    tree = ideas.without(idea, tmp_path)
    changed = (tree / idea["file"]).read_text(encoding="utf-8")
    assert changed != (ROOT / idea["file"]).read_text(encoding="utf-8")
    compile(changed, idea["file"], "exec")


def test_the_page_holds_what_the_last_run_found_of_every_idea():
    found = json.loads(ideas.RESULTS.read_text(encoding="utf-8"))
    assert [one["name"] for one in found["ideas"]] == [one["name"] for one in ideas.read_ideas()]
    assert ideas_page.filled(PAGE, found) == PAGE


def test_a_page_without_a_place_for_the_ideas_is_refused():
    found = json.loads(ideas.RESULTS.read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="add the two lines"):
        ideas_page.filled("nothing", found)


# --- how soon the picture follows the slider ------------------------------------------------------


def test_the_page_of_the_slider_holds_what_the_last_run_found():
    found = json.loads((ROOT / "benchmarks" / "slider.json").read_text(encoding="utf-8"))
    page = (ROOT / "benchmarks" / "slider.md").read_text(encoding="utf-8")
    assert slider_page.filled(page, found) == page, "run python3 benchmarks/slider.py --write"
