"""Records of load tests that no server made: handlers whose services take longer in company, by one law or another.

`multiplier`: the law of the simulation; a service that starts as one of n takes 1 + a(n-1) + b n(n-1) times as long.
`lock`: a real lock; a part of each service, a + b(n-1) of its length, is spent holding what all handlers share, one
after the other, and the rest, 1 - a of it, at once with all others.
"""

import collections
import heapq
import math

import numpy as np

from loadbearing import draws
from loadbearing.live.record import ATTEMPT
from loadbearing.run import Moment


class Made:
    """Users who ask, wait for the answer, think, and ask again, at a door with many handlers and one lock."""

    def __init__(self, law, mean_s, cv, contention, coherency, handlers, seed):
        self.law, self.mean_s, self.cv = law, mean_s, cv
        self.contention, self.coherency, self.handlers = contention, coherency, handlers
        self.keys = [draws.key(seed, purpose) for purpose in range(401, 405)]
        self.events, self.order, self.now = [], 0, 0.0
        self.queue, self.lock, self.held = collections.deque(), collections.deque(), False
        self.busy, self.rows = 0, []

    def luck(self, which, number):
        return draws.uniform(self.keys[which], number, 1)

    def at(self, time, what, *about):
        self.order += 1
        heapq.heappush(self.events, (time, self.order, what, about))

    def closed(self, users, think_s, lasts_s):
        """Return the record of so many users, who think for so long on average, exponentially distributed."""
        self.think_s, self.lasts_s = think_s, lasts_s
        for user in range(users):
            self.at(draws.exponential(self.luck(2, user), think_s), self.ask)
        return self.record()

    def ramp(self, steps, step_s):
        """Return the record of a stream of requests that nobody waits with: so many a second, step by step."""
        self.think_s, time, number = None, 0.0, 0
        for rate in steps:
            until = self.now + step_s
            while (time := time + draws.exponential(self.luck(2, number), 1 / rate)) < until:
                self.at(time, self.ask)
                number += 1
            self.now = time = until
        self.now, self.lasts_s = 0.0, step_s * len(steps)
        return self.record()

    def record(self):
        while self.events:
            self.now, _, what, about = heapq.heappop(self.events)
            what(*about)
        return np.array([tuple(row.values()) for row in self.rows], ATTEMPT)

    def ask(self):
        if self.now > self.lasts_s:
            return
        row = dict.fromkeys(ATTEMPT.names, math.nan) | {"listener": len(self.rows), "attempt": 1}
        row |= {"sent": self.now, "answer": int(Moment.JOINED)}
        self.rows.append(row)
        self.queue.append(row)
        self.take()

    def take(self):
        while self.queue and self.busy < self.handlers:
            row = self.queue.popleft()
            self.busy += 1
            row["started"] = self.now
            alone = draws.service(
                self.mean_s, self.cv, self.luck(0, row["listener"]), self.luck(1, row["listener"])
            )
            if self.law == "multiplier":
                slower = draws.slower(self.busy, self.contention, self.coherency)
                self.at(self.now + alone * slower, self.end, row)
            else:
                self.lock.append((row, alone, self.contention + self.coherency * (self.busy - 1)))
                self.take_lock()

    def take_lock(self):
        if self.lock and not self.held:
            row, alone, share = self.lock.popleft()
            self.held = True
            self.at(self.now + alone * share, self.free_lock, row, alone)

    def free_lock(self, row, alone):
        self.held = False
        self.at(self.now + alone * (1 - self.contention), self.end, row)
        self.take_lock()

    def end(self, row):
        row["ended"] = self.now
        self.busy -= 1
        self.take()
        if self.think_s is not None:
            number = 10**6 + row["listener"]
            self.at(self.now + draws.exponential(self.luck(2, number), self.think_s), self.ask)
