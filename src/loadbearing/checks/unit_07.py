"""The checks of unit 07: three readings of the eve, a policy of five lines, and one number for the launch sheet."""

from __future__ import annotations

from loadbearing.checks import unit_07_details, unit_07_launch, unit_07_policy
from loadbearing.checks.reply import Check

THE_EVE = "the eve again with your setting, in a room of one twenty-fifth."

CHECKS = {
    "which_one": Check(
        unit_07_details.which_one,
        THE_EVE,
        "Replace the blank by the name of a setting, in quotes.",
        (
            "The table shows a quarter. Ask of each detail: what if it were four times as much, or a fourth?",
            "Two of the eight belong together: one says how long the line may be. Which says how long anybody "
            "stands in it?",
            "With the queue limit four times as high, or the time-out a quarter as long, clients have gone before "
            "their turn comes. Either of the two is an answer.",
        ),
    ),
    "edge": Check(
        unit_07_details.edge,
        "queues of that length and a little less on nine evenings, in a room of one twenty-fifth.",
        "Replace the blank by a number of seconds from the table.",
        (
            "Go down the column of the middling evening. Where does it first fall below half?",
            "The worst evening tips earlier than the middling one. You are asked for the middling one.",
            "The row at twice the length is the first below half: its queue lasts as long as a client waits.",
        ),
    ),
    "cure": Check(
        unit_07_details.cure,
        "the long queue with and without your setting on nine evenings, in a room of one twenty-fifth.",
        "Replace the blank by the name of another setting, in quotes.",
        (
            "The long queue is deadly because clients have gone when their turn comes. What could make that untrue?",
            "Either a client stays longer, or its turn comes sooner. Which two of the eight say so?",
            "A time-out four times as long keeps the clients there. Newest first serves those who have just come. "
            "Either of the two is an answer.",
        ),
    ),
    "five_lines": Check(
        unit_07_policy.five_lines,
        "your policy on twenty evenings that the notebook does not show, in a room of one twenty-fifth; bill "
        "against par.",
        "Write the policy first: a function that returns how many handlers to order.",
        (
            "What you see is ten seconds old, and handlers take a minute to start. What do you know without looking?",
            "You know the hour. Order before it. Then ask when everybody is in, not when everybody has come.",
            'One near par: return {"handlers": 1750} if at("19:59") <= now < at("20:04") else {"handlers": 100}.',
        ),
    ),
    "margin": Check(
        unit_07_launch.margin,
        "your three numbers, and this unit's evening with the same ratio on nine evenings.",
        "Replace the blank by a number: the length of the queue over the length of the wait.",
        (
            "How many seconds does your door need to work off a full queue? Then hold that against a client's wait.",
            "Requests divided by people per second are seconds. Seconds divided by seconds are your number.",
            'The number is sheet["queue"] / sheet["join_rate"] / sheet["timeout"].',
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
