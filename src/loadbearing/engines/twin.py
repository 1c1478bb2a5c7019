"""The compiled engine from outside: its arrays and registers, running in chunks, faults and changes, the tables."""

from __future__ import annotations

import math

import numpy as np

from loadbearing import draws
from loadbearing.engines import calendar, compiled, memory, setting_out
from loadbearing.engines.account import SoFar, account, sampled, sorted_lives
from loadbearing.run import FLOWS, LEVELS, LISTENER, Outcome


def _or(value, otherwise):
    return otherwise if value is None else value


class Compiled:
    """One evening in the compiled engine: set up, run in chunks, told of changes, asked for its tables."""

    name = "compiled"

    def __init__(self, evening, seed, sample):
        self.evening = evening
        self._held = np.zeros(1, memory.REGISTERS)
        self.s = self._held[0]
        self._arrays = {}
        for settings in (_rules(evening), _keys(seed), _counters(evening)):
            for name, value in settings.items():
                self.s[name] = value
        self._take_listeners(evening, seed, sample)
        self._take_calendar()
        self._take_handlers(evening.door.handlers)
        self._take_foreign(evening, seed)
        self._take_windows()
        self._take("counts", np.zeros(evening.length_s * compiled.COUNTS, np.int64))
        self._take("areas", np.zeros(evening.length_s * compiled.AREAS))
        self._take_ring(min(_or(evening.door.queue_limit, 0), self.s["coming"]) + 16)
        compiled.turn(self.s, float(evening.starts_s))
        compiled.settle_capacity(self.s, float(evening.starts_s))

    def advance(self, until, most):
        """Run up to but not including `until`; return False if `most` events came first."""
        while True:
            why = compiled.advance(self.s, until, most)
            if why != compiled.NO_ROOM:
                return why == compiled.REACHED
            self._make_room()

    def set(self, what, to):
        """Change one setting: what `CHANGEABLE` names, the handlers `present`, or how much services are `slowed`."""
        s = self.s
        if what == "present":
            s["present"] = to
            if to > len(self._arrays["slots"]):
                self._take_handlers(to)
        elif what == "queue_limit":
            s["queue_limit"] = _or(to, compiled.UNLIMITED)
        elif what == "discipline":
            s["lifo"] = to == "lifo"
        elif what == "retry_after_s":
            s["retry_after"] = _or(to, 0.0)
        elif what == "retry_budget":
            s["budget"] = _or(to, math.inf)
        elif what == "waiting_room":
            s["room_open"] = to
        elif what == "admits_per_s":
            s["admits_gap"] = _gap(to)
        elif what == "slowed":
            s["slowed"] = to
            s["uneven"] = _uneven(self.evening.door, to)
        else:
            s[what] = to

    def restart(self, now, until):
        """Queue and services vanish, everybody inside is disconnected, and the door is shut until then."""
        s = self.s
        self._make_room(int(s["now_inside"] + s["queued"] + s["busy"]))
        compiled.turn(s, now)
        compiled.restart(s, now, until)

    def reconsider(self, now):
        """After faults and changes: handlers take what waits, and a waiting room that was closed empties."""
        s = self.s
        in_line = 0 if s["room_open"] or not s["has_room"] else self._standing_in_line()
        self._make_room(in_line)
        compiled.reconsider(s, now)

    def account_so_far(self):
        """Return the account as it stands: flows, changes of levels, areas and work, by the second."""
        counts = self._arrays["counts"].reshape(-1, compiled.COUNTS)
        areas = self._arrays["areas"].reshape(-1, compiled.AREAS)
        return SoFar(
            counts[:, : len(FLOWS)],
            counts[:, len(FLOWS) :],
            areas[:, : len(LEVELS)],
            areas[:, len(LEVELS) :],
        )

    @property
    def now(self):
        """The time of the last event, in seconds."""
        return float(self.s["now"])

    @property
    def events(self):
        """How many events this engine has taken from its lists so far."""
        return int(self.s["handled"])

    def tables(self):
        """Return (listeners, seconds, lives) as `Run` holds them."""
        mine = self._arrays["listeners"]
        mine["outcome"][mine["arrived"] > self.evening.ends_s] = Outcome.AFTER_THE_END
        gone = (mine["outcome"] == Outcome.LEFT) | (mine["outcome"] == Outcome.GAVE_UP)
        mine["left"][~gone] = np.nan
        seconds = account(self.evening, *self.account_so_far())
        lives = self._arrays["lives"][: self.s["lives_used"]]
        return mine[list(LISTENER.names)], seconds, sorted_lives(lives)

    def _take(self, name, array):
        """Keep an array alive under this name, and write its address into the registers."""
        self._arrays[name] = np.ascontiguousarray(array)
        self.s[name] = self._arrays[name].ctypes.data

    def _widen(self, name, room):
        """Give an array room for `room` rows; what it holds stays."""
        old = self._arrays[name]
        new = np.empty(room, old.dtype)
        new[: len(old)] = old
        self._take(name, new)

    def _take_listeners(self, evening, seed, sample):
        count = self.s["coming"] = evening.crowd.listeners
        blank = np.zeros(1, memory.MINE)
        for name in ("first_sent", "joined", "last_joined", "left"):
            blank[name] = np.nan
        blank["before"] = blank["after"] = compiled.OFF
        self._take("listeners", np.empty(count, memory.MINE))
        table = [np.ascontiguousarray(one) for one in evening.crowd.arrivals.table()]
        work = [np.empty(count + 1, np.int32) for _ in range(3)]
        setting_out.set_out(
            self.s,
            *(one.ctypes.data for one in work),
            np.uint64(draws.key(seed, draws.ARRIVAL)),
            *(one.ctypes.data for one in table),
            len(table[0]),
            blank.ctypes.data,
        )
        chosen = sampled(count, sample)
        self._arrays["listeners"]["flags"][chosen] = memory.SAMPLED
        self._take("pauses", evening.crowd.retries.pauses())
        self.s["lives_room"] = 16 * len(chosen) + 64
        self._take("lives", np.empty(self.s["lives_room"], memory.LIFE))

    def _take_calendar(self):
        s = self.s
        length, fewest, most = (
            s["ends"] - s["starts"],
            calendar.FEWEST_BUCKETS,
            calendar.MOST_BUCKETS,
        )
        buckets = int(min(max(calendar.BUCKETS_PER_S * length, fewest), most))
        rows = np.zeros(buckets + 2, memory.BUCKET)
        rows["tail"] = -1
        self._take("buckets", rows)
        s["bucket_last"], s["bucket_rate"] = buckets + 1, buckets / length
        # In a small room nearly each event has a bucket, and so a chunk, of its own.
        s["chunk_room"] = max(s["coming"] // (calendar.CHUNK // 4), min(s["coming"], buckets)) + 256
        s["chunk_free"] = -1
        s["sorted_room"], s["near_room"] = 1024, 256
        self._take("events", np.empty(s["chunk_room"] * calendar.CHUNK, memory.EVENT))
        self._take("chunk_after", np.empty(s["chunk_room"], np.int32))
        self._take("sorted", np.empty(s["sorted_room"], memory.EVENT))
        self._take("bins", np.empty(s["sorted_room"] + 1, np.int32))
        self._take("near", np.empty(s["near_room"], memory.HEAPED))

    def _take_handlers(self, handlers):
        """Make places for this many handlers; those that are taken stay taken."""
        if "slots" not in self._arrays:
            for name, dtype in (("slots", memory.SLOT), ("slot_free", np.int32)):
                self._take(name, np.empty(0, dtype))
            self._take("services", np.empty(0, memory.HEAPED))
        old = len(self._arrays["slots"])
        for name in ("slots", "slot_free", "services"):
            self._widen(name, handlers)
        free = int(self.s["free_slots"])
        self._arrays["slot_free"][free : free + handlers - old] = np.arange(old, handlers)
        self.s["free_slots"] = free + handlers - old

    def _take_foreign(self, evening, seed):
        times, services = draws.foreign(evening, seed)
        rows = np.empty(len(times), memory.FOREIGN)
        rows["time"], rows["service"] = times, services
        self._take("foreign", rows)
        self.s["foreign_coming"] = len(rows)

    def _take_windows(self):
        """Make room for the times that a retry budget looks back upon."""
        for name in ("firsts", "let_in"):
            self._take(name, np.empty(2))
            self.s[name + "_mask"] = 1

    def _widen_window(self, name, room):
        """Give one of them room for more times; those that it holds keep their order."""
        s = self.s
        wider = np.empty(1 << math.ceil(math.log2(room)))
        at = s[name + "_start"] + np.arange(s[name + "_used"])
        wider[at & (len(wider) - 1)] = self._arrays[name][at & s[name + "_mask"]]
        self._take(name, wider)
        s[name + "_mask"] = len(wider) - 1

    def _standing_in_line(self):
        return int((self._arrays["listeners"]["state"] == compiled.IN_LINE).sum())

    def _take_ring(self, room):
        """Give the queue room for `room` requests, a power of two; those who wait keep their order."""
        wider = np.empty(1 << math.ceil(math.log2(room)), np.int64)
        if "ring" in self._arrays:
            at = self.s["ring_start"] + np.arange(self.s["queued"])
            wider[at & (len(wider) - 1)] = self._arrays["ring"][at & self.s["ring_mask"]]
        self._take("ring", wider)
        self.s["ring_mask"] = len(wider) - 1

    def _make_room(self, coming=0):
        """Give every list room for one more event and all it sets off, and for `coming` people who move at once."""
        s = self.s
        moved = coming + int(compiled.starts(s) + compiled.shaken(s)) + 8
        if s["queued"] + coming >= s["ring_mask"]:
            self._take_ring(2 * (s["ring_mask"] + 1) + coming)
        for name in ("firsts", "let_in"):
            if s[name + "_used"] + coming >= s[name + "_mask"]:
                self._widen_window(name, 2 * (s[name + "_mask"] + 1) + coming)
        if s["lives_used"] + 3 * moved >= s["lives_room"]:
            s["lives_room"] = 2 * s["lives_room"] + 3 * moved
            self._widen("lives", s["lives_room"])
        if s["near_used"] + moved >= s["near_room"]:
            s["near_room"] = 2 * s["near_room"] + moved
            self._widen("near", s["near_room"])
        chunks = int(calendar.most_chunks(2 * moved, s["bucket_last"]))
        if s["chunk_fresh"] + chunks > s["chunk_room"]:
            s["chunk_room"] = s["chunk_room"] * 5 // 4 + chunks
            self._widen("chunk_after", s["chunk_room"])
            self._widen("events", s["chunk_room"] * calendar.CHUNK)
        fullest = int(self._arrays["buckets"]["held"].max())
        if fullest > s["sorted_room"]:
            s["sorted_room"] = 2 * fullest
            self._widen("sorted", s["sorted_room"])
            self._widen("bins", s["sorted_room"] + 1)


def _rules(evening):
    """The settings of an evening as registers; infinity and very many stand for no limit."""
    crowd, door, room, stage = evening.crowd, evening.door, evening.waiting_room, evening.stage
    return dict(
        present=door.handlers,
        queue_limit=_or(door.queue_limit, compiled.UNLIMITED),
        lifo=door.discipline == "lifo",
        drops_dead=door.drops_dead,
        contention=door.contention,
        coherency=door.coherency,
        slowed=1.0,
        uneven=_uneven(door, 1.0),
        retry_after=_or(door.retry_after_s, 0.0),
        budget=_or(door.retry_budget, math.inf),
        watches_budget=_may_have_budget(evening),
        seats=_or(stage.seats, compiled.UNLIMITED),
        collapses=stage.when_full == "collapse",
        restart_s=_or(stage.restart_s, 0.0),
        has_room=room is not None,
        seats_aware=room is not None and room.seats_aware,
        admits_gap=_gap(room.admits_per_s if room else 0.0),
        last_admission=-math.inf,
        admission=math.inf,
        shut_until=-math.inf,
        most=_or(crowd.retries.most, compiled.UNLIMITED),
        honours=crowd.retries.honours_retry_after,
        exponential_patience=crowd.patience.kind == "exponential",
        jitter=("none", "full", "exponential").index(crowd.retries.jitter),
        round_trip=crowd.round_trip_s,
        timeout=_or(crowd.timeout_s, math.inf),
        service_mean=door.service.mean_s,
        service_cv=door.service.cv,
        stays_mean=_or(crowd.stays_mean_s, math.inf),
        patience_mean=_or(crowd.patience.mean_s, math.inf),
        quick_share=crowd.retries.quick_share,
        tick=_or(evening.tick_s, 0.0),
    )


def _uneven(door, slowed):
    """Tell whether services take any other time than was drawn for them."""
    return slowed != 1.0 or door.contention > 0 or door.coherency > 0


def _gap(rate):
    """Return the seconds between two admissions; a rate of nothing admits none."""
    return 1.0 / rate if rate > 0 else math.inf


def _may_have_budget(evening):
    """Tell whether there is a retry budget, or somebody who could set one."""
    told = [getattr(one, "changes", None) for one in evening.controllers]
    by_plan = any(
        change.what == "retry_budget" for changes in told if changes for change in changes
    )
    return evening.door.retry_budget is not None or by_plan or None in told


def _keys(seed):
    """The key of each purpose on this evening."""
    purposes = dict(
        key_patience=draws.PATIENCE,
        key_service=draws.SERVICE,
        key_service_angle=draws.SERVICE_ANGLE,
        key_backoff=draws.BACKOFF,
        key_quick=draws.QUICK,
        key_stay=draws.STAY,
    )
    return {name: draws.key(seed, purpose) for name, purpose in purposes.items()}


def _counters(evening):
    """Where the evening stands before it begins."""
    return dict(
        seconds=evening.length_s,
        starts=evening.starts_s,
        ends=evening.ends_s,
        now=evening.starts_s,
        clock_first=-1,
        clock_last=-1,
        line_first=-1,
        line_last=-1,
    )
