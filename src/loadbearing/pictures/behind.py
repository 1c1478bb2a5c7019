"""Any picture on a screen: another run drawn pale behind it, and its bytes made quickly."""

from __future__ import annotations

import dataclasses
import functools
import time

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from loadbearing.pictures.ink import DASHED, DOTS, GREY, PALE, SMALL, palette
from loadbearing.pictures.labels import name_again
from loadbearing.pictures.live import png
from loadbearing.pictures.picture import Picture, drawing

GHOST = "behind"
ROOM = 1.03
"""How much higher than the lines behind the axis must reach."""

LEVELS = 32
"""How many steps of each of red, green and blue are told apart when the nearest colour of the palette is looked up."""


@dataclasses.dataclass(frozen=True, eq=False)
class Drawn:
    """A `Picture` made for a screen, and where the time went: seconds, by "draw" and "encode"."""

    picture: Picture
    bytes: bytes
    took: dict

    @property
    def sentence(self):
        """The sentence that says the picture."""
        return self.picture.sentence

    @property
    def title(self):
        """The claim of the picture."""
        return self.picture.title

    def png(self):
        """Return the picture as PNG bytes."""
        return self.bytes


def drawn(make, run, each=1.0, behind=None, name=""):
    """Return the `Drawn` of a run: `make(run, each)` returns its `Picture`.

    `behind`: another `Drawn` of the same kind, whose lines are laid behind these; `name`: what it is.
    """
    began = time.perf_counter()
    with drawing:
        picture = make(run, each)
        if behind is not None:
            lay_behind(picture, behind.picture, name)
        made = time.perf_counter()
        held = quick_png(picture)
    took = {"draw": made - began, "encode": time.perf_counter() - made}
    return Drawn(picture, held, took)


def lay_behind(picture, other, name):
    """Draw the lines of another picture pale behind those of this one, and write beside the axis what they are."""
    for axes, old in zip(picture.figure.axes, other.figure.axes, strict=False):
        lines = [
            line for line in old.get_lines()
            if line.get_gid() != GHOST and len(line.get_xdata()) > 1
        ]  # fmt: skip
        for line in lines:
            axes.plot(
                line.get_xdata(), line.get_ydata(), color=PALE, lw=1.6, ls=DASHED, gid=GHOST,
                zorder=1.5, scalex=False, scaley=False,
            )  # fmt: skip
        top = ROOM * max((np.nanmax(line.get_ydata(), initial=0.0) for line in lines), default=0.0)
        if top > axes.get_ylim()[1]:
            axes.set_ylim(top=top)
            name_again(axes)
    name_behind(picture, name)


def name_behind(picture, name):
    """Write beside the axis of a picture what is drawn pale behind it."""
    picture.figure.text(
        0.98, 0.862, f"pale: {name}", fontsize=SMALL, color=GREY, va="top", ha="right"
    )


def quick_png(picture):
    """Return a picture as PNG bytes in the colours of the palette: larger than `Picture.png`, and sooner there."""
    figure = picture.figure
    with drawing:
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(DOTS)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())
        red, green, blue = (pixels[..., at].astype(np.int32) * LEVELS // 256 for at in range(3))
    return png(nearest()[(red * LEVELS + green) * LEVELS + blue], palette())


@functools.cache
def nearest():
    """Return the number of the nearest colour of the palette for each of 32 x 32 x 32 colours."""
    steps = (np.arange(LEVELS) + 0.5) * 256 / LEVELS
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    colours = palette().astype(float)
    found = [
        ((part - colours) ** 2).sum(axis=-1).argmin(axis=-1) for part in np.array_split(grid, 32)
    ]
    return np.concatenate(found).astype(np.uint8)
