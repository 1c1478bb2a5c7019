"""Two events, two measures of what was learned between them, and how few two events are."""

from __future__ import annotations

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, PAPER, SMALL, TEXT
from loadbearing.pictures.paper import blank, wrapped
from loadbearing.pictures.picture import Picture

LEFTS, WIDTH, BOTTOM, HEIGHT = (0.04, 0.40), 0.27, 0.15, 0.56
LARGE = 46
"""The size of the letters that say how many events there are: the largest of the picture."""


def two_measures(measures, title):
    """Return the picture of measures side by side, each of the same events in the order in which they were.

    `measures`: at most two of (what is measured, [(event, value, low, high, value in words), ...]); all of them
    hold the same number of events. Each is drawn from zero, with the range that was reported. Raises `ValueError` if
    the measures are not of equally many events.
    """
    events = len(measures[0][1])
    if len(measures) > len(LEFTS) or any(len(found) != events for _, found in measures):
        raise ValueError("measures: give at most two, each of the same events.")
    figure = blank(title, "As reported; the thin line is the range of the reports")
    for left, (name, found) in zip(LEFTS, measures, strict=False):
        axes = figure.add_axes((left, BOTTOM, WIDTH, HEIGHT))
        axes.set_facecolor("none")
        for side in axes.spines.values():
            side.set_visible(False)
        top = max(high for _, _, _, high, _ in found)
        axes.set_xlim(-0.6, events - 0.4)
        axes.set_ylim(0, 1.2 * top)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.axhline(0, color=GREY, lw=1)
        for at, (event, value, low, high, said) in enumerate(found):
            axes.bar([at], [value], width=0.56, color=MIST, edgecolor=PALE, lw=1.2, zorder=2)
            axes.plot([at, at], [low, high], color=INK, lw=1.4, zorder=3)
            axes.plot([at], [value], "o", ms=7, mfc=PAPER, mec=INK, mew=1.8, zorder=4)
            axes.text(
                at, max(value, high) + 0.04 * top, said,
                ha="center", va="bottom", fontsize=TEXT, color=INK,
            )  # fmt: skip
            axes.text(
                at, -0.04 * top, event, ha="center", va="top", fontsize=SMALL, color=GREY
            )  # fmt: skip
        figure.text(
            left, BOTTOM + HEIGHT + 0.01, wrapped(name, SMALL, "normal", WIDTH + 0.04),
            fontsize=SMALL, color=INK, va="bottom", linespacing=1.1,
        )  # fmt: skip
    figure.text(0.845, 0.52, f"n = {events}", fontsize=LARGE, weight="bold", color=INK,
                ha="center", va="center")  # fmt: skip
    figure.text(0.845, 0.40, "two events are\nno trend", fontsize=TEXT, color=GREY, ha="center",
                va="top", linespacing=1.2)  # fmt: skip
    told = ". ".join(
        f"{name}: {', '.join(f'{said} in {event}' for event, *_, said in found)}"
        for name, found in measures
    )
    sentence = f"{told}. Only {events} events: n = {events}."
    return Picture(
        figure, sentence, title, {name: [one[1] for one in found] for name, found in measures}
    )
