"""What an outsider would know if one line more had been published: how many of four mechanisms it leaves.

The four evenings of unit 01 pass through the published counts alike. Each is taken for the truth in turn; a line rules
out the others that differ from it by more than a tenth.
"""

from __future__ import annotations

import functools
import itertools

from loadbearing import cases, misfit, readings, simulate
from loadbearing.pictures.next_time import what_one_line_tells
from loadbearing.scenario import Weather

ROOM, HALF_PAST_S = 0.03, 1_800
SAME = 0.1
"""An outsider holds two numbers for the same that differ by at most a tenth of the larger."""

POINTS = 0.02
"""Two shares that differ by less than this are as good as the same to a reader, whatever part of the larger it is."""

COUNTS = "the counts that were published"
SHARES = {"how busy the handlers were", "work for people who had left"}


def _until(run, name):
    return float(run.seconds[name][: HALF_PAST_S - run.evening.starts_s].sum())


LINES = {
    COUNTS: lambda run: float(misfit.met(misfit.judge(run, 1 / ROOM))),
    "how busy the handlers were": lambda run: readings.utilization(run, 0, HALF_PAST_S),
    "how many had come": lambda run: _until(run, "arrivals"),
    "how many were in the room": lambda run: readings.in_the_room(run, HALF_PAST_S),
    "attempts a person": lambda run: readings.attempts_per_person(run, 0, HALF_PAST_S),
    "how many were trying": lambda run: _until(run, "arrivals") - _until(run, "joins"),
    "work for people who had left": lambda run: readings.dead_work_share(run, 0, HALF_PAST_S),
    "requests waiting": lambda run: run.seconds["queue"][HALF_PAST_S - 1 - run.evening.starts_s],
    "requests refused": lambda run: readings.refused(run, 0, HALF_PAST_S),
}
"""Lines that could be published about half past eight: name to reading."""


@functools.cache
def runs():
    """Return the four evenings that match the record, by name, in average weather and a small room."""
    return {
        name: simulate(
            cases.get(name).changed({"weather": Weather.calm()}).scaled(ROOM),
            1,
            sample=0,
            progress=False,
        )
        for name in cases.names()
    }


@functools.cache
def values(line):
    """Return {mechanism: what the line would have said}; raises `KeyError` for a line that is none of `LINES`."""
    return {name: float(LINES[line](run)) for name, run in runs().items()}


def left_by(*lines):
    """Return {mechanism: how many an outsider is left with if it is the true one and these lines are published}."""
    return {
        truth: sum(
            all(same(values(line)[truth], values(line)[other]) for line in lines)
            for other in runs()
        )
        for truth in runs()
    }


def same(one, other):
    """Tell whether an outsider would hold two numbers for the same."""
    return one == other or abs(one - other) <= SAME * max(abs(one), abs(other))


def at_most(*lines):
    """Return how many mechanisms an outsider is left with, whichever is true."""
    return max(left_by(*lines).values())


def apart(line):
    """Return how far the two mechanisms are apart that a line tells apart least: a share of the larger number.

    0 if the line is a share, and two of them differ by less than `POINTS`.
    """
    pairs = [*itertools.combinations(values(line).values(), 2)]
    if line in SHARES and any(abs(one - other) < POINTS for one, other in pairs):
        return 0.0
    return min(abs(one - other) / max(abs(one), abs(other), 1e-12) for one, other in pairs)


def one_line_more():
    """Return the picture of how many mechanisms each line leaves, the most telling last."""
    rows = [(line, at_most(line)) for line in LINES]
    return what_one_line_tells(rows[:1] + sorted(rows[1:], key=lambda row: -row[1]))
