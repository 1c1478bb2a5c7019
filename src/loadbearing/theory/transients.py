"""What a rush does while it lasts: fluid queues, and servers without end under a swinging load.

A fluid queue counts people as one counts water: exact when the crowd is large, silent about
luck. Sources: Newell, Applications of Queueing Theory, 1982; Whitt, "Fluid Models for
Multiserver Queues with Abandonments", 2006; Eick, Massey & Whitt, Management Science 39:241, 1993.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from loadbearing.theory import asked


@dataclass(frozen=True, kw_only=True)
class FluidQueue:
    """The course of a fluid queue: straight lines between its points, and what they enclose."""

    capacity: float
    points: tuple[tuple[float, float], ...]
    """(time, queue) wherever the queue bends; the last time is infinite if it never empties."""

    @property
    def largest_queue(self) -> float:
        """The most that ever waits."""
        return max(queue for _, queue in self.points)

    @property
    def longest_wait(self) -> float:
        """The longest wait, first come first served: the largest queue over the capacity."""
        return self.largest_queue / self.capacity

    @property
    def delay_area(self) -> float:
        """Area under the queue: the waiting of all people together (people times time)."""
        if math.isinf(self.points[-1][0]):
            return math.inf
        steps = zip(self.points, self.points[1:], strict=False)
        return math.fsum((t1 - t0) * (q0 + q1) / 2 for (t0, q0), (t1, q1) in steps)

    @property
    def empty_at(self) -> float:
        """The time at which the queue is empty for good; infinite if that never happens."""
        filled = [i for i, (_, queue) in enumerate(self.points) if queue > 0]
        if not filled:
            return self.points[0][0]
        return self.points[filled[-1] + 1][0] if filled[-1] + 1 < len(self.points) else math.inf

    @property
    def drain_time(self) -> float:
        """From the moment of the largest queue until it is empty for good."""
        largest = max(self.points, key=lambda point: point[1])
        return self.empty_at - largest[0] if largest[1] else 0.0


@dataclass(frozen=True, kw_only=True)
class SwingingLoad:
    """Busy servers when arrivals swing as a sine and servers are never short."""

    mean_load: float
    swing: float
    angular_frequency: float
    service_rate: float

    @property
    def relative_frequency(self) -> float:
        """How fast the swing is against the service: radians in one mean service time."""
        return self.angular_frequency / self.service_rate

    @property
    def damping(self) -> float:
        """The swing that is left in the load, as a share of the swing in the arrivals."""
        return 1 / math.hypot(1, self.relative_frequency)

    @property
    def amplitude(self) -> float:
        """How far the mean number of busy servers swings about its average."""
        return self.mean_load * self.swing * self.damping

    @property
    def lag(self) -> float:
        """How long after the arrivals the load reaches its peak, in the unit of time given."""
        return math.atan(self.relative_frequency) / self.angular_frequency

    def load_at(self, t: float) -> float:
        """Mean number of busy servers at time `t`, arrivals swinging as 1 + swing sin(omega t)."""
        phase = self.angular_frequency * (asked.number("t", t) - self.lag)
        return self.mean_load + self.amplitude * math.sin(phase)


def overload(
    capacity: float, overload_rate: float, overload_lasts: float, rate_after: float
) -> FluidQueue:
    """Build-up and drain of a queue: a rate above capacity for a while, then one below it.

    Q = (lambda1 - C) T1 and drains in Q/(C - lambda0); nobody leaves or tries again.

    >>> hump = overload(capacity=1, overload_rate=2, overload_lasts=10, rate_after=0.7)
    >>> hump.largest_queue, round(hump.drain_time, 3), round(hump.delay_area, 3)
    (10.0, 33.333, 216.667)
    """
    during = asked.not_negative("overload_rate", overload_rate)
    lasts = asked.positive("overload_lasts", overload_lasts)
    after = asked.not_negative("rate_after", rate_after)
    return fluid_queue(capacity, [(lasts, during), (math.inf, after)])


def fluid_queue(
    capacity: float, rates: Iterable[tuple[float, float]], queue_at_start: float = 0.0
) -> FluidQueue:
    """The queue in front of a fixed capacity when the arrival rate changes in steps.

    `rates` lists (how long, arrival rate) from time 0; the last step may last math.inf. After a
    finite last step nobody comes and the queue drains.

    >>> fluid_queue(capacity=1, rates=[(10, 2), (math.inf, 0.5)]).points
    ((0.0, 0.0), (10.0, 10.0), (30.0, 0.0))
    """
    served = asked.positive("capacity", capacity)
    t, queue = 0.0, asked.not_negative("queue_at_start", queue_at_start)
    points = [(t, queue)]
    # A queue bends only where the rate changes or where it runs empty.
    for lasts, rate in _steps(rates):
        slope = rate - served
        if slope < 0 and queue > 0 and queue / -slope < lasts:
            empties = queue / -slope
            points.append((t + empties, 0.0))
            t, queue, lasts = t + empties, 0.0, lasts - empties
        if math.isinf(lasts):
            if queue > 0 or slope > 0:
                points.append((math.inf, math.inf if slope > 0 else queue))
            break
        t, queue = t + lasts, max(0.0, queue + slope * lasts)
        points.append((t, queue))
    return FluidQueue(capacity=served, points=tuple(points))


def fluid_path(
    times: Sequence[float],
    arrival_rates: Sequence[float],
    service_rate: float,
    servers: float,
    abandonment_rate: float = 0.0,
    number_at_start: float = 0.0,
) -> np.ndarray:
    """Number in the system at `times`, for an arrival rate that runs straight between them.

    dx/dt = lambda(t) - mu min(x, c) - theta (x - c)^+ : those in service are served at mu each,
    those in line lose patience at theta each (Whitt 2006). Solved exactly, piece by piece.

    >>> fluid_path([0, 1, 2], [10, 10, 10], service_rate=1, servers=100, number_at_start=10)
    array([10., 10., 10.])
    """
    grid, rates = _curve(times, arrival_rates)
    serving = asked.positive("service_rate", service_rate)
    most = asked.positive("servers", servers)
    leaving = asked.not_negative("abandonment_rate", abandonment_rate)
    path = np.empty(grid.size)
    path[0] = asked.not_negative("number_at_start", number_at_start)

    over = float(path[0]) - most
    for i in range(grid.size - 1):
        lasts, push = float(grid[i + 1] - grid[i]), float(rates[i]) - most * serving
        slope = float(rates[i + 1] - rates[i]) / lasts
        over = _over_after(over, push, slope, lasts, (serving, leaving))
        path[i + 1] = max(0.0, over + most)
    return path


def swinging_load(
    mean_arrival_rate: float, swing: float, angular_frequency: float, service_rate: float
) -> SwingingLoad:
    """M_t/M/infinity under lambda(t) = mean (1 + swing sin(omega t)): the load swings less, later.

    With g = omega/mu: amplitude 1/sqrt(1 + g^2) of the arrivals' swing, lag arctan(g)/omega, which
    is arctan(g)/g mean service times (Eick, Massey & Whitt 1993). The number busy is Poisson.

    >>> day = swinging_load(mean_arrival_rate=10, swing=1, angular_frequency=1, service_rate=1)
    >>> round(day.damping, 7), round(day.lag, 7)
    (0.7071068, 0.7853982)
    """
    mean = asked.positive("mean_arrival_rate", mean_arrival_rate)
    rate = asked.positive("service_rate", service_rate)
    return SwingingLoad(
        mean_load=mean / rate,
        swing=asked.share("swing", swing),
        angular_frequency=asked.positive("angular_frequency", angular_frequency),
        service_rate=rate,
    )


def _steps(rates: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The steps of an arrival rate, checked, with an endless last one in which nobody comes."""
    steps = []
    for i, (lasts, rate) in enumerate(rates):
        if steps and math.isinf(steps[-1][0]):
            raise ValueError(f"rates lists a step after one that never ends; leave out step {i}.")
        length = math.inf if lasts == math.inf else asked.positive(f"rates[{i}] how long", lasts)
        steps.append((length, asked.not_negative(f"rates[{i}] arrival rate", rate)))
    if not steps:
        raise ValueError("rates is empty: give at least one step (how long, arrival rate).")
    if math.isfinite(steps[-1][0]):
        steps.append((math.inf, 0.0))
    return steps


def _curve(times: Sequence[float], rates: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Times and rates of a piecewise-linear curve as checked arrays."""
    grid = np.array([asked.number(f"times[{i}]", t) for i, t in enumerate(times)])
    values = [asked.not_negative(f"arrival_rates[{i}]", rate) for i, rate in enumerate(rates)]
    if grid.size < 2 or len(values) != grid.size or np.any(np.diff(grid) <= 0):
        raise ValueError(
            f"times has {grid.size} entries and arrival_rates {len(values)}: give the same number, "
            "at least 2, with times that increase."
        )
    return grid, np.array(values)


def _over_after(
    over: float, push: float, slope: float, lasts: float, drains: tuple[float, float]
) -> float:
    """Number beyond the servers after a while, when z' = push + slope t - drain z.

    The drain is the first of `drains` while z is below 0 (servers are free), the second above.
    """
    while lasts > 0:
        above = over > 0 or (over == 0 and (push > 0 or (push == 0 and slope > 0)))
        drain = drains[above]
        side = 1 if above else -1

        def crossed(t, z=over, push=push, drain=drain, side=side):
            return side * _flow(z, push, slope, t, drain) < 0

        turn = _turning_point(push - drain * over, slope, drain)
        begins, ends = 0.0, lasts
        if 0 < turn < lasts:
            begins, ends = (0.0, turn) if crossed(turn) else (turn, lasts)
        if not crossed(ends):
            return _flow(over, push, slope, lasts, drain)
        # Between `begins` and `ends` the curve is monotone and meets 0 once: halve down to it.
        while begins < (middle := (begins + ends) / 2) < ends:
            begins, ends = (begins, middle) if crossed(middle) else (middle, ends)
        over, push, lasts = 0.0, push + slope * ends, lasts - ends
    return over


def _flow(z: float, push: float, slope: float, t: float, drain: float) -> float:
    """The solution of z' = push + slope t - drain z after time t."""
    if drain * t < 1e-3:
        # The closed form loses its digits here; the series is exact to the last one.
        decayed = drain * t
        once = t * (1 - decayed / 2 * (1 - decayed / 3 * (1 - decayed / 4)))
        twice = t * t / 2 * (1 - decayed / 3 * (1 - decayed / 4 * (1 - decayed / 5)))
    else:
        once = -math.expm1(-drain * t) / drain
        twice = (t - once) / drain
    return z * math.exp(-drain * t) + push * once + slope * twice


def _turning_point(climb: float, slope: float, drain: float) -> float:
    """When a flow that climbs at `climb` turns round; infinite if it never does."""
    if slope == 0 or climb == 0 or (climb > 0) == (slope > 0):
        return math.inf
    return math.log1p(-drain * climb / slope) / drain if drain else -climb / slope
