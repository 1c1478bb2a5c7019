"""Closed forms of queueing and scaling, each with its source: the witnesses of the simulation.

Nothing in here knows the rest of the package, so that a formula can testify against an engine.
Units are free but must agree: with rates per second, times are seconds. Wrong input is answered
with a ValueError that is a sentence.
"""

from loadbearing.theory.discipline import dm1, in_time_newest_first, in_time_oldest_first
from loadbearing.theory.impatience import ImpatientQueue, erlang_a
from loadbearing.theory.queues import (
    FiniteQueue,
    MarkovQueue,
    SteadyQueue,
    erlang_b,
    erlang_c,
    little,
    mm1,
    mmc,
    mmck,
    pollaczek_khinchine,
)
from loadbearing.theory.retries import (
    RetrialQueue,
    dead_work_onset,
    layered_amplification,
    metastable_boundaries,
    metastable_state,
    retrial_queue,
    retry_amplification,
)
from loadbearing.theory.scaling import amdahl, scalability, scalability_peak, slow_at_least_once
from loadbearing.theory.staffing import (
    Pooling,
    beta_for_waiting,
    load_at_blocking,
    pooling,
    servers_for_blocking,
    servers_for_wait,
    servers_for_waiting,
    square_root_staffing,
    waiting_at_beta,
)
from loadbearing.theory.transients import (
    FluidQueue,
    SwingingLoad,
    fluid_path,
    fluid_queue,
    overload,
    swinging_load,
)

__all__ = [
    "FiniteQueue",
    "FluidQueue",
    "ImpatientQueue",
    "MarkovQueue",
    "Pooling",
    "RetrialQueue",
    "SteadyQueue",
    "SwingingLoad",
    "amdahl",
    "beta_for_waiting",
    "dead_work_onset",
    "dm1",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "fluid_path",
    "fluid_queue",
    "in_time_newest_first",
    "in_time_oldest_first",
    "layered_amplification",
    "little",
    "load_at_blocking",
    "metastable_boundaries",
    "metastable_state",
    "mm1",
    "mmc",
    "mmck",
    "overload",
    "pollaczek_khinchine",
    "pooling",
    "retrial_queue",
    "retry_amplification",
    "scalability",
    "scalability_peak",
    "servers_for_blocking",
    "servers_for_wait",
    "servers_for_waiting",
    "slow_at_least_once",
    "square_root_staffing",
    "swinging_load",
    "waiting_at_beta",
]
