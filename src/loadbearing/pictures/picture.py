"""A picture: a figure and the sentence that says what it shows."""

from __future__ import annotations

import dataclasses
import io
import threading

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from loadbearing.pictures.ink import DOTS, MOST_BYTES, WIDE

_drawing = threading.Lock()
"""matplotlib lays out text with shared fonts: one picture is drawn at a time."""


@dataclasses.dataclass(frozen=True, eq=False)
class Picture:
    """A figure and the sentence that says what it shows."""

    figure: Figure
    sentence: str
    title: str

    def png(self, dots=DOTS):
        """Return the picture as PNG bytes: few colours, at most 30 kB, the same bytes every time."""
        from PIL import Image

        with _drawing:
            canvas = FigureCanvasAgg(self.figure)
            self.figure.set_dpi(dots)
            canvas.draw()
            drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
        for colours in (32, 16, 8):
            file = io.BytesIO()
            palette = drawn.quantize(colours, dither=Image.Dither.NONE)
            palette.save(file, "PNG", optimize=True)
            if file.tell() <= MOST_BYTES:
                break
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        about = {"image/png": {"alt": self.sentence, "width": round(WIDE * 100)}}
        return {"text/plain": self.sentence, "image/png": self.png()}, about

    def __repr__(self):
        return self.sentence
