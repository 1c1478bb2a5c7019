"""A launch worked out whole: load lines, premortem, plan, stop rule, and the ordinary evening for the front pages."""

from __future__ import annotations

import dataclasses

from loadbearing.engines import simulate
from loadbearing.launch.lines import load_lines
from loadbearing.launch.plans import Plan, cheapest
from loadbearing.launch.sheet import Launch
from loadbearing.launch.stop_rule import StopRule, stop_rule
from loadbearing.launch.stopping import Steps
from loadbearing.launch.summing_up import summary
from loadbearing.launch.troubles import premortem
from loadbearing.launch.weathers import evening
from loadbearing.run import Run
from loadbearing.scenario import Weather

FULL = 200_000
"""People up to which the ordinary evening is played in full."""

SHARES = {"lines": 0.4, "premortem": 0.55, "plan": 0.85, "rule": 0.97}
"""About where in the whole each part ends."""


@dataclasses.dataclass(frozen=True)
class Worked:
    """What came of a launch.

    `lines`: a `WeatherLine` for each weather. `premortem`: `Trouble`s, the dearest first. `stop_rule`: that of the
    launch with its plan. `run`: the crowd expected on an ordinary evening; `each`: people that one listener of it
    stands for, 1 unless the crowd is very large.
    """

    launch: Launch
    lines: tuple
    premortem: tuple
    plan: Plan
    stop_rule: StopRule
    run: Run
    each: float

    def summary(self):
        """Return five sentences, the claims first: line, trouble, plan, stop rule, what is assumed."""
        return summary(self)


def work_out(a_launch, told=None, stopped=None):
    """Return a launch worked out, as `Worked`.

    `told(share, words)` hears how far it is, 0 to 1; `stopped()` is asked often. Raises `Stopped` if it says so.
    """
    steps, begins, parts = Steps(told, stopped), 0.0, {}
    for name, ends in SHARES.items():
        parts[name] = dict(told=steps.part(begins, ends).show, stopped=stopped)
        begins = ends
    lines = load_lines(a_launch, **parts["lines"])
    troubles = premortem(a_launch, **parts["premortem"])
    plan = cheapest(a_launch, **parts["plan"])
    rule = stop_rule(plan.after, **parts["rule"])
    steps.show(begins, "an ordinary evening, for the two front pages")
    run = ordinary(a_launch)
    steps.show(1.0, "worked out")
    return Worked(a_launch, lines, troubles, plan, rule, run, max(1.0, a_launch.expected / FULL))


def ordinary(a_launch):
    """Return the `Run` of an ordinary evening in average weather: exactly the crowd expected comes."""
    calm = {"weather": Weather.calm()}
    return simulate(evening(a_launch, changes=calm, people=FULL), seed=1, progress=False)
