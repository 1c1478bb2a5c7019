"""Laws of the audit: each listener's row tells an evening that can have been."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import no_row
from loadbearing.run import Outcome, Reason


def outcomes_are_complete(run):
    """Every listener ends in exactly one outcome, and the times say the same."""
    mine, end = run.listeners, run.evening.ends_s
    no_row(mine["outcome"] > max(Outcome), "has an outcome that does not exist")
    is_in, left = mine["outcome"] == Outcome.IN, mine["outcome"] == Outcome.LEFT
    gave_up, late = mine["outcome"] == Outcome.GAVE_UP, mine["outcome"] == Outcome.AFTER_THE_END
    joined, disconnected = ~np.isnan(mine["joined"]), mine["times_disconnected"] > 0
    had_enough = mine["reason"] != Reason.NONE
    no_row((is_in | left) & ~joined, "is in or has left without having joined")
    no_row(joined & ~(is_in | left | disconnected), "has joined but is neither in nor gone")
    no_row(disconnected & ~joined, "was disconnected without having joined")
    no_row(
        (left | gave_up) == np.isnan(mine["left"]),
        "has an outcome and a time of leaving that disagree",
    )
    no_row(gave_up & ~had_enough, "gave up without a reason, or has one without it")
    no_row(
        had_enough & ~gave_up & ~(left & disconnected),
        "gave up without a reason, or has one without it",
    )
    no_row(
        late != (mine["arrived"] > end),
        "is counted after the end, or is not, against its time of arrival",
    )
    no_row(late != (mine["attempts"] == 0), "came without an attempt, or made one without coming")
    no_row(joined != (mine["joined_attempt"] > 0), "has joined by no attempt, or not by one")
    no_row(mine["joined_attempt"] > mine["attempts"], "joined by an attempt not yet made")
    most = run.evening.crowd.retries.most
    if most is not None:
        allowed = most + mine["times_disconnected"] * (most - 1)
        no_row(mine["attempts"] > allowed, f"made more than {most} attempts in one effort")


def times_are_in_order(run):
    """Arrived, first sent, joined, joined last, left: never the other way round, never after the end."""
    mine, end = run.listeners, run.evening.ends_s
    order = ("arrived", "first_sent", "joined", "last_joined", "left")
    for before, after in zip(order, order[1:], strict=False):
        no_row(mine[after] < mine[before], f"has {after} before {before}")
    no_row(np.diff(mine["arrived"], prepend=-np.inf) < 0, "arrived before the one in front of it")
    for name in order[1:]:
        no_row(mine[name] > end, f"has {name} after the end")
    came = np.fmax(mine["arrived"], mine["first_sent"])
    no_row(mine["left"] < came, "has left before coming")
