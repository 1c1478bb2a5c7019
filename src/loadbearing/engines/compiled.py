"""The compiled twin: the rules of the evening for a million listeners and more, to the last bit like the reference.

Events are taken in the order (time, class, listener, attempt). Four places hold what is to come: the sorted
arrivals; the clock, a linked list of clients waiting for an answer in the order of their time-outs; a heap of
services under way; and the calendar for all the rest. A listener's next request and the end of their patience never
wait side by side: whichever comes first is scheduled. Faults and controllers stand outside: the loop stops before
them. `s` is the record of registers of `memory`.
"""

from __future__ import annotations

import numpy as np

from loadbearing.engines._numba import njit
from loadbearing.engines.calendar import (
    ATTEMPT_BITS,
    KIND_SHIFT,
    WHICH,
    WHO,
    bring_due,
    drop_first,
    earlier,
    has_room,
    packed,
    push,
    schedule,
)
from loadbearing.engines.compiled_draws import exponential, lognormal, normal, uniform, whole_ticks
from loadbearing.engines.memory import (
    event_at,
    heaped_at,
    life_at,
    listener_at,
    real_at,
    short_at,
    slot_at,
    whole_at,
)
from loadbearing.run import FLOWS, LEVELS, WORK, Moment, Outcome, Reason
from loadbearing.scenario import BACKOFF_STEPS

SERVICE_END, TIME_OUT, OUT_OF_PATIENCE, LEAVING, ADMISSION, REQUEST = range(1, 7)
COMING, BACKING_OFF, WAITING, IN_SERVICE, INSIDE, GONE = range(6)
NO_JITTER, FULL_JITTER, EXPONENTIAL_JITTER = range(3)
OFF = -2
UNLIMITED = 2**62
REACHED, PAUSED, NO_ROOM = range(3)
NOTHING, ARRIVAL, CLOCK, SERVICES, SORTED, NEAR = range(6)

COUNTS = len(FLOWS) + len(LEVELS)
AREAS = len(LEVELS) + len(WORK)
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
W_ALL, W_DEAD, W_AFTER = range(len(LEVELS), AREAS)
(
    M_ARRIVED,
    M_SENT,
    M_WAITING,
    M_SERVED,
    M_FULL,
    M_NO_SEAT,
    M_TIMED_OUT,
    M_JOINED,
    M_LEFT,
    M_GAVE_UP,
) = map(int, Moment)
O_IN, O_LEFT, O_GAVE_UP = int(Outcome.IN), int(Outcome.LEFT), int(Outcome.GAVE_UP)
R_ATTEMPTS, R_PATIENCE = int(Reason.ATTEMPTS), int(Reason.PATIENCE)


@njit
def second(s, now):
    """The row of the account that a time belongs to."""
    return min(int(now - s.starts), s.seconds - 1)


@njit
def count(s, flow, now):
    """Count one of a flow."""
    whole_at(s.counts, second(s, now) * COUNTS + flow).value += 1


@njit
def work(s, kind, now, amount):
    """Add handler seconds to the account."""
    real_at(s.areas, second(s, now) * AREAS + kind).value += amount


@njit
def step(s, level, now, change):
    """Move a level up or down, and its area with it."""
    row = second(s, now)
    whole_at(s.counts, row * COUNTS + len(FLOWS) + level).value += change
    real_at(s.areas, row * AREAS + level).value += change * (s.starts + row + 1 - now)


@njit
def note(s, i, now, moment):
    """Write a moment of a sampled listener's evening down."""
    life = life_at(s.lives, s.lives_used)
    s.lives_used += 1
    life.listener = i
    life.attempt = listener_at(s.listeners, i).attempts
    life.time = now
    life.moment = moment


@njit
def start_clock(s, i):
    """Put a client at the end of the clock: time-outs fall due in the order in which requests were sent."""
    me = listener_at(s.listeners, i)
    due = me.sent + s.timeout
    if due > s.ends:
        return
    before, after = s.clock_last, np.int64(-1)
    while before > i and listener_at(s.listeners, before).sent + s.timeout == due:
        after = before
        before = np.int64(listener_at(s.listeners, before).before)
    me.before = before
    me.after = after
    if before >= 0:
        listener_at(s.listeners, before).after = i
    else:
        s.clock_first = i
    if after >= 0:
        listener_at(s.listeners, after).before = i
    else:
        s.clock_last = i


@njit
def stop_clock(s, i):
    """Take a client off the clock, if it is on it."""
    me = listener_at(s.listeners, i)
    if me.after == OFF:
        return
    if me.before >= 0:
        listener_at(s.listeners, me.before).after = me.after
    else:
        s.clock_first = me.after
    if me.after >= 0:
        listener_at(s.listeners, me.after).before = me.before
    else:
        s.clock_last = me.before
    me.after = OFF


@njit
def service_time(s, i, attempt):
    """How long a handler needs for this attempt."""
    who = short_at(s.who, i).value
    drawn = s.service_mean
    if s.service_cv == 1.0:
        drawn = exponential(uniform(s.key_service, who, attempt), s.service_mean)
    elif s.service_cv != 0.0:
        chance = normal(
            uniform(s.key_service, who, attempt), uniform(s.key_service_angle, who, attempt)
        )
        drawn = lognormal(chance, s.service_mean, s.service_cv)
    return whole_ticks(drawn, s.tick)


@njit
def pause(s, i, attempt):
    """How long a listener waits after this failed attempt."""
    who = short_at(s.who, i).value
    if s.quick_share > 0.0 and uniform(s.key_quick, who, 0) < s.quick_share:
        return s.round_trip
    drawn = real_at(s.pauses, min(np.int64(attempt), BACKOFF_STEPS) - 1).value
    if s.jitter == FULL_JITTER:
        drawn = uniform(s.key_backoff, who, attempt) * drawn
    elif s.jitter == EXPONENTIAL_JITTER:
        drawn = exponential(uniform(s.key_backoff, who, attempt), drawn)
    return max(s.round_trip, whole_ticks(drawn, s.tick))


@njit
def settle_capacity(s, now):
    """Capacity is the handlers present, or those still busy if they are more."""
    capacity = max(s.present, s.busy)
    if capacity != s.capacity:
        step(s, L_CAPACITY, now, capacity - s.capacity)
        s.capacity = capacity


@njit
def start_service(s, i, attempt, now, alive):
    """A handler takes a request, dead or alive; patience stands still meanwhile."""
    s.free_slots -= 1
    place = short_at(s.slot_free, s.free_slots).value
    slot = slot_at(s.slots, place)
    slot.start = now
    slot.left = -np.inf
    s.busy += 1
    step(s, L_BUSY, now, 1)
    end = now + service_time(s, i, attempt)
    if alive:
        me = listener_at(s.listeners, i)
        me.state = IN_SERVICE
        me.slot = place
        me.patience -= now
        slot.left = np.inf
        if end <= me.sent + s.timeout:
            stop_clock(s, i)
        elif me.after == OFF:
            start_clock(s, i)
        if me.sampled:
            note(s, i, now, M_SERVED)
    if end <= s.ends:
        push(s.services, s.services_used, end, packed(SERVICE_END, i, attempt), place)
        s.services_used += 1


@njit
def give_up(s, i, now, reason):
    """A listener has had enough, or has no attempts left."""
    me = listener_at(s.listeners, i)
    me.state = GONE
    me.outcome = O_GAVE_UP
    me.reason = reason
    me.left = now
    count(s, F_GAVE_UP, now)
    if reason == R_PATIENCE:
        count(s, F_PATIENCE, now)
    if me.sampled:
        note(s, i, now, M_GAVE_UP)


@njit
def fail(s, i, now):
    """After a failed attempt: the next one after its pause, unless attempts or patience are used up."""
    me = listener_at(s.listeners, i)
    if me.attempts >= s.most:
        give_up(s, i, now, R_ATTEMPTS)
        return
    me.state = BACKING_OFF
    again = now + pause(s, i, me.attempts)
    if me.patience <= again:
        schedule(s, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts))
    else:
        schedule(s, again, packed(REQUEST, i, me.attempts + 1))


@njit
def arrive(s, i, now):
    """A listener wants in, and patience begins to run."""
    me = listener_at(s.listeners, i)
    count(s, F_ARRIVALS, now)
    me.first_sent = now
    me.patience = np.inf
    if s.patience_mean < np.inf:
        drawn = s.patience_mean
        if s.exponential_patience:
            drawn = exponential(uniform(s.key_patience, short_at(s.who, i).value, 0), drawn)
        me.patience = now + whole_ticks(drawn, s.tick)
    if me.sampled:
        note(s, i, now, M_ARRIVED)
    request(s, i, now)


@njit
def request(s, i, now):
    """An attempt reaches the door: a free handler, a place in the queue, or a refusal."""
    me = listener_at(s.listeners, i)
    me.attempts += 1
    me.sent = now
    count(s, F_FIRST if me.attempts == 1 else F_RETRIES, now)
    if me.sampled:
        note(s, i, now, M_SENT)
    if s.busy < s.present:
        start_service(s, i, me.attempts, now, True)
    elif s.queued < s.queue_limit:
        join_queue(s, i, now)
    else:
        count(s, F_FULL, now)
        if me.sampled:
            note(s, i, now, M_FULL)
        fail(s, i, now)


@njit
def join_queue(s, i, now):
    """A request takes the last place in the queue; its client watches the clock and their patience."""
    me = listener_at(s.listeners, i)
    whole_at(s.ring, (s.ring_start + s.queued) & s.ring_mask).value = packed(0, i, me.attempts)
    s.queued += 1
    step(s, L_QUEUE, now, 1)
    step(s, L_LIVING, now, 1)
    me.state = WAITING
    start_clock(s, i)
    if me.patience < me.sent + s.timeout:
        schedule(s, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts))
    if me.sampled:
        note(s, i, now, M_WAITING)


@njit
def take_next(s, now):
    """Free handlers take the requests that have waited longest; dead ones are skipped only on request."""
    while s.queued > 0 and s.busy < s.present:
        key = whole_at(s.ring, s.ring_start & s.ring_mask).value
        s.ring_start += 1
        s.queued -= 1
        step(s, L_QUEUE, now, -1)
        i, attempt = key >> ATTEMPT_BITS, key & WHICH
        me = listener_at(s.listeners, i)
        alive = me.state == WAITING and me.attempts == attempt
        if alive:
            step(s, L_LIVING, now, -1)
        elif s.drops_dead:
            continue
        start_service(s, i, attempt, now, alive)


@njit
def end_service(s, i, place, now):
    """A handler is done: the client joins if they are still there; else it was dead work."""
    slot = slot_at(s.slots, place)
    began, left = slot.start, slot.left
    short_at(s.slot_free, s.free_slots).value = place
    s.free_slots += 1
    s.busy -= 1
    step(s, L_BUSY, now, -1)
    settle_capacity(s, now)
    count(s, F_SERVICES, now)
    work(s, W_ALL, now, now - began)
    if left == np.inf:
        join(s, i, now)
    else:
        count(s, F_DEAD, now)
        work(s, W_DEAD, now, now - began)
        work(s, W_AFTER, now, now - max(began, left))
    take_next(s, now)


@njit
def join(s, i, now):
    """A served client takes a seat and has joined, unless every seat is taken."""
    me = listener_at(s.listeners, i)
    if s.now_inside >= s.seats:
        count(s, F_NO_SEAT, now)
        me.patience += now
        if me.sampled:
            note(s, i, now, M_NO_SEAT)
        fail(s, i, now)
        return
    s.now_inside += 1
    step(s, L_INSIDE, now, 1)
    count(s, F_JOINS, now)
    me.state = INSIDE
    me.outcome = O_IN
    me.joined = now
    me.last_joined = now
    if me.sampled:
        note(s, i, now, M_JOINED)
    if s.stays_mean < np.inf:
        who = short_at(s.who, i).value
        stay = exponential(uniform(s.key_stay, who, me.attempts), s.stays_mean)
        schedule(s, now + whole_ticks(stay, s.tick), packed(LEAVING, i, me.attempts))


@njit
def leave(s, i, now):
    """A listener's stay ends, and the seat is free."""
    me = listener_at(s.listeners, i)
    s.now_inside -= 1
    step(s, L_INSIDE, now, -1)
    count(s, F_LEAVERS, now)
    me.state = GONE
    me.outcome = O_LEFT
    me.left = now
    if me.sampled:
        note(s, i, now, M_LEFT)


@njit
def time_out(s, i, now):
    """A client has waited long enough for one answer and goes; the request stays where it is."""
    me = listener_at(s.listeners, i)
    stop_clock(s, i)
    count(s, F_TIME_OUTS, now)
    if me.state == IN_SERVICE:
        slot_at(s.slots, me.slot).left = now
        me.patience += now
    else:
        step(s, L_LIVING, now, -1)
    if me.sampled:
        note(s, i, now, M_TIMED_OUT)
    fail(s, i, now)


@njit
def run_out_of_patience(s, i, attempt, now):
    """Patience ends while waiting or between attempts; a reminder from an earlier wait counts for nothing."""
    me = listener_at(s.listeners, i)
    if me.attempts != attempt or me.patience != now:
        return
    if me.state == WAITING:
        stop_clock(s, i)
        step(s, L_LIVING, now, -1)
    elif me.state != BACKING_OFF:
        return
    give_up(s, i, now, R_PATIENCE)


@njit
def happen(s, now, key):
    """One event from the calendar."""
    kind, i = key >> KIND_SHIFT, (key >> ATTEMPT_BITS) & WHO
    if kind == REQUEST:
        request(s, i, now)
    elif kind == OUT_OF_PATIENCE:
        run_out_of_patience(s, i, key & WHICH, now)
    else:
        leave(s, i, now)


@njit
def roomy(s):
    """Tell whether one more event, with all that it sets off, surely finds room in every list."""
    starts = min(max(s.present - s.busy, 0), s.queued)
    return (
        has_room(s, starts + 8)
        and s.queued < s.ring_mask
        and s.lives_used + starts + 16 < s.lives_room
    )


@njit
def read_ahead(s):
    """Look once at everybody whose event has just fallen due, so that memory fetches them side by side."""
    seen = np.int64(0)
    for at in range(s.sorted_used):
        me = listener_at(s.listeners, (event_at(s.sorted, at).key >> ATTEMPT_BITS) & WHO)
        seen += me.attempts + me.state
    s.seen = seen


@njit
def advance(s, until, most):
    """Let everything happen that happens before `until`, at most `most` events; say why it stopped."""
    for _ in range(most):
        if not roomy(s):
            return NO_ROOM
        source, time, key = NOTHING, until, np.int64(UNLIMITED)
        i = s.next_arrival
        if i < s.coming and listener_at(s.listeners, i).arrived < time:
            source, time, key = ARRIVAL, listener_at(s.listeners, i).arrived, packed(REQUEST, i, 1)
        first = s.clock_first
        if first >= 0:
            me = listener_at(s.listeners, first)
            due, due_key = me.sent + s.timeout, packed(TIME_OUT, first, me.attempts)
            if earlier(due, due_key, time, key):
                source, time, key = CLOCK, due, due_key
        if s.services_used > 0:
            service = heaped_at(s.services, 0)
            if earlier(service.time, service.key, time, key):
                source, time, key = SERVICES, service.time, service.key
        if s.sorted_next == s.sorted_used and s.near_used == 0:
            brought = bring_due(s, time)
            if brought < 0:
                return NO_ROOM
            if brought > 0:
                read_ahead(s)
        if s.sorted_next < s.sorted_used:
            event = event_at(s.sorted, s.sorted_next)
            if earlier(event.time, event.key, time, key):
                source, time, key = SORTED, event.time, event.key
        if s.near_used > 0:
            late = heaped_at(s.near, 0)
            if earlier(late.time, late.key, time, key):
                source, time, key = NEAR, late.time, late.key
        if time >= until:
            return REACHED
        s.handled += 1
        s.now = time
        if source == SORTED:
            s.sorted_next += 1
            happen(s, time, key)
        elif source == SERVICES:
            place = heaped_at(s.services, 0).slot
            s.services_used -= 1
            drop_first(s.services, s.services_used)
            end_service(s, (key >> ATTEMPT_BITS) & WHO, place, time)
        elif source == ARRIVAL:
            s.next_arrival += 1
            arrive(s, i, time)
        elif source == CLOCK:
            time_out(s, first, time)
        else:
            s.near_used -= 1
            drop_first(s.near, s.near_used)
            happen(s, time, key)
    return PAUSED


@njit
def reconsider(s, now):
    """After a fault or a change: the handlers that are present take what waits."""
    settle_capacity(s, now)
    take_next(s, now)
