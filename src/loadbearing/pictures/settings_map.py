"""The picture of two knobs: a map of what every pair of settings does, with the student's own place on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from loadbearing.pictures.ink import (
    DEEP,
    GREEN,
    GREY,
    HIGH,
    INK,
    PAPER,
    SMALL,
    WIDE,
    channels,
    shade,
)
from loadbearing.pictures.labels import narrowed
from loadbearing.pictures.paper import POINTS, blank, none_or, number, text_width
from loadbearing.pictures.picture import Picture

RAMP = (*(shade(GREEN, part) for part in (0.2, 0.4, 0.6, 0.8)), "#007a58", DEEP)
"""The shades of the map, from the least to the most: few enough to be told apart without the numbers."""

MOST_MARKS = 6
LEFT, RIGHT, BOTTOM, TOP, LINE = 0.165, 0.98, 0.155, 0.79, 0.045


@dataclasses.dataclass(frozen=True, eq=False)
class Knob:
    """One edge of the map: what is turned, its settings in order, how they are written."""

    label: str
    settings: Sequence
    say: Callable = "{:g}".format


def two_knobs(values, across, up, label, say, *, promise=None, at_most=False, mine=None):
    """Return the map of a number over two knobs; a thick line runs around the settings that keep the promise.

    `values`: array, one row for each setting of `up`, one column for each of `across`; nan where it is not known
    yet. `across`, `up`: `Knob`s. `label`: what the number is; `say`: a function from a number to a few letters.
    `promise`: the number that must be reached, or with `at_most` not exceeded. `mine`: (place across, place up) of
    the student's settings, counted from 0. Raises `ValueError` where the shapes do not fit.
    """
    values = np.asarray(values, float)
    if values.shape != (len(up.settings), len(across.settings)):
        raise ValueError(
            f"values has the shape {values.shape}; give {len(up.settings)} rows and {len(across.settings)} columns."
        )
    kept = _kept(values, promise, at_most)
    title, sentence = _claim(values, kept, (across, up), label, say, (promise, at_most), mine)
    texts = [[_said(one, say) for one in row] for row in values]
    width, height = (
        (RIGHT - LEFT) * WIDE * POINTS / values.shape[1],
        (TOP - BOTTOM) * HIGH * POINTS / values.shape[0],
    )
    written = height >= 1.4 * SMALL and width >= 6 + max(
        text_width(one, SMALL, "bold") for row in texts for one in row
    )
    key = narrowed(_key(values, label, say, written, kept), 0.96 * WIDE * POINTS)
    figure = blank(title, key)
    top = TOP - LINE * key.count("\n")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, top - BOTTOM))
    colours = _colours(values)
    axes.imshow(colours, origin="lower", aspect="auto", interpolation="nearest")
    if written:
        _write(axes, texts, colours, kept)
    _edges(axes, across, up, width)
    if kept is not None:
        _outline(axes, kept)
    if mine is not None:
        _here(axes, mine, height, written)
    data = {"across": np.array(across.settings), "up": np.array(up.settings), "values": values}
    return Picture(figure, sentence, title, data)


def _kept(values, promise, at_most):
    """Where the promise is kept: an array of yes and no, or None without a promise. What is not known keeps nothing."""
    if promise is None:
        return None
    return (values <= promise if at_most else values >= promise) & ~np.isnan(values)


def _said(value, say):
    return "?" if np.isnan(value) else say(value) if np.isfinite(value) else "never"


def _key(values, label, say, written, kept):
    """The line under the title: what the shades are, and the outline."""
    finite = values[np.isfinite(values)]
    if written or not len(finite):
        shades = ""
    else:
        never = " or never" if np.isposinf(values).any() else ""
        shades = f": faint {say(finite.min())}, strong {say(finite.max())}{never}"
    return f"{label}{shades}{'; outlined: promise kept' if kept is not None else ''}"


def _colours(values):
    """Return red, green and blue, 0 to 1, of each cell: the more, the darker; what is not known is paper."""
    finite = values[np.isfinite(values)]
    low, high = (finite.min(), finite.max()) if len(finite) else (0.0, 1.0)
    part = np.nan_to_num((values - low) / ((high - low) or 1.0), nan=0.0, posinf=1.0, neginf=0.0)
    ramp = np.array([channels(one) for one in RAMP]) / 255
    found = ramp[np.minimum((part * len(RAMP)).astype(int), len(RAMP) - 1)]
    found[np.isnan(values)] = channels(PAPER) / 255
    return found


def _write(axes, texts, colours, kept):
    for row, column in np.ndindex(colours.shape[:2]):
        dark = colours[row, column] @ [0.2126, 0.7152, 0.0722] < 0.45
        bold = kept is not None and kept[row, column]
        axes.text(
            column, row, texts[row][column], fontsize=SMALL, ha="center", va="center",
            color=PAPER if dark else INK, weight="bold" if bold else "normal",
        )  # fmt: skip


def _edges(axes, across, up, width):
    """Write the settings along both edges, as many as have room, and what they are."""
    texts = [across.say(one) for one in across.settings]
    widest = 6 + max(text_width(one) for one in texts)
    step = max(1, int(np.ceil(widest / width)))
    axes.set_xticks(range(0, len(texts), step), texts[::step])
    tall = max(1, -(-len(up.settings) // MOST_MARKS))
    axes.set_yticks(range(0, len(up.settings), tall), [up.say(one) for one in up.settings[::tall]])
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.set_xlabel(across.label, fontsize=SMALL, color=GREY)
    axes.set_ylabel(up.label, fontsize=SMALL, color=GREY)
    for side in axes.spines.values():
        side.set_visible(False)


def _outline(axes, kept):
    """Draw a thick line around the cells that keep the promise, along their edges."""
    around = np.pad(kept, 1)
    x, y = [], []
    for row, column in zip(*np.nonzero(around[1:, :] != around[:-1, :]), strict=True):
        x += [column - 1.5, column - 0.5, np.nan]
        y += [row - 0.5, row - 0.5, np.nan]
    for row, column in zip(*np.nonzero(around[:, 1:] != around[:, :-1]), strict=True):
        x += [column - 0.5, column - 0.5, np.nan]
        y += [row - 1.5, row - 0.5, np.nan]
    for colour, thick in ((PAPER, 6.0), (INK, 3.0)):
        axes.plot(
            x, y, color=colour, lw=thick, solid_capstyle="projecting", clip_on=False,
            scalex=False, scaley=False, zorder=4,
        )  # fmt: skip


def _here(axes, mine, height, written):
    """Mark the student's own place: a ring where cells are bare, a frame around the number where one is written."""
    column, row = mine
    if not written:
        for colour, thick in ((PAPER, 6.0), (INK, 2.4)):
            axes.plot(
                [column],
                [row],
                "o",
                ms=min(13, height),
                mfc="none",
                mec=colour,
                mew=thick,
                zorder=6,
            )
        return
    x, y = np.array([-1, 1, 1, -1, -1]) * 0.40, np.array([-1, -1, 1, 1, -1]) * 0.36
    for colour, thick in ((PAPER, 4.5), (INK, 2.0)):
        axes.plot(
            column + x, row + y, color=colour, lw=thick, ls="-" if colour == PAPER else (0, (2, 1)),
            scalex=False, scaley=False, zorder=6,
        )  # fmt: skip


def _claim(values, kept, knobs, label, say, promised, mine):
    (across, up), (promise, at_most) = knobs, promised
    known, many = int((~np.isnan(values)).sum()), values.size
    finite = values[np.isfinite(values)]
    if not known:
        title = f"None of the {many} settings is computed yet"
    elif kept is None:
        title = (
            f"From {say(finite.min())} to {say(finite.max())} over {known} settings"
            if len(finite)
            else f"Never, in all {known} settings"
        )
    else:
        title = f"The promise is kept in {none_or(int(kept.sum()))} of {number(known)} settings"
        if mine is not None and not np.isnan(values[mine[1], mine[0]]):
            title += ", with yours" if kept[mine[1], mine[0]] else ", not with yours"
    sentence = f"{label}, over {across.label} and {up.label}: "
    sentence += f"{known} of {many} settings computed"
    if len(finite):
        sentence += f", from {say(finite.min())} to {say(finite.max())}"
    if np.isposinf(values).any():
        sentence += f", never in {number(int(np.isposinf(values).sum()))}"
    sentence += "."
    if kept is not None:
        sentence += (
            f" The promise, {'at most' if at_most else 'at least'} {say(promise)}, is kept in "
            f"{none_or(int(kept.sum()))} of them."
        )
    if mine is not None:
        column, row = mine
        sentence += (
            f" Yours, {across.say(across.settings[column])} and {up.say(up.settings[row])}: "
            f"{_said(values[row, column], say).replace('?', 'not computed yet')}."
        )
    return title, sentence
