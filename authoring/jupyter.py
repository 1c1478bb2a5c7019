"""Open JupyterLab on the course, with nothing between the student and the first page.

Standard library only. The course's own settings live in `lab/`; the student's own (theme, window
layout, trusted notebooks) in `my_work/.lab`. Nothing in the home folder is read or written.
"""

import argparse
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from authoring.set_up import ROOT, Trouble, environment

FIRST_PORT = 8888
PORTS_TRIED = 50
SETTINGS = ROOT / "lab"
STUDENT = ROOT / "my_work" / ".lab"
SHIPPED = ("notebooks", "exercises", "solutions")


def serve(python: Path, chosen: argparse.Namespace) -> int:
    """Run JupyterLab until it is ended; say where it serves as soon as it does."""
    port = chosen.port or free_port()
    if chosen.port and not is_free(port):
        raise Trouble(
            f"Port {port} is taken by another program. Leave --port out (the next free port is "
            f"taken then), or name a free one, for example: --port {free_port()}"
        )
    surroundings = environment(STUDENT) | {"JUPYTER_TOKEN": (token := secrets.token_urlsafe(24))}
    prepare(python, surroundings)
    address = f"http://127.0.0.1:{port}"
    command = [python, "-m", "jupyterlab", f"--ServerApp.port={port}", *server_options(chosen)]
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=surroundings)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        if answers(child, address):
            page = f"{address}/lab/tree/{quote(chosen.page)}?token={token}"
            print(f"JupyterLab is serving the course:\n  {page}")
            print("Leave this window open while you work; Ctrl+C here ends it.", flush=True)
        return child.wait()
    except KeyboardInterrupt:
        return child.wait()


def prepare(python: Path, surroundings: dict[str, str]) -> None:
    """Bring the course's look to the student's settings, and trust the notebooks it ships.

    Jupyter shows the stored pages of a notebook it does not trust without their colours. Trust
    goes by content: what the student writes is trusted as soon as they run it.
    """
    (STUDENT / "custom").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SETTINGS / "custom.css", STUDENT / "custom" / "custom.css")
    shipped = sorted(path for room in SHIPPED for path in (ROOT / room).glob("*.ipynb"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in shipped)).hexdigest()
    known = STUDENT / "trusted"
    if shipped and not (known.exists() and known.read_text() == digest):
        command = [python, "-m", "nbformat.sign", *shipped]
        subprocess.run(command, cwd=ROOT, env=surroundings, check=True, capture_output=True)
        known.write_text(digest)


def read_options(words: tuple[str, ...]) -> argparse.Namespace:
    """What follows `lab` on the command line."""
    parser = argparse.ArgumentParser(prog="python3 course.py lab")
    parser.add_argument("page", nargs="?", default="START.md", help="page to open at")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--port", type=int, help="serve on this port and no other")
    chosen = parser.parse_args(words)
    chosen.page = Path(chosen.page).as_posix()
    if not (ROOT / chosen.page).is_file():
        raise Trouble(f"There is no page {chosen.page!r} in this course. Leave it out to start.")
    return chosen


def server_options(chosen: argparse.Namespace) -> list[str]:
    """How this course runs JupyterLab: only for this computer, and quietly."""
    options = [
        f"--config={SETTINGS / 'server.json'}",
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.extra_labextensions_path={SETTINGS / 'extensions'}",
        f"--LabApp.default_url=/lab/tree/{quote(chosen.page)}",
    ]
    if chosen.no_browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def free_port() -> int:
    """The first free port from 8888 on."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if is_free(port):
            return port
    raise Trouble(
        f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken. End some of the "
        "JupyterLabs that run on this computer, or name a free port: --port N"
    )


def is_free(port: int) -> bool:
    """Whether nothing on this computer serves on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(child: subprocess.Popen, address: str) -> bool:
    """Wait until the server answers; false if it ended first."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while child.poll() is None:
        try:
            opener.open(f"{address}/api", timeout=5).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False
