"""`sweep`: many scenarios on the same evenings."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping

import numpy as np

from loadbearing import draws
from loadbearing.parts import ScenarioError
from loadbearing.scenario import Scenario
from loadbearing.stress.desk import Desk
from loadbearing.stress.errors import StressError
from loadbearing.stress.jobs import Job
from loadbearing.stress.promise import reading_called
from loadbearing.stress.result import Sweep


def sweep(
    scenarios,
    measure,
    seeds=range(20),
    *,
    over=None,
    room=1,
    executor=None,
    keep=None,
    progress=True,
    engine="auto",
    in_flight=None,
):
    """Run every scenario on every evening and return a `Sweep`: the measures, in the order of what was asked.

    `scenarios`: one `Scenario`, a list, or a dictionary by name. `over`: what to change in it, every value with every
    other: {"door.handlers": [200, 400], "crowd.timeout_s": [10, 30]}; the values may have names, as a dictionary;
    fields that change together share a key: {("door.handlers", "door.queue_limit"): [(200, 1500), (400, 3000)]}.
    `measure`: a function from a `Run` to a number, the name of a reading, or several as a list or a dictionary.
    `seeds`: the evenings; each is the same evening for all scenarios. `room`: the fraction of the room to run,
    as `Scenario.scaled`.

    `executor`: any `concurrent.futures.Executor`; None runs in this process. `keep`: a file in which every finished
    evening is kept at once (or a dictionary for this session): after an interruption the same call goes on from
    there, and what had come back is not run again. `progress`: True, False, or a function that is called with the
    share that is over. `in_flight`: how many batches are on their way at a time (256). Which executor, and what
    finishes first, changes nothing in the result.

    Raises `StressError` for what makes no sense, and `EveningFailed` if an evening cannot be run or measured.

    With processes, in a script:

        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        if __name__ == "__main__":
            with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
                print(sweep(scenario, "share_in", over={"door.handlers": [200, 400]}, executor=executor))

    On a cluster, `dask.distributed.Client(address).get_executor()` is such an executor; what its workers have under
    way at an interruption is run again.
    """
    named, settings = _laid_out(scenarios, over)
    labels, seeds, measures = tuple(named), checked_seeds(seeds), measures_of(measure)
    in_room = [one.scaled(room) for one in named.values()]
    values = np.full((len(measures), len(labels), len(seeds)), np.nan)

    def take(job, numbers):
        values[(slice(None), *job.name)] = numbers

    def said():
        return desk.done / total, f"{desk.done:,} of {total:,} evenings"

    total = len(labels) * len(seeds)
    options = dict(
        engine=engine, executor=executor, keep=keep, progress=progress, in_flight=in_flight
    )
    with Desk(measures, take, said, **options) as desk:
        for at, scenario in enumerate(in_room):
            for evening, seed in enumerate(seeds):
                desk.ask(Job((at, evening), repr(labels[at]), scenario, seed))
        desk.work()
    values.setflags(write=False)
    return Sweep(labels, settings, seeds, dict(zip(measures, values, strict=True)))


def checked_seeds(seeds):
    """Return the evenings as a tuple of whole numbers, or raise the sentence that says what is wrong with them."""
    if isinstance(seeds, int | str) or not isinstance(seeds, Iterable):
        raise StressError(f"seeds is {seeds!r}; give several whole numbers, such as range(20).")
    found = tuple(draws.checked_seed(seed) for seed in seeds)
    if not found:
        raise StressError("seeds is empty; give at least one evening, such as range(20).")
    if len({*found}) < len(found):
        twice = next(seed for seed in found if found.count(seed) > 1)
        raise StressError(f"seeds holds {twice} twice; each evening counts once.")
    return found


def measures_of(measure):
    """Return what is to be measured as functions by name."""
    if isinstance(measure, Mapping):
        found = {str(name): _function(one) for name, one in measure.items()}
    elif isinstance(measure, list | tuple):
        found = {_name(one): _function(one) for one in measure}
        if len(found) < len(measure):
            raise StressError("measure holds two of the same name; give a dictionary with names.")
    else:
        found = {_name(measure): _function(measure)}
    if not found:
        raise StressError("measure is empty; give the name of a reading, such as 'share_in'.")
    return found


def _function(measure):
    if isinstance(measure, str):
        return reading_called(measure)
    if not callable(measure):
        raise StressError(
            f"measure is {measure!r:.80}; give the name of a reading or a function from a run to a number."
        )
    return measure


def _name(measure):
    if isinstance(measure, functools.partial):
        return _name(measure.func)
    return measure if isinstance(measure, str) else getattr(measure, "__name__", str(measure))


def _laid_out(scenarios, over):
    """Return ({label: scenario}, settings): what is to be run, and what was changed in each."""
    if isinstance(scenarios, Scenario):
        return _grid(scenarios, over) if over else ({"scenario": scenarios}, ({},))
    if over is not None:
        raise StressError("over changes one scenario; give that one instead of several.")
    if isinstance(scenarios, Mapping):
        named = {str(name): one for name, one in scenarios.items()}
    elif isinstance(scenarios, Iterable) and not isinstance(scenarios, str):
        named = {f"scenario {at}": one for at, one in enumerate(scenarios, start=1)}
    else:
        named = {"scenarios": scenarios}
    if not named:
        raise StressError("scenarios is empty; give at least one.")
    for name, one in named.items():
        if not isinstance(one, Scenario):
            raise StressError(f"{name} is {one!r:.80}; give a Scenario, a list or a dictionary.")
    return named, ({},) * len(named)


def _grid(scenario, over):
    """Return ({label: scenario}, settings) for every value of each path with every value of the others."""
    if not isinstance(over, Mapping):
        raise StressError(
            f"over is {over!r:.80}; give a dictionary such as {{'door.handlers': [200, 400]}}."
        )
    axes = [_axis(paths, values) for paths, values in over.items()]
    named, settings = {}, []
    for choices in itertools.product(*axes):
        shown = {path: label for some, _ in choices for path, label in some.items()}
        changes = {path: value for _, some in choices for path, value in some.items()}
        label = ", ".join(f"{path} {value}" for path, value in shown.items())
        if label in named:
            raise StressError(f"over holds {label} twice; give each value once.")
        try:
            named[label] = scenario.changed(changes)
        except ScenarioError as error:
            raise StressError(f"over cannot be laid out at {label}: {error}") from error
        settings.append(shown)
    return named, tuple(settings)


def _axis(paths, values):
    """Return, for each value of one key of `over`, what is shown and what is changed, both by path."""
    together = isinstance(paths, tuple)
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise StressError(f"over[{paths!r}] is {values!r}; put its values in a list.")
    labelled = values.items() if isinstance(values, Mapping) else [(None, one) for one in values]
    found = []
    for label, value in labelled:
        one = dict(zip(paths, value, strict=True)) if together else {paths: value}
        shown = one if label is None else {paths[0] if together else paths: label}
        found.append((shown, one))
    if not found:
        raise StressError(f"over[{paths!r}] is empty; give at least one value.")
    return found
