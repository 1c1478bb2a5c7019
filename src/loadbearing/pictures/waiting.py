"""The picture of how long people needed to get in."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter

from loadbearing.pictures.ink import INK, PALE, PAPER, TEXT
from loadbearing.pictures.paper import beside, minutes_axis, paper
from loadbearing.pictures.picture import Picture
from loadbearing.units import duration, share
from loadbearing.words import word


def time_to_join(run, before=None):
    """Return the picture of how long people needed: the share of the crowd in within so many minutes.

    `before`: another run, drawn as a ghost.
    """
    waited, share_in = _joined_within(run)
    middle = _needed(waited, 0.5)
    if middle is None:
        title = f"Fewer than half ever got in: {share(share_in)} of those who came"
    else:
        title = f"Half of those who came were in within {duration(middle)}"
    figure, axes = paper(title, word("share_in").axis, 0, 3600)
    minutes_axis(axes)
    minutes = np.linspace(0, 3600, 361)
    if before is not None:
        axes.plot(minutes, _within(_joined_within(before)[0], minutes), color=PALE, ls=(0, (5, 2)))
    held = _within(waited, minutes)
    axes.plot(minutes, held, color=INK, lw=2.6)
    axes.set_ylim(0, 1.05)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: share(min(max(y, 0), 1))))
    if middle is not None and middle <= 3600:
        axes.plot([middle], [0.5], "o", ms=8, mfc=PAPER, mec=INK, mew=1.8)
        axes.annotate(
            f"half: {duration(middle)}", (middle, 0.5), (10, -14), textcoords="offset points",
            fontsize=TEXT, color=INK,
        )  # fmt: skip
    beside(axes, [(held[-1], "in within\nan hour", INK)])
    late = _needed(waited, 0.9)
    sentence = f"Time to join: {share(share_in)} of those who came got in; " + (
        "fewer than half ever did." if middle is None else f"half within {duration(middle)}"
        + (f", nine in ten within {duration(late)}." if late is not None else "; not nine in ten.")
    )  # fmt: skip
    return Picture(figure, sentence, title)


def _joined_within(run):
    """Return (seconds each one who came needed to join, inf for never; share who joined)."""
    mine = run.listeners
    came = mine[mine["arrived"] <= run.evening.ends_s]
    waited = np.where(np.isnan(came["joined"]), np.inf, came["joined"] - came["arrived"])
    waited = np.sort(waited)
    return waited, (float(np.isfinite(waited).mean()) if len(waited) else 0.0)


def _needed(waited, part):
    """Return how long this part of the crowd needed, or None if fewer ever got in."""
    if not len(waited):
        return None
    needed = waited[min(len(waited) - 1, max(0, int(np.ceil(part * len(waited))) - 1))]
    return float(needed) if np.isfinite(needed) else None


def _within(waited, times):
    return np.searchsorted(waited, times, side="right") / max(1, len(waited))
