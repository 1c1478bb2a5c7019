"""Units: what is said about times, people and shares is true of the number behind it."""

import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadbearing import units
from loadbearing.units import clock, duration, hours, minutes, parse_clock, people, share

unhurried = settings(deadline=None, derandomize=True)
NOT_A_NUMBER = [math.nan, math.inf, -math.inf, "20", None, True, [1]]


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(units)
    assert result.attempted >= 10
    assert result.failed == 0


def test_hours_are_sixty_minutes_of_sixty_seconds():
    assert hours(1) == minutes(60) == 3600.0


@unhurried
@given(st.integers(-43_200, 43_199), st.sampled_from(["20:00", "00:00", "18:00", "23:59:59"]))
def test_a_clock_time_read_back_is_the_same_moment(t, starts_at):
    assert parse_clock(clock(t, starts_at), starts_at) == t


def test_the_clock_rounds_to_the_nearest_second_and_never_shows_sixty():
    assert clock(59.6) == "20:01"
    assert clock(-0.4) == "20:00"
    assert clock(4 * 3600 - 0.2) == "00:00"


def test_another_evening_may_start_at_another_hour():
    assert clock(21 * 60, starts_at="18:00") == "18:21"
    assert parse_clock("18:21", starts_at="18:00") == 1260.0


@pytest.mark.parametrize("text", ["24:00", "20:60", "20:00:60", "8pm", "", "20", None, 20.5])
def test_a_wrong_clock_time_is_answered_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"text is .*give a time between 00:00 and 23:59:59"):
        parse_clock(text)
    with pytest.raises(ValueError, match="starts_at is"):
        clock(0, starts_at=text)


@pytest.mark.parametrize("wrong", NOT_A_NUMBER)
@pytest.mark.parametrize("function", [minutes, hours, clock, people, duration, share])
def test_what_is_not_a_finite_number_is_answered_with_a_sentence(function, wrong):
    with pytest.raises(ValueError, match=r"is .*: give a (finite )?number"):
        function(wrong)


@pytest.mark.parametrize(
    ("function", "wrong", "remedy"),
    [
        (people, -1, "give 0 or more"),
        (duration, -1, r"use clock\(\)"),
        (share, 1.01, "divide the part by the whole"),
        (share, -0.01, "divide the part by the whole"),
    ],
)
def test_what_cannot_be_is_answered_with_the_remedy(function, wrong, remedy):
    with pytest.raises(ValueError, match=remedy) as raised:
        function(wrong)
    assert str(wrong) in str(raised.value)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0"),
        (0.49, "fewer than 1"),
        (12.5, "13"),
        (9_999.4, "9,999"),
        (9_999.5, "10,000"),
        (102_500, "103,000"),
        (999_499, "999,000"),
        (999_500, "1 million"),
        (1_300_000, "1.3 million"),
        (10_450_000, "10.5 million"),
        (999_500_000, "1 billion"),
        (8_000_000_000, "8 billion"),
    ],
)
def test_people_are_counted_in_plain_words(n, said):
    assert people(n) == said


@unhurried
@given(st.integers(10_000, 10**10))
def test_a_spoken_head_count_is_within_half_a_per_cent(n):
    number, _, scale = people(n).partition(" ")
    said = float(number.replace(",", "")) * {"": 1, "million": 10**6, "billion": 10**9}[scale]
    assert abs(said - n) <= 0.005 * n * (1 + 1e-9)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (0.001, "under 0.01 seconds"),
        (1, "1 second"),
        (0.999, "1 second"),
        (9.95, "10 seconds"),
        (90, "90 seconds"),
        (119.6, "2 minutes"),
        (599.4, "9 min 59 s"),
        (599.6, "10 minutes"),
        (629, "10 minutes"),
        (630, "11 minutes"),
        (3_569, "59 minutes"),
        (3_570, "1 hour"),
        (3_600, "1 hour"),
        (52_320, "14 h 32 min"),
    ],
)
def test_durations_are_said_in_plain_words(seconds, said):
    assert duration(seconds) == said


@unhurried
@given(st.floats(0, 1))
def test_a_share_says_all_or_none_only_when_it_is_so(x):
    said = share(x)
    assert (said == "100 %") == (x == 1)
    assert (said == "0 %") == (x == 0)
    assert said.endswith(" %")


@unhurried
@given(st.floats(0.001, 0.999))
def test_a_share_is_within_half_of_its_last_figure(x):
    said = share(x).removesuffix(" %")
    half = 0.05 if x < 0.0995 or x >= 0.99 else 0.5
    assert abs(float(said) - 100 * x) <= half + 1e-9


def test_shares_at_the_edges_of_rounding_stay_honest():
    assert share(0.9996) == "more than 99.9 %"
    assert share(0.999) == "99.9 %"
    assert share(0.9896) == "99 %"
    assert share(0.0996) == "10 %"
    assert share(0.04) == "4 %"
    assert share(0.001) == "0.1 %"
    assert share(0.5) == "50 %"
