"""The draws of `loadbearing.draws`, said to the compiler: same arithmetic, same order, same bits."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import draws
from loadbearing.engines._numba import njit

GOLDEN = np.uint64(draws.GOLDEN)
FIRST_MIX = np.uint64(draws.FIRST_MIX)
SECOND_MIX = np.uint64(draws.SECOND_MIX)
ATTEMPT_STEP = np.uint64(draws.ATTEMPT_STEP)
ONE = np.uint64(1)
SHIFT_12, SHIFT_27, SHIFT_30, SHIFT_31 = (np.uint64(bits) for bits in (12, 27, 30, 31))
UNIT = draws.UNIT


@njit
def mix(word):
    """`draws.mix` on uint64."""
    word = (word ^ (word >> SHIFT_30)) * FIRST_MIX
    word = (word ^ (word >> SHIFT_27)) * SECOND_MIX
    return word ^ (word >> SHIFT_31)


@njit
def uniform(key, listener, attempt):
    """`draws.uniform`: key is uint64, listener and attempt are whole numbers."""
    word = mix(key + (np.uint64(listener) + ONE) * GOLDEN)
    word = mix(word + np.uint64(attempt) * ATTEMPT_STEP)
    return (np.float64(word >> SHIFT_12) + 0.5) * UNIT


@njit
def exponential(uniform, mean):
    """`draws.exponential`."""
    return -math.log(uniform) * mean


@njit
def normal(uniform, angle):
    """`draws.normal`."""
    return math.sqrt(-2.0 * math.log(uniform)) * math.cos(2.0 * math.pi * angle)


@njit
def lognormal(normal, mean, cv):
    """`draws.lognormal`."""
    spread = math.log(1.0 + cv * cv)
    return mean * math.exp(math.sqrt(spread) * normal - 0.5 * spread)


@njit
def slower(busy, contention, coherency):
    """`draws.slower`."""
    return 1.0 + contention * (busy - 1) + coherency * busy * (busy - 1)


@njit
def whole_ticks(time, tick):
    """`draws.whole_ticks`."""
    return math.ceil(time / tick) * tick if tick > 0.0 else time
