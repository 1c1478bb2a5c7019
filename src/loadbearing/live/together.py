"""The door's record and the crowd's laid together, row by row, until they tell one evening that can have been.

What came of an attempt is what its client says; when, is what the door says. Where the two disagree by a journey, times
are moved by that much, and it is counted.
"""

from __future__ import annotations

import collections
import math

import numpy as np

from loadbearing.live.book import LATEST_S, lateness
from loadbearing.live.record import ATTEMPT, PENDING, REFUSED
from loadbearing.run import Moment, Reason

REASONS = {"attempts": Reason.ATTEMPTS, "patience": Reason.PATIENCE}
WENT = (Moment.TIMED_OUT, Moment.GAVE_UP)
MAY_BE_MISSING = ("timed_out", "gave_up", "pending", "lost")
TIMES = ("in_line", "sent", "started", "ended", "skipped", "gone")


class Together:
    """Both records, rows as they were written: `lay` them together, then ask for the `fields` of a `Measured`."""

    def __init__(self, evening, door, crowd):
        self.evening = evening
        self.timeout_s = math.inf if evening.crowd.timeout_s is None else evening.crowd.timeout_s
        self.door = {(row["listener"], row["attempt"]): _door_row(row) for row in door}
        self.said = {(row["listener"], row["attempt"]): row for row in crowd if "attempt" in row}
        self.given_up = {row["listener"]: row for row in crowd if "given_up" in row}
        self.left = {row["listener"]: row["left"] for row in crowd if "left" in row}
        self.end = next((row for row in crowd if "ended" in row), None)
        self.gaps, self.moved_s, self.journeys = collections.Counter(), 0.0, []
        self.rows = {}

    def lay(self, has_locust):
        """Find how far the record reaches, and what came of each attempt."""
        reached = [row[name] for row in self.door.values() for name in TIMES]
        reached = [time for time in reached if not math.isnan(time)]
        known = [row.get("answered") or row["sent"] for row in self.said.values()]
        self.door_broke = self.end is not None and self.end["ended"] == "no door"
        self.complete = (self.end is not None or has_locust) and not self.door_broke
        ended = max(known, default=-math.inf) if self.end is None else self.end["t"]
        if self.door_broke or not self.complete:
            ended = min(ended, max(reached, default=-math.inf))
        ended = min(ended, self.evening.ends_s)
        self.until_s = math.floor(ended) if math.isfinite(ended) else self.evening.starts_s
        for which in sorted({*self.door, *self.said}):
            self.attempt(which)
        if self.door_broke:
            self.who_was_served()

    def attempt(self, which):
        """What came of one attempt."""
        row, word = self.door.get(which), self.said.get(which)
        answer = "nobody's" if word is None else word["answer"] or "lost"
        if row is None:
            known = word["answered"] is not None and word["answered"] <= self.until_s
            taken_along = answer in MAY_BE_MISSING and not (answer == "lost" and known)
            if self.door_broke and taken_along and word["sent"] <= self.until_s:
                self.gaps["under way when the door's record broke off"] += 1
                row = dict.fromkeys(TIMES, math.nan) | {"sent": word["sent"], "answer": PENDING}
            else:
                late = word["sent"] > self.until_s
                self.gaps["after the end" if late else "lost on the way to the door"] += 1
                return
        elif word is not None:
            came = row["sent"] if math.isnan(row["in_line"]) else row["in_line"]
            self.journeys.append(came - word["sent"])
        if row["answer"] in REFUSED:
            self.gaps["refused while their client went"] += answer in ("timed_out", "gave_up")
        elif answer == "timed_out" and not math.isnan(row["sent"]):
            self.timed_out(row)
        elif answer == "gave_up":
            self.gave_up(row, which[0], word["answered"])
        elif answer == "joined" and not math.isnan(row["ended"]):
            row["gone"], row["answer"] = math.nan, Moment.JOINED
        elif answer == "lost" and word["answered"] <= self.until_s:
            self.gaps["lost on the way back"] += 1
            return
        elif row["answer"] in WENT:
            # The whole crowd went away, or this client's word is missing: what would have come of it nobody knows.
            row["gone"], row["answer"] = math.nan, PENDING
        self.rows[which] = row

    def timed_out(self, row):
        """The client's time was over, exactly so long after the door received its request."""
        row["gone"], row["answer"] = row["sent"] + self.timeout_s, Moment.TIMED_OUT
        for what in ("ended", "skipped"):
            if row[what] < row["gone"]:
                self.gaps["answered while their client's time ended"] += 1
                self.move(row, what, row["gone"])

    def gave_up(self, row, listener, when):
        """The client ran out of patience, in line or at the door; a service that had begun is dead from its start."""
        row["answer"] = Moment.GAVE_UP
        row["gone"] = max(when, row["in_line"] if math.isnan(row["sent"]) else row["sent"])
        if row["skipped"] < row["gone"]:
            self.move(row, "skipped", row["gone"])
        if row["started"] <= row["gone"]:
            self.gaps["given up during their service"] += 1
            self.gone_before_service(row)
        self.given_up[listener]["given_up"] = row["gone"]

    def gone_before_service(self, row):
        """A client goes just before the service begins, and after the door has received the request."""
        if row["started"] <= _after(row["sent"]):
            row["started"] = _after(_after(row["sent"]))
            row["ended"] = max(row["ended"], row["started"])
        self.move(row, "gone", _before(row["started"]))

    def move(self, row, what, to):
        """Move a time of a row; never stays never."""
        if not math.isnan(row[what]):
            self.moved_s = max(self.moved_s, abs(to - row[what]))
        row[what] = to

    def who_was_served(self):
        """Where those were that a door took along when it broke off, as it wrote nothing down of them.

        As many were in service as handlers were not idle; as many waited as there was room for in its queue. The crowd
        only knows when they were sent: each came as soon as a handler or a place was free for good. Those who found
        none until the end were still on their way.
        """
        now, limit = self.until_s, self.evening.door.queue_limit
        known = [row for which, row in self.rows.items() if which in self.door]
        known = [row for row in known if row["answer"] not in REFUSED]
        busy, idle_since = _falls(known, "started", ("ended",), now)
        queue, room_since = _falls(known, "sent", ("started", "skipped"), now)
        handlers = self.evening.door.handlers
        since = [idle_since.get(handlers - 1 - at, -math.inf) for at in range(handlers - busy)]
        idle = len(since)
        if limit is not None:
            since += [room_since.get(limit - 1 - at, -math.inf) for at in range(limit - queue)]
        taken = [which for which in self.rows if which not in self.door]
        taken = [which for which in taken if self.rows[which]["sent"] <= now]
        for which in sorted(taken, key=lambda which: self.rows[which]["sent"]):
            row = self.rows[which]
            full = row["sent"] if limit is None else math.inf
            came = max(row["sent"], since[0]) if since else full
            heard = self.said[which]["answered"]
            if came > (now if heard is None else max(row["sent"], min(now, heard))):
                del self.rows[which]
                self.gaps["under way when the door's record broke off"] -= 1
                self.gaps["on their way to a door that broke off"] += 1
                continue
            del since[:1]
            self.move(row, "sent", came)
            if idle:
                row["started"], idle = came, idle - 1

    def fields(self):
        """Return what was measured, by the names of `Measured`, with listeners and attempts numbered anew."""
        lives = collections.defaultdict(list)
        for (listener, _), row in sorted(self.rows.items()):
            lives[listener].append(row)
        order = sorted(lives, key=lambda listener: (_came(lives[listener][0]), listener))
        told, given_up, left = [], {}, {}
        for new, listener in enumerate(order):
            after = -math.inf
            for number, row in enumerate(lives[listener], start=1):
                after = self.in_order(row, after)
                told.append((new, number, *(row[name] for name in TIMES), row["answer"]))
            if listener in self.given_up:
                row = self.given_up[listener]
                given_up[new] = (max(row["given_up"], after), REASONS[row["reason"]])
            if listener in self.left and lives[listener][-1]["answer"] == Moment.JOINED:
                left[new] = max(self.left[listener], after)
        late = [row["sent"] - row["meant"] for row in self.said.values()]
        way = lateness(self.journeys)
        journeys = {name.replace("late", "journey"): value for name, value in way.items()}
        return dict(
            evening=self.evening,
            attempts=np.array(told, ATTEMPT),
            who=np.array(order, np.int64),
            given_up=given_up,
            left=left,
            lateness=lateness(late) | journeys,
            too_slow=self.too_slow(),
            gaps={what: n for what, n in self.gaps.items() if n},
            moved_s=self.moved_s,
            until_s=self.until_s,
            complete=self.complete,
            said=self.sentences(),
        )

    def in_order(self, row, after):
        """No attempt begins before the one before it is over: if need be all of it is later. Return when it is over.

        So it is when the journey to the door was longer the time before: after a server has stood still, say.
        """
        too_soon_s = after - _came(row)
        if too_soon_s > 0:
            self.gaps["begun before the one before was over"] += 1
            for name in TIMES:
                self.move(row, name, row[name] + too_soon_s)
            if row["answer"] == Moment.TIMED_OUT:
                self.timed_out(row)
            if row["answer"] == Moment.GAVE_UP and row["started"] <= row["gone"]:
                self.gone_before_service(row)
        over = row["ended"] if row["answer"] == Moment.JOINED else row["gone"]
        return _came(row) if math.isnan(over) else over

    def too_slow(self):
        """Return whether this computer was too slow, for the crowd to be in time or for the server to take requests."""
        crowd_late = self.end is not None and bool(self.end.get("too_slow"))
        return crowd_late or self.lost_too_many or lateness(self.journeys)["late_p99_s"] > LATEST_S

    @property
    def lost_too_many(self):
        """Whether more requests than one in a hundred never reached a door that was there: the longest of journeys."""
        lost = self.gaps["lost on the way to the door"]
        return not self.door_broke and lost > 0.01 * len(self.said)

    def sentences(self):
        """Return what there is to say about this record."""
        found = []
        if not self.complete:
            found.append(
                f"The record was broken off: it is told up to second {self.until_s} from the start."
            )
        elif self.end is not None and self.end["ended"] != "as planned":
            why = self.end.get("said") or "nothing more was said"
            found.append(f"It ended early: {self.end['ended']} ({why}).")
        if self.end is not None and self.end.get("too_slow"):
            found.append(self.end["why"])
        journey_s = lateness(self.journeys)["late_p99_s"]
        if journey_s > LATEST_S:
            found.append(
                f"One request in a hundred was {journey_s:.2f} seconds or longer on its way to the door: this computer "
                "was too busy to serve so many. Close other programs and measure again, or send a smaller crowd."
            )
        if self.lost_too_many:
            found.append(
                f"Of {len(self.said):,} requests {self.gaps['lost on the way to the door']:,} never reached the door: "
                "this computer was too busy to take so many. Close other programs and measure again, or send a "
                "smaller crowd."
            )
        found += [f"Attempts, {what}: {n:,}." for what, n in self.gaps.items() if n]
        if self.moved_s > 1e-9:
            found.append(f"Times were moved by {1000 * self.moved_s:.1f} milliseconds at most.")
        return " ".join(found)


def _falls(rows, comes, goes, now):
    """How many rows have come and not gone by `now`, and when that number last fell to each number that it fell to."""
    steps = []
    for row in rows:
        if row[comes] <= now:
            steps.append((row[comes], 1))
            steps += [
                (time, -1) for time in [min(_or_never(row[name]) for name in goes)] if time <= now
            ]
    there, fell_to = 0, {}
    for time, step in sorted(steps):
        there += step
        if step < 0:
            fell_to[there] = time
    return there, fell_to


def _or_never(time):
    return math.inf if math.isnan(time) else time


def _door_row(row):
    times = {name: math.nan if row[name] is None else float(row[name]) for name in TIMES}
    return times | {"answer": int(row["answer"])}


def _came(row):
    return row["sent"] if math.isnan(row["in_line"]) else row["in_line"]


def _after(time):
    return math.nextafter(time, math.inf)


def _before(time):
    return math.nextafter(time, -math.inf)
