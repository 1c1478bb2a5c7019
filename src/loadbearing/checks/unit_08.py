"""The checks of unit 08: one night's log, people and pages for unseen nights, a page or a lesson, saving and loss."""

from __future__ import annotations

from loadbearing.checks import unit_08_launch, unit_08_night_plan, unit_08_reading, unit_08_saving
from loadbearing.checks.reply import Check

SAME_NIGHT = "the same night with the same luck and one thing changed, in a room of one tenth."

CHECKS = {
    "longest_step": Check(
        unit_08_reading.longest_step,
        SAME_NIGHT,
        "Replace the blank by the name of a step, in quotes.",
        (
            "A step lasts from one line of the log to the next. Look for the widest gap.",
            "Between the first look and the moment when somebody has found it, people search.",
            "Subtract: the alarm 2 minutes, the answer 2, the first look 3, acting less than 1. The rest is finding.",
        ),
    ),
    "page_saved": Check(
        unit_08_reading.page_saved,
        SAME_NIGHT,
        "Replace the blank by a number of minutes.",
        (
            "When could whoever answered have begun with the page? Take that line of the log.",
            "The alarm, the answer and the first look stay. From then on a page takes its own minutes.",
            "The line was open at the last line of the log. With a page: the first look, and three minutes. Subtract.",
        ),
    ),
    "night_plan": Check(
        unit_08_night_plan.judge,
        "your plan on 2,000 nights the notebook does not show; which part fails is drawn after it; cost against par.",
        "Replace the blanks: who is on call, and which parts have a page ([] for none).",
        (
            "Go through the map part by part. If this one fails, how many of those on call know it?",
            "One who knows is reached on 80 of 100 nights, two on 96. And one part is known to none of the seven.",
            "Write a page for the part that nobody knows. Then look for four people of whom two know nearly every "
            "other part, and leave the others at home.",
        ),
    ),
    "page_or_lesson": Check(
        unit_08_saving.page_or_lesson,
        "1,000 nights on which the store fails, at the share of new faults that you gave, both ways.",
        "Replace the blank by per cent, from 0 to 100.",
        (
            "On which nights does the page help? On which does the lesson?",
            "The page helps with every fault that is not new. The lesson helps whenever the colleague can be reached.",
            "The page helps on 100 less so many per cent, the lesson on 80. They are equal where 20 per cent are new.",
        ),
    ),
    "saving": Check(
        unit_08_saving.saving,
        "24 nights of the lab's call for each part, with and without D; your own three numbers.",
        "Replace the blank by a number of evenings a year, or by a division.",
        (
            "What does one such evening lose on average, if nobody knows beforehand which part fails?",
            "Take the mean of the column over all parts. Times the crowd, times the value of a listener: dollars an "
            "evening.",
            "One evening loses crowd x value x mean. Divide the salary by that.",
        ),
    ),
    "minutes_to_act": Check(
        unit_08_launch.minutes_to_act,
        "your crowd at a door that stands still for so long; then a line of seven tenths of your join rate.",
        "Replace the blank by a number of minutes.",
        (
            "There are two kinds of night: one on which somebody who knows the part is reached, and the other.",
            "How often is somebody reached who knows? If on nine nights in ten or more, the good night counts.",
            "Add up alarm, answer, finding and acting. Finding is `who_knows` if one of those who know is reached on "
            "nine nights in ten, and `others` if not.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
