"""People who leave the queue: the Erlang A model (M/M/c+M).

Sources: Palm 1957; Garnett, Mandelbaum & Reiman, "Designing a Call Center with Impatient
Customers", M&SOM 4:208, 2002.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from loadbearing.theory import asked
from loadbearing.theory.queues import _erlang_b, mmc

MOST_TERMS = 50_000_000
BLOCK = 1 << 16
NEGLIGIBLE = 1e-22
SMALLEST_FOR_STIRLING = 30.0


@dataclass(frozen=True, kw_only=True)
class ImpatientQueue:
    """The long-run averages of a queue whose members leave when their patience ends."""

    arrival_rate: float
    service_rate: float
    servers: int
    abandonment_rate: float
    probability_of_waiting: float
    queue_length: float

    @property
    def abandoning(self) -> float:
        """Share of all arrivals who leave unserved: theta E[Q] / lambda."""
        return self.abandonment_rate * self.queue_length / self.arrival_rate

    @property
    def abandoning_if_waiting(self) -> float:
        """Share of those who must wait who leave unserved."""
        return self.abandoning / self.probability_of_waiting if self.queue_length else 0.0

    @property
    def wait(self) -> float:
        """Mean time in the queue, of all arrivals, served or not (Little's law)."""
        return self.queue_length / self.arrival_rate

    @property
    def throughput(self) -> float:
        """People served in a unit of time."""
        return self.arrival_rate - self.abandonment_rate * self.queue_length

    @property
    def utilization(self) -> float:
        """Share of the servers' time that is busy."""
        return self.throughput / (self.service_rate * self.servers)

    @property
    def number_in_system(self) -> float:
        """Mean number who wait or are being served."""
        return self.queue_length + self.throughput / self.service_rate


def erlang_a(
    arrival_rate: float, service_rate: float, servers: int, abandonment_rate: float
) -> ImpatientQueue:
    """M/M/c+M: exponential patience of mean 1/abandonment_rate, acting only while one waits.

    Exact for any number of servers and any load. With abandonment_rate 0 nobody leaves: that is
    M/M/c, which raises ValueError when more work comes than the servers complete. With
    abandonment_rate equal to service_rate the number in the system is Poisson, whatever the
    number of servers.

    >>> queue = erlang_a(arrival_rate=100, service_rate=1, servers=100, abandonment_rate=1)
    >>> round(queue.probability_of_waiting, 7), round(queue.abandoning, 7)
    (0.5132988, 0.039861)
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    servers = asked.whole("servers", servers)
    leaving = asked.not_negative("abandonment_rate", abandonment_rate)
    if leaving == 0:
        patient = mmc(arrivals, services, servers)
        waiting, queue = patient.probability_of_waiting, patient.queue_length
    else:
        waiting, queue = _impatient(arrivals, services, servers, leaving)
    return ImpatientQueue(
        arrival_rate=arrivals,
        service_rate=services,
        servers=servers,
        abandonment_rate=leaving,
        probability_of_waiting=waiting,
        queue_length=queue,
    )


def _impatient(
    arrivals: float, services: float, servers: int, leaving: float
) -> tuple[float, float]:
    """Probability of waiting and mean queue.

    With all weights relative to p(c): the states up to c weigh 1/B, the states from c on weigh
    `total`, and `in_line` is their sum weighted by the number who wait.
    """
    blocking = _erlang_b(servers, arrivals / services)
    work = servers * services
    # A gap that only rounding made, as in 0.3 / 0.1 against 3, is no gap.
    over = 0.0 if math.isclose(arrivals, work, rel_tol=1e-15) else arrivals - work
    terms = min(-50 * work / over if over < 0 else math.inf, 10 * math.sqrt(arrivals / leaving))
    if over <= 0 and terms <= MOST_TERMS:
        total, in_line = _sum_over_line(arrivals, work, leaving)
        full = blocking / (1 + blocking * (total - 1))
        return full * total, full * in_line
    total = _weight_of_line(arrivals / leaving, work / leaving)
    waiting = blocking / (blocking + (1 - blocking) / total)
    full = waiting / total
    # In steady state those who leave are what comes and is not served: theta Q = over P(W>0) + ...
    return waiting, (over * waiting + work * full) / leaving


def _sum_over_line(arrivals: float, work: float, leaving: float) -> tuple[float, float]:
    """Sum of the weights from c on, and of weight times number in line, term by term.

    Used where every term is at most the one before it; all terms are positive, nothing cancels.
    """
    total, in_line, last, first = 1.0, 0.0, 1.0, 1
    while last > NEGLIGIBLE:
        line = np.arange(first, first + BLOCK, dtype=float)
        weights = last * np.cumprod(arrivals / (work + leaving * line))
        total += float(weights.sum())
        in_line += float(weights @ line)
        last, first = float(weights[-1]), first + BLOCK
    return total, in_line


def _weight_of_line(offered: float, served: float) -> float:
    """Sum of the weights from c on in closed form: y e^x x^-y gamma(y, x), here x and y.

    x = lambda/theta, y = c mu/theta. Written as Gamma(y+1) e^x x^-y P(y, x), with Stirling's
    series for large y, because there the two halves of the logarithm are huge and nearly equal.
    Infinite when the line is so long that an empty place is out of the question.
    """
    from scipy.special import gammainc  # here, because importing it takes a while

    if served < SMALLEST_FOR_STIRLING:
        logarithm = math.lgamma(served + 1) + offered - served * math.log(offered)
    else:
        gap = (offered - served) / served
        correction = (1 - (1 / 30 - 1 / (105 * served**2)) / served**2) / (12 * served)
        logarithm = served * (gap - math.log1p(gap)) + correction
        logarithm += 0.5 * math.log(2 * math.pi * served)
    share = float(gammainc(served, offered))
    return math.exp(logarithm) * share if logarithm < 700 else math.inf
