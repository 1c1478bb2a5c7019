"""The facts of an evening counted a second time, person by person and second by second.

Nothing here comes from `loadbearing.readings` or `loadbearing.front_page`: what a front page prints is held
against these numbers.
"""

from __future__ import annotations

import math
import types

MINUTE = 60
NEVER = math.inf


def recount(run):
    """Every fact of a run by the name that the front pages use, as a namespace `c.came`, and the lists behind."""
    c = types.SimpleNamespace()
    evening = run.evening
    c.starts, c.ends, c.seed = evening.starts_s, evening.ends_s, run.seed
    c.length = c.ends - c.starts
    c.mean = evening.door.service.mean_s
    c.people = [
        types.SimpleNamespace(
            arrived=row[0],
            joined=NEVER if math.isnan(row[2]) else row[2],
            left=NEVER if math.isnan(row[4]) else row[4],
            attempts=row[5],
            gave_up=row[7] == 3,
        )
        for row in run.listeners.tolist()
        if row[7] != 4
    ]
    c.after_the_end = len(run.listeners) - len(c.people)
    names = run.seconds.dtype.names
    c.rows = [
        types.SimpleNamespace(**dict(zip(names, row, strict=True))) for row in run.seconds.tolist()
    ]
    _people(c)
    _levels(c)
    _requests(c, evening)
    _handlers(c, evening)
    return c


def _people(c):
    c.came = len(c.people)
    c.waits = sorted(one.joined - one.arrived for one in c.people if one.joined < NEVER)
    c.joined = len(c.waits)
    c.not_in = c.came - c.joined
    c.gave_up_n = sum(one.gave_up for one in c.people)
    c.still_n = c.not_in - c.gave_up_n
    c.share_in = part(c.joined, c.came)
    c.share_out = part(c.not_in, c.came)
    c.share_gave_up = part(c.gave_up_n, c.came)
    first = sum(one.joined < NEVER and one.attempts == 1 for one in c.people)
    c.first_click, c.not_first_n = part(first, c.came), c.came - first
    c.share_missed = part(c.not_first_n, c.came)
    c.median = c.waits[(c.joined + 1) // 2 - 1] if c.joined else math.nan
    c.patience = [one.left - one.arrived for one in c.people if one.gave_up]
    c.last_in_at = max((one.joined for one in c.people if one.joined < NEVER), default=math.nan)
    c.hours_outside = sum(until(c, one) - one.arrived for one in c.people) / 3600
    inside = (min(one.left, c.ends) - one.joined for one in c.people if one.joined < NEVER)
    c.listening_hours = sum(inside) / 3600
    c.busiest_arrivals = round(best_minute([row.arrivals for row in c.rows])[0])


def until(c, one):
    """When somebody stops being outside: in, gone, or at the end."""
    return min(one.joined, one.left if one.gave_up else NEVER, c.ends)


def _requests(c, evening):
    tried = [one.attempts for one in c.people]
    c.requests, c.most_attempts = sum(tried), max(tried, default=0)
    c.later = c.requests - c.came
    c.attempts_per_person = part(c.requests, c.came)
    c.refused_full = sum(row.refused_full for row in c.rows)
    c.refused_no_seat = sum(row.refused_no_seat for row in c.rows)
    c.refused = c.refused_full + c.refused_no_seat
    c.seats = evening.stage.seats
    c.time_outs = sum(row.time_outs for row in c.rows)
    c.failed = c.refused + c.time_outs
    c.timeout = evening.crowd.timeout_s
    patient = evening.crowd.patience.kind == "unlimited" and evening.crowd.retries.most is None
    c.may_give_up = 0 if patient else c.came


def _handlers(c, evening):
    work = sum(row.work_s for row in c.rows)
    c.dead_time = sum(row.dead_work_s for row in c.rows)
    c.dead_share = part(c.dead_time, work)
    c.services = sum(row.services for row in c.rows)
    capacity = sum(row.capacity_s for row in c.rows)
    c.utilization = part(sum(row.busy_s for row in c.rows), capacity)
    c.could_serve = math.floor(capacity / c.mean)
    c.handlers = evening.door.handlers
    c.fewest = min(row.capacity for row in c.rows)
    c.most_handlers = max(row.capacity for row in c.rows)
    c.could_minute = math.floor(c.most_handlers * MINUTE / c.mean)
    load = [(row.first_attempts + row.retries) * c.mean for row in c.rows]
    firsts = [row.first_attempts * c.mean for row in c.rows]
    room = [row.capacity_s for row in c.rows]
    c.overload = sum(a > b + 1e-9 for a, b in zip(load, room, strict=True))
    c.overload_first = sum(a > b + 1e-9 for a, b in zip(firsts, room, strict=True))
    c.flat_out = sum(
        b > 0 and row.busy_s >= b * (1 - 1e-6) for row, b in zip(c.rows, room, strict=True)
    )
    scarce = [
        row for row in c.rows if row.capacity_s <= c.fewest + 1e-6 and c.fewest < c.most_handlers
    ]
    c.scarce, c.scarce_seconds = len(scarce), {row.second for row in scarce}
    c.first_joins = [0] * c.length
    for one in c.people:
        if one.joined < NEVER:
            c.first_joins[min(int(one.joined - c.starts), c.length - 1)] += 1
    c.joined_scarce = sum(c.first_joins[s - c.starts] for s in c.scarce_seconds)
    best, at = best_minute(c.first_joins)
    c.best_minute, c.best_at = round(best), c.starts + at
    window = c.rows[at : at + MINUTE]
    c.best_use = part(sum(r.busy_s for r in window), sum(r.capacity_s for r in window))
    c.best_dead = part(sum(r.dead_work_s for r in window), sum(r.work_s for r in window))
    busy, rooms = minutes([r.busy_s for r in c.rows]), minutes(room)
    uses = [b / r for b, r in zip(busy, rooms, strict=True) if r > 1e-6]
    c.busiest_use = max(uses, default=math.nan)
    spare = min(r - b for b, r in zip(busy, rooms, strict=True))
    c.spare_minute = math.floor(max(spare, 0.0) / c.mean)
    c.swamped = [
        i for i, (a, r) in enumerate(zip(minutes(load), rooms, strict=True)) if a > r + 1e-6
    ]
    c.door_full = c.busiest_use >= 0.95 or c.refused_full > 0 or (c.overload > 0 and c.fewest == 0)
    c.reached = c.door_full or c.refused_no_seat > 0


def _levels(c):
    """How many were outside, and inside, at the end of each second: each person adds one and takes it back."""
    c.outside, c.inside = [0] * c.length, [0] * c.length
    for one in c.people:
        gone = min(one.joined, one.left if one.gave_up else NEVER)
        _stay(c, c.outside, one.arrived, gone)
        if one.joined < NEVER:
            _stay(c, c.inside, one.joined, one.left)
    for level in (c.outside, c.inside):
        for at in range(1, c.length):
            level[at] += level[at - 1]


def _stay(c, level, since, until):
    """One person there from one time until another, as steps."""
    level[min(int(since - c.starts), c.length - 1)] += 1
    if until < NEVER:
        level[min(int(until - c.starts), c.length - 1)] -= 1


def at_the_end_of(c, level, t):
    """A level at the end of the second before `t`."""
    return level[int(t) - c.starts - 1]


def row_before(c, t):
    """The second that ends at `t`."""
    return c.rows[int(t) - c.starts - 1]


def part(one, whole):
    """A part of a whole, or nan of nothing."""
    return one / whole if whole else math.nan


def minutes(series):
    """The sum over every minute of a series, however it is cut."""
    span = min(MINUTE, len(series))
    sums = [sum(series[:span])]
    for at in range(span, len(series)):
        sums.append(sums[-1] + series[at] - series[at - span])
    return sums


def best_minute(series):
    """The highest sum over a minute, and where it begins first."""
    sums = minutes(series)
    return max(sums), sums.index(max(sums))
