"""The benches of unit 06: when everybody is in again, what a line does to it, a cold door, and what late help does."""

from __future__ import annotations

import math
import statistics

from loadbearing import cases, readings, simulate
from loadbearing.cases.building import warming
from loadbearing.claims import blast_radius
from loadbearing.labs.shown import Number
from loadbearing.pictures.returning import back_after, ways_back
from loadbearing.scenario import Autoscaler, Change, Timetable, Weather
from loadbearing.units import duration, share

LINE, RATE, QUEUE = "waiting_room.opens_s", "waiting_room.admits_per_s", "door.queue_limit"
OPEN = "open from 20:05"
IN_TIME_S, EVENINGS, PEOPLE = 900, range(1, 9), 12_000
CELLS, CELL_ROOM = 10, 0.4
CAREFUL, COLD_ROOM = 700.0, 0.04
"""A line of seven tenths of the door, and the room in which it meets a cold one."""

HELP = "controllers"
NOBODY, AS_FOUND, SOONER, AT_ONCE = (
    "nobody",
    "sees after 60 s, starts in 120 s",
    "sees after 15 s, starts in 30 s",
    "sees and starts at once",
)


def _told(seconds):
    return duration(seconds) if math.isfinite(seconds) else "not on this evening"


BACK = Number("back", "In again, 99 of 100, after", back_after, _told, "", "nobody was cut off")


def three_lines(bench):
    """Settle how fast a line should be: three of them, each on eight evenings with weather of their own."""
    kept = {}
    for key, per_cent in {"all": 400, "less": 70, "door": 100}.items():
        turned = {LINE: OPEN, RATE: per_cent}
        runs = [bench.run("the_restart", turned, seed, True, PEOPLE) for seed in EVENINGS]
        kept[key] = sum(back_after(run) <= IN_TIME_S for run in runs)
    said = "four times the door {all}; as fast as the door {door}; seven tenths of it {less}."
    told = f"Of {len(EVENINGS)} evenings, in time with a line of " + said.format(**kept)
    return max(kept, key=kept.get), told


def in_time(seconds, line, fewest_per_cent=0):
    """Return a mission's `reached`: 99 of 100 back in time with the line open or closed, and no handler more.

    `fewest_per_cent`: what the line lets through at least, in per cent of that evening's.
    """

    def reached(trial, now):
        at = trial.settings
        return (
            now["back"].value <= seconds
            and (at.at(LINE) == OPEN) == line
            and at.per_cent("door.handlers") <= 100
            and at.per_cent(RATE) >= fewest_per_cent
        )

    return reached


def shared_or_cells(bench):
    """Decide F12 by two runs: one door for all, and ten cells of which one restarts; (share hit, sentence)."""
    shared = blast_radius(bench.run("the_restart"))
    whole = cases.inputs("the_restart")
    part = {key: whole[key].value // CELLS for key in ("people", "handlers")}
    cell = cases.build("the_restart", part).scaled(CELL_ROOM)
    hit = blast_radius(simulate(cell, bench.seed, sample=0, progress=False)) / CELLS
    return hit, (
        f"One door for all, and it restarts: {share(shared)} of those who came lose the connection. Ten cells, each "
        f"with a tenth of the people and of the door, and one restarts: {share(hit)}."
    )


def cold():
    """Return the inputs that make a restart's door come back cold, name to value."""
    return {key: cases.inputs("the_cold_door")[key].value for key in ("cold", "warms_up_s")}


def growing(rate):
    """Return the controller of a line as much slower than `rate`, people a second, as the cold door still is."""
    held = {key: one.value for key, one in cases.inputs("the_cold_door").items()}
    steps = [(begins, rate / factor) for begins, _, factor in warming(held)]
    changes = [Change(at_s=at, what="admits_per_s", to=to) for at, to in steps]
    warm_s = held["fault_s"] + held["restart_lasts_s"] + held["warms_up_s"]
    return Timetable(changes=[*changes, Change(at_s=warm_s, what="admits_per_s", to=rate)])


def cold_door_runs():
    """Return one line at three doors in average weather, name to run: warm, cold, and cold with a line that grows."""
    line = {"admits_per_s": CAREFUL, "opens_s": cases.inputs("the_restart")["fault_s"].value}
    grown = line | {"controllers": (growing(CAREFUL),)}
    return {
        "a warm door": _calm("the_restart", line),
        "a cold door": _calm("the_cold_door", line),
        "a line that grows": _calm("the_cold_door", grown),
    }


def cold_door():
    """Return the picture of these three ways back."""
    return ways_back(cold_door_runs())


def _calm(name, changes):
    calm = cases.build(name, changes).changed({"weather": Weather.calm()})
    return simulate(calm.scaled(COLD_ROOM), 1, sample=0, progress=False)


def scaler(lag_s=60, boot_s=120.0, every_s=15):
    """Return an autoscaler of the late help: how late it sees, how long handlers take to start, in seconds."""
    return Autoscaler(
        target=0.7, least=1_000, most=6_000, every_s=every_s, lag_s=lag_s, boot_s=boot_s
    )


HELPERS = {
    NOBODY: {},
    AS_FOUND: {HELP: (scaler(),)},
    SOONER: {HELP: (scaler(lag_s=15, boot_s=30.0),)},
    AT_ONCE: {HELP: (scaler(lag_s=0, boot_s=0.0, every_s=1),)},
}
"""Who adds handlers during the late help, by what is written on the choice."""


def how_much_help(bench):
    """Settle what an autoscaler as one finds it adds to the share who get in, on eight evenings."""
    shares = [
        [
            readings.share_in(bench.run("the_late_help", {HELP: who}, seed, True, PEOPLE))
            for seed in EVENINGS
        ]
        for who in (NOBODY, AS_FOUND)
    ]
    gains = sorted(late - none for none, late in zip(*shares, strict=True))
    middle = statistics.median(gains)
    right = "much" if middle >= 0.15 else "some" if middle >= 0.05 else "none"
    without, with_one = (share(statistics.median(one)) for one in shares)
    return right, (
        f"On {len(gains)} evenings {without} get in without help and {with_one} with the autoscaler (the middling "
        f"ones). On the best it adds {share(max(gains[-1], 0.0))}."
    )
