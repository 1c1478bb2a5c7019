"""What the desk says once a launch is worked out: the sections of the readiness report, in the look of a lab."""

from __future__ import annotations

from html import escape

from loadbearing.labs import look
from loadbearing.report import parts

STYLE = """<style>
.lb-answers p { margin: 4px 0; max-width: 76ch; font-size: 14px; line-height: 1.45; }
.lb-answers ul, .lb-answers ol { margin: 4px 0 8px; padding-left: 22px; max-width: 76ch; font-size: 14px; }
.lb-answers li { margin: 3px 0; line-height: 1.4; }
.lb-answers ol.lb-claims li { font-size: 16px; }
.lb-answers ol.lb-claims li::marker { font-weight: 700; }
.lb-answers .lb-sub { margin: 10px 0 2px; }
.lb-scroll { overflow-x: auto; margin: 8px 0; container-type: inline-size; }
.lb-beside { display: flex; flex-flow: row wrap; gap: 0 28px; }
.lb-beside > * { flex: 1 1 340px; min-width: 0; }
.lb-answers .lb-facts { max-width: 900px; min-width: 420px; }
.lb-answers .lb-facts caption { text-align: left; color: var(--lb-soft); padding: 0 0 4px; }
.lb-answers .lb-facts caption span { position: sticky; left: 0; display: inline-block; max-width: 100cqw; }
.lb-answers .lb-facts td, .lb-answers .lb-facts th { text-align: left; white-space: normal; font-weight: 400;
  vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--lb-line); }
.lb-answers .lb-facts thead th { border-bottom: 2px solid var(--lb-ink); font-weight: 700; vertical-align: bottom; }
.lb-answers .lb-facts .lb-number { text-align: right; white-space: nowrap; }
</style>"""


def _text(words):
    """A text, escaped; a number stays on one line with its per cent."""
    return escape(words).replace(" %", "&nbsp;%")


def section(one):
    """Return a section of the report as HTML: its heading and what stands under it."""
    return look.sub(one.heading) + "".join(SHOWN[type(block)](block) for block in one.blocks)


def _claims(block):
    return f'<ol class="lb-claims">{_lines(block.sentences)}</ol>'


def _paragraph(block):
    return f"<p>{_text(' '.join(block.sentences))}</p>"


def _items(block):
    return f"<ul>{_lines(block.sentences)}</ul>"


def _lines(sentences):
    return "".join(f"<li>{_text(one)}</li>" for one in sentences)


def _table(block):
    """A table; the first cell of each row names it, and columns of numbers stand to the right."""

    def mark(at):
        return ' class="lb-number"' if at in block.numbers else ""

    heads = "".join(
        f'<th scope="col"{mark(at)}>{_text(one)}</th>' for at, one in enumerate(block.heads)
    )
    rows = "".join(
        f'<tr><th scope="row">{_text(first)}</th>'
        + "".join(f"<td{mark(at)}>{_text(cell)}</td>" for at, cell in enumerate(others, 1))
        + "</tr>"
        for first, *others in block.rows
    )
    caption = f"<caption><span>{_text(block.caption)}</span></caption>"
    return (
        f'<div class="lb-scroll"><table class="lb-table lb-facts">{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _beside(block):
    return f'<div class="lb-beside">{_table(block.left)}{_table(block.right)}</div>'


def _drawn(block):
    return look.picture(block.picture) + look.caption(block.picture.sentence)


SHOWN = {
    parts.Claims: _claims,
    parts.Text: _paragraph,
    parts.Items: _items,
    parts.Table: _table,
    parts.Beside: _beside,
    parts.Drawn: _drawn,
}
"""How each kind of block is shown at the desk."""
