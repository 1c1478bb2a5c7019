"""People who try again: the retrial queue, amplification, dead work and states that stay bad.

Sources: Falin & Templeton, Retrial Queues, 1997; Brooker, "Timeouts, retries and backoff with
jitter", Amazon Builders' Library; Bronson et al., HotOS 2021; Huang et al., OSDI 2022.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from loadbearing.theory import asked


@dataclass(frozen=True, kw_only=True)
class RetrialQueue:
    """The long-run averages of one server without a line, whose callers come back until served."""

    arrival_rate: float
    service_rate: float
    retry_rate: float

    @property
    def utilization(self) -> float:
        """Share of time the server is busy; also the share of people not served at first."""
        return self.arrival_rate / self.service_rate

    @property
    def number_in_orbit(self) -> float:
        """Mean number of people who are between two attempts."""
        busy = self.utilization
        return busy * (busy + self.arrival_rate / self.retry_rate) / (1 - busy)

    @property
    def number_in_system(self) -> float:
        """Mean number between attempts or being served."""
        return self.number_in_orbit + self.utilization

    @property
    def wait(self) -> float:
        """Mean time from the first attempt to the start of service (Little's law)."""
        return self.number_in_orbit / self.arrival_rate

    @property
    def attempts_per_person(self) -> float:
        """Mean number of attempts, the first included: retries are made at retry_rate each."""
        return 1 + self.retry_rate * self.wait


def retrial_queue(arrival_rate: float, service_rate: float, retry_rate: float) -> RetrialQueue:
    """M/M/1 with retrials: who finds the server busy comes back after an exponential pause.

    E[orbit] = rho^2/(1-rho) + lambda rho/((1-rho) theta); with instant retries it is the M/M/1
    line (Falin & Templeton 1997). Raises ValueError when more work comes than one server completes.

    >>> round(retrial_queue(0.8, 1, 2).number_in_orbit, 9)
    4.8
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    returning = asked.positive("retry_rate", retry_rate)
    asked.stable(arrivals, services, 1)
    return RetrialQueue(arrival_rate=arrivals, service_rate=services, retry_rate=returning)


def retry_amplification(failure_probability: float, retries: float) -> float:
    """Mean attempts per request when each fails alike: sum of p^k for k = 0 to `retries`.

    `retries` may be math.inf: then 1/(1-p), and without end when every attempt fails.

    >>> retry_amplification(0.5, 2), retry_amplification(1, 3), retry_amplification(0.5, math.inf)
    (1.75, 4.0, 2.0)
    """
    failing = asked.share("failure_probability", failure_probability)
    if retries == math.inf:
        return math.inf if failing == 1 else 1 / (1 - failing)
    attempts = asked.whole("retries", retries, least=0) + 1
    if failing == 1:
        return float(attempts)
    if failing == 0:
        return 1.0
    # 1 - p^n written so that nothing cancels when p is close to 1.
    return -math.expm1(attempts * math.log(failing)) / (1 - failing)


def layered_amplification(tries: float, layers: int) -> float:
    """Requests that reach the lowest layer when each layer tries so often: layers multiply.

    `tries` is the number of tries a layer makes for each request it receives, at worst or on
    average.

    >>> layered_amplification(3, 5)
    243.0
    """
    each = asked.number("tries", tries)
    if each < 1:
        raise ValueError(f"tries is {tries}: the first try counts; give 1 or more.")
    return each ** asked.whole("layers", layers, least=0)


def dead_work_onset(timeout: float, traffic_intensity: float) -> float:
    """Seconds from the start of an overload until whoever joins the line will have left when served.

    In a line without bound, first come first served, the wait of those who join grows by rho - 1
    each second; it passes the time-out after T/(rho - 1). They are served a time-out later: from
    T/(rho - 1) + T on, all work is dead work. Infinite if the servers keep up.

    >>> dead_work_onset(timeout=30, traffic_intensity=1.5)
    60.0
    """
    patience = asked.positive("timeout", timeout)
    intensity = asked.positive("traffic_intensity", traffic_intensity)
    return patience / (intensity - 1) if intensity > 1 else math.inf


def metastable_boundaries(capacity: float, retries: int) -> tuple[float, float]:
    """Arrival rates at which a system becomes vulnerable, and at which it is overloaded.

    With dead work (first come first served, a time-out, `retries` later attempts): below the
    first it recovers from any fault, C/(1+r); from the second on, C, it cannot keep up anyway.

    >>> metastable_boundaries(capacity=900, retries=2)
    (300.0, 900.0)
    """
    work = asked.positive("capacity", capacity)
    return work / (1 + asked.whole("retries", retries, least=0)), work


def metastable_state(arrival_rate: float, capacity: float, retries: int) -> str:
    """The state by the boundaries above: stable, vulnerable or overloaded (Bronson et al. 2021).

    >>> [metastable_state(rate, capacity=900, retries=2) for rate in (299, 300, 899, 900)]
    ['stable', 'vulnerable', 'vulnerable', 'overloaded']
    """
    arrivals = asked.not_negative("arrival_rate", arrival_rate)
    vulnerable, overloaded = metastable_boundaries(capacity, retries)
    if arrivals >= overloaded:
        return "overloaded"
    return "vulnerable" if arrivals >= vulnerable else "stable"
