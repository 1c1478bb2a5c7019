"""The reference: the rules of the evening in SimPy, written to be read aloud.

A listener is a process that sends attempts until one succeeds or patience ends. The `Door` is handlers side by
side behind one queue; in front of it stand the `Guard` and the `Lobby`. Equal times are taken in the order (time, class,
listener, attempt), so that the compiled twin can agree on every listener to the last bit; what an event sets off
happens before the next one.
"""

from __future__ import annotations

import collections
import heapq
import math

import numpy as np
import simpy

from loadbearing import draws
from loadbearing.engines.account import SoFar, account, sampled, sorted_lives
from loadbearing.run import FLOWS, LEVELS, LIFE, LISTENER, WORK, Moment, Outcome, Reason
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


class Lobby:
    """The waiting room: a line whose head goes on to the door at a steady rate, with a seat reserved if so decided."""

    def __init__(self, clock, account, rate, has_seat):
        self.clock, self.account, self.rate, self.has_seat = clock, account, rate, has_seat
        self.is_open = False
        self.line, self.last, self.next = collections.OrderedDict(), -math.inf, None

    def stand(self, i):
        """A listener takes the last place in the line; return the event of being let through."""
        self.account.level("waiting_room", +1)
        self.line[i] = self.clock.event()
        self.settle()
        return self.line[i]

    def leave(self, i):
        """A listener leaves the line without having been let through."""
        del self.line[i]
        self.account.level("waiting_room", -1)
        self.settle()

    def settle(self):
        """Who is at the head, is there a seat, and when is it their turn? What was planned before is forgotten."""
        due = math.inf
        if self.line and self.rate > 0 and self.has_seat():
            due = max(self.clock.now, self.last + 1.0 / self.rate)
        if self.next is None or self.next[0] != due:
            event = self.clock.at(due, ADMISSION, 0, 0)
            self.next = (due, event)
            event.callbacks.append(lambda _: self.admit(event))

    def admit(self, event):
        """The head of the line goes on to the door."""
        if self.next[1] is event:
            self.last, self.next = self.clock.now, None
            self.let_through(reserved=True)
            self.settle()

    def let_through(self, reserved):
        """The head leaves the line; the waiting room has a seat reserved for those that it lets through itself."""
        _, through = self.line.popitem(last=False)
        self.account.level("waiting_room", -1)
        self.account.count("admitted")
        if reserved:
            self.reserve()
        through.succeed(reserved)

    def empty(self):
        """The waiting room has been closed: everybody goes to the door at once, in order."""
        while not self.is_open and self.line:
            self.let_through(reserved=False)
        self.settle()


class Account:
    """What is written down: flows and levels by the second, work, services under way, and the sampled lives."""

    def __init__(self, clock, evening, listeners, sample):
        self.clock, self.evening = clock, evening
        rows = evening.length_s
        self.flows = np.zeros((rows, len(FLOWS)), np.int64)
        self.deltas = np.zeros((rows, len(LEVELS)), np.int64)
        self.areas = np.zeros((rows, len(LEVELS)))
        self.work = np.zeros((rows, len(WORK)))
        self.under_way = {}
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

    def add_work(self, name, amount):
        """Add handler seconds to one kind of work."""
        self.work[self.row, WORK.index(name)] += amount

    def started(self, request):
        """A service began."""
        request.began = self.clock.now
        self.under_way[request] = None
        self.level("busy", +1)

    def served(self, request):
        """A service ended: work, and dead work if its client has gone."""
        now, began = self.clock.now, request.began
        del self.under_way[request]
        self.level("busy", -1)
        self.count("services")
        self.add_work("work_s", now - began)
        if request.listener == NOBODY:
            self.count("foreign_services")
        elif request.left is not None:
            self.count("dead_services")
            self.add_work("dead_work_s", now - began)
            self.add_work("dead_after_s", now - max(began, request.left))

    def cut_off(self):
        """A restart: services under way end in nothing. Return them, in the order in which they would have ended."""
        cut = sorted(self.under_way, key=lambda one: (one.ends, one.listener, one.attempt))
        for request in cut:
            self.level("busy", -1)
            self.count("cut_services")
            self.add_work("cut_work_s", self.clock.now - request.began)
        self.under_way.clear()
        return cut

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
        self.rows = [[time] + [math.nan] * 4 + [0] * 5 for time in self.arrived.tolist()]
        self.account = Account(self.clock, evening, len(self.rows), sample)
        self.slowed, self.retry_after = 1.0, _or(evening.door.retry_after_s, 0.0)
        limit = _or(evening.door.queue_limit, math.inf)
        rules = (evening.door.handlers, limit, evening.door.discipline, evening.door.drops_dead)
        self.door = door(self.clock, rules, self.service_time, self.account)
        self.guard = Guard(self.clock, _or(evening.door.retry_budget, math.inf))
        room = evening.waiting_room
        self.lobby = Lobby(
            self.clock, self.account, room.admits_per_s if room else 0.0, self.may_admit
        )
        self.lobby.reserve = self.reserve
        self.inside, self.reserved = {}, 0
        self.capacity = self.events = 0
        self.settle_capacity()
        for i, time in enumerate(self.arrived.tolist()):
            self.clock.at(time, REQUEST, i, 1).callbacks.append(self.send_off(i))
        times, self.foreign_services = (one.tolist() for one in draws.foreign(evening, seed))
        for j, time in enumerate(times):
            self.clock.at(time, FOREIGN_REQUEST, NOBODY, j).callbacks.append(self.send_foreign(j))

    def send_off(self, i):
        """Return what starts listener i's evening when they arrive."""
        return lambda _: self.clock.process(self.listener(i))

    def send_foreign(self, j):
        """Return what sends a request that belongs to no listener."""
        return lambda _: self.foreign_request(j)

    def foreign_request(self, j):
        """A request that belongs to no listener: nobody waits for it, and nobody sends it again."""
        request = Request(self.clock, NOBODY, j)
        self.account.count("foreign_requests")
        if self.clock.now < self.guard.shut_until:
            request.refused = True
        else:
            self.door.ask(request)
        if request.refused:
            self.account.count("foreign_refused")

    def draw(self, purpose, i, attempt):
        """Return the uniform number of this listener, attempt and purpose."""
        return draws.uniform(self.keys[purpose], self.who[i], attempt)

    # ------------------------------------------------------------------------------ One listener's evening

    def listener(self, i):
        """One listener's evening: attempts and pauses, until in, or out of patience or attempts; anew after a restart."""
        me, clock, account = _Row(self.rows[i]), self.clock, self.account
        account.count("arrivals")
        account.note(i, 0, Moment.ARRIVED)
        failed, patience = 0, clock.now + self.patience(i)
        while True:
            me.attempts += 1
            account.count("first_attempts" if me.attempts == 1 else "retries")
            result, patience = yield from self.attempt(i, me, patience)
            failed += 1
            if result == "joined":
                stayed = yield from self.listen(i, me)
                if stayed:
                    return
                failed, patience = 1, clock.now + self.patience(i)
            if result == "out of patience":
                return self.give_up(i, me, Reason.PATIENCE)
            if failed == self.crowd.retries.most:
                return self.give_up(i, me, Reason.ATTEMPTS)
            pause = self.pause(i, failed, me.attempts, result == "refused")
            again = clock.at(clock.now + pause, REQUEST, i, me.attempts + 1)
            fed_up = clock.at(patience, OUT_OF_PATIENCE, i, me.attempts)
            yield again | fed_up
            if fed_up.processed:
                return self.give_up(i, me, Reason.PATIENCE)

    def attempt(self, i, me, patience):
        """One attempt, by the waiting room if it is open; return what came of it, and when patience would now end."""
        reserved = False
        if self.lobby.is_open:
            self.account.note(i, me.attempts, Moment.IN_LINE)
            through = self.lobby.stand(i)
            fed_up = self.clock.at(patience, OUT_OF_PATIENCE, i, me.attempts)
            yield through | fed_up
            if not through.triggered:
                self.lobby.leave(i)
                return "out of patience", patience
            reserved = through.value and self.evening.waiting_room.seats_aware
            self.account.note(i, me.attempts, Moment.ADMITTED)
        if math.isnan(me.first_sent):
            me.first_sent = self.clock.now
        request = Request(self.clock, i, me.attempts)
        result, patience = yield from self.at_the_door(request, patience)
        if reserved:
            self.reserved -= 1
            self.account.level("reserved", -1)
        if result == "served":
            result = self.take_seat(i, me)
        self.lobby.settle()
        return result, patience

    def at_the_door(self, request, patience):
        """A request at the door and its client, who waits; return what came of it, and when patience would now end."""
        clock, account, i, attempt = self.clock, self.account, request.listener, request.attempt
        account.note(i, attempt, Moment.SENT)
        refused = self.guard.refuses(request)
        if refused is None:
            self.door.ask(request)
            refused = Moment.REFUSED_FULL if request.refused else None
        if refused is not None:
            return self.turned_away(request, refused), patience
        self.guard.let_in(request)
        no_answer = clock.at(
            request.sent + _or(self.crowd.timeout_s, math.inf), TIME_OUT, i, attempt
        )
        if not request.taken.triggered:
            account.level("living_queue", +1)
            account.note(i, attempt, Moment.WAITING)
            fed_up = clock.at(patience, OUT_OF_PATIENCE, i, attempt)
            yield request.taken | request.answered | no_answer | fed_up
            account.level("living_queue", -1)
            if request.swept_away:
                return self.turned_away(request, Moment.REFUSED_RESTART), patience
            if not request.taken.processed:
                request.left = clock.now
                if not no_answer.processed:
                    return "out of patience", patience
                return self.timed_out(i, attempt), patience
        account.note(i, attempt, Moment.SERVED)
        left_of_patience = patience - clock.now
        yield request.answered | no_answer
        if request.swept_away:
            turned_away = self.turned_away(request, Moment.REFUSED_RESTART)
            return turned_away, left_of_patience + clock.now
        if request.answered.processed:
            return "served", left_of_patience + clock.now
        request.left = clock.now
        return self.timed_out(i, attempt), left_of_patience + clock.now

    def turned_away(self, request, why):
        """The client is refused, and knows why."""
        self.account.count(why.name.lower())
        self.account.note(request.listener, request.attempt, why)
        return "refused"

    def timed_out(self, i, attempt):
        """The client goes; the request stays where it is."""
        self.account.count("time_outs")
        self.account.note(i, attempt, Moment.TIMED_OUT)
        return "timed out"

    def take_seat(self, i, me):
        """Take a seat if there is one; one listener too many brings a stage down that collapses."""
        if len(self.inside) + self.reserved >= _or(self.stage.seats, math.inf):
            self.account.count("refused_no_seat")
            self.account.note(i, me.attempts, Moment.REFUSED_NO_SEAT)
            if self.stage.when_full == "collapse":
                self.restart(self.clock.now, self.clock.now + self.stage.restart_s)
            return "refused"
        self.inside[i] = self.clock.event()
        self.account.level("inside", +1)
        self.account.count("joins")
        self.account.note(i, me.attempts, Moment.JOINED)
        if math.isnan(me.joined):
            me.joined, me.joined_attempt = self.clock.now, me.attempts
        me.last_joined = self.clock.now
        me.outcome = Outcome.IN
        return "joined"

    def listen(self, i, me):
        """Listen until the stay ends, if it does, or a restart ends it; return whether this was of one's own accord."""
        stay, disconnected = math.inf, self.inside[i]
        if self.crowd.stays_mean_s is not None:
            drawn = self.draw(draws.STAY, i, me.attempts)
            stay = draws.whole_ticks(draws.exponential(drawn, self.crowd.stays_mean_s), self.tick)
        yield self.clock.at(self.clock.now + stay, LEAVING, i, me.attempts) | disconnected
        self.account.level("inside", -1)
        if disconnected.triggered:
            me.outcome, me.times_disconnected = Outcome.STILL_TRYING, me.times_disconnected + 1
            self.account.count("disconnected")
            self.account.note(i, me.attempts, Moment.DISCONNECTED)
            return False
        del self.inside[i]
        self.account.count("leavers")
        self.account.note(i, me.attempts, Moment.LEFT)
        me.outcome, me.left = Outcome.LEFT, self.clock.now
        self.lobby.settle()
        return True

    def give_up(self, i, me, reason):
        """Leave without having got in; or, after being disconnected, without having got in again."""
        been_in = not math.isnan(me.joined)
        me.outcome = Outcome.LEFT if been_in else Outcome.GAVE_UP
        me.reason, me.left = reason, self.clock.now
        self.account.count("did_not_return" if been_in else "gave_up")
        if reason == Reason.PATIENCE:
            self.account.count("ran_out_of_patience")
        self.account.note(i, me.attempts, Moment.GAVE_UP)

    # ------------------------------------------------------------------------------ How long things take

    def patience(self, i):
        """How long this listener keeps trying, in seconds of waiting."""
        rule = self.crowd.patience
        if rule.kind == "unlimited":
            return math.inf
        if rule.kind == "fixed":
            return draws.whole_ticks(rule.mean_s, self.tick)
        drawn = draws.exponential(self.draw(draws.PATIENCE, i, 0), rule.mean_s)
        return draws.whole_ticks(drawn, self.tick)

    def pause(self, i, failed, attempt, refused):
        """How long this listener waits after so many failed attempts; a refusal may ask for more."""
        rule, round_trip = self.crowd.retries, self.crowd.round_trip_s
        if self.draw(draws.QUICK, i, 0) < rule.quick_share:
            return round_trip
        drawn = self.pauses[min(failed, BACKOFF_STEPS) - 1]
        if rule.jitter == "full":
            drawn = self.draw(draws.BACKOFF, i, attempt) * drawn
        elif rule.jitter == "exponential":
            drawn = draws.exponential(self.draw(draws.BACKOFF, i, attempt), drawn)
        pause = max(round_trip, draws.whole_ticks(drawn, self.tick))
        if refused and rule.honours_retry_after:
            pause = max(pause, draws.whole_ticks(self.retry_after, self.tick))
        return pause

    def service_time(self, request):
        """How long a handler needs for this request, now that it is one of so many that are busy."""
        rule, door = self.evening.door.service, self.evening.door
        if request.listener == NOBODY:
            drawn = self.foreign_services[request.attempt]
        else:
            luck, angle = (
                self.draw(purpose, request.listener, request.attempt)
                for purpose in (draws.SERVICE, draws.SERVICE_ANGLE)
            )
            drawn = draws.service(rule.mean_s, rule.cv, luck, angle)
        slower = draws.slower(self.door.busy, door.contention, door.coherency)
        return draws.whole_ticks(drawn * self.slowed * slower, self.tick)

    def settle_capacity(self):
        """Capacity is the handlers present, or those still busy if they are more."""
        capacity = max(self.door.handlers, self.door.busy)
        self.account.level("capacity", capacity - self.capacity)
        self.capacity = capacity

    # ------------------------------------------------------------------------------ Seats of the waiting room

    def may_admit(self):
        """Tell whether the waiting room may let one more through: always, or while a seat is left."""
        if not self.evening.waiting_room.seats_aware:
            return True
        return len(self.inside) + self.reserved < self.stage.seats

    def reserve(self):
        """Keep a seat for whoever is let through now."""
        if self.evening.waiting_room.seats_aware:
            self.reserved += 1
            self.account.level("reserved", +1)

    # ------------------------------------------------------------------------------ From outside

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

    def set(self, what, to):
        """Change one setting: what `CHANGEABLE` names, the handlers `present`, or how much services are `slowed`."""
        if what == "present":
            self.door.handlers = to
        elif what == "queue_limit":
            self.door.queue_limit = _or(to, math.inf)
        elif what == "discipline":
            self.door.queue.discipline = to
        elif what == "drops_dead":
            self.door.drops_dead = to
        elif what == "slowed":
            self.slowed = to
        elif what == "retry_after_s":
            self.retry_after = _or(to, 0.0)
        elif what == "retry_budget":
            self.guard.budget = _or(to, math.inf)
        elif what == "waiting_room":
            self.lobby.is_open = to
        else:
            self.lobby.rate = to

    def restart(self, now, until):
        """Queue and services vanish, everybody inside is disconnected, and the door is shut until then."""
        self.clock._now = now
        self.guard.shut_until = max(self.guard.shut_until, until)
        waiting = []
        while self.door.queue:
            waiting.append(self.door.queue.popleft())
        self.door.busy = 0
        for request in [*waiting, *self.account.cut_off()]:
            request.sweep_away()
        for disconnected in self.inside.values():
            disconnected.succeed()
        self.inside.clear()
        self.lobby.settle()

    def reconsider(self, now):
        """After faults and changes: handlers take what waits, and a waiting room that was closed empties."""
        self.clock._now = now
        self.settle_capacity()
        self.door.take_next()
        self.lobby.empty()

    def account_so_far(self):
        """Return the account as it stands: flows, changes of levels, areas and work, by the second."""
        held = self.account
        return SoFar(held.flows, held.deltas, held.areas, held.work)

    def tables(self):
        """Return (listeners, seconds, lives) as `Run` holds them."""
        listeners = np.array([tuple(row) for row in self.rows], LISTENER)
        listeners["outcome"][self.arrived > self.evening.ends_s] = Outcome.AFTER_THE_END
        seconds = account(self.evening, *self.account_so_far())
        return listeners, seconds, sorted_lives(np.array(self.account.lives, LIFE))


class _Row:
    """Named access to one listener's row of plain Python values."""

    def __init__(self, row):
        object.__setattr__(self, "row", row)

    def __getattr__(self, name):
        return self.row[LISTENER.names.index(name)]

    def __setattr__(self, name, value):
        self.row[LISTENER.names.index(name)] = value


def _or(value, otherwise):
    return otherwise if value is None else value
