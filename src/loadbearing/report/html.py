"""The report as one HTML file: no script, no address, no outside font; for a screen, a phone and paper."""

from __future__ import annotations

import base64
from html import escape

from loadbearing.report import parts
from loadbearing.report.drawn import sharp
from loadbearing.report.style import STYLE

NOTHING_FROM_OUTSIDE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""The browser is told that this page may load nothing."""


def as_html(report):
    """Return the report as the text of one self-contained HTML file; same report, same bytes."""
    sections = "\n".join(_section(one) for one in report.sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{escape(NOTHING_FROM_OUTSIDE)}">
<meta name="color-scheme" content="light">
<title>{_text(report.title)}: {_text(report.kind.lower())}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<p class="kind">{_text(report.kind)}</p>
<h1>{_text(report.title)}</h1>
<p class="below">{_text(report.below)}</p>
</header>
<main>
{sections}
</main>
<footer><p>{_text(report.foot)}</p></footer>
</body>
</html>
"""


def _section(section):
    """One section: its heading names it for a screen reader."""
    shown = [SHOWN[type(block)](block) for block in section.blocks]
    first = len(section.opening)
    opening, others = "\n".join(shown[:first]), "\n".join(shown[first:])
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-head">\n'
        f'<div class="whole"><h2 id="{section.key}-head">{_text(section.heading)}</h2>\n{opening}</div>\n'
        f"{others}\n</section>"
    )


def _text(text):
    """A text, escaped; a number stays on one line with its per cent."""
    return escape(text).replace(" %", "&nbsp;%")


def _claims(block):
    items = "".join(f"<li>{_text(one)}</li>" for one in block.sentences)
    return f'<ol class="claims">{items}</ol>'


def _paragraph(block):
    return f"<p>{' '.join(_text(one) for one in block.sentences)}</p>"


def _items(block):
    return f"<ul>{''.join(f'<li>{_text(one)}</li>' for one in block.sentences)}</ul>"


def _table(block):
    """A table with its caption; the first cell of each row is its head."""

    def mark(at):
        return ' class="n"' if at in block.numbers else ""

    looks = f"{'small' if block.small else ''} {'' if block.long else 'whole'}".strip()
    columns = "".join(f'<col style="width:{100 * one:.0f}%">' for one in block.widths)
    heads = "".join(
        f'<th scope="col"{mark(at)}>{_text(one)}</th>' for at, one in enumerate(block.heads)
    )
    rows = "\n".join(
        f'<tr><th scope="row">{_text(first)}</th>'
        + "".join(f"<td{mark(at)}>{_text(cell)}</td>" for at, cell in enumerate(others, 1))
        + "</tr>"
        for first, *others in block.rows
    )
    return (
        f'<table class="{looks}"><caption>{_text(block.caption)}</caption><colgroup>{columns}</colgroup>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    )


def _beside(block):
    return f'<div class="beside">{_table(block.left)}\n{_table(block.right)}</div>'


def _drawn(block):
    picture = block.picture
    png = base64.b64encode(sharp(picture)).decode()
    sentence = _text(picture.sentence)
    return (
        f'<figure><img src="data:image/png;base64,{png}" alt="{sentence}">'
        f"<figcaption>{sentence}</figcaption></figure>"
    )


def _fronts(block):
    return f'<div class="beside fronts">{"".join(_front(one) for one in block.pages)}</div>'


def _front(page):
    """One front page in short; the colour of its reading stands at its edge."""
    said = "".join(f"<p>{_text(one)}</p>" for one in page.statements)
    left = "".join(f"<li>{_text(one)}</li>" for one in page.left_out)
    return (
        f'<article class="front {page.reading}"><p class="mast">{_text(page.masthead)}</p>'
        f'<p class="motto">{_text(page.motto)}</p><h3>{_text(page.headline)}</h3>'
        f'<p class="deck">{_text(page.deck)}</p>{said}'
        f'<p class="left-out">{_text(page.left_out_head)}</p><ul>{left}</ul></article>'
    )


SHOWN = {
    parts.Claims: _claims,
    parts.Text: _paragraph,
    parts.Items: _items,
    parts.Table: _table,
    parts.Beside: _beside,
    parts.Drawn: _drawn,
    parts.Fronts: _fronts,
}
"""How each kind of block is written."""
