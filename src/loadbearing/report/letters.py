"""Letters for the PDF: every reader's own sans and serif, and a font that comes along for what these lack."""

from __future__ import annotations

import functools
import html
import re

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from loadbearing.pictures.letters import font_file

SPARE = "Spare"
PLAIN = "cp1252"
"""The letters that every PDF reader brings along."""

_RARE = re.compile(r"[^\x00-\x7f]+")


def lettered(marked):
    """Return marked-up text in which letters that a reader's own fonts lack are set in the one that comes along.

    >>> lettered("Über 5 €"), "Spare" in lettered("Łódź")
    ('Über 5 €', True)
    """
    return _RARE.sub(lambda found: "".join(_set(one) for one in found[0]), marked)


def _set(letter):
    """One letter, in the spare font where it must be; one that no font has is shown as an empty box."""
    try:
        letter.encode(PLAIN)
    except UnicodeEncodeError:
        known = ord(letter) in _spare().face.charToGlyph
        return f'<font name="{SPARE}">{html.escape(letter) if known else "□"}</font>'
    return letter


@functools.cache
def _spare():
    """The font that comes along; only the letters that are used are put into the file."""
    font = TTFont(SPARE, str(font_file()))
    pdfmetrics.registerFont(font)
    return font
