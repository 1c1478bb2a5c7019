"""Unit 13's evening: an ordinary sale, what may be done about it, what that costs, and what the evening loses."""

from __future__ import annotations

import functools

from loadbearing import cases, readings
from loadbearing.labs.amounts import Choice
from loadbearing.labs.knobs import Knob
from loadbearing.labs.shown import Number
from loadbearing.launch.invited import invited
from loadbearing.launch.measures import dollars
from loadbearing.launch.sheet import EXAMPLE
from loadbearing.launch.weathers import LINE_PART
from loadbearing.stress.intervals import evenings_of
from loadbearing.units import share

CASE = "tickets_at_ten"
WITHIN_S, PROMISED = 120, 0.99
EVENINGS, NINE_IN_TEN = range(1, 11), 0.9
DOORS = range(110, 310, 10)
"""In per cent of the door, the widths that the experiment tries."""


@functools.cache
def arrivals(invitation):
    """Return how the crowd of the case comes when half of it does what the invitation says."""
    return invited(EXAMPLE.with_values(invitation=invitation), cases.get(CASE).crowd.arrivals)


def a_line():
    """Return the inputs of a line in front of the door, from the first second of the sale on."""
    return {"admits_per_s": LINE_PART * EXAMPLE.join_rate, "opens_s": 0.0}


INVITED = Choice(
    "invited",
    {
        "as it was": {},
        "come from half an hour before on": {"crowd.arrivals": arrivals("early")},
        "to each group its minute": {"crowd.arrivals": arrivals("groups")},
    },
    named="The sentence in the invitation",
)
"""The same people with another sentence in the invitation; half of them do what it says."""

LINE = Choice("line", {"no line": {}, "a line": a_line()}, named="A line in front of the door")
HANDLERS = Knob("door.handlers", 50, 400)
CROWD = Knob("crowd.listeners", 25, 300)
KNOBS = [INVITED, HANDLERS, LINE, CROWD]


# --- in people, and in dollars --------------------------------------------------------------------


def in_as_promised(run):
    """Return the share in within two minutes of coming, of all who came."""
    return readings.service_level(run, WITHIN_S)


def spent(run):
    """Return what was spent before the evening, in dollars, at the prices of the launch sheet."""
    own, had = cases.get(CASE), run.scenario
    more = max(had.door.handlers - own.door.handlers, 0) / own.door.service.mean_s
    door = EXAMPLE.price_change + more * EXAMPLE.price_rate if more else 0.0
    words = EXAMPLE.price_sentence if had.crowd.arrivals != own.crowd.arrivals else 0.0
    return door + words + (EXAMPLE.price_line if had.waiting_room else 0.0)


def lost(run):
    """Return what the evening lost, in dollars: everybody who was not in as promised, at what one person is worth."""
    came = readings.came(run)
    return EXAMPLE.value * came * (1 - in_as_promised(run)) if came else 0.0


SOON = Number(
    "soon", "In within two minutes of coming", in_as_promised, share, unit="share of the crowd"
)
SPENT = Number("spent", "Spent before the evening (assumed prices)", spent, dollars, unit="dollars")
LOST = Number("lost", "Lost on the evening (assumed worth)", lost, dollars, unit="dollars")
FIRST = (SOON, SPENT, LOST)


# --- the experiment, and the missions ---------------------------------------------------------------


def cheapest_fix(bench):
    """The experiment: a line, a sentence, a wider door: the cheapest that keeps the promise on nine evenings of ten.

    Returns ("words", "line" or "door", the sentence that says what each comes to). Each evening has its own weather.
    """
    ways = {
        "words": [{INVITED.path: "come from half an hour before on"}],
        "line": [{LINE.path: "a line"}],
        "door": [{HANDLERS.path: width} for width in DOORS],
    }
    found = {key: _first_enough(bench, places) for key, places in ways.items()}
    costs = {key: one[1] for key, one in found.items() if one[1] is not None}
    said = ", ".join(f"{NAMES[key]} {_told(*one)}" for key, one in found.items())
    return min(costs, key=costs.get), f"On {len(EVENINGS)} evenings: {said}."


NAMES = {"words": "the sentence", "line": "the line", "door": "the wider door"}


def _told(kept, cost):
    return f"keeps it on {kept}" + (f" for {dollars(cost)}" if cost is not None else "")


def _first_enough(bench, places):
    """(evenings kept, dollars) of the first of these settings that is enough; (evenings kept, None) if none is."""
    for place in places:
        runs = [bench.run(CASE, place, seed=seed, weather=True) for seed in EVENINGS]
        kept = sum(in_as_promised(run) >= PROMISED for run in runs)
        if kept >= evenings_of(len(EVENINGS), NINE_IN_TEN):
            return kept, spent(runs[0])
    return kept, None


def _kept_by_all_who_are_expected(trial, found):
    full = trial.settings.per_cent("crowd.listeners") >= 100
    return full and found["soon"].value >= PROMISED


def by_words(trial, found):
    """A mission's `reached`: the promise is kept, no handler more and no line."""
    at = trial.settings
    plain = at.per_cent("door.handlers") <= 100 and LINE.path not in dict(at.chosen)
    return plain and _kept_by_all_who_are_expected(trial, found)


def by_the_door(trial, found):
    """A mission's `reached`: the promise is kept, invited as they were and without a line."""
    return not trial.settings.chosen and _kept_by_all_who_are_expected(trial, found)


def twice_as_many(trial, found):
    """A mission's `reached`: twice as many people, the promise is kept, and at most 1,500 dollars are spent."""
    double = trial.settings.per_cent("crowd.listeners") >= 200
    return double and found["soon"].value >= PROMISED and found["spent"].value <= MOST_SPENT


MOST_SPENT = 1_500
"""Dollars that the mission with twice the crowd allows: less than the wider door alone would cost."""
