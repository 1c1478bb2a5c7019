"""A closer look: all other numbers and pictures of the run on show, each made only when it is unfolded."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing import pictures
from loadbearing.labs import hunts, look, rooms
from loadbearing.labs.worker import LatestWins

LOOKS = {
    "Nothing more": "",
    "All other numbers": "numbers",
    "Inside and outside": "outside",
    "Who came and who got in": "came",
    "How long people needed": "waited",
    "The queue": "queue",
    "First tries and retries": "attempts",
    "How busy the door was": "load",
    "Next to the pinned run": "pinned",
    "Other evenings, one by one": "evenings",
    "Both knobs at once": "map",
}
PICTURES = {
    "outside": lambda trial: [pictures.inside_and_outside(trial.run, trial.each)],
    "came": lambda trial: [pictures.who_came_and_who_got_in(trial.run, trial.each)],
    "waited": lambda trial: [
        pictures.time_to_join(trial.run),
        pictures.time_to_join_spread(trial.run),
    ],
    "queue": lambda trial: [pictures.queue_and_its_limit(trial.run, trial.each)],
    "attempts": lambda trial: [pictures.attempts_by_kind(trial.run, trial.each)],
    "load": lambda trial: [pictures.load_and_utilization(trial.run, trial.each)],
}
NO_PIN = "No run is pinned. Set up a run, press the button Pin this run, then turn the knobs."
SAME_AS_PINNED = "The run on show is the pinned one. Turn a knob, and both stand here side by side."
KEPT = 6
"""Hunts kept, so that coming back to them costs nothing."""


class Closer:
    """The fold under the picture. What is chosen is made beside the kernel; the newest choice or run wins."""

    def __init__(self, lab):
        self.lab, self.worker, self.sight, self._found = lab, LatestWins(), None, {}
        two = len(lab.bench.knobs) > 1
        self.choice = widgets.ToggleButtons(
            options=[one for one in LOOKS.items() if two or one[1] != "map"],
            value="",
            style={"button_width": "auto"},
        )
        self.choice.observe(lambda change: self.show(self.sight), "value")
        self.shown, self.busy = widgets.HTML(), widgets.HTML(look.doing(""))
        self.stop = widgets.Button(description="Stop", layout={"width": "auto", "display": "none"})
        self.stop.on_click(lambda _: self.drop("Stopped. Choose it again to begin anew."))
        working = widgets.HBox([self.busy, self.stop])
        self.box = widgets.VBox(
            [widgets.HTML(look.sub("Look closer")), self.choice, working, self.shown]
        )

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
        trial, bench = sight.trial, self.lab.bench
        if at in PICTURES:
            return _framed(PICTURES[at](trial), bench.size(trial))
        if at == "numbers":
            rest = [one for one in bench.readings(sight).values() if not one.first and one.applies]
            return look.table(rest) + look.caption(bench.size(trial))
        if at == "pinned":
            return self._beside_the_pin(sight)
        settings = trial.settings
        if (at, settings) not in self._found:
            self._found[at, settings] = (
                hunts.other_evenings(bench.scenario(settings), stopped=stopped, tell=tell)
                if at == "evenings"
                else hunts.two_knobs(settings, bench.knobs, stopped, tell)
            )
            while len(self._found) > KEPT:
                self._found.pop(next(iter(self._found)))
        found = self._found[at, settings]
        drawn = (
            hunts.evening_pictures(sight, found, bench.points)
            if at == "evenings"
            else [found.picture()]
        )
        return _framed(drawn, f"Each in a room of about {rooms.BAND_PEOPLE:,} people.")

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
            if one.applies or then[key].applies
        ]
        drawn = pictures.two_runs(
            sight.trial.run, pinned.trial.run, sight.trial.each, pinned.trial.each
        )
        heads = [bench.told(one.trial.settings) for one in (pinned, sight)]
        sizes = " ".join(bench.size(one.trial) for one in (pinned, sight)).strip()
        return _framed([drawn], sizes) + look.side_by_side(heads, rows)


def _framed(drawn, below=""):
    return "".join(look.picture(one) + look.caption(one.sentence) for one in drawn) + (
        look.caption(below) if below else ""
    )
