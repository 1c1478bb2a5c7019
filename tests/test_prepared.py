"""The picture of what came over what was prepared for: worked by hand, and drawn from the public record."""

import pytest

from authoring.stills_11 import CASES, prepared_and_came_in_public
from loadbearing import record
from loadbearing.pictures.prepared import prepared_and_came


def test_many_more_far_fewer_and_about_as_many_are_counted_apart():
    drawn = prepared_and_came([("a", 5, 50), ("b", 100, 40), ("c", 100, 115), ("d", 100, 90)])
    assert list(drawn.data["times"]) == [10, 0.4, 1.15, 0.9]
    assert drawn.title == (
        "Of four public cases, one brought far more than was prepared for, one far fewer"
    )
    assert drawn.sentence.endswith("a: 10 times; b: 40 %; c: 115 %; d: 90 %.")


@pytest.mark.parametrize("rows", [[], [("a", 0, 5)], [("a", 5, 0)]])
def test_nothing_to_divide_gets_a_sentence(rows):
    with pytest.raises(ValueError, match="not above 0"):
        prepared_and_came(rows)


def test_each_case_of_the_lesson_is_two_public_facts_of_one_unit():
    for _, prepared, came in CASES:
        before, after = record.fact(prepared), record.fact(came)
        assert before.unit == after.unit and before.sources and after.sources
    assert len(prepared_and_came_in_public().data["times"]) == len(CASES)
