"""One evening of a company with three places one behind the other, and what is known of it the morning after.

The case `the_first_time`: the door (twenty seconds of work wait in a queue that clients leave after five), behind it
the room (one seat too few brings it down), behind that the switch (a quarter of an hour in, everybody is disconnected
once).
Each breaks the evening alone, and each hides what lies behind it.
"""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import cases, readings
from loadbearing.cases import next_times
from loadbearing.engines import simulate
from loadbearing.parts import ScenarioError, nearest

CASE = "the_first_time"
PLACES = ("door", "room", "switch")
"""From outside inwards."""

PROMISE_S = 300.0
WELL, POORLY = 0.8, 0.1
"""An evening went well if the promise was kept for so many; and what nobody would call that."""

ROOM = 0.02
"""The share of the crowd that is simulated."""

NIGHTS = 12
"""So many nights with weather of their own are looked up; a year of events goes through them."""

CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
MENDS = {
    "door": {"queue_s": next_times.MENDED_QUEUE_S.value},
    "room": {"seats": None, "when_full": "refuse", "shut_s": None},
    "switch": {"fault_s": None, "restart_lasts_s": None},
}
"""What is changed at a place that is mended: inputs of the case."""


@dataclasses.dataclass(frozen=True)
class Told:
    """What is known the morning after: read from the run, never given to it.

    `kept`: the share of those who came that were in within five minutes and were never disconnected afterwards.
    `place`: where most of the others lost the evening, or None if fewer than one in ten did. `most`: people in the
    room at once, at most. `heard`: of the time between coming and leaving, the share spent in the room, summed over
    people. `came`: people.
    """

    kept: float
    place: str | None
    most: float
    heard: float
    came: float

    @property
    def well(self):
        """Tell whether the promise was kept for at least four in five."""
        return self.kept >= WELL

    @property
    def let_down(self):
        """Return how many people the promise was not kept to."""
        return (1 - self.kept) * self.came


def in_order(mended):
    """Return these places from outside inwards, as a tuple without repetition.

    Raises `ScenarioError` with the nearest places for one that does not exist.
    """
    for place in mended:
        if place not in PLACES:
            raise ScenarioError(f"There is no place {place!r}. {nearest(place, PLACES)}")
    return tuple(place for place in PLACES if place in mended)


def inputs(mended=(), size=1.0, calm=False):
    """Return the changed inputs of the case with these places mended.

    `size`: the share of the crowd that comes; a rehearsal sends a part of it. `calm`: in average weather.
    """
    if not 0 < size <= 10:
        raise ScenarioError(f"size is {size!r}; give a share of the crowd above 0, such as 0.1.")
    changes = {"at_the_start": round(size * cases.own_value(CASE, "at_the_start"))}
    for place in in_order(mended):
        changes |= MENDS[place]
    return changes | (CALM if calm else {})


def evening(mended=(), seed=1, size=1.0, calm=False, room=ROOM, **changes):
    """Return the run of one evening with these places mended; `changes`: further inputs of the case."""
    scenario = cases.build(CASE, inputs(mended, size, calm) | changes)
    return simulate(scenario.scaled(room), seed, sample=0, progress=False)


def told(run, each=1 / ROOM):
    """Return what is `Told` of a run; `each`: people for whom a simulated listener stands.

    Whoever did not get the promise is counted once, where it was lost first: late, at the door; in time and
    disconnected, in the room or at the switch, whichever disconnected more.
    """
    mine = readings.people_of(run)
    late = ~(mine["joined"] - mine["arrived"] <= PROMISE_S)
    lost = ~late & (mine["times_disconnected"] > 0)
    place = None
    if late.mean() + lost.mean() >= POORLY:
        place = "door" if late.mean() >= lost.mean() else _inside(run)
    inside = run.seconds["inside_s"].sum()
    return Told(
        kept=float((~late & ~lost).mean()),
        place=place,
        most=float(run.seconds["inside"].max() * each),
        heard=float(inside / (inside + readings.time_outside(run))),
        came=float(len(mine) * each),
    )


def _inside(run):
    """Which of the two inner places disconnected more."""
    gone = run.seconds["disconnected"]
    switched = 0
    for fault in run.evening.faults:
        at = int(fault.at_s - run.evening.starts_s)
        switched += gone[at : at + 2].sum()
    return "switch" if switched > gone.sum() / 2 else "room"


def looked_up(mended, night):
    """Return what is `Told` of an evening with these places mended, on one of twelve nights: any whole number."""
    return _looked_up(in_order(mended), night % NIGHTS + 1)


@functools.cache
def _looked_up(mended, seed):
    return told(evening(mended, seed))


def rehearsed(mended, size):
    """Return the place that a rehearsal with this share of the crowd finds, in average weather, or None."""
    return _rehearsed(in_order(mended), size)


@functools.cache
def _rehearsed(mended, size):
    return told(evening(mended, size=size, calm=True)).place
