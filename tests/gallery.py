"""Every picture of every kind of evening: the four cases, and evenings as odd as a student can make them."""

import functools

import numpy as np

from loadbearing import (
    Autoscaler,
    Change,
    ForeignLoad,
    Patience,
    Restart,
    Retries,
    Steady,
    WaitingRoom,
    Weather,
    cases,
    learning,
    pictures,
    readings,
    record,
    simulate,
)
from loadbearing.pictures import load_lines, premortem
from loadbearing.units import duration, people, share
from tests.by_hand import plan

EACH = 100
POINTS = record.listener_points()


def scenario(listeners=300, come=(0, 600), handlers=5, service=2.0, **rules):
    """A small evening to which everybody comes evenly between two moments; other rules as `plan` takes them."""
    arrivals = Steady(from_s=come[0], until_s=come[1])
    rules = {"arrivals": arrivals, "retries": Retries(most=1), "cv": 1.0, "ends": 1800, **rules}
    starts = min(0, come[0])
    return plan(listeners=listeners, handlers=handlers, service=service, starts=starts, **rules)


TRY_AGAIN = {"retries": Retries(base_s=5.0), "timeout_s": 10.0}

ODD = {
    "nobody comes": scenario(0),
    "one listener": scenario(1, (0, 0), 1),
    "ten seconds": scenario(40, (0, 10), 3, ends=10),
    "all at one instant": scenario(5_000, (0, 0), 40, queue_limit=400, **TRY_AGAIN),
    "all in at once": scenario(200, (0, 600), 50, 0.1, ends=1200),
    "nobody gets in": scenario(
        400, (0, 300), 1, 90_000.0, queue_limit=0, patience=Patience(kind="fixed", mean_s=60)
    ),
    "dead work": scenario(
        4_000, (0, 400), 10, 4.0, timeout_s=20.0, retries=Retries(base_s=2.0), ends=3600
    ),
    "collapse and restart": scenario(
        3_000, (-600, 1200), 8, ends=3600, **TRY_AGAIN,
        seats=1_500, restart_s=120,
        faults=[Restart(at_s=2400, lasts_s=60)],
    ),
    "waiting room": scenario(
        4_000, (0, 60), 30, queue_limit=60, ends=3600, timeout_s=30.0, retries=Retries(base_s=3.0),
        waiting_room=WaitingRoom(admits_per_s=4.0, opens_s=0),
    ),
    "autoscaler": scenario(
        6_000, (0, 1200), 6, ends=3600, queue_limit=200, **TRY_AGAIN,
        controllers=[Autoscaler(target=0.7, most=60)],
    ),
    "a limit that changes": scenario(
        3_000, (0, 600), 5, ends=2400, queue_limit=500, **TRY_AGAIN,
        changes=[Change(at_s=900, what="queue_limit", to=100)],
    ),
    "foreign load": scenario(
        1_000, (0, 900), 10, queue_limit=100, ends=7200, **TRY_AGAIN,
        faults=[ForeignLoad(at_s=300, lasts_s=600, per_s=20.0)],
        contention=0.05, coherency=0.001,
    ),
    "past midnight": scenario(900, (0, 40_000), 2, 60.0, ends=43_200),
}  # fmt: skip
"""Evenings as odd as a student can make them, by name."""


@functools.cache
def runs():
    """Every evening as (run, how many people each listener stands for), by name."""
    found = {}
    for name in cases.names():
        calm = cases.get(name).changed({"weather": Weather.calm()}).scaled(1 / EACH)
        found[name] = simulate(calm, 1, sample=0), EACH
    return found | {name: (simulate(one, 1, sample=0), 1.0) for name, one in ODD.items()}


@functools.cache
def others():
    """Rooms of twenty-four evenings with weather, in people: (curves, shares in, seeds)."""
    held = cases.get("slow_door").scaled(1 / 400)
    seeds = range(1, 25)
    made = [simulate(held, seed, sample=0) for seed in seeds]
    return (
        [pictures.room(one, 400) for one in made],
        [readings.service_level(one, 600) for one in made],
        [*seeds],
    )


@functools.cache
def of_a_run(name):
    """Every picture of one run, by name."""
    run, each = runs()[name]
    before, before_each = runs()["retry_flood"]
    curve = pictures.room(run, each)
    return {
        "room": pictures.listeners_in_the_room(curve),
        "room, points": pictures.listeners_in_the_room(
            curve, points=POINTS, before=pictures.room(before, before_each)
        ),
        "inside and outside": pictures.inside_and_outside(run, each),
        "queue": pictures.queue_and_its_limit(run, each),
        "attempts": pictures.attempts_by_kind(run, each),
        "came": pictures.who_came_and_who_got_in(run, each),
        "time to join": pictures.time_to_join(run, before=before),
        "spread": pictures.time_to_join_spread(run),
        "load": pictures.load_and_utilization(run, each),
        "two runs": pictures.two_runs(run, before, each, before_each),
    }


def learned(name, belief):
    """A belief as its picture takes it."""
    return pictures.Learned(name, *belief.curve(), belief.low, belief.high)


@functools.cache
def of_many():
    """Every picture of several runs, by name."""
    curves, shares, seeds = others()
    mine, each = runs()["slow_door"]
    now = pictures.room(mine, each)
    mechanisms = {name.replace("_", " "): pictures.room(*runs()[name]) for name in cases.names()}
    handlers = pictures.Knob("Handlers at the door", [400, 700, 1000, 1300, 1600], people)
    limits = pictures.Knob("Queue limit (requests)", [1000, 3000, 5000, 7000], people)
    grid = np.clip(np.add.outer(np.arange(4) * 0.11, np.arange(5) * 0.19), 0, 1)
    times = 4000 / (1 + np.add.outer(np.arange(4.0), np.arange(5.0) ** 2))
    times[0, 0], times[3, :2] = np.inf, np.nan
    fine = np.add.outer(np.linspace(0, 0.4, 24), np.linspace(0, 0.6, 30))
    many = pictures.Knob("Handlers at the door", [*range(100, 3100, 100)], people)
    up = pictures.Knob("Client time-out (seconds)", [*range(5, 125, 5)])
    alike = np.full(24, 0.98)
    never = np.array([np.inf, 900.0, np.inf, np.inf, 40.0, np.nan])
    asked = learning.guess(500, 9000)
    ways = {
        "the calendar": learning.calendar([(300, True), (900, True)]),
        "the ramp": learning.ramp(2000, 2500),
        "the surge": learning.surge(2480, full=True, noise=0.05),
        "the evening after": learning.surge(9000, full=False),
    }
    known = [learned(name, asked.after(seen)) for name, seen in ways.items()]
    names = (
        "an ordinary evening",
        "everyone at once",
        "a fault at the worst minute",
        "nobody there knows the part",
    )
    reaches = [
        load_lines.Reach(name, crowd, 0.8 * crowd, 1.1 * crowd)
        for name, crowd in zip(names, (16_100, 5_300, 9_140, 3_300), strict=True)
    ]
    odd = [
        load_lines.Reach("refused people reload at once", 2e6, 1e6, np.inf),
        *reaches,
        load_lines.Reach("calm", 0, 0, 3),
    ]
    losses = [
        premortem.Loss(f"{name}, {at}", 9e3 / at**2, 5e3 / at**2, 12e3 / at**2, 4e4 / at**2)
        for at, name in enumerate(2 * names, 1)
    ]
    return {
        "load lines": load_lines.load_lines(reaches, 12_000, 6_000, 24_000),
        "load lines, odd": load_lines.load_lines(odd, 9_000_000),
        "load lines, far": load_lines.load_lines(odd, 40),
        "load lines, one": load_lines.load_lines(reaches[:1], 12_000, 11_900, 12_100),
        "premortem": premortem.premortem(losses),
        "premortem, few": premortem.premortem(losses[2:3]),
        "premortem, free": premortem.premortem([premortem.Loss("a fault", 0, 0, 0, 0)] * 3),
        "premortem, dear": premortem.premortem([premortem.Loss("a fault", 8e7, 7e7, 9e7, 4e11)]),
        "learned": pictures.what_was_learned(learned("your guess", asked), known[:3], known=2520),
        "learned, wide": pictures.what_was_learned(learned("your guess", asked), known, known=90),
        "learned, nothing": pictures.what_was_learned(
            learned("your guess", asked), [learned("a test", asked.after(learning.passed(3)))]
        ),
        "learned, few": pictures.what_was_learned(
            learned("your guess", learning.guess(3.1, 3.4)),
            [learned("it", learning.guess(3.1, 3.4).after(learning.saturated(3.2, 0.01)))],
            known=3.2,
        ),
        "mechanisms": pictures.same_points_other_evenings(mechanisms, POINTS, 1800),
        "band": pictures.among_other_evenings(now, curves, points=POINTS),
        "band of few": pictures.among_other_evenings(now, curves[:5]),
        "band left": pictures.among_other_evenings(pictures.room(*runs()["retry_flood"]), curves),
        "lucky": pictures.the_lucky_one(shares, seeds, "In within 10 minutes (share of the crowd)", share, mine=0.4),
        "lucky, alike": pictures.the_lucky_one(alike, seeds, "Got in (share of the crowd)", share),
        "lucky, never": pictures.the_lucky_one(
            never, range(6), "Half of all in (after)", duration, most_is_best=False, mine=np.inf
        ),
        "knobs": pictures.two_knobs(
            grid, handlers, limits, "Got in (share of the crowd)", share, promise=0.7, mine=(2, 1)
        ),
        "knobs, times": pictures.two_knobs(
            times, handlers, limits, "Half of all in (after)", duration, promise=600, at_most=True, mine=(0, 3)
        ),
        "knobs, fine": pictures.two_knobs(
            fine, many, up, "Got in (share of the crowd)", share, promise=0.6, mine=(12, 9)
        ),
        "knobs, none": pictures.two_knobs(
            np.full((4, 5), np.nan), handlers, limits, "Got in (share of the crowd)", share
        ),
    }  # fmt: skip
