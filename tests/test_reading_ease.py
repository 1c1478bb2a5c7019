"""Lessons and plans are easy to read: the measure agrees with numbers worked out by hand; each page keeps bounds."""

import doctest

import pytest

from authoring import pages, reading_ease
from authoring.contents import KINDS, read_contents
from authoring.reading_ease import ease, lessons, longest, sentences

PLAIN = "The cat sat. The dog sat then."
"""Seven words in two sentences, each of one syllable."""
LEARNED = (
    "Organizational transformation necessitates comprehensive infrastructural reconsideration "
    "notwithstanding contradictory interdepartmental recommendations."
)
LONG = "a b c " * 6 + "d."
"""Nineteen words, each of one syllable, and no full stop before the last."""


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(reading_ease)
    assert result.attempted and not result.failed


def test_the_ease_of_a_plain_text_is_what_the_formula_gives_by_hand():
    found = ease(PLAIN)
    assert (found.words, found.words_a_sentence) == (7, 3.5)
    assert found.reading_ease == pytest.approx(206.835 - 1.015 * 7 / 2 - 84.6 * 7 / 7)
    assert found.plain


def test_learned_words_and_long_sentences_are_each_refused():
    assert ease(LEARNED).words_a_sentence < reading_ease.LONGEST_SENTENCE
    assert not ease(LEARNED).plain
    assert ease(LONG).reading_ease > reading_ease.LEAST_EASE
    assert not ease(LONG).plain


def test_only_running_text_is_measured():
    page = (
        "<!-- built: head -->\n# 01 · A head\n\n*A question?*\n<!-- built: end -->\n\n"
        '## A heading\n\nThere were <!--=some_fact-->12<!--/--> of [them](a/b.md "Next").\n\n'
        "| a | table |\n|---|---|\n| of | words |\n\n```\ncode here\n```\n\n1. One thing:\n2. *Two* things\n"
    )
    assert sentences(page) == ["There were 12 of them.", "One thing.", "Two things."]


def test_the_longest_sentence_comes_first():
    assert longest(PLAIN, 1) == ["The dog sat then."]


def test_a_page_without_text_is_answered_with_a_sentence():
    with pytest.raises(ValueError, match="write a sentence"):
        ease("# Only a heading\n")


@pytest.mark.parametrize("slug, found", lessons().items(), ids=lambda one: str(one)[:20])
def test_every_lesson_and_plan_is_easy_to_read(slug, found):
    assert found.words_a_sentence <= reading_ease.LONGEST_SENTENCE, (
        f"{slug}: {found.words_a_sentence:.1f} words a sentence; see python -m authoring.reading_ease"
    )
    assert found.reading_ease >= reading_ease.LEAST_EASE, (
        f"{slug}: reading ease {found.reading_ease:.0f}; see python -m authoring.reading_ease"
    )


def test_the_head_of_each_page_says_which_of_its_unit_it_is():
    unit = read_contents(reading_ease.ROOT).units[0]
    said = [pages.head(unit, kind) for kind in KINDS]
    for page, one in enumerate(said, start=1):
        assert f"page {page} of 4" in one
        assert ("One way to answer" in one) == (page == 4), "only a solution opens as one"
