"""The evening of a quarter of the roadmap, run again to be looked at: the very run of the table."""

from __future__ import annotations

from loadbearing import roadmap
from loadbearing.cases import roadmaps
from loadbearing.engines import simulate
from loadbearing.replay import MovingCrowd

SEEN = 2_000
"""Listeners whose whole evening is kept, to be shown as dots."""

OPENS_S, INTRO_S = 30.0, 6.0


def run_of(row, sample=SEEN):
    """Return the `Run` of the evening that a quarter (a row of `roadmap.play`) took from the table."""
    scenario = roadmaps.evening(**roadmap.evening_of(row))
    weather = int(roadmap.every_evening().weathers[row.weather])
    return simulate(scenario, weather, sample=sample, progress=False)


def crowd_of_the_evening(row):
    """Return the moving crowd of a quarter's evening; each listener stands for as many as came."""
    run = run_of(row)
    each = max(1.0, row.came / max(1, len(run.listeners)))
    return MovingCrowd(run, each, frozen_at_s=OPENS_S, intro_s=INTRO_S)
