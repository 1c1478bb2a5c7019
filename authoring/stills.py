"""Pictures that stand on pages as files: each is drawn from a run, and a test draws it again."""

from __future__ import annotations

from loadbearing import calibration, cases, pictures, simulate
from loadbearing.record import listener_points
from loadbearing.scenario import Weather

ROOM = 1 / 20


def the_evening():
    """The slow door's evening with the published counts, over other evenings: the picture of the README."""
    calm = cases.get("slow_door").changed({"weather": Weather.calm()}).scaled(ROOM)
    others = calibration.band("slow_door")
    return pictures.listeners_in_the_room(
        pictures.room(simulate(calm, 1, sample=0), 1 / ROOM),
        points=listener_points(),
        band=pictures.Band(others.times_s, others.low, others.high, others.number),
    )


STILLS = {"lessons/pictures/the_evening.png": the_evening}
"""Where each picture stands, and what draws it."""
