"""The picture of unit 10's lesson: one month twice, with the same minutes gone at other times of it."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREEN, GREY, INK, LETTERS, MIST, PALE, PAPER, SMALL, TEXT
from loadbearing.pictures.paper import BOTTOM, TOP, blank
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock

DAY_S, HOUR_S = 86_400, 3_600
PANELS = ((0.09, 0.40), (0.56, 0.40))


def a_month_twice(months, yours_s, days=30):
    """Return the picture of two months side by side, a row a day; the same hour of your own is framed in both.

    `months`: {name: (begins, lasts)} of two, arrays of seconds since the month began. `yours_s`: (begin, end) of your
    own hour. Raises `ValueError` unless there are two months, each with a minute or more gone.
    """
    if len(months) != 2 or any(not np.sum(lasts) >= 60 for _, lasts in months.values()):
        raise ValueError("months must hold two, each with a minute or more gone.")
    gone = {name: float(np.sum(lasts)) / 60 for name, (_, lasts) in months.items()}
    hit = {name: _within(*one, yours_s) / 60 for name, one in months.items()}
    least, most = min(hit.values()), max(hit.values())
    title = f"Promise kept: {_minutes(least)} of your hour gone, or {_minutes(most)}"
    figure = blank(title, f"{days} days from top to bottom, each from midnight to midnight")
    for (left, width), (name, (begins, lasts)) in zip(PANELS, months.items(), strict=True):
        axes = figure.add_axes((left, BOTTOM, width, TOP - BOTTOM - 0.05))
        _month(axes, begins, lasts, yours_s, days)
        axes.set_title(name, fontsize=TEXT, color=INK, loc="left", pad=7)
    told = "; ".join(f"{name}, {_minutes(hit[name])}" for name in months)
    sentence = (
        f"One month twice, each gone for {max(gone.values()):.0f} minutes. Your own hour, from "
        f"{clock(yours_s[0] % DAY_S, '00:00')} on one evening, is framed. So much of it is gone: {told}."
    )
    return Picture(figure, sentence, title, {name: np.array(one) for name, one in months.items()})


def _minutes(count):
    """So many minutes, or that there are none."""
    return f"{count:.0f} minutes" if round(count) else "nothing"


def _within(begins, lasts, yours_s):
    """Seconds gone within your hour."""
    ends = np.minimum(np.asarray(begins) + np.asarray(lasts), yours_s[1])
    return float(np.maximum(0.0, ends - np.maximum(begins, yours_s[0])).sum())


def _month(axes, begins, lasts, yours_s, days):
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    for day in range(days):
        axes.plot([0, DAY_S], [day, day], color=MIST, lw=0.9, zorder=1)
    for begin, last in zip(begins, lasts, strict=True):
        day, at = divmod(begin, DAY_S)
        axes.plot([at, at], [day - 0.36, day + 0.36], color=INK, lw=1.1, zorder=3)
        axes.add_patch(Rectangle((at, day - 0.36), last, 0.72, color=INK, lw=0, zorder=3))
    day, at = divmod(yours_s[0], DAY_S)
    wide = yours_s[1] - yours_s[0]
    axes.add_patch(
        Rectangle((at - 400, day - 0.8), wide + 800, 1.6, fill=False, ec=GREEN, lw=1.8, zorder=4)
    )
    axes.text(
        at - 900, day, "your hour", fontsize=SMALL, color=LETTERS[GREEN], va="center", ha="right",
        bbox=dict(fc=PAPER, ec="none", pad=1.0), zorder=5,
    )  # fmt: skip
    axes.set_xlim(-600, DAY_S + 600)
    axes.set_ylim(days - 0.3, -0.9)
    axes.set_yticks([0, 9, 19, 29][: 1 + days // 10], ["1", "10", "20", "30"][: 1 + days // 10])
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.xaxis.set_major_locator(FixedLocator(np.arange(0, 19, 6) * HOUR_S))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: clock(x, "00:00")))
    axes.grid(axis="x", color=PALE, lw=0.4)
