"""Two front pages set in type for paper: a spread of two A4 pages, the same height to everything on both.

All lengths are in points (72 to an inch). The size of the body is the largest at which both pages fit; what height
is left goes to the picture.
"""

from __future__ import annotations

import dataclasses
import itertools
import math

from loadbearing.front_page.letters import CAP_HEIGHT, width
from loadbearing.front_page.lines import Line, TooNarrow, set_in, words_of
from loadbearing.front_page.sheet import GREY, INK, PALE, Rule, Sheet, Type
from loadbearing.units import clock, people

WIDE, HIGH = 595.28, 841.89
"""An A4 page."""

MARGIN, TOP, FOOT = 36.0, 30.0, 30.0
GUTTER = 20.0
SCALE = ((1, "the whole crowd"), (0.5, "half of it"))
ACCENTS = {"failure": "#d55e00", "stress_test": "#0072b2"}
LEFT_OUT = "What this page leaves out"
BY = "By a simulation"
CLOSING = "One run, two pages: every number on both is true of it. No cause is stated for any other evening."

TRIES = [
    *((size / 4, 44.0, 142.0) for size in range(58, 47, -1)),
    *((size / 4, 36.0, 118.0) for size in range(52, 43, -1)),
    *((size / 4, 28.0, 90.0) for size in range(48, 33, -1)),
]
"""Largest first: the size of the body, the largest headline, the least height of the picture."""

HEADLINE_LINES, THREE_LINES, LEAST_HEADLINE = 3, 38.0, 22.0
FIGURE, PAD = 34.0, 10.0
LEADING = 1.27
INITIAL_LINES = (3, 2)
"""How many lines the large initial of a page is high; fewer where its paragraph is short."""

CHART_MOST = 270.0


class Crowded(ValueError):
    """Pages that say more than fits on paper, in words."""


def spread(pages):
    """Return what stands on each of two pages: a list of `Type` and `Rule` for each, from its upper left corner."""
    for body, headline, least in TRIES:
        try:
            found = [_Setting(page, pages, body, headline) for page in pages]
        except TooNarrow:
            continue
        chart = min(one.room_for_the_chart() for one in found)
        if chart >= least:
            return [one.set(min(chart, CHART_MOST), chart) for one in found]
    raise Crowded("These two pages say more than fits on paper; save them as a web page instead.")


@dataclasses.dataclass(frozen=True)
class _Row:
    """A line of a column: a large initial before it, and whether it may not end or not begin a column."""

    line: Line
    initial: str
    deep: int
    not_last: bool
    not_first: bool


class _Setting:
    """One page at one size of body: its parts, each measured before any is put in its place."""

    def __init__(self, page, both, body, headline):
        self.page, self.body = page, body
        self.accent = ACCENTS[page.reading]
        self.left, self.right = MARGIN, WIDE - MARGIN
        wide = self.right - self.left
        self.headline_size = min(_headline_size(one, wide, headline) for one in both)
        self.name_size = min(58.0, *(_full_size(one.masthead.upper(), wide) for one in both))
        self.label_depth = max(_label_depth(one, wide) for one in both)
        parts = ("head", "headline", "deck", "caption", "figures", "columns", "left_out")
        self.parts = {name: getattr(self, f"_{name}")(page) for name in parts}
        self.heights = {
            name: max(getattr(self, f"_{name}")(one).y for one in both) for name in parts
        }

    def room_for_the_chart(self):
        """How much height is left for the picture."""
        gaps = 12 + 8 + 12 + 14 + 16 + 14
        return HIGH - TOP - FOOT - sum(self.heights.values()) - gaps - 12

    def set(self, chart, room):
        """Return everything on the page in its place; what the picture cannot use is shared among the gaps."""
        spare = max(0.0, room - chart) / 4
        drawn, y = [], TOP

        def place(name, after):
            nonlocal y
            drawn.extend(_moved(self.parts[name].drawn, y))
            y += self.heights[name] + after

        place("head", 12 + spare)
        place("headline", 8)
        place("deck", 12 + spare)
        drawn += _chart(self.page.chart, self._sheet(), self.accent, y, chart)
        y += chart
        place("caption", 14)
        place("figures", 16 + spare)
        place("columns", 14)
        box = HIGH - FOOT - 12 - self.heights["left_out"]
        drawn += _moved(self.parts["left_out"].drawn, box)
        drawn += _closing(self._sheet())
        return drawn

    def _sheet(self):
        return Sheet(self.left, self.right)

    def _head(self, page):
        """The masthead between its rules, the motto, and the line with the date."""
        sheet = self._sheet()
        sheet.rule(7, ACCENTS[page.reading])
        name = page.masthead.upper()
        size = self.name_size
        sheet.y += 14 + size * CAP_HEIGHT
        middle = (self.left + self.right) / 2
        sheet.line(name, "bold", size, middle, "middle")
        sheet.y += 19
        sheet.line(page.motto, "italic", 12.5, middle, "middle", GREY)
        sheet.y += 9
        sheet.rule(0.8)
        sheet.y += 11.5
        sheet.line(page.dateline, "roman", 10.5)
        sheet.line(page.caveat, "italic", 10.5, self.right, "end")
        sheet.y += 5
        sheet.rule(2.2, below=1.6)
        sheet.rule(0.6)
        return sheet

    def _headline(self, page):
        sheet = self._sheet()
        words = words_of(_parts(page.headline), plain="bold")
        sheet.text(words, self.headline_size, 1.05, even=True)
        return sheet

    def _deck(self, page):
        sheet = self._sheet()
        words = words_of(_parts(page.deck), plain="italic", strong="italic")
        sheet.text(words, 17, 1.24, colour=GREY, even=True)
        sheet.y += 19
        sheet.line(BY.upper(), "bold", 9.5)
        long = width(BY.upper(), "bold", 9.5)
        beside = ((self.left + long + 8, sheet.y - 3.1), (self.right, sheet.y - 3.1))
        sheet.drawn.append(Rule(beside, 0.6))
        sheet.y += 2
        return sheet

    def _caption(self, page):
        sheet = self._sheet()
        said = page.chart.caption
        words = words_of(_parts(said), plain="italic", strong="bold italic")
        sheet.text(words, 12, 1.3, colour=GREY)
        return sheet

    def _figures(self, page):
        """The large numbers, side by side, each over what it is."""
        sheet = self._sheet()
        sheet.rule(0.8)
        for number, figure in enumerate(page.figures):
            cell = _cell(page, number, self.left, self.right)
            sheet.drawn += _moved(_labelled(cell, figure).drawn, sheet.y)
            if number:
                x = cell.left - PAD
                between = ((x, sheet.y + 9), (x, sheet.y + self.label_depth + 3))
                sheet.drawn.append(Rule(between, 0.6, PALE))
        sheet.y += self.label_depth + 8
        sheet.rule(0.8)
        return sheet

    def _columns(self, page):
        """The statements in two columns, filled out, the first with a large initial."""
        sheet, size, step = self._sheet(), self.body, self.body * LEADING
        wide = (sheet.wide - GUTTER) / 2
        lines = list(
            itertools.chain.from_iterable(
                self._paragraph(one, size, wide, number == 0)
                for number, one in enumerate(page.statements)
            )
        )
        half = _half(lines)
        for column, part in enumerate((lines[:half], lines[half:])):
            left = self.left + column * (wide + GUTTER)
            for number, row in enumerate(part):
                y = sheet.y + number * step + size * 0.86
                frame = (left, left + wide)
                if row.initial:
                    foot, big = y + (row.deep - 1) * step, _initial_size(row.deep, size, step)
                    placed = ((0.0, row.initial, "bold"),)
                    sheet.drawn.append(Type(left, foot, big, placed, frame, self._accent(page)))
                if row.line.placed:
                    x = left + row.line.indent
                    sheet.drawn.append(Type(x, y, size, row.line.placed, frame))
        depth = max(half, len(lines) - half) * step
        middle = self.left + wide + GUTTER / 2
        if len(lines) > half:
            sheet.drawn.append(Rule(((middle, sheet.y + 2), (middle, depth)), 0.6, PALE))
        sheet.y += depth
        return sheet

    def _paragraph(self, statement, size, wide, first):
        """The rows of one statement; the first statement of a page begins with a large initial."""
        step = size * LEADING
        for deep in INITIAL_LINES if first else ():
            parts, initial = _with_initial(_parts(statement))
            indent = width(initial, "bold", _initial_size(deep, size, step)) + 0.3 * size
            lines = self._broken(parts, size, wide, indent, deep)
            if initial and len(lines) >= deep:
                break
        else:
            initial, deep = "", 1
            lines = self._broken(_parts(statement), size, wide, 0.0 if first else 1.1 * size, 1)
        last = len(lines) - 1
        together = deep if initial else 1
        return [
            _Row(line, initial if at == 0 else "", deep, at < min(together, last), 0 < at == last)
            for at, line in enumerate(lines)
        ]

    @staticmethod
    def _broken(parts, size, wide, indent, deep):
        """A paragraph in lines, the first `deep` of them indented."""
        return set_in(
            words_of(parts),
            size,
            lambda n: (indent, wide - indent) if n < deep else (0.0, wide),
            fill=True,
        )

    def _left_out(self, page):
        """The box at the foot: what this page leaves out."""
        sheet = Sheet(self.left + 18, self.right - 12)
        sheet.y += 18
        sheet.line(LEFT_OUT.upper(), "bold", 10)
        sheet.y += 7
        for one in page.leaves_out:
            item = Sheet(sheet.left + 12, sheet.right)
            item.text(words_of(_parts(one)), 12.5, 1.26)
            sheet.drawn.append(
                Type(sheet.left, sheet.y + 10.0, 12.5, ((0.0, "–", "roman"),), (sheet.left, sheet.right))
            )  # fmt: skip
            sheet.drawn += _moved(item.drawn, sheet.y)
            sheet.y += item.y + 3
        sheet.y += 8
        left, right, bottom = self.left, self.right, sheet.y
        around = ((left, 0), (right, 0), (right, bottom), (left, bottom), (left, 0))
        bar = ((left, 0), (left + 6, 0), (left + 6, bottom), (left, bottom))
        accent = self._accent(page)
        sheet.drawn = [Rule(around, 0.8), Rule(bar, fill=accent), *sheet.drawn]
        return sheet

    @staticmethod
    def _accent(page):
        return ACCENTS[page.reading]


def _initial_size(deep, size, step):
    """The size at which a capital is so many lines high, from the top of the first to the foot of the last."""
    return ((deep - 1) * step + CAP_HEIGHT * size) / CAP_HEIGHT


def _with_initial(parts):
    """The parts of a sentence without its first letter, and that letter; a number has no initial."""
    (letters, strong), *others = parts
    if not letters[0].isalpha():
        return parts, ""
    return [(letters[1:], strong), *others], letters[0].upper()


def _full_size(name, wide):
    """The size at which a masthead is as wide as the page."""
    return 0.995 * wide / width(name, "bold", 1.0)


def _label_depth(page, wide):
    """How deep the words under the large numbers of a page are."""
    cells = [_cell(page, number, 0.0, wide) for number in range(len(page.figures))]
    return max(
        (_labelled(cell, one).y for cell, one in zip(cells, page.figures, strict=True)), default=0.0
    )


def _cell(page, number, left, right):
    """The part of the strip of large numbers that one of them has."""
    each = (right - left) / len(page.figures)
    return Sheet(left + number * each + (PAD if number else 0), left + (number + 1) * each - PAD)


def _labelled(cell, figure):
    """A large number over what it is."""
    size = min(FIGURE, FIGURE * cell.wide / width(figure.text, "bold", FIGURE))
    cell.y += FIGURE * 0.95
    cell.line(figure.text, "bold", size)
    cell.y += 7
    cell.text(words_of([(figure.label, False)]), 11.5, 1.22, colour=GREY)
    return cell


def _parts(statement):
    return [(letters, bool(key)) for letters, key in statement.parts]


def _headline_size(page, wide, most):
    """The largest size at which the headline takes two lines, or three smaller ones."""
    words = words_of(_parts(page.headline), plain="bold")
    size = most
    while size > LEAST_HEADLINE:
        try:
            lines = len(set_in(words, size, lambda number: (0.0, wide), even=True))
        except TooNarrow:
            lines = math.inf
        if lines <= 2 or lines <= HEADLINE_LINES and size <= THREE_LINES:
            break
        size -= 0.5
    return size


def _half(lines):
    """Where the second column begins: near the middle, and no line of a paragraph alone."""
    even = math.ceil(len(lines) / 2)

    def badness(at):
        lonely = 0 < at < len(lines) and (lines[at - 1].not_last or lines[at].not_first)
        return abs(at - even) + 3 * lonely + 0.5 * (at < even)

    return min(range(len(lines) + 1), key=badness)


def _moved(drawn, down):
    """What is drawn, further down."""
    return [
        Type(one.x, one.y + down, one.size, one.placed, one.frame, one.colour)
        if isinstance(one, Type)
        else Rule(
            tuple((x, y + down) for x, y in one.points),
            one.thick,
            one.colour,
            one.dash,
            one.fill,
            one.see_through,
        )
        for one in drawn
    ]


def _closing(sheet):
    sheet.y = HIGH - FOOT + 2
    sheet.line(CLOSING, "italic", 9.5, (sheet.left + sheet.right) / 2, "middle", GREY)
    return sheet.drawn


def _chart(chart, sheet, accent, y, high):
    """The course of a level over the evening, under the line of the whole crowd."""
    sheet.y = y + 12
    sheet.line(chart.title, "bold", 12.5)
    top, foot = y + 30, y + high - 20
    first, last = chart.times[0], chart.times[-1]
    across = max(last - first, 1)

    def at(time, level):
        x = sheet.left + (time - first) / across * sheet.wide
        return x, foot - level / max(chart.crowd, 1) * (foot - top)

    line = tuple(map(at, chart.times, chart.levels))
    under = ((sheet.left, foot), *line, (sheet.right, foot))
    drawn = sheet.drawn
    for share, said in SCALE if chart.crowd else ():
        height = at(first, chart.crowd * share)[1]
        drawn.append(Rule(((sheet.left, height), (sheet.right, height)), 0.5, GREY, "2 3"))
        sheet.y = height - 3.5
        told = f"{said}: {people(chart.crowd)}" if share == 1 else said
        sheet.line(told, "roman", 9.5, colour=GREY)
    drawn.append(Rule(under, fill=accent, see_through=0.2))
    drawn.append(Rule(line, 2.2, accent))
    drawn.append(Rule(((sheet.left, foot), (sheet.right, foot)), 1.0))
    for time, anchor in _ticks(first, last):
        x = at(time, 0)[0]
        drawn.append(Rule(((x, foot), (x, foot + 4)), 0.8))
        sheet.y = foot + 14
        sheet.line(clock(time), "roman", 10.5, x, anchor, INK)
    return drawn


def _ticks(first, last):
    """Times to write under the picture: both ends, and each half hour that has room."""
    halves = [
        (time, "middle")
        for time in range(math.ceil(first / 1800) * 1800, int(last) + 1, 1800)
        if min(time - first, last - time) > 0.09 * (last - first)
    ]
    if len(halves) > 9:
        halves = halves[:: math.ceil(len(halves) / 9)]
    return [(first, "start"), *halves, (last, "end")]
