"""A page or a lesson, and leaving people out: from where on the one is worth more than the other.

The nights of the first question are ordinary ones on which the store fails. The evenings of the second are those of the
lab, announced, with each part failing in turn.
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from loadbearing.cases import incidents
from loadbearing.checks.plans import money
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.checks.unit_08_plan import (
    GAP,
    LESSON,
    PAGE,
    WITHIN,
    Plan,
    listed,
    names,
    seven,
    team,
)
from loadbearing.labs.team_cost import shares_lost
from loadbearing.team import PARTS, nights
from loadbearing.team.formulas import break_even
from loadbearing.team.money import loss_a_year
from loadbearing.units import share

PER_CENT, NEAR, MINUTE_S = 100, 0.1, 60
NIGHTS = range(501, 1_501)
PUPIL = "C"
LAST_YEAR = "known known new known known known new known known known known new".split()  # noqa: SIM905
"""Last year's twelve faults, in their order: whether somebody had seen them before. An assumption."""

FREE = incidents.ORDINARY["free"].value


# --- a page or a lesson --------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def helped(page, new_share):
    """On how large a share of nights on which the store fails the line is open in time, with a page, or with a lesson.

    `page`: whether a page was written (else C was taught the store); `new_share`: 0 to 1. All seven are on call.
    """
    plan = Plan(names(seven()), (GAP,)) if page else Plan(names(seven()), teach=(PUPIL, GAP))
    tonight = dataclasses.replace(team(plan), part=GAP)
    kept = []
    for seed in NIGHTS:
        new = nights.by_lot(tonight, seed, new_share).new
        took = nights.remedy_s(dataclasses.replace(tonight, new=new), seed)
        kept.append(took <= MINUTE_S * WITHIN.value)
    return float(np.mean(kept))


def last_year():
    """Return last year's faults as text."""
    lines = [f"{at:>3}  {one}" for at, one in enumerate(LAST_YEAR, 1)]
    half = math.ceil(len(lines) / 2)
    rows = [f"{left:<16}{right}" for left, right in zip(lines[:half], lines[half:], strict=True)]
    return "\n".join(rows)


def page_or_lesson(answer):
    """Judge from which share of new faults on, in per cent, a lesson for one colleague helps more often than a page."""
    given = number(answer, "35")
    if not 0 <= given <= PER_CENT:
        raise AnswerError(f"{given:g} is no share; give per cent from 0 to 100, such as 35.")
    right = PER_CENT * break_even(FREE)
    if close(given, right, NEAR):
        last = LAST_YEAR.count("new") / len(LAST_YEAR)
        return yes(
            f"{_both(given / PER_CENT)} Last year {LAST_YEAR.count('new')} of {len(LAST_YEAR)} were new: "
            f"{_both(last, 'there')} The page costs {money(PAGE.value)}, the lesson {money(LESSON.value)}. So either "
            "can be a good choice."
        )
    if close(given, right / PER_CENT, NEAR):
        return no(
            "fraction",
            f"That is a part of one. In per cent it is a hundred times that. {_both(0.5)}",
        )
    told = _both(given / PER_CENT)
    if close(given, PER_CENT * FREE, 0.02):
        return no(
            "who can be reached",
            f"{told} {share(FREE)} is how often the colleague can be reached. The page helps with all faults that "
            "are not new.",
        )
    if close(given, 50, 0.02):
        return no("a coin", f"{told} They are not alike at one half.")
    if given >= 99:
        return no("never", f"{told} A page is for the fault for which it was written.")
    if close(given, PER_CENT * LAST_YEAR.count("new") / len(LAST_YEAR), 0.04):
        return no(
            "last year",
            f"{told} That is how many were new last year. Asked is where the two help equally often.",
        )
    if given == 0:
        return no("always", f"{told} The colleague cannot be reached on every night.")
    return no("other", f"{told} Asked is where the two help equally often.")


def _both(new_share, when="such"):
    nights_told = "there" if when == "there" else f"If {share(new_share)} of faults are new"
    page, lesson = (f"{PER_CENT * helped(one, round(new_share, 4)):.0f}" for one in (True, False))
    return f"{nights_told} the page helps on {page} of 100 nights, the lesson on {lesson}."


# --- saving against loss -------------------------------------------------------------------------

LINES = {
    "salary": ("what one person costs in a year, in dollars", incidents.MONEY["salary"].value, 1, 1e8),
    "value": ("what one listener who gets in is worth, in dollars", incidents.MONEY["value"].value, 1e-4, 1e6),
    "crowd": ("how many people come on such an evening", 400_000, 10, 1e8),
}  # fmt: skip
"""The lines of the student's own numbers: what each is, the example, the least and the most it may be."""

EXAMPLE = {key: example for key, (_, example, _, _) in LINES.items()}


@functools.lru_cache(maxsize=64)
def lost_by_part(letters):
    """Return {part: share of the crowd that is not in because these people were left out}, for each part that may fail.

    As the lab reckons it: 24 nights of the call, and the fluid of the evening after each.
    """
    return shares_lost(letters)


def lost_table(*groups):
    """Return what is lost without each of these groups, by part, as text."""
    heads = [f"without {listed(group)}" for group in groups]
    lines = [f"{'what fails':<12}" + "".join(f"{head:>22}" for head in heads)]
    for part in PARTS:
        lost = (f"{PER_CENT * lost_by_part(group)[part]:.0f}" for group in groups)
        lines.append(f"{part:<12}" + "".join(f"{one:>22}" for one in lost))
    return "\n".join(lines)


def saving(answer, own=None):
    """Judge from how many evenings a year on leaving D out costs more than it saves, with the student's numbers."""
    own = _checked(own)
    given = number(answer, "2.5")
    if not 0 < given <= 1e9:
        raise AnswerError(f"{given:g} evenings a year is no answer; give a number such as 2.5.")
    lost = lost_by_part("D")
    one = loss_a_year(list(lost.values()), own["crowd"], 1, own["value"])
    right = own["salary"] / one
    counter = (
        f"With {_evenings(given)} a year it loses {_dollars(given * one)} on average, and saves "
        f"{_dollars(own['salary'])}."
    )
    if close(given, right, NEAR):
        others = loss_a_year(list(lost_by_part("FGH").values()), own["crowd"], given, own["value"])
        return yes(
            f"{counter} Without F, G and H it loses {_dollars(others)} and saves {_dollars(3 * own['salary'])}. What "
            "any of them does on other days is not in this model."
        )
    worst = max(lost.values())
    if close(given, own["salary"] / (own["crowd"] * own["value"] * worst), 0.03):
        return no(
            "hindsight",
            f"{counter} You reckoned with the part that failed tonight. Which part fails is known only afterwards, "
            f"and there are {len(PARTS)}.",
        )
    if close(given, own["salary"] / (own["crowd"] * own["value"]), 0.03):
        return no(
            "everybody is lost",
            f"{counter} You let all be lost. On most nights nobody is, as the table says.",
        )
    if close(given, one / own["salary"], 0.03):
        return no("upside down", f"{counter} That is the loss over the saving. Turn it over.")
    if close(given, right * len(PARTS), 0.03):
        return no("divided twice", f"{counter} Divide by the {len(PARTS)} parts once.")
    return no("other", f"{counter} Asked is where the two are equal.")


def _evenings(number_of):
    return f"{number_of:.3g} such evening{'' if number_of == 1 else 's'}"


def _dollars(amount):
    return money(float(f"{amount:.3g}"))


def _checked(own):
    if not isinstance(own, dict):
        raise AnswerError("Your numbers are missing; write check(..., my_evenings, own=own).")
    found = {}
    for key, (what, example, least, most) in LINES.items():
        value = own.get(key, ...)
        if value in (..., None):
            raise AnswerError(f"A line is still blank: {key}, {what}.")
        found[key] = number(value, f"{example:g}")
        if not least <= found[key] <= most:
            raise AnswerError(f"{key} is {value}; give {what}, such as {example:,g}.")
    return found
