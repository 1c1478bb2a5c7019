"""The load lines of a launch, weather by weather, against the crowd that is expected."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import blank, number, short, wrapped
from loadbearing.pictures.picture import Picture
from loadbearing.units import people

LEFT, RIGHT, BOTTOM, TOP = 0.285, 0.80, 0.165, 0.745
"""The edges of what is drawn, as shares of the figure; names stand to the left of it, numbers to the right."""

THICK = 0.56
FARTHEST = 2.5
"""How far the picture reaches, as a multiple of the largest crowd that is thought of; a longer bar ends in a point."""


@dataclasses.dataclass(frozen=True)
class Reach:
    """The load line in one weather: its name, the crowd (people), and the interval `low` to `high` around it.

    `high` is inf where nothing bounds it. `said`: crowd, low and high in the caller's own rounding, or ().
    """

    name: str
    crowd: float
    low: float
    high: float
    said: tuple = ()

    def carries(self, expected):
        """Return whether so many people stay below the line."""
        return self.crowd >= expected

    @property
    def line(self):
        """The line in words."""
        return self.said[0] if self.said else people(self.crowd)

    @property
    def interval(self):
        """The interval in words.

        >>> Reach("calm", 900, 800, 1000).interval, Reach("calm", 900, 800, math.inf).interval
        ('800 to 1,000', '800 or more')
        """
        low = self.said[1] if self.said else people(self.low)
        if math.isinf(self.high):
            return f"{low} or more"
        return f"{low} to {self.said[2] if self.said else people(self.high)}"


def load_lines(reaches, expected, low=None, high=None):
    """Return the picture of a `Reach` for each weather against the crowd expected; the first stands on top.

    `low`, `high`: the crowd in the bad and in the good case, or None. Raises `ValueError` without a weather.
    """
    if not reaches:
        raise ValueError("reaches is empty; give the load line of at least one weather.")
    thought_of = [expected, *(one for one in (low, high) if one)]
    most = max(
        max(one.high if math.isfinite(one.high) else one.crowd for one in reaches), *thought_of
    )
    right = 1.06 * min(most, FARTHEST * max(thought_of))
    title = _claim(reaches, expected)
    figure = blank(title, "People whom the launch carries as promised")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(0, right)
    axes.set_ylim(len(reaches) - 0.45, -0.55)
    if low and high:
        axes.axvspan(low, high, color=MIST, linewidth=0, zorder=0)
    for row, one in enumerate(reaches):
        _bar(axes, row, one, expected, right)
    axes.axvline(expected, color=INK, lw=1.6, ls=(0, (5, 2)), zorder=3)
    axes.annotate(
        f"expected: {people(expected)}", (expected, 1), (0, 4), xycoords=("data", "axes fraction"),
        textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, weight="bold",
        color=INK,
    )  # fmt: skip
    names = [wrapped(one.name, SMALL, "normal", LEFT - 0.03) for one in reaches]
    axes.set_yticks(range(len(reaches)), names)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.tick_params(axis="y", colors=INK)
    if low and high:
        figure.text(
            0.02, 0.028, f"Grey band: {people(low)} in the bad case, {people(high)} in the good case",
            fontsize=SMALL, color=GREY, va="center",
        )  # fmt: skip
    data = {
        name: np.array([getattr(one, name) for one in reaches]) for name in ("crowd", "low", "high")
    }
    return Picture(figure, _told(reaches, expected, low, high), title, data)


def _bar(axes, row, one, expected, right):
    """One weather: a bar as long as its line, dark where it falls short, its interval, and its number."""
    end = min(one.crowd, right)
    axes.barh(row, end, THICK, color=PALE if one.carries(expected) else INK, zorder=1)
    if one.crowd > right:
        axes.plot([right], [row], ">", ms=13, color=PALE, zorder=4, clip_on=False)
    else:
        for width, colour in ((4.5, PAPER), (1.8, INK)):
            axes.plot([one.low, min(one.high, right)], [row, row], color=colour, lw=width, zorder=4)
    axes.annotate(
        one.line, (1, row), (14 if one.crowd > right else 8, 0),
        xycoords=("axes fraction", "data"), textcoords="offset points", va="center", fontsize=SMALL, color=INK,
        weight="normal" if one.carries(expected) else "bold",
    )  # fmt: skip


def _claim(reaches, expected):
    """In how many weathers the launch falls short."""
    short_of = sum(not one.carries(expected) for one in reaches)
    if short_of == 0:
        every = "every weather" if len(reaches) > 1 else f"the weather {reaches[0].name}"
        return f"In {every} the launch carries the {people(expected)} expected"
    many = f"{number(short_of)} of {number(len(reaches))} weathers"
    many = "every weather" if short_of == len(reaches) else many
    return f"In {many} the launch carries fewer than the {people(expected)} expected"


def _told(reaches, expected, low, high):
    """The picture in words: every line with its interval, and the crowd."""
    lines = "; ".join(f"{one.name} {one.line} ({one.interval})" for one in reaches)
    cases = (
        f", {people(low)} in the bad case and {people(high)} in the good case"
        if low and high
        else ""
    )
    return f"Load lines, with their intervals: {lines}. Expected: {people(expected)}{cases}."
