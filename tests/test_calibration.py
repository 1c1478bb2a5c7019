"""The calibration: every case meets the published counts, and the written results are what the script finds."""

import json
import platform
import sys

import numpy as np
import pytest

from authoring import calibrate, calibration_picture, facts, fitting
from loadbearing import calibration, cases, misfit, record, simulate
from loadbearing.parts import ScenarioError

MOST_BYTES = 60_000
SAME_BYTES = (sys.platform, platform.machine(), sys.version_info[:2]) == (
    "linux",
    "x86_64",
    (3, 11),
)
PROFILES = [(name, key) for name in cases.names() for key in fitting.moved(name)]

# A clearly wrong value of one calibrated input of each case.
WRONG = {
    "slow_door": {"handlers": 0.5},
    "retry_flood": {"handlers": 0.5},
    "capacity_lost": {"handlers": 0.5},
    "late_crowd": {"gathering_s": 0.5},
}


def judged(name, fraction, changes=None):
    """The verdicts on a calm evening of a case in a room scaled down."""
    room = fitting.small_room(fitting.calm(name, changes), fraction)
    return misfit.judge(simulate(room, 3, sample=0), 1 / fraction)


def near(slack):
    """How near a number computed again must be: written to three digits; elsewhere the last bits differ."""
    return {"rel": 0.005, "abs": 0} if SAME_BYTES else {"rel": 0.05, "abs": slack}


# --- the counts are met --------------------------------------------------------------------------


def test_at_least_three_mechanisms_are_calibrated():
    assert {"slow_door", "retry_flood", "capacity_lost"} <= set(cases.names())
    assert set(calibration.results()["cases"]) == set(cases.names())


@pytest.mark.parametrize("name", cases.names())
def test_every_case_meets_the_published_counts_in_a_tenth_of_the_room(name):
    verdicts = judged(name, 0.1)
    assert misfit.met(verdicts), [one.sentence for one in verdicts]


@pytest.mark.slow
@pytest.mark.parametrize("name", cases.names())
def test_every_case_meets_the_published_counts_with_the_full_crowd(name):
    found, verdicts = calibrate.full_evening(name)
    assert misfit.met(verdicts), [one.sentence for one in verdicts]
    known = calibration.of(name)
    assert found["counts"] == pytest.approx(known["counts"], rel=1e-3)
    assert found["at_2030"] == pytest.approx(known["at_2030"], rel=1e-3)


@pytest.mark.parametrize("name", cases.names())
def test_a_clearly_wrong_calibration_fails(name):
    ((key, factor),) = WRONG[name].items()
    verdicts = judged(name, 0.02, {key: cases.inputs(name)[key].value * factor})
    assert misfit.worst(verdicts) > 2, [one.sentence for one in verdicts]


def test_mechanisms_that_meet_the_same_counts_differ_where_none_was_published():
    at = {name: calibration.of(name)["at_2030"] for name in cases.names()}
    assert at["slow_door"] > 2 * at["capacity_lost"] > 3 * at["retry_flood"]
    assert all(calibration.of(name)["misfit"] <= 1 for name in at)
    assert fitting.UNPUBLISHED_S not in [point.t for point in record.listener_points()]


# --- the written results are what the script finds -----------------------------------------------


def test_every_fitted_value_rounds_to_what_the_case_holds():
    assert calibrate.disagreements(calibration.results()) == []
    for name in cases.names():
        assert set(calibration.of(name)["fitted"]) == set(fitting.calibrated(name))


@pytest.mark.parametrize("name", cases.names())
def test_the_fitted_values_bring_every_count_near_the_middle_of_its_range(name):
    found = fitting.counts(fitting.calm(name, calibration.of(name)["fitted"]), **fitting.FIT)
    assert np.abs(fitting.distances(found[:-1])).max() < 2 * fitting.CLOSE_FIT


def test_every_input_that_might_matter_has_its_profile():
    for name in cases.names():
        profiles = calibration.of(name)["profiles"]
        assert set(fitting.calibrated(name)) <= set(profiles)
        assert list(profiles) == fitting.moved(name)
    assert calibration.results()["factors"] == list(fitting.FACTORS)


@pytest.mark.parametrize(("name", "key"), PROFILES)
def test_two_points_of_each_profile_are_what_the_engine_says(name, key):
    profile = calibration.of(name)["profiles"][key]
    for at in (fitting.FACTORS.index(0.8), fitting.FACTORS.index(2.0)):
        others = {one: values[at] for one, values in profile["others"].items()}
        inputs = others | {key: profile["value"][at]}
        found = fitting.counts(fitting.calm(name, inputs), **fitting.PROFILE)
        assert fitting.worst_misfit(found[:-1]) == pytest.approx(profile["misfit"][at], **near(0.1))
        assert found[-1] == pytest.approx(profile["at_2030"][at], **near(0))


@pytest.mark.slow
def test_a_case_fitted_again_and_two_points_of_its_profile_are_the_same():
    known = calibration.of("retry_flood")
    best = fitting.fit("retry_flood")
    assert best == (known["fitted"] if SAME_BYTES else pytest.approx(known["fitted"], rel=0.02))
    profile, others = known["profiles"]["handlers"], best
    for at in (fitting.FACTORS.index(1.0), fitting.FACTORS.index(1.1)):
        others, found = fitting.profile_point(
            "retry_flood", "handlers", profile["value"][at], others
        )
        assert fitting.worst_misfit(found[:-1]) == pytest.approx(profile["misfit"][at], **near(0.1))
        if SAME_BYTES:
            assert others == {key: values[at] for key, values in profile["others"].items()}


@pytest.mark.slow
def test_the_band_and_the_evenings_with_weather_are_what_the_script_finds():
    known = calibration.of("late_crowd")
    assert calibrate.evenings("late_crowd")["meeting_all"] == pytest.approx(
        known["evenings"]["meeting_all"], abs=0 if SAME_BYTES else 2
    )
    found = calibrate.band("late_crowd")
    for line, counts in found.items():
        assert counts == pytest.approx(known["band"][line], rel=0 if SAME_BYTES else 0.01, abs=100)


@pytest.mark.parametrize("name", cases.names())
def test_a_band_covers_the_evening_and_its_lines_are_in_order(name):
    band, scenario = calibration.band(name), cases.get(name)
    assert band.number >= 24
    assert (band.times_s[0], band.times_s[-1]) == (scenario.starts_s, scenario.ends_s)
    assert len(band.times_s) == len(band.low) == len(band.median) == len(band.high) >= 100
    assert (band.low <= band.median).all() and (band.median <= band.high).all()
    moments = [point.t for point in record.listener_points()]
    assert set(moments) <= set(band.times_s)
    assert (
        np.interp(moments, band.times_s, band.high) > np.interp(moments, band.times_s, band.low)
    ).all()


def test_what_cannot_be_told_follows_from_the_profiles():
    results = calibration.results()
    assert fitting.what_cannot_be_told(results["cases"]) == results["moved"]
    assert results["moved"]["settings"] == len(PROFILES)


def test_the_file_is_written_the_same_way_again():
    text = calibration.FILE.read_text(encoding="utf-8")
    assert calibrate.written(json.loads(text)) == text


def test_the_picture_is_drawn_from_the_written_results():
    results = calibration.results()
    picture = calibration_picture.profiles(results)
    assert results["picture"] == {"title": picture.title, "sentence": picture.sentence}
    drawn = calibration_picture.png(picture)
    assert len(drawn) <= MOST_BYTES
    if SAME_BYTES:
        assert drawn == calibration_picture.PNG.read_bytes()
    assert calibration_picture.PNG.stat().st_size <= MOST_BYTES


def test_the_facts_for_texts_say_what_the_results_hold():
    moved = calibration.results()["moved"]
    assert (
        facts.settings_that_could_be_half_or_double()
        == f"{moved['half_or_double']} of {moved['settings']}"
    )
    for said, number in (
        (facts.fewest_at_2030(), moved["at_2030"][0]),
        (facts.most_at_2030(), moved["at_2030"][1]),
        (facts.smallest_crowd(), moved["crowd"][0]),
        (facts.largest_crowd(), moved["crowd"][1]),
    ):
        digits, _, _ = said.replace(",", "").partition(" million")
        assert float(digits) * (1e6 if said.endswith("million") else 1) == pytest.approx(
            number, rel=0.05
        )


# --- the tools -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.names())
@pytest.mark.parametrize("fraction", [0.01, 0.02, 0.05, 0.1])
def test_a_small_room_keeps_the_speed_of_the_fewest_handlers(name, fraction):
    full = cases.get(name)
    small = fitting.small_room(full, fraction)

    def speed(room, lost):
        return (room.door.handlers - sum(one.handlers for one in lost)) / room.door.service.mean_s

    assert speed(small, small.faults) == pytest.approx(
        fraction * speed(full, full.faults), rel=1e-12
    )
    assert speed(small, ()) == pytest.approx(fraction * speed(full, ()), rel=0.05)


def test_a_small_room_with_two_faults_is_answered_by_a_sentence():
    lost = cases.get("capacity_lost")
    with pytest.raises(ValueError, match="one at most"):
        fitting.small_room(lost.changed({"faults": lost.faults * 2}), 0.1)


def test_the_distance_is_zero_in_the_middle_and_one_at_either_end():
    ends = np.array([point.bounds for point in record.listener_points()])
    assert fitting.distances(np.sqrt(ends[:, 0] * ends[:, 1])) == pytest.approx(
        [0, 0, 0], abs=1e-12
    )
    assert fitting.distances(ends[:, 0]) == pytest.approx([-1, -1, -1])
    assert fitting.distances(ends[:, 1]) == pytest.approx([1, 1, 1])


def test_an_unknown_case_is_answered_by_a_sentence():
    with pytest.raises(ScenarioError, match="slow_door"):
        calibration.of("slow_dor")
