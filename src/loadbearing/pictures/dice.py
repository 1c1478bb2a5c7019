"""The picture of many evenings at doors of several sizes: what chance alone does, and what weather does."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from loadbearing.pictures.ink import GREEN, GREY, INK, LETTERS, PAPER, SMALL
from loadbearing.pictures.paper import BOTTOM, LEFT, RIGHT, TOP, blank, none_or, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.units import share
from loadbearing.words import word

LEAST, MOST = 1e-4, 1e3
"""Service times that the axis holds; shorter and longer waits stand at its ends."""

APART, WIDE = 0.19, 0.26
"""How far the two columns of a size stand from its place, and how wide each is, in places."""


def dice_and_weather(found, busy, long):
    """Return the picture of each evening's mean wait at doors of several sizes, in service times.

    `found`: {handlers: (waits in average weather, waits with weather)}; `busy`: share of the handlers' time on
    average; `long`: the wait from which on an evening is counted.
    """
    sizes = list(found)
    counts = {
        size: tuple(int(np.sum(np.asarray(one) > long)) for one in both)
        for size, both in found.items()
    }
    large = sizes[-1]
    number = len(found[large][1])
    title = (
        f"{large:,} handlers: chance makes people wait long on {none_or(counts[large][0])} of {number} evenings, "
        f"weather on {none_or(counts[large][1])}"
    )
    sentence = (
        f"Doors {share(busy)} busy on average, {number} evenings each, by chance alone and with weather. "
        "Evenings with a mean wait over one service time: "
        + "; ".join(f"{size:,} handlers {counts[size][0]} and {counts[size][1]}" for size in sizes)
        + "."
    )
    figure = blank(title, "Mean wait of each evening (service times)")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)))
    axes.set_yscale("log")
    axes.set_ylim(LEAST / 1.6, MOST * 1.6)
    axes.yaxis.set_major_locator(FixedLocator([1e-4, 1e-2, 1, 1e2]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}" if y > LEAST else "none"))
    axes.set_xlim(-0.5, len(sizes) - 0.5)
    axes.xaxis.set_major_locator(FixedLocator(range(len(sizes))))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{sizes[round(x)]:,}"))
    axes.set_xlabel(word("handlers").axis, fontsize=SMALL, color=GREY)
    axes.axhline(long, color=GREY, lw=1.0)
    for place, size in enumerate(sizes):
        for side, waits, look in zip((-APART, APART), found[size], LOOKS, strict=True):
            waits = np.sort(np.clip(np.asarray(waits, float), LEAST, MOST))
            across = place + side + WIDE * (np.arange(len(waits)) / max(1, len(waits) - 1) - 0.5)
            axes.plot(across, waits, "o", ms=4.5, clip_on=False, zorder=4, **look)
    for text, at, colour in (
        ("by chance\nalone", 0.30, LETTERS[GREEN]),
        ("with\nweather", 0.62, INK),
    ):
        axes.text(
            1.015, at, text, transform=axes.transAxes, fontsize=SMALL, color=colour, va="center",
            weight="bold" if colour == INK else "normal",
        )  # fmt: skip
    data = {"handlers": np.array(sizes), "chance": np.array([counts[one][0] for one in sizes]),
            "weather": np.array([counts[one][1] for one in sizes])}  # fmt: skip
    return Picture(figure, sentence, title, data)


LOOKS = ({"mfc": PAPER, "mec": GREEN, "mew": 1.4}, {"mfc": INK, "mec": INK, "mew": 0.0})
"""Evenings by chance alone are hollow, evenings with weather full."""
