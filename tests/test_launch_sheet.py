"""The launch sheet of unit 13: its lines, its assumptions, the sentences for slips, the file, and what fills it."""

import dataclasses
import datetime as dt
import json
import math

import numpy as np
import pytest

from loadbearing import traffic
from loadbearing.cases import launches
from loadbearing.checks import unit_04_queue, unit_07_launch, unit_08_launch
from loadbearing.launch import (
    EXAMPLE,
    LINES,
    STATES,
    as_text,
    checked,
    first_line,
    from_text,
    from_traffic,
    from_units,
)
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress
from loadbearing.scenario import Measured
from loadbearing.traffic import TrafficError

OWN = {"expected": "20,000", "within": "10", "join_rate": "30", "hold": "100000", "patience": 9.5}
NEEDED = [line.key for line in LINES if line.needed]


def slip(act, *given, **named):
    with pytest.raises(ScenarioError) as caught:
        act(*given, **named)
    said = str(caught.value)
    assert said.endswith((".", "?")) and "\n" not in said and len(said) < 400
    return said


# --- the lines -----------------------------------------------------------------------------------


def test_the_five_of_the_first_sheet_are_needed_and_twelve_are_in_sight():
    assert [line.key for line in first_line.INPUTS] == NEEDED
    assert sum(line.in_sight for line in LINES) == 12
    order = [(not line.needed, not line.in_sight) for line in LINES]
    assert order == sorted(order)


def test_the_first_sheet_and_this_one_ask_the_same_and_take_the_same():
    for old, new in zip(first_line.INPUTS, LINES, strict=False):
        assert (old.key, old.question, old.unit, old.whole) == (
            new.key,
            new.question,
            new.unit,
            new.whole,
        )
        assert (old.least, old.most, old.why) == (new.least, new.most, new.why)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.key)
def test_each_line_takes_its_own_example_and_its_own_assumption(line):
    assert line.question.endswith("?") and line.why
    assert line.checked(line.example) == line.example
    assert line.checked(f"{line.example:,}" if not line.words else line.example) == line.example
    if not line.needed and line.assumption is not None:
        found = EXAMPLE.values[line.key]
        assert line.checked(found) == found


def test_every_assumption_of_the_case_is_a_line_of_the_sheet():
    assert set(launches.ASSUMED) == {line.key for line in LINES if not line.needed}
    assert set(launches.EXAMPLE) == set(NEEDED)


# --- what was typed ------------------------------------------------------------------------------


def test_what_was_typed_is_held_and_the_rest_is_assumed():
    mine = checked(OWN | {"queue": "", "timeout": "  ", "low": "9000", "decides": " Ada  Byron "})
    assert mine.expected == 20_000 and mine.patience == 9.5 and mine.low == 9_000
    assert mine.decides == "Ada Byron"
    assert mine.own == (*NEEDED, "low", "decides")
    # Fifteen seconds of thirty people a second; twice the crowd expected.
    assert mine.queue == 450 and mine.high == 40_000 and mine.tested_rate == 30
    assumed = {line.key: (value, why) for line, value, why in mine.assumptions()}
    assert set(assumed) == {line.key for line in LINES} - set(mine.own)
    assert assumed["queue"][0] == 450 and assumed["timeout"][0] == 30
    assert all(why for _, why in assumed.values())


def test_an_assumption_that_rests_on_a_line_follows_it_unless_it_is_pinned():
    wider = EXAMPLE.with_values(join_rate=40)
    assert wider.queue == 2 * EXAMPLE.queue
    assert EXAMPLE.pinned().with_values(join_rate=40).queue == EXAMPLE.queue
    assert EXAMPLE.with_values(queue=77).with_values(join_rate=40).queue == 77
    assert EXAMPLE.with_values(queue=77).with_values(queue=None) == EXAMPLE


def test_what_is_done_about_a_launch_begins_as_it_stands_and_comes_back():
    assert [getattr(EXAMPLE, key) for key in STATES] == ["as it is", False, False, False]
    done = EXAMPLE.with_values(invitation="early", line=True)
    assert done.invitation == "early" and done.line and done != EXAMPLE
    assert done.with_values(invitation="as it is", line=False) == EXAMPLE
    assert "invitation is 'shout'" in slip(EXAMPLE.with_values, invitation="shout")


def test_a_launch_cannot_be_changed_and_may_be_kept_in_a_dictionary():
    with pytest.raises(dataclasses.FrozenInstanceError):
        EXAMPLE.expected = 5
    assert {EXAMPLE: 1}[checked(dict(EXAMPLE.typed))] == 1
    with pytest.raises(AttributeError, match="Did you mean 'expected'"):
        EXAMPLE.expectd  # noqa: B018


def test_the_promise_is_that_of_the_sheet():
    promise = EXAMPLE.with_values(promise_share=95, promise_minutes=5).promise
    assert (
        promise.at_least == 0.95
        and dict(promise.args) == {"within_s": 300}
        and promise.evenings == 0.9
    )


QUESTION = {line.key: line.question for line in LINES}


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("expected", "many", "'many' is not a number; type a number such as 12,000."),
        ("expected", "9", "lies outside 10 to"),
        ("expected", "20000.5", "is not a whole number"),
        ("expected", "1e300", "lies outside"),
        ("within", "-3", "lies outside 0.1 to 1,440 minutes"),
        ("within", "nan", "lies outside"),
        ("join_rate", "inf", "lies outside"),
        ("join_rate", "0", "lies outside 0.01"),
        ("hold", "12,5,0.5", "is not a whole number"),
        ("promise_share", "100.5", "lies outside 1 to 100 per cent"),
        ("heed", "half", "is not a number"),
        ("fault_share", "100", "lies outside 0 to 99 per cent"),
        ("decides", "x" * 500, "write up to 60 letters"),
        ("decides", "a\x00b", "write up to 60 letters"),
        ("low", "30000", "are more than the 20,000 you expect; type that many or fewer"),
        ("high", "300", "are fewer than the 20,000 you expect; type that many or more"),
        ("patience", "x" * 5_000, "is not a number"),
        ("queue", True, "is not a number"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_by_question_value_and_remedy(key, typed, says):
    said = slip(checked, OWN | {key: typed})
    assert said.startswith(QUESTION[key]) and says in said


@pytest.mark.parametrize("key", NEEDED)
def test_a_needed_line_that_is_missing_is_asked_for(key):
    for blank in ("", "   ", None):
        assert slip(checked, OWN | {key: blank}) == f"Still to fill in: {QUESTION[key]}"
    assert slip(checked, {k: v for k, v in OWN.items() if k != key}).endswith(QUESTION[key])


def test_a_line_that_is_none_is_named_with_the_nearest():
    assert "no line 'expcted'. Did you mean 'expected'" in slip(checked, OWN | {"expcted": 5})
    assert "no line 'colour'" in slip(EXAMPLE.with_values, colour=1)


# --- the file ------------------------------------------------------------------------------------

TRAFFIC = Measured(from_s=-60.0, bin_s=30.0, counts=(0, 5, 17, 400, 3))


@pytest.mark.parametrize("arrivals", [None, TRAFFIC])
def test_a_file_brings_the_launch_back_as_it_was(arrivals):
    mine = checked(OWN | {"decides": 'Ada, "the" hôst', "budget": "700"}, arrivals)
    text = as_text(mine)
    assert (
        from_text(text)
        == mine
        == from_text(text.encode())
        == from_text("\ufeff".encode() + text.encode())
    )
    assert as_text(from_text(text)) == text
    # Readable: a line of the file for each line of the sheet, and nothing assumed in it.
    assert '"expected": 20000,' in text and "timeout" not in text


def test_measures_are_no_part_of_the_file():
    assert from_text(as_text(EXAMPLE.with_values(line=True))) == EXAMPLE


def changed_file(**changes):
    return json.dumps(json.loads(as_text(checked(OWN, TRAFFIC))) | changes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read as a launch"),
        ("{", "cannot be read as a launch"),
        (b"\xff\xfe\x00", "cannot be read as a launch"),
        ("[" * 100_000, "cannot be read as a launch"),
        ("[1, 2]", "holds no launch"),
        ('{"predictions": {}}', "holds no launch"),
        ("null", "holds no launch"),
        (as_text(EXAMPLE)[:-40], "cannot be read as a launch"),
        (changed_file(what="a cake"), "holds no launch"),
        (changed_file(version=2), "newer than this course"),
        (changed_file(version="new"), "version is 'new'"),
        (changed_file(sheet=[5]), "no sheet in it"),
        (changed_file(sheet={}), "Still to fill in"),
        (changed_file(sheet=OWN | {"expected": [1]}), "line 'expected' is [1]"),
        (changed_file(sheet=OWN | {"expected": -5}), "lies outside"),
        (changed_file(sheet=OWN | {"colour": 5}), "no line 'colour'"),
        (changed_file(traffic={"from_s": 0}), "traffic cannot be read"),
        (changed_file(traffic={"from_s": 0, "bin_s": 1, "people": "1 x"}), "traffic cannot be read"),
        (changed_file(traffic={"from_s": 0, "bin_s": 0, "people": "1 2"}), "Measured.bin_s is 0"),
        (changed_file(traffic={"from_s": 0, "bin_s": 1, "people": "0 0"}), "nobody in them"),
        (changed_file(traffic={"from_s": None, "bin_s": 1, "people": "1"}), "Measured.from_s is None"),
        (changed_file(traffic="all"), "traffic cannot be read"),
        (" " * 3_000_000, "too many for a launch"),
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_answered_by_a_sentence(text, says):
    assert says in slip(from_text, text)


# --- what the units before have kept -------------------------------------------------------------

FIVE = {"expected": 50_000, "within": 20, "join_rate": 12.5, "hold": 70_000, "patience": 8}


def test_what_the_units_kept_fills_the_sheet_and_says_where_from():
    entries = {
        "first": FIVE | {"load_line": 9, "told": "x", "at": "2026-01-01T10:00:00+00:00"},
        "the_flood": {"join_rate": 40, "client_waits": 8, "patience": 3, "longest_queue": 320,
                      "at": "2026-01-02"},
        "the_way_back": {"hold": 80_000, "join_rate": 12.5, "minutes": 5, "at": "2026-01-03T00:00:00+00:00"},
        "the_team": {"others": 45, "minutes_to_act": 17.5, "at": "2026-01-04"},
        "the_rehearsal": {"tested_rate": 7.0, "coverage": 0.5, "at": "2026-01-05"},
        "the_roadmap": {"low": 8_000, "high": 90_000.4, "turned_away": 3.5, "at": "2026-01-06"},
        "the_next_time": {"open_findings": 3, "at": "2026-01-06"},
    }  # fmt: skip
    typed, said = from_units(entries)
    assert typed == FIVE | {
        "hold": 80_000, "patience": 3, "queue": 320, "timeout": 8, "minutes_to_act": 17.5, "minutes_unknown": 45,
        "tested_rate": 7.0, "low": 8_000, "high": 90_000, "value": 3.5,
    }  # fmt: skip
    assert [key for key, _ in said] == [line.key for line in LINES if line.key in typed]
    told = dict(said)
    assert told["expected"] == "From unit 01: 50,000 people."
    assert told["join_rate"] == "From unit 06: 12.5 people per second."
    assert told["minutes_to_act"] == "From unit 08: 17.5 minutes."
    assert checked(typed).expected == 50_000


def test_what_makes_no_sense_in_the_progress_file_is_left_out():
    wild = {
        "first": FIVE | {"expected": "many", "hold": -3, "within": math.nan, "patience": True},
        "the_team": [1],
        "the_flood": {"longest_queue": None},
        "the_roadmap": {"low": 9, "high": 3},
        "wait": None,
    }
    typed, said = from_units(wild)
    assert typed == {"join_rate": 12.5, "low": 9, "high": 3} and len(said) == 3
    assert from_units({}) == ({}, []) == from_units(None)


def test_a_range_that_leaves_the_expected_crowd_out_is_left_out():
    typed, _ = from_units({"first": FIVE, "the_roadmap": {"low": 60_000, "high": 70_000}})
    assert "low" not in typed and typed["high"] == 70_000
    checked(typed)


def test_what_the_checks_of_the_units_keep_is_what_is_looked_for(monkeypatch, tmp_path):
    monkeypatch.setenv("LOADBEARING_MY_WORK", str(tmp_path))
    flood = unit_04_queue.EXAMPLE | {"join_rate": 55}
    unit_04_queue._kept(flood, 440)
    unit_07_launch._kept({"queue": 600, "join_rate": 41, "timeout": 20}, 0.7, "told")
    sheet = {line.key: line.example for line in first_line.INPUTS} | {"expected": 90_000}
    unit_08_launch._kept(sheet, unit_08_launch.EXAMPLE | {"others": 70}, 22.0, "told")
    typed, said = from_units(Progress.here().everything()["launch_sheet"])
    assert typed["queue"] in (440, 600) and typed["minutes_unknown"] == 70
    assert typed["minutes_to_act"] == 22.0 and typed["patience"] == flood["patience"]
    assert all(text.startswith("From unit 0") for _, text in said)


# --- the student's own traffic -------------------------------------------------------------------


def counted(tmp_path, minutes, name="joins.csv", begins=dt.datetime(2026, 3, 2, 9, 58)):
    rows = [
        f"{begins + dt.timedelta(minutes=at):%Y-%m-%d %H:%M},{n}" for at, n in enumerate(minutes)
    ]
    file = tmp_path / name
    file.write_text("time,people\n" + "\n".join(rows) + "\n")
    return traffic.read(file)


def test_traffic_gives_the_crowd_and_the_minutes_in_which_nine_in_ten_came(tmp_path):
    seen = counted(tmp_path, [0, 10, 400, 300, 200, 50, 40])
    typed, arrivals, said = from_traffic(seen, OWN, "10:00")
    assert typed == OWN | {"expected": 1_000, "within": 3.0}
    assert arrivals.people == 1_000 and arrivals.table()[0][0] == -60
    assert said == "1,000 people came within 6 minutes; nine in ten of them within 3 minutes."
    mine = checked(typed, arrivals)
    assert mine.arrivals == arrivals and mine.expected == 1_000
    assert from_text(as_text(mine)) == mine


def test_of_a_long_file_the_two_hours_with_the_most_people_count(tmp_path):
    minutes = np.ones(1_400, int)
    minutes[900:910] = 500
    typed, arrivals, said = from_traffic(counted(tmp_path, minutes))
    assert typed["expected"] == 5_000 + 110 and len(arrivals.counts) == 120
    assert "1,280 outside these hours are left out" in said
    assert "Requests are not people" not in said


def test_many_stretches_are_put_together_and_nobody_is_lost(tmp_path):
    stamps = [
        dt.datetime(2026, 3, 2, 10) + dt.timedelta(seconds=int(s))
        for s in np.linspace(0, 7_199, 4_000)
    ]
    file = tmp_path / "stamps.csv"
    file.write_text("time\n" + "\n".join(f"{one:%Y-%m-%d %H:%M:%S}" for one in stamps) + "\n")
    seen = traffic.read(file)
    assert len(seen.counts) == 7_200
    typed, arrivals, _ = from_traffic(seen)
    assert len(arrivals.counts) <= 2_000 and arrivals.people == 4_000 == typed["expected"]
    assert typed["within"] == pytest.approx(0.9 * 120, rel=0.01)


def test_an_access_log_says_that_requests_are_not_people(tmp_path):
    line = '1.2.3.4 - - [02/Mar/2026:10:00:{:02d} +0000] "GET /join HTTP/1.1" 200 5\n'
    file = tmp_path / "access.log"
    file.write_text("".join(line.format(at % 60) for at in range(120)))
    typed, _, said = from_traffic(traffic.read(file))
    assert (
        typed["expected"] == 120
        and "120 requests came" in said
        and "Requests are not people" in said
    )


def test_traffic_of_hardly_anybody_is_refused_by_the_line_it_would_fill(tmp_path):
    assert slip(from_traffic, counted(tmp_path, [1, 2])).startswith(QUESTION["expected"])


def test_a_start_that_does_not_fit_the_traffic_is_answered_by_a_sentence(tmp_path):
    with pytest.raises(TrafficError, match="more than an hour from this traffic"):
        from_traffic(counted(tmp_path, [5, 50]), OWN, "20:00")


@pytest.mark.parametrize(
    "spoiled",
    [{"bin_s": 1e9}, {"from_s": -1e6}, {"people": "7 " + 12 * "9"}, {"people": 400 * "9"}],
)
def test_traffic_of_a_file_that_no_launch_can_have_is_answered_by_a_sentence(spoiled):
    held = json.loads(as_text(checked(OWN, TRAFFIC)))
    held["traffic"] |= spoiled
    said = slip(from_text, json.dumps(held))
    assert said.startswith(
        "The file's traffic cannot be read: It is longer than two days, or holds more than"
    )
