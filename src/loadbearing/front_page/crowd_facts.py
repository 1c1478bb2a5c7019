"""The facts of a front page that are about people: who came, what became of them, and where they stood."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import readings as read
from loadbearing.front_page.moments import at_its_most, best_minute, cleared, just_before
from loadbearing.front_page.rounding import above, below, in_hours, span, tidy
from loadbearing.run import Outcome
from loadbearing.units import clock, duration, people, share


def _people(run):
    """Who came, and what became of them."""
    mine = read.people_of(run)
    came, joined = read.came(run), read.joined(run)
    gave_up = int((mine["outcome"] == Outcome.GAVE_UP).sum())
    giving_up = (mine["left"] - mine["arrived"])[mine["outcome"] == Outcome.GAVE_UP]
    yield "came", came, people
    yield "joined", joined, people
    yield "not_in", came - joined, people
    yield "gave_up_n", gave_up, people
    yield "still_n", came - joined - gave_up, people
    yield "after_the_end", read.after_the_end(run), people
    yield "share_in", read.share_in(run), share
    yield "share_out", (came - joined) / came if came else math.nan, share
    yield "share_gave_up", read.gave_up(run), share
    yield (
        "giving_up_half",
        tidy(above(float(np.median(giving_up)))) if gave_up else math.nan,
        duration,
    )
    yield "busiest_arrivals", best_minute(run, run.seconds["arrivals"])[0], people
    yield "seed", run.seed, str
    yield "length", run.evening.length_s, duration


def _waits(run):
    """How long getting in took."""
    first_click = read.first_click_success(run)
    median, nine_in_ten = read.time_to_join(run), read.time_to_join(run, 90)
    yield "first_click", first_click, share
    missed = _missed(run)
    yield "not_first_n", missed, people
    yield "share_missed", missed / read.came(run) if read.came(run) else math.nan, share
    yield "median", median, duration
    yield "long_half", tidy(below(median)), duration
    yield "long_tenth", tidy(below(nine_in_ten)), duration
    yield "quick_half", tidy(above(median)), duration
    joined = read.people_of(run)["joined"]
    yield "last_in_at", float(np.nanmax(joined)) if read.joined(run) else math.nan, clock


def _missed(run):
    """How many did not get in at their first attempt."""
    return int((read.people_of(run)["joined_attempt"] != 1).sum())


def _attempts(run):
    """How often people tried, and what they were told."""
    mine = read.people_of(run)
    yield "attempts_per_person", read.attempts_per_person(run), read.plainly
    yield "most_attempts", int(mine["attempts"].max()) if len(mine) else 0, people
    yield "requests", read.attempts(run), people
    yield "later", read.count(run, "retries"), people
    refused = read.refused_by_kind(run)
    yield "refused", sum(refused.values()), people
    for kind, times in refused.items():
        yield kind, times, people
    seats = run.evening.stage.seats
    yield "seats", math.nan if seats is None else seats, people
    yield "time_outs", read.count(run, "time_outs"), people
    yield "failed", sum(refused.values()) + read.count(run, "time_outs"), people
    crowd = run.evening.crowd
    tired = crowd.patience.kind != "unlimited" or crowd.retries.most is not None
    yield "may_give_up", read.came(run) if tired else 0, people
    yield "timeout", crowd.timeout_s or math.nan, duration


def _outside(run):
    """Who stood outside, and the queue."""
    outside = read.outside_over_time(run)
    most, at = at_its_most(run, outside)
    yield "outside_most", most, people
    yield "outside_most_at", at, clock
    yield "inside_then", read.in_the_room(run, at), people
    clear_at = cleared(run, outside, most, at)
    yield "clear_at", clear_at, clock
    yield "outside_clear", just_before(run, outside, clear_at), people
    yield "hours_outside", read.time_outside(run) / 3600, in_hours
    queue, living = run.seconds["queue"], run.seconds["living_queue"]
    dead, at = at_its_most(run, queue - living)
    yield "dead_queue", dead, people
    yield "dead_queue_at", at, clock
    yield "queue_then", just_before(run, queue, at), people


def _inside(run):
    """Who was in the room."""
    most, at = at_its_most(run, run.seconds["inside"])
    yield "inside_most", most, people
    yield "inside_most_at", at, clock
    yield "listening_hours", float(run.seconds["inside_s"].sum()) / 3600, in_hours


def _lost(run):
    """Who lost the connection, and their way back."""
    lost = read.disconnected(run)
    yield "disconnected_n", lost, people
    yield "disconnections", read.count(run, "disconnected"), people
    yield "share_back", read.came_back(run), share
    yield "back_n", round(read.came_back(run) * lost) if lost else 0, people
    yield "no_return_n", read.count(run, "did_not_return"), people
    yield "still_out_n", int(read.returning_over_time(run)[-1]), people
    yield "rejoins", read.rejoins(run), people
    yield "recovery", best_minute(run, read.rejoins_over_time(run))[0], people
    yield "time_returning", read.time_returning(run), span
    yield "collapses", read.collapses(run), people
    yield "ever_reserved", int(run.seconds["reserved_s"].any()), str


def _line(run):
    """Who stood in the waiting room."""
    rows = run.seconds
    most, at = at_its_most(run, rows["waiting_room"])
    yield "line_most", most, people
    yield "line_most_at", at, clock
    yield "line_end", int(rows["waiting_room"][-1]), people
    yield "line_time", float(rows["waiting_room_s"].sum()), span
    yield "admitted", read.count(run, "admitted"), people


GROUPS = (_people, _waits, _attempts, _outside, _inside, _lost, _line)
"""Each yields (key, value, how it is said) for one run."""
