"""Whole numbers in as few bytes as they need: seven bits in each, the least first, as LEB128."""

from __future__ import annotations


def written(held, number):
    """Put a number at the end of some bytes."""
    while number > 127:
        held.append(number & 127 | 128)
        number >>= 7
    held.append(number)


def read(held, at):
    """Return the number that begins at a place, and the place after it."""
    number = shift = 0
    while True:
        byte = held[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
