"""The one line that a published account must hold: as few lines as leave one mechanism, whichever was true.

The four evenings of unit 01 agree with the published counts. `labs.next_time_lines` runs them and counts what is left.
"""

from __future__ import annotations

import itertools
import numbers
from collections.abc import Iterable

from loadbearing import cases
from loadbearing.checks.reply import AnswerError, no, yes
from loadbearing.labs import next_time_lines as lines
from loadbearing.units import people

NAMES = [*lines.LINES]
"""The lines by number, from 1 on."""

EACH = {"attempts a person"}
NARROW = 0.25
"""Two mechanisms that a line keeps apart by less than this are kept apart by average weather only, perhaps."""

IN_WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}


def _said(name, value):
    if name == lines.COUNTS:
        return "as published"
    if name in lines.SHARES:
        return f"{100 * value:.1f} %"
    if name in EACH:
        return f"{value:.1f}"
    return people(value / lines.ROOM)


def table():
    """Return what each line would have said under each of the four mechanisms, as text."""
    titles = [cases.about(name).title for name in cases.names()]
    rows = [f"{'':<34}" + "".join(f"{title:>16}" for title in titles)]
    for at, name in enumerate(NAMES, 1):
        values = lines.values(name)
        told = "".join(f"{_said(name, values[case]):>16}" for case in cases.names())
        rows.append(f"{at}  {name:<31}{told}")
    return "\n".join(rows)


def _chosen(answer):
    """The numbers of the lines of an answer, without repetition, or the sentence that says what is wrong."""
    if isinstance(answer, str):
        answer = [part for part in answer.replace(",", " ").split() if part]
    many = isinstance(answer, Iterable) and not isinstance(answer, bytes)
    found = [_line(part) for part in (answer if many else [answer])]
    if not found:
        raise AnswerError("The list is empty; write the number of a line at least, as in [2].")
    return sorted(set(found))


def _line(part):
    """The number of one line, from a number or a text."""
    text = part if isinstance(part, str) else f"{part:g}" if _is_number(part) else ""
    if text.strip() not in map(str, range(1, len(NAMES) + 1)):
        kind = repr(part) if isinstance(part, str) or _is_number(part) else type(part).__name__
        raise AnswerError(
            f"{kind} is no line of the table; write numbers from 1 to {len(NAMES)}, as in [2, 3]."
        )
    return int(text)


def _is_number(part):
    return isinstance(part, numbers.Real) and not isinstance(part, bool)


def alike(*chosen):
    """Return the largest group of mechanisms that these lines cannot tell apart, by title."""
    groups = (
        [other for other in lines.runs() if _same(truth, other, chosen)] for truth in lines.runs()
    )
    return [cases.about(name).title for name in max(groups, key=len)]


def _same(one, other, chosen):
    return all(lines.same(lines.values(line)[one], lines.values(line)[other]) for line in chosen)


def nearest(name):
    """Return the two mechanisms that a line keeps apart by least: (part of the larger, both values)."""
    pairs = itertools.combinations(lines.values(name).values(), 2)
    found = [(abs(a - b) / max(abs(a), abs(b)), sorted([a, b])) for a, b in pairs]
    if name in lines.SHARES:
        close = [one for one in found if one[1][1] - one[1][0] < lines.POINTS]
        return min(close or found)
    return min(found)


def publish(answer):
    """Judge which lines to publish so that an outsider knows which mechanism it was, whichever was true."""
    names = [NAMES[number - 1] for number in _chosen(answer)]
    left = lines.at_most(*names)
    if left == 1 and len(names) == 1:
        by, pair = nearest(names[0])
        said = f"With this one line an outsider is left with one mechanism, whichever was true: {names[0]}."
        low, high = (_said(names[0], value) for value in pair)
        if by < NARROW or (names[0] in lines.SHARES and pair[1] - pair[0] < lines.POINTS):
            return yes(f"{said} But two of the four say {low} and {high}. Another line is safer.")
        return yes(f"{said} Even the two nearest say {low} and {high}. It costs one sentence.")
    if left == 1:
        enough = [name for name in names if lines.at_most(name) == 1]
        if enough:
            return no(
                "more than needed",
                f"These lines leave one mechanism. But one of them does alone: {enough[0]}.",
            )
        alone = ", ".join(f"{name}: {IN_WORDS[lines.at_most(name)]}" for name in names)
        return no(
            "more than needed",
            f"Together they leave one mechanism. Alone they leave: {alone}. Another line does it by itself.",
        )
    who = " and ".join([", ".join(alike(*names)[:-1]), alike(*names)[-1]])
    told = f"An outsider is still left with {IN_WORDS[left]} mechanisms: {who} say the same."
    if names == [lines.COUNTS]:
        return no("more of the same", f"{told} These are the counts that are public already.")
    if NAMES[1] in names and len(names) == 1:
        return no(
            "a busy door", f"{told} A door can be as busy with work for people who have left."
        )
    if len(names) > 1:
        return no("many lines", f"{told} More lines are no help if all of them count people.")
    return no(
        "counting people",
        f"{told} It tells how many people were where, and not what the door was doing.",
    )
