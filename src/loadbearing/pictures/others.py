"""The picture of one plan on many histories: its own, marked, and the others, a dot each."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import blank
from loadbearing.pictures.picture import Picture
from loadbearing.units import people

ROWS = {"own": 1.0, "others": 0.0}
STEP, SIDE = 0.05, 0.16
"""Dots nearer than this to each other, in shares of par, stand beside each other, at most so far apart."""

HIGHEST = 0.45
LEAST = -0.5


def own_and_others(own, others):
    """Return the picture of a plan's score as a share of par: on its own history, and on others.

    `own`: the share on its own history, None where par's is not above nothing there; `others`: shares, one a history.
    Raises `ValueError` without others. What lies below `LEAST` is drawn there.
    """
    others = np.asarray(others, float)
    if not others.size:
        raise ValueError("others is empty; give the plan's share of par on one history or more.")
    mean = float(others.mean())
    title = f"On other histories the plan has {_cent(mean)} of par"
    if own is not None:
        title = f"On its own history the plan has {_cent(own)} of par, on others {_cent(mean)}"
    figure = blank(title, "Score, as a share of the best plan known on the same luck")
    axes = figure.add_axes((0.20, 0.16, 0.74, 0.60))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.axvline(1.0, color=PALE, lw=1.6, zorder=1)
    axes.text(1.0, 1.58, "par", fontsize=SMALL, color=GREY, ha="center", va="bottom")
    shown = np.maximum(others, LEAST)
    axes.plot(shown, _beside(shown), "o", ms=8, mfc=PAPER, mec=INK, mew=1.3, clip_on=False)
    axes.plot([max(mean, LEAST)] * 2, [-0.7, -0.55], color=INK, lw=2.6)
    axes.text(
        max(mean, LEAST), -0.74, f"mean {_cent(mean)}", fontsize=SMALL, color=INK, ha="center", va="top"
    )  # fmt: skip
    if own is not None:
        axes.plot([max(own, LEAST)], [ROWS["own"]], "D", ms=11, color=INK, clip_on=False, zorder=4)
    right = max(1.25, float(shown.max()) + 0.1, (own or 0) + 0.1)
    axes.set_xlim(min(0.0, float(shown.min()), own if own is not None else 0.0) - 0.05, right)
    axes.set_ylim(-1.05, 1.55)
    names = ["its own\nhistory", f"{people(others.size)} others"]
    axes.set_yticks([ROWS["own"], ROWS["others"]], names)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=8)
    axes.xaxis.set_major_locator(FixedLocator(np.arange(-0.5, right + 0.01, 0.5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _cent(x)))
    low, high = _cent(others.min()), _cent(others.max())
    sentence = f"{title}, from {low} to {high} on {people(others.size)} histories."
    data = {"others": others} | ({} if own is None else {"own": np.array([own])})
    return Picture(figure, sentence, title, data)


def _cent(part):
    """A share of par as per cent; it may be below nothing and beyond all."""
    return f"{'−' if round(100 * part) < 0 else ''}{abs(round(100 * part)):.0f} %"


def _beside(values):
    """Heights for dots: those that would lie on each other stand beside each other."""
    levels, placed = np.zeros(len(values)), []
    for at in np.argsort(values):
        level = 0
        while any(abs(values[at] - x) < STEP and level == other for x, other in placed):
            level = -level if level > 0 else 1 - level
        placed.append((values[at], level))
        levels[at] = level
    return levels * min(SIDE, HIGHEST / max(1.0, np.abs(levels).max()))
