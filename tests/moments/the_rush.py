"""Unit 02: two million spread out are all in at once, a quarter of a million at one moment are not.

The same door both times. Two million come evenly over an hour and hardly anybody waits; of a quarter of a million who
come when the clock strikes, most are not in within a minute: size was not the cause. The mechanism is the common
moment: the same quarter of a million evenly over the same hour are all in. Not confirmed: that opening the doors half
an hour early always cures it. It does when three in four come early (24 evenings of 24), and not when half do (a
little under two thirds in within a minute); three groups five minutes apart fail when more come than usual.
"""

import functools

from loadbearing import cases, simulate
from loadbearing.cases import invitations
from loadbearing.claims import deciding_quantity
from loadbearing.readings import service_level

ROOM = 0.04
WITHIN_S = 60
WELL, BADLY = 0.9, 0.5
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
CLAIMS = ("F4", "S1", "S12")


def in_soon(name, seed, arrivals=None):
    """Of those who came, the share in within a minute."""
    return service_level(evening(name, seed, arrivals), WITHIN_S)


def evening(name, seed, arrivals=None, inputs=None, changes=None):
    """One evening in a small room; `arrivals` in place of the case's own."""
    scenario = cases.build(name, inputs).changed(changes or {})
    if arrivals is not None:
        scenario = scenario.changed({"crowd.arrivals": arrivals})
    return simulate(scenario.scaled(ROOM), seed, sample=0, progress=False)


def moment(seed, arrivals=None):
    """Whether the large crowd is in within a minute and the small one is not."""
    return (
        in_soon("all_day", seed) >= WELL and in_soon("the_announced_hour", seed, arrivals) <= BADLY
    )


def happens(seed):
    """The moment, with its mechanism."""
    return moment(seed)


def without(seed):
    """The moment, when the same quarter of a million are given no common moment."""
    return moment(seed, invitations.evenly())


@functools.cache
def balance():
    """Each claim with the lowest and highest value of its deciding quantity within the ranges of the lab."""
    ways = (None, invitations.at_no_hour(), invitations.in_groups(6), invitations.doors_early(0.5))
    runs = [
        evening("the_announced_hour", 1, way, CALM, {"door.handlers": handlers})
        for way in ways
        for handlers in (250, 1_000, 2_500)
    ]
    runs.append(evening("all_day", 1, None, CALM))
    found = {}
    for key in CLAIMS:
        values = [deciding_quantity(key, run) for run in runs]
        found[key] = (min(values), max(values))
    return found
