"""The numbers that the plans of a class state: what the walk through them in a browser took."""

from __future__ import annotations

import json
from pathlib import Path

from loadbearing.units import duration

WALK = Path(__file__).resolve().parents[2] / "benchmarks" / "a_class.json"


def _steps():
    return json.loads(WALK.read_text(encoding="utf-8"))["steps"]


def class_opening():
    """How long the three pages took to open, before the class, until their labs rested."""
    return duration(sum(one["seconds"] for one in _steps() if one["minutes"] is None))


def class_waiting():
    """For how long the room waited for the computer, over all steps of the plan."""
    return duration(sum(one["seconds"] for one in _steps() if one["minutes"] is not None))


def class_longest_wait():
    """How much of that was in the one step that waits longest."""
    return duration(max(one["seconds"] for one in _steps() if one["minutes"] is not None))


def class_acts():
    """How often the facilitator clicked or typed in the class."""
    return str(sum(one["acts"] for one in _steps() if one["minutes"] is not None))
