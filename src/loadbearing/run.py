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
from numpy.lib.recfunctions import repack_fields

from loadbearing.parts import MADE
from loadbearing.scenario import CHANGEABLE, Scenario


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
    """What happened at one moment of a sampled listener's evening, in the order in which it can within one moment."""

    ARRIVED = 0
    IN_LINE = 1
    ADMITTED = 2
    SENT = 3
    WAITING = 4
    SERVED = 5
    REFUSED_FULL = 6
    REFUSED_BUDGET = 7
    REFUSED_SHUT = 8
    REFUSED_RESTART = 9
    REFUSED_NO_SEAT = 10
    TIMED_OUT = 11
    JOINED = 12
    DISCONNECTED = 13
    LEFT = 14
    GAVE_UP = 15


LISTENER = np.dtype(
    [
        ("arrived", "f8"),
        ("first_sent", "f8"),
        ("joined", "f8"),
        ("last_joined", "f8"),
        ("left", "f8"),
        ("attempts", "i4"),
        ("joined_attempt", "i4"),
        ("times_disconnected", "i4"),
        ("outcome", "u1"),
        ("reason", "u1"),
    ]
)

FLOWS = (
    "arrivals",
    "first_attempts",
    "retries",
    "admitted",
    "refused_full",
    "refused_budget",
    "refused_shut",
    "refused_restart",
    "refused_no_seat",
    "time_outs",
    "ran_out_of_patience",
    "gave_up",
    "services",
    "dead_services",
    "cut_services",
    "foreign_requests",
    "foreign_refused",
    "foreign_services",
    "joins",
    "leavers",
    "disconnected",
    "did_not_return",
)
"""What is counted in each second. Services that ended include dead and foreign ones, not those cut by a restart;
joins include those of people who had been disconnected; who did not return had been in, and gave up."""

REFUSALS = tuple(name for name in FLOWS if name.startswith("refused"))
"""The kinds of refusal; those of foreign requests are counted apart."""

LEVELS = ("queue", "living_queue", "waiting_room", "reserved", "busy", "capacity", "inside")
"""How many there are: requests waiting, those of them whose client is there, people in the waiting room, seats
reserved, busy handlers, handlers present or still busy, listeners in the room. Each has a count at the end of the
second and `_s`, its person-seconds."""

WORK = ("work_s", "dead_work_s", "dead_after_s", "cut_work_s")
"""Handler seconds of services that ended in this second: all; those whose client had gone; and of these the
part after the client had gone. Last, the seconds that services had lasted when a restart cut them off."""

SECOND = np.dtype(
    [("second", "i4")]
    + [(name, "i8") for name in FLOWS]
    + [(name, "i8") for name in LEVELS]
    + [(name + "_s", "f8") for name in LEVELS]
    + [(name, "f8") for name in WORK]
)

DONE = (*(what for what in CHANGEABLE if what != "mended"), "serving", "mended")
"""What an action can be: a setting that somebody changed, how many handlers are serving from then on, or a fault that
ends. Files of runs hold the places: new ones come last."""

ACTION = np.dtype([("time", "f8"), ("controller", "i4"), ("what", "u1"), ("to", "f8")])

LIFE = np.dtype([("listener", "i4"), ("attempt", "i4"), ("time", "f8"), ("moment", "u1")])


HAPPENED = ("listeners", "seconds", "lives")
TABLES = (*HAPPENED, "actions")


class AuditError(AssertionError):
    """A run that breaks a law: which law, where, and by how much."""


@dataclasses.dataclass(frozen=True, eq=False)
class Run:
    """One evening, as it happened.

    `scenario` as it was asked for, `evening` as the weather made it, `seed`, and the `engine` that ran.
    `listeners`: structured array, one row each in order of arrival, times in seconds (nan: never).
    `seconds`: structured array, one row for each second from `evening.starts_s`.
    `lives`: structured array, every moment of the sampled listeners, in order of time.
    `actions`: structured array, what the controllers did, in order of time: which one (by its place in the scenario),
    which setting (its place in `DONE`), and the new value (inf: no limit, no budget, nothing; 1 and 0: yes and no, or
    lifo and fifo).
    """

    scenario: Scenario
    evening: Scenario
    seed: int
    engine: str
    listeners: np.ndarray
    seconds: np.ndarray
    lives: np.ndarray
    actions: np.ndarray = dataclasses.field(default_factory=lambda: np.zeros(0, ACTION))

    def fault_ends_s(self, index):
        """Return when a fault ended, in seconds: by itself, or earlier if somebody mended it. `index`: its place."""
        fault, mended = self.evening.faults[index], DONE.index("mended")
        ends = fault.at_s + fault.lasts_s
        hits = self.actions[(self.actions["what"] == mended) & (self.actions["to"] == index)]
        return min([ends, *(at for at in hits["time"].tolist() if fault.at_s <= at)])

    def same_as(self, other, tables=TABLES):
        """Tell whether another run is equal to this one to the last bit, whichever engine made it.

        `tables`: those to compare, for example only what happened and not who did what.
        """
        return not self.differences(other, tables=tables)

    def differences(self, other, most=5, tables=TABLES):
        """Return sentences naming the first differences from another run; none if equal to the last bit."""
        found = []
        for table in tables:
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
            for table in TABLES:
                held = io.BytesIO()
                np.save(held, repack_fields(getattr(self, table)), allow_pickle=False)
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
                    for name in TABLES
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
    """Return a part of a scenario as plain dictionaries, lists and numbers; its class stands under "part".

    Where a field is called so, the class stands under "is".
    """
    if dataclasses.is_dataclass(part):
        held = {
            field.name: to_plain(getattr(part, field.name)) for field in dataclasses.fields(part)
        }
        return {"is" if "part" in held else "part": type(part).__name__, **held}
    if isinstance(part, tuple):
        return [to_plain(one) for one in part]
    if callable(part):
        return {"part": "function", "name": getattr(part, "__qualname__", type(part).__name__)}
    return part


class Remembered:
    """A policy whose name is all that a file holds: the run can be read, but not run again from it."""

    def __init__(self, name):
        self.__qualname__ = name

    def __call__(self, now, telemetry):
        raise RuntimeError(
            f"The policy {self.__qualname__} was not kept with the run; give the function again: "
            "scenario.changed({'controllers.0.decide': ...})."
        )


def from_plain(plain):
    """Return the part that `to_plain` described; its fields are checked again."""
    if isinstance(plain, dict):
        held = dict(plain)
        name = held.pop("is" if "is" in held else "part")
        if name == "function":
            return Remembered(plain["name"])
        return MADE[name](**{key: from_plain(value) for key, value in held.items()})
    if isinstance(plain, list):
        return tuple(from_plain(one) for one in plain)
    return plain
