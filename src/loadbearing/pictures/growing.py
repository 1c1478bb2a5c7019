"""Pictures of growing reliability: faults found over time with what was foreseen of them, and how many are left."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, LETTERS, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import BOTTOM, LEFT, TOP, blank, number, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.words import word

TO_THE_RIGHT = 0.97


def found_and_foreseen(times, now, curve, band, unit="days"):
    """Return the picture of faults found up to a moment, what was foreseen of the rest, and what then came.

    `times`: moments of all faults, those after `now` too; `curve`: [(moment, found by then on average)];
    `band`: [(moment, least, most)] from `now` on, of all found by then, nine chances in ten.
    """
    times, curve, band = (np.asarray(one, float) for one in (times, curve, band))
    before = int((times <= now).sum())
    low, high = (round(one) - before for one in band[-1, 1:])
    title = f"{before} found; {low} to {high} more were foreseen, and {number(len(times) - before)} came"
    figure = blank(title, "Faults found, and what was foreseen: nine chances in ten")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, TO_THE_RIGHT - LEFT, TOP - BOTTOM)))
    end = band[-1, 0]
    axes.set_xlim(0, end * 1.01)
    axes.set_ylim(0, 1.06 * band[:, 2].max())
    axes.fill_between(band[:, 0], band[:, 1], band[:, 2], color=MIST, lw=0, zorder=1)
    axes.plot(curve[:, 0], curve[:, 1], color=GREEN, ls=DASHED, lw=2.2, zorder=3)
    every = np.arange(1, len(times) + 1)
    axes.step([0, *times, end], [0, *every, every[-1]], where="post", color=PALE, lw=2.2, zorder=2)
    known = [0, *times[:before], now]
    axes.step(known, [0, *every[:before], before], where="post", color=INK, lw=2.6, zorder=4)
    axes.axvline(now, color=GREY, lw=1, zorder=0)
    axes.annotate(
        "today", (now, axes.get_ylim()[1]), (4, -2), textcoords="offset points", fontsize=SMALL,
        color=GREY, va="top",
    )  # fmt: skip
    axes.annotate(
        "expected", (end, curve[-1, 1]), (-4, 5), textcoords="offset points", fontsize=SMALL,
        color=LETTERS[GREEN], ha="right",
    )  # fmt: skip
    axes.annotate(
        "came", (end, len(times)), (-4, -11), textcoords="offset points", fontsize=SMALL,
        color=GREY, ha="right", va="top",
    )  # fmt: skip
    axes.set_xlabel(unit.capitalize(), fontsize=SMALL, color=GREY)
    sentence = (
        f"By {unit.removesuffix('s')} {now:g}, {before} faults were found. By {unit.removesuffix('s')} {end:g} "
        f"{low} to {high} more were foreseen, nine chances in ten; {len(times) - before} came."
    )
    return Picture(figure, sentence, title, {"found": times, "band": band, "curve": curve})


def how_many_left(rows, came=None):
    """Return the picture of how many faults there are in all, estimated anew after each that was found.

    `rows`: [(found so far, likeliest total, least, most not ruled out)], infinite where nothing rules that out;
    `came`: how many came to be found in all, if that is known.
    """
    title, sentence = _claim(rows), _sentence(rows, came)
    figure = blank(title, "Faults in all: likeliest, and what is not ruled out (95 %)")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, TO_THE_RIGHT - LEFT, TOP - BOTTOM)))
    axes.set_yscale("log")
    least = min(low for _, _, low, _ in rows) / 1.15
    ends = [one for row in rows for one in row[1:] if math.isfinite(one)]
    top = 1.7 * max(ends)
    axes.set_ylim(least, top)
    marks = [one for one in (20, 30, 50, 100, 200, 500, 1000, 2000, 5000) if least < one < top]
    axes.yaxis.set_major_locator(FixedLocator(marks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}"))
    axes.set_xlim(rows[0][0] - 0.7, rows[-1][0] + 0.7)
    axes.set_xticks([found for found, *_ in rows][:: max(1, len(rows) // 7)])
    for found, total, low, high in rows:
        axes.plot([found, found], [low, min(high, top)], color=PALE, lw=5, solid_capstyle="butt")
        if math.isinf(high):
            axes.plot(found, top / 1.06, "^", ms=8, color=PALE, clip_on=False)
        if math.isfinite(total):
            axes.plot(found, total, "o", ms=8, mfc=PAPER, mec=INK, mew=2, zorder=4)
    if came is not None:
        axes.axhline(came, color=GREEN, ls=DASHED, lw=1.8, zorder=1)
        axes.annotate(
            f"dashed: {came} were found in the end", (rows[-1][0] + 0.6, top), (0, -4),
            textcoords="offset points", fontsize=SMALL, color=LETTERS[GREEN], va="top", ha="right",
        )  # fmt: skip
    axes.set_xlabel(word("found_so_far").axis, fontsize=SMALL, color=GREY)
    data = {"total": np.array([row[1] for row in rows]), "most": np.array([row[3] for row in rows])}
    return Picture(figure, sentence, title, data)


def _claim(rows):
    """The largest fall of the estimate from one fault to the next."""
    pairs = [
        (before[1] / now[1], before[1], now[1])
        for before, now in zip(rows, rows[1:], strict=False)
        if math.isfinite(before[1]) and math.isfinite(now[1])
    ]
    if not pairs:
        return "No finite estimate: the data show no growth"
    _, before, now = max(pairs)
    return f"One more fault found, and the estimate goes from {before:.0f} to {now:.0f}"


def _sentence(rows, came):
    def said(found, total, low, high):
        likeliest = f"likeliest {total:.0f}" if math.isfinite(total) else "no finite estimate"
        most = f"{high:.0f}" if math.isfinite(high) else "no end"
        return f"after {found}, {likeliest}, {low:.0f} to {most}"

    told = "; ".join(said(*row) for row in rows)
    end = f" In the end {came} were found." if came is not None else ""
    return f"Faults in all, by what was found so far: {told}.{end}"
