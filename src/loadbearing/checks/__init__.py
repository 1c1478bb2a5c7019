"""Checks: an answer goes in, and yes, not yet or no comes back, with the run that says why.

`check("the_evening.flood_plan", plan)` judges one answer. Nothing is compared with a stored answer: what is right
is computed by running the engine, and a wrong answer meets the run that follows from its own idea. Which hint
comes next is remembered in the progress file; a yes never depends on what was kept.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Mapping

from loadbearing.checks.plans import PRICE, PROMISE, Plan, rehearse, that_evening
from loadbearing.checks.reply import (
    BLANKS,
    NO,
    NOT_YET,
    YES,
    AnswerError,
    CheckError,
    Reply,
)
from loadbearing.parts import nearest
from loadbearing.progress import Progress, ProgressError

__all__ = [
    "PRICE",
    "PROMISE",
    "CheckError",
    "Plan",
    "Reply",
    "check",
    "names",
    "rehearse",
    "that_evening",
]

ROOMS = {
    "the_evening": "unit_01",
    "the_rush": "unit_02",
    "the_door": "unit_03",
    "the_flood": "unit_04",
    "the_queue": "unit_05",
    "the_way_back": "unit_06",
    "the_details": "unit_07",
    "the_team": "unit_08",
    "the_rehearsal": "unit_09",
    "the_contract": "unit_10",
    "the_roadmap": "unit_11",
    "the_next_time": "unit_12",
    "your_launch": "unit_13",
}
"""The module of checks of each unit, by the unit's slug."""


class _Units(Mapping):
    """The rooms of checks by slug, each imported when it is first asked for."""

    def __getitem__(self, slug):
        return importlib.import_module(f"loadbearing.checks.{ROOMS[slug]}")

    def __iter__(self):
        return iter(ROOMS)

    def __len__(self):
        return len(ROOMS)


UNITS = _Units()


def names():
    """Return the names of all checks, in the order in which a student meets them."""
    return [f"{slug}.{name}" for slug, room in UNITS.items() for name in room.CHECKS]


def check(name, answer=..., **more):
    """Judge an answer and return a `Reply`: yes, not yet or no, with its reason and perhaps a hint.

    `more`: what else a check needs, by name (the launch sheet of a load line). Raises `CheckError` with the
    nearest names for a check that does not exist.
    """
    found = _found(name)
    if _is_blank(answer) or any(_is_blank(one) for one in more.values()):
        return _not_yet(found)
    try:
        reply = found.judge(answer, **more)
    except AnswerError as slip:
        return Reply(NO, str(slip), "not an answer")
    reply = dataclasses.replace(reply, checked=found.checked)
    if reply.verdict == NOT_YET:
        return reply
    return _remembered(name, found, reply)


def _found(name):
    slug, _, short = str(name).partition(".")
    if slug in UNITS and short in UNITS[slug].CHECKS:
        return UNITS[slug].CHECKS[short]
    raise CheckError(f"There is no check {name!r}. {nearest(name, names())}")


def _is_blank(answer):
    if getattr(answer, "blank", False) is True:
        return True
    return any(answer is blank or type(answer) is str and answer == blank for blank in BLANKS)


def _not_yet(found):
    return Reply(NOT_YET, found.blank)


def _hint(found, tries):
    """The hint after so many wrong answers: a nudge, more, and at last the explanation."""
    at = min(max(tries, 1), len(found.hints)) - 1
    title = "Explanation" if at == len(found.hints) - 1 else f"Hint {at + 1} of {len(found.hints)}"
    return f"{title}: {found.hints[at]}"


def _remembered(name, found, reply):
    """Keep what came of it, and add the hint that is due: the same wrong answer twice counts once."""
    progress, notice, tries = Progress.here(), "", 1
    try:
        before = progress.entry("checks", name) or {}
        repeated = before.get("said") == reply.said
        tries = before.get("tries", 0) + (reply.verdict == NO and not repeated)
        if not repeated:
            progress.keep(
                "checks", name,
                passed=before.get("passed", False) or reply.verdict == YES,
                verdict=reply.verdict, error=reply.error, said=reply.said, tries=tries,
            )  # fmt: skip
        notice = " ".join(progress.notices)
    except (OSError, ProgressError) as slip:
        notice = f"This was not kept: {slip}"
    hint = _hint(found, tries) if reply.verdict == NO else ""
    return dataclasses.replace(reply, hint=hint, notice=notice)
