"""Who is taken first, and how evenly people are let through: what both do to the wait.

Sources: Riordan, "Delays for Last-Come First-Served Service and the Busy Period", Bell System
Technical Journal 40:785, 1961; Kleinrock, Queueing Systems I, 1975, sections 5.8 and 6.4.
"""

from __future__ import annotations

import math

from loadbearing.theory import asked
from loadbearing.theory.queues import SteadyQueue, _erlang_c, mmc


def in_time_oldest_first(
    arrival_rate: float, service_rate: float, servers: int, timeout: float
) -> float:
    """Share of arrivals served within `timeout` of coming, first come first served (M/M/c).

    Everybody stays in line and is served some day, whether or not it is in time. Under overload the
    line grows without end, and in the long run nobody is served in time.

    >>> round(in_time_oldest_first(9, 1, servers=10, timeout=3), 4)
    0.8503
    >>> in_time_oldest_first(12, 1, servers=10, timeout=3)
    0.0
    """
    arrivals, services, servers, limit = _question(arrival_rate, service_rate, servers, timeout)
    if arrivals >= services * servers:
        return 0.0
    return 1 - mmc(arrivals, services, servers).time_in_system_exceeds(limit)


def in_time_newest_first(
    arrival_rate: float, service_rate: float, servers: int, timeout: float
) -> float:
    """Share of arrivals served within `timeout` of coming, last come first served (M/M/c).

    Services are not interrupted, and everybody stays in line. Who finds all servers busy waits a
    busy period of one server of rate c mu, with density (Riordan 1961, Kleinrock 1975, 5.144)
    b(t) = exp(-(lambda + c mu) t) I1(2 t sqrt(lambda c mu)) / (t sqrt(lambda / (c mu))), and then
    is served. Holds under overload too: there all wait, and a part of them for ever.

    >>> round(in_time_newest_first(9, 1, servers=10, timeout=3), 4)
    0.8889
    >>> round(in_time_newest_first(12, 1, servers=10, timeout=3), 4)
    0.7411
    """
    arrivals, services, servers, limit = _question(arrival_rate, service_rate, servers, timeout)
    work = services * servers
    waiting = 1.0 if arrivals >= work else _erlang_c(servers, arrivals / services)
    at_once = -math.expm1(-services * limit)
    return (1 - waiting) * at_once + waiting * _after_busy_period(arrivals, work, services, limit)


def dm1(arrival_rate: float, service_rate: float) -> SteadyQueue:
    """D/M/1: one server, exponential service, and arrivals at exactly even distances.

    Who comes must wait with probability sigma, the root of sigma = exp(-(1 - sigma) mu / lambda)
    below 1, and waits sigma / (mu (1 - sigma)) on average (Kleinrock 1975, section 6.4). Raises
    ValueError if the work that comes is more than the server completes.

    >>> queue = dm1(0.8, 1)
    >>> round(queue.probability_of_waiting, 4), round(queue.queue_length, 4)
    (0.6286, 1.3542)
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    asked.stable(arrivals, services, 1)
    low, high = 0.0, 1.0
    # The curve lies above the diagonal below the root and, between it and 1, under it.
    while low < (middle := (low + high) / 2) < high:
        if math.exp((middle - 1) * services / arrivals) > middle:
            low = middle
        else:
            high = middle
    return SteadyQueue(
        arrival_rate=arrivals,
        service_rate=services,
        servers=1,
        probability_of_waiting=low,
        wait=low / (services * (1 - low)),
    )


def _question(
    arrival_rate: float, service_rate: float, servers: int, timeout: float
) -> tuple[float, float, int, float]:
    """What both disciplines are asked, checked."""
    return (
        asked.positive("arrival_rate", arrival_rate),
        asked.positive("service_rate", service_rate),
        asked.whole("servers", servers),
        asked.positive("timeout", timeout),
    )


def _after_busy_period(arrivals: float, work: float, services: float, limit: float) -> float:
    """Probability that a busy period of rate `work`, and then one service, end within `limit`."""
    from scipy.integrate import quad  # here, because importing it takes a while
    from scipy.special import ive

    apart = (math.sqrt(arrivals) - math.sqrt(work)) ** 2
    both, intensity = 2 * math.sqrt(arrivals * work), math.sqrt(arrivals / work)

    def density(t: float) -> float:
        # ive is I1 times exp(-2 t sqrt(lambda c mu)), so that nothing overflows.
        if t == 0:
            return work
        return math.exp(-apart * t) * float(ive(1, both * t)) / (t * intensity)

    def in_time(t: float) -> float:
        return density(t) * -math.expm1(-services * (limit - t))

    # Most of the density lies near 0 however long the limit is: doubling pieces miss none of it.
    ends = [0.0, min(limit, 1 / (arrivals + work))]
    while ends[-1] < limit:
        ends.append(min(limit, 2 * ends[-1]))
    pieces = zip(ends, ends[1:], strict=False)
    return math.fsum(quad(in_time, a, b, epsabs=1e-14, epsrel=1e-12)[0] for a, b in pieces)
