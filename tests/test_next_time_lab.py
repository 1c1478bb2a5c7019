"""Unit 12's lab: its predictions are settled by runs, its missions can be reached, its company plays by the rules."""

import functools

import pytest

from authoring import mission_par
from loadbearing import growth
from loadbearing.growth import PLACES
from loadbearing.labs import Bench, Settings, WorldBench, next_time, two_evenings
from loadbearing.labs import next_time_faults as faults
from loadbearing.labs import next_time_lines as lines
from loadbearing.labs import next_time_years as years
from loadbearing.labs.next_time import CASE, FIRST, HEARD, KEPT, MENDED, MOST, SECOND, THIRD
from loadbearing.labs.rooms import Trial
from loadbearing.pictures.growing import how_many_left
from loadbearing.pictures.next_time import further_in, well_by_event, what_one_line_tells
from tests.house import ROOT

PAGE = ROOT / "authoring" / "labs" / "12_the_next_time.py"


@functools.cache
def the_lab():
    return mission_par.lab_of(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def bench():
    return Bench([CASE], [MENDED, next_time.CROWD, next_time.WAITS], first=(KEPT, MOST, HEARD))


@pytest.fixture(scope="module")
def year():
    return WorldBench(years.SIX_EVENTS, [years.WORLD], years.KNOBS)


# --- the evening ----------------------------------------------------------------------------------


def test_no_knob_and_no_mission_names_a_place_beside_the_prediction():
    lab = the_lab()
    shown = [knob.label for knob in lab.bench.knobs] + [one.text for one in lab.missions]
    shown += [option for knob in lab.bench.knobs for option in getattr(knob, "options", ())]
    for place in ("door", "switch", "seat"):
        assert not [text for text in shown if place in text.lower()], place


def test_the_prediction_is_settled_by_evenings_of_the_lab(bench):
    right, said = next_time.the_second_evening(bench)
    assert right == "none"
    assert "8 evenings" in said
    assert {right} < set(the_lab().prediction.options)


def test_with_nothing_behind_the_door_the_prediction_would_be_settled_the_other_way(bench):
    class Shallow:
        """A bench whose knob mends everything at once."""

        def run(self, case, places, **how):
            return bench.run(case, places | {"mended": THIRD}, **how)

    assert next_time.the_second_evening(Shallow())[0] == "most"


def test_each_step_of_the_knob_is_one_more_evening_of_the_row(bench):
    for option, mended in ((FIRST, PLACES[:1]), (SECOND, PLACES[:2]), (THIRD, PLACES)):
        run = bench.run(CASE, {"mended": option}, seed=3, weather=True, people=4_000)
        assert growth.told(run).place in (None, *PLACES[len(mended) :], "door")
        assert (run.evening.stage.seats is None) == ("room" in mended)
        assert (not run.evening.faults) == ("switch" in mended)


@pytest.mark.parametrize("key", ["fuller", "promised", "again"])
def test_a_mission_is_reached_by_its_plan_and_not_by_the_untouched_evening(key):
    lab = the_lab()
    (mission,) = [one for one in lab.missions if one.key == key]
    for settings, reached in ((mission.par, True), (Settings(CASE), False)):
        trial, told = lab.bench.tried(settings, small=True)
        assert mission.done(trial, told) is reached


def test_one_mend_fewer_cannot_be_made_up_by_a_smaller_crowd(bench):
    for thousand in (20, 100, 200):
        places = {"mended": SECOND, "at_the_start": thousand}
        assert bench.reading(CASE, KEPT.key, places) < next_time.NEARLY_KEPT


def test_the_four_evenings_are_drawn_with_their_places():
    picture = next_time.four_evenings()
    assert picture.title == "Three failures, each at another place; the fourth evening goes well"
    assert list(picture.data["place"]) == [0, 1, 2, 3]
    assert (
        "evening 1 at the door, 2 in the room, 3 at the switch. Went well: evening 4."
        in picture.sentence
    )


# --- six events -----------------------------------------------------------------------------------


def test_a_play_is_the_same_every_time_and_other_luck_is_another_row(year):
    one, again = (year.run(years.WORLD, {"closed": 50}, seed=4) for _ in range(2))
    assert one == again
    assert one.row != year.run(years.WORLD, {"closed": 50}, seed=5).row
    assert len(one.rows) == years.YEARS


def test_the_knobs_reach_the_company(year):
    places = {"closed": 90, "kept": 20, "written": years.SOMETIMES, "undone": 70}
    company = year.run(years.WORLD, places | {"rehearsal": "half"}).company
    assert (company.closed, company.kept, company.undone) == (0.9, 0.2, 0.7)
    assert (company.written, company.page_holds, company.rehearsal) == (True, 0.5, 0.5)
    assert not year.run(years.WORLD).company.written


def test_closing_everything_and_keeping_everybody_come_to_the_same(year):
    right, said = years.closing_or_keeping(year)
    assert right == "same"
    assert "42 %" in said


@pytest.mark.parametrize(
    ("forgetful", "right"), [({"kept": 100}, "closing"), ({"kept": 0}, "keeping")]
)
def test_with_other_companies_the_second_prediction_goes_the_other_way(
    year, forgetful, right, monkeypatch
):
    monkeypatch.setattr(years, "FORGETFUL", {"closed": 100} | forgetful)
    assert years.closing_or_keeping(year)[0] == right


def test_the_card_reads_where_the_knobs_stand(year):
    year.turn("closed", 100)
    stumbles, gained = years.stumbles(year), years.gained(year)
    assert stumbles[0] == 0 and gained[0] > 0.9
    year.turn("closed", 0)
    assert years.stumbles(year)[0] == 1
    assert years.gained(year)[0] < 0.01
    year.reset()


def test_the_company_s_picture_has_another_behind_it(year):
    good, bad = (year.run(years.WORLD, {"closed": at}) for at in (100, 0))
    assert (
        years.picture(good).title
        == "Three failures, each at another place; the fourth event goes well"
    )
    assert years.picture(bad, behind=good).title == "The same place, six times"
    (all_of_them,) = years.many(good)
    assert list(all_of_them.data["well"]) == [0, 0, 0, 1, 1, 1]


def test_more_of_the_crowd_in_a_rehearsal_lets_fewer_down():
    down = [one for _, one, _, _ in years.in_public_or_rehearsed()]
    assert down[0] > down[1] > down[2]
    assert down[3] == pytest.approx(down[2], rel=0.1), "half a crowd finds as much as all of it"
    assert years.in_public_or_rehearsed()[1][3] == 120_000


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (["door"] * 3, "The same place, three times"),
        (["door", "room", "switch"], "Each failure is further in than the one before"),
        ([None, None], "All two events went well"),
        (["door", None], "One failure; the second event goes well"),
        (["room", "door", "switch"], "Three failures of three, never the same place"),
        (
            ["door", "room", "door"],
            "Three failures of three, one at a place that had failed before",
        ),
        (
            ["door", None, "door"],
            "Two failures of three, one at a place that had failed before",
        ),
    ],
)
def test_the_title_says_what_the_row_of_places_shows(found, title):
    rows = [(place, 1_000.0, 0.5, ()) for place in found]
    assert further_in(rows, PLACES).title == title


def test_nobody_s_good_evening_has_a_title_too():
    assert well_by_event([0.0, 0.0]).title == "No event goes well at any company"


def test_a_published_line_leaves_as_many_as_it_cannot_tell_apart():
    assert lines.at_most(lines.COUNTS) == len(lines.runs())
    assert lines.at_most(lines.COUNTS, "requests waiting") == lines.at_most("requests waiting") == 1
    assert lines.left_by("how many had come")["late_crowd"] == 1
    assert all(lines.left_by(line)[truth] >= 1 for line in lines.LINES for truth in lines.runs())
    assert lines.apart("work for people who had left") == 0, "0.4 % and 0.0 % are alike to a reader"
    assert "requests waiting, it would be 1" in years.left_to_outsiders(None)[1]
    rows = [("counts", 4), ("a", 2), ("b", 1)]
    assert "leave four explanations" in what_one_line_tells(rows).title


def test_the_naval_program_s_estimate_falls_by_one_quiet_month():
    assert (
        faults.left_after_each().title
        == "One more fault found, and the estimate goes from 155 to 27"
    )
    assert how_many_left([(3, float("inf"), 3, float("inf"))]).title.startswith(
        "No finite estimate"
    )


def test_what_was_foreseen_stands_beside_what_came():
    picture = faults.foreseen_on_the_day()
    low, high = (round(one) for one in picture.data["band"][-1, 1:])
    assert (
        f"26 found; {low - 26} to {high - 26} more were foreseen, and eight came" == picture.title
    )
    assert low <= len(picture.data["found"]) <= high


@pytest.mark.parametrize("found", [1, 34, 35, "all", 2.5, True])
def test_a_number_of_errors_that_makes_no_sense_is_answered_by_a_sentence(found):
    assert repr(faults.foreseen_on_the_day(found)).endswith("from 2 to 33.")


def test_two_evenings_are_two():
    assert "n = 2" in two_evenings.picture().sentence


def test_a_run_that_is_not_full_is_told_alike(bench):
    run = bench.run(CASE, {"mended": THIRD, "at_the_start": 400})
    assert next_time.the_first_trouble_again(Trial(next_time.FIRST_AGAIN, run, 50.0), {})
