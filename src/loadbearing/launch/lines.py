"""The load line of a launch in each weather: the largest crowd for which its promise still holds."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.engines import simulate
from loadbearing.launch.stopping import Steps
from loadbearing.launch.weathers import ROOM, WEATHERS, evenings, in_room
from loadbearing.stress import load_line
from loadbearing.units import people

EVENINGS, TOLERANCE = 40, 0.02
"""Evenings that bound the line on both sides; how far the search may end below the line, as a share of it."""

LIMITS = {
    "join_rate": "the join rate",
    "hold": "the places inside",
    "queue": "the queue",
    "timeout": "how long clients wait",
    "patience": "how long people try",
}
"""The lines of the sheet that are doubled in turn to find out what breaks first, and their names in a sentence."""


@dataclasses.dataclass(frozen=True)
class WeatherLine:
    """The load line of one weather, in people expected.

    `crowd`: the largest that the promise holds for on nine evenings in ten; 0 if for none. `low`, `high`: exact
    interval of it over all such evenings (inf where these evenings allow no bound). `breaks`: the limit that lifts
    the line most when doubled, in words; "" if none does. `lifted`: the line then. `kept`: for the crowds of the
    sheet, low, expected and high: (crowd, median, least, most) of the share in within the promise.
    """

    weather: str
    name: str
    crowd: int
    low: float
    high: float
    breaks: str
    lifted: int
    kept: tuple
    sentence: str


def load_lines(a_launch, evenings=EVENINGS, told=None, stopped=None):
    """Return a `WeatherLine` for each weather, found on so many evenings; raise `Stopped` if that was asked for."""
    steps = Steps(told, stopped)
    return tuple(
        _weather_line(a_launch, one, evenings, steps.part(at / len(WEATHERS), (at + 1) / len(WEATHERS)))
        for at, one in enumerate(WEATHERS)
    )  # fmt: skip


def line_of(a_launch, weather, number=EVENINGS, steps=None):
    """Return (crowd, low, high): the load line in one weather, on so many evenings, and its exact interval."""
    steps = steps or Steps()
    fraction = min(1.0, ROOM / a_launch.expected)
    found = load_line(
        in_room(a_launch, weather, a_launch.expected * fraction, fraction),
        a_launch.promise,
        seeds=evenings(number),
        most=100 * ROOM,
        tolerance=TOLERANCE,
        progress=lambda over: steps.show(over, f"the load line in {weather}"),
    )
    low, high = found.interval
    return math.floor(found.crowd / fraction), low / fraction, high / fraction


def _weather_line(a_launch, weather, number, steps):
    crowd, low, high = line_of(a_launch, weather.key, number, steps)
    kept = tuple(
        _kept(a_launch, weather.key, one) for one in (a_launch.low, a_launch.expected, a_launch.high)
    )  # fmt: skip
    return WeatherLine(
        weather.key, weather.name, crowd, low, high, "the join rate", crowd, kept, f"{weather.name}: {people(crowd)}."
    )  # fmt: skip


def _kept(a_launch, weather, crowd):
    fraction = min(1.0, ROOM / crowd)
    seen = [
        a_launch.promise.read(simulate(in_room(a_launch, weather, crowd * fraction, fraction), seed, sample=0))
        for seed in evenings(10)
    ]  # fmt: skip
    return crowd, float(np.median(seen)), min(seen), max(seen)
