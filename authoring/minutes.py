"""The least time a page can take, counted from what stands on it.

Stated minutes stand in course.toml as estimates; the loudest complaint about courses is that such
numbers are half the real ones, so a test refuses any that is below what is counted here. The rates
are assumptions: careful reading at 150 words a minute, one minute to look at what a cell shows,
three minutes for each blank.
"""

import math
import re

from nbformat import NotebookNode

from authoring.percent import BLANK

WORDS_A_MINUTE = 150
LOOK_MINUTES = 1.0
BLANK_MINUTES = 3.0
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
IS_BLANK = re.compile(rf"(^|=)\s*{re.escape(BLANK)}\s*$", re.MULTILINE)


def least_minutes(page: str | NotebookNode, after: NotebookNode | None = None) -> int:
    """The least whole minutes for a lesson's text or a notebook.

    `after` is a notebook just gone through, as an exercise is before its solution: cells that it
    has too take no time.

    >>> least_minutes("word " * 301)
    3
    """
    if isinstance(page, str):
        return math.ceil(_reading(page))
    seen = {cell.source for cell in after.cells} if after else set()
    minutes = 0.0
    for cell in page.cells:
        if cell.source in seen:
            continue
        if cell.cell_type == "markdown":
            minutes += _reading(cell.source)
        elif blanks := len(IS_BLANK.findall(cell.source)):
            minutes += BLANK_MINUTES * blanks
        else:
            minutes += LOOK_MINUTES * bool(cell.get("outputs"))
    return math.ceil(minutes)


def _reading(text: str) -> float:
    return len(COMMENT.sub("", text).split()) / WORDS_A_MINUTE
