"""The picture of what was learned: a guess, and what a calendar, a ramp and a surge made of it, one below the other."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, LETTERS, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.labels import narrowed
from loadbearing.pictures.paper import POINTS, blank, short
from loadbearing.pictures.picture import Picture
from loadbearing.units import people, span
from loadbearing.words import word

LEFT, RIGHT, BOTTOM, TOP = 0.235, 0.965, 0.155, 0.80
"""The edges of what is drawn, as shares of the figure; the names of the beliefs stand to the left of it."""

HILL, FLOOR = 0.36, 0.12
"""Heights, in rows: of the hill that shows how likely each capacity is, and of its floor above the bar."""

ALIKE = 1.15
"""Ranges of which the wider is at most so many times as wide are called alike."""

NAMES = 1.22
"""Space to the right and left of all ranges, as a factor."""

MARKS = ((1,), (1, 2, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9), tuple(one / 10 for one in range(10, 100)))
FEWEST, MOST = 3, 6
"""The numbers under the picture: the roundest of which there are a few."""


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
    title, sentence = _claim(guess, learned), _sentence(guess, learned, unit, known)
    figure = blank(title, f"{word('guess').axis}: nine chances in ten, and how likely each is")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    _axis(axes, rows, unit, known)
    for at, row in enumerate(rows[::-1]):
        _row(axes, at, row, row is not guess)
    room = LEFT * figure.get_figwidth() * POINTS - 12
    axes.set_yticks(
        range(len(rows)), [narrowed(one.name, room) for one in rows[::-1]], linespacing=1.05
    )
    axes.tick_params(axis="y", colors=INK, labelsize=SMALL, length=0, pad=6)
    if known is not None:
        right = _place(axes, known) > 0.5
        axes.axvline(known, color=GREEN, ls=DASHED, lw=1.8, zorder=1)
        axes.annotate(
            f"it was {_figure(known)}", (known, axes.get_ylim()[1]), (-4 if right else 4, -2),
            textcoords="offset points", fontsize=SMALL, color=LETTERS[GREEN], va="top",
            ha="right" if right else "left",
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
    seen = next(
        (found for steps in MARKS if len(found := _marks(least, most, steps)) >= FEWEST),
        [least, most],
    )
    seen = seen[:: math.ceil(len(seen) / MOST)]
    axes.xaxis.set_major_locator(FixedLocator(seen))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    axes.tick_params(axis="x", colors=GREY, labelsize=SMALL, length=0, pad=8)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{unit[:1].upper()}{unit[1:]}", fontsize=SMALL, color=GREY)
    axes.set_ylim(-0.62, len(rows) - (0.3 if known is None else 0.0))


def _marks(least, most, steps):
    """Round numbers between two ends."""
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    marks = (step * 10.0**power for power in powers for step in steps)
    return [one for one in marks if least <= one <= most]


def _row(axes, at, row, strong):
    """One belief: a hill, under it the bar of nine chances in ten, and under that the range in words."""
    x, y = np.asarray(row.capacities, float), np.asarray(row.likely, float)
    seen = y > 0.003 * y.max()
    hill = at + FLOOR + HILL * y[seen] / y.max()
    axes.fill_between(x[seen], at + FLOOR, hill, color=MIST, lw=0)
    axes.plot(x[seen], hill, color=PALE, lw=1.2)
    axes.plot(
        [row.low, row.high], [at, at], color=INK, lw=5 if strong else 2.5, solid_capstyle="butt"
    )
    middle = math.sqrt(row.low * row.high)
    place = _place(axes, middle)
    side = "left" if place < 0.25 else "right" if place > 0.75 else "center"
    anchor = {"left": row.low, "right": row.high, "center": middle}[side]
    axes.annotate(
        row.range, (anchor, at), (0, -5), textcoords="offset points", fontsize=SMALL, color=INK,
        ha=side, va="top", weight="bold" if strong else "normal",
        bbox=dict(facecolor=PAPER, edgecolor="none", pad=0), zorder=4,
    )  # fmt: skip


def _place(axes, at):
    """Where a number stands, from 0 at the left of the axis to 1 at its right."""
    least, most = axes.get_xlim()
    return math.log(at / least) / math.log(most / least)


def _claim(guess, learned):
    """Which way tells most, and what it made of the guess."""
    best = min(learned, key=lambda one: one.wide)
    alike = [one for one in learned if one.wide <= ALIKE * best.wide]
    before, now = (_together(one.range) for one in (guess, best))
    if guess.wide <= ALIKE * best.wide:
        return f"Nothing narrowed the guess of {before}"
    became = f"{before} became {now}"
    if len(learned) == 1:
        return f"After {best.name}, a guess of {became}"
    if len(alike) == 1:
        return f"{_first(best.name)} tells most: {became}"
    if len(alike) == len(learned):
        return f"All of them tell about the same: {became}"
    return f"{_first(_listed([one.name for one in alike]))} tell most: {became}"


def _sentence(guess, learned, unit, known):
    """Every range in words, and which of them hold what the capacity turned out to be."""
    told = "; ".join(f"after {one.name} {one.range}" for one in learned)
    sentence = f"Nine chances in ten: {guess.name} {guess.range} {unit}; {told}."
    if known is None:
        return sentence
    held = [one.name for one in learned if one.low <= known <= one.high]
    inside = f"inside the range after {_listed(held)}" if held else "outside all of these ranges"
    return f"{sentence} It was {_figure(known)}, {inside}."


def _listed(names):
    """The one, the other and the third."""
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])


def _figure(known):
    """A number with one more figure than a range has."""
    return people(known) if known >= 100 else span(known, known)


def _together(text):
    """A range that is not broken at the end of a line."""
    return text.replace(" ", "\u00a0")


def _first(text):
    return text[:1].upper() + text[1:]
