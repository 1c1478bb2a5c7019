"""The load line of a launch in each weather: the largest crowd for which its promise still holds.

Each evening has a line of its own, found by sending it larger and smaller crowds; the load line of a weather is what
nine evenings in ten bear, with the exact interval of `stress.LoadLine`.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.engines import simulate
from loadbearing.launch.limits import breaks_first
from loadbearing.launch.stopping import Steps
from loadbearing.launch.telling import FARTHEST, told_line
from loadbearing.launch.weathers import BY_KEY, evening, evenings, in_room, room_of
from loadbearing.scenario import Weather
from loadbearing.stress import load_line
from loadbearing.stress.search import Search

EVENINGS, TOLERANCE, ROUGHLY = 40, 0.02, 0.05
"""Evenings that bound the line on both sides; how far a search may end below the line, as a share of it."""

AROUND = 1.25
"""The room holds the line and a little more."""

SEEN = 20
"""Evenings on which the crowds of the sheet are tried."""


@dataclasses.dataclass(frozen=True)
class WeatherLine:
    """The load line of one weather, in people expected.

    `crowd`: the largest that the promise holds for on nine evenings in ten; 0 if for none. `low`, `high`: its exact
    interval over all such evenings, 0 or inf where these evenings allow no bound. `breaks`: the limit that lifts the
    line most when it is doubled, in words; "" if none does. `lifted`: the line then. `kept`: for the crowds of the
    sheet, low, expected and high: (crowd, median, least, most) of the share of people in as promised.
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


def load_lines(a_launch, evenings=EVENINGS, told=None, stopped=None, weathers=tuple(BY_KEY)):
    """Return a `WeatherLine` for each of the weathers, all of them unless given, found on so many evenings.

    `told(share, words)` hears how far it is. Raises `Stopped` if `stopped()` says so.
    """
    steps, each = Steps(told, stopped), 1 / len(weathers)
    return tuple(
        _weather_line(a_launch, BY_KEY[key], evenings, steps.part(at * each, (at + 1) * each))
        for at, key in enumerate(weathers)
    )


def _weather_line(a_launch, weather, number, steps):
    words = f"load line: {weather.name}"
    found, fraction = found_line(a_launch, weather.key, number, steps.part(0.0, 0.5), words)
    limit, times = "", 1.0
    if found.crowd:
        limit, times = breaks_first(
            a_launch, weather.key, found, fraction, steps.part(0.5, 0.8), words
        )
    kept = []
    for at, crowd in enumerate((a_launch.low, a_launch.expected, a_launch.high)):
        steps.show(0.8 + at * 0.07, words)
        kept.append((crowd, *share_kept(a_launch, weather.key, crowd)))
    low, high = found.interval
    line = WeatherLine(
        weather=weather.key,
        name=weather.name,
        crowd=_full(found.crowd, fraction),
        low=low / fraction,
        high=high / fraction,
        breaks=limit,
        lifted=_full(times * found.crowd, fraction),
        kept=tuple(kept),
        sentence="",
    )
    return dataclasses.replace(line, sentence=told_line(a_launch, line))


def found_line(a_launch, weather, number=EVENINGS, steps=None, words=""):
    """Return (`stress.LoadLine` of a small room, its fraction): the line in one weather, on so many evenings.

    The room is so small that a crowd a little above the line just fits into it.
    """
    steps = steps or Steps()
    about = _about(a_launch, weather)
    fraction = min(1.0, room_of(a_launch, weather) / (AROUND * about))
    found = load_line(
        in_room(a_launch, weather, about * fraction, fraction, whole=False),
        a_launch.promise,
        seeds=evenings(number),
        most=most_of(a_launch, fraction),
        tolerance=TOLERANCE,
        progress=lambda over: steps.show(over, words),
    )
    return found, fraction


def most_of(a_launch, fraction):
    """Return the largest crowd that is tried, in a room of this fraction."""
    return max(1, round(FARTHEST * a_launch.expected * fraction))


def _about(a_launch, weather):
    """About where the line lies: that of one evening without weather, each crowd in a room of its own."""
    search = Search(1, FARTHEST * a_launch.expected, a_launch.expected, ROUGHLY)
    while search.asks is not None:
        fraction = min(1.0, room_of(a_launch, weather) / search.asks)
        scenario = in_room(a_launch, weather, search.asks * fraction, fraction, whole=False)
        run = simulate(scenario.changed({"weather": Weather.calm()}), 1, sample=0)
        search.tell(a_launch.promise.margin(run))
    return search.low or 1


def share_kept(a_launch, weather, crowd, number=SEEN):
    """Return (median, least, most) of the share of a crowd that is in as promised, over so many evenings."""
    scenario = evening(a_launch, weather, crowd, whole=False)
    seen = [a_launch.promise.read(simulate(scenario, seed, sample=0)) for seed in evenings(number)]
    known = [one for one in seen if not math.isnan(one)] or [1.0]
    return float(np.median(known)), min(known), max(known)


def _full(crowd, fraction):
    """A crowd of a small room in the full one, never overstated."""
    return math.floor(crowd / fraction + 1e-9)
