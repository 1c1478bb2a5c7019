"""Unit 13's launch sheet: the example of a second domain, and what stands for a line that was left empty.

Every number is an assumption with its reason, and each is a line of the sheet: whoever knows better types another.
`EXAMPLE`: tickets that go on sale at ten. `ASSUMED`: by line. `TIMES`: the assumption is so many times another line.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed
from loadbearing.cases.the_platform import CLIENTS, SHARED

EXAMPLE = {
    "expected": assumed(12_000, "people who want tickets when the sale opens at ten"),
    "within": assumed(8.0, "minutes: the sale was announced for one minute, so they come within minutes of it"),
    "join_rate": assumed(20.0, "tickets bought a second, as the shop measured on its best day"),
    "hold": assumed(30_000, "tickets there are: more than people expected, so the room is not what is short"),
    "patience": assumed(12.0, "minutes for which people try, because the tickets are wanted"),
}  # fmt: skip
"""The example's own numbers."""

TIMES = {"low": "expected", "high": "expected", "queue": "join_rate", "tested_rate": "join_rate"}
"""Assumptions that are so many times another line of the same sheet."""

ASSUMED = {
    "low": assumed(0.5, "half of the crowd expected, the bad case of interest"),
    "high": assumed(2.0, "twice the crowd expected; some have met ten times their worst case", "pokemon_go_got"),
    "promise_share": assumed(99.0, "99 of 100, as in the first launch sheet"),
    "promise_minutes": assumed(2.0, "two minutes, as in the first launch sheet"),
    "minutes_to_act": assumed(
        12.0,
        "two minutes to the alarm, three to be at work, six to find it, one to act: unit 08's team",
    ),
    "queue": assumed(15.0, "as many requests as the door answers in fifteen seconds, half of what a client waits"),
    "timeout": assumed(30.0, "seconds, what many clients are set to when nobody has chosen"),
    "tested_rate": assumed(1.0, "the door was tested at the rate that it is said to have"),
    "fault_share": assumed(50.0, "a fault halves the door: every join takes twice as long"),
    "minutes_unknown": assumed(60.0, "an hour until somebody has understood a part that nobody there knows: unit 08"),
    "at_once": assumed(2.0, "minutes: nine in ten come within two, as a crowd does that was told one minute"),
    "reload_after": assumed(10.0, "seconds without an answer, and people reload"),
    "reload_takes": assumed(2.0, "seconds: the page must load, and a hand must ask for it"),
    "heed": assumed(50.0, "half of the people do what an invitation says; nobody has measured yours"),
    "value": assumed(
        5.0,
        "dollars that one more person in as promised is worth: a modest ticket's fee, or a new customer",
    ),
    "price_sentence": assumed(200.0, "dollars: two hours of two people, and one more mail to everybody"),
    "price_change": assumed(500.0, "dollars for one change at the door, made in a day and tried once"),
    "price_rate": assumed(
        25.0,
        "dollars for one more person a second at the door, that evening: about what a hired door of unit 10 asks",
    ),
    "price_line": assumed(
        1_000.0,
        "dollars for a line in front of the door, hired for the evening, fitted in and tried",
    ),
    "price_pauses": assumed(1_000.0, "dollars: two days, to change what clients do and to try it"),
    "price_hold": assumed(0.1, "dollars for one more place inside, that evening"),
    "price_page": assumed(700.0, "dollars: half a day to write the page, and an evening of someone who knows it"),
    "minutes_on_call": assumed(4.0, "one who is there looks at once, and the page says what to do"),
    "postpone": assumed(20.0, "minutes by which the start is moved: time for one change at the door"),
    "decides": assumed(
        "the host",
        "one person, named before the evening; whoever is asked first otherwise asks another",
    ),
    "budget": assumed(None, "no limit"),
}  # fmt: skip
"""What stands for a line that was left empty, in the unit of the line."""

DOOR_TIMES = assumed(
    (1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0),
    "a door is widened in steps, and twenty times as wide is another door",
)
"""How many times as wide a door may be made."""

ROOM_TIMES = assumed((1.1, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0), "places are bought in steps, too")
"""How many times as many may be inside."""

SHORT_QUEUE_S = assumed(
    5.0, "whoever would wait longer than five seconds is refused: unit 07's eve"
)
LONG_QUEUE_S = assumed(
    60.0, "as many requests as the door answers in a minute: twice as long as clients wait"
)
SHORT_TIMEOUT_S = assumed(5.0, "a client that hears nothing for five seconds tries again: unit 04")
FEWER_HANDLERS = assumed(0.5, "half of the door is there: the other half was never switched on")
SMALL_ROOM = assumed(0.8, "the room holds four in five of those expected: a limit nobody looked up")
"""Single settings that are wrong: the premortem tries each of them."""

STOP_MINUTES = assumed(15, "whoever has not decided within a quarter of an hour has decided")
STOP_STEP = assumed(0.05, "a host reads a share to the nearest twentieth")
BAD_BELOW = assumed(
    0.9,
    "an evening is bad if fewer than nine in ten get what was promised: no slip, and no matter of luck",
)
"""When a start is stopped, and what counts as an evening that should have been."""

DROP = {
    "expected": assumed(3_000, "people who want one of something that is sold from noon on"),
    "within": assumed(10.0, "minutes: announced for noon, and most are at work"),
    "join_rate": assumed(8.0, "orders a second, as the shop measured"),
    "hold": assumed(2_400, "baskets that may be open at once, by the contract of the shop's supplier"),
    "patience": assumed(10.0, "minutes for which people try"),
}  # fmt: skip
"""A small shop's sale at noon, for the exercise: on a calm evening its room is what is short."""

MONEY = assumed(2_000.0, "dollars that may be spent on the sale at ten, for the exercise")
A_STOP = assumed(
    3_000.0, "dollars that a moved start costs, for the exercise: some guests, and a name"
)
A_MISS = assumed(
    12_000.0, "dollars that a bad evening costs which nobody stopped: four times as many guests"
)

TICKETS = SHARED | CLIENTS | {
    "early_birds": assumed(0, "nobody comes before the sale opens"),
    "at_the_start": EXAMPLE["expected"],
    "latecomers": assumed(0, "all come for the minute that was announced"),
    "doors_s": assumed(0.0, "the shop opens at that minute"),
    "until_s": assumed(0.0, "nobody comes late"),
    "gathering_s": assumed(247.0, "nine in ten come within eight minutes, as the example of the launch sheet has it"),
    "handlers": assumed(10, "ten payments at once: the twenty a second of the launch sheet"),
    "service_s": assumed(0.5, "half a second for each, as in every launch of the sheet"),
    "queue_s": assumed(15.0, "as many requests as the door answers in fifteen seconds, as on the launch sheet"),
    "timeout_s": assumed(30.0, "what many clients are set to when nobody has chosen"),
    "longest_pause_s": assumed(60.0, "no client pauses longer than a minute"),
    "patience_s": assumed(720.0, "people try for twelve minutes on average, because the tickets are wanted"),
    "seats": EXAMPLE["hold"],
    "stays_s": assumed(None, "nobody leaves: a ticket that is bought stays bought"),
    "starts_s": assumed(-1800, "the account begins half an hour before, when the shop could first be opened"),
    "ends_s": assumed(3600, "and ends an hour after the start"),
}  # fmt: skip
CASES = {
    "tickets_at_ten": (
        "Tickets on sale",
        "Twelve thousand people were told one minute, and the shop lets in twenty a second.",
        TICKETS,
    ),
}
"""Unit 13's evening in the lab: (title, mechanism in one sentence, inputs)."""
TALK_MINUTES = assumed(
    5, "minutes that several people need until they agree to stop: nobody wants to say it first"
)
"""What stopping and not stopping cost in the exercise, and what it costs if nobody was named."""
