"""Policies for the eve: a rule that orders handlers by the clock or by what it sees, its bill, and the promise.

A policy is judged on evenings that the student has not seen, the same for every policy; its bill is held against the
best policy known (par), which `authoring/par_07.py` found by trying and wrote to `par_07.json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
import re

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError
from loadbearing.engines.control import PolicyError
from loadbearing.scenario import Policy
from loadbearing.stress import Promise
from loadbearing.units import clock, parse_clock, share

CASE, FRACTION = "the_eve", 1 / 25
PRACTICE, UNSEEN = range(1, 4), range(501, 521)
"""Evenings by seed: those that `rehearse_policy` shows, and those on which a policy is judged."""

STARTS_S = -600
FEWEST, MOST = 100, 10_000
"""Handlers: the platform never runs on fewer than the first, and nobody rents more than the second."""

LOOKS_S, LAG_S, BOOT_S = 10, 10, 60.0
"""How often a policy looks, how old what it sees is, and how long ordered handlers take to start."""

CONTROLLER = re.compile(r"^Controller 0, at (-?\d+) seconds,")
NEAR_PAR = 1.1
PAR_FILE = pathlib.Path(__file__).with_name("par_07.json")
PRICE = cases.Input(
    0.01,
    "assumption",
    "dollars for one handler for one minute: half a dollar for fifty minutes, as in unit 01",
)
PROMISE = Promise(reading="service_level", args={"within_s": 300.0}, at_least=0.95, evenings=0.9)


class Watched:
    """A policy, and what it ordered: `orders` holds (time, handlers), `besides` what it changed besides handlers."""

    def __init__(self, decide):
        self.decide, self.orders, self.besides = decide, [], {}

    def __call__(self, now, telemetry):
        answer = self.decide(now, telemetry)
        if answer is None:
            return None
        if not isinstance(answer, dict):
            raise AnswerError(
                f"At {clock(now)} the policy answers {answer!r}; let it return something such as "
                '{"handlers": 1000}, or None.'
            )
        if "handlers" in answer:
            self._order(now, answer["handlers"])
        self.besides |= {key: value for key, value in answer.items() if key != "handlers"}
        return answer

    def _order(self, now, handlers):
        if isinstance(handlers, bool) or not isinstance(handlers, int | np.integer):
            raise AnswerError(
                f"At {clock(now)} the policy orders {handlers!r} handlers; order a whole number."
            )
        if not FEWEST <= handlers <= MOST:
            raise AnswerError(
                f"At {clock(now)} the policy orders {handlers:,} handlers; order {FEWEST:,} to {MOST:,}."
            )
        self.orders.append((round(now), int(handlers)))


def eve(decide=None, changes=None):
    """Return the eve from ten minutes before the hour, with the fewest handlers and this policy in charge."""
    policy = Policy(decide=decide, every_s=LOOKS_S, lag_s=LAG_S, boot_s=BOOT_S) if decide else None
    scenario = cases.build(CASE, {"starts_s": STARTS_S}).changed(
        {"door.handlers": FEWEST, "controllers": (policy,) if policy else ()}
    )
    return scenario.changed(changes or {})


@dataclasses.dataclass(frozen=True)
class Trial:
    """A policy on some evenings: of each, the share in within the promised time, the bill, and what it ordered."""

    in_time: tuple
    bills: tuple
    orders: tuple
    besides: dict

    @property
    def kept(self):
        """On how many evenings the promise was kept."""
        return sum(PROMISE.margin_of(one) >= 0 for one in self.in_time)

    @property
    def holds(self):
        """Whether that is enough of them."""
        return PROMISE.holds(self.kept, len(self.in_time))

    @property
    def bill(self):
        """What the policy costs on average, in dollars."""
        return float(np.mean(self.bills))

    @property
    def peak(self):
        """The most handlers it ever ordered."""
        return max((handlers for evening in self.orders for _, handlers in evening), default=FEWEST)

    def peak_from_until(self):
        """Return (first, last) moment of an evening at which it wanted more than half its peak, medians in seconds."""
        wanted = [
            [time for time, handlers in evening if handlers > self.peak / 2]
            for evening in self.orders
        ]
        wanted = [times for times in wanted if times] or [[0]]
        return tuple(
            round(float(np.median([pick(times) for times in wanted]))) for pick in (min, max)
        )

    def __str__(self):
        return f"kept on {self.kept} of {len(self.in_time)} evenings, for {self.bill:,.0f} dollars"


def tried(decide, seeds=UNSEEN, changes=None):
    """Return the `Trial` of a policy on the evenings with these seeds; raises `AnswerError` for one that fails."""
    found, besides = [], {}
    for seed in seeds:
        watched = Watched(decide)
        found.append((*evening(watched, seed, changes), tuple(watched.orders)))
        besides |= watched.besides
    return Trial(*map(tuple, zip(*found, strict=True)), besides)


def evening(decide, seed, changes=None):
    """Return (share in within the promised time, bill in dollars) of a policy on one evening."""
    try:
        run = simulate(eve(decide, changes).scaled(FRACTION), seed, sample=0, progress=False)
    except PolicyError as slip:
        told = slip.__cause__ if isinstance(slip.__cause__, AnswerError) else slip
        raise AnswerError(_of_the_policy(str(told))) from None
    minutes = readings.seconds_of(run)["capacity_s"].sum() / 60 / FRACTION
    return PROMISE.read(run), float(PRICE.value * minutes)


def _of_the_policy(told):
    """Return what an engine says of its first controller as a sentence about the policy, with the time of day."""
    return CONTROLLER.sub(lambda found: f"At {clock(float(found[1]))} the policy", told)


def by_the_clock(peak, since_s, until_s):
    """Return a policy that orders `peak` handlers from one time on and goes back to the fewest at another."""
    return lambda now, telemetry: {"handlers": peak if since_s <= now < until_s else FEWEST}


def until_seen(peak, since_s, until_s, busy):
    """Return a policy by the clock that keeps its peak, up to twenty past, while handlers are busier than `busy`."""

    def decide(now, telemetry):
        wanted = since_s <= now < until_s or (
            since_s <= now < 1200 and telemetry.utilization > busy
        )
        return {"handlers": peak if wanted else FEWEST}

    return decide


@functools.cache
def sweep():
    """Return what the sweep found, as plain tables."""
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def at(time):
    """Return a time of day, such as "19:59:30", as the seconds from the announced start that a policy is given.

    >>> at("19:59"), at("20:03:30")
    (-60.0, 210.0)
    """
    try:
        return parse_clock(time)
    except (ValueError, TypeError):
        raise AnswerError(f'{time!r} is no time of day; write one such as at("19:50").') from None


class Rehearsal:
    """A policy on the practice evenings, told in a few lines."""

    def __init__(self, decide):
        self.decide = decide

    def __repr__(self):
        if not callable(self.decide):
            return "This is no policy; give the function's name, without brackets after it."
        try:
            trial = tried(self.decide, PRACTICE)
        except AnswerError as slip:
            return str(slip)
        if not any(trial.orders):
            return f"The policy orders nothing: {FEWEST:,} handlers all evening. Fill it in, then run this cell again."
        lines = [
            f"Practice evening {seed}: {share(in_time)} in within five minutes, for {bill:,.0f} dollars."
            for seed, in_time, bill in zip(PRACTICE, trial.in_time, trial.bills, strict=True)
        ]
        first, last = trial.peak_from_until()
        lines.append(
            f"At most {trial.peak:,} handlers, ordered from {clock(first)} until {clock(last)}."
        )
        return "\n".join(lines)


def rehearse_policy(decide):
    """Return what a policy does on a few practice evenings; the check uses others."""
    return Rehearsal(decide)
