"""What a queue shows and what waiting costs: the deciding quantities of unit 05."""

from __future__ import annotations

import numpy as np

from loadbearing.readings.people import came
from loadbearing.readings.series import peak
from loadbearing.readings.windows import people_of, ratio

HALF_LIFE_S = 300.0
"""An assumption, no measurement: after so many seconds of waiting half of the will to come again is left."""


def queue_of_demand(run):
    """The most people outside at one moment, as a part of all who came: people, not requests; nan of nobody."""
    return float(ratio(peak(run, "outside")[0], came(run)))


def returns_kept(run, half_life_s=HALF_LIFE_S):
    """The will to come again, on average over all who came: 1 after no wait, half after each half-life, else 0.

    Whoever never got in counts as 0; nan of nobody. `half_life_s`: in seconds, above 0.
    """
    mine = people_of(run)
    if not len(mine):
        return float("nan")
    waited = mine["joined"] - mine["arrived"]
    return float(
        np.where(np.isnan(waited), 0.0, 0.5 ** (np.nan_to_num(waited) / half_life_s)).mean()
    )
