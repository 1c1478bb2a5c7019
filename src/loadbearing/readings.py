"""What an evening amounts to: the numbers and series that the course reads off a run.

Pure functions from a `Run` to numbers; nothing is drawn here and nothing is decided. Every function
takes a window `[from_s, until_s)` in whole seconds from the announced start, by default the whole
account. Readings of people (share in, time to join ...) are of those who *arrived* in the window,
readings of the door (goodput, utilization ...) of what *happened* in it. Who would have come after
the end is in no reading but `after_the_end`.

A share of nobody, or a time that nobody has, is nan; a time that never came is inf. `readings`
turns both into words.
"""

from __future__ import annotations

import bisect
import dataclasses
import math

import numpy as np

from loadbearing.run import FLOWS, LEVELS, Outcome
from loadbearing.units import duration, people, share
from loadbearing.words import word

PROMISE_S = 60.0
"""A minute: the time within which `service_level` asks, unless told otherwise."""

BUSY_MINUTE_S = 60
ROUNDING = 1e-9


class ReadingError(ValueError):
    """A reading that cannot be taken: the argument, its value, the remedy."""


def seconds_of(run, from_s=None, until_s=None):
    """The rows of `run.seconds` in a window; raise `ReadingError` if it is not in the account."""
    starts, ends = run.evening.starts_s, run.evening.ends_s
    from_s = starts if from_s is None else from_s
    until_s = ends if until_s is None else until_s
    for name, value in (("from_s", from_s), ("until_s", until_s)):
        if not math.isfinite(value) or value != int(value):
            raise ReadingError(f"{name} is {value}; give a whole number of seconds.")
    if not starts <= from_s < until_s <= ends:
        raise ReadingError(
            f"The window is {from_s} to {until_s}; it must lie within {starts} to {ends} and must "
            "not be empty."
        )
    return run.seconds[int(from_s) - starts : int(until_s) - starts]


def people_of(run, from_s=None, until_s=None):
    """The rows of `run.listeners` who came in a window; they stand in order of arrival, so this copies none.

    Who came at the very end belongs to the last second, as everything does that happens then.
    """
    rows = seconds_of(run, from_s, until_s)
    arrived = run.listeners["arrived"]
    first = bisect.bisect_left(arrived, rows["second"][0])
    after = rows["second"][-1] + 1
    cut = bisect.bisect_right if after == run.evening.ends_s else bisect.bisect_left
    return run.listeners[first : cut(arrived, after)]


def _second(run, times):
    """The second that each time belongs to, as the engines count: the end is in the last one."""
    since = np.floor(times - run.evening.starts_s).astype(np.int64)
    return run.evening.starts_s + np.minimum(since, run.evening.length_s - 1)


# ------------------------------------------------------------------------------------------- People


def came(run, from_s=None, until_s=None):
    """How many people came."""
    return len(people_of(run, from_s, until_s))


def after_the_end(run):
    """How many people would have come only after the evening had ended."""
    return int((run.listeners["outcome"] == Outcome.AFTER_THE_END).sum())


def joined(run, from_s=None, until_s=None):
    """How many people got in at least once."""
    return int((~np.isnan(people_of(run, from_s, until_s)["joined"])).sum())


def share_in(run, from_s=None, until_s=None):
    """The part of those who came that joined at least once before the evening ended."""
    return _share(~np.isnan(people_of(run, from_s, until_s)["joined"]))


def gave_up(run, from_s=None, until_s=None):
    """The part of those who came that left without having joined."""
    return _share(people_of(run, from_s, until_s)["outcome"] == Outcome.GAVE_UP)


def still_trying(run, from_s=None, until_s=None):
    """The part of those who came that had neither joined nor given up when the evening ended."""
    return _share(people_of(run, from_s, until_s)["outcome"] == Outcome.STILL_TRYING)


def left(run, from_s=None, until_s=None):
    """The part of those who came that joined, listened, and went when their stay was over."""
    return _share(people_of(run, from_s, until_s)["outcome"] == Outcome.LEFT)


def first_click_success(run, from_s=None, until_s=None):
    """The part of those who came that got in at their very first attempt."""
    mine = people_of(run, from_s, until_s)
    return _share(~np.isnan(mine["joined"]) & (mine["attempts"] == 1))


def service_level(run, within_s=PROMISE_S, from_s=None, until_s=None):
    """The part of those who came that got in within `within_s` seconds of arriving."""
    if not within_s >= 0:
        raise ReadingError(f"within_s is {within_s}; give 0 or more seconds.")
    mine = people_of(run, from_s, until_s)
    return _share(mine["joined"] - mine["arrived"] <= within_s)


def times_to_join(run, from_s=None, until_s=None):
    """Seconds from arrival to first join of those who joined, by arrival: survivors only."""
    mine = people_of(run, from_s, until_s)
    return (mine["joined"] - mine["arrived"])[~np.isnan(mine["joined"])]


def time_to_join(run, percentile=50, from_s=None, until_s=None):
    """The time to join that this percentage of those who joined did not exceed; nan if nobody did.

    Those who never got in are not counted, so a door that turns most away can look quick. Say the
    share that did not get in beside it, or use `time_to_join_of_everybody`.
    """
    return _percentile(times_to_join(run, from_s, until_s), percentile)


def time_to_join_of_everybody(run, percentile=50, from_s=None, until_s=None):
    """The same over all who came, those not in counted as longer than any: then it is inf."""
    mine = people_of(run, from_s, until_s)
    waited = mine["joined"] - mine["arrived"]
    return _percentile(np.where(np.isnan(waited), math.inf, waited), percentile)


def attempts_per_person(run, from_s=None, until_s=None):
    """How many attempts a person made on average until in, gone or the end; nan of nobody."""
    mine = people_of(run, from_s, until_s)
    return float(mine["attempts"].mean()) if len(mine) else math.nan


def _share(yes):
    """The part that is true; nan of nobody."""
    return float(np.count_nonzero(yes) / len(yes)) if len(yes) else math.nan


def _percentile(values, percentile):
    """The smallest value that at least this percentage does not exceed: always one person's own."""
    if not 0 < percentile <= 100:
        raise ReadingError(f"percentile is {percentile}; it must be above 0 and at most 100.")
    if not len(values):
        return math.nan
    at = max(math.ceil(percentile * len(values) / 100) - 1, 0)
    return float(np.partition(values, at)[at])


# ------------------------------------------------------------------------------ The door, by window


def count(run, flow, from_s=None, until_s=None):
    """How often something happened: one of `loadbearing.run.FLOWS`."""
    return int(seconds_of(run, from_s, until_s)[_known(flow, FLOWS)].sum())


def requests(run, from_s=None, until_s=None):
    """How many attempts reached the door, first and later ones."""
    return count(run, "first_attempts", from_s, until_s) + count(run, "retries", from_s, until_s)


def refused(run, from_s=None, until_s=None):
    """How many attempts were refused because the queue was full or because every seat was taken."""
    kinds = ("refused_full", "refused_no_seat")
    return sum(count(run, kind, from_s, until_s) for kind in kinds)


def attempt_amplification(run, from_s=None, until_s=None):
    """Attempts that reached the door for each first attempt; nan of none, inf of later ones only.

    Over the whole evening this is `attempts_per_person`; in a window it says how much of what looks
    like a crowd is its echo.
    """
    return _ratio(requests(run, from_s, until_s), count(run, "first_attempts", from_s, until_s))


def dead_work_share(run, from_s=None, until_s=None):
    """The part of the work finished in a window that was for clients who had gone; nan of none."""
    rows = seconds_of(run, from_s, until_s)
    return _ratio(float(rows["dead_work_s"].sum()), float(rows["work_s"].sum()))


def goodput(run, from_s=None, until_s=None):
    """People let in per second, each counted once: the joins that mattered."""
    return float(first_joins_over_time(run, from_s, until_s).mean())


def throughput(run, from_s=None, until_s=None):
    """Services completed per second, useful or not."""
    return float(seconds_of(run, from_s, until_s)["services"].mean())


def offered_load(run, from_s=None, until_s=None, of="all"):
    """Mean offered load in erlang; see `offered_load_over_time`."""
    return float(offered_load_over_time(run, from_s, until_s, of).mean())


def utilization(run, from_s=None, until_s=None):
    """The share of the available handler time that was busy; nan if no handler was there."""
    rows = seconds_of(run, from_s, until_s)
    return _ratio(float(rows["busy_s"].sum()), float(rows["capacity_s"].sum()))


def overload_s(run, from_s=None, until_s=None, of="all"):
    """In how many seconds more work came than all handlers could do (`of` as for offered load)."""
    capacity = seconds_of(run, from_s, until_s)["capacity_s"]
    return int((offered_load_over_time(run, from_s, until_s, of) > capacity + ROUNDING).sum())


def _ratio(part, whole):
    """The part over the whole; nan for nothing of nothing, inf for something of nothing."""
    if whole:
        return part / whole
    return math.inf if part else math.nan


# ---------------------------------------------------------------------------------------- Over time


def over_time(run, name, from_s=None, until_s=None):
    """One number a second: of a flow the count in it, of a level the count at its end."""
    return seconds_of(run, from_s, until_s)[_known(name, FLOWS + LEVELS)]


def first_joins_over_time(run, from_s=None, until_s=None):
    """How many people got in for the first time in each second."""
    times = run.listeners["joined"]
    second = _second(run, times[~np.isnan(times)]) - run.evening.starts_s
    counted = np.bincount(second, minlength=run.evening.length_s)
    return counted[seconds_of(run, from_s, until_s)["second"] - run.evening.starts_s]


def offered_load_over_time(run, from_s=None, until_s=None, of="all"):
    """Offered load in erlang by the second: attempts times that evening's mean service time.

    `of` is "all" attempts, or "first" for first attempts alone: the crowd without its echo.
    """
    if of not in ("all", "first"):
        raise ReadingError(f"of is {of!r}; it must be 'all' attempts or the 'first' ones.")
    rows = seconds_of(run, from_s, until_s)
    attempts = rows["first_attempts"] + (rows["retries"] if of == "all" else 0)
    return attempts * run.evening.door.service.mean_s


def outside_over_time(run, from_s=None, until_s=None):
    """How many people had come, had not joined and had not given up, at the end of each second."""
    rows = run.seconds
    gone = first_joins_over_time(run) + rows["gave_up"]
    outside = np.cumsum(rows["arrivals"]) - np.cumsum(gone)
    return outside[seconds_of(run, from_s, until_s)["second"] - run.evening.starts_s]


def peak(run, name):
    """The highest level (or `outside`) at the end of a second, and when: (count, seconds)."""
    level = outside_over_time(run) if name == "outside" else over_time(run, _known(name, LEVELS))
    at = int(np.argmax(level))
    return int(level[at]), float(run.seconds["second"][at] + 1)


def busiest_minute(run, series):
    """The highest mean over a minute of a whole evening's series, and when that minute began.

    Returns (per second, seconds from the announced start); a shorter evening is taken whole.
    """
    span = min(BUSY_MINUTE_S, len(series))
    totals = np.concatenate([[0], np.cumsum(series)])
    sums = totals[span:] - totals[:-span]
    at = int(np.argmax(sums))
    return float(sums[at] / span), float(run.seconds["second"][at])


def in_the_room(run, t):
    """How many were in the room just before second `t` after the announced start."""
    starts, ends = run.evening.starts_s, run.evening.ends_s
    if not starts <= t <= ends:
        raise ReadingError(f"t is {t}; this evening was watched from {starts} to {ends} seconds.")
    row = math.floor(t) - starts
    return int(run.seconds["inside"][row - 1]) if row else 0


def _known(name, names):
    if name not in names:
        raise ReadingError(f"There is no {name!r} in a run; choose one of: {', '.join(names)}.")
    return name


# ---------------------------------------------------------------------------------------- The table


@dataclasses.dataclass(frozen=True)
class Reading:
    """One number of an evening, ready to be shown: `value` to compute with, `text` to read.

    `label` and `unit` come from the words of the course; `first` marks the three shown unasked.
    """

    key: str
    value: float
    text: str
    label: str
    unit: str
    first: bool


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


def _say_everybody(run, value):
    if math.isnan(value):
        return "nobody came"
    return "not before the end" if math.isinf(value) else duration(value)


def _say_each(run, value):
    return "nobody came" if math.isnan(value) else plainly(value)


def _say_work(run, value):
    return "no work was done" if math.isnan(value) else share(value)


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
    ("service_level", "service_level", "{}, within a minute", OF_THE_CROWD, _say_share,
     service_level),
    ("time_to_join_90", "time_to_join", "{}, nine in ten of those who got in", "", _say_joined,
     lambda run: time_to_join(run, 90)),
    ("time_to_join_of_everybody", "time_to_join", "{}, half of everybody who came", "",
     _say_everybody, time_to_join_of_everybody),
    ("attempts_per_person", "attempts", "{} per person", "", _say_each, attempts_per_person),
    ("refused_full", "refused", "{}, queue full", REQUESTS, _say_number, _count("refused_full")),
    ("refused_no_seat", "refused", "{}, no seat free", REQUESTS, _say_number,
     _count("refused_no_seat")),
    ("time_outs", "time_out", "{}s", REQUESTS, _say_number, _count("time_outs")),
    ("dead_work", "dead_work", "{}", "", _say_work, dead_work_share),
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
    ("peak_outside", "outside", "{}, at most", "", _say_number, _peak("outside")),
    ("peak_in_the_room", "listeners_in_the_room", "{}, at most", "", _say_number, _peak("inside")),
    ("still_trying", "still_trying", "{} at the end", OF_THE_CROWD, _say_share, still_trying),
    ("left", "left", "{} after listening", OF_THE_CROWD, _say_share, left),
    ("came", "crowd", "{}, all who came", "", _say_number, came),
    ("after_the_end", "after_the_end", "{}", "", _say_number, after_the_end),
)  # fmt: skip
