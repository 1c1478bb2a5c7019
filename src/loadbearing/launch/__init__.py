"""Your launch: the student's own crowd, door, team and money, played in every weather, and what follows from it."""

from loadbearing.launch.coming_in import from_traffic, from_units
from loadbearing.launch.file import as_text, from_text
from loadbearing.launch.lines import WeatherLine, load_lines
from loadbearing.launch.sheet import EXAMPLE, LINES, STATES, Launch, Line, checked
from loadbearing.launch.stopping import Steps, Stopped
from loadbearing.launch.weathers import ROOM, WEATHERS, evening, evenings, unseen
from loadbearing.launch.working import Worked, work_out

__all__ = [
    "EXAMPLE",
    "LINES",
    "ROOM",
    "STATES",
    "WEATHERS",
    "Launch",
    "Line",
    "Steps",
    "Stopped",
    "WeatherLine",
    "Worked",
    "as_text",
    "checked",
    "evening",
    "evenings",
    "from_text",
    "from_traffic",
    "from_units",
    "load_lines",
    "unseen",
    "work_out",
]
