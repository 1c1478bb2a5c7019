"""Evenings of a launch as somebody at the dashboard sees them, minute by minute, and how each ended."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing.cases import launches
from loadbearing.engines import simulate
from loadbearing.launch.stopping import Steps
from loadbearing.launch.weathers import WEATHERS, evening

MINUTES = range(1, launches.STOP_MINUTES.value + 1)
BAD_BELOW = launches.BAD_BELOW.value


@dataclasses.dataclass(frozen=True)
class Seen:
    """One evening as somebody at the dashboard sees it: `share_in` after each minute of `MINUTES`, and how it ended.

    `share_in`: of those who came so far, the part that is in or was; 1 while nobody has come. `kept`: the share in as
    promised, of all who came. `crowd`: how many come on average. `below`: the share under which it was a bad one.
    """

    weather: str
    seed: int
    share_in: tuple
    kept: float
    crowd: int
    below: float = BAD_BELOW

    @property
    def bad(self):
        """Whether far fewer got what was promised than were promised it."""
        return self.kept < self.below

    def stops(self, minute, below):
        """Tell whether a rule stops this evening."""
        return self.share_in[minute - 1] < below


def bad_below(a_launch):
    """Return the share in as promised below which an evening is a bad one: never more than the promise itself."""
    return min(BAD_BELOW, a_launch.promise.at_least)


def watched(a_launch, seeds, weathers=None, crowd=None, steps=None):
    """Return every evening of these seeds in each weather as `Seen`, with the crowd expected unless another is given.

    Raises `ScenarioError`.
    """
    steps, found = steps or Steps(), []
    crowd = a_launch.expected if crowd is None else crowd
    weathers = [one.key for one in WEATHERS] if weathers is None else list(weathers)
    for at, weather in enumerate(weathers):
        scene = evening(a_launch, weather, crowd)
        for number, seed in enumerate(seeds):
            over = (at + number / len(seeds)) / len(weathers)
            steps.show(over, "Watching evenings for the stop rule")
            run = simulate(scene, seed, sample=0, progress=False)
            kept = a_launch.promise.read(run) if len(run.listeners) else 1.0
            minutes = _minute_by_minute(run.listeners)
            found.append(Seen(weather, seed, minutes, kept, crowd, bad_below(a_launch)))
    return tuple(found)


def with_more(a_launch, seeds, weathers=None, steps=None):
    """Return the evenings of these seeds with the crowd expected, then with the one that may come, as `Seen`."""
    steps = steps or Steps()
    usual = watched(a_launch, seeds, weathers, steps=steps.part(0.0, 0.5))
    return usual + watched(a_launch, seeds, weathers, a_launch.high, steps.part(0.5, 1.0))


def _minute_by_minute(listeners):
    """Of those who came by the end of each minute, the part that had got in by then; 1 while nobody has come."""
    ends = [60 * minute for minute in MINUTES]
    came = np.searchsorted(listeners["arrived"], ends, "right")
    entered = np.sort(listeners["joined"][~np.isnan(listeners["joined"])])
    inside = np.searchsorted(entered, ends, "right")
    return tuple(float(i / c) if c else 1.0 for i, c in zip(inside, came, strict=True))
