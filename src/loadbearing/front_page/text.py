"""The two front pages as plain text, side by side: for notebook outputs, terminals and diffs."""

from __future__ import annotations

import itertools
import textwrap

from loadbearing.units import people

STACKED_BELOW = 72
BETWEEN = "  │  "
BARS = " ▁▂▃▄▅▆▇█"
LEFT_OUT = "What this page leaves out"


def as_text(pages, width=100):
    """Both pages side by side in `width` columns, one under the other if that is narrow; same run, same text."""
    if width < 30:
        raise ValueError(f"width is {width}; a page needs at least 30 columns.")
    if width < STACKED_BELOW:
        return "\n\n".join("\n".join(_lines(page, width)) for page in pages)
    column = (width - len(BETWEEN)) // 2
    columns = [_lines(page, column) for page in pages]
    rows = itertools.zip_longest(*columns, fillvalue="")
    return "\n".join(BETWEEN.join(line.ljust(column) for line in row).rstrip() for row in rows)


def _lines(page, width):
    """One page, line by line."""
    name = " ".join(page.masthead.upper())
    name = name if len(name) <= width else page.masthead.upper()
    lines = ["━" * width, name.center(width).rstrip()]
    lines += [line.center(width).rstrip() for line in _wrapped(page.motto, width)]
    lines += ["─" * width, *_wrapped(f"{page.dateline}; {page.caveat}.", width), "━" * width, ""]
    lines += _wrapped(page.headline.text.upper(), width)
    lines += ["", *_wrapped(page.deck.text, width), ""]
    if any(page.chart.levels):
        lines += _wrapped(f"{page.chart.title} (full height: {people(page.chart.crowd)})", width)
        lines += [_bars(page.chart.levels, page.chart.crowd, width)]
    lines += [*_wrapped(page.chart.caption.text, width), ""]
    for one in page.figures:
        indent = dict(initial_indent=f"{one.text:>13}  ", subsequent_indent=" " * 15)
        lines += _wrapped(one.label, width, **indent)
    lines += [""]
    for statement in page.statements:
        lines += [*_item("■ ", statement, width), ""]
    lines += [f"── {LEFT_OUT} ".ljust(width, "─")]
    for statement in page.leaves_out:
        lines += _item("· ", statement, width)
    return lines


def _item(mark, statement, width):
    return _wrapped(statement.text, width, initial_indent=mark, subsequent_indent=" " * len(mark))


def _bars(levels, crowd, width):
    """The course of a level as a row of bars, each the highest in its part; a full one is the whole crowd."""
    bars = min(width, len(levels))
    edges = [at * len(levels) // bars for at in range(bars + 1)]
    highest = [max(levels[start:end]) for start, end in itertools.pairwise(edges)]
    return "".join(BARS[-(-level * (len(BARS) - 1) // crowd)] for level in highest).rstrip()


def _wrapped(text, width, **indent):
    """Text broken into lines, never between a number and its per cent."""
    lines = textwrap.wrap(text.replace(" %", "\N{NO-BREAK SPACE}%"), width, **indent)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
