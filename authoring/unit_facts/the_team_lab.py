"""The numbers that unit 08's lab states: what its knobs do with the full crowd, and what else moves the evening."""

from __future__ import annotations

import functools
import statistics

from loadbearing import cases, readings, simulate
from loadbearing.cases.incidents import READERS
from loadbearing.labs import rooms, team, team_choosing
from loadbearing.labs.bench import Bench
from loadbearing.labs.knobs import settings_of
from loadbearing.team import formulas
from loadbearing.units import clock, duration, share

ROOM, EVENINGS = 0.1, range(1, 13)
OFTEN_TWICE = team.STEPS_DIFFER["often by half"]
"""A lognormal step with this coefficient of variation lies beyond twice or half its median one time in three."""


@functools.cache
def _bench():
    return Bench([team.CASE, team.NEW], team.knobs(), picture=team.the_call)


@functools.cache
def _full(case, **places):
    """The evening that the lab shows: the full crowd, average weather, the lab's own luck."""
    bench = _bench()
    scenario = bench.scenario(_settings(case, places))
    return simulate(rooms.calm(scenario), bench.seed, sample=0, progress=False)


def _settings(case, places):
    return settings_of(case, places, _bench().knobs)


def _in(case=team.CASE, **places):
    return readings.share_in(_full(case, **places))


def call_opens_all():
    """When the line opens with all eight."""
    return clock(team.opened_s(_full(team.CASE)))


def call_in_all():
    """The share in with all eight."""
    return share(_in())


def call_in_no_fgh():
    """The share in without F, G and H."""
    return share(_in(team=team.NO_FGH))


def call_in_three():
    """The share in with three who know every part."""
    return share(_in(team=team.THREE))


def call_opens_no_d():
    """When the line opens without D."""
    return clock(team.opened_s(_full(team.CASE, team=team.NO_D)))


def call_in_no_d():
    """The share in without D."""
    return share(_in(team=team.NO_D))


def call_in_hired():
    """The share in without D and with two hires."""
    return share(_in(team=team.HIRED))


def call_in_paged():
    """The share in without D and with a page."""
    return share(_in(team=team.NO_D, pages=team.PAGE))


def call_page_costs():
    """What the page costs all eight where the fault is new, in points."""
    lost = _in(team.NEW) - _in(team.NEW, pages=team.PAGE)
    return f"{100 * lost:.0f} points"


def call_finds():
    """How long somebody who knows the part needs to find it."""
    return duration(cases.inputs(team.CASE)["finds_s"].value)


def call_searches():
    """How long the others need, in words."""
    hours = cases.inputs(team.CASE)["searches_s"].value / 3600
    return "an hour" if hours == 1 else f"{hours:g} hours"


def call_first_of_seven():
    """How long the first of seven searches takes, each by somebody who does not know the part: the median."""
    steps = team.team_of(cases.get(team.CASE)).steps
    searchers = len(team.without("D"))
    return f"{formulas.first_of(searchers, steps.searches_s, steps.cv) / 60:.0f} minutes"


# --- what else moves the evening -----------------------------------------------------------------


def _median(**changes):
    """The share in on the middling one of some evenings, with some inputs of the case changed."""
    evening = cases.build(team.CASE, changes).scaled(ROOM)
    shares = [
        readings.share_in(simulate(evening, seed, sample=0, progress=False)) for seed in EVENINGS
    ]
    return share(statistics.median(shares))


def call_median_all():
    """As the case is."""
    return _median()


def call_median_late_alarm():
    """With an alarm that wants fifteen bad looks in a row."""
    return _median(alert_looks=15)


def call_median_two():
    """With two called first."""
    return _median(on_call=2)


def call_median_tired():
    """With six calls before in this shift."""
    return _median(called_before=6)


def call_median_uneven():
    """Without D, where each step often takes twice or half as long: the median of the same evenings."""
    return _median(team=team.without("D"), cv=OFTEN_TWICE)


# --- further down --------------------------------------------------------------------------------


def call_nights():
    """Over how many nights the picture of the two orders goes."""
    return f"{len(team_choosing.NIGHTS)}"


def call_first_d():
    """What leaving out D alone costs on average over all parts, in points."""
    order = team_choosing.order_of(team_choosing.ALONE_FIRST, "")
    return f"{100 * (order.middle[0] - order.middle[1]):.0f} points"


def call_reader_knows():
    """What a reader finds who knows the part."""
    return share(READERS["knows"].value)


def call_reader_other():
    """What a reader finds who does not."""
    return share(READERS["other"].value)
