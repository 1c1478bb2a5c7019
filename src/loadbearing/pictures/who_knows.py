"""Pictures of a team: who knows which part, and what leaving people out one by one does."""

from __future__ import annotations

import dataclasses

import numpy as np
from matplotlib.ticker import FixedLocator

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
    TEXT,
)
from loadbearing.pictures.paper import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    blank,
    none_or,
    number,
    ruled,
    shares_up,
)
from loadbearing.pictures.picture import Picture
from loadbearing.units import share

DOT, RING = 130, 520
"""How large a mark is, and the ring around the only one of a part: square points."""

NAMED_AT = 3
"""Beside which number of people left out a line has its name."""

FLAT = 0.05
"""A fall of the share in that counts as none."""


def knowledge(people, parts, knows):
    """Return the map of who knows what: people down, parts across, a ring around whoever is the only one.

    `people`, `parts`: names; `knows`: booleans of shape (people, parts).
    """
    knows = np.asarray(knows, bool).reshape(len(people), len(parts))
    many = knows.sum(axis=0)
    title = _hangs(many)
    figure = blank(title, "Who knows which part")
    axes = figure.add_axes((0.1, 0.05, 0.86, 0.67))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(-0.5, len(parts) - 0.5)
    axes.set_ylim(-0.5, max(len(people), 1) - 0.5)
    axes.invert_yaxis()
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(parts)), parts)
    axes.set_yticks(range(len(people)), people)
    axes.tick_params(colors=INK, labelsize=TEXT, length=0, pad=4)
    axes.grid(axis="y", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    rows, columns = np.nonzero(knows)
    axes.scatter(columns, rows, DOT, color=INK, zorder=3)
    alone = many[columns] == 1
    axes.scatter(
        columns[alone],
        rows[alone],
        RING,
        facecolors="none",
        edgecolors=GREEN,
        linewidths=2.4,
        zorder=4,
    )
    for at in np.flatnonzero(many == 0):
        axes.axvspan(at - 0.42, at + 0.42, color=MIST, zorder=1)
        axes.text(at, (len(people) - 1) / 2, "nobody", fontsize=TEXT, color=INK, ha="center",
                  va="center", rotation=90)  # fmt: skip
    known = "; ".join(
        f"{part}: {', '.join(np.array(people)[knows[:, at]]) or 'nobody'}"
        for at, part in enumerate(parts)
    )
    return Picture(figure, f"Who knows which part. {known}.", title, {"knows": knows})


def _hangs(many):
    """Say what a map shows: parts known to nobody, else parts that hang on one person."""
    nobody, one = int((many == 0).sum()), int((many == 1).sum())
    if nobody:
        return f"{_parts(nobody)} known to nobody"
    if one:
        return f"{number(one).capitalize()} part{'s hang' if one > 1 else ' hangs'} on one person"
    return "Each part is known to two or more"


def _parts(count):
    return f"{number(count).capitalize()} part{'s are' if count > 1 else ' is'}"


@dataclasses.dataclass(frozen=True, eq=False)
class Order:
    """People left out one by one in some order: its name, and the share in after 0, 1, 2 ... of them.

    `middle`, `low`, `high`: arrays of one length, over many nights.
    """

    name: str
    middle: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def flat(self):
        """How many can be left out before the share in falls."""
        fallen = np.flatnonzero(self.middle < self.middle[0] - FLAT)
        return int(fallen[0]) - 1 if len(fallen) else len(self.middle) - 1


def left_out(one, other, nights):
    """Return the picture of two orders in which people are left out, `Order`s, each with its band over some nights."""
    first, later = sorted((one, other), key=lambda order: -order.flat)
    if first.flat == later.flat:
        title = f"In either order {number(first.flat)} can be left out before anything falls"
    else:
        title = (
            f"In one order {number(first.flat)} can be left out and hardly anything falls; "
            f"in the other {none_or(later.flat)}"
        )
    figure = blank(title, "Share of the crowd who get in, on average over all parts that may fail")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)))
    shares_up(axes, 1.0)
    axes.set_xlim(-0.15, len(first.middle) - 0.85)
    axes.xaxis.set_major_locator(FixedLocator(range(len(first.middle))))
    figure.text(
        (LEFT + RIGHT) / 2, 0.02, "People left out", fontsize=SMALL, color=GREY, ha="center"
    )
    for order, colour, style, up in ((first, INK, "-", 1), (later, GREEN, DASHED, -1)):
        steps = np.arange(len(order.middle))
        axes.fill_between(steps, order.low, order.high, color=MIST, alpha=0.75, lw=0)
        axes.plot(steps, order.middle, color=colour, ls=style, lw=2.6, marker="o", ms=6)
        edge = (order.high if up > 0 else order.low)[NAMED_AT]
        axes.annotate(
            order.name, (NAMED_AT, edge), (0, 5 * up), textcoords="offset points", fontsize=SMALL,
            color=LETTERS.get(colour, colour), weight="bold", ha="center",
            va="bottom" if up > 0 else "top",
        )  # fmt: skip
    said = "; ".join(
        f"{order.name}: " + ", ".join(share(value) for value in order.middle.tolist())
        for order in (first, later)
    )
    sentence = f"Share in after none, one, two and more are left out. {said}. The bands hold {nights} nights."
    data = {"first": first.middle, "later": later.middle}
    return Picture(figure, sentence, title, data)


def parts_that_may_fail(rows, drawn):
    """Return the picture of six evenings that differ in the part that fails.

    `rows`: (part, share in, what was told beside it) for each; `drawn`: the part on which the lot fell.
    """
    shares = {name: value for name, value, _ in rows}
    mean = sum(shares.values()) / len(shares)
    title = f"The lot fell on {drawn}: {share(shares[drawn])} get in. Over all parts, {share(mean)}"
    figure = blank(title, "Share of the crowd who get in, if this part fails")
    axes = figure.add_axes((0.13, BOTTOM, 0.8, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.tick_params(axis="y", colors=INK, labelsize=TEXT)
    axes.invert_yaxis()
    for at, (name, value, told) in enumerate(rows):
        axes.barh(at, value, 0.6, color=INK if name == drawn else PALE)
        inside = value > 0.5
        axes.annotate(
            told, (value, at), (-6 if inside else 6, 0), textcoords="offset points", fontsize=SMALL,
            color=PAPER if inside and name == drawn else INK, va="center", ha="right" if inside else "left",
        )  # fmt: skip
    said = "; ".join(f"{name} {share(value)}, {told}" for name, value, told in rows)
    return Picture(figure, f"{title}. {said}.", title, {"shares": np.array([*shares.values()])})
