"""A launch that was worked out, made up: every number is telling, so that it is known again wherever it stands."""

import dataclasses
import functools
import math

from loadbearing.engines import simulate
from loadbearing.launch import WEATHERS, WeatherLine, Worked, checked, evening
from loadbearing.launch.plans import NO_SENTENCE, NOTHING, PLAN, Plan, Row, Tried
from loadbearing.launch.stop_rule import StopRule, Tally
from loadbearing.launch.troubles import Trouble

TYPED = {
    "expected": 21_100, "within": 9.5, "join_rate": 37, "hold": 44_400, "patience": 13,
    "value": 8.25, "decides": "the stage manager", "high": 52_300,
}  # fmt: skip
CROWDS = (19_870, 7_610, 11_230, 0, 83_450)
LOST = (9_461, 6_372, 3_283, 1_194, 0)
WEATHERS_TICKED = ("calm", "at_once")


def worked(**changed):
    """Return the made-up launch, with some of its parts replaced."""
    return dataclasses.replace(made(), **changed)


@functools.cache
def made():
    """The launch as it is made up."""
    a_launch = checked(TYPED)
    return Worked(
        launch=a_launch,
        lines=lines(a_launch),
        premortem=troubles(),
        plan=plan(a_launch),
        stop_rule=StopRule(7, 0.65, a_launch.decides, a_launch.postpone, Tally(41, 3, 5, 51), Tally(38, 6, 8, 48)),
        run=simulate(evening(a_launch, people=300), seed=1, progress=False),
        each=1.0,
    )  # fmt: skip


def lines(a_launch):
    """A load line for every weather: one above the crowd expected and without an upper bound, one at nothing."""
    low, high = (a_launch.low, 0.983, 0.961, 0.994), (a_launch.high, 0.23, 0.18, 0.31)
    kept = [
        (low, (a_launch.expected, 0.57 + at / 100, 0.41, 0.72), high) for at in range(len(WEATHERS))
    ]
    bounds = ((18_640, 20_980), (7_140, 8_020), (10_560, 11_710), (0, 12), (79_320, math.inf))
    return tuple(
        WeatherLine(one.key, one.name, crowd, low, high, "" if crowd == 0 else f"limit {at}", 2 * crowd,
                    kept[at], f"In {one.name} the line lies at about {crowd:,}.")
        for at, (one, crowd, (low, high)) in enumerate(zip(WEATHERS, CROWDS, bounds, strict=True))
    )  # fmt: skip


def troubles():
    """Five troubles; the last keeps nobody out."""
    return tuple(
        Trouble(f"trouble_{at}", f"trouble {'abcde'[at]}", f"What happens in case {'abcde'[at]}.",
                f"Do what helps against {'abcde'[at]}.", 21_100, (lost, 0.75 * lost, 1.5 * lost),
                (lost / 3, lost / 4, lost / 2), 8.25 * lost)
        for at, lost in enumerate(LOST)
    )  # fmt: skip


def plan(a_launch):
    """A plan of a sentence and a wider door, and three rows to compare it with."""

    def tried(chosen, price, calm, at_once):
        kept = {
            "calm": [True] * calm + [False] * (26 - calm),
            "at_once": [True] * at_once + [False] * (26 - at_once),
        }
        share = {key: [0.99 if one else 0.5 for one in each] for key, each in kept.items()}
        return Tried(chosen, price, share, kept)

    chosen, plain = {"early": True, "door": 1.75}, {"door": 4.0}
    without = Row(NO_SENTENCE, "a door 4 times as wide", True, tried(plain, 3_275.0, 25, 24))
    table = (
        Row(NOTHING, "nothing", False, tried({}, 0.0, 4, 0)),
        Row("a wider door", "a door 4 times as wide", True, tried(plain, 3_275.0, 25, 24)),
        without,
        Row(PLAN, "a sentence and a door 1.75 times as wide", True, tried(chosen, 1_394.0, 23, 22)),
    )
    return Plan(a_launch, WEATHERS_TICKED, chosen, True, table[-1].seen, without, table, 977)
