"""What acts on the evening from outside: faults, the opening of the waiting room, handlers that start, controllers.

Both engines run up to the next moment at which something acts, and stop before anything else happens then. All that
falls on one moment is set first, in order; then the door looks once. Controllers see the account as a dashboard
would: whole intervals of whole seconds, as old as their lag says.
"""

from __future__ import annotations

import heapq
import itertools
import math

import numpy as np

from loadbearing.parts import ScenarioError, checked, nearest
from loadbearing.run import ACTION, DONE, FLOWS, LEVELS, WORK
from loadbearing.scenario import (
    CHANGEABLE,
    COUNTED,
    ForeignLoad,
    HandlersLost,
    Restart,
    ServiceSlowed,
    Timetable,
    in_room,
)

DIGITS = 9
FAULTS, OPENING, STARTED, CONTROLLERS = range(4)


class PolicyError(RuntimeError):
    """A policy that failed or answered with something that cannot be done: which one, when, and what to do."""


class Telemetry:
    """What a dashboard shows of one interval, in full numbers whatever the size of the room.

    `from_s`, `until_s`: the interval, in seconds from the start. Each flow (arrivals, retries ...): how many in the
    interval. Each level (queue, busy, inside ...): how many at its end; with `_mean`, on average. Each
    kind of work (work_s, dead_work_s ...): handler seconds. `utilization`: busy seconds of capacity seconds.
    `serving_mean`: the handlers that had been ordered and had started, on average, those lost to a fault included.
    `settings`: what is set just now, without any lag. `memory`: a dictionary that is empty when the evening begins and
    belongs to this controller alone.
    """

    def __init__(self, from_s, until_s, values, settings, memory):
        self.from_s, self.until_s = from_s, until_s
        self.settings, self.memory = settings, memory
        self.__dict__.update(values)

    def __getattr__(self, name):
        raise AttributeError(f"Telemetry has no {name!r}. {nearest(name, sorted(vars(self)))}")


class _Dashboard:
    """The account as one controller sees it; it remembers the levels at the end of its last interval."""

    def __init__(self, controller, evening, engine):
        self.controller, self.evening, self.engine = controller, evening, engine
        self.seen, self.level = 0, np.zeros(len(LEVELS), np.int64)
        self.memory = {}

    def read(self, now, settings, served):
        """Return the `Telemetry` of the interval that ended `lag_s` ago, or None if there was none yet.

        `served`: (time, how many handlers served from then), in order of time.
        """
        starts, room = self.evening.starts_s, self.controller.room
        until = round(now) - self.controller.lag_s
        since = max(starts, until - self.controller.every_s)
        if until <= since:
            return None
        first, last = since - starts, until - starts
        tables = self.engine.account_so_far()
        self.level = self.level + tables.deltas[self.seen : first].sum(axis=0)
        deltas = tables.deltas[first:last]
        before = self.level + np.cumsum(deltas, axis=0) - deltas
        self.level, self.seen = self.level + deltas.sum(axis=0), last
        areas = (before + tables.areas[first:last]).sum(axis=0)
        values = _in_full(FLOWS, tables.flows[first:last].sum(axis=0), room)
        values |= _in_full(LEVELS, self.level, room)
        for name, area in zip(LEVELS, areas.tolist(), strict=True):
            values[name + "_mean"] = area / (until - since) / room
        for name, amount in zip(WORK, tables.work[first:last].sum(axis=0).tolist(), strict=True):
            values[name] = amount / room
        busy, capacity = (areas[LEVELS.index(name)] for name in ("busy", "capacity"))
        values["utilization"] = round(float(busy / capacity), DIGITS) if capacity > 0 else 0.0
        values["serving_mean"] = round(_mean_of(served, since, until) / room, DIGITS)
        full = {name: _setting_in_full(name, value, room) for name, value in settings.items()}
        return Telemetry(since, until, values, full, self.memory)


def _mean_of(steps, since, until):
    """Return the mean, from one time to another, of what was so much from each time on."""
    ends = [time for time, _ in steps[1:]] + [until]
    return sum(
        value * max(0.0, min(end, until) - max(time, since))
        for (time, value), end in zip(steps, ends, strict=True)
    ) / (until - since)


def _setting_in_full(name, value, room):
    """Return a setting as it would be in the full room."""
    if name not in COUNTED or value is None:
        return value
    return value / room if name == "admits_per_s" else round(value / room)


def _in_full(names, counts, room):
    """Return counts by name, as they would be in the full room."""
    return {name: round(count / room) for name, count in zip(names, counts.tolist(), strict=True)}


class Control:
    """All that acts on one evening, in order of time; `act` does what is due and lets the door look again."""

    def __init__(self, evening, engine):
        self.evening, self.engine = evening, engine
        self.agenda, self.turn = [], itertools.count()
        self.lost, self.slowed, self.under_way = 0, {}, set()
        self.serving, self.starting = evening.door.handlers, []
        self.served = [(evening.starts_s, self.serving)]
        self.settings = _settings(evening)
        self.actions, self.wanted = [], None
        self.dashboards = [
            None if isinstance(one, Timetable) else _Dashboard(one, evening, engine)
            for one in evening.controllers
        ]
        self._put_on_the_agenda()

    def _put_on_the_agenda(self):
        for index, fault in enumerate(self.evening.faults):
            if isinstance(fault, ForeignLoad):
                continue
            self._plan(
                fault.at_s, (FAULTS, index, 0), lambda now, f=fault, i=index: self._begin(f, i, now)
            )
            if not isinstance(fault, Restart):
                self._plan(
                    fault.at_s + fault.lasts_s,
                    (FAULTS, index, 1),
                    lambda now, f=fault, i=index: self._end(f, i),
                )
        room = self.evening.waiting_room
        if room is not None and room.opens_s is not None:
            self._plan(room.opens_s, (OPENING, 0, 0), lambda now: self._set("waiting_room", True))
        for index, controller in enumerate(self.evening.controllers):
            if isinstance(controller, Timetable):
                for time in controller.wakes():
                    self._plan(
                        time,
                        (CONTROLLERS, index, 0),
                        lambda now, t=time, i=index: self._keep(t, i, now),
                    )
            else:
                self._wake(index, self.evening.starts_s + controller.every_s)

    def _plan(self, time, order, act):
        if time <= self.evening.ends_s:
            heapq.heappush(self.agenda, (time, order, next(self.turn), act))

    def _wake(self, index, time):
        self._plan(time, (CONTROLLERS, index, 0), lambda now: self._ask(index, now))

    @property
    def next_s(self):
        """When something acts next, in seconds, or inf; what should have acted earlier does when the account begins."""
        return max(self.evening.starts_s, self.agenda[0][0]) if self.agenda else math.inf

    def act(self):
        """Do all that is due now, in order, and let the door look once."""
        now = self.next_s
        self.seen = dict(self.settings)
        while self.agenda and self.agenda[0][0] <= now:
            heapq.heappop(self.agenda)[3](now)
        if self.wanted is not None:
            self._order(*self.wanted, now)
            self.wanted = None
        self.engine.reconsider(now)

    # ------------------------------------------------------------------------------------- Faults

    def _begin(self, fault, index, now):
        self.under_way.add(index)
        if isinstance(fault, Restart):
            self.engine.restart(now, fault.at_s + fault.lasts_s)
        elif isinstance(fault, HandlersLost):
            self.lost += fault.handlers
            self._present()
        elif isinstance(fault, ServiceSlowed):
            self.slowed[index] = fault.factor
            self._slow()

    def _end(self, fault, index):
        """A fault is over, or mended; one that was mended earlier or has not begun is left alone."""
        if index not in self.under_way:
            return
        self.under_way.remove(index)
        if isinstance(fault, HandlersLost):
            self.lost -= fault.handlers
            self._present()
        else:
            del self.slowed[index]
            self._slow()

    def _slow(self):
        factor = 1.0
        for index in sorted(self.slowed):
            factor *= self.slowed[index]
        self.engine.set("slowed", factor)

    def _present(self):
        self.engine.set("present", max(0, self.serving - self.lost))

    # ------------------------------------------------------------------------------------- Controllers

    def _keep(self, time, index, now):
        """A timetable makes its changes."""
        for change in self.evening.controllers[index].act(time):
            self._change(index, now, change.what, change.to, 0.0)

    def _ask(self, index, now):
        """A controller looks at its dashboard and answers with changes; it looks again one interval later."""
        controller = self.evening.controllers[index]
        self._wake(index, now + controller.every_s)
        telemetry = self.dashboards[index].read(now, self.seen, self.served)
        if telemetry is None:
            return
        for what, to in self._answer(index, controller, now, telemetry).items():
            self._change(index, now, what, in_room(what, to, controller.room), controller.boot_s)

    def _answer(self, index, controller, now, telemetry):
        """Return what a controller decided, checked; raise `PolicyError` with a sentence if it makes no sense."""
        where = f"Controller {index}, at {now:.0f} seconds,"
        try:
            answer = controller.decide(now, telemetry)
        except Exception as error:
            raise PolicyError(
                f"{where} failed with {type(error).__name__}: {error}. Its function gets (now, telemetry) and "
                'returns changes such as {"queue_limit": 500}, or None.'
            ) from error
        if answer is None:
            return {}
        if not isinstance(answer, dict):
            raise PolicyError(
                f'{where} answered {answer!r}; return a dictionary such as {{"queue_limit": 500}}, or None.'
            )
        changes = {}
        for what, to in answer.items():
            if what not in CHANGEABLE:
                raise PolicyError(
                    f"{where} changes {what!r}, which nobody can. {nearest(what, CHANGEABLE)}"
                )
            if what in ("waiting_room", "admits_per_s") and self.evening.waiting_room is None:
                raise PolicyError(
                    f"{where} changes {what!r}, but the scenario has no waiting room; give it one: "
                    "waiting_room=WaitingRoom(admits_per_s=..., opens_s=None)."
                )
            try:
                changes[what] = checked(what, to, CHANGEABLE[what])
                if what == "mended":
                    self.evening.check_mended(what, changes[what])
            except ScenarioError as error:
                raise PolicyError(f"{where} {error}") from error
        return changes

    def _change(self, index, now, what, to, boot_s):
        self.actions.append((now, index, DONE.index(what), _as_number(what, to)))
        if what == "handlers":
            self.wanted = (to, boot_s, index)
        else:
            self._set(what, to)

    def _set(self, what, to):
        if what == "mended":
            self._end(self.evening.faults[to], to)
            return
        self.settings[what] = to
        self.engine.set(what, to)

    def _order(self, wanted, boot_s, index, now):
        """Order handlers, or send some away, until as many are serving or starting as the last one wanted."""
        more = wanted - self.serving - sum(count for _, count, _ in self.starting)
        if more > 0 and boot_s > 0:
            batch = [now + boot_s, more, index]
            self.starting.append(batch)
            self._plan(
                now + boot_s, (STARTED, next(self.turn), 0), lambda at: self._started(batch, at)
            )
        elif more > 0:
            self._serve(self.serving + more, index, now)
        while more < 0 and self.starting:
            latest = self.starting[-1]
            kept = max(0, latest[1] + more)
            more += latest[1] - kept
            latest[1] = kept
            if not kept:
                self.starting.pop()
        if more < 0:
            self._serve(self.serving + more, index, now)

    def _started(self, batch, now):
        """Handlers that were ordered a while ago begin to serve, those at least that were not sent away meanwhile."""
        _, count, index = batch
        if count:
            self.starting.remove(batch)
            self._serve(self.serving + count, index, now)

    def _serve(self, serving, index, now):
        self.serving = self.settings["handlers"] = serving
        self.served.append((now, serving))
        self.actions.append((now, index, DONE.index("serving"), serving))
        self._present()

    def table(self):
        """Return what was done, as `Run.actions` holds it."""
        return np.array(self.actions, ACTION)


def _settings(evening):
    """What is set when the evening begins, by the name by which it can be changed."""
    room, door = evening.waiting_room, evening.door
    told = {what: getattr(door, what) for what in CHANGEABLE if hasattr(door, what)}
    return told | {"waiting_room": False, "admits_per_s": room.admits_per_s if room else None}


def _as_number(what, to):
    if to is None:
        return math.inf
    return float(to == "lifo") if what == "discipline" else float(to)
