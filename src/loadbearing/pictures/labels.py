"""Names that stand beside what they name: moved apart where they would touch, never in the way of a line."""

from __future__ import annotations

import dataclasses
import weakref

import numpy as np

from loadbearing.pictures.ink import GREY, INK, LETTERS, NEAR, PAPER, SMALL
from loadbearing.pictures.paper import POINTS, text_width

SPACING = 1.05
COLUMNS, ROWS = 80, 32
"""The places that are tried for a name: across and up."""

CLEAR, AT_EASE, HIGHER = 3.0, 16.0, 14.0
"""Points: what must be free around a name, how far other lines had better be, and what standing high is worth."""

TELLING = 0.35
"""A name stands first of all where its line is at least this share of its highest, not where it lies on the floor."""

AWAY, TALL = 6.0, 198.0
"""Points: how far names stand from the edges, and the height of a picture for which `NEAR` is meant."""


@dataclasses.dataclass(frozen=True, eq=False)
class Named:
    """A line and its name: times, heights, text, the colour of the line; a name not `needed` may be left out."""

    x: np.ndarray
    y: np.ndarray
    text: str
    colour: str = INK
    needed: bool = True

    @property
    def weight(self):
        """This evening is written bold, all else plain."""
        return "bold" if self.colour == INK else "normal"

    @property
    def letters(self):
        """The colour of the name."""
        return LETTERS.get(self.colour, self.colour)


def size_of(text, size=SMALL, weight="normal"):
    """Return (width, height) of a text in points."""
    return text_width(text, size, weight), (text.count("\n") + 1) * size * 1.2 * SPACING


def points_of(axes):
    """Return (width, height) of axes in points."""
    box, figure = axes.get_position(), axes.get_figure()
    return box.width * figure.get_figwidth() * POINTS, box.height * figure.get_figheight() * POINTS


_NAMED = weakref.WeakKeyDictionary()
"""What is named on which axes, and the letters that say it."""


def name_lines(axes, lines, taken=()):
    """Write the name of each `Named` line next to it, where no line passes; else at the right of the picture.

    `taken`: boxes (left, right, bottom, top) in data where nothing may be written.
    """
    before = len(axes.texts)
    sheet = points_of(axes)
    (left, right), (low, top) = axes.get_xlim(), axes.get_ylim()
    across, up = sheet[0] / (right - left), sheet[1] / (top - low)
    boxes = [
        ((a - left) * across, (b - left) * across, (c - low) * up, (d - low) * up)
        for a, b, c, d in taken
    ]
    extents = [_extent(line, (left, right), low, up) for line in lines]
    outside = []
    for at, line in enumerate(lines):
        size = size_of(line.text, SMALL, line.weight)
        box = _free_place(size, extents, at, boxes, sheet, TELLING)
        box = box or _free_place(size, extents, at, boxes, sheet)
        if box is None and not line.needed:
            continue
        if box is None:
            outside.append((float(line.y[-1]), line.text, line.letters))
            continue
        boxes.append(box)
        axes.text(
            left + box[0] / across, low + (box[2] + box[3]) / 2 / up, line.text, fontsize=SMALL,
            color=line.letters, weight=line.weight, va="center", linespacing=SPACING, zorder=6,
        )  # fmt: skip
    beside(axes, outside)
    _NAMED[axes] = lines, taken, list(axes.texts)[before:]


def name_again(axes):
    """Write the names of lines anew where `name_lines` wrote them, after the axis has changed."""
    if axes in _NAMED:
        lines, taken, written = _NAMED[axes]
        for text in written:
            text.remove()
        name_lines(axes, lines, taken)


def _extent(line, limits, low, up):
    """Return the lowest and the highest point of a line in each column, in points; nan where it is not."""
    x, y = np.asarray(line.x, float), (np.asarray(line.y, float) - low) * up
    edges = np.linspace(*limits, COLUMNS + 1)
    at_edges = np.where((edges >= x[0]) & (edges <= x[-1]), np.interp(edges, x, y), np.nan)
    lowest, highest = np.fmin(at_edges[1:], at_edges[:-1]), np.fmax(at_edges[1:], at_edges[:-1])
    column = np.floor((x - limits[0]) / (limits[1] - limits[0]) * COLUMNS).astype(int)
    seen = (column >= 0) & (column < COLUMNS) & np.isfinite(y)
    np.fmin.at(lowest, column[seen], y[seen])
    np.fmax.at(highest, column[seen], y[seen])
    return lowest, highest


def _free_place(size, extents, mine, boxes, sheet, telling=0.0):
    """Return (left, right, bottom, top) in points for a name near its line and clear of all others, or None.

    `telling`: near a part of its line that is at least this share of its highest.
    """
    (wide, high), (across, up) = sheet, size
    edges = np.linspace(0, wide, COLUMNS + 1)
    lefts = edges[(edges >= AWAY) & (edges + across <= wide)]
    bottoms = np.linspace(CLEAR, high - up, ROWS)
    if not len(lefts):
        return None
    far = [_distance(extent, edges, lefts, bottoms, size) for extent in extents]
    own = far.pop(mine)
    lowest, highest = extents[mine]
    tall = highest >= telling * np.nanmax(highest, initial=0.0)
    told = np.where(tall, lowest, np.nan), np.where(tall, highest, np.nan)
    near = _distance(told, edges, lefts, bottoms, size)
    others = np.min([own + 3 * AT_EASE, *far], axis=0)
    clear = others - own
    score = (
        np.minimum(clear, AT_EASE)
        + 0.3 * clear.clip(0, 3 * AT_EASE)
        - near
        + HIGHER * bottoms / high
    )
    score[(own < CLEAR) | (clear < 0)] = -np.inf
    for a, b, c, d in boxes:
        beside_it = (lefts < b + CLEAR) & (lefts + across > a - CLEAR)
        level = (bottoms < d + CLEAR) & (bottoms + up > c - CLEAR)
        score[np.ix_(beside_it, level)] = -np.inf
    column, row = np.unravel_index(int(np.argmax(score)), score.shape)
    if not (np.isfinite(score[column, row]) and near[column, row] <= AT_EASE):
        return None
    return lefts[column], lefts[column] + across, bottoms[row], bottoms[row] + up


def _distance(extent, edges, lefts, bottoms, size):
    """Return how far a line is, in points, from a name with this left edge and this bottom: one row a left edge."""
    (lowest, highest), (across, up) = extent, size
    there = np.isfinite(lowest)
    if not there.any():
        return np.full((len(lefts), len(bottoms)), np.inf)
    begins, ends = edges[:-1][there], edges[1:][there]
    aside = np.maximum(begins - lefts[:, None] - across, lefts[:, None] - ends).clip(0)
    tall = np.maximum(lowest[there] - bottoms[:, None] - up, bottoms[:, None] - highest[there])
    squares = (aside**2)[:, None, :] + (tall.clip(0) ** 2)[None, :, :]
    return np.sqrt(squares.min(axis=2))


def beside(axes, labels):
    """Write labels (height, text, colour) at the right of the picture, moved apart where they would touch.

    A label that is too long for the margin is broken into lines; heights are those of the axes.
    """
    if not labels:
        return
    room = (1 - axes.get_position().x1) * axes.get_figure().get_figwidth() * POINTS - AWAY - 2
    labels = [
        (height, narrowed(text, room, "bold" if colour == INK else "normal"), colour)
        for height, text, colour in sorted(labels, key=lambda one: one[0])
    ]
    low, top = axes.get_ylim()
    lines = max(text.count("\n") + 1 for _, text, _ in labels)
    gap = (1.0 + 0.75 * (lines - 1)) * TALL / points_of(axes)[1]
    heights = apart([height - low for height, _, _ in labels], top - low, gap)
    right = axes.get_xlim()[1]
    for height, (_, text, colour) in zip(heights, labels, strict=True):
        axes.annotate(
            text, (right, low + height), (AWAY, 0), textcoords="offset points", fontsize=SMALL,
            color=colour, va="center", weight="bold" if colour == INK else "normal",
            linespacing=SPACING, annotation_clip=False,
        )  # fmt: skip


def narrowed(text, room, weight="normal"):
    """Return a text broken at its spaces wherever a line would be wider than `room` points."""
    lines = [""]
    for one in text.replace("\n", " \n ").split(" "):
        longer = f"{lines[-1]} {one}".strip(" ")
        if one == "\n":
            lines.append("")
        elif not lines[-1] or text_width(longer, SMALL, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(one)
    return "\n".join(lines)


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


def labels_at(axes, at_s, there):
    """Write each name to the right of its mark, moved apart where they would touch."""
    names = sorted(there, key=there.get)
    heights = apart([there[name] for name in names], axes.get_ylim()[1])
    for name, height in zip(names, heights, strict=True):
        axes.annotate(
            name, (at_s, height), (8, 0), textcoords="offset points", fontsize=SMALL, color=INK, va="center",
            bbox=dict(facecolor=PAPER, edgecolor="none", pad=1, alpha=0.85), zorder=6,
        )  # fmt: skip


def point_up_to(axes, point, text):
    """Name the published counts in a small picture: right of one and below it, where a room that fills leaves space."""
    left, right = axes.get_xlim()
    at = point.t + 0.06 * (right - left), min(0.36 * axes.get_ylim()[1], point.bounds[0])
    axes.annotate(
        text, (point.t, point.bounds[0]), at, fontsize=SMALL, color=INK, va="center", linespacing=SPACING,
        arrowprops=dict(arrowstyle="-", color=GREY, lw=0.8, shrinkB=3),
    )  # fmt: skip


def point_to(axes, point, text):
    """Name the published counts where nothing else is drawn: left of the first, above it."""
    left, right = axes.get_xlim()
    wide = text_width(text) * (right - left) / points_of(axes)[0]
    at = max(left + 0.01 * (right - left), point.t - 1.3 * wide)
    height = max(0.36 * axes.get_ylim()[1], point.bounds[1] + 0.1 * axes.get_ylim()[1])
    axes.annotate(
        text, (point.t, point.bounds[1]), (at, min(height, 0.9 * axes.get_ylim()[1])), fontsize=SMALL,
        color=INK, va="center", linespacing=SPACING,
        arrowprops=dict(arrowstyle="-", color=GREY, lw=0.8, shrinkB=3),
    )  # fmt: skip
