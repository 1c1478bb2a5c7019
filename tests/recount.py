"""The facts of an evening counted a second time, life by life and second by second.

Nothing here comes from `loadbearing.readings` or `loadbearing.front_page`: what they say is held against these
numbers. People are counted from their lives, so the run must hold the life of everybody; only what has no life of
its own (handlers and their work, foreign requests) is counted from the seconds.
"""

from __future__ import annotations

import math
import types

from loadbearing.run import DONE, Moment

EVERYBODY = 10**6
"""A sample large enough to keep the life of everybody."""

MINUTE = 60
NEVER = math.inf
REFUSED = {
    Moment.REFUSED_FULL: "refused_full",
    Moment.REFUSED_BUDGET: "refused_budget",
    Moment.REFUSED_SHUT: "refused_shut",
    Moment.REFUSED_RESTART: "refused_restart",
    Moment.REFUSED_NO_SEAT: "refused_no_seat",
}


def recount(run):
    """Every fact of a run by the name that the front pages use, as a namespace `c.came`, and the lists behind."""
    c = types.SimpleNamespace()
    evening = run.evening
    c.starts, c.ends, c.seed = evening.starts_s, evening.ends_s, run.seed
    c.length = c.ends - c.starts
    c.mean = evening.door.service.mean_s
    c.people = _lives(run, c)
    c.after_the_end = len(run.listeners) - len(c.people)
    names = run.seconds.dtype.names
    c.rows = [
        types.SimpleNamespace(**dict(zip(names, row, strict=True))) for row in run.seconds.tolist()
    ]
    _people(c)
    _levels(c)
    _attempts(c, evening)
    _lost(c, evening)
    _line(c)
    _handlers(c, evening, run)
    _load(c, evening)
    _work(c)
    _minutes(c)
    _at_ease(c, evening)
    return c


def _lives(run, c):
    """Everybody who came: when, each time in line, at the door, in service and in the room, and how it ended."""
    people = {}
    for who, attempt, time, number in run.lives.tolist():
        moment = Moment(number)
        one = people.setdefault(who, _nobody_yet())
        _end_what_was(one, time)
        one.attempts = max(one.attempts, attempt)
        if moment == Moment.ARRIVED:
            one.arrived = time
        elif moment == Moment.GAVE_UP:
            one.gave_up = time
        elif moment == Moment.LEFT:
            one.left = time
        elif moment == Moment.DISCONNECTED:
            one.disconnected.append(time)
        elif moment == Moment.TIMED_OUT:
            one.timed_out += 1
        elif moment in REFUSED:
            one.refused.append((time, REFUSED[moment]))
        elif moment == Moment.ADMITTED:
            one.admitted += 1
        elif moment == Moment.SENT:
            one.sent.append((time, attempt))
        else:
            if moment == Moment.JOINED:
                one.joined_attempt = one.joined_attempt or attempt
            one.now = {
                Moment.IN_LINE: one.line,
                Moment.WAITING: one.waiting,
                Moment.SERVED: one.service,
                Moment.JOINED: one.inside,
            }[moment]
            one.now.append([time, NEVER])
    late = int((run.listeners["arrived"] > c.ends).sum())
    assert len(people) == len(run.listeners) - late, "keep the life of everybody: sample=EVERYBODY"
    for one in people.values():
        one.joined = one.inside[0][0] if one.inside else NEVER
        one.outside = _spells_outside(one)
        one.outside_s = sum(min(until, c.ends) - since for since, until in one.outside)
    return [people[who] for who in sorted(people)]


def _spells_outside(one):
    """From arriving to the first join, and from each disconnection to the next join or to giving up."""
    since = [one.arrived, *one.disconnected]
    until = [start for start, _ in one.inside] + [one.gave_up]
    return list(zip(since, until, strict=False))


def _nobody_yet():
    return types.SimpleNamespace(
        arrived=NEVER,
        gave_up=NEVER,
        left=NEVER,
        attempts=0,
        joined_attempt=0,
        timed_out=0,
        admitted=0,
        disconnected=[],
        refused=[],
        sent=[],
        line=[],
        waiting=[],
        service=[],
        inside=[],
        now=None,
    )


def _end_what_was(one, time):
    """Whatever somebody was doing ends with the next thing that happens to them."""
    if one.now is not None:
        one.now[-1][1] = time
        one.now = None


def _people(c):
    c.came = len(c.people)
    c.waits = sorted(one.joined - one.arrived for one in c.people if one.joined < NEVER)
    c.joined = len(c.waits)
    c.not_in = c.came - c.joined
    never_in = [one for one in c.people if not one.inside]
    c.patience = [one.gave_up - one.arrived for one in never_in if one.gave_up < NEVER]
    c.gave_up_n = len(c.patience)
    c.still_n = c.not_in - c.gave_up_n
    c.share_in = part(c.joined, c.came)
    c.share_out = part(c.not_in, c.came)
    c.share_gave_up = part(c.gave_up_n, c.came)
    first = sum(one.joined_attempt == 1 for one in c.people)
    c.first_click, c.not_first_n = part(first, c.came), c.came - first
    c.share_missed = part(c.not_first_n, c.came)
    c.median = c.waits[(c.joined + 1) // 2 - 1] if c.joined else math.nan
    c.last_in_at = max((one.joined for one in c.people if one.joined < NEVER), default=math.nan)
    c.hours_outside = sum(one.outside_s for one in c.people) / 3600
    stays = (span for one in c.people for span in one.inside)
    c.listening_hours = sum(min(until, c.ends) - since for since, until in stays) / 3600


def _levels(c):
    """How many were where at the end of each second: each stay adds one and takes it back."""
    for name in ("outside", "inside", "line"):
        level = [0] * c.length
        for one in c.people:
            for since, until in getattr(one, name):
                level[row_of(c, since)] += 1
                if until < NEVER:
                    level[row_of(c, until)] -= 1
        for at in range(1, c.length):
            level[at] += level[at - 1]
        setattr(c, name, level)


def row_of(c, time):
    """The number of the second that a time belongs to; the end is in the last one."""
    return min(int(time - c.starts), c.length - 1)


def _by_second(c, times):
    """How many of these times fall in each second."""
    counted = [0] * c.length
    for time in times:
        counted[row_of(c, time)] += 1
    return counted


def _attempts(c, evening):
    c.requests = sum(one.attempts for one in c.people)
    c.most_attempts = max((one.attempts for one in c.people), default=0)
    c.later = c.requests - c.came
    c.attempts_per_person = part(c.requests, c.came)
    c.reached_the_door = sum(len(one.sent) for one in c.people)
    refused = [kind for one in c.people for _, kind in one.refused]
    for kind in REFUSED.values():
        setattr(c, kind, refused.count(kind))
    c.refused = len(refused)
    c.seats = evening.stage.seats
    c.time_outs = sum(one.timed_out for one in c.people)
    c.failed = c.refused + c.time_outs
    c.timeout = evening.crowd.timeout_s
    patient = evening.crowd.patience.kind == "unlimited" and evening.crowd.retries.most is None
    c.may_give_up = 0 if patient else c.came
    c.busiest_arrivals = round(best_minute(_by_second(c, [one.arrived for one in c.people]))[0])


def _lost(c, evening):
    """Who lost the connection, and their way back."""
    lost = [one for one in c.people if one.disconnected]
    c.disconnected_n = len(lost)
    c.disconnections = sum(len(one.disconnected) for one in lost)
    c.back_n = sum(len(one.inside) > 1 for one in lost)
    c.share_back = part(c.back_n, c.disconnected_n)
    c.no_return_n = sum(one.gave_up < NEVER for one in lost)
    back_in = [len(one.inside) > len(one.disconnected) for one in lost]
    c.still_out_n = c.disconnected_n - c.no_return_n - sum(back_in)
    rejoins = [since for one in lost for since, _ in one.inside[1:]]
    c.rejoins, (recovery, _) = len(rejoins), best_minute(_by_second(c, rejoins))
    c.recovery = round(recovery)
    c.time_returning = sum(
        min(until, c.ends) - since for one in lost for since, until in one.outside[1:]
    )
    collapsing = evening.stage.when_full == "collapse"
    c.collapses = c.refused_no_seat if collapsing else 0
    c.reserved = sum(row.reserved_s for row in c.rows)
    c.cut_time = sum(row.cut_work_s for row in c.rows)


def _line(c):
    """The waiting room."""
    stood = [min(until, c.ends) - since for one in c.people for since, until in one.line]
    c.admitted = sum(one.admitted for one in c.people)
    c.stood, c.line_time = len(stood), sum(stood)
    c.line_end = c.line[-1]


def _handlers(c, evening, run):
    """Handlers, how busy they were, and what they finished."""
    c.services = sum(row.services for row in c.rows)
    capacity = sum(row.capacity_s for row in c.rows)
    c.utilization = part(sum(row.busy_s for row in c.rows), capacity)
    c.could_serve = math.floor(capacity / c.mean)
    c.handlers = evening.door.handlers
    c.fewest = min(row.capacity for row in c.rows)
    c.most_handlers = max(row.capacity for row in c.rows)
    c.most_handlers_at = c.starts + 1 + [row.capacity for row in c.rows].index(c.most_handlers)
    c.ordered = sum(DONE[action["what"]] == "serving" for action in run.actions)
    c.could_minute = math.floor(worth(evening.door, c.most_handlers) * MINUTE / c.mean)
    c.flat_out = sum(
        row.capacity_s > 0 and row.busy_s >= row.capacity_s * (1 - 1e-6) for row in c.rows
    )
    scarce = [
        row for row in c.rows if row.capacity_s <= c.fewest + 1e-6 and c.fewest < c.most_handlers
    ]
    c.scarce, c.scarce_seconds = len(scarce), {row.second for row in scarce}


def worth(door, handlers):
    """How much so many handlers, or fewer, do together at best, in handlers that are not in each other's way."""
    a, b = door.contention, door.coherency
    together = (n / (1 + a * (n - 1) + b * n * (n - 1)) for n in range(1, handlers + 1))
    return max(together, default=0)


def _load(c, evening):
    """Whether the latest minute had brought more work than the handlers could do in it, by the second."""
    sent = _by_second(c, [time for one in c.people for time, _ in one.sent])
    firsts = [row.first_attempts for row in c.rows]
    foreign = [row.foreign_requests for row in c.rows]
    slow = [_slowed(evening, c.starts + at) for at in range(c.length)]
    can_do = [_can_do(evening.door, row.capacity_s) for row in c.rows]
    c.sent, c.can_do = sent, can_do
    c.swamped = _swamped(
        [(n + m) * c.mean * s for n, m, s in zip(sent, foreign, slow, strict=True)], can_do
    )
    c.swamped_by_firsts = _swamped(
        [n * c.mean * s for n, s in zip(firsts, slow, strict=True)], can_do
    )
    c.overload, c.overload_first = len(c.swamped), len(c.swamped_by_firsts)
    c.starved = any(n and row.capacity_s < 1e-9 for n, row in zip(sent, c.rows, strict=True))


def _slowed(evening, second):
    """How many times as long services took on average within a second, by faults that began or ended within it."""
    marks = {0.0, 1.0}
    slow = [one for one in evening.faults if type(one).__name__ == "ServiceSlowed"]
    for one in slow:
        marks |= {min(max(t - second, 0.0), 1.0) for t in (one.at_s, one.at_s + one.lasts_s)}
    marks, total = sorted(marks), 0.0
    for since, until in zip(marks, marks[1:], strict=False):
        at, factor = second + (since + until) / 2, 1.0
        for one in slow:
            if one.at_s <= at < one.at_s + one.lasts_s:
                factor *= one.factor
        total += (until - since) * factor
    return total


def _can_do(door, there):
    """What a number of handlers that need not be whole can do, between the whole numbers on either side."""
    below = math.floor(there)
    less, more = worth(door, below), worth(door, below + 1)
    return less + (there - below) * (more - less) if there > below else less


def _swamped(load, can_do):
    """The numbers of the seconds at whose end the latest minute had brought too much."""
    found = []
    for at in range(len(load)):
        first = max(0, at - MINUTE + 1)
        before = MINUTE - (at + 1 - first)
        could = sum(can_do[first : at + 1]) + before * can_do[0]
        if sum(load[first : at + 1]) > could + 1e-6:
            found.append(at)
    return found


def _work(c):
    """What the work was for."""
    c.dead_time = sum(row.dead_work_s for row in c.rows)
    c.dead_share = part(c.dead_time, sum(row.work_s for row in c.rows))
    c.foreign_n = sum(row.foreign_requests for row in c.rows)
    c.foreign_share = part(sum(row.foreign_services for row in c.rows), c.services)


def _minutes(c):
    """Best and busiest minutes."""
    c.first_joins = _by_second(c, [one.joined for one in c.people if one.joined < NEVER])
    c.joined_scarce = sum(c.first_joins[second - c.starts] for second in c.scarce_seconds)
    best, at = best_minute(c.first_joins)
    c.best_minute, c.best_at = round(best), c.starts + at
    window = c.rows[at : at + MINUTE]
    c.best_use = part(sum(r.busy_s for r in window), sum(r.capacity_s for r in window))
    c.best_dead = part(sum(r.dead_work_s for r in window), sum(r.work_s for r in window))
    busy, rooms = minutes([r.busy_s for r in c.rows]), minutes([r.capacity_s for r in c.rows])
    uses = [b / r for b, r in zip(busy, rooms, strict=True) if r > 1e-6]
    c.busiest_use = max(uses, default=math.nan)
    spare = min(r - b for b, r in zip(busy, rooms, strict=True))
    c.spare_minute = math.floor(max(spare, 0.0) / c.mean)
    c.door_full = c.busiest_use >= 0.95 or c.refused_full > 0 or c.starved
    c.reached = c.door_full or c.refused_no_seat > 0


def _at_ease(c, evening):
    """Whether anything but time-outs stood in anybody's way, and whether the number of handlers alone says what
    the door could do."""
    hindered = c.reached or c.refused or c.disconnections or c.cut_time or c.line_time
    c.at_ease = not hindered
    door = evening.door
    slow = any(_slowed(evening, c.starts + at) != 1 for at in range(c.length))
    c.plain_door = not (
        door.contention or door.coherency or c.foreign_n or c.stood or slow
    ) and not (c.disconnections or c.cut_time or c.refused_shut)


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
