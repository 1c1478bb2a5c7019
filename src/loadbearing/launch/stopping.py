"""Long work that says how far it is and can be stopped on the way."""

from __future__ import annotations


class Stopped(Exception):
    """Raised inside long work when `stopped()` turned true: nothing is wrong, and nothing was found."""

    def __init__(self):
        super().__init__("The work was stopped before it was done. Start it again when you like.")


class Steps:
    """Tells how far one part of the work is, from share `begins` to share `ends`, and stops when asked to.

    `told(share, words)` hears the share of the whole, 0 to 1, and what is done now; `stopped()` is asked each time.
    """

    def __init__(self, told=None, stopped=None, begins=0.0, ends=1.0):
        self.told, self.stopped = told, stopped
        self.begins, self.ends = begins, ends

    def show(self, share, words):
        """Say that this share of this part is done; raise `Stopped` if that was asked for."""
        if self.stopped is not None and self.stopped():
            raise Stopped
        if self.told is not None:
            self.told(self.begins + (self.ends - self.begins) * share, words)

    def part(self, begins, ends):
        """Return the steps of a part of this part, from one share of it to another."""
        width = self.ends - self.begins
        return Steps(
            self.told, self.stopped, self.begins + width * begins, self.begins + width * ends
        )
