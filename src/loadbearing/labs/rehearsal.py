"""The lab of the real server: its tests, a question, its evening, and what the simulation had said of it."""

from __future__ import annotations

import threading
from html import escape

import ipywidgets as widgets

from loadbearing.labs import look, predict, real_server
from loadbearing.labs import rehearsal_learned as learned
from loadbearing.labs import rehearsal_told as told
from loadbearing.labs.at_work import AtWork
from loadbearing.live.process import ProcessError
from loadbearing.live.record import Unusable
from loadbearing.live.rehearsal import Rehearsal, Stopped, TooSlow
from loadbearing.live.rehearsed import Rehearsed
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import share

GUESS_ASKED = "How many people a second can this door let in? Give a range that you would bet on, nine to one."
TITLE, KICKER = "The same on a real server", "A real server under real load"
BEFORE = (
    "A small server and its visitors run on this computer only, at 127.0.0.1, and stop by themselves. Nothing runs "
    "until you press a button."
)
AGAIN = "again-"
"""How the folder of a crowd begins that was sent again; its number follows."""
SLOW = (
    "If this computer may not open a port, or is too busy, take the recorded evening: the same steps, measured "
    "elsewhere."
)
STOPS_WITHIN_S = 10.0


class RealRehearsal:
    """The lab; in a notebook it shows itself. `progress`: where answers are kept."""

    last_begun = None
    """The lab that began something last: a page opened again has a new lab, and two rehearsals disturb each other."""

    def __init__(self, progress=None, unit="the_rehearsal"):
        self.progress, self.unit = progress or Progress.here(), unit
        self.found = self.rehearsal = self.thread = self.guess = self.each = None
        self.shipped, self.answered = False, False
        self.so_far, self.foreseen = [], None
        self._made = None

    # --- what the notebook shows ---------------------------------------------------------------

    def still(self):
        """Return the picture for paper: what the recorded tests asked for."""
        return real_server.tests_picture(real_server.recorded())

    def summary(self):
        """Return what the lab opens with in plain text, the same every time."""
        found = real_server.recorded()
        return f"{TITLE}. {found.label} {self.still().sentence}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = self.box._repr_mimebundle_()
        return {**shown, "image/png": self.still().png(), "text/plain": self.summary()}

    @property
    def box(self):
        """The lab's widgets, made when they are first asked for."""
        if self._made is None:
            self._made = self._make()
            self._reopen()
        return self._made

    def _make(self):
        self.head = widgets.HTML(look.head(TITLE, KICKER, BEFORE))
        self.picture, self.caption = widgets.HTML(), widgets.HTML(told.steps())
        self.notice, self.doing = widgets.HTML(), widgets.HTML(look.doing(""))
        self.bar = widgets.FloatProgress(min=0, max=1, layout={"width": "100%", "height": "14px"})
        self.tests, self.came, self.page = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.ask, self.again = widgets.VBox([]), widgets.VBox([])
        self.low, self.high = (
            widgets.Text(value=f"{one:g}", layout={"width": "80px"}) for one in learned.GUESS
        )
        asked = widgets.HTML(look.sub("Your guess first") + f"<div>{GUESS_ASKED}</div>")
        between = widgets.HBox(
            [
                widgets.HTML("From"),
                self.low,
                widgets.HTML("to"),
                self.high,
                widgets.HTML("a second"),
            ]
        )
        self.worth = widgets.Text(value=f"{learned.WORTH:g}", layout={"width": "80px"})
        costs = widgets.HBox(
            [
                widgets.HTML("One who is let in late, or not at all, costs"),
                self.worth,
                widgets.HTML("dollars"),
            ]
        )
        costs.layout.flex_flow = "row wrap"
        self.guessing = widgets.VBox([asked, between, costs])
        self.run_tests = _button("Run the tests", self.test, primary=True)
        self.take = _button("Take the recorded evening", self.take_recorded)
        self.halt = _button("Stop", self.stop)
        self.send = _button("Send the crowd", self.surge, primary=True)
        self.anew = _button("Begin anew", self.begin_anew)
        self.buttons = widgets.HBox([self.run_tests, self.take, self.send, self.halt, self.anew])
        self.buttons.layout.flex_flow = "row wrap"
        left = widgets.VBox(
            [self.picture, self.caption, self.bar, self.doing, self.page, self.tests]
        )
        right = [AtWork(), self.guessing, self.notice, self.ask, self.buttons, self.again]
        right = widgets.VBox(right)
        left.add_class("lb-left"), right.add_class("lb-right")
        row = widgets.Box([left, right])
        row.add_class("lb-row")
        box = widgets.VBox([self.head, row, self.came])
        box.add_class("lb-sheet"), box.add_class("lb-lab")
        self.follow()
        return box

    # --- what a student does -------------------------------------------------------------------

    def test(self):
        """Run the calendar and the ramp, then fit the simulation to them."""
        if self.busy or not self._guessed():
            return

        def work():
            self.rehearsal.tests()
            self.rehearsal.ramp()
            self._tell("fit", "Fitting the simulation to the tests", 0.0)
            self.found = Rehearsed.read(self.rehearsal.folder)
            self.found.foresee()
            self._tested()

        self._begin(
            lambda: Rehearsal(real_server.plan(), real_server.new_folder(), self._tell), work
        )

    def surge(self):
        """Send the crowd to the door; of the recorded rehearsal, show what came."""
        if self.busy or not self.answered:
            return
        if self.shipped:
            self._evening()
            return

        def work():
            self.so_far, self.foreseen = [], self.found.forecast
            self.rehearsal.surge()
            self.found = Rehearsed.read(self.rehearsal.folder)
            self._evening()

        self._begin(lambda: Rehearsal.at(self.found.folder, self._tell), work)

    def send_again(self, change):
        """Send the same crowd to a door with one thing changed, after the simulation has said what to expect."""
        if self.busy or not self.answered or self.shipped:
            return
        name = f"{AGAIN}{list(real_server.CHANGES).index(change)}"

        def work():
            self.so_far = []
            self._tell("fit", "Asking the simulation what to expect", 0.0)
            foreseen = self.found.foreseen(real_server.CHANGES[change])
            self.foreseen = foreseen.write(self.found.folder / f"forecast-{name}.json")
            self.rehearsal.surge(real_server.CHANGES[change], name)
            self._again(change, name)

        self._begin(lambda: Rehearsal.at(self.found.folder, self._tell), work)

    def take_recorded(self):
        """Take the rehearsal that ships with the course, from its tests on."""
        if self.busy or not self._guessed():
            return
        self.found, self.shipped, self.answered = real_server.recorded(), True, False
        self._tested()

    def stop(self):
        """Stop what is under way; what was written until then is kept."""
        if self.rehearsal is not None:
            self._say_doing("Stopping …")
            self.rehearsal.stop()

    def begin_anew(self):
        """Put everything away and begin with the tests; what was measured stays in its folder."""
        if self.busy:
            return
        self.found, self.shipped, self.answered = None, False, False
        for part in (self.picture, self.tests, self.came, self.notice):
            part.value = ""
        self.caption.value = told.steps()
        self.ask.children = self.again.children = ()
        self.follow()

    def predict(self, answer, confidence=None):
        """Keep the answer to the question, then show what the simulation says of the evening."""
        if self.busy or self.found is None:
            return
        asked = real_server.question(self.found)
        try:
            asked.checked(answer)
        except ValueError as slip:
            self.say(str(slip))
            return
        self.say("")
        self.answer = (answer, confidence)
        self._keep(asked, {})
        self.answered = True
        self.ask.children = [widgets.HTML(look.result(self._your_answer(asked)))]
        self._show(real_server.evening_picture(self.found))
        self.follow()

    def _guessed(self):
        """Take the guess as it was typed; return whether it makes sense."""
        try:
            self.guess = learned.guess_of(self.low.value, self.high.value)
            self.each = learned.worth_of(self.worth.value)
        except ValueError as slip:
            self.say(str(slip))
            return False
        return True

    # --- what is under way ---------------------------------------------------------------------

    @property
    def busy(self):
        """Whether something runs."""
        return self.thread is not None and self.thread.is_alive()

    def settle(self, timeout=300.0):
        """Wait until nothing runs any more; raise `TimeoutError` with a sentence if that takes longer."""
        if self.thread is not None:
            self.thread.join(timeout)
            if self.thread.is_alive():
                raise TimeoutError(f"The rehearsal was still going on after {timeout:.0f} seconds.")

    def _begin(self, rehearsal, work):
        """Do work beside the kernel; whatever goes wrong becomes a sentence, and what was written stays."""
        if self.busy:
            return
        self.say("")
        self.shipped = False
        self._stop_the_one_before()

        def run():
            try:
                self.rehearsal = rehearsal()
                self.follow(busy=True)
                work()
            except Stopped:
                self.say(f"Stopped. What was measured until then is in {self._where()}.")
            except (ProcessError, TooSlow, Unusable, ValueError, OSError) as slip:
                self.say(f"{slip} {SLOW}")
            except Exception as slip:  # nothing a student does may end in a traceback
                self.say(f"This did not work: {slip} ({type(slip).__name__}). {SLOW}")
            finally:
                self.rehearsal = None
                self.page.value = ""
                self._say_doing("")
                self.follow(busy=False)

        self.thread = threading.Thread(target=run, daemon=True)
        self.follow(busy=True)
        self.thread.start()

    def _stop_the_one_before(self):
        """Stop what a lab of this page began before the page was opened again."""
        before, RealRehearsal.last_begun = RealRehearsal.last_begun, self
        if before not in (None, self) and before.busy:
            before.stop()
            before.thread.join(STOPS_WITHIN_S)

    def _where(self):
        return "/".join(self.rehearsal.folder.parts[-3:])

    def _tell(self, step, said, part):
        """Show how far a step is: a sentence, or the counts of this moment; of an evening, the picture so far."""
        self.bar.value = part
        if isinstance(said, dict):
            if "port" in said:
                self.page.value = told.door_page(said["port"])
            if "in" in said and step.startswith(("surge", AGAIN)):
                self._draw_so_far(said)
            counts = (
                ("sent", "asked"),
                ("in", "in"),
                ("refused", "refused"),
                ("timed_out", "left"),
            )
            so_far = ", ".join(f"{said[key]:,} {word}" for key, word in counts if key in said)
            said = f"{said['called']}: {so_far or 'ready to begin'}"
        self._say_doing(said)

    def _draw_so_far(self, said):
        """Draw the evening up to now, once a second."""
        second = int(said["t"])
        if second < 1 or second <= len(self.so_far):
            return
        self.so_far += [said["in"]] * (second - len(self.so_far))
        self._show(real_server.picture_so_far(self.found, self.so_far, self.foreseen))

    def _say_doing(self, said):
        self.doing.value = look.doing(said)

    # --- what is shown -------------------------------------------------------------------------

    def follow(self, busy=None):
        """Bring the buttons to where things stand."""
        busy = self.busy if busy is None else busy
        tested, come = self.found is not None, self.came_out
        shown = {
            self.run_tests: not tested and not busy,
            self.take: not tested and not busy,
            self.send: tested and self.answered and not come and not busy,
            self.halt: busy,
            self.anew: tested and not busy,
            self.guessing: not tested and not busy,
        }
        for button, there in shown.items():
            button.layout.display = "" if there else "none"
        self.send.description = "Show what came" if self.shipped else "Send the crowd"
        self.bar.layout.display = "" if busy else "none"

    @property
    def came_out(self):
        """Whether the evening is on show."""
        return bool(self.came.value)

    def say(self, sentence):
        """Say a sentence inside the lab; an empty one takes the last away."""
        self.notice.value = look.notice(sentence)

    def _show(self, picture):
        self.picture.value = look.picture(picture)
        self.caption.value = look.caption(picture.sentence)

    def _tested(self):
        """Show the tests, and ask."""
        found = self.found
        self.tests.value = look.sub("What the tests say") + told.tests_table(found)
        self._show(real_server.tests_picture(found))
        asked = real_server.question(found)
        choice = widgets.RadioButtons(
            options=[(text, key) for key, text in asked.options.items()], value=None
        )
        sure = widgets.Dropdown(options=list(predict.CONFIDENCE), layout={"width": "auto"})
        go = _button(
            "Lock it in", lambda: self.predict(choice.value, predict.CONFIDENCE[sure.value]), True
        )
        how_sure = widgets.HTML(look.small("How sure are you? You may leave this out."))
        question = widgets.HTML(look.sub("Go, or no go?") + f"<div>{escape(asked.question)}</div>")
        self.ask.children = [question, choice, how_sure, sure, go]
        self.came.value = ""
        self.follow()

    def _your_answer(self, asked):
        answer, _ = self.answer
        foreseen = real_server.evening_picture(self.found).title
        return f"You said: {asked.options[answer]} Now the simulation, from the tests alone. {foreseen}."

    def _evening(self):
        """Show what came of the evening, beside the forecast and the answer."""
        found = self.found
        asked = real_server.question(found)
        right, sentence = real_server.settle(found.run)
        answer, confidence = self.answer
        self._keep(asked, dict(right=right, sentence=sentence))
        self.ask.children = [
            widgets.HTML(look.result(asked.compared(answer, right, sentence, confidence)))
        ]
        self._show(real_server.evening_picture(found, found.run))
        self.came.value = (
            told.evening(found) + told.learned(found, self.guess, self.each) + told.pages(found.run)
        )
        self._offer_again()
        self.follow()

    def _offer_again(self):
        """Offer the same crowd again, at a door with one thing changed; a recorded rehearsal has only one evening."""
        if self.shipped:
            self.again.children = ()
            return
        choice = widgets.ToggleButtons(
            options=list(real_server.CHANGES), style={"button_width": "auto"}
        )
        go = _button("Send the same crowd again", lambda: self.send_again(choice.value))
        said = widgets.HTML(look.sub("The same twelve handlers, the same crowd: what would help?"))
        self.told_again = widgets.HTML()
        self.again.children = [said, choice, go, self.told_again]

    def _again(self, change, name):
        """Show what came of the crowd that was sent again."""
        self.found = Rehearsed.read(self.found.folder)
        run, first = self.found.run_of(name), self.found.run
        self._show(real_server.evening_picture(self.found, run, self.foreseen))
        was, now = (real_server.joined_share(one)[-1] for one in (first, run))
        self.told_again.value = look.result(
            f"With {change}: {share(now)} in at the end; as it was tested, {share(was)}."
        )

    def _reopen(self):
        """Bring back the student's last rehearsal, as far as it came."""
        try:
            kept = self.progress.entry("predictions", f"{self.unit}/real_evening") or {}
            folder = real_server.folder_of(kept.get("folder"))
            if folder is None:
                return
            self.found = Rehearsed.read(folder)
            self.guess = learned.guess_of(*kept.get("guess", learned.GUESS))
            self.each = learned.worth_of(kept.get("each", learned.WORTH))
            self._tested()
            self.answer, self.answered = (kept["answer"], kept.get("confidence")), True
            if self.found.run is not None:
                self._evening()
            else:
                self.predict(*self.answer)
        except Exception as slip:  # what an older or a damaged file holds, nobody can foresee
            self.begin_anew()
            self.say(f"Your last rehearsal could not be shown again ({slip}); its files are kept.")

    def _keep(self, asked, more):
        """Keep the answer to the question beside all others."""
        answer, confidence = self.answer
        now = dict(
            question=asked.question,
            answer=answer,
            confidence=confidence,
            guess=[float(f"{end:.4g}") for end in (self.guess.low, self.guess.high)],
            each=self.each,
            folder="" if self.shipped else self.found.folder.name,
            **more,
        )
        place = "predictions", f"{self.unit}/{asked.key}"
        try:
            kept = self.progress.entry(*place) or {}
            # What is only shown again was kept before.
            if any(kept.get(name) != one for name, one in now.items()):
                self.progress.keep(*place, **now)
        except ProgressError as slip:
            self.say(str(slip))


def _button(words, act, primary=False):
    button = widgets.Button(description=words, button_style="primary" if primary else "")
    button.layout.width = "auto"
    button.on_click(lambda _: act())
    return button
