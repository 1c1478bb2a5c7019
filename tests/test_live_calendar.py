"""Scheduled tests: what an entry asks for, and real Locust against the real door, to the end and cut short."""

import json
import os
import signal
import time
import types

import numpy as np
import psutil
import pytest

from loadbearing.live import measured, omission
from loadbearing.live.calendar import Entry, Promise, calendar, entry_of, in_hundred, users_for
from loadbearing.live.process import Child, ProcessError
from loadbearing.parts import ScenarioError
from loadbearing.run import Moment, to_plain
from loadbearing.scenario import (
    Crowd,
    Door,
    Retries,
    Scenario,
    Service,
    Steady,
    WaitingRoom,
    Weather,
)

DOOR = Scenario(
    crowd=Crowd(
        listeners=600,
        arrivals=Steady(from_s=0, until_s=60),
        timeout_s=0.6,
        round_trip_s=0.1,
        retries=Retries(most=8),
    ),
    door=Door(handlers=4, service=Service(mean_s=0.05, cv=0.5), queue_limit=60),
    weather=Weather.calm(),
    starts_s=0,
    ends_s=60,
)

# --- what a calendar asks for ---------------------------------------------------------------------


def test_a_promise_is_kept_from_its_share_on_and_never_by_rounding():
    promise = Promise(share=0.99, within_s=1)
    kept, missed = promise.verdict([1.0] * 99, 100), promise.verdict([1.0] * 98 + [1.01] * 2, 100)
    assert (kept.passed, kept.share) == (True, 0.99)
    assert (missed.passed, missed.share) == (False, 0.98)
    assert kept.said == ("passed: 99 in 100 asks were answered within 1 second; 99 were promised.")
    nearly = promise.verdict([0.1] * 9_899, 10_000)
    assert not nearly.passed and "failed: 98.9 in 100" in nearly.said
    assert promise.verdict([], 0).said == "failed: nobody asked."
    assert in_hundred(1.0) == "100"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"users": 1_001}, "Entry.users is 1001; it must be at most 1000 users"),
        ({"lasts_s": 601}, "Entry.lasts_s is 601.0; it must be at most 600"),
        ({"title": " "}, "give the test a name"),
        ({"spawn_per_s": 1}, "10 users are not all there before the test ends"),
        ({"spawn_per_s": 101}, "at most 100"),
        ({"think_s": -1}, "Entry.think_s is -1.0; it must be at least 0"),
        ({"promise": 0.99}, "it must be a Promise"),
        ({"user": 3}, "Did you mean 'users'"),
    ],
)
def test_what_cannot_be_scheduled_is_answered_by_a_sentence(changes, said):
    with pytest.raises(ScenarioError, match=said):
        Entry(**dict(title="one", users=10, lasts_s=5.0) | changes)


def test_an_entry_goes_through_a_line_of_json():
    entry = Entry(title="one", users=3, lasts_s=4, think_s=0.2, promise=Promise(share=0.9))
    assert entry_of(json.loads(json.dumps(entry.plain))) == entry


def test_as_many_users_as_the_interactive_response_time_law_asks_for():
    """X = N / (R + Z): 100 a second with .1 s to answer and .9 s to think are 100 users."""
    assert users_for(100, 0.9, 0.1) == 100
    assert users_for(0.1, 0.9, 0.1) == 1
    assert Entry(title="one", users=100, lasts_s=5, think_s=0.9).per_s(0.1) == pytest.approx(100)


def test_the_total_is_spread_over_the_evening_so_it_never_is_the_rush():
    """600 people in 60 seconds are 10 a second, whoever comes when: .55 s a round are 6 users."""
    smoke, average, total = calendar(DOOR, lasts_s=10, think_s=0.5)
    assert (smoke.users, average.users, total.users) == (1, 2, 6)
    assert total.per_s(0.05) == pytest.approx(10, rel=0.1)
    sharp = DOOR.changed({"crowd.arrivals": Steady(from_s=0, until_s=1)})
    assert calendar(sharp, lasts_s=10, think_s=0.5) == (smoke, average, total)


def test_thinking_takes_half_to_one_and_a_half_of_its_mean_and_comes_again_with_its_seed():
    entry = Entry(title="one", users=1, lasts_s=5, think_s=2.0)
    thought = np.array([entry.thinks_s(1, listener) for listener in range(4_000)])
    assert thought.min() >= 1 and thought.max() <= 3
    assert thought.mean() == pytest.approx(2.0, abs=4 * 2 / np.sqrt(12 * 4_000))
    assert thought[7] == entry.thinks_s(1, 7) != entry.thinks_s(2, 7)


# --- real Locust, real door -----------------------------------------------------------------------

BEGINS_S = 5.0
ENTRIES = {
    "well": (Entry(title="well", users=6, lasts_s=3, think_s=0.3, promise=Promise()), {}, {}),
    "stalled": (
        Entry(title="stalled", users=5, lasts_s=3.5, think_s=0.1, stalls_at_s=1, stalls_s=1.5),
        {},
        {},
    ),
    "too long": (
        Entry(title="too long", users=3, lasts_s=3, think_s=0.1),
        {"door.service": Service(mean_s=0.9, cv=0)},
        {},
    ),
    "stopped": (
        Entry(title="stopped", users=20, lasts_s=30, think_s=0.05, stalls_at_s=1, stalls_s=20),
        {},
        {"stop_rule": {"share": 0.05, "window_s": 1, "slower_than_s": 0.4}},
    ),
    "in line": (
        Entry(title="in line", users=4, lasts_s=4, think_s=0.1),
        {"waiting_room": WaitingRoom(admits_per_s=5, opens_s=0)},
        {},
    ),
}


def begin(folder, entry, evening, more):
    """Start a door and a test on it; return both."""
    folder.mkdir()
    config = {
        "evening": to_plain(evening),
        "seed": 1,
        "announced": time.monotonic() + BEGINS_S,
        "folder": str(folder),
        "lives_s": 60,
    }
    server = Child("loadbearing.live.serve", config)
    port = server.first("port")["port"]
    load = Child(
        "loadbearing.live.locust_child", config | {"port": port, "entry": entry.plain} | more
    )
    return server, load


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Every entry of `ENTRIES`, played at the same time, each at a door of its own: what it said and wrote."""
    home, under_way, told = tmp_path_factory.mktemp("calendar"), {}, {}
    try:
        for name, (entry, changes, more) in ENTRIES.items():
            evening = entry.evening(DOOR.changed(changes))
            under_way[name] = begin(home / name, entry, evening, more)
        for name, (server, load) in under_way.items():
            code = load.wait(40)
            lines = [load.says.get_nowait() for _ in range(load.says.qsize())]
            server.stop()
            told[name] = types.SimpleNamespace(
                entry=ENTRIES[name][0],
                code=code,
                lines=lines,
                ended=lines[-1] if lines else {},
                errors=load.errors(),
                folder=home / name,
                locust=json.loads((home / name / "locust.json").read_text("utf-8")),
                record=measured.read(home / name),
            )
        yield told
    finally:
        for pair in under_way.values():
            for child in reversed(pair):
                child.stop()


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.slow
def test_what_was_measured_is_a_run_that_passes_the_audit(played, name):
    one = played[name]
    assert one.code == 0 and one.errors == ""
    run = one.record.run()
    assert run.audit() is run
    assert len(run.listeners) > 10


@pytest.mark.slow
def test_locust_the_crowd_and_the_door_count_the_same(played):
    one = played["well"]
    assert one.ended["ended"] == "as planned"
    assert (
        one.ended["sent"] == one.ended["in"] == one.locust["requests"] == len(one.record.attempts)
    )
    assert sum(one.locust["each_second"].values()) == one.locust["requests"]
    assert one.locust["failures"] == 0
    assert one.record.gaps == {}


@pytest.mark.slow
def test_a_test_that_goes_well_keeps_its_promise(played):
    one = played["well"]
    within = np.mean(omission.waits(one.record.attempts) <= 1.0)
    assert within == 1.0
    assert one.ended["passed"] and one.locust["passed"]
    assert one.locust["said"].startswith("passed: 100 in 100 asks")
    assert {"began_s", "too_slow", "late_p99_s"} <= {*one.ended}


@pytest.mark.slow
def test_a_loop_is_closed_nobody_asks_before_the_answer(played):
    """Never more at the door than users; as often as the interactive response time law says, within its dice."""
    for one in played.values():
        rows = one.record.attempts
        over = np.fmin(np.where(np.isnan(rows["gone"]), rows["ended"], rows["gone"]), 1e9)
        came = np.fmin(rows["sent"], rows["in_line"])
        there = [np.count_nonzero((came <= at) & ~(over <= at)) for at in came + 1e-6]
        assert max(there) <= one.entry.users
    rows = played["well"].record.attempts
    expected = played["well"].entry.per_s(0.055) * 3
    assert 0.4 * expected < len(rows) < 1.2 * expected


@pytest.mark.slow
def test_no_ask_begins_before_the_start_or_after_the_end(played):
    for one in played.values():
        sent = [row["sent"] for row in rows_of(one.folder) if "sent" in row and "attempt" in row]
        assert min(sent) >= 0 and max(sent) <= one.entry.lasts_s


def rows_of(folder):
    text = (folder / "crowd.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.slow
def test_a_stall_fails_the_test_and_whoever_waits_too_long_hangs_up(played):
    one = played["stalled"]
    assert not one.ended["passed"] and one.ended["verdict"].startswith("failed")
    rows = one.record.attempts
    gone = rows[rows["answer"] == Moment.TIMED_OUT]
    assert len(gone) == one.ended["timed_out"] >= 5
    assert (gone["gone"] - gone["sent"]) == pytest.approx(0.6, abs=1e-6)
    heard = [json.loads(line) for line in (one.folder / "door.jsonl").read_text().splitlines()]
    by_door = [row["gone"] - row["sent"] for row in heard if row["gone"] is not None]
    assert by_door and max(by_door) < 0.6 + 0.6, "the door did not hear that its client hung up"
    assert one.locust["failures"] == one.ended["timed_out"]


@pytest.mark.slow
def test_a_service_longer_than_its_client_waits_is_dead_work(played):
    """Three users, four handlers: each service begins at once, takes .9 s, and its client has gone after .6."""
    one = played["too long"]
    rows = one.record.attempts
    assert (
        one.ended["in"] == 0 and one.ended["timed_out"] == len(rows) == one.locust["failures"] > 5
    )
    over = ~np.isnan(rows["ended"])
    assert (rows["gone"][over] < rows["ended"][over]).all() and over.sum() > 2
    heard = [json.loads(line) for line in (one.folder / "door.jsonl").read_text().splitlines()]
    by_door = [row["gone"] - row["sent"] for row in heard if row["gone"] is not None]
    assert len(by_door) >= 5 and np.median(by_door) == pytest.approx(0.6, abs=0.2)


@pytest.mark.slow
def test_the_stall_of_a_real_test_met_three_ways(played):
    """The users of the record wait; counted as if they had asked, and in an open loop, more of them were late."""
    one = played["stalled"]
    told = omission.read(one.folder, one.entry)
    late = [omission.late_share(part, 0.3) for part in (told.recorded, told.corrected, told.open)]
    assert told.every_s == pytest.approx(0.15, abs=0.05)
    assert told.left_out > 5
    assert late[0] < 0.7 * late[1] and late[0] < 0.7 * late[2]
    assert f"{told.left_out} asks were never made" in told.say()


@pytest.mark.slow
def test_the_stop_rule_ends_a_test_and_says_why(played):
    one = played["stopped"]
    assert one.ended["ended"] == one.locust["ended"] == "stop rule"
    assert 1.2 < one.ended["t"] < 10, "the stall begins at 1 s, and .4 s are allowed"
    assert "the rule allows 5%" in one.ended["said"]
    assert not one.ended["passed"] and one.ended["verdict"].startswith("not passed: the test was")


@pytest.mark.slow
def test_users_stand_in_line_where_there_is_one(played):
    """Five a second are let through from the start on: the k-th not before k / 5."""
    rows = played["in line"].record.attempts
    through = np.sort(rows["sent"][~np.isnan(rows["sent"])])
    assert not np.isnan(rows["in_line"]).any()
    assert (through >= np.arange(len(through)) / 5 - 1e-6).all()
    assert played["in line"].ended["in"] > 8


@pytest.mark.slow
def test_it_says_how_it_goes_about_four_times_a_second(played):
    lines = [line for line in played["well"].lines if "users" in line]
    assert 4 <= len(lines) <= 14
    assert {"t", "sent", "in", "refused", "timed_out", "waiting", "late_p99_s"} <= {*lines[-1]}
    assert max(line["users"] for line in lines) == 6
    assert played["well"].lines[0]["ready"]


# --- cut short ------------------------------------------------------------------------------------

LONG = Entry(title="long", users=6, lasts_s=60, think_s=0.05)


def is_there(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def cut_short(tmp_path_factory):
    """Five long tests, each under way for two seconds and then cut short in its own way."""
    home, under_way = tmp_path_factory.mktemp("cut"), {}
    how = {
        "input closed": lambda server, load: load.process.stdin.close(),
        "told to end": lambda server, load: load.process.terminate(),
        "killed": lambda server, load: load.process.kill(),
        "out of time": lambda server, load: None,
        "door killed": lambda server, load: server.process.kill(),
    }
    try:
        for name in how:
            lives = {"lives_s": BEGINS_S + 3} if name == "out of time" else {}
            under_way[name] = begin(home / name, LONG, LONG.evening(DOOR), lives)
        server, load = next(reversed(under_way.values()))
        while load.first("t")["t"] < 2:
            pass
        told, open_now = {}, psutil.Process(load.pid).net_connections("inet")
        for name, cut in how.items():
            cut(*under_way[name])
        for name, (server, load) in under_way.items():
            code = load.wait(15)
            lines = [load.says.get_nowait() for _ in range(load.says.qsize())]
            told[name] = types.SimpleNamespace(
                code=code,
                there=is_there(load.pid),
                open_now=open_now,
                folder=home / name,
                last=lines[-1] if lines else {},
            )
            server.stop()
        yield told
    finally:
        for pair in under_way.values():
            for child in reversed(pair):
                child.stop()


@pytest.mark.parametrize(
    "how", ["input closed", "told to end", "killed", "out of time", "door killed"]
)
@pytest.mark.slow
def test_cut_short_it_leaves_no_process_and_a_record_that_can_be_read(cut_short, how):
    one = cut_short[how]
    assert one.code is not None and not one.there
    record = measured.read(one.folder)
    assert len(record.attempts) > 50
    run = record.run()
    assert run.audit() is run


@pytest.mark.slow
def test_it_asks_this_computer_alone_and_listens_nowhere(cut_short):
    held = cut_short["door killed"].open_now
    assert held
    assert {one.raddr.ip for one in held} == {"127.0.0.1"}
    assert {one.status for one in held} == {"ESTABLISHED"}


@pytest.mark.slow
def test_it_says_why_it_ended(cut_short):
    assert cut_short["input closed"].last["ended"] == "asked to stop"
    assert cut_short["told to end"].last["ended"] == "asked to stop"
    assert cut_short["out of time"].last["ended"] == "out of time"
    assert cut_short["door killed"].last["ended"] == "no door"
    assert cut_short["killed"].code == -signal.SIGKILL
    assert not (cut_short["killed"].folder / "locust.json").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"entry": LONG.plain | {"users": 5_000}}, "Entry.users is 5000"),
        ({"port": 0}, "port is 0; give the number that the server said"),
        ({"stop_rule": {"shares": 1}}, "the stop rule is not one"),
    ],
)
def test_what_it_will_not_do_is_refused_with_a_sentence(tmp_path, changes, said):
    config = {"entry": LONG.plain, "evening": to_plain(DOOR), "port": 9, "announced": 0.0}
    with (
        Child(
            "loadbearing.live.locust_child", config | {"folder": str(tmp_path)} | changes
        ) as load,
        pytest.raises(ProcessError, match=said),
    ):
        load.first("ready", 20)
