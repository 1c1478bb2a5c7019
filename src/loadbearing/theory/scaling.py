"""What more machines bring: the Universal Scalability Law, Amdahl's law, and slow tails.

Sources: Gunther 1993 and Guerrilla Capacity Planning, 2007; Amdahl, AFIPS 1967; Dean & Barroso,
"The Tail at Scale", CACM 56(2), 2013.
"""

from __future__ import annotations

import math

from loadbearing.theory import asked


def scalability(
    servers: float, contention: float, coherency: float, rate_of_one: float = 1.0
) -> float:
    """Throughput of N servers that share things and must agree: the Universal Scalability Law.

    X(N) = gamma N / (1 + alpha (N-1) + beta N (N-1)). `contention` (alpha) is the share of work
    that queues for something shared; `coherency` (beta) the price of each pair's agreement.

    >>> round(scalability(8, contention=0.05, coherency=0), 6)
    5.925926
    """
    n = asked.number("servers", servers)
    if n < 1:
        raise ValueError(f"servers is {servers}: give 1 or more.")
    waiting = asked.share("contention", contention)
    agreeing = asked.not_negative("coherency", coherency)
    rate = asked.positive("rate_of_one", rate_of_one)
    return rate * n / (1 + waiting * (n - 1) + agreeing * n * (n - 1))


def scalability_peak(contention: float, coherency: float) -> float:
    """The number of servers beyond which adding more does harm: N* = sqrt((1 - alpha)/beta).

    Not rounded; infinite when nothing needs to agree. Below 1 means that one server is best.

    >>> round(scalability_peak(contention=0.03, coherency=0.0001), 2)
    98.49
    """
    waiting = asked.share("contention", contention)
    agreeing = asked.not_negative("coherency", coherency)
    return math.sqrt((1 - waiting) / agreeing) if agreeing else math.inf


def amdahl(processors: float, serial_share: float) -> float:
    """Speed-up by N processors when a share of the work cannot be divided: 1/(s + (1-s)/N).

    `processors` may be math.inf: then the limit 1/s.

    >>> round(amdahl(8, 0.05), 6), amdahl(math.inf, 0.05)
    (5.925926, 20.0)
    """
    serial = asked.share("serial_share", serial_share)
    if processors == math.inf:
        return 1 / serial if serial else math.inf
    n = asked.number("processors", processors)
    if n < 1:
        raise ValueError(f"processors is {processors}: give 1 or more.")
    return 1 / (serial + (1 - serial) / n)


def slow_at_least_once(quick_share: float, calls: int) -> float:
    """Share of requests that meet at least one slow answer among so many parallel calls: 1 - q^n.

    >>> round(slow_at_least_once(0.99, 100), 3)
    0.634
    """
    quick = asked.share("quick_share", quick_share)
    calls = asked.whole("calls", calls, least=0)
    if quick == 0:
        return 1.0 if calls else 0.0
    return -math.expm1(calls * math.log(quick))
