"""Readings over time: one number a second, of what reached the door, what it could do, and who was where."""

from __future__ import annotations

import math

import numpy as np

from loadbearing.readings.windows import ReadingError, by_the_second, known, of_the_window
from loadbearing.run import DONE, FLOWS, LEVELS

MINUTE_S = 60
ROUNDING = 1e-6
OFFERED = ("all", "people", "first", "foreign")
OUTSIDE = ("outside", "returning")


def over_time(run, name, from_s=None, until_s=None):
    """One number a second: of a flow the count in it, of a level the count at its end."""
    return of_the_window(run, run.seconds[known(name, FLOWS + LEVELS)], from_s, until_s)


# ------------------------------------------------------------------------------- What reached the door


def requests_over_time(run, from_s=None, until_s=None):
    """How many attempts reached the door in each second: all that were made, or what the waiting room let through.

    While the waiting room is open those are the people it admits, while it is closed all who try. Where
    `requests_are_known` is false it may be a few too low in a second in which the waiting room opens or closes.
    """
    rows = run.seconds
    made, admitted = rows["first_attempts"] + rows["retries"], rows["admitted"]
    is_open, changes = _waiting_room_by_second(run)
    longer = np.diff(rows["waiting_room"], prepend=0)
    both = np.maximum(admitted, made - longer - rows["ran_out_of_patience"])
    came = np.where(changes, both, admitted + np.where(is_open, 0, made))
    return of_the_window(run, came, from_s, until_s)


def requests_are_known(run):
    """Tell whether `requests_over_time` is exact.

    It is, unless the waiting room opens or closes within a second in which somebody's patience ends: who left the
    line then is not told apart from who left elsewhere.
    """
    _, changes = _waiting_room_by_second(run)
    return not run.seconds["ran_out_of_patience"][changes].any()


def _waiting_room_by_second(run):
    """Whether the waiting room was open when each second began, and whether it opened or closed within the second.

    What happens at the very end belongs to the last second.
    """
    evening = run.evening
    is_open, changes = np.zeros((2, evening.length_s), bool)
    for time, _, opens in sorted(_openings(run), key=lambda one: one[:2]):
        since = max(time - evening.starts_s, 0.0)
        if since > evening.length_s:
            break
        is_open[math.ceil(since) :] = opens
        if since != math.floor(since) or since == evening.length_s:
            changes[min(math.floor(since), evening.length_s - 1)] = True
    return is_open, changes


def _openings(run):
    """Each time at which the waiting room is opened or closed: (when, by which controller, whether it opens).

    By itself first; a timetable as planned, since what it planned before the evening was done at its beginning; the
    others as they acted.
    """
    evening, room = run.evening, run.evening.waiting_room
    if room is not None and room.opens_s is not None:
        yield room.opens_s, -1, True
    for index, controller in enumerate(evening.controllers):
        for change in getattr(controller, "changes", ()):
            if change.what == "waiting_room":
                yield change.at_s, index, change.to
    for action in run.actions:
        index = int(action["controller"])
        planned = hasattr(evening.controllers[index], "changes")
        if DONE[action["what"]] == "waiting_room" and not planned:
            yield float(action["time"]), index, action["to"] > 0


def first_joins_over_time(run, from_s=None, until_s=None):
    """How many people got in for the first time in each second."""
    times = run.listeners["joined"]
    return of_the_window(run, by_the_second(run, times[~np.isnan(times)]), from_s, until_s)


def rejoins_over_time(run, from_s=None, until_s=None):
    """How many joins in each second were of people who had been in before and had lost the connection."""
    joins = over_time(run, "joins", from_s, until_s)
    if not run.seconds["disconnected"].any():
        return np.zeros_like(joins)
    return joins - first_joins_over_time(run, from_s, until_s)


def offered_load_over_time(run, from_s=None, until_s=None, of="all"):
    """Offered load in erlang by the second: requests times that evening's mean service time.

    `of`: "all" requests that reached the door; those of "people"; those of nobody ("foreign"); or the "first" attempts
    alone, at the moment they were made: the crowd without its echo, and without a waiting room. The mean
    service time is longer while a fault slows services; what busy handlers cost each other counts against the
    door, in `can_do_over_time`.
    """
    if of not in OFFERED:
        raise ReadingError(
            f"of is {of!r}; it must be 'all' requests, those of 'people', the 'first' attempts or 'foreign' ones."
        )
    came = np.zeros(run.evening.length_s, np.int64)
    if of in ("all", "people"):
        came += requests_over_time(run)
    if of == "first":
        came += run.seconds["first_attempts"]
    if of in ("all", "foreign"):
        came += run.seconds["foreign_requests"]
    load = came * run.evening.door.service.mean_s * slowdown_over_time(run)
    return of_the_window(run, load, from_s, until_s)


def slowdown_over_time(run):
    """How many times as long services took in each second because faults slowed the door; 1 where none did."""
    evening = run.evening
    slow = [
        (fault.at_s, run.fault_ends_s(index), fault.factor)
        for index, fault in enumerate(evening.faults)
        if hasattr(fault, "factor")
    ]
    ends = np.arange(evening.starts_s, evening.ends_s + 1)
    marks = np.clip([(begins, until) for begins, until, _ in slow], ends[0], ends[-1])
    edges = np.union1d(ends, marks)
    middle, factor = (edges[1:] + edges[:-1]) / 2, np.ones(len(edges) - 1)
    for begins, until, times in slow:
        factor[(begins <= middle) & (middle < until)] *= times
    return np.bincount((middle - ends[0]).astype(np.int64), weights=factor * np.diff(edges))


def can_do_over_time(run, from_s=None, until_s=None):
    """How much work the handlers present could do in each second, in handler seconds; see `worth`."""
    return of_the_window(run, worth(run, run.seconds["capacity_s"]), from_s, until_s)


def worth(run, handlers):
    """How much so many handlers do together, in handlers that are not in each other's way; shape as given.

    As many as they are, unless busy handlers slow each other down: then what so many, or fewer of them, do at
    best: n / (1 + a(n-1) + b n(n-1)) (Gunther's Universal Scalability Law), between whole numbers on a line.
    """
    door, handlers = run.evening.door, np.asarray(handlers, float)
    if not (door.contention or door.coherency):
        return handlers
    n = np.arange(math.ceil(handlers.max(initial=0.0)) + 1)
    slower = 1 + door.contention * (n - 1).clip(0) + door.coherency * n * (n - 1)
    return np.interp(handlers, n, np.maximum.accumulate(n / slower))


def queue_limit_over_time(run, from_s=None, until_s=None):
    """The most requests that might wait at the door, just before the end of each second; inf where there was none.

    What happens at the very end belongs to the last second. A limit that was lowered sends nobody away who already
    waits, so the queue may be longer for a while.
    """
    first = run.evening.door.queue_limit
    limit = np.full(run.evening.length_s, math.inf if first is None else first, float)
    for action in run.actions:
        if DONE[action["what"]] == "queue_limit":
            since = math.floor(action["time"] - run.evening.starts_s)
            limit[min(max(since, 0), len(limit) - 1) :] = action["to"]
    return of_the_window(run, limit, from_s, until_s)


def overloaded_over_time(run, from_s=None, until_s=None, of="all"):
    """Whether, at the end of each second, the latest minute had brought more work than the handlers could do in it.

    A minute, since what one second brings is a matter of luck. Before the evening began nobody came, and as many
    handlers as at its beginning stood ready. `of` as for the offered load.
    """
    load, can_do = offered_load_over_time(run, of=of), can_do_over_time(run)
    brought = _latest_minute(load, 0.0)
    over = brought > _latest_minute(can_do, can_do[0]) + ROUNDING
    return of_the_window(run, over, from_s, until_s)


def _latest_minute(series, before):
    """The sum over the minute that ends with each second; `before` is the value of the seconds before the first."""
    totals = np.cumsum(np.concatenate([[0.0], np.full(MINUTE_S - 1, before), series]))
    return totals[MINUTE_S:] - totals[:-MINUTE_S]


# ---------------------------------------------------------------------------------------- Who was where


def outside_over_time(run, from_s=None, until_s=None):
    """How many people had come, were not in the room and still wanted in, at the end of each second.

    Whoever has lost the connection is outside again until back or gone for good.
    """
    rows = run.seconds
    gone = rows["gave_up"] + rows["leavers"] + rows["did_not_return"]
    return of_the_window(run, np.cumsum(rows["arrivals"] - gone) - rows["inside"], from_s, until_s)


def returning_over_time(run, from_s=None, until_s=None):
    """How many people had lost the connection and were trying to come back, at the end of each second."""
    rows = run.seconds
    back = rejoins_over_time(run) + rows["did_not_return"]
    return of_the_window(run, np.cumsum(rows["disconnected"] - back), from_s, until_s)


def peak(run, name):
    """The highest level (or `outside`, or `returning`) at the end of a second, and when: (count, seconds)."""
    known(name, LEVELS + OUTSIDE)
    if name in OUTSIDE:
        level = outside_over_time(run) if name == "outside" else returning_over_time(run)
    else:
        level = over_time(run, name)
    at = int(np.argmax(level))
    return int(level[at]), float(run.seconds["second"][at] + 1)


def busiest_minute(run, series):
    """The highest mean over a minute of a whole evening's series, and when that minute began.

    Returns (per second, seconds from the announced start); a shorter evening is taken whole.
    """
    span = min(MINUTE_S, len(series))
    totals = np.concatenate([[0], np.cumsum(series)])
    sums = totals[span:] - totals[:-span]
    at = int(np.argmax(sums))
    return float(sums[at] / span), float(run.seconds["second"][at])


def in_the_room(run, t):
    """How many were in the room just before second `t` after the announced start.

    What happens at that very moment is not yet seen: a restart there disconnects those who are still counted here.
    """
    starts, ends = run.evening.starts_s, run.evening.ends_s
    if not starts <= t <= ends:
        raise ReadingError(f"t is {t}; this evening was watched from {starts} to {ends} seconds.")
    row = math.floor(t) - starts
    return int(run.seconds["inside"][row - 1]) if row else 0
