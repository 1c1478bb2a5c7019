"""Readings of people: of those who came in a window, who got in, how soon, who left, and who lost the connection.

Each of those who came is in exactly one of these: never in and gave up, never in and still trying, in at the end,
left when the stay was over, did not return after a disconnection, or still on the way back.
"""

from __future__ import annotations

import math

import numpy as np

from loadbearing.readings.windows import ReadingError, people_of, percentile_of, share_of
from loadbearing.run import Outcome, Reason

PROMISE_S = 60.0
"""A minute: the time within which `service_level` asks, unless told otherwise."""


def came(run, from_s=None, until_s=None):
    """How many people came."""
    return len(people_of(run, from_s, until_s))


def after_the_end(run):
    """How many people would have come only after the evening had ended."""
    return int((run.listeners["outcome"] == Outcome.AFTER_THE_END).sum())


# ------------------------------------------------------------------------------- Who got in, and how soon


def joined(run, from_s=None, until_s=None):
    """How many people got in at least once."""
    return int(_ever_in(people_of(run, from_s, until_s)).sum())


def share_in(run, from_s=None, until_s=None):
    """The part of those who came that joined at least once before the evening ended."""
    return share_of(_ever_in(people_of(run, from_s, until_s)))


def first_click_success(run, from_s=None, until_s=None):
    """The part of those who came that got in at their very first attempt, whatever happened to them later."""
    return share_of(people_of(run, from_s, until_s)["joined_attempt"] == 1)


def service_level(run, within_s=PROMISE_S, from_s=None, until_s=None):
    """The part that got in within `within_s` seconds of arriving, of those whose time was up before the evening was.

    Whoever came later than `within_s` before the end is left out, in or not: whether the promise would have been
    kept to them nobody saw. To compare several promises, give them one window that ends early enough for all.
    nan if nobody came early enough.
    """
    if not within_s >= 0:
        raise ReadingError(f"within_s is {within_s}; give 0 or more seconds.")
    mine = people_of(run, from_s, until_s)
    seen = mine["arrived"] + within_s <= run.evening.ends_s
    return share_of((mine["joined"] - mine["arrived"] <= within_s)[seen])


def times_to_join(run, from_s=None, until_s=None):
    """Seconds from arrival to first join of those who joined, by arrival: survivors only."""
    mine = people_of(run, from_s, until_s)
    return (mine["joined"] - mine["arrived"])[_ever_in(mine)]


def time_to_join(run, percentile=50, from_s=None, until_s=None):
    """The time to join that this percentage of those who joined did not exceed; nan if nobody did.

    Those who never got in are not counted, so a door that turns most away can look quick. Say the
    share that did not get in beside it, or use `time_to_join_of_everybody`.
    """
    return percentile_of(times_to_join(run, from_s, until_s), percentile)


def time_to_join_of_everybody(run, percentile=50, from_s=None, until_s=None):
    """The same over all who came, those not in counted as longer than any: then it is inf."""
    mine = people_of(run, from_s, until_s)
    waited = mine["joined"] - mine["arrived"]
    return percentile_of(np.where(np.isnan(waited), math.inf, waited), percentile)


def attempts_per_person(run, from_s=None, until_s=None):
    """How many attempts a person made on average, to get in and to come back; nan of nobody."""
    mine = people_of(run, from_s, until_s)
    return float(mine["attempts"].mean()) if len(mine) else math.nan


# -------------------------------------------------------------------------------------------- Who left


def gave_up(run, from_s=None, until_s=None):
    """The part of those who came that left without having joined."""
    return share_of(people_of(run, from_s, until_s)["outcome"] == Outcome.GAVE_UP)


def still_trying(run, from_s=None, until_s=None):
    """The part of those who came that had neither joined nor given up when the evening ended."""
    mine = people_of(run, from_s, until_s)
    return share_of((mine["outcome"] == Outcome.STILL_TRYING) & ~_ever_in(mine))


def left(run, from_s=None, until_s=None):
    """The part of those who came that joined, listened, and went when their stay was over."""
    mine = people_of(run, from_s, until_s)
    return share_of((mine["outcome"] == Outcome.LEFT) & (mine["reason"] == Reason.NONE))


# --------------------------------------------------------------------------- Who lost the connection


def disconnected(run, from_s=None, until_s=None):
    """How many people lost the connection at least once; how many times in all is `count(run, "disconnected")`."""
    return int((people_of(run, from_s, until_s)["times_disconnected"] > 0).sum())


def came_back(run, from_s=None, until_s=None):
    """The part of those who lost the connection that got in again at least once; nan if nobody lost it."""
    mine = _disconnected(run, from_s, until_s)
    return share_of(mine["last_joined"] > mine["joined"])


def did_not_return(run, from_s=None, until_s=None):
    """The part of those who lost the connection that gave up on coming back; nan if nobody lost it."""
    mine = _disconnected(run, from_s, until_s)
    return share_of((mine["outcome"] == Outcome.LEFT) & (mine["reason"] != Reason.NONE))


def on_their_way_back(run, from_s=None, until_s=None):
    """The part of those who lost the connection that were trying to come back when the evening ended; nan of nobody."""
    mine = _disconnected(run, from_s, until_s)
    return share_of(mine["outcome"] == Outcome.STILL_TRYING)


# -------------------------------------------------------------------------------------- Time outside


def time_outside(run):
    """Person-seconds that people spent outside, from coming to leaving or to the end, while not in the room."""
    mine = people_of(run)
    return float((_until(run, mine) - mine["arrived"]).sum() - run.seconds["inside_s"].sum())


def time_returning(run):
    """Person-seconds that people who had been in spent outside, until they were back, gone, or the evening over."""
    if not run.seconds["disconnected"].any():
        return 0.0
    mine = people_of(run)
    since_joining = (_until(run, mine) - mine["joined"])[_ever_in(mine)]
    return float(since_joining.sum() - run.seconds["inside_s"].sum())


def _ever_in(mine):
    """Who of them joined at least once."""
    return mine["joined_attempt"] > 0


def _disconnected(run, from_s, until_s):
    """The rows of those who came in a window and lost the connection at least once."""
    mine = people_of(run, from_s, until_s)
    return mine[mine["times_disconnected"] > 0]


def _until(run, mine):
    """When each left, or the end of the evening."""
    return np.where(np.isnan(mine["left"]), run.evening.ends_s, mine["left"])
