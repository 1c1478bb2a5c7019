"""What a lab is made of on the screen: boxes, buttons, knobs. They only ask; `Lab` and `Bench` act."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing import cases
from loadbearing.labs import look, predict
from loadbearing.labs.amounts import Choice
from loadbearing.labs.at_work import AtWork
from loadbearing.labs.choice_control import ChoiceControl
from loadbearing.labs.closer import Closer
from loadbearing.labs.keeping import Keeping
from loadbearing.labs.knob_control import KnobControl
from loadbearing.labs.knobs import case_mechanism, case_title
from loadbearing.labs.missions import MissionList
from loadbearing.labs.posters import Posters
from loadbearing.labs.stage import Stage


class Panel:
    """The widgets of one lab. `box` holds them all; `locked` are those that wait for a prediction."""

    def __init__(self, lab):
        self.lab = lab
        self.notice, self.stands, self.settled = (widgets.HTML() for _ in range(3))
        self.pages, self.pages_said = widgets.HTML(look.pages("")), widgets.HTML(look.pages_said())
        self.pages.add_class("lb-pages")
        self.stage, self.closer = Stage(lab.open(), lab.crowd, lab.bench.tab), Closer(lab)
        self.screen = self.stage.screen
        self.ask = widgets.VBox(self.question() if lab.prediction else [])
        self.posters = Posters(lab.told_run)
        self.kept = Keeping(lab.progress, lab.forget)
        bench = lab.bench
        self.missions = MissionList(lab.missions, lab.progress, lab.unit, bench.knobs, bench.room)
        if not lab.missions:
            self.missions.box.layout.display = "none"
        self._case = None
        self.box = self._box()
        self.follow()

    def _box(self):
        left = widgets.VBox([self.stage.box])
        right = [self.ask, AtWork(), self._turning(), self.notice, self.missions.box]
        right = widgets.VBox(right)
        left.add_class("lb-left"), right.add_class("lb-right")
        row = widgets.Box([left, right])
        row.add_class("lb-row")
        pages = [self.pages_said, self.pages, self.posters.box] if self.lab.pages else []
        box = widgets.VBox([self.stands, row, self.closer.box, *pages, self.kept.box])
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
        how_sure = widgets.HTML(look.small("How sure are you? You may leave this out."))
        buttons = widgets.HBox([go, play])
        return [widgets.HTML(look.asks(asked.question)), choice, how_sure, sure, buttons]

    def answered(self, said):
        """Put what is said about the answer in the place of the question, and bring the curve to the front."""
        self.stage.to_curve()
        self.settled.value = said
        self.ask.children = [self.settled]

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
        self.back = _button("Put the knobs back", self.lab.reset)
        self.pin = _button("Pin this run", self.lab.pin)
        self.locked = [self.back, self.pin, self.case, *self.knobs.values()]
        for control in self.locked:
            control.disabled = self.lab.prediction is not None
        buttons = widgets.HBox([self.back, self.pin])
        buttons.layout.flex_flow = "row wrap"
        return widgets.VBox([*self._case_buttons(), *self._knobs_in_order(), buttons])

    def _case_buttons(self):
        """The buttons of the cases under their question; nothing where there is one case."""
        asks = asks_for_a_case(self.lab.bench)
        if not asks:
            return []
        return [widgets.HTML(look.sub(asks)), self.case]

    def _knobs_in_order(self):
        """The knobs in the lab's order, under a heading; one of its own where all are in per cent."""
        heading = over_the_knobs(self.lab.bench)
        return [widgets.HTML(look.sub(heading)), *self.knobs.values()]

    def _knob(self, knob):
        def rested(typed):
            self.lab.turn(knob.path, typed)

        if isinstance(knob, Choice):
            return ChoiceControl(rested, label=knob.label, options=list(knob.options))
        return KnobControl(
            lambda at, marks: self.lab.drag(knob.path, at, marks),
            rested,
            label=knob.label,
            least=knob.least,
            most=knob.most,
            step=knob.step,
            stops=list(knob.marks),
            low=knob.low,
            high=knob.high,
            shown=knob.shown,
            spoken=knob.spoken,
        )

    def follow(self):
        """Bring knobs, buttons and their words to where the bench stands."""
        bench = self.lab.bench
        for knob in bench.knobs:
            there = bench.has(knob)
            self.knobs[knob.path].layout.display = "" if there else "none"
            if there:
                at = bench.at(knob)
                self.knobs[knob.path].follow(at, knob.comes_to(bench.settings.case, at))
        self.closer.follow()
        self.pin.description = "Take the pin out" if bench.pinned else "Pin this run"

    def put_back(self):
        """Bring all knobs back to where the bench stands, whatever was begun with them."""
        for control in self.knobs.values():
            if isinstance(control, KnobControl):
                control.put_back()
        self.follow()

    def stand(self, case):
        """Say which case is on show."""
        if case != self._case:
            self._case = case
            kicker = f"This {self.lab.bench.thing}"
            self.stands.value = look.head(case_title(case), kicker, case_mechanism(case))

    def show_pages(self, html, old, size):
        """Show both front pages; `old`: they tell another run than the picture shows."""
        if self.pages.value != look.pages(html):
            self.pages.value = look.pages(html)
            self.posters.old()
        self.age(old and bool(html), size)

    def age(self, old=True, size=""):
        """Mark what is below the picture as belonging to the run before, or take the mark away."""
        self.pages_said.value = look.pages_said(old, size)
        for part in (self.pages, self.closer.shown):
            (part.add_class if old else part.remove_class)("lb-old")

    def show_more(self, sight):
        """Show what belongs to a run at rest: the crowd, the missions, what is unfolded."""
        self.stage.follow(sight)
        self.missions.look(self.lab.bench.whole(sight))
        self.closer.show(sight)


def asks_for_a_case(bench):
    """Return what is asked over the cases of a bench; nothing where there is one case."""
    if len(bench.cases) < 2:
        return ""
    told = any(map(cases.of_the_record, bench.cases))
    asks = f"Choose {'an' if bench.thing[0] in 'aeiou' else 'a'} {bench.thing}"
    return f"{asks}: what could it have been?" if told else asks


def over_the_knobs(bench):
    """Return the heading over the knobs of a bench."""
    relative = all(knob.relative for knob in bench.knobs)
    return "Turn a knob: 100 % is as it was" if relative else "What you may turn"


def _button(text, act):
    button = widgets.Button(description=text, layout={"width": "auto"})
    button.on_click(lambda _: act())
    return button
