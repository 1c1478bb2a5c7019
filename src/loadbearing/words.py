"""The words of the course: one meaning, one symbol, one unit and one label for each.

`words.toml` is their only home. Axis and slider labels, the glossary and the list of words that
the texts avoid are read from it.

>>> word("utilization").axis
'Handlers busy (share of their time)'
>>> word("queue_limit").slider
'Queue limit'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = [
    "Avoided",
    "UnknownWord",
    "Word",
    "avoided",
    "avoided_in",
    "glossary_markdown",
    "word",
    "words",
]

SOURCE = Path(__file__).with_name("words.toml")


class UnknownWord(KeyError, ValueError):
    """A key that `words.toml` does not know; the sentence names near misses."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of the field: what it is called, what it means, how it is labelled."""

    key: str
    name: str
    definition: str
    group: str
    unit: str = ""
    symbol: str = ""
    axis: str = ""
    slider: str = ""
    fields: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        label = self.name[0].upper() + self.name[1:]
        if not self.axis:
            object.__setattr__(self, "axis", f"{label} ({self.unit})" if self.unit else label)
        if not self.slider:
            object.__setattr__(self, "slider", self.axis)


@dataclass(frozen=True, kw_only=True)
class Avoided:
    """A word the texts do not use, the pattern that finds it, why, and what to write."""

    key: str
    pattern: str
    why: str
    write: str


def word(key: str) -> Word:
    """The word for a key, for a run's column, or for the path of a field such as `door.handlers`.

    Raises `UnknownWord` with the nearest keys.

    >>> word("timeout_s").name
    'time-out'
    """
    if not isinstance(key, str):
        raise UnknownWord(f"word is {key!r}: give the key as text, such as 'utilization'.")
    every, by_field = words(), _by_field()
    steps = [step for step in key.split(".") if not step.isdigit()]
    # The longest end of the path decides: patience.mean_s is not service.mean_s.
    for end in (".".join(steps[i:]) for i in range(len(steps))):
        if found := every.get(end) or by_field.get(end):
            return found
    field = key.rpartition(".")[2]
    near = get_close_matches(field, [*every, *by_field], n=3, cutoff=0.5)
    remedy = f"did you mean {' or '.join(map(repr, near))}?" if near else "see words.toml."
    raise UnknownWord(f"word is {key!r}: no such word is defined; {remedy}")


@cache
def words() -> Mapping[str, Word]:
    """Every word, by key, in the order of `words.toml`."""
    return MappingProxyType({key: _word(key, fields) for key, fields in _source()["word"].items()})


@cache
def avoided() -> tuple[Avoided, ...]:
    """The words that the texts of the course do not use, and what to write instead."""
    return tuple(Avoided(key=key, **fields) for key, fields in _source()["avoided"].items())


def avoided_in(text: str) -> list[str]:
    """One sentence for each word in `text` that the course avoids, in the order of the text.

    >>> avoided_in("The herd came back.")
    ["line 1: 'herd' is avoided (people are not cattle); write 'crowd'."]
    """
    found = []
    for entry in avoided():
        for match in re.finditer(entry.pattern, text, re.IGNORECASE):
            line = text.count("\n", 0, match.start()) + 1
            sentence = (
                f"line {line}: {match.group()!r} is avoided ({entry.why}); write {entry.write!r}."
            )
            found.append((match.start(), sentence))
    return [sentence for _, sentence in sorted(found)]


def glossary_markdown() -> str:
    """The glossary page: every word under its group, with an anchor of its own.

    The same words give the same bytes, so a test can compare the page with this text.
    """
    lines = ["# Glossary", "", "Each word has one meaning here, in lessons, labels and code alike."]
    for group in dict.fromkeys(entry.group for entry in words().values()):
        lines += ["", f"## {group}"]
        members = [entry for entry in words().values() if entry.group == group]
        for entry in sorted(members, key=lambda entry: entry.name.casefold()):
            lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Word) -> list[str]:
    """The lines of one word in the glossary."""
    facts = [f"symbol {entry.symbol}"] if entry.symbol else []
    facts += [f"unit: {entry.unit}"] if entry.unit else []
    facts += [f"in code `{entry.key}`"]
    lines = [f"### {entry.name}", "", entry.definition, "", f"*{'; '.join(facts)}.*"]
    if entry.instead_of:
        listed = ", ".join(f"“{other}”" for other in entry.instead_of)
        lines[-1] += f" Not to be called {listed}."
    return lines


def _word(key: str, fields: dict[str, Any]) -> Word:
    """A word from its table; lists become tuples so that it stays frozen."""
    frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Word(key=key, **frozen)


@cache
def _by_field() -> Mapping[str, Word]:
    """The word that labels each field of a scenario or a run whose name differs from its key."""
    return {name: entry for entry in words().values() for name in entry.fields}


@cache
def _source() -> dict[str, Any]:
    """The parsed `words.toml`."""
    with SOURCE.open("rb") as file:
        return tomllib.load(file)
