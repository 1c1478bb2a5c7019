"""Pictures of suppliers: the nights on which each is gone, those on which several are, and how wrong the product is."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREY, INK, MIST, OTHERS, PALE, SMALL, TEXT
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import blank, number, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.words import word

LEFT, WIDTH, LOW, HEIGHT = 0.215, 0.60, 0.14, 0.68
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
TALL, SHORT = 0.32, 0.14
"""Half the height of a stroke in a row, and of one of the run before."""

COLUMNS = 1_000
"""Strokes that a row can show side by side."""


def failing_nights(gone, on_paper, behind=None):
    """Return the picture of the nights on which suppliers were gone: a row each, and one for the first two together.

    `gone`: bool (suppliers, nights), two suppliers or more. `on_paper`: on how many nights the first two would both be
    gone if their chances are multiplied. `behind`: `gone` of another run, whose nights together are drawn pale.
    """
    together = _together(gone)
    many = gone.shape[1]
    counts = [int(one.sum()) for one in together.values()]
    title = (
        f"Both of the first two are gone on {_nights(counts[len(gone)])}; "
        f"multiplied on paper it would be {_few(on_paper)}"
    )
    figure = blank(title, f"Nights on which suppliers are gone, of {many:,}")
    axes = figure.add_axes((LEFT, LOW, WIDTH, HEIGHT))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    before = _together(behind) if behind is not None else {}
    for row, (name, nights) in enumerate(together.items()):
        several = row >= len(gone)
        axes.axhline(row, color=MIST, lw=0.8, zorder=1)
        _strokes(axes, row, nights, TALL, INK if several else GREY, 1.6 if several else 0.7)
        if several and name in before:
            _strokes(axes, row + TALL + SHORT, before[name], SHORT, PALE, 1.4)
        axes.text(
            1.02 * many, row, f"{counts[row]:,}", fontsize=TEXT, va="center", clip_on=False,
            color=INK if several else GREY, weight="bold" if several else "normal",
        )  # fmt: skip
    axes.set_xlim(0, many)
    axes.set_ylim(len(together) - 0.4, -0.6)
    axes.set_yticks(range(len(together)), list(together))
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    axes.xaxis.set_major_locator(FixedLocator([0, many // 2, many]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"night {max(1, round(x)):,}"))
    told = ", ".join(f"{name} on {count:,}" for name, count in zip(together, counts, strict=True))
    sentence = f"Gone, of {many:,} nights: {told}. {title}."
    return Picture(
        figure, sentence, title, {name: np.flatnonzero(on) for name, on in together.items()}
    )


def _together(gone):
    """Name to bool (nights,): each supplier alone, then the first two, then all of three."""
    rows = {f"the {ORDINALS[at]}": one for at, one in enumerate(gone)}
    rows["first and second"] = gone[:2].all(axis=0)
    if len(gone) > 2:
        rows[f"all {number(len(gone))}"] = gone.all(axis=0)
    return rows


def _strokes(axes, row, nights, half, colour, wide):
    """An upright stroke for every night that is true; of those nearer than a pixel, one."""
    apart = max(1, len(nights) // COLUMNS)
    at = np.unique(np.flatnonzero(nights) // apart) * apart
    lines = [((x, row - half), (x, row + half)) for x in at]
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=wide, zorder=3))


def _nights(count):
    """A count of nights in words.

    >>> _nights(0), _nights(1), _nights(1200)
    ('no night', '1 night', '1,200 nights')
    """
    return "no night" if not count else f"{count:,} night{'s' if count > 1 else ''}"


def _few(nights):
    """A number of nights that may be a small part of one, in words.

    >>> _few(0.1), _few(0.001), _few(250.0), _few(10.0)
    ('next to none', 'next to none', '250', '10')
    """
    return f"{nights:,.0f}" if nights >= 0.5 else "next to none"


def times_paper(fails, lines):
    """Return the picture of how many times as often as on paper two suppliers are gone together.

    `fails`: chances that one is gone on a night, falling; `lines`: {name: times (one for each of `fails`)}, the line
    that matters most first. Raises `ValueError` without a line.
    """
    if not lines:
        raise ValueError("lines is empty; give at least one.")
    name, worst = next(iter(lines.items()))
    nights = [f"1 in {round(1 / one):,}" for one in fails]
    ends = f"{worst[0]:,.1f} times at {nights[0]}, {worst[-1]:,.0f} times at {nights[-1]}"
    title = f"The better the suppliers, the falser the product: {ends}"
    figure = blank(title, "Both gone, times as often as on paper")
    axes = ruled(figure.add_axes((0.125, 0.175, 0.72, 0.625)))
    x = np.arange(len(fails), dtype=float)
    for (_, times), (colour, style) in zip(lines.items(), OTHERS, strict=False):
        axes.plot(x, np.log10(times), color=colour, ls=style, lw=2.4, marker="o", ms=5)
    axes.set_xlim(-0.15, len(fails) - 0.85)
    axes.set_ylim(-0.1, 1.1 * max(0.1, *(float(np.log10(max(one))) for one in lines.values())))
    axes.set_xticks(x, nights)
    axes.set_xlabel(word("gone").axis, fontsize=SMALL, color=GREY)
    axes.yaxis.set_major_locator(FixedLocator(range(7)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{10**y:,.0f}"))
    name_lines(
        axes,
        [
            Named(x, np.log10(np.asarray(times)), one, colour)
            for (one, times), (colour, _) in zip(lines.items(), OTHERS, strict=False)
        ],
    )
    told = "; ".join(
        f"{one}: " + ", ".join(f"{at:,.1f}" for at in times) for one, times in lines.items()
    )
    sentence = f"How many times as often as on paper both of two are gone, at {', '.join(nights)} nights. {told}."
    return Picture(figure, sentence, title, {"fails": np.asarray(fails), **lines})
