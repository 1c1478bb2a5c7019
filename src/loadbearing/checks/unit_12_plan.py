"""A year of events planned at least cost, judged on companies that the notebook does not show, against par.

Every company lives through the same rules with luck and weather of its own (`growth.years`). What is done between two
events costs money: weeks of work on findings, pages, people kept, and a made-up crowd before each event. Par was found
by `authoring/par_12.py`, which tried them all and wrote `par_12.json`.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import json
import pathlib

from loadbearing import growth
from loadbearing.checks.plans import money
from loadbearing.checks.reply import BLANKS, AnswerError, no, number, yes
from loadbearing.checks.unit_12_companies import PLACES
from loadbearing.units import share

PAR_FILE = pathlib.Path(__file__).with_name("par_12.json")
PRACTICE, SHOWN, UNSEEN = range(1, 21), 5, range(501, 701)
"""Companies by seed: those to practise on, how many of their different years are told, and those that judge."""

ENOUGH = 0.85
"""In so many companies all must go well from the fourth event on."""

NEAR_PAR = 1.15
"""How much dearer than par a plan may be: a week of work between two events is an eighth of par."""

MOST_WEEKS = 20
"""As many as `growth.Plan` takes."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is done each time between two events.

    `weeks`: of an engineer, on findings; each halves the chance that one stays open. `written`: why a thing was mended
    is written down. `keeping`: somebody sees to it that those who know it stay. `rehearsal`: the share of the crowd
    sent before each event, 0.1 for a tenth, 0 for none. A blank (`...`) is not judged yet.
    """

    weeks: int = 0
    written: bool = False
    keeping: bool = False
    rehearsal: float = 0

    @property
    def blank(self):
        """Whether something is still to be filled in."""
        given = (self.weeks, self.written, self.keeping, self.rehearsal or 0)
        return any(value in BLANKS for value in given)

    def __str__(self):
        weeks = "one week" if self.weeks == 1 else f"{self.weeks} weeks"
        pages = "written down" if self.written else "nothing written"
        people = "people kept" if self.keeping else "nobody kept on purpose"
        crowd = f"rehearsed with {_part(self.rehearsal)}" if self.rehearsal else "no rehearsal"
        return f"{weeks}, {pages}, {people}, {crowd}"


def _part(value):
    """A share of the crowd in per cent; anything else as it is, for a plan may still hold a slip."""
    try:
        return share(value)
    except (TypeError, ValueError):
        return repr(value)


def checked_plan(answer):
    """Return the plan with its values checked, or raise the sentence that says what is wrong with it."""
    if not isinstance(answer, Plan):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no plan; write one such as Plan(weeks=1, written=False, "
            "keeping=False, rehearsal=0.5)."
        )
    weeks = number(answer.weeks, "1")
    if weeks != int(weeks) or not 0 <= weeks <= MOST_WEEKS:
        raise AnswerError(f"weeks is {answer.weeks}; give a whole number from 0 to {MOST_WEEKS}.")
    for name in ("written", "keeping"):
        if getattr(answer, name) not in (True, False):
            raise AnswerError(f"{name} is {getattr(answer, name)!r}; give True or False.")
    crowd = 0.0 if answer.rehearsal is None else number(answer.rehearsal, "0.5")
    if not 0 <= crowd <= 1:
        raise AnswerError(f"rehearsal is {answer.rehearsal}; give a share of the crowd, 0 to 1.")
    return Plan(int(weeks), bool(answer.written), bool(answer.keeping), crowd)


def of_growth(plan):
    """Return the plan as `growth` takes it."""
    return growth.Plan(
        weeks=plan.weeks,
        written=plan.written,
        keeping=plan.keeping,
        rehearsal=plan.rehearsal or None,
    )


def cost(plan):
    """What the plan costs in a year, in dollars."""
    return of_growth(plan).dollars()


@dataclasses.dataclass(frozen=True)
class Trial:
    """A plan in many companies: in how many of them all went well from the fourth event on."""

    plan: Plan
    kept: int
    of: int

    @property
    def holds(self):
        """Whether that is enough of them."""
        return self.kept >= ENOUGH * self.of

    def __str__(self):
        return f"{self.kept} of {self.of}"


@functools.lru_cache(maxsize=4096)
def tried(plan, seeds=UNSEEN, **changes):
    """Return the `Trial` of a plan in these companies; `changes`: other assumptions, such as `page_holds=0.5`."""
    return Trial(plan, growth.years_kept(of_growth(plan), seeds, **changes), len(seeds))


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par(page_holds=None):
    """Return the best known `Plan`; for pages that hold with another chance, one of those that were swept."""
    found = sweep()["par"]
    return Plan(**found[f"{growth.given()['page_holds'] if page_holds is None else page_holds:g}"])


# --- practised -----------------------------------------------------------------------------------


class Rehearsal:
    """A plan in the practice companies: the years that they lived, event by event, the most frequent first."""

    def __init__(self, plan, changes):
        self.plan, self.changes = plan, changes

    def __repr__(self):
        if self.plan is ... or (isinstance(self.plan, Plan) and self.plan.blank):
            return "Write a plan in place of the blank, then run this cell again."
        try:
            plan = checked_plan(self.plan)
            changes = checked_changes(self.changes)
        except AnswerError as slip:
            return str(slip)
        company = of_growth(plan).company(**changes)
        lines = [f"{plan}: {money(cost(plan))}."]
        lived = collections.Counter(
            " - ".join(_mark(one) for one in growth.year(company, seed)) for seed in PRACTICE
        )
        lines.append(f"The {company.events} events of {len(PRACTICE)} practice companies:")
        common = lived.most_common(SHOWN)
        lines += [f"{number:>5}: {told}" for told, number in common]
        rest = len(PRACTICE) - sum(number for _, number in common)
        if rest:
            lines.append(f"{rest:>5}: in other ways")
        trial = tried(plan, PRACTICE, **changes)
        lines.append(f"From the fourth event on all goes well in {trial}.")
        return "\n".join(lines)


def _mark(event):
    return "well" if event.failed_at is None else PLACES[event.failed_at]


def checked_changes(changes):
    """Return other assumptions, chances between 0 and 1, or raise the sentence that says what is wrong."""
    found = {}
    for name, value in changes.items():
        if name not in ("page_holds", "undone"):
            raise AnswerError(
                f"There is no assumption {name!r} here; page_holds and undone may be changed."
            )
        found[name] = number(value, "0.5")
        if not 0 <= found[name] <= 1:
            raise AnswerError(f"{name} is {value}; give a chance from 0 to 1.")
    return found


def rehearse(plan, **changes):
    """Return what a plan does in the practice companies; the check uses others.

    `changes`: other assumptions: `page_holds` (a page is found, and right) and `undone` (a mend that nobody can explain
    is undone), chances from 0 to 1.
    """
    return Rehearsal(plan, changes)


# --- judged --------------------------------------------------------------------------------------


def judge(answer):
    """Judge a plan in the unseen companies, against par."""
    plan = checked_plan(answer)
    trial = tried(plan)
    if trial.holds:
        return _kept(trial)
    if plan.weeks == 0:
        return _nothing_closed(trial)
    if not plan.written and not plan.keeping:
        return _nobody_knows(trial)
    if not plan.rehearsal:
        return _in_public(trial)
    if not plan.written:
        return _people_only(trial)
    if not plan.keeping:
        return _pages_only(trial)
    return _too_few_weeks(trial)


def _told(trial):
    return f"In {trial} companies all goes well from the fourth event on, for {money(cost(trial.plan))} a year."


def _with(plan, **changes):
    """The same plan with something changed, tried, and told."""
    other = dataclasses.replace(plan, **changes)
    return f"{tried(other)}, for {money(cost(other))}"


def _more_weeks(plan):
    """The same plan with twice the weeks, or as many as there may be, tried, and told."""
    more = min(MOST_WEEKS, 2 * plan.weeks)
    return f"{more} weeks: {_with(plan, weeks=more)}"


def _kept(trial):
    plan, best = trial.plan, par()
    if cost(plan) <= NEAR_PAR * cost(best):
        return yes(
            f"{_told(trial)} The best plan known costs {money(cost(best))}. Without the pages, the same plan keeps "
            f"{tried(dataclasses.replace(plan, written=False))}; without those who know, "
            f"{tried(dataclasses.replace(plan, keeping=False))}."
        )
    less = share(1 - cost(best) / cost(plan))
    said = f"{_told(trial)} But the best plan known costs {less} less."
    tenth = 0.1
    if plan.rehearsal > tenth:
        return no(
            "a larger crowd",
            f"{said} Your plan with a rehearsal of a tenth: {_with(plan, rehearsal=tenth)}. The large crowd finds what "
            "the public evenings show anyway; the small one finds what they hide.",
        )
    return no(
        "over-bought",
        f"{said} Your plan with half the weeks: {_with(plan, weeks=plan.weeks // 2)}.",
    )


def _nothing_closed(trial):
    """Looking is enough. The run: the same with two weeks of work each time."""
    return no(
        "nothing is closed",
        f"{_told(trial)} Findings are found, and none is ever closed. The same with two weeks of work each time: "
        f"{_with(trial.plan, weeks=2)}.",
    )


def _nobody_knows(trial):
    """Work is enough. The runs: the same with pages, with people, with both."""
    plan = trial.plan
    return no(
        "nobody knows why",
        f"{_told(trial)} What is closed is undone again, for nobody knows why it was done. The same with pages: "
        f"{_with(plan, written=True)}. With people kept: {_with(plan, keeping=True)}. With both: "
        f"{_with(plan, written=True, keeping=True)}.",
    )


def _in_public(trial):
    """The public evenings teach enough. The run: a tenth of the crowd beforehand."""
    return no(
        "only in public",
        f"{_told(trial)} Whatever stands behind the first trouble is found only when that is mended, one event "
        f"later. The same with a rehearsal of a tenth of the crowd: {_with(trial.plan, rehearsal=0.1)}.",
    )


def _people_only(trial):
    """Who knows will be there. The runs: twice the weeks; the same with pages."""
    plan = trial.plan
    return no(
        "people alone",
        f"{_told(trial)} One in ten who know a mend is elsewhere by the next event, and there are many events. With "
        f"{_more_weeks(plan)}. With pages: {_with(plan, written=True)}.",
    )


def _pages_only(trial):
    """A page replaces whoever wrote it. The runs: twice the weeks; the same with people kept."""
    plan = trial.plan
    holds = growth.given()["page_holds"]
    return no(
        "pages alone",
        f"{_told(trial)} A page is found, and right, in {share(holds)} of cases, an assumption. With "
        f"{_more_weeks(plan)}. With people kept: {_with(plan, keeping=True)}.",
    )


def _too_few_weeks(trial):
    """All is done, but findings stay open. The run: a week more."""
    plan = trial.plan
    return no(
        "too few weeks",
        f"{_told(trial)} With {plan.weeks} weeks a finding stays open with a chance of "
        f"{share(growth.given()['stays_open'] ** plan.weeks)}. With a week more: "
        f"{_with(plan, weeks=min(MOST_WEEKS, plan.weeks + 1))}.",
    )
