"""The tornado: one bar for each setting, from what becomes of the evening with less of it to what becomes with more."""

from __future__ import annotations

import dataclasses

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, SMALL
from loadbearing.pictures.paper import blank
from loadbearing.pictures.picture import Picture
from loadbearing.units import share

LEFT, RIGHT, BOTTOM, TOP = 0.25, 0.965, 0.095, 0.80
"""The edges of what is drawn, as shares of the figure; the names of the settings stand to the left of it."""

THICK = 0.62


@dataclasses.dataclass(frozen=True)
class Bar:
    """One setting: its name, the share with less of it and with more of it; `pale`: drawn as one to compare with."""

    name: str
    less: float
    more: float
    pale: bool = False

    @property
    def least(self):
        """The worse of the two."""
        return min(self.less, self.more)

    @property
    def most(self):
        """The better of the two."""
        return max(self.less, self.more)


def tornado(as_set, bars, title, asked):
    """Return the picture of several `Bar`s around `as_set`, the share as everything is set; the widest on top.

    `title`: its claim; `asked`: what the shares are of.
    """
    order = sorted(bars, key=lambda one: _reach(one, as_set))
    figure = blank(title, asked)
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    for at, bar in enumerate(order):
        low, high = min(bar.least, as_set), max(bar.most, as_set)
        axes.barh(at, high - low, THICK, left=low, color=PALE if bar.pale else INK)
        worse = bar.less if bar.less < bar.more else bar.more
        if as_set - worse >= 0.05:
            which = "less" if bar.less < bar.more else "more"
            axes.annotate(
                f"{which}: {share(worse)}", (worse, at), (-5, 0), textcoords="offset points", ha="right",
                va="center", fontsize=SMALL, color=GREY if bar.pale else INK,
            )  # fmt: skip
    axes.axvline(as_set, color=INK, lw=1.2)
    axes.set_xlim(-0.25, 1.02)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.set_yticks(range(len(order)), [one.name for one in order])
    axes.xaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: share(x)))
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    for label, bar in zip(axes.get_yticklabels(), order, strict=True):
        label.set_color(GREY if bar.pale else INK)
    data = {
        "least": np.array([one.least for one in order]),
        "most": np.array([one.most for one in order]),
    }
    return Picture(figure, _sentence(as_set, order, asked), title, data)


def _reach(bar, as_set):
    """How far a bar reaches in all."""
    return max(bar.most, as_set) - min(bar.least, as_set)


def _sentence(as_set, order, asked):
    """The picture in words: every setting, the widest first."""
    told = "; ".join(f"{one.name} {share(one.least)} to {share(one.most)}" for one in order[::-1])
    return f"{asked}: {share(as_set)} as everything is set. {told}."
