"""A table, line by line: one row of counts, or one time stamp, is one line of the file."""

from __future__ import annotations

from collections.abc import Callable

from loadbearing.traffic.account import BLANK, COMMENT, HEADER, Aside, Unreadable, text_of
from loadbearing.traffic.amounts import whole
from loadbearing.traffic.head import split
from loadbearing.traffic.layout import Layout
from loadbearing.traffic.log import NOT_TEXT
from loadbearing.traffic.times import Clock

TOO_FEW = Aside("broken", "fewer columns than the others")
OPEN_QUOTE = Aside("broken", "a quotation mark that is not closed")
NOT_A_ROW = Aside("broken", "not a row of a table")


def parser(clock: Clock, table: Layout) -> Callable[[bytes], tuple[int, int] | Aside]:
    """Return a function that reads one line: (microseconds since 1970, people), or why it is put aside.

    A record that goes on over several lines is not put together: each of its lines is broken.
    """
    delimiter, decimal, count = table.delimiter, table.decimal, table.count
    first, *more = table.time
    needed = max(*table.time, count or 0) if more or count else first

    def parse(line: bytes) -> tuple[int, int] | Aside:
        text = text_of(line)
        if '"' in text and text.count('"') % 2:
            return OPEN_QUOTE
        cells = split(text, delimiter)
        if len(cells) <= needed:
            return _why_not(line, text) or (TOO_FEW if cells else NOT_A_ROW)
        when = " ".join(cells[column].strip() for column in table.time) if more else cells[first]
        try:
            at = clock.stamp(when)
            return at, 1 if count is None else whole(cells[count], decimal)
        except Unreadable as trouble:
            return _why_not(line, text) or Aside("broken", str(trouble))

    def _why_not(line: bytes, text: str) -> Aside | None:
        if not line.strip(b' \t\r,;|"'):
            return BLANK
        if text.lstrip().startswith("#"):
            return COMMENT
        if table.header is not None and text.rstrip("\r") == table.header:
            return HEADER
        if text.lower().startswith("sep=") and len(text.rstrip("\r")) == 5:
            return HEADER
        return NOT_TEXT if "\0" in text else None

    return parse
