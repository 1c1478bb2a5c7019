"""Pictures of unit 09: what came, what got in and what the door can do on paper; predictions and what then happened."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing import readings
from loadbearing.pictures.curves import per_minute, span
from loadbearing.pictures.ink import (
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    INK,
    MIST,
    PALE,
    PAPER,
    SMALL,
    TEXT,
)
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import BOTTOM, RIGHT, TOP, blank, number, paper, short
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people, share

LEFT, WIDTH, LOW, HEIGHT = 0.27, 0.62, 0.07, 0.72


def came_and_got_in(run, each=1.0):
    """Return the picture of people who come and people who get in, per minute, under what the door can do on paper.

    On paper: every handler lets in one after the other, each as fast as at a quiet hour. `each`: how many people one
    simulated listener stands for.
    """
    minute, came = per_minute(run, "arrivals", each)
    joined = per_minute(run, "joins", each)[1]
    door = run.evening.door
    on_paper = 60 * door.handlers * each / door.service.mean_s
    title, sentence = _claim(run, minute, came, joined, on_paper, each)
    figure, axes = paper(title, "People per minute", *span(run))
    middle = minute + 30.0
    limit = np.full(len(middle), on_paper)
    axes.plot(middle, limit, color=GREY, lw=1.4, ls=DOTTED)
    axes.plot(middle, came, color=GREEN, lw=2.2, ls=DASHED)
    axes.plot(middle, joined, color=INK, lw=2.6)
    axes.set_ylim(0, 1.15 * max(on_paper, came.max(), joined.max()))
    named = [
        Named(middle, limit, "what the door can do, on paper", GREY),
        Named(middle, came, "came", GREEN),
    ]
    name_lines(axes, [*named, Named(middle, joined, "got in")])
    data = {"seconds": minute, "came": came, "joined": joined, "on_paper": limit}
    return Picture(figure, sentence, title, data)


def _claim(run, minute, came, joined, on_paper, each):
    if not came.any():
        return "Nobody comes", "Who came and who got in, per minute: nobody came."
    peak = int(np.argmax(came))
    soon = share(readings.service_level(run, 300))
    title = (
        f"{people(came[peak])} come in the busiest minute; {soon} of all are in within five minutes"
    )
    title = title[0].upper() + title[1:]
    sentence = (
        f"Who came and who got in, per minute: most came in the minute from {clock(minute[peak])} "
        f"({people(came[peak])}); on paper the door can do {people(on_paper)} a minute. In the busiest minute "
        f"{people(joined.max())} got in. In all {people(came.sum())} came and {people(readings.joined(run) * each)} "
        f"got in, {soon} within five minutes."
    )
    return title, sentence


def held_out(predictions, measured, axis):
    """Return the picture of predictions of one thing and what then happened: a row each, the last what happened.

    `predictions`: {where it came from: shares}, a dot each; `measured`: the shares of the evenings themselves, drawn
    as a band through all rows from the lowest to the highest. Raises `ValueError` without a prediction.
    """
    if not predictions or not len(measured):
        raise ValueError("predictions or measured is empty; give at least one of each.")
    low, high = min(measured), max(measured)
    inside = [name for name, many in predictions.items() if low <= np.median(many) <= high]
    title = f"{len(inside)} of {len(predictions)} predictions would have been right"
    figure = blank(title, axis)
    axes = figure.add_axes((LEFT, LOW, WIDTH, HEIGHT))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.axvspan(low, high, color=MIST, zorder=0)
    rows = {**predictions, "what happened": measured}
    for row, (name, many) in enumerate(rows.items()):
        real = name == "what happened"
        middle, colour = float(np.median(many)), INK if real else GREY
        axes.plot([min(many), max(many)], [row, row], color=PALE, lw=2.2, zorder=2)
        axes.plot(many, [row] * len(many), "o", ms=4.5, mfc=PAPER, mec=GREY, mew=0.9, clip_on=False)
        axes.plot([middle], [row], "D", ms=8, color=colour, clip_on=False, zorder=4)
        axes.text(
            1.05, row, share(middle), fontsize=SMALL, color=colour, va="center", weight="bold"
        )
    axes.set_xlim(0, 1.0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [name.replace(", ", ",\n") for name in rows])
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=8)
    axes.xaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: share(x)))
    told = "; ".join(
        f"{name}: {share(float(np.median(many)))}" for name, many in predictions.items()
    )
    sentence = (
        f"{axis}, predicted, in the middle: {told}. What happened: {share(float(np.median(measured)))}, on "
        f"{len(measured)} nights {share(low)} to {share(high)}."
    )
    return Picture(figure, sentence, title, {name: np.array(many) for name, many in rows.items()})


def tested_and_came(rows):
    """Return the picture of totals tested and crowds that came; `rows`: (name, tested at once, came at once).

    On a scale on which each line is ten times the one before.
    """
    more = sum(tested > came for _, tested, came in rows)
    title = (
        f"In {number(more)} of {number(len(rows))} cases more was tested or prepared for than came"
    )
    figure = blank(title, "People at once, each line ten times the one before")
    axes = figure.add_axes((0.04, BOTTOM, RIGHT + 0.1 - 0.04, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xscale("log")
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    axes.minorticks_off()
    axes.set_yticks([])
    for at, (name, tested, came) in enumerate(rows):
        up = len(rows) - at
        axes.plot([tested, came], [up, up], color=PALE, lw=2.4, zorder=2)
        axes.plot([tested], [up], "o", ms=9, mfc=PAPER, mec=INK, mew=1.8, zorder=3)
        axes.plot([came], [up], "o", ms=9, color=INK, zorder=3)
        axes.text(
            600, up + 0.22, f"{name}: beforehand {people(tested)}, came {people(came)}",
            fontsize=TEXT, color=INK, va="bottom",
        )  # fmt: skip
    axes.set_xlim(600, 2e8)
    axes.set_ylim(0.6, len(rows) + 0.7)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    told = "; ".join(f"{name}, {people(tested)} and {people(came)}" for name, tested, came in rows)
    sentence = f"Tested or prepared for, and came, at once: {told}. {title}."
    return Picture(figure, sentence, title, {"rows": list(rows)})
