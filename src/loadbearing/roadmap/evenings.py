"""What an evening does: looked up among evenings that the engine has run, one for each load, state and weather.

How an evening goes depends on the people for each handler, on the state of the platform and on the weather, and on
nothing else of a roadmap. So all of them were run once (`python -m authoring.evenings_11`) and stand in
`evenings.json`. A quarter takes the nearest of them, never a value between two: each is a run that can be shown.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

import numpy as np

FILE = pathlib.Path(__file__).with_name("evenings.json")
MIDDLE = 300
"""People for each handler in the middle of the grid: a full door lets in so many within five minutes."""

EIGHTHS = 8
"""Loads of the grid to an octave: the nearest is never further away than 4.4 per cent."""

WITHIN_S = 300
"""Within how many seconds of coming somebody is in as promised: the promise of unit 09."""

STATES = {
    "neglected": (False, False, False),
    "neglected, team": (False, False, True),
    "neglected, fault": (False, True, False),
    "neglected, fault, team": (False, True, True),
    "mended": (True, False, False),
    "mended, fault": (True, True, False),
    "mended, fault, team": (True, True, True),
}
"""The states of the platform: details gone through, a hidden fault, a team on call. Mended and sound, nobody acts."""


@dataclasses.dataclass(frozen=True, eq=False)
class Evenings:
    """All evenings that were run. `loads`: people for each handler, rising; `weathers`: their seeds.

    `share`: in within five minutes of coming, of those who came; `turnout`: people who came for one invited.
    Shapes: share (states, loads, weathers), turnout (weathers).
    """

    loads: np.ndarray
    weathers: np.ndarray
    share: np.ndarray
    turnout: np.ndarray

    def cell(self, load):
        """Return the number of the grid's load that is nearest on a logarithmic scale; arrays of any shape."""
        steps = EIGHTHS * np.log2(np.maximum(load, 1e-9) / self.loads[0])
        return np.clip(np.rint(steps), 0, len(self.loads) - 1).astype(np.int64)

    def in_time(self, state, load, weather):
        """Return the share in within five minutes. `state`, `weather`: numbers; arrays that go together.

        Below the grid it is as at its lower end. Beyond it the door lets in as many people as at its upper end.
        """
        load = np.asarray(load, float)
        beyond = np.minimum(self.loads[-1] / np.maximum(load, 1e-9), 1.0)
        return self.share[state, self.cell(load), weather] * beyond


def state(details, fault, people):
    """Return the number of the platform's state; arrays that go together, of yes and no.

    >>> int(state(True, False, True)), int(state(False, True, True))
    (4, 3)
    """
    details, fault, people = (np.asarray(one, bool) for one in (details, fault, people))
    return np.where(details, 4 + fault * (1 + people), 2 * fault + people).astype(np.int64)


def evening_of(row):
    """Return which evening a quarter looked up: what `cases.roadmaps.evening` needs to make it again.

    `row`: has `state` and `cell`, as the `Row` of a history. Its weather is `every_evening().weathers[row.weather]`.
    """
    details, fault, people = list(STATES.values())[row.state]
    load = float(every_evening().loads[row.cell])
    return {"per_handler": load, "details": details, "fault": fault, "people": people}


@functools.cache
def every_evening():
    """Return the `Evenings` of the file."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    loads = grid(held["octaves_each_way"])
    came = np.array(held["came"], float)
    return Evenings(
        loads=loads,
        weathers=np.array(held["weathers"]),
        share=np.array([held["in_time"][name] for name in STATES], float) / came,
        turnout=np.array(held["turnout"], float),
    )


def grid(octaves):
    """Return the loads that are run, in people for each handler: eight to an octave, so many octaves each way.

    >>> [round(float(one)) for one in grid(0.25)]
    [252, 275, 300, 327, 357]
    """
    most = round(EIGHTHS * octaves)
    return MIDDLE * 2.0 ** (np.arange(-most, most + 1) / EIGHTHS)
