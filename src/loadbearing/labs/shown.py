"""Readings of a lab's own: a number that only this unit speaks of, shown like every other."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

from loadbearing.parts import ScenarioError, nearest
from loadbearing.readings import table
from loadbearing.words import word


@dataclasses.dataclass(frozen=True)
class Number:
    """A reading that a lab adds: `read(run)` returns its value, `say(value)` its text.

    `unit`: what it is counted in. A value that is not a number (nan) is told as `without`. `counted`: the value is a
    number of people or requests; in a small room each stands for several.

    >>> Number("wait", "Wait, on average", lambda run: 0.5, "{:.1f} services".format).reading(None).text
    '0.5 services'
    """

    key: str
    label: str
    read: Callable
    say: Callable
    unit: str = ""
    without: str = "nobody came"
    counted: bool = False

    def reading(self, run, each=1.0):
        """Return the `Reading` of a run in which each simulated listener stands for `each` people."""
        value = self.read(run) * (each if self.counted else 1)
        text = self.without if math.isnan(value) else self.say(value)
        return table.Reading(self.key, value, text, self.label, self.unit, first=True)


ROWS = {row[0]: row for row in table.TABLE}
SAID_AS_A_COUNT = ROWS["came"][4]
NOT_OF_PEOPLE = ("collapses",)
"""A count that is the same in a room of any size; all other counts grow with it."""


def checked_first(wanted):
    """Return the readings a lab shows first, keys and `Number`s; an unknown key raises `ScenarioError`."""
    for one in wanted:
        if not isinstance(one, Number) and one not in ROWS:
            raise ScenarioError(f"There is no reading {one!r}. {nearest(one, list(ROWS))}")
    return tuple(wanted)


def first_readings(run, wanted=table.FIRST, each=1.0):
    """Return the readings that are shown unasked, by key, without computing the others.

    Each simulated listener stands for `each` people: counts are those of the whole crowd.
    """
    found = [
        one.reading(run, each) if isinstance(one, Number) else _known(run, one, each)
        for one in wanted
    ]
    return {one.key: one for one in found}


def all_readings(run, wanted=table.FIRST, each=1.0):
    """Return every reading of a run by key: those shown unasked first, and marked so."""
    first = first_readings(run, wanted, each)
    rest = {
        key: _grown(dataclasses.replace(one, first=False), run, each)
        for key, one in table.readings(run).items()
        if key not in first
    }
    return first | rest


def _known(run, key, each):
    _, term, label, unit, say, read = ROWS[key]
    value, known = read(run), word(term)
    named = label.format(known.name[0].upper() + known.name[1:])
    found = table.Reading(key, value, say(run, value), named, unit or known.unit, first=True)
    return _grown(found, run, each)


def _grown(reading, run, each):
    """A reading of a small room as it is of the whole crowd: counts are those of everybody."""
    if each == 1 or ROWS[reading.key][4] is not SAID_AS_A_COUNT or reading.key in NOT_OF_PEOPLE:
        return reading
    value = reading.value * each
    return dataclasses.replace(reading, value=value, text=SAID_AS_A_COUNT(run, value))


def stands_for(each):
    """Return in words for how many people a simulated listener stands.

    >>> stands_for(20.3), stands_for(2.0), stands_for(1.47), stands_for(1.02)
    ('20 people', '2 people', '1.5 people', 'hardly more than one person')
    """
    if each < 1.05:
        return "hardly more than one person"
    return f"{each:.0f} people" if each >= 10 else f"{each:.2g} people"
