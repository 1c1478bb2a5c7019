"""The reference: the rules of the evening in SimPy, written to be read aloud.

A listener is a process that sends attempts until one succeeds or patience ends. The `Door` is handlers side by
side behind one queue; in front of it stand the `Guard` and the `WaitingLine`; they live in `door`. Equal times are
taken in the order (time, class, listener, attempt), so that the compiled twin can agree on every listener to the last
bit; what an event sets off happens before the next one.
"""

from __future__ import annotations

import math

import numpy as np

from loadbearing import draws
from loadbearing.engines.account import SoFar, account, sampled, sorted_lives
from loadbearing.engines.door import (
    FOREIGN_REQUEST,
    LEAVING,
    NOBODY,
    OUT_OF_PATIENCE,
    REQUEST,
    TIME_OUT,
    Clock,
    Door,
    Guard,
    Request,
    Seats,
    WaitingLine,
)
from loadbearing.run import FLOWS, LEVELS, LIFE, LISTENER, WORK, Moment, Outcome, Reason
from loadbearing.scenario import BACKOFF_STEPS


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
        self.asked = {}
        limit = _or(evening.door.queue_limit, math.inf)
        rules = (evening.door.handlers, limit, evening.door.discipline, evening.door.drops_dead)
        self.door = door(self.clock, rules, self.service_time, self.account)
        self.guard = Guard(self.clock, _or(evening.door.retry_budget, math.inf))
        self.seats = Seats(self.account, _or(evening.stage.seats, math.inf))
        self.line = WaitingLine(self.clock, self.account, evening.waiting_room, self.seats)
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
        """One listener's evening: attempts and pauses, until in or out of them or of patience; anew after a restart."""
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
            pause = self.pause(i, failed, me.attempts)
            again = clock.at(clock.now + pause, REQUEST, i, me.attempts + 1)
            fed_up = clock.at(patience, OUT_OF_PATIENCE, i, me.attempts)
            yield again | fed_up
            if fed_up.processed:
                return self.give_up(i, me, Reason.PATIENCE)

    def attempt(self, i, me, patience):
        """One attempt, by the waiting room if it is open; return what came of it, and when patience would now end."""
        reserved = False
        if self.line.is_open:
            self.account.note(i, me.attempts, Moment.IN_LINE)
            through = self.line.stand(i)
            fed_up = self.clock.at(patience, OUT_OF_PATIENCE, i, me.attempts)
            yield through | fed_up
            if not through.triggered:
                self.line.leave(i)
                return "out of patience", patience
            reserved = through.value
            self.account.note(i, me.attempts, Moment.ADMITTED)
        if math.isnan(me.first_sent):
            me.first_sent = self.clock.now
        request = Request(self.clock, i, me.attempts)
        result, patience = yield from self.at_the_door(request, patience)
        if reserved:
            self.seats.reserve(-1)
        if result == "served":
            result = self.take_seat(i, me)
        self.line.settle()
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
        """The client is refused, and knows why; a restart has asked it already to wait."""
        self.asked.setdefault(request.listener, self.retry_after)
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
        if not self.seats.left():
            self.asked[i] = self.retry_after
            self.account.count("refused_no_seat")
            self.account.note(i, me.attempts, Moment.REFUSED_NO_SEAT)
            if self.stage.when_full == "collapse":
                self.restart(self.clock.now, self.clock.now + self.stage.restart_s)
            return "refused"
        self.seats.taken[i] = self.clock.event()
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
        stay, disconnected = math.inf, self.seats.taken[i]
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
        del self.seats.taken[i]
        self.account.count("leavers")
        self.account.note(i, me.attempts, Moment.LEFT)
        me.outcome, me.left = Outcome.LEFT, self.clock.now
        self.line.settle()
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

    def pause(self, i, failed, attempt):
        """How long this listener waits after so many failed attempts; a refusal may have asked for more."""
        rule, round_trip = self.crowd.retries, self.crowd.round_trip_s
        asked = draws.whole_ticks(self.asked.pop(i, 0.0), self.tick)
        if self.draw(draws.QUICK, i, 0) < rule.quick_share:
            return round_trip
        drawn = self.pauses[min(failed, BACKOFF_STEPS) - 1]
        if rule.jitter == "full":
            drawn = self.draw(draws.BACKOFF, i, attempt) * drawn
        elif rule.jitter == "exponential":
            drawn = draws.exponential(self.draw(draws.BACKOFF, i, attempt), drawn)
        pause = max(round_trip, draws.whole_ticks(drawn, self.tick))
        return max(pause, asked) if rule.honours_retry_after else pause

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
            self.line.is_open = to
        else:
            self.line.rate = to

    def restart(self, now, until):
        """Queue and services vanish, everybody inside is disconnected, and the door is shut until then."""
        self.clock._now = now
        self.guard.shut_until = max(self.guard.shut_until, until)
        waiting = []
        while self.door.queue:
            waiting.append(self.door.queue.popleft())
        self.door.busy = 0
        for request in [*waiting, *self.account.cut_off()]:
            if request.left is None:
                self.asked[request.listener] = self.retry_after
            request.sweep_away()
        for disconnected in self.seats.taken.values():
            disconnected.succeed()
        self.seats.taken.clear()
        self.line.settle()

    def reconsider(self, now):
        """After faults and changes: handlers take what waits, and a waiting room that was closed empties."""
        self.clock._now = now
        self.settle_capacity()
        self.door.take_next()
        self.line.empty()

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
