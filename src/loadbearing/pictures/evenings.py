"""Pictures of many evenings with the same settings: where they go, where this one lies, which was the lucky one."""

from __future__ import annotations

import numpy as np

from loadbearing.pictures.curves import beginning, passes, whole_minute
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
    shade,
)
from loadbearing.pictures.labels import beside
from loadbearing.pictures.listeners import draw_point
from loadbearing.pictures.paper import BOTTOM, RIGHT, TOP, blank, none_or, number, paper, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, duration, people
from loadbearing.words import word

MANY = 20
"""Fewer evenings than these are shown one by one: a band of a few would promise too much."""


def among_other_evenings(now, others, *, points=()):
    """Return the picture of this evening among others of other weather: their band, the middle half, the typical one.

    `now`: a `Curve`; `others`: `Curve`s of the same settings, best 20 or more; `points`: the record's
    `ListenerPoint`s. The typical number at each moment is the median of the others. Raises `ValueError` without others.
    """
    if not len(others):
        raise ValueError("others is empty; give the curves of other evenings.")
    times = now.times_s
    counts = np.array([np.interp(times, one.times_s, one.count) for one in others])
    low, quarter, typical, three, high = np.quantile(counts, [0, 0.25, 0.5, 0.75, 1], axis=0)
    points = [one for one in points if times[0] <= one.t <= times[-1]]
    title, sentence = _among_claim(now, counts, low, typical, high, points)
    figure, axes = paper(title, word("listeners_in_the_room").axis, beginning(times), times[-1])
    if len(others) < MANY:
        for one in counts:
            axes.plot(times, one, color=PALE, lw=1.0)
    else:
        axes.fill_between(times, low, high, color=MIST, linewidth=0)
        for edge in (low, high):
            axes.plot(times, edge, color=PALE, lw=0.8)
        axes.fill_between(times, quarter, three, color=shade(PALE, 0.6), linewidth=0)
    axes.plot(times, typical, color=GREY, lw=1.8, ls=DASHED)
    axes.plot(times, now.count, color=INK, lw=2.6, solid_capstyle="round")
    axes.set_ylim(0, 1.08 * max(1.0, high.max(), now.count.max(), *(p.bounds[1] for p in points)))
    for point in points:
        draw_point(axes, point)
    beside(
        axes,
        [
            (now.count[-1], "this\nevening", INK),
            (typical[-1], "typical\nevening", GREY),
        ],
    )
    data = {"seconds": times, "inside": now.count, "low": low, "quarter": quarter, "typical": typical,
            "three_quarters": three, "high": high}  # fmt: skip
    return Picture(figure, sentence, title, data)


def _among_claim(now, counts, low, typical, high, points):
    times, mine, many = now.times_s, now.count, len(counts)
    step = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    away_s = step * np.count_nonzero((mine < low) | (mine > high))
    others = f"{number(many)} other{'s' if many > 1 else ''}"
    if away_s:
        title = f"For {duration(away_s)} this evening is outside the range of the {others}"
    else:
        title = f"This evening stays within the range of the {others}"
    apart_most = whole_minute(times, times[np.argmax(high - low)])
    at = int(np.argmin(np.abs(times - apart_most)))
    sentence = (
        f"This evening among {others} with the same settings and other weather: the evenings differ most at "
        f"{clock(times[at])}, from {people(low[at])} to {people(high[at])} in the room, typically "
        f"{people(typical[at])}; this evening has {people(mine[at])}, more than "
        f"{none_or(int((counts[:, at] < mine[at]).sum()))} of them. "
    )
    sentence += (
        f"It is outside their range for {duration(away_s)}."
        if away_s
        else "It never leaves their range."
    )
    if points:
        met = sum(passes(now, one) for one in points)
        sentence += f" It passes {met} of the {len(points)} published counts."
    return title, sentence


def the_lucky_one(values, evenings, label, say, *, most_is_best=True, mine=None):
    """Return the picture of every evening's number in order: the luckiest, the typical, and how far they are apart.

    `values`: one number an evening (inf: never; nan: there is none, left out); `evenings`: their seeds;
    `label`: what the number is; `say`: a function from a finite number to words; `mine`: the number of the
    student's own evening. The typical one is the middle one of the evenings in order.
    Raises `ValueError` if there are not as many seeds as values, or no value at all.
    """
    values, evenings = np.asarray(values, float), np.asarray(evenings)
    if len(values) != len(evenings):
        raise ValueError(f"evenings has {len(evenings)} entries; give {len(values)}, one a value.")
    known = ~np.isnan(values)
    if not known.any():
        raise ValueError("values holds no number; give the reading of at least one evening.")
    order = np.argsort(np.where(known, values if most_is_best else -values, np.inf), kind="stable")
    order = order[: np.count_nonzero(known)]
    values, evenings = values[order], evenings[order]
    typical = float(values[(len(values) - 1) // 2])
    better = None if mine is None else int((values < mine if most_is_best else values > mine).sum())
    title, sentence = _lucky_claim(values, evenings, typical, label, _spoken(say), mine, better)
    figure, axes = _in_a_row(title, label, values)
    finite = [one for one in (*values, mine) if one is not None and np.isfinite(one)] or [0.0]
    reach = (max(finite) - min(finite)) or max(finite) or 1.0
    low, top = min(finite) - 0.25 * reach, max(finite) + 0.25 * reach
    axes.set_ylim(low, top)
    heights = np.where(np.isfinite(values), values, top)
    axes.axhline(min(typical, top), color=GREY, lw=1.4, ls=DASHED, zorder=1)
    axes.vlines(range(len(values)), min(typical, top), heights, color=PALE, lw=1.6, zorder=1)
    axes.plot(heights, "o", ms=6, color=GREY, mec=PAPER, mew=0.6, clip_on=False)
    axes.plot(
        [len(values) - 1], heights[-1:], "D", ms=10, color=GREEN, mec=INK, mew=1.2, clip_on=False
    )
    said = _spoken(say)
    names = [
        (heights[-1], f"luckiest\n{said(values[-1])}", LETTERS[GREEN]),
        (min(typical, top), f"typical\n{said(typical)}", GREY),
    ]
    if mine is not None:
        axes.plot(
            [better - 0.5], [min(mine, top)], "o", ms=10, mfc="none", mec=INK, mew=2, clip_on=False
        )
        names.append((min(mine, top), f"yours\n{said(mine)}", INK))
    beside(axes, names)
    return Picture(figure, sentence, title, {"evening": evenings, "value": values})


def _in_a_row(title, label, values):
    figure = blank(title, label)
    axes = ruled(figure.add_axes((0.03, BOTTOM, RIGHT - 0.04, TOP - BOTTOM)))
    axes.set_xlim(-0.8, len(values) - 0.2)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(word("luck").axis, fontsize=SMALL, color=GREY)
    return figure, axes


def _spoken(say):
    return lambda value: say(value) if np.isfinite(value) else "never"


def _lucky_claim(values, evenings, typical, label, said, mine, better):
    many, best, worst = len(values), float(values[-1]), float(values[0])
    all_of_them = f"{number(many)} evening{'s' if many > 1 else ''}"
    if said(best) == said(worst):
        title = (
            f"The {all_of_them} come out alike: {said(best)}"
            if many > 1
            else f"One evening: {said(best)}"
        )
    elif said(best) == said(typical):
        title = f"The luckiest of {all_of_them} is like the typical one: {said(best)}"
    else:
        title = f"The luckiest of {all_of_them}: {said(best)}; the typical one: {said(typical)}"
    sentence = (
        f"{label}, {all_of_them} of different weather: the luckiest, seed {evenings[-1]}, {said(best)}; "
        f"the typical one {said(typical)}; the unluckiest, seed {evenings[0]}, {said(worst)}."
    )
    if np.isfinite([best, typical]).all() and said(best) != said(typical):
        near = int((np.abs(values - best) < np.abs(values - typical)).sum())
        sentence += f" {none_or(near).capitalize()} of {number(many)} are nearer to the luckiest than to the typical."
    if mine is not None:
        sentence += f" Yours: {said(mine)}, luckier than {none_or(better)} of {number(many)}."
    return title, sentence
