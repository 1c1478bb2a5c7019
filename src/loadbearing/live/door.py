"""The real door: the rules of the evening kept by a server, in real time.

Handlers side by side behind one bounded queue, as `engines.door` has them; but here time passes by itself, and a client
that goes away closes its socket. A service is a wait of the length that the simulation draws for the same listener
and attempt. A part of it is spent holding a lock that all handlers share, so that they really slow each other down:
this is no formula, and what the formula says of it has to be found by measuring.

`engines.control.Control` acts on this door as it acts on a simulated one: faults, timetables, the waiting room's
opening. Everything here runs in one event loop; nothing waits but services.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import math
import time

from loadbearing import draws
from loadbearing.engines.control import Control
from loadbearing.engines.door import Guard
from loadbearing.live.line import RealLine
from loadbearing.live.record import PENDING
from loadbearing.run import Moment
from loadbearing.scenario import HandlersLost, ServiceSlowed, Timetable

MOST_HANDLERS = 10_000
NAP_S = 0.05


class Unservable(ValueError):
    """An evening that the real door cannot keep: which field, its value, and what to do."""


class RealClock:
    """Seconds from the announced start, by a clock that every process of this computer shares."""

    def __init__(self, announced):
        self.announced = announced

    @property
    def now(self):
        """The time, in seconds from the announced start."""
        return time.monotonic() - self.announced


def check(evening):
    """Raise `Unservable` with a sentence if the real door cannot keep this evening's rules."""
    kinds = {type(one).__name__ for one in (*evening.faults, *evening.controllers)}
    other = sorted(kinds - {one.__name__ for one in (HandlersLost, ServiceSlowed, Timetable)})
    if other:
        raise Unservable(
            f"The evening has {other[0]}; the real door knows HandlersLost, ServiceSlowed and Timetable: leave it out."
        )
    if evening.stage.seats is not None:
        raise Unservable(
            f"Stage.seats is {evening.stage.seats}; the real door has room for everybody: set it to None."
        )
    if evening.tick_s is not None:
        raise Unservable(
            f"Scenario.tick_s is {evening.tick_s}; real time has no ticks: set it to None."
        )
    if evening.door.handlers > MOST_HANDLERS:
        raise Unservable(
            f"Door.handlers is {evening.door.handlers:,}; the real door has at most {MOST_HANDLERS:,}: "
            "use scenario.scaled(...)."
        )


class Asked:
    """One attempt at the real door."""

    def __init__(self, listener, attempt, sent, in_line=math.nan):
        self.listener, self.attempt, self.in_line, self.sent = listener, attempt, in_line, sent
        self.started = self.ended = self.skipped = self.gone = math.nan
        self.answer, loop = PENDING, asyncio.get_running_loop()
        self.taken, self.answered = loop.create_future(), loop.create_future()

    @property
    def has_gone(self):
        """Whether its client has stopped waiting."""
        return not math.isnan(self.gone)


class RealDoor:
    """The way in. `ask` takes one attempt; `write` hears of each attempt when nothing more can happen to it.

    `evening`: a `Scenario` that `check` lets pass, its weather applied. `clock`: a `RealClock`. `observe(seconds)`
    hears how long each service took. Made inside a running event loop; `keep` acts by the evening's own agenda.
    """

    def __init__(self, evening, seed, clock, write, observe=lambda seconds: None):
        check(evening)
        door = evening.door
        self.evening, self.clock, self.write, self.observe = evening, clock, write, observe
        self.present, self.broken, self.slowed, self.hand_slowed = door.handlers, 0, 1.0, 1.0
        self.queue_limit, self.discipline = _or(door.queue_limit, math.inf), door.discipline
        self.drops_dead, self.retry_after = door.drops_dead, _or(door.retry_after_s, 0.0)
        self.guard = Guard(clock, _or(door.retry_budget, math.inf))
        self.line = RealLine(clock, evening.waiting_room, write)
        self.keys = [draws.key(seed, purpose) for purpose in (draws.SERVICE, draws.SERVICE_ANGLE)]
        self.who = draws.arrivals(evening, seed)[1].tolist()
        self.busy, self.living, self.queue, self.open = 0, 0, collections.deque(), {}
        self.counts = collections.Counter()
        self.busy_s = 0.0
        self.shared, self.tasks, self.taken = asyncio.Lock(), set(), 0
        self.control = Control(evening, self)

    @property
    def handlers(self):
        """How many handlers there are to serve, those that are lost left out."""
        return max(0, self.present - self.broken)

    # --- one attempt ------------------------------------------------------------------------------

    def ask(self, listener, attempt, in_line=math.nan):
        """Take one attempt that arrives now; its `answered` will hold what came of it, a `Moment`.

        `taken` is done when its service begins; both are cancelled if the door closes before. The checks, in order:
        the retry budget, a free handler, a full queue.
        """
        request = Asked(listener, attempt, self.clock.now, in_line)
        self.counts["attempts"] += 1
        refused = self.guard.refuses(request)
        if refused is None and self.busy >= self.handlers and len(self.queue) >= self.queue_limit:
            refused = Moment.REFUSED_FULL
        if refused is not None:
            self.counts[refused.name.lower()] += 1
            request.answered.set_result(refused)
            return self.close(request, refused)
        self.open[request] = None
        self.guard.let_in(request)
        if self.busy < self.handlers:
            self.serve(request, at=request.sent)
        else:
            self.living += 1
            self.queue.append(request)
        return request

    def go(self, request):
        """The client of an attempt has gone; the request stays where it is, and still costs what it costs."""
        if request.answered.done() or request.has_gone:
            return
        request.gone = self.clock.now
        request.answer = Moment.TIMED_OUT
        self.counts["timed_out"] += 1
        if math.isnan(request.started):
            self.living -= 1

    def close(self, request, answer):
        """Nothing more can happen to an attempt: it is written down."""
        request.answer = answer
        self.open.pop(request, None)
        self.write(request)
        return request

    # --- handlers ---------------------------------------------------------------------------------

    def serve(self, request, at):
        """A handler takes a request, whether or not its client is still there."""
        self.busy += 1
        request.started = at
        request.taken.set_result(None)
        task = asyncio.ensure_future(self.work(request, self.service_s(request), self.busy - 1))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def service_s(self, request):
        """How long a handler needs for this request when it is alone, in seconds; the luck is that of the simulation.

        Listeners beyond the evening's crowd, as a load test has them, draw by their own number.
        """
        rule, i = self.evening.door.service, request.listener
        who = self.who[i] if i < len(self.who) else i
        luck, angle = (draws.uniform(key, who, request.attempt) for key in self.keys)
        return draws.service(rule.mean_s, rule.cv, luck, angle) * self.slowed * self.hand_slowed

    async def work(self, request, alone_s, others):
        """The handler works: for a part of the time it holds what all handlers share. Then it takes what waits.

        Of a service of `alone_s` seconds the share `contention` is spent under the lock, and `coherency` more for each
        other handler that is busy when it begins; the rest runs side by side. Nobody waits for a lock that is
        free: it costs little until about 1 / contention handlers are busy, and beyond that nearly all that the law of
        the simulation says.
        """
        door = self.evening.door
        shared_s = alone_s * (door.contention + door.coherency * others)
        if shared_s > 0:
            async with self.shared:
                await asyncio.sleep(shared_s)
            await asyncio.sleep(max(0.0, alone_s * (1 - door.contention)))
        else:
            left_s = request.started + alone_s - self.clock.now
            await asyncio.sleep(max(0.0, left_s))
        self.finish(request)

    def finish(self, request):
        """A service ends: its client is in, or it was dead work; the handler takes what waits."""
        self.busy -= 1
        request.ended = self.clock.now
        lasted = request.ended - request.started
        self.counts["services"] += 1
        self.busy_s += lasted
        self.observe(lasted)
        if request.has_gone:
            self.counts["dead_services"] += 1
            self.close(request, Moment.TIMED_OUT)
        else:
            self.counts["joined"] += 1
            request.answered.set_result(Moment.JOINED)
            self.close(request, Moment.JOINED)
        self.take_next()

    def take_next(self):
        """Free handlers take what waits; dead requests are skipped at no cost, if that is the rule."""
        while self.queue and self.busy < self.handlers:
            request = self.queue.popleft() if self.discipline == "fifo" else self.queue.pop()
            self.taken += 1
            if not request.has_gone:
                self.living -= 1
            elif self.drops_dead:
                request.skipped = self.clock.now
                self.counts["skipped"] += 1
                self.close(request, Moment.TIMED_OUT)
                continue
            self.serve(request, at=self.clock.now)

    # --- what acts on it --------------------------------------------------------------------------

    def set(self, what, to):
        """Change one setting, as `Control` does: the handlers `present`, how much services are `slowed`, a rule."""
        if what == "queue_limit":
            self.queue_limit = _or(to, math.inf)
        elif what == "retry_after_s":
            self.retry_after = _or(to, 0.0)
        elif what == "retry_budget":
            self.guard.budget = _or(to, math.inf)
        elif what == "waiting_room":
            self.line.is_open = to
        elif what == "admits_per_s":
            self.line.change_rate(to)
        elif what in ("present", "slowed", "discipline", "drops_dead"):
            setattr(self, what, to)

    def reconsider(self, now):
        """After faults and changes: handlers take what waits, and a waiting room that was closed empties."""
        self.take_next()
        self.line.settle()

    async def keep(self):
        """Act by the evening's own agenda, each at its time, for as long as there is something to come."""
        while self.control.agenda:
            left_s = self.control.next_s - self.clock.now
            if left_s > 0:
                await asyncio.sleep(left_s)
            else:
                self.control.act()

    def break_down(self, handlers=0, slower=1.0, lasts_s=0.0):
        """Switch a fault on, now: so many handlers go, or services that start take so many times as long.

        It passes after `lasts_s` seconds. Return when it began and when it will be over, in seconds.
        """
        self.broken += handlers
        self.hand_slowed *= slower

        def mend():
            self.broken -= handlers
            self.hand_slowed /= slower
            self.take_next()

        asyncio.get_running_loop().call_later(lasts_s, mend)
        return self.clock.now, self.clock.now + lasts_s

    async def turn(self, within_s):
        """Stand in the queue as a request would, but cost no handler; return whether one's turn came within that time.

        A full queue refuses at once. This is how a dashboard's question waits behind the crowd.
        """
        if self.busy >= self.handlers and len(self.queue) >= self.queue_limit:
            return False
        mine, until = self.taken + len(self.queue), self.clock.now + within_s
        while self.taken < mine:
            if self.clock.now >= until:
                return False
            await asyncio.sleep(NAP_S)
        return True

    async def end(self):
        """Everything stops where it is: attempts that something could still happen to are written down as pending."""
        for task in self.tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self.tasks, return_exceptions=True)
        for request in [*self.open]:
            self.write(request)
            for coming in (request.taken, request.answered):
                coming.cancel()
        self.open.clear()
        self.line.end()


def _or(value, otherwise):
    return otherwise if value is None else value
