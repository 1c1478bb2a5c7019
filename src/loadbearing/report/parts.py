"""What a report is made of: sections of plain data, which say nothing of how they are shown."""

from __future__ import annotations

import dataclasses
import itertools

from loadbearing.pictures.picture import Picture

LONG = 12
"""Rows of a table up to which it stands on one page of paper."""


@dataclasses.dataclass(frozen=True)
class Claims:
    """The sentences that come first, in large letters."""

    sentences: tuple

    def texts(self):
        """Return every text that this shows, in order."""
        return self.sentences


@dataclasses.dataclass(frozen=True)
class Text:
    """A paragraph of sentences."""

    sentences: tuple

    def texts(self):
        """Return every text that this shows, in order."""
        return self.sentences


@dataclasses.dataclass(frozen=True)
class Items:
    """A list, one sentence an item."""

    sentences: tuple

    def texts(self):
        """Return every text that this shows, in order."""
        return self.sentences


@dataclasses.dataclass(frozen=True)
class Table:
    """A table: what it shows, its heads, its rows of texts; the first cell of a row names it.

    `widths`: of the columns, as shares of the whole. `numbers`: columns that are set to the right. `small`: in small
    letters, for what is looked up rather than read.
    """

    caption: str
    heads: tuple
    rows: tuple
    widths: tuple
    numbers: tuple = ()
    small: bool = False

    @property
    def long(self):
        """Whether it may go on overleaf."""
        return len(self.rows) > LONG

    def texts(self):
        """Return every text that this shows, in order."""
        return (self.caption, *self.heads, *(cell for row in self.rows for cell in row))


@dataclasses.dataclass(frozen=True)
class Beside:
    """Two tables side by side, where there is room for both."""

    left: Table
    right: Table

    def texts(self):
        """Return every text that this shows, in order."""
        return (*self.left.texts(), *self.right.texts())


@dataclasses.dataclass(frozen=True, eq=False)
class Drawn:
    """A picture; its sentence is both its alternative text and its caption."""

    picture: Picture

    def texts(self):
        """Return every text that this shows, in order."""
        return (self.picture.sentence,)


@dataclasses.dataclass(frozen=True)
class Front:
    """A front page in short: whose reading, its name, headline, deck, a few statements, and what it leaves out."""

    reading: str
    masthead: str
    motto: str
    headline: str
    deck: str
    statements: tuple
    left_out_head: str
    left_out: tuple

    def texts(self):
        """Return every text that this shows, in order."""
        said = (self.masthead, self.motto, self.headline, self.deck, *self.statements)
        return (*said, self.left_out_head, *self.left_out)


@dataclasses.dataclass(frozen=True)
class Fronts:
    """Two front pages beside each other."""

    pages: tuple

    def texts(self):
        """Return every text that this shows, in order."""
        return tuple(text for page in self.pages for text in page.texts())


@dataclasses.dataclass(frozen=True)
class Section:
    """A heading, the key by which it is found, and what stands under it."""

    key: str
    heading: str
    blocks: tuple

    @property
    def opening(self):
        """The blocks that are never torn from the heading: the first, and what a first paragraph introduces."""
        first = 2 if isinstance(self.blocks[0], Text) else 1
        return tuple(
            itertools.takewhile(lambda one: not getattr(one, "long", False), self.blocks[:first])
        )

    def texts(self):
        """Return every text that this shows, in order."""
        return (self.heading, *(text for block in self.blocks for text in block.texts()))


@dataclasses.dataclass(frozen=True)
class Report:
    """A readiness report: what kind of thing it is, its title, a line below, its sections, and a last line."""

    kind: str
    title: str
    below: str
    sections: tuple
    foot: str

    def texts(self):
        """Return every text of the report, in order: what both of its forms must say."""
        said = (text for section in self.sections for text in section.texts())
        return (self.kind, self.title, self.below, *said, self.foot)
