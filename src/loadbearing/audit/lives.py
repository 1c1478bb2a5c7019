"""Laws of the audit: every kept life can have been lived, and tells the same story as its listener's row."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import no_life
from loadbearing.run import AuditError, Moment, Outcome
from loadbearing.scenario import MOST_ATTEMPTS

FAILED = (
    Moment.REFUSED_FULL,
    Moment.REFUSED_BUDGET,
    Moment.REFUSED_SHUT,
    Moment.REFUSED_RESTART,
    Moment.REFUSED_NO_SEAT,
    Moment.TIMED_OUT,
    Moment.DISCONNECTED,
)
ANSWERED_AT_ONCE = (
    Moment.WAITING,
    Moment.SERVED,
    Moment.REFUSED_FULL,
    Moment.REFUSED_BUDGET,
    Moment.REFUSED_SHUT,
)
FOLLOWS = {
    Moment.ARRIVED: (Moment.IN_LINE, Moment.SENT),
    Moment.IN_LINE: (Moment.ADMITTED, Moment.GAVE_UP),
    Moment.ADMITTED: (Moment.SENT,),
    Moment.SENT: ANSWERED_AT_ONCE,
    Moment.WAITING: (Moment.SERVED, Moment.TIMED_OUT, Moment.GAVE_UP, Moment.REFUSED_RESTART),
    Moment.SERVED: (
        Moment.JOINED,
        Moment.TIMED_OUT,
        Moment.REFUSED_NO_SEAT,
        Moment.REFUSED_RESTART,
    ),
    Moment.JOINED: (Moment.LEFT, Moment.DISCONNECTED),
    **dict.fromkeys(FAILED, (Moment.IN_LINE, Moment.SENT, Moment.GAVE_UP)),
}
"""What can come next in one listener's life; nothing follows after leaving or giving up."""

UNFINISHED = (Moment.ARRIVED, Moment.ADMITTED, Moment.SENT)
"""Moments that are followed by another in the same instant, and so cannot be a life's last."""

CAN_FOLLOW = np.zeros((len(Moment), len(Moment)), bool)
for _before, _others in FOLLOWS.items():
    CAN_FOLLOW[_before, _others] = True

ENDS_AS = np.full(len(Moment), Outcome.STILL_TRYING)
ENDS_AS[[Moment.JOINED, Moment.LEFT, Moment.GAVE_UP]] = Outcome.IN, Outcome.LEFT, Outcome.GAVE_UP
"""The outcome by the last moment of a life; who had been in before giving up has left."""


def lives_agree_with_listeners(run):
    """A sampled listener's moments tell the same story as their row."""
    lives, mine = run.lives, run.listeners
    nobody = (lives["listener"] < 0) | (lives["listener"] >= len(mine))
    no_life(nobody, lives, "belongs to nobody in the crowd")
    no_life(lives["attempt"] < 0, lives, "has fewer than no attempts")
    for moment, column, which in (
        (Moment.ARRIVED, "arrived", 0),
        (Moment.SENT, "first_sent", 0),
        (Moment.JOINED, "joined", 0),
        (Moment.JOINED, "last_joined", -1),
        (Moment.GAVE_UP, "left", 0),
    ):
        told = lives[lives["moment"] == moment][:: -1 if which else 1]
        told = told[np.unique(told["listener"], return_index=True)[1]]
        wrong = mine[column][told["listener"]] != told["time"]
        if wrong.any():
            who = told["listener"][np.argmax(wrong)]
            raise AuditError(
                f"Listener {who}'s life has {moment.name.lower()} at another time than its row."
            )
    began = lives[np.isin(lives["moment"], (Moment.SENT, Moment.IN_LINE))]
    attempts = np.unique(began["listener"] * np.int64(MOST_ATTEMPTS + 1) + began["attempt"])
    attempts = np.bincount(attempts // (MOST_ATTEMPTS + 1), minlength=len(mine))
    kept = np.zeros(len(mine), bool)
    kept[lives["listener"]] = True
    wrong = kept & (attempts != mine["attempts"])
    if wrong.any():
        raise AuditError(
            f"Listener {np.argmax(wrong)}'s life has another number of attempts than its row."
        )


def lives_can_be_lived(run):
    """Each life is an order of moments that can be: from arriving on, never back in time, at once where it must be."""
    lives = run.lives
    time, moment, goes_on = lives["time"], lives["moment"], goes_on_in(lives)
    no_life(moment > max(Moment), lives, "has a moment that does not exist")
    no_life(begins_in(lives) & (moment != Moment.ARRIVED), lives, "does not begin by arriving")
    no_life(~goes_on & np.isin(moment, UNFINISHED), lives, "stops where something must follow")
    then, when = following(moment), following(time)
    cannot = goes_on & ~CAN_FOLLOW[moment, then]
    no_life(cannot, lives, "has two moments that cannot follow each other")
    no_life(goes_on & (when < time), lives, "goes back in time")
    no_life(np.isin(moment, UNFINISHED) & (when != time), lives, "waits where it cannot")
    if run.evening.crowd.timeout_s is not None:
        sent = np.maximum.accumulate(np.where(moment == Moment.SENT, np.arange(len(lives)), 0))
        due = time[sent] + run.evening.crowd.timeout_s
        early_or_late = (moment == Moment.TIMED_OUT) & (time != due)
        no_life(early_or_late, lives, "has a time-out at another time than was set")


def lives_count_their_attempts(run):
    """Attempts are counted from one on, each when it begins: by standing in line, or by asking at the door."""
    lives, mine = run.lives, run.listeners
    attempt, goes_on = lives["attempt"], goes_on_in(lives)
    no_life(begins_in(lives) & (attempt != 0), lives, "has an attempt before it begins")
    begins = np.append(begins_attempt(lives)[1:], False)
    wrong = goes_on & (following(attempt) - attempt != begins)
    no_life(wrong, lives, "miscounts its attempts")
    joined = np.flatnonzero(lives["moment"] == Moment.JOINED)
    joined = joined[np.unique(lives["listener"][joined], return_index=True)[1]]
    wrong = np.zeros(len(lives), bool)
    wrong[joined] = attempt[joined] != mine["joined_attempt"][lives["listener"][joined]]
    no_life(wrong, lives, "joined by another attempt than its row")


def lives_end_as_their_rows_say(run):
    """The last moment of a life is the outcome of its row, at that time, after as many disconnections."""
    lives, mine = run.lives, run.listeners
    who, moment, last = lives["listener"], lives["moment"], ~goes_on_in(lives)
    outcome = ENDS_AS[moment]
    had_been_in = (moment == Moment.GAVE_UP) & ~np.isnan(mine["joined"][who])
    outcome = np.where(had_been_in, Outcome.LEFT, outcome)
    no_life(last & (outcome != mine["outcome"][who]), lives, "ends otherwise than its row")
    gone = np.isin(moment, (Moment.LEFT, Moment.GAVE_UP))
    no_life(gone & (lives["time"] != mine["left"][who]), lives, "ends at another time than its row")
    times = np.bincount(who[moment == Moment.DISCONNECTED], minlength=len(mine))
    wrong = times[who] != mine["times_disconnected"][who]
    no_life(wrong, lives, "has another number of disconnections than its row")


def begins_in(lives):
    """Tell for each kept moment whether a life begins with it."""
    begins = np.ones(len(lives), bool)
    begins[1:] = lives["listener"][1:] != lives["listener"][:-1]
    return begins


def goes_on_in(lives):
    """Tell for each kept moment whether its life goes on after it."""
    goes_on = np.zeros(len(lives), bool)
    goes_on[:-1] = lives["listener"][1:] == lives["listener"][:-1]
    return goes_on


def following(column):
    """Return for each kept moment what stands at the next one; the last one stands for itself."""
    return np.append(column[1:], column[-1:])


def begins_attempt(lives):
    """Tell for each kept moment whether an attempt begins by it."""
    admitted_before = np.append(False, lives["moment"] == Moment.ADMITTED)[: len(lives)]
    sent = lives["moment"] == Moment.SENT
    return (lives["moment"] == Moment.IN_LINE) | (sent & ~admitted_before)
