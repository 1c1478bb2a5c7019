"""The lab as a student meets it: a picture, a prediction, a few knobs, three readings, both front pages.

Widgets only show and ask; what they ask is done by `Bench`, and every callback is a plain method of `Lab`.
"""

from __future__ import annotations

import threading

from loadbearing import front_page, pictures
from loadbearing.engines import has_compiler
from loadbearing.labs import look, predict
from loadbearing.labs.bench import Bench
from loadbearing.labs.cards import LaunchCard, VerdictCard
from loadbearing.labs.knobs import case_mechanism
from loadbearing.labs.panel import Panel
from loadbearing.labs.worker import LatestWins
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress, ProgressError


class TwoPages:
    """Both front pages of one run, side by side."""

    def __init__(self, pages):
        self.pages = pages

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": front_page.as_text(self.pages),
            "text/html": front_page.as_html(self.pages),
        }


class Lab:
    """One evening to play with.

    `cases`: names, one button each; `knobs`: `Knob`s; `prediction`: a `Prediction` that unlocks the
    knobs, or None; `unit`: the slug under which answers are kept.
    """

    def __init__(self, cases, knobs, prediction=None, unit="", progress=None):
        self.prediction, self.unit = prediction, unit
        self.bench = Bench(cases, knobs)
        self.progress = progress or Progress.here()
        self.worker, self.settler = LatestWins(), LatestWins()
        self.sight = self.opening = None
        self._told_pages, self._told_run = "", None
        self._showing = threading.RLock()
        self.panel = None

    # --- what the notebook shows ---------------------------------------------------------------

    def open(self):
        """Run the first case in a small room and return its `Sight`: what the lab opens with."""
        if self.opening is None:
            self.opening = self.sight = self.bench.opening()
        return self.opening

    def still(self):
        """Return the opening picture: for paper, for a preview, for whoever reads without a kernel."""
        return self.open().picture

    def summary(self):
        """Return what the lab opens with in plain text, the same every time."""
        sight = self.open()
        numbers = "; ".join(f"{one.label}: {one.text}" for one in sight.first)
        told = f"{self.bench.told(sight.trial.settings)}. {sight.picture.sentence}"
        return "\n".join(filter(None, [told, f"{numbers}.", self.bench.size(sight.trial)]))

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = self.box._repr_mimebundle_()
        self.run()
        return {**shown, "image/png": self.still().png(), "text/plain": self.summary()}

    @property
    def box(self):
        """The lab's widgets, made when they are first asked for."""
        if self.panel is None:
            self.open()
            self.panel = Panel(self)
            self._try(self._restore)
            self.panel.kept.line.value = self.panel.kept.said()
            self.show(self.sight)
        return self.panel.box

    def mechanisms(self, at_s):
        """Return the picture of every case against the published counts; `at_s`: the moment to compare."""
        return self.bench.mechanisms(at_s)

    def front_pages(self):
        """Wait for the full crowd and return both front pages of the run that the lab shows, to keep."""
        if self.panel is not None:
            self.settle()
        if not (self.sight and self.sight.trial.full):
            self.sight = self.bench.sight(self.bench.full())
        return TwoPages(front_page.front_pages(self.sight.trial.run))

    def verdict_card(self, *claims):
        """Return the card on which the student judges these claims with the numbers of this lab's run."""
        return VerdictCard(self, claims)

    def launch_sheet(self):
        """Return the card with the five inputs of the student's own launch."""
        return LaunchCard(self.progress, LatestWins())

    # --- what a student does -------------------------------------------------------------------

    def predict(self, answer, confidence=None):
        """Keep a prediction, unlock the knobs, and run the experiment that settles it."""
        self.say("")
        if not self._try(lambda: self.prediction.checked(answer)):
            return
        self.unlock()
        if answer == predict.PLAY:
            self.panel.settled.value = look.result("The knobs are yours. The question stays open.")
            self.panel.ask.children = [self.panel.settled]
            return
        self.panel.settled.value = look.result("The experiment is running.")
        self.panel.ask.children = [self.panel.settled]
        self.settler.ask(lambda stopped: self._settle(answer, confidence))

    def _settle(self, answer, confidence):
        """Keep the answer, run the experiment, say how they compare, and keep that too."""
        asked = self.prediction
        held = dict(question=asked.question, answer=answer, confidence=confidence)

        def settle():
            right, sentence = asked.settle(self.bench)
            self.panel.settled.value = look.result(asked.compared(answer, right, sentence))
            self._keep("predictions", self._key(asked.key), **held, right=right, sentence=sentence)

        self._try(lambda: self._keep("predictions", self._key(asked.key), **held))
        self._try(settle)

    def unlock(self):
        """Let the knobs be turned."""
        for control in self.panel.locked:
            control.disabled = False

    def choose(self, case):
        """Go to another case, knobs where they are, and run it."""
        self.say("")
        if self._try(lambda: self.bench.choose(case)):
            self.panel.follow()
            self.run()

    def turn(self, path, typed):
        """Turn one knob to so many per cent and run; what makes no sense is answered by a sentence."""
        self.say("")
        turned = self._try(lambda: self.bench.turn(path, typed))
        self.panel.follow()
        if turned:
            self.run()

    def reset(self):
        """Put all knobs back to that evening's setting and run."""
        self.say("")
        self.bench.reset()
        self.panel.follow()
        self.run()

    def run(self):
        """Run where the knobs stand: a preview, then the full crowd, then other evenings; the last asked wins."""

        def play(stopped):
            def show(sight):
                with self._showing:
                    if not stopped():
                        self.show(sight)

            def tell(words):
                with self._showing:
                    if not stopped():
                        self.panel.busy.value = look.busy(words and f"Running: {words} …")

            self._try(lambda: self.bench.play(show, stopped, tell))
            tell("")

        self.worker.ask(play)

    def settle(self):
        """Wait until every run that was asked for is shown."""
        self.settler.settle()
        self.worker.settle()

    # --- what is shown -------------------------------------------------------------------------

    def show(self, sight):
        """Show a sight: picture, caption, readings, front pages, all of one run."""
        with self._showing:
            self.sight = sight
            size = self.bench.size(sight.trial)
            self.panel.image.value = look.picture(sight.picture)
            self.panel.caption.value = look.caption(sight.picture.sentence, size)
            settings = sight.trial.settings
            self.panel.stands.value = look.head(
                self.bench.told(settings), "This evening", case_mechanism(settings.case)
            )
            self.panel.cards.value = look.cards(sight.first)
            self.show_more()
            self._show_pages(sight)

    def _show_pages(self, sight):
        """Show both pages of a full run; until it is there the last ones are marked as old."""
        run = sight.trial.run
        if run is not self._told_run and (sight.trial.full or not has_compiler()):
            self._told_pages = front_page.as_html(front_page.front_pages(run))
            self._told_run = run
        old = run is not self._told_run
        small = "" if sight.trial.full or old else self.bench.size(sight.trial)
        self.panel.pages.value = look.pages(self._told_pages, old, small)

    def show_more(self):
        """Fill what is unfolded; what is folded costs nothing."""
        trial, at = self.sight.trial, self.panel.more.value
        if at == "numbers":
            rest = [one for one in self.sight.readings.values() if not one.first]
            self.panel.unfolded.value = look.table(rest) + look.caption(self.bench.size(trial))
        elif at == "came":
            self.panel.unfolded.value = self._drawn(
                pictures.who_came_and_who_got_in(trial.run, trial.each)
            )
        elif at == "waited":
            self.panel.unfolded.value = self._drawn(pictures.time_to_join(trial.run))
        else:
            self.panel.unfolded.value = ""

    @staticmethod
    def _drawn(picture):
        return look.picture(picture) + look.caption(picture.sentence)

    def say(self, sentence):
        """Say a sentence inside the lab; an empty one takes the last away."""
        self.panel.notice.value = look.notice(sentence)

    def _try(self, act):
        """Do something; what goes wrong becomes a sentence in the lab. Return whether it went well."""
        try:
            act()
        except (ScenarioError, ProgressError) as slip:
            self.say(str(slip))
            return False
        except Exception as slip:  # nothing a student does may end in a traceback
            self.say(
                f"This did not work: {slip} ({type(slip).__name__}). The picture is the last that did."
            )
            return False
        return True

    def _keep(self, section, key, **entry):
        self.progress.keep(section, key, **entry)
        self.panel.kept.line.value = self.panel.kept.said()

    def _key(self, name):
        return f"{self.unit}/{name}" if self.unit else name

    def _restore(self):
        """Bring back a prediction that was made before; one that was never settled is settled now."""
        asked = self.prediction
        held = asked and self.progress.entry("predictions", self._key(asked.key)) or {}
        answer, right = held.get("answer"), held.get("right")
        if answer not in (asked.options if asked else ()):
            return
        self.unlock()
        self.panel.ask.children = [self.panel.settled]
        if right in asked.options:
            compared = asked.compared(answer, right, str(held.get("sentence", "")))
            self.panel.settled.value = look.result(compared)
        else:
            self.settler.ask(lambda stopped: self._settle(answer, held.get("confidence")))

    def forget(self):
        """After everything kept was deleted: ask again."""
        if self.prediction:
            self.panel.ask.children = self.panel.question()
