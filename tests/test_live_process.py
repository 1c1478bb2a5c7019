"""A process of ours is started, heard and stopped, and ends when nobody is left who started it."""

import os
import subprocess
import sys
import textwrap
import time

import psutil
import pytest

from loadbearing.live.process import Child, ProcessError

SOON_S = 10
CHILD = """
    import signal, sys, threading
    from loadbearing.live import process

    config = process.told()
    if config.get("deaf"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if config.get("wrong"):
        process.refuse("lives_s is -1; give a number above 0.")
    ended = threading.Event()
    if not config.get("deaf"):
        process.when_parent_goes(ended.set)
    print("no JSON")
    process.say(hello=config["name"])
    if config.get("brief"):
        sys.exit(0)
    ended.wait(60)
    process.say(ended="its input closed")
"""
PARENT = """
    import sys, time
    from loadbearing.live.process import Child

    child = Child("stub", {"folder": sys.argv[1], "name": "second"})
    child.first("hello")
    print(child.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def stub(tmp_path, monkeypatch):
    """A folder from which the children of this test start, and in which they write."""
    (tmp_path / "stub.py").write_text(textwrap.dedent(CHILD))
    (tmp_path / "parent.py").write_text(textwrap.dedent(PARENT))
    known = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", known)
    return tmp_path


def config(folder, **more):
    return {"folder": str(folder), "name": "first"} | more


def gone(pid):
    """Whether a process ends soon."""
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def test_a_child_hears_its_one_line_and_is_heard(stub):
    with Child("stub", config(stub, name="Ada")) as child:
        assert child.first("hello") == {"hello": "Ada"}
        assert child.running
    assert not child.running and child.process.returncode == 0
    assert child.says.get_nowait() == {"ended": "its input closed"}
    assert child.stop() == 0, "to stop twice is no error"


def test_every_line_goes_to_who_wants_to_hear(stub):
    heard = []
    child = Child("stub", config(stub, brief=True), hear=heard.append)
    assert child.wait(SOON_S) == 0
    assert heard == [{"said": "no JSON"}, {"hello": "first"}]
    child.stop()


def test_a_child_that_refuses_is_quoted(stub):
    with (
        Child("stub", config(stub, wrong=True)) as child,
        pytest.raises(ProcessError, match="lives_s is -1; give a number above 0"),
    ):
        child.first("hello")
    assert child.process.returncode == 2


def test_a_child_that_says_nothing_is_told_apart(stub):
    with (
        Child("stub", config(stub)) as child,
        pytest.raises(ProcessError, match="said no 'port' within 0.2 seconds"),
    ):
        child.first("port", within_s=0.2)


def test_a_module_that_there_is_not_is_named(stub):
    with (
        Child("loadbearing.live.nothing", config(stub)) as child,
        pytest.raises(ProcessError, match="No module named loadbearing.live.nothing"),
    ):
        child.first("port")


def test_no_answer_within_a_time_is_no_end(stub):
    with Child("stub", config(stub)) as child:
        child.first("hello")
        assert child.wait(0.05) is None


def test_a_child_that_does_not_listen_is_killed(stub):
    child = Child("stub", config(stub, deaf=True))
    child.first("hello")
    child.stop(patience_s=0.2)
    assert gone(child.pid) and child.process.returncode != 0


def test_an_interrupt_of_the_parents_group_does_not_reach_the_child(stub):
    with Child("stub", config(stub)) as child:
        child.first("hello")
        groups = [getattr(os, "getpgid", abs)(one) for one in (child.pid, os.getpid())]
        assert groups[0] != groups[1]


def test_when_the_parent_is_killed_the_child_ends(stub):
    parent = subprocess.Popen(
        [sys.executable, str(stub / "parent.py"), str(stub)], stdout=subprocess.PIPE
    )
    child = int(parent.stdout.readline())
    assert psutil.pid_exists(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(child)
