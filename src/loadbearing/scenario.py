"""What an evening is: the crowd, the door, the stage, what breaks, who acts, and the weather.

A scenario is a company; a seed is an evening. The scenario is frozen, keyword-only, checked and
compared by value. Times are seconds from the announced start (t = 0), people are people, and a
handler is whatever can let one person in at a time.
"""

from __future__ import annotations

import dataclasses
import math
import numbers

import numpy as np

from loadbearing.parts import ScenarioError, checked, choice, component, nearest, part, quantity

MOST_LISTENERS = 2**31 - 1
MOST_ATTEMPTS = 2**28 - 1
BACKOFF_STEPS = 64
TABLE_STEP_S, FINE, MOST_TABLE_POINTS = 1.0, 20, 100_000
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
        crowd = max(0.0, 1.0 - self.early_share - self.late_share)
        reach = max(self.until_s, 20 * self.mean_s)
        step = max(min(TABLE_STEP_S, self.mean_s / FINE), reach / MOST_TABLE_POINTS)
        after = np.linspace(0.0, reach, max(2, math.ceil(reach / step) + 1))
        scaled = 2 * after / self.mean_s
        came = np.array([1.0 - (1.0 + at) * math.exp(-at) for at in scaled])
        late = np.minimum(after / self.until_s, 1.0) if self.until_s > 0 else np.ones(len(after))
        share = self.early_share + crowd * came / came[-1] + self.late_share * late
        if self.doors_s == 0:
            return after, share / share[-1]
        return np.append(self.doors_s, after), np.append(0.0, share / share[-1])

    def sharpened(self, factor):
        """Return the rush with the crowd's mean delay multiplied: below 1 they come more at once."""
        return dataclasses.replace(self, mean_s=self.mean_s * factor)


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
    Quick reloaders come back after exactly one round trip, whatever the rest do.
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
    arrivals: Steady | Rush = component("when they come", Steady, Rush)
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


@part
class Door:
    """The way in: parallel handlers behind one queue, first come, first served.

    `queue_limit` counts waiting requests, those included whose client has left; a full queue refuses the
    newcomer. `drops_dead` says whether such a request is skipped at no cost when its turn comes.
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
    drops_dead: bool = choice("skip requests whose client has left", (False, True), default=False)


@part
class Stage:
    """Where listeners are once they have joined: seats, and a refusal when all are taken."""

    seats: int | None = quantity(
        "most listeners at once",
        "people",
        default=None,
        whole=True,
        most=MOST_LISTENERS,
        none="no limit",
    )


@part
class HandlersLost:
    """A fault: some handlers are gone for a while. Busy ones finish first; losses at one time add up."""

    at_s: float = quantity("when they go", "seconds", least=None)
    lasts_s: float = quantity("how long they stay away", "seconds")
    handlers: int = quantity("how many go", "handlers", whole=True)


CHANGEABLE = {
    "handlers": dict(
        kind="whole", unit="handlers", least=0, above=None, most=MOST_LISTENERS, none=None
    ),
    "queue_limit": dict(
        kind="whole", unit="requests", least=0, above=None, most=MOST_LISTENERS, none="no limit"
    ),
    "drops_dead": dict(kind="choice", options=(False, True)),
}


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
    stage: Stage = component("where they listen", Stage, factory=Stage)
    faults: tuple = component("what goes wrong", HandlersLost, default=(), many=True)
    controllers: tuple = component("who acts", Timetable, default=(), many=True)
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

    @property
    def length_s(self):
        """How many seconds the account covers."""
        return self.ends_s - self.starts_s

    def changed(self, changes):
        """Return this scenario with some fields changed, named by their path.

        >>> from loadbearing import cases
        >>> cases.get("slow_door").changed({"door.handlers": 200}).door.handlers
        200
        """
        scenario = self
        for path, value in changes.items():
            scenario = _replaced(scenario, path.split("."), value, path)
        return scenario

    def value(self, path):
        """Return the value at a path, such as "door.handlers" or "faults.0.lasts_s"."""
        here = self
        for step in path.split("."):
            here = _child(here, step, path)
        return here

    def scaled(self, fraction):
        """Return the same evening in a smaller room: people, handlers, queue, seats and losses times `fraction`.

        A scaled room has the same rates per person, but more dice: keep at least 30 handlers.
        """
        if not isinstance(fraction, numbers.Real) or not 0 < fraction <= 1:
            raise ScenarioError(
                f"The fraction is {fraction!r}; it must be a number above 0 and at most 1."
            )

        def fewer(count, least=0):
            return None if count is None else max(least, round(count * fraction))

        def change(one):
            if one.what == "drops_dead":
                return one
            least = 1 if one.what == "handlers" and one.to else 0
            return dataclasses.replace(one, to=fewer(one.to, least))

        return dataclasses.replace(
            self,
            crowd=dataclasses.replace(self.crowd, listeners=fewer(self.crowd.listeners)),
            door=dataclasses.replace(
                self.door,
                handlers=fewer(self.door.handlers, 1),
                queue_limit=fewer(self.door.queue_limit),
            ),
            stage=dataclasses.replace(self.stage, seats=fewer(self.stage.seats)),
            faults=tuple(
                dataclasses.replace(fault, handlers=fewer(fault.handlers)) for fault in self.faults
            ),
            controllers=tuple(
                dataclasses.replace(one, changes=tuple(map(change, one.changes)))
                for one in self.controllers
            ),
        )


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


def _replaced(here, steps, value, path):
    child = _child(here, steps[0], path)
    new = value if len(steps) == 1 else _replaced(child, steps[1:], value, path)
    if isinstance(here, tuple):
        at = int(steps[0])
        return here[:at] + (new,) + here[at + 1 :]
    return dataclasses.replace(here, **{steps[0]: new})
