"""The two pictures of a report, from what was worked out."""

from __future__ import annotations

import functools
import math

from loadbearing.pictures.load_lines import Reach, load_lines
from loadbearing.pictures.premortem import Loss, premortem
from loadbearing.stress.line import down, up

SHARP = 1920
"""How many pixels wide a picture is in the report: sharp on paper, too."""


@functools.lru_cache(maxsize=4)
def sharp(picture):
    """Return a picture as PNG bytes, sharp enough for paper; both forms of the report show the same."""
    return picture.png(width=SHARP)


def pictures_of(worked):
    """Return (the load lines by weather, the premortem) of a launch that was worked out, each a `Picture`."""
    return picture_of_lines(worked), picture_of_premortem(worked)


def picture_of_lines(worked):
    """Return the picture of the load line in each weather against the crowd expected."""
    launch = worked.launch
    return load_lines(reaches_of(worked), launch.expected, launch.low, launch.high)


def reaches_of(worked):
    """Return the load line of each weather as its picture takes it; rounded so that no line is overstated."""
    return [
        Reach(
            one.name, one.crowd, one.low, one.high, (down(one.crowd), down(one.low), _up(one.high))
        )
        for one in worked.lines
    ]


def _up(crowd):
    return up(crowd) if math.isfinite(crowd) else ""


def picture_of_premortem(worked):
    """Return the picture of what may go wrong, the costliest on top."""
    losses = [Loss(one.name, *one.lost, one.cost) for one in worked.premortem]
    return premortem(losses)
