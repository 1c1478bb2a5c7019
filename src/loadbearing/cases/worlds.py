"""Worlds: cases that are no evening, such as a season of events or a budget over quarters.

Nothing is simulated from them by itself: a world holds named inputs, each with its reason, and the room of its unit
plays them. Each unit's worlds stand in a file of their own: name to (title, mechanism in a sentence, inputs by name).
"""

from __future__ import annotations

from loadbearing.cases.contracts import CONTRACTS
from loadbearing.cases.next_times import NEXT_TIMES
from loadbearing.cases.roadmaps import ROADMAPS

UNITS = {
    "the_contract": CONTRACTS,
    "the_roadmap": ROADMAPS,
    "the_next_time": NEXT_TIMES,
}
"""Slug of a unit to its worlds."""

WORLDS = {name: world for unit in UNITS.values() for name, world in unit.items()}
