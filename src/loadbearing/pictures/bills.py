"""Pictures of what ways to serve a season of events come to: event by event, and taken apart."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import (
    DASHED,
    GREEN,
    GREY,
    INK,
    MIST,
    OCHRE,
    PALE,
    PAPER,
    PINK,
    SMALL,
)
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import BOTTOM, LEFT, RIGHT, TOP, blank, ruled, short
from loadbearing.pictures.picture import Picture
from loadbearing.words import word

OWN, HIRED = "own", "hired"
PARTS = (GREY, INK, GREEN, OCHRE, PINK)
"""One colour a part of a bill, from the left."""


def ordinal(count):
    """Return which event that is.

    >>> ordinal(1), ordinal(2), ordinal(6), ordinal(11), ordinal(23)
    ('1st', '2nd', '6th', '11th', '23rd')
    """
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{count}{'th' if 10 < count % 100 < 14 else ends.get(count % 10, 'th')}"


def from_event(own, hired):
    """Return the first event by whose end owning has cost no more than hiring; None if it never has."""
    cheaper = np.flatnonzero(np.asarray(own) <= np.asarray(hired))
    return int(cheaper[0]) + 1 if len(cheaper) else None


def bill_by_events(own, hired, paper, mine=None, events=None, behind=None):
    """Return the picture of what ways have cost by the end of each event, people lost counted.

    `own`, `hired`: dollars by then, arrays (events,), means of many companies. `paper`: from how many events on owning
    is cheaper on paper (inf: never). `mine`: (name, mean, low, high) of the way that is chosen, arrays (events,), with
    the band of half of the companies; `events`: how many its season has. `behind`: dollars of another run, drawn pale.
    """
    own, hired = np.asarray(own, float), np.asarray(hired, float)
    at, last = from_event(own, hired), len(own)
    title = _crossing(at, last, paper)
    figure = blank(title, "Dollars by then, people lost counted")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)))
    x = np.arange(1, last + 1)
    lines = [
        Named(x, own, "owned from the first", GREEN if mine and mine[0] != OWN else INK),
        Named(x, hired, "hired throughout", OCHRE if mine and mine[0] != HIRED else INK),
    ]
    if mine:
        name, mean, low, high = mine
        axes.fill_between(x, low, high, color=MIST, linewidth=0)
        if name not in (OWN, HIRED):
            lines.append(Named(x, np.asarray(mean), name))
        axes.plot([events], [mean[events - 1]], "o", ms=10, color=INK, zorder=5, clip_on=False)
    if behind is not None:
        axes.plot(x, behind, color=PALE, lw=1.6, ls=DASHED)
    for line in lines:
        axes.plot(x, line.y, color=line.colour, lw=2.4, ls=DASHED if line.colour != INK else "-")
    axes.set_xlim(1, last)
    top = max(float(np.max(line.y)) for line in lines)
    axes.set_ylim(0, 1.12 * max(1.0, top))
    if at is not None:
        axes.plot([at], [own[at - 1]], "D", ms=8, color=INK, zorder=6)
    if paper <= last:
        there = float(np.interp(paper, x, own))
        axes.plot([paper], [there], "D", ms=8, mfc=PAPER, mec=INK, mew=1.4, zorder=6)
        axes.annotate(
            "on paper", (paper, there), (-6, 11), textcoords="offset points", fontsize=SMALL,
            color=GREY, ha="right",
        )  # fmt: skip
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: short(y)))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel(word("season").axis, fontsize=SMALL, color=GREY)
    name_lines(axes, lines)
    return Picture(figure, _told(title, lines, mine, events), title, {"own": own, "hired": hired})


def _crossing(at, last, paper):
    """From which event owning is cheaper, in the season and on paper."""
    on_paper = "never" if math.isinf(paper) else f"from the {ordinal(math.ceil(paper))}"
    if at is None:
        return f"Hiring stays cheaper for all {last} events; on paper owning is cheaper {on_paper}"
    if at == 1:
        return f"Owning is cheaper from the 1st event on; on paper {on_paper}"
    return f"Hiring is cheaper up to {at - 1} events, owning from the {ordinal(at)}; on paper {on_paper}"


def _told(title, lines, mine, events):
    ends = "; ".join(f"{line.text} {line.y[-1]:,.0f}" for line in lines)
    told = f"Dollars by the end of each event. {title}. After {len(lines[0].y)} events: {ends}."
    if mine:
        name, mean, low, high = mine
        told += (
            f" Chosen: {name}, {events} event{'s' if events > 1 else ''}, {mean[events - 1]:,.0f} dollars "
            f"({low[events - 1]:,.0f} to {high[events - 1]:,.0f} for half of the companies)."
        )
    return told


def bills_apart(bills, names):
    """Return the picture of what each way's bill is made of: a bar a way.

    `bills`: {way: dollars, one for each part}; `names`: of the parts, at most five. Raises `ValueError` without a way.
    """
    if not bills:
        raise ValueError("bills is empty; give at least one.")
    sums = {name: sum(parts) for name, parts in bills.items()}
    least = min(sums, key=sums.get)
    which = "Cheapest: " if len(bills) > 1 else ""
    title = f"{which}{least}, {sums[least]:,.0f} dollars"
    title = title[0].upper() + title[1:]
    figure = blank(title, "Dollars of the season, people lost counted")
    axes = figure.add_axes((0.30, 0.20, 0.58, 0.60))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    for row, (way, parts) in enumerate(bills.items()):
        left = 0.0
        for colour, part in zip(PARTS, parts, strict=False):
            axes.barh(row, part, 0.62, left=left, color=colour)
            left += part
        axes.text(
            left, row, f" {left:,.0f}", fontsize=SMALL, color=INK, va="center",
            weight="bold" if way == least else "normal",
        )  # fmt: skip
    axes.set_yticks(range(len(bills)), list(bills))
    axes.set_ylim(len(bills) - 0.4, -0.6)
    axes.set_xlim(0, 1.12 * max(sums.values()))
    axes.set_xticks([])
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    for at, (name, colour) in enumerate(zip(names, PARTS, strict=False)):
        across, down = 0.02 + 0.33 * (at % 3), 0.115 - 0.065 * (at // 3)
        figure.text(across, down, "■", fontsize=SMALL, color=colour, va="center")
        figure.text(across + 0.03, down, name, fontsize=SMALL, color=GREY, va="center")
    told = "; ".join(
        f"{way}, {sums[way]:,.0f} dollars: "
        + ", ".join(f"{name} {part:,.0f}" for name, part in zip(names, parts, strict=True))
        for way, parts in bills.items()
    )
    data = {way: np.asarray(parts) for way, parts in bills.items()}
    return Picture(figure, f"What the bills are made of. {told}.", title, data)
