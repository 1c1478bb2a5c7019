"""The numbers that the lab of unit 13 tells after its run: what each fix of the sale comes to."""

from __future__ import annotations

import functools

from loadbearing.labs import launching
from loadbearing.labs.bench import Bench
from loadbearing.launch import EXAMPLE, LINES
from loadbearing.launch.measures import dollars
from loadbearing.units import people, share

EARLY, GROUPS, A_LINE = "come from half an hour before on", "to each group its minute", "a line"
TWICE = 200
"""In per cent of the crowd."""

NINE = 9
"""Of the ten evenings of the experiment, on how many a promise for nine in ten must be kept."""


@functools.cache
def _bench():
    return Bench([launching.CASE], launching.KNOBS, first=launching.FIRST, whole=True)


@functools.cache
def _run(invited=None, door=None, line=None, crowd=None):
    """The sale in average weather, with some of its knobs turned: all of its crowd."""
    places = {"invited": invited, "door.handlers": door, "line": line, "crowd.listeners": crowd}
    turned = {path: at for path, at in places.items() if at is not None}
    return _bench().run(launching.CASE, turned)


def _in(**turned):
    return share(launching.in_as_promised(_run(**turned)))


def fix_in():
    """The share in as promised, as the sale is."""
    return _in()


def fix_lost():
    """What that loses, in dollars."""
    return dollars(launching.lost(_run()))


def fix_words_in():
    """The share in as promised, with the sentence."""
    return _in(invited=EARLY)


def fix_words_cost():
    """What the sentence costs."""
    return dollars(launching.spent(_run(invited=EARLY)))


def fix_groups_in():
    """The share in as promised, with a minute for each group."""
    return _in(invited=GROUPS)


def fix_line_in():
    """The share in as promised, with a line in front."""
    return _in(line=A_LINE)


def fix_door_width():
    """The narrowest of the widths tried that keeps the promise on nine evenings of ten, in per cent of the door."""
    return f"{_door()[0]} %"


def fix_door_cost():
    """What that door costs more than the one there is."""
    return dollars(_door()[1])


@functools.cache
def _door():
    width = next(one for one in launching.DOORS if _kept(one) >= NINE)
    return width, launching.spent(_run(door=width))


def _kept(width):
    runs = (
        _bench().run(launching.CASE, {"door.handlers": width}, seed=seed, weather=True)
        for seed in launching.EVENINGS
    )
    return sum(launching.in_as_promised(run) >= launching.PROMISED for run in runs)


def fix_twice_in():
    """The share in as promised when twice as many come and the sentence stands there."""
    return _in(invited=EARLY, crowd=TWICE)


def fix_heed():
    """How many do what an invitation says, as assumed."""
    return f"{EXAMPLE.heed:.0f} %"


def fix_crowd():
    """How many people the sale expects."""
    return people(EXAMPLE.expected)


def desk_more():
    """How many lines of the sheet may stay empty."""
    return str(sum(not line.needed for line in LINES))
