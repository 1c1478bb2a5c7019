"""What holds at the door at each moment, and who changes it: the settings of the witness of `heap_witness`."""

from __future__ import annotations

import itertools
import math

from loadbearing.scenario import (
    CHANGEABLE,
    COUNTED,
    HandlersLost,
    Restart,
    ServiceSlowed,
    Timetable,
    in_room,
)

FAULT, OPENING, STARTED, CONTROLLER = range(4)
"""What is set at one moment is set in this order, then by place in the list, an end after its start."""


class Settings:
    """The settings of the door and the waiting room, the faults under way, handlers that are still starting.

    What is to be set is planned as (time, order, what, to); whoever keeps the time hands (what, to) back to `apply`
    when it is due, "look" to `look`, and carries out a "restart" (`to`: until when the door is shut).
    """

    def __init__(self, evening):
        self.evening, room = evening, evening.waiting_room
        self.now = {what: getattr(evening.door, what, None) for what in CHANGEABLE}
        del self.now["mended"]
        self.now["waiting_room"] = False
        self.now["admits_per_s"] = room.admits_per_s if room else None
        self.faults = {}  # by place in the list
        self.wanted = None  # handlers, and how long new ones take to start
        self.orders = []  # handlers that are starting, in order of their orders
        self.memory = [{} for _ in evening.controllers]
        self.served = [(evening.starts_s, self.now["handlers"])]  # how many, from when

    def plan(self):
        """Yield all that is known before the evening begins."""
        evening, room = self.evening, self.evening.waiting_room
        for index, fault in enumerate(evening.faults):
            until = fault.at_s + fault.lasts_s
            if isinstance(fault, Restart):
                yield fault.at_s, (FAULT, index, 0), "restart", until
            else:
                yield fault.at_s, (FAULT, index, 0), "begins", index
                yield until, (FAULT, index, 1), "ends", index
        if room and room.opens_s is not None:
            yield room.opens_s, (OPENING, 0, 0), "waiting_room", True
        for index, controller in enumerate(evening.controllers):
            if isinstance(controller, Timetable):
                for at, change in enumerate(controller.changes):
                    yield change.at_s, (CONTROLLER, index, at), change.what, change.to
            else:
                first = evening.starts_s + controller.every_s
                yield first, (CONTROLLER, index, 0), "look", index

    def apply(self, what, to):
        """Set one thing that is due."""
        if what == "begins":
            self.faults[to] = self.evening.faults[to]
        elif what in ("ends", "mended"):
            self.faults.pop(to, None)
        elif what == "started":
            self.now["handlers"] += to.pop("handlers", 0)
        elif what == "handlers":
            self.wanted = (to, 0.0)
        else:
            self.now[what] = to

    def look(self, index, shown, book, now):
        """Let a controller read its dashboard, where there is an interval to show, and do what it answers.

        `shown`: the settings on the dashboard. Yields what is to be set later.
        """
        controller = self.evening.controllers[index]
        again, until = now + controller.every_s, now - controller.lag_s
        yield again, (CONTROLLER, index, 0), "look", index
        since = max(self.evening.starts_s, until - controller.every_s)
        if since >= until:
            return
        seen = book.read(since, until, controller.room, now)
        seen.settings = {what: in_full(what, to, controller.room) for what, to in shown.items()}
        seen.memory = self.memory[index]
        seen.serving_mean = round(self.served_on_average(since, until) / controller.room, 9)
        for what, wanted in (controller.decide(now, seen) or {}).items():
            to = in_room(what, wanted, controller.room)
            if what == "handlers":
                self.wanted = (to, controller.boot_s)
            else:
                self.apply(what, to)

    def served_on_average(self, since, until):
        """Return how many handlers had been ordered and had started, lost ones included, on average."""
        marks = sorted({since, until, *(time for time, _ in self.served if since < time < until)})
        total = 0.0
        for begin, end in itertools.pairwise(marks):
            latest = [many for time, many in self.served if time <= begin][-1]
            total += latest * (end - begin)
        return total / (until - since)

    def order_wanted(self, now):
        """Order what the last one to speak at this moment wanted. Yields what is to be set later."""
        if self.wanted is not None:
            (to, boot_s), self.wanted = self.wanted, None
            if order := self.order(to, boot_s > 0):
                yield now + boot_s, (STARTED, len(self.orders), 0), "started", order

    def order(self, wanted, slowly=False):
        """Order handlers or send some away, the last ordered first; return the order if they are slow to start."""
        starting = sum(order.get("handlers", 0) for order in self.orders)
        more = wanted - self.now["handlers"] - starting
        if more > 0 and slowly:
            self.orders.append({"handlers": more})
            return self.orders[-1]
        for order in reversed(self.orders):
            fewer = max(0, min(-more, order.get("handlers", 0)))
            more += fewer
            if fewer:
                order["handlers"] -= fewer
        self.now["handlers"] += more
        return None

    def under_way(self, kind):
        """Return the faults of one kind that are under way, as they are listed."""
        return [one for _, one in sorted(self.faults.items()) if isinstance(one, kind)]

    def present(self):
        """Return how many handlers there are, whether or not others are finishing what they began."""
        lost = sum(fault.handlers for fault in self.under_way(HandlersLost))
        return max(0, self.now["handlers"] - lost)

    def slowed(self):
        """Return how many times as long a service takes that starts now, the other handlers aside."""
        return math.prod(fault.factor for fault in self.under_way(ServiceSlowed))


def in_full(what, to, room):
    """Return a setting as it would be in the full room."""
    if to is None or what not in COUNTED:
        return to
    return to / room if what == "admits_per_s" else round(to / room)
