"""Further down in unit 08's lab: the knowledge map, your own five and the part that is drawn, and what is left out."""

from __future__ import annotations

import functools
import math

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.cases.incidents import READERS
from loadbearing.labs.team import CASE, acted_after, share_in
from loadbearing.parts import ScenarioError
from loadbearing.pictures.who_knows import Order, knowledge, left_out, parts_that_may_fail
from loadbearing.team import PARTS, everybody, names, nights, of, read_map, reviews, without
from loadbearing.team.luck import Luck
from loadbearing.units import share

ROOM = 0.1
NIGHTS = range(1, 25)
KNOWN_TWICE_FIRST, ALONE_FIRST = "FGHBCEA", "DACEBFG"
"""Two orders in which people are left out: those others can stand in for first, or the only one of a part first."""


def plainly(function):
    """Answer what makes no sense in a cell with its sentence instead of a traceback."""

    @functools.wraps(function)
    def asked(*given, **named):
        try:
            return function(*given, **named)
        except ScenarioError as slip:
            print(slip)
            return None

    return asked


@plainly
def who_knows_what(my_map=None):
    """Return the picture of a knowledge map: of the eight, or of a map typed as `read_map` takes it."""
    people = everybody() if my_map is None else read_map(my_map)
    knows = [[part in one.knows for part in PARTS] for one in people]
    return knowledge([one.name for one in people], list(PARTS), knows)


@plainly
def draw_the_part(my_people, number=1, my_map=None):
    """Draw the part that fails, and play all six evenings that could have been; return their picture.

    `my_people`: letters of those on the call; `number`: any whole number, the same one draws the same evening;
    `my_map`: a typed map in place of the course's. Rooms of a tenth.
    """
    chosen = of(my_people, None if my_map is None else read_map(my_map))
    if not chosen:
        raise ScenarioError("Nobody is on the call; give one letter at least, such as 'D'.")
    drawn = PARTS[int(Luck(number).chance("part", "part") * len(PARTS))]
    rows = []
    for part in PARTS:
        evening = cases.build(CASE, {"team": chosen, "part": part}).scaled(ROOM)
        run = simulate(evening, number, sample=0, progress=False)
        rows.append((part, readings.share_in(run), _after(acted_after(run))))
    return parts_that_may_fail(rows, drawn)


def _after(seconds):
    if not math.isfinite(seconds):
        return "the line stays shut"
    return f"line open after {seconds / 60:.0f} min"


@functools.cache
def order_of(letters, name):
    """Return what becomes of the share in as people are left out one by one, in this order: an `Order`.

    The mean over all parts that may fail, on each of some nights; the band holds nine nights in ten.
    """
    found = []
    for away in range(len(letters) + 1):
        people = without(letters[:away])
        found.append(
            [sum(share_in(people, part, seed) for part in PARTS) / len(PARTS) for seed in NIGHTS]
        )
    rows = [nights.spread(one) for one in found]
    low, _, high = (np.array(one) for one in zip(*rows, strict=True))
    return Order(name, np.array([np.mean(one) for one in found]), low, high)


def one_by_one():
    """Return the picture of two orders in which people are left out."""
    orders = (
        order_of(KNOWN_TWICE_FIRST, "first those others can stand in for"),
        order_of(ALONE_FIRST, "first D"),
    )
    return left_out(*orders, len(NIGHTS))


@plainly
def read_beforehand(*groups, part="store"):
    """Print which share of the planted faults of a part each group of readers finds, reading the plans beforehand."""
    knows, other = (READERS[key].value for key in ("knows", "other"))
    print(f"Faults of the part '{part}' found by reading the plans, each reader alone:")
    for letters in groups:
        people = of(letters)
        found = reviews.found_beforehand(people, part, knows, other)
        who = sum(part in one.knows for one in people)
        number = "1 reader" if len(people) == 1 else f"{len(people)} readers"
        knowing = {0: "none of whom knows", 1: "1 of whom knows"}.get(who, f"{who} of whom know")
        print(f"  {names(people):9} {number}, {knowing} it: {share(found)}")
