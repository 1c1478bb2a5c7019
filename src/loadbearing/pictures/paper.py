"""A sheet to draw on: the claim on top, what is counted under it, clock times below."""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import functools

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import (
    GREY,
    HIGH,
    INK,
    MIST,
    PAPER,
    SMALL,
    TITLE,
    WIDE,
)
from loadbearing.pictures.picture import drawing
from loadbearing.units import clock, people, share
from loadbearing.words import word

POINTS = 72
"""Points to the inch: sizes of letters are in points."""

LEFT, RIGHT, BOTTOM, TOP = 0.125, 0.845, 0.145, 0.80
"""The edges of what is drawn, as shares of the figure; names stand to the right of it."""


@dataclasses.dataclass(frozen=True)
class Size:
    """How large a picture is drawn, in inches, and the edges of what is drawn, as shares of that.

    `marks`: so many clock times at most, less one; `spare`: without its claim and the name of the time axis, which then
    stand beside the picture. Letters keep their size.
    """

    wide: float = WIDE
    high: float = HIGH
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM
    top: float = TOP
    marks: int = 5
    spare: bool = False


USUAL = Size()
PHONE = Size(3.75, 2.35, 0.145, 0.765, 0.125, 0.86, 4, True)
"""As wide as a phone: an inch is shown as about a hundred pixels, as in the usual size."""

_size = contextvars.ContextVar("size", default=USUAL)


@contextlib.contextmanager
def drawn_for(size):
    """Within this context pictures on `paper` are drawn in another `Size`."""
    before = _size.set(size)
    try:
        yield
    finally:
        _size.reset(before)


def is_spare():
    """Whether pictures are drawn without their claim now: small, so that names must make way for lines."""
    return _size.get().spare


STEPS_S = (1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400)

SHORT_S = 600
"""In an evening shorter than this a clock time needs its seconds."""


def paper(title, axis, left_s, right_s):
    """Return (figure, axes): claim on top, what is counted under it, clock times below."""
    figure, size = blank(title, axis), _size.get()
    edges = size.left, size.bottom, size.right - size.left, size.top - size.bottom
    axes = ruled(figure.add_axes(edges))
    clock_axis(axes, left_s, right_s, named=not size.spare)
    return figure, axes


def blank(title, axis):
    """Return a figure with a claim of at most two lines on top and, under it, what is counted."""
    size = _size.get()
    figure = Figure(figsize=(size.wide, size.high), facecolor=PAPER)
    claim, below = ("", 0.985) if size.spare else (wrapped(title), 0.862)
    figure.text(
        0.02, 0.878, claim, fontsize=TITLE, weight="bold", color=INK, va="bottom", linespacing=1.1
    )
    figure.text(0.02, below, axis, fontsize=SMALL, color=GREY, va="top", linespacing=1.1)
    return figure


def ruled(axes):
    """Return axes as every picture has them: a line below, pale lines across, five round counts."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.grid(axis="y", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.tick_params(axis="x", pad=8)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: short(y)))
    return axes


def shares_up(axes, top=1.05):
    """Let the axis that goes up run from none to all of something."""
    axes.set_ylim(0, top)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: share(min(max(y, 0), 1))))


def clock_axis(axes, left_s, right_s, named=True):
    """Put clock times under the picture, at most six (one more than the size's `marks`), at round times."""
    axes.set_xlim(left_s, right_s)
    step = next(
        (one for one in STEPS_S if (right_s - left_s) / one <= _size.get().marks), STEPS_S[-1]
    )
    marks = np.arange(np.ceil(left_s / step) * step, right_s + 1e-9, step)
    if step < 60:
        marks = marks[:: max(1, -(-len(marks) // 3))]
    axes.xaxis.set_major_locator(FixedLocator(marks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: clock(x)))
    if named:
        axes.set_xlabel(word("clock_time").axis, fontsize=SMALL, color=GREY)


def minutes_axis(axes):
    """Put minutes from nothing to an hour under the picture."""
    axes.xaxis.set_major_locator(FixedLocator(np.arange(0, 3601, 600)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 60:.0f}"))
    axes.set_xlabel(
        f"{word('time_to_join').name.capitalize()} (minutes)", fontsize=SMALL, color=GREY
    )


def short(count):
    """A tick: 250 k, 1 M.

    >>> short(250_000), short(1_500_000), short(40)
    ('250 k', '1.5 M', '40')
    """
    if count >= 1e6:
        return f"{count / 1e6:g} M"
    return f"{count / 1e3:g} k" if count >= 1e3 else f"{count:g}"


def number(count):
    """A small number in letters.

    >>> number(0), number(4), number(24)
    ('no', 'four', '24')
    """
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[count] if count < len(words) else str(count)


def are(count):
    """A head-count with its verb.

    >>> are(1), are(915_000)
    ('1 is', '915,000 are')
    """
    said = people(count)
    return f"{said} {'is' if said == '1' else 'are'}"


def none_or(count):
    """A small number in letters, as it stands before "of them".

    >>> none_or(0), none_or(2)
    ('none', 'two')
    """
    return number(count) if count else "none"


def wrapped(text, size=TITLE, weight="bold", wide=0.965):
    """Return a text in as few lines as fit into this share of the figure's width, all about equally long."""
    most = wide * _size.get().wide * POINTS
    lines = _filled(text, size, weight, most)
    for narrower in np.arange(most, most / 2, -10.0):
        if len(_filled(text, size, weight, narrower)) > len(lines):
            break
        lines = _filled(text, size, weight, narrower)
    return "\n".join(lines)


def _filled(text, size, weight, most):
    lines = [""]
    for one in text.split(" "):
        longer = f"{lines[-1]} {one}".strip()
        if text_width(longer, size, weight) <= most:
            lines[-1] = longer
        else:
            lines.append(one)
    return lines


def about(t, length_s):
    """Return the time `t` as one says it: to the minute, unless the whole evening is only a few minutes long.

    >>> about(4185, 7200), about(25, 90)
    ('21:10', '20:00:25')
    """
    return clock(t if length_s < SHORT_S else round(t / 60) * 60)


@functools.lru_cache(4096)
def text_width(text, size=SMALL, weight="normal"):
    """Return how wide a text is, in points; of several lines the widest."""
    font = FontProperties(size=size, weight=weight)
    with drawing:
        return max(
            text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
            for line in text.split("\n")
        )
