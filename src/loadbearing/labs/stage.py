"""The stage of a lab: the curve that follows the knobs, and behind it the crowd of the same run, moving."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs.screen import Screen
from loadbearing.replay import MovingCrowd

CURVE, CROWD = "curve", "crowd"
FROZEN_AT_S, INTRO_S = 30.0, 10.0
"""A lab opens with ten seconds of the crowd, frozen half a minute after the announced start."""

BEFORE_A_FAULT_S = 30.0
"""Where something breaks later than that, it opens so long before: nobody waits for minutes until it happens."""


class Stage:
    """The screen and the moving crowd, one of them on show. The crowd follows full runs, once somebody looks at it.

    `crowd`: whether there is one; `curve`: what the tab of the screen is called.
    """

    def __init__(self, opening, crowd=True, curve="The curve"):
        trial = opening.trial
        self.screen, self.crowd = Screen(), None
        if crowd:
            self.crowd = MovingCrowd(
                trial.run, trial.each, frozen_at_s=opens_at(trial.run), intro_s=INTRO_S
            )
        self._seen = self._newest = trial
        self.tabs = widgets.ToggleButtons(
            options=[("The crowd", CROWD), (curve, CURVE)],
            value=CROWD if crowd else CURVE,
            style={"button_width": "auto"},
        )
        self.tabs.add_class("lb-tabs")
        self.tabs.observe(lambda change: self._turn(), "value")
        shown = [self.tabs, self.crowd, self.screen] if crowd else [self.screen]
        self.box = widgets.VBox(shown)
        self._turn()

    def to_curve(self):
        """Show the curve, where it is not."""
        if self.tabs.value != CURVE:
            self.tabs.value = CURVE

    def follow(self, sight):
        """Let the crowd be that of this run, if whole lives were kept in it; hidden it waits until it is looked at."""
        if self.crowd and sight.trial.run.lives.size:
            self._newest = sight.trial
        self._catch_up()

    def _turn(self):
        """Show what the tabs say."""
        if not self.crowd:
            return
        crowd = self.tabs.value == CROWD
        self.crowd.layout.display = "" if crowd else "none"
        self.screen.layout.display = "none" if crowd else ""
        if not crowd:
            self.crowd.playing = False
        self._catch_up()

    def _catch_up(self):
        if self.tabs.value == CROWD and self._newest is not self._seen:
            self._seen = self._newest
            self.crowd.show(self._newest.run, self._newest.each)


def opens_at(run):
    """Return at which second of the evening the crowd stands when its lab opens."""
    breaks_s = min((fault.at_s for fault in run.evening.faults), default=FROZEN_AT_S)
    opens_s = max(FROZEN_AT_S, breaks_s - BEFORE_A_FAULT_S)
    return min(max(opens_s, run.evening.starts_s), run.evening.ends_s)
