"""The student's own findings: how many are open, and the chance that none is left at the next event."""

from __future__ import annotations

from collections.abc import Mapping

from loadbearing import draws
from loadbearing.checks.reply import AnswerError, no, number, yes
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import share

OF_TEN, LIVES, PURPOSE = 10, 2_000, 605
NEAR, NEARLY_NONE = 0.2, 0.02
FIELDS = {"open": (0, 1_000), "closed_of_ten": (0, OF_TEN)}
"""What is asked: findings of the last event that are still open; of the last ten findings, those closed in time."""

EXAMPLE = {"open": 4, "closed_of_ten": 7}
SURE = 0.9
"""A chance from which on one would announce the next event without a worry about old findings (an assumption)."""


def checked_findings(findings):
    """Return the findings as (open, chance that one is closed), or raise the sentence that says what is wrong."""
    if not isinstance(findings, Mapping):
        raise AnswerError(
            "The findings are missing; write check(..., my_chance, findings=findings)."
        )
    found = {}
    for key, (least, most) in FIELDS.items():
        if key not in findings:
            raise AnswerError(
                f"The findings have no {key!r}; give a whole number from {least} to {most}."
            )
        value = number(findings[key], "4")
        if value != int(value) or not least <= value <= most:
            raise AnswerError(
                f"{key} is {findings[key]!r}; give a whole number from {least} to {most}."
            )
        found[key] = int(value)
    return found["open"], found["closed_of_ten"] / OF_TEN


def all_closed(still_open, chance, gaps=1):
    """Return the chance that all are closed within so many gaps between events: (1 - (1 - chance)^gaps)^open."""
    return (1 - (1 - chance) ** gaps) ** still_open


def lived(still_open, chance, lives=LIVES):
    """Return the share of lives, played with luck, in which all of them are closed before the next event."""
    key = draws.key(1, PURPOSE)
    luck = (
        all(draws.uniform(key, life, one) < chance for one in range(still_open))
        for life in range(lives)
    )
    return sum(luck) / lives


def open_findings(answer, findings=None):
    """Judge the chance that none of the student's findings is open at the next event."""
    still_open, chance = checked_findings(findings)
    given = number(answer, "0.3")
    right, seen = all_closed(still_open, chance), lived(still_open, chance)
    told = f"Of {LIVES:,} next events, played, none of your {still_open} is still open at {share(seen)}"
    if still_open == 0:
        told = "You have no open finding, so none can be open at the next event"
    if abs(given - right) <= max(NEAR * right, NEARLY_NONE):
        return yes(f"{told}. {_next(still_open, chance)} {_kept(findings, still_open, right)}")
    if not 0 <= given <= 1:
        if abs(given - 100 * right) <= max(NEAR * 100 * right, 100 * NEARLY_NONE):
            return no("per cent", f"{told}. Your number is in per cent. Write it as a part of one.")
        return no(
            "events, not a chance",
            f"{told}. A chance lies between 0 and 1. On average {still_open * (1 - chance):.2g} are still open then.",
        )
    if given == 1:
        return no(
            "closing is certain",
            f"{told}. Of your last ten findings {10 * chance:.0f} were closed in time.",
        )
    if abs(given - chance) <= NEARLY_NONE:
        return no(
            "one is enough",
            f"{told}. Your number is the chance that one is closed. You have {still_open}.",
        )
    if abs(given - (1 - (1 - chance) ** still_open)) <= NEARLY_NONE:
        return no(
            "any of them",
            f"{told}. Your number is the chance that at least one is closed. All must be.",
        )
    if abs(given - (1 - right)) <= NEARLY_NONE:
        return no(
            "the other side", f"{told}. Your number is the chance that something is still open."
        )
    return no(
        "other",
        f"{told}. Take the chance of one, as many times as there are findings, and multiply.",
    )


def _next(still_open, chance):
    """What else the number says: how many gaps make it likely, or that it never will be."""
    if still_open == 0:
        return "Ask how anybody would have found one."
    if chance == 0:
        return "As long as nothing is closed, every event meets all of them again."
    gaps = next(n for n in range(1, 10_000) if all_closed(still_open, chance, n) >= SURE)
    after = "one gap" if gaps == 1 else f"{gaps} gaps"
    return f"At this pace it takes {after} between events until that is {share(SURE)} or more."


def _kept(findings, still_open, right):
    """Keep the number on the launch sheet unless the findings are the course's own example."""
    if dict(findings) == EXAMPLE:
        return "These are the course's example numbers; put in your own, and the number is kept."
    try:
        Progress.here().keep(
            "launch_sheet",
            "the_next_time",
            open_findings=still_open,
            none_open=right,
            told=f"{still_open} open findings; none of them at the next event: {share(right)}",
        )
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
