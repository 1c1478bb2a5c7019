"""A closer look: all other numbers and pictures of the run on show, each made only when it is unfolded."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look, rooms
from loadbearing.labs.looks import BESIDE, NUMBERS
from loadbearing.labs.worker import LatestWins

NO_PIN = "No run is pinned. Set up a run, press the button Pin this run, then turn the knobs."
SAME_AS_PINNED = "The run on show is the pinned one. Turn a knob, and both stand here side by side."


class Closer:
    """The fold under the picture. What is chosen is made beside the kernel; the newest choice or run wins."""

    def __init__(self, lab):
        self.lab, self.worker, self.sight = lab, LatestWins(), None
        self.choice = widgets.ToggleButtons(
            options=self._options(), value="", style={"button_width": "auto"}
        )
        self.choice.observe(lambda change: self.show(self.sight), "value")
        self.shown, self.busy = widgets.HTML(), widgets.HTML(look.doing(""))
        self.stop = widgets.Button(description="Stop", layout={"width": "auto", "display": "none"})
        self.stop.on_click(lambda _: self.drop("Stopped. Choose it again to begin anew."))
        working = widgets.HBox([self.busy, self.stop])
        self.box = widgets.VBox(
            [widgets.HTML(look.sub("Look closer")), self.choice, working, self.shown]
        )

    def _options(self):
        return list(self.lab.bench.looks.titles(self.lab.bench.settings.case).items())

    def follow(self):
        """Offer what may be unfolded of the case on show, and keep what is unfolded if it is among that."""
        options, at = self._options(), self.choice.value
        if list(self.choice.options) != options:
            self.choice.options = options
            self.choice.value = at if at in dict(options).values() else ""

    def show(self, sight):
        """Show what is unfolded, of this run."""
        self.sight = sight
        at = self.choice.value
        if not at or sight is None:
            self.drop()
            self.shown.value = ""
            return
        self.worker.ask(lambda stopped: self.lab.attempt(lambda: self._show(at, sight, stopped)))

    def drop(self, said=""):
        """Give up what is being made."""
        self.worker.drop()
        self._tell(said)

    def _tell(self, words, working=False):
        self.busy.value = look.doing(words)
        self.stop.layout.display = "" if working else "none"

    def _show(self, at, sight, stopped):
        def tell(words):
            if not stopped():
                self._tell(f"Running: {words} …", working=True)

        try:
            html = self.drawn(at, sight, stopped, tell)
        except rooms.Dropped:
            return
        except Exception:
            self._tell("")
            raise
        if not stopped():
            self._tell("")
            self.shown.value = html
            self.shown.remove_class("lb-old")

    def drawn(self, at, sight, stopped=None, tell=None):
        """Return one of the looks at a run as HTML; what takes long asks `stopped()` and tells how far it is."""
        bench = self.lab.bench
        if at == NUMBERS:
            rest = [one for one in bench.readings(sight).values() if not one.first and one.applies]
            return look.table(rest) + look.caption(bench.size(sight.trial))
        if at == BESIDE:
            return self._beside_the_pin(sight)
        return _framed(*bench.looks.drawn(at, sight, stopped, tell))

    def _beside_the_pin(self, sight):
        bench, pinned = self.lab.bench, self.lab.bench.pinned
        if pinned is None:
            return look.caption(NO_PIN)
        if pinned.trial.settings == sight.trial.settings:
            return look.caption(SAME_AS_PINNED)
        now, then = bench.readings(sight), bench.readings(pinned)
        rows = [
            (one.label, then[key].text, one.text)
            for key, one in now.items()
            if key in then and (one.applies or then[key].applies)
        ]
        drawn = bench.looks.beside(sight.trial, pinned.trial)
        heads = [bench.told(one.trial.settings) for one in (pinned, sight)]
        sizes = " ".join(dict.fromkeys(bench.size(one.trial) for one in (pinned, sight))).strip()
        return _framed([drawn], sizes) + look.side_by_side(heads, rows)


def _framed(drawn, below=""):
    return "".join(look.picture(one) + look.caption(one.sentence) for one in drawn) + (
        look.caption(below) if below else ""
    )
