"""One setting with a few choices on the screen: a row of buttons, one of them pressed."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class ChoiceControl(anywidget.AnyWidget):
    """A row of options, of which one is chosen: radio buttons for keyboard and screen reader, buttons for the eye.

    `rested(option)` is called with what was chosen.
    """

    _esm = (HERE / "choice_control.js").read_text(encoding="utf-8")
    _css = (HERE / "choice_control.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, rested, **traits):
        super().__init__(**traits)
        self.rested = rested
        self.on_msg(self._heard)

    def _heard(self, _, message, buffers):
        """Do what the browser asks; what makes no sense is answered by standing where the setting stands."""
        known = isinstance(message, dict) and message.get("kind") == "rest"
        if known and not self.disabled:
            self.rested(message.get("at"))
        self.send({"stands": True})

    def follow(self, at, comes_to=""):
        """Stand where the setting stands."""
        self.at = at
