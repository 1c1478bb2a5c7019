"""A whole rehearsal on this computer, short but real: server, Locust, ramp, forecast and crowd; and what ends it."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import psutil
import pytest

from loadbearing import cases
from loadbearing.live import measured, process, rehearsed, telemetry
from loadbearing.live.calendar import Entry, Promise
from loadbearing.live.record import ATTEMPT
from loadbearing.live.rehearsal import Plan, Rehearsal, Stopped, TooSlow
from loadbearing.live.rehearsed import Rehearsed

pytestmark = pytest.mark.slow
OURS = "loadbearing.live."
GONE_WITHIN_S = 10


def small_plan(seed=1):
    """Six hundred people for the hour, six quick handlers and a short queue, tests of two and five seconds."""
    evening = cases.build(
        "the_small_door",
        {
            "at_the_start": 600, "handlers": 6, "service_s": 0.05, "queue_s": 1.0, "gathering_s": 2.0,
            "ends_s": 14, "patience_s": 5.0,
        },
    )  # fmt: skip
    tests = (
        Entry(title="the smoke test", users=1, lasts_s=2.0, think_s=0.2, promise=Promise()),
        Entry(title="the whole crowd", users=6, lasts_s=5.0, promise=Promise()),
    )
    rule = {"share": 0.05, "window_s": 1.5, "slower_than_s": 1.0}
    ramp = {"from_per_s": 20.0, "to_per_s": 200.0, "step_s": 1.0, "steps": 8, "stop_rule": rule}
    return Plan(evening, tests, ramp, seed)


def of_ours(parent=None):
    """The processes of a rehearsal that a process has under it: this one, unless another is named."""
    found = []
    for one in psutil.Process(parent).children(recursive=True):
        try:
            if OURS in " ".join(one.cmdline()):
                found.append(one)
        except psutil.NoSuchProcess:
            continue
    return found


def wait_until_gone(processes):
    gone, alive = psutil.wait_procs(processes, timeout=GONE_WITHIN_S)
    return not alive


@pytest.fixture(scope="module")
def found(tmp_path_factory, left_out):
    """The rehearsal, from its tests to its evening; skipped, visibly, where the machine is too slow for it."""
    told = []
    folder = tmp_path_factory.mktemp("rehearsal")
    try:
        rehearsal = Rehearsal(small_plan(), folder, lambda *said: told.append(said))
        rehearsal.tests()
        rehearsal.ramp()
        Rehearsed.read(folder).foresee()
        rehearsal.surge()
    except TooSlow as slow:
        left_out(str(slow))
    read = Rehearsed.read(folder)
    read.told = told
    return read


def test_what_was_measured_passes_the_audit(found, record_count):
    run = found.run.audit()
    assert len(run.listeners) == 600 and run.engine == "measured"
    assert run.seconds["joins"].sum() > 100
    assert measured.run(found.folder / "ramp").audit()
    record_count("measured evenings", 2)


def test_every_scheduled_test_passed_and_asked_for_less_than_the_evening(found):
    assert [one.passed for one in found.tests] == [True, True]
    run = found.run
    asked = (run.seconds["first_attempts"] + run.seconds["retries"]).max()
    assert max(one.asked.max() for one in found.tests) < asked


def test_the_forecast_was_written_before_the_crowd_came_and_says_something(found):
    about = json.loads((found.folder / "surge" / "door.json").read_text("utf-8"))
    assert found.forecast.written_s < about["announced"]
    assert found.forecast.width <= 0.3, found.forecast.say()
    assert 0 < found.forecast.ranges["share_in"].low < found.forecast.ranges["share_in"].high <= 1


def test_the_forecast_rests_on_the_tests_alone(found):
    assert found.foreseen().ranges == found.forecast.ranges


def test_the_dashboard_was_valid_and_says_what_it_missed(found):
    dashboard = telemetry.read(found.folder / "surge")
    assert dashboard.answered
    assert dashboard.say() == found.dashboard.say()


def test_it_said_how_far_it_was(found):
    steps = list(dict.fromkeys(step for step, _, _ in found.told))
    assert steps == ["test-1", "test-2", "ramp", "surge"]
    shares = [part for step, _, part in found.told if step == "surge"]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) > 20


def test_nothing_is_left_running(found):
    assert wait_until_gone(of_ours())


def test_a_packed_rehearsal_is_read_as_its_folder_is_and_packs_to_the_same_bytes(found, tmp_path):
    one = found.pack(tmp_path / "one.zip")
    read = Rehearsed.read(one)
    assert read.run.same_as(found.run)
    assert read.forecast.ranges == found.forecast.ranges
    assert read.pack(tmp_path / "two.zip").read_bytes() == one.read_bytes()


def test_a_file_that_is_no_rehearsal_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="holds no rehearsal"):
        Rehearsed.read(tmp_path)


def test_the_last_second_of_a_test_counts_though_it_was_not_a_whole_one(tmp_path):
    attempts = np.zeros(5, ATTEMPT)
    attempts["sent"] = [0.1, 0.9, 1.2, 2.1, 2.2]
    assert rehearsed.Tested("the ramp", 2.2, attempts).asked.tolist() == [2, 1, 2]


def test_a_step_that_ends_before_its_time_is_no_evening(tmp_path, monkeypatch):
    gone = {"ended": "no door", "said": "20 attempts in a row reached no door", "too_slow": False}
    monkeypatch.setattr(Rehearsal, "_once", lambda self, step: gone)
    with pytest.raises(
        process.ProcessError, match="before its time: no door .20 attempts in a row"
    ):
        Rehearsal(small_plan(), tmp_path).surge()


def test_who_cannot_show_how_far_it_is_does_not_disturb_it(tmp_path):
    Rehearsal(small_plan(), tmp_path, lambda *said: 1 / 0).tell("surge", "how far", 0.5)


def test_stop_while_the_server_starts_is_a_stop_and_no_error(tmp_path, monkeypatch):
    rehearsal = Rehearsal(small_plan(), tmp_path)

    def pressed(child, wanted):
        rehearsal.stop()
        rehearsal.stop()
        raise process.ProcessError(f"serve ended before it said {wanted!r}")

    monkeypatch.setattr(process.Child, "first", pressed)
    with pytest.raises(Stopped):
        rehearsal.surge()
    assert wait_until_gone(of_ours()) and not rehearsal.children


def test_a_rehearsal_that_was_stopped_is_read_as_far_as_it_came(tmp_path):
    Rehearsal(small_plan(), tmp_path)
    for name in ("test-1", "ramp", "surge"):
        (tmp_path / name).mkdir()
    found = Rehearsed.read(tmp_path)
    assert (found.tests, found.ramp, found.forecast, found.evening, found.run) == ([], *[None] * 4)


def until(holds, within_s=20):
    """Wait until something holds; return whether it did."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def begun(folder):
    """Whether the crowd of a folder has made a hundred asks."""
    rows = pathlib.Path(folder) / "surge" / "crowd.jsonl"
    return rows.exists() and rows.read_text("utf-8").count("\n") > 100


def test_stop_stops_generator_and_server_and_keeps_what_was_measured(tmp_path):
    rehearsal, ended = Rehearsal(small_plan(), tmp_path), []

    def surge():
        with pytest.raises(Stopped):
            rehearsal.surge()
        ended.append(True)

    thread = threading.Thread(target=surge)
    thread.start()
    assert until(lambda: begun(tmp_path))
    under_way = of_ours()
    assert len(under_way) == 3  # server, crowd, dashboard
    rehearsal.stop()
    thread.join(GONE_WITHIN_S)
    assert ended and wait_until_gone(under_way)
    partial = measured.read(tmp_path / "surge")
    assert len(partial.attempts) > 50


@pytest.mark.parametrize("killed", ["serve", "surge"])
def test_killing_server_or_generator_ends_the_rest_and_leaves_a_record(killed, tmp_path):
    rehearsal, ended = Rehearsal(small_plan(), tmp_path), []

    def surge():
        try:
            rehearsal.surge()
        except (process.ProcessError, TooSlow) as slip:
            ended.append(str(slip))
        else:
            ended.append("")

    thread = threading.Thread(target=surge)
    thread.start()
    assert until(lambda: begun(tmp_path))
    under_way = of_ours()
    victim = next(one for one in under_way if f"{OURS}{killed}" in " ".join(one.cmdline()))
    victim.kill()
    thread.join(30)
    assert ended and ended[0], "the rehearsal did not end, or did not say that it was broken off"
    assert wait_until_gone(under_way)
    assert len(measured.read(tmp_path / "surge").attempts) > 50


KERNEL = """
    import sys
    sys.path.insert(0, {tests!r})
    from test_live_rehearsal import small_plan
    from loadbearing.live.rehearsal import Rehearsal
    Rehearsal(small_plan(), {folder!r}).surge()
"""


def test_killing_the_kernel_leaves_no_process_and_a_readable_record(tmp_path):
    code = textwrap.dedent(KERNEL).format(
        tests=str(pathlib.Path(__file__).parent), folder=str(tmp_path)
    )
    kernel = subprocess.Popen([sys.executable, "-c", code])
    try:
        assert until(lambda: begun(tmp_path), 30)
        under_way = of_ours(kernel.pid)
        assert len(under_way) == 3
    finally:
        os.kill(kernel.pid, signal.SIGKILL)
        kernel.wait(10)
    assert wait_until_gone(under_way)
    assert len(measured.read(tmp_path / "surge").attempts) > 50
