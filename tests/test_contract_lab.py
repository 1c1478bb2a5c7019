"""The lab of unit 10 and its pictures: what is drawn is what was counted, and what the knobs say."""

import numpy as np
import pytest

from authoring.mission_par import Search, lab_of
from loadbearing import contract
from loadbearing.labs import Settings
from loadbearing.labs import contract as room
from loadbearing.labs.contract import NIGHTS, ON_PAPER, SEASON
from loadbearing.pictures.bills import bill_by_events, bills_apart, from_event
from loadbearing.pictures.suppliers import failing_nights, times_paper
from tests.house import ROOT

SOURCE = ROOT / "authoring" / "labs" / "10_the_contract.py"


@pytest.fixture(scope="module")
def lab():
    return lab_of(SOURCE.read_text(encoding="utf-8"))


@pytest.fixture
def bench(lab):
    lab.bench.choose(ON_PAPER)
    lab.bench.reset()
    return lab.bench


# --- nights ----------------------------------------------------------------------------------------


def gone(*nights, many=100):
    """Suppliers gone on these nights, a row each."""
    found = np.zeros((len(nights), many), bool)
    for row, at in enumerate(nights):
        found[row, list(at)] = True
    return found


def test_the_rows_hold_the_nights_of_each_and_those_of_several():
    """By hand: both on the nights 3 and 50, all three on 50."""
    picture = failing_nights(gone((3, 50, 70), (3, 9, 50), (50,)), 0.09)
    assert {name: list(at) for name, at in picture.data.items()} == {
        "the first": [3, 50, 70],
        "the second": [3, 9, 50],
        "the third": [50],
        "first and second": [3, 50],
        "all three": [50],
    }
    assert (
        picture.title
        == "Both of the first two are gone on 2 nights; multiplied on paper it would be next to none"
    )
    (axes,) = picture.figure.axes
    strokes = [[line[0, 0] for line in one.get_segments()] for one in axes.collections]
    assert strokes == [[3, 50, 70], [3, 9, 50], [50], [3, 50], [50]]


def test_the_run_before_is_drawn_under_the_rows_of_several():
    before = gone((3, 9), (3, 9))
    picture = failing_nights(gone((3,), (4,)), 250.4, behind=before)
    (axes,) = picture.figure.axes
    assert [line[0, 0] for line in axes.collections[-1].get_segments()] == [3, 9]
    assert "on no night; multiplied on paper it would be 250" in picture.title


def test_nights_closer_than_a_pixel_share_a_stroke_and_are_all_counted():
    picture = failing_nights(gone(range(0, 9_000), range(5_000, 10_000), many=10_000), 4.5)
    (axes,) = picture.figure.axes
    assert len(axes.collections[0].get_segments()) == 900
    assert len(picture.data["first and second"]) == 4_000


def test_the_lab_opens_as_paper_has_it_and_does_not_answer_its_question(lab, bench):
    told = bench.opening().readings
    assert told["both"].value <= 1 and told["three"].value == 0
    assert told["paper"].value == pytest.approx(0.1)
    assert 60 <= told["alone"].value <= 140
    names = [knob.path for knob in bench.knobs if bench.has(knob)]
    assert names == ["shared", "fails"]


def test_both_are_gone_on_ten_nights_and_a_third_changes_next_to_nothing(bench):
    key, said = room.both_gone(bench)
    assert key == "ten" and "in the middle" in said
    both, three = (bench.reading(NIGHTS, one) for one in ("both", "three"))
    assert 3 <= both <= 26 and three >= both / 2


def test_the_ends_of_the_knob_are_paper_and_one_that_stands_on_the_other(bench):
    assert bench.reading(NIGHTS, "both", {"shared": "nothing"}) <= 1
    found = bench.run(NIGHTS, {"shared": "every one"})
    assert found.together(3) == found.together(2) == found.alone[0]


def test_paper_is_more_wrong_the_better_the_suppliers_are(lab, bench):
    look = bench.worlds[NIGHTS].looks["How wrong is paper?"]
    times = look(bench.run(NIGHTS))[0].data["1 in 10 shared"]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(contract.all_gone(1e-4, 0.1) / 1e-8)
    with pytest.raises(ValueError, match="give at least one"):
        times_paper([0.1], {})


# --- a season --------------------------------------------------------------------------------------


def test_from_which_event_owning_is_cheaper_is_read_off_the_lines():
    assert from_event([9, 10, 11], [3, 6, 12]) == 3
    assert from_event([1], [2]) == 1
    assert from_event([9, 18], [3, 6]) is None


@pytest.mark.parametrize(
    ("hired", "says"),
    [
        (
            [3, 6, 12, 20],
            "Hiring is cheaper up to 2 events, owning from the 3rd; on paper from the 2nd",
        ),
        (
            [3, 4, 5, 6],
            "Hiring stays cheaper for all 4 events; on paper owning is cheaper from the 2nd",
        ),
        ([30, 31, 32, 33], "Owning is cheaper from the 1st event on; on paper from the 2nd"),
    ],
)
def test_the_title_says_where_the_lines_cross(hired, says):
    own = [9.0, 10.0, 11.0, 12.0]
    band = [0.0] * 4, [50.0] * 4
    picture = bill_by_events(own, hired, 1.5, ("hired", hired, *band), 3)
    assert picture.title == says
    assert f"Chosen: hired, 3 events, {hired[2]} dollars (0 to 50 for half of the companies)." in (
        picture.sentence
    )


def test_a_way_of_its_own_has_a_line_of_its_own():
    own, hired, mine = [9.0, 10.0], [3.0, 6.0], [4.0, 5.0]
    picture = bill_by_events(own, hired, np.inf, ("both", mine, mine, mine), 1)
    assert "on paper owning is cheaper never" in picture.title
    assert "both 5" in picture.sentence


def test_a_bill_is_taken_apart_into_what_adds_up_to_its_cost(bench):
    for way in contract.SERVES:
        bill = bench.run(SEASON, {"serves": way, "contract": "the logs"})
        (picture,) = bench.worlds[SEASON].looks["What the bill is made of"](bill)
        assert bill.way == way
        assert picture.data[way].sum() == pytest.approx(bill.season.cost.mean())
    with pytest.raises(ValueError, match="give at least one"):
        bills_apart({}, [])


def test_the_season_on_show_is_the_beginning_of_the_line_that_is_drawn(bench):
    bill = bench.run(SEASON, {"events": 5, "serves": "both"})
    assert bill.season.world.events == 5
    assert bill.by_then[4] == pytest.approx(bill.season.cost.mean())


def test_the_clauses_move_the_crossing_and_nights_have_no_clauses(bench):
    bare, logs = (bench.run(SEASON, {"contract": one}) for one in ("nothing", "the logs"))
    assert from_event(bare.own, bare.hired) < from_event(logs.own, logs.hired)
    assert bare.paper == logs.paper == pytest.approx(5.5, abs=0.1)
    bench.choose(SEASON)
    names = [knob.path for knob in bench.knobs if bench.has(knob)]
    assert names == ["events", "serves", "contract", "price", "worth", "own_first"]


@pytest.mark.parametrize("knob", [room.WORTH, room.FIRST_NIGHT], ids=lambda one: one.path)
def test_both_assumptions_of_the_season_decide_when_owning_pays(bench, knob):
    """The more a person is worth, or the more first nights go wrong, the later owning pays."""
    ends = [*knob.options][0], [*knob.options][2]
    found = [bench.run(SEASON, {knob.path: at, "contract": "the logs"}) for at in ends]
    first, last = (from_event(one.own, one.hired) for one in found)
    assert first < last
    assert "assumption" in knob.label


def test_a_door_that_learns_little_costs_its_owner_more_and_a_hirer_nothing(bench):
    """By the learning curve the twelfth night fails .2 * .9^log2(12) of the time, not .2 * .6^log2(12)."""
    slow = [name for name in room.FIRST_NIGHT.options if "learns little" in name]
    found = {
        at: bench.run(SEASON, {"own_first": at, "contract": "the logs"}) for at in ("1 in 5", *slow)
    }
    quick, little = found.values()
    assert from_event(little.own, little.hired) is None and from_event(quick.own, quick.hired)
    assert little.own[-1] > 1.2 * quick.own[-1] and little.hired[-1] == quick.hired[-1]


def test_the_price_of_hiring_decides_when_owning_pays_on_paper_and_in_the_season(bench):
    """By hand: owning asks 17,600 dollars once and 1,100 an event, hiring 1,300 and the price of 100,000 people."""
    found = {
        name: bench.run(SEASON, {"price": name, "contract": "the logs"})
        for name in room.PRICE.options
    }
    on_paper = {
        name: 17_600 / (1_300 + 100_000 * at - 1_100) for name, at in room.PRICE.options.items()
    }
    assert {name: one.paper for name, one in found.items()} == pytest.approx(on_paper)
    first, second, third = (from_event(one.own, one.hired) for one in found.values())
    assert first > second > third
    assert "assumption" in room.PRICE.label


def test_the_claim_is_decided_by_events_both_ways(bench):
    bench.choose(SEASON)
    values = {}
    for events in (1, 24):
        bench.turn("events", events)
        values[events], said = room.hiring_against_owning(bench)
        assert f"over {events} event" in said and "owning is cheaper from 10 events on" in said
    assert values[1] < 1 < values[24]
    bench.choose(NIGHTS)
    value, said = room.hiring_against_owning(bench)
    assert "over 12 events" in said and value > 1


def test_missions_are_reached_by_the_way_they_ask_for_and_not_by_the_season_as_it_was(lab):
    search = Search(lab)
    ways = {
        "seldom": {"shared": "1 failure in 100"},
        "one": {"events": 1},
        "known": {"contract": "the logs"},
        "year": {"serves": "hired first, then own", "contract": "the logs"},
    }
    wrong = {
        "seldom": {"shared": "every one"},
        "one": {"events": 2},
        "known": {"contract": "the logs", "serves": "own"},
        "year": {"serves": "own", "own_first": "1 in 20"},
    }
    for mission in lab.missions:
        assert not search.reaches(mission, Settings(mission.case)), mission.key
        assert search.reaches(mission, Settings.of(mission.case, None, ways[mission.key]))
        assert not search.reaches(mission, Settings.of(mission.case, None, wrong[mission.key]))


def test_the_nights_gone_are_the_thinnest_part_for_whoever_hires_and_thick_for_a_new_door():
    bills = room.bills_of_ways().data
    names = [*room.PARTS]
    gone = names.index("lost: nights gone")
    for way in ("hired", "hired, with logs"):
        paid = [part for name, part in zip(names, bills[way], strict=True) if part > 0]
        assert bills[way][gone] == min(paid), way
    assert bills["own"][gone] > bills["own"][names.index("lost: no room")]
