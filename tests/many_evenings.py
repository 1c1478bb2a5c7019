"""What the tests of sweeps share: a tiny evening, measures that workers can import, and an awkward executor."""

import concurrent.futures
import math
import os
import random
import threading
import time

from loadbearing import Crowd, Door, Retries, Scenario, Service, Steady, Weather, readings


def tiny(listeners=20, **crowd):
    """A minute, a few people, one handler."""
    return Scenario(
        crowd=Crowd(
            listeners=listeners,
            arrivals=Steady(from_s=0, until_s=60),
            retries=Retries(most=1),
            **crowd,
        ),
        door=Door(handlers=1, service=Service(mean_s=3.0, cv=1.0), queue_limit=4),
        weather=Weather(),
        starts_s=0,
        ends_s=90,
    )


def share_in(run):
    """A measure that ends in an odd fraction."""
    return readings.share_in(run) / 3


def mean_arrival(run):
    """A measure that has luck in its last bits."""
    return float(run.listeners["arrived"].mean())


def odd_numbers(run):
    """Numbers that a file may lose: nan, both infinities, minus zero, a long fraction."""
    return {0: math.nan, 1: math.inf, 2: -math.inf, 3: -0.0}.get(run.seed, 0.1 + run.seed / 3)


def logged(run):
    """Writes down that it was called, so that calls can be counted across processes."""
    line = f"{run.scenario.door.handlers} {run.seed}\n"
    log = os.open(os.environ["LOADBEARING_TEST_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, line.encode())
    os.close(log)
    time.sleep(0.01)
    return mean_arrival(run)


class Counting:
    """A measure that counts its calls and fails where told to; whatever it counted, it is the same measure."""

    def __init__(self, fails_at=(), error=RuntimeError):
        self.calls, self.fails_at, self.error = [], fails_at, error

    def __call__(self, run):
        """Return the mean arrival, or fail."""
        at = (run.scenario.door.handlers, run.seed)
        self.calls.append(at)
        if at in self.fails_at:
            raise self.error("the door fell off")
        return mean_arrival(run)

    def __reduce__(self):
        return (Counting, ())


class Shuffled(concurrent.futures.Executor):
    """Any executor: does what it was given in an order of its own, in threads, and tells how much it held."""

    def __init__(self, workers=3):
        self.waiting, self.order, self.held, self.most = [], [], 0, 0
        self.given, self.lock, self.luck = 0, threading.Condition(), random.Random(5)
        self.stopped = False
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self.threads:
            thread.start()

    def submit(self, function, /, *args, **kwargs):
        """Take a job; it may be done before or after any other."""
        future = concurrent.futures.Future()
        with self.lock:
            self.waiting.append((self.given, future, function, args, kwargs))
            self.given += 1
            self.held += 1
            self.most = max(self.most, self.held)
            self.lock.notify()
        return future

    def _work(self):
        while True:
            with self.lock:
                while not self.waiting and not self.stopped:
                    self.lock.wait()
                if self.stopped:
                    return
                number, future, function, args, kwargs = self.waiting.pop(
                    self.luck.randrange(len(self.waiting))
                )
            if future.set_running_or_notify_cancel():
                outcome = function(*args, **kwargs)
                with self.lock:
                    self.order.append(number)
                    self.held -= 1
                future.set_result(outcome)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Stop the threads."""
        with self.lock:
            self.stopped = True
            self.lock.notify_all()
        for thread in self.threads:
            thread.join()
