"""One rehearsal on this computer, from its calendar to its evening: what is started, when, and where it is written.

Each step starts a server of its own and one load on it, both bounded in time, and waits for both. A step that is
stopped, or whose processes die, leaves what was written until then. All of it stands in one folder, which
`rehearsed.read` reads again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
import json
import os
import pathlib
import platform
import threading
import time

from loadbearing.live import calendar, measured
from loadbearing.live.process import Child, ProcessError
from loadbearing.run import from_plain, to_plain
from loadbearing.scenario import Scenario

BEGINS_IN_S = {"tests": 3.5, "ramp": 2.5, "surge": 2.5}
"""How long before the announced start a step's load is started, so that it is ready in time."""

SPARE_S = 8.0
"""How long a process may live beyond the end of its evening before it ends by itself."""

LOOKS_S = 0.1
APART = 10_000
"""Each test has luck of its own, so that what it says of the door's services is not the evening's luck already."""
ABOUT, ENDED, STALL = "rehearsal.json", "ended.json", "stall"
TO_ITS_END = ("as planned", "stop rule")
"""How a step may end, and be whole: a ramp is there to be ended by its rule."""


class Stopped(Exception):
    """Somebody pressed Stop; what was written until then is kept."""


class TooSlow(RuntimeError):
    """This computer could not keep the schedule, so that its numbers would be about itself and not about the door."""


@dataclasses.dataclass(frozen=True)
class _Step:
    """One step: its folder's name, the evening that the door keeps, its load and what that is told, and whose luck."""

    name: str
    evening: Scenario
    load: str
    more: dict
    begins_in_s: float
    called: str
    seed: int


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is to be rehearsed: the evening, the calendar of tests, the ramp (fields of `surge`), and whose luck."""

    evening: Scenario
    tests: tuple
    ramp: dict
    seed: int = 1
    stall: calendar.Entry | None = None

    @property
    def plain(self):
        """This plan as plain dictionaries, lists and numbers."""
        return {
            "evening": to_plain(self.evening),
            "tests": [one.plain for one in self.tests],
            "ramp": self.ramp,
            "seed": self.seed,
            "stall": None if self.stall is None else self.stall.plain,
        }

    @classmethod
    def of(cls, plain):
        """Return the plan that `plain` described; every field is checked again."""
        tests = tuple(calendar.entry_of(one) for one in plain["tests"])
        stall = plain.get("stall") and calendar.entry_of(plain["stall"])
        return cls(from_plain(plain["evening"]), tests, dict(plain["ramp"]), plain["seed"], stall)


def this_machine():
    """Return in words what this computer is, without its name: system, processor kind, cores, Python."""
    return {
        "date": datetime.date.today().isoformat(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


class Rehearsal:
    """A rehearsal under way, in `folder`. `tell(step, said, share)` is called as it goes on, from other threads."""

    def __init__(self, plan, folder, tell=lambda step, said, share: None):
        self.plan, self.folder, self.telling = plan, pathlib.Path(folder), tell
        self.stopping, self.watched = threading.Event(), threading.Lock()
        self.children = []
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / ABOUT).exists():
            about = {"plan": plan.plain, "machine": this_machine()}
            (self.folder / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")

    @classmethod
    def at(cls, folder, tell=lambda step, said, share: None):
        """Return the rehearsal that was begun in a folder, to go on with it."""
        about = json.loads((pathlib.Path(folder) / ABOUT).read_text(encoding="utf-8"))
        return cls(Plan.of(about["plan"]), folder, tell)

    def tell(self, step, said, share):
        """Tell how far a step is; whoever cannot show it does not disturb what is measured."""
        with contextlib.suppress(Exception):
            self.telling(step, said, share)

    def stop(self):
        """Stop what is under way: generator first, then server. Safe at any time, and from any thread."""
        self.stopping.set()
        with self.watched:
            children = list(self.children)
        for child in reversed(children):
            child.stop()

    def tests(self):
        """Run the calendar's entries one after the other, then the one in which the door stalls, if there is one."""
        for number, entry in enumerate(self.plan.tests, start=1):
            of = f"Test {number} of {len(self.plan.tests)}"
            self._test(f"test-{number}", entry, of, self.plan.seed + APART * number)
        if self.plan.stall is not None:
            seed = self.plan.seed + APART * (2 + len(self.plan.tests))
            self._test(STALL, self.plan.stall, "One test more", seed)

    def _test(self, name, entry, called, seed):
        """Run one scheduled test by Locust."""
        self._step(
            name,
            entry.evening(self.plan.evening),
            "loadbearing.live.locust_child",
            {"entry": entry.plain},
            BEGINS_IN_S["tests"],
            f"{called}, {entry.title}",
            seed,
        )

    def ramp(self):
        """Run the controlled ramp until its stop rule ends it."""
        rates = self.plan.ramp
        lasts_s = rates["step_s"] * rates["steps"]
        evening = self.plan.evening.changed({"ends_s": int(lasts_s) + 5})
        self._step(
            "ramp",
            evening,
            "loadbearing.live.surge",
            {"mode": "ramp", **rates},
            BEGINS_IN_S["ramp"],
            "The ramp",
            self.plan.seed + APART * (1 + len(self.plan.tests)),
        )

    def surge(self, changes=None, name="surge"):
        """Send the crowd, once; `changes` are made at the door before: {path: value}."""
        self._step(
            name,
            self.plan.evening.changed(changes or {}),
            "loadbearing.live.surge",
            {"mode": "surge"},
            BEGINS_IN_S["surge"],
            "The evening",
            self.plan.seed,
        )

    def _step(self, name, evening, load, more, begins_in_s, called, seed):
        """Do one step; if the load was not ready in time, do it once more with longer to get ready."""
        for longer in (1, 3):
            step = _Step(name, evening, load, more, longer * begins_in_s, called, seed)
            ended = self._once(step)
            if ended is not None:
                break
        else:
            raise TooSlow(
                f"{called} was not ready {3 * begins_in_s:g} seconds after it was started: this computer is too busy. "
                "Close other programs and try again."
            )
        if ended.get("too_slow"):
            raise TooSlow(ended["why"])
        if ended["ended"] not in TO_ITS_END:
            why = ended.get("said") or "nothing more was said"
            raise ProcessError(
                f"{called} ended before its time: {ended['ended']} ({why}). What was measured until then is kept; "
                "run it again."
            )
        found = measured.read(self.folder / name)
        if found.too_slow:
            raise TooSlow(found.said)
        self.tell(name, f"{called}: done", 1.0)

    def _once(self, step):
        """Start a server and a load on it, wait for both; return the load's last words, or None if it began late."""
        if self.stopping.is_set():
            raise Stopped
        try:
            return self._played(step)
        except ProcessError:
            # A process that ends before it has said anything was stopped, if somebody pressed Stop meanwhile.
            if self.stopping.is_set():
                raise Stopped from None
            raise

    def _played(self, step):
        """Start a server and a load on it, wait for both; return the load's last words, or None if it began late."""
        folder, evening = self._fresh(step.name), step.evening
        lasts_s = evening.ends_s - evening.starts_s
        self.tell(step.name, f"{step.called}: starting a server on this computer", 0.0)
        begins = time.monotonic() + step.begins_in_s
        config = {
            "evening": to_plain(evening),
            "seed": step.seed,
            "folder": str(folder),
            "lives_s": step.begins_in_s + lasts_s + SPARE_S,
            "announced": begins - evening.starts_s,
        }
        ended, late = {}, threading.Event()

        def hear(line):
            if line.get("ready") and time.monotonic() > begins:
                late.set()
            elif "ended" in line:
                ended.update(line)
            elif "t" in line and not late.is_set():
                at = (line["t"] - evening.starts_s) / lasts_s
                self.tell(
                    step.name, line | {"called": step.called, "port": port}, min(max(at, 0.0), 1.0)
                )

        with contextlib.ExitStack() as open_now:
            server = self._start(open_now, "loadbearing.live.serve", config)
            port = server.first("port")["port"]
            config = config | step.more | {"port": port}
            generator = self._start(open_now, step.load, config, hear)
            self._start(open_now, "loadbearing.live.telemetry", config)
            code = None
            while (
                code is None and not late.is_set() and time.monotonic() < begins + lasts_s + SPARE_S
            ):
                code = generator.wait(LOOKS_S)
        if self.stopping.is_set():
            raise Stopped
        if late.is_set():
            return None
        (folder / ENDED).write_text(json.dumps(ended, indent=1), encoding="utf-8")
        if not ended:
            raise ProcessError(
                f"{step.called} ended without a word (exit code {code}); what it measured until then is kept. "
                f"Its own words: {generator.errors() or 'none'}"
            )
        return ended

    def _fresh(self, name):
        """Return an empty folder for a step; what an earlier try left is kept beside it."""
        folder = self.folder / name
        if folder.exists():
            tries = itertools.count(1)
            before = next(
                one for k in tries if not (one := self.folder / f"{name}-try-{k}").exists()
            )
            folder.rename(before)
        folder.mkdir(parents=True)
        return folder

    def _start(self, open_now, module, config, hear=None):
        child = open_now.enter_context(Child(module, config, hear))
        with self.watched:
            self.children.append(child)
        open_now.callback(self._forget, child)
        if self.stopping.is_set():
            raise Stopped
        return child

    def _forget(self, child):
        with self.watched:
            self.children.remove(child)
