"""The lab as a student meets it: a picture that follows the knobs, a prediction, three readings, both front pages.

Widgets only show and ask; what they ask is done by `Bench`, and every callback is a plain method of `Lab`.
"""

from __future__ import annotations

import threading
import time

from loadbearing import front_page
from loadbearing.cases import of_the_record
from loadbearing.engines import has_compiler
from loadbearing.labs import look, predict, screen, views
from loadbearing.labs.bench import Bench
from loadbearing.labs.cards import LaunchCard, VerdictCard
from loadbearing.labs.panel import Panel
from loadbearing.labs.progress_view import ProgressView
from loadbearing.labs.projector import Projector
from loadbearing.labs.worker import LatestWins
from loadbearing.labs.worlds import WorldBench
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress, ProgressError
from loadbearing.readings import FIRST

PAUSE_S = 0.25
"""How long a dragged knob stands still before the full crowd sets out; letting go sets it out at once."""


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
    knobs, or None; `missions`: `Mission`s that tick themselves; `unit`: the slug under which answers are kept.
    `picture`: the main picture, a name of `views` or a function of (run, each); `first`: the three readings shown
    first, keys or `Number`s; `pages`: both front pages, by default for cases of the record alone;
    `crowd`: the moving crowd; `whole`: never a smaller room, for doors whose size is what matters. `world`: for cases
    that are no evening, the `World` that plays and draws them, or one for each case; `picture`, `first` and all that
    follows them are then the world's.
    """

    def __init__(
        self, cases, knobs, prediction=None, unit="", progress=None, missions=(),
        picture=views.ROOM, first=FIRST, pages=None, crowd=True, whole=False, world=None,
    ):  # fmt: skip
        self.prediction, self.unit, self.missions = prediction, unit, list(missions)
        self.bench = (
            WorldBench(world, cases, knobs)
            if world
            else Bench(cases, knobs, picture=picture, first=first, whole=whole)
        )
        self.pages = any(map(of_the_record, cases)) if pages is None else pages
        self.crowd = crowd and not world
        self.progress = progress or Progress.here()
        self.worker, self.settler = LatestWins(), LatestWins()
        self.sight = self.opening = self._under_way = None
        self._let_go = True
        self._told_pages, self._told_run = "", None
        self._showing = threading.RLock()
        self.panel, self.cards = None, []

    # --- what the notebook shows ---------------------------------------------------------------

    def open(self):
        """Run the first case in a small room and return its `Sight`: what the lab opens with."""
        if self.opening is None:
            self.opening = self.sight = self.bench.opening()
        return self.opening

    def still(self):
        """Return the opening picture: for paper, for a preview, for whoever reads without a kernel."""
        return self.bench.still(self.open().trial)

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
            self.attempt(self._restore)
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

    def verdict_card(self, *claims, **decided):
        """Return the card on which the student judges these claims with the numbers of this lab's run.

        A claim that one run cannot decide is named with the function that does: `verdict_card("F2", F7=largest_fall)`,
        where `largest_fall(bench)` returns (deciding quantity, sentence).
        """
        self.cards.append(VerdictCard(self, claims, decided))
        return self.cards[-1]

    def launch_sheet(self):
        """Return the card with the five inputs of the student's own launch."""
        return LaunchCard(self.progress, LatestWins())

    def your_launch(self):
        """Return the desk of unit 13: the student's own launch, worked out, up to the report."""
        # Imported where it is wanted: the report's libraries are for this one desk.
        from loadbearing.labs.your_launch import YourLaunch

        return YourLaunch(self.progress)

    def progress_view(self):
        """Return everything that the student did so far, told in plain words."""
        return ProgressView(self.progress)

    def projector(self):
        """Return the lab's prediction for a whole room: hands are typed before the run and after it."""
        return Projector(self)

    # --- what a student does -------------------------------------------------------------------

    def predict(self, answer, confidence=None):
        """Keep a prediction, unlock the knobs, and run the experiment that settles it."""
        self.say("")
        if not self.attempt(lambda: self.prediction.checked(answer)):
            return
        self.unlock()
        if answer == predict.PLAY:
            self.panel.answered(look.result(predict.STAYS_OPEN))
            return
        self.panel.answered(look.result("The experiment is running."))
        self.settler.ask(lambda stopped: self._settle(answer, confidence))

    def _settle(self, answer, confidence):
        """Keep the answer, run the experiment, say how they compare, and keep that too."""
        asked, stood = self.prediction, self.bench.settings
        held = dict(question=asked.question, answer=answer, confidence=confidence)

        def settle():
            right, sentence = asked.settle(self.bench)
            self.panel.settled.value = look.result(
                asked.compared(answer, right, sentence, confidence)
            )
            self._keep("predictions", self._key(asked.key), **held, right=right, sentence=sentence)
            if asked.shows and self.bench.settings == stood:
                self.panel.case.value = asked.shows

        self.attempt(lambda: self._keep("predictions", self._key(asked.key), **held))
        self.attempt(settle)

    def unlock(self):
        """Let the knobs be turned."""
        for control in self.panel.locked:
            control.disabled = False

    def choose(self, case):
        """Go to another case, knobs where they are, and run it."""
        self.say("")
        if self.attempt(lambda: self.bench.choose(case)):
            self.panel.follow()
            self.run()

    def drag(self, path, at, marks=None):
        """Follow a knob that is being dragged: drop what runs for older positions, show a glimpse of this one.

        `marks`: moments that the browser noted, in milliseconds, which come back with the picture.
        """
        marks = {**(marks or {}), "heard": 1000 * time.time()}
        if self.attempt(lambda: self.bench.turn(path, at)):
            self.drop()
            self.panel.follow()
            self.attempt(lambda: self.glimpse(marks))

    def turn(self, path, typed):
        """Turn one knob to what was typed or chosen and run; what makes no sense is answered by a sentence."""
        self.say("")
        turned = self.attempt(lambda: self.bench.turn(path, typed))
        self.panel.follow()
        if turned:
            self.run()

    def reset(self):
        """Put all knobs back to that evening's setting and run."""
        self.say("")
        self.bench.reset()
        self.panel.put_back()
        self.run()

    def pin(self):
        """Pin the run on show, or take the pin out: it is drawn behind all others and compared with them."""
        self.bench.pin(None if self.bench.pinned else self.sight)
        self.panel.follow()
        self.attempt(lambda: self._redraw(self.sight))
        self.panel.closer.show(self.sight)

    def drop(self):
        """Give up what runs for an older position: nothing of it is shown any more."""
        with self._showing:
            self.worker.drop()
            self._under_way = None
            self.panel.screen.busy = ""
            self.panel.closer.drop()

    def glimpse(self, marks=None):
        """Show where the knobs stand in a quick room; where that would mislead, say so.

        Held still for a moment, the knob need not be let go: the full crowd runs.
        """
        self.panel.stage.to_curve()
        sight = self.bench.glimpse()
        if sight is None:
            self.panel.screen.outdated = self.bench.waits()
            self.run(PAUSE_S)
            return
        took = sight.trial.took | sight.picture.took
        self._show_sight(sight, resting=False, marks={**(marks or {}), "took": took})
        self.panel.age()
        self.run(PAUSE_S)

    def run(self, pause_s=0.0):
        """Run where the knobs stand: the full crowd, then other evenings; the last asked wins.

        A glimpse comes first unless this position is on show. `pause_s`: wait so long for a newer position, unless the
        knob is let go. What is under way for this position goes on.
        """
        self._let_go = not pause_s
        if self._under_way == self.bench.settings or self.bench.rests(self.sight):
            return

        def play(stopped):
            def show(sight):
                self.show(sight, stopped)

            def tell(words):
                with self._showing:
                    if not stopped():
                        self.panel.screen.busy = words and f"Running: {words} …"

            _pause(pause_s, lambda: stopped() or self._let_go)
            if not stopped():
                self.attempt(lambda: self.bench.play(show, stopped, tell))
            with self._showing:
                if not stopped():
                    self._under_way, self.panel.screen.busy = None, ""

        if not pause_s and self.bench.quick and self.sight.trial.settings != self.bench.settings:
            self.attempt(self.glimpse)
        self._under_way = self.bench.settings
        self.worker.ask(play)

    def settle(self):
        """Wait until every run that was asked for is shown."""
        self.settler.settle()
        self.worker.settle()
        self.panel.closer.worker.settle()

    # --- what is shown -------------------------------------------------------------------------

    def show(self, sight, stopped=lambda: False):
        """Show a sight: picture, caption and numbers at once, then front pages and all else, of the same run."""
        if not self._unless(stopped, lambda: self._show_sight(sight)):
            return
        if self.pages:
            pages = self._pages(sight.trial)
            self._unless(stopped, lambda: self._show_pages(sight.trial, pages))
        else:
            self._unless(stopped, lambda: self.panel.age(False))
        self._unless(stopped, lambda: self.panel.show_more(sight))
        for card in self.cards:
            self._unless(stopped, lambda card=card: card.look(sight))

    def _unless(self, stopped, act):
        """Do something unless a newer position was asked for; return whether it was done."""
        with self._showing:
            if stopped():
                return False
            act()
            return True

    def _show_sight(self, sight, resting=True, marks=None):
        """Show picture, numbers and caption of one run, in one message."""
        self.sight = sight
        self.panel.stand(sight.trial.settings.case)
        self.panel.screen.show(
            sight.picture,
            **screen.words(self.bench, sight),
            resting=resting,
            marks={**marks, "told": 1000 * time.time()} if marks else None,
        )

    def _redraw(self, sight):
        """Show a sight again, over what is now drawn behind it."""
        drawn = self.bench.redrawn(sight)
        with self._showing:
            self._show_sight(drawn)

    def _pages(self, trial):
        """Return both front pages of a full run as HTML, or those told last."""
        if trial.run is self._told_run or not (trial.full or not has_compiler()):
            return self._told_pages
        return front_page.as_html(front_page.front_pages(trial.run))

    def _show_pages(self, trial, pages):
        if trial.full or not has_compiler():
            self._told_pages, self._told_run = pages, trial.run
        old = trial.run is not self._told_run
        self.panel.show_pages(pages, old, "" if trial.full or old else self.bench.size(trial))

    def told_run(self):
        """Return the run that both front pages tell, or None while there are none."""
        return self._told_run

    def say(self, sentence):
        """Say a sentence inside the lab; an empty one takes the last away."""
        self.panel.notice.value = look.notice(sentence)

    def attempt(self, act):
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
        if right in asked.options:
            compared = asked.compared(
                answer, right, str(held.get("sentence", "")), held.get("confidence")
            )
            self.panel.answered(look.result(compared))
        else:
            self.panel.answered("")
            self.settler.ask(lambda stopped: self._settle(answer, held.get("confidence")))

    def forget(self):
        """After everything kept was deleted: ask again."""
        if self.prediction:
            self.panel.ask.children = self.panel.question()
        self.panel.missions.restore()


def _pause(seconds, enough):
    """Wait so long, or until it is `enough()`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not enough():
        time.sleep(0.02)
