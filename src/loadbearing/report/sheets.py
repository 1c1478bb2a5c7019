"""The paper on which the PDF is set: margins, letters, rules, and the number of each page."""

from __future__ import annotations

import functools

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus.flowables import HRFlowable

from loadbearing.pictures import FAILURE_READING, INK, MIST, STRESS_TEST_READING
from loadbearing.report.style import SOFT

SIDE, ABOVE, BELOW = 17 * mm, 13 * mm, 15 * mm
WIDE = A4[0] - 2 * SIDE
GAP = 5
"""Margins and the width between them; points between two blocks."""

SANS, BOLD, SERIF, SERIF_BOLD, SLANTED = (
    "Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic",
)  # fmt: skip

STYLES = {
    "kind": dict(fontName=BOLD, fontSize=9, textColor=SOFT),
    "title": dict(fontName=SERIF_BOLD, fontSize=22, leading=25),
    "below": dict(textColor=SOFT, spaceBefore=3),
    "head": dict(fontName=SERIF_BOLD, fontSize=14.5, leading=17, spaceBefore=13, spaceAfter=4),
    "text": {},
    "item": dict(leftIndent=11, bulletIndent=2, spaceAfter=1.5),
    "claim": dict(fontName=BOLD, fontSize=11.6, leading=15.4),
    "count": dict(fontName=SERIF_BOLD, fontSize=17, leading=17),
    "caption": dict(fontName=BOLD, fontSize=9, leading=11.5, spaceAfter=2),
    "caption_of_picture": dict(fontSize=8, leading=10.2, textColor=SOFT),
    "cell": dict(fontSize=8.6, leading=11),
    "cell_first": dict(fontName=BOLD, fontSize=8.6, leading=11),
    "cell_head": dict(fontSize=8.6, leading=11, textColor=SOFT),
    "small_caption": dict(fontName=BOLD, fontSize=8.4, leading=10.5, spaceAfter=2),
    "small_cell": dict(fontSize=8, leading=9.5),
    "small_cell_first": dict(fontSize=8, leading=9.5),
    "small_cell_head": dict(fontSize=8, leading=9.9, textColor=SOFT),
    "mast": dict(fontName=SERIF_BOLD, fontSize=13, leading=15, alignment=TA_CENTER),
    "motto": dict(fontName=SLANTED, fontSize=8.4, leading=10, alignment=TA_CENTER, textColor=SOFT),
    "front_head": dict(fontName=SERIF_BOLD, fontSize=13, leading=15, spaceBefore=6),
    "deck": dict(fontName=SLANTED, fontSize=9.6, leading=12, textColor=SOFT, spaceBefore=3),
    "front": dict(fontName=SERIF, fontSize=9.6, leading=12.2, spaceBefore=4),
    "left_out_head": dict(fontName=SERIF_BOLD, fontSize=9, leading=11, spaceBefore=5),
    "left_out": dict(fontName=SERIF, fontSize=8.8, leading=11, spaceBefore=1.5),
    "foot": dict(fontSize=8, leading=10.2, textColor=SOFT),
}
"""What is special about each kind of text; the rest is as `text` has it."""

CLAIMS = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ("LINEBELOW", (0, 0), (-1, -2), 0.6, HexColor(MIST)),
]
RULED = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-2, -1), 7),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(INK)),
    ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(MIST)),
]
SMALL = [*RULED, ("TOPPADDING", (0, 0), (-1, -1), 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.7)]
BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]
EDGE = HexColor("#c9c0aa")
FRONTS = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("BACKGROUND", (0, 0), (0, 0), HexColor("#fbf7ec")),
    ("BACKGROUND", (2, 0), (2, 0), HexColor("#fbf7ec")),
    ("BOX", (0, 0), (0, 0), 0.5, EDGE),
    ("BOX", (2, 0), (2, 0), 0.5, EDGE),
    ("LINEABOVE", (0, 0), (0, 0), 4, HexColor(FAILURE_READING), 0),
    ("LINEABOVE", (2, 0), (2, 0), 4, HexColor(STRESS_TEST_READING), 0),
    *((f"{side}PADDING", (0, 0), (-1, -1), 9) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


@functools.cache
def style(name):
    """Return the paragraph style of a kind of text; `name` with "_right" at its end is set to the right."""
    own = STYLES[name.removesuffix("_right")]
    aligned = {"alignment": TA_RIGHT} if name.endswith("_right") else {}
    plain = dict(
        fontName=SANS, fontSize=9.6, leading=13, textColor=INK, allowWidows=0, allowOrphans=0
    )
    return ParagraphStyle(name, **{**plain, **own, **aligned})


def double_line():
    """Return the double line under the title."""
    rule = dict(width="100%", color=HexColor(INK), thickness=0.7, spaceAfter=0)
    return [HRFlowable(**rule, spaceBefore=5), HRFlowable(**rule, spaceBefore=1.6)]


def numbered(canvas, number, pages):
    """Write at the foot of a page which of how many it is."""
    canvas.setFont(SANS, 8)
    canvas.setFillColor(HexColor(SOFT))
    canvas.drawRightString(A4[0] - SIDE, 9 * mm, f"page {number} of {pages}")
