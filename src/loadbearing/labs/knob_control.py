"""One knob on the screen: a slider and a box to type in, which tell where they stand while they are dragged."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class KnobControl(anywidget.AnyWidget):
    """A slider from `least` to `most`, with a box in which anything from `low` to `high` may be typed.

    `stops`: where the slider stands, if its steps are uneven. `shown`, `spoken`: the unit beside the box, and read out.
    `dragged(at, marks)` is called for positions on the way, `rested(typed)` when it is let go or typed.
    `marks`: when the browser saw the event and sent it, in milliseconds of the clock on the wall.
    `turn`: how often the knob was put back; what the browser sends of an earlier turn moves nothing any more.
    """

    _esm = (HERE / "knob_control.js").read_text(encoding="utf-8")
    _css = (HERE / "knob_control.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    least = traitlets.Float(25).tag(sync=True)
    most = traitlets.Float(300).tag(sync=True)
    step = traitlets.Float(5).tag(sync=True)
    stops = traitlets.List(traitlets.Float()).tag(sync=True)
    low = traitlets.Float(1).tag(sync=True)
    high = traitlets.Float(10_000).tag(sync=True)
    shown = traitlets.Unicode("%").tag(sync=True)
    spoken = traitlets.Unicode("per cent").tag(sync=True)
    at = traitlets.Float(100).tag(sync=True)
    comes_to = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    handled = traitlets.Int(0).tag(sync=True)
    turn = traitlets.Int(0).tag(sync=True)

    def __init__(self, dragged, rested, **traits):
        super().__init__(**traits)
        self.dragged, self.rested = dragged, rested
        self.on_msg(self._heard)

    def _heard(self, _, message, buffers):
        """Do what the browser asks, and tell it when that is done, so that it sends the next position."""
        if not isinstance(message, dict):
            return
        counts = not self.disabled and message.get("turn", self.turn) == self.turn
        try:
            if counts and message.get("kind") == "drag":
                marks = {key: message.get(key) for key in ("began", "sent")}
                self.dragged(message.get("at"), marks)
            elif counts and message.get("kind") == "rest":
                self.rested(message.get("at"))
        finally:
            ticket = message.get("ticket")
            self.handled = ticket if isinstance(ticket, int) else 0

    def put_back(self):
        """Let go of whatever was begun in the browser: it was meant before the knobs were put back."""
        self.turn += 1

    def follow(self, at, comes_to):
        """Stand where the knob stands, even if the browser was left at a slip: it is told once more."""
        self.comes_to = comes_to
        if self.at == at:
            self.send_state("at")
        self.at = at
