"""Pictures of how long people needed to get in."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, PALE, PAPER, SMALL, TEXT
from loadbearing.pictures.labels import beside
from loadbearing.pictures.listeners import NOBODY_CAME
from loadbearing.pictures.paper import blank, minutes_axis, paper, shares_up, text_width
from loadbearing.pictures.picture import Picture
from loadbearing.units import duration, share
from loadbearing.words import word

HOUR_S = 3600
STEPS = (
    (10, "under 10 seconds"),
    (60, "10 to 60 seconds"),
    (300, "1 to 5 minutes"),
    (900, "5 to 15 minutes"),
    (1800, "15 to 30 minutes"),
    (np.inf, "over 30 minutes"),
)
"""Times to join that are told apart: up to so many seconds, and how that is written."""


def time_to_join(run, before=None):
    """Return the picture of how long people needed: the share of the crowd in within so many minutes.

    `before`: another run, drawn as a ghost.
    """
    waited = _waited(run)
    title, middle = _claim(run, waited)
    figure, axes = paper(title, word("share_in").axis, 0, HOUR_S)
    minutes_axis(axes)
    shares_up(axes)
    minutes = np.linspace(0, HOUR_S, 361)
    if before is not None:
        ghost = _within(_waited(before), minutes)
        axes.plot(minutes, ghost, color=PALE, lw=1.6, ls=DASHED)
    held = _within(waited, minutes)
    axes.plot(minutes, held, color=INK, lw=2.6)
    if middle is not None and middle <= HOUR_S:
        axes.plot([middle], [0.5], "o", ms=8, mfc=PAPER, mec=INK, mew=1.8)
        axes.annotate(
            f"half: {duration(middle)}", (middle, 0.5),
            (10, -14) if middle < 0.6 * HOUR_S else (-12, 12), textcoords="offset points",
            ha="left" if middle < 0.6 * HOUR_S else "right", fontsize=TEXT, color=INK,
        )  # fmt: skip
    names = [(held[-1], "in within\nan hour", INK)]
    if before is not None:
        names.append((ghost[-1], "last try", GREY))
    beside(axes, names)
    return Picture(figure, _sentence(run, waited), title, {"seconds": minutes, "share_in": held})


def time_to_join_spread(run):
    """Return the picture of who needed how long: shares of all who came, those never in too, with percentiles."""
    waited = _waited(run)
    title, _ = _claim(run, waited)
    rows, shares = _rows(run, waited)
    figure = blank(title, "Of all who came, so many needed …")
    axes = figure.add_axes((0.26, 0.03, 0.72, 0.775), facecolor="none")
    axes.set_axis_off()
    notes = _percentiles(waited, len(STEPS))
    marks = [f"{share(one)}" for one in shares]
    room = max(
        text_width(mark, SMALL, "bold") + (text_width(note) + 12 if note else 0) + 10
        for mark, note in zip(marks, notes + [""] * (len(rows) - len(notes)), strict=True)
    )
    wide = 0.72 * figure.get_figwidth() * 72
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.set_xlim(0, max(1e-9, shares.max()) * wide / max(60.0, wide - room))
    for at, (name, part) in enumerate(zip(rows, shares, strict=True)):
        inside = at < len(STEPS)
        axes.barh(
            at, part, height=0.62, color=GREEN if inside else PALE, edgecolor=INK, lw=0.8,
            hatch=None if inside else "////",
        )  # fmt: skip
        axes.annotate(
            name, (0, at), (-7, 0), textcoords="offset points", ha="right", va="center",
            fontsize=SMALL, color=INK, annotation_clip=False,
        )  # fmt: skip
        axes.annotate(
            marks[at], (part, at), (5, 0), textcoords="offset points", va="center",
            fontsize=SMALL, color=INK, weight="bold",
        )  # fmt: skip
        if at < len(notes) and notes[at]:
            axes.annotate(
                notes[at], (part, at), (text_width(marks[at], SMALL, "bold") + 14, 0),
                textcoords="offset points", va="center", fontsize=SMALL, color=GREY,
            )  # fmt: skip
    axes.axvline(0, color=GREY, lw=0.8)
    data = {"time_to_join": np.array(rows), "share": shares}
    return Picture(figure, _sentence(run, waited), title, data)


def _rows(run, waited):
    """Return (names of the rows, the share of all who came in each)."""
    edges = [0.0, *(until for until, _ in STEPS)]
    came = max(1, len(waited))
    upto = [np.count_nonzero(waited < until) for until in edges[1:-1]]
    counts = np.diff([0, *upto, np.count_nonzero(np.isfinite(waited))])
    names = [name for _, name in STEPS]
    gave_up, trying = readings.gave_up(run), readings.still_trying(run)
    rest = np.nan_to_num([gave_up, trying])
    return [*names, "never: gave up", "still trying at end"], np.append(counts / came, rest)


def _percentiles(waited, rows):
    """Return for each row what stands beside it: by when half, and nine in ten, of all who came are in."""
    notes = [[] for _ in range(rows)]
    for part, name in ((0.5, "half"), (0.9, "9 in 10")):
        needed = _needed(waited, part)
        if needed is not None:
            row = next(at for at, (until, _) in enumerate(STEPS) if needed < until)
            notes[row].append(f"{name}: {_briefly(needed)}")
    return [f"← {', '.join(one)}" if one else "" for one in notes]


def _briefly(seconds):
    """A length of time with its units cut short, for a place where there is little room."""
    said = duration(seconds)
    for long, brief in (("second", "s"), ("minute", "min"), ("hour", "h")):
        said = said.replace(f"{long}s", brief).replace(long, brief)
    return said


def _claim(run, waited):
    """Return (the claim, how long half of those who came needed or None)."""
    middle = _needed(waited, 0.5)
    if not len(waited):
        return NOBODY_CAME, None
    if not np.isfinite(waited[0]):
        return "Nobody gets in", None
    if middle is None:
        return (
            f"Fewer than half ever got in: {share(readings.share_in(run))} of those who came",
            None,
        )
    return f"Half of those who came were in within {duration(middle)}", middle


def _sentence(run, waited):
    if not len(waited):
        return "Time to join: nobody came."
    middle, late = _needed(waited, 0.5), _needed(waited, 0.9)
    got_in = readings.share_in(run)
    if middle is None:
        told = "fewer than half ever did"
    else:
        told = f"half within {duration(middle)}"
        told += (
            f", nine in ten within {duration(late)}" if late is not None else "; not nine in ten"
        )
    gave_up, trying = readings.gave_up(run), readings.still_trying(run)
    never = (
        f" {share(gave_up)} gave up and {share(trying)} were still trying at the end."
        if got_in < 1
        else ""
    )
    return f"Time to join: {share(got_in)} of those who came got in; {told}.{never}"


def _waited(run):
    """Return the seconds that each one who came needed to join, in order of length; inf for never."""
    came = readings.people_of(run)
    waited = came["joined"] - came["arrived"]
    return np.sort(np.where(np.isnan(waited), np.inf, waited))


def _needed(waited, part):
    """Return how long this part of the crowd needed, or None if fewer ever got in."""
    if not len(waited):
        return None
    needed = waited[min(len(waited) - 1, max(0, int(np.ceil(part * len(waited))) - 1))]
    return float(needed) if np.isfinite(needed) else None


def _within(waited, times):
    return np.searchsorted(waited, times, side="right") / max(1, len(waited))
