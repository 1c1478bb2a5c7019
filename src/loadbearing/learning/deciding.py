"""What knowing more is worth to a decision: whether to go one way or the other, and how many handlers to buy.

Sources: Raiffa & Schlaifer, Applied Statistical Decision Theory, 1961, chapter 5 (value of sample information when
the loss is linear, and the unit normal loss G); Arrow, Harris & Marschak, Econometrica 19:250, 1951 (newsvendor).
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy.special import ndtr, ndtri

from loadbearing.learning import asked


def unit_loss(u):
    """Return G(u) = phi(u) - u (1 - Phi(u)): how far a standard normal lies above u, on average.

    >>> [round(unit_loss(u), 4) for u in (0, 1, 2)]
    [0.3989, 0.0833, 0.0085]
    """
    u = asked.number("u", u)
    return math.exp(-u * u / 2) / math.sqrt(2 * math.pi) - u * float(ndtr(-u))


def value_of_asking(mean, sd, break_even, per_unit, noise_sd=0.0):
    """Return what a measurement is worth in money before it is made: |k| s G(u) (Raiffa & Schlaifer 1961).

    Two ways are open, and one is better by `per_unit` for each unit by which the true number exceeds `break_even`.
    The number is believed normal with `mean` and `sd`; the measurement has the standard deviation `noise_sd`, 0
    for perfect knowledge. s = sd^2 / sqrt(sd^2 + noise_sd^2): how far the mean will move; u = |mean - break_even| / s.

    >>> round(value_of_asking(mean=1000, sd=250, break_even=1000, per_unit=2), 2)
    199.47
    """
    mean, break_even = asked.number("mean", mean), asked.number("break_even", break_even)
    sd, noise = asked.positive("sd", sd), asked.not_negative("noise_sd", noise_sd)
    moves = sd * sd / math.hypot(sd, noise)
    return (
        abs(asked.number("per_unit", per_unit)) * moves * unit_loss(abs(mean - break_even) / moves)
    )


def enough(mean, sd, short, spare):
    """Return how much to have of what is needed in an amount believed normal: F(C*) = short / (short + spare).

    `short`, `spare`: what one too few and one too many cost.

    >>> round(enough(mean=1000, sd=250, short=9, spare=1), 3)
    1320.388
    """
    mean, sd = asked.number("mean", mean), asked.positive("sd", sd)
    return mean + sd * float(ndtri(_critical(short, spare)))


def handlers_to_buy(belief, handlers, demand, short, spare):
    """Return how many handlers to have, by the newsvendor's rule.

    `belief` is of the capacity with `handlers`, in the unit of `demand`; `short`, `spare`: what a missing and an
    idle handler cost. Needed are handlers * demand / C, as if capacity grew in proportion, which contention
    prevents. Bought is the number that is enough with the chance short / (short + spare), rounded up.
    """
    chance = _critical(short, spare)
    handlers, demand = asked.positive("handlers", handlers), asked.positive("demand", demand)
    return math.ceil(handlers * demand / belief.quantile(1 - chance) - 1e-9)


def cost_of_having(belief, have, handlers, demand, short, spare):
    """Return what it costs on average to have so many handlers: missing ones at `short`, idle ones at `spare`."""
    _critical(short, spare)
    middles = np.exp((belief.edges[1:] + belief.edges[:-1]) / 2)
    need = asked.positive("handlers", handlers) * asked.positive("demand", demand) / middles
    have = asked.positive("have", have)
    return float(
        belief.weights @ (short * np.maximum(need - have, 0) + spare * np.maximum(have - need, 0))
    )


@dataclasses.dataclass(frozen=True)
class Decision:
    """A decision as it was with the guess and as it is now; `what` it is about."""

    what: str
    before: object
    after: object

    @property
    def changed(self):
        """Tell whether it is another one now."""
        return self.before != self.after


def _critical(short, spare):
    short, spare = asked.positive("short", short), asked.positive("spare", spare)
    return short / (short + spare)
