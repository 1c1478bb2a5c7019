"""What unit 05 reads off a run, and what its door may do with whoever finds the queue full."""

from __future__ import annotations

import functools
import math

from loadbearing import cases, readings, simulate
from loadbearing.labs.amounts import Choice
from loadbearing.labs.shown import Number
from loadbearing.readings.waiting import queue_of_demand, returns_kept
from loadbearing.units import minutes, people, share

QUEUE = Number("queue_of_demand", "Longest queue, of all who came", queue_of_demand, share)
RETURNS = Number("returns_kept", "Would come again, on average", returns_kept, share)

REFUSED = {
    "tries again": {},
    "reloads at once": {"backoff": "immediate"},
    "is told to wait a minute": {"retry_after_s": 60.0},
    "stands in a line": {"admits_per_s": 1750.0},
}
"""What becomes of a refused client, and what each changes; the line lets through 70 % of what the door can do."""

WHOEVER_IS_REFUSED = Choice("refused", REFUSED, named="Whoever is refused")


def got_in(at_least, tries=math.inf, handlers=math.inf):
    """Return a mission's `reached`: so many get in, with so few tries each, handlers turned no higher."""
    return lambda trial, now: bool(
        now["share_in"].value >= at_least
        and now["attempts_per_person"].value <= tries
        and trial.settings.per_cent("door.handlers") <= handlers
    )


def visits_kept(at_least):
    """Return a mission's `reached`: so much of the will to come again is left."""
    return lambda trial, now: returns_kept(trial.run) >= at_least


AT_ONCE, EARLY = {"backoff": "immediate"}, {"queue_s": 2.0}
FIVE_WAYS = {
    "reloads at once, long queue": AT_ONCE | {"queue_s": None},
    "pauses longer and longer, long queue": {"queue_s": None},
    "reloads at once, refused early": AT_ONCE | EARLY,
    "pauses longer and longer, refused early": EARLY,
    "stands in a line": REFUSED["stands in a line"],
}
"""The same crowd and the same handlers, five ways: inputs of the case to their values."""

ROOM = 1 / 50
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
HALF_LIVES = (1, 5, 15, 30)
"""Minutes of waiting after which half of the will to come again may be left; nobody knows which."""


@functools.lru_cache(maxsize=8)
def _run(changes, case="same_hardware"):
    inputs = CALM | dict(changes)
    return simulate(cases.build(case, inputs).scaled(ROOM), sample=0, progress=False)


def one_way(way):
    """Return the small run, in average weather, of one of the `FIVE_WAYS`."""
    return _run(tuple(FIVE_WAYS[way].items()))


def five_ways():
    """Return the five ways as lines of text: who got in, after how many tries, and who would come again."""
    told = [f"{'Whoever comes ...':<42}{'got in':>8}{'tries each':>12}{'come again':>12}"]
    for way in FIVE_WAYS:
        run = one_way(way)
        got_in, again = share(readings.share_in(run)), share(returns_kept(run))
        told.append(f"{way:<42}{got_in:>8}{readings.attempts_per_person(run):>12.1f}{again:>12}")
    return "\n".join(told)


def returns_by_half_life(way="pauses longer and longer, refused early"):
    """Return, for each of `HALF_LIVES`, the will to come again that is left in one of the `FIVE_WAYS`."""
    return {one: returns_kept(one_way(way), minutes(one)) for one in HALF_LIVES}


def half_lives():
    """Return as lines of text what is left of the will to come again in two of the five ways, for each half-life."""
    early, line = list(FIVE_WAYS)[-2:]
    told = [f"{'If half is left after ...':<28}{'refused early, with pauses':>28}{'in a line':>12}"]
    for one, left in returns_by_half_life(early).items():
        minutes_said = f"{one} minute{'s' if one > 1 else ''} of waiting"
        in_line = share(returns_by_half_life(line)[one])
        told.append(f"{minutes_said:<28}{share(left):>28}{in_line:>12}")
    return "\n".join(told)


GUEST_LISTS = ((1_000_000, 0.2), (500_000, 0.4), (300_000, 0.9))
"""People invited to Friday's event, and the share of them that comes."""

DOOR_FOR_GUESTS = 1_000


def longest_queue(invited, turn_out):
    """Return the most people outside at one moment, if so many are invited and this share of them comes."""
    came = {"at_the_start": round(invited * turn_out), "handlers": DOOR_FOR_GUESTS}
    run = _run(tuple(came.items()), "the_wanted_event")
    return readings.peak(run, "outside")[0] / ROOM


def guest_lists():
    """Return the guest lists as lines of text: invited, how many come, how many stand outside at most."""
    told = [f"{'invited':>12}{'of them come':>16}{'that is':>12}{'longest queue':>17}"]
    for invited, turn_out in GUEST_LISTS:
        queue = float(f"{longest_queue(invited, turn_out):.2g}")
        came = people(invited * turn_out)
        told.append(f"{people(invited):>12}{share(turn_out):>16}{came:>12}{people(queue):>17}")
    return "\n".join(told)
