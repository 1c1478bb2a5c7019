"""How many errors are left: estimates from published pauses, each with its range, and how much to believe them.

Errors side by side, each met by luck: here the estimate of Goel and Okumoto fits, as it does not fit three places of
which each hides the next. The pauses are a naval command program's, from the public record.
"""

from __future__ import annotations

import functools
import math

from loadbearing import growth, record
from loadbearing.checks.reply import close, no, number, yes

SHOWN = (23, 24, 26)
"""After so many errors the estimate is shown; the last of them is asked about."""

SERIES = "naval_pauses"


@functools.cache
def fit(found):
    """Return the `Growth` that is likeliest after so many errors."""
    return growth.goel_okumoto(growth.after(record.series(SERIES).values[:found]))


@functools.cache
def ends(found):
    """Return (low, high) of the errors in all that the data after so many do not rule out, 95 %."""
    return growth.range_of_total(fit(found))


def quiet(found):
    """Return the last pause before this error, in days."""
    return record.series(SERIES).values[found - 1]


def _end(high):
    return "no end" if math.isinf(high) else f"{high:.0f}"


def table():
    """Return the estimates as text: errors found, the day, likeliest number in all and its range."""
    lines = [
        f"{'errors found':<15}{'by day':>8}{'in all, likeliest':>20}{'range, 19 times in 20':>25}"
    ]
    for found in SHOWN:
        low, high = ends(found)
        lines.append(
            f"{found:<15}{fit(found).until:>8.0f}{fit(found).total:>20.0f}{f'{low:.0f} to {_end(high)}':>25}"
        )
    return "\n".join(lines)


def came():
    """How many more came by the end of the published account."""
    return len(record.series(SERIES).values) - SHOWN[-1]


def how_many_left(answer):
    """Judge how many more errors the last range does not rule out."""
    given, found = number(answer, "40"), SHOWN[-1]
    high, likeliest = ends(found)[1], fit(found).total
    right = high - found
    told = f"{found} are found, and the range of all goes up to {high:.0f}: {right:.0f} more are not ruled out"
    if abs(given - right) <= 0.04 * right:
        return yes(
            f"{told}. The likeliest number left was {likeliest - found:.0f}, and {came()} came afterwards, in "
            "test and in use. The middle was right, and nobody could have known it."
        )
    if abs(given - (likeliest - found)) <= 1:
        before, after = SHOWN[0], SHOWN[1]
        return no(
            "the middle only",
            f"{told}. {given:.0f} is the likeliest number left. How firm is it? After {before} errors it was "
            f"{fit(before).total - before:.0f}. Then came one quiet pause of {quiet(after)} days, and it was "
            f"{fit(after).total - after:.0f}.",
        )
    if given == 0:
        return no("none left", f"{told}. And {came()} did come afterwards.")
    if close(given, high, 0.02):
        return no("found ones too", f"{told}. Yours counts those that are found already.")
    others = [(n, ends(n)[1]) for n in SHOWN[:-1] if math.isfinite(ends(n)[1])]
    if any(close(given, one, 0.03) for n, top in others for one in (top, top - n, top - found)):
        return no(
            "another row",
            f"{told}. You have read another row. It was narrower, and more data made it wider.",
        )
    return no(
        "other", f"{told}. Take the high end of the last range, and leave out those that are found."
    )
