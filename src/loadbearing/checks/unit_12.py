"""The checks of unit 12: companies told apart, a chain of mends, errors left, a year planned, a line published."""

from __future__ import annotations

from loadbearing.checks import unit_12_companies, unit_12_errors, unit_12_launch, unit_12_plan
from loadbearing.checks.reply import Check


def _publish(answer):
    # The four evenings belong to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_12_lines import publish

    return publish(answer)


CHECKS = {
    "which_company": Check(
        unit_12_companies.which_company,
        "the fourth evening of all three companies, run in a room of one fiftieth.",
        'Replace the blank by the letter of a company in quotes, or by "none".',
        (
            "How often a company failed says little. Read the last column from top to bottom.",
            "An evening shows only the place that failed. Which company has seen the most places?",
            "Company B failed at three places, one behind the other, and has mended each. The others have seen one, "
            "whatever their third evening looked like.",
        ),
    ),
    "fourth_well": Check(
        unit_12_companies.fourth_well,
        "two hundred companies that close four findings in five, over six events each.",
        "Replace the blank by a chance between 0 and 1, or by a product.",
        (
            "Three places must be mended before the fourth evening. How often is one mended in time?",
            "The first must be closed, and then the second, and then the third.",
            "0.8 * 0.8 * 0.8: each finding only comes to light when the one before it is closed.",
        ),
    ),
    "how_many_left": Check(
        unit_12_errors.how_many_left,
        "the published pauses of a naval program, fitted anew, with the range by profile likelihood.",
        "Replace the blank by a number of errors, or by a difference.",
        (
            "Read the last row, and there the range.",
            "The range counts all errors, those that are found as well.",
            "The high end of the last range, less the errors that are found: 338 - 26.",
        ),
    ),
    "a_year": Check(
        unit_12_plan.judge,
        "your plan in two hundred companies that the notebook does not show; cost against par.",
        "Write a plan in place of the blank.",
        (
            "What becomes of a mend when nobody knows why it was made? Two things can help against that.",
            "Pages and people each leave a hole that the other closes. Then ask what a small rehearsal would find.",
            "Written down, people kept, a rehearsal with a tenth of the crowd. Then go up in weeks until it holds.",
        ),
    ),
    "publish": Check(
        _publish,
        "the four evenings of unit 01 in average weather, each taken for the true one in turn.",
        "Replace the blank by a list of line numbers.",
        (
            "In which lines are all four numbers far apart?",
            "Counting people says who was where. Which line says what the door was busy with, or what stood before it?",
            "Line 8 is enough alone: the requests waiting at half past eight differ widely in all four.",
        ),
    ),
    "open_findings": Check(
        unit_12_launch.open_findings,
        "two thousand next events, at each of which every open finding is closed or not.",
        "Replace the blank by a chance between 0 and 1, or by a power.",
        (
            "With one open finding the chance is that of closing one. What about two?",
            "All of them must be closed. Multiply the chance by itself, once for each finding.",
            '(findings["closed_of_ten"] / 10) ** findings["open"].',
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
