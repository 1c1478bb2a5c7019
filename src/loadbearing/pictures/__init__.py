"""Pictures: numbers in, one message out, said in the title and in a sentence.

Each function returns a `Picture`: a matplotlib figure and the computed sentence that is its alt text, its
caption and its text output, and the thing that tests check. Ink on paper; lines differ in style as well as
in colour; labels stand beside what they name. Vermilion and blue belong to the two readings and are never
used here. No global state: no pyplot, no rcParams.
"""

from loadbearing.pictures.comparing import two_curves, two_runs
from loadbearing.pictures.curves import Band, Curve, passes, room
from loadbearing.pictures.door import attempts_by_kind, load_and_utilization, queue_and_its_limit
from loadbearing.pictures.evenings import among_other_evenings, the_lucky_one
from loadbearing.pictures.ink import (
    DARK_FILTER,
    DOTS,
    FAILURE_READING,
    GREY,
    HIGH,
    INK,
    LOOKS,
    MIST,
    MOST_BYTES,
    NEAR,
    OTHERS,
    PALE,
    PAPER,
    SMALL,
    STRESS_TEST_READING,
    TEXT,
    TITLE,
    WIDE,
)
from loadbearing.pictures.learned import Learned, what_was_learned
from loadbearing.pictures.listeners import (
    inside_and_outside,
    listeners_in_the_room,
    who_came_and_who_got_in,
)
from loadbearing.pictures.mechanisms import same_points_other_evenings
from loadbearing.pictures.picture import Picture
from loadbearing.pictures.settings_map import Knob, two_knobs
from loadbearing.pictures.waiting import time_to_join, time_to_join_spread

__all__ = [
    "DARK_FILTER",
    "DOTS",
    "FAILURE_READING",
    "GREY",
    "HIGH",
    "INK",
    "LOOKS",
    "MIST",
    "MOST_BYTES",
    "NEAR",
    "OTHERS",
    "PALE",
    "PAPER",
    "SMALL",
    "STRESS_TEST_READING",
    "TEXT",
    "TITLE",
    "WIDE",
    "Band",
    "Curve",
    "Knob",
    "Learned",
    "Picture",
    "among_other_evenings",
    "attempts_by_kind",
    "inside_and_outside",
    "listeners_in_the_room",
    "load_and_utilization",
    "passes",
    "queue_and_its_limit",
    "room",
    "same_points_other_evenings",
    "the_lucky_one",
    "time_to_join",
    "time_to_join_spread",
    "two_curves",
    "two_knobs",
    "two_runs",
    "what_was_learned",
    "who_came_and_who_got_in",
]
