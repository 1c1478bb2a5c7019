"""Rooms small enough to be quick: the largest honest one, and what each listener in it stands for.

A scaled room rounds its handlers. Two handlers where 1.7 belong let in a sixth too many, so the fraction is
chosen among those that leave every number of handlers, before, during and after each loss, nearly whole.
"""

from __future__ import annotations

import dataclasses
import functools
import time

from loadbearing import Weather, preview, simulate
from loadbearing.engines import Simulation, has_compiler
from loadbearing.pictures import Band, Curve, room
from loadbearing.units import people

PREVIEW_PEOPLE = 170_000
BAND_PEOPLE = 45_000
SMALL_PEOPLE = 12_000
"""Listeners in a preview, in one evening of a band, and in the largest room without the compiler."""

GLIMPSE_EVENTS = (100_000, 400_000)
"""Events in the small room of a dragged knob; where chance would decide too much in it, a larger one is tried."""

DOTS = 2_000
"""Listeners whose whole life is kept, for the moving crowd."""

STRETCH = 5
CHUNK = 400_000
BAND_EVENINGS = 24
FIRST_OTHER_EVENING = 1_001


@dataclasses.dataclass(frozen=True, eq=False)
class Trial:
    """One run of a lab: its settings, and how many people each simulated listener stands for.

    `error`: how far the share of the crowd inside may be from that of the full crowd, where it is known.
    `took`: seconds that a quick room took, by what.
    """

    settings: object
    run: object
    each: float
    error: float | None = None
    took: dict = dataclasses.field(default_factory=dict)

    @property
    def full(self):
        """Whether every person of the crowd was simulated."""
        return self.each == 1.0

    @functools.cached_property
    def curve(self):
        """Listeners in the room over time, in people."""
        return room(self.run, self.each)


def said(trial):
    """Return in words how much of the crowd was simulated."""
    return "the full crowd" if trial.full else f"a room of {people(trial.run.listeners.size)}"


class Dropped(Exception):
    """A run that nobody waits for any more: a newer one was asked for."""


def honest_fraction(scenario, most_people):
    """Return the largest fraction with about `most_people` listeners whose handlers stay nearly whole.

    Where no fraction near the wish is honest (few handlers left after a loss), up to five times as many
    people are taken.
    """
    wish = most_people / max(1, scenario.crowd.listeners)
    if wish >= 1:
        return 1.0
    counts = sorted(set(_handler_counts(scenario)))
    candidates = {k / count for count in counts for k in range(1, 1 + int(STRETCH * wish * count))}
    candidates = {one for one in candidates if wish / STRETCH <= one <= min(1.0, STRETCH * wish)}
    if not candidates:
        return min(1.0, max(wish, 1 / counts[0]))

    def badness(fraction):
        too_large = max(0.0, fraction / wish - 1) * 0.05
        too_small = max(0.0, 1 - fraction / wish) * 0.02
        return _rounding_error(scenario, fraction) + too_large + too_small

    return min(sorted(candidates), key=badness)


def _handler_counts(scenario):
    """All numbers of handlers above none that the door has at some moment: with and without each loss."""
    handlers = [scenario.door.handlers]
    for controller in scenario.controllers:
        changes = getattr(controller, "changes", ())
        handlers += [change.to for change in changes if change.what == "handlers"]
    lost = [0, *(getattr(fault, "handlers", 0) for fault in scenario.faults)]
    return [there - gone for there in handlers for gone in lost if there > gone]


def _rounding_error(scenario, fraction):
    small = _handler_counts(scenario.scaled(fraction))
    wanted = [count * fraction for count in _handler_counts(scenario)]
    if len(small) != len(wanted):
        return 1.0
    return max(abs(got / want - 1) for got, want in zip(small, wanted, strict=True))


def calm(scenario):
    """Return the scenario on an evening of average weather: what a lab draws as "this evening"."""
    return scenario.changed({"weather": Weather.calm()})


def small(scenario, most_people):
    """Return (fraction, scenario) of the largest honest room of about so many listeners."""
    fraction = honest_fraction(scenario, most_people)
    return fraction, scenario.scaled(fraction) if fraction < 1 else scenario


def small_trial(settings, scenario, most_people, seed=1, sample=0):
    """Return a `Trial` in a room of about so many listeners."""
    fraction, held = small(calm(scenario), most_people)
    return Trial(settings, simulate(held, seed, sample=sample, progress=False), 1 / fraction)


def glimpse(settings, scenario, seed=1):
    """Return a `Trial` in a room quick enough for a knob that is dragged, with its error; None if it would mislead."""
    began = time.perf_counter()
    for events in GLIMPSE_EVENTS:
        found = preview(calm(scenario), events)
        if found:
            chosen = time.perf_counter()
            run = simulate(found.scenario, seed, sample=0, progress=False)
            took = {"choose": chosen - began, "simulate": time.perf_counter() - chosen}
            return Trial(settings, run, 1 / found.fraction, found.error, took)
    return None


def full_trial(settings, scenario, seed=1, stopped=None, tell=None):
    """Return the `Trial` with everybody in it; without the compiler, with as many as wait a few seconds.

    `stopped()` is asked between chunks: true raises `Dropped`. `tell(share)` hears how far the evening is.
    """
    everybody = scenario.crowd.listeners
    fraction, held = small(calm(scenario), everybody if has_compiler() else SMALL_PEOPLE)
    simulation = Simulation(held, seed, sample=DOTS)
    while not simulation.advance(CHUNK):
        if stopped and stopped():
            raise Dropped
        if tell:
            tell(simulation.share_over)
    return Trial(settings, simulation.run(), 1 / fraction)


def band_of(scenario, evenings=BAND_EVENINGS, stopped=None):
    """Return the `Band` of other evenings with these settings, each with its own weather, in small rooms."""
    fraction, held = small(scenario, BAND_PEOPLE)
    curves = []
    for seed in range(FIRST_OTHER_EVENING, FIRST_OTHER_EVENING + evenings):
        if stopped and stopped():
            raise Dropped
        run = simulate(held, seed, sample=0, progress=False)
        curves.append(thinned(room(run, 1 / fraction)))
    return Band.around(curves)


def thinned(curve, step=10):
    """Return a curve with every so-many-th point: enough for one evening among many."""
    return Curve(curve.times_s[::step], curve.count[::step])
