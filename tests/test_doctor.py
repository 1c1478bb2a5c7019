"""The doctor in broken surroundings: each fault is named with its remedy, and a sound machine passes."""

import errno
import subprocess
import sys
import webbrowser
from collections import namedtuple

import pytest
from house import ROOT

from authoring import doctor, rehearsal, set_up
from authoring.set_up import Trouble
from loadbearing.engines import WITHOUT_COMPILER

SOUND = {name: (lambda: ("fine", "")) for name in doctor.FACTS}


@pytest.fixture
def facts(monkeypatch):
    held = dict(SOUND)
    monkeypatch.setattr(doctor, "FACTS", held)
    return held


def test_a_sound_machine_passes_in_one_word(facts, capsys):
    assert doctor.report() == 0
    said = capsys.readouterr().out
    assert "PASS: this machine is ready for a class." in said and "FAIL" not in said
    assert all(f"pass  {name}: fine" in said for name in facts) and "1280 x 800" in said


def test_one_fault_fails_the_machine_and_gives_its_remedy(facts, capsys):
    facts["disk"] = lambda: ("0.1 GB free", "Free at least 0.2 GB")
    assert doctor.report() == 1
    said = capsys.readouterr().out
    assert "FAIL  disk: 0.1 GB free. Free at least 0.2 GB" in said and "PASS" not in said
    assert "pass  one evening" in said  # the disk does not keep an evening from running


def test_what_cannot_work_is_not_tried(facts, capsys):
    facts["packages"] = lambda: ("not set up", "Run: python3 course.py lab")
    facts["one evening"] = lambda: pytest.fail("it was tried")
    assert doctor.report() == 1
    assert "FAIL  one evening: not tried" in capsys.readouterr().out


def test_the_quick_look_promises_no_more_than_it_saw(facts, capsys):
    facts["JupyterLab"] = facts["one evening"] = lambda: pytest.fail("it was tried")
    assert doctor.report(("--quick",)) == 0
    said = capsys.readouterr().out
    assert "PASS" not in said and "so far" in said
    with pytest.raises(Trouble, match="'--fast'"):
        doctor.report(("--fast",))


def test_little_disk_and_little_memory_are_named(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage(1, 1, 10**8))
    assert "Free at least" in doctor.disk()[1]
    monkeypatch.setattr(
        doctor.os,
        "sysconf",
        lambda name: 4096 if name == "SC_PAGE_SIZE" else 500_000,
        raising=False,
    )
    assert doctor.memory() == ("2.0 GB", doctor.memory()[1]) and "Close other" in doctor.memory()[1]


def test_a_machine_without_a_browser_fails(monkeypatch):
    def none():
        raise webbrowser.Error("none")

    monkeypatch.setattr(doctor.webbrowser, "get", none)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.delenv("LOADBEARING_BROWSER", raising=False)
    assert doctor.browser()[0] == "none found" and "Install" in doctor.browser()[1]
    monkeypatch.setattr(doctor.webbrowser, "get", lambda: object())
    assert doctor.browser()[1] == ""
    monkeypatch.setattr(doctor.webbrowser, "get", lambda: webbrowser.GenericBrowser("/bin/w3m"))
    assert (
        "w3m, which shows no pictures" in doctor.browser()[0] and "Install" in doctor.browser()[1]
    )


def test_a_browser_that_is_named_must_be_there(monkeypatch):
    monkeypatch.setenv("LOADBEARING_BROWSER", sys.executable)
    assert doctor.browser() == (sys.executable, "")
    monkeypatch.setenv("LOADBEARING_BROWSER", "/no/such/browser")
    found, remedy = doctor.browser()
    assert found == "/no/such/browser is not there" and "LOADBEARING_BROWSER" in remedy


def test_taken_ports_fail_with_a_remedy(monkeypatch):
    monkeypatch.setattr(doctor.jupyter, "is_free", lambda port: port == 8890)
    assert doctor.port() == ("8890 is free", "")
    monkeypatch.setattr(doctor.jupyter, "is_free", lambda port: False)
    assert doctor.port()[0] == "none" and "End some of the JupyterLabs" in doctor.port()[1]


def test_a_machine_that_is_not_set_up_is_told_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(set_up, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(set_up, "STAMP", tmp_path / "none.json")
    for examine in (doctor.environment, doctor.engine):
        found, remedy = examine()
        assert "not set up" in found and "python3 course.py lab" in remedy


def test_a_disk_that_fills_up_is_not_mended_by_deleting(monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(doctor.jupyter, "prepare", full)
    assert doctor.opens()[0] == "the disk filled up" and "Free some space" in doctor.opens()[1]


def test_a_python_that_is_too_old_fails_in_the_doctors_own_words(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["course.py", "doctor"])
    with pytest.raises(SystemExit, match="FAIL  Python: This is Python 3.9; the course needs"):
        exec((ROOT / "course.py").read_text(encoding="utf-8"), {"__name__": "__main__"})


def test_an_engine_without_its_compiler_is_too_slow_for_a_class(monkeypatch):
    assert WITHOUT_COMPILER.startswith(doctor.NO_COMPILER)
    monkeypatch.setattr(doctor, "ask", lambda *words: (True, WITHOUT_COMPILER))
    assert "another computer" in doctor.engine()[1]
    monkeypatch.setattr(doctor, "ask", lambda *words: (True, "The compiled engine is ready."))
    assert doctor.engine()[1] == ""


@pytest.mark.parametrize(
    ("works", "words", "remedy"),
    [
        (True, "1,300,000 listeners in 4.1 s", ""),
        (True, "1,300,000 listeners in 31.0 s", "too long for a class"),
        (True, "nothing to read", "too long for a class"),
        (False, "the lab asked for a.example on the internet", "open unit 01"),
    ],
)
def test_an_evening_must_run_soon_and_offline(monkeypatch, works, words, remedy):
    monkeypatch.setattr(doctor, "ask", lambda *asked: (works, words))
    found, said = doctor.evening()
    assert words in found and (remedy in said if remedy else said == "")


@pytest.mark.parametrize(
    ("page", "found", "mended"),
    [
        ("", "no answer", "Close other programs"),
        ('<script src="https://a.example/x.js">', "https://a.example", "afresh"),
        (
            '<link href="/static/x.css"><a href="http://127.0.0.1:8888/">',
            "without the internet",
            "",
        ),
    ],
)
def test_the_server_must_answer_with_a_page_of_its_own(page, found, mended):
    told, remedy = doctor.opened(page, 3.0)
    assert found in told and (mended in remedy if mended else remedy == "")


def test_a_server_that_ends_at_once_is_no_answer():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert doctor.fetched("http://127.0.0.1:9/", ended) == ""


def test_a_python_that_is_not_there_cannot_start_a_server(monkeypatch, tmp_path):
    monkeypatch.setattr(set_up, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(doctor.jupyter, "STUDENT", tmp_path / "student")
    assert doctor.opens()[0] == "it cannot be started"


@pytest.mark.slow
def test_a_rehearsal_runs_a_lab_and_stops_one_that_asks_for_the_internet():
    assert rehearsal.rehearse("x = 2", "print(x)\nprint('so many in 1.0 s')") == "so many in 1.0 s"
    near = "import socket\nhere = socket.socket()\nhere.settimeout(1)\n"
    for asks in ("here.connect(('192.0.2.1', 80))", "socket.getaddrinfo('192.0.2.1', 80)"):
        with pytest.raises(Exception, match="192.0.2.1 on the internet"):
            rehearsal.rehearse(near + asks, "print('done')")


@pytest.mark.parametrize(
    "works, words, found",
    [
        (True, "it runs here, and ... within 6 ms", "it runs here, and ... within 6 ms"),
        (
            False,
            "The crowd was late.",
            "not here (The crowd was late.) Unit 09 has a recorded evening instead",
        ),
    ],
)
def test_a_computer_without_a_real_server_still_passes(monkeypatch, works, words, found):
    monkeypatch.setattr(doctor, "ask", lambda *_: (works, words))
    assert doctor.real_server() == (found, "")


@pytest.mark.slow
def test_a_few_seconds_of_the_real_server_say_how_late_its_visitors_were(capsys):
    from authoring import in_time

    code = in_time.main()
    said = capsys.readouterr().out
    assert ("come within" in said) == (code == 0)
