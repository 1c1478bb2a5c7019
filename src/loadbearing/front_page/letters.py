"""Letters for paper: how wide a text is, and the outline of each letter, so that a page looks alike everywhere.

The letters are those of the STIX fonts that come with matplotlib. A printed page holds their outlines and asks no
computer for a font.
"""

from __future__ import annotations

import functools
import pathlib

import matplotlib
from matplotlib import ft2font

EM = 1000
"""Units of a font's own drawing for one size of letters."""

FACES = {
    "roman": "STIXGeneral.ttf",
    "bold": "STIXGeneralBol.ttf",
    "italic": "STIXGeneralItalic.ttf",
    "bold italic": "STIXGeneralBolIta.ttf",
}
CAP_HEIGHT = 0.662
X_HEIGHT = 0.46
"""Heights of a capital and of a small letter without a stroke above, as shares of the size."""

MOVE, LINE, CURVE, CUBIC, CLOSE = 1, 2, 3, 4, 79
_64THS = 64


@functools.cache
def _font(face):
    path = pathlib.Path(matplotlib.get_data_path(), "fonts", "ttf", FACES[face])
    font = ft2font.FT2Font(str(path))
    font.set_size(12, 72)
    return font


@functools.cache
def letter(char, face):
    """Return (how far the next letter stands, outline as SVG path data) of one letter, in units of 1000 to the size.

    The outline's y axis points up. A space has an empty outline; a letter that the font does not have is drawn "?".
    """
    font = _font(face)
    char = " " if char == "\N{NO-BREAK SPACE}" else char
    code = ord(char) if font.get_char_index(ord(char)) else ord("?")
    drawn = font.load_char(code, flags=ft2font.LoadFlags.NO_SCALE)
    corners, kinds = font.get_path()
    return drawn.horiAdvance, _outline((corners * _64THS).round().astype(int).tolist(), kinds)


def _outline(corners, kinds):
    """Corners and their kinds, as matplotlib gives them, as SVG path data."""
    said, at = [], 0
    while at < len(kinds):
        kind = kinds[at]
        if kind == CLOSE:
            said.append("Z")
            at += 1
            continue
        sign, many = {MOVE: ("M", 1), LINE: ("L", 1), CURVE: ("Q", 2), CUBIC: ("C", 3)}[kind]
        said.append(sign + " ".join(f"{x} {y}" for x, y in corners[at : at + many]))
        at += many
    return "".join(said)


def width(text, face, size):
    """Return how wide a text is, in the unit of `size`.

    >>> width("ii", "roman", 10) == 2 * width("i", "roman", 10)
    True
    """
    return sum(letter(char, face)[0] for char in text) * size / EM
