"""Load-Bearing: run an evening when a million people come at once, and judge what it teaches."""

__version__ = "0.1.0"

from loadbearing import cases
from loadbearing.engines import Simulation, has_compiler, simulate
from loadbearing.parts import ScenarioError
from loadbearing.run import Run
from loadbearing.scenario import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Patience,
    Retries,
    Rush,
    Scenario,
    Service,
    Stage,
    Steady,
    Timetable,
    Weather,
)

__all__ = [
    "Change",
    "Crowd",
    "Door",
    "HandlersLost",
    "Patience",
    "Retries",
    "Run",
    "Rush",
    "Scenario",
    "ScenarioError",
    "Service",
    "Simulation",
    "Stage",
    "Steady",
    "Timetable",
    "Weather",
    "cases",
    "has_compiler",
    "simulate",
]
