"""Load-Bearing: run an evening when a million people come at once, and judge what it teaches."""

__version__ = "0.1.0"

from loadbearing import cases
from loadbearing.engines import PolicyError, Simulation, has_compiler, preview, simulate
from loadbearing.parts import ScenarioError
from loadbearing.run import Run
from loadbearing.scenario import (
    Autoscaler,
    Change,
    Crowd,
    Door,
    ForeignLoad,
    Group,
    HandlersLost,
    Measured,
    Patience,
    Policy,
    Restart,
    Retries,
    Rush,
    Scenario,
    Service,
    ServiceSlowed,
    Several,
    Stage,
    Steady,
    Timetable,
    WaitingRoom,
    Weather,
)

__all__ = [
    "Autoscaler",
    "Change",
    "Crowd",
    "Door",
    "ForeignLoad",
    "Group",
    "HandlersLost",
    "Measured",
    "Patience",
    "Policy",
    "PolicyError",
    "Restart",
    "Retries",
    "Run",
    "Rush",
    "Scenario",
    "ScenarioError",
    "Service",
    "ServiceSlowed",
    "Several",
    "Simulation",
    "Stage",
    "Steady",
    "Timetable",
    "WaitingRoom",
    "Weather",
    "cases",
    "has_compiler",
    "preview",
    "simulate",
]
