"""Numbers for texts about the calibration, read from its committed results; each function returns its text.

What the published counts leave open is found by moving each input of each case in turn (`authoring.fitting`).
"""

from __future__ import annotations

from loadbearing import calibration
from loadbearing.units import people

_MOVED = calibration.results()["moved"]


def settings_moved():
    """How many inputs of all cases were moved, one at a time."""
    return str(_MOVED["settings"])


def settings_at_half_or_double():
    """How many of these can be half or double with every published count still met."""
    return str(_MOVED["half_or_double"])


def fewest_at_2030():
    """The fewest in the room at 20:30 among all settings that meet every published count."""
    return people(_MOVED["at_2030"][0])


def most_at_2030():
    """The most in the room at 20:30 among all settings that meet every published count."""
    return people(_MOVED["at_2030"][1])


def smallest_crowd():
    """The fewest people who wanted in, among all settings that meet every published count."""
    return people(_MOVED["crowd"][0])


def largest_crowd():
    """The most people who wanted in, among all settings that meet every published count."""
    return people(_MOVED["crowd"][1])


def calibration_picture():
    """What the picture of the profiles shows, in words: its alternative text."""
    return calibration.results()["picture"]["sentence"]
