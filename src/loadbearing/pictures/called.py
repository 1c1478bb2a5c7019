"""The picture of a call: step by step on the clock, and below it the people who stand outside meanwhile."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import readings
from loadbearing.pictures.ink import GREEN, GREY, INK, LETTERS, PALE, PAPER, SMALL
from loadbearing.pictures.paper import LEFT, RIGHT, TOP, blank, clock_axis, ruled, text_width
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people
from loadbearing.words import word

BOTTOM, FEW, MANY = 0.145, (0.455, 0.52), (0.385, 0.45)
"""The edges of the two halves, as shares of the figure's height: for up to five steps, and for more."""

THICK, FIVE = 0.8, 5
HALF, MOST = 0.4, 0.6
"""From and up to which share of the whole a step is called half of it; beyond, most of it."""


def called(run, steps, opened_s, each=1.0):
    """Return the picture of a call: one bar for each step, and who stood outside.

    `steps`: (name, began, ended, who) in order of time, in seconds from the start; who is a letter or nobody.
    `opened_s`: when the remedy was done, inf if it was not. `each`: how many people one listener stands for.
    """
    title, sentence = _claim(run, steps, opened_s, each)
    figure = blank(title, _under(steps))
    starts, ends = run.evening.starts_s, run.evening.ends_s
    middle, low = FEW if len(steps) <= FIVE else MANY
    above = figure.add_axes((LEFT, low, RIGHT - LEFT, TOP - low))
    below = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, middle - BOTTOM)))
    clock_axis(below, starts, ends)
    _bars(above, steps, starts, ends)
    seconds = run.seconds["second"] + 1.0
    outside = readings.outside_over_time(run) * each
    below.plot(seconds, outside, color=INK, lw=2.4, solid_capstyle="round")
    below.set_ylim(0, 1.12 * max(outside.max(), 1.0))
    figure.text(0.02, middle + 0.012, word("outside").axis, fontsize=SMALL, color=GREY, va="bottom")
    if math.isfinite(opened_s):
        top = 1.06 * max(outside.max(), 1.0)
        below.plot([opened_s] * 2, (0, top), color=GREEN, lw=2.0, zorder=0.5)
        figure.text(
            RIGHT + 0.012, middle - 0.02, f"opened\n{clock(opened_s)}", fontsize=SMALL,
            color=LETTERS[GREEN], va="top", linespacing=1.05,
        )  # fmt: skip
    data = {
        "seconds": seconds,
        "outside": outside,
        "began": np.array([one[1] for one in steps]),
        "ended": np.array([one[2] for one in steps]),
    }
    return Picture(figure, sentence, title, data)


def _under(steps):
    return "What those on call do, step by step" if steps else "Nobody was called"


def _bars(axes, steps, starts, ends):
    """One bar a step, the first on top, its name and minutes beside it."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlim(starts, ends)
    axes.set_ylim(-0.5, max(len(steps), FIVE) - 0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    across = axes.get_position().width * axes.get_figure().get_figwidth() * 72 / (ends - starts)
    longest = max((one[2] - one[1] for one in steps), default=0.0)
    for at, (name, began, ended, who) in enumerate(steps):
        up = max(len(steps), FIVE) - 1 - at
        axes.barh(up, ended - began, THICK, left=began,
                  color=INK if ended - began == longest else PALE)  # fmt: skip
        told = f"{name}{f' ({who})' if who else ''}, {minutes(ended - began)}"
        wide = text_width(told) + 12
        _beside(axes, told, (began, ended, up), (ends, across), wide)


def _beside(axes, told, bar, sheet, wide):
    """Write what a bar is: to its right, else inside it, else to its left. `wide`: points that it needs."""
    (began, ended, up), (ends, across) = bar, sheet
    if (ends - ended) * across > wide:
        at, shift, side, ink = ended, 5, "left", INK
    elif (ended - began) * across > wide:
        at, shift, side, ink = began, 5, "left", PAPER
    else:
        at, shift, side, ink = began, -5, "right", INK
    label = axes.annotate(
        told, (at, up), (shift, 0), textcoords="offset points", fontsize=SMALL, color=ink,
        va="center", ha=side, zorder=6,
    )  # fmt: skip
    if ink == INK:
        label.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 0.6})


def minutes(seconds):
    """Return a stretch in minutes as it stands beside a bar.

    >>> minutes(120), minutes(95), minutes(30), minutes(2700)
    ('2 min', '1.6 min', '0.5 min', '45 min')
    """
    return f"{seconds / 60:.0f} min" if seconds >= 600 else f"{round(seconds / 60, 1):g} min"


def _the(name):
    return name if name.endswith("ing") else f"the {name}"


def _claim(run, steps, opened_s, each):
    most = float(readings.outside_over_time(run).max()) * each
    waited = f"At most {people(most)} stood outside at one time."
    if not steps:
        return "Nobody is called this evening", f"Nobody is called. {waited}"
    name, began, ended, _ = max(steps, key=lambda one: one[2] - one[1])
    took = "; ".join(
        f"{one[0]}{f' ({one[3]})' if one[3] else ''} {minutes(one[2] - one[1])}" for one in steps
    )
    said = f"Step by step: {took}. {waited}"
    if not math.isfinite(opened_s):
        return f"Nobody opens the line; {_the(name)} is not over", f"The line stays shut. {said}"
    last, over = steps[-1][2], steps[-1][2] < run.evening.ends_s
    if last > opened_s:
        title = f"At {clock(opened_s)} the line is opened in vain; " + (
            f"at {clock(round(last))} it helps" if over else "nobody finds more"
        )
    else:
        part = (ended - began) / (opened_s - steps[0][1])
        told = "most of it" if part > MOST else "half of it" if part >= HALF else "longest"
        title = f"The line opens at {clock(opened_s)}; {_the(name)} took {told}"
    return title, f"The line opens at {clock(opened_s)}. {said}"
