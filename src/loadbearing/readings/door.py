"""Readings of the door: what happened there in a window, and what its work was for."""

from __future__ import annotations

from loadbearing.readings.series import (
    first_joins_over_time,
    offered_load_over_time,
    overloaded_over_time,
    rejoins_over_time,
    requests_over_time,
)
from loadbearing.readings.windows import known, ratio, seconds_of
from loadbearing.run import FLOWS, REFUSALS


def count(run, flow, from_s=None, until_s=None):
    """How often something happened: one of `loadbearing.run.FLOWS`."""
    return int(seconds_of(run, from_s, until_s)[known(flow, FLOWS)].sum())


# ------------------------------------------------------------------------------- Attempts and refusals


def attempts(run, from_s=None, until_s=None):
    """How many attempts were made, first and later ones; with a waiting room some may never reach the door."""
    return count(run, "first_attempts", from_s, until_s) + count(run, "retries", from_s, until_s)


def requests(run, from_s=None, until_s=None):
    """How many attempts reached the door, first and later ones; see `requests_over_time`."""
    return int(requests_over_time(run, from_s, until_s).sum())


def refused(run, from_s=None, until_s=None):
    """How many attempts were refused, for whatever reason: see `refused_by_kind`. Foreign requests are not counted."""
    return sum(refused_by_kind(run, from_s, until_s).values())


def refused_by_kind(run, from_s=None, until_s=None):
    """How many attempts were refused for each reason: a dictionary by the names of `loadbearing.run.REFUSALS`.

    The queue was full, the retry budget spent, the door shut, a restart swept the door empty, or no seat was free.
    """
    return {kind: count(run, kind, from_s, until_s) for kind in REFUSALS}


def attempt_amplification(run, from_s=None, until_s=None):
    """Attempts that were made for each first attempt; nan of none, inf of later ones only.

    Over the whole evening this is `attempts_per_person`; in a window it says how much of what looks
    like a crowd is its echo.
    """
    return ratio(attempts(run, from_s, until_s), count(run, "first_attempts", from_s, until_s))


# ------------------------------------------------------------------------------ Work, and what it was for


def dead_work_share(run, from_s=None, until_s=None):
    """The part of the work finished in a window that was for clients who had gone; nan of none.

    Foreign services are work and never dead: nobody waited for them, so nobody left.
    """
    rows = seconds_of(run, from_s, until_s)
    return ratio(float(rows["dead_work_s"].sum()), float(rows["work_s"].sum()))


def cut_work_share(run, from_s=None, until_s=None):
    """The part of the work that ended in a window, finished or not, that restarts cut off; nan of none."""
    rows = seconds_of(run, from_s, until_s)
    cut = float(rows["cut_work_s"].sum())
    return ratio(cut, cut + float(rows["work_s"].sum()))


def foreign_share(run, from_s=None, until_s=None):
    """The part of the services finished in a window that belonged to no listener; nan of none."""
    return ratio(
        count(run, "foreign_services", from_s, until_s), count(run, "services", from_s, until_s)
    )


def goodput(run, from_s=None, until_s=None):
    """People let in per second, each counted once: the joins that mattered."""
    return float(first_joins_over_time(run, from_s, until_s).mean())


def throughput(run, from_s=None, until_s=None):
    """Services completed per second, useful or not, foreign ones included."""
    return float(seconds_of(run, from_s, until_s)["services"].mean())


def offered_load(run, from_s=None, until_s=None, of="all"):
    """Mean offered load in erlang; see `offered_load_over_time`."""
    return float(offered_load_over_time(run, from_s, until_s, of).mean())


def utilization(run, from_s=None, until_s=None):
    """The share of the available handler time that was busy; nan if no handler was there.

    Available is the time of the handlers present, or of those still busy if they are more.
    """
    rows = seconds_of(run, from_s, until_s)
    return ratio(float(rows["busy_s"].sum()), float(rows["capacity_s"].sum()))


def overload_s(run, from_s=None, until_s=None, of="all"):
    """For how many seconds work came faster than all handlers could do it; see `overloaded_over_time`."""
    return int(overloaded_over_time(run, from_s, until_s, of).sum())


# ----------------------------------------------------------------------------- Restarts and the way back


def collapses(run, from_s=None, until_s=None):
    """How often one person too many brought the stage down."""
    full = run.evening.stage.when_full == "collapse"
    return count(run, "refused_no_seat", from_s, until_s) if full else 0


def rejoins(run, from_s=None, until_s=None):
    """How many joins were of people who had been in before and had lost the connection."""
    return int(rejoins_over_time(run, from_s, until_s).sum())


# ----------------------------------------------------------------------------------- The waiting room


def admission_rate(run, from_s=None, until_s=None):
    """People whom the waiting room let through to the door, per second."""
    return float(seconds_of(run, from_s, until_s)["admitted"].mean())


def time_in_line(run, from_s=None, until_s=None):
    """Seconds in the waiting room for each one let through; nan if nobody stood there, inf if nobody was let through.

    By Little's law: the area under its length over the number admitted. The time of those who lost patience in line,
    or still stood there, is in it too: without them it is the mean time of those admitted.
    """
    rows = seconds_of(run, from_s, until_s)
    return ratio(float(rows["waiting_room_s"].sum()), int(rows["admitted"].sum()))
