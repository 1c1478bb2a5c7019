"""Many evenings: sweeps over scenarios, and the load line, the largest crowd for which a promise still holds.

>>> from loadbearing import cases, stress
>>> found = stress.sweep(cases.get("slow_door"), "share_in", range(3), over={"door.handlers": [350, 700]}, room=1/500)
>>> found["share_in"].shape
(2, 3)
"""

from loadbearing.stress.errors import EveningFailed, StressError
from loadbearing.stress.line import LoadLine, load_line
from loadbearing.stress.promise import Promise
from loadbearing.stress.result import Sweep
from loadbearing.stress.sweeping import sweep

__all__ = [
    "EveningFailed",
    "LoadLine",
    "Promise",
    "StressError",
    "Sweep",
    "load_line",
    "sweep",
]
