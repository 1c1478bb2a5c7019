"""The compiled twin: the rules of the evening for a million listeners and more, to the last bit like the reference.

Events are taken in the order (time, class, listener, attempt). Three places hold what is to come: the sorted
arrivals; the clock, a linked list of clients waiting for an answer in the order of their time-outs; and the
calendar for all the rest. A listener's next request and the end of their patience never wait side by side:
whichever comes first is scheduled. Faults and controllers stand outside: the loop stops before them.
"""

from __future__ import annotations

import collections

import numpy as np

from loadbearing import draws
from loadbearing.engines import calendar
from loadbearing.engines._numba import njit
from loadbearing.engines.calendar import bring_due, drop_first, has_room, packed, schedule
from loadbearing.engines.compiled_draws import exponential, lognormal, normal, uniform, whole_ticks
from loadbearing.run import FLOWS, LEVELS, LISTENER, WORK, Moment, Outcome, Reason
from loadbearing.scenario import BACKOFF_STEPS, MOST_ATTEMPTS

SERVICE_END, TIME_OUT, OUT_OF_PATIENCE, LEAVING, ADMISSION, REQUEST = range(1, 7)
COMING, BACKING_OFF, WAITING, IN_SERVICE, INSIDE, GONE = range(6)
OFF = -2
UNLIMITED = 2**62

MINE = np.dtype(
    [(name, LISTENER[name]) for name in LISTENER.names]
    + [("sent", "f8"), ("patience", "f8"), ("before", "i4"), ("after", "i4"), ("slot", "i4")]
    + [("state", "u1"), ("sampled", "u1")],
    align=True,
)
State = collections.namedtuple(
    "State",
    "listeners who keys pauses calendar ring slot_start slot_left slot_free "
    "flows deltas areas work lives whole real",
)

(
    PRESENT,
    BUSY,
    QUEUE_LIMIT,
    DROPS_DEAD,
    SEATS,
    MOST,
    EXPONENTIAL_PATIENCE,
    JITTER,
    NEXT_ARRIVAL,
    RING_START,
    QUEUED,
    CLOCK_FIRST,
    CLOCK_LAST,
    FREE_SLOTS,
    NOW_INSIDE,
    CAPACITY,
    LIVES,
    HANDLED,
    WHOLE,
) = range(19)
(
    ROUND_TRIP,
    TIMEOUT,
    SERVICE_MEAN,
    SERVICE_CV,
    STAYS_MEAN,
    PATIENCE_MEAN,
    QUICK_SHARE,
    TICK,
    STARTS,
    ENDS,
    REAL,
) = range(11)
REACHED, PAUSED, NO_ROOM = range(3)

(
    F_ARRIVALS,
    F_FIRST,
    F_RETRIES,
    F_FULL,
    F_NO_SEAT,
    F_TIME_OUTS,
    F_PATIENCE,
    F_GAVE_UP,
    F_SERVICES,
    F_DEAD,
    F_JOINS,
    F_LEAVERS,
) = range(len(FLOWS))
L_QUEUE, L_LIVING, L_BUSY, L_CAPACITY, L_INSIDE = range(len(LEVELS))
W_ALL, W_DEAD, W_AFTER = range(len(WORK))
M_ARRIVED, M_SENT, M_WAITING, M_SERVED, M_FULL, M_NO_SEAT, M_TIMED_OUT, M_JOINED, M_LEFT, M_GAVE_UP = (
    int(moment) for moment in Moment
)
O_IN, O_LEFT, O_GAVE_UP, O_AFTER = map(
    int, (Outcome.IN, Outcome.LEFT, Outcome.GAVE_UP, Outcome.AFTER_THE_END)
)
R_ATTEMPTS, R_PATIENCE = int(Reason.ATTEMPTS), int(Reason.PATIENCE)
NAN = np.nan


@njit
def second(s, now):
    """The row of the account that a time belongs to."""
    return min(int(now - s.real[STARTS]), len(s.flows) - 1)


@njit
def count(s, flow, now):
    """Count one of a flow."""
    s.flows[second(s, now), flow] += 1


@njit
def step(s, level, now, change):
    """Move a level up or down, and its area with it."""
    row = second(s, now)
    s.deltas[row, level] += change
    s.areas[row, level] += change * (s.real[STARTS] + row + 1 - now)


@njit
def note(s, i, now, moment):
    """Write a moment of a sampled listener's evening down."""
    at = s.whole[LIVES]
    s.whole[LIVES] = at + 1
    life = s.lives[at]
    life.listener = i
    life.attempt = s.listeners[i].attempts
    life.time = now
    life.moment = moment


@njit
def start_clock(s, i):
    """Put a client at the end of the clock: time-outs fall due in the order in which requests were sent."""
    me = s.listeners[i]
    due = me.sent + s.real[TIMEOUT]
    if due > s.real[ENDS]:
        return
    before, after = s.whole[CLOCK_LAST], -1
    while before > i and s.listeners[before].sent + s.real[TIMEOUT] == due:
        after = before
        before = s.listeners[before].before
    me.before = before
    me.after = after
    if before >= 0:
        s.listeners[before].after = i
    else:
        s.whole[CLOCK_FIRST] = i
    if after >= 0:
        s.listeners[after].before = i
    else:
        s.whole[CLOCK_LAST] = i


@njit
def stop_clock(s, i):
    """Take a client off the clock, if it is on it."""
    me = s.listeners[i]
    if me.after == OFF:
        return
    if me.before >= 0:
        s.listeners[me.before].after = me.after
    else:
        s.whole[CLOCK_FIRST] = me.after
    if me.after >= 0:
        s.listeners[me.after].before = me.before
    else:
        s.whole[CLOCK_LAST] = me.before
    me.after = OFF


@njit
def service_time(s, i, attempt):
    """How long a handler needs for this attempt."""
    mean, cv = s.real[SERVICE_MEAN], s.real[SERVICE_CV]
    drawn = mean
    if cv == 1.0:
        drawn = exponential(uniform(s.keys[draws.SERVICE], s.who[i], attempt), mean)
    elif cv != 0.0:
        chance = normal(
            uniform(s.keys[draws.SERVICE], s.who[i], attempt),
            uniform(s.keys[draws.SERVICE_ANGLE], s.who[i], attempt),
        )
        drawn = lognormal(chance, mean, cv)
    return whole_ticks(drawn, s.real[TICK])


@njit
def pause(s, i, attempt):
    """How long a listener waits after this failed attempt."""
    round_trip = s.real[ROUND_TRIP]
    if s.real[QUICK_SHARE] > 0.0 and uniform(s.keys[draws.QUICK], s.who[i], 0) < s.real[QUICK_SHARE]:
        return round_trip
    drawn = s.pauses[min(attempt, BACKOFF_STEPS) - 1]
    if s.whole[JITTER] != 0:
        chance = uniform(s.keys[draws.BACKOFF], s.who[i], attempt)
        drawn = chance * drawn if s.whole[JITTER] == 1 else exponential(chance, drawn)
    return max(round_trip, whole_ticks(drawn, s.real[TICK]))


@njit
def settle_capacity(s, now):
    """Capacity is the handlers present, or those still busy if they are more."""
    capacity = max(s.whole[PRESENT], s.whole[BUSY])
    if capacity != s.whole[CAPACITY]:
        step(s, L_CAPACITY, now, capacity - s.whole[CAPACITY])
        s.whole[CAPACITY] = capacity


@njit
def start_service(s, i, attempt, now, alive):
    """A handler takes a request, dead or alive; patience stands still meanwhile."""
    slot = s.slot_free[s.whole[FREE_SLOTS] - 1]
    s.whole[FREE_SLOTS] -= 1
    s.whole[BUSY] += 1
    step(s, L_BUSY, now, 1)
    end = now + service_time(s, i, attempt)
    s.slot_start[slot] = now
    s.slot_left[slot] = -np.inf
    if alive:
        me = s.listeners[i]
        me.state = IN_SERVICE
        me.slot = slot
        me.patience -= now
        s.slot_left[slot] = np.inf
        if end <= me.sent + s.real[TIMEOUT]:
            stop_clock(s, i)
        elif me.after == OFF:
            start_clock(s, i)
        if me.sampled:
            note(s, i, now, M_SERVED)
    schedule(s.calendar, end, packed(SERVICE_END, i, attempt), slot)


@njit
def give_up(s, i, now, reason):
    """A listener has had enough, or has no attempts left."""
    me = s.listeners[i]
    me.state, me.outcome, me.reason, me.left = GONE, O_GAVE_UP, reason, now
    count(s, F_GAVE_UP, now)
    if reason == R_PATIENCE:
        count(s, F_PATIENCE, now)
    if me.sampled:
        note(s, i, now, M_GAVE_UP)


@njit
def fail(s, i, now):
    """After a failed attempt: the next one after its pause, unless attempts or patience are used up."""
    me = s.listeners[i]
    if me.attempts >= s.whole[MOST]:
        give_up(s, i, now, R_ATTEMPTS)
        return
    me.state = BACKING_OFF
    again = now + pause(s, i, me.attempts)
    if me.patience <= again:
        schedule(s.calendar, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts), 0)
    else:
        schedule(s.calendar, again, packed(REQUEST, i, me.attempts + 1), 0)


@njit
def arrive(s, i, now):
    """A listener wants in, and patience begins to run."""
    me = s.listeners[i]
    count(s, F_ARRIVALS, now)
    me.first_sent = now
    me.patience = np.inf
    mean = s.real[PATIENCE_MEAN]
    if mean < np.inf:
        drawn = mean
        if s.whole[EXPONENTIAL_PATIENCE]:
            drawn = exponential(uniform(s.keys[draws.PATIENCE], s.who[i], 0), mean)
        me.patience = now + whole_ticks(drawn, s.real[TICK])
    if me.sampled:
        note(s, i, now, M_ARRIVED)
    request(s, i, now)


@njit
def request(s, i, now):
    """An attempt reaches the door: a free handler, a place in the queue, or a refusal."""
    me = s.listeners[i]
    me.attempts += 1
    me.sent = now
    count(s, F_FIRST if me.attempts == 1 else F_RETRIES, now)
    if me.sampled:
        note(s, i, now, M_SENT)
    if s.whole[BUSY] < s.whole[PRESENT]:
        start_service(s, i, me.attempts, now, True)
    elif s.whole[QUEUED] < s.whole[QUEUE_LIMIT]:
        join_queue(s, i, now)
    else:
        count(s, F_FULL, now)
        if me.sampled:
            note(s, i, now, M_FULL)
        fail(s, i, now)


@njit
def join_queue(s, i, now):
    """A request takes the last place in the queue; its client watches the clock and their patience."""
    me = s.listeners[i]
    at = s.whole[RING_START] + s.whole[QUEUED]
    s.ring[at & (len(s.ring) - 1)] = packed(0, i, me.attempts)
    s.whole[QUEUED] += 1
    step(s, L_QUEUE, now, 1)
    step(s, L_LIVING, now, 1)
    me.state = WAITING
    start_clock(s, i)
    if me.patience < me.sent + s.real[TIMEOUT]:
        schedule(s.calendar, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts), 0)
    if me.sampled:
        note(s, i, now, M_WAITING)


@njit
def take_next(s, now):
    """Free handlers take the requests that have waited longest; dead ones are skipped only on request."""
    while s.whole[QUEUED] > 0 and s.whole[BUSY] < s.whole[PRESENT]:
        key = s.ring[s.whole[RING_START] & (len(s.ring) - 1)]
        s.whole[RING_START] += 1
        s.whole[QUEUED] -= 1
        step(s, L_QUEUE, now, -1)
        i, attempt = key >> calendar.ATTEMPT_BITS, key & MOST_ATTEMPTS
        alive = s.listeners[i].state == WAITING and s.listeners[i].attempts == attempt
        if alive:
            step(s, L_LIVING, now, -1)
        elif s.whole[DROPS_DEAD]:
            continue
        start_service(s, i, attempt, now, alive)


@njit
def end_service(s, i, slot, now):
    """A handler is done: the client joins if they are still there; else it was dead work."""
    row = second(s, now)
    began, left = s.slot_start[slot], s.slot_left[slot]
    s.slot_free[s.whole[FREE_SLOTS]] = slot
    s.whole[FREE_SLOTS] += 1
    s.whole[BUSY] -= 1
    step(s, L_BUSY, now, -1)
    settle_capacity(s, now)
    s.flows[row, F_SERVICES] += 1
    s.work[row, W_ALL] += now - began
    if left == np.inf:
        join(s, i, now)
    else:
        s.flows[row, F_DEAD] += 1
        s.work[row, W_DEAD] += now - began
        s.work[row, W_AFTER] += now - max(began, left)
    take_next(s, now)


@njit
def join(s, i, now):
    """A served client takes a seat and has joined, unless every seat is taken."""
    me = s.listeners[i]
    if s.whole[NOW_INSIDE] >= s.whole[SEATS]:
        count(s, F_NO_SEAT, now)
        me.patience += now
        if me.sampled:
            note(s, i, now, M_NO_SEAT)
        fail(s, i, now)
        return
    s.whole[NOW_INSIDE] += 1
    step(s, L_INSIDE, now, 1)
    count(s, F_JOINS, now)
    me.state, me.outcome, me.joined, me.last_joined = INSIDE, O_IN, now, now
    if me.sampled:
        note(s, i, now, M_JOINED)
    if s.real[STAYS_MEAN] < np.inf:
        stay = exponential(uniform(s.keys[draws.STAY], s.who[i], me.attempts), s.real[STAYS_MEAN])
        leaves = now + whole_ticks(stay, s.real[TICK])
        schedule(s.calendar, leaves, packed(LEAVING, i, me.attempts), 0)


@njit
def leave(s, i, now):
    """A listener's stay ends, and the seat is free."""
    me = s.listeners[i]
    s.whole[NOW_INSIDE] -= 1
    step(s, L_INSIDE, now, -1)
    count(s, F_LEAVERS, now)
    me.state, me.outcome, me.left = GONE, O_LEFT, now
    if me.sampled:
        note(s, i, now, M_LEFT)


@njit
def time_out(s, i, now):
    """A client has waited long enough for one answer and goes; the request stays where it is."""
    me = s.listeners[i]
    stop_clock(s, i)
    count(s, F_TIME_OUTS, now)
    if me.state == IN_SERVICE:
        s.slot_left[me.slot] = now
        me.patience += now
    else:
        step(s, L_LIVING, now, -1)
    if me.sampled:
        note(s, i, now, M_TIMED_OUT)
    fail(s, i, now)


@njit
def run_out_of_patience(s, i, attempt, now):
    """Patience ends while waiting or between attempts; a remark from an earlier wait counts for nothing."""
    me = s.listeners[i]
    if me.attempts != attempt or me.patience != now:
        return
    if me.state == WAITING:
        stop_clock(s, i)
        step(s, L_LIVING, now, -1)
    elif me.state != BACKING_OFF:
        return
    give_up(s, i, now, R_PATIENCE)


@njit
def happen(s, now, key, slot):
    """One event from the calendar."""
    kind = key >> (calendar.LISTENER_BITS + calendar.ATTEMPT_BITS)
    i = (key >> calendar.ATTEMPT_BITS) & ((1 << calendar.LISTENER_BITS) - 1)
    attempt = key & MOST_ATTEMPTS
    if kind == SERVICE_END:
        end_service(s, i, slot, now)
    elif kind == REQUEST:
        request(s, i, now)
    elif kind == OUT_OF_PATIENCE:
        run_out_of_patience(s, i, attempt, now)
    else:
        leave(s, i, now)


@njit
def roomy(s):
    """Tell whether one more event, with all that it sets off, surely finds room in every list."""
    return (
        has_room(s.calendar, s.whole[PRESENT] - s.whole[BUSY] + 8)
        and s.whole[QUEUED] + 2 < len(s.ring)
        and s.whole[LIVES] + s.whole[PRESENT] - s.whole[BUSY] + 16 < len(s.lives)
    )


@njit
def advance(s, until, most):
    """Let everything happen that happens before `until`, at most `most` events; say why it stopped."""
    c = s.calendar
    for _ in range(most):
        if not roomy(s):
            return NO_ROOM
        i = s.whole[NEXT_ARRIVAL]
        time, key = until, np.int64(UNLIMITED)
        if i < len(s.listeners) and s.listeners[i].arrived < time:
            time, key = s.listeners[i].arrived, packed(REQUEST, i, 1)
        first = s.whole[CLOCK_FIRST]
        if first >= 0:
            due = s.listeners[first].sent + s.real[TIMEOUT]
            due_key = packed(TIME_OUT, first, s.listeners[first].attempts)
            if due < time or (due == time and due_key < key):
                time, key = due, due_key
        while c.marks[calendar.HEAPED] == 0 and c.marks[calendar.DUE] < len(c.heads) - 1:
            before = c.marks[calendar.DUE]
            bring_due(c, time)
            if c.marks[calendar.DUE] == before:
                break
        if c.marks[calendar.HEAPED] > 0 and (
            c.heap_time[0] < time or (c.heap_time[0] == time and c.heap_key[0] < key)
        ):
            time, key, slot = c.heap_time[0], c.heap_key[0], c.heap_slot[0]
            if time >= until:
                return REACHED
            drop_first(c)
            happen(s, time, key, slot)
        elif time >= until:
            return REACHED
        elif key >> (calendar.LISTENER_BITS + calendar.ATTEMPT_BITS) == TIME_OUT:
            time_out(s, first, time)
        else:
            s.whole[NEXT_ARRIVAL] = i + 1
            arrive(s, i, time)
        s.whole[HANDLED] += 1
    return PAUSED


@njit
def reconsider(s, now):
    """After a fault or a change: the handlers that are present take what waits."""
    settle_capacity(s, now)
    take_next(s, now)
