"""Evenings of a launch, each run once: how many got what was promised, and on how many evenings it was kept."""

from __future__ import annotations

import functools
import math

from loadbearing import draws
from loadbearing.engines import simulate
from loadbearing.launch.weathers import evening, evenings, unseen
from loadbearing.scenario import Weather

AMONG = 10
"""An evening is picked out of so many, so that mild and hard ones are there as often as they come."""

IN_HAND = 0.5
"""A plan may break its promise half as often on the evenings on which it is chosen: choosing flatters."""


@functools.cache
def chosen_on(number):
    """Return the seeds of so many evenings on which a plan is chosen, mild and hard ones in their true proportion."""
    return _spread(evenings(AMONG * number))


@functools.cache
def told_on(number):
    """Return the seeds of so many other evenings, on which a plan or a rule is told."""
    return _spread(unseen(AMONG * number))


def _spread(seeds):
    """The middle one of each ten, when all are put in order of how hard they are."""
    return tuple(sorted(seeds, key=hardship)[AMONG // 2 :: AMONG])


def hardship(seed, weather=None):
    """Return how hard an evening is, 1 on average: how many more come, times how much longer each takes."""
    weather = weather or Weather()
    turnout = draws.factor(seed, "turnout", weather.turnout)
    return turnout * draws.factor(seed, "service", weather.service)


class Trials:
    """Runs evenings of a launch and of its variants, and remembers them.

    `weathers`: their keys; `seeds`: the evenings. Each evening is played in a small room of `people` (as
    `weathers.evening` has it, if not given). A variant keeps
    the promise if it does so on the promised share of these evenings in each of the weathers, and has something in
    hand (`IN_HAND`).
    """

    def __init__(self, weathers, seeds, people=None):
        self.weathers, self.seeds, self.people = tuple(weathers), tuple(seeds), people
        self.runs = 0
        self._known, self._hardest_first = {}, {}

    def may_break(self, promise):
        """Return on how many of these evenings the promise may be broken."""
        return math.floor(IN_HAND * (1 - promise.evenings) * len(self.seeds) + 1e-9)

    def keeps(self, a_launch, hardest=None):
        """Tell whether a launch keeps its promise often enough in every weather.

        `hardest`: look at so many of the hardest evenings only. If it is False for these, it is False for all.
        """
        scenes = (evening(a_launch, weather, people=self.people) for weather in self.weathers)
        return all(self._holds(a_launch.promise, scene, hardest) for scene in scenes)

    def shares(self, a_launch, weather):
        """Return the share in as promised on each evening in a weather, in the order of `seeds`."""
        scene = evening(a_launch, weather, people=self.people)
        return [self._share(a_launch.promise, scene, seed) for seed in self.seeds]

    def kept(self, a_launch):
        """Return whether the promise is kept, weather to a list of True and False, one for each evening."""
        promise = a_launch.promise
        return {
            weather: [promise.margin_of(one) >= 0 for one in self.shares(a_launch, weather)]
            for weather in self.weathers
        }

    def _holds(self, promise, scene, hardest):
        """Stops as soon as too many evenings broke it; the hardest come first."""
        left = self.may_break(promise)
        for seed in self._order(scene.weather)[:hardest]:
            if promise.margin_of(self._share(promise, scene, seed)) < 0:
                left -= 1
                if left < 0:
                    return False
        return True

    def _order(self, weather):
        if weather not in self._hardest_first:
            hardest = sorted(self.seeds, key=lambda seed: hardship(seed, weather), reverse=True)
            self._hardest_first[weather] = hardest
        return self._hardest_first[weather]

    def _share(self, promise, scene, seed):
        key = (promise, scene, seed)
        if key not in self._known:
            run = simulate(scene, seed, sample=0, progress=False)
            self.runs += 1
            self._known[key] = promise.read(run) if len(run.listeners) else 1.0
        return self._known[key]
