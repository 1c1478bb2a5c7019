"""The facts of a front page that are about the door: its work, its handlers, its limit."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import readings as read
from loadbearing.front_page.moments import (
    MINUTE,
    at_its_most,
    best_minute,
    just_before,
    minute_sums,
)
from loadbearing.front_page.rounding import ROUNDING, above, span, tidy
from loadbearing.run import DONE
from loadbearing.units import clock, duration, people, share

SERVING = DONE.index("serving")
NEARLY_ALL_BUSY = 0.95


def _work(run):
    """What the handlers did, and for whom."""
    rows = run.seconds
    yield "dead_share", read.dead_work_share(run), share
    yield "dead_time", float(rows["dead_work_s"].sum()), span
    yield "cut_time", float(rows["cut_work_s"].sum()), span
    yield "cut_share", read.cut_work_share(run), share
    yield "foreign_n", read.count(run, "foreign_requests"), people
    yield "foreign_share", read.foreign_share(run), share
    known = read.requests_are_known(run)
    yield "overload", read.overload_s(run) if known else math.nan, duration
    yield "overload_first", read.overload_s(run, of="first"), duration
    yield "to_overload", tidy(above(_to_overload(run))) if known else math.nan, duration
    full = (rows["capacity_s"] > 0) & (rows["busy_s"] >= rows["capacity_s"] * (1 - ROUNDING))
    yield "flat_out", int(full.sum()), duration
    yield "utilization", min(read.utilization(run), 1.0), share
    yield "services", read.count(run, "services"), people


def _to_overload(run):
    """Seconds from the first arrival until a minute had brought more work than the door could do; nan if none did."""
    mine, over = read.people_of(run), np.flatnonzero(read.overloaded_over_time(run))
    if not len(mine) or not len(over):
        return math.nan
    return float(run.seconds["second"][over[0]] + 1 - mine["arrived"][0])


def _door(run):
    """What the door could do, and its best and busiest minutes."""
    rows = run.seconds
    first_joins = read.first_joins_over_time(run)
    best, at = best_minute(run, first_joins)
    yield "best_minute", best, people
    yield "best_at", at, clock
    window = slice(int(at) - run.evening.starts_s, int(at) - run.evening.starts_s + MINUTE)
    yield "best_use", _use(rows[window]), share
    work = float(rows["work_s"][window].sum())
    yield "best_dead", float(rows["dead_work_s"][window].sum()) / work if work else math.nan, share
    busiest = _busiest_use(rows)
    yield "busiest_use", busiest, share
    mean = run.evening.door.service.mean_s
    spare = minute_sums(rows["capacity_s"]) - minute_sums(rows["busy_s"])
    yield "spare_minute", math.floor(max(float(spare.min()), 0.0) / mean), people
    fewest, most = int(rows["capacity"].min()), int(rows["capacity"].max())
    yield "handlers", run.evening.door.handlers, people
    yield "fewest", fewest, people
    yield "most_handlers", most, people
    yield "most_handlers_at", float(rows["second"][np.argmax(rows["capacity"])] + 1), clock
    _, crowded_at = at_its_most(run, read.outside_over_time(run))
    yield "handlers_then", just_before(run, rows["capacity"], crowded_at), people
    yield "ordered", int((run.actions["what"] == SERVING).sum()), people
    scarce = rows["capacity_s"] <= fewest + ROUNDING
    if fewest == most:
        scarce[:] = False
    yield "scarce", int(scarce.sum()), duration
    yield "joined_scarce", int(first_joins[scarce].sum()), people
    yield "could_serve", math.floor(float(rows["capacity_s"].sum()) / mean), people
    yield "could_minute", math.floor(float(read.worth(run, most)) * MINUTE / mean), people
    starved = bool(((rows["capacity_s"] < ROUNDING) & (read.requests_over_time(run) > 0)).any())
    full = busiest >= NEARLY_ALL_BUSY or read.count(run, "refused_full") > 0 or starved
    reached = full or read.count(run, "refused_no_seat") > 0
    yield "door_full", int(full), str
    yield "reached", int(reached), str
    yield "at_ease", int(not reached and _nothing_in_the_way(run)), str
    yield "plain_door", int(_plain(run)), str


def _nothing_in_the_way(run):
    """Whether nobody was refused, held in a line or disconnected; to wait at the door or in vain is another matter."""
    rows = run.seconds
    lost = read.count(run, "disconnected") or rows["cut_work_s"].any()
    return not (read.refused(run) or lost or _used_a_line(run))


def _used_a_line(run):
    """Whether anybody came by the waiting room, or might have without its being known."""
    stood = run.seconds["waiting_room_s"].any() or read.count(run, "admitted")
    return bool(stood) or not read.requests_are_known(run)


def _plain(run):
    """Whether handlers and the mean service time alone say what the door could do for people, all evening."""
    door, rows = run.evening.door, run.seconds
    own = not (door.contention or door.coherency or rows["foreign_requests"].any())
    whole = (read.slowdown_over_time(run) == 1).all()
    shut = any(rows[flow].any() for flow in ("disconnected", "cut_services", "refused_shut"))
    return own and whole and not shut and not _used_a_line(run)


def _use(rows):
    capacity = float(rows["capacity_s"].sum())
    return min(float(rows["busy_s"].sum()) / capacity, 1.0) if capacity else math.nan


def _busiest_use(rows):
    """The share of handler time that was busy in the busiest minute; nan if no handler was ever there."""
    busy, capacity = minute_sums(rows["busy_s"]), minute_sums(rows["capacity_s"])
    there = capacity > ROUNDING
    return min(float((busy[there] / capacity[there]).max()), 1.0) if there.any() else math.nan


GROUPS = (_work, _door)
"""Each yields (key, value, how it is said) for one run."""
