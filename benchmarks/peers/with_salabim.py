"""The surge in salabim, after its own example of a bank whose customers renege."""

from __future__ import annotations

import random

import salabim as sim

from benchmarks.work import Tally

WORKS = ("surge", "crush")


class Listener(sim.Component):
    """Sends requests until one is answered; `request` is the one that waits or is served just now."""

    def setup(self, evening):
        self.evening, self.request = evening, None

    def process(self):
        evening, work = self.evening, self.evening.work
        for attempt in range(1, work.most_attempts + 1):
            evening.attempts += 1
            if len(evening.waiting) < work.queue_limit:
                self.request = Request(client=self)
                self.request.enter(evening.waiting)
                evening.call_a_handler()
                yield self.hold(work.timeout_s)
                if self.request.answered:
                    evening.joins += 1
                    return
                self.request = None
                evening.unanswered += 1
            if attempt < work.most_attempts:
                yield self.hold(work.pause(attempt, evening.chance.random()))


class Request(sim.Component):
    """Waits in the queue, and keeps its place when its client has gone."""

    def setup(self, client):
        self.client, self.answered = client, False


class Handler(sim.Component):
    """Serves one request after the other."""

    def setup(self, evening):
        self.evening = evening

    def process(self):
        evening = self.evening
        while True:
            while not evening.waiting:
                yield self.passivate()
            request = evening.waiting.pop()
            yield self.hold(evening.chance.expovariate(1 / evening.work.service_s))
            if request.client.request is request:
                request.answered = True
                request.client.activate()


class Crowd(sim.Component):
    """Brings the listeners, one after the other."""

    def setup(self, evening, arrivals):
        self.evening, self.arrivals = evening, arrivals

    def process(self):
        for arrives in self.arrivals:
            yield self.hold(till=arrives)
            Listener(evening=self.evening)


class Evening:
    """The queue, the handlers and the tally of one evening."""

    def __init__(self, work, seed):
        self.work, self.chance = work, random.Random(seed)
        self.attempts = self.unanswered = self.joins = 0
        self.waiting = sim.Queue("waiting", monitor=False)
        self.handlers = [Handler(evening=self) for _ in range(work.handlers)]
        Crowd(evening=self, arrivals=work.arrivals(seed))

    def call_a_handler(self):
        """Wake one handler who has nothing to do."""
        for handler in self.handlers:
            if handler.ispassive():
                handler.activate()
                return


def run(work, seed):
    """Run one evening of this work and return its `Tally`."""
    env = sim.Environment(yieldless=False)
    evening = Evening(work, seed)
    env.run(till=work.ends_s)
    return Tally(evening.attempts, evening.unanswered, evening.joins)
