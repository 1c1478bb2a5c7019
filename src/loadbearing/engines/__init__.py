"""One door to both engines: `simulate(scenario, seed)`, and `begin` for those who want to stop on the way."""

from __future__ import annotations

import functools
import importlib.util
import math

from loadbearing import draws
from loadbearing.bar import Bar
from loadbearing.engines import estimate
from loadbearing.engines.control import Control, PolicyError, Telemetry
from loadbearing.engines.estimate import Estimate, Preview, preview
from loadbearing.parts import ScenarioError, nearest
from loadbearing.run import Run
from loadbearing.scenario import Scenario

__all__ = [
    "Estimate",
    "PolicyError",
    "Preview",
    "Simulation",
    "Telemetry",
    "has_compiler",
    "preview",
    "simulate",
]

ENGINES = ("auto", "compiled", "reference")
CHUNK, SLOW_CHUNK = 500_000, 5_000
SAMPLE = 1_000
MOST_WITHOUT_COMPILER = 50_000
WITHOUT_COMPILER = (
    "numba, the compiler of the fast engine, is not installed on this machine; use engine='reference' and a "
    "small room, for example scenario.scaled(1/100)."
)


def has_compiler():
    """Tell whether the compiled engine can run on this machine."""
    return importlib.util.find_spec("numba") is not None


class Simulation:
    """An evening under way: advance it in chunks, look at how far it is, and take the `Run` at the end.

    Stopping and continuing changes nothing in the result.
    """

    def __init__(self, scenario, seed=1, engine="auto", sample=SAMPLE, door=None, check=True):
        if not isinstance(scenario, Scenario):
            raise ScenarioError(
                f"The scenario is {scenario!r}; give a Scenario, for example cases.get('slow_door')."
            )
        self.seed = draws.checked_seed(seed)
        if isinstance(sample, bool) or not isinstance(sample, int) or sample < 0:
            raise ScenarioError(f"The sample is {sample!r}; give a whole number from 0.")
        slowly = engine == "auto" and door is None and not has_compiler()
        if slowly and scenario.crowd.listeners > MOST_WITHOUT_COMPILER:
            raise ScenarioError(WITHOUT_COMPILER)
        self.scenario = scenario
        self.evening = draws.evening(scenario, self.seed)
        made_by = _engine(engine, door)
        if check:
            estimate.check_memory(self.evening, engine_name(engine, door), sample)
        self.engine = made_by(self.evening, self.seed, sample)
        self.control = Control(self.evening, self.engine)
        self.done = False

    @property
    def share_over(self):
        """The share of the evening that is over: 0 to 1."""
        return min(1.0, (self.engine.now - self.evening.starts_s) / self.evening.length_s)

    def advance(self, most_events=CHUNK, until=math.inf):
        """Run on up to `until` seconds or the end; return False if about `most_events` events came first."""
        end = math.nextafter(self.evening.ends_s, math.inf)
        while not self.done:
            goal = min(self.control.next_s, end, until)
            if not self.engine.advance(goal, most_events):
                return False
            if self.control.next_s <= goal:
                self.control.act()
            elif goal >= end:
                self.done = True
            else:
                return True
        return True

    def run(self):
        """Return the finished `Run`; raise `RuntimeError` with a sentence while the evening is under way."""
        if not self.done:
            raise RuntimeError("The evening is still under way; call advance() until it is done.")
        listeners, seconds, lives = self.engine.tables()
        return Run(
            scenario=self.scenario,
            evening=self.evening,
            seed=self.seed,
            engine=self.engine.name,
            listeners=listeners,
            seconds=seconds,
            lives=lives,
            actions=self.control.table(),
        )


def _engine(name, door):
    if name not in ENGINES:
        raise ScenarioError(f"There is no engine {name!r}. {nearest(name, ENGINES)}")
    if door is not None and name == "compiled":
        raise ScenarioError(
            "A door of your own runs in the reference engine: use engine='reference'."
        )
    if name == "reference" or door is not None or (name == "auto" and not has_compiler()):
        from loadbearing.engines.reference import Reference

        return functools.partial(Reference, door=door) if door else Reference
    if not has_compiler():
        raise ScenarioError(WITHOUT_COMPILER)
    from loadbearing.engines.twin import Compiled

    return Compiled


def engine_name(engine, door=None):
    """Return which engine runs: the reference where asked for, for a door of one's own, or without a compiler."""
    if engine == "compiled" or (engine == "auto" and door is None and has_compiler()):
        return "compiled"
    return "reference"


def simulate(
    scenario,
    seed=1,
    engine="auto",
    sample=SAMPLE,
    progress=True,
    door=None,
    most_s=estimate.MOST_S,
):
    """Run one evening and return its `Run`.

    `scenario`: a `Scenario`; `seed`: which evening, a whole number; `engine`: "auto" (compiled where it can be),
    "compiled" or "reference"; `sample`: of about how many listeners the whole life is kept; `progress`: True for a
    line in a terminal or notebook when a run takes over a second, False for none, or a function that is called between
    chunks with the share of the evening that is over; `door`: a class of your own in place of the reference engine's
    `Door`; `most_s`: an evening that would take longer, in seconds, is refused with an estimate (None: never).
    Raises `ScenarioError` with a sentence for bad input.
    """
    simulation = Simulation(scenario, seed, engine, sample, door)
    estimate.check_time(simulation.evening, seed, engine_name(engine, door), most_s)
    chunk = CHUNK if simulation.engine.name == "compiled" else SLOW_CHUNK
    with Bar(progress) as bar:
        while not simulation.advance(chunk):
            share = simulation.share_over
            bar.show(share, f"{share * 100:.0f} % of the evening is over")
    return simulation.run()
