"""Luck: what a history brings, whatever is planned. The same history can be played again with another plan."""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import draws
from loadbearing.parts import ScenarioError

PURPOSES = {"weather": 601, "release": 602, "spike": 603, "fault": 604, "found": 605}


@functools.lru_cache(4096)
def uniforms(seed, quarters):
    """Return the uniform numbers of one history: an array (purposes, quarters), in the order of `PURPOSES`."""
    seed = draws.checked_seed(seed)
    drawn = [draws.uniforms(draws.key(seed, one), np.arange(quarters)) for one in PURPOSES.values()]
    found = np.array(drawn)
    found.flags.writeable = False
    return found


class Luck:
    """The luck of several histories, each with a seed. Arrays of shape (histories, quarters).

    `release`: 0 it flops, 1 it goes as planned, 2 it brings twice as many. `spike`: whether all talk about the event.
    `weather`: the number of the evening, of as many as were run. Whether there is a fault depends on what was spent.
    """

    def __init__(self, company, seeds, weathers):
        seeds = list(seeds)
        if not seeds:
            raise ScenarioError("seeds is empty; give at least one history.")
        drawn = np.array([uniforms(seed, int(company.quarters)) for seed in seeds])
        weather, release, spike, self._fault, self._found = drawn.transpose(1, 0, 2)
        self.weather = (weather * weathers).astype(np.int64)
        self.release = 1 - (release < company.flop) + (release >= 1 - company.flop)
        self.spike = spike < company.spike_chance
        self.company = company

    def fault(self, quarter, features, rehearsal):
        """Return whether a hidden fault comes to the evening of a quarter (from 1): an array, one a history."""
        at, company = quarter - 1, self.company
        made = self._fault[:, at] < 1 - (1 - company.fault) ** np.asarray(features)
        found = np.asarray(rehearsal, bool) & (self._found[:, at] < company.found)
        return made & ~found
