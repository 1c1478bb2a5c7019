"""The picture of the room while a knob is dragged: fixed axes, and only what moves is drawn again.

What stands still (axes, other evenings, the run before) is drawn once and kept. For each new curve the kept sheet is
laid back, and the line, the published counts on it, the claim and the names at the right are drawn over it. The
picture is the one of `listeners_in_the_room`, on axes that hold the whole crowd, so that nothing jumps.
"""

from __future__ import annotations

import dataclasses
import functools
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
from loadbearing.words import word

EVERY_S = 20
"""Seconds between two points of a line: finer than a pixel of the picture would not be seen."""

HEADROOM = 1.08
QUICK = 1
"""How hard the bytes of a picture are packed: it lives for a moment, and time matters more than size."""


@dataclasses.dataclass(frozen=True)
class Frame:
    """One picture of the room: PNG bytes, the sentence that says it, its title, and where the time went.

    `took`: seconds, by "draw" and "encode".
    """

    bytes: bytes
    sentence: str
    title: str
    took: dict

    def png(self):
        """Return the picture as PNG bytes."""
        return self.bytes


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
        self.names = [self._name(text, colour) for _, text, colour in self._named(None)]
        self.claim.set_animated(True)
        self.canvas = FigureCanvasAgg(self.figure)
        self.figure.set_dpi(DOTS)
        self.canvas.draw()
        self.sheet = self.canvas.copy_from_bbox(self.figure.bbox)

    def _name(self, text, colour):
        return self.axes.annotate(
            text, (self.ends_s, 0), (6, 0), textcoords="offset points", fontsize=SMALL, color=colour,
            va="center", weight="bold" if colour == INK else "normal", linespacing=SPACING,
            annotation_clip=False, animated=True,
        )  # fmt: skip

    def _named(self, now):
        """Names at the right: (height, text, colour) of each line; `now` None where only the names are asked for."""
        named = [(now.at(self.ends_s) if now else 0.0, "this\nevening", INK)]
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
        with drawing:
            self._move(now, title)
            self.canvas.restore_region(self.sheet)
            for artist in (self.line, *self.over, *self.names, self.claim):
                self.figure.draw_artist(artist)
            inked = np.asarray(self.canvas.buffer_rgba())[..., 1].copy()
        drawn = time.perf_counter()
        packed = png(nearest_shade()[inked], palette())
        took = {"draw": drawn - began, "encode": time.perf_counter() - drawn}
        return Frame(packed, room_sentence(now, self.points, met, self.band), title, took)

    def _move(self, now, title):
        seen = thinned(now)
        self.line.set_data(seen.times_s, seen.count)
        self.claim.set_text(in_lines(title))
        named = self._named(now)
        order = sorted(range(len(named)), key=lambda at: named[at][0])
        heights = apart([named[at][0] for at in order], self.axes.get_ylim()[1], 1.75)
        for at, height in zip(order, heights, strict=True):
            self.names[at].xy = (self.ends_s, height)


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


def png(numbers, colours):
    """Return a PNG of numbers of colours: `numbers` (rows, columns) of bytes, `colours` (at most 256, 3).

    Written out here because the image library takes several times as long (PNG specification, W3C, third edition).
    """
    high, wide = numbers.shape
    lines = np.empty((high, wide + 1), np.uint8)
    lines[:, 0] = 0
    lines[:, 1:] = numbers
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
        (b"PLTE", np.ascontiguousarray(colours, np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), QUICK)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, held) for kind, held in parts)


def _chunk(kind, held):
    check = struct.pack(">I", zlib.crc32(kind + held))
    return struct.pack(">I", len(held)) + kind + held + check
