"""How far the work is: one line on the screen, rewritten, once the work has taken a second."""

from __future__ import annotations

import builtins
import os
import shutil
import sys
import time

from loadbearing.parts import ScenarioError
from loadbearing.units import duration

QUIET_S, EVERY_S = 1.0, 0.2
CELLS, TELLING = 20, 0.05


class Bar:
    """Shows the share that is done, or tells it to a function of your own.

    `progress`: True for the line on the screen (standard error, only in a terminal or a notebook), False or None for
    nothing, or a function that is called with the share that is over, 0 to 1. When the work is done the line `stays`,
    or goes. LOADBEARING_PROGRESS=off in the environment leaves it out everywhere. Raises `ScenarioError` for
    anything else.
    """

    def __init__(self, progress=True, stream=None, clock=time.monotonic, stays=False):
        if progress not in (True, False, None) and not callable(progress):
            raise ScenarioError(
                f"progress is {progress!r}; give True, False, or a function that takes a share from 0 to 1."
            )
        self.tell = progress if callable(progress) else None
        stream = sys.stderr if stream is None else stream
        self.stream = stream if progress is True and _watched(stream) else None
        self.clock, self.began, self.last, self.width = clock, clock(), -EVERY_S, 0
        self.stays = stays

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def show(self, share, text):
        """Show that this share (0 to 1) of the work is done; `text` says it in words."""
        if self.tell:
            self.tell(share)
        if self.stream is None:
            return
        since = self.clock() - self.began
        if since < QUIET_S or (since - self.last < EVERY_S and share < 1):
            return
        self.last = since
        if TELLING <= share < 1:
            text += f", about {duration(since / share - since)} to go"
        full = int(share * CELLS)
        line = f"{int(100 * share):3d} % |{'#' * full}{'.' * (CELLS - full)}| {text}"
        self._write(line[: shutil.get_terminal_size().columns - 1])

    def close(self):
        """Leave the last line as it stands and begin a new one, or take it away."""
        if self.width:
            if not self.stays:
                self._write("")
            self.stream.write("\n" if self.stays else "\r")
            self.stream.flush()
            self.width = 0

    def _write(self, line):
        self.stream.write("\r" + line.ljust(self.width))
        self.stream.flush()
        self.width = len(line)


def _watched(stream):
    """Whether somebody sees what is written there: in a terminal or in a notebook."""
    if os.environ.get("LOADBEARING_PROGRESS") == "off":
        return False
    return hasattr(builtins, "__IPYTHON__") or bool(getattr(stream, "isatty", bool)())
