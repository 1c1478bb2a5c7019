"""Run every evening that a roadmap can meet: `python -m authoring.evenings_11` writes roadmap/evenings.json.

Loads of eight to an octave, seven states of the platform, 24 evenings with weather of their own: some 6,900 runs of the
engine, in rooms of 40 handlers, about three minutes. The file holds how many came and how many were in within five
minutes, as counts, so that it is the runs, not about the runs.

    python -m authoring.evenings_11            run and write
    python -m authoring.evenings_11 --check    run and compare with what is here
"""

from __future__ import annotations

import json
import sys

import numpy as np

from authoring.searching import command
from loadbearing import draws, simulate
from loadbearing.cases import roadmaps
from loadbearing.readings import people_of
from loadbearing.roadmap import evenings

OCTAVES = 2.5
WEATHERS = range(1, 25)


def ran(state: str, load: float, weather: int) -> tuple[int, int]:
    """Run one evening; return (people who came, people in within five minutes of coming)."""
    details, fault, people = evenings.STATES[state]
    scenario = roadmaps.evening(load, details, fault, people)
    run = simulate(scenario, weather, sample=0, progress=False)
    mine = people_of(run)
    seen = mine[mine["arrived"] + evenings.WITHIN_S <= run.evening.ends_s]
    in_time = seen["joined"] - seen["arrived"] <= evenings.WITHIN_S
    return len(seen), int(np.count_nonzero(in_time))


def results() -> dict:
    """Return all that was run, ready to be written."""
    loads = evenings.grid(OCTAVES)
    turnout = roadmaps.EVENING["turnout"].value
    came, in_time = None, {}
    for state in evenings.STATES:
        both = np.array([[ran(state, load, weather) for weather in WEATHERS] for load in loads])
        if came is not None and (both[..., 0] != came).any():
            raise ValueError(f"Not as many came to {state} as to the others.")
        came, in_time[state] = both[..., 0], both[..., 1].tolist()
    return {
        "octaves_each_way": OCTAVES,
        "weathers": list(WEATHERS),
        "turnout": [round(draws.factor(weather, "turnout", turnout), 6) for weather in WEATHERS],
        "came": came.tolist(),
        "in_time": in_time,
    }


def text(found: dict) -> str:
    """Return the results as the file holds them: one load a line."""

    def rows(table):
        return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in table) + "\n]"

    states = ",\n".join(f'"{name}": {rows(table)}' for name, table in found["in_time"].items())
    heads = [
        f'"{key}": {json.dumps(found[key])}' for key in found if key not in ("came", "in_time")
    ]
    return (
        "{\n" + ",\n".join([*heads, f'"came": {rows(found["came"])}', f'"in_time": {{\n{states}\n}}'])
        + "\n}\n"
    )  # fmt: skip


def main(words: list[str] | None = None) -> int:
    """The command line: run and write, or compare."""
    return command(words, "authoring.evenings_11", __doc__, evenings.FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
