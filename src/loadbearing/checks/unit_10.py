"""The checks of unit 10: a promise, what suppliers share, a season, a clause, a second supplier, break-even."""

from __future__ import annotations

from loadbearing.checks import unit_10_clauses, unit_10_reading, unit_10_season
from loadbearing.checks.reply import Check


def _break_even(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_10_launch import break_even

    return break_even(answer, **given)


SAME_NIGHTS = "the same nights, drawn again."

CHECKS = {
    "promise_minutes": Check(
        unit_10_reading.promise_minutes,
        "the minutes of thirty days, and how late the evening was said to be.",
        "Replace the blank by a number of minutes, or by a product.",
        (
            "How many minutes have thirty days? What part of them may be missing?",
            "Thirty times 24 times 60 minutes; one in a thousand of them.",
            "0.001 * 30 * 24 * 60.",
        ),
    ),
    "shared_part": Check(
        unit_10_reading.shared_part,
        SAME_NIGHTS,
        "Replace the blank by a number of per cent, or by a division.",
        (
            "Look only at nights on which a supplier was gone. On how many of them was the other gone too?",
            "Nights with both, over the nights of one supplier.",
            "100 * both / first; the mean of both suppliers in place of the first is a little better.",
        ),
    ),
    "a_third": Check(
        unit_10_reading.a_third,
        "the same nights with a third supplier, drawn with the same shared causes.",
        "Replace the blank by a number of nights.",
        (
            "Why were both gone on those nights?",
            "What both stand on, the third stands on as well.",
            "All three are gone on about as many nights as both were.",
        ),
    ),
    "season": Check(
        unit_10_season.judge,
        "your plan with sixty companies that the notebook does not show; cost against par.",
        "Replace the blank by a plan.",
        (
            "Twelve events: who should serve the last one? And who stands by on the first nights?",
            "An own door from the first or second event, and one supplier beside it for some nights. What should its "
            "contract hold?",
            "One supplier with the logs, for 130,000 to 200,000; own from event 1 or 2; three nights in reserve.",
        ),
    ),
    "clause": Check(
        unit_10_clauses.clause,
        "six events with each of the four clauses, for four hundred companies.",
        "Replace the blank by one of the four, in quotes.",
        (
            "How many nights in six events is the supplier gone?",
            "Which of the four changes something at every event, and not on one night in a thousand?",
            "The logs: they show the crowd behind a full limit, and the cause of a fault.",
        ),
    ),
    "second_supplier": Check(
        unit_10_clauses.second_supplier,
        "your function for four pairs of suppliers, against the exact chances of all nights.",
        "Fill in the line of the function and run its cell first.",
        (
            "On which nights does the second one help? On which not?",
            "It helps when the first is gone by itself: fails * (1 - shared) of all nights.",
            "return people * worth * fails * (1 - shared) - retainer.",
        ),
    ),
    "break_even": Check(
        _break_even,
        "both bills, event by event.",
        "Replace the blank by the number of an event; 0 for never.",
        (
            "What does an event cost if you hire, and what if you own?",
            "Hired: the retainer, and the price times your people. What does each own event save?",
            "math.ceil(once / (retainer + price * expected - own_event)).",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
