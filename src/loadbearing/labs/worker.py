"""One worker for one lab: it does what was asked last, and drops what was asked before."""

from __future__ import annotations

import threading


class LatestWins:
    """Runs one job at a time beside the kernel; a newer job takes the place of any older one.

    The thread ends when nothing is left to do.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._job, self._ticket, self._thread = None, 0, None

    def ask(self, job):
        """Have `job(stopped)` done soon; `stopped()` tells it that something newer was asked for."""
        with self._lock:
            self._ticket += 1
            self._job = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def drop(self):
        """Have nothing done any more: what waits is forgotten, what is under way is told to stop."""
        with self._lock:
            self._ticket += 1
            self._job = None

    def _work(self):
        while True:
            with self._lock:
                job, ticket, self._job = self._job, self._ticket, None
                if job is None:
                    self._thread = None
                    return
            job(lambda ticket=ticket: ticket != self._ticket)

    def settle(self, timeout=120.0):
        """Wait until nothing is left to do; raise `TimeoutError` with a sentence after `timeout` seconds."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
            if thread.is_alive():
                raise TimeoutError(f"The lab was still busy after {timeout:.0f} seconds.")
