"""The premortem of a launch as a picture: what may go wrong, whom it keeps from what was promised, what that costs."""

from __future__ import annotations

import dataclasses

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import blank, number, short, wrapped
from loadbearing.pictures.picture import Picture
from loadbearing.units import people

LEFT, RIGHT, BOTTOM, TOP = 0.36, 0.72, 0.105, 0.80
"""The edges of what is drawn, as shares of the figure; names stand to the left of it, costs to the right."""

THICK = 0.58
MOST = 7
"""As many troubles as can be told apart; the costliest are drawn."""


@dataclasses.dataclass(frozen=True)
class Loss:
    """One trouble: its name, people not in as promised (typically, at least, at most), what that costs in dollars."""

    name: str
    typical: float
    low: float
    high: float
    cost: float


def premortem(losses):
    """Return the picture of each `Loss`, the costliest on top.

    Raises `ValueError` without one.
    """
    if not losses:
        raise ValueError("losses is empty; give at least one trouble.")
    drawn = sorted(losses, key=lambda one: -one.cost)[:MOST]
    title = _claim(drawn[0])
    figure = blank(title, "People not in as promised, and what that costs (dollars)")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    most = max(1.0, *(one.high for one in drawn))
    axes.set_xlim(0, 1.02 * most)
    axes.set_ylim(max(len(drawn), 3) - 0.4, -0.6)
    for row, one in enumerate(drawn):
        axes.barh(row, one.typical, THICK, color=PALE if row else INK, zorder=1)
        for width, colour in ((4.5, PAPER), (1.8, INK)):
            axes.plot([one.low, one.high], [row, row], color=colour, lw=width, zorder=4)
        axes.annotate(
            f"{one.cost:,.0f}", (1, row), (6, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", fontsize=SMALL, color=INK,
            weight="normal" if row else "bold",
        )  # fmt: skip
    names = [wrapped(one.name, SMALL, "normal", LEFT - 0.035) for one in drawn]
    axes.set_yticks(range(len(drawn)), names)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.tick_params(axis="y", colors=INK)
    data = {
        name: np.array([getattr(one, name) for one in drawn])
        for name in ("typical", "low", "high", "cost")
    }
    return Picture(figure, _told(drawn, len(losses)), title, data)


def _claim(costliest):
    """What costs most."""
    if costliest.cost <= 0:
        return "None of the troubles tried costs anything"
    return f"Costliest: {costliest.name}, {people(costliest.typical)} not in as promised"


def _told(drawn, tried):
    """The picture in words: every trouble drawn, the costliest first."""
    told = "; ".join(
        f"{one.name}, {people(one.typical)} ({people(one.low)} to {people(one.high)}), "
        f"{one.cost:,.0f} dollars"
        for one in drawn
    )
    left = (
        f" The {number(len(drawn))} costliest of {number(tried)} are drawn."
        if tried > len(drawn)
        else ""
    )
    return f"People not in as promised, with the range, and the cost: {told}.{left}"
