"""Laws of the audit: the door is set as the scenario and the controllers say, and controllers act when they can."""

from __future__ import annotations

import numpy as np

from loadbearing.audit.say import CLOSE, no_second
from loadbearing.run import DONE, AuditError
from loadbearing.scenario import HandlersLost, Timetable


def the_door_keeps_its_settings(run):
    """Capacity is the handlers that the scenario leaves, or those still busy; the queue rises to its limit only."""
    rows = run.seconds
    timetables_are_kept(run)
    present, limit = _settings_by_second(run)
    no_second(
        rows["capacity"] != np.maximum(present, rows["busy"]),
        rows,
        "has a capacity that handlers, faults and changes do not explain",
    )
    risen = rows["queue"] > np.concatenate([[0], rows["queue"][:-1]])
    no_second(risen & (rows["queue"] > limit), rows, "has a queue that rose above its limit")


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
    for index, fault in enumerate(evening.faults):
        if not isinstance(fault, HandlersLost):
            continue
        until = run.fault_ends_s(index)
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


def controllers_act_when_they_look(run):
    """Controllers act in order of time and when they look; handlers serve at once or when they have started."""
    done, starts = run.actions, run.evening.starts_s
    if (np.diff(done["time"]) < 0).any():
        raise AuditError("The actions are not in order of time.")
    controllers = run.evening.controllers
    nobody = ~np.isin(done["controller"], np.arange(len(controllers)))
    _no_action(nobody, done, "acted, but there is none")
    serving, ordered = done["what"] == DONE.index("serving"), done["what"] == DONE.index("handlers")
    for index, controller in enumerate(controllers):
        mine = done["controller"] == index
        if not isinstance(controller, Timetable):
            looks = (done["time"] - starts) / controller.every_s
            blind = (looks < 1 - CLOSE) | (np.abs(looks - np.round(looks)) > CLOSE)
            _no_action(mine & ~serving & blind, done, "acted when it did not look")
        orders = done["time"][mine & ordered]
        boot_s = getattr(controller, "boot_s", 0.0)
        at_once = np.isin(done["time"], orders)
        unasked = ~at_once & ~_near(done["time"] - boot_s, orders)
        _no_action(mine & serving & unasked, done, "has handlers serving that it did not order")


def _near(times, others):
    """Tell for each time whether one of the others, which are in order, is equal but for rounding."""
    if not len(others):
        return np.zeros(len(times), bool)
    after = np.clip(np.searchsorted(others, times), 1, len(others) - 1) if len(others) > 1 else 0
    nearest = np.minimum(np.abs(times - others[after]), np.abs(times - others[after - 1]))
    return nearest <= 1e-6


def _no_action(wrong, done, what):
    """Raise `AuditError` if any action is `wrong`, naming the controller and the time of the first."""
    if wrong.any():
        first = done[np.argmax(wrong)]
        raise AuditError(f"Controller {first['controller']} at {first['time']} {what}.")
