"""Queues in steady state: Little's law, one server, many servers, and a limited room.

Rates are per second, times in seconds, but any unit does as long as it is the same throughout.
Sources: Little 1961; Erlang 1917; Cooper, Introduction to Queueing Theory, 1981; Kleinrock 1975.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from loadbearing.theory import asked


@dataclass(frozen=True, kw_only=True)
class SteadyQueue:
    """The long-run averages of a queue in which nobody is refused and nobody leaves."""

    arrival_rate: float
    service_rate: float
    servers: int
    probability_of_waiting: float
    wait: float

    @property
    def offered_load(self) -> float:
        """Work brought, in servers' worth (erlang)."""
        return self.arrival_rate / self.service_rate

    @property
    def utilization(self) -> float:
        """Share of the servers' time that is busy."""
        return self.offered_load / self.servers

    @property
    def time_in_system(self) -> float:
        """Mean time from arrival to leaving."""
        return self.wait + 1 / self.service_rate

    @property
    def queue_length(self) -> float:
        """Mean number who wait (Little's law)."""
        return self.arrival_rate * self.wait

    @property
    def number_in_system(self) -> float:
        """Mean number who wait or are being served (Little's law)."""
        return self.arrival_rate * self.time_in_system


@dataclass(frozen=True, kw_only=True)
class MarkovQueue(SteadyQueue):
    """A steady queue with exponential service, first come first served: its waits are known."""

    def wait_exceeds(self, t: float) -> float:
        """Probability that a wait is longer than `t`: C exp(-(c mu - lambda) t)."""
        spare = self.servers * self.service_rate - self.arrival_rate
        return self.probability_of_waiting * math.exp(-spare * asked.not_negative("t", t))

    def wait_percentile(self, share: float) -> float:
        """The wait that the stated share of arrivals does not exceed."""
        beyond = 1 - asked.share("share", share)
        if beyond >= self.probability_of_waiting:
            return 0.0
        if beyond == 0:
            return math.inf
        spare = self.servers * self.service_rate - self.arrival_rate
        return math.log(self.probability_of_waiting / beyond) / spare

    def time_in_system_exceeds(self, t: float) -> float:
        """Probability that wait and service together take longer than `t`."""
        busy = self.service_rate * asked.not_negative("t", t)
        spare = self.servers - self.offered_load
        gap = abs(spare - 1)
        # Wait and service end at rates c mu - lambda and mu; where these meet, take the limit.
        both = busy if gap == 0 else -math.expm1(-busy * gap) / gap
        tail = math.exp(-busy * min(1.0, spare)) * both
        return min(1.0, math.exp(-busy) + self.probability_of_waiting * tail)


@dataclass(frozen=True, kw_only=True)
class FiniteQueue:
    """The long-run averages of a queue whose room is limited: who finds it full is refused."""

    arrival_rate: float
    service_rate: float
    servers: int
    room: int
    probabilities: np.ndarray
    """Probability of n in the system, for n = 0 to `room`."""
    blocking: float
    queue_length: float
    number_in_system: float

    @property
    def throughput(self) -> float:
        """People served in a unit of time: those who are not refused."""
        return self.service_rate * (self.number_in_system - self.queue_length)

    @property
    def utilization(self) -> float:
        """Share of the servers' time that is busy."""
        return (self.number_in_system - self.queue_length) / self.servers

    @property
    def wait(self) -> float:
        """Mean wait of those who are let in."""
        return self.queue_length / self.throughput

    @property
    def time_in_system(self) -> float:
        """Mean time from arrival to leaving, of those who are let in."""
        return self.number_in_system / self.throughput

    @property
    def probability_of_waiting(self) -> float:
        """Share of those let in who find every server busy."""
        accepted = math.fsum(self.probabilities[: self.room])
        return math.fsum(self.probabilities[self.servers : self.room]) / accepted


def little(
    *,
    number_in_system: float | None = None,
    arrival_rate: float | None = None,
    time_in_system: float | None = None,
) -> float:
    """The third of Little's three averages, L = lambda W, from the two that are given.

    Holds for any stable system, whatever its rules (Little 1961, Operations Research 9:383).

    >>> little(number_in_system=300_000, time_in_system=120)
    2500.0
    """
    given = {
        "number_in_system": number_in_system,
        "arrival_rate": arrival_rate,
        "time_in_system": time_in_system,
    }
    missing = [name for name, value in given.items() if value is None]
    if len(missing) != 1:
        raise ValueError(
            f"little needs two of {', '.join(given)} and gives the third; "
            f"{3 - len(missing)} were given."
        )
    if missing == ["number_in_system"]:
        rate = asked.not_negative("arrival_rate", arrival_rate)
        return rate * asked.not_negative("time_in_system", time_in_system)
    divisor = "time_in_system" if missing == ["arrival_rate"] else "arrival_rate"
    number = asked.not_negative("number_in_system", number_in_system)
    return number / asked.positive(divisor, given[divisor])


def mm1(arrival_rate: float, service_rate: float) -> MarkovQueue:
    """M/M/1: one server, Poisson arrivals, exponential service.

    >>> round(mm1(0.8, 1).number_in_system, 9)
    4.0
    """
    return mmc(arrival_rate, service_rate, servers=1)


def mmc(arrival_rate: float, service_rate: float, servers: int) -> MarkovQueue:
    """M/M/c: many servers, one line in front of them (Erlang's delay model).

    Raises ValueError if the work that comes is more than the servers complete.

    >>> round(mmc(10, 1, 14).wait_exceeds(0), 7)
    0.1741319
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    servers = asked.whole("servers", servers)
    asked.stable(arrivals, services, servers)
    waiting = _erlang_c(servers, arrivals / services)
    return MarkovQueue(
        arrival_rate=arrivals,
        service_rate=services,
        servers=servers,
        probability_of_waiting=waiting,
        wait=waiting / (servers * services - arrivals),
    )


def pollaczek_khinchine(arrival_rate: float, service_rate: float, variation: float) -> SteadyQueue:
    """M/G/1: one server whose service times have any shape, given only how much they vary.

    `variation` is the coefficient of variation: 0 for a fixed time, 1 for exponential.
    The mean wait is that of M/M/1 times (1 + variation^2)/2 (Pollaczek 1930, Khinchine 1932).

    >>> pollaczek_khinchine(0.8, 1, 0).queue_length / mm1(0.8, 1).queue_length
    0.5
    """
    queue = mm1(arrival_rate, service_rate)
    uneven = asked.not_negative("variation", variation)
    return SteadyQueue(
        arrival_rate=queue.arrival_rate,
        service_rate=queue.service_rate,
        servers=1,
        probability_of_waiting=queue.probability_of_waiting,
        wait=queue.wait * (1 + uneven * uneven) / 2,
    )


def erlang_b(servers: int, offered_load: float) -> float:
    """Share refused when nobody can wait: Erlang's loss formula (M/M/c/c, any service times).

    B(0) = 1, B(c) = a B(c-1) / (c + a B(c-1)): no factorials, so it holds for any number of
    servers (Erlang 1917; Cooper 1981).

    >>> round(erlang_b(10, 5), 7)
    0.0183846
    """
    servers = asked.whole("servers", servers, least=0)
    return _erlang_b(servers, asked.not_negative("offered_load", offered_load))


def erlang_c(servers: int, offered_load: float) -> float:
    """Share who must wait when everybody does wait: Erlang's delay formula (M/M/c).

    C = B / (1 - rho (1 - B)). Raises ValueError unless offered_load is below servers.

    >>> round(erlang_c(2, 1), 7), round(erlang_c(5, 4), 7)
    (0.3333333, 0.5541126)
    """
    servers = asked.whole("servers", servers)
    load = asked.not_negative("offered_load", offered_load)
    asked.stable(load, 1, servers)
    return _erlang_c(servers, load)


def mmck(arrival_rate: float, service_rate: float, servers: int, room: int) -> FiniteQueue:
    """M/M/c/K: many servers and a limited room; `room` is the most in the system, served included.

    No load is too large: what does not fit is refused.

    >>> queue = mmck(12, 1, servers=10, room=20)
    >>> round(queue.blocking, 7), round(queue.throughput, 7)
    (0.1796659, 9.844009)
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    servers = asked.whole("servers", servers)
    room = asked.whole("room", room)
    if room < servers:
        raise ValueError(
            f"room is {room}, less than the {servers} servers: it counts those being served too; "
            f"give {servers} or more."
        )
    present = np.arange(room + 1)
    ratios = arrivals / (services * np.minimum(present[1:], servers))
    probabilities = _stationary(ratios)
    return FiniteQueue(
        arrival_rate=arrivals,
        service_rate=services,
        servers=servers,
        room=room,
        probabilities=probabilities,
        blocking=float(probabilities[-1]),
        queue_length=math.fsum((probabilities * np.maximum(present - servers, 0))[servers:]),
        number_in_system=math.fsum(probabilities * present),
    )


def _erlang_b(servers: int, load: float) -> float:
    """Erlang's loss formula, unchecked."""
    blocking = 1.0
    for c in range(1, servers + 1):
        blocking = load * blocking / (c + load * blocking)
    return blocking


def _erlang_c(servers: int, load: float) -> float:
    """Erlang's delay formula, unchecked; written so that nothing cancels as load nears servers."""
    blocking = _erlang_b(servers, load)
    return servers * blocking / ((servers - load) + load * blocking)


def _stationary(ratios: np.ndarray) -> np.ndarray:
    """Probabilities of a birth-death chain from its ratios p(n+1)/p(n), which must not increase.

    Counted outwards from the most likely state, every factor is at most 1: nothing overflows.
    """
    mode = int(np.count_nonzero(ratios >= 1))
    weights = np.ones(ratios.size + 1)
    weights[mode + 1 :] = np.cumprod(ratios[mode:])
    weights[:mode] = np.cumprod(1 / ratios[:mode][::-1])[::-1]
    probabilities = weights / math.fsum(weights)
    probabilities.flags.writeable = False
    return probabilities
