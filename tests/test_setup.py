"""Set-up, seen from outside: a small course in an empty home folder, set up without a network."""

import argparse
import ast
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from importlib import metadata
from pathlib import Path

import nbformat
import pytest

from authoring import jupyter, phases, set_up

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("doctor", "for_a_room", "jupyter", "phases", "set_up", "side_by_side")
GUARD = "import runpy, sys; sys.version_info = {}; runpy.run_path('course.py', run_name='__main__')"


def pack_flit(folder: Path) -> str:
    """A wheel of the installed build tool in `folder`; its line in a lock."""
    tool = metadata.distribution("flit_core")
    wheel = folder / f"flit_core-{tool.version}-py3-none-any.whl"
    left_out = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"}
    kept = [f for f in tool.files if f.suffix != ".pyc" and f.name not in left_out]
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in kept:
            archive.writestr(str(file), Path(file.locate()).read_bytes())
        rows = "".join(f"{file},,\n" for file in kept)
        archive.writestr(f"flit_core-{tool.version}.dist-info/RECORD", rows)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"flit-core=={tool.version} \\\n    --hash=sha256:{digest}\n"


class SmallCourse:
    """The real course.py and its tools around a package of two lines and a lock of one package."""

    def __init__(self, folder: Path):
        self.root, self.home, self.wheels = folder / "course", folder / "home", folder / "wheels"
        for place in (self.root / "authoring", self.home, self.wheels):
            place.mkdir(parents=True)
        for name in ("course.py", "pyproject.toml", "LICENSE", "LICENSE-TEXT"):
            shutil.copy(ROOT / name, self.root)
        for tool in TOOLS:
            shutil.copy(ROOT / "authoring" / f"{tool}.py", self.root / "authoring")
        self.write("authoring/mutate.py", "print('the tool ran')\n")
        self.write("src/loadbearing/__init__.py", '"""Small."""\n__version__ = "1"\n')
        self.write("src/loadbearing/warm.py", "print('compiled the engine')\n")
        self.lock = pack_flit(self.wheels)
        self.write("requirements.lock", self.lock)

    def write(self, name: str, text: str) -> None:
        """Write one file of the course."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *words: str, **variables: str) -> subprocess.Popen:
        """Start `course.py` as a newcomer would, with packages from a folder only."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
        kept |= {"HOME": str(self.home), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
        kept |= {"PIP_FIND_LINKS": str(self.wheels)} | variables
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=self.root,
            env=kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, **variables: str) -> tuple[int, str]:
        """Exit code and everything said by `course.py` with these words."""
        child = self.start("course.py", *words, **variables)
        said, _ = child.communicate(timeout=300)
        return child.returncode, said


@pytest.fixture
def small_course(tmp_path):
    return SmallCourse(tmp_path)


def test_the_front_door_is_understood_by_an_old_python():
    ast.parse((ROOT / "course.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 14), (3, 14, 0)])
def test_a_python_too_old_or_too_new_is_told_which_to_use(small_course, version):
    child = small_course.start("-c", GUARD.format(version))
    said, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert f"This is Python 3.{version[1]}; the course needs Python 3.11, 3.12 or 3.13." in said
    assert "course.py lab" in said and "Traceback" not in said


def test_without_a_verb_the_front_door_prints_its_verbs(small_course):
    code, said = small_course.run()
    verbs = [
        "lab",
        "test",
        "check",
        "build",
        "adopt",
        "try",
        "room",
        "pack",
        "doctor",
        "mutate",
        "calibrate",
    ]
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()[1:]] == verbs


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("labb",), "There is no verb 'labb'."),
        (("check", "it"), "check takes: the quick check"),
        (("lab", "--port", "many"), "invalid int value: 'many'"),
        (("lab", "nowhere.md"), "There is no page 'nowhere.md' in this course."),
        (("try", "99"), "There is no exercise called '99'. Choose one of: 01_the_evening"),
    ],
)
def test_a_slip_in_the_command_is_answered_with_a_sentence(small_course, words, answer):
    small_course.write("exercises/01_the_evening.ipynb", "{}")
    code, said = small_course.run(*words)
    assert code != 0 and answer in said and "Traceback" not in said


@pytest.mark.parametrize("name", ["1", "01", "the_evening", "01_the_evening"])
def test_an_exercise_is_copied_once_and_never_over_what_a_student_wrote(small_course, name):
    small_course.write("exercises/01_the_evening.ipynb", "{}")
    mine = small_course.root / "my_work" / "01_the_evening.ipynb"
    assert "is your own copy" in small_course.run("try", name)[1]
    mine.write_text("an answer", encoding="utf-8")
    code, said = small_course.run("try", name)
    assert code == 0 and "stays as you left it" in said
    assert mine.read_text(encoding="utf-8") == "an answer"


@pytest.mark.slow
def test_the_first_run_sets_up_and_only_what_changed_is_done_again(small_course):
    code, said = small_course.run("mutate")
    assert code == 0, said
    steps = ("1/4 Python environment: done", "2/4 packages: 1 installed", "4/4 compiled the engine")
    assert all(step in said for step in steps) and said.endswith("the tool ran\n")

    began = time.monotonic()
    assert small_course.run("mutate") == (0, "the tool ran\n")
    assert time.monotonic() - began < 10

    small_course.write("src/loadbearing/doors.py", "")
    code, said = small_course.run("mutate")
    assert (code, said.splitlines()) == (0, ["  4/4 compiled the engine", "the tool ran"])

    small_course.write("requirements.lock", small_course.lock + "# a changed lock\n")
    code, said = small_course.run("mutate")
    assert code == 0 and "bringing .venv up to date" in said and "1/4" not in said
    settings = {".jupyter", ".ipython", ".local", ".config", ".matplotlib"}
    assert not settings & {path.name for path in small_course.home.iterdir()}


@pytest.mark.slow
def test_a_course_that_was_moved_or_lost_its_python_mends_itself(small_course):
    assert small_course.run("mutate")[0] == 0
    moved = small_course.root.with_name("moved")
    small_course.root = small_course.root.rename(moved)
    code, said = small_course.run("mutate")
    assert code == 0 and said.endswith("the tool ran\n")

    (moved / set_up.PYTHON.relative_to(set_up.ROOT)).unlink()
    code, said = small_course.run("mutate")
    assert code == 0 and "incomplete or broken; starting it afresh" in said


@pytest.mark.slow
def test_an_interrupted_set_up_is_begun_again_by_the_next_run(small_course):
    child = small_course.start("course.py", "mutate")
    mark = small_course.root / ".venv" / "unfinished"
    while not mark.exists() and child.poll() is None:
        time.sleep(0.02)
    child.kill()
    child.communicate()
    assert mark.exists()
    code, said = small_course.run("mutate")
    assert code == 0 and "starting it afresh" in said and said.endswith("the tool ran\n")


@pytest.mark.slow
def test_two_windows_set_up_one_after_the_other(small_course):
    children = [small_course.start("course.py", "mutate") for _ in range(2)]
    said = [child.communicate(timeout=300)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0], said
    assert "".join(said).count("Another window is setting up the course") == 1
    assert "".join(said).count("1/4 Python environment: done") == 1


@pytest.mark.slow
def test_without_a_network_a_sentence_says_so_and_the_next_run_recovers(small_course):
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_NO_INDEX": "0"}
    code, said = small_course.run("mutate", PIP_FIND_LINKS="", PIP_RETRIES="1", **closed)
    assert code == 1 and "the network does not answer" in said and "Traceback" not in said
    assert small_course.run("mutate")[0] == 0


@pytest.mark.slow
def test_a_package_that_is_not_the_locked_one_is_refused(small_course):
    version = small_course.lock.split()[0]
    small_course.write("requirements.lock", f"{version} --hash=sha256:{'0' * 64}\n")
    code, said = small_course.run("mutate")
    assert code == 1 and "its hash differs" in said and "Traceback" not in said


@pytest.mark.slow
def test_an_engine_that_does_not_compile_is_reported_with_its_last_words(small_course):
    small_course.write("src/loadbearing/warm.py", "raise SystemExit('no compiler today')\n")
    code, said = small_course.run("mutate")
    assert code == 1 and "no compiler today" in said and "course.py doctor" in said
    small_course.write("src/loadbearing/warm.py", "print('compiled the engine')\n")
    code, said = small_course.run("mutate")
    assert code == 0 and "1/4" not in said


def test_a_python_without_its_venv_module_is_told_what_to_install(small_course, tmp_path):
    crippled = tmp_path / "crippled"
    crippled.mkdir()
    (crippled / "ensurepip.py").write_text("raise ImportError('no', name='ensurepip')\n")
    code, said = small_course.run("mutate", PYTHONPATH=str(crippled))
    assert code == 1 and "sudo apt install python3." in said and "Traceback" not in said


def test_a_folder_that_no_set_up_made_is_left_alone(small_course):
    small_course.write(".venv/diary.txt", "dear diary")
    code, said = small_course.run("mutate")
    assert code == 1 and "Move it away" in said
    assert (small_course.root / ".venv" / "diary.txt").exists()


def test_a_full_disk_is_named_before_and_during_the_download(monkeypatch):
    monkeypatch.setattr(set_up.shutil, "disk_usage", lambda _: argparse.Namespace(free=10**9))
    with pytest.raises(set_up.Trouble, match=r"1\.0 GB are free, the set-up needs 2\.5 GB"):
        set_up.check_disk()
    said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    assert set_up.explain(said).startswith("Not enough disk space in")


def test_progress_counts_what_is_fetched_and_what_is_installed(monkeypatch, capsys):
    locked = len([x for x in set_up.LOCK.read_text(encoding="utf-8").splitlines() if x[0] != " "])
    set_up.packages_progress("Ignoring appnope: markers\nCollecting a\nCollecting b\n", ended=True)
    assert f"packages: {locked - 1} installed" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    set_up.packages_progress("Collecting a==1\nCollecting b\nRetrying (Retry(")
    said = capsys.readouterr().out
    assert f"2 of {locked} fetched (no answer from the network; trying again)" in said


def test_a_taken_port_is_named_and_otherwise_the_next_free_one_is_used(small_course):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not jupyter.is_free(port)
        chosen = jupyter.read_options(("course.py", "--port", str(port)))
        with pytest.raises(set_up.Trouble, match=f"Port {port} is taken .* for example: --port"):
            jupyter.serve(Path(sys.executable), chosen)
    assert jupyter.is_free(jupyter.free_port())


def test_the_doctor_says_what_fails_and_the_remedy(small_course):
    code, said = small_course.run("doctor")
    assert code == 1 and "FAIL  packages: not set up" in said
    assert all("course.py lab" in line for line in said.splitlines() if "FAIL  " in line)


def write_notebook(path: Path, *sources: str) -> None:
    """A notebook that was never run, with these code cells."""
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


@pytest.mark.slow
def test_the_closing_report_adds_up_what_every_phase_ran(tmp_path, monkeypatch, capfd):
    write_notebook(tmp_path / "right.ipynb", "1 + 1", "2 + 2")
    write_notebook(tmp_path / "wrong.ipynb", "1 / 0")
    counting = "def test_some(record_count): record_count('twin scenarios', {})\n"
    skipping = "import pytest\ndef test_none(): pytest.skip('none here')\n"
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_one.py").write_text(counting.format(40) + skipping)
    (tmp_path / "test_two.py").write_text(counting.format(2))
    folders = ("--rootdir", str(tmp_path), "-c", os.devnull, "-p", "no:cacheprovider")
    chosen = {
        "package": [*folders, str(tmp_path / "test_one.py")],
        "more": [*folders, str(tmp_path / "test_two.py")],
        "a missing room": [*folders, str(tmp_path / "nowhere")],
        "notebooks": [*folders, "--nbval-lax", *map(str, sorted(tmp_path.glob("*.ipynb")))],
    }
    monkeypatch.setattr(phases, "RESULTS", tmp_path / "output")
    monkeypatch.setattr(phases, "phases", lambda: [phases.Phase(*one) for one in chosen.items()])
    assert phases.test(Path(sys.executable), ()) == 1
    *_, skipped, _, ran, gone, failed, sums = capfd.readouterr().out.splitlines()
    assert ran == "=== ran 2 notebooks, 3 cells, 42 twin scenarios, 0 browser steps"
    assert gone == "=== not well: a missing room" and failed == "=== not well: notebooks"
    assert sums == "4 passed, 2 failed, 1 skipped" and skipped == "=== skipped, 1: none here"


def test_a_phase_leaves_nothing_in_a_students_own_folder(tmp_path, monkeypatch):
    body = "import os, pathlib\ndef test_kept():\n    kept = pathlib.Path(os.environ['LOADBEARING_MY_WORK'])\n"
    body += f"    assert kept.is_dir() and not kept.is_relative_to({str(ROOT)!r})\n"
    (tmp_path / "test_one.py").write_text(body)
    words = ("--rootdir", str(tmp_path), "-c", os.devnull, "-p", "no:cacheprovider", str(tmp_path))
    monkeypatch.setattr(phases, "RESULTS", tmp_path / "output")
    assert phases.test(Path(sys.executable), words) == 0


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_a_missing_browser_is_reported_skipped_and_fails_in_ci(tmp_path, ci, outcome):
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_one.py").write_text("def test_drive(chromium): pass\n")
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-rsE",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            tmp_path,
        ],
        env=os.environ | {"LOADBEARING_BROWSER": "nowhere", "CI": ci},
        capture_output=True,
        text=True,
    )
    assert outcome in answer.stdout and "install chromium" in answer.stdout
    assert "passed" not in answer.stdout


def test_every_room_of_the_course_has_its_phase():
    named = [word for phase in phases.phases() for word in phase.words if not word.startswith("-")]
    rooms = {
        Path(word).relative_to(ROOT).parts[0] if Path(word).is_absolute() else word
        for word in named
    }
    assert rooms - {"no:cacheprovider"} == {"tests", "notebooks", "solutions", "exercises"}
    strict, lax = (phase.words for phase in phases.phases()[-2:])
    assert "--nbval" in strict and "--nbval-lax" in lax
    assert all(any("cell-timeout" in word for word in words) for words in (strict, lax))
