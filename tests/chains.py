"""Markov chains solved numerically: a witness that shares nothing with closed forms or engines."""

from __future__ import annotations

import numpy as np
from scipy.linalg import expm
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve


def stationary(start, moves):
    """Long-run probabilities of a chain in continuous time, as {state: probability}.

    `moves(state)` lists (rate, next state); the states are all that can be reached from `start`.
    """
    index, states = {start: 0}, [start]
    rows, columns, rates = [], [], []
    for state in states:
        for rate, following in moves(state):
            if following not in index:
                index[following] = len(states)
                states.append(following)
            # One row for each equation "what flows in is what flows out".
            rows += [index[following], index[state]]
            columns += [index[state]] * 2
            rates += [rate, -rate]
    size = len(states)
    balance = coo_matrix((rates, (rows, columns)), (size, size)).tolil()
    # The equations leave the sum open: the last is replaced by "together 1".
    balance[size - 1] = np.ones(size)
    found = spsolve(balance.tocsc(), np.append(np.zeros(size - 1), 1.0))
    return dict(zip(states, found.tolist(), strict=True))


def mean(probabilities, of):
    """The expectation of `of(state)`."""
    return sum(p * of(state) for state, p in probabilities.items())


def retrial(arrival_rate, service_rate, servers, retry_rate, most_in_orbit):
    """M/M/c with retrials: states (busy, in orbit); whoever finds every server busy goes into orbit.

    Nobody enters an orbit that holds `most_in_orbit` already: choose it so large that this hardly ever happens.
    """

    def moves(state):
        busy, orbit = state
        if busy < servers:
            yield arrival_rate, (busy + 1, orbit)
        elif orbit < most_in_orbit:
            yield arrival_rate, (busy, orbit + 1)
        if busy:
            yield busy * service_rate, (busy - 1, orbit)
        if orbit and busy < servers:
            yield orbit * retry_rate, (busy + 1, orbit - 1)

    return stationary((0, 0), moves)


def slowed_by_company(arrival_rate, service_rates, places):
    """A door whose services are slower the more handlers were busy when they began, and stay as slow as they began.

    `service_rates[n - 1]` is the rate of a service that began as one of n; `places` is how many can wait. States:
    (how many are under way that began as one of 1, of 2, ...; how many wait).
    """
    handlers = len(service_rates)

    def begun(under_way, as_one_of):
        return tuple(n + (k == as_one_of) for k, n in enumerate(under_way, start=1))

    def moves(state):
        *under_way, waiting = state
        busy = sum(under_way)
        if busy < handlers:
            yield arrival_rate, (*begun(under_way, busy + 1), waiting)
        elif waiting < places:
            yield arrival_rate, (*under_way, waiting + 1)
        for k, n in enumerate(under_way):
            if n:
                left = tuple(m - (at == k) for at, m in enumerate(under_way))
                following = (*begun(left, busy), waiting - 1) if waiting else (*left, 0)
                yield n * service_rates[k], following

    return stationary((0,) * (handlers + 1), moves)


def paced(arrival_rate, service_rate, servers, most):
    """D/M/c seen by those who come, evenly spaced: (probability of waiting, mean wait).

    Between two arrivals the chain only dies: how many of n are left then is a row of a matrix exponential. At most
    `most` are followed.
    """
    present = np.arange(most + 2)
    deaths = service_rate * np.minimum(present, servers)
    rates = np.diag(-deaths) + np.diag(deaths[1:], -1)
    left = expm(rates / arrival_rate)
    # Whoever comes next finds what is left of n + 1.
    step = left[1:, :-1].copy()
    step[:, -1] += 1 - step.sum(axis=1)
    balance = step.T - np.eye(most + 1)
    balance[-1] = 1.0
    found = np.linalg.solve(balance, np.append(np.zeros(most), 1.0))
    in_line = np.maximum(present[:-1] - servers + 1, 0)
    return float(found[servers:].sum()), float(found @ in_line) / (servers * service_rate)
