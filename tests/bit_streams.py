"""The words that the draws are made of, as streams of bits: in every order in which an evening could ask for them.

A draw is the upper 52 bits of a 64-bit word; the batteries get the whole word. Each stream is a function
`stream(start, count)` that returns its words number `start` on, as uint64, whatever was asked before.
"""

from __future__ import annotations

import numpy as np

from loadbearing import draws

GOLDEN = np.uint64(draws.GOLDEN)
PURPOSES = np.array([draws.SERVICE, draws.SERVICE_ANGLE, draws.BACKOFF, draws.PATIENCE])
MOST_ATTEMPTS, EVENINGS = 8, 64


def mixed(word):
    """Return the words scrambled by splitmix64's finalizer."""
    word = (word ^ (word >> np.uint64(30))) * np.uint64(draws.FIRST_MIX)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(draws.SECOND_MIX)
    return word ^ (word >> np.uint64(31))


def keys(seeds, purposes):
    """Return the key of each seed and purpose; whole numbers or arrays of them."""
    return mixed(mixed(_unsigned(seeds) + GOLDEN) + _unsigned(purposes) * GOLDEN)


def words(key, listeners, attempts, mix_again=mixed):
    """Return the word behind the draw of each key, listener and attempt; whole numbers or arrays of them."""
    word = mixed(_unsigned(key) + (_unsigned(listeners) + np.uint64(1)) * GOLDEN)
    return mix_again(word + _unsigned(attempts) * np.uint64(draws.ATTEMPT_STEP))


def _unsigned(values):
    # An array at least of one: only there does arithmetic wrap around in silence.
    return np.atleast_1d(np.asarray(values)).astype(np.uint64)


def _from(start, count):
    return np.arange(start, start + count, dtype=np.uint64)


def _at(start, count, *sizes):
    """Count in mixed bases: the last size turns fastest; what is left over goes on without end."""
    places, rest = [], _from(start, count)
    for size in reversed(sizes):
        places.append(rest % np.uint64(size))
        rest = rest // np.uint64(size)
    return [rest, *reversed(places)]


def listeners(start, count):
    """One listener after another: the first services of an evening."""
    return words(keys(1, draws.SERVICE), _from(start, count), 1)


def attempts(start, count):
    """One attempt of one listener after another."""
    return words(keys(1, draws.BACKOFF), 5, _from(start, count))


def seeds(start, count):
    """The same draw on one evening after another."""
    return words(keys(_from(start, count), draws.SERVICE), 5, 1)


def purposes(start, count):
    """The same draw for one purpose after another."""
    return words(keys(1, _from(start, count)), 5, 1)


def an_evening(start, count):
    """All that is drawn for each listener in turn: eight attempts, four purposes each."""
    who, attempt, purpose = _at(start, count, MOST_ATTEMPTS, len(PURPOSES))
    return words(keys(1, PURPOSES)[purpose], who, attempt + np.uint64(1))


def evenings(start, count):
    """Sixty-four evenings side by side: each listener's first service on all of them, then the next listener's."""
    who, seed = _at(start, count, EVENINGS)
    return words(keys(np.arange(EVENINGS), draws.SERVICE)[seed], who, 1)


STREAMS = {
    each.__name__: each for each in (listeners, attempts, seeds, purposes, an_evening, evenings)
}


def without_the_second_mix(start, count):
    """A planted defect: all that is drawn for each listener, but attempts are counted on and not mixed in."""
    who, attempt, purpose = _at(start, count, MOST_ATTEMPTS, len(PURPOSES))
    key = keys(1, PURPOSES)[purpose]
    return words(key, who, attempt + np.uint64(1), mix_again=lambda word: word)
