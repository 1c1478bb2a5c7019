"""A rehearsal as it was written down: read from its folder, or from one file that holds such a folder."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import math
import pathlib
import tempfile
import zipfile

import numpy as np

from loadbearing.live import fit, forecast, measured, omission, telemetry
from loadbearing.live.rehearsal import ABOUT, ENDED, STALL, TO_ITS_END, Plan
from loadbearing.run import Moment

FORECAST = "forecast.json"
KEPT = ("rehearsal.json", "forecast.json", "door.jsonl", "door.json", "crowd.jsonl", "locust.json", "ended.json",
        "telemetry.jsonl")  # fmt: skip
"""What one file holds of a rehearsal's folder."""


@dataclasses.dataclass(frozen=True, eq=False)
class Tested:
    """One test of the calendar, or the ramp: its title, how long it lasted, and its rows of `ATTEMPT`."""

    title: str
    lasts_s: float
    attempts: np.ndarray
    passed: bool | None = None
    share: float = 0.0
    said: str = ""

    @property
    def asked(self):
        """How many requests reached the door in each whole second, from its beginning on."""
        sent = self.attempts["sent"]
        each = np.bincount(np.floor(sent[sent >= 0]).astype(int), minlength=1)
        return each[: max(math.ceil(self.lasts_s), 1)]

    @property
    def busiest_per_s(self):
        """The most joins in a second: requests let in, by the second in which they were."""
        let_in = self.attempts["ended"][self.attempts["answer"] == Moment.JOINED]
        return int(np.bincount(np.floor(let_in).astype(int), minlength=1).max())

    @property
    def joined(self):
        """How many were let in."""
        return int(np.count_nonzero(self.attempts["answer"] == Moment.JOINED))


@dataclasses.dataclass(eq=False)
class Rehearsed:
    """What a rehearsal left: its plan, where and when it ran, its tests, its forecast and its evening."""

    folder: pathlib.Path
    plan: Plan
    machine: dict
    tests: list
    ramp: Tested | None = None
    forecast: object = None
    held: object = dataclasses.field(default=None, repr=False)

    @classmethod
    def read(cls, path):
        """Read a rehearsal from its folder, or from the file that `pack` wrote.

        Raises `ValueError` with a sentence if there is none; what a stopped rehearsal has not is None.
        """
        path, held = pathlib.Path(path), None
        if path.is_file():
            held = tempfile.TemporaryDirectory()
            with zipfile.ZipFile(path) as packed:
                packed.extractall(held.name)
            path = pathlib.Path(held.name)
        try:
            about = json.loads((path / ABOUT).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ValueError(
                f"{path} holds no rehearsal ({error}); give the folder of one."
            ) from error
        plan = Plan.of(about["plan"])
        found = cls(path, plan, about["machine"], [], held=held)
        for number, entry in enumerate(plan.tests, start=1):
            if (path / f"test-{number}" / "locust.json").exists():
                found.tests.append(_tested(path / f"test-{number}", entry.title, entry))
        if came_to_its_end(path / "ramp"):
            found.ramp = _tested(path / "ramp", "the ramp")
        if (path / FORECAST).exists():
            found.forecast = forecast.Forecast.read(path / FORECAST)
        return found

    @property
    def fitted_on(self):
        """The records that the simulation is fitted to: the calendar's and the ramp's, never the evening's."""
        return [one.attempts for one in [*self.tests, *filter(None, [self.ramp])]]

    @functools.cached_property
    def fitted(self):
        """What these records say about the door, as `fit.Fitted`."""
        return fit.fit(self.fitted_on)

    def foresee(self):
        """Fit the simulation to the tests, foresee the evening, and write that down before it comes."""
        self.forecast = self.foreseen().write(self.folder / FORECAST)
        return self.forecast

    def foreseen(self, changes=None):
        """Return the forecast of an evening at the same door with some changes made to it: {path: value}."""
        evening = self.plan.evening.changed(changes or {})
        return forecast.forecast(evening, self.fitted, self.plan.seed)

    @functools.cached_property
    def evening(self):
        """What was measured on the evening, as `measured.Measured`; None if it never came, or not to its end."""
        return self.surge("surge")

    @functools.cached_property
    def run(self):
        """The measured evening as a `Run`; None if it never came, or not to its end."""
        return self.run_of("surge")

    def surge(self, name):
        """Return what was measured when the crowd was sent under this name; None if it did not come to its end."""
        if not came_to_its_end(self.folder / name):
            return None
        found = measured.read(self.folder / name)
        return None if found.too_slow else found

    def run_of(self, name):
        """Return the `Run` of the crowd sent under this name; None if it did not come to its end."""
        found = self.evening if name == "surge" else self.surge(name)
        return None if found is None else found.run()

    @functools.cached_property
    def left_out(self):
        """What the test left out in which the door stalled, as `omission.Omission`; None if there was no such test."""
        if not (self.folder / STALL).is_dir():
            return None
        return omission.read(self.folder / STALL, self.plan.stall)

    def compared(self):
        """Lay the forecast over the measured evening; return a `Comparison`."""
        return forecast.compare(self.forecast, self.run)

    @property
    def ramp_said(self):
        """Return in words how the ramp ended."""
        told = json.loads((self.folder / "ramp" / ENDED).read_text(encoding="utf-8"))
        if told.get("ended") != "stop rule":
            return "went to its end"
        ramp = self.plan.ramp
        step = min(int(told["t"] / ramp["step_s"]), ramp["steps"] - 1)
        rate = np.linspace(ramp["from_per_s"], ramp["to_per_s"], ramp["steps"])[step]
        return f"its rule stopped it at {rate:.0f} a second"

    @functools.cached_property
    def dashboard(self):
        """The telemetry of the evening."""
        return telemetry.read(self.folder / "surge")

    @property
    def label(self):
        """Return when and on what kind of machine this was measured, as a sentence."""
        day = datetime.date.fromisoformat(self.machine["date"])
        return (
            f"Measured on {day.day} {day:%B %Y} on a computer with {self.machine['cores']} cores "
            f"({self.machine['system']}, {self.machine['processor']})."
        )

    def pack(self, to):
        """Write what is worth keeping of this rehearsal to one file, the same bytes every time; return its path."""
        to = pathlib.Path(to)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for path in sorted(self.folder.rglob("*")):
                if path.name in KEPT:
                    name = path.relative_to(self.folder).as_posix()
                    packed.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
        return to


def came_to_its_end(folder):
    """Return whether a step went to its end, on a computer that could keep its schedule.

    What was stopped, broken off or too late is kept in its folder, and `measured.read` reads it; but it is no evening
    to hold against a forecast of a whole one.
    """
    try:
        told = json.loads((folder / ENDED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return told.get("ended") in TO_ITS_END and not told.get("too_slow")


def _tested(folder, title, entry=None):
    """Read one test."""
    found = measured.read(folder)
    attempts = found.attempts
    if entry is None:
        sent = attempts["sent"]
        return Tested(title, float(np.nanmax(sent)) if len(sent) else 0.0, attempts)
    told = json.loads((folder / "locust.json").read_text(encoding="utf-8"))
    return Tested(title, entry.lasts_s, attempts, told["passed"], told["share"], told["said"])
