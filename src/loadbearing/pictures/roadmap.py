"""Pictures of unit 11: a roadmap quarter by quarter, and a plan that is best in hindsight on other histories."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from loadbearing.pictures.ink import (
    DASHED,
    GREEN,
    GREY,
    INK,
    LETTERS,
    MIST,
    PALE,
    PAPER,
    SMALL,
)
from loadbearing.pictures.paper import blank, number, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.units import people, share
from loadbearing.words import word

BAD = 0.9
"""An evening with fewer than this share in within five minutes is a bad one."""

LINES = ("features", "capacity", "rehearsal", "people", "details")
LEFT, WIDTH, LOW, HEIGHT, STRIP = 0.165, 0.815, 0.43, 0.38, 0.056
UNDER = 0.1
WIDE_BAR, MARKS = 0.62, 1.42
APART = 0.11
"""How far apart two names must stand at least, as a share of what is drawn from bottom to top."""


def history(rows, par=None, quarters=8):
    """Return the picture of a roadmap: who came, who got in, the audience, and below what was spent.

    `rows`: one a quarter so far, each with `came` and `audience` (people), `share` (in within five minutes), `spike`,
    `fault`, `release` (0, 1, 2), `spend` and `after`; there may be none yet. `par`: rows of the best plan known on the
    same history, whose audience is drawn beside. `quarters`: of the whole roadmap.
    """
    title, sentence = _told(rows, quarters)
    figure = blank(unbroken(title), "")
    axes = ruled(figure.add_axes((LEFT, LOW, WIDTH, HEIGHT)))
    numbers = np.arange(1, len(rows) + 1)
    came = np.array([row.came for row in rows])
    inside = np.array([row.came * row.share for row in rows])
    axes.bar(numbers, came, WIDE_BAR, color=MIST, lw=0)
    axes.bar(numbers, inside, WIDE_BAR, color=PALE, lw=0)
    every = [*rows, *(par or [])]
    top = MARKS * max([20_000, *(row.came for row in rows), *(row.after for row in every)])
    axes.set_ylim(0, top)
    axes.set_xlim(0.5, quarters + 0.5)
    key = "Bars: pale came, grey got in within five minutes. Line: the audience"
    if par:
        at, height = _audience(par)
        axes.plot(at, height, color=GREEN, lw=2.0, ls=DASHED)
        key += "; green: par's"
    if rows:
        at, height = _audience(rows)
        axes.plot(at, height, color=INK, lw=2.4)
    figure.text(0.02, 0.862, key, fontsize=SMALL, color=GREY, va="top")
    for row, where, tall in zip(rows, numbers, came, strict=True):
        _marked(axes, row, where, tall, top)
    _below(figure, axes, rows, quarters)
    data = {"came": came, "in": inside, "audience": np.array([row.audience for row in rows])}
    return Picture(figure, sentence, title, data)


def _audience(rows):
    """Where the line of the audience runs: from before the first quarter to after the last."""
    return np.arange(len(rows) + 1) + 0.5, [rows[0].audience, *(row.after for row in rows)]


def what_happened(row):
    """Return in a few words what luck brought in a quarter: a list, empty where all went as planned."""
    said = []
    if row.spike:
        said.append("spike")
    if row.fault:
        said.append("fault")
    if row.release != 1 and row.spend.features:
        said.append("flop" if row.release == 0 else "success")
    return said


def _marked(axes, row, where, tall, top):
    """What luck brought stands over its column; the share in is said where the evening was bad."""
    words = what_happened(row)
    if not words and row.share >= BAD:
        return
    if row.share < BAD:
        words = [f"{share(row.share)} in", *words]
    height = max(tall, row.after, row.audience) + 0.02 * top
    axes.text(
        where, height, "\n".join(words), fontsize=SMALL - 2, ha="center", va="bottom",
        color=INK if row.share < BAD else GREY, weight="bold" if row.share < BAD else "normal",
        linespacing=1.0, zorder=5, bbox=dict(facecolor=PAPER, edgecolor="none", pad=0.4, alpha=0.75),
    )  # fmt: skip


def _below(figure, axes, rows, quarters):
    """The quarters and, under each, the parts that were spent."""
    axes.xaxis.set_major_locator(FixedLocator(np.arange(1, quarters + 1)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([f"Q{one}" for one in range(1, quarters + 1)])
    axes.tick_params(axis="x", pad=3)
    for line, name in enumerate(LINES):
        height = LOW - UNDER - (line + 1) * STRIP
        figure.text(LEFT - 0.012, height, name, fontsize=SMALL, color=GREY, ha="right")
        for row in rows:
            parts = getattr(row.spend, name)
            figure.text(
                LEFT + WIDTH * (row.quarter - 0.5) / quarters, height, f"{parts or '·'}",
                fontsize=SMALL, ha="center", color=INK if parts else PALE,
            )  # fmt: skip
    figure.text(LEFT - 0.012, LOW - UNDER, "parts for", fontsize=SMALL, color=GREY, ha="right")


def _told(rows, quarters):
    """What the picture says, and the same at more length."""
    if not rows:
        return (
            f"{number(quarters).capitalize()} quarters are ahead",
            f"A roadmap of {number(quarters)} quarters of which none has been played.",
        )
    bad = [row for row in rows if row.share < BAD]
    done = len(rows) == quarters
    span = f"{number(len(rows))} quarter{'s' if len(rows) > 1 else ''}{'' if done else ' so far'}"
    if bad:
        worst = min(bad, key=lambda row: row.share)
        struck = [name for name in ("spike", "hidden fault") if getattr(worst, name.split()[-1])]
        why = " and ".join(f"a {name}" for name in struck) or "a door too small"
        out = share(1 - worst.share)
        title = f"In quarter {worst.quarter} {why} kept {out} out of the promised five minutes"
    else:
        title = f"No bad evening in {span}"
    came, inside = (
        sum(one) for one in zip(*((r.came, r.came * r.share) for r in rows), strict=True)
    )
    which = ", ".join(str(row.quarter) for row in bad)
    evenings = f"bad evenings in quarter {which}" if bad else "no bad evening"
    sentence = (
        f"{span[0].upper()}{span[1:]}: {people(came)} came, {people(inside)} were in within five minutes; {evenings}. "
        f"The audience was {people(rows[0].audience)} and is {people(rows[-1].after)} now."
    )
    return title, sentence  # fmt: skip


def own_and_others(own, others):
    """Return the picture of a plan on the history it is best on, and on others: shares of what par carries there.

    `own`: one share; `others`: many. Raises `ValueError` without others.
    """
    others = np.sort(np.asarray(others, float))
    if not len(others):
        raise ValueError("others is empty; give the plan's share of par on other histories.")
    middle = float(np.median(others))
    title = f"{of_par(own)} of par on its own history, {of_par(middle)} on a typical other one"
    figure = blank(unbroken(title), word("carried").axis)
    axes = ruled(figure.add_axes((0.125, 0.13, 0.72, 0.66)))
    at = np.arange(1, len(others) + 1)
    axes.axhline(1.0, color=GREEN, lw=1.8, ls=DASHED)
    axes.bar(at, others, 0.7, color=PALE, lw=0)
    axes.plot([len(others) + 1.5], [own], "D", ms=10, color=INK, mec=PAPER, clip_on=False)
    low = min(0.0, 1.1 * others[0])
    axes.set_ylim(low, 1.15 * max(own, 1.0, others[-1]))
    axes.set_xlim(0.3, len(others) + 2.2)
    axes.xaxis.set_major_locator(FixedLocator([]))
    axes.yaxis.set_major_formatter(lambda y, _: of_par(y))
    low, high = axes.get_ylim()
    apart = max(abs(own - 1.0), APART * (high - low)) * (1 if own >= 1.0 else -1)
    names = ((1.0 + apart, "its own\nhistory", INK), (1.0, "par", LETTERS[GREEN]))
    for height, text, colour in names:
        axes.annotate(
            text, (axes.get_xlim()[1], height), (6, 0), textcoords="offset points", fontsize=SMALL,
            color=colour, va="center", weight="bold" if colour == INK else "normal",
            annotation_clip=False,
        )  # fmt: skip
    figure.text(
        0.125, 0.045, f"{len(others)} other histories, the worst first", fontsize=SMALL, color=GREY
    )
    sentence = (
        f"On its own history the plan carries {of_par(own)} of par, and on {len(others)} other histories "
        f"{of_par(others[0])} to {of_par(others[-1])}, typically {of_par(middle)}."
    )
    return Picture(figure, sentence, title, {"others": others, "own": np.array([own])})


def of_par(part):
    """Return a share of par as one says it; it may be less than nothing.

    >>> of_par(0.531), of_par(-0.2)
    ('53 %', '−20 %')
    """
    return f"{100 * part:.0f} %".replace("-", "−")


def unbroken(text):
    """Return a title in which no per cent sign begins a line."""
    return text.replace(" %", "\u00a0%")
