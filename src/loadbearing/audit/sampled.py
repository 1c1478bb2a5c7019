"""Laws of the audit: the kept lives, counted again, agree with the seconds."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.lives import begins_attempt, following, goes_on_in
from loadbearing.audit.say import CLOSE, close, counted, in_second, no_second
from loadbearing.run import REFUSALS, Moment, Outcome

PLACES = (
    (Moment.IN_LINE, "waiting_room"),
    (Moment.WAITING, "living_queue"),
    (Moment.JOINED, "inside"),
)
"""By which moment somebody comes to a place, and the level that counts those who are there."""


def lives_obey_littles_law(run):
    """Where every life was kept: the area under each curve of people is the sum of the times spent there."""
    lives, rows = run.lives, run.seconds
    if not _every_life_was_kept(run):
        return
    until = np.where(goes_on_in(lives), following(lives["time"]), run.evening.ends_s)
    for moment, level in PLACES:
        there = lives["moment"] == moment
        spent = (until - lives["time"])[there].sum()
        close(f"person-seconds in {level}", rows[level + "_s"].sum(), spent)


def lives_agree_with_seconds(run):
    """Nothing that lives tell is missing from the seconds; where every life was kept, nothing else is in them."""
    lives, rows = run.lives, run.seconds
    every, moment, time = _every_life_was_kept(run), lives["moment"], lives["time"]
    flows = {
        "retries": begins_attempt(lives) & (lives["attempt"] > 1),
        "admitted": moment == Moment.ADMITTED,
        **{name: moment == Moment[name.upper()] for name in REFUSALS},
        "time_outs": moment == Moment.TIMED_OUT,
        "joins": moment == Moment.JOINED,
        "disconnected": moment == Moment.DISCONNECTED,
    }
    for flow, chosen in flows.items():
        told = counted(run, time[chosen])
        wrong = rows[flow] != told if every else rows[flow] < told
        no_second(wrong, rows, f"counts other {flow} than the lives")
    for kind, level in PLACES:
        told, area = _level(run, moment == kind)
        wrong = rows[level] != told if every else rows[level] < told
        no_second(wrong, rows, f"has others in {level} than the lives")
        more = rows[level + "_s"] - area
        slack = CLOSE * np.maximum(1.0, np.cumsum(np.abs(area)))
        wrong = np.abs(more) > slack if every else more < -slack
        no_second(wrong, rows, f"has another area under {level} than the lives")
    _services_agree_with_seconds(run, every)


def _services_agree_with_seconds(run, every):
    """Clients in service keep handlers busy, and services that lasted to their end are work for the living."""
    lives, rows = run.lives, run.seconds
    served = lives["moment"] == Moment.SERVED
    serving, _ = _level(run, served)
    no_second(rows["busy"] < serving, rows, "has fewer busy handlers than clients in service")
    done = np.flatnonzero(np.isin(lives["moment"], (Moment.JOINED, Moment.REFUSED_NO_SEAT)))
    lasted = lives["time"][done] - lives["time"][done - 1]
    told = np.bincount(in_second(run, lives["time"][done]), lasted, minlength=len(rows))
    more = rows["work_s"] - rows["dead_work_s"] - told
    slack = 1e-6 * np.maximum(1.0, told)
    alone = every and not rows["foreign_requests"].any()
    wrong = np.abs(more) > slack if alone else more < -slack
    no_second(wrong, rows, "has other work for clients who waited for it than the lives")


def _every_life_was_kept(run):
    came = np.count_nonzero(run.listeners["outcome"] != Outcome.AFTER_THE_END)
    return len(run.lives) > 0 and len(np.unique(run.lives["listener"])) == came


def _level(run, there):
    """Return (how many at the end of each second, person-seconds in it) of lives at the moments `there` or after."""
    lives, rows = run.lives, run.seconds
    gone = there & goes_on_in(lives)
    times = np.concatenate([lives["time"][there], following(lives["time"])[gone]])
    change = np.repeat([1.0, -1.0], [there.sum(), gone.sum()])
    row = in_second(run, times)
    delta = np.bincount(row, change, minlength=len(rows))
    level = np.cumsum(delta)
    rest = run.evening.starts_s + row + 1 - times
    return level, level - delta + np.bincount(row, change * rest, minlength=len(rows))
