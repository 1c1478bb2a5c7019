"""The real waiting room: a line in front of the door, with a ticket for each attempt that stands in it.

Its head is let through at max(now, last admission + 1 / rate), as in `engines.door.WaitingLine`. The difference is that
clients are far away: whoever is let through learns of it the next time they ask for their place, and goes to the
door then. Each answer says when to ask again, so that all their asking together stays bounded.
"""

from __future__ import annotations

import asyncio
import bisect
import math

from loadbearing.live.record import PENDING
from loadbearing.run import Moment

SOONEST_S, LATEST_S, ASKED_PER_S = 0.2, 5.0, 200
"""How soon a client may ask for its place again, how late at most in a short line, and how often all together."""
SILENT_S = 5.0
"""Whoever has not asked for so long after they should have is taken to be gone."""


class Standing:
    """One attempt in the waiting room."""

    def __init__(self, ticket, listener, attempt, now):
        self.ticket, self.listener, self.attempt, self.in_line = ticket, listener, attempt, now
        self.sent = self.started = self.ended = self.skipped = self.gone = math.nan
        self.answer = PENDING
        self.admitted, self.expected = False, now + LATEST_S


class RealLine:
    """The line. `stand`, `said`, `through` and `leave` are what a client can do; `write` hears of those who left."""

    def __init__(self, clock, room, write):
        self.clock, self.write = clock, write
        self.rate = room.admits_per_s if room else 0.0
        self.is_open = False
        self.tickets, self.waiting = {}, []
        self.last, self.timer, self.next_ticket = -math.inf, None, 1
        self.admitted = 0

    def __len__(self):
        return len(self.waiting)

    def stand(self, listener, attempt):
        """An attempt takes the last place; return its `Standing`."""
        one = Standing(self.next_ticket, listener, attempt, self.clock.now)
        self.next_ticket += 1
        self.tickets[one.ticket] = one
        self.waiting.append(one.ticket)
        self.settle()
        return one

    def said(self, one):
        """Return what a client learns about its place: a dictionary for JSON."""
        place = 0 if one.admitted else bisect.bisect_left(self.waiting, one.ticket) + 1
        poll_s = 0.0 if one.admitted else self.poll_s(place)
        one.expected = self.clock.now + poll_s
        told = {"ticket": one.ticket, "place": place, "poll_s": poll_s}
        return told | {"admitted": True} if one.admitted else told

    def poll_s(self, place):
        """When to ask again, in seconds: about when one's turn comes, and the later the longer the line."""
        latest = max(LATEST_S, len(self.waiting) / ASKED_PER_S)
        turn = place / self.rate if self.rate > 0 else latest
        return round(min(latest, max(SOONEST_S, turn)), 3)

    def through(self, one):
        """An admitted attempt is at the door: its ticket is used up."""
        self.tickets.pop(one.ticket, None)

    def leave(self, one):
        """A client leaves the line, or was let through and never came."""
        self.tickets.pop(one.ticket, None)
        if not one.admitted:
            del self.waiting[bisect.bisect_left(self.waiting, one.ticket)]
        one.gone, one.answer = self.clock.now, Moment.GAVE_UP
        self.write(one)
        self.settle()

    def forget_the_silent(self):
        """Take out whoever has not asked for their place for a long time."""
        now = self.clock.now
        for one in [*self.tickets.values()]:
            if now > one.expected + SILENT_S + 2 * LATEST_S * (not one.admitted):
                self.leave(one)

    def change_rate(self, rate):
        """Let people through at another rate from now on; it applies to the head at once."""
        self.rate = rate
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        self.settle()

    def settle(self):
        """Let through whoever's turn has come; a waiting room that was closed lets everybody through."""
        while self.waiting and not self.is_open:
            self.admit()
        if self.timer is None and self.waiting and self.rate > 0:
            self.plan(max(self.clock.now, self.last + 1 / self.rate))

    def plan(self, due):
        """The head goes on at `due`; what is late already goes on now, so that a busy computer loses no admission."""
        while due <= self.clock.now and self.waiting:
            self.last = due
            self.admit()
            due += 1 / self.rate
        if self.waiting:
            loop = asyncio.get_running_loop()
            self.timer = loop.call_later(due - self.clock.now, self.turn, due)

    def turn(self, due):
        """The time has come."""
        self.timer = None
        if self.waiting:
            self.plan(due)

    def admit(self):
        """The head leaves the line; its client learns of it when it asks."""
        one = self.tickets[self.waiting.pop(0)]
        one.admitted, one.expected = True, max(one.expected, self.clock.now)
        self.admitted += 1

    def end(self):
        """Everything stops where it is: whoever stands here is written down as pending."""
        for one in self.tickets.values():
            self.write(one)
        self.tickets.clear()
        self.waiting.clear()
