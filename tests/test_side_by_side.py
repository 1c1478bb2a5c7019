"""Phases of the test suite: every file in exactly one, two at once, all told, all counted, all ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from authoring import phases, side_by_side
from authoring.phases import Phase
from authoring.side_by_side import Job, run_all
from tests.house import ROOT

TESTS = ROOT / "tests"
LONG_S = 60
ALONE = ["--rootdir", ".", "-c", os.devnull, "-p", "no:cacheprovider"]

LATER = {
    "test_live_door.py": "def test_late(): pass\n",
    "test_drive_browser.py": "import pytest\n@pytest.mark.browser\ndef test_drive(): pass\n",
    "test_server.py": "import socket\ndef test_port(): pass\n",
    "test_sweep_more.py": "import sweep as moved\ndef test_all(): pass\n",
    "test_checks_13.py": "from loadbearing.checks import check\ndef test_one(): pass\n",
    "test_sums.py": "def test_two(): pass\n",
    "deeper/test_below.py": "def test_three(): pass\n",
    "deeper/sums_test.py": "def test_four(): pass\n",
}
"""Test files that somebody adds: the share each belongs to stands in its text or its name."""


@pytest.fixture
def later(tmp_path):
    """A folder of test files that nobody listed anywhere."""
    for name, text in LATER.items():
        (tmp_path / "later" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "later" / name).write_text(text, encoding="utf-8")
    (tmp_path / "later" / "helper.py").write_text("")
    return tmp_path / "later"


def named(shares):
    return [sorted(Path(path).name for path in share) for share in shares]


# --- which file runs where -----------------------------------------------------------------------


def test_every_test_file_runs_in_exactly_one_phase(pytestconfig):
    every = {path for kind in pytestconfig.getini("python_files") for path in TESTS.rglob(kind)}
    run = [word for phase in phases.phases() for word in phase.words if word.endswith(".py")]
    assert sorted(run) == sorted(map(str, every))
    assert len(run) > 80


def test_a_file_that_is_added_later_runs_where_its_text_says(later):
    clocks, course, engines, sweeps = named(phases.shares(later))
    assert clocks == ["test_drive_browser.py", "test_live_door.py", "test_server.py"]
    assert course == ["test_checks_13.py"]
    assert engines == ["sums_test.py", "test_below.py", "test_sums.py"]
    assert sweeps == ["test_sweep_more.py"]


@pytest.mark.slow
def test_the_shares_are_what_pytest_itself_would_collect(later):
    (later / "sweep.py").write_text("")
    words = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        *ALONE,
        "--import-mode=importlib",
    ]
    said = subprocess.run(
        [*words, "-p", "no:warnings", "."], cwd=later, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(later), str(ROOT / "src")])},
    ).stdout  # fmt: skip
    collected = {line.partition("::")[0] for line in said.splitlines() if "::" in line}
    assert collected == set(LATER), said
    shared = [path for share in phases.shares(later) for path in share]
    assert sorted(shared) == sorted(str(later / name) for name in LATER)


def test_browsers_and_live_servers_never_run_at_once_and_go_before_what_does_not_look_at_the_clock(
    later,
):
    together = [
        phase for phase in phases.phases(later) if "test_live_door.py" in "".join(phase.words)
    ]
    assert len(together) == 1 and "test_drive_browser.py" in "".join(together[0].words)
    assert [phase.gives_way for phase in phases.phases(later)] == [False, *[True] * 5]


def test_a_share_without_a_file_is_no_phase_because_pytest_would_run_everything(later):
    for path in [*later.rglob("*_test.py"), *later.rglob("test_[bcdls]*.py")]:
        if path.name != "test_sums.py":
            path.unlink()
    titles = [phase.title for phase in phases.phases(later)]
    assert titles[0] == "engines, rules and theory" and len(titles) == 3


# --- two at once ---------------------------------------------------------------------------------


def script(folder, name, text):
    """A job that runs these lines of Python, in a folder that it finds in `here`."""
    head = f"import sys, time, pathlib\nhere = pathlib.Path({str(folder)!r})\n"
    (folder / f"{name}.py").write_text(head + text)
    return Job(name, [sys.executable, str(folder / f"{name}.py")], {}, folder / f"{name}.log")


MEETS = """
(here / "{me}").touch()
until = time.monotonic() + {wait}
while not (here / "{other}").exists() and time.monotonic() < until:
    time.sleep(0.02)
sys.exit(0 if (here / "{other}").exists() else 7)
"""


def test_two_run_side_by_side_and_meet(tmp_path):
    left = script(tmp_path, "left", MEETS.format(me="a", other="b", wait=LONG_S))
    right = script(tmp_path, "right", MEETS.format(me="b", other="a", wait=LONG_S))
    assert run_all([left, right], 2) == [0, 0]


def test_on_one_core_they_run_one_after_the_other(tmp_path):
    left = script(tmp_path, "left", MEETS.format(me="a", other="b", wait=0.5))
    right = script(tmp_path, "right", MEETS.format(me="b", other="a", wait=LONG_S))
    assert run_all([left, right], 1) == [7, 0], "the first never met the second"


def test_the_next_begins_when_one_ends_and_codes_keep_the_order_of_the_jobs(tmp_path, capfd):
    wait = MEETS.format(me="long", other="last", wait=LONG_S)
    jobs = [
        script(tmp_path, "long", wait.replace("exit(0", "exit(3")),
        script(tmp_path, "short", "sys.exit(4)"),
        script(tmp_path, "last", '(here / "last").touch()'),
    ]
    assert run_all(jobs, 2) == [3, 4, 0]
    said = [line for line in capfd.readouterr().out.splitlines() if line.startswith("===")]
    assert said[:4] == [
        "=== 1 of 3 begins: long",
        "=== 2 of 3 begins: short",
        "=== 2 of 3 ended: short",
        "=== 3 of 3 begins: last",
    ]


@pytest.mark.parametrize(("usable", "number"), [({0}, 1), ({0, 1}, 2), (set(range(16)), 2)])
def test_two_at_once_where_two_cores_may_be_used(monkeypatch, usable, number):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: usable, raising=False)
    assert side_by_side.most_at_once() == number


@pytest.mark.parametrize(("counted", "number"), [(None, 1), (1, 1), (8, 2)])
def test_where_the_system_does_not_say_the_cores_are_counted(monkeypatch, counted, number):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: counted)
    assert side_by_side.most_at_once() == number


# --- what is told --------------------------------------------------------------------------------

FAILS = """
def test_right(): pass
def test_wrong(): assert 'the door' == 'the window', 'not what was said'
"""


def phases_of(tmp_path, monkeypatch, **texts):
    """Let the phases be these test files, one each, with results in a folder of their own."""
    folders = ["--rootdir", str(tmp_path), "-c", os.devnull, "-p", "no:cacheprovider"]
    chosen = []
    for name, text in texts.items():
        (tmp_path / f"test_{name}.py").write_text(text)
        chosen.append(Phase(name, [*folders, str(tmp_path / f"test_{name}.py")]))
    monkeypatch.setattr(phases, "RESULTS", tmp_path / "output")
    monkeypatch.setattr(phases, "phases", lambda: chosen)


@pytest.mark.slow
def test_progress_is_told_as_it_comes_and_a_failure_in_one_piece(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("COLUMNS", "200")
    phases_of(tmp_path, monkeypatch, wrong=FAILS, right="def test_right(): pass\n")
    assert phases.test(Path(sys.executable), ()) == 1
    said = capfd.readouterr().out
    progress = [line for line in said.splitlines() if line.startswith(("1 | ", "2 | "))]
    told = sorted([line[0], *line.rpartition("/")[2].split()[:2]] for line in progress)
    assert told == [["1", "test_wrong.py", ".F"], ["2", "test_right.py", "."]]
    piece = said.partition("=== 1 of 2 ended: wrong")[2].partition("\n=== ran")[0]
    piece = piece.partition("=== 2 of 2 ended")[0]
    assert "not what was said" in piece and "1 failed, 1 passed" in piece
    assert said.splitlines()[-2:] == ["=== not well: wrong", "2 passed, 1 failed, 0 skipped"]
    assert "not what was said" in (tmp_path / "output" / "phase-1.log").read_text()
    assert "1 passed" in (tmp_path / "output" / "phase-2.log").read_text()


def test_a_phase_that_is_silent_for_long_is_said_to_be_at_it(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(side_by_side, "SILENCE_S", 0.3)
    text = f"print('tests/test_long.py ..', end='', flush=True)\ntime.sleep({8 * 0.3})"
    assert run_all([script(tmp_path, "long", text)], 1) == [0]
    said = capfd.readouterr().out
    assert "1 | tests/test_long.py .. (still at it)" in said
    assert said.rstrip().endswith("tests/test_long.py ..")


# --- what is kept --------------------------------------------------------------------------------

KEEPS = """
import functools, ipywidgets, pytest

class Crowd(list): pass

@functools.cache
def run(): return Crowd()

@pytest.fixture(scope="module")
def shown(): return Crowd()

def test_a_lab(shown):
    crowd = Crowd()
    run()
    ipywidgets.Button().on_click(lambda _: crowd)
    assert len(kept()) == 3

def kept():
    import gc
    return [one for one in gc.get_objects() if isinstance(one, Crowd)]
"""
LATER_ON = "from test_before import kept\ndef test_nothing_is_left(): assert kept() == []\n"


@pytest.mark.slow
def test_a_file_of_tests_lets_go_of_its_runs_before_the_next_begins(tmp_path):
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "test_before.py").write_text(KEEPS)
    (tmp_path / "test_later.py").write_text(LATER_ON)
    words = [sys.executable, "-m", "pytest", "-q", *ALONE, "test_before.py", "test_later.py"]
    said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True).stdout
    assert "2 passed" in said, said


# --- Ctrl+C --------------------------------------------------------------------------------------

STAYS = """
import os, pathlib, time, pytest
here = pathlib.Path({here!r})

@pytest.fixture
def server():
    (here / "{name}.id").write_text(str(os.getpid()))
    yield
    (here / "{name}.away").touch()

def test_long(server):
    time.sleep({long})
"""
RUNS = """
import pathlib, sys
from authoring import phases
here = pathlib.Path({here!r})
words = ["--rootdir", str(here), "-c", {null!r}, "-p", "no:cacheprovider"]
phases.RESULTS = here / "output"
phases.most_at_once = lambda: 2
phases.phases = lambda: [
    phases.Phase(name, [*words, str(here / f"test_{{name}}.py")]) for name in ("one", "two", "three")
]
try:
    phases.test(pathlib.Path(sys.executable), ())
except KeyboardInterrupt:
    sys.exit(130)
"""


def is_there(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_ctrl_c_ends_both_by_their_own_ids_and_lets_them_put_their_servers_away(tmp_path):
    for name in ("one", "two", "three"):
        text = STAYS.format(here=str(tmp_path), name=name, long=2 * LONG_S)
        (tmp_path / f"test_{name}.py").write_text(text)
    (tmp_path / "runs.py").write_text(RUNS.format(here=str(tmp_path), null=os.devnull))
    places = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "runs.py")],
        env=os.environ | {"PYTHONPATH": places},
        start_new_session=True,
    )
    marks = [tmp_path / "one.id", tmp_path / "two.id"]
    until = time.monotonic() + LONG_S
    while not all(mark.exists() and mark.read_text() for mark in marks):
        assert parent.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    parent.send_signal(signal.SIGINT)
    assert parent.wait(timeout=LONG_S) == 130
    assert not any(is_there(int(mark.read_text())) for mark in marks)
    assert (tmp_path / "one.away").exists() and (tmp_path / "two.away").exists()
    assert not (tmp_path / "three.id").exists(), "what had not begun does not begin"
