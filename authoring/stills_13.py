"""The picture of unit 13's lesson: the load lines of the sale at ten, weather by weather."""

from __future__ import annotations

import types

from loadbearing.launch import EXAMPLE, WEATHERS
from loadbearing.launch.lines import found_line
from loadbearing.report.drawn import picture_of_lines


def load_lines_of_the_example():
    """Draw the load line of the example in each weather against the crowd that is expected."""
    lines = [_line(weather) for weather in WEATHERS]
    return picture_of_lines(types.SimpleNamespace(launch=EXAMPLE, lines=lines))


def _line(weather):
    found, fraction = found_line(EXAMPLE, weather.key)
    low, high = (end / fraction for end in found.interval)
    return types.SimpleNamespace(
        name=weather.name, crowd=found.crowd / fraction, low=low, high=high
    )
