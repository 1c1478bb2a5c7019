"""Laws of the audit: every attempt comes to something, and nothing happens that nothing brought about."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import CLOSE, no_second
from loadbearing.run import DONE, FLOWS, REFUSALS, AuditError
from loadbearing.scenario import ForeignLoad, Restart

RESTARTED = ("refused_restart", "refused_shut", "cut_services", "disconnected")
"""What only a restart brings about, as a fault or after a collapse."""


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
        no_second(
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


def nothing_happens_without_its_cause(run):
    """What a rule brings about is zero where that rule is absent, and foreign requests come before they end."""
    evening, rows = run.evening, run.seconds
    crowd, room, stage = evening.crowd, evening.waiting_room, evening.stage
    has_foreign = any(isinstance(one, ForeignLoad) for one in evening.faults)
    begins_anew = stage.restart_s is not None or any(
        isinstance(one, Restart) for one in evening.faults
    )
    for names, cause, can_be in (
        (("foreign_requests",), "foreign load", has_foreign),
        (RESTARTED, "a restart", begins_anew),
        (("admitted", "waiting_room", "waiting_room_s"), "a waiting room", room is not None),
        (("refused_no_seat",), "a number of seats", stage.seats is not None),
        (("reserved", "reserved_s"), "a room that keeps seats", room and room.seats_aware),
        (("time_outs",), "a time-out", crowd.timeout_s is not None),
        (("leavers",), "an end to stays", crowd.stays_mean_s is not None),
        (("ran_out_of_patience",), "an end to patience", crowd.patience.mean_s is not None),
        (("refused_full",), "a queue limit", _was_set(run, "queue_limit")),
        (("refused_budget",), "a retry budget", _was_set(run, "retry_budget")),
    ):
        for name in names if not can_be else ():
            no_second(rows[name] != 0, rows, f"has {name} without {cause}")
    ended = rows["foreign_refused"] + rows["foreign_services"]
    early = np.cumsum(ended) > np.cumsum(rows["foreign_requests"])
    no_second(early, rows, "has seen more foreign requests end than come")


def _was_set(run, what):
    """Tell whether a limit of the door was there at the beginning or was set by anybody."""
    set_later = (run.actions["what"] == DONE.index(what)) & np.isfinite(run.actions["to"])
    return getattr(run.evening.door, what) is not None or set_later.any()
