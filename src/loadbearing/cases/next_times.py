"""Events one after another (unit 12): what becomes of a finding between two of them, and what that costs.

The evening itself is `the_first_time` of `platform`; here stand the company that lives through several, and the year
that a student plans for it.
"""

from __future__ import annotations

from loadbearing.cases.inputs import assumed

MENDED_QUEUE_S = assumed(2.0, "whoever would wait longer than two seconds is refused")

A_YEAR_OF_EVENTS = {
    "events": assumed(6, "an event every other month"),
    "closed": assumed(0.5, "the chance that a finding is closed before the next event; yours goes on the launch sheet"),
    "kept": assumed(
        1.0,
        "the chance that whoever knows a mend is still there at the next event; moved on, on leave or promoted, the "
        "model does not ask",
    ),
    "written": assumed(False, "why a thing was mended stands on no page"),
    "page_holds": assumed(
        0.8, "the chance that a page is found, and right, when it is needed; no source: turn it"
    ),
    "undone": assumed(
        0.5,
        "the chance that a mend whose reason nobody knows is undone before the next event: a queue of two seconds "
        "looks like a mistake; no source: turn it",
    ),
    "rehearsal": assumed(None, "no made-up crowd is sent before an event"),
}  # fmt: skip

A_YEAR_TO_PLAN = {
    key: A_YEAR_OF_EVENTS[key] for key in ("events", "page_holds", "undone")
} | {
    "kept": assumed(0.6, "of ten who know a mend, six are still there at the next event"),
    "kept_better": assumed(0.9, "of ten, nine, if somebody sees to it"),
    "stays_open": assumed(0.5, "each week of work before the next event halves the chance that a finding stays open"),
    "week_dollars": assumed(3_000.0, "an engineer's week"),
    "weeks_to_write": assumed(1, "a week each time, to write down why a thing was mended"),
    "weeks_to_keep": assumed(3, "three weeks' worth each time, to keep those who know"),
    "made_up_dollars": assumed(0.10, "ten cents for each made-up person of a rehearsal"),
}  # fmt: skip

NEXT_TIMES = {
    "a_year_of_events": (
        "Six events in a year",
        "Each event shows one finding; closed or not, known or forgotten, it decides the next.",
        A_YEAR_OF_EVENTS,
    ),
    "a_year_to_plan": (
        "A year to plan",
        "Weeks for findings, pages, people, and rehearsals before each event, at a price.",
        A_YEAR_TO_PLAN,
    ),
}
"""The worlds of unit 12: (title, mechanism in one sentence, inputs)."""
