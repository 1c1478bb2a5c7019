"""The roadmap as a game: one history, quarter by quarter, with a way back, another luck, and the evening itself to see.

Widgets only show and ask: what is played is a `Playing`, and every callback is a plain method of `RoadmapGame`.
"""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look, roadmap_told
from loadbearing.labs.drafts import Draft
from loadbearing.labs.keeping import Keeping
from loadbearing.labs.parts_control import PartsControl
from loadbearing.labs.roadmap_evening import crowd_of_the_evening
from loadbearing.labs.roadmap_playing import Playing
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress, ProgressError

TITLE, KICKER = "Eight quarters, one at a time", "The game"
BELOW = (
    "Give ten parts, then play the quarter. At its end is an event: one of the evenings that the simulation ran. "
    "Nothing but the audience carries over to the next quarter."
)
KINDS = (
    ("Features", "make people want to come; a part may bring a hidden fault"),
    ("Capacity", "handlers at the door, for this evening"),
    ("Rehearsal", "finds a hidden fault, four times in five"),
    ("People", "a team on call, which acts within four minutes"),
    ("Details", "this quarter's settings gone through"),
)
FIRST_PARTS = (5, 5, 0, 0, 0)
"""How the counters stand before anything was given: half and half."""


class RoadmapGame:
    """The game; in a notebook it shows itself. `progress`: where it is kept, under `unit`."""

    def __init__(self, progress=None, unit="the_roadmap"):
        self.progress, self.unit = progress or Progress.here(), unit
        self.playing = Playing()
        self._made = None

    # --- what the notebook shows ---------------------------------------------------------------

    def still(self):
        """Return the picture for paper: an example, half for features and half for capacity in every quarter."""
        return roadmap_told.picture(self._example())

    def summary(self):
        """Return what the game is, and the example, in plain text, the same every time."""
        kinds = "; ".join(f"{name}: {about}" for name, about in KINDS)
        example = self._example()
        return "\n".join(
            [
                f"{TITLE}. {BELOW}",
                f"What a part buys. {kinds}.",
                f"An example, half and half in every quarter. {roadmap_told.picture(example).sentence}",
                roadmap_told.stands(example),
            ]
        )

    def _example(self):
        playing = Playing()
        while not playing.over:
            playing = playing.played(FIRST_PARTS)
        return playing

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = self.box._repr_mimebundle_()
        return {**shown, "image/png": self.still().png(), "text/plain": self.summary()}

    @property
    def box(self):
        """The game's widgets, made when they are first asked for."""
        if self._made is None:
            self._made = self._make()
            self.restore()
        return self._made

    def _make(self):
        company = self.playing.company
        self.draft = Draft(self.progress, f"{self.unit}/game", self._say)
        self.picture, self.caption, self.told = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.score, self.quarter, self.notice = widgets.HTML(), widgets.HTML(), widgets.HTML()
        kinds = [
            {"name": name, "about": about, "most": roadmap_told.most(company)[at]}
            for at, (name, about) in enumerate(KINDS)
        ]
        self.parts = PartsControl(kinds, company.budget, FIRST_PARTS, self._given)
        self.go = _button("Play this quarter", self.play, primary=True)
        self.back = _button("Back one quarter", self.go_back)
        self.luck = _button("Another luck", self.take_another)
        self.evening = _button("Show this evening", self.show_evening)
        self.others = _button(
            "Play this plan on 24 other histories", self.play_others, primary=True
        )
        buttons = widgets.HBox([self.go, self.back, self.luck])
        after = widgets.HBox([self.evening])
        for row in (buttons, after):
            row.layout.flex_flow = "row wrap"
        self.crowd = widgets.VBox([])
        self.on_others = widgets.HTML()
        self.keeping = Keeping(self.progress, self.forget)
        left = widgets.VBox([self.picture, self.caption, self.score, after])
        right = widgets.VBox(
            [self.told, self.quarter, self.parts, self.notice, buttons, self.others]
        )
        left.add_class("lb-left"), right.add_class("lb-right")
        row = widgets.Box([left, right])
        row.add_class("lb-row")
        head = widgets.HTML(look.head(TITLE, KICKER, BELOW) + roadmap_told.STYLE)
        box = widgets.VBox([head, row, self.on_others, self.crowd, self.keeping.box])
        box.add_class("lb-sheet"), box.add_class("lb-lab")
        return box

    # --- what a student does -------------------------------------------------------------------

    def play(self):
        """Play the quarter with the parts as they stand; what makes no budget is answered by a sentence."""
        self._go_to(lambda: self.playing.played(tuple(self.parts.at)))

    def go_back(self):
        """Take the last quarter back, with what was spent in it; the luck stays."""
        spent = self.playing.spends[-1:]
        self._go_to(lambda: self.playing.went_back(), *spent)

    def take_another(self):
        """Begin again with another luck."""
        self._go_to(lambda: self.playing.another(), FIRST_PARTS)

    def show_evening(self):
        """Show the moving crowd of the last quarter's evening: the very run that the table holds."""
        if not self.playing.rows:
            self._say("Play a quarter first: then its evening can be shown.")
            return
        row = self.playing.rows[-1]
        said = roadmap_told.evening_shown(self.playing.quarter, row)
        self.crowd.children = [widgets.HTML(look.sub(said)), crowd_of_the_evening(row)]

    def play_others(self):
        """Play the same spends on other histories, and show both."""
        if self.playing.over:
            self.on_others.value = roadmap_told.others(self.playing)
            self._keep()

    def forget(self):
        """Begin anew, after everything kept was deleted."""
        self.draft.clear()
        self.playing = Playing()
        self.parts.at = list(FIRST_PARTS)
        self.show()

    def restore(self):
        """Show the game that was kept, as far as it came; one that cannot be read is answered by a sentence."""
        said = ""
        try:
            kept = self.draft.found()
            if kept:
                self.playing = Playing.found(kept)
                self.parts.at = list(roadmap_told.parts_of(kept, self.playing, FIRST_PARTS))
        except (ScenarioError, ProgressError, OSError) as slip:
            said, self.playing = str(slip), Playing()
        self.show()
        if said:
            self._say(said)

    # --- what is shown -------------------------------------------------------------------------

    def show(self):
        """Bring everything on show to where the game stands."""
        playing = self.playing
        drawn = roadmap_told.picture(playing)
        self.picture.value = look.picture(drawn)
        self.caption.value = look.caption(drawn.sentence)
        self.score.value = look.result(roadmap_told.stands(playing))
        self.told.value = roadmap_told.last_quarter(playing)
        self.quarter.value = roadmap_told.next_quarter(playing)
        self.notice.value = ""
        self.crowd.children = ()
        self.on_others.value = ""
        self.parts.disabled = playing.over
        shown = {
            self.go: not playing.over,
            self.parts: not playing.over,
            self.back: bool(playing.spends),
            self.evening: bool(playing.spends),
            self.others: playing.over,
        }
        for widget, there in shown.items():
            widget.layout.display = "" if there else "none"

    def _go_to(self, following, parts=None):
        """Go to another state of the game, if it makes sense, and write it down."""
        try:
            self.playing = following()
        except ScenarioError as slip:
            self._say(slip)
            return
        if parts is not None:
            self.parts.at = list(parts)
        self.show()
        self._keep()

    def _given(self, parts):
        """The browser gave or took a part: what stands is written down."""
        self.notice.value = ""
        self._keep()

    def _keep(self):
        self.draft.type(**self.playing.kept, parts=list(self.parts.at))

    def _say(self, slip):
        self.notice.value = look.notice(str(slip))


def _button(words, act, primary=False):
    button = widgets.Button(description=words, button_style="primary" if primary else "")
    button.layout.width = "auto"
    button.on_click(lambda _: act())
    return button
