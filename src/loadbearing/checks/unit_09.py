"""The checks of unit 09: a calendar of tests read and planned, a crowd that left no log, and the rate ever tested."""

from __future__ import annotations

from loadbearing.checks import unit_09_calendar, unit_09_crowd, unit_09_reading
from loadbearing.checks.reply import Check


def _tested_rate(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_09_launch import tested_rate

    return tested_rate(answer, **given)


SAME_EVENING = (
    "the tests and the evening, run again in a room of one twenty-fifth, average weather."
)
SAME_NEXT = (
    "the full evening, four small invitations and the next evening, in a room of one twenty-fifth."
)

CHECKS = {
    "coverage": Check(
        unit_09_reading.coverage,
        SAME_EVENING,
        "Replace the blank by a number of per cent, or by a division.",
        (
            "Which test brought the most people a second? And how many came a second in the evening's busiest minute?",
            "Divide the people of each test by its seconds. Half an hour has 1,800.",
            "100 * (640_000 / 1_800) / (people of the busiest minute / 60).",
        ),
    ),
    "telling_test": Check(
        unit_09_reading.telling_test,
        "each test at the door and at one of half the size, in a room of one twenty-fifth.",
        "Replace the blank by the number of a test.",
        (
            "A full door of half the size lets in about 250 people a second. Which test brings more?",
            "A test whose report reads the same at both doors cannot tell them apart.",
            "Divide people by seconds. Two of the eight bring more than 250 a second; either is right.",
        ),
    ),
    "left_out": Check(
        unit_09_reading.left_out,
        "the same five minutes with one person a second, whatever the door does.",
        "Replace the blank by a number of people.",
        (
            "The load generator waited for its answer. Would people wait for each other?",
            "The door stands still for twenty seconds. How many come in that time?",
            "One comes each second of the stop. All of them wait longer than a second but the last.",
        ),
    ),
    "calendar": Check(
        unit_09_calendar.judge,
        "your plan with sixty companies that the notebook does not show, in small rooms; cost against par.",
        "Replace the blank by a plan: totals, early opening, ramp and headroom.",
        (
            "Which of the three tests can meet what the door can do, and harm nobody?",
            "A ramp stops by itself. How high must it be booked, so that it meets the limit of most doors?",
            "One ramp to 700 a second, no totals, no early opening. Then headroom for the weather: from 10 to 30 %.",
        ),
    ),
    "too_low": Check(
        unit_09_crowd.too_low,
        SAME_NEXT,
        "Replace the blank by a number of per cent.",
        (
            "Compare the last row with the first, in the column of people.",
            "How many are missing, and of how many who came?",
            "100 * (came - foretold) / came, with the numbers of the first and the last row.",
        ),
    ),
    "crowd_counted": Check(
        unit_09_crowd.crowd_counted,
        SAME_NEXT,
        "Fill in the line of the function and run its cell first.",
        (
            "The counter counts requests. How many requests does one person make?",
            "If each client asks about four times, a thousand requests are how many people?",
            "Requests divided by requests a client: return log.requests / log.requests_each.",
        ),
    ),
    "tested_rate": Check(
        _tested_rate,
        "your tests as rates, and your crowd at a door that does no more than was tested.",
        "Replace the blank by a number of people per second.",
        (
            "Is it the largest test that was the fastest?",
            "Turn each test into people a second: its people, over its minutes times sixty.",
            "The largest of these rates: max(people / (60 * minutes) for people, minutes in tests.values()).",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
