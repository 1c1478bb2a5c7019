"""What the witness of `heap_witness` is made of: luck, the account by the second, listeners, requests."""

from __future__ import annotations

import math
import types

import numpy as np

from loadbearing import draws
from loadbearing.run import FLOWS, LEVELS, SECOND, WORK, Outcome, Reason

NEVER = math.inf
COLUMNS = {*FLOWS, *LEVELS, *WORK, *(name + "_s" for name in LEVELS)}


class Luck:
    """What chance gives to each listener and attempt, in seconds; all but services are whole ticks already."""

    def __init__(self, evening, seed):
        self.crowd, self.service_of = evening.crowd, evening.door.service
        self.tick, self.seed = evening.tick_s or 0.0, seed
        self.backoffs = self.crowd.retries.pauses().tolist()

    def of(self, purpose, who, attempt=0):
        return draws.uniform(draws.key(self.seed, purpose), who, attempt)

    def whole(self, time):
        return time if time == NEVER else draws.whole_ticks(time, self.tick)

    def patience(self, who):
        kind, mean = self.crowd.patience.kind, self.crowd.patience.mean_s
        if kind == "exponential":
            return self.whole(draws.exponential(self.of(draws.PATIENCE, who), mean))
        return self.whole(mean) if kind == "fixed" else NEVER

    def quick(self, who):
        return self.of(draws.QUICK, who) < self.crowd.retries.quick_share

    def stay(self, who, attempt):
        mean = self.crowd.stays_mean_s
        if mean is None:
            return NEVER
        return self.whole(draws.exponential(self.of(draws.STAY, who, attempt), mean))

    def service(self, who, attempt):
        """Return the service drawn for one attempt, before anything slows it down and before ticks."""
        luck, angle = (self.of(of, who, attempt) for of in (draws.SERVICE, draws.SERVICE_ANGLE))
        return draws.service(self.service_of.mean_s, self.service_of.cv, luck, angle)

    def pause(self, who, attempt, failed, told):
        """Return the pause after failed attempt number `failed` of an effort; `told` is what a refusal asks for."""
        retries, shortest = self.crowd.retries, self.crowd.round_trip_s
        if self.quick(who):
            return shortest
        pause = self.backoffs[min(failed, len(self.backoffs)) - 1]
        if retries.jitter == "full":
            pause = self.of(draws.BACKOFF, who, attempt) * pause
        elif retries.jitter == "exponential":
            pause = draws.exponential(self.of(draws.BACKOFF, who, attempt), pause)
        pause = max(shortest, self.whole(pause))
        if told is not None and retries.honours_retry_after:
            pause = max(pause, self.whole(told))
        return pause


class Book:
    """The account by the second: what happened, how many were where and for how long, and handler seconds."""

    def __init__(self, starts_s, ends_s):
        self.starts_s, self.ends_s = starts_s, ends_s
        self.sums = {name: np.zeros(ends_s - starts_s) for name in COLUMNS}
        self.level, self.since = dict.fromkeys(LEVELS, 0), dict.fromkeys(LEVELS, starts_s)

    def row(self, now):
        """Return the row of a time; what happens exactly at the end belongs to the last second."""
        return min(math.floor(now - self.starts_s), self.ends_s - self.starts_s - 1)

    def count(self, name, now, by=1):
        """Count a flow, or handler seconds; a name that a `Run` has no column for is an error."""
        self.sums[name][self.row(now)] += by

    def move(self, name, by, now):
        """Change a level by so many, and write down for how long it was what it was."""
        level, begin = self.level[name], self.since[name]
        while level and begin < now:
            end = min(now, self.starts_s + self.row(begin) + 1)
            self.sums[name + "_s"][self.row(begin)] += level * (end - begin)
            begin = end
        self.level[name], self.since[name] = level + by, now
        self.count(name, now, by)

    def read(self, since, until, room, now):
        """Return what a dashboard shows, at `now`, of whole seconds from `since` to `until`, in full numbers."""
        rows = slice(since - self.starts_s, until - self.starts_s)
        seen = types.SimpleNamespace(from_s=since, until_s=until)
        for name in FLOWS:
            setattr(seen, name, round(self.sums[name][rows].sum() / room))
        for name in WORK:
            setattr(seen, name, float(self.sums[name][rows].sum()) / room)
        for name in LEVELS:
            self.move(name, 0, now)
            setattr(seen, name, round(self.sums[name][: rows.stop].sum() / room))
            mean = float(self.sums[name + "_s"][rows].sum()) / (until - since)
            setattr(seen, name + "_mean", mean / room)
        busy, capacity = (float(self.sums[name][rows].sum()) for name in ("busy_s", "capacity_s"))
        seen.utilization = round(busy / capacity, 9) if capacity > 0 else 0.0
        return seen

    def close(self):
        """Return the seconds of a `Run`."""
        seconds = np.zeros(self.ends_s - self.starts_s, SECOND)
        seconds["second"] = np.arange(self.starts_s, self.ends_s)
        for name in LEVELS:
            self.move(name, 0, self.ends_s)
        for name, sums in self.sums.items():
            seconds[name] = np.cumsum(sums) if name in LEVELS else sums
        return seconds


class Listener:
    """One person: their row of the account, and what they are about to do."""

    def __init__(self, index, who, arrived, patience):
        self.index, self.who, self.arrived, self.patience = index, who, arrived, patience
        self.first_sent = self.joined = self.last_joined = self.left = math.nan
        self.attempts = self.joined_attempt = self.times_disconnected = 0
        self.outcome, self.reason = Outcome.AFTER_THE_END, Reason.NONE
        self.failed = 0  # attempts of this effort that have failed
        self.patience_left = patience  # when it last stood still
        self.patience_ends = None  # None: it stands still
        self.comes = arrived  # None: no attempt is due
        self.leaves = None  # None: not inside
        self.request = None  # None: not at the door
        self.reserved = False


class Request:
    """One request at the door; `client` is its listener for as long as there is somebody to answer."""

    def __init__(self, number, attempt, client=None):
        self.number, self.attempt, self.client = number, attempt, client
        self.foreign = client is None
        self.started = self.deserted = None
        self.waits = False
