"""A button that was pressed says so at once, while the page is still at work on something else."""

from __future__ import annotations

import pathlib

import anywidget

HERE = pathlib.Path(__file__).parent


class AtWork(anywidget.AnyWidget):
    """A line in a lab that asks the kernel for a sign of life whenever a button of that lab is pressed.

    The kernel takes messages one after the other, and cells before messages that came later. No sign within half a
    second: the line says that what was pressed comes next. The sign comes, and it goes.
    """

    _esm = (HERE / "at_work.js").read_text(encoding="utf-8")

    def __init__(self, **traits):
        super().__init__(**traits)
        self.on_msg(self._heard)

    def _heard(self, _, message, buffers):
        """Give the sign of life that was asked for."""
        if isinstance(message, dict) and "asked" in message:
            self.send({"there": message["asked"]})
