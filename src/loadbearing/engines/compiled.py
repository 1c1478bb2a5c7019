"""The compiled twin: the rules of the evening for a million listeners and more, to the last bit like the reference.

Events are taken in the order (time, class, listener, attempt). Four places hold what is to come: the sorted
arrivals; the clock, a linked list of clients waiting for an answer in the order of their time-outs; a heap of
services under way; and the calendar for all the rest. A listener's next request and the end of their patience never
wait side by side: whichever comes first is scheduled. Faults and controllers stand outside: the loop stops before
them. `s` is the record of registers of `memory`.
"""

from __future__ import annotations

import numpy as np

from loadbearing.engines._numba import folded, njit
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
from loadbearing.engines.compiled_draws import (
    exponential,
    lognormal,
    normal,
    slower,
    uniform,
    whole_ticks,
)
from loadbearing.engines.memory import (
    RESERVED,
    SAMPLED,
    event_at,
    foreign_at,
    heaped_at,
    life_at,
    listener_at,
    real_at,
    short_at,
    slot_at,
    whole_at,
)
from loadbearing.run import FLOWS, LEVELS, WORK, Moment, Outcome, Reason
from loadbearing.scenario import BACKOFF_STEPS, BUDGET_WINDOW_S

(
    FOREIGN_END,
    SERVICE_END,
    TIME_OUT,
    OUT_OF_PATIENCE,
    LEAVING,
    ADMISSION,
    FOREIGN_REQUEST,
    REQUEST,
) = range(1, 9)
COMING, BACKING_OFF, IN_LINE, WAITING, IN_SERVICE, INSIDE, GONE = range(7)
NO_JITTER, FULL_JITTER, EXPONENTIAL_JITTER = range(3)
OFF, ON_THE_CALENDAR = -2, -3
MOST_STEPS_BACK = 16
UNLIMITED = 2**62
FOREIGN_KEY = 1
REACHED, PAUSED, NO_ROOM = range(3)
NOTHING, ARRIVAL, CLOCK, SERVICES, SORTED, NEAR, FOREIGN, LINE = range(8)
DEAD_ON_ARRIVAL, ALIVE = -np.inf, np.inf

WORD = 8
COUNTS = len(FLOWS) + len(LEVELS)
AREAS = len(LEVELS) + len(WORK)
F_ARRIVALS = FLOWS.index("arrivals")
F_FIRST = FLOWS.index("first_attempts")
F_RETRIES = FLOWS.index("retries")
F_ADMITTED = FLOWS.index("admitted")
F_FULL = FLOWS.index("refused_full")
F_BUDGET = FLOWS.index("refused_budget")
F_SHUT = FLOWS.index("refused_shut")
F_RESTART = FLOWS.index("refused_restart")
F_NO_SEAT = FLOWS.index("refused_no_seat")
F_TIME_OUTS = FLOWS.index("time_outs")
F_PATIENCE = FLOWS.index("ran_out_of_patience")
F_GAVE_UP = FLOWS.index("gave_up")
F_SERVICES = FLOWS.index("services")
F_DEAD = FLOWS.index("dead_services")
F_CUT = FLOWS.index("cut_services")
F_FOREIGN = FLOWS.index("foreign_requests")
F_FOREIGN_REFUSED = FLOWS.index("foreign_refused")
F_FOREIGN_SERVICES = FLOWS.index("foreign_services")
F_JOINS = FLOWS.index("joins")
F_LEAVERS = FLOWS.index("leavers")
F_DISCONNECTED = FLOWS.index("disconnected")
F_DID_NOT_RETURN = FLOWS.index("did_not_return")
L_QUEUE, L_LIVING, L_ROOM, L_RESERVED, L_BUSY, L_CAPACITY, L_INSIDE = range(len(LEVELS))
W_ALL, W_DEAD, W_AFTER, W_CUT = range(len(LEVELS), AREAS)
(
    M_ARRIVED,
    M_IN_LINE,
    M_ADMITTED,
    M_SENT,
    M_WAITING,
    M_SERVED,
    M_FULL,
    M_BUDGET,
    M_SHUT,
    M_RESTART,
    M_NO_SEAT,
    M_TIMED_OUT,
    M_JOINED,
    M_DISCONNECTED,
    M_LEFT,
    M_GAVE_UP,
) = map(int, Moment)
O_TRYING, O_IN, O_LEFT, O_GAVE_UP = map(int, list(Outcome)[:4])
R_ATTEMPTS, R_PATIENCE = int(Reason.ATTEMPTS), int(Reason.PATIENCE)


@njit
def turn(s, now):
    """Turn to the row of the account that a time belongs to."""
    row = min(int(now - s.starts), s.seconds - 1)
    s.row_counts = s.counts + row * COUNTS * WORD
    s.row_areas = s.areas + row * AREAS * WORD
    s.row_after = row + 1
    s.row_ends = s.starts + row + 1


@njit
def count(s, flow):
    """Count one of a flow."""
    whole_at(s.row_counts, flow).value += 1


@njit
def work(s, kind, amount):
    """Add handler seconds to the account."""
    real_at(s.row_areas, kind).value += amount


@njit
def step(s, level, now, change):
    """Move a level up or down, and its area with it."""
    whole_at(s.row_counts, len(FLOWS) + level).value += change
    real_at(s.row_areas, level).value += change * (s.row_ends - now)


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
    """Put a client at the end of the clock: time-outs fall due in the order in which requests were sent.

    A whole line that is sent to the door at one instant may stand in any order: those far from their place go to the
    calendar instead.
    """
    me = listener_at(s.listeners, i)
    due = me.left + s.timeout
    if due > s.ends:
        return
    before, after, steps = s.clock_last, np.int64(-1), 0
    while before > i and listener_at(s.listeners, before).left + s.timeout == due:
        after = before
        before = np.int64(listener_at(s.listeners, before).before)
        steps += 1
        if steps > MOST_STEPS_BACK:
            me.after = ON_THE_CALENDAR
            schedule(s, due, packed(TIME_OUT, i, me.attempts))
            return
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
    if me.after < -1:
        me.after = OFF
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


@folded
def service_time(s, i, attempt):
    """How long a handler needs for this attempt, now that it is one of so many that are busy."""
    who = listener_at(s.listeners, i).who
    drawn = s.service_mean
    if s.service_cv == 1.0:
        drawn = exponential(uniform(s.key_service, who, attempt), s.service_mean)
    elif s.service_cv != 0.0:
        chance = normal(
            uniform(s.key_service, who, attempt), uniform(s.key_service_angle, who, attempt)
        )
        drawn = lognormal(chance, s.service_mean, s.service_cv)
    return whole_ticks(slowed(s, drawn), s.tick)


@njit
def slowed(s, drawn):
    """How much longer a service takes by what slows the platform down, and by all who are busy beside it."""
    if not s.uneven:
        return drawn
    return drawn * s.slowed * slower(s.busy, s.contention, s.coherency)


@folded
def pause(s, i, attempt, failed, refused):
    """How long a listener waits after so many failed attempts; a refusal may ask for more."""
    who = listener_at(s.listeners, i).who
    if s.quick_share > 0.0 and uniform(s.key_quick, who, 0) < s.quick_share:
        return s.round_trip
    drawn = real_at(s.pauses, min(np.int64(failed), BACKOFF_STEPS) - 1).value
    if s.jitter == FULL_JITTER:
        drawn = uniform(s.key_backoff, who, attempt) * drawn
    elif s.jitter == EXPONENTIAL_JITTER:
        drawn = exponential(uniform(s.key_backoff, who, attempt), drawn)
    pause = max(s.round_trip, whole_ticks(drawn, s.tick))
    if refused and s.honours:
        pause = max(pause, whole_ticks(s.retry_after, s.tick))
    return pause


@folded
def settle_capacity(s, now):
    """Capacity is the handlers present, or those still busy if they are more."""
    capacity = max(s.present, s.busy)
    if capacity != s.capacity:
        step(s, L_CAPACITY, now, capacity - s.capacity)
        s.capacity = capacity


@njit
def start_service(s, i, attempt, now, alive):
    """A handler takes a request, dead or alive; patience stands still meanwhile."""
    s.busy += 1
    end = now + service_time(s, i, attempt)
    place = take_handler(s, now, end, packed(SERVICE_END, i, attempt))
    if alive:
        me = listener_at(s.listeners, i)
        me.state = IN_SERVICE
        me.slot = place
        me.patience -= now
        slot_at(s.slots, place).left = ALIVE
        if end <= me.left + s.timeout:
            stop_clock(s, i)
        elif me.after == OFF:
            start_clock(s, i)
        if me.flags & SAMPLED:
            note(s, i, now, M_SERVED)


@folded
def take_handler(s, now, end, key):
    """A handler is busy until then; return its place."""
    s.free_slots -= 1
    place = short_at(s.slot_free, s.free_slots).value
    slot = slot_at(s.slots, place)
    slot.start = now
    slot.left = DEAD_ON_ARRIVAL
    step(s, L_BUSY, now, 1)
    push(s.services, s.services_used, end, key, place)
    s.services_used += 1
    return place


@njit
def release(s, i, now):
    """A listener's attempt is over: the seat reserved for it is free."""
    me = listener_at(s.listeners, i)
    if me.flags & RESERVED:
        me.flags &= SAMPLED
        s.now_reserved -= 1
        step(s, L_RESERVED, now, -1)


@njit
def settle_line(s, now):
    """Who is at the head of the waiting room, is there a seat, and when is it their turn?"""
    s.admission = np.inf
    if s.line_first < 0 or s.admits_gap == np.inf:
        return
    if s.seats_aware and s.now_inside + s.now_reserved >= s.seats:
        return
    s.admission = max(now, s.last_admission + s.admits_gap)


@njit
def give_up(s, i, now, reason):
    """A listener has had enough, or has no attempts left; who has been in before is counted as left."""
    me = listener_at(s.listeners, i)
    me.state = GONE
    me.reason = reason
    me.left = now
    if me.joined_attempt > 0:
        me.outcome = O_LEFT
        count(s, F_DID_NOT_RETURN)
    else:
        me.outcome = O_GAVE_UP
        count(s, F_GAVE_UP)
    if reason == R_PATIENCE:
        count(s, F_PATIENCE)
    if me.flags & SAMPLED:
        note(s, i, now, M_GAVE_UP)


@njit
def fail(s, i, now, refused):
    """After a failed attempt: the next one after its pause, unless attempts or patience are used up."""
    me = listener_at(s.listeners, i)
    if s.has_room:
        release(s, i, now)
        settle_line(s, now)
    failed = me.attempts - me.effort
    if failed >= s.most:
        give_up(s, i, now, R_ATTEMPTS)
        return
    me.state = BACKING_OFF
    again = now + pause(s, i, me.attempts, failed, refused)
    if me.patience <= again:
        schedule(s, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts))
    else:
        schedule(s, again, packed(REQUEST, i, me.attempts + 1))


@folded
def turn_away(s, i, now, flow, moment):
    """A client is refused, and knows why."""
    count(s, flow)
    if listener_at(s.listeners, i).flags & SAMPLED:
        note(s, i, now, moment)
    fail(s, i, now, True)


@njit
def patience_from(s, i, now):
    """When this listener's patience ends if it begins now and never stands still."""
    if s.patience_mean == np.inf:
        return np.inf
    drawn = s.patience_mean
    if s.exponential_patience:
        drawn = exponential(uniform(s.key_patience, listener_at(s.listeners, i).who, 0), drawn)
    return now + whole_ticks(drawn, s.tick)


@folded
def arrive(s, i, now):
    """A listener wants in, and patience begins to run."""
    me = listener_at(s.listeners, i)
    count(s, F_ARRIVALS)
    me.patience = patience_from(s, i, now)
    if me.flags & SAMPLED:
        note(s, i, now, M_ARRIVED)
    attempt(s, i, now)


@folded
def attempt(s, i, now):
    """A listener tries: through the waiting room if it is open, else straight at the door."""
    me = listener_at(s.listeners, i)
    me.attempts += 1
    count(s, F_FIRST if me.attempts == 1 else F_RETRIES)
    if s.room_open:
        stand_in_line(s, i, now)
    else:
        request(s, i, now)


@njit
def stand_in_line(s, i, now):
    """A listener takes the last place in the waiting room; patience runs."""
    me = listener_at(s.listeners, i)
    me.state = IN_LINE
    me.before = s.line_last
    me.after = -1
    if s.line_last >= 0:
        listener_at(s.listeners, s.line_last).after = i
    else:
        s.line_first = i
    s.line_last = i
    step(s, L_ROOM, now, 1)
    if me.flags & SAMPLED:
        note(s, i, now, M_IN_LINE)
    schedule(s, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts))
    settle_line(s, now)


@njit
def leave_line(s, i, now):
    """A listener leaves the waiting room, by whichever way."""
    me = listener_at(s.listeners, i)
    if me.before >= 0:
        listener_at(s.listeners, me.before).after = me.after
    else:
        s.line_first = me.after
    if me.after >= 0:
        listener_at(s.listeners, me.after).before = me.before
    else:
        s.line_last = me.before
    me.after = OFF
    step(s, L_ROOM, now, -1)


@njit
def let_through(s, now, reserve):
    """The head of the line goes to the door; a seat is reserved for those that the waiting room lets through itself."""
    i = s.line_first
    leave_line(s, i, now)
    count(s, F_ADMITTED)
    me = listener_at(s.listeners, i)
    if reserve:
        me.flags |= RESERVED
        s.now_reserved += 1
        step(s, L_RESERVED, now, 1)
    if me.flags & SAMPLED:
        note(s, i, now, M_ADMITTED)
    request(s, i, now)


@njit
def admit(s, now):
    """The waiting room lets its head through."""
    s.last_admission = now
    s.admission = np.inf
    let_through(s, now, s.seats_aware)
    settle_line(s, now)


@njit
def watch(s, first, now):
    """Keep the retry budget's times of the last ten seconds; return whether a later attempt is over the budget."""
    if first:
        real_at(s.firsts, (s.firsts_start + s.firsts_used) & s.firsts_mask).value = now
        s.firsts_used += 1
    if now < s.shut_until:
        return False
    while s.firsts_used > 0:
        if real_at(s.firsts, s.firsts_start & s.firsts_mask).value > now - BUDGET_WINDOW_S:
            break
        s.firsts_start += 1
        s.firsts_used -= 1
    while s.let_in_used > 0:
        if real_at(s.let_in, s.let_in_start & s.let_in_mask).value > now - BUDGET_WINDOW_S:
            break
        s.let_in_start += 1
        s.let_in_used -= 1
    return not first and s.let_in_used > s.budget * s.firsts_used


@njit
def request(s, i, now):
    """An attempt reaches the door: shut, over the budget, a free handler, a place in the queue, or a refusal."""
    me = listener_at(s.listeners, i)
    me.left = now
    if me.attempts == 1 or (s.has_room and np.isnan(me.first_sent)):
        me.first_sent = now
    if me.flags & SAMPLED:
        note(s, i, now, M_SENT)
    over = s.watches_budget and watch(s, me.attempts == 1, now)
    if now < s.shut_until:
        turn_away(s, i, now, F_SHUT, M_SHUT)
    elif over:
        turn_away(s, i, now, F_BUDGET, M_BUDGET)
    elif s.busy < s.present:
        let_in(s, me.attempts, now)
        start_service(s, i, me.attempts, now, True)
    elif s.queued < s.queue_limit:
        let_in(s, me.attempts, now)
        join_queue(s, i, now)
    else:
        turn_away(s, i, now, F_FULL, M_FULL)


@folded
def let_in(s, attempt, now):
    """The door has taken a request; if it was a retry, the budget is smaller by one."""
    if s.watches_budget and attempt > 1:
        real_at(s.let_in, (s.let_in_start + s.let_in_used) & s.let_in_mask).value = now
        s.let_in_used += 1


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
    if me.patience < me.left + s.timeout:
        schedule(s, me.patience, packed(OUT_OF_PATIENCE, i, me.attempts))
    if me.flags & SAMPLED:
        note(s, i, now, M_WAITING)


@njit
def foreign_request(s, now):
    """A request that belongs to no listener: nobody waits for it, and nobody sends it again."""
    j = s.foreign_next
    s.foreign_next += 1
    count(s, F_FOREIGN)
    if now < s.shut_until:
        count(s, F_FOREIGN_REFUSED)
    elif s.busy < s.present:
        start_foreign_service(s, j, now)
    elif s.queued < s.queue_limit:
        key = packed(FOREIGN_KEY, j, 0)
        whole_at(s.ring, (s.ring_start + s.queued) & s.ring_mask).value = key
        s.queued += 1
        step(s, L_QUEUE, now, 1)
    else:
        count(s, F_FOREIGN_REFUSED)


@njit
def start_foreign_service(s, j, now):
    """A handler takes a request that belongs to no listener."""
    s.busy += 1
    drawn = slowed(s, foreign_at(s.foreign, j).service)
    take_handler(s, now, now + whole_ticks(drawn, s.tick), packed(FOREIGN_END, j, 0))


@njit
def take_from_queue(s, now):
    """Return the key of the request whose turn it is, and take it out of the queue."""
    if s.lifo:
        key = whole_at(s.ring, (s.ring_start + s.queued - 1) & s.ring_mask).value
    else:
        key = whole_at(s.ring, s.ring_start & s.ring_mask).value
        s.ring_start += 1
    s.queued -= 1
    step(s, L_QUEUE, now, -1)
    return key


@njit
def take_next(s, now):
    """Free handlers take the requests whose turn it is; dead ones are skipped only on request."""
    while s.queued > 0 and s.busy < s.present:
        key = take_from_queue(s, now)
        i, attempt = (key >> ATTEMPT_BITS) & WHO, key & WHICH
        if key >> KIND_SHIFT == FOREIGN_KEY:
            start_foreign_service(s, i, now)
            continue
        me = listener_at(s.listeners, i)
        alive = me.state == WAITING and me.attempts == attempt
        if alive:
            step(s, L_LIVING, now, -1)
        elif s.drops_dead:
            continue
        start_service(s, i, attempt, now, alive)


@njit
def end_service(s, key, place, now):
    """A handler is done: the client joins if they are still there; else it was dead work."""
    slot = slot_at(s.slots, place)
    began, left = slot.start, slot.left
    short_at(s.slot_free, s.free_slots).value = place
    s.free_slots += 1
    s.busy -= 1
    step(s, L_BUSY, now, -1)
    settle_capacity(s, now)
    count(s, F_SERVICES)
    work(s, W_ALL, now - began)
    if key >> KIND_SHIFT == FOREIGN_END:
        count(s, F_FOREIGN_SERVICES)
    elif left == ALIVE:
        join(s, (key >> ATTEMPT_BITS) & WHO, now)
    else:
        count(s, F_DEAD)
        work(s, W_DEAD, now - began)
        work(s, W_AFTER, now - max(began, left))
    take_next(s, now)


@njit
def join(s, i, now):
    """A served client takes a seat and has joined, unless every seat is taken."""
    me = listener_at(s.listeners, i)
    if s.has_room:
        release(s, i, now)
    if s.now_inside + s.now_reserved >= s.seats:
        count(s, F_NO_SEAT)
        me.patience += now
        me.state = BACKING_OFF
        if me.flags & SAMPLED:
            note(s, i, now, M_NO_SEAT)
        if s.collapses:
            restart(s, now, now + s.restart_s)
        fail(s, i, now, True)
        return
    s.now_inside += 1
    step(s, L_INSIDE, now, 1)
    count(s, F_JOINS)
    me.state = INSIDE
    me.outcome = O_IN
    if me.joined_attempt == 0:
        me.joined = now
        me.joined_attempt = me.attempts
    me.last_joined = now
    if me.flags & SAMPLED:
        note(s, i, now, M_JOINED)
    if s.has_room:
        settle_line(s, now)
    if s.stays_mean < np.inf:
        who = listener_at(s.listeners, i).who
        stay = exponential(uniform(s.key_stay, who, me.attempts), s.stays_mean)
        schedule(s, now + whole_ticks(stay, s.tick), packed(LEAVING, i, me.attempts))


@njit
def leave(s, i, attempt, now):
    """A listener's stay ends, and the seat is free; who was disconnected meanwhile does not leave."""
    me = listener_at(s.listeners, i)
    if me.state != INSIDE or me.attempts != attempt:
        return
    s.now_inside -= 1
    step(s, L_INSIDE, now, -1)
    count(s, F_LEAVERS)
    me.state = GONE
    me.outcome = O_LEFT
    me.left = now
    if me.flags & SAMPLED:
        note(s, i, now, M_LEFT)
    if s.has_room:
        settle_line(s, now)


@njit
def restart(s, now, until):
    """Queue and services vanish, everybody inside is disconnected, and the door is shut until then."""
    s.shut_until = max(s.shut_until, until)
    while s.queued > 0:
        key = take_from_queue(s, now)
        i = (key >> ATTEMPT_BITS) & WHO
        if key >> KIND_SHIFT != FOREIGN_KEY:
            me = listener_at(s.listeners, i)
            if me.state == WAITING and me.attempts == key & WHICH:
                step(s, L_LIVING, now, -1)
                stop_clock(s, i)
                turn_away(s, i, now, F_RESTART, M_RESTART)
    while s.services_used > 0:
        service = heaped_at(s.services, 0)
        key, place = service.key, service.slot
        s.services_used -= 1
        drop_first(s.services, s.services_used)
        cut_off(s, key, place, now)
    if s.now_inside > 0:
        for i in range(s.next_arrival):
            if listener_at(s.listeners, i).state == INSIDE:
                disconnect(s, i, now)
    settle_capacity(s, now)
    if s.has_room:
        settle_line(s, now)


@njit
def cut_off(s, key, place, now):
    """A restart ends a service in nothing; its client, if still there, is refused."""
    slot = slot_at(s.slots, place)
    short_at(s.slot_free, s.free_slots).value = place
    s.free_slots += 1
    s.busy -= 1
    step(s, L_BUSY, now, -1)
    count(s, F_CUT)
    work(s, W_CUT, now - slot.start)
    if key >> KIND_SHIFT != FOREIGN_END and slot.left == ALIVE:
        i = (key >> ATTEMPT_BITS) & WHO
        stop_clock(s, i)
        listener_at(s.listeners, i).patience += now
        turn_away(s, i, now, F_RESTART, M_RESTART)


@njit
def disconnect(s, i, now):
    """A restart throws the connection away: a new effort begins, and this was its first failure."""
    me = listener_at(s.listeners, i)
    s.now_inside -= 1
    step(s, L_INSIDE, now, -1)
    count(s, F_DISCONNECTED)
    me.outcome = O_TRYING
    me.times_disconnected += 1
    me.effort = me.attempts - 1
    me.patience = patience_from(s, i, now)
    if me.flags & SAMPLED:
        note(s, i, now, M_DISCONNECTED)
    fail(s, i, now, False)


@njit
def time_out(s, i, now):
    """A client has waited long enough for one answer and goes; the request stays where it is."""
    me = listener_at(s.listeners, i)
    stop_clock(s, i)
    count(s, F_TIME_OUTS)
    if me.state == IN_SERVICE:
        slot_at(s.slots, me.slot).left = now
        me.patience += now
    else:
        step(s, L_LIVING, now, -1)
    if me.flags & SAMPLED:
        note(s, i, now, M_TIMED_OUT)
    fail(s, i, now, False)


@njit
def run_out_of_patience(s, i, attempt, now):
    """Patience ends while waiting or between attempts; a reminder from an earlier wait counts for nothing."""
    me = listener_at(s.listeners, i)
    if me.attempts != attempt or me.patience != now:
        return
    if me.state == WAITING:
        stop_clock(s, i)
        step(s, L_LIVING, now, -1)
    elif me.state == IN_LINE:
        leave_line(s, i, now)
    elif me.state != BACKING_OFF:
        return
    if s.has_room:
        release(s, i, now)
        settle_line(s, now)
    give_up(s, i, now, R_PATIENCE)


@folded
def happen(s, now, key):
    """One event from the calendar."""
    kind, i = key >> KIND_SHIFT, (key >> ATTEMPT_BITS) & WHO
    if kind == REQUEST:
        attempt(s, i, now)
    elif kind == OUT_OF_PATIENCE:
        run_out_of_patience(s, i, key & WHICH, now)
    elif kind == LEAVING:
        leave(s, i, key & WHICH, now)
    else:
        me = listener_at(s.listeners, i)
        if me.after == ON_THE_CALENDAR and me.attempts == key & WHICH:
            time_out(s, i, now)


@folded
def starts(s):
    """Return how many services one event can set off at most, apart from its own."""
    return min(max(s.present - s.busy, 0), s.queued)


@folded
def shaken(s):
    """Return how many people one event can send away at most: all, where one more would bring the stage down."""
    if not s.collapses or s.now_inside + s.now_reserved < s.seats:
        return 0
    return s.now_inside + s.queued + s.busy


@folded
def roomy(s):
    """Tell whether one more event, with all that it sets off, surely finds room in every list."""
    moved = starts(s) + shaken(s)
    return (
        has_room(s, moved + 8)
        and s.queued < s.ring_mask
        and s.lives_used + 2 * moved + 16 < s.lives_room
        and s.firsts_used < s.firsts_mask
        and s.let_in_used < s.let_in_mask
    )


@njit
def read_ahead(s):
    """Look once at everybody whose event has just fallen due, so that memory fetches them side by side."""
    seen = np.int64(0)
    for at in range(s.sorted_used):
        me = listener_at(s.listeners, (event_at(s.sorted, at).key >> ATTEMPT_BITS) & WHO)
        seen += me.attempts + me.state + (me.left > 0)
    s.seen = seen


@njit
def rarely(s, source, time, key):
    """Return what comes first: what was found so far, the next foreign request, or the next admission."""
    if s.foreign_next < s.foreign_coming:
        due, due_key = (
            foreign_at(s.foreign, s.foreign_next).time,
            packed(FOREIGN_REQUEST, s.foreign_next, 0),
        )
        if earlier(due, due_key, time, key):
            source, time, key = FOREIGN, due, due_key
    if s.admission < np.inf and earlier(s.admission, packed(ADMISSION, 0, 0), time, key):
        source, time, key = LINE, s.admission, packed(ADMISSION, 0, 0)
    return source, time, key


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
        if s.has_room or s.foreign_next < s.foreign_coming:
            source, time, key = rarely(s, source, time, key)
        first = s.clock_first
        if first >= 0:
            me = listener_at(s.listeners, first)
            due, due_key = me.left + s.timeout, packed(TIME_OUT, first, me.attempts)
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
        if time - s.starts >= s.row_after:
            turn(s, time)
        if source == SORTED:
            s.sorted_next += 1
            happen(s, time, key)
        elif source == SERVICES:
            place = heaped_at(s.services, 0).slot
            s.services_used -= 1
            drop_first(s.services, s.services_used)
            end_service(s, key, place, time)
        elif source == ARRIVAL:
            s.next_arrival += 1
            arrive(s, i, time)
        elif source == CLOCK:
            time_out(s, first, time)
        elif source == FOREIGN:
            foreign_request(s, time)
        elif source == LINE:
            admit(s, time)
        else:
            s.near_used -= 1
            drop_first(s.near, s.near_used)
            happen(s, time, key)
    return PAUSED


@njit
def reconsider(s, now):
    """After faults and changes: handlers take what waits, and a waiting room that was closed empties."""
    turn(s, now)
    settle_capacity(s, now)
    take_next(s, now)
    if s.has_room:
        while s.line_first >= 0 and not s.room_open:
            let_through(s, now, 0)
        settle_line(s, now)
