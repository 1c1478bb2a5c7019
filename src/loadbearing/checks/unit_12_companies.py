"""Three companies after three evenings each, and the chance that a chain of mends holds.

The evenings are run: `growth.evening`, in a room of one fiftieth. Each company has weather of its own.
"""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import growth
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import people, share

PLACES = {"door": "the door", "room": "the room", "switch": "the switch", None: "nowhere"}
"""What the texts call a place."""

SMALL = 0.1
"""The share of the crowd that comes to a small event."""

CLOSED, MENDS = 0.8, 3
"""The company of the second question closes a finding with this chance, and needs so many closed in a row."""


@dataclasses.dataclass(frozen=True)
class Row:
    """A company's evenings: for each the places mended before it and the share of the crowd; its first night's seed."""

    evenings: tuple
    seed: int


COMPANIES = {
    "A": Row((((), 1.0), ((), 1.0), ((), 1.0), (("door",), 1.0)), 2),
    "B": Row(
        (((), 1.0), (("door",), 1.0), (("door", "room"), 1.0), (("door", "room", "switch"), 1.0)), 5
    ),
    "C": Row(((("switch",), 1.0), (("switch",), 1.0), (("switch",), SMALL), (("switch",), 1.0)), 8),
}
"""Three evenings that are shown, and the fourth that is bet on: each then has mended what its third evening showed."""


@functools.cache
def evenings(letter):
    """Return what is `Told` of a company's four evenings."""
    row = COMPANIES[letter]
    return tuple(
        growth.told(growth.evening(mended, row.seed + at, size))
        for at, (mended, size) in enumerate(row.evenings)
    )


def table():
    """Return the first three evenings of each company as text."""
    lines = [
        f"{'':<11}{'evening':>8}{'came':>10}{'promise kept':>15}{'most in the room':>19}   most lost it at"
    ]
    for letter in COMPANIES:
        for at, one in enumerate(evenings(letter)[:3]):
            name = f"Company {letter}" if at == 0 else ""
            lines.append(
                f"{name:<11}{at + 1:>8}{_rough(one.came):>10}{_fine(one.kept):>15}{_rough(one.most):>19}   "
                f"{PLACES[one.place]}"
            )
        lines.append("")
    return "\n".join(lines[:-1])


def _rough(count):
    return people(round(count, -3))


def _fine(part):
    return f"{100 * part:.1f} %"


def _fourth(letter):
    """The fourth evening of a company in a sentence."""
    one = evenings(letter)[3]
    where = "and it goes well" if one.well else f"and most lose it at {PLACES[one.place]}"
    return f"The fourth evening of company {letter}, run: the promise is kept to {_fine(one.kept)}, {where}"


def which_company(answer):
    """Judge whose fourth evening one would bet on: a letter, or that of none."""
    letter = answer.strip().strip("\"'").upper() if isinstance(answer, str) else None
    if letter not in {*COMPANIES, "NONE"}:
        shown = repr(answer if isinstance(answer, str) else type(answer).__name__)
        raise AnswerError(
            f'This is {shown}, no company of the table; write its letter, as in "D", or "none".'
        )
    best = next(one for one in COMPANIES if evenings(one)[3].well)
    if letter == best:
        others = " ".join(f"{_fourth(one)}." for one in COMPANIES if one != best)
        return yes(
            f"{_fourth(best)}. It failed three times at three places: each failure was as far as it had come. {others}"
        )
    if letter == "NONE":
        return no(
            "three failures",
            f"{_fourth(best)}. By the count of failures it is no better than company A, whose fourth fails. A count "
            "cannot tell them apart. Look at another column.",
        )
    last = evenings(letter)[2]
    if last.well:
        return no(
            "no failure",
            f"{_fourth(letter)}. Its third evening went well with {_rough(last.came)} people, and showed nothing. "
            "Nothing was found there, and nothing was mended.",
        )
    return no(
        "the same place",
        f"{_fourth(letter)}. Three evenings at one place have shown one place. What stands behind it nobody there has "
        "seen yet.",
    )


# --- a chain of mends ----------------------------------------------------------------------------


@functools.cache
def lived(closed=CLOSED):
    """Return 200 years of companies that close a finding with this chance and forget nothing."""
    return growth.years(growth.company(closed=closed))


def fourth_well(answer):
    """Judge the chance that the fourth evening goes well, if each finding is closed with the chance `CLOSED`."""
    given, right = number(answer, "0.25"), growth.fourth_well_by_hand(CLOSED)
    seen = growth.fourth_well(lived())
    told = f"Of 200 such companies, run, the fourth evening goes well in {share(seen)}"
    if close(given, right, 0.04):
        return yes(
            f"{told}; in the long run it is {share(right)}. Three findings, one after the other: "
            f"{CLOSED:g} times {CLOSED:g} times {CLOSED:g}. A good team that mends four in five needs luck."
        )
    if close(given, 100 * right, 0.02):
        return no("per cent", f"{told}. Your number is in per cent. Write it as a part of one.")
    if close(given, CLOSED, 0.02):
        return no(
            "one is enough",
            f"{told}. {CLOSED:g} is the chance that one finding is closed. Three places stand one behind the other.",
        )
    if close(given, 1 - (1 - CLOSED) ** MENDS, 0.005):
        return no(
            "any of three",
            f"{told}. You have counted that at least one is closed. All three must be.",
        )
    if close(given, 1 - right, 0.02) or close(given, 1 - CLOSED, 0.02):
        return no(
            "the other side",
            f"{told}. You have counted the failures. Asked is the chance that all goes well.",
        )
    if close(given, MENDS / CLOSED, 0.02) or close(given, 1 + MENDS / CLOSED, 0.02):
        return no(
            "events, not a chance",
            f"{told}. Yours is a number of events: after about {MENDS / CLOSED:.3g} of them all three are mended. "
            "Asked is a chance, between 0 and 1.",
        )
    if any(close(given, CLOSED**n, 0.02) for n in (2, 4)):
        return no(
            "another number of mends",
            f"{told}. Count the places that must be mended before the fourth evening.",
        )
    return no("other", f"{told}. How many findings must be closed before it, one after the other?")
