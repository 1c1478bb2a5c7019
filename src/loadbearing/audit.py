"""The laws that every run obeys, and the sentence for each one broken.

Conservation (who came is somewhere, once), the order of times, the limits of handlers and seats, flows against
listeners, and Little's law on the area under each curve: for the room always, where everybody's life was kept for the
queue and the waiting room too. The audit reads the run and recomputes; it trusts no engine.
"""

from __future__ import annotations

import numpy as np

from loadbearing.run import DONE, FLOWS, LEVELS, REFUSALS, AuditError, Moment, Outcome, Reason
from loadbearing.scenario import HandlersLost, Restart, Timetable

CLOSE = 1e-9


def audit(run):
    """Check a run against every law; raise `AuditError` with a sentence at the first one broken."""
    for law in (
        outcomes_are_complete,
        times_are_in_order,
        flows_agree_with_listeners,
        levels_stay_within_limits,
        the_door_keeps_its_settings,
        attempts_are_accounted_for,
        levels_agree_with_flows,
        areas_obey_littles_law,
        work_adds_up,
        lives_agree_with_listeners,
        lives_obey_littles_law,
    ):
        law(run)


def outcomes_are_complete(run):
    """Every listener ends in exactly one outcome, and the times say the same."""
    mine, end = run.listeners, run.evening.ends_s
    _no_row(mine["outcome"] > max(Outcome), "has an outcome that does not exist")
    is_in, left = mine["outcome"] == Outcome.IN, mine["outcome"] == Outcome.LEFT
    gave_up, late = mine["outcome"] == Outcome.GAVE_UP, mine["outcome"] == Outcome.AFTER_THE_END
    joined, disconnected = ~np.isnan(mine["joined"]), mine["times_disconnected"] > 0
    had_enough = mine["reason"] != Reason.NONE
    _no_row((is_in | left) & ~joined, "is in or has left without having joined")
    _no_row(joined & ~(is_in | left | disconnected), "has joined but is neither in nor gone")
    _no_row(disconnected & ~joined, "was disconnected without having joined")
    _no_row(
        (left | gave_up) == np.isnan(mine["left"]),
        "has an outcome and a time of leaving that disagree",
    )
    _no_row(gave_up & ~had_enough, "gave up without a reason, or has one without it")
    _no_row(
        had_enough & ~gave_up & ~(left & disconnected),
        "gave up without a reason, or has one without it",
    )
    _no_row(
        late != (mine["arrived"] > end),
        "is counted after the end, or is not, against its time of arrival",
    )
    _no_row(late != (mine["attempts"] == 0), "came without an attempt, or made one without coming")
    _no_row(joined != (mine["joined_attempt"] > 0), "has joined by no attempt, or not by one")
    _no_row(mine["joined_attempt"] > mine["attempts"], "joined by an attempt not yet made")
    most = run.evening.crowd.retries.most
    if most is not None:
        allowed = most + mine["times_disconnected"] * (most - 1)
        _no_row(mine["attempts"] > allowed, f"made more than {most} attempts in one effort")


def times_are_in_order(run):
    """Arrived, first sent, joined, joined last, left: never the other way round, never after the end."""
    mine, end = run.listeners, run.evening.ends_s
    order = ("arrived", "first_sent", "joined", "last_joined", "left")
    for before, after in zip(order, order[1:], strict=False):
        _no_row(mine[after] < mine[before], f"has {after} before {before}")
    _no_row(np.diff(mine["arrived"], prepend=-np.inf) < 0, "arrived before the one in front of it")
    for name in order[1:]:
        _no_row(mine[name] > end, f"has {name} after the end")


def flows_agree_with_listeners(run):
    """What was counted by the second is what happened to the listeners."""
    mine, flows = run.listeners, run.seconds
    came = mine["outcome"] != Outcome.AFTER_THE_END
    _same("arrivals", flows["arrivals"].sum(), came.sum())
    _same("first attempts", flows["first_attempts"].sum(), (mine["attempts"] > 0).sum())
    _same("attempts", (flows["first_attempts"] + flows["retries"]).sum(), mine["attempts"].sum())
    left, had_enough = mine["outcome"] == Outcome.LEFT, mine["reason"] != Reason.NONE
    disconnected = mine["times_disconnected"].sum()
    of_own_accord = (left & ~had_enough).sum()
    _same(
        "joins",
        flows["joins"].sum(),
        disconnected + (mine["outcome"] == Outcome.IN).sum() + of_own_accord,
    )
    _same("disconnections", flows["disconnected"].sum(), disconnected)
    _same("leavers", flows["leavers"].sum(), of_own_accord)
    _same("who did not return", flows["did_not_return"].sum(), (left & had_enough).sum())
    _same("those who gave up", flows["gave_up"].sum(), (mine["outcome"] == Outcome.GAVE_UP).sum())
    patience = (mine["reason"] == Reason.PATIENCE).sum()
    _same("those out of patience", flows["ran_out_of_patience"].sum(), patience)
    _same(
        "served",
        flows["services"].sum() - flows["dead_services"].sum() - flows["foreign_services"].sum(),
        flows["joins"].sum() + flows["refused_no_seat"].sum(),
    )


def levels_stay_within_limits(run):
    """No level below zero, no more busy than there are, no more inside than seats, areas within their second."""
    rows, seats = run.seconds, run.evening.stage.seats
    for name in LEVELS:
        _no_second(rows[name] < 0, rows, f"has fewer than zero in {name}")
        _no_second(rows[name + "_s"] < -CLOSE, rows, f"has an area below zero under {name}")
    _no_second(rows["busy"] > rows["capacity"], rows, "has more busy handlers than capacity")
    _no_second(
        rows["busy_s"] > rows["capacity_s"] + CLOSE, rows, "has more busy time than capacity"
    )
    _no_second(rows["living_queue"] > rows["queue"], rows, "has more clients waiting than requests")
    if seats is not None:
        taken = rows["inside"] + rows["reserved"]
        _no_second(taken > seats, rows, f"has more than {seats} inside or reserved")


def the_door_keeps_its_settings(run):
    """Capacity is the handlers that the scenario leaves, or those still busy; the queue rises to its limit only."""
    rows = run.seconds
    timetables_are_kept(run)
    present, limit = _settings_by_second(run)
    _no_second(
        rows["capacity"] != np.maximum(present, rows["busy"]),
        rows,
        "has a capacity that handlers, faults and changes do not explain",
    )
    risen = rows["queue"] > np.concatenate([[0], rows["queue"][:-1]])
    _no_second(risen & (rows["queue"] > limit), rows, "has a queue that rose above its limit")


def timetables_are_kept(run):
    """What a timetable decided beforehand was done, at its time or when the account begins, and nothing else was."""
    starts, ends = run.evening.starts_s, run.evening.ends_s
    for index, controller in enumerate(run.evening.controllers):
        if not isinstance(controller, Timetable):
            continue
        planned = [
            (max(starts, change.at_s), change.what, as_number(change.what, change.to))
            for change in controller.changes
            if change.at_s <= ends
        ]
        done = [
            (action["time"], DONE[action["what"]], action["to"])
            for action in run.actions
            if action["controller"] == index and DONE[action["what"]] != "serving"
        ]
        if sorted(planned) != sorted(done):
            raise AuditError(
                f"Controller {index} planned {len(planned)} changes; {len(done)} were made, or others."
            )


def as_number(what, to):
    """Return a setting as `Run.actions` holds it: no limit is inf, yes and lifo are 1."""
    if to is None:
        return np.inf
    return float(to == "lifo") if what == "discipline" else float(to)


def _settings_by_second(run):
    """Recompute from scenario and actions: handlers present at the end of each second, highest queue limit within."""
    evening = run.evening
    ends = np.arange(evening.starts_s, evening.ends_s) + 1
    last = ends[-1:]  # what happens exactly at the end belongs to the last second
    history = {"serving": [(-np.inf, evening.door.handlers)]}
    limit = evening.door.queue_limit
    history["queue_limit"] = [(-np.inf, np.inf if limit is None else limit)]
    for action in run.actions:
        if DONE[action["what"]] in history:
            history[DONE[action["what"]]].append((action["time"], action["to"]))
    handlers = _value_before(history["serving"], ends, last)
    for fault in evening.faults:
        if not isinstance(fault, HandlersLost):
            continue
        until = fault.at_s + fault.lasts_s
        gone = (fault.at_s < ends) | ((ends == last) & (fault.at_s == ends))
        back = (until < ends) | ((ends == last) & (until == ends))
        handlers = handlers - fault.handlers * (gone & ~back)
    limits = history["queue_limit"]
    limit = np.maximum(
        _value_before(limits, ends, last), _value_before(limits, ends - 1, np.array([]))
    )
    for at_s, to in limits[1:]:
        within = (at_s >= ends - 1) & (at_s <= ends)
        limit = np.where(within, np.maximum(limit, to), limit)
    return np.maximum(handlers, 0), limit


def _value_before(history, times, last):
    """The value in force just before each time; at the last second, at its end."""
    value = np.full(len(times), float(history[0][1]))
    for at_s, to in history[1:]:
        value[(at_s < times) | (np.isin(times, last) & (at_s == times))] = to
    return value


def attempts_are_accounted_for(run):
    """Every attempt was let in, refused, timed out, left in the queue, or is still waiting or in service."""
    rows, flow = run.seconds, {name: int(run.seconds[name].sum()) for name in FLOWS}
    if not len(rows):
        return
    made = flow["first_attempts"] + flow["retries"]
    ended = flow["joins"] + sum(flow[name] for name in REFUSALS) + flow["time_outs"]
    open_now = made - ended - int(rows["living_queue"][-1]) - int(rows["waiting_room"][-1])
    most = flow["ran_out_of_patience"] + int(rows["busy"][-1])
    if not 0 <= open_now <= most:
        raise AuditError(
            f"Of {made} attempts {open_now} are neither in, refused, timed out nor waiting; 0 to {most} can be."
        )
    began = rows["first_attempts"] + rows["retries"]
    arrived = began + rows["admitted"] + rows["foreign_requests"]
    _foreign_requests_are_accounted_for(run, flow)
    for name in ("queue", "living_queue", "waiting_room"):
        before = np.concatenate([[0], rows[name][:-1]])
        _no_second(
            rows[name + "_s"] > before + arrived + CLOSE,
            rows,
            f"has an area under {name} that its level and its attempts do not explain",
        )


def _foreign_requests_are_accounted_for(run, flow):
    """Those neither refused nor served are waiting or in service, unless a restart swept them away."""
    pending = flow["foreign_requests"] - flow["foreign_refused"] - flow["foreign_services"]
    most = int(run.seconds["queue"][-1] - run.seconds["living_queue"][-1] + run.seconds["busy"][-1])
    restarts = [one for one in run.evening.faults if isinstance(one, Restart)]
    if pending < 0 or (pending > most and not restarts and run.evening.stage.restart_s is None):
        raise AuditError(
            f"Of {flow['foreign_requests']} foreign requests {pending} are neither refused nor served; 0 to {most} "
            "can be."
        )


def levels_agree_with_flows(run):
    """What is inside is what came in less what went out; nobody is in two places."""
    rows, mine = run.seconds, run.listeners
    inside = np.cumsum(rows["joins"] - rows["leavers"] - rows["disconnected"])
    _no_second(
        rows["inside"] != inside, rows, "has a number inside that joins and leavers do not explain"
    )
    came = np.cumsum(rows["arrivals"])
    gone = np.cumsum(rows["leavers"] + rows["gave_up"] + rows["did_not_return"])
    somewhere = rows["inside"] + gone + rows["living_queue"] + rows["waiting_room"]
    _no_second(somewhere > came, rows, "has more people somewhere than have come")
    if len(rows):
        _same("inside at the end", rows["inside"][-1], (mine["outcome"] == Outcome.IN).sum())


def areas_obey_littles_law(run):
    """The area under the number inside is the sum of the times that listeners spent there."""
    rows, mine = run.seconds, run.listeners
    joined = (mine["outcome"] == Outcome.IN) | (mine["outcome"] == Outcome.LEFT)
    until = np.where(np.isnan(mine["left"]), run.evening.ends_s, mine["left"])
    spent = (until - mine["last_joined"])[joined].sum()
    if not mine["times_disconnected"].any():
        _close("listener-seconds inside", rows["inside_s"].sum(), spent)
    before = np.concatenate([[0], rows["inside"][:-1]])
    low, high = np.minimum(before, rows["inside"]), np.maximum(before, rows["inside"])
    slack = rows["joins"] + rows["leavers"] + rows["disconnected"] + CLOSE
    _no_second(
        (rows["inside_s"] < low - slack) | (rows["inside_s"] > high + slack),
        rows,
        "has an area under inside that its levels do not explain",
    )


def work_adds_up(run):
    """Work ended is work that was busy, apart from what is still under way; dead work is a part of it."""
    rows = run.seconds
    _no_second(rows["dead_work_s"] > rows["work_s"] + CLOSE, rows, "has more dead work than work")
    _no_second(
        rows["dead_after_s"] > rows["dead_work_s"] + CLOSE,
        rows,
        "has more of dead work than there is",
    )
    _no_second(
        rows["dead_services"] > rows["services"], rows, "has more dead services than services"
    )
    busy, done = rows["busy_s"].sum(), rows["work_s"].sum() + rows["cut_work_s"].sum()
    if done > busy * (1 + CLOSE) + CLOSE:
        raise AuditError(
            f"{done:.6f} handler seconds of work ended, but only {busy:.6f} were busy."
        )
    if len(rows) and rows["busy"][-1] == 0:
        _close("handler seconds of work", done, busy)


def lives_agree_with_listeners(run):
    """A sampled listener's moments tell the same story as their row."""
    lives, mine = run.lives, run.listeners
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
    began = np.unique(began[["listener", "attempt"]])["listener"]
    wrong = np.bincount(began, minlength=len(mine)) != mine["attempts"]
    wrong[np.setdiff1d(np.arange(len(mine)), lives["listener"])] = False
    if wrong.any():
        raise AuditError(
            f"Listener {np.argmax(wrong)}'s life has another number of attempts than its row."
        )


def lives_obey_littles_law(run):
    """Where every life was kept: the area under each curve of people is the sum of the times spent there."""
    lives, rows = run.lives, run.seconds
    came = run.listeners["outcome"] != Outcome.AFTER_THE_END
    if not len(lives) or len(np.unique(lives["listener"])) != came.sum():
        return
    same = lives["listener"][1:] == lives["listener"][:-1]
    until = np.append(np.where(same, lives["time"][1:], run.evening.ends_s), run.evening.ends_s)
    for moment, level in (
        (Moment.IN_LINE, "waiting_room"),
        (Moment.WAITING, "living_queue"),
        (Moment.JOINED, "inside"),
    ):
        there = lives["moment"] == moment
        spent = (until - lives["time"])[there].sum()
        _close(f"person-seconds in {level}", rows[level + "_s"].sum(), spent)


def _no_row(wrong, what):
    if wrong.any():
        raise AuditError(f"Listener {int(np.argmax(wrong))} {what}.")


def _no_second(wrong, rows, what):
    if wrong.any():
        raise AuditError(f"Second {int(rows['second'][np.argmax(wrong)])} {what}.")


def _same(what, by_second, by_listener):
    if by_second != by_listener:
        raise AuditError(f"The seconds count {by_second} {what}, the listeners {by_listener}.")


def _close(what, one, two):
    if abs(one - two) > 1e-7 * max(1.0, abs(one), abs(two)):
        raise AuditError(f"The area gives {one:.6f} {what}, the listeners {two:.6f}.")
