"""The lines of the launch sheet: what each asks, in which unit, and what stands for it while it is empty."""

from __future__ import annotations

import dataclasses
import math

from loadbearing.cases.launches import ASSUMED, EXAMPLE, TIMES
from loadbearing.parts import ScenarioError


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the sheet: its question, its unit, an example, and what makes sense (`least` to `most`).

    `needed`: it must be filled in. Otherwise `assumption` stands for it while it is empty, for the reason `why`: so
    many times the line `times`, where one is named; a text for a line of words; None where empty means none.
    `in_sight`: it is on the form at first sight.
    """

    key: str
    question: str
    unit: str
    example: float | str
    least: float = 0.0
    most: float = 0.0
    whole: bool = False
    why: str = ""
    needed: bool = False
    assumption: float | str | None = None
    times: str = ""
    in_sight: bool = False

    @property
    def words(self):
        """Whether the line takes words instead of a number."""
        return isinstance(self.example, str)

    def assumed(self, values):
        """Return what stands for the line while it is empty, given the values of the lines it rests on."""
        if not self.times:
            return self.assumption
        number = self.assumption * values[self.times]
        if self.whole:
            number = round(number)
        return min(max(number, self.least), self.most)

    def checked(self, typed):
        """Return what was typed as a number (or as words), or raise the sentence that says what to type instead."""
        if self.words:
            return self._checked_words(typed)
        text = str(typed).strip()
        try:
            number = float(text.replace(",", "").replace("_", "").replace("\N{NO-BREAK SPACE}", ""))
        except ValueError:
            raise ScenarioError(
                f"{self.question} {_short(typed)} is not a number; {self._such_as}."
            ) from None
        if math.isnan(number) or not self.least <= number <= self.most:
            raise ScenarioError(
                f"{self.question} {_short(text)} lies outside {self.least:,g} to {self.most:,g} "
                f"{self.unit}; {self._such_as}."
            )
        if self.whole and number != int(number):
            raise ScenarioError(
                f"{self.question} {_short(text)} is not a whole number; {self._such_as}."
            )
        return int(number) if self.whole else number

    def _checked_words(self, typed):
        text = " ".join(str(typed).split())
        if not text or len(text) > LONGEST_WORDS or not text.isprintable():
            raise ScenarioError(
                f"{self.question} {_short(text)} is no name that fits; write up to {LONGEST_WORDS} letters, such "
                f"as {self.example}."
            )
        return text

    @property
    def _such_as(self):
        return f"type a number such as {self.example:,g}"


LONGEST_WORDS, LONGEST_SHOWN = 60, 40


def _short(typed):
    text = repr(typed) if isinstance(typed, str) else str(typed)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _needed(key, question, unit, least, most, why, whole=False):
    example = EXAMPLE[key].value
    return Line(key, question, unit, example, least, most, whole, why, needed=True, in_sight=True)


def _line(key, question, unit, least=0.0, most=0.0, example=None, whole=False, in_sight=False):
    held = ASSUMED[key]
    times = TIMES.get(key, "")
    if example is None:
        example = held.value * EXAMPLE[times].value if times else held.value
    example = round(example) if whole else example
    return Line(
        key, question, unit, example, least, most, whole, held.why, False, held.value, times, in_sight
    )  # fmt: skip


MOST_PEOPLE, MOST_MONEY, A_DAY = 100_000_000, 1e12, 1_440
LINES = (
    _needed("expected", "How many people do you expect?", "people", 10, MOST_PEOPLE,
            "the crowd you would be glad of, not the one you fear", whole=True),
    _needed("within", "Within how many minutes of the start do nine in ten of them come?", "minutes",
            0.1, A_DAY, "an announced minute brings them in minutes; a mailing spreads them"),
    _needed("join_rate", "How many people can your door let in per second?", "people per second",
            0.01, 1_000_000, "sign-ups, log-ins or payments completed per second, as measured"),
    _needed("hold", "How many can be inside at once?", "people", 1, MOST_PEOPLE,
            "seats, licences, connections: whatever is full first", whole=True),
    _needed("patience", "For how many minutes will they keep trying?", "minutes", 0.1, A_DAY,
            "after that they leave and do something else"),
    _line("low", "How many come in the bad case?", "people", 1, MOST_PEOPLE, whole=True, in_sight=True),
    _line("high", "How many come if all talk about it?", "people", 1, MOST_PEOPLE, whole=True, in_sight=True),
    _line("promise_share", "How many in a hundred do you promise to let in?", "per cent", 1, 100, in_sight=True),
    _line("promise_minutes", "Within how many minutes of coming?", "minutes", 0.1, A_DAY, in_sight=True),
    _line("minutes_to_act", "Within how many minutes does your team act on a fault?", "minutes", 0, A_DAY,
          in_sight=True),
    _line("value", "What is one more person worth who is in as promised?", "dollars", 0, MOST_MONEY,
          in_sight=True),
    _line("price_rate", "What does one more person a second cost at your door, that evening?", "dollars", 0,
          MOST_MONEY, in_sight=True),
    _line("heed", "How many in a hundred do what the invitation says?", "per cent", 0, 100),
    _line("queue", "How many requests may wait at your door?", "requests", 0, MOST_PEOPLE, whole=True),
    _line("timeout", "How many seconds does a client wait for an answer?", "seconds", 0.1, 86_400),
    _line("tested_rate", "What is the most people a second that your door was ever tested with?",
          "people per second", 0, 1_000_000),
    _line("fault_share", "How much of the door does a fault take?", "per cent", 0, 99),
    _line("minutes_unknown", "How many minutes does a fault last that nobody there understands?", "minutes", 0, A_DAY),
    _line("minutes_on_call", "And how many with a page in the drawer and somebody on call?", "minutes", 0, A_DAY),
    _line("at_once", "If all come at once: within how many minutes do nine in ten come?", "minutes", 0.1, A_DAY),
    _line("reload_after", "After how many seconds without an answer do people reload?", "seconds", 0.1, 86_400),
    _line("reload_takes", "How many seconds does one reload take?", "seconds", 0.5, 3_600),
    _line("price_hold", "What does one more place inside cost, that evening?", "dollars", 0, MOST_MONEY),
    _line("price_sentence", "What does another sentence in the invitation cost?", "dollars", 0, MOST_MONEY),
    _line("price_line", "What does a waiting room in front of the door cost, that evening?", "dollars", 0, MOST_MONEY),
    _line("price_change", "What does one change at the door cost, made and tried?", "dollars", 0, MOST_MONEY),
    _line("price_pauses", "What does it cost to make clients pause before they try again?", "dollars", 0, MOST_MONEY),
    _line("price_page", "What do a page in the drawer and somebody on call cost?", "dollars", 0, MOST_MONEY),
    _line("budget", "What may the preparation cost at most?", "dollars", 0, MOST_MONEY, example=5_000),
    _line("decides", "Who decides whether the start is moved?", ""),
    _line("postpone", "By how many minutes would the start be moved?", "minutes", 1, A_DAY),
)  # fmt: skip
"""The lines in the order of the form: the five that are needed, those in sight, and the other assumptions."""

BY_KEY = {line.key: line for line in LINES}
