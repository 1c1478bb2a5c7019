"""Two laws of company: how much longer a service takes when others are under way beside it.

- The *multiplier*, the law of the simulation: mean x (1 + a (n - 1) + b n (n - 1)), the Universal Scalability Law
  (Gunther, The Practical Performance Analyst, 1993; Guerrilla Capacity Planning, 2007).
- The *lock*: a part of each service is spent holding what all share, one after the other, the rest side by side. It
  is the machine repairman. It hardly shows until the lock is nearly always held, and then much.
"""

from __future__ import annotations

import numpy as np

LAWS = ("multiplier", "lock")


def law_of(law, busy, numbers, cv):
    """Return the mean service in seconds as one of `busy`, by a law: array like `busy`.

    `numbers`: (mean in seconds, a, b). `cv`: of a service alone; only the lock asks for it.

    >>> law_of("multiplier", np.array([1, 2, 11]), (2.0, 0.1, 0.01), 1.0).tolist()
    [2.0, 2.24, 6.2]
    """
    mean_s, contention, coherency = numbers
    if law == "multiplier":
        return mean_s * (1 + contention * (busy - 1) + coherency * busy * (busy - 1))
    return mean_s * beside_a_lock(busy, contention, coherency, cv)


def columns(busy):
    """Return the terms in which the multiplier is linear, a row for each number busy: 1, n - 1 and n (n - 1)."""
    return np.stack([np.ones(len(busy)), busy - 1.0, busy * (busy - 1.0)], axis=1)


def beside_a_lock(busy, contention, coherency, cv):
    """Return how many times as long a service takes when n are always busy and share one lock: array like `busy`.

    Alone it takes 1, of which it holds the lock for `contention`; among n it holds it for `contention` +
    `coherency` (n - 1). Mean value analysis: who comes to the lock finds there what one fewer would leave (Reiser &
    Lavenberg 1980), and of who holds it what is left of their time, (1 + `cv` squared) / 2 of it.

    >>> beside_a_lock(np.array([1, 2, 60]), 0.1, 0.0, 1.0).round(3).tolist()
    [1.0, 1.01, 6.0]
    """
    shape, busy = np.shape(busy), np.atleast_1d(busy)
    held = contention + coherency * (busy - 1)
    alone = max(0.0, 1 - contention)
    left = (1 + cv * cv) / 2
    there, used, passed = np.zeros(len(busy)), np.zeros(len(busy)), held
    result = alone + held
    for population in range(2, int(busy.max(initial=1)) + 1):
        among = (population - 1) / np.maximum(alone + passed, 1e-12)
        there, used = among * passed, np.minimum(1.0, among * held)
        passed = held * (1 + np.maximum(0.0, there - used) + used * left)
        # Nobody can pass the lock faster than one after the other.
        passed = np.maximum(passed, population * held - alone)
        result = np.where(busy == population, alone + passed, result)
    return result.reshape(shape)
