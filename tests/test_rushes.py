"""A rush: how peaked it was, what reaches its missions, and the pictures of invitations."""

import types

import numpy as np
import pytest

from loadbearing import cases, simulate
from loadbearing.cases import invitations
from loadbearing.labs import Settings, rushes
from loadbearing.pictures.ways import two_crowds_coming, ways_side_by_side

HOUR = "the_announced_hour"
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)


def run_of(arrivals):
    scenario = cases.build(HOUR, CALM).changed({"crowd.arrivals": arrivals})
    return simulate(scenario.scaled(1 / 50), 1, sample=0, progress=False)


def test_the_peak_to_mean_is_counted_from_who_came():
    run = run_of(invitations.at_the_hour())
    came = np.sort(run.listeners["arrived"])
    seconds = np.floor(came)
    most = max(np.count_nonzero((seconds >= at) & (seconds < at + 60)) for at in range(120))
    assert rushes.peak_to_mean(run) == pytest.approx(60 * most / len(came))
    assert rushes.in_soon(run) == pytest.approx(
        np.mean(run.listeners["joined"] - run.listeners["arrived"] <= 60)
    )


def test_an_hour_that_is_even_has_no_peak_and_six_groups_have_a_sixth_of_it():
    even, six, one = (
        rushes.peak_to_mean(run_of(way))
        for way in (invitations.evenly(), invitations.in_groups(6), invitations.at_the_hour())
    )
    assert 1 < even < 1.5, "dice alone: a minute of some eighty people, the busiest of an hour"
    assert six == pytest.approx(one / 6, rel=0.12), "the largest of six"


def test_early_doors_take_the_share_that_uses_them_off_the_peak():
    half = rushes.peak_to_mean(run_of(invitations.doors_early(0.5)))
    assert half == pytest.approx(
        rushes.peak_to_mean(run_of(invitations.at_the_hour())) / 2, rel=0.07
    )


def trial(turned=None, chosen=None):
    return types.SimpleNamespace(settings=Settings.of(HOUR, turned, chosen))


def found(first_click=1.0, soon=1.0):
    values = {"first_click_success": first_click, "service_level": soon}
    return {key: types.SimpleNamespace(value=value) for key, value in values.items()}


GROUPS = {"invited": "six groups"}


def test_missions_are_reached_by_what_they_say_and_by_nothing_else():
    assert rushes.by_invitation(trial(chosen=GROUPS), found())
    assert not rushes.by_invitation(trial(chosen=GROUPS), found(first_click=0.98))
    assert not rushes.by_invitation(trial({"door.handlers": 101}, GROUPS), found())
    assert not rushes.by_invitation(trial({"crowd.listeners": 40}), found())
    assert rushes.by_handlers(trial({"door.handlers": 250}), found())
    assert not rushes.by_handlers(trial({"door.handlers": 250}, GROUPS), found())
    assert rushes.most_wait(trial({"door.handlers": 50}), found(soon=0.1))
    assert not rushes.most_wait(trial({"crowd.listeners": 190}), found(soon=0.1))
    assert not rushes.most_wait(trial(chosen={"invited": "for the hour"}), found(soon=0.1))
    assert not rushes.most_wait(trial(), found(soon=0.5))


def test_every_invitation_of_the_lab_brings_the_same_people():
    for option in rushes.INVITED.options:
        changes = rushes.INVITED.changes(HOUR, option)
        scenario = cases.get(HOUR).changed(changes)
        assert scenario.crowd.listeners == cases.get(HOUR).crowd.listeners
        assert scenario.crowd.arrivals.table()[1][-1] == pytest.approx(1)


def test_the_picture_of_ways_says_how_many_are_sure():
    ways = {"one": [0.95, 1.0, 0.92], "two": [0.1, 1.0, 0.95], "three": [0.2, 0.3, 0.1]}
    picture = ways_side_by_side(ways, "In soon", 0.9)
    assert picture.title == "One of three ways reaches 90 % on every evening"
    assert "two: 95 % (10 % to 100 %)" in picture.sentence
    assert picture.data["three"].max() == 0.3
    with pytest.raises(ValueError, match="at least one evening"):
        ways_side_by_side({"one": []}, "In soon", 0.9)


def test_the_picture_of_two_crowds_tells_the_busiest_minute_of_the_first():
    picture = two_crowds_coming(
        [0, 60, 120], {"here": np.array([5, 70, 5]), "there": np.array([30, 30, 30])}
    )
    assert picture.title == "In the minute from 20:01, 70 come here and 30 come there"
    assert "In all 80 and 90" in picture.sentence
    with pytest.raises(ValueError, match="give two"):
        two_crowds_coming([0], {"here": [1]})
