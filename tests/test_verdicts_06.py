"""Each verdict that unit 06's solution states is the one that the runs give: quantity, threshold, direction."""

import functools
import re

import numpy as np
import pytest

from authoring.numbers import TAG
from loadbearing import Weather, cases, record, simulate
from loadbearing.claims import claim, deciding_quantity
from loadbearing.units import share
from tests.house import ROOT

ROOM = 1 / 25
ITALIC = re.compile(r"(?<!\*)\*(holds|fails)( when)?\*(?!\*)", re.IGNORECASE)
HOLDS, FAILS = "holds", "fails"


@functools.cache
def verdicts():
    """The end of the solution, where the claims are judged, as a reader sees it, in one line."""
    text = (ROOT / "authoring/practice/06_the_way_back.py").read_text(encoding="utf-8")
    text = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
    return " ".join(TAG.sub(lambda tag: tag["shown"], text[text.index("## The claims") :]).split())


def stated(pattern):
    """The verdict and the number that stand where this pattern has its groups."""
    found = re.findall(pattern, verdicts(), re.IGNORECASE)
    assert len(found) == 1, f"{pattern!r} stands {len(found)} times among the verdicts"
    return found[0]


@functools.cache
def restart(handlers=1.0):
    scenario = cases.get("the_restart")
    calm = {"weather": Weather.calm(), "door.handlers": round(scenario.door.handlers * handlers)}
    return simulate(scenario.changed(calm).scaled(ROOM), 1, sample=0)


def within_five_minutes(run):
    return float(np.mean(run.listeners["joined"] - run.listeners["arrived"] <= 300))


def hit(run):
    rows = run.listeners
    return float(np.mean((rows["times_disconnected"] > 0) | np.isnan(rows["joined"])))


FIRST = (
    (r"\*(\w+)\* here for those who first came: ([\d.]+) % were in within five", 1.0),
    (r"With a quarter of the handlers it \*(\w+)\*: ([\d.]+) %", 0.25),
)


@pytest.mark.parametrize(("pattern", "handlers"), FIRST)
def test_f1_is_judged_by_those_in_within_five_minutes_of_coming(pattern, handlers):
    run = restart(handlers)
    value, threshold = within_five_minutes(run), claim("F1").threshold
    assert deciding_quantity("F1", run) == pytest.approx(value, abs=1e-9)
    assert "Below 90 % it holds" in claim("F1").decides
    verdict, told = stated(pattern)
    assert verdict.lower() == (HOLDS if value < threshold else FAILS)
    assert float(told) == pytest.approx(100 * value, rel=0.05)


def test_holding_was_never_the_trouble():
    assert stated(r"\*(\w+)\* for holding: nobody lost a seat").lower() == FAILS
    assert restart().seconds["refused_no_seat"].sum() == 0


def test_with_the_door_open_they_are_not_back_in_time():
    """Of those cut off, the share in again within five minutes is far below the threshold, and so it stays."""
    verdict = stated(r"for coming back it \*(\w+) when\* the door is open to all")
    seconds = restart().seconds
    soon = (seconds["second"] >= 300) & (seconds["second"] < 600)
    back = seconds["joins"][soon].sum() / seconds["disconnected"].sum()
    assert verdict.lower() == (HOLDS if back < claim("F1").threshold else FAILS)
    assert f"{share(seconds['inside'][-1] / len(restart().listeners))} are in again" in verdicts()


@pytest.mark.parametrize(
    ("pattern", "cells"),
    [
        (r"\*(\w+) when\* all share one door", 1),
        (r"\*(\w+) when\* the house is cut into cells", 10),
    ],
)
def test_f12_is_judged_by_whom_the_restart_hits(pattern, cells):
    scenario = cases.build("the_restart", {"people": 300_000 // cells, "handlers": 1_000 // cells})
    run = simulate(scenario.scaled(ROOM * cells), 1, sample=0)
    value, threshold = hit(run) / cells, claim("F12").threshold
    assert deciding_quantity("F12", run) == pytest.approx(hit(run))
    assert "From 50 % on most of the house was hit" in claim("F12").decides
    assert stated(pattern).lower() == (HOLDS if value >= threshold else FAILS)
    assert cells == 1 or value == pytest.approx(1 / cells, rel=0.01)


def test_of_that_evening_the_record_speaks():
    assert stated(r"by the public record it \*(\w+)\*").lower() == FAILS
    assert "ran normally" in record.fact("only_one_part_hit").says


def test_every_verdict_of_the_solution_is_asked_about():
    assert len(ITALIC.findall(verdicts())) == 7
