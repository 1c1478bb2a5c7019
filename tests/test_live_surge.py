"""The real crowd: it draws as the reference does, keeps its schedule whatever the door does, tells what came."""

import asyncio
import json
import math
import os
import signal
import time

import numpy as np
import pytest

from loadbearing import draws, simulate
from loadbearing.live import measured
from loadbearing.live.book import LATEST_S, Book, StopRule, lateness, too_slow
from loadbearing.live.crowd import Ramp
from loadbearing.live.process import Child
from loadbearing.live.surge import Surge
from loadbearing.live.wanted import Refused, asked_of
from loadbearing.run import Outcome, Reason, to_plain
from loadbearing.scenario import (
    Crowd,
    Door,
    Patience,
    Retries,
    Scenario,
    Service,
    Steady,
    WaitingRoom,
    Weather,
)

SEED, SOON_S = 1, 2.0
"""Whose luck, and how long before its evening a server and a crowd are started."""


def evening(**changes):
    """Six seconds at a small door: time-outs, patience, refusals, quick reloaders, Retry-After and leavers."""
    held = Scenario(
        crowd=Crowd(
            listeners=240,
            arrivals=Steady(from_s=0, until_s=3),
            patience=Patience(kind="exponential", mean_s=4),
            stays_mean_s=5,
            timeout_s=0.6,
            round_trip_s=0.1,
            retries=Retries(most=4, base_s=0.4, cap_s=2, quick_share=0.2),
        ),
        door=Door(handlers=4, service=Service(mean_s=0.1, cv=1), queue_limit=30, retry_after_s=1),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=6,
    )
    return held.changed(changes)


def light(**changes):
    """A door where nobody ever waits, and a crowd that comes once."""
    quiet = {"door.handlers": 200, "crowd.timeout_s": 5.0, "crowd.patience": Patience()}
    return evening(**quiet | changes)


def config_of(scenario, folder, **more):
    """What a server and a crowd are told."""
    folder.mkdir(exist_ok=True, parents=True)
    return {
        "evening": to_plain(scenario),
        "seed": SEED,
        "folder": str(folder),
        "lives_s": SOON_S + scenario.length_s + 8,
        "announced": time.monotonic() + SOON_S - scenario.starts_s,
    } | more


class Played:
    """A server and a crowd, started; `heard` are the crowd's lines, up to the last."""

    def __init__(self, scenario, folder, **more):
        self.folder, self.heard = folder, []
        config = config_of(scenario, folder)
        self.announced = config["announced"]
        self.server = Child("loadbearing.live.serve", config)
        port = self.server.first("port")["port"]
        self.crowd = Child(
            "loadbearing.live.surge", config | {"port": port} | more, self.heard.append
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.crowd.stop()
        self.server.stop()

    def until(self, t):
        """Wait until so many seconds after the announced start."""
        time.sleep(max(0.0, self.announced + t - time.monotonic()))

    def to_the_end(self):
        """Wait for the crowd; return its last line."""
        assert self.crowd.wait(40) == 0, self.crowd.errors()
        return self.heard[-1]

    @property
    def rows(self):
        """The rows that the crowd wrote."""
        text = (self.folder / "crowd.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    with Played(evening(), tmp_path_factory.mktemp("played")) as one:
        one.to_the_end()
        yield one


@pytest.fixture(scope="session")
def usable(left_out):
    """Leave a test out, visibly, where this computer was too slow for its numbers to be about the door."""
    return lambda line: left_out(line["why"]) if line["too_slow"] else line


# --- an evening --------------------------------------------------------------------------------------


def test_a_measured_evening_passes_the_audit(played):
    found = measured.read(played.folder)
    run = found.run()
    assert run.audit() is run and found.complete and run.engine == "measured"
    counted = {name: int(run.seconds[name].sum()) for name in run.seconds.dtype.names}
    for name in (
        "joins",
        "refused_full",
        "time_outs",
        "gave_up",
        "retries",
        "dead_services",
        "leavers",
    ):
        assert counted[name] > 0, name


def test_the_runs_counts_are_those_that_the_crowd_told(played):
    last, found = played.heard[-1], measured.read(played.folder)
    run, crossed = found.run(), sum(found.gaps.values())
    assert last["ended"] == "as planned" and "too_slow" in last
    over = last["in"] + last["refused"] + last["timed_out"] + last["lost"] + last["waiting"]
    assert over <= last["sent"] == len([row for row in played.rows if "attempt" in row])
    for flow, told, answer in (
        ("joins", "in", "joined"),
        ("refused_full", "refused", "refused_full"),
        ("time_outs", "timed_out", "timed_out"),
    ):
        # What was under way between door and crowd as the evening ended may be missing.
        surely = [
            row for row in played.rows if row.get("answer") == answer and row["answered"] < 5.6
        ]
        counted = int(run.seconds[flow].sum())
        assert len(surely) - crossed <= counted <= last[told] + crossed, flow


def test_progress_is_told_four_times_a_second(played):
    told = [line["t"] for line in played.heard if "late_p99_s" in line and "ended" not in line]
    assert 15 <= len(told) <= 40 and told == sorted(told)
    assert played.heard[0]["ready"] and played.heard[0]["listeners"] == 240


def test_listeners_come_when_the_simulated_ones_do(played, usable):
    usable(played.heard[-1])
    meant, _ = draws.arrivals(evening(), SEED)
    first = {row["listener"]: row for row in played.rows if row.get("attempt") == 1}
    assert [first[i]["meant"] for i in range(len(meant))] == pytest.approx(meant.tolist(), abs=1e-5)
    run = measured.run(played.folder)
    assert np.median(np.abs(run.listeners["arrived"] - meant)) < 0.02


def test_who_failed_comes_back_when_the_reference_would(played):
    rule, crowd = evening().crowd.retries, evening().crowd
    _, who = draws.arrivals(evening(), SEED)
    quick, backoff = draws.key(SEED, draws.QUICK), draws.key(SEED, draws.BACKOFF)
    rows = {(row["listener"], row["attempt"]): row for row in played.rows if "attempt" in row}
    seen = {"quick": 0, "drawn": 0, "asked": 0}
    for (listener, attempt), row in rows.items():
        again = rows.get((listener, attempt + 1))
        if again is None or row["answer"] is None:
            continue
        number = int(who[listener])
        drawn = draws.uniform(backoff, number, attempt) * min(2.0, 0.4 * 2 ** (attempt - 1))
        expected, kind = max(crowd.round_trip_s, drawn), "drawn"
        if draws.uniform(quick, number, 0) < rule.quick_share:
            expected, kind = crowd.round_trip_s, "quick"
        elif row["answer"] == "refused_full" and expected < 1:
            expected, kind = 1.0, "asked"
        seen[kind] += 1
        assert again["meant"] - row["answered"] == pytest.approx(expected, abs=1e-4), (
            listener,
            attempt,
        )
    assert min(seen.values()) > 3, seen


def test_who_gives_up_has_a_reason(played):
    given_up = {row["listener"]: row for row in played.rows if "given_up" in row}
    attempts = {}
    for row in played.rows:
        if "attempt" in row:
            attempts[row["listener"]] = max(attempts.get(row["listener"], 0), row["attempt"])
    reasons = {"attempts": 0, "patience": 0}
    _, who = draws.arrivals(evening(), SEED)
    first = {row["listener"]: row["sent"] for row in played.rows if row.get("attempt") == 1}
    for listener, row in given_up.items():
        reasons[row["reason"]] += 1
        if row["reason"] == "attempts":
            assert attempts[listener] == 4
        else:
            luck = draws.uniform(draws.key(SEED, draws.PATIENCE), int(who[listener]), 0)
            tried = row["given_up"] - first[listener]
            assert tried == pytest.approx(draws.exponential(luck, 4.0), abs=1e-4)
    assert min(reasons.values()) > 0, reasons


def test_nobody_asks_when_patience_is_over(played):
    _, who = draws.arrivals(evening(), SEED)
    key = draws.key(SEED, draws.PATIENCE)
    asked = [row for row in played.rows if "attempt" in row]
    first = {row["listener"]: row["sent"] for row in asked if row["attempt"] == 1}
    for row in asked:
        patience = draws.exponential(draws.uniform(key, int(who[row["listener"]]), 0), 4.0)
        assert row["meant"] <= first[row["listener"]] + patience + 1e-4, row


def test_the_door_hears_that_a_client_has_gone(played):
    text = (played.folder / "door.jsonl").read_text()
    door = {(row["listener"], row["attempt"]): row for row in map(json.loads, text.splitlines())}
    heard = [
        (door.get((row["listener"], row["attempt"]), {}).get("gone") or math.inf) - row["answered"]
        for row in played.rows
        if row.get("answer") == "timed_out"
    ]
    assert len(heard) > 20 and np.median(heard) < 0.1
    assert np.isfinite(heard).mean() > 0.9


def test_without_company_everybody_joins_as_the_simulation_says(tmp_path, usable):
    scenario = light(
        **{"crowd.listeners": 60, "crowd.arrivals": Steady(from_s=0, until_s=2), "ends_s": 3}
    )
    with Played(scenario, tmp_path) as one:
        usable(one.to_the_end())
    real, said = measured.run(tmp_path).audit(), simulate(scenario, SEED, engine="reference")
    assert (real.listeners["joined_attempt"] == 1).all()
    lag = real.listeners["joined"] - said.listeners["joined"]
    assert 0 <= np.median(lag) < 0.03 and lag.max() < 0.3
    assert (real.listeners["outcome"] == said.listeners["outcome"]).mean() > 0.95


def test_a_waiting_room_is_stood_in(tmp_path):
    room = WaitingRoom(admits_per_s=20, opens_s=0.0)
    with Played(light(waiting_room=room, ends_s=4), tmp_path) as one:
        one.to_the_end()
    run = measured.run(tmp_path).audit()
    let_through = np.cumsum(run.seconds["admitted"])
    assert (let_through <= 20 * np.arange(1, 5) + 1).all() and let_through[-1] > 50
    assert run.seconds["waiting_room"].max() > 10


def test_patience_ends_in_the_line_too(tmp_path):
    room, patience = WaitingRoom(admits_per_s=2, opens_s=0.0), Patience(kind="fixed", mean_s=1.5)
    changes = {"crowd.listeners": 40, "waiting_room": room, "ends_s": 4}
    with Played(light(**changes).changed({"crowd.patience": patience}), tmp_path) as one:
        one.to_the_end()
    run = measured.run(tmp_path).audit()
    gone = run.listeners[run.listeners["outcome"] == Outcome.GAVE_UP]
    assert len(gone) > 15 and (gone["reason"] == Reason.PATIENCE).all()
    assert gone["left"] - gone["arrived"] == pytest.approx(np.full(len(gone), 1.5), abs=0.1)


# --- the open loop, and lateness -----------------------------------------------------------------------


def test_the_crowd_keeps_its_schedule_while_the_server_stands_still(tmp_path, usable, left_out):
    if not hasattr(signal, "SIGSTOP"):
        left_out("this system cannot hold a process")
    scenario = light(**{"crowd.timeout_s": 0.5, "crowd.listeners": 200, "ends_s": 4})
    with Played(scenario, tmp_path) as one:
        one.until(1.0)
        os.kill(one.server.pid, signal.SIGSTOP)
        one.until(2.2)
        os.kill(one.server.pid, signal.SIGCONT)
        usable(one.to_the_end())
        sent = np.array([row["sent"] for row in one.rows if row.get("attempt") == 1])
        answers = [
            row["answer"] for row in one.rows if "attempt" in row and 1.0 < row["sent"] < 1.6
        ]
    meant, _ = draws.arrivals(scenario, SEED)
    held = (meant > 1.1) & (meant < 2.1)
    assert held.sum() > 40
    assert np.count_nonzero((sent > 1.1) & (sent < 2.1)) == pytest.approx(held.sum(), abs=5)
    assert answers.count("timed_out") > 0.9 * len(answers)
    measured.run(tmp_path).audit()


def alone(tmp_path, scenario, disturb=None, **more):
    """Play a crowd in this process, at a door that answers everybody at once; return its summary."""

    async def door(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin")
        writer.close()

    async def play():
        served = await asyncio.start_server(door, "127.0.0.1", 0)
        port = served.sockets[0].getsockname()[1]
        now = asyncio.get_running_loop().time()
        config = config_of(scenario, tmp_path, port=port, announced=now + 0.3) | more
        surge = Surge(asked_of(config), lambda **what: None)
        if disturb:
            disturb(surge)
        summary = await surge.play()
        served.close()
        return summary

    return asyncio.run(play())


def test_a_computer_that_is_too_slow_is_told(tmp_path):
    def disturb(surge):
        for at in (0.4, 0.8):
            surge.loop.call_at(surge.asked.announced + at, time.sleep, 0.3)

    scenario = light(**{"crowd.arrivals": Steady(from_s=0.3, until_s=1.3), "ends_s": 2})
    summary = alone(tmp_path, scenario, disturb, announced=time.monotonic() + 1.0)
    assert summary["too_slow"] and summary["late_p99_s"] > 0.2
    assert "too busy" in summary["why"] and f"{LATEST_S:g} is the most" in summary["why"]
    assert json.loads((tmp_path / "crowd.jsonl").read_text().splitlines()[-1]) == summary


def test_a_crowd_that_was_not_ready_in_time_is_told(tmp_path):
    scenario = light(**{"crowd.arrivals": Steady(from_s=0, until_s=1), "ends_s": 2})
    summary = alone(tmp_path, scenario, announced=time.monotonic() - 0.5)
    assert summary["too_slow"] and "announce the start later" in summary["why"]


def test_lateness_is_told_by_hand():
    late = lateness([0.001] * 98 + [0.2, 0.5])
    assert late == {"late_median_s": 0.001, "late_p99_s": 0.2, "late_worst_s": 0.5}
    assert too_slow(late)["too_slow"]
    assert too_slow(lateness([0.001] * 199 + [5.0])) == {"too_slow": False}
    assert lateness([])["late_worst_s"] == 0.0


# --- the ramp and its stop rule -------------------------------------------------------------------------

RAMP = {"mode": "ramp", "from_per_s": 20, "to_per_s": 140, "step_s": 1.0, "steps": 7}
RULE = {"share": 0.05, "window_s": 1.0, "slower_than_s": 0.4}


def test_a_ramp_climbs_in_steps_as_a_poisson_stream_does():
    ramp = Ramp(from_per_s=100, to_per_s=500, step_s=2, steps=3)
    assert ramp.rates.tolist() == [100, 300, 500]
    counts = np.array([np.histogram(ramp.times(seed), [0, 2, 4, 6])[0] for seed in range(1, 41)])
    expected = np.array([200, 600, 1000])
    assert (np.abs(counts.mean(axis=0) - expected) < 4 * np.sqrt(expected / 40)).all()
    spread = counts.var(axis=0, ddof=1) / expected
    assert (spread > 0.4).all() and (spread < 2.0).all()
    assert [ramp.rate_at(t) for t in (-1, 0, 2.5, 99)] == [100, 100, 300, 500]
    assert (np.diff(ramp.times(1)) > 0).all() and ramp.times(1)[-1] < 6


def test_a_ramp_stops_by_its_rule_and_says_at_which_rate(tmp_path):
    # Four handlers of a tenth of a second let 40 in a second: the third step is more than that.
    with Played(evening(ends_s=10), tmp_path, **RAMP, stop_rule=RULE) as one:
        last = one.to_the_end()
        asked = [row["sent"] for row in one.rows if "attempt" in row]
    assert last["ended"] == "stop rule" and last["t"] < 7
    assert "arrivals a second" in last["said"] and "5%" in last["said"]
    assert 40 <= float(last["said"].split()[1]) < 140
    assert (
        max(asked) <= last["t"] and max(row["attempt"] for row in one.rows if "attempt" in row) == 1
    )
    run = measured.run(tmp_path).audit()
    assert (run.listeners["attempts"] == 1).all()
    assert "stop rule" in measured.read(tmp_path).said


def test_a_ramp_that_nothing_stops_ends_with_its_last_answer(tmp_path):
    changes = {"crowd.arrivals": Steady(from_s=0, until_s=1), "ends_s": 30}
    ramp = RAMP | {"step_s": 0.2, "stop_rule": RULE}
    summary = alone(tmp_path, light(**changes), **ramp)
    assert summary["ended"] == "as planned" and summary["in"] == summary["sent"] > 60
    assert 2 <= summary["t"] < 4 and summary["t"] == pytest.approx(round(summary["t"]), abs=0.1)


def test_a_stop_rule_counts_who_waits_too_long_before_they_are_answered(tmp_path):
    book = Book(tmp_path, StopRule(share=0.5, window_s=2, slower_than_s=1, least=4))
    for i in range(6):
        book.sent(i, 1, 0.0, 0.1 * i)
    assert book.must_stop(0.9) is None
    assert book.must_stop(1.25) is None, "three of three are too few to tell a share of"
    reason, why = book.must_stop(1.45)
    assert reason == "stop rule" and why.startswith("5 of 5 attempts of the last 2 seconds")
    for i in range(6):
        book.answered(i, 1, 1.46, "joined")
    assert book.must_stop(1.47)[1].startswith("5 of 6"), "nobody is counted twice"
    assert book.must_stop(3.5) is None, "what was before the window is forgotten"


def test_one_in_twenty_is_the_most_that_a_rule_of_a_twentieth_allows(tmp_path):
    book = Book(tmp_path, StopRule(share=0.05))
    for i in range(20):
        book.sent(i, 1, 0.0, 0.0)
        book.answered(i, 1, 0.5, "refused_full" if i == 0 else "joined")
    assert book.must_stop(0.5) is None
    book.sent(20, 1, 0.0, 0.0)
    book.answered(20, 1, 0.5, "timed_out")
    assert book.must_stop(0.5)[1].startswith("2 of 21")


# --- how it ends -------------------------------------------------------------------------------------------


def still_there(pid):
    """Whether a process of ours is still running; one that is only waiting to be counted is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("killed", ["server", "crowd"])
def test_killing_one_of_both_leaves_a_partial_record_and_no_process(killed, tmp_path):
    with Played(evening(), tmp_path) as one:
        one.until(2.4)
        getattr(one, killed).process.kill()
        if killed == "server":
            assert one.to_the_end()["ended"] == "no door"
        else:
            assert one.crowd.wait(5) is not None
    assert not one.server.running and not one.crowd.running
    assert not still_there(one.server.pid) and not still_there(one.crowd.pid)
    found = measured.read(tmp_path)
    assert not found.complete and 1 <= found.until_s <= 2
    assert "broken off" in found.said and f"second {found.until_s}" in found.said
    run = found.run().audit()
    assert run.evening.ends_s == found.until_s and run.seconds["joins"].sum() > 10


def test_the_crowd_ends_when_its_input_closes(tmp_path):
    with Played(evening(ends_s=60), tmp_path) as one:
        one.until(1.0)
        one.crowd.process.stdin.close()
        assert one.crowd.wait(5) == 0 and one.heard[-1]["ended"] == "asked to stop"
    assert measured.read(tmp_path).complete
    assert measured.run(tmp_path).audit().evening.ends_s <= 2


def test_the_crowd_ends_at_the_end_of_its_life(tmp_path):
    summary = alone(tmp_path, light(ends_s=60), lives_s=0.8)
    assert summary["ended"] == "out of time" and 0.4 < summary["t"] < 30


def test_no_door_is_told(tmp_path):
    config = config_of(evening(), tmp_path, port=1)
    with Child("loadbearing.live.surge", config) as crowd:
        last = crowd.first("ended", within_s=20)
    assert last["ended"] == "no door" and "port 1" in last["said"] and last["sent"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"host": "example.org"}, "host is 'example.org'; the crowd only ever asks this computer"),
        ({"evening": {"crowd.listeners": 20_001}}, "Crowd.listeners asks for 20,001 people"),
        ({"evening": {"ends_s": 601}}, "Scenario.ends_s asks for 601 seconds"),
        ({"evening": {"crowd.listeners": 9_000}}, "people in one second; at most 2,000"),
        ({"evening": None}, "give to_plain"),
        ({"mode": "storm"}, "mode is 'storm'"),
        ({"port": "80"}, "port is '80'; give the port that the server said"),
        ({"lives_s": None}, "lives_s is None"),
        ({"announced": math.nan}, "announced is nan"),
        ({"seed": -1}, "The seed is -1"),
        ({"folder": "nowhere at all"}, "give a folder that exists"),
        ({**RAMP, "to_per_s": 2_001}, "to_per_s is 2001"),
        ({**RAMP, "steps": 700}, "steps asks for 700 seconds of steps"),
        ({**RAMP, "steps": 500, "to_per_s": 900}, "to_per_s asks for 230,000 people"),
        ({**RAMP, "steps": 2.5}, "steps is 2.5; give a whole number of steps"),
        ({"stop_rule": {"window_s": 2}}, "stop_rule is"),
        ({"stop_rule": {"share": 5}}, "stop_rule has share 5"),
        ({"stop_rule": {"share": 0.1, "window_s": "two"}}, "stop_rule has window_s 'two'"),
    ],
)
def test_what_is_too_much_or_makes_no_sense_is_refused_with_a_sentence(change, said, tmp_path):
    scenario = evening(**{"crowd.arrivals": Steady(from_s=0, until_s=3)})
    config = config_of(scenario, tmp_path, port=9)
    asked_of(config)
    if change.get("evening"):
        change = {"evening": to_plain(scenario.changed(change["evening"]))}
    with pytest.raises(Refused) as refused:
        asked_of(config | change)
    assert said in str(refused.value) and str(refused.value).endswith(".")


def test_a_process_that_is_asked_too_much_says_so_and_ends(tmp_path):
    config = config_of(evening(**{"crowd.listeners": 20_001}), tmp_path, port=9)
    with Child("loadbearing.live.surge", config) as crowd:
        assert crowd.wait(20) == 2
        assert "20,001 people" in crowd.errors() and "Traceback" not in crowd.errors()
