"""A sheet to draw on: the claim on top, what is counted under it, clock times below, labels beside the lines."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import (
    GREY,
    HIGH,
    INK,
    MIST,
    NEAR,
    PAPER,
    SMALL,
    TITLE,
    WIDE,
)
from loadbearing.units import clock
from loadbearing.words import word


def paper(title, axis, left_s, right_s):
    """Return (figure, axes): claim on top, what is counted under it, clock times below."""
    figure = Figure(figsize=(WIDE, HIGH), facecolor=PAPER)
    axes = figure.add_axes((0.115, 0.13, 0.74, 0.675), facecolor=PAPER)
    lines = textwrap.fill(title, 52)
    figure.text(
        0.02, 0.88, lines, fontsize=TITLE, weight="bold", color=INK, va="bottom", linespacing=1.15
    )
    figure.text(0.02, 0.845, axis, fontsize=SMALL, color=GREY, va="center")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.grid(axis="y", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.set_xlim(left_s, right_s)
    marks = np.arange(np.ceil(left_s / 1800) * 1800, right_s + 1, 1800)
    axes.xaxis.set_major_locator(FixedLocator(marks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: clock(x)))
    axes.set_xlabel(word("clock_time").axis, fontsize=SMALL, color=GREY)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: short(y)))
    return figure, axes


def minutes_axis(axes):
    """Put minutes from nothing to an hour under the picture."""
    axes.xaxis.set_major_locator(FixedLocator(np.arange(0, 3601, 600)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 60:.0f}"))
    axes.set_xlabel(
        f"{word('time_to_join').name.capitalize()} (minutes)", fontsize=SMALL, color=GREY
    )


def short(count):
    """A tick: 250 k, 1 M."""
    if count >= 1e6:
        return f"{count / 1e6:g} M"
    return f"{count / 1e3:g} k" if count >= 1e3 else f"{count:g}"


def beside(axes, labels):
    """Write labels at the right of the picture, at their heights, moved apart where they would touch."""
    labels = sorted(labels, key=lambda one: one[0])
    heights = apart([height for height, _, _ in labels], axes.get_ylim()[1], 1.75)
    right = axes.get_xlim()[1]
    for height, (_, text, colour) in zip(heights, labels, strict=True):
        axes.text(
            right, height, "  " + text.replace("\n", "\n  "), fontsize=SMALL, color=colour, va="center",
            weight="bold" if colour == INK else "normal", linespacing=1.05, clip_on=False,
        )  # fmt: skip


def apart(heights, top, lines=1.0):
    """Return rising heights moved up, then down, until they stand at least a line apart within 0 and top."""
    gap = NEAR * lines * top
    moved = []
    for height in heights:
        moved.append(max(height, moved[-1] + gap) if moved else max(height, 0.03 * top))
    for at in range(len(moved) - 1, -1, -1):
        ceiling = top if at == len(moved) - 1 else moved[at + 1] - gap
        moved[at] = min(moved[at], ceiling)
    return moved


def point_to(axes, point, text):
    """Name the published counts where nothing else is drawn: left of the first, above it."""
    left = axes.get_xlim()[0]
    axes.annotate(
        text, (point.t, point.bounds[1]), (left + 90, 0.36 * axes.get_ylim()[1]), fontsize=SMALL,
        color=INK, va="center", linespacing=1.05,
        arrowprops=dict(arrowstyle="-", color=GREY, lw=0.8, shrinkB=3),
    )  # fmt: skip


def number(count):
    """A small number in letters."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[count] if count < len(words) else str(count)


def draw_point(axes, point):
    """A published count as a hollow dot, with a bar as long as its tolerance."""
    low, high = point.bounds
    axes.errorbar(
        [point.t], [point.value], yerr=[[point.value - low], [high - point.value]], fmt="o", ms=8,
        mfc=PAPER, mec=INK, mew=1.8, ecolor=INK, elinewidth=1.6, capsize=4, zorder=5,
    )  # fmt: skip


def labels_at(axes, at_s, there):
    """Write each name to the right of its mark, moved apart where they would touch."""
    names = sorted(there, key=there.get)
    heights = apart([there[name] for name in names], axes.get_ylim()[1])
    for name, height in zip(names, heights, strict=True):
        axes.text(
            at_s + 110, height, name, fontsize=SMALL, color=INK, va="center",
            bbox=dict(facecolor=PAPER, edgecolor="none", pad=1, alpha=0.85), zorder=6,
        )  # fmt: skip
