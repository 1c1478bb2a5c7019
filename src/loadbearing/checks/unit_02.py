"""The checks of unit 02: how peaked a rush is, when its line is longest, which test covers it, an invitation."""

from __future__ import annotations

from loadbearing.checks import unit_02_plan, unit_02_reading
from loadbearing.checks.reply import Check


def _busiest_rate(answer, **given):
    # The launch sheet belongs to the labs, whose widgets take a while to load: only here.
    from loadbearing.checks.unit_02_launch import busiest_rate

    return busiest_rate(answer, **given)


CHECKS = {
    "peak_to_mean": Check(
        unit_02_reading.peak_to_mean,
        "the announced hour, run again in a room of one twenty-fifth, average weather.",
        "Replace the blank by a number, or by a division.",
        (
            "Which minute of the table is the busiest? And how many would come in a minute if all minutes were alike?",
            "The mean minute is everybody, divided by the minutes of the hour. Empty minutes count too.",
            "Busiest minute / (the hour / 60). With the table's numbers that is one short division.",
        ),
    ),
    "longest_line": Check(
        unit_02_reading.longest_line,
        "the same crowd, when everybody waits in line until let in, in a room of one twenty-fifth.",
        "Replace the blank by a time of day with its seconds, in quotes.",
        (
            "Think of a bath: when is it fullest, if the tap is turned down slowly and the drain stays open?",
            "In each row, compare who came with who got in. While more come, the line grows.",
            "It is longest in the last row in which more people came than got in: after it, more get in than come.",
        ),
    ),
    "covering_test": Check(
        unit_02_reading.covering_test,
        "the launch and the test you chose, at a door of three thousand a second, in a room of one fiftieth.",
        "Replace the blank by one letter in quotes.",
        (
            "What is asked of a door: how many people in all, or how many at a time?",
            "Divide each number of people by its seconds; do the same for the launch.",
            "Only one of the three brings at least as many people a second as the launch does, and it is the smallest.",
        ),
    ),
    "invitation": Check(
        unit_02_plan.judge,
        "your plan on evenings the notebook does not show, in a room of one twenty-fifth; cost against par.",
        "Replace both blanks: in how many groups, and how many handlers.",
        (
            "Handlers cost all evening and are needed for the busiest minute. What makes that minute smaller?",
            "Twice as many groups need about half the handlers. One more round costs as much as a hundred handlers.",
            "Start from four groups. Find the fewest handlers that keep the promise in practice, add a tenth "
            "for bad weather, and look at the bill. Then try two groups more.",
        ),
    ),
    "busiest_rate": Check(
        _busiest_rate,
        "the crowd of your sheet, as the launch sheet lets it come: its busiest minute.",
        "Replace the blank by a number of people per second.",
        (
            "Start from people divided by seconds. Is the busiest minute as quiet as the mean one?",
            "They swell, peak and thin out: the peak lies well above the mean of the minutes in which they come.",
            "Take nine in ten of your crowd, spread over your minutes, and half as many again or a little more for the "
            "busiest minute. If all come within two minutes or so, a minute is too long to show a peak.",
        ),
    ),
}
"""The checks of this unit by their short names, in the order in which a student meets them."""
