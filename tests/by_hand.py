"""Small evenings that a reader can work out by hand: the crowd comes at exact moments, services take exact times."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing import (
    Crowd,
    Door,
    Retries,
    Scenario,
    Service,
    Stage,
    Steady,
    Timetable,
    Weather,
    draws,
    simulate,
)
from loadbearing.parts import part
from loadbearing.run import DONE, Moment

SEED = 1
ENGINES = ["reference", "compiled"]
DOOR = (
    "queue_limit",
    "discipline",
    "drops_dead",
    "contention",
    "coherency",
    "retry_after_s",
    "retry_budget",
)


def after(pause_s, **rules):
    """Retries after exactly this pause each time."""
    return Retries(backoff="fixed", base_s=pause_s, cap_s=pause_s, jitter="none", **rules)


def plan(
    *, listeners=3, handlers=1, service=10, starts=0, ends=100, faults=(), changes=(), **rules
):
    """Return the scenario of an evening from second 0 on, or from `starts`.

    Everybody comes at second 0, in the order of their numbers, unless `come=(0, 3, 7)` names a moment for each;
    every service takes exactly `service` seconds, and a failed attempt is followed by a pause of exactly 5.
    `cv`, `seats`, `restart_s` and what a door, a crowd or a scenario takes can be given by name.
    """
    rules = {"retries": after(5), "arrivals": Steady(from_s=0, until_s=0), **rules}
    door = {name: rules.pop(name) for name in DOOR if name in rules}
    length = Service(mean_s=service, cv=rules.pop("cv", 0))
    stage = {name: rules.pop(name) for name in ("seats", "restart_s") if name in rules}
    if "restart_s" in stage:
        stage["when_full"] = "collapse"
    if "come" in rules:
        come = tuple(rules.pop("come"))
        rules["arrivals"] = Moments(from_s=come[0], until_s=come[-1], moments=come)
        listeners = len(come)
    listed = [Timetable(changes=list(changes))] if changes else []
    listed += rules.pop("controllers", [])
    others = {name: rules.pop(name) for name in ("waiting_room", "tick_s") if name in rules}
    return Scenario(
        crowd=Crowd(listeners=listeners, **rules),
        door=Door(handlers=handlers, service=length, **door),
        stage=Stage(**stage),
        faults=list(faults),
        controllers=listed,
        weather=Weather.calm(),
        starts_s=starts,
        ends_s=ends,
        **others,
    )


def day(engine, **rules):
    """Return the run of the evening that `plan` describes, audited, with every life kept."""
    return play(plan(**rules), engine)


def play(scenario, engine):
    """Return the run of a scenario, audited, with every life kept."""
    return simulate(scenario, SEED, engine=engine, sample=max(1, scenario.crowd.listeners)).audit()


def luck(listeners):
    """Return the uniform number by which each listener comes, in order: float64, one for each."""
    return np.sort(draws.uniforms(draws.key(SEED, draws.ARRIVAL), np.arange(listeners)))


@part
class Moments(Steady):
    """Arrivals in which the first listener comes at the first of these moments, the second at the second, and so on."""

    moments: tuple = dataclasses.field(metadata=dict(kind="any"))

    def table(self):
        """Return (times in seconds, share arrived by then): between two listeners' luck it jumps to the next moment."""
        held = luck(len(self.moments))
        borders = np.concatenate([[0.0], (held[1:] + held[:-1]) / 2, [1.0]])
        return np.repeat(np.array(self.moments, float), 2), np.repeat(borders, 2)[1:-1]


def times(run, column):
    """Return one column of times as a list; None where there is none."""
    return [None if np.isnan(time) else time for time in run.listeners[column].tolist()]


def joined(run):
    """Return when each listener first joined; None for those who did not."""
    return times(run, "joined")


def moments(run, listener, *kinds):
    """Return the times of the moments of these kinds in one listener's life, in order."""
    mine = run.lives[run.lives["listener"] == listener]
    return mine["time"][np.isin(mine["moment"], kinds)].tolist()


def sent(run, listener):
    """Return when a listener's requests reached the door."""
    return moments(run, listener, Moment.SENT)


def refused(run):
    """Return how many clients were refused, by kind, those kinds left out that did not occur."""
    kinds = ("full", "budget", "shut", "restart", "no_seat")
    counts = {kind: int(run.seconds[f"refused_{kind}"].sum()) for kind in kinds}
    return {kind: count for kind, count in counts.items() if count}


def done(run):
    """Return what the controllers did: (time, which controller, what, new value)."""
    return [(time, which, DONE[what], to) for time, which, what, to in run.actions.tolist()]
