"""What a check says: yes, not yet or no, why, one hint, and what was looked at."""

from __future__ import annotations

import dataclasses
import html
import math
import numbers
from collections.abc import Callable

YES, NOT_YET, NO = "yes", "not yet", "no"
BLANKS = (..., None, "", "...")


class AnswerError(ValueError):
    """An answer that cannot be judged (a word for a number, not a number at all): what to give instead."""


class CheckError(ValueError):
    """A check that does not exist: its name, and the nearest ones."""


@dataclasses.dataclass(frozen=True)
class Reply:
    """One answer to one answer: verdict, sentence, a hint if it helps, what was checked, and notices.

    `error` names the idea behind a wrong answer. The reply shows itself as plain text and as HTML.
    """

    verdict: str
    said: str
    error: str = ""
    checked: str = ""
    hint: str = ""
    notice: str = ""

    def lines(self):
        """Return the reply as lines of plain text."""
        told = f"{self.verdict.capitalize()}. {self.said}"
        checked = f"Checked: {self.checked}" if self.verdict == YES else ""
        return [line for line in (told, self.hint, checked, self.notice) if line]

    def __repr__(self):
        return "\n".join(self.lines())

    def _repr_html_(self):
        first, *rest = (html.escape(line) for line in self.lines())
        verdict, said = first[: len(self.verdict) + 1], first[len(self.verdict) + 1 :]
        more = "".join(f'<div style="opacity:.8;margin-top:4px">{line}</div>' for line in rest)
        width = {YES: 6, NOT_YET: 2, NO: 3}[self.verdict]
        style = f"border-left:{width}px solid currentColor;padding:4px 12px;max-width:46em"
        return f'<div style="{style}"><b>{verdict}</b>{said}{more}</div>'


@dataclasses.dataclass(frozen=True)
class Check:
    """One check: how an answer is judged, what was checked, what a blank is told, and hints in steps."""

    judge: Callable
    checked: str
    blank: str
    hints: tuple


def yes(said):
    """Return a reply that says yes."""
    return Reply(YES, said)


def not_yet(said):
    """Return a reply to something that was not changed yet."""
    return Reply(NOT_YET, said)


def no(error, said):
    """Return a reply to a wrong answer: the name of the idea behind it, and the run that answers it."""
    return Reply(NO, said, error)


def number(answer, such_as):
    """Return an answer as a finite number, or raise the sentence that says what to write instead."""
    if isinstance(answer, str):
        try:
            return number(float(answer.replace(",", "").replace("%", "").strip()), such_as)
        except ValueError:
            raise AnswerError(f"{answer!r} is not a number; write one such as {such_as}.") from None
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, not a number; write one such as {such_as}."
        )
    if not math.isfinite(answer):
        raise AnswerError(
            f"That number is {answer}; write one that can be compared, such as {such_as}."
        )
    return float(answer)


def close(one, other, within=0.1):
    """Tell whether two positive numbers differ by at most this part of the larger."""
    return one > 0 and other > 0 and abs(one - other) <= within * max(one, other)
