"""The reference: the rules of the evening in SimPy, written to be read aloud.

A listener is a process that sends attempts until one succeeds or patience ends. The `Door` is handlers side by
side behind one queue. Equal times are taken in the order (time, class, listener, attempt), so that the compiled
twin can agree on every listener to the last bit; what an event sets off happens before the next one.
"""

from __future__ import annotations

import collections
import heapq
import itertools
import math

import numpy as np
import simpy

from loadbearing import draws
from loadbearing.engines.account import account, sampled, sorted_lives
from loadbearing.run import FLOWS, LEVELS, LIFE, LISTENER, WORK, Moment, Outcome, Reason
from loadbearing.scenario import BACKOFF_STEPS

SERVICE_END, TIME_OUT, OUT_OF_PATIENCE, LEAVING, ADMISSION, REQUEST = range(1, 7)
AFTER_SIMPYS_OWN = 2


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
        return self.at(self.now + lasts, SERVICE_END, request.listener, request.attempt)

    def schedule(self, event, priority=simpy.events.NORMAL, delay=0):
        """Put SimPy's own events, which follow from ours, before the next of ours at the same time."""
        heapq.heappush(self._queue, (self.now + delay, (priority,), next(self._eid), event))


class Request:
    """One attempt at the door: whose it is, when it was sent, and whether its client is still there."""

    def __init__(self, clock, listener, attempt):
        self.listener, self.attempt, self.sent = listener, attempt, clock.now
        self.taken, self.answered = clock.event(), clock.event()
        self.refused = False
        self.began = self.left = None


class Line(collections.deque):
    """The queue; it writes down when it grows and when it shrinks."""

    def __init__(self, account):
        super().__init__()
        self.account = account

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


class Door:
    """The way in: handlers side by side, and one queue in front of them, first come, first served."""

    def __init__(self, clock, rules, service_time, account):
        self.clock, self.service_time, self.account = clock, service_time, account
        self.handlers, self.queue_limit, self.drops_dead = rules
        self.busy, self.queue = 0, Line(account)

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
        self.clock.process(self.work(request))

    def work(self, request):
        """The handler works, answers, and takes the request that has waited longest."""
        yield self.clock.service_end(request, self.service_time(request))
        self.busy -= 1
        self.account.served(request)
        request.answered.succeed()
        self.take_next()

    def take_next(self):
        """Free handlers take what waits; is a request still worth serving when its client has gone?"""
        while self.queue and self.busy < self.handlers:
            request = self.queue.popleft()
            if request.left is not None and self.drops_dead:  # <- the line to change
                continue
            self.serve(request)


class Account:
    """What is written down: flows and levels by the second, work, and the sampled lives."""

    def __init__(self, clock, evening, listeners, sample):
        self.clock, self.evening = clock, evening
        rows = evening.length_s
        self.flows = np.zeros((rows, len(FLOWS)), np.int64)
        self.deltas = np.zeros((rows, len(LEVELS)), np.int64)
        self.areas = np.zeros((rows, len(LEVELS)))
        self.work = np.zeros((rows, len(WORK)))
        self.lives = []
        self.sampled = set(sampled(listeners, sample).tolist())

    @property
    def row(self):
        """The second that the present belongs to."""
        return min(int(self.clock.now - self.evening.starts_s), len(self.flows) - 1)

    def count(self, flow):
        """Count one of a flow."""
        self.flows[self.row, FLOWS.index(flow)] += 1

    def level(self, name, change):
        """Move a level up or down, and the area under it."""
        row, at = self.row, LEVELS.index(name)
        self.deltas[row, at] += change
        self.areas[row, at] += change * (self.evening.starts_s + row + 1 - self.clock.now)

    def started(self, request):
        """A service began."""
        request.began = self.clock.now
        self.level("busy", +1)

    def served(self, request):
        """A service ended: work, and dead work if its client has gone."""
        row, now, began = self.row, self.clock.now, request.began
        self.level("busy", -1)
        self.count("services")
        self.work[row, WORK.index("work_s")] += now - began
        if request.left is not None:
            self.count("dead_services")
            self.work[row, WORK.index("dead_work_s")] += now - began
            self.work[row, WORK.index("dead_after_s")] += now - max(began, request.left)

    def note(self, listener, attempt, moment):
        """Write a moment of a sampled listener's evening down."""
        if listener in self.sampled:
            self.lives.append((listener, attempt, self.clock.now, moment))


class Reference:
    """One evening in SimPy: set up, run in chunks, told of changes, asked for its tables."""

    name = "reference"

    def __init__(self, evening, seed, sample, door=Door):
        self.evening, self.crowd, self.stage = evening, evening.crowd, evening.stage
        self.clock = Clock(initial_time=float(evening.starts_s))
        self.arrived, who = draws.arrivals(evening, seed)
        self.who = who.tolist()
        self.keys = [draws.key(seed, purpose) for purpose in range(draws.STAY + 1)]
        self.pauses = evening.crowd.retries.pauses().tolist()
        self.tick = evening.tick_s or 0.0
        self.rows = [[time] + [math.nan] * 4 + [0, 0, 0, 0] for time in self.arrived.tolist()]
        self.account = Account(self.clock, evening, len(self.rows), sample)
        limit = _or(evening.door.queue_limit, math.inf)
        rules = (evening.door.handlers, limit, evening.door.drops_dead)
        self.door = door(self.clock, rules, self.service_time, self.account)
        self.handlers, self.lost = evening.door.handlers, 0
        self.inside = self.capacity = self.events = 0
        self.settle_capacity()
        for i, time in enumerate(self.arrived.tolist()):
            self.clock.at(time, REQUEST, i, 1).callbacks.append(self.send_off(i))

    def send_off(self, i):
        """Return what starts listener i's evening when they arrive."""
        return lambda _: self.clock.process(self.listener(i))

    def draw(self, purpose, i, attempt):
        """Return the uniform number of this listener, attempt and purpose."""
        return draws.uniform(self.keys[purpose], self.who[i], attempt)

    def listener(self, i):
        """One listener's evening: attempts and pauses, until in or out of patience or attempts."""
        me, clock, account = _Row(self.rows[i]), self.clock, self.account
        account.count("arrivals")
        account.note(i, 0, Moment.ARRIVED)
        me.first_sent = clock.now
        patience = clock.now + self.patience(i)
        for attempt in itertools.count(1):
            me.attempts = attempt
            result, patience = yield from self.attempt(i, attempt, patience)
            if result == "served" and self.take_seat(i, me):
                break
            if result == "out of patience":
                return self.give_up(i, me, Reason.PATIENCE)
            if attempt == self.crowd.retries.most:
                return self.give_up(i, me, Reason.ATTEMPTS)
            again = clock.at(clock.now + self.pause(i, attempt), REQUEST, i, attempt + 1)
            fed_up = clock.at(patience, OUT_OF_PATIENCE, i, attempt)
            yield again | fed_up
            if fed_up.processed:
                return self.give_up(i, me, Reason.PATIENCE)
        yield from self.listen(i, me)

    def attempt(self, i, attempt, patience):
        """One attempt at the door; return what came of it, and when patience would now end."""
        clock, account = self.clock, self.account
        account.count("first_attempts" if attempt == 1 else "retries")
        account.note(i, attempt, Moment.SENT)
        request = Request(clock, i, attempt)
        self.door.ask(request)
        if request.refused:
            account.count("refused_full")
            account.note(i, attempt, Moment.REFUSED_FULL)
            return "refused", patience
        no_answer = clock.at(
            request.sent + _or(self.crowd.timeout_s, math.inf), TIME_OUT, i, attempt
        )
        if not request.taken.triggered:
            account.level("living_queue", +1)
            account.note(i, attempt, Moment.WAITING)
            fed_up = clock.at(patience, OUT_OF_PATIENCE, i, attempt)
            yield request.taken | no_answer | fed_up
            account.level("living_queue", -1)
            if not request.taken.processed:
                request.left = clock.now
                if not no_answer.processed:
                    return "out of patience", patience
                return self.timed_out(i, attempt), patience
        account.note(i, attempt, Moment.SERVED)
        left_of_patience = patience - clock.now
        yield request.answered | no_answer
        if request.answered.processed:
            return "served", left_of_patience + clock.now
        request.left = clock.now
        return self.timed_out(i, attempt), left_of_patience + clock.now

    def timed_out(self, i, attempt):
        """The client goes; the request stays where it is."""
        self.account.count("time_outs")
        self.account.note(i, attempt, Moment.TIMED_OUT)
        return "timed out"

    def take_seat(self, i, me):
        """Take a seat if there is one; return whether the listener has joined."""
        if self.inside >= _or(self.stage.seats, math.inf):
            self.account.count("refused_no_seat")
            self.account.note(i, me.attempts, Moment.REFUSED_NO_SEAT)
            return False
        self.inside += 1
        self.account.level("inside", +1)
        self.account.count("joins")
        self.account.note(i, me.attempts, Moment.JOINED)
        me.joined = me.last_joined = self.clock.now
        me.outcome = Outcome.IN
        return True

    def listen(self, i, me):
        """Listen until the stay ends, if it does."""
        if self.crowd.stays_mean_s is None:
            return
        stay = draws.exponential(self.draw(draws.STAY, i, me.attempts), self.crowd.stays_mean_s)
        stay = draws.whole_ticks(stay, self.tick)
        yield self.clock.at(self.clock.now + stay, LEAVING, i, me.attempts)
        self.inside -= 1
        self.account.level("inside", -1)
        self.account.count("leavers")
        self.account.note(i, me.attempts, Moment.LEFT)
        me.outcome, me.left = Outcome.LEFT, self.clock.now

    def give_up(self, i, me, reason):
        """Leave without having got in."""
        me.outcome, me.reason, me.left = Outcome.GAVE_UP, reason, self.clock.now
        self.account.count("gave_up")
        if reason == Reason.PATIENCE:
            self.account.count("ran_out_of_patience")
        self.account.note(i, me.attempts, Moment.GAVE_UP)

    def patience(self, i):
        """How long this listener keeps trying, in seconds of waiting."""
        rule = self.crowd.patience
        if rule.kind == "unlimited":
            return math.inf
        if rule.kind == "fixed":
            return draws.whole_ticks(rule.mean_s, self.tick)
        drawn = draws.exponential(self.draw(draws.PATIENCE, i, 0), rule.mean_s)
        return draws.whole_ticks(drawn, self.tick)

    def pause(self, i, attempt):
        """How long this listener waits after this failed attempt."""
        rule, round_trip = self.crowd.retries, self.crowd.round_trip_s
        if self.draw(draws.QUICK, i, 0) < rule.quick_share:
            return round_trip
        drawn = self.pauses[min(attempt, BACKOFF_STEPS) - 1]
        if rule.jitter == "full":
            drawn = self.draw(draws.BACKOFF, i, attempt) * drawn
        elif rule.jitter == "exponential":
            drawn = draws.exponential(self.draw(draws.BACKOFF, i, attempt), drawn)
        return max(round_trip, draws.whole_ticks(drawn, self.tick))

    def service_time(self, request):
        """How long a handler needs for this request."""
        mean, cv = self.evening.door.service.mean_s, self.evening.door.service.cv
        i, attempt = request.listener, request.attempt
        drawn = mean
        if cv == 1.0:
            drawn = draws.exponential(self.draw(draws.SERVICE, i, attempt), mean)
        elif cv != 0.0:
            chance = draws.normal(
                self.draw(draws.SERVICE, i, attempt), self.draw(draws.SERVICE_ANGLE, i, attempt)
            )
            drawn = draws.lognormal(chance, mean, cv)
        return draws.whole_ticks(drawn, self.tick)

    def settle_capacity(self):
        """Capacity is the handlers present, or those still busy if they are more."""
        capacity = max(self.door.handlers, self.door.busy)
        self.account.level("capacity", capacity - self.capacity)
        self.capacity = capacity

    @property
    def now(self):
        """The time of the last event, in seconds."""
        return self.clock.now

    def advance(self, until, most):
        """Run up to but not including `until`; return False if `most` events came first."""
        for _ in range(most):
            if self.clock.peek() >= until:
                return True
            self.clock.step()
            self.events += 1
            if self.capacity != max(self.door.handlers, self.door.busy):
                self.settle_capacity()
        return False

    def set_handlers(self, handlers=None, lost=None):
        """Change how many handlers there are, or how many of them are lost just now."""
        self.handlers, self.lost = _or(handlers, self.handlers), _or(lost, self.lost)
        self.door.handlers = max(0, self.handlers - self.lost)

    def set_queue_limit(self, limit):
        """Change how many requests may wait; those who wait stay."""
        self.door.queue_limit = _or(limit, math.inf)

    def set_drops_dead(self, drops):
        """Change whether requests whose client has left are skipped."""
        self.door.drops_dead = drops

    def reconsider(self, now):
        """After faults and changes: the handlers that are present take what waits."""
        self.clock._now = now
        self.settle_capacity()
        self.door.take_next()

    def tables(self):
        """Return (listeners, seconds, lives) as `Run` holds them."""
        listeners = np.zeros(len(self.rows), LISTENER)
        for i, row in enumerate(self.rows):
            listeners[i] = (*row[:6], 0, *row[6:8])
        listeners["outcome"][self.arrived > self.evening.ends_s] = Outcome.AFTER_THE_END
        held = self.account
        seconds = account(self.evening, held.flows, held.deltas, held.areas, held.work)
        return listeners, seconds, sorted_lives(np.array(held.lives, LIFE))


class _Row:
    """Named access to one listener's row of plain Python values."""

    def __init__(self, row):
        object.__setattr__(self, "row", row)

    NAMES = (
        "arrived",
        "first_sent",
        "joined",
        "last_joined",
        "left",
        "attempts",
        "outcome",
        "reason",
    )

    def __getattr__(self, name):
        return self.row[self.NAMES.index(name)]

    def __setattr__(self, name, value):
        self.row[self.NAMES.index(name)] = value


def _or(value, otherwise):
    return otherwise if value is None else value
