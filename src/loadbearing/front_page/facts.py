"""What a front page may say of a run: each fact with its value, and the words in which it is printed.

A fact knows how to be written so that a sentence cannot claim more than the number: `{gave_up:nobody}` is the
word "nobody", and an error unless the number is 0.
"""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Callable

import numpy as np

from loadbearing import readings as read
from loadbearing.front_page.quantifiers import how_many
from loadbearing.run import Outcome
from loadbearing.units import clock, duration, people, share

MINUTE = 60
NEARLY_ALL_BUSY = 0.95
ROUNDING = 1e-6
NONE_OF_IT = ("nobody", "no", "nothing", "none", "never")
ALL_OF_IT = ("everyone", "all")


class UntrueWord(ValueError):
    """A word that the number behind it does not bear: the word, the fact and its value."""


@dataclasses.dataclass(frozen=True)
class Fact:
    """One number of the evening, by name: its value and how it is said.

    In a template `{came}` is the number in words, `{came:person/people}` with its noun, `{share_in:who}` the
    word for a share, `{gave_up_n:nobody}` and `{share_in:everyone}` words that must be true.
    """

    key: str
    value: float
    say: Callable[[float], str]

    @property
    def text(self):
        """The number as it is printed."""
        return self.say(self.value)

    def __format__(self, form):
        if not form:
            return self.text
        if "/" in form:
            one, many = form.split("/")
            return f"{self.text} {one if self.value == 1 else many}"
        word = form.lower()
        if word == "who":
            word = how_many(self.value)
        elif not (word in NONE_OF_IT and self.value == 0 or word in ALL_OF_IT and self.value == 1):
            raise UntrueWord(f"{form!r} cannot be said of {self.key}, which is {self.value}.")
        return word[0].upper() + word[1:] if form[0].isupper() else word


class Facts(collections.UserDict):
    """Facts by key; as an attribute, the bare value, so that rules read well: `facts.share_in >= 0.5`."""

    def __getattr__(self, key):
        if key.startswith("_") or key == "data" or key not in self.data:
            raise AttributeError(key)
        return self.data[key].value


def facts(run):
    """Every fact of a run that the rules may use; nan where there is none, such as a wait of nobody."""
    found = Facts()
    for group in (_people, _waits, _attempts, _work, _outside, _inside, _door):
        for key, value, say in group(run):
            found[key] = Fact(key, value, say)
    return found


def below(seconds):
    """A round time that is strictly shorter, so that "longer than" stays true once it is printed."""
    if math.isnan(seconds):
        return seconds
    step = _step(seconds)
    return max(0.0, math.ceil(seconds / step - ROUNDING) * step - step)


def above(seconds):
    """A round time that is no shorter, so that "within" stays true once it is printed."""
    if math.isnan(seconds):
        return seconds
    step = _step(seconds)
    return math.ceil(seconds / step) * step


def _step(seconds):
    """Whole minutes from ten minutes on, ten seconds from one minute on, then seconds, then tenths."""
    for least, step in ((10 * MINUTE, MINUTE), (MINUTE, 10), (10, 1)):
        if seconds >= least:
            return step
    return 0.1


def _tidy(seconds):
    """Without the dust of adding tenths."""
    return round(seconds, 6)


def _people(run):
    """Who came, and what became of them."""
    mine = read.people_of(run)
    came, joined = read.came(run), read.joined(run)
    gave_up = int((mine["outcome"] == Outcome.GAVE_UP).sum())
    giving_up = (mine["left"] - mine["arrived"])[mine["outcome"] == Outcome.GAVE_UP]
    yield "came", came, people
    yield "joined", joined, people
    yield "not_in", came - joined, people
    yield "gave_up_n", gave_up, people
    yield "still_n", came - joined - gave_up, people
    yield "after_the_end", read.after_the_end(run), people
    yield "share_in", read.share_in(run), share
    yield "share_out", (came - joined) / came if came else math.nan, share
    yield "share_gave_up", read.gave_up(run), share
    yield (
        "giving_up_half",
        _tidy(above(float(np.median(giving_up)))) if gave_up else math.nan,
        duration,
    )
    yield "busiest_arrivals", _best_minute(run, run.seconds["arrivals"])[0], people
    yield "seed", run.seed, str
    yield "length", run.evening.length_s, duration


def _waits(run):
    """How long getting in took."""
    first_click = read.first_click_success(run)
    median, nine_in_ten = read.time_to_join(run), read.time_to_join(run, 90)
    yield "first_click", first_click, share
    missed = _missed(run)
    yield "not_first_n", missed, people
    yield "share_missed", missed / read.came(run) if read.came(run) else math.nan, share
    yield "median", median, duration
    yield "long_half", _tidy(below(median)), duration
    yield "long_tenth", _tidy(below(nine_in_ten)), duration
    yield "quick_half", _tidy(above(median)), duration
    joined = read.people_of(run)["joined"]
    yield "last_in_at", float(np.nanmax(joined)) if read.joined(run) else math.nan, clock


def _missed(run):
    """How many did not get in at their first attempt."""
    mine = read.people_of(run)
    return int((np.isnan(mine["joined"]) | (mine["attempts"] > 1)).sum())


def _attempts(run):
    """How often people tried, and what they were told."""
    mine = read.people_of(run)
    yield "attempts_per_person", read.attempts_per_person(run), read.plainly
    yield "most_attempts", int(mine["attempts"].max()) if len(mine) else 0, people
    yield "requests", read.requests(run), people
    yield "later", read.count(run, "retries"), people
    yield "refused", read.refused(run), people
    yield "refused_full", read.count(run, "refused_full"), people
    seats = run.evening.stage.seats
    yield "seats", math.nan if seats is None else seats, people
    yield "refused_no_seat", read.count(run, "refused_no_seat"), people
    yield "time_outs", read.count(run, "time_outs"), people
    yield "failed", read.refused(run) + read.count(run, "time_outs"), people
    crowd = run.evening.crowd
    tired = crowd.patience.kind != "unlimited" or crowd.retries.most is not None
    yield "may_give_up", read.came(run) if tired else 0, people
    yield "timeout", crowd.timeout_s or math.nan, duration


def _work(run):
    """What the handlers did, and for whom."""
    rows = run.seconds
    yield "dead_share", read.dead_work_share(run), share
    yield "dead_time", float(rows["dead_work_s"].sum()), _span
    yield "overload", read.overload_s(run), duration
    yield "overload_first", read.overload_s(run, of="first"), duration
    yield "to_overload", _tidy(above(_to_overload(run))), duration
    full = (rows["capacity_s"] > 0) & (rows["busy_s"] >= rows["capacity_s"] * (1 - ROUNDING))
    yield "flat_out", int(full.sum()), duration
    yield "utilization", min(read.utilization(run), 1.0), share
    yield "services", read.count(run, "services"), people


def _to_overload(run):
    """Seconds from the first arrival to the end of the first minute since that brought too much work.

    A minute, since a single second is a matter of luck; nan if there was no such minute.
    """
    mine, starts = read.people_of(run), run.evening.starts_s
    since = math.floor(mine["arrived"][0]) - starts if len(mine) else 0
    load = _minute_sums(read.offered_load_over_time(run)[since:])
    over = np.flatnonzero(load > _minute_sums(run.seconds["capacity_s"][since:]) + ROUNDING)
    if not len(over) or len(run.seconds) - since < MINUTE:
        return math.nan
    return float(starts + since + over[0] + MINUTE - mine["arrived"][0])


def _minute_sums(series):
    """The sum over each minute of a series, however it is cut; of a shorter series, its sum."""
    span = min(MINUTE, len(series))
    totals = np.concatenate([[0.0], np.cumsum(series)])
    return totals[span:] - totals[:-span]


def _outside(run):
    """Who stood outside, and the queue."""
    outside = read.outside_over_time(run)
    most, at = _at_its_most(run, outside)
    yield "outside_most", most, people
    yield "outside_most_at", at, clock
    yield "inside_then", read.in_the_room(run, at), people
    cleared = _cleared(run, outside, most, at)
    yield "clear_at", cleared, clock
    yield "outside_clear", _just_before(run, outside, cleared), people
    mine = read.people_of(run)
    until = np.fmin(np.fmin(mine["joined"], np.where(np.isnan(mine["joined"]), mine["left"], np.nan)),
                    run.evening.ends_s)  # fmt: skip
    yield "hours_outside", float((until - mine["arrived"]).sum()) / 3600, _hours
    queue, living = run.seconds["queue"], run.seconds["living_queue"]
    dead, at = _at_its_most(run, queue - living)
    yield "dead_queue", dead, people
    yield "dead_queue_at", at, clock
    yield "queue_then", _just_before(run, queue, at), people


def _inside(run):
    """Who was in the room."""
    most, at = _at_its_most(run, run.seconds["inside"])
    yield "inside_most", most, people
    yield "inside_most_at", at, clock
    yield "listening_hours", float(run.seconds["inside_s"].sum()) / 3600, _hours


def _door(run):
    """What the door could do, and its best and busiest minutes."""
    rows = run.seconds
    first_joins = read.first_joins_over_time(run)
    best, at = _best_minute(run, first_joins)
    yield "best_minute", best, people
    yield "best_at", at, clock
    window = slice(int(at) - run.evening.starts_s, int(at) - run.evening.starts_s + MINUTE)
    yield "best_use", _use(rows[window]), share
    work = float(rows["work_s"][window].sum())
    yield "best_dead", float(rows["dead_work_s"][window].sum()) / work if work else math.nan, share
    busiest = _busiest_use(rows)
    yield "busiest_use", busiest, share
    mean = run.evening.door.service.mean_s
    spare = _minute_sums(rows["capacity_s"]) - _minute_sums(rows["busy_s"])
    yield "spare_minute", math.floor(max(float(spare.min()), 0.0) / mean), people
    fewest, most = int(rows["capacity"].min()), int(rows["capacity"].max())
    yield "handlers", run.evening.door.handlers, people
    yield "fewest", fewest, people
    yield "most_handlers", most, people
    scarce = rows["capacity_s"] <= fewest + ROUNDING
    if fewest == most:
        scarce[:] = False
    yield "scarce", int(scarce.sum()), duration
    yield "joined_scarce", int(first_joins[scarce].sum()), people
    yield "could_serve", math.floor(float(rows["capacity_s"].sum()) / mean), people
    yield "could_minute", math.floor(most * MINUTE / mean), people
    starved = read.overload_s(run) > 0 and fewest == 0
    full = busiest >= NEARLY_ALL_BUSY or read.count(run, "refused_full") > 0 or starved
    yield "door_full", int(full), str
    yield "reached", int(full or read.count(run, "refused_no_seat") > 0), str


def _span(seconds):
    """A length of time; from ten hours on in whole hours, since nobody counts the minutes then."""
    return duration(seconds) if seconds < 36_000 else f"{people(seconds / 3600)} hours"


def _hours(hours):
    """A length of time in hours, with tenths only where they count."""
    return read.plainly(hours)


def _best_minute(run, series):
    """How many in the best minute of a series, as a whole number, and when it began."""
    rate, at = read.busiest_minute(run, series)
    return round(rate * min(MINUTE, len(series))), at


def _use(rows):
    capacity = float(rows["capacity_s"].sum())
    return min(float(rows["busy_s"].sum()) / capacity, 1.0) if capacity else math.nan


def _busiest_use(rows):
    """The share of handler time that was busy in the busiest minute; nan if no handler was ever there."""
    busy, capacity = _minute_sums(rows["busy_s"]), _minute_sums(rows["capacity_s"])
    there = capacity > ROUNDING
    return min(float((busy[there] / capacity[there]).max()), 1.0) if there.any() else math.nan


def _at_its_most(run, level):
    """The highest level and when; on a whole minute if that is nearly as high: "At 20:12" reads better."""
    times = run.seconds["second"] + 1
    at = int(np.argmax(level))
    on_the_minute = np.flatnonzero(times % MINUTE == 0)
    if len(on_the_minute):
        best = int(on_the_minute[np.argmax(level[on_the_minute])])
        if level[best] >= 0.9 * level[at]:
            at = best
    return int(level[at]), float(times[at])


def _cleared(run, outside, most, at):
    """The first whole minute after the most at which no more than one in a hundred of them stood outside."""
    times = run.seconds["second"] + 1
    gone = np.flatnonzero((times % MINUTE == 0) & (times > at) & (outside <= most / 100))
    return float(times[gone[0]]) if len(gone) and most else math.nan


def _just_before(run, level, t):
    """The level at the end of the second before `t`; nan of no time."""
    return math.nan if math.isnan(t) else int(level[int(t) - run.evening.starts_s - 1])
