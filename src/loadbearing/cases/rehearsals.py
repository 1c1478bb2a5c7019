"""The calendar of scheduled tests of unit 09: what the platform's team had planned, and did.

Each is the case `the_scheduled_test` with other people over another time. All numbers are assumptions.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed

PROMISE_S = assumed(
    10.0, "a request counts as answered if it is let in before its client stops waiting"
)
PASSES_AT = assumed(0.99, "a test is passed if ninety-nine in a hundred requests are answered")

TESTS = {
    "1": ("smoke test", assumed(1_200, "two a second"), assumed(600.0, "over ten minutes")),
    "2": ("average day", assumed(18_000, "ten a second"), assumed(1_800.0, "over half an hour")),
    "3": ("busy day", assumed(36_000, "twice that"), assumed(1_800.0, "over half an hour")),
    "4": (
        "the evening's total",
        assumed(80_000, "as many as come on the evening"),
        assumed(1_800.0, "over half an hour"),
    ),
    "5": ("twice the total", assumed(160_000, "to be sure"), assumed(1_800.0, "over half an hour")),
    "6": ("a short one", assumed(9_000, "three hundred a second"), assumed(30.0, "over half a minute")),
    "7": ("four times the total", assumed(320_000, "to be surer"), assumed(1_800.0, "over half an hour")),
    "8": (
        "nearly nine times the total",
        assumed(700_000, "to be on the safe side"),
        assumed(1_800.0, "over half an hour"),
    ),
}  # fmt: skip
"""Number in the calendar to (title, people, seconds over which they are sent evenly)."""
