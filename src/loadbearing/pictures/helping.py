"""The picture of help that is ordered: when the crowd comes, and when there are more handlers."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.ink import GREEN, GREY, INK, SMALL
from loadbearing.pictures.labels import beside
from loadbearing.pictures.paper import BOTTOM, LEFT, RIGHT, TOP, blank, clock_axis, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people, share
from loadbearing.words import word

BEFORE_S, AFTER_S, BIN_S = -180, 720, 10
MIDDLE, LOW = 0.5, 0.24
MOST_OF_THEM = 0.9


def crowd_and_help(run, each=1.0):
    """Return the picture of people arriving, and of the handlers at the door, around the announced start.

    Means over ten seconds. `each`: how many people one listener stands for.
    """
    times = run.seconds["second"]
    near = (times >= BEFORE_S) & (times < AFTER_S)
    starts = times[near][::BIN_S]
    come = _means(run.seconds["arrivals"][near]) * each
    there = _means(run.seconds["capacity_s"][near]) * each
    title, sentence = _claim(run, each)
    figure = blank(title, word("arrivals").axis)
    above = ruled(figure.add_axes((LEFT, MIDDLE, RIGHT - LEFT, TOP - MIDDLE)))
    below = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, LOW)))
    clock_axis(above, BEFORE_S, AFTER_S, named=False)
    above.tick_params(labelbottom=False)
    clock_axis(below, BEFORE_S, AFTER_S)
    above.step(starts, come, where="post", color=INK, lw=2.2)
    below.step(starts, there, where="post", color=GREEN, lw=2.4)
    above.set_ylim(0, 1.15 * max(come.max(), 1.0))
    below.set_ylim(0, 1.3 * max(there.max(), 1.0))
    beside(above, [(come[-1], "people\narriving", INK)])
    beside(below, [(there[-1], "handlers", GREEN)])
    figure.text(
        0.02, BOTTOM + LOW + 0.015, word("handler").axis, fontsize=SMALL, color=GREY, va="bottom"
    )
    return Picture(
        figure, sentence, title, {"seconds": starts, "arriving": come, "handlers": there}
    )


def _means(series):
    whole = len(series) // BIN_S * BIN_S
    return np.asarray(series[:whole], float).reshape(-1, BIN_S).mean(axis=1)


def come_by_s(run, part=MOST_OF_THEM):
    """Return by when this part of those who come have come, in seconds from the announced start."""
    return float(np.percentile(run.listeners["arrived"], 100 * part))


def more_from_s(run):
    """Return from which second on there are more handlers than at the announced start; nan if never."""
    rows = run.seconds
    at_start = rows["capacity"][max(0, -run.evening.starts_s - 1)]
    later = (rows["second"] >= 0) & (rows["capacity"] > at_start)
    return float(rows["second"][later][0]) if later.any() else float("nan")


def _claim(run, each):
    came, more = come_by_s(run), more_from_s(run)
    crowd = f"nine in ten have come by {clock(came)}"
    in_all = f"{share(readings.share_in(run))} get in"
    if np.isnan(more):
        title = f"{crowd[0].upper()}{crowd[1:]}; no handler is added"
        told = "no handler is added"
    else:
        title = f"{crowd[0].upper()}{crowd[1:]}; the first more handlers serve at {clock(more)}"
        most = people(run.seconds["capacity"].max() * each)
        told = f"the first more handlers serve at {clock(more)}, at most {most}"
    return title, f"Crowd and help: {crowd}; {told}; {in_all}."
