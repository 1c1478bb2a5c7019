"""The picture of the way back: who lost the connection, and who is in again."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.curves import span
from loadbearing.pictures.ink import INK
from loadbearing.pictures.labels import beside
from loadbearing.pictures.paper import paper, shares_up
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, duration, people, share

NEARLY_ALL = 0.99


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
