"""The line in Ciw: a network of one node that its customers leave after a fixed time.

Ciw removes who reneges, and who finds a full queue leaves the network; so neither requests that outlive their client
nor a second attempt after a refusal can be written in it.
"""

from __future__ import annotations

import ciw
import numpy as np

from benchmarks.work import Tally

WORKS = ("line",)


def run(work, seed):
    """Run one evening of this work and return its `Tally`."""
    ciw.seed(seed)
    between = np.diff(work.arrivals(seed), prepend=0.0).tolist()
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*between, float("inf")])],
        service_distributions=[ciw.dists.Exponential(rate=1 / work.service_s)],
        reneging_time_distributions=[ciw.dists.Deterministic(value=work.timeout_s)],
        number_of_servers=[work.handlers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(work.ends_s)
    kinds = [record.record_type for record in simulation.get_all_records()]
    return Tally(work.listeners, kinds.count("renege"), kinds.count("service"))
