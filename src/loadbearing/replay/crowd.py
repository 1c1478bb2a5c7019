"""The plain data behind the moving crowd: where each sampled listener is from when on, and the counts of each second.

A sampled listener's recorded moments are turned into stays: places where they are for a while. What begins and ends
at one instant (being sent, refused and sent away) leaves one stay, the last. Positions are no data: the browser
computes them.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import math

import numpy as np

from loadbearing import readings
from loadbearing.run import Moment
from loadbearing.units import SECONDS_A_DAY, clock, parse_clock, people

MOST = 2_000
"""Dots that one picture can show without becoming a fog."""

MOST_STAYS = 40_000
"""Stays that are sent to a browser at most: 200 kB. Evenings full of quick retries show fewer listeners."""

TO_MS = 1_000


class Place(enum.IntEnum):
    """Where a sampled listener is: not there yet, between two attempts, in a line, at the door, inside, or gone."""

    NOT_HERE_YET = 0
    BETWEEN_ATTEMPTS = 1
    ON_THE_WAY_BACK = 2
    WAITING_ROOM = 3
    QUEUE = 4
    DOOR = 5
    INSIDE = 6
    LEFT = 7
    GAVE_UP = 8


PLACE_AFTER = {
    Moment.ARRIVED: Place.BETWEEN_ATTEMPTS,
    Moment.IN_LINE: Place.WAITING_ROOM,
    Moment.ADMITTED: Place.BETWEEN_ATTEMPTS,
    Moment.SENT: Place.BETWEEN_ATTEMPTS,
    Moment.WAITING: Place.QUEUE,
    Moment.SERVED: Place.DOOR,
    Moment.REFUSED_FULL: Place.BETWEEN_ATTEMPTS,
    Moment.REFUSED_BUDGET: Place.BETWEEN_ATTEMPTS,
    Moment.REFUSED_SHUT: Place.BETWEEN_ATTEMPTS,
    Moment.REFUSED_RESTART: Place.BETWEEN_ATTEMPTS,
    Moment.REFUSED_NO_SEAT: Place.BETWEEN_ATTEMPTS,
    Moment.TIMED_OUT: Place.BETWEEN_ATTEMPTS,
    Moment.JOINED: Place.INSIDE,
    Moment.DISCONNECTED: Place.BETWEEN_ATTEMPTS,
    Moment.LEFT: Place.LEFT,
    Moment.GAVE_UP: Place.GAVE_UP,
}
"""Where a moment puts a listener who has never been in; one who has is on the way back, and leaves instead of
giving up."""

BEEN_IN = {Place.BETWEEN_ATTEMPTS: Place.ON_THE_WAY_BACK, Place.GAVE_UP: Place.LEFT}
_AFTER = np.array([PLACE_AFTER[moment] for moment in Moment], np.uint8)
_AFTER_IN = np.array([BEEN_IN.get(PLACE_AFTER[moment], PLACE_AFTER[moment]) for moment in Moment])

SAID = (
    ("inside", "nobody is listening", "one is listening", "{n} are listening"),
    ("outside", "nobody is outside", "one is outside", "{n} are outside"),
    ("waiting_room", "", "one of them in the waiting room", "{n} of them in the waiting room"),
    ("queue", "nobody in the queue", "one of them in the queue", "{n} of them in the queue"),
    ("gave_up", "nobody has given up", "one has given up", "{n} have given up"),
    ("left", "nobody has left", "one has left", "{n} have left"),
)
"""What is said of each count: of none, of one, of more. An empty sentence is not said."""

ON_THE_PICTURE = {
    "outside": "Outside, trying to get in",
    "outside_short": "Outside",
    "between": "waiting to try again",
    "waiting_room": "Waiting room",
    "waiting_room_short": "In line",
    "queue": "In the queue",
    "queue_short": "Queue",
    "beside": "+ {n} requests nobody waits for",
    "door": "{busy} of {capacity} handlers busy",
    "inside": "Inside, listening",
    "inside_short": "Inside",
    "gave_up": "Gave up",
    "left": "Left after listening",
    "left_short": "Left",
}


@dataclasses.dataclass(frozen=True, eq=False)
class Crowd:
    """Some sampled listeners of a run, where they are from when on, and the counts of the whole run.

    `numbers`: int64, the listeners' numbers in the run, rising. `first`: int64, where each one's stays begin, and the
    end of the last. `since_ms`: uint32, thousandths of a second from `starts_s` at which each stay begins; `place`:
    uint8, a `Place` for each stay. `counts`: name to int64, how many simulated listeners there were at the end of each
    second, in the whole run, each of whom stands for `each` people. `listeners`: simulated in the whole run.
    """

    numbers: np.ndarray
    first: np.ndarray
    since_ms: np.ndarray
    place: np.ndarray
    counts: dict
    starts_s: int
    ends_s: int
    listeners: int
    each: float
    waiting_room: bool

    def places(self, at_s):
        """Return where each listener is at a time in seconds from the announced start: uint8, one `Place` each."""
        at_ms = math.floor((at_s - self.starts_s) * TO_MS + 1e-6)
        here = np.concatenate([[0], np.cumsum(self.since_ms <= at_ms)])
        begun = here[self.first[1:]] - here[self.first[:-1]]
        places = np.zeros(len(self.numbers), np.uint8)
        come = begun > 0
        places[come] = self.place[(self.first[:-1] + begun - 1)[come]]
        return places

    def count(self, name, at_s):
        """Return how many people there are of one count at the last whole second before a time.

        A simulated listener counts for `each` people; before the beginning there is nobody.
        """
        row = min(math.floor(at_s) - self.starts_s, self.ends_s - self.starts_s)
        simulated = int(self.counts[name][row - 1]) if row > 0 else 0
        return math.floor(simulated * self.each + 0.5)

    def sentence(self, at_s):
        """Return in one sentence how many are where at a time, for whoever does not see the picture."""
        said = []
        for name, none, one, more in SAID:
            if name == "waiting_room" and not self.waiting_room:
                continue
            number = self.count(name, at_s)
            words = none if number == 0 else one if number == 1 else more.format(n=f"{number:,}")
            said.append(words)
        said = [words for words in said if words]
        return f"At {clock(math.floor(at_s))}, {', '.join(said[:-1])} and {said[-1]}."

    @property
    def caption(self):
        """What a dot is, in a sentence."""
        if not len(self.numbers):
            return (
                "No listener of this run was followed one by one; the counts are of the whole run."
            )
        stands_for = self.listeners / len(self.numbers) * self.each
        if stands_for == 1:
            return "Each dot is one simulated listener, and does what was recorded for them."
        return (
            f"Each dot is a simulated listener, followed one by one, and stands for about {people(stands_for)} people. "
            "The counts are of the whole run."
        )

    def packed(self):
        """Return everything as bytes: the length of a header, the header as JSON, and arrays, little-endian.

        Counts are packed as their changes from second to second, in the smallest whole numbers that hold them.
        """
        arrays = {
            "numbers": self.numbers.astype("<u4"),
            "first": self.first.astype("<u4"),
            "since_ms": self.since_ms.astype("<u4"),
            "place": self.place.astype("<u1"),
        }
        for name, values in self.counts.items():
            arrays[f"count.{name}"] = _smallest(np.diff(values, prepend=0))
        header = dict(
            starts_s=self.starts_s,
            ends_s=self.ends_s,
            each=self.each,
            waiting_room=self.waiting_room,
            clock_at_zero_s=int(-parse_clock("00:00") % SECONDS_A_DAY),
            most_at_once={
                place.name: self.most_at_once(place) for place in (Place.WAITING_ROOM, Place.QUEUE)
            },
            caption=self.caption,
            said=SAID,
            labels=ON_THE_PICTURE,
            places={place.name: int(place) for place in Place},
            arrays=[[name, held.dtype.str[1:], len(held)] for name, held in arrays.items()],
        )
        text = json.dumps(header, separators=(",", ":")).encode()
        parts = [len(text).to_bytes(4, "little"), text, *(one.tobytes() for one in arrays.values())]
        return b"".join(part + b"\0" * (-len(part) % 4) for part in parts)

    def most_at_once(self, place):
        """Return the largest number of these listeners who are in one place at the same time."""
        begins = self.place == place
        last = np.zeros(len(self.place), bool)
        last[self.first[1:] - 1] = True
        leaves = np.flatnonzero(begins & ~last) + 1
        times = np.concatenate([self.since_ms[leaves], self.since_ms[begins]])
        steps = np.repeat([-1, 1], [len(leaves), np.count_nonzero(begins)])
        order = np.argsort(times, kind="stable")
        return int(np.cumsum(steps[order]).max(initial=0))


def crowd_of(run, each=1.0, most=MOST):
    """Return the `Crowd` of a run: its sampled listeners, at most `most` of them, evenly chosen, and its counts.

    `each`: how many people a simulated listener stands for. Listeners who would have come after the end are not
    among them. Raises `ValueError` with a sentence for an `each` or a `most` below its least.
    """
    if not each > 0:
        raise ValueError(f"each is {each}: a listener stands for somebody; give a number above 0.")
    if most < 1:
        raise ValueError(f"most is {most}: give the number of dots to show, 1 or more.")
    evening = run.evening
    numbers, first, times, places = _stays(run.lives, most)
    since_ms = np.clip(np.floor((times - evening.starts_s) * TO_MS + 1e-6), 0, None)
    return Crowd(
        numbers=numbers,
        first=first,
        since_ms=since_ms.astype(np.uint32),
        place=places,
        counts=_counts(run),
        starts_s=evening.starts_s,
        ends_s=evening.ends_s,
        listeners=len(run.listeners),
        each=each,
        waiting_room=evening.waiting_room is not None,
    )


def _stays(lives, most):
    """(numbers, first, times, places) of the chosen listeners; see `Crowd`."""
    who = np.ascontiguousarray(lives["listener"])
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    rows = np.append(begins, len(who))
    followed = len(begins)
    wanted = min(most, followed, max(1, MOST_STAYS * followed // max(1, _lasting(lives).sum())))
    if wanted < followed:
        chosen = np.arange(wanted) * followed // wanted
        kept = np.concatenate([np.arange(rows[one], rows[one + 1]) for one in chosen])
        lives, who = lives[kept], who[kept]
        begins = np.flatnonzero(np.diff(who, prepend=-1))
    moments = lives["moment"]
    joins = np.cumsum(moments == Moment.JOINED)
    before = joins[begins] - (moments[begins] == Moment.JOINED)
    been_in = joins > np.repeat(before, np.diff(np.append(begins, len(who))))
    places = np.where(been_in, _AFTER_IN[moments], _AFTER[moments]).astype(np.uint8)
    lasts = _lasting(lives)
    first = np.concatenate([[0], np.cumsum(lasts)])[np.append(begins, len(who))]
    return who[begins].astype(np.int64), first, lives["time"][lasts], places[lasts]


def _lasting(lives):
    """Which moments begin a stay that lasts: not those that the same listener's next one follows at once."""
    followed = (lives["listener"][1:] == lives["listener"][:-1]) & (
        lives["time"][1:] == lives["time"][:-1]
    )
    return np.append(~followed, True)[: len(lives)]


def _counts(run):
    """How many simulated listeners were where at the end of each second, for the whole run."""
    rows = run.seconds
    counts = {
        "inside": rows["inside"],
        "outside": readings.outside_over_time(run),
        "waiting_room": rows["waiting_room"],
        "queue": rows["living_queue"],
        "nobody_waits_for": rows["queue"] - rows["living_queue"],
        "busy": rows["busy"],
        "capacity": rows["capacity"],
        "gave_up": np.cumsum(rows["gave_up"]),
        "left": np.cumsum(rows["leavers"] + rows["did_not_return"]),
    }
    return {name: held.astype(np.int64) for name, held in counts.items()}


def _smallest(values):
    """Whole numbers in the smallest little-endian type that holds them."""
    least, largest = values.min(initial=0), values.max(initial=0)
    for kind in ("<i1", "<i2", "<i4"):
        held = np.iinfo(kind)
        if held.min <= least and largest <= held.max:
            return values.astype(kind)
    raise ValueError("A count changes by more than two thousand million within a second.")
