"""Readings of the sampled lives: what cannot be counted by the second."""

from __future__ import annotations

import numpy as np

from loadbearing.run import Moment


def times_in_line(run):
    """Seconds of each time that a sampled listener stood in the waiting room, in the order of `run.lives`.

    Until being let through, until patience ended, or until the end of the evening.
    """
    lives, ends = run.lives, run.evening.ends_s
    if not len(lives):
        return np.zeros(0)
    same = np.append(lives["listener"][1:] == lives["listener"][:-1], False)
    until = np.where(same, np.append(lives["time"][1:], ends), ends)
    return (until - lives["time"])[lives["moment"] == Moment.IN_LINE]
