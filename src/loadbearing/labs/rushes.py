"""A rush: how many are in soon, how peaked it was, and what another invitation makes of the same people."""

from __future__ import annotations

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.cases import invitations
from loadbearing.labs.amounts import Choice
from loadbearing.labs.drawing import QueueToDraw
from loadbearing.labs.drawn_queue import Evening
from loadbearing.labs.shown import Number
from loadbearing.pictures.ways import ways_side_by_side
from loadbearing.progress import Progress
from loadbearing.units import people, share

SOON_S, HOUR_MINUTES, MINUTE_S = 60, 60, 60
EVENINGS, ROOM = range(1, 25), 1 / 25
WELL = 0.9


def in_soon(run):
    """Return the share in within a minute of coming, of all who came."""
    return readings.service_level(run, SOON_S)


def peak_to_mean(run):
    """Return the busiest minute over the mean minute of an hour in which all come; nan if nobody came."""
    came = run.seconds["arrivals"]
    if not came.sum():
        return float("nan")
    return HOUR_MINUTES * MINUTE_S * readings.busiest_minute(run, came)[0] / float(came.sum())


SOON = Number("soon", "In within a minute of coming", in_soon, share, unit="share of the crowd")
PEAK = Number(
    "peak_to_mean", "Peak to mean, over an hour", peak_to_mean,
    "{:.1f} times".format, unit="times",
)  # fmt: skip

INVITED = Choice(
    "invited",
    {
        "as it was": {},
        "for the hour": {"crowd.arrivals": invitations.at_the_hour()},
        "no hour named": {"crowd.arrivals": invitations.at_no_hour()},
        "six groups": {"crowd.arrivals": invitations.in_groups(6)},
        "early doors, half use them": {"crowd.arrivals": invitations.doors_early(0.5)},
        "early doors, most use them": {"crowd.arrivals": invitations.doors_early(0.75)},
    },
    named="Invitation",
)
"""The same people, invited otherwise: for one minute, for none, in groups five minutes apart, or to early doors."""


def at_the_first_click(trial, found):
    """A mission's `reached`: 99 in 100 are in at their first attempt, and nobody was left out."""
    at = trial.settings.per_cent
    return found["first_click_success"].value >= 0.99 and at("crowd.listeners") >= 100


def by_invitation(trial, found):
    """A mission's `reached`: in at the first click, with no handler more."""
    return at_the_first_click(trial, found) and trial.settings.per_cent("door.handlers") <= 100


def by_handlers(trial, found):
    """A mission's `reached`: in at the first click, invited as they were."""
    return at_the_first_click(trial, found) and not trial.settings.chosen


def most_wait(trial, found):
    """A mission's `reached`: fewer than half in within a minute, invited as they were and not one person more."""
    kept = not trial.settings.chosen and trial.settings.per_cent("crowd.listeners") <= 100
    return kept and found["service_level"].value < 0.5


WAYS = {
    "for the hour": ("the_announced_hour", None, {}),
    "no hour named": ("the_announced_hour", invitations.at_no_hour(), {}),
    "three groups": ("the_announced_hour", invitations.in_groups(3), {}),
    "six groups": ("the_announced_hour", invitations.in_groups(6), {}),
    "early doors, a few": ("the_announced_hour", invitations.doors_early(0.25), {}),
    "early doors, half": ("the_announced_hour", invitations.doors_early(0.5), {}),
    "early doors, most": ("the_announced_hour", invitations.doors_early(0.75), {}),
    "all day, half the door": ("all_day", None, {"handlers": 500}),
}
"""What to try, by name: the case, the arrivals in place of its own, and inputs of its own."""


def in_soon_of(name, seed):
    """Return the share in within a minute of one of the ways, on one evening in a small room."""
    case, arrivals, inputs = WAYS[name]
    scenario = cases.build(case, inputs)
    if arrivals is not None:
        scenario = scenario.changed({"crowd.arrivals": arrivals})
    return in_soon(simulate(scenario.scaled(ROOM), seed, sample=0, progress=False))


def same_people_other_invitations():
    """Return the picture of every way on some evenings with weather of their own."""
    ways = {name: [in_soon_of(name, seed) for seed in EVENINGS] for name in WAYS}
    return ways_side_by_side(ways, "In within a minute of coming", WELL)


# --- a queue to draw ------------------------------------------------------------------------------

FEW_HANDLERS, DRAWN_ROOM, STEP_S, MOST_DRAWN = 100, 1 / 10, 120, 100_000
ALL_WAIT = dict(timeout_s=None, queue_s=None, patience_s=None, starts_s=0, ends_s=3600)
"""Everybody stands in the queue until let in, for an hour."""

CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)


def evening_to_draw():
    """Return the evening whose queue is drawn: no hour named, few handlers, everybody waits."""
    scenario = cases.build("the_announced_hour", CALM | ALL_WAIT | {"handlers": FEW_HANDLERS})
    scenario = scenario.changed({"crowd.arrivals": invitations.at_no_hour()})
    run = simulate(scenario.scaled(DRAWN_ROOM), sample=0, progress=False)
    came = np.concatenate([[0], np.cumsum(readings.over_time(run, "arrivals"))]) / DRAWN_ROOM
    waiting = np.concatenate([[0], readings.outside_over_time(run)]) / DRAWN_ROOM
    at = np.arange(0, len(came), STEP_S)
    before, after = np.maximum(at - MINUTE_S, 0), np.minimum(at + MINUTE_S, len(came) - 1)
    comes = (came[after] - came[before]) / (after - before) * MINUTE_S
    takes = MINUTE_S * FEW_HANDLERS / scenario.door.service.mean_s
    about = (
        f"{people(scenario.crowd.listeners)} people, and no hour is named. The door has {FEW_HANDLERS} handlers, and "
        "everybody waits until let in. How long is the queue, minute by minute?"
    )
    return Evening(at.astype(float), comes, waiting[at], takes, MOST_DRAWN, about)


def queue_to_draw(progress=None):
    """Return the card on which a student draws that evening's queue and then sees it."""
    return QueueToDraw(evening_to_draw(), progress or Progress.here(), "the_rush/queue_drawn")
