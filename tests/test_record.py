"""The record: every fact has a source, says how we know it, and keeps to what was published."""

import datetime as dt
import doctest
import math
import re

import pytest

from loadbearing import record
from loadbearing.record import (
    MARKS,
    events,
    fact,
    facts,
    listener_points,
    names_of_persons,
    sheet_markdown,
)
from loadbearing.words import avoided_in

ALL = facts()
SOURCES = {source.key: source for found in ALL for source in found.sources}
CASES = [event for event in events().values() if event.kind == "case"]


def own_words(found):
    """What we wrote ourselves about a fact."""
    return f"{found.sentence} {found.note} {found.event.name}"


def assert_date_parses(date):
    """A date of the record: a year, a month or a day, or nothing where none was noted."""
    if date:
        assert 1960 <= dt.date.fromisoformat(date + "-01-01"[len(date) - 4 :]).year <= 2026


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(record)
    assert result.attempted >= 4
    assert result.failed == 0


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.key)
def test_every_fact_has_a_source_a_mark_and_a_sentence_of_ours(found):
    assert found.sources
    assert found.mark in MARKS
    assert found.tags
    assert re.fullmatch(r"[a-z0-9_]+", found.key)
    assert re.fullmatch(r"[A-Z].*[a-z0-9%]\.", found.sentence)
    assert "{" not in found.sentence
    assert "  " not in found.sentence
    assert " ." not in found.sentence


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.key)
def test_no_fact_names_a_person_judges_or_uses_an_avoided_word(found):
    for name in names_of_persons():
        assert name not in own_words(found)
        assert name.lower() not in found.key
    assert avoided_in(own_words(found)) == []
    assert not re.search(r"[“”\"]", own_words(found)), "our own sentences: no quotations"


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.key)
def test_figures_are_ordered_and_have_a_unit(found):
    figures = [found.low, found.value, found.high]
    given = [figure for figure in figures if figure is not None]
    assert given == sorted(given)
    assert all(figure > 0 and math.isfinite(figure) for figure in given)
    assert bool(given) == bool(found.unit)
    for value, source in found.values:
        assert source in found.sources
        if found.low is not None:
            assert found.low <= value <= found.high


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.key)
def test_a_fact_shows_its_figure_wherever_it_has_one(found):
    if found.value is not None:
        assert "{value}" in found.says
    elif found.low is not None and found.high is not None:
        assert ("{low}" in found.says and "{high}" in found.says) or "hundreds of" in found.says
    assert ("{clock}" in found.says) <= isinstance(found.at, dt.datetime)


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.key)
def test_every_source_says_who_when_and_how_we_know(source):
    assert source.publisher
    assert source.mark in MARKS
    assert_date_parses(source.date)
    assert (source.mark == "reported by") <= bool(source.by)
    assert "://" not in source.url


def test_no_source_and_no_event_stands_in_the_record_without_use():
    assert set(record._file()["source"]) == set(SOURCES)
    assert {found.event.key for found in ALL} == set(events())
    assert len(events()["evening"].date) == 10


@pytest.mark.parametrize("event", events().values(), ids=lambda event: event.key)
def test_every_event_has_a_name_a_kind_and_a_date_that_parses(event):
    assert event.name
    assert event.kind in {"evening", "precedent", "case"}
    assert_date_parses(event.date)


@pytest.mark.parametrize("event", CASES, ids=lambda event: event.key)
def test_every_comparable_case_says_what_was_learned(event):
    assert facts(tag="learned", event=event.key) or event.key == "facebook"
    assert len(CASES) >= 17


def test_the_evening_runs_in_the_order_that_was_published():
    order = ["announced_start", "attack_post", "fewer_listeners_post", "silence",
             "listeners_at_2042", "listeners_at_2140", "own_errors_post"]  # fmt: skip
    times = [fact(key).t for key in order]
    assert times == sorted(times)
    assert times == [0, 18 * 60, 27 * 60, 30 * 60, 42 * 60, 100 * 60, 7 * 3600]
    assert fact("precedent_start").t == 0


def test_lateness_is_reported_by_several_and_they_differ():
    late = fact("lateness")
    assert late.value == late.t == 42 * 60
    assert sorted({value for value, _ in late.values}) == [40 * 60, 42 * 60, 57 * 60]


def test_the_two_texts_do_not_agree_on_the_crowd():
    texts = facts(tag="texts")
    assert len(texts) == 2
    assert fact("crowd_in_failure_text").low > fact("crowd_in_stress_text").high
    assert all(text.disputed and text.mark == "paraphrased" for text in texts)


def test_whatever_is_said_of_the_cause_is_marked_as_disputed_or_as_a_statement():
    cause = fact("cause")
    assert cause.disputed
    assert "never publicly established" in cause.sentence
    for found in facts(tag="cause", event="evening"):
        assert found.disputed or re.search(r"post|wrote|verify", found.sentence)


def test_totals_that_are_not_listeners_are_kept_apart_from_listeners():
    assert not {found.key for found in facts(tag="totals")} & {
        found.key for found in facts(tag="listeners")
    }
    assert all(found.unit == "listeners" for found in facts(tag="listeners"))
    assert all(found.unit != "listeners" for found in facts(tag="totals"))


def test_a_model_is_held_against_three_points_in_the_order_of_time():
    assert [(point.t, point.low, point.high, point.tolerance) for point in listener_points()] == [
        (0, 100_000, 120_000, 0.20),
        (2520, 915_000, 915_000, 0.10),
        (6000, 1_300_000, 1_300_000, 0.10),
    ]
    assert [point.value for point in listener_points()] == [110_000, 915_000, 1_300_000]
    assert all(point.why and point.fact.mark for point in listener_points())


def test_the_misfit_is_nought_in_the_range_and_one_at_the_tolerance():
    first, second, _ = listener_points()
    assert [first.misfit(n) for n in (100_000, 111_000, 120_000)] == [0, 0, 0]
    assert first.misfit(144_000) == pytest.approx(1)
    assert first.misfit(80_000) == pytest.approx(-1)
    assert first.bounds == pytest.approx((80_000, 144_000))
    assert second.misfit(915_000 * 1.2) == pytest.approx(2)
    assert [second.misfit(bound) for bound in second.bounds] == pytest.approx([-1, 1])


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf])
def test_an_impossible_count_is_answered_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=rf"listeners is {wrong}: give a finite number"):
        listener_points()[0].misfit(wrong)


@pytest.mark.parametrize(
    ("key", "cited"),
    [
        (
            "listeners_at_2042",
            "The Verge, 12 August 2024 (reported by a reprint at theexpressnewstoday.com)",
        ),
        ("listeners_at_2140", "Associated Press, carried by ABC News, 13 August 2024"),
        ("netflix_fight_learned", "Netflix TechBlog, July 2025 (reported by copies of the post)"),
        ("could_not_get_in", "Jang, 13 August 2024 (citing CNN)"),
        ("crowd_in_failure_text", "The text behind the failure reading, date not noted "
                                  "(paraphrased)"),
    ],
)  # fmt: skip
def test_a_citation_says_who_when_and_how_we_know(key, cited):
    assert fact(key).cite() == cited


def test_a_citation_gives_the_title_only_where_it_is_asked_for():
    assert "“" not in fact("listeners_at_2042").cite()
    assert "The Verge, “The Elon / Trump interview" in fact("listeners_at_2042").cite(title=True)


def test_figures_are_said_in_plain_words_with_their_unit():
    assert "915,000 listeners" in fact("listeners_at_2042").sentence
    assert "8 million listeners" in fact("tested_listeners").sentence
    assert "1.1 million to 1.5 million listeners" in fact("listeners_at_peak").sentence
    assert "5 h 14 min" in fact("reddit_lasted").sentence
    assert "usually 40 % come" in fact("ticket_presale_usual_turn_out").sentence
    assert "1.5 times the load" in fact("shopify_rehearsed").sentence
    assert "near 20:42" in fact("listeners_at_2042").sentence


def test_the_best_source_decides_how_we_know_a_fact():
    assert fact("listeners_at_2042").mark == "read in a stored copy"
    assert fact("slack_limits").mark == "reported by"
    assert fact("no_post_mortem").mark == "not found"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: fact("listeners_at_2043"), r"fact is 'listeners_at_2043': .*did you mean 'list"),
        (lambda: fact("qqqq"), r"fact is 'qqqq': the record holds no such fact; see record\.toml"),
        (lambda: fact(None), r"fact is None: the record holds no such fact"),
        (lambda: facts(tag="listener"), r"tag is 'listener': .*did you mean 'listeners'"),
        (lambda: facts(event="slak"), r"event is 'slak': .*did you mean 'slack'"),
        (lambda: fact("hold_music").t, r"at of the fact 'hold_music' is None: .*no moment"),
        (lambda: fact("tested_listeners").t, r"is 2024-08-12: .*no moment"),
    ],
)
def test_what_the_record_does_not_hold_is_answered_with_a_sentence(ask, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask()


def test_facts_cannot_be_changed_by_those_who_read_them():
    with pytest.raises(AttributeError):
        fact("cause").disputed = False
    with pytest.raises(TypeError):
        events()["evening"] = None


def test_the_fact_sheet_holds_every_fact_with_all_its_sources():
    sheet = sheet_markdown()
    assert sheet == sheet_markdown()
    for found in ALL:
        (line,) = [line for line in sheet.splitlines() if line.startswith(f"- {found.sentence}")]
        assert all(source.cite(title=True) in line for source in found.sources)
        assert ("**Disputed.**" in line) == found.disputed
    assert "9, 12, 11, 4, 7" in sheet
    assert sheet.count("\n- ") == len(ALL) + 1
    assert sheet.count("\n## ") == len(events())


def test_data_published_in_full_agree_with_what_is_said_of_them():
    found = record.series("naval_pauses").values
    made, later = found[:26], found[26:]
    assert sum(made) == record.fact("naval_days").value
    assert len(made) == record.fact("naval_errors").value
    assert len(later) == record.fact("naval_later").value
    assert max(made) == record.fact("naval_quiet").value
    assert sum(found) == record.fact("naval_last_day").value
