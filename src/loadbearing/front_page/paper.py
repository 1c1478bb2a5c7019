"""The two pages as files for paper: an SVG that opens anywhere, and a web page that prints exactly.

A3 is one sheet on its side with both pages; A4 is two sheets, one page each. Letters are outlines, so no computer
needs a font.
"""

from __future__ import annotations

import base64
from html import escape

from loadbearing.front_page.poster import HIGH, WIDE, spread
from loadbearing.front_page.sheet import PALE, PAPER, as_shapes, definitions
from loadbearing.front_page.text import as_text

NAMES = {"svg": "front-pages.svg", "A3": "front-pages-A3.html", "A4": "front-pages-A4.html"}
KINDS = {"svg": "image/svg+xml", "A3": "text/html", "A4": "text/html"}
MM = 25.4 / 72


def as_svg(pages):
    """Both pages side by side as one SVG, A3 on its side: same run, same bytes."""
    left, right = spread(pages)
    shapes = f"{_page(left, 0)}\n{_page(right, WIDE)}\n{_fold()}"
    return _document(pages, [*left, *right], shapes, 2 * WIDE)


def as_print(pages, paper="A3"):
    """A whole web page that prints exactly: `paper` is "A3" (one sheet, both pages) or "A4" (a sheet for each).

    Raises `ValueError` with a sentence for another paper.
    """
    if paper not in ("A3", "A4"):
        raise ValueError(f"The paper is {paper!r}; choose 'A3' (both pages on one sheet) or 'A4'.")
    if paper == "A3":
        sheets = [as_svg(pages)]
    else:
        sheets = [
            _document([page], drawn, _page(drawn, 0), WIDE)
            for page, drawn in zip(pages, spread(pages), strict=True)
        ]
    size = "A3 landscape" if paper == "A3" else "A4 portrait"
    names = " and ".join(page.masthead for page in pages)
    shown = "\n".join(f'<div class="sheet">{one}</div>' for one in sheets)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(names)}</title>
<style>
@page {{ size: {size}; margin: 0 }}
html, body {{ margin: 0; padding: 0; background: #8b877c }}
.sheet {{ width: max-content; margin: 8mm auto; box-shadow: 0 2px 12px rgba(0, 0, 0, .4) }}
.sheet svg {{ display: block; max-width: 96vw; height: auto }}
@media print {{
  html, body {{ background: none; print-color-adjust: exact; -webkit-print-color-adjust: exact }}
  .sheet {{ margin: 0; box-shadow: none; break-after: page; break-inside: avoid; overflow: hidden }}
  .sheet:last-child {{ break-after: auto }}
  .sheet svg {{ max-width: none; width: {"420mm" if paper == "A3" else "210mm"}; height: 296.9mm }}
}}
</style></head><body>
{shown}
</body></html>
"""


def as_links(pages):
    """Three links that save the pages as files, as HTML: the data is inside, so they work without a network."""
    files = {"svg": as_svg(pages), "A3": as_print(pages, "A3"), "A4": as_print(pages, "A4")}
    said = {
        "svg": "as a picture (SVG)",
        "A3": "to print on A3, both on one sheet",
        "A4": "to print on A4, two sheets",
    }
    links = [
        f'<a download="{NAMES[kind]}" href="data:{KINDS[kind]};base64,'
        f'{base64.b64encode(text.encode()).decode()}">{said[kind]}</a>'
        for kind, text in files.items()
    ]
    return f'<p class="lb-save">Save both pages: {" · ".join(links)}.</p>'


def _document(pages, drawn, shapes, wide):
    said = escape(as_text(pages, 80)) if len(pages) == 2 else escape(pages[0].headline.text)
    names = escape(" and ".join(page.masthead for page in pages))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" \
aria-label="{names}" width="{wide * MM:.2f}mm" height="{HIGH * MM:.2f}mm" viewBox="0 0 {wide:.2f} {HIGH:.2f}">
<title>{names}</title>
<desc>{said}</desc>
<defs>
{definitions(drawn)}
</defs>
<rect width="{wide:.2f}" height="{HIGH:.2f}" fill="{PAPER}"/>
{shapes}
</svg>"""


def _page(drawn, left):
    return f'<g class="lb-paper" transform="translate({left:.2f} 0)">\n{as_shapes(drawn)}\n</g>'


def _fold():
    """A faint line where the two pages meet."""
    return (
        f'<line x1="{WIDE:.2f}" x2="{WIDE:.2f}" y1="0" y2="{HIGH:.2f}" stroke="{PALE}" '
        f'stroke-width=".5"/>'
    )
