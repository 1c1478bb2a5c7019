"""A team as a controller of the running evening: it watches requests fail, is called, finds out, and opens the line."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing.parts import ScenarioError, choice, component, part, quantity
from loadbearing.scenario import Acting
from loadbearing.team.incident import Incident
from loadbearing.team.luck import Luck
from loadbearing.team.people import PARTS, Person, checked_parts
from loadbearing.team.steps import Steps

LAG_S, BOOT_S = 0, 0.0


@part
class Response(Acting):
    """Who is on the call, what lies in the drawer, and what goes wrong tonight.

    What the team does at second t acts at the first look after t. `part`: which part stands still; `new`: the fault is
    one that nobody has seen, so that the page is done in vain. `pages`: parts for which a runbook lies in the drawer.
    `on_call`: how many are called at once. `free`: the chance that somebody can be reached tonight. `called_before`:
    calls of this shift before this one. `relief`: who takes over when the shift ends. `seed`: whose luck; it is set by
    the evening.
    """

    people: tuple = component("who may be called", Person, many=True)
    steps: Steps = component("how long each step takes", Steps)
    pages: tuple = dataclasses.field(
        default=(), metadata=dict(kind="any", meaning="the parts that have a runbook")
    )
    rehearsed: bool = choice("whether the call was rehearsed", (False, True), default=False)
    on_call: int | None = quantity(
        "how many are called at once", "people", default=None, least=1, whole=True, none="all"
    )
    free: float = quantity("the chance that somebody can be reached", "", default=1.0, most=1)
    called_before: int = quantity("calls of this shift before", "calls", default=0, whole=True)
    part: str = choice("what stands still", PARTS, default=PARTS[-1])
    new: bool = choice("whether the fault is new to everybody", (False, True), default=False)
    shift_ends_s: float | None = quantity(
        "when the shift ends", "seconds", default=None, least=None, none="not tonight"
    )
    relief: tuple = component("who takes over then", Person, default=(), many=True)
    every_s: int = quantity("how often it looks", "seconds", least=1, whole=True)
    of_room: float | None = quantity(
        "the fraction of the full room it acts in",
        "",
        default=None,
        above=0,
        most=1,
        none="the full room",
    )
    seed: int | None = quantity(
        "whose luck", "", default=None, whole=True, most=None, none="the evening's"
    )

    def check(self):
        object.__setattr__(self, "pages", checked_parts("Response.pages", self.pages))
        known = [one.name for one in self.people]
        twice = {one for one in known if known.count(one) > 1}
        if twice:
            raise ScenarioError(
                f"Response.people has {' and '.join(sorted(twice))} twice; name each person once."
            )

    @property
    def room(self):
        """The fraction of the full room it acts in."""
        return 1.0 if self.of_room is None else self.of_room

    @property
    def lag_s(self):
        """How old what it sees is, in seconds."""
        return LAG_S

    @property
    def boot_s(self):
        """How long new handlers would take to start, in seconds; it orders none."""
        return BOOT_S

    def in_room(self, fraction):
        """Return the same team for a smaller room; it goes on seeing and answering in full numbers."""
        return dataclasses.replace(self, of_room=self.room * fraction)

    def tonight(self, seed):
        """Return the team with the luck of one evening: who is first on the rota, and how long each step takes."""
        return dataclasses.replace(self, seed=int(seed))

    def decide(self, now, telemetry):
        """Return what the team changes now, setting to value, or None. The incident lives in the evening's memory."""
        held = telemetry.memory
        if "incident" not in held:
            held["incident"] = Incident(self, Luck(self.seed or 0), telemetry.from_s)
        asked = telemetry.first_attempts + telemetry.retries
        changes = held["incident"].until(now)
        held["incident"].see(asked, telemetry.refused_full + telemetry.time_outs)
        return changes or None


def team_of(evening):
    """Return the `Response` of a scenario; raise `ScenarioError` if it has none."""
    for one in evening.controllers:
        if isinstance(one, Response):
            return one
    raise ScenarioError("Scenario.controllers has no team; take a case that has one: the_call.")


def retold(run):
    """Return the log of the team of a run: a list of `Entry`, as it was during the evening.

    Played again from the account, so that a run need not keep it.
    """
    team = team_of(run.evening)
    starts = run.evening.starts_s
    incident = Incident(team, Luck(team.seed or 0), starts)
    looks = len(run.seconds) // team.every_s
    asked, failed = (
        _of_each_look(run, names, team.every_s, looks, team.room)
        for names in (("first_attempts", "retries"), ("refused_full", "time_outs"))
    )
    for look in range(looks):
        incident.until(starts + (look + 1) * team.every_s)
        incident.see(asked[look], failed[look])
    return incident.log


def _of_each_look(run, names, every_s, looks, room):
    """Return some counts, added up, as the dashboard shows them at each look: in full numbers."""
    total = np.zeros(looks, np.int64)
    for name in names:
        count = run.seconds[name][: looks * every_s].reshape(looks, every_s).sum(axis=1)
        total += np.array([round(one / room) for one in count.tolist()], np.int64)
    return total
