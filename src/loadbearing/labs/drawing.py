"""A queue drawn by hand: who comes and what the door can take are shown, the queue itself only once it is drawn."""

from __future__ import annotations

import pathlib
from html import escape

import anywidget
import ipywidgets as widgets
import traitlets

from loadbearing.labs import look
from loadbearing.labs.drafts import Draft
from loadbearing.labs.drawn_queue import agrees, highest, told
from loadbearing.labs.keeping import Keeping
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError
from loadbearing.units import clock, people

HERE = pathlib.Path(__file__).parent
FEWEST = 3
ASKS = "Draw the curve of the queue before you see it."
HOW = (
    "Draw in the lower field with the mouse or a finger. With keys: left and right choose the time, up and down draw, "
    "Delete takes a point away."
)


class DrawingPad(anywidget.AnyWidget):
    """Two fields over one time axis: who comes and what the door can take above, room to draw the queue below.

    `heard(points)` is called with the points [[seconds, people], ...] that the browser drew.
    """

    _esm = (HERE / "drawing.js").read_text(encoding="utf-8")
    _css = (HERE / "drawing.css").read_text(encoding="utf-8")
    times = traitlets.List(traitlets.Float()).tag(sync=True)
    clocks = traitlets.List(traitlets.Unicode()).tag(sync=True)
    comes = traitlets.List(traitlets.Float()).tag(sync=True)
    takes = traitlets.Float().tag(sync=True)
    most = traitlets.Float().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    drawn = traitlets.List().tag(sync=True)
    queue = traitlets.List(traitlets.Float()).tag(sync=True)

    def __init__(self, heard, **traits):
        super().__init__(**traits)
        self.heard = heard
        self.on_msg(self._heard)

    def _heard(self, _, message, buffers):
        if isinstance(message, dict) and message.get("kind") == "drawn" and not self.queue:
            self.heard(message.get("points"))
        self.send({"stands": True})


class QueueToDraw:
    """The card: draw, *Show the queue*, and a sentence; what was drawn is kept under `key`, shown or not."""

    def __init__(self, evening, progress, key):
        self.evening, self.progress, self.key = evening, progress, key
        self.draft = Draft(progress, key, self._say)
        self.pad = DrawingPad(
            self.draw,
            times=evening.times_s.tolist(), clocks=[clock(t) for t in evening.times_s],
            comes=evening.comes.tolist(), takes=evening.takes, most=evening.most, told=self.known(),
        )  # fmt: skip
        self.said, self.numbers = widgets.HTML(), widgets.HTML()
        self.show_it = widgets.Button(description="Show the queue", button_style="primary")
        self.again = widgets.Button(description="Draw again")
        self.show_it.on_click(lambda _: self.show())
        self.again.on_click(lambda _: self.begin())
        for button in (self.show_it, self.again):
            button.layout.width = "auto"
        self.kept = Keeping(progress, self.forget)
        top = widgets.HTML(look.head(ASKS, "By hand", evening.about) + look.small(HOW))
        buttons = widgets.HBox([self.show_it, self.again])
        self.box = widgets.VBox(
            [top, self.pad, buttons, self.said, self.numbers, self.kept.box]
        ).add_class("lb-sheet")
        self.restore()

    def known(self):
        """Return the two lines that are known, in words."""
        every = list(zip(self.evening.times_s, self.evening.comes, strict=True))[::5]
        came = "; ".join(f"{clock(t)} {people(comes)}" for t, comes in every)
        return f"People who come a minute: {came}. The door can take {people(self.evening.takes)} a minute."

    def draw(self, points):
        """Take a curve over and have it written; a slip is answered by a sentence."""
        try:
            self._stand(self.evening.checked(points))
        except ScenarioError as slip:
            self._say(slip)
            return
        self.said.value = ""
        self.draft.type(drawn=self.pad.drawn)

    def show(self):
        """Lay the queue over what was drawn, say how they compare, and keep both."""
        drawn = self.pad.drawn
        if len(drawn) < FEWEST or not highest(drawn)[1]:
            self._say(
                f"Draw your curve first: at least {FEWEST} points, one of them above nothing."
            )
            return
        sentence, right = told(self.evening, drawn), clock(self.evening.longest()[0])
        answer = right if agrees(self.evening, drawn) else clock(highest(drawn)[0])
        self._stand(drawn, sentence)
        try:
            self.progress.keep(
                "predictions", self.key, question=ASKS, answer=answer, right=right, sentence=sentence, drawn=drawn,
            )  # fmt: skip
            self.draft.clear()
        except (ProgressError, OSError) as slip:
            self.said.value += look.notice(f"It could not be kept: {slip}")
        self.kept.line.value = self.kept.said()

    def begin(self):
        """Take the queue and the curve away; what was kept before stays kept."""
        self.draft.clear()
        self._stand([])

    forget = begin

    def restore(self):
        """Draw again what was drawn before, and show the queue if it was shown."""
        try:
            draft = self.draft.found()
            held = draft or self.progress.entry("predictions", self.key) or {"drawn": []}
            drawn = self.evening.checked(held.get("drawn"))
            self._stand(drawn, told(self.evening, drawn) if drawn and not draft else "")
        except (ScenarioError, ProgressError, OSError) as slip:
            self._stand([])
            self._say(slip)

    def _stand(self, drawn, sentence=""):
        """Have the pad, the sentence and the numbers stand at a curve; with a sentence the queue is shown."""
        with self.pad.hold_sync():
            self.pad.drawn = drawn
            self.pad.queue = self.evening.queue.tolist() if sentence else []
            self.pad.told = " ".join(filter(None, (self.known(), sentence)))
        self.said.value = look.result(sentence)
        self.numbers.value = _in_numbers(self.evening, dict(drawn) if sentence else None)
        self.show_it.disabled = bool(sentence)

    def _say(self, slip):
        self.said.value = look.notice(str(slip))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": f"{ASKS}\n{self.known()}"}


def _in_numbers(evening, drawn=None):
    """The two known lines as a folded table, for whoever reads; with what was drawn, that and the queue too."""
    heads, columns = ["", "come a minute"], [evening.comes]
    if drawn:
        heads += ["you drew", "queue"]
        columns += [[drawn.get(t) for t in evening.times_s], evening.queue]
    rows = [
        [clock(t), *("–" if one is None else people(one) for one in numbers)]
        for t, *numbers in zip(evening.times_s, *columns, strict=True)
    ]
    top = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    return (
        f"<details><summary>The same in numbers</summary>The door can take {people(evening.takes)} a minute."
        f'<table class="lb-table"><tr>{top}</tr>{body}</table></details>'
    )
