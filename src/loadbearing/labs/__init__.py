"""Labs: an evening to play with, predictions, verdicts and the launch sheet, for every unit."""

from loadbearing.labs.bench import Bench
from loadbearing.labs.knobs import Knob, Settings
from loadbearing.labs.predict import Prediction
from loadbearing.labs.view import Lab

__all__ = ["Bench", "Knob", "Lab", "Prediction", "Settings"]
