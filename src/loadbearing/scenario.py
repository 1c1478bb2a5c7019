"""What an evening is: the crowd, the door, the stage, what breaks, who acts, and the weather.

A scenario is a company; a seed is an evening. The scenario is frozen, keyword-only, checked and
compared by value. Times are seconds from the announced start (t = 0), people are people, and a
handler is whatever can let one person in at a time.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import numbers

import numpy as np

from loadbearing.parts import (
    ScenarioError,
    checked,
    choice,
    component,
    counts,
    function,
    nearest,
    part,
    quantity,
)

MOST_LISTENERS = 2**31 - 1
MOST_ATTEMPTS = 2**28 - 1
BACKOFF_STEPS = 64
TABLE_STEP_S, FINE, MOST_TABLE_POINTS = 1.0, 20, 100_000
WHOLE = object()
LONGEST_S, FARTHEST_S = 7 * 86_400, 10**9


@part
class Steady:
    """People who come evenly, from one moment to another."""

    from_s: float = quantity("when the first one comes", "seconds", least=None)
    until_s: float = quantity("when the last one has come", "seconds", least=None)

    def check(self):
        if self.until_s < self.from_s:
            raise ScenarioError(
                f"Steady.until_s is {self.until_s}; it must not lie before from_s, {self.from_s}."
            )

    @property
    def first_s(self):
        """When the first one may come, in seconds."""
        return self.from_s

    def table(self):
        """Return (times in seconds, share arrived by then): a piecewise-linear cumulative table."""
        return np.array([self.from_s, self.until_s]), np.array([0.0, 1.0])

    def sharpened(self, factor):
        """Return these arrivals unchanged: people who come evenly have no peak to sharpen."""
        return self


@part
class Rush:
    """An announced start: early birds, the crowd at the hour, latecomers.

    Early birds come evenly from `doors_s` to the start, latecomers evenly from the start to `until_s`.
    The crowd comes from the start on, Gamma distributed with shape 2 and mean `mean_s`: it swells, peaks at
    half the mean and thins out.
    """

    doors_s: float = quantity("when the first early bird comes", "seconds", least=None, most=0)
    early_share: float = quantity("early birds, of the whole crowd", "", most=1)
    mean_s: float = quantity(
        "how long after the start the crowd comes, on average", "seconds", above=0
    )
    late_share: float = quantity("latecomers, of the whole crowd", "", default=0.0, most=1)
    until_s: float = quantity("when the last latecomer has come", "seconds", default=0.0)

    def check(self):
        if self.late_share > 0 and self.until_s == 0:
            raise ScenarioError(
                f"Rush.until_s is 0, but Rush.late_share is {self.late_share}; say until when latecomers come."
            )
        if self.early_share + self.late_share > 1 + 1e-12:
            raise ScenarioError(
                f"Rush.early_share + Rush.late_share is {self.early_share + self.late_share:.3f}; "
                "together they must be at most 1."
            )

    @property
    def first_s(self):
        """When the first one may come, in seconds."""
        return self.doors_s

    def table(self):
        """Return (times in seconds, share arrived by then): a piecewise-linear cumulative table.

        NumPy's own `exp` differs between processors in the last bit, so `math.exp` is used. The
        Gamma curve is tabulated every second, finer for a short mean, up to 20 means, where all but 1e-16 have come.
        """
        return _rush_table(
            self.doors_s, self.early_share, self.mean_s, self.late_share, self.until_s
        )

    def sharpened(self, factor):
        """Return the rush with the crowd's mean delay multiplied: below 1 they come more at once."""
        return dataclasses.replace(self, mean_s=self.mean_s * factor)


@functools.lru_cache(maxsize=64)
def _rush_table(doors_s, early_share, mean_s, late_share, until_s):
    """Return the table of a rush, for reading only: many evenings share one."""
    crowd = max(0.0, 1.0 - early_share - late_share)
    reach = max(until_s, 20 * mean_s)
    step = max(min(TABLE_STEP_S, mean_s / FINE), reach / MOST_TABLE_POINTS)
    after = np.linspace(0.0, reach, max(2, math.ceil(reach / step) + 1))
    scaled = 2 * after / mean_s
    came = np.array([1.0 - (1.0 + at) * math.exp(-at) for at in scaled])
    late = np.minimum(after / until_s, 1.0) if until_s > 0 else np.ones(len(after))
    share = early_share + crowd * came / came[-1] + late_share * late
    table = after, share / share[-1]
    if doors_s != 0:
        table = np.append(doors_s, after), np.append(0.0, table[1])
    for column in table:
        column.flags.writeable = False
    return table


@part
class Measured:
    """Your own traffic: how many came in each stretch of time, as counted by somebody.

    Within a stretch people come evenly. `Crowd.listeners` says how many come in all, so the same curve serves a
    larger crowd. `loadbearing.traffic` reads counts, time stamps and access logs from files.
    """

    from_s: float = quantity("when the first stretch begins", "seconds", least=None)
    bin_s: float = quantity("how long each stretch is", "seconds", default=1.0, above=0)
    counts: tuple = counts("how many came in each stretch")

    def check(self):
        if not any(self.counts):
            raise ScenarioError(
                f"Measured.counts has {len(self.counts)} stretches and nobody in them; give at least one person."
            )
        if len(self.counts) > MOST_TABLE_POINTS:
            raise ScenarioError(
                f"Measured.counts has {len(self.counts):,} stretches; give at most {MOST_TABLE_POINTS:,}, "
                "for example by a longer bin_s."
            )

    def __repr__(self):
        return (
            f"Measured(from_s={self.from_s}, bin_s={self.bin_s}, "
            f"counts=<{sum(self.counts):,} people in {len(self.counts):,} stretches>)"
        )

    @property
    def people(self):
        """How many were counted."""
        return sum(self.counts)

    @property
    def first_s(self):
        """When the first one may come, in seconds."""
        return self.from_s + self.bin_s * next(at for at, n in enumerate(self.counts) if n)

    def table(self):
        """Return (times in seconds, share arrived by then): a piecewise-linear cumulative table."""
        came = np.concatenate([[0], np.cumsum(self.counts)])
        first, last = np.flatnonzero(np.diff(came))[[0, -1]]
        kept = slice(first, last + 2)
        return self.from_s + self.bin_s * np.arange(len(came))[kept], came[kept] / came[-1]

    def sharpened(self, factor):
        """Return these arrivals unchanged: what was measured keeps its shape."""
        return self


@part
class Group:
    """A part of a crowd that comes in its own way; `weight` is its size beside the other groups."""

    weight: float = quantity("its size beside the others", "", above=0)
    arrivals: Steady | Rush | Measured = component("when they come", Steady, Rush, Measured)


@part
class Several:
    """Several groups together: the arrivals of the whole crowd are the weighted sum of theirs."""

    groups: tuple = component("the groups", Group, many=True)

    def check(self):
        if not self.groups:
            raise ScenarioError(
                "Several.groups is empty; give at least one Group(weight=..., arrivals=...)."
            )

    @property
    def first_s(self):
        """When the first one may come, in seconds."""
        return min(group.arrivals.first_s for group in self.groups)

    def table(self):
        """Return (times in seconds, share arrived by then): a piecewise-linear cumulative table.

        Its corners are everybody's corners. Where a group comes all at one instant the sum jumps there too.
        """
        tables = [group.arrivals.table() for group in self.groups]
        whole = sum(group.weight for group in self.groups)
        corners = np.unique(np.concatenate([times for times, _ in tables]))
        before, after = np.zeros(len(corners)), np.zeros(len(corners))
        for group, (times, share) in zip(self.groups, tables, strict=True):
            before += group.weight / whole * _arrived(times, share, corners, "left")
            after += group.weight / whole * _arrived(times, share, corners, "right")
        times, share = np.repeat(corners, 2), np.stack([before, after], axis=1).ravel()
        kept = np.concatenate([[True], (np.diff(times) > 0) | (np.diff(share) > 0)])
        return times[kept], share[kept] / share[-1]

    def sharpened(self, factor):
        """Return the groups with the peaks of each sharpened."""
        return Several(
            groups=[
                dataclasses.replace(group, arrivals=group.arrivals.sharpened(factor))
                for group in self.groups
            ]
        )


def _arrived(times, share, at, side):
    """Return the share arrived just before (left) or by (right) each time of `at`."""
    after = np.clip(np.searchsorted(times, at, side), 1, len(times) - 1)
    before = after - 1
    width = times[after] - times[before]
    passed = at >= times[before] if side == "right" else at > times[before]
    within = np.where(width > 0, (at - times[before]) / np.where(width > 0, width, 1.0), passed)
    within = np.clip(within, 0.0, 1.0)
    arrived = share[before] + (share[after] - share[before]) * within
    nobody_yet = at < times[0] if side == "right" else at <= times[0]
    return np.where(nobody_yet, 0.0, arrived)


@part
class Patience:
    """How long a listener keeps trying before giving up; it runs while waiting, never during service."""

    kind: str = choice("its shape", ("unlimited", "fixed", "exponential"), default="unlimited")
    mean_s: float | None = quantity(
        "its mean", "seconds", default=None, above=0, none="unlimited patience"
    )

    def check(self):
        if (self.kind == "unlimited") != (self.mean_s is None):
            raise ScenarioError(
                f"Patience.mean_s is {self.mean_s} and Patience.kind is {self.kind!r}; give mean_s for fixed "
                "or exponential patience, and only then."
            )


@part
class Retries:
    """What a client does after a failed attempt.

    Back-off after failed attempt k: immediate (0), fixed (`base_s`) or exponential: min(`cap_s`, `base_s` 2^(k-1)).
    Jitter: none, full (uniform between 0 and the back-off) or exponential (the back-off is its mean).
    Quick reloaders come back after exactly one round trip, whatever the rest do and whatever they are told.
    """

    most: int | None = quantity(
        "attempts, the first one included",
        "attempts",
        default=None,
        least=1,
        most=MOST_ATTEMPTS,
        whole=True,
        none="no end to them",
    )
    backoff: str = choice(
        "how the pause grows", ("immediate", "fixed", "exponential"), default="exponential"
    )
    base_s: float = quantity("the first pause", "seconds", default=1.0, above=0)
    cap_s: float = quantity("the longest pause", "seconds", default=60.0, above=0)
    jitter: str = choice(
        "how chance spreads the pauses", ("none", "full", "exponential"), default="full"
    )
    quick_share: float = quantity("quick reloaders, of the whole crowd", "", default=0.0, most=1)
    honours_retry_after: bool = choice(
        "whether clients wait as long as a refusal asks them to", (True, False), default=True
    )

    def check(self):
        if self.cap_s < self.base_s:
            raise ScenarioError(
                f"Retries.cap_s is {self.cap_s}; it must be at least base_s, {self.base_s} seconds."
            )

    def pauses(self):
        """Return the back-off in seconds after failed attempt 1, 2, ... 64; later ones equal the last."""
        steps = np.arange(BACKOFF_STEPS)
        if self.backoff == "immediate":
            return np.zeros(BACKOFF_STEPS)
        if self.backoff == "fixed":
            return np.full(BACKOFF_STEPS, self.base_s)
        return np.minimum(self.cap_s, np.ldexp(self.base_s, steps))


@part
class Crowd:
    """Everybody who wants in: how many, when they come, and how they behave when it does not work."""

    listeners: int = quantity("people who want in", "people", most=MOST_LISTENERS, whole=True)
    arrivals: Steady | Rush | Measured | Several = component(
        "when they come", Steady, Rush, Measured, Several
    )
    patience: Patience = component("when they give up", Patience, factory=Patience)
    stays_mean_s: float | None = quantity(
        "how long a listener stays, exponential",
        "seconds",
        default=None,
        above=0,
        none="to the end",
    )
    timeout_s: float | None = quantity(
        "how long a client waits for one answer",
        "seconds",
        default=None,
        above=0,
        none="as long as it takes",
    )
    round_trip_s: float = quantity(
        "the shortest pause after a failed attempt", "seconds", default=1.0, above=0
    )
    retries: Retries = component("what they do after a failed attempt", Retries, factory=Retries)


@part
class Service:
    """How long one handler needs for one person: mean, and coefficient of variation.

    `cv` 0 is always the mean, 1 exponential, anything else lognormal.
    """

    mean_s: float = quantity("its mean", "seconds", above=0)
    cv: float = quantity("its coefficient of variation", "", default=1.0, most=100)


BUDGET_WINDOW_S = 10.0
"""Over how long a retry budget looks back."""


@part
class Door:
    """The way in: parallel handlers behind one queue.

    `queue_limit` counts waiting requests, those included whose client has left; a full queue refuses the newcomer,
    whichever the discipline. `drops_dead` says whether such a request is skipped at no cost when its turn comes.
    A service that starts while n handlers are busy, itself included, takes
    1 + `contention` (n - 1) + `coherency` n (n - 1) times as long (Gunther's Universal Scalability Law).
    `retry_budget`: later attempts are refused while those let in within the last ten seconds exceed this share of
    the first attempts of that time.
    """

    handlers: int = quantity(
        "people served at once", "handlers", least=1, most=MOST_LISTENERS, whole=True
    )
    service: Service = component("how long one takes", Service)
    queue_limit: int | None = quantity(
        "most waiting requests",
        "requests",
        default=None,
        whole=True,
        most=MOST_LISTENERS,
        none="no limit",
    )
    discipline: str = choice("who is taken first", ("fifo", "lifo"), default="fifo")
    drops_dead: bool = choice("skip requests whose client has left", (False, True), default=False)
    contention: float = quantity("waiting for what only one can hold", "", default=0.0)
    coherency: float = quantity("agreeing with every other one", "", default=0.0)
    retry_after_s: float | None = quantity(
        "what a refusal asks clients to wait", "seconds", default=None, none="nothing"
    )
    retry_budget: float | None = quantity(
        "later attempts let in, of first attempts", "", default=None, none="no budget"
    )


@part
class WaitingRoom:
    """A line in front of the door: each attempt stands in it, and its head is let through at a steady rate.

    No right to enter is saved up while nobody comes. With `seats_aware`, whoever is let through has a seat reserved
    until the attempt ends, and nobody is let through while every seat is taken or reserved. Standing there
    costs the door nothing.
    """

    admits_per_s: float = quantity("how many it lets through", "people a second", most=10**9)
    opens_s: float | None = quantity(
        "when it opens", "seconds", default=0.0, least=None, none="when somebody opens it"
    )
    seats_aware: bool = choice("reserve a seat with each admission", (False, True), default=False)


@part
class Stage:
    """Where listeners are once they have joined: seats, and what happens when one more would sit down.

    `when_full`: "refuse" turns that one away; "collapse" does so too, and the platform restarts: queue and services
    vanish, everybody inside is disconnected, and the door stays shut for `restart_s`.
    """

    seats: int | None = quantity(
        "most listeners at once",
        "people",
        default=None,
        whole=True,
        most=MOST_LISTENERS,
        none="no limit",
    )
    when_full: str = choice("what one too many sets off", ("refuse", "collapse"), default="refuse")
    restart_s: float | None = quantity(
        "how long the door is shut after a collapse", "seconds", default=None, none="no collapse"
    )

    def check(self):
        if (self.when_full == "collapse") != (self.restart_s is not None):
            raise ScenarioError(
                f"Stage.restart_s is {self.restart_s} and Stage.when_full is {self.when_full!r}; give restart_s for "
                "a stage that collapses, and only then."
            )
        if self.when_full == "collapse" and self.seats is None:
            raise ScenarioError(
                "Stage.seats is None and Stage.when_full is 'collapse'; say how many seats are too many."
            )


@part
class HandlersLost:
    """A fault: some handlers are gone for a while. Busy ones finish first; losses at one time add up."""

    at_s: float = quantity("when they go", "seconds", least=None)
    lasts_s: float = quantity("how long they stay away", "seconds")
    handlers: int = quantity("how many go", "handlers", whole=True)


@part
class ServiceSlowed:
    """A fault: services that start meanwhile take `factor` times as long; several at one time multiply."""

    at_s: float = quantity("when it begins", "seconds", least=None)
    lasts_s: float = quantity("how long it lasts", "seconds")
    factor: float = quantity("how many times as long", "times", above=0, most=10**6)


@part
class Restart:
    """A fault: queue and services vanish, their clients are refused, everybody inside is disconnected.

    The door is then shut for `lasts_s`.
    """

    at_s: float = quantity("when it happens", "seconds", least=None)
    lasts_s: float = quantity("how long the door is shut", "seconds")


@part
class ForeignLoad:
    """A fault: requests that belong to no listener keep the door busy, a Poisson stream of `per_s` a second."""

    at_s: float = quantity("when it begins", "seconds", least=None)
    lasts_s: float = quantity("how long it lasts", "seconds")
    per_s: float = quantity("how many", "requests a second")

    def check(self):
        if self.per_s * self.lasts_s > MOST_LISTENERS:
            raise ScenarioError(
                f"ForeignLoad.per_s is {self.per_s} for {self.lasts_s} seconds: more than {MOST_LISTENERS:,} "
                "requests. Make it smaller or shorter."
            )


FAULTS = (HandlersLost, ServiceSlowed, Restart, ForeignLoad)
MENDABLE = (HandlersLost, ServiceSlowed)
"""Faults that last until they are over or somebody mends them."""


def _whole(unit, none=None):
    return dict(kind="whole", unit=unit, least=0, above=None, most=MOST_LISTENERS, none=none)


def _number(unit, most=None, none=None):
    return dict(kind="number", unit=unit, least=0, above=None, most=most, none=none)


CHANGEABLE = {
    "handlers": _whole("handlers"),
    "queue_limit": _whole("requests", none="no limit"),
    "discipline": dict(kind="choice", options=("fifo", "lifo")),
    "drops_dead": dict(kind="choice", options=(False, True)),
    "retry_after_s": _number("seconds", none="nothing"),
    "retry_budget": _number("", none="no budget"),
    "waiting_room": dict(kind="choice", options=(False, True)),
    "admits_per_s": _number("people a second", most=10**9),
    "mended": _whole("faults"),
}
"""What can be changed during the evening, by a timetable, an autoscaler or a policy. `waiting_room`: is it open?
`mended`: the place of a fault, counted from 0, that ends now."""

COUNTED = ("handlers", "queue_limit", "admits_per_s")
"""What is counted in people, handlers or requests, and so shrinks with the room."""


def in_room(what, to, fraction):
    """Return the value of a setting in a room of this fraction; one handler is left where there was any."""
    if what not in COUNTED or to is None or fraction == 1:
        return to
    if what == "admits_per_s":
        return to * fraction
    return max(1 if what == "handlers" and to else 0, round(to * fraction))


@part
class Change:
    """One thing that somebody changes at the door, at one moment: `Change(at_s=1800, what="handlers", to=900)`."""

    at_s: float = quantity("when", "seconds", least=None)
    what: str = choice("which setting of the door", tuple(CHANGEABLE))
    to: object = dataclasses.field(metadata=dict(kind="any", meaning="the new value"))

    def check(self):
        object.__setattr__(self, "to", checked("Change.to", self.to, CHANGEABLE[self.what]))


@part
class Timetable:
    """A controller that does what was decided beforehand: its changes, each at its time."""

    changes: tuple = component("what is done when", Change, many=True)

    def wakes(self):
        """Return the times, in seconds, at which this controller acts, in order."""
        return sorted({change.at_s for change in self.changes})

    def act(self, now):
        """Return the changes due at `now`, in the order in which they were listed."""
        return [change for change in self.changes if change.at_s == now]

    def tonight(self, seed):
        """Return the same timetable, whatever the evening."""
        return self

    def in_room(self, fraction):
        """Return the same timetable for a smaller room."""
        return Timetable(
            changes=[
                dataclasses.replace(one, to=in_room(one.what, one.to, fraction))
                for one in self.changes
            ]
        )


@part
class Acting:
    """A controller that looks every so often: `decide(now, telemetry)` returns changes, or None.

    Base of those that live in other rooms. It has, as fields or otherwise, `every_s`, `lag_s`, `boot_s` and `room`.
    """

    def in_room(self, fraction):
        """Return the same controller for a smaller room; it goes on seeing and answering in full numbers."""
        return dataclasses.replace(self, room=self.room * fraction)

    def tonight(self, seed):
        """Return this controller as it is on one evening; one that has no luck of its own is always the same."""
        return self


@part
class Policy(Acting):
    """A controller of your own: every so often it reads the dashboard and answers with changes.

    `decide(now, telemetry)` gets the time in seconds and a `Telemetry`, and returns a dictionary such as
    {"queue_limit": 500}, or None to leave all as it is. What it learns is `lag_s` old, as on a dashboard. New
    handlers serve `boot_s` after they were ordered.
    """

    decide: object = function("what it does")
    every_s: int = quantity("how often it looks", "seconds", default=10, least=1, whole=True)
    lag_s: int = quantity("how old what it sees is", "seconds", default=0, whole=True)
    boot_s: float = quantity("how long new handlers take to start", "seconds", default=0.0)
    room: float = quantity(
        "the fraction of the full room it acts in", "", default=1.0, above=0, most=1
    )


@part
class Autoscaler(Acting):
    """A controller that keeps utilization near a target: desired = ceil(serving x utilization / target).

    Both are of the same interval, as old as the lag says: how many served on average, those lost included, and how
    busy they were. (Kubernetes' horizontal pod autoscaler: desired = ceil(current x metric / target).)

    It looks every `every_s` at what was `lag_s` ago; new handlers serve `boot_s` after they were ordered.
    """

    target: float = quantity("utilization to keep", "", default=0.7, above=0, most=1)
    least: int = quantity(
        "fewest handlers", "handlers", default=1, least=1, most=MOST_LISTENERS, whole=True
    )
    most: int | None = quantity(
        "most handlers",
        "handlers",
        default=None,
        least=1,
        most=MOST_LISTENERS,
        whole=True,
        none="as many as it takes",
    )
    every_s: int = quantity("how often it looks", "seconds", default=15, least=1, whole=True)
    lag_s: int = quantity("how old what it sees is", "seconds", default=60, whole=True)
    boot_s: float = quantity("how long new handlers take to start", "seconds", default=120.0)
    room: float = quantity(
        "the fraction of the full room it acts in", "", default=1.0, above=0, most=1
    )

    def check(self):
        if self.most is not None and self.most < self.least:
            raise ScenarioError(
                f"Autoscaler.most is {self.most}; it must be at least least, {self.least} handlers."
            )

    def decide(self, now, telemetry):
        """Return how many handlers there should be, from those there were and the utilization on the dashboard.

        Where no handler was left to be busy, the number stays as it is.
        """
        if not telemetry.capacity_mean:
            return None
        desired = math.ceil(telemetry.serving_mean * telemetry.utilization / self.target)
        most = MOST_LISTENERS if self.most is None else self.most
        return {"handlers": min(max(desired, self.least), most)}


CONTROLLERS = (Timetable, Policy, Autoscaler)


@part
class Weather:
    """Why one evening differs from the next: four things that nobody knew beforehand.

    Each is a coefficient of variation of a per-evening factor with mean 1 (lognormal). The size .15 is
    an assumption.
    """

    turnout: float = quantity("of how many come", "", default=0.15, most=2)
    patience: float = quantity("of how long they try", "", default=0.15, most=2)
    sharpness: float = quantity("of how much they come at once", "", default=0.15, most=2)
    service: float = quantity("of how long a service takes", "", default=0.15, most=2)

    @classmethod
    def calm(cls):
        """No weather at all: for proofs, and for calibration."""
        return cls(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)


@part
class Scenario:
    """One evening's worth of rules: who comes, what they meet, what goes wrong, who acts."""

    crowd: Crowd = component("who comes", Crowd)
    door: Door = component("what they meet", Door)
    waiting_room: WaitingRoom | None = component(
        "the line in front of the door", WaitingRoom, default=None, none="no waiting room"
    )
    stage: Stage = component("where they listen", Stage, factory=Stage)
    faults: tuple = component("what goes wrong", *FAULTS, default=(), many=True)
    controllers: tuple = component("who acts", *CONTROLLERS, Acting, default=(), many=True)
    weather: Weather = component("what nobody knew beforehand", Weather, factory=Weather)
    starts_s: int = quantity(
        "when the account begins", "seconds", default=-1200, least=None, whole=True
    )
    ends_s: int = quantity("when the account ends", "seconds", default=7200, least=None, whole=True)
    tick_s: float | None = quantity(
        "for proofs: every drawn time rounded up to whole ticks",
        "seconds",
        default=None,
        least=1e-6,
        none="no rounding",
    )

    def check(self):
        if self.ends_s <= self.starts_s:
            raise ScenarioError(
                f"Scenario.ends_s is {self.ends_s}; it must lie after starts_s, {self.starts_s}."
            )
        if abs(self.starts_s) > FARTHEST_S:
            raise ScenarioError(
                f"Scenario.starts_s is {self.starts_s}; count from the start, within {FARTHEST_S:,} seconds."
            )
        if self.length_s > LONGEST_S:
            raise ScenarioError(
                f"Scenario.ends_s is {self.ends_s}, {self.length_s:,} seconds after starts_s; an account covers "
                f"at most {LONGEST_S:,} seconds, a week."
            )
        first = self.crowd.arrivals.first_s
        if first < self.starts_s:
            raise ScenarioError(
                f"Scenario.starts_s is {self.starts_s}, but the first listener may come at {first:.0f}; "
                f"set starts_s to {math.floor(first)} or earlier."
            )
        if (self.ends_s - self.starts_s) / self.crowd.round_trip_s > MOST_ATTEMPTS:
            raise ScenarioError(
                f"Crowd.round_trip_s is {self.crowd.round_trip_s}; with so short a pause one listener could "
                "send too many attempts to count. Use 0.001 or more."
            )

        room = self.waiting_room
        if room and room.seats_aware and self.stage.seats is None:
            raise ScenarioError(
                "WaitingRoom.seats_aware is True, but Stage.seats is None; say how many seats there are."
            )
        for controller in self.controllers:
            for change in getattr(controller, "changes", ()):
                if change.what in ("waiting_room", "admits_per_s") and room is None:
                    raise ScenarioError(
                        f"Change.what is {change.what!r}, but Scenario.waiting_room is None; add "
                        "waiting_room=WaitingRoom(admits_per_s=..., opens_s=None)."
                    )
                if change.what == "mended":
                    self.check_mended("Change.to", change.to)

    def check_mended(self, where, index):
        """Raise `ScenarioError` if the fault at this place is none that somebody could mend."""
        can = [at for at, one in enumerate(self.faults) if isinstance(one, MENDABLE)]
        if index not in can:
            there = f"one of {', '.join(map(str, can))}" if can else "nothing: no fault here can be"
            raise ScenarioError(
                f"{where} is {index}, which is no fault that somebody could mend; give {there}."
            )

    @property
    def length_s(self):
        """How many seconds the account covers."""
        return self.ends_s - self.starts_s

    def changed(self, changes):
        """Return this scenario with some fields changed, all at once, named by their path.

        >>> from loadbearing import cases
        >>> cases.get("slow_door").changed({"door.handlers": 200}).door.handlers
        200
        """
        asked = {}
        for path, value in changes.items():
            node = asked
            for step in path.split("."):
                node = node.setdefault(step, {})
            node[WHOLE] = (path, value)
        return _replaced(self, asked)

    def value(self, path):
        """Return the value at a path, such as "door.handlers" or "faults.0.lasts_s"."""
        here = self
        for step in path.split("."):
            here = _child(here, step, path)
        return here

    def scaled(self, fraction):
        """Return the same evening in a smaller room: people, handlers, queue, seats, rates and losses times `fraction`.

        Contention is divided by it and coherency by its square, so that as many handlers in proportion slow each
        other down as much. Controllers go on seeing and answering in full numbers. A scaled room has more dice: keep at
        least 30 handlers.
        """
        if not isinstance(fraction, numbers.Real) or not 0 < fraction <= 1:
            raise ScenarioError(
                f"The fraction is {fraction!r}; it must be a number above 0 and at most 1."
            )
        fraction = float(fraction)
        if fraction == 1:
            return self

        def fewer(count, least=0):
            return None if count is None else max(least, round(count * fraction))

        room, door = self.waiting_room, self.door
        if room is not None:
            room = dataclasses.replace(room, admits_per_s=room.admits_per_s * fraction)
        return dataclasses.replace(
            self,
            crowd=dataclasses.replace(self.crowd, listeners=fewer(self.crowd.listeners)),
            door=dataclasses.replace(
                door,
                handlers=fewer(door.handlers, 1),
                queue_limit=fewer(door.queue_limit),
                contention=door.contention / fraction,
                coherency=door.coherency / fraction**2,
            ),
            waiting_room=room,
            stage=dataclasses.replace(self.stage, seats=fewer(self.stage.seats)),
            faults=tuple(_smaller(fault, fraction) for fault in self.faults),
            controllers=tuple(one.in_room(fraction) for one in self.controllers),
        )


def _smaller(fault, fraction):
    """Return a fault as it is in a smaller room: what it takes or brings is counted in people."""
    if isinstance(fault, HandlersLost):
        return dataclasses.replace(fault, handlers=round(fault.handlers * fraction))
    if isinstance(fault, ForeignLoad):
        return dataclasses.replace(fault, per_s=fault.per_s * fraction)
    return fault


def _child(here, step, path):
    if isinstance(here, tuple):
        if step.isdigit() and int(step) < len(here):
            return here[int(step)]
        raise ScenarioError(
            f"{path!r} asks for number {step} of a list of {len(here)}; count from 0."
        )
    if not dataclasses.is_dataclass(here):
        raise ScenarioError(f"{path!r} goes deeper than the scenario does; stop before {step!r}.")
    names = [field.name for field in dataclasses.fields(here)]
    if step not in names:
        raise ScenarioError(f"{type(here).__name__} has no field {step!r}. {nearest(step, names)}")
    return getattr(here, step)


def _replaced(here, asked):
    """Return a part with all that is asked for changed at once, so that only the outcome must make sense."""
    if WHOLE in asked:
        here = asked[WHOLE][1]
    new = {
        step: _replaced(_child(here, step, _first_path(below)), below)
        for step, below in asked.items()
        if step is not WHOLE
    }
    if not new:
        return here
    if isinstance(here, tuple):
        by_place = {int(step): one for step, one in new.items()}
        return tuple(by_place.get(at, one) for at, one in enumerate(here))
    return dataclasses.replace(here, **new)


def _first_path(asked):
    """Return the path, in full, of the first change below here."""
    while WHOLE not in asked:
        asked = next(iter(asked.values()))
    return asked[WHOLE][0]
