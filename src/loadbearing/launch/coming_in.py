"""What fills the sheet: the numbers that the units before have kept, and the student's own traffic."""

from __future__ import annotations

import math

import numpy as np

from loadbearing.launch.questions import BY_KEY
from loadbearing.parts import ScenarioError
from loadbearing.scenario import Measured
from loadbearing.units import duration, people

FROM_UNITS = {
    "first": ("unit 01", {key: key for key in ("expected", "within", "join_rate", "hold", "patience")}),
    "wait": ("unit 05", {key: key for key in ("expected", "within", "join_rate", "hold", "patience")}),
    "the_flood": ("unit 04", {"longest_queue": "queue", "client_waits": "timeout",
                              "join_rate": "join_rate", "patience": "patience"}),
    "the_way_back": ("unit 06", {"hold": "hold", "join_rate": "join_rate"}),
    "the_details": ("unit 07", {"queue": "queue", "timeout": "timeout", "join_rate": "join_rate"}),
    "the_team": ("unit 08", {"minutes_to_act": "minutes_to_act", "others": "minutes_unknown"}),
    "the_rehearsal": ("unit 09", {"tested_rate": "tested_rate"}),
    "the_roadmap": ("unit 11", {"low": "low", "high": "high", "turned_away": "value"}),
}  # fmt: skip
"""Where the units before keep what belongs on the sheet: entry -> (unit, {field of the entry: line})."""

MOST_OF_THEM = 0.9
LONGEST_S, MOST_BINS, MINUTE_S = 2 * 3600.0, 2_000, 60.0


def from_units(entries):
    """Return (typed, [(key, sentence)]) from the entries of the progress file's launch sheet.

    Where several units kept a line, the newest entry counts. What makes no sense on this sheet is left out.
    """
    typed, said = {}, {}
    known = [
        (str(entries[name].get("at", "")), name) for name in FROM_UNITS if _entry(entries, name)
    ]
    for _, name in sorted(known):
        unit, lines = FROM_UNITS[name]
        for field, key in lines.items():
            value = _sensible(key, entries[name].get(field))
            if value is not None:
                typed[key] = value
                said[key] = f"From {unit}: {value:,.12g} {BY_KEY[key].unit}."
    for key, wrong in (("low", typed.get("low", 0) > typed.get("expected", math.inf)),
                       ("high", typed.get("high", math.inf) < typed.get("expected", 0))):  # fmt: skip
        if wrong:
            del typed[key], said[key]
    return typed, [(key, said[key]) for key in BY_KEY if key in said]


def _entry(entries, name):
    return isinstance(entries, dict) and isinstance(entries.get(name), dict)


def _sensible(key, value):
    """A number that the line takes, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    line = BY_KEY[key]
    try:
        return line.checked(round(value) if line.whole else value)
    except (ScenarioError, ValueError, OverflowError):
        return None


def from_traffic(seen, typed=None, starts_at=None):
    """Return (typed, arrivals, sentence): a sheet with the crowd of the student's own traffic in it.

    `seen`: a `loadbearing.traffic.Traffic`. Of a longer file the two hours with the most people count. `starts_at`:
    the announced start, as of `Traffic.arrivals`; else the busiest minute. `expected` and `within` are filled in, all
    else of `typed` stays. `arrivals` has at most 2,000 stretches. Raises `TrafficError` for a start that does not fit.
    """
    arrivals = _coarser(_busiest_hours(seen.arrivals(starts_at)))
    crowd, within = arrivals.people, _within_minutes(arrivals)
    noun = "requests" if seen.kind == "log" else "people"
    caution = " Requests are not people: one person may send several." if seen.kind == "log" else ""
    left = seen.people - crowd
    left_out = f" {people(left)} outside these hours are left out." if left else ""
    sentence = (
        f"{people(crowd)} {noun} came within {duration(_length_s(arrivals))}; nine in ten of them within "
        f"{duration(60 * within)}.{left_out}{caution}"
    )
    for key, value in (("expected", crowd), ("within", within)):
        BY_KEY[key].checked(value)
    return dict(typed or {}) | {"expected": crowd, "within": within}, arrivals, sentence


def _length_s(arrivals):
    times, _ = arrivals.table()
    return float(times[-1] - times[0])


def _busiest_hours(arrivals):
    """The stretch of at most two hours with the most people."""
    counts = np.array(arrivals.counts)
    width = max(1, math.floor(LONGEST_S / arrivals.bin_s))
    if len(counts) <= width:
        return arrivals
    came = np.concatenate([[0], np.cumsum(counts)])
    first = int(np.argmax(came[width:] - came[:-width]))
    return Measured(
        from_s=arrivals.from_s + first * arrivals.bin_s,
        bin_s=arrivals.bin_s,
        counts=tuple(counts[first : first + width].tolist()),
    )


def _coarser(arrivals):
    """The same arrivals in at most 2,000 stretches."""
    together = math.ceil(len(arrivals.counts) / MOST_BINS)
    if together == 1:
        return arrivals
    counts = np.array(arrivals.counts)
    counts = np.append(counts, np.zeros(-len(counts) % together, int)).reshape(-1, together).sum(1)
    return Measured(
        from_s=arrivals.from_s, bin_s=together * arrivals.bin_s, counts=tuple(counts.tolist())
    )


def _within_minutes(arrivals):
    """The shortest time in which nine in ten came, in minutes, to two digits after the point."""
    times, share = arrivals.table()
    begins = np.linspace(0.0, 1 - MOST_OF_THEM, 1_001)
    took = np.interp(begins + MOST_OF_THEM, share, times) - np.interp(begins, share, times)
    least, most = BY_KEY["within"].least, BY_KEY["within"].most
    return min(max(round(float(took.min()) / MINUTE_S, 2), least), most)
