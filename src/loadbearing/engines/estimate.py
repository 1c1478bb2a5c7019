"""What an evening will cost before it is run, and a smaller room that shows nearly the same one.

A pilot in a small room counts events; the rest is arithmetic. Estimates are for telling seconds from hours and
megabytes from what no machine has.
"""

from __future__ import annotations

import dataclasses
import math
import pathlib

import psutil

from loadbearing.parts import ScenarioError
from loadbearing.run import LIFE, SECOND
from loadbearing.scenario import ForeignLoad, HandlersLost, Scenario, Timetable
from loadbearing.units import duration

PILOT_LISTENERS, PILOT_EVENTS = 2_000, 100_000
SECONDS_PER_EVENT = {"compiled": 2e-7, "reference": 3e-5}
REFERENCE_BYTES = 6_000
ARRIVAL_BYTES = 40
OF_FREE_MEMORY = 0.8
MOST_S = 15 * 60
PREVIEW_EVENTS, PREVIEW_ERROR = 400_000, 0.1
CERTAIN, LINE_DICE, EDGE = 3.0, 1.25, 2.3
ROUND_NUMBERS, ROOMS_TRIED = 1.25, 12


@dataclasses.dataclass(frozen=True)
class Estimate:
    """About how much an evening takes: events, seconds on this kind of machine, bytes of memory."""

    events: float
    seconds: float
    bytes: float


@dataclasses.dataclass(frozen=True)
class Preview:
    """A smaller room for the same evening: its scenario, which fraction of the full room it is, and its error.

    `error`: how far the share of the crowd that is inside, at any moment, may be from that of the full room.
    """

    scenario: Scenario
    fraction: float
    error: float


def bytes_needed(evening, engine, sample):
    """Return about how many bytes of memory an evening takes at its peak in one of the engines."""
    people, door = evening.crowd.listeners, evening.door
    account, lives = (
        2 * evening.length_s * SECOND.itemsize,
        64 * min(people, sample) * LIFE.itemsize,
    )
    foreign = sum(
        fault.per_s * fault.lasts_s for fault in evening.faults if isinstance(fault, ForeignLoad)
    )
    if engine == "reference":
        return (people + 2 * foreign) * REFERENCE_BYTES + account + lives
    # The compiler takes its time to import, and may not be there.
    from loadbearing.engines import calendar, memory

    handlers = max([door.handlers, *_handlers_told(evening)])
    waiting = people if door.queue_limit is None else min(people, door.queue_limit)
    each = memory.MINE.itemsize + memory.EVENT.itemsize + ARRIVAL_BYTES
    places = handlers * (memory.SLOT.itemsize + memory.HEAPED.itemsize + 4)
    account += evening.length_s * calendar.BUCKETS_PER_S * memory.BUCKET.itemsize
    rest = 16 * waiting + 6 * foreign * memory.FOREIGN.itemsize
    return people * each + places + rest + account + lives


def _handlers_told(evening):
    return [
        change.to
        for one in evening.controllers
        if isinstance(one, Timetable)
        for change in one.changes
        if change.what == "handlers"
    ]


def free_bytes():
    """Return how much memory this process may still take: the machine's, or its container's if that is less."""
    free = psutil.virtual_memory().available
    most, used = (
        pathlib.Path("/sys/fs/cgroup") / name for name in ("memory.max", "memory.current")
    )
    try:
        return min(free, int(most.read_text()) - int(used.read_text()))
    except (OSError, ValueError):
        return free


def check_memory(evening, engine, sample):
    """Raise `ScenarioError` with the estimate and a smaller room if an evening does not fit into memory."""
    needed, free = bytes_needed(evening, engine, sample), OF_FREE_MEMORY * free_bytes()
    if needed <= free:
        return
    people, handlers = evening.crowd.listeners, evening.door.handlers
    smaller = math.ceil(needed / free)
    remedy = f"try a smaller room, for example scenario.scaled(1/{smaller:,})"
    if engine == "reference":
        remedy = "use engine='compiled', or " + remedy
    raise ScenarioError(
        f"Crowd.listeners is {people:,} and Door.handlers {handlers:,}: this evening needs about "
        f"{needed / 2**30:,.1f} GB of memory in the {engine} engine, and {free / 2**30:,.1f} GB are free; {remedy}."
    )


def most_events(evening):
    """Return more events than an evening can have: every attempt as soon as can be, until the end."""
    retries, crowd = evening.crowd.retries, evening.crowd
    attempts = evening.length_s / crowd.round_trip_s + 1
    if retries.most is not None:
        attempts = min(attempts, retries.most)
    return 4 * attempts * crowd.listeners + _foreign(evening)


def _foreign(evening):
    return sum(
        2 * fault.per_s * fault.lasts_s
        for fault in evening.faults
        if isinstance(fault, ForeignLoad)
    )


def estimate(scenario, seed=1, engine="compiled", sample=0):
    """Return the `Estimate` of an evening, from a pilot in a room of about 2,000 people.

    Policies and autoscalers are left out of the pilot: a function of the student's is called only in earnest.
    """
    from loadbearing.engines import Simulation, has_compiler

    people = scenario.crowd.listeners
    if not people:
        events = _foreign(scenario)
    else:
        fraction = min(1.0, PILOT_LISTENERS / people)
        quiet = dataclasses.replace(
            scenario,
            controllers=tuple(one for one in scenario.controllers if isinstance(one, Timetable)),
        ).scaled(fraction)
        pilot = Simulation(
            quiet, seed, "compiled" if has_compiler() else "reference", sample=0, check=False
        )
        done = pilot.advance(PILOT_EVENTS)
        over = 1.0 if done else max(pilot.share_over, 1e-3)
        events = pilot.engine.events / over / fraction
    return Estimate(
        events=events,
        seconds=events * SECONDS_PER_EVENT[engine],
        bytes=bytes_needed(scenario, engine, sample),
    )


def check_time(scenario, seed, engine, most_s):
    """Raise `ScenarioError` with the estimate and a smaller room if an evening takes longer than `most_s` seconds."""
    if most_s is None or most_events(scenario) * SECONDS_PER_EVENT[engine] <= most_s:
        return
    expected = estimate(scenario, seed, engine)
    if expected.seconds <= most_s:
        return
    smaller = math.ceil(expected.seconds / most_s)
    raise ScenarioError(
        f"Crowd.listeners is {scenario.crowd.listeners:,}: this evening has about {expected.events:,.0f} events and "
        f"takes about {duration(expected.seconds)} in the {engine} engine, longer than the {duration(most_s)} that "
        f"most_s allows; try scenario.scaled(1/{smaller:,}), or most_s=None to run it all the same."
    )


def preview(scenario, most_events=PREVIEW_EVENTS, most_error=PREVIEW_ERROR):
    """Return a `Preview` of a scenario with at most about `most_events` events, or None if its error is too large.

    The error adds up four parts, each a share of the crowd: three standard errors of a share among the people of the
    smaller room; what rounding does to its handlers, present and lost; and what chance does at its door: a door of c
    handlers and q places at full load refuses about 1 / (q + 1.25 sqrt(c)) (Whitt 1984, "Heavy-traffic
    approximations for service systems with blocking"); and how near it is to where a full queue takes just as long as a
    client waits: there chance decides between calm and flood, and there is no preview. Near the largest room, rounder
    numbers are preferred.
    """
    events = estimate(scenario).events
    if events <= most_events:
        return Preview(scenario, 1.0, 0.0)
    least = math.ceil(events / most_events)
    most = math.ceil(least * ROUND_NUMBERS) + 1
    smaller = range(least, most, max(1, (most - least) // ROOMS_TRIED))
    k = min(smaller, key=lambda k: (_error(scenario, 1 / k), k))
    error = _error(scenario, 1 / k)
    return Preview(scenario.scaled(1 / k), 1 / k, error) if error <= most_error else None


def _error(scenario, fraction):
    """Return how far the share of the crowd inside may be off in a room of this fraction."""
    room = scenario.scaled(fraction)
    if not room.crowd.listeners:
        return math.inf
    places = math.inf if room.door.queue_limit is None else room.door.queue_limit
    return min(
        1.0,
        CERTAIN / math.sqrt(room.crowd.listeners)
        + _rounded(scenario, room, fraction) / room.door.handlers
        + 1 / (places + LINE_DICE * math.sqrt(room.door.handlers))
        + _edge(scenario, room),
    )


def _edge(scenario, room):
    """Return how far chance may carry a room off where a full queue takes about as long as a client waits.

    It falls off with the distance between the two, in what a wait varies by: everything may change at none, and a
    hundredth at two of them. A room whose rounding puts it on the other side is at no distance. (Found by running forty
    doors around that edge with everybody: the largest differences lie below this line.)
    """
    timeout_s, limit = room.crowd.timeout_s, room.door.queue_limit
    if timeout_s is None or not limit:
        return 0.0
    before, after = (_full_queue_s(one.door) - timeout_s for one in (scenario, room))
    if before * after <= 0:
        return 1.0
    dice_s = _full_queue_s(room.door) / math.sqrt(limit) + room.door.service.mean_s
    return math.exp(-EDGE * min(abs(before), abs(after)) / dice_s)


def _full_queue_s(door):
    return door.queue_limit * door.service.mean_s / door.handlers


def _rounded(scenario, room, fraction):
    """Return by how many handlers rounding may be off at any moment."""
    counts = [(scenario.door.handlers, room.door.handlers)]
    for full, small in zip(scenario.faults, room.faults, strict=True):
        if isinstance(full, HandlersLost):
            counts.append((full.handlers, small.handlers))
    told = zip(_handlers_told(scenario), _handlers_told(room), strict=True)
    off = [small - full * fraction for full, small in counts]
    return max(
        [abs(off[0]), abs(off[0] - sum(off[1:]))]
        + [abs(small - full * fraction) for full, small in told]
    )
