"""A launch worked out whole, and told in five sentences: the claims first, every number the one that was found."""

import dataclasses
import functools

import pytest

from loadbearing import readings
from loadbearing.front_page import front_pages
from loadbearing.launch import EXAMPLE, LINES, WEATHERS, Stopped, work_out
from loadbearing.launch.stop_rule import Tally
from loadbearing.launch.summing_up import summary
from loadbearing.launch.troubles import premortem
from loadbearing.launch.working import FULL, ordinary

SMALL = EXAMPLE.with_values(
    expected=600, low=300, high=900, join_rate=1, hold=2_000, within=5, patience=4
)
"""A launch of the same kind, so small that it is worked out in a moment."""


@functools.cache
def worked():
    heard = []
    found = work_out(SMALL, told=lambda share, words: heard.append((share, words)))
    return found, heard


def test_all_that_was_asked_for_is_there():
    found, _ = worked()
    assert found.launch == SMALL
    assert [one.weather for one in found.lines] == [one.key for one in WEATHERS]
    costs = [one.cost for one in found.premortem]
    assert sorted(costs, reverse=True) == costs and len(costs) >= len(WEATHERS)
    assert found.plan.launch == SMALL and found.stop_rule.decides == SMALL.decides


def test_the_front_pages_tell_of_exactly_the_crowd_that_is_expected():
    found, _ = worked()
    assert found.each == 1 and readings.came(found.run) == 600
    pages = front_pages(found.run)
    assert len(pages) == 2 and all("600" in str(page) for page in pages)


def test_of_a_very_large_crowd_a_room_is_played_and_said_how_small():
    run = ordinary(EXAMPLE.with_values(expected=100 * FULL, join_rate=40_000, within=1, patience=1))
    assert readings.came(run) == FULL


def test_the_smallest_launch_that_the_sheet_takes_has_a_premortem():
    least = {line.key: line.least for line in LINES if line.needed}
    assert premortem(EXAMPLE.with_values(**least, low=1), evenings_used=1)


def test_progress_grows_from_nothing_to_all_and_says_what_is_done():
    _, heard = worked()
    shares = [share for share, _ in heard]
    assert sorted(shares) == shares and shares[0] < 0.05 and shares[-1] == 1
    assert heard[-1][1] == "worked out" and len({words for _, words in heard}) > 8


@pytest.mark.parametrize("after", [0, 40, 400])
def test_a_stop_is_heard_wherever_the_work_is(after):
    asked = []
    with pytest.raises(Stopped):
        work_out(SMALL, stopped=lambda: len(asked) >= after or asked.append(1))
    assert len(asked) == after


def test_five_sentences_hold_the_numbers_that_were_found():
    found, _ = worked()
    line, trouble, plan, rule, assumed = summary(found)
    assert found.summary() == [line, trouble, plan, rule, assumed]
    assert (
        f"{found.lines[0].crowd // 10 * 10:,} people" in line
        or f"{found.lines[0].crowd:,} people" in line
    )
    assert "600 are expected" in line and "within 2 minutes" in line
    assert f"“{found.premortem[0].name}”" in trouble and "dollars" in trouble
    assert f"{found.plan.seen.worst} of {found.plan.seen.evenings} evenings" in plan
    assert assumed == (
        f"Of the {len(LINES)} numbers behind this 7 are the founder's own and {len(LINES) - 7} are assumptions, each "
        "named with its reason."
    )
    for sentence in (line, trouble, plan, rule, assumed):
        assert sentence.endswith(".") and len(sentence.split()) <= 50


def told_of(**changes):
    found, _ = worked()
    return summary(dataclasses.replace(found, **changes))


def test_a_line_that_is_not_there_and_a_trouble_that_costs_nothing_are_told_as_they_are():
    found, _ = worked()
    none = dataclasses.replace(found.lines[0], crowd=0, breaks="")
    free = dataclasses.replace(found.premortem[0], lost=(0, 0, 0), cost=0.0)
    line, trouble, *_ = told_of(lines=(none, *found.lines[1:]), premortem=(free,))
    assert line.startswith("On an ordinary evening no crowd can be promised this; 600 are expected")
    assert trouble == "Nothing that was tried keeps anybody from being in as promised."


def test_a_plan_that_is_not_needed_and_one_that_is_not_enough_are_told_apart():
    found, _ = worked()
    nothing = dataclasses.replace(found.plan, chosen={}, keeps=True)
    assert told_of(plan=nothing)[2].startswith(
        "No plan is needed: the launch as it is kept the promise on"
    )
    short = dataclasses.replace(found.plan, chosen={"early": True}, keeps=False)
    assert told_of(plan=short)[2].startswith("No plan keeps the promise; the nearest is")


def test_a_stop_rule_says_who_decides_how_often_it_was_right_and_how_often_in_vain():
    found, _ = worked()
    rule = dataclasses.replace(
        found.stop_rule, minute=5, below=0.6, decides="Ada", postpone=20, tally=Tally(3, 1, 1, 16)
    )
    assert told_of(stop_rule=rule)[3] == (
        "If fewer than 60 % are in 5 minutes after the start, Ada moves it by 20 minutes: that caught 3 of 4 bad "
        "evenings, with 1 false alarm on 16 good ones."
    )
    none = dataclasses.replace(rule, minute=None, below=None, found=Tally(0, 0, 0, 16))
    assert told_of(stop_rule=none)[3].endswith(
        "was found: none of the evenings tried was a bad one, and 4 of 20 others were."
    )
    never = dataclasses.replace(none, tally=Tally(0, 0, 0, 20))
    assert told_of(stop_rule=never)[3].startswith("No stop rule is needed")
