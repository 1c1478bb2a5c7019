"""The checks of unit 11: a history read, two splits of a budget, a rule, and a crowd to prepare for."""

from __future__ import annotations

from loadbearing.checks import unit_11_reading, unit_11_rule, unit_11_splits
from loadbearing.checks.reply import Check


def _prepared_for(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_11_launch import prepared_for

    return prepared_for(answer, **given)


SAME_HISTORY = "the history of the table, played again: as it was, and with what your answer says."
UNSEEN = f"{len(unit_11_splits.UNSEEN)} histories that the notebook does not show"

CHECKS = {
    "lost_audience": Check(
        unit_11_reading.lost_audience,
        SAME_HISTORY,
        "Replace the blank by a number of people, or by a subtraction.",
        (
            "How many would come next time if everybody had been in? Which column says it?",
            "Two columns of the same row: the audience after the release, and afterwards.",
            "Subtract, in the row of quarter 6: after the release, less afterwards.",
        ),
    ),
    "bad_quarter": Check(
        unit_11_reading.bad_quarter,
        SAME_HISTORY,
        "Replace the blank by one of the three words, in quotes.",
        (
            "Look at the people for a handler. Is quarter 6 the highest?",
            "Find a quarter with more people for a handler in which all were in.",
            "In quarter 8 more came for each handler, and all were in. So it was not the size: it was a hidden fault.",
        ),
    ),
    "two_splits": Check(
        unit_11_splits.judge,
        f"your plan on {UNSEEN}; the promise, and what is carried against par.",
        "Replace the blank by a plan: two splits and a quarter.",
        (
            "How large is the first crowd, and how large is the last? Should both budgets be the same?",
            "Early, features bring most. Late, a large audience can be lost. When does it turn?",
            "More features than capacity in the first three quarters; from the fourth on, six or seven for capacity.",
        ),
    ),
    "first_the_door": Check(
        unit_11_rule.judge,
        f"your line in the rule, on {UNSEEN}; the promise, and what is carried against the best of its kind.",
        "Put a return in place of the dots, such as return audience / 500.",
        (
            "A full door lets in about 300 people for each handler within five minutes. Is that what to plan for?",
            "The next crowd is larger than the audience of today, and now and then three times as large.",
            "Between 150 and 185 people for each handler: return audience / 180.",
        ),
    ),
    "prepared_for": Check(
        _prepared_for,
        "two hundred crowds of your range, at your prices.",
        "Replace the blank by a number of people.",
        (
            "What costs you more: one person turned away, or one place that stays idle?",
            "Nine to one means: be ready nine times in ten. Which crowd of your range is exceeded once in ten?",
            "roadmap.prepared_for(low, high, turned_away, idle) computes it; at equal prices it is the middle.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
