"""Unit 10's two worlds, a hundred thousand nights of suppliers and a season of events: all numbers assumed.

`CONTRACTS`: name to (title, mechanism in one sentence, inputs). Nobody publishes what suppliers share, what hiring
costs such a company, or how good a first own door is: each is a knob of the lab or stands in the exercise.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed

SUPPLIERS = {
    "fails": assumed(0.001, "the promise of 99.9 %, kept: each is gone on one night in a thousand"),
    "shared": assumed(
        0.1, "one failure in ten is of something that all stand on; nobody publishes how many it is"
    ),
}
NIGHTS = SUPPLIERS | {
    "nights": assumed(100_000, "so many that even what is rare is seen"),
    "suppliers": assumed(3, "two, and a third to be sure"),
}
CROWD = {
    "events": assumed(12, "one a month, for a year"),
    "expected": assumed(100_000, "what the company forecasts for each event"),
    "unknown": assumed(
        0.7,
        "how far the true crowd is from the forecast, as a share of it; some have seen ten times their worst case",
        "pokemon_go_got",
    ),
    "weather": assumed(0.15, "the turn-out differs from event to event, as in every unit"),
    "worth": assumed(0.25, "dollars that a person is worth who wanted in and was not let in"),
}
HIRED = {
    "crowded": assumed(0.15, "how often others have their event on the same night"),
    "crowded_share": assumed(0.6, "of one limit, what all suppliers together then carry for you"),
    "retainer": assumed(0.01, "dollars an event for each person of the limit, used or not"),
    "price": assumed(0.03, "dollars for each person a supplier lets in"),
    "reserved_times": assumed(1.5, "a limit kept for you alone costs half as much again"),
    "logs_cost": assumed(300.0, "dollars an event and supplier, to have the logs"),
    "credit": assumed(0.0, "share of the bill that comes back for a night on which a supplier was gone"),
    "raised": assumed(1.25, "who sees only a full door takes a quarter more next time"),
}  # fmt: skip
OWN = {
    "team": assumed(8_000.0, "dollars, once, to have anybody who can build and keep a door"),
    "build": assumed(0.08, "dollars, once, for each person of size"),
    "on_call": assumed(500.0, "dollars an event for those who keep it"),
    "upkeep": assumed(0.005, "dollars an event for each person of size"),
    "own_first": assumed(0.2, "an own door is unproven on its first night, whoever built it"),
    "own_learning": assumed(0.6, "after twice as many nights it is gone so many times as often"),
    "own_least": assumed(0.002, "no own door becomes better than this"),
    "headroom": assumed(0.2, "everybody takes a fifth more than the crowd they believe in"),
}
FAULT = {
    "fault": assumed(0.1, "share of the people let in who are lost to a fault of your own"),
    "known_with_logs": assumed(0.7, "chance that an event shows its cause to whoever has the logs"),
    "known_without": assumed(0.1, "chance that support mail alone shows it"),
}
SERVES = {
    "own_from": assumed(0, "the event from which an own door stands; 0 is never"),
    "suppliers": assumed(1, "how many are hired"),
    "limit": assumed(130_000, "people each is hired for at first: the forecast and a third"),
    "reserved": assumed(False, "the limit is shared with other customers"),
    "logs": assumed(False, "the logs are not in the contract"),
    "stays": assumed(0, "for how many events suppliers stay beside an own door"),
    "standby": assumed(0, "suppliers that serve only when all others are gone"),
}

CONTRACTS = {
    "nothing_shared": (
        "Nothing shared",
        "Three suppliers are gone now and then, each by itself. Nothing that one stands on carries another.",
        NIGHTS | {"shared": assumed(0.0, "what a product of chances takes for granted")},
    ),
    "a_hundred_thousand_nights": (
        "Something shared",
        "Three suppliers are gone now and then, each by itself or by something that all stand on.",
        NIGHTS,
    ),
    "a_season": (
        "A season of events",
        "A company holds one event after another, and owns its door, or hires it, or does both.",
        SUPPLIERS | CROWD | HIRED | OWN | FAULT | SERVES,
    ),
}

FIRST_COMPANY, PRACTICE, UNSEEN, ELSEWHERE = 0, 517, 502, 503
"""Seeds: of the lab's companies, of those to practise on, of those not seen before, and of others."""

COMPANIES = assumed(400, "companies of the same forecast, each with a crowd of its own")
BUDGET = assumed(45_000.0, "dollars that the bills of a season may come to")
KEPT = assumed(0.9, "of all who want in, the share that is to be let in")
SURE = assumed(0.9, "the share of companies on which that promise is to hold")
CLAUSE_EVENTS = assumed(6, "events of the season for which one clause may be chosen")

SMALL_EVENT = {
    "people": assumed(20_000, "a small company's event"),
    "retainer": assumed(200.0, "dollars an event to have a hired door at all"),
    "price": HIRED["price"],
    "once": assumed(5_000.0, "dollars to build an own one"),
    "own_event": assumed(250.0, "dollars an event to keep it"),
}
"""The bill of the launch sheet's own number: what hiring and owning cost a company of this size."""
