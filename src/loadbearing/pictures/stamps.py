"""Words drawn once and laid down again: drawing letters is most of the work of a picture that follows a knob."""

from __future__ import annotations

import collections
import functools

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from loadbearing.pictures.ink import DOTS, HIGH, PAPER, WIDE
from loadbearing.pictures.paper import POINTS, text_width
from loadbearing.pictures.picture import drawing

KEPT = 800
AT = 40
"""Words kept; how far from the left edge of its sheet a word is drawn, in pixels."""

Stamp = collections.namedtuple("Stamp", "pixels left up")
"""Pixels (rows, columns, 4) of a word on paper, and how far left of and above its anchor they begin."""


@functools.lru_cache(KEPT)
def stamp(text, size, weight, colour, spacing=1.0, va="baseline"):
    """Return the `Stamp` of a text: size in points, anchored at its left and at its baseline, or as `va` says."""
    with drawing:
        figure = Figure(figsize=(WIDE, HIGH), facecolor=PAPER, dpi=DOTS)
        high = round(HIGH * DOTS)
        figure.text(
            AT / (WIDE * DOTS), 0.5, text, fontsize=size, weight=weight, color=colour,
            linespacing=spacing, va=va,
        )  # fmt: skip
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        drawn = np.asarray(canvas.buffer_rgba()).copy()
    inked = (drawn != drawn[0, 0]).any(axis=2)
    if not inked.any():
        return Stamp(drawn[:0, :0], 0, 0)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    cut = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Stamp(cut.copy(), AT - columns[0], high // 2 - rows[0])


def lay_down(sheet, mark, across, down):
    """Lay a `Stamp` on pixels (rows, columns, 4), its anchor so many pixels from the left and from the top.

    Where both have ink the darker stays; what would stand outside the sheet is cut off.
    """
    top, left = round(down) - mark.up, round(across) - mark.left
    high, wide = mark.pixels.shape[:2]
    over, beside = max(0, -top), max(0, -left)
    place = sheet[max(0, top) : max(0, top + high), max(0, left) : max(0, left + wide)]
    if place.size:
        there = mark.pixels[over : over + place.shape[0], beside : beside + place.shape[1]]
        np.minimum(place, there, out=place)


def lay_lines(sheet, lines, across, down, size, weight, colour, spacing):
    """Lay lines of words on a sheet; the foot of the last line stands so many pixels from the top.

    Lines stand apart as matplotlib sets them: by the height of "lp", the part above the line times `spacing`.
    """
    tall, hangs = (one * DOTS / POINTS for one in _tall(size, weight))
    gap = text_width("a a", size, weight) - text_width("aa", size, weight)
    for at, line in enumerate(lines):
        baseline = down - hangs - (len(lines) - 1 - at) * ((tall - hangs) * spacing + hangs)
        along = 0.0
        for one in line.split(" "):
            lay_down(
                sheet, stamp(one, size, weight, colour), across + along * DOTS / POINTS, baseline
            )
            along += text_width(one, size, weight) + gap


@functools.cache
def _tall(size, weight):
    """Return (height, what of it hangs below the line) of "lp", in points."""
    font = FontProperties(size=size, weight=weight)
    with drawing:
        return text_to_path.get_text_width_height_descent("lp", font, ismath=False)[1:]
