"""The lab of the team: what its experiment settles, its pictures, and what it says about money."""

import math

import numpy as np
import pytest

from loadbearing import cases, readings, team
from loadbearing.cases.incidents import MONEY
from loadbearing.claims import claim
from loadbearing.labs import team as lab
from loadbearing.labs import team_choosing, team_cost
from loadbearing.labs.bench import Bench
from loadbearing.parts import ScenarioError
from loadbearing.pictures.called import called
from loadbearing.pictures.who_knows import Order, knowledge, left_out, parts_that_may_fail
from loadbearing.team import Entry, formulas
from loadbearing.team.incident import stretches

PEOPLE = 8_000


@pytest.fixture(scope="module")
def bench():
    first = (lab.ACTED, "share_in", "gave_up")
    return Bench([lab.CASE, lab.NEW], lab.knobs(), picture=lab.the_call, first=first)


@pytest.fixture
def as_fast(monkeypatch):
    """Those who do not know a part find it as fast as those who do."""
    finds_s = cases.inputs(lab.CASE)["finds_s"].value
    alike = cases.build(lab.CASE, {"searches_s": finds_s})
    monkeypatch.setattr(lab, "scenario", lambda name=lab.CASE: alike)
    lab.share_in.cache_clear()
    yield
    lab.share_in.cache_clear()


# --- the experiment --------------------------------------------------------------------------


def test_what_five_cost_depends_on_who_they_are(bench):
    right, said = lab.five_of_eight(bench)
    assert right == "whom"
    assert "56 ways" in said and "In 30 somebody knows each part" in said and "In 26" in said


def test_where_others_find_as_fast_five_cost_hardly_anything(bench, as_fast):
    assert lab.five_of_eight(bench)[0] == "little"


def test_three_who_know_all_lose_nothing_and_seven_with_a_gap_lose_half():
    full = lab.worst_share_in(team.everybody())
    assert lab.worst_share_in(team.of("ADE")) == pytest.approx(full, abs=0.1)
    assert lab.worst_share_in(team.without("D")) < full - 0.4


def test_nobody_at_all_leaves_those_who_came_before_the_fault():
    lost = lab.share_in((), "store", 1)
    assert lost == pytest.approx(formulas.share_in_after(lab.scenario(), math.inf))


# --- pictures --------------------------------------------------------------------------------


def test_the_steps_follow_one_another_from_the_fault_on():
    log = [Entry(300, "alert", ""), Entry(400, "at work", "A"), Entry(450, "all asked", "A")]
    assert stretches(log, 180, 3_600) == [
        ("alarm", 180, 300, ""),
        ("answer", 300, 400, "A"),
        ("first look", 400, 3_600, ""),
    ]
    assert stretches([], 180, 3_600) == [("alarm", 180, 3_600, "")]
    log += [Entry(500, "first look", "A"), Entry(900, "found", "D"), Entry(950, "acted", "D")]
    assert [name for name, *_ in stretches(log, 180, 3_600)][-2:] == ["finding", "acting"]
    assert stretches(log, 180, 920)[-1] == ("acting", 900, 920, "")
    assert stretches(log, 180, 600)[-1] == ("finding", 500, 600, "")


def test_the_picture_of_a_call_says_when_the_line_opens_and_what_took_longest(bench):
    run = bench.run(lab.CASE, people=PEOPLE)
    picture = lab.the_call(run, 50)
    steps = stretches(team.retold(run), 180, 3_600)
    assert picture.data["began"].tolist() == [one[1] for one in steps]
    longest = max(steps, key=lambda one: one[2] - one[1])[0]
    opened = lab.opened_s(run)
    minute, second = divmod(int(opened), 60)
    assert f"20:{minute:02d}" in picture.title and f"{longest} took" in picture.title
    assert picture.data["outside"].max() == pytest.approx(
        picture.data["outside"][int(opened)], rel=0.1
    )
    assert (opened - 180) == lab.acted_after(run)


def test_the_picture_says_when_nobody_opens_and_when_it_was_in_vain(bench):
    run = bench.run(lab.CASE, people=PEOPLE)
    assert "Nobody opens" in called(run, [("alarm", 180, 3_600, "")], math.inf).title
    assert called(run, [], math.inf).title == "Nobody is called this evening"
    new = bench.run(lab.NEW, {lab.PAGES: lab.PAGE}, people=PEOPLE)
    picture = lab.the_call(new)
    assert "in vain; at 20:" in picture.title and picture.title.endswith("it helps")
    assert len(picture.data["began"]) == 7


def test_a_map_says_what_hangs_on_one_and_what_on_nobody():
    assert team_choosing.who_knows_what().title == "One part hangs on one person"
    assert "store: D" in team_choosing.who_knows_what().sentence
    two = knowledge(["A", "B"], ["x", "y", "z"], [[1, 0, 0], [1, 0, 0]])
    assert two.title == "Two parts are known to nobody"
    assert "y: nobody" in two.sentence
    assert knowledge(["A", "B"], ["x"], [[1], [1]]).title == "Each part is known to two or more"


def test_two_orders_are_told_by_how_many_can_go_before_anything_falls():
    flat = np.array([0.8, 0.79, 0.78, 0.2])
    falls = np.array([0.8, 0.6, 0.5, 0.2])
    orders = [Order(name, one, one - 0.05, one + 0.05) for name, one in (("a", falls), ("b", flat))]
    assert (orders[0].flat, orders[1].flat) == (0, 2)
    picture = left_out(*orders, 24)
    assert picture.title.startswith("In one order two can be left out")
    assert picture.title.endswith("in the other none")
    same = left_out(orders[1], orders[1], 24)
    assert same.title.startswith("In either order two")


def test_leaving_out_those_others_can_stand_in_for_costs_hardly_anything_until_the_sixth():
    upper = team_choosing.order_of(team_choosing.KNOWN_TWICE_FIRST, "")
    lower = team_choosing.order_of(team_choosing.ALONE_FIRST, "")
    assert upper.flat == 5
    assert lower.flat == 0
    assert upper.middle[0] == lower.middle[0]
    # The store is one part of six; without D the share in falls there from .8 to .2.
    assert lower.middle[0] - lower.middle[1] == pytest.approx(0.6 / 6, abs=0.03)


def test_the_part_is_drawn_after_the_choice_and_all_six_are_shown():
    picture = team_choosing.draw_the_part("ABCEF", 4)
    drawn = [team_choosing.draw_the_part("ABCEF", 4).title, picture.title]
    assert drawn[0] == drawn[1]
    shares = dict(zip(team.PARTS, picture.data["shares"], strict=True))
    assert shares["store"] < 0.4 < min(one for part, one in shares.items() if part != "store")
    assert picture.title.split(":")[0].removeprefix("The lot fell on ") in team.PARTS
    rows = [(part, 0.5, "told") for part in team.PARTS]
    assert "The lot fell on line: 50 %" in parts_that_may_fail(rows, "line").title


def test_any_part_may_be_drawn():
    found = {
        team.PARTS[int(team.Luck(seed).chance("part", "part") * len(team.PARTS))]
        for seed in range(1, 60)
    }
    assert found == set(team.PARTS)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: team_choosing.draw_the_part("AXB"), "nobody called 'X'"),
        (lambda: team_choosing.draw_the_part(""), "Nobody is on the call"),
        (lambda: team_choosing.draw_the_part("A", -3), "whole number from 0"),
        (lambda: team_choosing.draw_the_part("A", "seven"), "whole number"),
        (lambda: team_choosing.who_knows_what("A x"), "after the name give 6"),
        (lambda: team_choosing.read_beforehand("A", part="roof"), "'roof'"),
    ],
)
def test_nothing_typed_ends_in_a_traceback(act, says, capsys):
    assert act() is None
    assert says in capsys.readouterr().out


def test_reading_beforehand_is_told_by_hand(capsys):
    team_choosing.read_beforehand("ABCDEFGH", "ABCEFGH")
    said = capsys.readouterr().out
    # 1 - .4 x .9^7 and 1 - .9^7.
    assert "8 readers, 1 of whom knows it: 81 %" in said
    assert "7 readers, none of whom knows it: 52 %" in said


# --- money -----------------------------------------------------------------------------------


def test_the_claim_holds_for_d_and_fails_for_those_others_can_stand_in_for(bench):
    threshold = claim("F6").threshold
    ratio, said = team_cost.false_economy("D")(bench)
    assert ratio >= threshold
    assert "most if store fails" in said and "at 1 dollar a listener" in said
    assert team_cost.false_economy("FGH")(bench)[0] < 0.2 * threshold
    assert team_cost.false_economy("D", evenings=1)(bench)[0] < threshold


def test_the_ratio_grows_with_evenings_and_value_and_falls_with_the_salary(bench):
    one = team_cost.false_economy("D")(bench)[0]
    assert team_cost.false_economy("D", value=2.0)(bench)[0] == pytest.approx(2 * one)
    assert team_cost.false_economy("D", evenings=8)(bench)[0] == pytest.approx(2 * one)
    paid = 3 * MONEY["salary"].value
    assert team_cost.false_economy("D", salary=paid)(bench)[0] == pytest.approx(one / 3)
    assert team_cost.false_economy("D", value=0)(bench)[0] == 0


def test_where_others_find_as_fast_nothing_is_lost(bench, as_fast):
    assert team_cost.false_economy("D")(bench)[0] < 0.2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("",), "names nobody"),
        (("Z",), "nobody called 'Z'"),
        (("D", "much"), "salary is 'much'"),
        (("D", 0), "salary is 0"),
        (("D", None, -1), "value is -1"),
        (("D", None, math.nan), "value is nan"),
    ],
)
def test_what_makes_no_sense_for_money_is_answered_by_a_sentence(bench, given, says):
    with pytest.raises(ScenarioError, match=says):
        team_cost.false_economy(*given)(bench)


def test_where_steps_are_very_unequal_heads_help_and_where_they_are_not_only_knowledge_does(bench):
    """The first of seven searches is far below their mean if they scatter, and close to it if they do not."""
    found = {}
    for at in lab.STEPS_DIFFER:
        places = {lab.TEAM: lab.NO_D, lab.UNEVEN: at}
        shares = [
            readings.share_in(bench.run(lab.CASE, places, seed, people=PEOPLE))
            for seed in range(1, 10)
        ]
        found[at] = sorted(shares)[4]
    assert found["by a tenth"] < 0.25 and found["often by half"] > found["by a third"] + 0.1
    assert "assumption" in next(one for one in lab.knobs() if one.path == lab.UNEVEN).label
