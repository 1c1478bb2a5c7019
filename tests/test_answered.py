"""The picture of unit 08's lesson: public times as the record has them, and a row without any says so."""

import pytest

from authoring.stills_08 import CASES, seen_known_remedied_in_public
from loadbearing import record
from loadbearing.pictures.answered import KNOWN, REMEDY, SEEN, seen_known_remedied


def test_every_dot_of_the_lessons_picture_is_a_public_fact():
    drawn = seen_known_remedied_in_public()
    for (name, keys), (shown, told) in zip(CASES, drawn.data["rows"], strict=True):
        assert shown == name
        assert told == {what: record.fact(key).value for what, key in keys.items()}
    assert drawn.title == "From the fault to its remedy: 15 minutes to 5 h 14 min"


def test_a_case_without_a_published_step_says_so_and_the_evening_is_one():
    assert CASES[-1][1] == {} and "evening" in CASES[-1][0]
    assert seen_known_remedied_in_public().sentence.endswith("no step published.")


def test_the_sentence_tells_every_time_and_the_title_the_range_of_remedies():
    rows = [("one", {SEEN: 120.0, KNOWN: 600.0, REMEDY: 1_800.0}), ("two", {REMEDY: 60.0})]
    drawn = seen_known_remedied(rows)
    assert drawn.title == "From the fault to its remedy: 1 minute to 30 minutes"
    assert (
        "one: seen after 2 minutes, known after 10 minutes, remedy after 30 minutes"
        in drawn.sentence
    )
    assert "two: remedy after 1 minute" in drawn.sentence


@pytest.mark.parametrize("rows", [[], [("one", {SEEN: 60.0})], [("one", {})]])
def test_without_any_remedy_there_is_no_picture(rows):
    with pytest.raises(ValueError, match="without any time of a remedy"):
        seen_known_remedied(rows)
