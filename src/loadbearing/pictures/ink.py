"""Paper and ink: the colours, line styles, sizes and looks that every picture shares."""

from __future__ import annotations

import functools
import itertools

import numpy as np

PAPER, INK, GREY, PALE, MIST = "#fffdf8", "#1a1a1a", "#6b6b6b", "#939393", "#e4e1d8"
GREEN, PINK, OCHRE, DEEP = "#009e73", "#cc79a7", "#b47a00", "#004d38"
FAILURE_READING, STRESS_TEST_READING = "#d55e00", "#0072b2"
"""Wong's vermilion and blue: one for each reading, everywhere; no other thing wears them."""

DASHED, DOTTED, DASH_DOT = (0, (5, 2)), (0, (1.2, 1.6)), "-."
OTHERS = ((INK, "-"), (GREEN, DASHED), (PINK, DOTTED), (OCHRE, DASH_DOT))
"""Colour and line style of things compared: they differ even in grey."""

LETTERS = {GREEN: "#007a58", PINK: "#9c4a78", OCHRE: "#7d5500", PALE: GREY}
"""A colour's darker sister, in which its name is written: lines may be paler than letters."""

WIDE, HIGH, DOTS = 6.4, 4.2, 150
"""Inches, and dots to the inch of a picture that is kept: shown at 400 pixels it still reads well."""

MOST_BYTES = 30_000
TITLE, TEXT, SMALL = 14, 12, 11
NEAR = 0.07
"""How near two labels may stand, as a share of the picture's height."""

LOOKS = ("light", "dark", "grey")
DARK_FILTER = "invert(0.9) hue-rotate(180deg) brightness(1.15)"
"""The dark look as a CSS filter: an image that is already shown turns dark without being drawn again."""

SHADES, FEW_SHADES = (1.0, 0.8, 0.6, 0.4, 0.2), (1.0, 0.5)
"""How strongly a colour stands in a finished picture, at the edges of letters and lines; few make small files."""


def channels(colour):
    """Return red, green and blue, 0 to 255, of a colour such as "#009e73"."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)


def shade(colour, strength):
    """Return a colour thinned with paper: 1 is the colour, 0 is paper.

    >>> shade("#000000", 1.0), shade("#000000", 0.0) == PAPER
    ('#000000', True)
    """
    mixed = strength * channels(colour) + (1 - strength) * channels(PAPER)
    return "#" + "".join(f"{round(one):02x}" for one in mixed)


@functools.cache
def palette(look="light", shades=SHADES):
    """Return the colours of a finished picture, one in a row, 0 to 255, as this look shows them.

    Everything drawn, and each thinned with paper for the edges of letters and lines.
    """
    drawn = (INK, GREY, PALE, MIST, GREEN, PINK, OCHRE, DEEP, *dict.fromkeys(LETTERS.values()))
    mixed = [shade(one, strength) for one, strength in itertools.product(drawn, shades)]
    colours = np.array([channels(one) for one in dict.fromkeys([PAPER, *mixed])])
    return np.round(as_seen(colours, look)).astype(np.uint8)


def as_seen(colours, look):
    """Return colours (rows of red, green, blue, 0 to 255) as they stand in a look: light, dark or grey.

    Dark is `DARK_FILTER`, with the matrices of the W3C's Filter Effects: lightness turned over, hues kept. Grey is
    what a printer without colour makes of it: the luma of ITU-R BT.709. Raises `ValueError` for another look.
    """
    if look not in LOOKS:
        raise ValueError(f"look is {look!r}; choose one of: {', '.join(LOOKS)}.")
    if look == "light":
        return colours
    if look == "grey":
        return np.repeat(colours @ [[0.2126], [0.7152], [0.0722]], 3, axis=1)
    turned = (0.9 - 0.8 * colours / 255) @ _HALF_A_TURN_OF_HUE.T
    return 255 * np.clip(1.15 * np.clip(turned, 0, 1), 0, 1)


_HALF_A_TURN_OF_HUE = np.array(
    [[-0.574, 1.430, 0.144], [0.426, 0.430, 0.144], [0.426, 1.430, -0.856]]
)
