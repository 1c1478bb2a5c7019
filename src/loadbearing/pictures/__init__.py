"""Pictures: numbers in, one message out, said in the title and in a sentence.

Each function returns a `Picture`: a matplotlib figure and the computed sentence that is its alt text, its
caption and its text output, and the thing that tests check. Ink on paper; lines differ in style as well as
in colour; labels stand beside what they name. Vermilion and blue belong to the two readings and are never
used here. No global state: no pyplot, no rcParams.
"""

from loadbearing.pictures.curves import Band, Curve, passes, room
from loadbearing.pictures.ink import (
    DOTS,
    FAILURE_READING,
    GREY,
    HIGH,
    INK,
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
from loadbearing.pictures.listeners import listeners_in_the_room, who_came_and_who_got_in
from loadbearing.pictures.mechanisms import same_points_other_evenings
from loadbearing.pictures.picture import Picture
from loadbearing.pictures.waiting import time_to_join

__all__ = [
    "DOTS",
    "FAILURE_READING",
    "GREY",
    "HIGH",
    "INK",
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
    "Picture",
    "listeners_in_the_room",
    "passes",
    "room",
    "same_points_other_evenings",
    "time_to_join",
    "who_came_and_who_got_in",
]
