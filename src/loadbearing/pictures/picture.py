"""A picture: a figure, the sentence that says what it shows, and the numbers behind it."""

from __future__ import annotations

import dataclasses
import functools
import io
import threading
from collections.abc import Mapping

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from loadbearing.pictures.ink import DOTS, FEW_SHADES, MOST_BYTES, SHADES, WIDE, palette

PIXELS = round(WIDE * DOTS)
SHOWN = round(WIDE * 100)
"""How wide a picture is kept, and how wide it is shown."""

drawing = threading.RLock()
"""matplotlib lays out text with shared fonts: one picture is drawn at a time."""


@dataclasses.dataclass(frozen=True, eq=False)
class Picture:
    """A figure, the sentence that says what it shows, its title, and `data`: what is drawn, arrays by name."""

    figure: Figure
    sentence: str
    title: str
    data: Mapping = dataclasses.field(default_factory=dict)

    def png(self, look="light", width=PIXELS):
        """Return the picture as PNG bytes, `width` pixels wide: few colours, the same bytes every time.

        `look`: "light", "dark" for a dark page, or "grey" as a printer without colour shows it; `ValueError` for
        any other. At the usual width at most `MOST_BYTES`.
        """
        from PIL import Image

        palette(look)  # an unknown look is refused before anything is drawn
        with drawing:
            canvas = FigureCanvasAgg(self.figure)
            self.figure.set_dpi(width / self.figure.get_figwidth())
            canvas.draw()
            drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
        for shades, packed in ((SHADES, 6), (FEW_SHADES, 9)):
            few = drawn.quantize(palette=_colours(shades), dither=Image.Dither.NONE)
            few.putpalette(palette(look, shades).tobytes())
            file = io.BytesIO()
            few.save(file, "PNG", compress_level=packed)
            if file.tell() <= MOST_BYTES:
                break
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        about = {"image/png": {"alt": self.sentence, "width": SHOWN}}
        return {"text/plain": self.sentence, "image/png": self.png()}, about

    def __repr__(self):
        return self.sentence


@functools.cache
def _colours(shades):
    """The colours of a picture as the image library wants them."""
    from PIL import Image

    image = Image.new("P", (1, 1))
    image.putpalette(palette(shades=shades).tobytes())
    return image
