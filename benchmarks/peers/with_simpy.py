"""The surge in SimPy: a process for each listener and each handler, and a Store of requests between them."""

from __future__ import annotations

import random

import simpy

from benchmarks.work import Tally

WORKS = ("surge", "crush")


def run(work, seed):
    """Run one evening of this work and return its `Tally`."""
    env = simpy.Environment()
    waiting = simpy.Store(env)
    chance = random.Random(seed)
    attempts = unanswered = joins = 0

    def handler():
        while True:
            answer = yield waiting.get()
            yield env.timeout(chance.expovariate(1 / work.service_s))
            answer.succeed()

    def listener():
        nonlocal attempts, unanswered, joins
        for attempt in range(1, work.most_attempts + 1):
            attempts += 1
            if len(waiting.items) < work.queue_limit:
                answer = env.event()
                waiting.put(answer)
                heard = yield answer | env.timeout(work.timeout_s)
                if answer in heard:
                    joins += 1
                    return
                unanswered += 1
            if attempt < work.most_attempts:
                yield env.timeout(work.pause(attempt, chance.random()))

    def crowd():
        for arrives in work.arrivals(seed):
            yield env.timeout(arrives - env.now)
            env.process(listener())

    for _ in range(work.handlers):
        env.process(handler())
    env.process(crowd())
    env.run(until=work.ends_s)
    return Tally(attempts, unanswered, joins)
