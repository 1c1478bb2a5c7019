"""Numbers in texts: written in place by a tag, so that no number is typed by hand.

A tagged number reads, in the source of a page,

    the room held <!--=record:room_at_start-->915,000<!--/--> listeners

and shows as "the room held 915,000 listeners": both marks are comments, invisible in JupyterLab and
on the web. The builder rewrites what stands between them; a test names the file, the line, what is
shown and what is true. A phrase ("never recovers") is tagged the same way.

What a name may be: a function of authoring/facts.py (`wait_at_80`), a public fact
(`record:room_at_start`), an input number of a case (`case:slow_door.door.handlers`) or an entry of
course.toml (`unit:the_flood.title`, `.number`, `.question`, `.minutes`).
"""

import difflib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from authoring.contents import Contents
from authoring.plans import STEP

Say = Callable[[str], str]

TAG = re.compile(r"<!--=\s*(?P<name>[\w.:-]+)\s*-->(?P<shown>.*?)<!--/-->")
STRAY = re.compile(r"<!--=|<!--/-->")
# A line that begins with a comment is raw HTML to Markdown: its bold and its links are lost.
LISTED = r"(?:[-*+>]\s+|\d+\.\s+)*<!--="
AT_START = {
    "page": re.compile(rf"^\s*{LISTED}", re.MULTILINE),
    "percent": re.compile(rf"^#\s+{LISTED}", re.MULTILINE),
}


class NumberError(ValueError):
    """A tag that cannot be filled: file, line, name and remedy."""


@dataclass(frozen=True)
class Difference:
    """One tag whose text is not what its name says now."""

    where: str
    line: int
    name: str
    shown: str
    expected: str

    def __str__(self) -> str:
        return (
            f"{self.where}, line {self.line}: {self.name} is shown as {self.shown!r}, "
            f"expected {self.expected!r}."
        )


def line_of(text: str, position: int) -> int:
    """The line, counted from 1, on which a position of the text stands."""
    return text.count("\n", 0, position) + 1


def fill(text: str, say: Say, where: str) -> str:
    """The text with every tag showing what its name says; slips raise NumberError."""
    _check_form(text, where)

    def replaced(match: re.Match) -> str:
        expected = _said(say, match["name"], where, line_of(text, match.start()))
        return f"<!--={match['name']}-->{expected}<!--/-->"

    return TAG.sub(replaced, text)


def differences(text: str, say: Say, where: str) -> Iterator[Difference]:
    """Every tag of the text that shows something else than its name says."""
    _check_form(text, where)
    for match in TAG.finditer(text):
        line = line_of(text, match.start())
        expected = _said(say, match["name"], where, line)
        if match["shown"] != expected:
            yield Difference(where, line, match["name"], match["shown"], expected)


def _said(say: Say, name: str, where: str, line: int) -> str:
    try:
        said = say(name)
    except NumberError as slip:
        raise NumberError(f"{where}, line {line}: {slip}") from slip
    if not isinstance(said, str) or not said or "\n" in said or "-->" in said:
        raise NumberError(
            f"{where}, line {line}: {name} gives {said!r}; a fact returns one line of text."
        )
    return said


def _check_form(text: str, where: str) -> None:
    """Refuse tags that are not closed on their line, or that would turn their line into HTML."""
    stray = STRAY.search(TAG.sub(lambda match: "·" * len(match[0]), text))
    if stray:
        raise NumberError(
            f"{where}, line {line_of(text, stray.start())}: a number's tag is not whole; write "
            "<!--=name-->...<!--/--> on one line."
        )
    begins = AT_START["percent" if where.endswith(".py") else "page"]
    lines = [str(line_of(text, start.end())) for start in begins.finditer(text)]
    if lines:
        raise NumberError(
            f"{where}, line {', '.join(lines)}: a tag begins the line, which Markdown takes for "
            "HTML; put a word before it."
        )


# --- who says what a name is worth ---------------------------------------------------------------


def shown_number(value: object) -> str:
    """An input number as it stands in a sentence: 1300000 -> 1,300,000; 150.0 -> 150; 0.25."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def facts_of(module: ModuleType) -> dict[str, Callable[[], str]]:
    """The facts of a module: its own public functions that take no argument."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if callable(thing)
        and not name.startswith("_")
        and getattr(thing, "__module__", None) == module.__name__
        and not inspect.isclass(thing)
    }


def speaker(contents: Contents, facts: dict[str, Callable[[], str]], **rooms: Say) -> Say:
    """A function from a tag's name to its text; each name is computed once.

    `rooms` maps a prefix to what answers it: record=..., case=....
    """
    rooms = {"unit": lambda rest: _of_the_table(contents, rest), **rooms}
    known: dict[str, str] = {}

    def say(name: str) -> str:
        if name not in known:
            prefix, colon, rest = name.partition(":")
            if colon and prefix in rooms:
                known[name] = rooms[prefix](rest)
            elif name in facts:
                known[name] = facts[name]()
            else:
                near = difflib.get_close_matches(name, facts, n=3)
                raise NumberError(
                    f"no fact is named {name!r}; "
                    + (
                        f"near it: {', '.join(near)}."
                        if near
                        else "add it to authoring/facts.py or unit_facts."
                    )
                )
        return known[name]

    return say


def _of_the_table(contents: Contents, path: str) -> str:
    """An entry of course.toml: `the_flood.title`, `the_flood.number` (two digits), ..."""
    slug, _, field = path.partition(".")
    for unit in (*contents.units, *contents.planned):
        if unit.slug == slug and hasattr(unit, field or " "):
            value = getattr(unit, field)
            if field == "number":
                return f"{value:02d}"
            return str(sum(value.values())) if field == "minutes" else str(value)
    raise NumberError(f"course.toml has no {path!r} (write unit:SLUG.FIELD).")


# --- numbers without a tag -----------------------------------------------------------------------

# What is looked away from, in this order. All else that holds a digit must carry a tag.
NOT_PROSE = [
    re.compile(r"<!-- built: .*?<!-- built: end -->", re.DOTALL),  # from course.toml
    TAG,
    re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE),  # fenced code
    re.compile(r"`[^`\n]+`"),  # code in a sentence
    re.compile(r"\$\$.+?\$\$", re.DOTALL),  # formulas
    re.compile(r"\$[^$\n]+\$"),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<[^>\n]+>"),  # HTML marks and bare addresses
    re.compile(r"\]\([^)\n]*\)"),  # where a link leads
    re.compile(r"^\s*\d+[.)]\s", re.MULTILINE),  # the numbers of a list
    STEP,  # the minutes of a plan
    re.compile(r"\b[Uu]nits?\s\d\d(?:(?:,\s|\sand\s|,\sand\s|\sto\s)\d\d)*"),  # unit 04
    re.compile(r"\b[FS]\d{1,2}\b"),  # claims: F1, S10
    re.compile(r"\bvolume \d+, \d{4}\b"),  # where something was printed
]
NUMBER = re.compile(r"\d(?:[\d.,:  ]*\d)?")


def untagged(text: str) -> list[tuple[int, str]]:
    """Every number in the prose that carries no tag, as (line, number).

    >>> untagged("About 40 minutes, `x = 3`, unit 04, <!--=a-->5<!--/-->.")
    [(1, '40')]
    """
    for form in NOT_PROSE:
        text = form.sub(lambda match: re.sub(r"[^\n]", "·", match[0]), text)
    return [(line_of(text, match.start()), match[0]) for match in NUMBER.finditer(text)]
