"""What the lab of the real server knows and says, without any widget."""

from __future__ import annotations

import datetime
import functools
import pathlib

import numpy as np

from loadbearing import cases
from loadbearing.cases import small_door
from loadbearing.labs.predict import Prediction
from loadbearing.live.calendar import Entry, Promise
from loadbearing.live.rehearsal import ABOUT, Plan
from loadbearing.live.rehearsed import Rehearsed
from loadbearing.pictures.measured import asked_per_second, forecast_and_evening
from loadbearing.progress import work_folder
from loadbearing.scenario import HandlersLost, WaitingRoom
from loadbearing.units import duration, people, share

CASE = "the_small_door"
FOLDER, SHIPPED = "rehearsals", "07"
TITLES = {
    "smoke": "the smoke test",
    "an_average_day": "an average day",
    "the_whole_crowd": "the whole crowd",
}
NEARLY_ALL, MANY = 0.9, 2 / 3
"""Shares of the crowd that the answers to the question keep apart."""

CHANGES = {
    "a short queue": {"door.queue_limit": small_door.SHORT_QUEUE},
    "whoever has gone is skipped": {"door.drops_dead": True},
    "a line in front of the door": {
        "waiting_room": WaitingRoom(opens_s=0.0, admits_per_s=small_door.ADMITS_PER_S)
    },
    "a short queue, half the handlers gone": {
        "door.queue_limit": small_door.SHORT_QUEUE,
        "faults": (HandlersLost(**small_door.FAULT),),
    },
}
"""What may be changed at the door before the same crowd is sent again."""


def plan(seed=1):
    """Return the `Plan` of the course's own small door: its evening, its calendar, its ramp."""
    promise = Promise(within_s=small_door.SOON_S)
    tests = tuple(
        Entry(title=TITLES[key], promise=promise, **{name: one.value for name, one in its.items()})
        for key, its in small_door.CALENDAR.items()
    )
    ramp = {name: one.value for name, one in small_door.RAMP.items()}
    ramp["stop_rule"] = {name: one.value for name, one in small_door.STOP_RULE.items()}
    stall = Entry(
        title="a test in which the door stalls",
        promise=promise,
        **{name: one.value for name, one in small_door.STALL.items()},
    )
    return Plan(cases.get(CASE), tests, ramp, seed, stall)


def new_folder():
    """Return a folder of its own for a rehearsal, named by the time, among the student's own files."""
    stamp = datetime.datetime.now().strftime("%Y-%m-%d_%H%M%S")
    return work_folder() / FOLDER / stamp


def folder_of(name):
    """Return the folder of the student's rehearsal of this name, or None."""
    if not isinstance(name, str) or not name or pathlib.Path(name).name != name:
        return None
    folder = work_folder() / FOLDER / name
    return folder if (folder / ABOUT).exists() else None


@functools.cache
def recorded():
    """Return the rehearsal that ships with the course for those who cannot run one; it is read once."""
    return Rehearsed.read(shipped_file())


def shipped_file():
    """Return the file of that rehearsal: of the ten, one in the middle by the share of the crowd that got in."""
    return next(path for path in recorded_files() if path.stem == SHIPPED)


def recorded_files():
    """Return the files of the rehearsals that were recorded, in order."""
    from loadbearing import live

    folder = pathlib.Path(live.__file__).with_name("recorded")
    return sorted(folder.glob("*.zip"))


def question(found):
    """Return the question that stands between the tests and the evening, with the numbers of these tests."""
    crowd = people(found.plan.evening.crowd.listeners)
    last, lasts = found.tests[-1], duration(found.plan.evening.ends_s)
    return Prediction(
        key="real_evening",
        question=f"The last test let {people(last.joined)} in within {last.lasts_s:g} seconds, and passed. Tonight "
        f"{crowd} come for the hour, to the same door. Go? How many of them will be in after {lasts}?",
        options={
            "all": "Nearly all, nine in ten or more: the test let as many in, in less time.",
            "many": "Two thirds or more: a few are refused, come back, and get in later.",
            "few": "Fewer than two thirds: a crowd does not wait its turn as test users do.",
        },
        settle=lambda run: settle(run),
    )


def settle(run):
    """Return (key of the right answer, the sentence of the run): how many were in at the end."""
    inside = joined_share(run)[-1]
    right = "all" if inside >= NEARLY_ALL else "many" if inside >= MANY else "few"
    said = f"{share(inside)} of {people(len(run.listeners))} were in at the end."
    if empty := seconds_of_nobody(run):
        said += f" For {empty} seconds in between nobody got in at all."
    return right, said


def seconds_of_nobody(run):
    """Return in how many seconds between the first join and the last nobody got in."""
    joins = np.trim_zeros(run.seconds["joins"])
    return int(np.count_nonzero(joins == 0))


def joined_share(run):
    """Return the share of the crowd that has joined by the end of each second."""
    return np.cumsum(run.seconds["joins"]) / max(len(run.listeners), 1)


def came_share(run):
    """Return the share of the crowd that has come by the end of each second."""
    return np.cumsum(run.seconds["arrivals"]) / max(len(run.listeners), 1)


def tests_picture(found, evening=False):
    """Return the picture of what the tests asked for, a second; with the evening's own once it is known."""
    tests = {one.title: one.asked for one in [*found.tests, *filter(None, [found.ramp])]}
    run = found.run if evening else None
    asked = None if run is None else run.seconds["first_attempts"] + run.seconds["retries"]
    return asked_per_second(tests, asked)


def evening_picture(found, run=None, forecast=None):
    """Return the picture of the forecast, with the measured evening once there is one."""
    curve = (forecast or found.forecast).curve
    band = (curve[name] for name in ("in_low", "in_likely", "in_high"))
    came, joined = ([], []) if run is None else (came_share(run), joined_share(run))
    return forecast_and_evening(curve["second"] + 1.0, *band, joined, came)


def picture_so_far(found, joined, forecast=None):
    """Return the picture while the evening runs. `joined`: how many are in, by the end of each second until now."""
    curve = (forecast or found.forecast).curve
    band = (curve[name] for name in ("in_low", "in_likely", "in_high"))
    share_in = np.asarray(joined[: len(curve["second"])]) / found.plan.evening.crowd.listeners
    return forecast_and_evening(curve["second"] + 1.0, *band, share_in)
