"""Labs: an evening to play with, predictions, missions, verdicts and the launch sheet, for every unit."""

from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.bench import Bench
from loadbearing.labs.knobs import Knob, Later, Settings
from loadbearing.labs.missions import Mission, half_in_within, work_for_nobody
from loadbearing.labs.predict import Prediction
from loadbearing.labs.shown import Number
from loadbearing.labs.view import Lab
from loadbearing.labs.worlds import World, WorldBench

__all__ = [
    "Amount",
    "Bench",
    "Choice",
    "Knob",
    "Lab",
    "Later",
    "Mission",
    "Number",
    "Prediction",
    "Settings",
    "World",
    "WorldBench",
    "half_in_within",
    "work_for_nobody",
]
