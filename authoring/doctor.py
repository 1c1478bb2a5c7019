"""What on this machine is right for the course, and the remedy for what is not.

Standard library only, so that it can speak even when nothing is installed.
"""

import os
import shutil
import subprocess
import sys

from authoring import jupyter, set_up

GIGABYTE = 10**9
MEMORY_NEEDED = 4 * GIGABYTE


def report() -> int:
    """Print one line per fact; 0 if nothing stands in the way of the course."""
    bad = 0
    for name, examine in FACTS.items():
        found, remedy = examine()
        bad += bool(remedy)
        print(f"  {'FAIL' if remedy else 'pass'}  {name}: {found}" + (f". {remedy}" * bool(remedy)))
    print("Nothing stands in the way." if not bad else "Mend what says FAIL, from the top.")
    return 1 if bad else 0


def python() -> tuple[str, str]:
    """The Python that runs course.py; a wrong one never comes this far."""
    return f"{sys.version.split()[0]} on {sys.platform}", ""


def disk() -> tuple[str, str]:
    """Free space where the course lies; a finished set-up needs no more."""
    free = shutil.disk_usage(set_up.ROOT).free
    needed = 0.2 * GIGABYTE if set_up.STAMP.exists() else set_up.DISK_NEEDED
    remedy = f"Free at least {needed / GIGABYTE:.1f} GB" if free < needed else ""
    return f"{free / GIGABYTE:.1f} GB free", remedy


def memory() -> tuple[str, str]:
    """Memory of the machine, where the system tells."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return "this system does not tell", ""
    remedy = "Close other programs, or lower the number of listeners in a lab"
    return f"{total / GIGABYTE:.1f} GB", remedy if total < MEMORY_NEEDED else ""


def environment() -> tuple[str, str]:
    """Whether .venv is finished, fits the lock, and its packages agree with one another."""
    done = set_up.read_stamp()
    if done.get("python") != set_up.answer_of_venv_python() or set_up.UNFINISHED.exists():
        return "not set up, or not to the end", "Run: python3 course.py lab"
    if done.get("installed") != set_up.requirements_digest():
        return "older than requirements.lock", "Run: python3 course.py lab"
    agreed, words = ask("-m", "pip", "check")
    return words, "" if agreed else "Delete the folder .venv, then run: python3 course.py lab"


def engine() -> tuple[str, str]:
    """Whether the compiled engine runs here."""
    works, words = ask("-m", "loadbearing.warm")
    return words, "" if works else "Run: python3 course.py lab (it compiles the engine)"


def browser() -> tuple[str, str]:
    """A Chromium for the browser test; the labs open in any browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("LOADBEARING_BROWSER") or next(filter(shutil.which, names), "")
    return found or "no Chromium: the browser test will be skipped, the labs do not mind", ""


def port() -> tuple[str, str]:
    """A free port for JupyterLab on this computer."""
    try:
        return f"{jupyter.free_port()} is free", ""
    except set_up.Trouble as trouble:
        return "none", str(trouble)


def ask(*words: str) -> tuple[bool, str]:
    """Whether a program of the course's Python is content, and the last line it says."""
    try:
        answer = subprocess.run(
            [set_up.PYTHON, *words],
            cwd=set_up.ROOT,
            env=set_up.environment(),
            capture_output=True,
            text=True,
        )
    except OSError:
        return False, "the course is not set up"
    return answer.returncode == 0, set_up.tail(answer.stdout or answer.stderr, 1)


FACTS = {
    "Python": python,
    "disk": disk,
    "memory": memory,
    "packages": environment,
    "compiled engine": engine,
    "browser": browser,
    "port": port,
}
