"""The checks of unit 13: what breaks first, to whom it is promised, a plan, a stop rule, and the own launch."""

from __future__ import annotations

from loadbearing.checks import unit_13_lines, unit_13_own, unit_13_plan, unit_13_stop
from loadbearing.checks.reply import Check

CHECKS = {
    "breaks_first": Check(
        unit_13_lines.breaks_first,
        "the shop's line on an ordinary evening, with each limit doubled, on ten evenings.",
        "Replace the blank by the name of a limit, in quotes.",
        (
            "Read one row only. Which column of it holds the largest number?",
            "A limit that is not short can be doubled for nothing: its column says the same as the first.",
            "In the row of the ordinary evening only one column is larger than the first. It names what breaks first.",
        ),
    ),
    "whom_to_promise": Check(
        unit_13_lines.judge_promise,
        "a crowd of your size in both weathers, on ten evenings each.",
        "Replace the blank by a number of people.",
        (
            "You do not choose the weather. Which of the two lines may you lean on?",
            "A crowd that is too large for one of the two breaks the promise there. What of a smaller one?",
            "The promise holds in both weathers up to the lower of the two lines, in the first column.",
        ),
    ),
    "cheapest_plan": Check(
        unit_13_plan.judge,
        "your plan on evenings that the notebook does not show, in two weathers, in a small room; cost against par.",
        "Replace the blank by a plan.",
        (
            "What makes the busiest minute smaller, and what makes the door larger? What does each cost?",
            "No single measure is both enough and cheap. Let the cheapest one do half of the work.",
            "Take a sentence in the invitation first. Then widen the door for those who do not do as asked, "
            "until both weathers are kept on three practice evenings, and add a tenth.",
        ),
    ),
    "stop_rule": Check(
        unit_13_stop.judge,
        "your rule on evenings that the notebook does not show; what it costs against the best rule known.",
        "Replace the blank by a rule.",
        (
            "When is an evening bad, and from which minute on can one see it?",
            "Too early, and good evenings look like bad ones. Too late, and the harm is done. Look along the rows.",
            "Choose the earliest minute at which all the good evenings of the table lie above all the bad ones, and a "
            "number between the two.",
        ),
    ),
    "own_promise": Check(
        unit_13_own.own_promise,
        "your crowd, with your invitation, on ten ordinary evenings and on ten with everyone at once.",
        "Replace both blanks: a sentence in quotes, and a number of people.",
        (
            "Start from your first load line of unit 01. It was for an ordinary evening.",
            "When everyone comes at once, the door has to do in two minutes what it had many minutes for.",
            "As a start, with everyone at once: what your door lets in during the promised minutes, and a quarter "
            "more. If half of the crowd comes at another time, twice as many may be promised it.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
