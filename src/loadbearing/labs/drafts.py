"""What stands in the boxes of a card and is not kept yet: written as it is typed, found again after a reload."""

from __future__ import annotations

import math
import threading
import time

from loadbearing.progress import ProgressError

SECTION = "drafts"
EVERY_S = 1.0
"""At most this often a draft is written, in seconds; what is typed in between goes with the next writing."""


class Draft:
    """One draft in the progress file, under `key`. `failed(sentence)` hears why one could not be written.

    The newest is written at once, or when `every_s` seconds have passed since the last writing.
    """

    def __init__(self, progress, key, failed=lambda said: None, every_s=EVERY_S):
        self.progress, self.key, self.failed, self.every_s = progress, key, failed, every_s
        self._lock, self._timer, self._typed = threading.RLock(), None, None
        self._written = -math.inf

    def found(self):
        """Return what was typed and not kept, as a dictionary, or None; raise `ProgressError` if it cannot be read."""
        return self.progress.entry(SECTION, self.key)

    def type(self, **typed):
        """Have this written soon, in place of what was typed before."""
        with self._lock:
            self._typed = typed
            if self._timer is not None:
                return
            wait_s = self._written + self.every_s - time.monotonic()
            if wait_s <= 0:
                self.write()
                return
            self._timer = threading.Timer(wait_s, self.write)
            self._timer.daemon = True
            self._timer.start()

    def write(self):
        """Write what was typed last, if it is not written yet."""
        with self._lock:
            typed = self._rest()
            if typed is None:
                return
            self._written = time.monotonic()
            self._attempt(lambda: self.progress.replace(SECTION, self.key, **typed))

    def clear(self):
        """Forget the draft: it was kept, or nothing is left of it."""
        with self._lock:
            self._rest()
            self._attempt(lambda: self.progress.drop(SECTION, self.key))

    def _rest(self):
        """Return what waits to be written, and have nothing wait any more."""
        typed, self._typed = self._typed, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return typed

    def _attempt(self, act):
        try:
            act()
        except (ProgressError, OSError) as slip:
            self.failed(f"What you typed stands here, but is not safe from a reload yet: {slip}")
