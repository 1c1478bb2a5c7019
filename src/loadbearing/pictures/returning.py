"""The picture of the way back: who lost the connection, and who is in again."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.curves import span
from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK
from loadbearing.pictures.labels import Named, beside, name_lines
from loadbearing.pictures.paper import paper, shares_up
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, duration, people, share

NEARLY_ALL = 0.99
EARLIER_S, LATER_S = 60, 240
"""How long before the disconnection a comparison begins, and how long after the slowest way back it ends."""

STYLES = (
    {"color": GREY, "lw": 2.4},
    {"color": INK, "lw": 2.6},
    {"color": GREEN, "lw": 2.4, "ls": DASHED},
)


def back_in_the_room(run, each=1.0):
    """Return the picture of joins by people who had lost the connection, as a share of those disconnections."""
    times, part = shares_back(run)
    lost = readings.count(run, "disconnected") * each
    title, sentence = _claim(run, times, part, lost)
    figure, axes = paper(title, "In again, share of those who lost the connection", *span(run))
    shares_up(axes)
    axes.plot(times, part, color=INK, lw=2.6)
    beside(axes, [(part[-1], "in again", INK)])
    return Picture(figure, sentence, title, {"seconds": times, "back": part})


def ways_back(runs):
    """Return the picture of two or three ways back, one beside the other: {name: run}, the same disconnection in each.

    Raises `ValueError` for more or fewer runs.
    """
    if not 2 <= len(runs) <= len(STYLES):
        raise ValueError(f"runs holds {len(runs)}; give two or three.")
    needed = {name: back_after(run) for name, run in runs.items()}
    told = {name: _about(one) for name, one in needed.items()}
    first, second = list(told)[:2]
    title = f"{share(NEARLY_ALL)} in again: {first} {told[first]}, {second} {told[second]}"
    run = next(iter(runs.values()))
    lost_s = float(run.seconds["second"][np.flatnonzero(run.seconds["disconnected"])[0]])
    ends = min(span(run)[1], lost_s + max(needed.values()) + LATER_S)
    asked = "In again, share of those who lost the connection"
    figure, axes = paper(title, asked, lost_s - EARLIER_S, ends)
    shares_up(axes)
    lines, data = [], {}
    for (name, one), style in zip(runs.items(), STYLES, strict=False):
        times, part = shares_back(one)
        axes.plot(times, part, **style)
        lines.append(Named(times, part, name, style["color"]))
        data[name] = part
    name_lines(axes, lines)
    said = "; ".join(f"{name}, {one}" for name, one in told.items())
    sentence = f"Ways back: {share(NEARLY_ALL)} are in again: {said}."
    return Picture(figure, sentence, title, {"seconds": times, **data})


def _about(seconds):
    """About so many minutes, as one says it of a way back."""
    if np.isinf(seconds):
        return "not by the end"
    return f"after {duration(60 * round(seconds / 60) if seconds >= 90 else seconds)}"


def shares_back(run):
    """Return (seconds, share of the disconnections followed by a join by then); zeros where nobody lost it."""
    times = run.seconds["second"] + 1.0
    lost = run.seconds["disconnected"].sum()
    back = np.cumsum(readings.rejoins_over_time(run))
    return times, back / lost if lost else np.zeros(len(times))


def back_after(run, part=NEARLY_ALL):
    """Return after how many seconds from the first disconnection this share is in again; inf: not before the end.

    nan where nobody lost the connection.
    """
    times, shares = shares_back(run)
    lost = np.flatnonzero(run.seconds["disconnected"])
    if not len(lost):
        return float("nan")
    there = np.flatnonzero(shares >= part)
    return float(times[there[0]] - run.seconds["second"][lost[0]]) if len(there) else float("inf")


def _claim(run, times, part, lost):
    if not lost:
        return "Nobody loses the connection", "Back in the room: nobody lost the connection."
    needed, last = (
        back_after(run),
        f"{share(min(1.0, part[-1]))} are in again at {clock(times[-1])}",
    )
    since = clock(run.seconds["second"][np.flatnonzero(run.seconds["disconnected"])[0]])
    if np.isfinite(needed):
        title = f"{share(NEARLY_ALL)} are in again after {duration(needed)}"
        more = f"{title[0].lower()}{title[1:]}"
    else:
        title = f"{last[0].upper()}{last[1:]}; the rest are not"
        more = last
    return title, f"Back in the room: {people(lost)} lost the connection from {since} on; {more}."
