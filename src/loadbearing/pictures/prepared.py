"""The picture of unit 11's lesson: what came, for each one that was prepared for, in public cases."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, SMALL
from loadbearing.pictures.paper import blank, number
from loadbearing.pictures.picture import Picture

MARKS = {0.5: "half", 1: "as many", 2: "twice", 5: "5 times", 10: "10 times"}
EVEN = 0.2
"""Within this part of what was prepared for, as many came."""


def prepared_and_came(rows):
    """Return the picture of some events: what came over what was prepared for, a row each, on a scale of times.

    `rows`: (name, prepared for, came), both above nothing and in one unit. Raises `ValueError` for anything else.
    """
    if not rows or any(prepared <= 0 or came <= 0 for _, prepared, came in rows):
        raise ValueError("rows is empty, or a number in it is not above 0; give (name, 50, 25).")
    times = np.array([came / prepared for _, prepared, came in rows])
    more, fewer = int((times > 1 + EVEN).sum()), int((times < 1 - EVEN).sum())
    title = (
        f"Of {number(len(rows))} public cases, {number(more)} brought far more than was prepared for, "
        f"{number(fewer)} far fewer"
    )
    figure = blank(title, "What came, for each one prepared for, or seen the time before")
    axes = figure.add_axes((0.37, 0.13, 0.56, 0.62))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.set_xscale("log")
    axes.axvline(1.0, color=PALE, lw=1.8, zorder=1)
    for row, one in enumerate(times):
        axes.plot([1.0, one], [row, row], color=PALE, lw=2.2, zorder=2)
        axes.plot([one], [row], "o", ms=10, color=INK, zorder=3, clip_on=False)
        axes.annotate(
            said(one), (one, row), (0, 12), textcoords="offset points", fontsize=SMALL, color=INK,
            ha="center", va="bottom", weight="bold",
        )  # fmt: skip
    axes.set_xlim(0.38, 14)
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
    axes.xaxis.set_major_locator(FixedLocator([*MARKS]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([*MARKS.values()])
    axes.tick_params(colors=GREY, labelsize=SMALL - 1, length=0, pad=8)
    told = "; ".join(f"{name}: {said(one)}" for (name, _, _), one in zip(rows, times, strict=True))
    flat = told.replace("\n", " ")
    return Picture(
        figure,
        f"What came, for each one prepared for, or seen the time before. {flat}.",
        title,
        {"times": times},
    )


def said(times):
    """Return so many times as one says it.

    >>> said(10), said(0.506), said(1.113)
    ('10 times', '51 %', '111 %')
    """
    return f"{times:.0f} times" if times >= 2 else f"{100 * times:.0f} %"
