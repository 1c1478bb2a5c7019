"""The rehearsals that were recorded: whole, lawful, foretold before they happened, and how often the forecast held."""

import json

import pytest

from authoring.unit_facts import the_real_server as stated
from loadbearing.labs import real_server
from loadbearing.live import rehearsed
from loadbearing.live.forecast import QUANTITIES
from loadbearing.live.rehearsed import Rehearsed

FILES = real_server.recorded_files()
TEN, AT_LEAST = 10, 7
"""Of ten intervals of nine chances in ten, fewer than seven hold with a chance of 1.3 in 100 (binomial)."""


@pytest.fixture(scope="module")
def all_of_them():
    return [Rehearsed.read(path) for path in FILES]


def test_there_are_ten_with_machine_and_date_each_with_a_crowd_of_its_own(all_of_them):
    assert len(all_of_them) == TEN
    assert [one.plan.seed for one in all_of_them] == [*range(1, TEN + 1)], "none was left out"
    for one in all_of_them:
        assert one.machine["date"] and one.machine["cores"] and one.machine["system"]
        assert one.label.startswith("Measured on ")


def test_each_is_an_evening_that_obeys_every_law(all_of_them, record_count):
    for one in all_of_them:
        lost = one.evening.gaps.get("lost on the way to the door", 0)
        assert 1_600 - lost <= len(one.run.audit().listeners) <= 1_600 and lost <= 2
        assert one.evening.complete and not one.evening.too_slow
        assert all(test.passed for test in one.tests)
    record_count("recorded evenings audited", len(all_of_them))


def test_each_forecast_was_written_before_its_crowd_came_and_is_narrow_enough(all_of_them):
    for one in all_of_them:
        about = json.loads((one.folder / "surge" / "door.json").read_text("utf-8"))
        assert one.forecast.written_s < about["announced"]
        assert one.forecast.width <= 0.3


def test_the_forecasts_held_as_often_as_they_promise(all_of_them):
    rows = [row for one in all_of_them for row in one.compared().rows]
    assert sum(row.inside for row in rows if row.name == "share_in") >= AT_LEAST
    assert len(rows) == TEN * len(QUANTITIES)
    assert sum(row.inside for row in rows) >= AT_LEAST / TEN * len(rows)


def test_the_moment_happened_on_every_evening(all_of_them):
    """As many as the crowd passed the last test; of the crowd itself far fewer got in."""
    for one in all_of_them:
        assert one.tests[-1].joined > 0.9 * 1_600
        assert real_server.settle(one.run)[0] == "few"
        seconds = one.run.seconds
        asked = (seconds["first_attempts"] + seconds["retries"]).max()
        assert max(test.asked.max() for test in one.tests) < asked / 2


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, -1])
def test_a_forecast_is_found_again_from_its_tests(all_of_them, which):
    one = all_of_them[which]
    assert one.foreseen().ranges == one.forecast.ranges
    assert [len(rows) for rows in one.fitted_on] == [
        *(len(test.attempts) for test in one.tests),
        len(one.ramp.attempts),
    ]


@pytest.mark.slow
def test_a_forecast_of_a_changed_door_is_of_the_changed_door():
    """A queue shorter than a client waits ends dead work; with half the handlers gone for a while fewer get in."""
    found, changes = real_server.recorded(), real_server.CHANGES
    as_it_is, short, broken = (
        found.foreseen(one).ranges["share_in"]
        for one in (
            {},
            changes["a short queue"],
            changes["a short queue, half the handlers gone"],
        )
    )
    assert as_it_is.high < broken.low < broken.high < short.low


def test_the_one_that_ships_is_neither_the_best_nor_the_worst(all_of_them):
    """It stands in the middle of the ten by the share that got in: nobody chose it for what the forecast said."""
    by_share = sorted(
        FILES, key=lambda path: real_server.joined_share(Rehearsed.read(path).run)[-1]
    )
    assert real_server.shipped_file() in by_share[TEN // 2 - 1 : TEN // 2 + 1]


def test_what_is_packed_names_no_machine_and_no_folder(all_of_them):
    for one in all_of_them:
        for path in one.folder.rglob("*"):
            if path.is_file():
                assert path.name in rehearsed.KEPT
                assert str(one.folder.parent) not in path.read_text("utf-8")


def test_the_numbers_of_the_page_are_those_of_the_evening_that_its_lab_shows():
    asked = real_server.question(real_server.recorded()).question
    assert (
        f"let {stated.real_total_joined()} in within {stated.real_total_lasted()} seconds" in asked
    )
    _, sentence = real_server.settle(real_server.recorded().run)
    assert sentence.startswith(f"{stated.real_share_in()} of {stated.real_crowd()} were in")
    assert f"For {stated.real_seconds_of_nobody()} seconds in between nobody" in sentence
