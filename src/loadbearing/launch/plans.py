"""The cheapest plan: the set of measures that keeps the promise of a launch, in the weathers asked for, for least.

It is chosen on some evenings and told on others. `cheapest` searches; `tried` scores a set of your own.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing.launch import measures, plan_words
from loadbearing.launch.measures import MEASURES, price, taken
from loadbearing.launch.searching import Search
from loadbearing.launch.stopping import Steps
from loadbearing.launch.trials import Trials, chosen_on, told_on
from loadbearing.launch.weathers import BY_KEY
from loadbearing.parts import ScenarioError, nearest

EVENINGS, UNSEEN = 40, 20
WEATHERS = ("calm", "at_once")


@dataclasses.dataclass(frozen=True)
class Tried:
    """A set of measures on some evenings: its price, and by weather the share in as promised and whether it was kept.

    `share`: {weather: [share of those who came, one an evening]}; `kept`: {weather: [True or False]}.
    """

    chosen: dict
    price: float
    share: dict
    kept: dict

    @property
    def evenings(self):
        """How many evenings of each weather there were."""
        return len(next(iter(self.kept.values())))

    @property
    def worst(self):
        """On how many evenings the promise was kept, in the weather in which it was kept least often."""
        return min(sum(one) for one in self.kept.values())


@dataclasses.dataclass(frozen=True)
class Row:
    """The best of a kind: which kind, what is done, and whether that was enough on the evenings of the search.

    `seen`: the same on evenings that were not used to choose it.
    """

    kind: str
    said: str
    enough: bool
    seen: Tried


@dataclasses.dataclass(frozen=True)
class Plan:
    """The cheapest set of measures that keeps a promise, or, with `keeps` False, the nearest to it.

    `chosen`: measure to size, empty if the launch keeps its promise as it is. `seen`: the plan on evenings that were
    not used to choose it. `table`: the best of each kind; `without`: the row of the cheapest that does without a
    sentence in the invitation, or None if no such set is enough. `runs`: how many evenings were played in all.
    """

    launch: object
    weathers: tuple
    chosen: dict
    keeps: bool
    seen: Tried
    without: Row | None
    table: tuple
    runs: int

    @property
    def price(self):
        """What the plan costs, in dollars."""
        return self.seen.price

    @property
    def after(self):
        """The launch with the plan."""
        return taken(self.launch, self.chosen)

    @property
    def measures(self):
        """What is done, a few words for each measure."""
        return tuple(MEASURES[key].said(size) for key, size in self.chosen.items())

    @property
    def has_a_sentence(self):
        """Whether a sentence in the invitation is part of it."""
        return has_a_sentence(self.chosen)

    @property
    def given_up(self):
        """What the plan gives up, a clause for each measure."""
        return measures.given_up(self.chosen)

    @property
    def in_the_budget(self):
        """Whether the plan costs no more than the budget that the sheet names."""
        return self.launch.budget is None or self.price <= self.launch.budget

    @property
    def sentence(self):
        """The plan in words, with how often it kept the promise on evenings that were not used to choose it."""
        return plan_words.sentence(self)


def tried(a_launch, chosen, weathers=WEATHERS, seeds=None, people=None):
    """Return a set of measures as `Tried` on evenings, those that no search uses unless `seeds` are given.

    `chosen`: measure to size, such as {"early": True, "door": 1.5}. Raises `ScenarioError`.
    """
    seeds = told_on(UNSEEN) if seeds is None else seeds
    return _tried(a_launch, chosen, Trials(checked_weathers(weathers), seeds, people))


def _tried(a_launch, chosen, trials):
    after = taken(a_launch, chosen)
    share = {weather: trials.shares(after, weather) for weather in trials.weathers}
    return Tried(measures.checked_set(chosen), price(a_launch, chosen), share, trials.kept(after))


def checked_weathers(weathers):
    """Return the keys of weathers in the order of `WEATHERS`; raise `ScenarioError` for none, or an unknown one."""
    for key in weathers:
        if key not in BY_KEY:
            raise ScenarioError(f"There is no weather {key!r}. {nearest(key, list(BY_KEY))}")
    if not weathers:
        raise ScenarioError("No weather is ticked; tick at least one, such as an ordinary evening.")
    return tuple(key for key in BY_KEY if key in weathers)


def cheapest(
    a_launch, weathers=WEATHERS, evenings_used=EVENINGS, told=None, stopped=None, people=None, table=True
):  # fmt: skip
    """Return the `Plan` of a launch: the cheapest set that keeps its promise in each of these weathers.

    `evenings_used`: on so many evenings it is chosen. `told(share, words)` hears how far it is; `stopped()` is asked
    often (`Stopped`). `table`: False leaves the table out, for a search in a hurry. Raises `ScenarioError`.
    """
    trials = Trials(checked_weathers(weathers), chosen_on(evenings_used), people)
    other = Trials(trials.weathers, told_on(UNSEEN), people)
    search = Search(a_launch, trials, Steps(told, stopped))
    sets = search.sets()
    plain = [one for one in sets if not has_a_sentence(one)]
    without = search.best(plain, begins=0.0, ends=0.4)
    most = math.inf if without is None else price(a_launch, without)
    best = search.best([one for one in sets if has_a_sentence(one)], most, begins=0.4, ends=0.7)
    best = without if best is None else best
    chosen = search.nearest(begins=0.7, ends=0.8) if best is None else best
    rows = _table(search, other, without, chosen, best is not None) if table else ()
    return Plan(
        launch=a_launch,
        weathers=trials.weathers,
        chosen=measures.checked_set(chosen),
        keeps=best is not None,
        seen=_tried(a_launch, chosen, other),
        without=None if without is None else _row(search, other, NO_SENTENCE, without, True),
        table=rows,
        runs=trials.runs + other.runs,
    )


def has_a_sentence(chosen):
    """Tell whether a sentence in the invitation is in a set of measures."""
    return any(MEASURES[key].sentence for key in chosen)


NOTHING, NO_SENTENCE, PLAN, NEAREST = "as it is", "no sentence", "the plan", "the nearest"


def _table(search, other, without, chosen, keeps):
    """The launch as it is, each measure alone, the best without a sentence, the plan."""
    alone = [(NOTHING, {})]
    alone += [(MEASURES[key].name, search.alone(key)) for key in MEASURES if search.matters(key)]
    rows = []
    for at, (kind, one) in enumerate(alone):
        search.steps.part(0.8, 1.0).show(at / len(alone), "Trying each measure alone")
        rows.append(_row(search, other, kind, one, search.keeps(one)))
    if without is not None:
        rows.append(_row(search, other, NO_SENTENCE, without, True))
    return (*rows, _row(search, other, PLAN if keeps else NEAREST, chosen, keeps))


def _row(search, other, kind, chosen, enough):
    return Row(kind, measures.said(chosen), enough, _tried(search.a_launch, chosen, other))
