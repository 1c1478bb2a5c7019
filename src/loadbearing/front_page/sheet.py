"""What is drawn on a sheet of paper: lines of type, rules and shapes, in points from the upper left corner."""

from __future__ import annotations

import dataclasses

from loadbearing.front_page.letters import EM, letter
from loadbearing.front_page.lines import set_in, width

INK, GREY, PALE, PAPER = "#1d1b18", "#4b463d", "#c9c0aa", "#fbf7ec"


@dataclasses.dataclass(frozen=True)
class Type:
    """One line of type: its left edge, its baseline, its size, its pieces (x, letters, face) and its frame.

    `frame`: (left, right) between which it must stay.
    """

    x: float
    y: float
    size: float
    placed: tuple
    frame: tuple
    colour: str = INK

    @property
    def right(self):
        """Where the last letter ends."""
        x, letters, face = self.placed[-1]
        return self.x + x + width(letters, face, self.size)


@dataclasses.dataclass(frozen=True)
class Rule:
    """A straight line, or a row of them through `points`, or a filled shape."""

    points: tuple
    thick: float = 0.6
    colour: str = INK
    dash: str = ""
    fill: str = ""
    see_through: float = 1.0


class Sheet:
    """A part of a page: `left`, `right`, and how far down (`y`) it has been filled; `drawn` is what stands on it."""

    def __init__(self, left, right, y=0.0):
        self.left, self.right, self.y, self.drawn = left, right, y, []

    @property
    def wide(self):
        """How wide a line may be."""
        return self.right - self.left

    def rule(self, thick=0.6, colour=INK, below=0.0):
        """A rule across."""
        y = self.y + thick / 2
        self.drawn.append(Rule(((self.left, y), (self.right, y)), thick, colour))
        self.y += thick + below

    def line(self, text, face, size, x=None, anchor="start", colour=INK, dy=0.0):
        """One line of type at the present height, which it leaves: `anchor` is start, middle or end of it."""
        long = width(text, face, size)
        back = {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        at = self.left if x is None else x
        placed, frame = ((0.0, text, face),), (self.left, self.right)
        self.drawn.append(Type(at - back, self.y + dy, size, placed, frame, colour))

    def text(self, words, size, leading, colour=INK, centred=False, **how):
        """Words broken into lines across the sheet, each `leading` times its size below the one before."""
        for one in set_in(words, size, lambda number: (0.0, self.wide), **how):
            self.y += size * leading
            x = self.left + ((self.wide - one.width) / 2 if centred else 0.0)
            baseline = self.y - (leading - 0.8) * size
            self.drawn.append(Type(x, baseline, size, one.placed, (self.left, self.right), colour))


def as_shapes(drawn):
    """Return what is drawn as SVG, letters as outlines that the document must define (`definitions`)."""
    return "\n".join(_type(one) if isinstance(one, Type) else _rule(one) for one in drawn)


def definitions(drawn):
    """Return the outline of every letter that is drawn, each once, as SVG."""
    used = {
        (char, face)
        for one in drawn
        if isinstance(one, Type)
        for _, letters, face in one.placed
        for char in letters
    }
    outlines = ((_name(char, face), letter(char, face)[1]) for char, face in sorted(used))
    return "\n".join(f'<path id="{name}" d="{outline}"/>' for name, outline in outlines if outline)


def _name(char, face):
    short = "".join(word[0] for word in face.split())
    return f"lb-{short}-{ord(char):x}"


def _type(one):
    letters = []
    for x, text, face in one.placed:
        at = x * EM / one.size
        for char in text:
            advance, outline = letter(char, face)
            if outline:
                letters.append(f'<use xlink:href="#{_name(char, face)}" x="{at:.0f}"/>')
            at += advance
    scale = one.size / EM
    return (
        f'<g fill="{one.colour}" transform="translate({one.x:.2f} {one.y:.2f}) '
        f'scale({scale:.5f} {-scale:.5f})">{"".join(letters)}</g>'
    )


def _rule(one):
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in one.points)
    if one.fill:
        return f'<polygon points="{points}" fill="{one.fill}" fill-opacity="{one.see_through:g}"/>'
    dash = f' stroke-dasharray="{one.dash}"' if one.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{one.colour}" '
        f'stroke-width="{one.thick:g}" stroke-linejoin="round"{dash}/>'
    )
