"""What a lab is made of on the screen: boxes, buttons, sliders. They only ask; `Lab` and `Bench` act."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look, predict
from loadbearing.labs.keeping import Keeping
from loadbearing.labs.knobs import Settings, case_mechanism, case_title

MORE = {
    "Just the three": "",
    "All other numbers": "numbers",
    "Who came and who got in": "came",
    "How long people needed": "waited",
}


class Panel:
    """The widgets of one lab. `box` holds them all; `locked` are those that wait for a prediction."""

    def __init__(self, lab):
        self.lab, self._following = lab, False
        self.busy, self.notice = widgets.HTML(look.busy("")), widgets.HTML()
        self.image, self.caption, self.cards, self.stands = (widgets.HTML() for _ in range(4))
        self.pages, self.unfolded, self.settled = (widgets.HTML() for _ in range(3))
        self.pages.add_class("lb-pages")
        self.ask = widgets.VBox(self.question() if lab.prediction else [])
        self.more = widgets.ToggleButtons(
            options=list(MORE.items()), value="", style={"button_width": "auto"}
        )
        self.more.observe(lambda change: lab.show_more(), "value")
        self.kept = Keeping(lab.progress, lab.forget)
        self.box = self._box()

    def _box(self):
        left = widgets.VBox([self.image, self.busy, self.caption])
        right = widgets.VBox([self.ask, self._turning(), self.notice, self.cards])
        left.add_class("lb-left"), right.add_class("lb-right")
        row = widgets.Box([left, right])
        row.add_class("lb-row")
        box = widgets.VBox([self.stands, row, self.more, self.unfolded, self.pages, self.kept.box])
        box.add_class("lb-sheet"), box.add_class("lb-lab")
        return box

    def question(self):
        """Return the widgets that ask for a prediction, and the way around it."""
        asked = self.lab.prediction
        choice = widgets.RadioButtons(
            options=[(text, key) for key, text in asked.options.items()], value=None
        )
        sure = widgets.Dropdown(options=list(predict.CONFIDENCE), layout={"width": "auto"})
        go = widgets.Button(description="Lock it in and run", button_style="primary")
        play = widgets.Button(description="Just let me play")
        go.on_click(lambda _: self.lab.predict(choice.value, predict.CONFIDENCE[sure.value]))
        play.on_click(lambda _: self.lab.predict(predict.PLAY))
        go.layout.width = play.layout.width = "auto"
        return [widgets.HTML(look.asks(asked.question)), choice, sure, widgets.HBox([go, play])]

    def _turning(self):
        """Cases and knobs."""
        bench = self.lab.bench
        self.case = widgets.ToggleButtons(
            options=[(case_title(name), name) for name in bench.cases],
            tooltips=[case_mechanism(name) for name in bench.cases],
            style={"button_width": "auto"},
        )
        self.case.observe(lambda change: self.lab.choose(change["new"]), "value")
        self.knobs = {knob.path: self._knob(knob) for knob in bench.knobs}
        back = widgets.Button(description="Put the knobs back", layout={"width": "auto"})
        back.layout.align_self = "flex-start"
        back.on_click(lambda _: self.lab.reset())
        self.locked = [
            back,
            self.case,
            *(one for row in self.knobs.values() for one in row.children[:2]),
        ]
        for control in self.locked:
            control.disabled = self.lab.prediction is not None
        return widgets.VBox(
            [widgets.HTML(look.sub("What could it have been?")), self.case,
             widgets.HTML(look.sub("Per cent of the first setting")),
             *self.knobs.values(), back]
        )  # fmt: skip

    def _knob(self, knob):
        """One row: slider, a box to type in, and what the per cent come to."""
        slider = widgets.IntSlider(
            100, knob.least, knob.most, knob.step, description=knob.label, readout=False,
            continuous_update=False, style={"description_width": "140px"},
        )  # fmt: skip
        typed = widgets.IntText(100, layout={"width": "68px"}, tooltip=f"{knob.label}, per cent")
        for control in (slider, typed):
            control.observe(lambda change: self._turned(knob.path, change["new"]), "value")
        row = widgets.HBox([slider, typed, widgets.HTML(self._comes_to(knob))])
        row.add_class("lb-knob")
        return row

    def _comes_to(self, knob):
        settings = self.lab.bench.settings
        that_evening = self.lab.bench.scenario(Settings(settings.case))
        return f"= {knob.value(that_evening, settings.per_cent(knob.path)):,} {knob.unit}"

    def _turned(self, path, value):
        if not self._following and value != self.lab.bench.settings.per_cent(path):
            self.lab.turn(path, value)

    def follow(self):
        """Bring sliders, boxes and their words to where the knobs stand."""
        self._following = True
        for knob in self.lab.bench.knobs:
            slider, typed, comes_to = self.knobs[knob.path].children
            at = self.lab.bench.settings.per_cent(knob.path)
            slider.value, typed.value = min(max(at, knob.least), knob.most), at
            comes_to.value = self._comes_to(knob)
        self._following = False
