"""Everything between a bare Python and a working course: the steps behind `python3 course.py`.

Standard library only. `ready()` is the one entrance: it returns the course's own Python in
`.venv`, building, repairing or warming it first if something is missing or has changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.json"
UNFINISHED = VENV / "unfinished"
LOG = VENV / "setup.log"
LOCK = ROOT / "requirements.lock"

GIGABYTE = 10**9
DISK_NEEDED = 5 * GIGABYTE // 2


class Trouble(Exception):
    """Something the student can mend: its text says what happened and what to do."""


def environment(state: Path = VENV / "state") -> dict[str, str]:
    """The environment of every program started from here.

    Nothing in the student's home folder is changed, and nothing in it disturbs the course: Jupyter,
    IPython and matplotlib keep their settings in `state`.
    """
    inherited = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "JUPYTER_PATH"}
    inherited |= {"JUPYTER_CONFIG_PATH", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name not in inherited}
    return kept | {
        "IPYTHONDIR": str(state / "ipython"),
        "JUPYTER_CONFIG_DIR": str(state),
        "JUPYTER_DATA_DIR": str(state / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "MPLCONFIGDIR": str(VENV / "state" / "matplotlib"),
        "PATH": str(PYTHON.parent) + os.pathsep + os.environ.get("PATH", ""),
        "PIP_USER": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
    }


def ready() -> Path:
    """The course's own Python, set up first if need be; quick and silent if nothing changed."""
    if not is_complete():
        with alone():
            if not is_complete():
                set_up()
    return PYTHON


def is_complete() -> bool:
    """Whether the last set-up came to its end and nothing it rests on has changed since."""
    return not UNFINISHED.exists() and read_stamp() == {
        "python": answer_of_venv_python(),
        "installed": requirements_digest(),
        "warmed": engine_digest(),
    }


def set_up() -> None:
    """Do what is missing: the environment and its packages, then the compiled engine."""
    done, python = read_stamp(), answer_of_venv_python()
    if UNFINISHED.exists() or not python or done.get("python") != python:
        remove_venv()
        done = {}
    if done.get("installed") != (wanted := requirements_digest()):
        install()
        done = {"python": answer_of_venv_python(), "installed": wanted}
        write_stamp(done)
    warm()
    write_stamp(done | {"warmed": engine_digest()})


@contextmanager
def alone():
    """Let only one window set up the course at a time; the lock ends with its process."""
    with (ROOT / ".set_up_lock").open("a") as file:
        waited = False
        while not take(file):
            if not waited:
                print("Another window is setting up the course; waiting for it.", flush=True)
            waited = True
            time.sleep(0.5)
        yield


def take(file) -> bool:
    """Try to lock an open file, in the way of this operating system."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def read_stamp() -> dict[str, str]:
    """What the last set-up finished, or nothing."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(done: dict[str, str]) -> None:
    """Keep for the next run what is finished; from here on nothing is half done."""
    STAMP.write_text(json.dumps(done), encoding="utf-8")
    UNFINISHED.unlink(missing_ok=True)


def answer_of_venv_python() -> str:
    """Version of the Python in .venv, asked of itself; empty if it cannot answer."""
    question = [PYTHON, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(question, capture_output=True, text=True, timeout=60).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def requirements_digest() -> str:
    """Changes when the lock, the package's description or the place of the course changes."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def engine_digest() -> str:
    """Changes when any source of the package changes: then the engine is compiled again."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def remove_venv() -> None:
    """Take away an incomplete or broken .venv, so that the next step starts from nothing."""
    if not VENV.exists() and not VENV.is_symlink():
        return
    made_here = UNFINISHED.exists() or (VENV / "pyvenv.cfg").exists()
    if VENV.is_dir() and not made_here and any(VENV.iterdir()):
        raise Trouble(
            "The folder .venv holds something that no set-up made. Move it away, then run the same "
            "command again."
        )
    print("The earlier set-up in .venv is incomplete or broken; starting it afresh.", flush=True)
    try:
        VENV.unlink() if VENV.is_symlink() or VENV.is_file() else shutil.rmtree(VENV)
    except OSError as error:
        raise Trouble(
            f"The folder .venv cannot be removed ({error.strerror}: {error.filename}). "
            "Close every JupyterLab and editor that uses it, then run the same command again."
        ) from error


def install() -> None:
    """Fill .venv with exactly what the lock names; build it first if it is not there."""
    if answer_of_venv_python():
        print("The course's packages have changed; bringing .venv up to date.", flush=True)
    else:
        check_disk()
        print("Setting up the course in .venv: once, a few minutes.", flush=True)
        create_venv()
    UNFINISHED.touch()
    pip = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    show("2/4 packages")
    run_logged([*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCK], packages_progress)
    show("3/4 the course itself")
    run_logged([*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT])
    quieten_kernels()
    show("3/4 the course itself: done", last=True)


def quieten_kernels() -> None:
    """Keep notices of every starting kernel (it listens on this computer only) off the terminal."""
    settings = VENV / "etc" / "ipython" / "ipython_kernel_config.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"IPKernelApp": {"log_level": "ERROR"}}\n', encoding="utf-8")
    (VENV / "state").mkdir(exist_ok=True)


def check_disk() -> None:
    """Say so before a long download that cannot end well."""
    free = shutil.disk_usage(ROOT).free
    if free < DISK_NEEDED:
        raise Trouble(no_space(f"{free / GIGABYTE:.1f} GB are free"))


def no_space(what: str) -> str:
    """The sentence for a full disk."""
    need = f"{DISK_NEEDED / GIGABYTE:.1f} GB"
    return (
        f"Not enough disk space in {ROOT}: {what}, the set-up needs {need}. "
        "Free some space or move the course to another disk, then run the same command again."
    )


def create_venv() -> None:
    """An empty environment in .venv, made by this Python."""
    show("1/4 Python environment")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Trouble(
            f"This Python lacks its module {error.name!r}, which makes environments. On Debian "
            f"and Ubuntu run: sudo apt install python{version}-venv - elsewhere install Python "
            "from its makers' site. Then run the same command again."
        ) from error
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    run_logged([sys.executable, "-m", "venv", VENV])
    show("1/4 Python environment: done", last=True)


def warm() -> None:
    """Compile the engine now, so that no lab has to wait for it."""
    show("4/4 compiling the engine (about a minute)")
    answer = subprocess.run(
        [PYTHON, "-m", "loadbearing.warm"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    if answer.returncode:
        raise Trouble(
            "The engine cannot be compiled. Its last words were:\n"
            f"{tail(answer.stderr)}\nRun the same command again; if it stays, see: "
            "python3 course.py doctor"
        )
    show(f"4/4 {answer.stdout.strip()}", last=True)


def run_logged(command: list, progress=None) -> None:
    """Run one step with its chatter in the log; on failure say in a sentence what to do."""
    began = LOG.stat().st_size if LOG.exists() else 0
    with LOG.open("ab") as log:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while child.poll() is None:
                time.sleep(0.2)
                if progress:
                    progress(log_since(began))
        except BaseException:
            child.terminate()
            child.wait()
            raise
    if progress:
        progress(log_since(began), ended=child.returncode == 0)
    if child.returncode:
        raise Trouble(explain(log_since(began)))


def log_since(position: int) -> str:
    """What the log says from a position on."""
    with LOG.open("rb") as log:
        log.seek(position)
        return log.read().decode("utf-8", "replace")


def packages_progress(said: str, ended: bool = False) -> None:
    """Show how many packages are fetched and installed, read from pip's own words."""
    named = sum("==" in line for line in LOCK.read_text(encoding="utf-8").splitlines())
    total = named - said.count("Ignoring ")
    fetched = said.count("\nCollecting ") + said.startswith("Collecting ")
    fetched += said.count("Requirement already satisfied: ")
    if "Installing collected packages" in said:
        text = f"{min(packed(), total)} of {total} installed"
    else:
        text = f"{min(fetched, total)} of {total} fetched"
        if "Retrying (" in said[-2000:]:
            text += " (no answer from the network; trying again)"
    show(f"2/4 packages: {total if ended else text}{' installed' if ended else ''}", last=ended)


def packed() -> int:
    """How many packages are in .venv so far."""
    sites = [*VENV.glob("lib/python3.*/site-packages"), *VENV.glob("Lib/site-packages")]
    return sum(path.suffix == ".dist-info" for path in sites[0].iterdir()) if sites else 0


def show(text: str, last: bool = False) -> None:
    """One line of progress, rewritten in place on a screen and printed once in a file."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K  {text}" + ("\n" if last else ""))
    elif last:
        sys.stdout.write(f"  {text}\n")
    sys.stdout.flush()


def tail(text: str, lines: int = 3) -> str:
    """The last lines of a program's words."""
    return "\n".join(text.strip().splitlines()[-lines:])


FULL_DISK = ("No space left on device", "[Errno 28]", "[WinError 112]", "Disk quota exceeded")
NO_NETWORK = ("Retrying (", "Connection refused", "NameResolutionError", "Max retries exceeded")
WRONG_FILE = ("DO NOT MATCH THE HASHES",)
NO_WHEEL = ("No matching distribution found",)


def explain(said: str) -> str:
    """Turn what a failed step wrote into a sentence that says what to do."""
    log = LOG.relative_to(ROOT)
    if any(sign in said for sign in FULL_DISK):
        return no_space("the disk filled up")
    if any(sign in said for sign in WRONG_FILE):
        return (
            "A downloaded package is not the one the course names (its hash differs), so nothing "
            "of it was used. Try again from another network, or ask who runs your package mirror. "
            f"Details: {log}"
        )
    if any(sign in said for sign in NO_NETWORK):
        return (
            "The packages cannot be fetched: the network does not answer. Connect to the internet "
            "(behind a company's proxy: set HTTPS_PROXY or pip's own settings), then run the same "
            f"command again; it goes on by itself. Details: {log}"
        )
    if any(sign in said for sign in NO_WHEEL):
        return (
            "A package has no ready-made file for this machine. Supported are Linux, Windows (64 "
            f"bit) and Macs with Python 3.11 to 3.13. Its words:\n{tail(said)}\nDetails: {log}"
        )
    return (
        f"A set-up step failed. Its last words:\n{tail(said)}\n"
        f"Run the same command again; if it fails again, read {log}."
    )
