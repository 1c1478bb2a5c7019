"""A Run is one flat record: it goes to a file and back, and knows another one from itself."""

import dataclasses
import sys
import types

import numpy as np
import pytest

from loadbearing import Run, cases, simulate
from loadbearing.run import FLOWS, LEVELS, from_plain, to_plain


@pytest.fixture(scope="module")
def run():
    return simulate(cases.get("retry_flood").scaled(0.003), 4, sample=50)


def test_a_run_comes_back_from_its_file_unchanged(run, tmp_path):
    again = Run.load(run.save(tmp_path / "evening.run"))
    assert again.same_as(run)
    assert again.scenario == run.scenario
    assert again.evening == run.evening
    assert (again.seed, again.engine) == (run.seed, run.engine)
    again.audit()


def test_a_file_that_holds_no_run_is_refused_with_a_sentence(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("hello")
    with pytest.raises(ValueError, match="holds no run"):
        Run.load(other)


@pytest.mark.parametrize("name", cases.names())
def test_every_scenario_survives_being_written_down(name):
    scenario = cases.get(name)
    assert from_plain(to_plain(scenario)) == scenario


def test_one_changed_bit_makes_a_different_run(run):
    listeners = run.listeners.copy()
    row = int(np.flatnonzero(~np.isnan(listeners["joined"]))[0])
    listeners["joined"][row] = np.nextafter(listeners["joined"][row], np.inf)
    other = dataclasses.replace(run, listeners=listeners)
    assert not run.same_as(other)
    assert f"listeners[{row}].joined" in run.differences(other)[0]


def test_two_evenings_differ(run):
    assert not run.same_as(simulate(cases.get("retry_flood").scaled(0.003), 5, sample=50))


def test_the_sample_is_spread_over_all_arrivals(run):
    sampled = np.unique(run.lives["listener"])
    assert 40 <= len(sampled) <= 110
    assert sampled[0] < len(run.listeners) * 0.05
    assert sampled[-1] > len(run.listeners) * 0.95


def test_no_sample_keeps_no_lives():
    assert len(simulate(cases.get("slow_door").scaled(0.002), 1, sample=0).lives) == 0


def test_the_account_has_a_row_for_each_second(run):
    assert len(run.seconds) == run.evening.length_s
    assert run.seconds["second"][0] == run.evening.starts_s
    for name in (*FLOWS, *LEVELS, *(level + "_s" for level in LEVELS)):
        assert name in run.seconds.dtype.names


def test_without_pandas_the_frame_says_what_to_do(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="needs pandas"):
        run.frame()


def test_with_pandas_the_frame_holds_every_listener(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", types.SimpleNamespace(DataFrame=dict))
    frame = run.frame()
    assert list(frame) == list(run.listeners.dtype.names)
    assert np.array_equal(frame["joined"], run.listeners["joined"], equal_nan=True)
