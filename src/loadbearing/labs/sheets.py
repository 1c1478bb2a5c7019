"""The sheets that pictures of the room are drawn on: laid out once, used for every position of a knob."""

from __future__ import annotations

import threading
from collections import OrderedDict

from loadbearing.pictures.live import LiveRoom

KEPT = 4
"""Sheets kept: for a knob that is dragged and for one at rest, with and without other evenings."""


class Sheets:
    """Sheets by what stands on them. Their axis holds `most` people, or the largest crowd met so far."""

    def __init__(self, points, most):
        self.points, self.most, self._kept = points, most, OrderedDict()
        self._lock = threading.Lock()

    def of(self, evening, people, band=None, ghost=None):
        """Return the `LiveRoom` for an evening of so many people; `ghost`: (`Curve`, name) drawn behind."""
        with self._lock:
            tops = [people, *(one.bounds[1] for one in self.points)]
            if band is not None:
                tops.append(float(band.high.max()))
            self.most = max(self.most, *tops)
            there = (evening.starts_s, evening.ends_s, self.most)
            key = (*there, id(band), id(ghost[0]) if ghost else None, ghost and ghost[1])
            sheet = self._kept.get(key)
            if sheet is None:
                # The sheet holds band and ghost, so that their identities are not given to others while it is kept.
                sheet = LiveRoom(*there, self.points, band, ghost)
                self._kept[key] = sheet
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return sheet
