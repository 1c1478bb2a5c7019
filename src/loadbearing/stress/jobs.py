"""Evenings, carried out by whoever is there: this process, or any `concurrent.futures.Executor`.

A job is one evening of one scenario. Jobs travel in batches, so that short ones do not drown in the travelling; only
so many batches are on their way at a time. What is done is handed back at once, whatever happens to the rest.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import pickle
import queue
import time
import traceback

import numpy as np

from loadbearing.engines import simulate
from loadbearing.stress.errors import EveningFailed

BATCH_S, LOOK_S = 0.25, 0.1
SHARE_OUT = 16
"""A batch takes about a quarter of a second, but never more than a sixteenth of what is left to do."""

IN_FLIGHT = 256
"""How many batches are on their way at a time, unless told otherwise: enough for two hundred workers."""


@dataclasses.dataclass(frozen=True, eq=False)
class Job:
    """One evening to be run: `name` for whoever asked, `label` for people, the scenario, the seed, and its key."""

    name: tuple
    label: str
    scenario: object
    seed: int
    key: str | None = None


@dataclasses.dataclass(frozen=True)
class Failure:
    """Why an evening has no numbers: the error in one line, and where it was raised."""

    error: str
    where: str


class Batch:
    """Some jobs and what to measure, as they travel; `measures` is a dictionary of functions by name."""

    def __init__(self, evenings, measures, engine):
        self.evenings, self.measures, self.engine = evenings, measures, engine


def work(batch):
    """Return (one tuple of numbers or `Failure` for each evening of a batch, seconds it took).

    Fewer than asked for come back if the worker was interrupted. A batch may come as pickled bytes.
    """
    if isinstance(batch, bytes):
        try:
            batch = pickle.loads(batch)
        except Exception as error:
            return Failure(_in_a_line(error), traceback.format_exc()), 0.0
    began, outcomes = time.perf_counter(), []
    try:
        for scenario, seed in batch.evenings:
            outcomes.append(_measured(scenario, seed, batch.measures, batch.engine))
    except KeyboardInterrupt:
        pass
    return outcomes, time.perf_counter() - began


def _measured(scenario, seed, measures, engine):
    try:
        run = simulate(scenario, seed, engine, sample=0)
        return tuple(_number(name, measure(run)) for name, measure in measures.items())
    except Exception as error:
        return Failure(_in_a_line(error), traceback.format_exc())


def _number(name, value):
    if isinstance(value, str) or np.ndim(value) != 0 or value is None:
        raise TypeError(f"{name} came to {value!r:.80}; a measure must give one number.")
    return float(value)


def _in_a_line(error):
    return " ".join(f"{type(error).__name__}: {error}".split())


def carry_out(todo, measures, take, *, engine="auto", executor=None, in_flight=None, look=None):
    """Run every job of the deque `todo` and hand each result to `take(job, numbers)`, in any order.

    `take` may append further jobs to `todo`. `look()` is called every tenth of a second. Raises `EveningFailed`
    after the first failure, and whatever interrupts, when all that was done has been taken.
    """
    if executor is None:
        while todo:
            job = todo.popleft()
            outcome = _measured(job.scenario, job.seed, measures, engine)
            _taken(job, outcome, take)
            look and look()
        return
    _Crew(todo, measures, take, engine, executor, in_flight or IN_FLIGHT, look).work()


def _taken(job, outcome, take):
    if isinstance(outcome, Failure):
        failed = EveningFailed(f"Evening {job.seed} of {job.label} failed: {outcome.error}")
        failed.add_note(outcome.where)
        raise failed
    take(job, outcome)


class _Crew:
    """The batches on their way to the workers of an executor and back."""

    def __init__(self, todo, measures, take, engine, executor, most, look):
        self.todo, self.measures, self.take, self.engine = todo, measures, take, engine
        self.executor, self.most, self.look = executor, most, look
        self.flying, self.landed, self.size = {}, queue.SimpleQueue(), 1

    def work(self):
        try:
            while self.todo or self.flying:
                while self.todo and len(self.flying) < self.most:
                    self._send()
                with contextlib.suppress(queue.Empty):
                    self._land(self.landed.get(timeout=LOOK_S))
                self.look and self.look()
        except BaseException:
            self._bring_home()
            raise

    def _send(self):
        size = min(self.size, max(1, len(self.todo) // SHARE_OUT))
        jobs = [self.todo.popleft() for _ in range(size)]
        batch = Batch([(job.scenario, job.seed) for job in jobs], self.measures, self.engine)
        if isinstance(self.executor, concurrent.futures.ProcessPoolExecutor):
            # Pickled here, so that what cannot travel is named here and not by a worker that dies of it.
            try:
                batch = pickle.dumps(batch)
            except Exception as error:
                raise _cannot_travel(jobs[0], _in_a_line(error)) from error
        try:
            future = self.executor.submit(work, batch)
        except Exception as error:
            raise _executor_failed(jobs[0], error) from error
        self.flying[future] = jobs
        future.add_done_callback(self.landed.put)

    def _land(self, future):
        """Take what one batch brought; it stays on the list until all of it is taken."""
        if future not in self.flying:
            return
        jobs = self.flying[future]
        if future.cancelled():
            raise _executor_failed(jobs[0], concurrent.futures.CancelledError("it was shut down"))
        if error := future.exception():
            raise _executor_failed(jobs[0], error) from error
        outcomes, seconds = future.result()
        if isinstance(outcomes, Failure):
            raise _cannot_travel(jobs[0], outcomes.error)
        failed = None
        for job, outcome in zip(jobs, outcomes, strict=False):
            try:
                _taken(job, outcome, self.take)
            except EveningFailed as error:
                failed = failed or error
        del self.flying[future]
        if outcomes:
            self.size = max(1, int(BATCH_S * len(outcomes) / max(seconds, 1e-9)))
        if failed:
            raise failed
        if len(outcomes) < len(jobs):
            raise KeyboardInterrupt

    def _bring_home(self):
        """Call back what has not begun, wait for what has, and take what it brings."""
        begun = [future for future in [*self.flying] if not future.cancel()]
        concurrent.futures.wait(begun)
        for future in begun:
            try:
                self._land(future)
            except (Exception, KeyboardInterrupt):
                continue


def _cannot_travel(job, why):
    return EveningFailed(
        f"{job.label} cannot be sent to another process ({why}). Define the functions that it and the measures "
        "use at the top level of a file of their own and import them from there, or leave out executor=."
    )


def _executor_failed(job, error):
    try:
        pickle.dumps((job.scenario,))
    except Exception as slip:
        return _cannot_travel(job, _in_a_line(slip))
    return EveningFailed(
        f"The executor failed at evening {job.seed} of {job.label} ({_in_a_line(error)}). Make a new one with fewer "
        "workers if memory was short; a script must start it under if __name__ == '__main__':."
    )
