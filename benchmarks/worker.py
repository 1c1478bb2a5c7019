"""One measurement in a process of its own: `python -m benchmarks.worker '{"what": "speed", ...}'`.

Prints one line of JSON. Before the clock starts, an evening with a small crowd is run, so that every program is
loaded. The clock is the processor's: it stands still while another program has the core.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import json
import platform
import resource
import sys
import time

from benchmarks.work import WORKS

SMALL = 4_000
PEERS = ("simpy", "salabim", "ciw")
NOTED = ("numba", "numpy", *PEERS)


def speed(engine, work, listeners, seeds):
    """Return [processor seconds, attempts, unanswered, joins] of each evening of this work in this engine."""
    run, evening = _engine(engine), WORKS[work](listeners)
    run(WORKS[work](min(listeners, SMALL)), 0)
    measured = []
    for seed in seeds:
        begun = time.process_time()
        tally = run(evening, seed)
        measured.append([time.process_time() - begun, *tally])
    return measured


def memory(listeners):
    """Return the bytes above import that one surge of this size needs in the compiled engine, at most."""
    run = _engine("compiled")
    run(WORKS["surge"](SMALL), 0)
    before = _most_held()
    run(WORKS["surge"](listeners), 1)
    return _most_held() - before


def case(name):
    """Return listeners and processor seconds of one named evening, full crowd, and how many programs it compiled."""
    from numba.core import event

    import loadbearing as lb

    scenario = lb.cases.get(name)
    with event.install_recorder("numba:compile") as compiled:
        lb.simulate(scenario.scaled(0.001), 1)
        begun = time.process_time()
        run = lb.simulate(scenario, 1)
        seconds = time.process_time() - begun
    return dict(listeners=len(run.listeners), seconds=seconds, compiled=len(compiled.buffer) // 2)


def about():
    """Return the Python of this process, the versions of the libraries that are here, and the named evenings."""
    import loadbearing as lb

    versions = {"Python": platform.python_version()}
    for name in NOTED:
        if importlib.util.find_spec(name):
            versions[name] = importlib.metadata.version(name)
    return dict(versions=versions, cases=list(lb.cases.names()))


def _engine(name):
    if name in PEERS:
        return importlib.import_module(f"benchmarks.peers.with_{name}").run
    return functools.partial(importlib.import_module("benchmarks.ours").run, engine=name)


def _most_held():
    """The most memory this process has held so far, in bytes."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else 1024 * held


MEASUREMENTS = {one.__name__: one for one in (speed, memory, case, about)}

if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    print(json.dumps(MEASUREMENTS[asked.pop("what")](**asked)))
