"""The picture of the room while a knob is dragged: fixed axes, and only what moves is drawn again.

What stands still (axes, other evenings, the run before) is drawn once and kept. For each new curve the kept sheet is
laid back, and the line, the published counts on it, the claim and the names at the right are drawn over it. The
picture is the one of `listeners_in_the_room`, on axes that hold the whole crowd, so that nothing jumps.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import struct
import time
import zlib

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from loadbearing.pictures.curves import Curve
from loadbearing.pictures.ink import (
    DASHED,
    DOTS,
    GREY,
    INK,
    MIST,
    PALE,
    SMALL,
    TITLE,
    WIDE,
    palette,
)
from loadbearing.pictures.labels import SPACING, apart, point_to
from loadbearing.pictures.listeners import draw_point, room_claim, room_sentence
from loadbearing.pictures.paper import POINTS, paper, text_width
from loadbearing.pictures.picture import drawing
from loadbearing.pictures.stamps import lay_down, lay_lines, stamp
from loadbearing.words import word

EVERY_S = 20
"""Seconds between two points of a line: finer than a pixel of the picture would not be seen."""

HEADROOM = 1.08
CLAIM_SPACING, BESIDE = 1.1, 6
"""Distance of the claim's lines, as `paper` sets them; points between the end of a line and its name."""

NUMBERS = itertools.count(1)
"""Each sheet has its own number, by which a screen knows whether it has it already."""

QUICK = 1
"""How hard the bytes of a picture are packed: it lives for a moment, and time matters more than size."""


@dataclasses.dataclass(frozen=True, eq=False)
class Frame:
    """One picture of the room: what it changes on its sheet, the sentence that says it, its title, where time went.

    `sheet`: the `Sheet` it is drawn on; `places`: positions (n,) of the pixels that differ from it, row by row;
    `shades`: their colours (n,) as numbers of the palette. `took`: seconds, by "draw" and "encode".
    """

    sheet: Sheet
    places: np.ndarray
    shades: np.ndarray
    sentence: str
    title: str
    took: dict

    def png(self):
        """Return the picture as PNG bytes."""
        whole = self.sheet.shades.copy()
        whole.reshape(-1)[self.places] = self.shades
        return png(whole, palette())

    def over(self):
        """Return what it changes as bytes: all positions (four bytes each, the least first), then all colours."""
        return self.places.astype("<u4").tobytes() + self.shades.tobytes()


@dataclasses.dataclass(frozen=True, eq=False)
class Sheet:
    """What stands still: its colours (rows, columns) as numbers of the palette, and the same in ink as drawn."""

    number: int
    shades: np.ndarray
    inked: np.ndarray

    @functools.cached_property
    def png(self):
        """The sheet as PNG bytes."""
        return png(self.shades, palette())


class LiveRoom:
    """A sheet for curves of listeners in the room, drawn in place.

    `points`: the record's `ListenerPoint`s; `band`: a `Band` of other evenings; `before`: (`Curve`, name) drawn as a
    ghost behind; `starts_s`, `ends_s`: the evening; `most`: how many people the axis must hold.
    """

    def __init__(self, starts_s, ends_s, most, points=(), band=None, before=None):
        self.points = [one for one in points if starts_s <= one.t <= ends_s]
        self.band, self.before, self.ends_s = band, before, ends_s
        with drawing:
            self._lay_out(starts_s, most)

    def _lay_out(self, starts_s, most):
        """Draw what stands still and keep it; make what moves."""
        self.figure, axes = paper(
            "", word("listeners_in_the_room").axis, float(starts_s), float(self.ends_s)
        )
        self.axes = axes
        axes.set_ylim(0, HEADROOM * max(1.0, most))
        self.claim = self.figure.texts[0]
        if self.band:
            axes.fill_between(
                self.band.times_s, self.band.low, self.band.high, color=MIST, linewidth=0
            )
        if self.before:
            ghost = thinned(self.before[0])
            axes.plot(ghost.times_s, ghost.count, color=PALE, lw=1.6, ls=DASHED)
        (self.line,) = axes.plot([], [], color=INK, lw=2.6, solid_capstyle="round", animated=True)
        still = set(axes.get_children())
        for point in self.points:
            draw_point(axes, point)
        self.over = [one for one in axes.get_children() if one not in still]
        for one in self.over:
            one.set_animated(True)
        if self.points:
            point_to(axes, self.points[0], "published\ncounts")
        self.claim.set_text("")
        self.canvas = FigureCanvasAgg(self.figure)
        self.figure.set_dpi(DOTS)
        self.canvas.draw()
        self.blank = self.canvas.copy_from_bbox(self.figure.bbox)
        inked = np.asarray(self.canvas.buffer_rgba())
        self.sheet = Sheet(next(NUMBERS), nearest_shade()[inked[..., 1]], packed(inked).copy())

    def _named(self, now):
        """Names at the right: (height, text, colour) of each line."""
        named = [(now.at(self.ends_s), "this\nevening", INK)]
        if self.band:
            text = f"{self.band.number} other\nevenings"
            named.append((sum(self.band.at(self.ends_s)) / 2, text, GREY))
        if self.before:
            named.append((self.before[0].at(self.ends_s), self.before[1], GREY))
        return named

    def draw(self, now):
        """Return the `Frame` of a `Curve`."""
        began = time.perf_counter()
        title, met = room_claim(now, self.points)
        seen = thinned(now)
        with drawing:
            self.line.set_data(seen.times_s, seen.count)
            self.canvas.restore_region(self.blank)
            for artist in (self.line, *self.over):
                self.figure.draw_artist(artist)
            inked = np.asarray(self.canvas.buffer_rgba())
            self._write(inked, now, title)
            places = np.flatnonzero(packed(inked) != self.sheet.inked)
            green = inked.reshape(-1, 4)[places, 1]
        drawn = time.perf_counter()
        shades = nearest_shade()[green]
        took = {"draw": drawn - began, "encode": time.perf_counter() - drawn}
        sentence = room_sentence(now, self.points, met, self.band)
        return Frame(self.sheet, places, shades, sentence, title, took)

    def _write(self, inked, now, title):
        """Write the claim, and the names of the lines at their heights."""
        high, wide = inked.shape[:2]
        across, foot = self.claim.get_position()
        lay_lines(
            inked, in_lines(title).split("\n"), across * wide, (1 - foot) * high, TITLE, "bold", INK,
            CLAIM_SPACING,
        )  # fmt: skip
        named = sorted(self._named(now))
        heights = apart([one[0] for one in named], self.axes.get_ylim()[1], 1.75)
        for (_, text, colour), height in zip(named, heights, strict=True):
            right, up = self.axes.transData.transform((self.ends_s, height))
            weight = "bold" if colour == INK else "normal"
            mark = stamp(text, SMALL, weight, colour, SPACING, "center")
            lay_down(inked, mark, right + BESIDE * DOTS / POINTS, high - up)


def packed(pixels):
    """Return pixels (rows, columns, 4) of bytes as one whole number each, row by row."""
    return pixels.reshape(-1, 4).view(np.uint32)[:, 0]


def in_lines(claim, wide=0.95):
    """Return a claim in lines at most this share of the picture wide; the width of each word is measured once."""
    space, most = (
        text_width("a a", TITLE, "bold") - text_width("aa", TITLE, "bold"),
        wide * WIDE * POINTS,
    )
    lines, at = [""], 0.0
    for one in claim.split(" "):
        width = text_width(one, TITLE, "bold")
        if lines[-1] and at + space + width > most:
            lines.append(one)
            at = width
        else:
            lines[-1] = f"{lines[-1]} {one}".strip()
            at += space + width
    return "\n".join(lines)


def thinned(curve, every_s=EVERY_S):
    """Return a curve with a point every so many seconds, the last one included."""
    step = max(1, round(every_s / max(1e-9, float(np.median(np.diff(curve.times_s))))))
    at = np.unique(np.append(np.arange(0, len(curve.times_s), step), len(curve.times_s) - 1))
    return Curve(curve.times_s[at], curve.count[at])


@functools.cache
def nearest_shade():
    """Return for each amount of green, 0 to 255, the number of the nearest grey of the palette.

    The picture of the room is drawn in greys alone, so that one channel tells them apart.
    """
    colours = palette().astype(int)
    grey = colours.max(axis=1) - colours.min(axis=1) <= 16
    places = np.flatnonzero(grey)
    far = np.abs(np.arange(256)[:, None] - colours[places, 1][None, :])
    return places[far.argmin(axis=1)].astype(np.uint8)


def png(numbers, colours, hard=QUICK):
    """Return a PNG of numbers of colours: `numbers` (rows, columns) of bytes, `colours` (at most 256, 3).

    `hard`: how hard it is packed, 1 to 9.
    Written out here because the image library takes several times as long (PNG specification, W3C, third edition).
    """
    high, wide = numbers.shape
    lines = np.empty((high, wide + 1), np.uint8)
    lines[:, 0] = 0
    lines[:, 1:] = numbers
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
        (b"PLTE", np.ascontiguousarray(colours, np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), hard)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, held) for kind, held in parts)


def _chunk(kind, held):
    check = struct.pack(">I", zlib.crc32(kind + held))
    return struct.pack(">I", len(held)) + kind + held + check
