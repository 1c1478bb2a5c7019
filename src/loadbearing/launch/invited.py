"""What a sentence in the invitation makes of a crowd: those who heed it come earlier, or in groups."""

from __future__ import annotations

import numpy as np

from loadbearing.cases import invitations
from loadbearing.scenario import Group, Measured, Several, Steady

GROUPS, BIN_S, PEOPLE = 6, 5.0, 1_000_000
"""Groups that are invited one after the other; how finely a later group's coming is written down."""


def invited(a_launch, arrivals):
    """Return the arrivals of a crowd of which those who heed the invitation of this launch come as it says."""
    heed = a_launch.share("heed")
    if a_launch.invitation == "as it is" or heed == 0:
        return arrivals
    if a_launch.invitation == "early":
        heeding = [Group(weight=heed, arrivals=Steady(from_s=invitations.EARLY.value, until_s=0.0))]
    else:
        heeding = [
            Group(weight=heed / GROUPS, arrivals=_later(arrivals, at * invitations.APART.value))
            for at in range(GROUPS)
        ]
    rest = [Group(weight=1 - heed, arrivals=arrivals)] if heed < 1 else []
    return Several(groups=heeding + rest)


def _later(arrivals, by_s):
    """Return the same arrivals so many seconds later; any but counts are written down as counts."""
    if by_s == 0:
        return arrivals
    if isinstance(arrivals, Measured):
        return Measured(from_s=arrivals.from_s + by_s, bin_s=arrivals.bin_s, counts=arrivals.counts)
    times, share = arrivals.table()
    ends = np.arange(times[0], times[-1] + BIN_S, BIN_S)
    came = np.rint(np.diff(np.interp(ends, times, share)) * PEOPLE).astype(int)
    return Measured(from_s=float(times[0]) + by_s, bin_s=BIN_S, counts=tuple(came.tolist()))
