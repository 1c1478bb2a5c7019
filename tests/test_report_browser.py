"""The report in a real browser: no barriers, nothing cut at any width, nothing fetched, and a few pages on paper."""

import collections
import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from test_report import made, tables, without_spaces

from loadbearing import report
from tests.test_lab import QUIET, shot

WIDTHS = (1280, 390)
WAIT_MS = 60_000

CUT = """() => Array.from(document.querySelectorAll('body *'))
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
  .map(one => one.nodeName + ' ' + one.textContent.slice(0, 40))"""
"""What sticks out of the page, or out of its own box, at its right."""

SMALL = """() => Array.from(document.querySelectorAll('body *'))
  .filter(one => one.childNodes.length && Array.from(one.childNodes).some(n => n.nodeType == 3 && n.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize)).reduce((a, b) => Math.min(a, b))"""
"""The smallest letters on the page, in pixels."""


@pytest.mark.browser
@pytest.mark.slow
def test_the_report_has_no_barriers_at_any_width_and_prints_on_a_few_pages(chromium, tmp_path):
    found = made()
    file = tmp_path / "report.html"
    file.write_text(report.as_html(found), encoding="utf-8")
    asked, said = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        for width in WIDTHS:
            # The page forbids scripts; what looks for barriers is one.
            page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
            page.set_default_timeout(WAIT_MS)
            page.on("request", lambda one: asked.append(one.url))
            page.on("console", lambda one: said.append(one.text))
            page.goto(file.as_uri())
            barriers = Axe().run(page)
            assert barriers.violations_count == 0, f"{width}: {barriers.generate_report()}"
            assert page.evaluate(CUT) == [], width
            assert page.evaluate(SMALL) >= 12, width
            page.screenshot(path=shot(f"report_{width}"), full_page=True)
            page.close()
        page = browser.new_page()
        page.on("console", lambda one: said.append(one.text))
        page.goto(file.as_uri())
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        browser.close()
    assert not said
    assert {one.split(":")[0] for one in asked} <= {"file", "data"}
    as_printed(printed, found)


def letters(text):
    """How often each letter stands in a text; small capitals are letters like others."""
    return collections.Counter(without_spaces(text).casefold())


def as_printed(pdf, found):
    """The page on paper: A4, five sheets at most, every sentence, and no heading left alone at a foot."""
    assert 1 < len(pdf.pages) <= 5
    texts = []
    for number, page in enumerate(pdf.pages, 1):
        width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)
        text = page.extract_text()
        assert f"page {number} of {len(pdf.pages)}" in text
        texts.append(re.sub(r"page \d+ of \d+", "", text).strip())
    printed, wanted = letters("".join(texts)), letters("".join(found.texts()))
    assert not wanted - printed, f"letters that are not printed: {wanted - printed}"
    whole = without_spaces("".join(texts))
    for table in tables(found):
        for cell in (cell for row in table.rows for cell in row):
            assert without_spaces(cell) in whole, cell
    for text in texts[:-1]:
        for one in found.sections:
            assert not text.endswith(one.heading), (
                f"{one.heading!r} stands alone at the foot of a page"
            )
