"""The lab of the real server with a server in it: tests, answer, crowd, and the same crowd once more."""

import json

import psutil
import pytest
from test_live_rehearsal import of_ours, small_plan

from loadbearing.labs import real_server
from loadbearing.labs.rehearsal import RealRehearsal
from loadbearing.live.calendar import Entry
from loadbearing.live.forecast import Forecast
from loadbearing.live.rehearsal import Plan
from loadbearing.progress import Progress

pytestmark = pytest.mark.slow
BUSY = ("too busy", "was not ready")


def short_plan():
    """Three hundred people in eight seconds, one test, one with a stall, and a ramp of four steps."""
    longer = small_plan()
    evening = longer.evening.changed({"crowd.listeners": 300, "ends_s": 8})
    stall = Entry(title="a stall", users=3, think_s=0.1, lasts_s=2.5, stalls_at_s=0.5, stalls_s=0.5)
    return Plan(evening, longer.tests[1:], longer.ramp | {"steps": 4}, 1, stall)


def test_a_rehearsal_goes_from_its_tests_to_the_same_crowd_again(tmp_path, monkeypatch, left_out):
    monkeypatch.setenv("LOADBEARING_MY_WORK", str(tmp_path))
    monkeypatch.setattr(real_server, "plan", short_plan)
    lab = RealRehearsal(Progress(tmp_path / "progress.json"))
    assert lab.box

    def done(act, *words):
        act(*words)
        lab.settle(120)
        if any(one in lab.notice.value for one in BUSY):
            left_out(lab.notice.value)
        assert not lab.notice.value

    done(lab.test)
    assert "the whole crowd" in lab.tests.value and lab.so_far == []
    assert (lab.found.folder / "stall" / "locust.json").exists()
    lab.predict("few", 0.9)
    done(lab.surge)
    assert "Foreseen from the tests" in lab.came.value and len(lab.so_far) >= 6
    done(lab.send_again, "a short queue")
    assert "With a short queue" in lab.told_again.value
    assert (
        lab.foreseen.evening.door.queue_limit
        == real_server.CHANGES["a short queue"]["door.queue_limit"]
    )
    about = json.loads((lab.found.folder / "again-0" / "door.json").read_text("utf-8"))
    written = Forecast.read(lab.found.folder / "forecast-again-0.json")
    assert written.written_s < about["announced"] and written.ranges == lab.foreseen.ranges
    assert not psutil.wait_procs(of_ours(), timeout=10)[1]
    again = RealRehearsal(lab.progress)
    assert again.box and again.came.value
