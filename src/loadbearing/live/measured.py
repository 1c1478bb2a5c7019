"""What was measured: the door's record and the crowd's, laid together, and told as a `Run`.

The door's clock is the only one. What came of an attempt is what its client says: a client's time-out ends an attempt
exactly so long after the door received it, and an answer that was under way then was dead work. Where the two disagree
by a journey, times are moved by that much, and it is said how many and how far. A record that was broken off, because
somebody pressed Stop or a process died, is told up to the last whole second that both sides wrote down.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib

import numpy as np

from loadbearing.live.record import Unusable, run_of
from loadbearing.live.together import Together
from loadbearing.run import Moment, from_plain
from loadbearing.scenario import HandlersLost


@dataclasses.dataclass(frozen=True, eq=False)
class Measured:
    """Both records as one.

    `evening`, `seed`: as the door was told, with the faults that were switched on by hand. `attempts`: rows of
    `ATTEMPT`, listeners numbered from 0 in the order in which the door met them; `who`: their numbers in the files.
    `given_up`, `left`: as `record.run_of` takes them. `lateness`: as `book.lateness` has it, and the same of journeys
    from a client to the door: `journey_median_s` and so on. `too_slow`: whether this computer was, for its numbers to
    be about the door: the crowd late, or one journey in a hundred longer than `book.LATEST_S`. `gaps`: {what does not
    fit or is missing: how many}. `moved_s`: the farthest that a time was moved. `until_s`: the last whole second that
    both sides wrote down. `complete`: whether the record was ended and not broken off. `said`: what there is to say
    about all this, in sentences. `actions`: what the door's controllers did, rows of `run.ACTION`.
    """

    evening: object
    seed: int
    attempts: np.ndarray
    who: np.ndarray
    given_up: dict
    left: dict
    lateness: dict
    too_slow: bool
    gaps: dict
    moved_s: float
    until_s: int
    complete: bool
    said: str
    actions: list = dataclasses.field(default_factory=list)

    @property
    def waits(self):
        """How long each attempt that was let in waited for it, in seconds."""
        mine = self.attempts[self.attempts["answer"] == Moment.JOINED]
        return mine["ended"] - np.fmin(mine["in_line"], mine["sent"])

    def run(self):
        """Return the `Run` that this record tells; raise `Unusable` with a sentence if it is too short for one."""
        evening, until = self.evening, min(self.until_s, self.evening.ends_s)
        came = np.fmin(self.attempts["in_line"], self.attempts["sent"])
        attempts = self.attempts[(came >= evening.starts_s) & (came <= until)]
        if until <= evening.starts_s or not len(attempts):
            raise Unusable(
                f"The record reaches to second {until} from the start, with {len(attempts)} attempts by then; "
                "that tells no evening: measure again."
            )
        if until < evening.ends_s:
            evening = evening.changed({"ends_s": until})
        lost = tuple(fault for fault in evening.faults if isinstance(fault, HandlersLost))
        there = set(attempts["listener"].tolist())
        told = run_of(
            dataclasses.replace(evening, faults=lost),
            attempts,
            {i: what for i, what in self.given_up.items() if i in there},
            {i: when for i, when in self.left.items() if i in there},
            self.seed,
            actions=[one for one in self.actions if one[0] <= until],
        )
        return dataclasses.replace(told, scenario=evening, evening=evening)


def run(folder):
    """Return the measured `Run` of a folder that a server and its load wrote."""
    return read(folder).run()


def read(folder):
    """Read the record in a folder: `door.json`, `door.jsonl`, `crowd.jsonl`; return a `Measured`.

    Raises `Unusable` with a sentence if there is none.
    """
    folder = pathlib.Path(folder)
    try:
        about = json.loads((folder / "door.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{folder} holds no record of a door ({error}); measure again.") from error
    evening = from_plain(about["evening"])
    by_hand = tuple(from_plain(fault) for fault in about.get("faults", ()))
    evening = dataclasses.replace(evening, faults=(*evening.faults, *by_hand))
    both = Together(evening, _rows(folder / "door.jsonl"), _rows(folder / "crowd.jsonl"))
    both.lay(has_locust=(folder / "locust.json").exists())
    actions = [tuple(one) for one in about.get("actions", ())]
    return Measured(seed=about["seed"], actions=actions, **both.fields())


def _rows(path):
    """Return the rows of a file of JSON lines, a last one that was broken off left out; none if there is no file."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            found.append(row)
    return found
