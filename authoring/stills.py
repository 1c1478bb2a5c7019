"""Pictures that stand on pages as files: each is drawn from a run, and a test draws it again."""

from __future__ import annotations

import numpy as np

from authoring.stills_06 import fault_and_way_back
from authoring.stills_08 import seen_known_remedied_in_public
from authoring.stills_09 import tested_and_came_in_public
from authoring.stills_10 import the_contract
from authoring.stills_11 import prepared_and_came_in_public
from authoring.stills_12 import the_two_evenings
from authoring.stills_13 import load_lines_of_the_example
from loadbearing import calibration, cases, pictures, simulate
from loadbearing.checks import details
from loadbearing.labs.steady import wait_of_a_steady_door
from loadbearing.pictures.ways import two_crowds_coming
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


def the_rush():
    """The two crowds of unit 02 as they come: a small one for the hour, a large one over the hour."""
    coming = {"for the hour": "the_announced_hour", "over the hour": "all_day"}
    minutes = np.arange(-600, 3601, 60)
    crowds = {}
    for name, case in coming.items():
        crowd = cases.get(case).crowd
        times, came = crowd.arrivals.table()
        crowds[name] = crowd.listeners * (
            np.interp(minutes + 60, times, came) - np.interp(minutes, times, came)
        )
    return two_crowds_coming(minutes, crowds)


def the_door():
    """One handler that is nearly always busy, against the curve that theory draws: the picture of unit 03's lesson."""
    calm = cases.get("the_steady_door").changed({"weather": Weather.calm()})
    return wait_of_a_steady_door(simulate(calm, 1, sample=0, progress=False))


def until_ten_past_eight():
    """The door of unit 04 before its ten bad seconds: what comes, and what it could do."""
    calm = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
    quiet = cases.build("ten_bad_seconds", {**calm, "ends_s": 600})
    return pictures.load_and_utilization(simulate(quiet, 1, sample=0, progress=False))


def the_queue():
    """Who is in and who is outside, at Tuesday's event of unit 05: the picture of its lesson."""
    calm = cases.get("the_longer_queue").changed({"weather": Weather.calm()}).scaled(ROOM)
    return pictures.inside_and_outside(simulate(calm, 1, sample=0), 1 / ROOM)


STILLS = {
    "lessons/pictures/fault_and_way_back.png": fault_and_way_back,
    "lessons/pictures/the_evening.png": the_evening,
    "lessons/pictures/the_rush.png": the_rush,
    "lessons/pictures/the_details.png": details.the_sizes,
    "lessons/pictures/the_door.png": the_door,
    "lessons/pictures/until_ten_past_eight.png": until_ten_past_eight,
    "lessons/pictures/the_queue.png": the_queue,
    "lessons/pictures/tested_and_came.png": tested_and_came_in_public,
    "lessons/pictures/the_contract.png": the_contract,
    "lessons/pictures/the_team.png": seen_known_remedied_in_public,
    "lessons/pictures/prepared_and_came.png": prepared_and_came_in_public,
    "lessons/pictures/the_next_time.png": the_two_evenings,
    "lessons/pictures/your_launch.png": load_lines_of_the_example,
}
"""Where each picture stands, and what draws it."""
