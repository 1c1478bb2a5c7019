"""What came out of an evening: one flat record, and the proof that it obeys the rules.

A `Run` holds, for each listener, when they came, joined and left, after how many attempts, and how it
ended; for each second, what happened and how many were where; and for a sample of listeners their whole
life, attempt by attempt. Everything else is derived from it, in `readings`.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import json
import pathlib
import zipfile

import numpy as np

from loadbearing.scenario import Scenario


class Outcome(enum.IntEnum):
    """How an evening ended for one listener: exactly one of these."""

    STILL_TRYING = 0
    IN = 1
    LEFT = 2
    GAVE_UP = 3
    AFTER_THE_END = 4


class Reason(enum.IntEnum):
    """Why a listener gave up."""

    NONE = 0
    ATTEMPTS = 1
    PATIENCE = 2


class Moment(enum.IntEnum):
    """What happened at one moment of a sampled listener's evening."""

    ARRIVED = 0
    SENT = 1
    WAITING = 2
    SERVED = 3
    REFUSED_FULL = 4
    REFUSED_NO_SEAT = 5
    TIMED_OUT = 6
    JOINED = 7
    LEFT = 8
    GAVE_UP = 9


LISTENER = np.dtype(
    [
        ("arrived", "f8"),
        ("first_sent", "f8"),
        ("joined", "f8"),
        ("last_joined", "f8"),
        ("left", "f8"),
        ("attempts", "i4"),
        ("times_disconnected", "i4"),
        ("outcome", "u1"),
        ("reason", "u1"),
    ]
)

FLOWS = (
    "arrivals",
    "first_attempts",
    "retries",
    "refused_full",
    "refused_no_seat",
    "time_outs",
    "ran_out_of_patience",
    "gave_up",
    "services",
    "dead_services",
    "joins",
    "leavers",
)
"""What is counted in each second."""

LEVELS = ("queue", "living_queue", "busy", "capacity", "inside")
"""How many there are: requests waiting, those of them whose client is there, busy handlers, handlers present
or still busy, listeners in the room. Each has a count at the end of the second and `_s`, its person-seconds."""

WORK = ("work_s", "dead_work_s", "dead_after_s")
"""Handler seconds of services that ended in this second: all; those whose client had gone; and of these the
part after the client had gone."""

SECOND = np.dtype(
    [("second", "i4")]
    + [(name, "i8") for name in FLOWS]
    + [(name, "i8") for name in LEVELS]
    + [(name + "_s", "f8") for name in LEVELS]
    + [(name, "f8") for name in WORK]
)

LIFE = np.dtype([("listener", "i4"), ("attempt", "i4"), ("time", "f8"), ("moment", "u1")])


class AuditError(AssertionError):
    """A run that breaks a law: which law, where, and by how much."""


@dataclasses.dataclass(frozen=True, eq=False)
class Run:
    """One evening, as it happened.

    `scenario` as it was asked for, `evening` as the weather made it, `seed`, and the `engine` that ran.
    `listeners`: structured array, one row each in order of arrival, times in seconds (nan: never).
    `seconds`: structured array, one row for each second from `evening.starts_s`.
    `lives`: structured array, every moment of the sampled listeners, in order of time.
    """

    scenario: Scenario
    evening: Scenario
    seed: int
    engine: str
    listeners: np.ndarray
    seconds: np.ndarray
    lives: np.ndarray

    def same_as(self, other):
        """Tell whether another run is equal to this one to the last bit, whichever engine made it."""
        return not self.differences(other)

    def differences(self, other, most=5):
        """Return sentences naming the first differences from another run; none if equal to the last bit."""
        found = []
        for table in ("listeners", "seconds", "lives"):
            mine, theirs = getattr(self, table), getattr(other, table)
            if len(mine) != len(theirs):
                found.append(f"{table}: {len(mine)} rows against {len(theirs)}.")
                continue
            for name in mine.dtype.names:
                one, two = mine[name], theirs[name]
                unequal = one != two
                if one.dtype.kind == "f":
                    unequal &= ~(np.isnan(one) & np.isnan(two))
                if unequal.any():
                    row = int(np.argmax(unequal))
                    found.append(f"{table}[{row}].{name}: {one[row]!r} against {two[row]!r}.")
        return found[:most]

    def audit(self):
        """Check the laws that every run obeys; raise `AuditError` with a sentence at the first one broken."""
        from loadbearing.audit import audit

        audit(self)
        return self

    def save(self, path):
        """Write this run to one file: NumPy arrays and the scenario as text, in a zip."""
        path = pathlib.Path(path)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in ("listeners", "seconds", "lives"):
                held = io.BytesIO()
                np.save(held, getattr(self, table), allow_pickle=False)
                archive.writestr(f"{table}.npy", held.getvalue())
            about = dict(
                scenario=to_plain(self.scenario),
                evening=to_plain(self.evening),
                seed=self.seed,
                engine=self.engine,
            )
            archive.writestr("run.json", json.dumps(about, indent=1))
        return path

    @classmethod
    def load(cls, path):
        """Read a run that `save` wrote; raise `ValueError` with a sentence if the file holds none."""
        try:
            with zipfile.ZipFile(path) as archive:
                tables = {
                    name: np.load(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
                    for name in ("listeners", "seconds", "lives")
                }
                about = json.loads(archive.read("run.json"))
        except (KeyError, zipfile.BadZipFile, json.JSONDecodeError) as error:
            raise ValueError(
                f"{path} holds no run ({error}); give a file that Run.save wrote."
            ) from error
        return cls(
            scenario=from_plain(about["scenario"]),
            evening=from_plain(about["evening"]),
            seed=about["seed"],
            engine=about["engine"],
            **tables,
        )

    def frame(self):
        """Return the listeners as a pandas DataFrame; raise `ImportError` with a sentence without pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError(
                "run.frame() needs pandas; install it, or use run.listeners."
            ) from error
        return pandas.DataFrame({name: self.listeners[name] for name in self.listeners.dtype.names})

    def __repr__(self):
        return f"<Run of {len(self.listeners):,} listeners, seed {self.seed}, by the {self.engine} engine>"


def to_plain(part):
    """Return a part of a scenario as plain dictionaries, lists and numbers, with the class named."""
    if dataclasses.is_dataclass(part):
        held = {
            field.name: to_plain(getattr(part, field.name)) for field in dataclasses.fields(part)
        }
        return {"part": type(part).__name__, **held}
    if isinstance(part, tuple):
        return [to_plain(one) for one in part]
    return part


def from_plain(plain):
    """Return the part that `to_plain` described; its fields are checked again."""
    from loadbearing import scenario

    if isinstance(plain, dict):
        held = {name: from_plain(value) for name, value in plain.items() if name != "part"}
        return getattr(scenario, plain["part"])(**held)
    if isinstance(plain, list):
        return tuple(from_plain(one) for one in plain)
    return plain
