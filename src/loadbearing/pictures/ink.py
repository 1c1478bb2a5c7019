"""Paper and ink: the colours, line styles and sizes that every picture shares."""

from __future__ import annotations

PAPER, INK, GREY, PALE, MIST = "#fffdf8", "#1a1a1a", "#6b6b6b", "#a3a3a3", "#e4e1d8"
FAILURE_READING, STRESS_TEST_READING = "#d55e00", "#0072b2"
"""Wong's vermilion and blue: one for each reading, everywhere; no other thing wears them."""

OTHERS = (
    ("#1a1a1a", "-"),
    ("#009e73", (0, (5, 2))),
    ("#cc79a7", (0, (1.2, 1.6))),
    ("#e69f00", "-."),
)
"""Colour and line style of things compared: they differ even in grey."""

WIDE, HIGH, DOTS = 6.4, 4.2, 150
MOST_BYTES = 30_000
TITLE, TEXT, SMALL = 13, 11, 10
NEAR = 0.07
"""How near two labels may stand, as a share of the picture's height."""
