"""The picture of a lab on the screen, with its three numbers and its caption: sent together, shown together."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class Screen(anywidget.AnyWidget):
    """What a lab shows of one run. `busy` and `outdated` are sentences, empty for none.

    `told` holds all words of the picture: `sentence` (its alt text), `caption` (lines), `numbers` (label, number, what
    stands beside it), `shows` (where the knobs stand), `resting` (whether a screen reader should hear it), and `marks`
    (when what happened, in milliseconds).
    """

    _esm = HERE / "screen.js"
    _css = HERE / "screen.css"
    png = traitlets.Bytes().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)
    busy = traitlets.Unicode().tag(sync=True)
    outdated = traitlets.Unicode().tag(sync=True)

    def show(self, png, **told):
        """Show a picture and its words; whatever was outdated is so no more."""
        with self.hold_sync():
            self.png, self.told, self.outdated = png, told, ""


def numbers(readings):
    """Return the first readings as a screen shows them."""
    split = ((one.label, *one.text.partition(", ")) for one in readings)
    return [{"label": label, "number": at, "beside": beside} for label, at, _, beside in split]
