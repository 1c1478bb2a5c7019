"""Laws of the audit: handlers' work adds up, in all and at every moment."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import CLOSE, close, no_second
from loadbearing.run import AuditError


def work_adds_up(run):
    """Work ended is work that was busy, apart from what is still under way; dead work is a part of it."""
    rows = run.seconds
    no_second(rows["dead_work_s"] > rows["work_s"] + CLOSE, rows, "has more dead work than work")
    no_second(
        rows["dead_after_s"] > rows["dead_work_s"] + CLOSE,
        rows,
        "has more of dead work than there is",
    )
    no_second(
        rows["dead_services"] > rows["services"], rows, "has more dead services than services"
    )
    busy, done = rows["busy_s"].sum(), rows["work_s"].sum() + rows["cut_work_s"].sum()
    if done > busy * (1 + CLOSE) + CLOSE:
        raise AuditError(
            f"{done:.6f} handler seconds of work ended, but only {busy:.6f} were busy."
        )
    if len(rows) and rows["busy"][-1] == 0:
        close("handler seconds of work", done, busy)


def work_adds_up_at_every_moment(run):
    """Never had more work ended than handlers had been busy; whenever none is busy, exactly as much."""
    rows = run.seconds
    busy = np.cumsum(rows["busy_s"])
    under_way = busy - np.cumsum(rows["work_s"] + rows["cut_work_s"])
    slack = CLOSE * np.maximum(1.0, busy)
    no_second(under_way < -slack, rows, "has seen more work end than handlers were busy")
    idle = (rows["busy"] == 0) & (under_way > slack)
    no_second(idle, rows, "has nobody busy, but work that has not ended")
    cut = (rows["cut_services"] == 0) & (rows["cut_work_s"] > 0)
    no_second(cut, rows, "has work cut off, but no service")
