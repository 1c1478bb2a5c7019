"""What a test or an evening lets one see of a capacity: that it is above, below, between or about.

A service that turns nobody away shows that its capacity is above what it served, and no more: the rest is
censored (Tobin 1958, Econometrica 26:24). One that is full shows its capacity, and hides how many wanted in.
Each sight has a noise: how far, as a share, the capacity of that day lies from the usual one (the standard
deviation of its logarithm, for small shares the coefficient of variation). Between 0 and 1; an assumption
that whoever uses it states.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy.special import ndtr

from loadbearing.learning import asked
from loadbearing.units import span

NOISE = 0.1
"""How far the capacity of one day lies from the usual one, if nobody says otherwise: an assumption."""

LEAST_NOISE = 0.01


@dataclasses.dataclass(frozen=True)
class Seen:
    """One sight of a capacity: `above`, `below` or `about` a number, or two of them, with the `noise` of its day."""

    above: float | None = None
    below: float | None = None
    about: float | None = None
    noise: float = NOISE
    words: str = ""

    def __post_init__(self):
        noise = asked.share("noise", self.noise)
        for field in ("above", "below", "about"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, asked.positive(field, getattr(self, field)))
        bounds = (self.above, self.below)
        if (self.about is None) == (bounds == (None, None)):
            raise asked.LearningError(
                f"about is {self.about}, above {self.above} and below {self.below}; "
                "give either about, or above or below or both."
            )
        if None not in bounds:
            asked.rising(("above", "below"), *bounds)
        if self.about is not None and noise < LEAST_NOISE:
            raise asked.LearningError(
                f"noise is {self.noise}; no capacity is measured that well: give {LEAST_NOISE} or more."
            )
        object.__setattr__(self, "noise", noise)

    def likelihood(self, edges):
        """Return how likely this sight is in each cell of a grid of ln capacity, whose `edges` are given.

        A noise of 0 makes a step; the cell in which it lies is counted in part.
        """
        if self.about is not None:
            middles = (edges[1:] + edges[:-1]) / 2
            return np.exp(-0.5 * ((middles - math.log(self.about)) / self.noise) ** 2)
        low = 1.0 if self.above is None else self._beyond(edges, self.above)
        high = 0.0 if self.below is None else self._beyond(edges, self.below)
        return np.clip(low - high, 0.0, 1.0)

    def _beyond(self, edges, load):
        """How likely the capacity of the day is above a load, for each cell."""
        if self.noise == 0:
            return np.clip((edges[1:] - math.log(load)) / np.diff(edges), 0.0, 1.0)
        middles = (edges[1:] + edges[:-1]) / 2
        return ndtr((middles - math.log(load)) / self.noise)

    def __str__(self):
        return self.words or f"above {self.above}, below {self.below}, about {self.about}"


def passed(load, noise=NOISE):
    """Return what a test at this load that passed lets one see: the capacity of its day was above it."""
    return Seen(above=load, noise=noise, words=f"a test at {_said(load)} passed")


def failed(load, noise=NOISE):
    """Return what a test at this load that failed lets one see: the capacity of its day was below it."""
    return Seen(below=load, noise=noise, words=f"a test at {_said(load)} failed")


def saturated(served, noise=NOISE):
    """Return what a full service lets one see: its capacity was about what it served."""
    return Seen(about=served, noise=noise, words=f"full, it served {_said(served)}")


def unsaturated(served, noise=NOISE):
    """Return what a service that was never full lets one see: its capacity was above what it served (censored)."""
    return Seen(above=served, noise=noise, words=f"never full, it served {_said(served)}")


def calendar(entries, noise=NOISE):
    """Return what a calendar of tests lets one see. `entries`: [(highest load that the test reached, passed or not)].

    Each entry is a day of its own, with a noise of its own. The load is a rate, not a total: joins a second at
    the worst moment of the test.
    """
    try:
        pairs = [(load, went_well) for load, went_well in entries]
    except (TypeError, ValueError):
        raise asked.LearningError(
            f"entries is {entries!r}; give pairs such as (500, True): the load, and whether it passed."
        ) from None
    return tuple(
        passed(load, noise) if went_well else failed(load, noise) for load, went_well in pairs
    )


def ramp(held, broke=None, served=None, noise=NOISE):
    """Return what one ramp in steps lets one see: it `held` one load and `broke` at the next, or never did (None).

    All steps are one day, so their noise is one: the sight is one interval, not a test for each step. If the ramp
    went on until the service was full and `served` was counted there, that measures the capacity.
    """
    if served is not None:
        return (saturated(served, noise),)
    if broke is None:
        return (passed(held, noise),)
    held, broke = asked.rising(("held", "broke"), held, broke)
    words = f"a ramp held {_said(held)} and broke at {_said(broke)}"
    return (Seen(above=held, below=broke, noise=noise, words=words),)


def surge(served, full, noise=NOISE):
    """Return what an evening lets one see of the capacity: about what it served if it was `full`, else only more."""
    return (saturated(served, noise) if full else unsaturated(served, noise),)


def demand(served, full, noise=NOISE):
    """Return what the same evening lets one see of the demand: the reverse. A full door hides how many wanted in."""
    return (unsaturated(served, noise) if full else saturated(served, noise),)


def of_seconds(served, full, day_to_day=NOISE, block_s=10):
    """Return what an evening's own seconds let one see of the capacity.

    `served`: joins in each second; `full`: whether the door was full in it (all handlers busy, somebody waiting).
    If it was full for `block_s` seconds or more: about the mean of those, with the standard error of means of
    blocks (batch means; Law, Simulation Modeling and Analysis, section 9.5) and the noise `day_to_day` together,
    as the root of the sum of squares. If it was full for less: above the busiest block. What a door serves under
    overload can be less than what it could serve at its best.
    """
    served, full = asked.columns(("served", "full"), served, full)
    size = asked.whole("block_s", block_s, least=1)
    held = served[full.astype(bool)].astype(float)
    if len(held) >= size:
        error = 0.0
        if len(held) >= 2 * size:
            blocks = _blocks(held, size)
            error = blocks.std(ddof=1) / math.sqrt(len(blocks)) / max(held.mean(), 1e-12)
        noise = min(math.hypot(error, asked.share("day_to_day", day_to_day)), 1.0)
        return (saturated(held.mean(), max(noise, LEAST_NOISE)),)
    return (unsaturated(_blocks(served.astype(float), min(size, len(served))).max(), day_to_day),)


def _blocks(values, size):
    """The means of whole blocks, one after the other."""
    count = len(values) // size
    return values[: count * size].reshape(count, size).mean(axis=1)


def _said(load):
    return span(*[asked.positive("load", load)] * 2)
