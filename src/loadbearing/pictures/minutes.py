"""Lines of counts per minute; in a long evening, of means over several minutes, so that a line stays a line."""

from __future__ import annotations

import numpy as np

from loadbearing.pictures.ink import INK
from loadbearing.pictures.labels import Named, name_lines

MINUTE_S, MOST_BINS = 60, 150


def minutes_in_a_bin(run):
    """Return over how many minutes each point of a line is the mean."""
    return max(1, -(-run.evening.length_s // (MINUTE_S * MOST_BINS)))


def means_of(run):
    """Return what to add to an axis label where the points are means of several minutes; empty where not."""
    several = minutes_in_a_bin(run)
    return f" (means of {several} minutes)" if several > 1 else ""


class Minutes:
    """Lines of numbers per minute of one run, on one pair of axes, to be named when all are drawn."""

    def __init__(self, axes, run):
        self.axes, self.several, self.lines = axes, minutes_in_a_bin(run), []
        starts = np.arange(0, run.evening.length_s, MINUTE_S * self.several)
        ends = np.append(starts[1:], run.evening.length_s)
        self.middle = run.evening.starts_s + (starts + ends) / 2

    def draw(self, series, text="", colour=INK, **style):
        """Draw one number a minute, nan where there is none; a single point as a dot."""
        starts = np.arange(0, len(series), self.several)
        known = np.add.reduceat(~np.isnan(series), starts)
        sums = np.add.reduceat(np.nan_to_num(series), starts)
        means = np.where(known, sums / np.maximum(known, 1), np.nan)
        mark = "o" if len(means) == 1 else None
        self.axes.plot(self.middle, means, color=colour, marker=mark, **style)
        self.lines.append(Named(self.middle, means, text, colour))

    def finish(self, room=1.15):
        """Fit the axis to the lines, `room` times the highest, and write their names."""
        highest = max(np.nanmax(line.y, initial=0.0) for line in self.lines)
        self.axes.set_ylim(0, room * max(1.0, highest))
        name_lines(self.axes, [line for line in self.lines if line.text])
