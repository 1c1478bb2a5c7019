"""Suppliers that fail together: a cause that all share, and causes of their own (the beta-factor model).

Fleming 1975 (General Atomic report GA-A13284) splits each part's chance q of failing into a shared share b and the
rest: all k fail with b q + ((1 - b) q)^k, nearly. Here each supplier fails with q exactly, so own causes are drawn
with r = (1 - b) q / (1 - b q) where the shared one has not struck; the two differ by less than (k - 1) b q r^k.
All chances are per night; a supplier is gone for the whole night or not at all.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.draws import checked_seed, key, uniforms
from loadbearing.parts import ScenarioError, checked

SHARED_CAUSE, OWN_CAUSE = 201, 202
MOST_SUPPLIERS = 6
MOST_NIGHTS = 1_000_000


def _chance(name, value):
    return checked(
        name, value, dict(kind="number", unit="", least=0, above=None, most=1, none=None)
    )


def _count(name, value, most):
    rule = dict(kind="whole", unit=None, least=1, above=None, most=most, none=None)
    return checked(name, value, rule)


def on_paper(fails, suppliers=2):
    """Return the chance that all are gone on one night if nothing is shared: `fails` multiplied by itself.

    >>> on_paper(0.001) * 1_000_000
    1.0
    """
    return _chance("fails", fails) ** _count("suppliers", suppliers, MOST_SUPPLIERS)


def fleming(fails, shared, suppliers=2):
    """Return the chance that all are gone, as Fleming 1975 writes it: ((1 - b) q)^k + b q."""
    fails, shared = _chance("fails", fails), _chance("shared", shared)
    k = _count("suppliers", suppliers, MOST_SUPPLIERS)
    return ((1 - shared) * fails) ** k + shared * fails


def own_cause(fails, shared):
    """Return the chance of a cause of its own on a night without a shared one; in all `fails` is kept exactly."""
    fails, shared = _chance("fails", fails), _chance("shared", shared)
    common = shared * fails
    return (fails - common) / (1 - common) if common < 1 else 0.0


def all_gone(fails, shared, suppliers=2):
    """Return the chance that all `suppliers` are gone on one night; without suppliers it is 1.

    The shared cause, or else every own one: b q + (1 - b q) r^k.
    """
    if suppliers == 0:
        return 1.0
    k, alone = _count("suppliers", suppliers, MOST_SUPPLIERS), own_cause(fails, shared)
    common = shared * fails
    return common + (1 - common) * alone**k


def working(fails, shared, suppliers):
    """Return the chances that 0, 1, ... `suppliers` of them work on one night: a tuple that adds up to 1.

    Binomial, if the shared cause has not struck.
    """
    if suppliers == 0:
        return (1.0,)
    k, alone = _count("suppliers", suppliers, MOST_SUPPLIERS), own_cause(fails, shared)
    common = shared * fails
    found = [
        math.comb(k, j) * (1 - alone) ** j * alone ** (k - j) * (1 - common) for j in range(k + 1)
    ]
    return (found[0] + common, *found[1:])


def at_least_gone(number, fails, shared, suppliers):
    """Return the chance that `number` or more of the suppliers are gone on one night."""
    return sum(working(fails, shared, suppliers)[: suppliers - number + 1])


@dataclasses.dataclass(frozen=True)
class Nights:
    """Many nights of several suppliers: `gone`, bool (suppliers, nights), and the two chances they were drawn by."""

    gone: np.ndarray
    fails: float
    shared: float

    @property
    def alone(self):
        """On how many nights each supplier was gone, whatever the others did: a list, one number a supplier."""
        return [int(one) for one in self.gone.sum(axis=1)]

    def together(self, suppliers=2):
        """On how many nights the first `suppliers` were gone, all of them."""
        return int(self.gone[:suppliers].all(axis=0).sum())

    def on_paper(self, suppliers=2):
        """On how many nights all would be gone if nothing were shared: nights times chances multiplied."""
        return self.gone.shape[1] * on_paper(self.fails, suppliers)

    def which(self, suppliers=2):
        """The numbers of the nights, from 0, on which the first `suppliers` were all gone: a sorted array."""
        return np.flatnonzero(self.gone[:suppliers].all(axis=0))

    @property
    def share_together(self):
        """Of a supplier's nights gone, the share on which the other of the first two was gone as well; nan if none."""
        each = sum(self.alone[:2]) / 2
        return self.together(2) / each if each else math.nan


def nights(seed, fails, shared, suppliers=3, nights=100_000):
    """Return `Nights`: which suppliers are gone on which of so many nights, the same for the same seed.

    A night's luck does not depend on the chances: with more shared, or more that fails, the same nights fail and more.
    `fails`, `shared`: from 0 to 1. Raises `ScenarioError` in a sentence.
    """
    seed = checked_seed(seed)
    fails, shared = _chance("fails", fails), _chance("shared", shared)
    count = _count("suppliers", suppliers, MOST_SUPPLIERS)
    which = np.arange(_count("nights", nights, MOST_NIGHTS))
    common = uniforms(key(seed, SHARED_CAUSE), which) < shared * fails
    alone = own_cause(fails, shared)
    own = [uniforms(key(seed, OWN_CAUSE + one), which) < alone for one in range(count)]
    return Nights(common | np.array(own), fails, shared)


def shared_from_counts(first, second, both):
    """Return the share of failures that is shared, as counts suggest it: nights with both gone over the mean of each.

    It takes every night with both gone for a shared one; the few that only coincide are as rare as on paper.
    """
    if both > min(first, second):
        raise ScenarioError(
            f"both is {both}; it cannot be above {min(first, second)}, the fewer of the two."
        )
    if first + second == 0:
        raise ScenarioError("Neither was ever gone; give the counts of more nights.")
    return both / ((first + second) / 2)
