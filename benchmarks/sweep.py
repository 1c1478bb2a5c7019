"""How much faster a sweep is with two processes, and with Dask's workers where Dask is installed.

    python benchmarks/sweep.py [--room 0.02] [--evenings 20] [--workers 2]

One sweep of three doors, by this process, by spawned processes and by Dask, all within one run. The results must be
equal to the last bit before anything is timed; then each way is timed three times in turn, and the quickest counts.
What is written is evenings a second and the ratio to this process, which travels between machines better than seconds.
"""

import argparse
import contextlib
import importlib.util
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from loadbearing import cases, stress

HANDLERS = [500, 700, 900]
ROUNDS = 3


@contextlib.contextmanager
def processes(workers):
    """Processes that begin with nothing of ours, as on Windows and macOS."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as executor:
        yield executor


@contextlib.contextmanager
def dask_workers(workers):
    """The executor of a small Dask cluster on this machine."""
    from dask.distributed import Client

    options = dict(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    with Client(**options) as client, client.get_executor() as executor:
        yield executor


def ways(workers):
    """Every way of doing it that there is here, by name, as something to open."""
    found = {"this process": contextlib.nullcontext(), f"{workers} processes": processes(workers)}
    if importlib.util.find_spec("distributed") is None:
        print("Dask is not installed here: it is left out.")
    else:
        found[f"{workers} Dask workers"] = dask_workers(workers)
    return found


def main():
    """Compare the results, then the times, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--room", type=float, default=0.02)
    asked.add_argument("--evenings", type=int, default=20)
    asked.add_argument("--workers", type=int, default=2)
    asked = asked.parse_args()

    def swept(executor):
        return stress.sweep(
            cases.get("slow_door"),
            ["share_in", "service_level", "dead_work"],
            range(asked.evenings),
            over={"door.handlers": HANDLERS},
            room=asked.room,
            executor=executor,
            progress=False,
        )

    with contextlib.ExitStack() as stack:
        executors = {name: stack.enter_context(way) for name, way in ways(asked.workers).items()}
        found = {name: swept(executor) for name, executor in executors.items()}
        first = found["this process"]
        for name, other in found.items():
            if not other.same_as(first):
                sys.exit(f"{name} found other numbers than this process; nothing was timed.")
        print("Equal to the last bit: " + ", ".join(found) + ".")
        took = dict.fromkeys(executors, float("inf"))
        for _ in range(ROUNDS):
            for name, executor in executors.items():
                began = time.perf_counter()
                swept(executor)
                took[name] = min(took[name], time.perf_counter() - began)
    evenings = asked.evenings * len(HANDLERS)
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{evenings} evenings in a room of {asked.room:g}, {os.cpu_count()} cores here{busy}")
    for name, seconds in took.items():
        ratio = took["this process"] / seconds
        print(f"{name:16s} {seconds:6.2f} s  {evenings / seconds:7.1f} evenings/s  {ratio:5.2f} x")


if __name__ == "__main__":
    main()
