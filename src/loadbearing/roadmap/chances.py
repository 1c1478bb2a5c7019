"""What each spend does in each place of a grid of audiences, on average over all luck: summed exactly, not drawn."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math

import numpy as np

from loadbearing.roadmap.companies import Spend, spends
from loadbearing.roadmap.evenings import every_evening
from loadbearing.roadmap.luck import Luck
from loadbearing.roadmap.outcomes import BAD, outcome

FEWEST, MOST, CELLS = 1 / 30, 200, 113
"""The grid: from a thirtieth of the first audience to two hundred times as many, in steps of 8 per cent."""


def grid(company, finer=1):
    """Return the natural logarithms of the audiences of the grid, evenly spaced; `finer`: so many times as many."""
    ends = math.log(company.audience * FEWEST), math.log(company.audience * MOST)
    return np.linspace(*ends, finer * (CELLS - 1) + 1)


@dataclasses.dataclass(frozen=True, eq=False)
class Step:
    """What each spend does in each place of the grid: arrays (spends, cells), on average over what is not known.

    `came`: people in; `out`: people who came and are not in; `bad`: chance of a bad evening; `spoils`: whether any luck
    makes one, here or with a smaller audience; `move`: (spends, cells, cells), where the audience goes.
    """

    came: np.ndarray
    out: np.ndarray
    bad: np.ndarray
    spoils: np.ndarray
    move: np.ndarray

    def future(self, ahead):
        """Return what is ahead on average, from the worth of each place a quarter later."""
        return self.move @ ahead


def expected(company):
    """Return the `Step` of a quarter of which only the chances are known; whatever a failure costs in people."""
    return _averaged(dataclasses.replace(company, costs=0.0))


@functools.lru_cache(8)
def _averaged(company):
    table, ln = every_evening(), grid(company)
    audience, rows, cells = np.exp(ln)[:, None], len(spends(company)), len(ln)
    came, out, bad, spoils = (np.zeros((rows, cells)) for _ in range(4))
    move = np.zeros((rows, cells, cells))
    for row, spend in enumerate(spends(company)):
        for chance, *luck in may_happen(company, spend, len(table.weathers)):
            found = outcome(company, audience, spend, *luck, table)
            came[row] += (chance * found.came * found.share).sum(axis=1)
            out[row] += (chance * found.came * (1 - found.share)).sum(axis=1)
            bad[row] += (chance * (found.share < BAD)).sum(axis=1)
            worst = _least(table)[found.state, found.cell].min(axis=1)
            spoils[row] = np.maximum(spoils[row], _spoilt(table, worst, found.load.max(axis=1)))
            move[row] += _moved(ln, found.after, chance)
    return Step(came, out, bad, spoils, move)


def _spoilt(table, worst, load):
    """Whether an evening is bad at this load or a smaller one; beyond the grid it is taken to be."""
    return (worst < BAD) | (load > table.loads[-1])


def may_happen(company, spend, weathers):
    """Return all that may happen after a spend: (chance, release, spike, fault, weather) without a fault and with one.

    Each of the two holds arrays of every release, spike and weather; the chances of both together add up to one.
    """
    releases = [(company.flop, 0), (1 - 2 * company.flop, 1), (company.flop, 2)]
    spikes = [(1 - company.spike_chance, False), (company.spike_chance, True)]
    every = list(itertools.product(releases, spikes, range(weathers)))
    chance = np.array([a * b / weathers for (a, _), (b, _), _ in every])
    luck = zip(*((r, s, w) for (_, r), (_, s), w in every), strict=True)
    release, spike, weather = (np.array(one)[chance > 0] for one in luck)
    hidden = float(company.hidden(spend.features, spend.rehearsal))
    return [
        (likely * chance[chance > 0], release, spike, fault, weather)
        for likely, fault in ((1 - hidden, False), (hidden, True))
        if likely > 0
    ]


@functools.lru_cache(2)
def _least(table):
    """The smallest share of each (state, load) and of all smaller loads: below a safe load all are safe."""
    return np.minimum.accumulate(table.share, axis=1).min(axis=2)


def _moved(ln, after, chance):
    """Where the audience of each cell goes: (cells, cells), what is between two places in parts to both."""
    cells = len(ln)
    at = np.clip((np.log(np.maximum(after, 1e-9)) - ln[0]) / (ln[1] - ln[0]), 0, cells - 1)
    low = np.minimum(at.astype(np.int64), cells - 2)
    part = at - low
    to = np.arange(cells)[:, None] * cells + low
    weights = np.broadcast_to(chance, part.shape)
    found = np.bincount(to.ravel(), ((1 - part) * weights).ravel(), cells * cells)
    found += np.bincount(to.ravel() + 1, (part * weights).ravel(), cells * cells)
    return found.reshape(cells, cells)


@dataclasses.dataclass(frozen=True, eq=False)
class Certain:
    """As `Step`, of one quarter whose luck is known; `after`: the logarithm of where each audience `ln` goes."""

    came: np.ndarray
    out: np.ndarray
    bad: np.ndarray
    after: np.ndarray
    ln: np.ndarray

    @property
    def spoils(self):
        """Whether the evening is a bad one."""
        return self.bad

    def future(self, ahead):
        """Return what is ahead, from the worth of each place a quarter later."""
        return np.interp(self.after, self.ln, ahead)


def certain(company, seed, number, audience, ln):
    """Return the `Certain` step of a quarter (from 1) of the history of this seed, for some audiences."""
    table = every_evening()
    luck = Luck(company, [seed], len(table.weathers))
    at = number - 1
    release, spike, weather = (one[0, at] for one in (luck.release, luck.spike, luck.weather))
    spent = Spend(*np.array(spends(company)).T[:, :, None])
    hit = [luck.fault(number, one.features, one.rehearsal)[0] for one in spends(company)]
    fault = np.array(hit)[:, None]
    found = outcome(company, audience, spent, release, spike, fault, weather, table)
    inside = found.came * found.share
    after = np.log(np.maximum(found.after, 1e-9))
    return Certain(inside, found.came - inside, found.share < BAD, after, ln)
