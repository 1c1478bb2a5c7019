"""The picture of several ways to do one thing: a row each, a dot for every evening."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import blank, number, paper
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people, share

LEFT, WIDTH, LOW, HEIGHT = 0.29, 0.60, 0.07, 0.72


def ways_side_by_side(ways, axis, enough):
    """Return the picture of some ways, each on many evenings: a row a way, a dot an evening, the middling one marked.

    `ways`: {name: shares, one an evening}; `axis`: what the shares are of; `enough`: the share that a way should reach.
    Raises `ValueError` without a way, or for a way without an evening.
    """
    if not ways or not all(len(values) for values in ways.values()):
        raise ValueError("ways is empty, or one of them is; give at least one evening for each.")
    sure = [name for name, values in ways.items() if min(values) >= enough]
    verb = "reaches" if len(sure) == 1 else "reach"
    title = f"{number(len(sure)).capitalize()} of {number(len(ways))} ways {verb} {share(enough)} on every evening"
    figure = blank(title, axis)
    axes = figure.add_axes((LEFT, LOW, WIDTH, HEIGHT))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.axvline(enough, color=PALE, lw=1.4, zorder=1)
    for row, values in enumerate(ways.values()):
        middle = float(np.median(values))
        axes.plot([min(values), max(values)], [row, row], color=PALE, lw=2.2, zorder=2)
        axes.plot(
            values, [row] * len(values), "o", ms=5, mfc=PAPER, mec=GREY, mew=1.0, clip_on=False
        )
        axes.plot([middle], [row], "D", ms=8, color=INK, clip_on=False, zorder=4)
        axes.text(
            1.05,
            row,
            f"{100 * middle:.0f} %",
            fontsize=SMALL,
            color=INK,
            va="center",
            weight="bold",
        )
    axes.set_xlim(0, 1.0)
    axes.set_ylim(len(ways) - 0.4, -0.6)
    axes.set_yticks(range(len(ways)), list(ways))
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=8)
    axes.xaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: share(x)))
    return Picture(
        figure, _sentence(ways, axis), title, {name: np.array(v) for name, v in ways.items()}
    )


def _sentence(ways, axis):
    told = "; ".join(
        f"{name}: {share(float(np.median(values)))} ({share(min(values))} to {share(max(values))})"
        for name, values in ways.items()
    )
    many = len(next(iter(ways.values())))
    return f"{axis}, in the middle and over {number(many)} evenings: {told}."


def two_crowds_coming(starts_s, crowds):
    """Return the picture of two crowds coming, minute by minute: the first in ink, the second dashed.

    `starts_s`: when each minute begins, in seconds from the announced start; `crowds`: {name: people in each minute}.
    Raises `ValueError` for any other number of crowds than two.
    """
    if len(crowds) != 2:
        raise ValueError(f"crowds has {len(crowds)} entries; give two.")
    (first, here), (second, there) = crowds.items()
    at = int(np.argmax(here))
    title = (
        f"In the minute from {clock(starts_s[at])}, {people(here[at])} come {first} "
        f"and {people(there[at])} come {second}"
    )
    figure, axes = paper(title, "People who come, per minute", starts_s[0], starts_s[-1] + 60)
    middle = np.asarray(starts_s) + 30.0
    axes.plot(middle, there, color=GREEN, lw=2.4, ls=DASHED)
    axes.plot(middle, here, color=INK, lw=2.6)
    axes.set_ylim(0, 1.15 * max(1.0, np.max(here), np.max(there)))
    name_lines(axes, [Named(middle, here, first), Named(middle, there, second, GREEN)])
    sentence = f"Two crowds, minute by minute. {title}. In all {people(np.sum(here))} and {people(np.sum(there))}."
    return Picture(figure, sentence, title, {"seconds": np.asarray(starts_s), **crowds})
