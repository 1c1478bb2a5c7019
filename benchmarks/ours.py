"""The same work in the course's own engines."""

from __future__ import annotations

import functools

import numpy as np

import loadbearing as lb
from benchmarks.work import Tally


@functools.cache
def scenario(work):
    """Return this work as a scenario, its weather calm: one for all its evenings."""
    goes = lb.Patience(kind="fixed", mean_s=work.timeout_s) if work.withdraws else lb.Patience()
    return lb.Scenario(
        crowd=lb.Crowd(
            listeners=work.listeners,
            arrivals=lb.Rush(doors_s=0.0, early_share=0.0, mean_s=2 * work.gathers_s),
            patience=goes,
            timeout_s=None if work.withdraws else work.timeout_s,
            round_trip_s=work.round_trip_s,
            retries=lb.Retries(
                most=work.most_attempts, base_s=work.first_pause_s, cap_s=work.longest_pause_s
            ),
        ),
        door=lb.Door(
            handlers=work.handlers,
            service=lb.Service(mean_s=work.service_s, cv=1.0),
            queue_limit=work.queue_limit,
            drops_dead=work.withdraws,
        ),
        weather=lb.Weather.calm(),
        starts_s=0,
        ends_s=work.ends_s,
    )


def run(work, seed, engine="compiled"):
    """Run one evening of this work in one of the course's engines and return its `Tally`."""
    evening = lb.simulate(scenario(work), seed, engine=engine)
    listeners, seconds = evening.listeners, evening.seconds
    return Tally(
        attempts=int(listeners["attempts"].sum()),
        unanswered=int(seconds["time_outs"].sum() + seconds["ran_out_of_patience"].sum()),
        joins=int(np.isfinite(listeners["joined"]).sum()),
    )
