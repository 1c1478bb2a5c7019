"""Processes of our own: how one is started, heard and stopped, and how it hears that it should end.

Both sides are here. The parent starts `python -m module`, writes one JSON line that says all there is to know, and
reads JSON lines. The child ends when its standard input closes, which happens also when the parent is killed: nobody
has to find it afterwards. Only processes started here are ever stopped, each by its own handle.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading

SOURCE = pathlib.Path(__file__).resolve().parents[2]
QUOTED = 600
"""How many characters of a child's own errors an error sentence quotes at most."""


class ProcessError(RuntimeError):
    """A process that did not start, or did not say what it should: which, why, and what to do."""


# --- the parent's side ----------------------------------------------------------------------------


class Child:
    """A process of ours: `Child("loadbearing.live.serve", config)`; use it in a `with`, which stops it.

    `config`: a dictionary that JSON can hold; it is the child's first line of input. `hear(line)` is called with each
    JSON line that the child says, from a thread of its own; without it the lines collect in the queue `says`.
    Its errors go to `folder/NAME.log`, where `folder` is `config["folder"]`. Raises `ProcessError` if the
    process cannot be started at all.
    """

    def __init__(self, module, config, hear=None):
        self.module, self.name = module, module.rpartition(".")[2]
        self.says = queue.Queue()
        self.hear = hear or self.says.put
        folder = pathlib.Path(config["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / f"{self.name}.log"
        try:
            with self.log.open("wb") as errors:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", module],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=_environment(),
                    **_apart(),
                )
        except OSError as error:
            raise ProcessError(
                f"The process {module} could not be started ({error}); close other programs and try again."
            ) from error
        self.reader = threading.Thread(target=self._listen, name=f"hear {self.name}", daemon=True)
        self.reader.start()
        self.tell(config)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        """The number of the process."""
        return self.process.pid

    @property
    def running(self):
        """Whether the process is still there."""
        return self.process.poll() is None

    def tell(self, what):
        """Write one JSON line to the child; one that has ended does not hear it."""
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.write(json.dumps(what).encode() + b"\n")
            self.process.stdin.flush()

    def _listen(self):
        """Hand on what the child says, line by line, until it closes its output."""
        for line in self.process.stdout:
            text = line.decode("utf-8", "replace").strip()
            try:
                said = json.loads(text)
            except ValueError:
                said = {"said": text}
            if text:
                self.hear(said if isinstance(said, dict) else {"said": text})

    def first(self, wanted, within_s=30.0):
        """Return the first line that holds `wanted`, as the server's first line holds "port"; earlier ones are dropped.

        Only without `hear`. Raises `ProcessError`, with the child's own errors, if the child ends or is silent for
        `within_s` seconds.
        """
        waited = 0.0
        while True:
            ended = not self.running
            if ended:
                self.reader.join(1)
            try:
                line = self.says.get(timeout=0 if ended else 0.05)
            except queue.Empty:
                waited += 0.05
                if ended:
                    raise ProcessError(self._why(f"ended before it said {wanted!r}")) from None
                if waited > within_s:
                    why = self._why(f"said no {wanted!r} within {within_s:g} seconds")
                    raise ProcessError(why) from None
                continue
            if wanted in line:
                return line

    def _why(self, what):
        own = self.errors()
        quoted = f"Its own words: {own}" if own else f"It left no words in {self.log.name}."
        return f"The process {self.module} {what}; start it again. {quoted}"

    def errors(self):
        """Return the end of what the child wrote as errors, in one line."""
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        return " ".join(text.split())[-QUOTED:]

    def wait(self, timeout_s=None):
        """Wait for the child to end by itself; return its exit code, or None if it is still running after that long."""
        try:
            code = self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None
        self.reader.join(1)
        return code

    def stop(self, patience_s=3.0):
        """Stop the child: ask it by closing its input, then end it, then kill it. Return its exit code.

        Each step is given `patience_s` seconds. A child that has ended is left alone.
        """
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        for then in (self.process.terminate, self.process.kill, None):
            if self.wait(patience_s) is not None or then is None:
                break
            then()
        self.reader.join(1)
        if not self.reader.is_alive():
            self.process.stdout.close()
        return self.process.returncode


def _environment():
    """Return the environment of a child: it finds this package, and speaks at once and in UTF-8."""
    known = [str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])]
    extra = {
        "PYTHONPATH": os.pathsep.join(known),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    return {**os.environ, **extra}


def _apart():
    """Return what keeps an interrupt of the parent from its children: the parent decides when they end."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


# --- the child's side -----------------------------------------------------------------------------


def told():
    """Return what the parent said in its one line; exit with a sentence if it is no JSON object."""
    line = sys.stdin.readline()
    try:
        config = json.loads(line)
    except ValueError:
        config = None
    if not isinstance(config, dict):
        refuse(f"The first line of input is {line[:80]!r}; it must be one JSON object.")
    return config


def say(**what):
    """Say one JSON line to the parent; when the parent has gone, nobody hears it, and that is no error."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


def refuse(sentence):
    """End this process because its parent asked for what cannot be: the sentence is its last word."""
    sys.stderr.write(sentence + "\n")
    sys.exit(2)


def when_parent_goes(call):
    """Call a function, from a thread of its own, when the parent closes our input or is no more."""

    def watch():
        # Read the bare file: a thread that holds the buffered one would disturb the end of the interpreter.
        while True:
            try:
                if not os.read(sys.stdin.fileno(), 4096):
                    break
            except (OSError, ValueError):
                break
        call()

    thread = threading.Thread(target=watch, name="watch the parent", daemon=True)
    thread.start()
    return thread
