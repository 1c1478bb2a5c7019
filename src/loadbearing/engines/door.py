"""The door of the reference: its clock, its requests, its handlers and queue, and what stands in front of it.

`Door` is the part that a student reads and changes. In front of it stand the `Guard`, who knows whether it is shut and
how many have been sent back, and the `WaitingLine`, which lets people through at a steady rate. Equal times are
taken in the order (time, class, listener, attempt), so that the compiled twin can agree to the last bit.
"""

from __future__ import annotations

import collections
import heapq
import math

import simpy

from loadbearing.run import Moment
from loadbearing.scenario import BUDGET_WINDOW_S

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
AFTER_WHAT_FOLLOWS, AFTER_SIMPYS_OWN = 1.5, 2
NOBODY = -1


class Clock(simpy.Environment):
    """SimPy's environment, with events at exact times and an order among equals."""

    def at(self, time, kind, listener, attempt):
        """Return an event that happens at `time`, in the order (time, class, listener, attempt)."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        order = (AFTER_SIMPYS_OWN, kind, listener, attempt)
        heapq.heappush(self._queue, (time, order, next(self._eid), event))
        return event

    def service_end(self, request, lasts):
        """Return the event of the end of a service that begins now."""
        kind = FOREIGN_END if request.listener == NOBODY else SERVICE_END
        request.ends = self.now + lasts
        request.end = self.at(request.ends, kind, request.listener, request.attempt)
        return request.end

    def afterwards(self):
        """Return an event that happens now, when all that follows from the present one has happened."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        self.schedule(event, AFTER_WHAT_FOLLOWS)
        return event

    def schedule(self, event, priority=simpy.events.NORMAL, delay=0):
        """Put SimPy's own events, which follow from ours, before the next of ours at the same time."""
        heapq.heappush(self._queue, (self.now + delay, (priority,), next(self._eid), event))


class Request:
    """One attempt at the door: whose it is, when it was sent, and whether its client is still there."""

    def __init__(self, clock, listener, attempt):
        self.clock, self.listener, self.attempt = clock, listener, attempt
        self.sent = clock.now
        self.taken, self.answered = clock.event(), clock.event()
        self.refused = self.swept_away = False
        self.began = self.ends = self.end = self.left = None

    def answer(self):
        """Answer the client, who acts on it before the handler turns round."""
        self.answered.succeed()
        return self.clock.afterwards()

    def sweep_away(self):
        """A restart: if somebody is there, they are refused; a service under way will never end."""
        self.swept_away = True
        if self.end is not None:
            self.end.callbacks.clear()
        if self.left is None:
            self.answered.succeed()


class Line(collections.deque):
    """The queue; it writes down when it grows and when it shrinks."""

    def __init__(self, account, discipline="fifo"):
        super().__init__()
        self.account, self.discipline = account, discipline

    def append(self, request):
        """A request takes the last place."""
        super().append(request)
        self.account.level("queue", +1)

    def popleft(self):
        """The request that has waited longest leaves the queue."""
        self.account.level("queue", -1)
        return super().popleft()

    def pop(self):
        """The request that came last leaves the queue."""
        self.account.level("queue", -1)
        return super().pop()

    def next(self):
        """The request whose turn it is leaves the queue."""
        return self.popleft() if self.discipline == "fifo" else self.pop()


class Door:
    """The way in: handlers side by side, and one queue in front of them."""

    def __init__(self, clock, rules, service_time, account):
        self.clock, self.service_time, self.account = clock, service_time, account
        self.handlers, self.queue_limit, discipline, self.drops_dead = rules
        self.busy, self.queue = 0, Line(account, discipline)

    def ask(self, request):
        """A request arrives: a free handler, a place in the queue, or a refusal."""
        request.refused = self.busy >= self.handlers and len(self.queue) >= self.queue_limit
        if self.busy < self.handlers:
            self.serve(request)
        elif not request.refused:
            self.queue.append(request)

    def serve(self, request):
        """A handler takes a request, whether or not its client is still there."""
        self.busy += 1
        self.account.started(request)
        request.taken.succeed()
        self.clock.process(self.work(request, self.service_time(request)))

    def work(self, request, lasts):
        """The handler works, answers, and takes the request whose turn it is."""
        yield self.clock.service_end(request, lasts)
        self.busy -= 1
        self.account.served(request)
        yield request.answer()
        self.take_next()

    def take_next(self):
        """Free handlers take what waits; is a request still worth serving when its client has gone?"""
        while self.queue and self.busy < self.handlers:
            request = self.queue.next()
            if request.left is not None and self.drops_dead:  # <- the line to change
                continue
            self.serve(request)


class Guard:
    """In front of the door: is it shut after a restart, and have too many been sent back already?"""

    def __init__(self, clock, budget):
        self.clock, self.budget = clock, budget
        self.shut_until = -math.inf
        self.firsts, self.retries = collections.deque(), collections.deque()

    def refuses(self, request):
        """Return the reason for which a request does not even reach the door, if there is one."""
        now = self.clock.now
        if request.attempt == 1:
            self.firsts.append(now)
        if now < self.shut_until:
            return Moment.REFUSED_SHUT
        for times in (self.firsts, self.retries):
            while times and times[0] <= now - BUDGET_WINDOW_S:
                times.popleft()
        if request.attempt > 1 and len(self.retries) > self.budget * len(self.firsts):
            return Moment.REFUSED_BUDGET
        return None

    def let_in(self, request):
        """The door has taken a request; if it was a retry, the budget is smaller by one."""
        if request.attempt > 1:
            self.retries.append(self.clock.now)


class Seats:
    """The seats of the stage: who sits, and how many are kept for people on their way."""

    def __init__(self, account, limit):
        self.account, self.limit = account, limit
        self.taken, self.reserved = {}, 0

    def left(self):
        """Tell whether one more could sit down."""
        return len(self.taken) + self.reserved < self.limit

    def reserve(self, change=+1):
        """Keep one more seat for somebody on their way, or one fewer."""
        self.reserved += change
        self.account.level("reserved", change)


class WaitingLine:
    """The waiting room: a line whose head goes on to the door at a steady rate, with a seat kept if so decided."""

    def __init__(self, clock, account, room, seats):
        self.clock, self.account, self.seats = clock, account, seats
        self.rate = room.admits_per_s if room else 0.0
        self.keeps_seats = room is not None and room.seats_aware
        self.is_open = False
        self.standing, self.last = collections.OrderedDict(), -math.inf
        self.due, self.turn = math.inf, None

    def stand(self, i):
        """A listener takes the last place in the line; return the event of being let through."""
        self.account.level("waiting_room", +1)
        self.standing[i] = self.clock.event()
        self.settle()
        return self.standing[i]

    def leave(self, i):
        """A listener leaves the line without having been let through."""
        del self.standing[i]
        self.account.level("waiting_room", -1)
        self.settle()

    def settle(self):
        """Who is at the head, is there a seat, and when is it their turn? What was planned before is forgotten."""
        due = math.inf
        if self.standing and self.rate > 0 and (self.seats.left() or not self.keeps_seats):
            due = max(self.clock.now, self.last + 1.0 / self.rate)
        if due != self.due:
            self.due, self.turn = due, self.clock.at(due, ADMISSION, 0, 0)
            self.turn.callbacks.append(self.admit)

    def admit(self, turn):
        """The head of the line goes on to the door, if this is still its turn."""
        if turn is self.turn:
            self.last, self.due = self.clock.now, math.inf
            self.let_through(self.keeps_seats)
            self.settle()

    def let_through(self, keep_seat):
        """The head leaves the line, with a seat kept or without."""
        _, through = self.standing.popitem(last=False)
        self.account.level("waiting_room", -1)
        self.account.count("admitted")
        if keep_seat:
            self.seats.reserve()
        through.succeed(keep_seat)

    def empty(self):
        """The waiting room has been closed: everybody goes to the door at once, in order."""
        while self.standing and not self.is_open:
            self.let_through(keep_seat=False)
        self.settle()
