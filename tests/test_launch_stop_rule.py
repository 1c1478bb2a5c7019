"""The stop rule: evenings made by hand, the search against every rule there is, and a door watched by the minute."""

import itertools

import numpy as np
import pytest

from loadbearing import simulate
from loadbearing.launch import Stopped, checked, evening
from loadbearing.launch.stop_rule import (
    BELOW,
    MINUTES,
    Seen,
    Tally,
    best_rule,
    stop_rule,
    tally,
    tried,
    watched,
)
from loadbearing.launch.trials import chosen_on, told_on
from loadbearing.launch.watching import with_more
from loadbearing.parts import ScenarioError

NARROW = dict(expected=1000, within=5, join_rate=4, hold=5000, patience=5, high=4000)


def seen(kept, *share_in):
    """An evening made by hand; after the shares given the last of them stays."""
    rest = share_in[-1:] * (len(MINUTES) - len(share_in))
    return Seen("calm", 1, (*share_in, *rest), kept, 1000)


GOOD_SLOW = seen(0.99, 0.5, 0.9)
GOOD = seen(0.95, 0.9, 0.95)
BAD_AT_ONCE = seen(0.3, 0.3)
BAD_LATER = seen(0.5, 0.9, 0.6)
EVENINGS = (GOOD_SLOW, GOOD, BAD_AT_ONCE, BAD_LATER)


def test_a_bad_evening_is_one_on_which_fewer_than_nine_in_ten_got_what_was_promised():
    assert [one.bad for one in EVENINGS] == [False, False, True, True]
    assert not seen(0.9, 1.0).bad
    assert seen(0.8999, 1.0).bad


def test_no_evening_is_bad_that_kept_its_promise():
    modest = checked(NARROW | {"promise_share": 50})
    for one in watched(modest, [1, 2, 3], ["calm", "at_once"]):
        assert one.below == 0.5 and one.bad == (one.kept < 0.5)
    assert watched(checked(NARROW), [1], ["calm"])[0].below == 0.9


def test_a_rule_counted_by_hand():
    # After a minute, below 60 %: the slow good evening is stopped in vain, and one bad one is missed.
    assert tally(EVENINGS, 1, 0.6) == Tally(caught=1, missed=1, false_alarms=1, good=2)
    # After two minutes both bad evenings are below 80 %, and no good one is.
    assert tally(EVENINGS, 2, 0.8) == Tally(caught=2, missed=0, false_alarms=0, good=2)
    # Exactly at the share is not below it.
    assert tally(EVENINGS, 2, 0.6).caught == 1
    one = tally(EVENINGS, 1, 0.6)
    assert (one.bad, one.quiet, one.worth) == (2, 1, 0.0)


def test_the_best_rule_by_hand_is_the_earliest_and_the_middle_of_the_shares_that_do_as_well():
    # From the second minute on every share above 60 % and up to 90 % is right on all: 65, 70, 75, 80, 85, 90.
    assert best_rule(EVENINGS) == (2, 0.8)


def test_without_a_bad_evening_or_without_a_good_one_there_is_no_rule():
    assert best_rule((GOOD, GOOD_SLOW)) is None
    assert best_rule((BAD_LATER, BAD_AT_ONCE)) is None


@pytest.mark.parametrize(
    ("minute", "below"), [(0, 0.5), (16, 0.5), (1.5, 0.5), (3, 0), (3, 1.2), (3, True)]
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(minute, below):
    with pytest.raises(ScenarioError, match="; give a"):
        tally(EVENINGS, minute, below)


@pytest.fixture(scope="module")
def narrow():
    return checked(NARROW)


@pytest.fixture(scope="module")
def evenings_seen(narrow):
    return with_more(narrow, chosen_on(5))


def test_the_rule_found_is_worth_no_less_than_any_other(evenings_seen):
    minute, below = best_rule(evenings_seen)
    bad = np.array([one.bad for one in evenings_seen])
    assert bad.any() and not bad.all()
    table = np.array([one.share_in for one in evenings_seen])
    best = (-1.0, 0, 0.0)
    for at, share in itertools.product(range(len(MINUTES)), BELOW):
        stops = table[:, at] < share
        worth = stops[bad].mean() - stops[~bad].mean()
        if worth > best[0] + 1e-12:
            best = (worth, at + 1, share)
    assert tally(evenings_seen, minute, below).worth == pytest.approx(best[0])
    assert minute == best[1]


def test_a_rule_that_stops_more_readily_catches_no_fewer_and_alarms_no_less(evenings_seen):
    for minute in (1, 4, 15):
        counts = [tally(evenings_seen, minute, below) for below in BELOW]
        assert [one.caught for one in counts] == sorted(one.caught for one in counts)
        assert [one.false_alarms for one in counts] == sorted(one.false_alarms for one in counts)
        assert len({(one.bad, one.good) for one in counts}) == 1


def test_what_is_seen_is_who_got_in_of_those_who_came_minute_by_minute(narrow):
    (found,) = watched(narrow, [3], ["at_once"])
    run = simulate(evening(narrow, "at_once"), 3, sample=0, progress=False)
    for minute, share in zip(MINUTES, found.share_in, strict=True):
        came = sum(at <= 60 * minute for at in run.listeners["arrived"].tolist())
        inside = sum(at <= 60 * minute for at in run.listeners["joined"].tolist())
        assert share == pytest.approx(inside / came)
    # Four a second: after a minute at most 240 of the thousand, and some seconds' luck, are in.
    came = int((run.listeners["arrived"] <= 60).sum())
    assert found.share_in[0] < 1.3 * 240 / came


def test_half_of_the_evenings_have_the_larger_crowd(evenings_seen):
    crowds = [one.crowd for one in evenings_seen]
    assert crowds == [1000] * 25 + [4000] * 25


def test_a_rule_is_told_on_evenings_that_did_not_find_it(narrow):
    rule = stop_rule(narrow, evenings_used=5)
    assert rule.found == tally(with_more(narrow, chosen_on(5)), rule.minute, rule.below)
    assert rule.tally == tally(with_more(narrow, told_on(5)), rule.minute, rule.below)
    assert rule.tally == tried(narrow, rule.minute, rule.below, told_on(5))
    assert rule.tally.bad + rule.tally.good == 5 * 5 * 2
    for words in (
        "the host decides",
        "moved by 20 minutes",
        f"caught {rule.tally.caught} of {rule.tally.bad}",
    ):
        assert words in rule.sentence


def test_who_decides_and_by_how_much_the_start_is_moved_stand_on_the_sheet(narrow):
    rule = stop_rule(narrow.with_values(decides="Ada", postpone=7), evenings_used=2)
    assert "Ada decides: the start is moved by 7 minutes" in rule.sentence


def test_a_launch_with_plenty_of_everything_needs_no_rule_and_one_with_nothing_has_none():
    plenty = stop_rule(checked(NARROW | {"join_rate": 500}), evenings_used=2)
    assert plenty.minute is None
    assert plenty.sentence.startswith("No stop rule is needed")
    nothing = stop_rule(checked(NARROW | {"hold": 10}), evenings_used=2)
    assert nothing.minute is None
    assert nothing.sentence.startswith("No stop rule can help: all 20 evenings")


def test_it_tells_how_far_it_is_and_can_be_stopped(narrow):
    told = []
    stop_rule(narrow, evenings_used=1, told=lambda *one: told.append(one[0]))
    assert told == sorted(told)
    assert max(told) <= 1
    with pytest.raises(Stopped):
        stop_rule(narrow, stopped=lambda: True)
