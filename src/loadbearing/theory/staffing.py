"""How many servers are enough: exact searches, the square-root rule, and what sharing saves.

Sources: Erlang 1917; Halfin & Whitt, "Heavy-Traffic Limits for Queues with Many Exponential
Servers", Operations Research 29:567, 1981; Whitt 1992.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from loadbearing.theory import asked
from loadbearing.theory.queues import _erlang_b

# A share that equals the goal but for the last bits meets it: C(2, 1) is 1/3.
MET = 1 + 1e-12


@dataclass(frozen=True, kw_only=True)
class Pooling:
    """What several crowds need apart and together, at the same promise."""

    crowds: int
    servers_each: int
    servers_pooled: int

    @property
    def servers_separate(self) -> int:
        """Servers needed when every crowd has its own."""
        return self.crowds * self.servers_each

    @property
    def servers_saved(self) -> int:
        """Servers that one shared pool does without."""
        return self.servers_separate - self.servers_pooled


def servers_for_blocking(offered_load: float, most_refused: float) -> int:
    """Least number of servers at which at most this share is refused (Erlang B).

    >>> servers_for_blocking(8.108, 0.01)
    15
    """
    load = asked.not_negative("offered_load", offered_load)
    goal = asked.target("most_refused", most_refused)
    servers, blocking = 0, 1.0
    while blocking > goal * MET:
        servers += 1
        blocking = load * blocking / (servers + load * blocking)
    return servers


def load_at_blocking(servers: int, refused: float) -> float:
    """Offered load (erlang) at which exactly this share is refused by so many servers (Erlang B).

    Found by halving down to the last bit; the share refused grows with the load.

    >>> round(load_at_blocking(15, 0.01), 3)
    8.108
    """
    servers = asked.whole("servers", servers)
    goal = asked.target("refused", refused)
    # c servers refuse at least 1 - c/a of a: enough load to be above the goal.
    low, high = 0.0, servers / (1 - goal)
    while low < (middle := (low + high) / 2) < high:
        if _erlang_b(servers, middle) < goal:
            low = middle
        else:
            high = middle
    return high


def servers_for_waiting(offered_load: float, most_waiting: float) -> int:
    """Least number of servers at which at most this share must wait (Erlang C), by exact search.

    >>> [servers_for_waiting(load, 0.2) for load in (10, 100, 1000)]
    [14, 111, 1034]
    """
    load = asked.not_negative("offered_load", offered_load)
    goal = asked.target("most_waiting", most_waiting)
    servers, blocking = 0, 1.0
    while True:
        servers += 1
        blocking = load * blocking / (servers + load * blocking)
        # Erlang C from B, as in queues.erlang_c; below the offered load there is no steady state.
        if servers <= load:
            continue
        if servers * blocking / (servers - load + load * blocking) <= goal * MET:
            return servers


def servers_for_wait(
    arrival_rate: float, service_rate: float, within: float, most_beyond: float
) -> int:
    """Least number of servers at which at most this share waits longer than `within` (Erlang C).

    >>> servers_for_wait(arrival_rate=100, service_rate=1, within=0, most_beyond=0.2)
    111
    """
    arrivals = asked.positive("arrival_rate", arrival_rate)
    services = asked.positive("service_rate", service_rate)
    limit = asked.not_negative("within", within)
    goal = asked.target("most_beyond", most_beyond)
    load = arrivals / services
    servers, blocking = 0, 1.0
    while True:
        servers += 1
        blocking = load * blocking / (servers + load * blocking)
        if servers <= load:
            continue
        waiting = servers * blocking / (servers - load + load * blocking)
        if waiting * math.exp(-(servers * services - arrivals) * limit) <= goal * MET:
            return servers


def square_root_staffing(offered_load: float, beta: float) -> float:
    """Servers by the square-root rule, R + beta sqrt(R), not yet rounded up.

    >>> square_root_staffing(100, 1.5)
    115.0
    """
    load = asked.not_negative("offered_load", offered_load)
    return load + asked.number("beta", beta) * math.sqrt(load)


def waiting_at_beta(beta: float) -> float:
    """Share who must wait under square-root staffing of a large system: Halfin and Whitt's limit.

    alpha(beta) = [1 + beta Phi(beta) / phi(beta)]^-1 for beta above 0; at 0 everybody waits.

    >>> round(waiting_at_beta(1), 4)
    0.2234
    """
    spare = asked.not_negative("beta", beta)
    density = math.exp(-spare * spare / 2) / math.sqrt(2 * math.pi)
    below = math.erfc(-spare / math.sqrt(2)) / 2
    return density / (density + spare * below)


def beta_for_waiting(most_waiting: float) -> float:
    """The beta of the square-root rule at which this share must wait; the inverse of the above.

    >>> round(waiting_at_beta(beta_for_waiting(0.2)), 12)
    0.2
    """
    goal = asked.target("most_waiting", most_waiting)
    low, high = 0.0, 1.0
    while waiting_at_beta(high) > goal:
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        if waiting_at_beta(middle) > goal:
            low = middle
        else:
            high = middle
    return high


def pooling(offered_load_each: float, crowds: int, most_waiting: float) -> Pooling:
    """Servers for several equal crowds, each apart and all together (Erlang C, exact search).

    >>> shared = pooling(offered_load_each=100, crowds=10, most_waiting=0.2)
    >>> shared.servers_separate, shared.servers_pooled
    (1110, 1034)
    """
    load = asked.not_negative("offered_load_each", offered_load_each)
    crowds = asked.whole("crowds", crowds)
    return Pooling(
        crowds=crowds,
        servers_each=servers_for_waiting(load, most_waiting),
        servers_pooled=servers_for_waiting(load * crowds, most_waiting),
    )
