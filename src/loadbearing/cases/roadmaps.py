"""The company of the roadmap (unit 11), and the evening at its door: every number an assumption, with its reason.

Nobody has published a budget, a split of it, or what came of it quarter by quarter. So nothing here is held against
the record. Two that decide much, what capacity costs and what a failure costs, are knobs of the lab.
"""

from __future__ import annotations

from loadbearing.cases.building import scenario_of
from loadbearing.cases.inputs import assumed
from loadbearing.cases.platform import EVE

COMPANY = {
    "quarters": assumed(8, "two years: long enough for an audience to grow, or to be lost"),
    "budget": assumed(10, "parts a quarter, so that a part is a tenth"),
    "audience": assumed(20_000, "people who would come to the first event: a small company"),
    "handlers_a_part": assumed(
        100, "what one part rents for the evening: it decides how dear readiness is, so it is a knob"
    ),
    "growth": assumed(
        0.6, "the most that a quarter's features can add to the audience, as a share of it"
    ),
    "half_way": assumed(
        4.0, "parts of features that bring nearly two thirds of that; the next bring less"
    ),
    "flop": assumed(
        0.25, "chance that a release brings nobody; as often it brings twice as many as planned"
    ),
    "spike": assumed(
        3.0, "times as many as expected, when all talk about it; told cases reach from half to ten times"
    ),
    "spike_chance": assumed(0.125, "once in eight quarters, so about once a roadmap"),
    "fault": assumed(0.05, "chance that a part of features brings a hidden fault to the evening"),
    "found": assumed(0.8, "chance that a rehearsal finds it: four in five"),
    "stays_away": assumed(
        0.5, "of those who are not in within five minutes, the share that never comes again: a knob"
    ),
    "costs": assumed(
        1.0, "what one who is not in costs, counted in people who are in: a knob"
    ),
}  # fmt: skip
PLAN = {
    "features": assumed(3, "of ten parts, to begin with"),
    "rehearsal": assumed(0, "no part for a rehearsal, to begin with"),
    "people": assumed(0, "no part for a team on call, to begin with"),
    "details": assumed(1, "one part for this quarter's settings"),
    "compare": assumed(
        "splits", "what the picture shows beside it: other splits, or the best plans known"
    ),
}
EVENING = EVE | {
    "gathering_s": assumed(300.0, "the crowd of an event comes within minutes of the hour"),
    "ends_s": assumed(3_600, "the account ends an hour after the start"),
    "queue_s": assumed(20.0, "details neglected: a queue twice as long as a client waits"),
    "mended_s": assumed(5.0, "details gone through: the queue of unit 07's eve"),
    "slower": assumed(2.0, "a hidden fault: a join takes twice as long, until somebody acts"),
    "team_s": assumed(240.0, "a team on call acts four minutes after the start"),
    "size": assumed(
        40, "handlers of the room in which it is run: an evening of the same crowd for each handler goes the same"
    ),
}  # fmt: skip
"""The evening of a quarter. How many come for each handler is the roadmap's business, not a number of its own."""

ROADMAPS = {
    "the_roadmap": (
        "Eight quarters",
        "Ten parts a quarter, and an event at the end of each: what grows must also get in.",
        COMPANY | PLAN,
    ),
}
"""(title, mechanism in one sentence, inputs)."""


def evening(per_handler, details=True, fault=False, people=False):
    """Return the `Scenario` of one quarter's evening, in a room of 40 handlers.

    `per_handler`: people invited for each handler. `details`: gone through this quarter, or neglected. `fault`: a
    hidden one. `people`: a team on call acts after four minutes: it ends the fault, shortens the queue to what is
    answered in time, and lets the door skip whoever has left.
    """
    given = {key: one.value for key, one in EVENING.items()}
    size, mended_s, team_s, slower = (
        given.pop(key) for key in ("size", "mended_s", "team_s", "slower")
    )
    whole = given["handlers"]
    given["at_the_start"] = round(per_handler * whole)
    acts = people and (fault or not details)
    if details:
        given["queue_s"] = mended_s
    if acts:
        given |= {"acts_s": team_s, "acts": {"queue_limit": 2 * whole, "drops_dead": True}}
    if fault:
        lasts = team_s if acts else given["ends_s"]
        given |= {"fault_s": 0.0, "fault_lasts_s": lasts, "slower": slower}
    return scenario_of(given).scaled(size / whole)


FAILURES = {
    "forgiven": {"stays_away": 0.1, "costs": 0.0},
    "remembered": {},
    "never forgiven": {"stays_away": 1.0, "costs": 20.0},
}
"""What a failure may cost, from nearly nothing to nearly everything: assumptions, all three. Nobody has measured it."""

PRICES = (50, 100, 400, 2_000)
"""Handlers that one part may rent: dear, as it is, cheap, nearly free. Assumptions."""

OTHERWISE = {
    "as it is": {},
    "no spikes": {"spike_chance": 0.0},
    "spikes of ten": {"spike": 10.0},
    "no hidden faults": {"fault": 0.0},
    "half the growth": {"growth": 0.3},
    "only weather": {"spike_chance": 0.0, "fault": 0.0, "flop": 0.0},
}
"""What else could be otherwise, one at a time, and in the end all luck but the weather: assumptions, each of them."""
