"""A launch worked out whole: load lines, premortem, plan, stop rule, and the ordinary evening for the front pages."""

from __future__ import annotations

import dataclasses

from loadbearing.engines import simulate
from loadbearing.launch.lines import load_lines
from loadbearing.launch.sheet import Launch
from loadbearing.launch.stopping import Steps
from loadbearing.launch.weathers import evening

FULL = 200_000
"""People up to which the ordinary evening is played in full."""


@dataclasses.dataclass(frozen=True)
class Worked:
    """What came of a launch. `run`: the crowd expected on an ordinary evening; `each`: people that one listener of it
    stands for (1 unless the crowd is very large)."""

    launch: Launch
    lines: tuple
    premortem: tuple
    plan: object
    stop_rule: object
    run: object
    each: float

    def summary(self):
        """Return five sentences, the claims first."""
        return [one.sentence for one in self.lines][:5]


def work_out(a_launch, told=None, stopped=None):
    """Return a launch worked out; `told(share, words)` hears how far it is. Raises `Stopped` if `stopped()` says so."""
    from loadbearing.launch.plans import cheapest
    from loadbearing.launch.stop_rule import stop_rule
    from loadbearing.launch.troubles import premortem

    steps = Steps(told, stopped)
    lines = load_lines(a_launch, told=steps.part(0.0, 0.4).show, stopped=stopped)
    troubles = premortem(a_launch, told=steps.part(0.4, 0.6).show, stopped=stopped)
    plan = cheapest(a_launch, told=steps.part(0.6, 0.85).show, stopped=stopped)
    rule = stop_rule(a_launch, told=steps.part(0.85, 0.95).show, stopped=stopped)
    steps.show(0.95, "an ordinary evening for the front pages")
    run = simulate(evening(a_launch, people=FULL), seed=1)
    steps.show(1.0, "done")
    each = max(1.0, a_launch.expected / FULL)
    return Worked(a_launch, lines, troubles, plan, rule, run, each)
