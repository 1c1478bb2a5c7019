"""What a workshop prints: claim cards, premortem cards and stills, as A4 PDF, each from the data of the course.

The claims stand in the package's `claims.toml`, the eight settings in `workshop/premortem.toml`, the stills in
`authoring/stills.py`, their questions in `authoring/labs`. The same data give the same bytes: no dates, no
compression, fonts in the file.
"""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from authoring.contents import read_contents
from authoring.questions import questions
from authoring.stills import STILLS
from loadbearing.claims import claims
from loadbearing.pictures.ink import FAILURE_READING, GREY, INK, STRESS_TEST_READING
from loadbearing.pictures.picture import drawing

PREMORTEM = Path(__file__).resolve().parents[1] / "workshop" / "premortem.toml"
PAGE_MM, INCH_MM, POINT_MM = (210.0, 297.0), 25.4, 25.4 / 72
PAD_MM = 9.0
"""From a cutting line to the letters: no home printer cuts it off, and scissors may slip."""

COLOURS = {"failure": FAILURE_READING, "stress test": STRESS_TEST_READING}
CLASS_CLAIMS = ("F1", "F2", "S5")
"""The claims that a class of ninety minutes judges."""

OTHER_NAMES = {
    "fault_and_way_back": "the_way_back",
    "prepared_and_came": "the_roadmap",
    "tested_and_came": "the_rehearsal",
    "until_ten_past_eight": "the_flood",
}
"""Stills that are not called as the unit is on whose lesson they stand."""

SIDES = {"failure": "left", "stress test": "right"}
"""As on the front pages: in grey print the side and the words tell the readings apart."""


@dataclass(frozen=True)
class Card:
    """One card: a small line on top, a mark beside it, a sentence, parts below, and lines to write on.

    `parts`: (heading, text) pairs. `asks`: what to write, a line for each. `colour` and `side`: the bar of a reading,
    or None.
    """

    over: str
    mark: str
    sentence: str
    parts: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    colour: str | None = None
    side: str | None = None


def claim_cards() -> list[Card]:
    """Return a card for every claim that the course tests now, in the order of its file."""
    return [
        Card(
            over=f"The {one.reading.replace(' ', '-')} reading",
            mark=one.key,
            sentence=one.claim,
            parts=(("What decides", one.decides),),
            asks=("holds when", "fails when", "cannot be decided here, because"),
            colour=COLOURS[one.reading],
            side=SIDES[one.reading],
        )
        for one in claims().values()
    ]


def class_cards() -> list[Card]:
    """Return the cards that two groups of a class of ninety minutes need: each of its claims, twice."""
    held = {card.mark: card for card in claim_cards()}
    return [held[key] for key in CLASS_CLAIMS for _ in range(2)]


def premortem_cards(source: Path = PREMORTEM) -> list[Card]:
    """Return a card for each of the eight settings of the premortem."""
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["card"]
    return [
        Card(
            over="One small setting",
            mark="",
            sentence=one["setting"],
            parts=(("Tonight it stands like this", one["wrong"]), ("One might fear", one["fear"])),
            asks=("It is tomorrow, and it went wrong. What happened?",),
        )
        for one in entries
    ]


def claims_pdf() -> bytes:
    """Return the claim cards as PDF: six to a page."""
    return _printed(pages_of(claim_cards(), across=2, down=3))


def class_pdf() -> bytes:
    """Return the cards of a class of ninety minutes as PDF: one page for two groups."""
    return _printed(pages_of(class_cards(), across=2, down=3))


def premortem_pdf() -> bytes:
    """Return the premortem cards as PDF: eight on one page."""
    return _printed(pages_of(premortem_cards(), across=2, down=4))


def stills_pdf() -> bytes:
    """Return the stills of the lessons as PDF: one unit to a page, with its questions and lines to write on."""
    return _printed(
        still_page(
            STILLS[path](),
            f"Unit {unit.number:02d} · {unit.title}",
            questions(f"{unit.number:02d}_{unit.slug}"),
        )
        for unit, path in stills_of_units()
    )


def stills_of_units() -> list[tuple]:
    """Return (unit, where its still stands) for each still, in the order of the course."""
    paths = {OTHER_NAMES.get(Path(one).stem, Path(one).stem): one for one in STILLS}
    units = read_contents(PREMORTEM.parents[1]).units
    return [(unit, paths[unit.slug]) for unit in units if unit.slug in paths]


PRINTS = {
    "workshop/claim_cards.pdf": claims_pdf,
    "workshop/class_cards.pdf": class_pdf,
    "workshop/premortem_cards.pdf": premortem_pdf,
    "workshop/stills.pdf": stills_pdf,
}
"""Where each print stands, and what makes it."""


def pages_of(cards: list[Card], across: int, down: int) -> list[Figure]:
    """Return A4 pages with these cards, `across` x `down` to a page, with cutting lines between them."""
    wide, high = PAGE_MM[0] / across, PAGE_MM[1] / down
    number = across * down
    figures = []
    for first in range(0, len(cards), number):
        figure, sheet = _sheet()
        for place, card in enumerate(cards[first : first + number]):
            _draw(sheet, card, place % across * wide, place // across * high, wide, high)
        for at in range(1, across):
            _cut(sheet, (at * wide, at * wide), (0, PAGE_MM[1]))
        for at in range(1, down):
            _cut(sheet, (0, PAGE_MM[0]), (at * high, at * high))
        figures.append(figure)
    return figures


def wrapped(text: str, width_mm: float, size: float, weight: str = "normal") -> list[str]:
    """Return the lines of a text, none wider than `width_mm` unless one word is, set in `size` points."""
    font = FontProperties(family="DejaVu Sans", weight=weight, size=size)

    def wide(line):
        return text_to_path.get_text_width_height_descent(line, font, False)[0] * POINT_MM

    lines = [""]
    for word in text.replace(" %", "\N{NO-BREAK SPACE}%").split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and wide(longer) > width_mm:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw(sheet, card, left, top, wide, high):
    """Draw one card into its place: from the top down, with lines to write on at its foot."""
    if card.colour:
        bar = left + 3 if card.side == "left" else left + wide - 6
        sheet.add_patch(Rectangle((bar, top + 5), 3, high - 10, color=card.colour, lw=0))
    x, room = left + PAD_MM, wide - 2 * PAD_MM
    y = _write(sheet, x, top + PAD_MM - 2, [card.over], 8.5, colour=card.colour or GREY, bold=True)
    if card.mark:
        sheet.text(
            x + room, top + PAD_MM - 2, card.mark,
            size=15, weight="bold", ha="right", va="top", color=INK,
        )  # fmt: skip
    y = _write(sheet, x, y + 2.5, wrapped(card.sentence, room - 3, 12, "bold"), 12, bold=True)
    for heading, text in card.parts:
        y = _write(sheet, x, y + 2.5, [heading], 8, colour=GREY)
        y = _write(sheet, x, y + 0.8, wrapped(text, room - 5, 9.5), 9.5)
    foot = top + high - PAD_MM + 3
    step = 9.0 if len(card.asks) > 1 else 7.0
    lines = max(2, len(card.asks))
    if y > foot - step * lines - 1:
        raise ValueError(
            f"The card {card.mark or card.sentence!r} is too full: shorten its text, or print fewer to a page."
        )
    for place, ask in enumerate(card.asks):
        _write(sheet, x, foot - step * (lines - place) + 1, [ask], 8, colour=GREY)
    for line in range(lines):
        at = foot - step * (lines - 1 - line) - 1.2
        sheet.add_line(Line2D((x, x + room), (at, at), color=GREY, lw=0.4))


def _write(sheet, x, y, lines, size, colour=INK, bold=False):
    """Write lines from (x, y) down, in mm; return where the next may begin."""
    for line in lines:
        sheet.text(
            x, y, line, size=size, weight="bold" if bold else "normal", color=colour, va="top"
        )
        y += 1.28 * size * POINT_MM
    return y


def _cut(sheet, across, down):
    """A cutting line."""
    sheet.add_line(Line2D(across, down, color=GREY, lw=0.5, ls=(0, (4, 4))))


def _sheet():
    """A blank A4 page and its drawing place in millimetres, from the top left corner."""
    figure = Figure(figsize=(PAGE_MM[0] / INCH_MM, PAGE_MM[1] / INCH_MM), facecolor="white")
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set(xlim=(0, PAGE_MM[0]), ylim=(PAGE_MM[1], 0))
    sheet.axis("off")
    return figure, sheet


def still_page(picture, head, asked) -> tuple[Figure, Bbox]:
    """Return a picture's figure with more around it, and the A4 page around that, in inches.

    Above it stands `head`. Below it stand its sentence, the questions `asked` with their answers, and lines to write
    on; a page with no room for three lines raises ValueError.
    """
    figure = picture.figure
    wide, high = figure.get_size_inches()
    side, over = (PAGE_MM[0] / INCH_MM - wide) / 2, 0.95
    below = PAGE_MM[1] / INCH_MM - high - over
    figure.set_facecolor("white")
    figure.text(0, 1 + 0.35 / high, head, size=14, weight="bold", color=INK, va="bottom")
    y = -0.25

    def write(text, size, weight="normal", indent=0.0):
        nonlocal y
        for line in wrapped(text, (wide - indent) * INCH_MM - 2, size, weight):
            figure.text(
                indent / wide, y / high, line, size=size, weight=weight, color=INK, va="top"
            )
            y -= 1.37 * size / 72

    write(picture.sentence, 10)
    for question in asked:
        y -= 0.17
        write(question.asked, 11, "bold")
        for answer in question.answers:
            y -= 0.05
            figure.text(0.08 / wide, y / high, "○", size=11, color=INK, va="top")
            write(answer, 11, indent=0.35)
    y -= 0.2
    write("Choose, or draw what comes next, before you see it.", 11, "bold")
    lines = min(7, int((below + y - 0.5) / 0.4))
    if lines < 3:
        raise ValueError(f"The page {head!r} is too full: shorten its questions, or ask one only.")
    for at in range(1, lines + 1):
        down = (y - 0.1 - 0.4 * at) / high
        figure.add_artist(Line2D((0, 1), (down, down), color=GREY, lw=0.4, clip_on=False))
    return figure, Bbox([[-side, -below], [wide + side, high + over]])


def _printed(pages) -> bytes:
    """The pages as one PDF file, the same bytes every time."""
    file = io.BytesIO()
    settings = {"pdf.compression": 0, "pdf.fonttype": 3, "font.family": "DejaVu Sans"}
    with drawing, rc_context(settings), PdfPages(file, metadata={"CreationDate": None}) as pdf:
        for page in pages:
            figure, box = page if isinstance(page, tuple) else (page, None)
            pdf.savefig(figure, bbox_inches=box)
    return file.getvalue()
