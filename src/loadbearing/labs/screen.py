"""The picture of a lab on the screen, with its three numbers and its caption: sent together, shown together."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

from loadbearing.pictures.ink import palette
from loadbearing.pictures.live import NUMBERS, Frame

HERE = pathlib.Path(__file__).parent


class Screen(anywidget.AnyWidget):
    """What a lab shows of one run. `busy` and `outdated` are sentences, empty for none.

    `png` is a picture, or the sheet under one; `over`: positions of pixels on it (four bytes each, the least first) and
    then their colours, as numbers of `colours` (three bytes each).
    `told` holds all words of the picture: `sheet` (the number of `png`), `sentence` (its alt text), `caption` (lines),
    `numbers` (label, number, what stands beside it), `shows` (where the knobs stand), `resting` (whether a screen
    reader should hear it), and `marks` (when what happened, in milliseconds).
    """

    _esm = (HERE / "screen.js").read_text(encoding="utf-8")
    _css = (HERE / "screen.css").read_text(encoding="utf-8")
    png = traitlets.Bytes().tag(sync=True)
    over = traitlets.Bytes().tag(sync=True)
    colours = traitlets.Bytes(palette().tobytes()).tag(sync=True)
    told = traitlets.Dict().tag(sync=True)
    busy = traitlets.Unicode().tag(sync=True)
    outdated = traitlets.Unicode().tag(sync=True)

    def show(self, picture, **told):
        """Show a picture and its words; whatever was outdated is so no more.

        Of a `Frame` the sheet is sent once, and then only what each frame changes on it.
        """
        if isinstance(picture, Frame):
            png, over, number = picture.sheet.png, picture.over(), picture.sheet.number
        else:
            png, over, number = picture.png(), b"", next(NUMBERS)
        with self.hold_sync():
            self.png, self.over, self.outdated = png, over, ""
            self.told = told | {"sheet": number}


def words(bench, sight):
    """Return the words of a sight as a screen shows them: sentence, caption, numbers, and where the knobs stand."""
    told = bench.told(sight.trial.settings)
    caption = [
        f"{told}. {bench.size(sight.trial)}".strip(),
        sight.picture.sentence,
        bench.changed(sight),
    ]
    return {
        "sentence": sight.picture.sentence,
        "caption": [one for one in caption if one],
        "numbers": numbers(sight.first),
        "shows": told,
    }


def numbers(readings):
    """Return the first readings as a screen shows them."""
    split = ((one.label, *one.text.partition(", ")) for one in readings)
    return [{"label": label, "number": at, "beside": beside} for label, at, _, beside in split]
