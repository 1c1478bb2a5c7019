"""The bench of unit 08: who is on the call, what lies in the drawer, and when the line opens."""

from __future__ import annotations

import dataclasses
import functools
import math

from loadbearing import cases
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.shown import Number
from loadbearing.pictures.called import called
from loadbearing.run import DONE
from loadbearing.team import (
    formulas,
    groups,
    hired,
    known_to_nobody,
    nights,
    of,
    retold,
    team_of,
    without,
)
from loadbearing.team.incident import stretches
from loadbearing.team.people import PARTS
from loadbearing.units import duration, share

CASE, NEW = "the_call", "the_new_fault"
TEAM, PAGES, OTHERS, CALLED, UNEVEN = "team", "pages", "searches_s", "on_call", "cv"
ALL, NO_FGH, NO_D, HIRED, NO_E, THREE = (
    "all eight",
    "without F, G and H",
    "without D",
    "without D, two hired",
    "without E",
    "only A, D and E",
)
NOTHING, PAGE = "nothing", "a page for the store"
AT_ONCE, TWO = "all at once", "two, then the rest"
STEPS_DIFFER = {"by a tenth": 0.1, "by a third": 0.3, "often by half": 0.8}
"""How unequal the steps of people are: standard deviation over mean."""

LITTLE, MUCH = 0.05, 0.25
"""What counts as losing nothing, and as losing a good part of the crowd: shares of all who come."""

FIVE, SEEDS = 5, range(1, 5)


def crews():
    """Return who may be on the call, by what is written on the choice."""
    no_d = without("D")
    return {
        ALL: without(""),
        NO_FGH: without("FGH"),
        NO_D: no_d,
        HIRED: no_d + hired(2),
        NO_E: without("E"),
        THREE: of("ADE"),
    }


def knobs():
    """Return the knobs of the lab: who, the drawer, how long others need, how unequal steps are, who is called."""
    return [
        Choice(TEAM, crews(), named="On the call"),
        Choice(PAGES, {NOTHING: (), PAGE: ("store",)}, named="In the drawer"),
        Amount(OTHERS, 8, 120, worth=60, named="Others need", counted="minutes"),
        Choice(UNEVEN, STEPS_DIFFER, named="Steps take more or less (assumption)"),
        Choice(CALLED, {AT_ONCE: None, TWO: 2}, named="Called at first"),
    ]


# --- what is shown ---------------------------------------------------------------------------


def opened_s(run):
    """Return when the line opened, in seconds from the start; inf if it did not."""
    opens = run.actions["time"][run.actions["what"] == DONE.index("waiting_room")]
    return float(opens[0]) if len(opens) else math.inf


def acted_after(run):
    """Return the seconds from the fault until what helps was done: the line open, and a lasting fault mended."""
    what = "mended" if team_of(run.evening).new else "waiting_room"
    done = run.actions["time"][run.actions["what"] == DONE.index(what)]
    return float(done[0]) - run.evening.faults[0].at_s if len(done) else math.inf


def _told(seconds):
    return duration(seconds) if math.isfinite(seconds) else "not on this evening"


ACTED = Number("acted", "Remedy after", acted_after, _told)


def the_call(run, each=1.0):
    """Return the main picture of the lab: the call step by step, and who stands outside."""
    evening = run.evening
    steps = stretches(retold(run), evening.faults[0].at_s, evening.ends_s)
    return called(run, steps, opened_s(run), each)


# --- the prediction --------------------------------------------------------------------------


@functools.cache
def scenario(name=CASE):
    """Return the evening of a case."""
    return cases.get(name)


def team_with(people, part=None, **changes):
    """Return the team of the call with some people, for one part that fails; `changes`: fields of a `Response`."""
    own = team_of(scenario())
    return dataclasses.replace(own, people=people, part=part or own.part, **changes)


@functools.cache
def share_in(people, part, seed):
    """Return the share in by the fluid of the evening, after one incident alone with the luck of a seed."""
    return formulas.share_in_after(scenario(), nights.remedy_s(team_with(people, part), seed))


def mean_share_in(people):
    """Return the share in with these people, on average over all parts that may fail and some nights."""
    shares = [share_in(people, part, seed) for part in PARTS for seed in SEEDS]
    return sum(shares) / len(shares)


def worst_share_in(people):
    """Return the share in with these people for the part that costs most, on average over some nights."""
    return min(sum(share_in(people, part, seed) for seed in SEEDS) / len(SEEDS) for part in PARTS)


def five_of_eight(bench):
    """Settle what five cost against eight: every group of five in nights played alone, and two full evenings."""
    full = worst_share_in(without(""))
    lost = {five: max(0.0, full - worst_share_in(five)) for five in groups(FIVE)}
    whole = [lost[five] for five in lost if not known_to_nobody(five)]
    gaps = [lost[five] for five in lost if known_to_nobody(five)]
    least, most = min(lost.values()), max(lost.values())
    whom = least < LITTLE and most > MUCH
    right = "whom" if whom else "little" if most <= MUCH else "share"
    shown = [share(bench.reading(CASE, "share_in", {TEAM: who})) for who in (NO_FGH, NO_D)]
    return right, (
        f"There are {len(lost)} ways to choose five. In {len(whole)} somebody knows each part: whatever fails, at "
        f"most {share(max(whole))} of the crowd are lost. In {len(gaps)} some part is known to nobody: if that fails, "
        f"up to {share(max(gaps))}. On this evening {shown[0]} get in without F, G and H, and {shown[1]} without D "
        "alone."
    )


# --- missions --------------------------------------------------------------------------------


def _at(trial, path):
    return trial.settings.at(path)


def three_fewer(trial, now):
    """Three people fewer, nothing in the drawer, and most of the crowd in."""
    return _at(trial, TEAM) in (NO_FGH, THREE) and not _at(trial, PAGES) and in_(now, 0.7)


def without_d(trial, now):
    """Without D, and four in five are in."""
    return _at(trial, TEAM) == NO_D and in_(now, 0.8)


def no_page(trial, now):
    """Without D and with nothing in the drawer, and half are in."""
    return _at(trial, TEAM) in (NO_D, HIRED) and not _at(trial, PAGES) and in_(now, 0.5)


def page_harms(trial, now):
    """A new fault, all eight, and a page that costs a tenth of the crowd."""
    settings = trial.settings
    alike = settings.case == NEW and not _at(trial, TEAM) and not _at(trial, OTHERS)
    return alike and _at(trial, PAGES) == PAGE and not in_(now, 0.65)


def in_(now, least):
    """Whether at least this share of the crowd is in."""
    return now["share_in"].value >= least
