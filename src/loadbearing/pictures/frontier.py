"""The frontier of unit 11: bad evenings against what is carried, and the line of the best plans known."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, LETTERS, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import blank, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.pictures.roadmap import of_par, unbroken
from loadbearing.words import word

NONE_POSSIBLE, NONE_SEEN, LEAST, MOST = 0.0005, 0.0018, 0.005, 8.0
"""Where a plan stands that no luck can spoil, one that was spoiled on no history seen, and from where to where the
others do: bad evenings a roadmap, each mark ten times as many as the one before."""

MARKS = {0.01: "1 in 100\nroadmaps", 0.1: "1 in 10\nroadmaps", 1.0: "1 in each\nroadmap"}
LOWEST, TOP = -0.25, 1.12


def frontier(par, *, own=None, line=(), careful=None, others=(), behind=None, histories=200):
    """Return the picture of plans: bad evenings a roadmap across, what is carried up, as a share of par.

    Each plan is (bad evenings a roadmap, share of what par carries). `par`: the best plan known; `own`: yours;
    `line`: the best plans known for other prices of a bad evening; `careful`: the best that no luck can spoil;
    `others`: plans to compare with, pale; `behind`: the one before yours. `histories`: on how many they were played.
    What carries less than nothing by far is drawn at the lower edge.
    """
    title = _title(par, own, line, careful)
    figure = blank(unbroken(title), word("carried").axis)
    axes = ruled(figure.add_axes((0.125, 0.195, 0.84, 0.595)))
    axes.set_xscale("log")
    axes.set_xlim(NONE_POSSIBLE / 1.5, MOST)
    axes.set_ylim(LOWEST, TOP)
    _edges(figure, axes, histories)
    if others:
        x, y = zip(*(_place(one) for one in others), strict=True)
        axes.plot(x, y, "o", ms=4.5, color=MIST, mec=PALE, mew=0.6, ls="none", zorder=2)
    if line:
        best = sorted((*line, par), reverse=True)
        places = [_place(one) for one in best] + ([_careful(careful)] if careful else [])
        axes.plot(
            *zip(*places, strict=True), color=GREEN, lw=2.2, ls=DASHED, marker="o", ms=4, zorder=3
        )
        middle = places[len(places) // 2]
        if middle[0] < _place(par)[0] / 3:
            _name(axes, middle, "best plans known", LETTERS[GREEN], (-4, 9), "right")
    axes.plot(*_place(par), "D", ms=10, color=GREEN, mec=INK, mew=1.2, zorder=4)
    _name(axes, _place(par), "par", LETTERS[GREEN], (0, 11), "center")
    if careful:
        axes.plot(*_careful(careful), "s", ms=9, color=GREEN, mec=INK, mew=1.2, zorder=4)
        _name(axes, _careful(careful), f"careful: {of_par(careful[1])}", LETTERS[GREEN], (0, -18))
    if behind:
        axes.plot(*_place(behind), "o", ms=11, mfc="none", mec=PALE, mew=2, zorder=4)
    if own:
        axes.plot(*_place(own), "o", ms=11, color=INK, mec=PAPER, mew=1.2, zorder=5)
        left = _place(own)[0] < 0.3
        _name(
            axes, _place(own), "yours", INK, (12 if left else -12, -4), "left" if left else "right"
        )
    data = {"par": np.array(par), "own": np.array(own or ()), "line": np.array(line)}
    data |= {"careful": np.array(careful or ()), "others": np.array(others)}
    return Picture(figure, _sentence(par, own, line, careful, histories), title, data)  # fmt: skip


def _edges(figure, axes, histories):
    """Round shares up; across the two ways of having none, then one in so many roadmaps."""
    marks = {NONE_POSSIBLE: "none\npossible", NONE_SEEN: f"none\nin {histories}", **MARKS}
    axes.xaxis.set_major_locator(FixedLocator(list(marks)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(list(marks.values()), fontsize=SMALL, linespacing=1.0)
    axes.tick_params(axis="x", pad=4)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.yaxis.set_major_formatter(lambda y, _: of_par(y))
    axes.axvline(math.sqrt(NONE_SEEN * LEAST), color=MIST, lw=1)
    figure.text(0.545, 0.03, word("bad_evening").axis, fontsize=SMALL, color=GREY, ha="center")


def _place(plan):
    bad, carried = plan
    across = NONE_SEEN if bad <= 0 else min(max(bad, LEAST), MOST / 1.15)
    return across, max(carried, LOWEST + 0.04)


def _careful(plan):
    return NONE_POSSIBLE, _place(plan)[1]


def _name(axes, at, text, colour, away, side="left"):
    axes.annotate(
        text, at, away, textcoords="offset points", fontsize=SMALL, color=colour, ha=side,
        weight="bold" if colour == INK else "normal", zorder=6,
        bbox=dict(facecolor=PAPER, edgecolor="none", pad=0.5, alpha=0.8),
    )  # fmt: skip


def _title(par, own, line, careful):
    if own:
        return f"{of_par(own[1])} of par, and {how_often(own[0])}"
    half = [one for one in line if 0 < one[0] <= par[0] / 2]
    if half and careful:
        nearest = max(half)
        return (
            f"Half as many bad evenings cost {of_par(1 - nearest[1])}, "
            f"none possible costs {of_par(1 - careful[1])}"
        )
    return f"Par has {how_often(par[0])}"


def _sentence(par, own, line, careful, histories):
    said = [f"On {histories} histories par, the best plan known, has {how_often(par[0])}."]
    if own:
        said.append(f"Yours has {how_often(own[0])} and carries {of_par(own[1])} of what par does.")
    some = _told(par, line)
    if some:
        told = "; ".join(f"{how_often(bad)} at {of_par(carried)}" for bad, carried in some)
        said.append(f"Of the best plans known: {told}.")
    if careful:
        said.append(f"The best that no luck can spoil carries {of_par(careful[1])}.")
    return " ".join(said)


def _told(par, line):
    """Three plans of the line: the first with at most half as many bad evenings as par, one a tenth, one with none."""
    some = []
    for most in (par[0] / 2, par[0] / 10, 0.0):
        fewer = [one for one in line if one[0] <= most and one[0] < par[0]]
        some += [max(fewer)] if fewer else []
    return list(dict.fromkeys(some))


def how_often(bad):
    """Return bad evenings a roadmap in words.

    >>> how_often(0), how_often(0.02)
    ('no bad evening', 'a bad evening in 50 roadmaps')
    >>> how_often(0.8), how_often(1.4)
    ('8 bad evenings in 10 roadmaps', '1.4 bad evenings a roadmap')
    """
    if bad <= 0:
        return "no bad evening"
    if bad < 0.4:
        return f"a bad evening in {_round(1 / bad)} roadmaps"
    if bad < 1:
        return f"{10 * bad:.0f} bad evenings in 10 roadmaps"
    return f"{bad:.1f} bad evenings a roadmap"


def _round(count):
    return f"{count:.0f}" if count < 100 else f"{round(count, -1):.0f}"
