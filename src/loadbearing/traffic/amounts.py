"""Numbers of people as tables write them: 5, 5.0, 1,234 or 1.234, but never -1 and never half a person."""

from __future__ import annotations

import re

from loadbearing.traffic.account import Unreadable

MOST_IN_A_LINE = 2**31 - 1

NO_COUNT = "no count"
BELOW_ZERO = "a count below zero"
NOT_WHOLE = "a count that is not a whole number"
TOO_MANY = "a count larger than any crowd"

_MARKS = {".": ",", ",": "."}
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f'\u2019")
_SHAPES = {
    decimal: re.compile(
        rf"([+-]?)([0-9]{{1,18}}|[1-9][0-9]{{0,2}}(?:[{thousands}][0-9]{{3}}){{1,5}})(?:[{decimal}]([0-9]*))?"
    )
    for decimal, thousands in _MARKS.items()
}
_COMMA_IS_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]+,[0-9]{1,2}|[0-9]+,[0-9]{4,}|0,[0-9]+|[0-9.]+\.[0-9]{3},[0-9]+|[0-9]+(?:\.[0-9]{3}){2,})"
)


def whole(text: str, decimal: str = ".") -> int:
    """Return the count that the text gives; raise `Unreadable` with the reason.

    >>> whole("12"), whole("1,234"), whole("1 234.0"), whole("1.234", decimal=",")
    (12, 1234, 1234, 1234)
    """
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    found = _SHAPES[decimal].fullmatch(text.strip().translate(_SPACES))
    if not found:
        raise Unreadable(NO_COUNT)
    number = int(found[2].replace(_MARKS[decimal], ""))
    if (found[3] or "").strip("0"):
        raise Unreadable(NOT_WHOLE)
    if found[1] == "-" and number:
        raise Unreadable(BELOW_ZERO)
    if number > MOST_IN_A_LINE:
        raise Unreadable(TOO_MANY)
    return number


def has_thousands(text: str, decimal: str) -> bool:
    """Whether a count is written with a mark between its thousands."""
    found = _SHAPES[decimal].fullmatch(text.strip().translate(_SPACES))
    return bool(found) and _MARKS[decimal] in found[2]


def decimal_mark(texts) -> str:
    """Return the decimal mark of some numbers: a comma only if one of them can be read in no other way.

    >>> decimal_mark(["1,234", "12"]), decimal_mark(["3,0", "12"])
    ('.', ',')
    """
    return "," if any(_COMMA_IS_DECIMAL.fullmatch(text.strip()) for text in texts) else "."
