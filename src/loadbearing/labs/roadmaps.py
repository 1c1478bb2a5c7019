"""The plan lab of unit 11: one split of the budget, kept for eight quarters, on 200 histories at once."""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import roadmap
from loadbearing.cases.roadmaps import FAILURES, OTHERWISE, PRICES
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.buying import HANDLER, PERSON
from loadbearing.labs.knobs import Settings
from loadbearing.labs.shown import Number
from loadbearing.labs.worlds import World, WorldBench
from loadbearing.pictures.frontier import frontier as drawn_frontier
from loadbearing.pictures.frontier import how_often
from loadbearing.pictures.roadmap import history, of_par
from loadbearing.roadmap import frontier
from loadbearing.roadmap.frontier import HISTORIES
from loadbearing.units import people

CASE = "the_roadmap"
SPLITS, PLANS = "other splits", "the best plans known"
TEAM = "details, people"
CARE = {
    "nothing": {"details": 0},
    "details": {},
    TEAM: {"people": 1},
    "details, rehearsal": {"rehearsal": 1},
    "all three": {"people": 1, "rehearsal": 1},
}
NEARLY_FREE = f"{PRICES[-1]:,} handlers"

FEATURES = Amount("features", 0, 9, named="Features, of ten parts", counted="parts")
FIRST_OF_ALL = Choice("care", CARE, named="One part each for")
PRICE = Choice(
    "handlers_a_part",
    {f"{one:,} handlers": one for one in PRICES},
    named="One part of capacity rents",
)
FAILURE = Choice("failure", FAILURES, named="A failure is")
COMPARE = Choice("compare", {SPLITS: "splits", PLANS: "plans"}, named="Compare with")
LUCK = Choice("otherwise", OTHERWISE, named="Luck and growth (assumption)")
KNOBS = [FEATURES, FIRST_OF_ALL, PRICE, FAILURE, LUCK, COMPARE]


@dataclasses.dataclass(frozen=True, eq=False)
class Plans:
    """What the lab shows: your split of this company's budget on all histories, and what it is compared with.

    `own`: `Histories`; `plans`: whether the best plans known are drawn.
    """

    company: roadmap.Company
    spend: roadmap.Spend
    own: roadmap.Histories
    plans: bool

    @property
    def compared(self):
        """The `Compared` of this company: found once for each, when it is first asked for."""
        return frontier.compared(self.company)

    @property
    def carried(self):
        """The mean score, as a share of par's."""
        return float(self.own.scores.mean() / self.compared.score)

    @property
    def bad(self):
        """Bad evenings a roadmap."""
        return float(self.own.bad.mean())

    @property
    def at(self):
        """Its place on the picture."""
        return self.bad, self.carried


def play(values, seed):
    """Return the `Plans` of these inputs of the world; the histories are the same whatever the `seed`."""
    company = roadmap.company(values)
    spend = roadmap.squeezed(
        company, *(values[key] for key in ("features", "rehearsal", "people", "details"))
    )
    own = roadmap.many(company, roadmap.always(spend), HISTORIES)
    return Plans(company, spend, own, values["compare"] == "plans")


def picture(outcome, behind=None):
    """Return the frontier's picture of a play."""
    found, best = outcome.compared, outcome.plans
    return drawn_frontier(
        found.par,
        own=outcome.at,
        line=found.line if best else (),
        careful=found.careful if best and found.possible else None,
        others=tuple(found.others.values()),
        behind=behind.at if behind else None,
        histories=len(HISTORIES),
    )


def size(outcome):
    """Return what was spent and how often it was played."""
    parts = ", ".join(f"{name} {n}" for name, n in outcome.spend._asdict().items() if n)
    return f"Parts in every quarter: {parts}. Played on {len(HISTORIES)} histories."


def typical(outcome):
    """Return the rows of the history that lies in the middle, by score."""
    middle = outcome.own.scores.argsort(kind="stable")[len(HISTORIES) // 2]
    return outcome.own.rows(middle)


def worst(outcome):
    """Return the rows of the history with the lowest score."""
    return outcome.own.rows(outcome.own.scores.argmin())


def in_roadmaps(bad):
    """Return bad evenings a roadmap, short: so many in so many roadmaps.

    >>> in_roadmaps(0), in_roadmaps(0.005), in_roadmaps(0.25), in_roadmaps(0.5), in_roadmaps(1.885)
    ('none in 200', '1 in 200', '1 in 4', '5 in 10', '1.9 in each')
    """
    if bad == 0:
        return f"none in {len(HISTORIES)}"
    if bad < 0.4:
        return f"1 in {1 / bad:.0f}"
    return f"{10 * bad:.0f} in 10" if bad < 0.95 else f"{bad:.1f} in each"


CARRIED = Number("carried", "Carried, of what par carries", lambda one: one.carried, of_par)
BAD = Number("bad", "Bad evenings in roadmaps", lambda one: one.bad, in_roadmaps)
LAST = Number(
    "last",
    "Audience after eight quarters",
    lambda one: float(one.own.outcome.after[:, -1].mean()),
    people,
)
MORE = (
    Number(
        "in_all",
        "Carried in all, people",
        lambda one: float(one.own.scores.mean()),
        lambda n: people(n) if n >= 0 else f"less than nothing: −{people(-n)}",
    ),
    Number("par_in_all", "Par carries, people", lambda one: one.compared.score, people),
    Number(
        "par_bad", "Bad evenings of par, in roadmaps", lambda one: one.compared.par[0], in_roadmaps
    ),
    Number(
        "par_features",
        "Of ten parts, par spends on features",
        lambda one: share_of_features(one.company) * 10,
        "{:.1f}".format,
    ),
)
WORLD = World(
    play,
    picture,
    size,
    first=(CARRIED, BAD, LAST),
    more=MORE,
    looks={
        "A typical history": lambda outcome: [history(typical(outcome))],
        "The worst history": lambda outcome: [history(worst(outcome))],
    },
    thing="plan",
)


@functools.lru_cache(32)
def share_of_features(company):
    """Return what share of its budget par spends on features, over all quarters and histories."""
    spent = roadmap.many(company, roadmap.par(company), HISTORIES).spend.features
    return float(spent.mean() / company.budget)


def lab_bench():
    """Return the bench of the unit's lab, without its widgets."""
    return WorldBench(WORLD, [CASE], KNOBS)


# --- the prediction --------------------------------------------------------------------------------


def how_much_the_careful_plan_carries(bench):
    """Settle the prediction: (right option, sentence of the plays), at the company as it is."""
    found = bench.run(CASE).compared
    carried = found.careful[1]
    right = "half" if carried < 0.75 else "nearly" if carried < 1 else "more"
    return right, (
        f"On {len(HISTORIES)} histories the careful plan has no bad evening and carries {of_par(carried)} "
        f"of what par does. Par has {how_often(found.par[0])}."
    )


# --- missions --------------------------------------------------------------------------------------


def way(**places):
    """Return the `Settings` of the best plan known for a mission: knob to where it stands."""
    return Settings.of(CASE, {}, places)


def as_it_is(reached):
    """Return a mission's `reached` for the company as it is: `reached(readings)`, readings by key."""
    return lambda trial, readings: trial.run.company == roadmap.PLAIN and reached(readings)


def none_seen(readings):
    """Whether no history has a bad evening."""
    return readings["bad"].value == 0


def few_and_much(readings):
    """Whether there is at most one bad evening in ten roadmaps, and six tenths of par are carried."""
    return readings["bad"].value <= 0.1 and readings["carried"].value >= 0.6


def much(readings):
    """Whether eight tenths of par are carried."""
    return readings["carried"].value >= 0.8


def half_on_features(trial, readings):
    """Whether par spends half of its budget on features."""
    return readings["par_features"].value >= 5


# --- what decides the claims -----------------------------------------------------------------------


def _stands(bench):
    """The play where the knobs stand now."""
    return bench.trial().run


def ahead_if_growth_waits(bench):
    """Decide F5 where the knobs stand: (share of histories in which waiting growth finishes ahead, sentence)."""
    now = _stands(bench)
    ahead, behind = roadmap.ahead_and_behind(now.company, now.spend, HISTORIES)
    many = len(HISTORIES)
    return ahead, (
        f"{now.spend.features} parts of features, {now.spend.capacity} of capacity. Let features wait whenever more "
        f"people are expected than get in within five minutes. That is ahead in {round(ahead * many)} of {many} "
        f"histories, and behind in {round(behind * many)}. In the others growth never had to wait."
    )


def best_share_of_features(bench):
    """Decide F8 where the knobs stand: (share of features in the best split that stays the same, sentence)."""
    now = _stands(bench)
    best = now.compared.best_split
    bad, carried = now.compared.others[best]
    return best.features / now.company.budget, (
        f"Of {len(now.compared.others)} splits that stay the same, the best has {best.features} parts of features and "
        f"{best.capacity} of capacity. It carries {of_par(carried)} of par, with {how_often(bad)}."
    )


def worth_of_more_capacity(bench):
    """Decide F9 where the knobs stand: (dollars that one more part of capacity brings for each it costs, sentence)."""
    now = _stands(bench)
    dollars = PERSON.value, HANDLER.value
    person, handler = (f"{100 * one:.0f} cents" for one in dollars)
    worth = roadmap.worth_of_capacity(now.company, now.spend, HISTORIES, *dollars)
    return worth, (
        f"One part of capacity more in every quarter, on top of {now.spend.capacity}: it would bring {worth:.2f} "
        f"dollars for each that it costs, at {person} a person and {handler} a handler."
    )
