"""What on this machine is right for the course and for a class tomorrow, and the remedy for what is not.

Standard library only, so that it can speak even when nothing is installed.
"""

import errno
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import webbrowser

from authoring import jupyter, set_up

GIGABYTE = 10**9
MEMORY_NEEDED = 4 * GIGABYTE
LONGEST_EVENING_S, LONGEST_OPENING_S = 30, 60
"""Longer than this, a room waits for the computer and not for the answer."""

SET_UP = "Run, with the internet: python3 course.py lab"
NO_WAY_OUT = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
"""A server started with these cannot reach the internet through a proxy: nothing answers there."""

WITHOUT_WINDOWS = ("www-browser", "links", "elinks", "lynx", "w3m")
"""Browsers of a terminal: no lab can be shown in one."""

NO_COMPILER = "numba, the compiler of the fast engine, is not installed"

OUTSIDE = re.compile(r"""(?:src|href)=["'](https?://(?!127\.0\.0\.1)[^"'/]+)""")
PROJECTOR = (
    "cannot be seen from here. Set the screen to 1280 x 800 points or more, open a page made by course.py room, and "
    "read one answer aloud from the last row"
)


def report(options: tuple[str, ...] = ()) -> int:
    """Print one line per fact; 0 if nothing stands in the way. `--quick` leaves out what takes longer than seconds."""
    unknown = [one for one in options if one != "--quick"]
    if unknown:
        raise set_up.Trouble(f"doctor does not know {unknown[0]!r}; it takes --quick or nothing.")
    bad = []
    for name, examine in FACTS.items():
        if name in LONG and "--quick" in options:
            continue
        if name in LONG and any(one in bad for one in BEFORE_LONG):
            print(
                f"  FAIL  {name}: not tried. Mend what is above first; python3 course.py lab sets up what is missing",
                flush=True,
            )
            bad.append(name)
            continue
        if sys.stdout.isatty():
            print(f"  ....  {name}", end="\r", flush=True)
        found, remedy = examine()
        bad += [name] * bool(remedy)
        said = f"  {'FAIL' if remedy else 'pass'}  {name}: {found}" + (f". {remedy}" * bool(remedy))
        print(said, flush=True)
    print(f"  note  projector: {PROJECTOR}.")
    if bad:
        print("FAIL: this machine is not ready. Mend what says FAIL, from the top.")
    elif "--quick" in options:
        print("Nothing stands in the way so far. Without --quick, a lab is opened and run as well.")
    else:
        print("PASS: this machine is ready for a class. Nothing stands in the way.")
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
        return "not set up, or not to the end", SET_UP
    if done.get("installed") != set_up.requirements_digest():
        return "older than requirements.lock", SET_UP
    agreed, words = ask("-m", "pip", "check")
    return words, "" if agreed else "Delete the folder .venv, then run: python3 course.py lab"


def engine() -> tuple[str, str]:
    """Whether the compiled engine runs here."""
    works, words = ask("-m", "loadbearing.warm")
    if works and words.startswith(NO_COMPILER):
        return words, "Use another computer for the projector: full crowds are too slow on this one"
    return words, "" if works else "Run: python3 course.py lab (it compiles the engine)"


def browser() -> tuple[str, str]:
    """A browser with windows that a program can open; any will do."""
    remedy = "Install Firefox, Chrome or Edge, then run this again"
    if named := os.environ.get("LOADBEARING_BROWSER"):
        missing = (
            f"It is named in LOADBEARING_BROWSER: correct that, or {remedy[0].lower()}{remedy[1:]}"
        )
        return (named, "") if shutil.which(named) else (f"{named} is not there", missing)
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "firefox")
    if found := next(filter(shutil.which, names), ""):
        return found, ""
    try:
        other = webbrowser.get()
    except webbrowser.Error:
        return "none found", remedy
    if getattr(other, "basename", "") in WITHOUT_WINDOWS:
        return f"only {other.basename}, which shows no pictures", remedy
    return f"{other.__class__.__name__} opens pages", ""


def port() -> tuple[str, str]:
    """A free port for JupyterLab on this computer."""
    try:
        return f"{jupyter.free_port()} is free", ""
    except set_up.Trouble as trouble:
        return "none", str(trouble)


def opens() -> tuple[str, str]:
    """Whether JupyterLab starts without the internet and sends a page that needs nothing from outside."""
    began, number = time.monotonic(), jupyter.free_port()
    surroundings = set_up.environment(jupyter.STUDENT) | NO_WAY_OUT | {"JUPYTER_TOKEN": "doctor"}
    options = jupyter.server_options(jupyter.read_options(("--no-browser",)))
    command = [set_up.PYTHON, "-m", "jupyterlab", f"--ServerApp.port={number}", *options]
    try:
        jupyter.prepare(set_up.PYTHON, surroundings)
        server = subprocess.Popen(
            [str(part) for part in command], cwd=set_up.ROOT, env=surroundings,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as slip:
        if getattr(slip, "errno", None) == errno.ENOSPC:
            return "the disk filled up", "Free some space, as the line on the disk says"
        return "it cannot be started", "Delete the folder .venv, then run: python3 course.py lab"
    try:
        page = fetched(f"http://127.0.0.1:{number}/lab?token=doctor", server)
    finally:
        server.terminate()
        server.wait()
    return opened(page, time.monotonic() - began)


def opened(page: str, took_s: float) -> tuple[str, str]:
    """What a page of the server, or none, says of this machine."""
    if not page:
        return f"no answer within {LONGEST_OPENING_S} s", (
            "Run: python3 course.py lab, and read what it says. Close other programs if it says nothing"
        )
    if found := OUTSIDE.search(page):
        return f"its page asks for {found[1]}", "Get the course afresh: a file of it was changed"
    return f"answers after {took_s:.0f} s, without the internet", ""


def fetched(address: str, server: subprocess.Popen) -> str:
    """The page at this address as soon as the server sends it; empty if it ends or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last = time.monotonic() + LONGEST_OPENING_S
    while server.poll() is None and time.monotonic() < last:
        try:
            with opener.open(address, timeout=5) as answer:
                return answer.read().decode("utf-8", "replace")
        except OSError:
            time.sleep(0.2)
    return ""


def evening() -> tuple[str, str]:
    """Whether a lab opens in a kernel without the internet and a full evening is over soon enough."""
    works, words = ask("-m", "authoring.rehearsal")
    if not works:
        return words, "Run: python3 course.py lab, open unit 01 and read what stands there"
    took = re.search(r"in ([\d.]+) s$", words)
    if not took or float(took[1]) > LONGEST_EVENING_S:
        return words, (
            f"More than {LONGEST_EVENING_S} s is too long for a class: close other programs, plug in the charger, or "
            "use another computer"
        )
    return f"{words}, without the internet", ""


def real_server() -> tuple[str, str]:
    """Whether the server of unit 09 runs here and its visitors keep time; where not, a recording takes its place."""
    works, words = ask("-m", "authoring.in_time")
    return words if works else f"not here ({words}) Unit 09 has a recorded evening instead", ""


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
    "JupyterLab": opens,
    "one evening": evening,
    "a real server": real_server,
}

LONG = ("JupyterLab", "one evening", "a real server")
BEFORE_LONG = ("packages", "compiled engine", "port")
"""What takes longer than seconds, and what must be right before it is worth a try."""
