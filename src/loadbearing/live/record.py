"""What a real door and real clients wrote down, one row an attempt, told in the columns of a `Run`.

The door's clock is the only one: a listener arrives when the door receives their first request, and a client's
time-out runs from when the door received the request, as in the rules of the evening. The journey before, and how late
the clients were with what they meant to do, is measured apart. What came of an attempt is what its client says.
"""

from __future__ import annotations

import math
import types

import numpy as np

from loadbearing.engines.account import account, sorted_lives
from loadbearing.engines.reference import Account
from loadbearing.run import ACTION, DONE, LIFE, LISTENER, REFUSALS, Moment, Outcome, Reason, Run

ATTEMPT = np.dtype(
    [
        ("listener", "i4"),
        ("attempt", "i4"),
        ("in_line", "f8"),
        ("sent", "f8"),
        ("started", "f8"),
        ("ended", "f8"),
        ("skipped", "f8"),
        ("gone", "f8"),
        ("answer", "i1"),
    ]
)
"""One attempt. `in_line`: when its client stood in the waiting room. `sent`: when the door received it. `started`,
`ended`: its service. `skipped`: when its turn came and its client had gone, so that no handler took it. `gone`: when
its client stopped waiting. All in seconds from the announced start, nan for never. `answer`: what came of it, a
`Moment`, or `PENDING`."""

PENDING, SERVING = -1, "serving"
REFUSED = {Moment[name.upper()]: name for name in REFUSALS}
ANSWERS = {PENDING, Moment.JOINED, Moment.TIMED_OUT, Moment.GAVE_UP, *REFUSED}

LOST, ENDED, TAKEN, GONE, LEAVING, ADMITTED, SENT = range(7)
"""What can happen at one moment, in the order of the rules; the fault before all others."""


class Unusable(ValueError):
    """A record that tells no evening: which row, which value, and what to do."""


def run_of(scenario, attempts, given_up=None, left=None, seed=0, engine="measured", actions=()):
    """Return the `Run` that a record of attempts tells.

    `scenario`: the evening as it was set up. `attempts`: rows of `ATTEMPT`, each listener's in order; listeners are
    numbered from 0 in order of arrival. `given_up`: {listener: (when, `Reason`)}. `left`: {listener: when they left of
    their own accord}. `actions`: rows of `run.ACTION`, what somebody changed at the door.
    Raises `Unusable` with a sentence if a row cannot have been.
    """
    attempts = np.sort(attempts, order=["listener", "attempt"])
    _check(attempts, scenario)
    told = _Told(scenario, len(np.unique(attempts["listener"])))
    told.gather(attempts, given_up or {}, left or {})
    told.gather_actions(actions)
    told.tell()
    listeners = np.array([tuple(row.values()) for row in told.rows], LISTENER)
    held = told.account
    seconds = account(scenario, held.flows, held.deltas, held.areas, held.work)
    lives = sorted_lives(np.array(held.lives, LIFE))
    done = np.array([tuple(one) for one in actions], ACTION)
    return Run(scenario, scenario, seed, engine, listeners, seconds, lives, done)


def _check(attempts, scenario):
    """Raise `Unusable` at the first row that cannot have been."""
    first = (
        np.append(True, np.diff(attempts["listener"]) > 0) if len(attempts) else np.zeros(0, bool)
    )
    expected = np.arange(np.count_nonzero(first))
    if not np.array_equal(attempts["listener"][first], expected):
        raise Unusable(
            "Listeners are not numbered 0, 1, 2 ... in order; number them by their arrival."
        )
    came = np.fmin(attempts["in_line"], attempts["sent"])
    for wrong, what in (
        (first & (attempts["attempt"] != 1), "does not begin with attempt 1"),
        (~first & (np.diff(attempts["attempt"], prepend=0) != 1), "skips an attempt"),
        (np.isnan(came), "neither reached the door nor stood in line"),
        (~np.isin(attempts["answer"], [*ANSWERS]), "has an answer that there is not"),
        (attempts["started"] < attempts["sent"], "was served before it was sent"),
        (attempts["ended"] < attempts["started"], "was served to the end before it began"),
        (attempts["gone"] < came, "was given up before it began"),
        (np.isnan(attempts["started"]) & ~np.isnan(attempts["ended"]), "ended without beginning"),
        (
            (attempts["answer"] == Moment.JOINED) & np.isnan(attempts["ended"]),
            "is in without having been served",
        ),
        (
            np.isin(attempts["answer"], (Moment.TIMED_OUT, Moment.GAVE_UP))
            == np.isnan(attempts["gone"]),
            "has an answer that does not fit when its client went",
        ),
        ((came < scenario.starts_s) | (came > scenario.ends_s), "lies outside the evening"),
    ):
        if wrong.any():
            row = attempts[int(np.argmax(wrong))]
            raise Unusable(
                f"Attempt {row['attempt']} of listener {row['listener']} {what}; "
                "leave the listener out, or measure again."
            )


class _Told:
    """The evening told again, event by event, to the account that the reference keeps."""

    def __init__(self, evening, people):
        self.evening, self.clock = evening, types.SimpleNamespace(now=float(evening.starts_s))
        self.account = Account(self.clock, evening, people, people)
        self.rows = [dict.fromkeys(LISTENER.names, 0) for _ in range(people)]
        for row in self.rows:
            row.update(dict.fromkeys(LISTENER.names[:5], math.nan))
        self.events = []
        self.present, self.busy, self.capacity = evening.door.handlers, 0, 0

    def happens(self, at, kind, what, one):
        """Something will happen at a time, unless that is never or after the end."""
        if at <= self.evening.ends_s:
            self.events.append((at, kind, one.listener, one.attempt, len(self.events), what, one))

    def gather(self, attempts, given_up, left):
        """Take in every event of the evening."""
        for fault in self.evening.faults:
            until = fault.at_s + fault.lasts_s
            for at, change in ((fault.at_s, -fault.handlers), (until, fault.handlers)):
                lost = types.SimpleNamespace(listener=-1, attempt=0, change=change)
                self.happens(at, LOST, self.lose, lost)
        for row in attempts.tolist():
            one = types.SimpleNamespace(**dict(zip(ATTEMPT.names, row, strict=True)))
            if math.isnan(one.in_line):
                self.happens(one.sent, SENT, self.send, one)
            else:
                self.happens(one.in_line, SENT, self.stand_in_line, one)
                if one.sent != one.in_line:
                    self.happens(one.sent, ADMITTED, self.let_through, one)
            if one.started != one.sent:
                self.happens(one.started, TAKEN, self.start, one)
            self.happens(one.skipped, TAKEN, self.skip, one)
            self.happens(one.gone, GONE, self.go, one)
            self.happens(one.ended, ENDED, self.end, one)
            if one.answer == Moment.JOINED:
                self.happens(left.get(one.listener, math.nan), LEAVING, self.leave, one)
        for listener, (when, reason) in given_up.items():
            attempt = self.last_attempt(attempts, listener)
            one = types.SimpleNamespace(listener=listener, attempt=attempt, reason=reason)
            self.happens(when, SENT + 1, self.give_up, one)

    def gather_actions(self, actions):
        """Take in every change of the number of handlers that serve."""
        before = self.evening.door.handlers
        for time, _, what, to in actions:
            if DONE[int(what)] == SERVING:
                change = types.SimpleNamespace(listener=-1, attempt=0, change=int(to) - before)
                self.happens(time, LOST, self.lose, change)
                before = int(to)

    @staticmethod
    def last_attempt(attempts, listener):
        """How many attempts a listener made."""
        return int(attempts["attempt"][attempts["listener"] == listener].max())

    def tell(self):
        """Tell all events in the order of the rules."""
        self.settle_capacity()
        for at, _, _, _, _, what, one in sorted(self.events, key=lambda event: event[:5]):
            self.clock.now = at
            what(one)
            self.settle_capacity()

    def settle_capacity(self):
        """Capacity is the handlers present, or those still busy if they are more."""
        capacity = max(self.present, self.busy)
        self.account.level("capacity", capacity - self.capacity)
        self.capacity = capacity

    def lose(self, lost):
        """The fault begins or ends."""
        self.present += lost.change

    # --- what happens to one attempt --------------------------------------------------------------

    def begin(self, one):
        """An attempt begins, in the line or at the door; with the first one its listener arrives."""
        row = self.rows[one.listener]
        row["attempts"] = one.attempt
        if one.attempt == 1:
            row["arrived"] = self.clock.now
            self.account.count("arrivals")
            self.account.note(one.listener, 0, Moment.ARRIVED)
        self.account.count("first_attempts" if one.attempt == 1 else "retries")

    def stand_in_line(self, one):
        """The client stands in the waiting room."""
        self.begin(one)
        self.account.level("waiting_room", +1)
        self.note(one, Moment.IN_LINE)
        if one.sent == one.in_line:
            self.let_through(one)

    def let_through(self, one):
        """The head of the line goes on to the door."""
        self.account.level("waiting_room", -1)
        self.account.count("admitted")
        self.note(one, Moment.ADMITTED)
        self.at_the_door(one)

    def send(self, one):
        """The door receives a request that stood in no line."""
        self.begin(one)
        self.at_the_door(one)

    def at_the_door(self, one):
        """Refused at once, served at once, or waiting."""
        row = self.rows[one.listener]
        if math.isnan(row["first_sent"]):
            row["first_sent"] = self.clock.now
        self.note(one, Moment.SENT)
        if one.answer in REFUSED and math.isnan(one.started):
            self.account.count(REFUSED[one.answer])
            self.note(one, Moment(one.answer))
        elif one.started == one.sent:
            self.serve(one)
        else:
            self.account.level("queue", +1)
            self.account.level("living_queue", +1)
            self.note(one, Moment.WAITING)

    def start(self, one):
        """A handler takes a request from the queue, whether or not its client is still there."""
        self.account.level("queue", -1)
        self.serve(one)

    def serve(self, one):
        """A service begins."""
        self.busy += 1
        self.account.level("busy", +1)
        if not one.gone <= self.clock.now:
            if one.started != one.sent:
                self.account.level("living_queue", -1)
            self.note(one, Moment.SERVED)

    def skip(self, one):
        """The turn of a request whose client has gone: no handler takes it."""
        self.account.level("queue", -1)

    def go(self, one):
        """The client stops waiting: of the time-out, or out of patience."""
        if math.isnan(one.sent):
            self.account.level("waiting_room", -1)
        elif not one.started <= self.clock.now:
            self.account.level("living_queue", -1)
        if one.answer == Moment.TIMED_OUT:
            self.account.count("time_outs")
            self.note(one, Moment.TIMED_OUT)

    def end(self, one):
        """A service ends: its client is in, or it was dead work."""
        self.busy -= 1
        lasted = self.clock.now - one.started
        self.account.level("busy", -1)
        self.account.count("services")
        self.account.add_work("work_s", lasted)
        if one.answer == Moment.JOINED:
            self.join(one)
        else:
            self.account.count("dead_services")
            self.account.add_work("dead_work_s", lasted)
            self.account.add_work("dead_after_s", self.clock.now - max(one.started, one.gone))

    def join(self, one):
        """The client is in."""
        self.account.level("inside", +1)
        self.account.count("joins")
        self.note(one, Moment.JOINED)
        now = self.clock.now
        self.rows[one.listener].update(
            joined=now, last_joined=now, joined_attempt=one.attempt, outcome=Outcome.IN
        )

    def leave(self, one):
        """A listener leaves of their own accord."""
        self.account.level("inside", -1)
        self.account.count("leavers")
        self.note(one, Moment.LEFT)
        self.rows[one.listener].update(left=self.clock.now, outcome=Outcome.LEFT)

    def give_up(self, one):
        """A listener gives up."""
        self.account.count("gave_up")
        if one.reason == Reason.PATIENCE:
            self.account.count("ran_out_of_patience")
        self.note(one, Moment.GAVE_UP)
        self.rows[one.listener].update(
            left=self.clock.now, outcome=Outcome.GAVE_UP, reason=one.reason
        )

    def note(self, one, moment):
        """Write a moment of a listener's evening down."""
        self.account.note(one.listener, one.attempt, moment)
