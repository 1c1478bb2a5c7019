#!/usr/bin/env python3
"""How fast the compiled engine is: `python3 benchmarks/engine.py`, and `--write` to put the tables into README.md.

Every measurement runs in a process of its own. Engines to be compared take turns, so that whatever else the machine
does meets them alike, and their clock is the processor's; ratios are taken within a round, and the median of the
rounds is reported with the lowest and the highest. Before any speed, each engine must have shown that it runs the same
work. About ten minutes; `--quick` runs everything on small sizes, to see that it runs.
"""

import argparse
import datetime
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring.set_up import ROOT, ready
from benchmarks import agreement, engine_page

HERE = ROOT / "benchmarks"
RESULTS = HERE / "engine.json"

EQUAL = 20_000
"""Listeners on whom engines are compared."""
ROUNDS = {
    ("compiled", "surge"): 20,
    ("reference", "surge"): 1,
    ("simpy", "surge"): 3,
    ("salabim", "surge"): 1,
    ("compiled", "line"): 20,
    ("ciw", "line"): 2,
}
"""Which engine runs which work, and how many evenings of it in a round."""
AGREEING = 3_333
EVENINGS_TO_AGREE = {"compiled": 80, "simpy": 32, "salabim": 16, "ciw": 32}
EQUAL_WORKS = {"simpy": ("surge", "crush"), "salabim": ("surge", "crush"), "ciw": ("line",)}
"""What each peer must run as the compiled engine does; that our two engines agree to the last bit is for the tests."""
GROWTH = {10_000: 50, 100_000: 5, 1_000_000: 1, 10_000_000: 1}
"""Listeners, and how many evenings of them in a round."""
MEMORY_AT = (1_000_000, 10_000_000)


class Machine:
    """Starts measurements, one process each, in a Python that has what they need."""

    def __init__(self):
        here = all(map(importlib.util.find_spec, ("numba", "numpy", "scipy", "simpy")))
        self.python = sys.executable if here else str(ready())
        paths = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}

    def run(self, *words, **surroundings):
        """Run this Python with these words and return what it printed."""
        done = subprocess.run(
            [self.python, *words],
            cwd=ROOT,
            env=self.surroundings | surroundings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def measure(self, what, cache=None, **asked):
        """Return what one measurement of `worker` answers; `cache`: a folder for compiled programs."""
        surroundings = {"NUMBA_CACHE_DIR": str(cache)} if cache else {}
        question = json.dumps({"what": what, **asked})
        return json.loads(self.run("-m", "benchmarks.worker", question, **surroundings))


def say(text):
    """Print one line of progress."""
    print(text, flush=True)


def middle(values):
    """Return the median of some values, the lowest and the highest."""
    return dict(median=statistics.median(values), low=min(values), high=max(values))


def agreed(machine, peers, listeners, evenings):
    """Return, for each peer and work, the means of both sides and how far apart they lie."""
    ours, rows = {}, []
    for engine in peers:
        for work in EQUAL_WORKS[engine]:
            if work not in ours:
                seeds = list(range(1, evenings["compiled"] + 1))
                ours[work] = tallies(machine, "compiled", work, listeners, seeds)
            seeds = list(range(1, evenings[engine] + 1))
            theirs = tallies(machine, engine, work, listeners, seeds)
            rows.append(
                dict(
                    engine=engine,
                    work=work,
                    listeners=listeners,
                    evenings=len(seeds),
                    ours=shares(ours[work], listeners),
                    theirs=shares(theirs, listeners),
                    apart=agreement.farthest(ours[work], theirs),
                    agrees=agreement.agree(ours[work], theirs),
                )
            )
            say(engine_page.agreement_line(rows[-1]))
    return rows


def tallies(machine, engine, work, listeners, seeds):
    """Return the tally of each evening."""
    asked = dict(engine=engine, work=work, listeners=listeners, seeds=seeds)
    return [one[1:] for one in machine.measure("speed", **asked)]


def shares(tallied, listeners):
    """Return the mean of each reading, for each listener."""
    return [statistics.fmean(one) / listeners for one in zip(*tallied, strict=True)]


def rate(measured):
    """Return (events a second, seconds an evening) of some evenings."""
    seconds = sum(one[0] for one in measured)
    return sum(sum(one[1:]) for one in measured) / seconds, seconds / len(measured)


def compared(machine, engines, listeners, rounds):
    """Return, for each engine and work, events a second and how many times as fast the compiled engine is."""
    runs = {one: [] for one in ROUNDS if one[0] in engines}
    for at in range(rounds):
        for (engine, work), evenings in ROUNDS.items():
            if engine in engines:
                seeds = list(range(100 * at + 1, 100 * at + 1 + evenings))
                asked = dict(engine=engine, work=work, listeners=listeners, seeds=seeds)
                runs[engine, work].append(rate(machine.measure("speed", **asked)))
    rows = []
    for (engine, work), measured in runs.items():
        against = zip(runs["compiled", work], measured, strict=True)
        rows.append(
            dict(
                engine=engine,
                work=work,
                listeners=listeners,
                events_per_s=middle([one for one, _ in measured]),
                evening_s=middle([one for _, one in measured]),
                times_as_fast=middle([ours[0] / theirs[0] for ours, theirs in against]),
            )
        )
        say(engine_page.speed_line(rows[-1]))
    return rows


def grown(machine, sizes, rounds):
    """Return, for each size of the crowd, who joined, events a second and the memory for each listener."""
    runs, tallied = {listeners: [] for listeners in sizes}, {listeners: [] for listeners in sizes}
    for at in range(rounds):
        for listeners, evenings in sizes.items():
            seeds = list(range(100 * at + 1, 100 * at + 1 + evenings))
            asked = dict(engine="compiled", work="surge", listeners=listeners, seeds=seeds)
            measured = machine.measure("speed", **asked)
            runs[listeners].append(rate(measured))
            tallied[listeners] += [one[1:] for one in measured]
    base = sorted(sizes)[-2]
    rows = []
    for listeners, measured in runs.items():
        against = zip(runs[base], measured, strict=True)
        held = machine.measure("memory", listeners=listeners) if listeners in MEMORY_AT else None
        each = shares(tallied[listeners], listeners)
        rows.append(
            dict(
                listeners=listeners,
                joined=each[2],
                events=sum(each),
                evening_s=middle([one for _, one in measured]),
                events_per_s=middle([one for one, _ in measured]),
                time_per_event=middle([there[0] / here[0] for there, here in against]),
                bytes_per_listener=held and held / listeners,
            )
        )
        say(engine_page.growth_line(rows[-1]))
    return rows


def started(machine, cases, rounds):
    """Return seconds from nothing to a first evening, without and with compiled programs; and the named evenings."""
    with tempfile.TemporaryDirectory() as cache:
        cold = from_start(machine, cache)
        machine.run("-m", "loadbearing.warm", NUMBA_CACHE_DIR=cache)
        warm = [from_start(machine, cache) for _ in range(rounds)]
        start = dict(listeners=EQUAL, cold_s=cold, warm_s=middle(warm))
        say(engine_page.start_line(start))
        evenings = []
        for name in cases:
            runs = [machine.measure("case", cache, name=name) for _ in range(rounds)]
            evenings.append(
                dict(
                    name=name,
                    listeners=runs[0]["listeners"],
                    evening_s=middle([one["seconds"] for one in runs]),
                    compiled=max(one["compiled"] for one in runs),
                )
            )
            say(engine_page.case_line(evenings[-1]))
    return start, evenings


def from_start(machine, cache):
    """Return the seconds from starting Python to the end of two evenings: a small one and one of `EQUAL` listeners."""
    begun = time.perf_counter()
    machine.measure("speed", cache, engine="compiled", work="surge", listeners=EQUAL, seeds=[1])
    return time.perf_counter() - begun


def processor():
    """Return the processor's name and how many cores there are; nothing that tells one machine from another."""
    name = platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def load():
    """Return how many programs wanted the processor in the last minute, or None where nobody counts."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def measured(quick=False):
    """Run every measurement and return the results as plain dictionaries."""
    machine = Machine()
    about = machine.measure("about")
    peers = [name for name in EQUAL_WORKS if name in about["versions"]]
    results = dict(
        date=datetime.date.today().isoformat(),
        processor=processor(),
        load=load(),
        versions=about["versions"],
    )
    rounds = 1 if quick else 5
    few = {name: min(4, evenings) for name, evenings in EVENINGS_TO_AGREE.items()}
    size, evenings = (AGREEING, few) if quick else (AGREEING, EVENINGS_TO_AGREE)
    results["agreement"] = agreed(machine, peers, size, evenings)
    differ = {row["engine"] for row in results["agreement"] if not row["agrees"]}
    for engine in sorted(differ):
        say(f"{engine} does not run the same work, so it is not timed.")
    same = {"compiled", "reference", *peers} - differ
    results["speed"] = compared(machine, same, 4_000 if quick else EQUAL, rounds)
    sizes = {10_000: 2, 20_000: 1} if quick else GROWTH
    results["growth"] = grown(machine, sizes, 1 if quick else 3)
    start, cases = started(machine, about["cases"], 1 if quick else 3)
    return results | dict(start=start, cases=cases)


def main(words):
    """Measure, print the tables, and write them if asked; return 1 if an engine does not agree."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    chosen = parser.parse_args(words)
    if chosen.write and chosen.quick:
        parser.error("--quick measures nothing worth writing; leave one of the two out")
    results = measured(chosen.quick)
    if chosen.quick:
        say("Small sizes: the figures below mean nothing.")
    print("\n" + engine_page.tables(results))
    if chosen.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        page = HERE / "README.md"
        page.write_text(engine_page.filled(page.read_text("utf-8"), results), encoding="utf-8")
    return 0 if all(row["agrees"] for row in results["agreement"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
