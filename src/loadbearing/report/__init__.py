"""The readiness report: what was worked out about a launch, so that a board can read it in five minutes.

`make` puts it together as plain data, `as_html` and `as_pdf` write the same sentences in two forms, `balance` counts
what the student judged. Nothing is computed here but words: every number comes from what was worked out.
"""

from loadbearing.report.balance import NOT_JUDGED, Row, balance, told_balance
from loadbearing.report.drawn import pictures_of
from loadbearing.report.html import as_html
from loadbearing.report.making import make
from loadbearing.report.parts import Report
from loadbearing.report.pdf import as_pdf

__all__ = [
    "NOT_JUDGED",
    "Report",
    "Row",
    "as_html",
    "as_pdf",
    "balance",
    "make",
    "pictures_of",
    "told_balance",
]
