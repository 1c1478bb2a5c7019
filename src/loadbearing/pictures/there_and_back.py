"""The picture of a load that goes up in steps and comes down again: is the same load the same world?"""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, PAPER, SMALL
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import BOTTOM, LEFT, RIGHT, TOP, blank, ruled, shares_up
from loadbearing.pictures.picture import Picture
from loadbearing.units import share
from loadbearing.words import word

APART = 0.1
"""Shares that differ by more than this are two worlds."""

EVERY = 0.2
"""Distance of two loads that are written under the picture."""


def there_and_back(up, down, called=""):
    """Return the picture of the share in within a minute against the load, on the way up and on the way down.

    `up`, `down`: [(load as a share of what the door could do, share in within a minute)] in the order of time;
    `called`: what is said of the evening in the line under the title.
    """
    there, back = np.asarray(up, float), np.asarray(down, float)
    title, sentence = _claim(there, back)
    about = f", {called}" if called else ""
    figure = blank(title, f"In within a minute, of those who come at this load{about}")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)))
    least, most = there[:, 0].min(), there[:, 0].max()
    axes.set_xlim(least - 0.05, most + 0.05)
    axes.xaxis.set_major_locator(FixedLocator(np.arange(least, most + 0.01, EVERY)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: of_the_door(x)))
    axes.set_xlabel(word("coming").axis, fontsize=SMALL, color=GREY)
    shares_up(axes, 1.1)
    lines = []
    for line, text, colour, style in (
        (there, "way up", INK, "-"),
        (back, "way\ndown", GREEN, DASHED),
    ):
        x, y = line[:, 0], line[:, 1]
        axes.plot(x, y, color=colour, ls=style, lw=2.4, marker="o", ms=7, mfc=PAPER, clip_on=False)
        order = np.argsort(x)
        lines.append(Named(x[order], y[order], text, colour))
    name_lines(axes, lines)
    data = {"up": there, "down": back}
    return Picture(figure, sentence, title, data)


def _claim(there, back):
    """The load at which both ways differ most, the lowest of several; or that they do not."""
    later = dict(map(tuple, back.tolist()))
    gaps = [(load, first, later[load]) for load, first in there.tolist() if load in later]
    load, first, then = max(gaps, key=lambda one: (round(abs(one[1] - one[2]), 2), -one[0]))
    if abs(first - then) <= APART:
        title = "The way down is the way up"
    else:
        title = (
            f"At {of_the_door(load)} load, {share(first)} are in soon on the way up, "
            f"{share(then)} on the way down"
        )
    told = [
        f"{way}, " + ", ".join(f"{share(y)} at {of_the_door(x)}" for x, y in line.tolist())
        for way, line in (("on the way up", there), ("on the way down", back))
    ]
    return title, f"Share in within a minute at each load: {'; '.join(told)}."


def of_the_door(load):
    """Return a load, a share of what the door could do, in per cent; it may be more than all.

    >>> of_the_door(0.3), of_the_door(1.1)
    ('30 %', '110 %')
    """
    return f"{100 * load:.0f} %"
