"""The table of readings: every number of an evening with its label, its unit and the words in which it is said."""

from __future__ import annotations

import dataclasses
import math

from loadbearing.readings.door import (
    admission_rate,
    collapses,
    count,
    cut_work_share,
    dead_work_share,
    foreign_share,
    goodput,
    overload_s,
    refused,
    throughput,
    time_in_line,
    utilization,
)
from loadbearing.readings.people import (
    after_the_end,
    attempts_per_person,
    came,
    came_back,
    did_not_return,
    disconnected,
    first_click_success,
    gave_up,
    left,
    service_level,
    share_in,
    still_trying,
    time_to_join,
    time_to_join_of_everybody,
)
from loadbearing.readings.series import (
    busiest_minute,
    first_joins_over_time,
    offered_load_over_time,
    peak,
    rejoins_over_time,
)
from loadbearing.units import duration, people, share
from loadbearing.words import word


@dataclasses.dataclass(frozen=True)
class Reading:
    """One number of an evening, ready to be shown: `value` to compute with, `text` to read.

    `label` and `unit` come from the words of the course; `first` marks the three shown unasked. `applies`: whether
    the evening had what it speaks of; a number of disconnections need not be shown where nobody lost the connection.
    """

    key: str
    value: float
    text: str
    label: str
    unit: str
    first: bool
    applies: bool = True


def readings(run):
    """Every reading of the whole evening: a dictionary of `Reading` by key, in order."""
    table = {}
    for key, term, label, unit, say, read in TABLE:
        value = read(run)
        known = word(term)
        table[key] = Reading(
            key=key,
            value=value,
            text=say(run, value),
            label=label.format(known.name[0].upper() + known.name[1:]),
            unit=unit or known.unit,
            first=key in FIRST,
            applies=APPLIES.get(key, _always)(run),
        )
    return table


def plainly(number):
    """A number in plain words: with one decimal below ten, as a head-count above.

    >>> plainly(7.46), plainly(9.96), plainly(41_230), plainly(0.01), plainly(0)
    ('7.5', '10', '41,200', 'under 0.1', '0')
    """
    if 0 < number < 0.05:
        return "under 0.1"
    if round(number, 1) < 10:
        return f"{number:.1f}".removesuffix(".0")
    return people(number)


def _say_share(run, value):
    return "nobody came" if math.isnan(value) else share(value)


def _say_joined(run, value):
    """A time of those who joined, with the share who did not said beside it."""
    if math.isnan(value):
        return "nobody came" if not came(run) else "nobody got in"
    missing = 1 - share_in(run)
    beside = f", for those who got in; {share(missing)} did not" if missing else ""
    return duration(value) + beside


def _say_level(run, value):
    """The share to whom the promise was kept; it can be judged only where the evening went on long enough."""
    if math.isnan(value):
        return "nobody came early enough" if came(run) else "nobody came"
    return share(value)


def _say_everybody(run, value):
    if math.isnan(value):
        return "nobody came"
    return "not before the end" if math.isinf(value) else duration(value)


def _say_each(run, value):
    return "nobody came" if math.isnan(value) else plainly(value)


def _say_work(run, value):
    return "no work was done" if math.isnan(value) else share(value)


def _say_services(run, value):
    return "no service was finished" if math.isnan(value) else share(value)


def _say_of_the_disconnected(run, value):
    return "nobody lost the connection" if math.isnan(value) else share(value)


def _say_line(run, value):
    if math.isnan(value):
        return "nobody stood in line"
    return "nobody was let through" if math.isinf(value) else duration(value)


def _say_busy(run, value):
    return "no handler was there" if math.isnan(value) else share(min(value, 1.0))


def _say_duration(run, value):
    return duration(value)


def _say_number(run, value):
    return plainly(value)


OF_THE_CROWD, REQUESTS = "share of the crowd", "requests"
FIRST = ("share_in", "time_to_join", "gave_up")


def _busiest(series, **how):
    """A reading: the highest mean over one minute of a series."""
    return lambda run: busiest_minute(run, series(run, **how))[0]


def _peak(name):
    """A reading: the highest level at the end of any second."""
    return lambda run: peak(run, name)[0]


def _count(flow):
    """A reading: how often something happened, all evening."""
    return lambda run: count(run, flow)


TABLE = (
    # key, word, label made from it, unit unless the word's own, how to say it, how to read it
    ("share_in", "share_in", "{}", "", _say_share, share_in),
    ("time_to_join", "time_to_join", "{}, half of those who got in", "", _say_joined, time_to_join),
    ("gave_up", "gave_up", "{}", OF_THE_CROWD, _say_share, gave_up),
    ("first_click_success", "first_click_success", "{}", "", _say_share, first_click_success),
    ("service_level", "service_level", "{}, within a minute", OF_THE_CROWD, _say_level,
     service_level),
    ("time_to_join_90", "time_to_join", "{}, nine in ten of those who got in", "", _say_joined,
     lambda run: time_to_join(run, 90)),
    ("time_to_join_of_everybody", "time_to_join", "{}, half of everybody who came", "",
     _say_everybody, time_to_join_of_everybody),
    ("attempts_per_person", "attempts", "{} per person", "", _say_each, attempts_per_person),
    ("refused", "refused", "{}, for whatever reason", REQUESTS, _say_number, refused),
    ("refused_full", "refused", "{}, queue full", REQUESTS, _say_number, _count("refused_full")),
    ("refused_budget", "refused_budget", "{}", REQUESTS, _say_number, _count("refused_budget")),
    ("refused_shut", "refused_shut", "{}", REQUESTS, _say_number, _count("refused_shut")),
    ("refused_restart", "refused_restart", "{}", REQUESTS, _say_number, _count("refused_restart")),
    ("refused_no_seat", "refused", "{}, no seat free", REQUESTS, _say_number,
     _count("refused_no_seat")),
    ("time_outs", "time_out", "{}s", REQUESTS, _say_number, _count("time_outs")),
    ("dead_work", "dead_work", "{}", "", _say_work, dead_work_share),
    ("cut_work", "cut_work", "{}", "share of all work", _say_work, cut_work_share),
    ("foreign_share", "foreign_services", "{}", "share of all services", _say_services, foreign_share),
    ("goodput", "goodput", "{}, on average", "", _say_number, goodput),
    ("busiest_goodput", "goodput", "{}, best minute", "", _say_number,
     _busiest(first_joins_over_time)),
    ("throughput", "throughput", "{}, on average", "", _say_number, throughput),
    ("offered_load", "offered_load", "{}, busiest minute", "", _say_number,
     _busiest(offered_load_over_time)),
    ("offered_load_of_first", "offered_load", "{}, busiest minute of first attempts", "",
     _say_number, _busiest(offered_load_over_time, of="first")),
    ("utilization", "utilization", "{}", "", _say_busy, utilization),
    ("overload", "overload", "{}", "", _say_duration, overload_s),
    ("overload_of_first", "overload", "{} by first attempts alone", "", _say_duration,
     lambda run: overload_s(run, of="first")),
    ("peak_queue", "queue", "{}, at its longest", "", _say_number, _peak("queue")),
    ("peak_living_queue", "living_queue", "{}, at its longest", "", _say_number,
     _peak("living_queue")),
    ("peak_in_line", "waiting_room", "{}, at its longest", "", _say_number, _peak("waiting_room")),
    ("time_in_line", "time_in_line", "{}, for each one let through", "", _say_line, time_in_line),
    ("admitted", "admission", "{} to the door, how many", "people", _say_number, _count("admitted")),
    ("admission_rate", "admission", "{} to the door, on average", "", _say_number, admission_rate),
    ("peak_outside", "outside", "{}, at most", "", _say_number, _peak("outside")),
    ("peak_in_the_room", "listeners_in_the_room", "{}, at most", "", _say_number, _peak("inside")),
    ("collapses", "collapse", "{}s", "times", _say_number, collapses),
    ("disconnected", "disconnected", "{} at least once", "", _say_number, disconnected),
    ("disconnections", "disconnected", "{}, how often in all", "times", _say_number,
     _count("disconnected")),
    ("came_back", "came_back", "{}", "", _say_of_the_disconnected, came_back),
    ("did_not_return", "did_not_return", "{}", "share of those disconnected",
     _say_of_the_disconnected, did_not_return),
    ("recovery", "recovery", "{}, best minute", "", _say_number, _busiest(rejoins_over_time)),
    ("peak_returning", "returning", "{}, at most", "", _say_number, _peak("returning")),
    ("still_trying", "still_trying", "{} at the end", OF_THE_CROWD, _say_share, still_trying),
    ("left", "left", "{} after listening", OF_THE_CROWD, _say_share, left),
    ("came", "crowd", "{}, all who came", "", _say_number, came),
    ("after_the_end", "after_the_end", "{}", "", _say_number, after_the_end),
)  # fmt: skip


def _always(run):
    return True


def _happened(*flows):
    """Whether any of these flows was ever more than none."""
    return lambda run: any(count(run, flow) for flow in flows)


def _stood_in_line(run):
    return bool(run.seconds["waiting_room_s"].any()) or count(run, "admitted") > 0


_RESTARTED = _happened("disconnected", "refused_shut", "refused_restart", "cut_services")
_DISCONNECTED = _happened("disconnected")

APPLIES = {
    "refused_budget": _happened("refused_budget"),
    "refused_shut": _RESTARTED,
    "refused_restart": _RESTARTED,
    "cut_work": _RESTARTED,
    "foreign_share": _happened("foreign_requests"),
    "peak_in_line": _stood_in_line,
    "time_in_line": _stood_in_line,
    "admitted": _stood_in_line,
    "admission_rate": _stood_in_line,
    "collapses": lambda run: collapses(run) > 0,
    "disconnected": _DISCONNECTED,
    "disconnections": _DISCONNECTED,
    "came_back": _DISCONNECTED,
    "did_not_return": _DISCONNECTED,
    "recovery": _DISCONNECTED,
    "peak_returning": _DISCONNECTED,
}
"""Readings that speak of what does not happen on every evening, and whether it happened on this one."""
