"""Who is on call on an ordinary night, and what lies in the drawer: a plan, its price, and the nights it is tried on.

An ordinary night is one incident without an evening (`team.nights`): which part fails and whether the fault is new is
drawn after the plan was made. A plan is held against the cheapest one known (par), which `authoring/par_08.py` found.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import pathlib

import numpy as np

from loadbearing import cases
from loadbearing.cases import incidents
from loadbearing.checks.plans import money
from loadbearing.checks.reply import AnswerError
from loadbearing.parts import ScenarioError, nearest
from loadbearing.team import PARTS, names, nights, of, taught, team_of, who_knows, without

CASE, MOVED, GAP, MINUTE_S = "the_call", "D", "store", 60
PRACTICE, UNSEEN = range(178, 190), range(501, 2_501)
"""Nights by seed: those that `rehearse` shows, and those on which a plan is judged."""

PERSON = cases.Input(300, "assumption", "dollars for one person on call for one night")
PAGE = cases.Input(400, "assumption", "dollars to write one page of the runbook and keep it true")
LESSON = cases.Input(1_500, "assumption", "dollars to teach one person one part")
REHEARSAL = cases.Input(800, "assumption", "dollars for one rehearsal of the call")
WITHIN = cases.Input(25, "assumption", "minutes after which half of an evening's crowd is lost")
KEPT = cases.Input(0.9, "assumption", "of all nights: nine in ten")
NEAR_PAR = 1.1
PAR_FILE = pathlib.Path(__file__).with_name("par_08.json")
FEW_PEOPLE, MANY_PAGES, KNOWN_TO_MANY = 3, 3, 2
"""So few people with so many pages rely on the drawer; a part that more than two know is known well."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """A night's plan: letters on call, parts with a page, one lesson such as ("A", "line") or None, a rehearsal or not.

    A blank (`...`) may stand for any of them; then the plan is not judged yet.
    """

    on_call: str
    pages: tuple = ()
    teach: tuple | None = None
    rehearsed: bool = False

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        return self.on_call is None or any(value is ... for value in dataclasses.astuple(self))

    @property
    def cost(self):
        """What the plan costs, in dollars."""
        people, pages = PERSON.value * len(self.on_call), PAGE.value * len(self.pages)
        lesson = LESSON.value if self.teach else 0
        return people + pages + lesson + (REHEARSAL.value if self.rehearsed else 0)

    def __str__(self):
        try:
            plan = checked_plan(self)
        except AnswerError:
            return repr(self)
        said = f"{listed(plan.on_call)} on call"
        if plan.pages:
            said += f", a page for the {listed(plan.pages)}"
        if plan.teach:
            said += f", {plan.teach[0]} taught the {plan.teach[1]}"
        return said + (", rehearsed" if plan.rehearsed else "")


def listed(many):
    """Return letters or names of parts as they are said.

    >>> listed("ACE")
    'A, C and E'
    """
    *first, last = many
    return f"{', '.join(first)} and {last}" if first else str(last)


def as_it_was():
    """The plan as it was: all seven who are left, and an empty drawer."""
    return Plan(names(seven()))


@functools.cache
def seven():
    """The people who are left when D has moved to another team."""
    return without(MOVED)


def checked_plan(answer):
    """Return the plan with letters in order and parts as a tuple, or raise the sentence that says what is wrong."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(on_call='ABC', pages=['door'])."
        )
    try:
        people = of(_letters(answer.on_call), seven())
    except ScenarioError as slip:
        raise AnswerError(str(slip)) from None
    if not people:
        raise AnswerError("on_call is empty; give the letters of those who are on call, as 'ABC'.")
    pages = _parts("pages", answer.pages)
    teach = _lesson(answer.teach)
    if not isinstance(answer.rehearsed, bool):
        raise AnswerError(f"rehearsed is {answer.rehearsed!r}; write True or False.")
    return Plan(names(people), pages, teach, answer.rehearsed)


def _letters(given):
    if isinstance(given, list | tuple) and all(isinstance(one, str) for one in given):
        given = "".join(given)
    if not isinstance(given, str):
        raise AnswerError(f"on_call is {given!r}; write letters in quotes, as 'ABC'.")
    return given.upper()


def _parts(field, given):
    given = (given,) if isinstance(given, str) else given
    if given in (None, ()):
        return ()
    if not isinstance(given, list | tuple | set):
        raise AnswerError(f"{field} is {given!r}; write names of parts, as ['door'].")
    for one in given:
        if one not in PARTS:
            raise AnswerError(f"{field} has {one!r}. {nearest(str(one), PARTS)}")
    return tuple(one for one in PARTS if one in given)


def _lesson(given):
    if given in (None, (), [], ""):
        return None
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise AnswerError(f"teach is {given!r}; write a letter and a part, as ('B', 'door').")
    letter, part = given
    try:
        (pupil,) = of(_letters(letter), seven())
    except (ScenarioError, ValueError):
        raise AnswerError(
            f"teach names {letter!r}; give one letter of {names(seven())}, as ('B', 'door')."
        ) from None
    return pupil.name, _parts("teach", (part,))[0]


# --- nights --------------------------------------------------------------------------------------


def team(plan):
    """Return the team of a plan: a `Response` of those on call, on a night that nobody announced."""
    people = taught(seven(), *plan.teach) if plan.teach else seven()
    return dataclasses.replace(
        team_of(cases.get(CASE)),
        people=of(plan.on_call, people),
        pages=plan.pages,
        rehearsed=plan.rehearsed,
        free=incidents.ORDINARY["free"].value,
    )


@functools.lru_cache(maxsize=512)
def minutes(plan, seeds=UNSEEN):
    """Minutes from the fault until what helps, on each of these nights: float64, shape (seeds,)."""
    found = nights.ordinary_nights(team(plan), seeds, incidents.ORDINARY["new_share"].value)
    return found / MINUTE_S


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan on many nights: the share of them on which the line is open in time."""

    plan: Plan
    kept: float

    @property
    def holds(self):
        """Whether that is enough of them."""
        return self.kept >= KEPT.value

    def __str__(self):
        return f"kept on {of_a_hundred(self.kept)} nights"


def of_a_hundred(part):
    """A share as nights of a hundred; one that misses the promise by less than a night keeps its tenth.

    >>> of_a_hundred(0.894), of_a_hundred(0.8985), of_a_hundred(0.9)
    ('89 of 100', '89.8 of 100', '90 of 100')
    """
    nights_kept = 100 * part
    if part < KEPT.value and round(nights_kept) >= 100 * KEPT.value:
        return f"{math.floor(10 * nights_kept) / 10} of 100"
    return f"{nights_kept:.0f} of 100"


def tried(plan, seeds=UNSEEN):
    """Return the `Trial` of a plan on these nights."""
    return Trial(plan, float(np.mean(minutes(plan, seeds) <= WITHIN.value)))


@functools.cache
def by_part(plan, seeds=UNSEEN):
    """Return {part: (share of its nights kept, nights)}, of the nights on which that part fails."""
    parts = np.array([nights.by_lot(team(plan), seed, 0).part for seed in seeds])
    kept = minutes(plan, seeds) <= WITHIN.value
    return {part: (float(kept[parts == part].mean()), int((parts == part).sum())) for part in PARTS}


def by_formula(plan):
    """The share of nights kept, by hand: a part is found in time if somebody who knows it is reached, or by its page.

    1 - (1 - free)^k with k people who know; a page helps with known faults if anybody can be reached; each part is as
    likely as any other. Whoever does not know the part is never in time. A page done in vain costs nothing here,
    and minutes on a night that is played.
    """
    people, free = team(plan).people, incidents.ORDINARY["free"].value
    new = incidents.ORDINARY["new_share"].value
    total = 0.0
    for part in PARTS:
        known = 1 - (1 - free) ** len(who_knows(people, part))
        paged = 1 - (1 - free) ** len(people) if part in plan.pages else known
        total += (1 - new) * paged + new * known
    return total / len(PARTS)


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def plan_of(found):
    """Return the `Plan` that a row of the sweep's file holds."""
    teach = tuple(found["teach"]) if found["teach"] else None
    return Plan(found["on_call"], tuple(found["pages"]), teach, found["rehearsed"])


def par():
    """Return the best known `Plan`, as the sweep found it."""
    return plan_of(sweep()["par"])


# --- what the student sees -----------------------------------------------------------------------


class Rehearsal:
    """A plan on the practice nights, told in a few lines."""

    def __init__(self, plan):
        self.plan = plan

    def __repr__(self):
        if self.plan.blank:
            return "Fill in who is on call, then run this cell again."
        try:
            plan = checked_plan(self.plan)
        except AnswerError as slip:
            return str(slip)
        lines = [f"{plan}: {money(plan.cost)}."]
        found = minutes(plan, PRACTICE)
        new_share = incidents.ORDINARY["new_share"].value
        for at, (seed, took) in enumerate(zip(PRACTICE, found, strict=True), 1):
            night = nights.by_lot(team(plan), seed, new_share)
            fault = f"{night.part}, {'a new fault' if night.new else 'a known one'}"
            late = "" if took <= WITHIN.value else "   too late"
            lines.append(f"Practice night {at:>2}: {fault:<21}{_told_minutes(took):>12}{late}")
        good = int(np.sum(found <= WITHIN.value))
        return "\n".join([*lines, f"In time on {good} of {len(found)}."])


def _told_minutes(took):
    return "nobody came" if math.isinf(took) else f"{took:.0f} minutes"


def rehearse(plan):
    """Return what a plan does on a few practice nights; the check uses others."""
    if not isinstance(plan, Plan):
        raise AnswerError(f"The plan is {plan!r}; write Plan(on_call='ABC').")
    return Rehearsal(plan)


def promise():
    """The promise in words."""
    return (
        f"The line is open within {WITHIN.value} minutes of the fault, on at least {of_a_hundred(KEPT.value)} "
        "nights"
    )


def the_map():
    """Return the knowledge map of the seven as text."""
    lines = [f"{'':3}" + "".join(f"{part:^9}" for part in PARTS)]
    for one in seven():
        marks = "".join(f"{'x' if part in one.knows else '.':^9}" for part in PARTS)
        lines.append(f"{one.name:3}{marks}")
    return "\n".join(line.rstrip() for line in lines)
