"""The evening a third time: plain Python on one binary heap, written from the rules alone.

Nothing here comes from the engines, except the arithmetic of luck (`loadbearing.draws`): what this witness says
about a listener is held against what they say, to the last bit. It is slow and keeps no lives.
"""

from __future__ import annotations

import collections
import heapq
import itertools

import numpy as np

from loadbearing import draws
from loadbearing.run import LISTENER, Outcome, Reason
from loadbearing.scenario import BUDGET_WINDOW_S
from tests.heap_parts import NEVER, Book, Listener, Luck, Request
from tests.heap_settings import Settings

(SETTING, FOREIGN_END, SERVICE_END, TIME_OUT, PATIENCE, LEAVING, ADMISSION, FOREIGN, REQUEST) = (
    range(9)
)
"""What happens at one moment happens in this order, then by listener, then by attempt."""


def witness(scenario, seed):
    """Return (listeners, seconds) of one evening: the tables of a `Run`, shapes as in `loadbearing.run`."""
    return Evening(draws.evening(scenario, seed), seed).play()


class Evening:
    """One evening under way."""

    def __init__(self, evening, seed):
        self.evening, self.luck = evening, Luck(evening, seed)
        self.book = Book(evening.starts_s, evening.ends_s)
        self.heap, self.serial = [], itertools.count()
        self.settings = Settings(evening)
        self.seats_aware = bool(evening.waiting_room and evening.waiting_room.seats_aware)
        self.seats = NEVER if evening.stage.seats is None else evening.stage.seats
        self.shut_until = -NEVER
        self.queue, self.served, self.inside = collections.deque(), {}, {}
        self.line, self.last_admission, self.admission = {}, -NEVER, None
        self.firsts, self.let_in_again = collections.deque(), collections.deque()
        arrived, who = (one.tolist() for one in draws.arrivals(evening, seed))
        self.listeners = [
            Listener(index, number, time, self.luck.patience(number))
            for index, (time, number) in enumerate(zip(arrived, who, strict=True))
        ]
        for listener in self.listeners:
            self.put(listener.arrived, REQUEST, listener.index, 1)
        times, self.foreign_services = (one.tolist() for one in draws.foreign(evening, seed))
        for number, time in enumerate(times):
            self.put(time, FOREIGN, number)
        for planned in self.settings.plan():
            self.plan(*planned)

    def put(self, time, kind, number, attempt=0, about=None):
        """Put an event on the heap; the serial number only keeps `about` from being compared."""
        heapq.heappush(self.heap, (time, kind, number, attempt, next(self.serial), about))

    def play(self):
        """Take event after event, those at exactly the end included; return the tables."""
        self.settle(self.evening.starts_s)
        while self.heap and self.heap[0][0] <= self.evening.ends_s:
            now, kind, number, _, _, about = heapq.heappop(self.heap)
            if kind == SETTING:
                self.set_all(about, now)
            elif kind in (FOREIGN_END, SERVICE_END) and about in self.served:
                self.service_ends(about, now)
            elif kind == TIME_OUT and about.client:
                self.book.count("time_outs", now)
                self.fails(about, now)
            elif kind == ADMISSION and self.admission == now:
                self.admit(now)
            elif kind == FOREIGN:
                self.book.count("foreign_requests", now)
                self.ask(Request(number, 0), now)
            elif kind in (PATIENCE, LEAVING, REQUEST):
                self.person(kind, self.listeners[number], now)
        return self.tables()

    def person(self, kind, listener, now):
        """Do what a listener set out to do at this time, unless it has been overtaken."""
        if kind == PATIENCE and listener.patience_ends == now:
            self.book.count("ran_out_of_patience", now)
            self.give_up(listener, Reason.PATIENCE, now)
        elif kind == LEAVING and listener.leaves == now:
            self.goes_out(listener, now)
            self.book.count("leavers", now)
            listener.left, listener.outcome = now, Outcome.LEFT
            self.time_admission(now)
        elif kind == REQUEST and listener.comes == now:
            self.attempt(listener, now)

    # ------------------------------------------------------------------ faults, opening, controllers

    def plan(self, time, order, what, to):
        """Put on the heap that something is to be set; what came before the account holds from its beginning."""
        self.put(max(time, self.evening.starts_s), SETTING, (time, *order), 0, (what, to))

    def set_all(self, act, now):
        """Set all that is to be set at this moment; then everybody looks once. No dashboard shows any of it yet."""
        shown, acts = dict(self.settings.now), [act]
        while self.heap and self.heap[0][:2] == (now, SETTING):
            acts.append(heapq.heappop(self.heap)[-1])
        for what, to in acts:
            if what == "restart":
                self.restart(to, now)
            elif what == "look":
                for planned in self.settings.look(to, shown, self.book, round(now)):
                    self.plan(*planned)
            else:
                self.settings.apply(what, to)
        for planned in self.settings.order_wanted(now):
            self.plan(*planned)
        self.settings.served.append((now, self.settings.now["handlers"]))
        self.settle(now)

    def settle(self, now):
        """Everybody looks: free handlers, then the line of a waiting room that is closed, then its head."""
        self.take_next(now)
        if not self.settings.now["waiting_room"]:
            line, self.line = list(self.line.values()), {}
            for listener in line:
                self.book.count("admitted", now)
                self.book.move("waiting_room", -1, now)
                self.send(listener, now)
        self.time_admission(now)

    def restart(self, shut_until, now):
        """Queue and services vanish, who waits for them is refused, who is inside is disconnected, the door shuts."""
        self.shut_until = max(self.shut_until, shut_until)
        for request in self.served:
            self.book.count("cut_services", now)
            self.book.count("cut_work_s", now, now - request.started)
        swept = [*self.queue, *self.served]
        while self.queue:
            self.in_queue(self.queue.popleft(), -1, now)
        for request in list(self.served):
            self.free(request, now)
        for request in swept:
            if request.client:
                self.refuse(request, "refused_restart", now)
        for listener in list(self.inside.values()):
            self.disconnect(listener, now)
        self.time_admission(now)

    def disconnect(self, listener, now):
        """Somebody inside is outside again: a new effort, of which this is the first failure."""
        self.goes_out(listener, now)
        self.book.count("disconnected", now)
        listener.times_disconnected += 1
        listener.outcome, listener.failed = Outcome.STILL_TRYING, 1
        self.patience_runs(listener, listener.patience, now)
        self.try_again(listener, None, now)

    # ------------------------------------------------------------------ the life of one attempt

    def attempt(self, listener, now):
        """A listener's time has come: in line if there is a waiting room, else straight to the door."""
        listener.comes = None
        listener.attempts += 1
        if listener.attempts == 1:
            self.book.count("arrivals", now)
            self.book.count("first_attempts", now)
            listener.outcome = Outcome.STILL_TRYING
            self.patience_runs(listener, listener.patience, now)
        else:
            self.book.count("retries", now)
        if self.settings.now["waiting_room"]:
            self.line[listener.index] = listener
            self.book.move("waiting_room", 1, now)
            self.time_admission(now)
        else:
            self.send(listener, now)

    def taken(self):
        """Return how many seats are taken or reserved."""
        return self.book.level["inside"] + self.book.level["reserved"]

    def time_admission(self, now):
        """Settle when the head of the line is let through; called whenever something about that may have changed."""
        rate, due = self.settings.now["admits_per_s"], None
        if self.line and rate > 0 and (self.taken() < self.seats or not self.seats_aware):
            due = max(now, self.last_admission + 1 / rate)
        if due is not None and due != self.admission:
            self.put(due, ADMISSION, 0)
        self.admission = due

    def admit(self, now):
        """The head of the line goes to the door, with a seat reserved where seats are looked at."""
        listener = self.line.pop(next(iter(self.line)))
        self.last_admission, self.admission = now, None
        self.book.count("admitted", now)
        self.book.move("waiting_room", -1, now)
        if self.seats_aware:
            listener.reserved = True
            self.book.move("reserved", 1, now)
        self.send(listener, now)
        self.time_admission(now)

    def send(self, listener, now):
        """A listener's request reaches the door; from here on the client waits for an answer."""
        if listener.attempts == 1:
            listener.first_sent = now
        listener.request = request = Request(listener.index, listener.attempts, listener)
        self.ask(request, now)
        if request.client and self.evening.crowd.timeout_s is not None:
            gone = now + self.evening.crowd.timeout_s
            self.put(gone, TIME_OUT, listener.index, listener.attempts, request)

    def ask(self, request, now):
        """Serve, queue or refuse a request: shut, budget, free handler, full queue, in this order."""
        over_budget, limit = self.over_budget(request, now), self.settings.now["queue_limit"]
        if now < self.shut_until:
            self.refuse(request, "refused_shut", now)
        elif over_budget:
            self.refuse(request, "refused_budget", now)
        elif (
            len(self.served) >= self.settings.present()
            and limit is not None
            and len(self.queue) >= limit
        ):
            self.refuse(request, "refused_full", now)
        else:
            if request.attempt > 1:
                self.let_in_again.append(now)
            if len(self.served) < self.settings.present():
                self.serve(request, now)
            else:
                self.queue.append(request)
                self.in_queue(request, 1, now)

    def over_budget(self, request, now):
        """Tell whether the budget is spent for a later attempt, by the window (now - 10, now]; count a first one."""
        for times in (self.firsts, self.let_in_again):
            while times and times[0] <= now - BUDGET_WINDOW_S:
                times.popleft()
        if request.attempt == 1:
            self.firsts.append(now)
        share = self.settings.now["retry_budget"]
        spent = share is not None and len(self.let_in_again) > share * len(self.firsts)
        return spent and request.attempt > 1

    def take_next(self, now):
        """Free handlers take what waits; a dead request is skipped at no cost where that is the rule."""
        while self.queue and len(self.served) < self.settings.present():
            request = (
                self.queue.pop()
                if self.settings.now["discipline"] == "lifo"
                else self.queue.popleft()
            )
            self.in_queue(request, -1, now)
            if request.client or request.foreign or not self.settings.now["drops_dead"]:
                self.serve(request, now)
        self.count_handlers(now)

    def in_queue(self, request, by, now):
        """Count a request into the queue or out of it; living are those whose client is there."""
        request.waits = by > 0
        self.book.move("queue", by, now)
        if request.client:
            self.book.move("living_queue", by, now)

    def count_handlers(self, now):
        busy = len(self.served)
        for name, there in (("busy", busy), ("capacity", max(self.settings.present(), busy))):
            self.book.move(name, there - self.book.level[name], now)

    def serve(self, request, now):
        """Start a service; its length is fixed now. The client's patience stands still."""
        door, client = self.evening.door, request.client
        request.started = now
        self.served[request] = None
        self.count_handlers(now)
        if request.foreign:
            drawn = self.foreign_services[request.number]
        else:
            drawn = self.luck.service(self.listeners[request.number].who, request.attempt)
        n = len(self.served)
        crowded = 1 + door.contention * (n - 1) + door.coherency * n * (n - 1)
        slowed = self.settings.slowed()
        kind = FOREIGN_END if request.foreign else SERVICE_END
        ends = now + self.luck.whole(drawn * slowed * crowded)
        self.put(ends, kind, request.number, request.attempt, request)
        if client:
            client.patience_left, client.patience_ends = client.patience_ends - now, None

    def free(self, request, now):
        del self.served[request]
        self.count_handlers(now)

    def service_ends(self, request, now):
        """A handler is free; a client who is still there joins, unless the stage is full."""
        took = now - request.started
        self.free(request, now)
        self.book.count("services", now)
        self.book.count("work_s", now, took)
        if request.foreign:
            self.book.count("foreign_services", now)
        elif request.client:
            self.seat(request, now)
        else:
            self.book.count("dead_services", now)
            self.book.count("dead_work_s", now, took)
            self.book.count("dead_after_s", now, now - max(request.started, request.deserted))
        self.take_next(now)

    def seat(self, request, now):
        """The client joins, unless every seat is taken or reserved for somebody else."""
        client, stage = request.client, self.evening.stage
        if self.taken() - client.reserved >= self.seats:
            self.refuse(request, "refused_no_seat", now)
            if stage.when_full == "collapse":
                self.restart(now + stage.restart_s, now)
            return
        self.parts(request, now)
        if not client.joined_attempt:
            client.joined, client.joined_attempt = now, client.attempts
        client.last_joined, client.outcome = now, Outcome.IN
        self.inside[client.index] = client
        self.book.count("joins", now)
        self.book.move("inside", 1, now)
        client.leaves = now + self.luck.stay(client.who, client.attempts)
        self.put(client.leaves, LEAVING, client.index, client.attempts)
        self.time_admission(now)

    def goes_out(self, listener, now):
        del self.inside[listener.index]
        listener.leaves = None
        self.book.move("inside", -1, now)

    # ------------------------------------------------------------------ what follows a failure

    def refuse(self, request, flow, now):
        """Turn a request away; its client is told what the door asks of clients at this moment."""
        if request.foreign:
            self.book.count("foreign_refused", now)
            return
        self.book.count(flow, now)
        self.fails(request, now, told=self.settings.now["retry_after_s"])

    def parts(self, request, now):
        """A client and a request part, and with the attempt ends the reservation; the request stays where it is."""
        client, request.client, request.deserted = request.client, None, now
        client.request = None
        if request.waits:
            self.book.move("living_queue", -1, now)
        if client.reserved:
            client.reserved = False
            self.book.move("reserved", -1, now)

    def fails(self, request, now, told=None):
        """An attempt ends without success: patience goes on if it stood still, and so does the effort."""
        client = request.client
        self.parts(request, now)
        client.failed += 1
        if client.patience_ends is None:
            self.patience_runs(client, client.patience_left, now)
        self.try_again(client, told, now)
        self.time_admission(now)

    def try_again(self, listener, told, now):
        """After a failure: a pause and the next attempt, unless attempts are used up."""
        most = self.evening.crowd.retries.most
        if most is not None and listener.failed >= most:
            self.give_up(listener, Reason.ATTEMPTS, now)
            return
        pause = self.luck.pause(listener.who, listener.attempts, listener.failed, told)
        listener.comes = now + pause
        self.put(listener.comes, REQUEST, listener.index, listener.attempts + 1)

    def patience_runs(self, listener, left, now):
        listener.patience_ends = now + left
        self.put(listener.patience_ends, PATIENCE, listener.index, listener.attempts)

    def give_up(self, listener, reason, now):
        """Somebody goes for good; who had been in once is counted as left."""
        if listener.index in self.line:
            del self.line[listener.index]
            self.book.move("waiting_room", -1, now)
        if listener.request:
            self.parts(listener.request, now)
        listener.comes = listener.patience_ends = None
        listener.left, listener.reason = now, reason
        listener.outcome = Outcome.LEFT if listener.joined_attempt else Outcome.GAVE_UP
        self.book.count("did_not_return" if listener.joined_attempt else "gave_up", now)
        self.time_admission(now)

    def tables(self):
        rows = np.zeros(len(self.listeners), LISTENER)
        for name in LISTENER.names:
            rows[name] = [getattr(listener, name) for listener in self.listeners]
        return rows, self.book.close()
