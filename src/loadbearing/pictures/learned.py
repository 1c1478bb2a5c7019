"""The picture of what was learned: a guess, and what a calendar, a ramp and a surge made of it, one below the other."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, LETTERS, MIST, PALE, SMALL
from loadbearing.pictures.labels import narrowed
from loadbearing.pictures.paper import POINTS, blank, short
from loadbearing.pictures.picture import Picture
from loadbearing.units import span
from loadbearing.words import word

LEFT, RIGHT, BOTTOM, TOP = 0.235, 0.965, 0.155, 0.80
"""The edges of what is drawn, as shares of the figure; the names of the beliefs stand to the left of it."""

HILL, FLOOR = 0.42, 0.12
"""Heights, in rows: of the hill that shows how likely each capacity is, and of its floor above the bar."""

ALIKE = 1.15
"""Ranges of which the wider is at most so many times as wide are called alike."""

NAMES = 1.22
"""Space to the right and left of all ranges, as a factor."""

ROUND = (1, 2, 5)


@dataclasses.dataclass(frozen=True, eq=False)
class Learned:
    """One belief: its `name` ("the surge"), how likely each capacity is (two arrays), and nine chances in ten of it."""

    name: str
    capacities: np.ndarray
    likely: np.ndarray
    low: float
    high: float

    @property
    def range(self):
        """Return the range in words."""
        return span(self.low, self.high)

    @property
    def wide(self):
        """Return how wide the range is, as the logarithm of high over low."""
        return math.log(self.high / self.low)


def what_was_learned(guess, learned, unit="joins a second", known=None):
    """Return the picture of a guess and of what each way to learn made of it, on one axis of ratios.

    `guess`: a `Learned`; `learned`: some more, each reached from that guess; `known`: what the capacity turned out
    to be, if that is known. Raises `ValueError` with a sentence for none, or for a range that is not one.
    """
    learned = [*learned]
    if not learned:
        raise ValueError("learned is empty; give at least one belief to lay beside the guess.")
    rows = [guess, *learned]
    for row in rows:
        if not 0 < row.low < row.high < math.inf:
            raise ValueError(
                f"{row.name} reaches from {row.low} to {row.high}; give two numbers above 0, the smaller one first."
            )
    title, sentence = _claim(guess, learned, unit, known)
    figure = blank(title, f"{word('guess').axis}: nine chances in ten, and how likely each is")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    _axis(axes, rows, unit, known)
    for at, row in enumerate(rows[::-1]):
        _row(axes, at, row, INK if row is not guess else GREY)
    room = LEFT * figure.get_figwidth() * POINTS - 12
    axes.set_yticks(
        range(len(rows)), [narrowed(one.name, room) for one in rows[::-1]], linespacing=1.05
    )
    axes.tick_params(axis="y", colors=INK, labelsize=SMALL, length=0, pad=6)
    if known is not None:
        axes.axvline(known, color=GREEN, ls=DASHED, lw=1.8, zorder=1)
        axes.annotate(
            f"it was {span(known, known)}", (known, axes.get_ylim()[1]), (4, -2), textcoords="offset points",
            fontsize=SMALL, color=LETTERS[GREEN], va="top",
        )  # fmt: skip
    data = {
        "low": np.array([one.low for one in rows]),
        "high": np.array([one.high for one in rows]),
    }
    return Picture(figure, sentence, title, data)


def _axis(axes, rows, unit, known):
    """An axis of ratios that holds every range, with a few round numbers."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    ends = [*(one.low for one in rows), *(one.high for one in rows)]
    ends += [] if known is None else [known]
    least, most = min(ends) / NAMES, max(ends) * NAMES
    axes.set_xscale("log")
    axes.set_xlim(least, most)
    marks = [
        step * 10.0**power
        for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
        for step in ROUND
    ]
    seen = [one for one in marks if least <= one <= most]
    if len(seen) > 6:
        seen = [one for one in seen if f"{one:e}"[0] == "1"] or seen[::3]
    axes.xaxis.set_major_locator(FixedLocator(seen[:: max(1, math.ceil(len(seen) / 6))]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    axes.tick_params(axis="x", colors=GREY, labelsize=SMALL, length=0, pad=8)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{unit[:1].upper()}{unit[1:]}", fontsize=SMALL, color=GREY)
    axes.set_ylim(-0.62, len(rows) - 0.3)


def _row(axes, at, row, colour):
    """One belief: a hill, under it the bar of nine chances in ten, and under that the range in words."""
    x, y = np.asarray(row.capacities, float), np.asarray(row.likely, float)
    seen = y > 0.003 * y.max()
    axes.fill_between(
        x[seen], at + FLOOR, at + FLOOR + HILL * y[seen] / y.max(), color=PALE, lw=0, alpha=1.0
    )
    axes.plot([row.low, row.high], [at, at], color=colour, lw=5, solid_capstyle="butt")
    middle = math.sqrt(row.low * row.high)
    least, most = (math.log(one) for one in axes.get_xlim())
    place = (math.log(middle) - least) / (most - least)
    side = "left" if place < 0.25 else "right" if place > 0.75 else "center"
    anchor = {"left": row.low, "right": row.high, "center": middle}[side]
    axes.annotate(
        row.range, (anchor, at), (0, -5), textcoords="offset points", fontsize=SMALL, color=colour,
        ha=side, va="top", weight="bold" if colour == INK else "normal",
    )  # fmt: skip


def _claim(guess, learned, unit, known):
    """Which way tells most, and what it made of the guess; all ranges in the sentence."""
    best = min(learned, key=lambda one: one.wide)
    alike = [one for one in learned if one.wide <= ALIKE * best.wide]
    if guess.wide <= ALIKE * best.wide:
        title = f"Nothing narrowed the guess: it stays about {guess.range}"
    elif len(learned) == 1:
        title = f"{_first(best.name)} made {best.range} of a guess of {guess.range}"
    elif len(alike) == 1:
        title = f"{_first(best.name)} tells most: {best.range} of a guess of {guess.range}"
    elif len(alike) == len(learned):
        title = f"All tell about the same: {best.range} of a guess of {guess.range}"
    else:
        names = f"{', '.join(one.name for one in alike[:-1])} and {alike[-1].name}"
        title = f"{_first(names)} tell most: {best.range} of a guess of {guess.range}"
    told = "; ".join(f"after {one.name} {one.range}" for one in learned)
    sentence = f"Nine chances in ten: {guess.name} {guess.range} {unit}; {told}."
    if known is not None:
        held = [one.name for one in learned if one.low <= known <= one.high]
        within = (
            f"{', '.join(held)} {'hold' if len(held) > 1 else 'holds'} it"
            if held
            else "none holds it"
        )
        sentence += f" It was {span(known, known)}: {within}."
    return title, sentence


def _first(text):
    return text[:1].upper() + text[1:]
