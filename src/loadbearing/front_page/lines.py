"""Setting type: words broken into lines by their measured widths, evenly, and filled out to both edges."""

from __future__ import annotations

import dataclasses

from loadbearing.front_page.letters import width

FIXED = "\N{NO-BREAK SPACE}"
SHORT = 14
"""A number with its unit of at most so many letters stays on one line."""

WIDEST_SPACE = 2.6
NARROWEST_SPACE = 0.82
"""How much wider or narrower than usual a space may be made to fill a line."""


LEAST_LAST, LONELY = 0.15, 0.012
"""A last line shorter than this share of the width is avoided where that costs little."""


class TooNarrow(ValueError):
    """A word that does not fit into its line: the word and the width."""


@dataclasses.dataclass(frozen=True)
class Word:
    """A word of a text: pieces of (letters, face), set without a gap."""

    pieces: tuple

    def width(self, size):
        """How wide it is."""
        return sum(width(letters, face, size) for letters, face in self.pieces)

    @property
    def letters(self):
        """Its letters."""
        return "".join(letters for letters, _ in self.pieces)


@dataclasses.dataclass(frozen=True)
class Line:
    """One line: (x, letters, face) of each piece, where x counts from the line's left edge; `width`: of all of it."""

    placed: tuple
    width: float
    indent: float = 0.0


def words_of(parts, plain="roman", strong="bold"):
    """Return the words of a text in parts (letters, whether it is strong); a short number keeps its unit beside it."""
    words, pieces = [], []
    for letters, is_strong in parts:
        letters = letters.replace(" %", FIXED + "%")
        if is_strong and len(letters) <= SHORT:
            letters = letters.replace(" ", FIXED)
        for number, piece in enumerate(letters.split(" ")):
            if number and pieces:
                words.append(Word(tuple(pieces)))
                pieces = []
            if piece:
                pieces.append((piece, strong if is_strong else plain))
    return [*words, Word(tuple(pieces))] if pieces else words


def set_in(words, size, widths, even=False, fill=False):
    """Return words as `Line`s: the n-th is (indent, width) = `widths(n)`.

    `even`: lines as equally long as can be, for headlines; `fill`: spaces stretched to both edges, for columns. A word
    that fits into no line raises `TooNarrow`.
    """
    space = width(" ", words[0].pieces[0][1], size) if words else 0.0
    sizes = [word.width(size) for word in words]
    lines, start = [], 0
    for number, end in enumerate(_breaks(sizes, space, widths, even, fill, words)):
        indent, wide = widths(number)
        last = end == len(words)
        lines.append(_line(words[start:end], sizes[start:end], space, indent, wide, fill, last))
        start = end
    return lines


def _breaks(sizes, space, widths, even, fill, words):
    """Where each line ends: the breaks with the least sum of squared gaps."""
    many = len(sizes)
    best = {(0, 0): (0.0, None)}
    for start, number in ((s, n) for s in range(many) for n in range(s + 1)):
        if (start, number) not in best:
            continue
        wide, long = widths(number)[1], -space
        for end in range(start + 1, many + 1):
            long += space + sizes[end - 1]
            shrunk = (1 - NARROWEST_SPACE) * space * (end - start - 1) if fill else 0.0
            if long - shrunk > wide + 1e-6:
                if end == start + 1:
                    raise TooNarrow(
                        f"{words[start].letters!r} does not fit into a line {wide:.0f} wide."
                    )
                break
            gap = (wide - long) / wide
            if end == many and not even:
                cost = LONELY if start and long < LEAST_LAST * wide else 0.0
            else:
                cost = gap * gap * (4 if gap < 0 else 1)
            found = best[start, number][0] + cost + (1.0 if even else 0.001)
            if (end, number + 1) not in best or found < best[end, number + 1][0]:
                best[end, number + 1] = (found, start)
    ends = [(best[key][0], key) for key in best if key[0] == many and many]
    if not ends:
        return []
    key, breaks = min(ends)[1], []
    while key[0]:
        breaks.append(key[0])
        key = (best[key][1], key[1] - 1)
    return breaks[::-1]


def _line(words, sizes, space, indent, wide, fill, last):
    """Words on one line; filled out where the spaces bear it."""
    gaps = len(words) - 1
    if fill and gaps:
        stretched = (wide - sum(sizes)) / gaps
        if stretched <= (space if last else WIDEST_SPACE * space):
            space = stretched
    placed, x = [], 0.0
    for word, long in zip(words, sizes, strict=True):
        within = x
        for letters, face in word.pieces:
            placed.append((within, letters, face))
            within += long * _share(letters, face, word)
        x += long + space
    return Line(tuple(placed), x - space, indent)


def _share(letters, face, word):
    """What part of a word's width one of its pieces has."""
    return width(letters, face, 1.0) / word.width(1.0)
