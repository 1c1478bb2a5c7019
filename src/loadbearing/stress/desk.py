"""Where evenings are asked for: what is known is answered at once, the rest is run, kept and shown."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses

from loadbearing.bar import Bar
from loadbearing.engines import ENGINES
from loadbearing.parts import nearest
from loadbearing.stress.errors import EveningFailed, StressError
from loadbearing.stress.identity import fingerprint, rules
from loadbearing.stress.jobs import carry_out
from loadbearing.stress.kept import Kept


class Desk:
    """Takes jobs, and hands each result to `take(job, numbers)` as it comes; use it in a `with` statement.

    `measures`: functions from a `Run` to a number, by name. `said()` returns how far all is: (share, words).
    """

    def __init__(self, measures, take, said, *, engine, executor, keep, progress, in_flight):
        if engine not in ENGINES:
            raise StressError(f"There is no engine {engine!r}. {nearest(engine, ENGINES)}")
        if not isinstance(executor, concurrent.futures.Executor | None):
            raise StressError(
                f"executor is {executor!r:.80}; give a concurrent.futures.Executor, such as ProcessPoolExecutor() or "
                "client.get_executor() of a Dask client, or None for this process."
            )
        if in_flight is not None and (not isinstance(in_flight, int) or in_flight < 1):
            raise StressError(f"in_flight is {in_flight!r}; give a whole number of 1 or more.")
        self.measures, self.take, self.said = measures, take, said
        self.engine, self.executor, self.in_flight = engine, executor, in_flight
        self.bar, self.todo, self.done, self.reused = (
            Bar(progress, stays=True),
            collections.deque(),
            0,
            0,
        )
        self._scenarios = {}
        self.kept = Kept(keep)
        if self.kept.active:
            self.ids = [f"{_called(one)} {fingerprint(one)}" for one in measures.values()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kept.close()
        self.bar.close()

    def ask(self, job):
        """Have a job done: from what is kept, now, or by `work`, later."""
        if not self.kept.active:
            self.todo.append(job)
            return
        job = dataclasses.replace(job, key=self._key(job))
        known = self.kept.find(job.key, self.ids)
        if known is None:
            self.todo.append(job)
            return
        self.done += 1
        self.reused += 1
        self.take(job, known)

    def work(self):
        """Do all that was asked for, and what is asked for meanwhile; what is done is kept whatever happens."""
        if not self.todo:
            self._look()
        try:
            carry_out(
                self.todo,
                self.measures,
                self._done,
                engine=self.engine,
                executor=self.executor,
                in_flight=self.in_flight,
                look=self._look,
            )
        except EveningFailed as failed:
            failed.args = (f"{failed} {self._state()}",)
            raise
        except KeyboardInterrupt as stop:
            stop.add_note(self._state())
            raise

    def _done(self, job, numbers):
        if self.kept.active:
            about = {"scenario": job.label, "seed": job.seed}
            self.kept.add(job.key, self.ids, numbers, about)
        self.done += 1
        self.take(job, numbers)

    def _look(self):
        self.bar.show(*self.said())

    def _key(self, job):
        held, known = self._scenarios.get(id(job.scenario), (None, None))
        if held is not job.scenario:
            known = fingerprint(rules(), self.engine, job.scenario)
            self._scenarios = {id(job.scenario): (job.scenario, known)}
        return f"{known} {job.seed}"

    def _state(self):
        done = f"{self.done:,} evening{'s are' if self.done != 1 else ' is'} done"
        if not self.kept.active:
            return f"{done} and lost; with keep='evenings.jsonl' they would not be."
        where = self.kept.path or "your dictionary"
        return f"{done} and kept in {where}: the same call goes on from there."


def _called(measure):
    return getattr(measure, "__qualname__", type(measure).__name__)
