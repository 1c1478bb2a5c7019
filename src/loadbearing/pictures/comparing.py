"""The picture of two runs: the one of now, and one that was pinned to be compared with it."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.curves import room
from loadbearing.pictures.ink import DASHED, GREY, INK, MIST
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import are, paper
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people
from loadbearing.words import word

COMPARED = ("share_in", "time_to_join_of_everybody", "gave_up", "peak_outside")
"""The readings that are said of both runs."""


def two_runs(run, pinned, each=1.0, pinned_each=1.0):
    """Return the picture of the room in two runs, with the moment at which they differ most.

    `each`, `pinned_each`: how many people a simulated listener stands for in each of them.
    """
    now, then = room(run, each), room(pinned, pinned_each)
    return Picture(*_drawn(now, then, _both(run, pinned, each, pinned_each)))


def two_curves(now, pinned):
    """Return the same picture from two `Curve`s of listeners in the room, where no run is at hand."""
    return Picture(*_drawn(now, pinned, ""))


def _drawn(now, pinned, readings_said):
    left = min(now.times_s[0], pinned.times_s[0])
    right = max(now.times_s[-1], pinned.times_s[-1])
    both = (now.times_s >= pinned.times_s[0]) & (now.times_s <= pinned.times_s[-1])
    times = now.times_s[both]
    other = np.interp(times, pinned.times_s, pinned.count)
    title, sentence, at_s = _claim(times, now, pinned)
    figure, axes = paper(title, word("listeners_in_the_room").axis, left, right)
    axes.fill_between(times, now.count[both], other, color=MIST, linewidth=0)
    axes.plot(pinned.times_s, pinned.count, color=GREY, lw=2.2, ls=DASHED)
    axes.plot(now.times_s, now.count, color=INK, lw=2.6, solid_capstyle="round")
    axes.set_ylim(0, 1.12 * max(1.0, now.count.max(), pinned.count.max()))
    lines = [
        Named(now.times_s, now.count, "this run"),
        Named(pinned.times_s, pinned.count, "pinned", GREY),
    ]
    if at_s is not None:
        ends = sorted((now.at(at_s), pinned.at(at_s)))
        axes.plot([at_s, at_s], ends, color=INK, lw=1.2, marker="_", ms=8)
        lines.append(
            Named(np.repeat(at_s, 2), np.array(ends), people(ends[1] - ends[0]), needed=False)
        )
    name_lines(axes, lines)
    data = {"seconds": times, "inside": now.count[both], "pinned": other}
    return figure, f"{sentence}{readings_said}", title, data


def _claim(times, now, pinned):
    """Return (the claim, the sentence, the moment it speaks of or None): whole minutes, if they tell the runs apart."""
    if not len(times):
        return (
            "These two runs have no moment in common",
            "Two runs that have no moment in common.",
            None,
        )
    minutes = times[times % 60 == 0]
    for among in (minutes, times):
        if not len(among):
            continue
        gaps = np.array([now.at(t) - pinned.at(t) for t in among])
        most = int(np.argmax(np.abs(gaps)))
        if round(abs(gaps[most])) == 0:
            continue
        at_s, gap = float(among[most]), float(gaps[most])
        side = "more" if gap > 0 else "fewer"
        title = f"At {clock(at_s)}, {people(abs(gap))} {side} are in than in the pinned run"
        return (
            title,
            (
                f"Two runs: minute by minute they differ most at {clock(at_s)}, when {are(now.at(at_s))} in the room "
                f"in this run and {people(pinned.at(at_s))} in the pinned one."
            ),
            at_s,
        )
    return (
        "Both runs have equally many in the room at every moment",
        "Two runs: equally many are in the room at every moment.",
        None,
    )


def _both(run, pinned, each, pinned_each):
    """Say the readings of both runs beside each other; heads count as many people as they stand for."""
    said = []
    tables = readings.readings(run), readings.readings(pinned)
    for key in COMPARED:
        one, other = (table[key] for table in tables)
        if key == "peak_outside":
            texts = people(one.value * each), people(other.value * pinned_each)
        else:
            texts = one.text, other.text
        said.append(f"{one.label}: {texts[0]}, pinned {texts[1]}")
    return f" {'; '.join(said)}."
