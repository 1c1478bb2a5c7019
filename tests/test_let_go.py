"""A lab that is closed is let go with its runs: a kernel that stays open for a course must not fill with crowds."""

import gc
import weakref

import anywidget
import ipywidgets
import pytest

from loadbearing.labs import Knob, Lab
from loadbearing.labs.at_work import AtWork
from loadbearing.labs.choice_control import ChoiceControl
from loadbearing.labs.drawing import DrawingPad
from loadbearing.labs.knob_control import KnobControl
from loadbearing.labs.parts_control import PartsControl
from loadbearing.labs.screen import Screen
from loadbearing.replay import MovingCrowd

OURS = (AtWork, ChoiceControl, DrawingPad, KnobControl, MovingCrowd, PartsControl, Screen)


def test_no_widget_of_ours_is_missing_here():
    ours = {one for one in anywidget.AnyWidget.__subclasses__() if "loadbearing" in one.__module__}
    assert ours == set(OURS)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_the_script_of_a_widget_is_text_because_a_file_would_hold_every_widget_made_from_it(kind):
    assert isinstance(kind._esm, str) and "export default" in kind._esm
    assert isinstance(getattr(kind, "_css", ""), str)


def test_a_closed_lab_is_let_go_with_its_run():
    lab = Lab(["slow_door"], [Knob("door.handlers")])
    assert lab.box
    lab.run()
    lab.settle()
    held = [weakref.ref(one) for one in (lab, lab.bench, lab.sight.trial.run)]
    assert all(one() is not None for one in held)
    del lab
    ipywidgets.Widget.close_all()
    gc.collect()
    assert [one() for one in held] == [None] * 3
