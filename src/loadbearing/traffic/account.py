"""What becomes of each line of a file: counted, or put aside with a kind and a reason. No line is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from loadbearing.parts import ScenarioError

EXAMPLES_A_REASON = 3
LONGEST_PIECE = 60

_ADDRESS = re.compile(r"^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?=\s|$)")


class TrafficError(ScenarioError):
    """A file, or a wish about it, that makes no sense: the field, the value, the remedy."""


class Unreadable(ValueError):
    """A time or a number that cannot be read; its text is the reason that the report gives."""


class Aside(NamedTuple):
    """Why a line is not counted: `kind` is blank, comment, header, left out or broken."""

    kind: str
    reason: str


BLANK = Aside("blank", "blank")
COMMENT = Aside("comment", "begins with #")
HEADER = Aside("header", "names the columns")
TOO_LONG = Aside("broken", "longer than 65,536 bytes")
TORN = Aside("broken", "where the gzip file breaks off")
FAR = Aside("broken", "far from the rest")
NO_SUCH_YEAR = Aside("broken", "a year before 1900 or after 2199")
NOT_ASKED_FOR = Aside("left out", "outside the stretch asked for")


class Example(NamedTuple):
    """A broken line: its number counted from 1, why it is broken, and its beginning, made printable."""

    line: int
    reason: str
    piece: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """How many lines a file has and what became of them; the kinds add up to `read`."""

    read: int
    counted: int
    blank: int = 0
    comments: int = 0
    header: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)

    @property
    def left_out_in_all(self) -> int:
        """How many lines were left out, whatever the reason."""
        return sum(self.left_out.values())

    @property
    def broken_in_all(self) -> int:
        """How many lines are broken, whatever the reason."""
        return sum(self.broken.values())


class Account:
    """Lines put aside so far, by kind and reason, with the first few broken ones of each reason."""

    def __init__(self) -> None:
        self.aside: Counter[Aside] = Counter()
        self.examples: list[Example] = []

    def put_aside(self, why: Aside, number: int, line: bytes) -> None:
        """Enter one line that is not counted; `number` is its place in the file, from 1."""
        self.aside[why] += 1
        if why.kind == "broken" and self.aside[why] <= EXAMPLES_A_REASON:
            self.examples.append(Example(number, why.reason, printable(line)))

    def lines(self, counted: int) -> Lines:
        """Return the closed account, given how many lines were counted."""

        def of(kind: str) -> dict[str, int]:
            return {why.reason: n for why, n in self.aside.items() if why.kind == kind}

        return Lines(
            read=counted + self.aside.total(),
            counted=counted,
            blank=self.aside[BLANK],
            comments=self.aside[COMMENT],
            header=self.aside[HEADER],
            left_out=of("left out"),
            broken=of("broken"),
        )


def text_of(line: bytes) -> str:
    """Return the text of a line: UTF-8, or else Latin-1, which never fails."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def printable(line: bytes) -> str:
    """Return the beginning of a line, shortened and made printable; a client's address is left out.

    >>> printable(b'203.0.113.9 - - [32/Aug/2024:20:00:00 -0400] "GET / HTTP/1.1" 200 5')
    '[client] - - [32/Aug/2024:20:00:00 -0400] "GET / HTTP/1.1" ...'
    >>> printable(b"20:0\\x00\\x07")
    '20:0\\\\x00\\\\x07'
    """
    text = text_of(line[: 4 * LONGEST_PIECE]).strip("\r\n")
    text = _ADDRESS.sub("[client]", text)
    shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
    return shown if len(shown) <= LONGEST_PIECE else shown[: LONGEST_PIECE - 1] + "..."
