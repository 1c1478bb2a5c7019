"""The compiled engine from outside: set up the arrays, run in chunks, let faults and changes in, hand over the Run."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import draws
from loadbearing.engines import calendar, compiled
from loadbearing.engines.account import account, sampled, sorted_lives
from loadbearing.run import FLOWS, LEVELS, LIFE, LISTENER, WORK, Outcome

EVENTS_PER_LISTENER = 10


def _or(value, otherwise):
    return otherwise if value is None else value


def _power_of_two(least):
    return 1 << max(4, math.ceil(math.log2(max(least, 1) + 1)))


class Compiled:
    """One evening in the compiled engine; see `engines.Engine` for what each method promises."""

    name = "compiled"

    def __init__(self, evening, seed, sample):
        arrived, who = draws.arrivals(evening, seed)
        listeners = _listeners(evening, arrived, sample)
        present = evening.door.handlers
        rows = evening.length_s
        self.evening = evening
        self.s = compiled.State(
            listeners=listeners,
            who=who,
            keys=np.array([draws.key(seed, purpose) for purpose in range(draws.STAY + 1)], np.uint64),
            pauses=evening.crowd.retries.pauses(),
            calendar=calendar.new_calendar(
                len(who) + present + 64,
                evening.starts_s,
                evening.ends_s,
                EVENTS_PER_LISTENER * len(who),
            ),
            ring=np.empty(_power_of_two(min(_or(evening.door.queue_limit, 0), len(who)) + 8), np.int64),
            **_slots(present),
            flows=np.zeros((rows, len(FLOWS)), np.int64),
            deltas=np.zeros((rows, len(LEVELS)), np.int64),
            areas=np.zeros((rows, len(LEVELS))),
            work=np.zeros((rows, len(WORK))),
            lives=np.empty(16 * int(listeners["sampled"].sum()) + 2 * present + 64, LIFE),
            whole=_whole(evening),
            real=_real(evening),
        )
        self.handlers, self.lost = present, 0
        compiled.settle_capacity(self.s, float(evening.starts_s))

    def advance(self, until, most):
        """Run up to but not including `until`; return False if `most` events came first."""
        while True:
            why = compiled.advance(self.s, until, most)
            if why != compiled.NO_ROOM:
                return why == compiled.REACHED
            self._make_room()

    def set_handlers(self, now, handlers=None, lost=None):
        """Change how many handlers there are, or how many of them are lost just now."""
        self.handlers, self.lost = _or(handlers, self.handlers), _or(lost, self.lost)
        present = max(0, self.handlers - self.lost)
        self.s.whole[compiled.PRESENT] = present
        if present > len(self.s.slot_start):
            self._more_slots(present)
        self._make_room()
        compiled.reconsider(self.s, now)

    def set_queue_limit(self, now, limit):
        """Change how many requests may wait; those who wait stay."""
        self.s.whole[compiled.QUEUE_LIMIT] = _or(limit, compiled.UNLIMITED)

    def set_drops_dead(self, now, drops):
        """Change whether requests whose client has left are skipped."""
        self.s.whole[compiled.DROPS_DEAD] = drops

    @property
    def events(self):
        """How many events this engine has taken from its lists so far."""
        return int(self.s.whole[compiled.HANDLED])

    def tables(self):
        """Return (listeners, seconds, lives) as `Run` holds them."""
        mine = self.s.listeners
        after = (mine["state"] == compiled.COMING) & (mine["arrived"] > self.evening.ends_s)
        mine["outcome"][after] = Outcome.AFTER_THE_END
        listeners = mine[list(LISTENER.names)]
        seconds = account(self.evening, self.s.flows, self.s.deltas, self.s.areas, self.s.work)
        return listeners, seconds, sorted_lives(self.s.lives[: self.s.whole[compiled.LIVES]])

    def _make_room(self):
        s = self.s
        idle = int(s.whole[compiled.PRESENT] - s.whole[compiled.BUSY])
        while not calendar.has_room(s.calendar, idle + 8):
            s = s._replace(calendar=calendar.with_more_room(s.calendar))
        if s.whole[compiled.QUEUED] + 2 >= len(s.ring):
            s = s._replace(ring=_wider(s.ring, s.whole[compiled.RING_START], s.whole[compiled.QUEUED]))
        used = int(s.whole[compiled.LIVES])
        if used + idle + 16 >= len(s.lives):
            lives = np.empty(2 * (len(s.lives) + idle) + 64, LIFE)
            lives[:used] = s.lives[:used]
            s = s._replace(lives=lives)
        self.s = s

    def _more_slots(self, handlers):
        s = self.s
        old = len(s.slot_start)
        new = _slots(handlers)
        free = int(s.whole[compiled.FREE_SLOTS])
        new["slot_start"][:old] = s.slot_start
        new["slot_left"][:old] = s.slot_left
        new["slot_free"][:free] = s.slot_free[:free]
        new["slot_free"][free : free + handlers - old] = np.arange(old, handlers)
        s.whole[compiled.FREE_SLOTS] = free + handlers - old
        self.s = s._replace(**new)


def _listeners(evening, arrived, sample):
    mine = np.zeros(len(arrived), compiled.MINE)
    mine["arrived"] = arrived
    for name in ("first_sent", "joined", "last_joined", "left"):
        mine[name] = np.nan
    mine["before"] = mine["after"] = compiled.OFF
    mine["sampled"][sampled(len(arrived), sample)] = 1
    return mine


def _slots(handlers):
    return dict(
        slot_start=np.zeros(handlers),
        slot_left=np.zeros(handlers),
        slot_free=np.arange(handlers, dtype=np.int32),
    )


def _whole(evening):
    crowd, door = evening.crowd, evening.door
    whole = np.zeros(compiled.WHOLE, np.int64)
    whole[compiled.PRESENT] = whole[compiled.FREE_SLOTS] = door.handlers
    whole[compiled.QUEUE_LIMIT] = _or(door.queue_limit, compiled.UNLIMITED)
    whole[compiled.DROPS_DEAD] = door.drops_dead
    whole[compiled.SEATS] = _or(evening.stage.seats, compiled.UNLIMITED)
    whole[compiled.MOST] = _or(crowd.retries.most, compiled.UNLIMITED)
    whole[compiled.EXPONENTIAL_PATIENCE] = crowd.patience.kind == "exponential"
    whole[compiled.JITTER] = ("none", "full", "exponential").index(crowd.retries.jitter)
    whole[compiled.CLOCK_FIRST] = whole[compiled.CLOCK_LAST] = -1
    return whole


def _real(evening):
    crowd, door = evening.crowd, evening.door
    real = np.zeros(compiled.REAL)
    real[compiled.ROUND_TRIP] = crowd.round_trip_s
    real[compiled.TIMEOUT] = _or(crowd.timeout_s, np.inf)
    real[compiled.SERVICE_MEAN] = door.service.mean_s
    real[compiled.SERVICE_CV] = door.service.cv
    real[compiled.STAYS_MEAN] = _or(crowd.stays_mean_s, np.inf)
    real[compiled.PATIENCE_MEAN] = _or(crowd.patience.mean_s, np.inf)
    real[compiled.QUICK_SHARE] = crowd.retries.quick_share
    real[compiled.TICK] = _or(evening.tick_s, 0.0)
    real[compiled.STARTS], real[compiled.ENDS] = evening.starts_s, evening.ends_s
    return real


def _wider(ring, start, used):
    wider = np.empty(2 * len(ring), np.int64)
    at = np.arange(start, start + used)
    wider[at & (len(wider) - 1)] = ring[at & (len(ring) - 1)]
    return wider
