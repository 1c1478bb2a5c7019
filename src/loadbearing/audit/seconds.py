"""Laws of the audit: what the seconds count is what happened to the listeners, and levels follow from flows."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import CLOSE, close, counted, no_second, same
from loadbearing.run import LEVELS, Outcome, Reason


def flows_agree_with_listeners(run):
    """What was counted by the second is what happened to the listeners."""
    mine, flows = run.listeners, run.seconds
    came = mine["outcome"] != Outcome.AFTER_THE_END
    same("arrivals", flows["arrivals"].sum(), came.sum())
    same("first attempts", flows["first_attempts"].sum(), (mine["attempts"] > 0).sum())
    same("attempts", (flows["first_attempts"] + flows["retries"]).sum(), mine["attempts"].sum())
    left, had_enough = mine["outcome"] == Outcome.LEFT, mine["reason"] != Reason.NONE
    disconnected = mine["times_disconnected"].sum()
    of_own_accord = (left & ~had_enough).sum()
    same(
        "joins",
        flows["joins"].sum(),
        disconnected + (mine["outcome"] == Outcome.IN).sum() + of_own_accord,
    )
    same("disconnections", flows["disconnected"].sum(), disconnected)
    same("leavers", flows["leavers"].sum(), of_own_accord)
    same("who did not return", flows["did_not_return"].sum(), (left & had_enough).sum())
    same("those who gave up", flows["gave_up"].sum(), (mine["outcome"] == Outcome.GAVE_UP).sum())
    patience = (mine["reason"] == Reason.PATIENCE).sum()
    same("those out of patience", flows["ran_out_of_patience"].sum(), patience)
    same(
        "served",
        flows["services"].sum() - flows["dead_services"].sum() - flows["foreign_services"].sum(),
        flows["joins"].sum() + flows["refused_no_seat"].sum(),
    )


def seconds_agree_with_listeners(run):
    """What was counted in each second is what happened to the listeners in that second."""
    mine, rows = run.listeners, run.seconds
    came = mine["outcome"] != Outcome.AFTER_THE_END
    left, had_enough = mine["outcome"] == Outcome.LEFT, mine["reason"] != Reason.NONE
    gave_up, no_patience = mine["outcome"] == Outcome.GAVE_UP, mine["reason"] == Reason.PATIENCE
    for flow, times in (
        ("arrivals", mine["arrived"][came]),
        ("first_attempts", mine["arrived"][came]),
        ("leavers", mine["left"][left & ~had_enough]),
        ("did_not_return", mine["left"][left & had_enough]),
        ("gave_up", mine["left"][gave_up]),
        ("ran_out_of_patience", mine["left"][no_patience]),
    ):
        wrong = rows[flow] != counted(run, times)
        no_second(wrong, rows, f"counts other {flow} than its listeners")
    joined = counted(run, mine["joined"][~np.isnan(mine["joined"])])
    again = mine["times_disconnected"].any()
    wrong = rows["joins"] < joined if again else rows["joins"] != joined
    no_second(wrong, rows, "counts other joins than its listeners")
    answered = rows["services"] - rows["dead_services"] - rows["foreign_services"]
    wrong = answered != rows["joins"] + rows["refused_no_seat"]
    no_second(wrong, rows, "has served others than joined or found no seat")


def levels_stay_within_limits(run):
    """No level below zero, no more busy than there are, no more inside than seats, areas within their second."""
    rows, seats = run.seconds, run.evening.stage.seats
    for name in LEVELS:
        no_second(rows[name] < 0, rows, f"has fewer than zero in {name}")
        no_second(rows[name + "_s"] < -CLOSE, rows, f"has an area below zero under {name}")
    no_second(rows["busy"] > rows["capacity"], rows, "has more busy handlers than capacity")
    no_second(rows["busy_s"] > rows["capacity_s"] + CLOSE, rows, "has more busy time than capacity")
    no_second(rows["living_queue"] > rows["queue"], rows, "has more clients waiting than requests")
    if seats is not None:
        taken = rows["inside"] + rows["reserved"]
        no_second(taken > seats, rows, f"has more than {seats} inside or reserved")


def levels_agree_with_flows(run):
    """What is inside is what came in less what went out; nobody is in two places."""
    rows, mine = run.seconds, run.listeners
    inside = np.cumsum(rows["joins"] - rows["leavers"] - rows["disconnected"])
    no_second(
        rows["inside"] != inside, rows, "has a number inside that joins and leavers do not explain"
    )
    came = np.cumsum(rows["arrivals"])
    gone = np.cumsum(rows["leavers"] + rows["gave_up"] + rows["did_not_return"])
    somewhere = rows["inside"] + gone + rows["living_queue"] + rows["waiting_room"]
    no_second(somewhere > came, rows, "has more people somewhere than have come")
    if len(rows):
        same("inside at the end", rows["inside"][-1], (mine["outcome"] == Outcome.IN).sum())


def areas_obey_littles_law(run):
    """The area under the number inside is the sum of the times that listeners spent there."""
    rows, mine = run.seconds, run.listeners
    joined = (mine["outcome"] == Outcome.IN) | (mine["outcome"] == Outcome.LEFT)
    until = np.where(np.isnan(mine["left"]), run.evening.ends_s, mine["left"])
    spent = (until - mine["last_joined"])[joined].sum()
    if not mine["times_disconnected"].any():
        close("listener-seconds inside", rows["inside_s"].sum(), spent)
    before = np.concatenate([[0], rows["inside"][:-1]])
    low, high = np.minimum(before, rows["inside"]), np.maximum(before, rows["inside"])
    slack = rows["joins"] + rows["leavers"] + rows["disconnected"] + CLOSE
    no_second(
        (rows["inside_s"] < low - slack) | (rows["inside_s"] > high + slack),
        rows,
        "has an area under inside that its levels do not explain",
    )
