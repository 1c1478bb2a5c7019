"""What the calibration found, as `authoring/calibrate.py` wrote it down: read here, computed there.

For each case: the fitted inputs, the counts of its calm evening, how the misfit changes along each input,
and a band of evenings with weather, so that a lab can draw it at once.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from pathlib import Path

import numpy as np

from loadbearing.parts import ScenarioError, nearest

FILE = Path(__file__).with_name("calibration.json")


@dataclasses.dataclass(frozen=True, eq=False)
class Evenings:
    """Listeners in the room of the full crowd on some evenings with weather: lowest, median, highest.

    Four arrays of one length, times in seconds from the announced start; `number`: of how many evenings.
    """

    times_s: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    number: int


@functools.cache
def results():
    """Return all that was found: plain dictionaries, lists and numbers."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def of(name):
    """Return what was found for one case; raise `ScenarioError` with the nearest names for an unknown one."""
    found = results()["cases"]
    if name not in found:
        raise ScenarioError(f"The case {name!r} was not calibrated. {nearest(name, found)}")
    return found[name]


def band(name):
    """Return the `Evenings` of one case with its own weather."""
    its = of(name)["band"]
    times = np.array(results()["band_times_s"], float)
    curves = {key: np.array(its[key], float) for key in ("low", "median", "high")}
    return Evenings(times_s=times, number=results()["band_evenings"], **curves)
