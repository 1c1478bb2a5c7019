"""A steady door: how busy it was, how long people waited, and what theory says of it."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.labs.knobs import Settings
from loadbearing.labs.shown import Number
from loadbearing.pictures.waits import number_of_times, wait_against_utilization
from loadbearing.theory import queues
from loadbearing.units import share

SETTLED = 0.1
"""The first part of the time in which people come, which a steady door needs to become steady."""


def wait_of_a_steady_door(run, each=1.0):
    """Return the picture of the mean wait against how busy the door was, with the curve that theory draws."""
    door = run.evening.door
    shares = np.linspace(0.5, 0.995, 100)
    curve = shares, [expected_wait(one, door.handlers, door.service.cv) for one in shares]
    busy, wait = busy_and_wait(run)
    handlers = round(door.handlers * each)
    return wait_against_utilization(busy, wait, handlers, curve, expected_of(run))


def busy_and_wait(run):
    """Return (share of the handlers' time used, mean wait in service times) while people came, once it was steady.

    Little's law: the area under the queue over those who came.
    """
    begins, until = (round(one) for one in (run.evening.starts_s, _last_arrival(run)))
    begins += round(SETTLED * (until - begins))
    rows = readings.seconds_of(run, begins, until)
    came, there = rows["arrivals"].sum(), rows["capacity_s"].sum()
    wait = rows["queue_s"].sum() / came / run.evening.door.service.mean_s if came else np.nan
    return (rows["busy_s"].sum() / there if there else np.nan), wait


def at(handlers, reached):
    """Return a mission's `reached` for doors with so many handlers: `reached(busy share, wait in service times)`."""
    return lambda trial, _: (
        trial.run.evening.door.handlers == handlers and bool(reached(*busy_and_wait(trial.run)))
    )


def par(**chosen):
    """Return the `Settings` of the best plan known for a mission at the steady door: input to number or option."""
    return Settings.of("the_steady_door", {}, chosen)


def _last_arrival(run):
    came = np.flatnonzero(run.seconds["arrivals"])
    return run.seconds["second"][came[-1]] + 1 if len(came) else run.evening.ends_s


def expected_wait(busy, handlers, variation=1.0):
    """Return the mean wait in service times at a steady door that is `busy` a share of its time.

    Erlang's delay formula (1917), times (1 + variation squared) / 2 for uneven services: exact for one handler
    (Pollaczek and Khinchine) and for variation 1, else the usual approximation (Lee and Longton, 1959).
    """
    return queues.mmc(busy * handlers, 1.0, handlers).wait * (1 + variation**2) / 2


def expected_of(run):
    """Return the mean wait in service times that theory expects of a run's door; nan where it could not keep up."""
    door = run.evening.door
    busy = _asked(run) / door.handlers
    return expected_wait(busy, door.handlers, door.service.cv) if busy < 1 else float("nan")


def _asked(run):
    """How many handlers' worth of work came each second, as planned."""
    arrivals, crowd = run.evening.crowd.arrivals, run.evening.crowd
    return crowd.listeners * run.evening.door.service.mean_s / (arrivals.until_s - arrivals.from_s)


WAIT = Number(
    "wait", "Mean wait in the queue (service times)", lambda run: busy_and_wait(run)[1], number_of_times,
    unit="service times",
)  # fmt: skip
BUSY = Number(
    "busy", "Handlers busy, while people came", lambda run: min(1.0, busy_and_wait(run)[0]), share,
    unit="share of their time", without="no handler was there",
)  # fmt: skip
EXPECTED = Number(
    "expected", "What theory expects (service times)", expected_of, number_of_times,
    unit="service times", without="none, for more comes than it can do",
)  # fmt: skip
