"""The moving crowd as a widget: the data and the stories come from here, all movement from one JavaScript file."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

from loadbearing.replay.crowd import crowd_of
from loadbearing.replay.stories import ReplayError, story

HERE = pathlib.Path(__file__).parent
SCRIPT, LOOK = HERE / "moving_crowd.js", HERE / "moving_crowd.css"
FROZEN_AT_S = 30.0
"""The picture opens half a minute after the announced start."""

SPEEDS = (1, 10, 60, 300)
NOBODY = -1


class MovingCrowd(anywidget.AnyWidget):
    """Sampled listeners of a run as dots that live their recorded evening.

    `run`: a `Run` simulated with `sample=2000`; `each`: people a simulated listener stands for; `frozen_at_s`: the
    time at which the picture opens, in seconds from the announced start; `intro_s`: seconds of motion played once
    before it freezes there. `at_s` and `playing` follow the picture and may be set; `picked` is the listener whose
    story is shown (-1: nobody).
    """

    _esm = SCRIPT.read_text(encoding="utf-8")
    _css = LOOK.read_text(encoding="utf-8")
    crowd = traitlets.Bytes().tag(sync=True)
    at_s = traitlets.Float(FROZEN_AT_S).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Enum(SPEEDS, SPEEDS[1]).tag(sync=True)
    intro_s = traitlets.Float(0.0).tag(sync=True)
    frozen_at_s = traitlets.Float(FROZEN_AT_S).tag(sync=True)
    picked = traitlets.Int(NOBODY).tag(sync=True)
    told = traitlets.Dict().tag(sync=True)

    def __init__(self, run, each=1.0, frozen_at_s=FROZEN_AT_S, intro_s=0.0, **traits):
        self.run, self.data = run, crowd_of(run, each)
        frozen_at_s = self._within(frozen_at_s)
        super().__init__(
            crowd=self.data.packed(),
            at_s=frozen_at_s,
            frozen_at_s=frozen_at_s,
            intro_s=max(0.0, float(intro_s)),
            **traits,
        )

    def show(self, run, each=1.0):
        """Show another run in the place of this one; the clock stays where it is, the dots move to their new places."""
        self.run, self.data = run, crowd_of(run, each)
        with self.hold_sync():
            self.crowd = self.data.packed()
            self.at_s = self._within(self.at_s)
            self._tell()

    def _within(self, at_s):
        return float(min(max(at_s, self.data.starts_s), self.data.ends_s))

    @property
    def sentence(self):
        """How many are where at the time that the picture shows, in one sentence."""
        return self.data.sentence(self.at_s)

    @traitlets.observe("picked")
    def _tell(self, change=None):
        """Tell the story of the listener who was picked; the browser asks for it when a dot is clicked."""
        if self.picked == NOBODY:
            self.told = {}
            return
        try:
            told = story(self.run, self.picked)
        except ReplayError as error:
            told = str(error)
        self.told = {"listener": self.picked, "story": told}

    def _repr_mimebundle_(self, **held):
        shown = super()._repr_mimebundle_(**held)
        bundle, *about = shown if isinstance(shown, tuple) else (shown or {},)
        bundle = {**bundle, "text/plain": self.sentence}
        return (bundle, *about) if about else bundle

    def __repr__(self):
        return self.sentence
