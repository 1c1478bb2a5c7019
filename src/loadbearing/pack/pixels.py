"""A picture as what it changes on a sheet: runs of pixels, so that pictures that look alike pack well together.

A picture is a list of runs, row by row. Each run is the number of pixels since the end of the run before, twice the
number of its own pixels, and one more than that if they all have one colour; then that colour, or each pixel's. The
numbers take as many bytes as they need, seven bits in each, the least first (as LEB128).
"""

from __future__ import annotations

import numpy as np

from loadbearing.pack.numbers import read, written

SAME_FROM = 4
"""How many pixels of one colour are told as one."""


def packed(shades, sheet):
    """Return as bytes what a picture changes on its sheet: both (rows, columns) of bytes, numbers of a palette."""
    if shades.shape != sheet.shape:
        raise ValueError(
            f"The picture is {shades.shape}, its sheet {sheet.shape}; draw both alike."
        )
    now, before = shades.reshape(-1), sheet.reshape(-1)
    found, end = bytearray(), 0
    for begin, after, same in _runs(now, np.flatnonzero(now != before)):
        written(found, begin - end)
        written(found, 2 * (after - begin) + same)
        found += now[begin : begin + 1].tobytes() if same else now[begin:after].tobytes()
        end = after
    return bytes(found)


def laid(held, sheet):
    """Return the picture (rows, columns) that such bytes make of a sheet."""
    picture = sheet.reshape(-1).copy()
    at = place = 0
    while at < len(held):
        skip, at = read(held, at)
        twice, at = read(held, at)
        many, same = divmod(twice, 2)
        place += skip
        taken = 1 if same else many
        picture[place : place + many] = np.frombuffer(held, np.uint8, taken, at)
        at += taken
        place += many
    return picture.reshape(sheet.shape)


def _runs(now, places):
    """Yield (begin, after, whether all of one colour) of the runs of some places, rising."""
    if not len(places):
        return
    breaks = np.flatnonzero((np.diff(places) != 1) | (np.diff(now[places]) != 0)) + 1
    begins = places[np.concatenate([[0], breaks])].tolist()
    afters = (places[np.concatenate([breaks - 1, [len(places) - 1]])] + 1).tolist()
    mixed = None
    for begin, after in zip(begins, afters, strict=True):
        if mixed and (mixed[1] != begin or after - begin >= SAME_FROM):
            yield *mixed, False
            mixed = None
        if after - begin >= SAME_FROM:
            yield begin, after, True
        else:
            mixed = (mixed[0] if mixed else begin, after)
    if mixed:
        yield *mixed, False
