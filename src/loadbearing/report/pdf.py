"""The report as a PDF on A4: real text, a title, an outline, page numbers; same report, same bytes."""

from __future__ import annotations

import io
from html import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    Image,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from loadbearing.report import parts, sheets
from loadbearing.report.drawn import sharp
from loadbearing.report.letters import lettered
from loadbearing.report.sheets import GAP, WIDE, style

PICTURE = 116 * mm
"""How wide a picture stands on the page."""

LEAST = 40 * mm
"""How high a place a section, or a table that may go on overleaf, needs to begin in."""

MAST = ("mast", "motto", "front_head", "deck")


def as_pdf(report):
    """Return the report as the bytes of a PDF: the same sentences as `as_html`, in the same order."""
    pages, _ = _set(report, "many")  # once to count the pages, and once to number them
    return _set(report, pages)[1]


def _set(report, pages):
    """Return (how many pages there are, the PDF), each page saying that it is one of so many `pages`."""
    file = io.BytesIO()
    book = _Book(file, report, pages)
    story = [
        *(_said(one, name) for one, name in ((report.kind, "kind"), (report.title, "title"))),
        _said(report.below, "below"),
        *sheets.double_line(),
    ]
    for section in report.sections:
        story += _section(section)
    book.build([*story, Spacer(0, 2 * GAP), _said(report.foot, "foot")])
    return book.page, file.getvalue()


class _Book(BaseDocTemplate):
    """Pages of one column, each with its number, whose headings come into the outline."""

    def __init__(self, file, report, pages):
        super().__init__(
            file, pagesize=A4, leftMargin=sheets.SIDE, rightMargin=sheets.SIDE, topMargin=sheets.ABOVE,
            bottomMargin=sheets.BELOW, title=f"{report.title}: {report.kind.lower()}", subject=report.kind,
            author="", creator="Load-Bearing", lang="en", invariant=1, displayDocTitle=1,
        )  # fmt: skip
        column = Frame(
            self.leftMargin, self.bottomMargin, self.width, self.height, 0, 0, 0, 0, id="column"
        )

        def foot(canvas, book):
            sheets.numbered(canvas, book.page, pages)

        self.addPageTemplates([PageTemplate(id="page", frames=[column], onPageEnd=foot)])

    def afterFlowable(self, flowable):
        """Put a heading into the outline."""
        if hasattr(flowable, "in_outline"):
            key, text = flowable.in_outline
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, 0)


def _section(section):
    """A heading, which stays with what follows, and the blocks under it."""
    head = _said(section.heading, "head")
    head.in_outline = section.key, section.heading
    opening = [
        head,
        *(one for block in section.opening for one in [*_shown(block), Spacer(0, GAP)]),
    ]
    story = [CondPageBreak(LEAST), KeepTogether(opening)]
    for block in section.blocks[len(section.opening) :]:
        shown = _shown(block)
        long = getattr(block, "long", False)
        story += [CondPageBreak(LEAST), *shown] if long else [KeepTogether(shown)]
        story.append(Spacer(0, GAP))
    return story


def _shown(block):
    return SHOWN[type(block)](block)


def _said(text, name):
    """A text as a paragraph of a style; a number stays on one line with its per cent."""
    return Paragraph(lettered(escape(text, quote=False).replace(" %", "\xa0%")), style(name))


def _claims(block):
    rows = [
        [_said(str(at), "count"), _said(one, "claim")] for at, one in enumerate(block.sentences, 1)
    ]
    return [Table(rows, colWidths=[9 * mm, WIDE - 9 * mm], style=sheets.CLAIMS, hAlign="LEFT")]


def _paragraph(block):
    return [_said(" ".join(block.sentences), "text")]


def _items(block):
    return [
        Paragraph(
            lettered(escape(one, quote=False).replace(" %", "\xa0%")), style("item"), bulletText="•"
        )
        for one in block.sentences
    ]


def _table(block, wide=WIDE):
    """A table under its caption; its heads come again on the next page."""
    small = "small_" if block.small else ""

    def cell(text, at, name):
        return _said(text, f"{small}{name}{'_right' if at in block.numbers else ''}")

    rows = [[cell(text, at, "cell_head") for at, text in enumerate(block.heads)]]
    for row in block.rows:
        first, *others = row
        rows.append(
            [
                cell(first, 0, "cell_first"),
                *(cell(one, at, "cell") for at, one in enumerate(others, 1)),
            ]
        )
    columns = [wide * one / sum(block.widths) for one in block.widths]
    table = Table(
        rows,
        colWidths=columns,
        style=sheets.SMALL if block.small else sheets.RULED,
        repeatRows=1,
        hAlign="LEFT",
    )
    return [_said(block.caption, f"{small}caption"), table]


def _beside(block):
    half = (WIDE - 6 * mm) / 2
    halves = [_table(one, half) for one in (block.left, block.right)]
    return [_two(*halves, half)]


def _two(left, right, half, look=sheets.BARE):
    return Table(
        [[left, "", right]], colWidths=[half, WIDE - 2 * half, half], style=look, hAlign="LEFT"
    )


def _drawn(block):
    picture = block.picture
    wide, high = picture.figure.get_size_inches()
    image = Image(io.BytesIO(sharp(picture)), PICTURE, PICTURE * high / wide, hAlign="LEFT")
    return [image, _said(picture.sentence, "caption_of_picture")]


def _fronts(block):
    half = (WIDE - 6 * mm) / 2
    left, right = (_front(one) for one in block.pages)
    return [_two(left, right, half, sheets.FRONTS)]


def _front(page):
    """One front page in short."""
    said = zip((page.masthead, page.motto, page.headline, page.deck), MAST, strict=True)
    return [
        *(_said(text, name) for text, name in said),
        *(_said(one, "front") for one in page.statements),
        _said(page.left_out_head, "left_out_head"),
        *(_said(one, "left_out") for one in page.left_out),
    ]


SHOWN = {
    parts.Claims: _claims,
    parts.Text: _paragraph,
    parts.Items: _items,
    parts.Table: _table,
    parts.Beside: _beside,
    parts.Drawn: _drawn,
    parts.Fronts: _fronts,
}
"""How each kind of block is set."""
