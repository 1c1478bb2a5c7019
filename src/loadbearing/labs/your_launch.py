"""The desk of unit 13: the student's own launch, from a form to a load line, a plan, a stop rule and a report.

Widgets only ask and show: what is asked is worked out by `loadbearing.launch`, beside the kernel, and every callback is
a plain method of `YourLaunch`. Nothing that a student types or opens may end in a traceback.
"""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.labs.at_work import AtWork
from loadbearing.labs.drafts import Draft
from loadbearing.labs.keeping import Keeping
from loadbearing.labs.worker import LatestWins
from loadbearing.labs.your_launch_file import LaunchFile
from loadbearing.labs.your_launch_form import Form
from loadbearing.labs.your_launch_report import Reports
from loadbearing.labs.your_launch_results import Results
from loadbearing.labs.your_launch_running import Running
from loadbearing.labs.your_launch_traffic import TrafficCard, arrivals_of, as_kept
from loadbearing.launch import EXAMPLE, LINES, checked, from_traffic, from_units, working
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError

UNIT = "your_launch"
TITLE, KICKER = "Your own launch", "The desk"
BELOW = "Five numbers are enough. What you leave empty is an assumption, and it is named as one."
NOTHING_FROM_UNITS = (
    "Your units left no number yet. Each exercise ends with one; or type your own here."
)
FROM_AN_EXAMPLE = "From the example."


class YourLaunch:
    """The desk; in a notebook it shows itself. `progress`: where numbers are found and kept."""

    def __init__(self, progress, worker=None):
        self.progress = progress
        self.arrivals, self.arrivals_said = None, ""
        self._restoring = False
        self.notice, self.last = widgets.HTML(), widgets.HTML()
        self.draft = Draft(progress, f"{UNIT}/form", self.say)
        self.form = Form(self._typed)
        self.traffic = TrafficCard(self.tell_traffic, self.use_traffic)
        self.file = LaunchFile(self.open, self.say)
        self.running = Running(worker or LatestWins(), self.say)
        self.results = Results(progress, self.running)
        self.keeping = Keeping(progress, self.forget, also=Reports(progress))
        self.box = self._made()
        self.restore()

    def _made(self):
        ways = widgets.HBox(
            [
                widgets.HTML("Fill it in, or begin with:"),
                _button("My units", self.take_units),
                _button("An example", self.take_example),
                self.traffic.file,
                self.file.file,
                *(self.traffic.style, self.file.style),
            ]
        )
        self.shape = widgets.HTML()
        self.unshape = _button("Leave the file out", self.leave_arrivals)
        shape = widgets.HBox([self.shape, self.unshape])
        work = _button("Work it out", self.work_out, primary=True)
        go = widgets.HBox([work, _button("Empty the form", self.empty), self.file.link])
        go.layout.margin = "10px 0 4px"
        for row in (ways, shape, go):
            row.layout.flex_flow, row.layout.align_items = "row wrap", "center"
        head = widgets.HTML(look.head(TITLE, KICKER, BELOW))
        top = [head, ways, self.traffic.box, shape, self.form.box, go]
        below = [AtWork(), self.notice, self.running.box, self.last, self.results.box]
        box = widgets.VBox([*top, *below, self.keeping.box])
        box.add_class("lb-sheet"), box.add_class("lb-lab")
        return box

    # --- what the notebook shows -----------------------------------------------------------------

    def summary(self):
        """Return what the desk asks in plain text, the same every time."""
        lines = [f"{line.question} ({line.unit})" for line in LINES if line.needed]
        others = sum(not line.needed for line in LINES)
        more = f"and {others} lines more, each with an assumption as long as it is empty."
        return "\n".join([f"{TITLE}. {BELOW}", *lines, more])

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": self.summary()}

    # --- what a student does ---------------------------------------------------------------------

    def work_out(self):
        """Work out the launch as it stands in the form; a slip is answered by a sentence."""
        try:
            launch = self.launch()
        except ScenarioError as slip:
            self.say(str(slip))
            self.form.mark(str(slip))
            return
        self.form.mark(None)
        self.last.value = ""
        typed = self.form.typed()

        def job(told, stopped):
            return working.work_out(launch, told=told, stopped=stopped)

        def done(worked):
            self.results.show(worked)
            first = worked.summary()[0]
            self.progress.keep("launch_sheet", UNIT, typed=typed, told=first)
            self.keeping.line.value = self.keeping.said()
            if self.form.typed() != typed:
                self.results.old()

        self.running.begin("Working it out", job, done)

    def launch(self):
        """Return the launch that stands in the form; raise `ScenarioError` with a sentence if it is none."""
        return checked(self.form.typed(), self.arrivals)

    def take_units(self):
        """Fill the form with what units 01 to 12 left."""
        self.say("")
        self.attempt(self._take_units)

    def _take_units(self):
        typed, sources = from_units(self.progress.everything()["launch_sheet"])
        if not typed:
            self.say(NOTHING_FROM_UNITS)
            return
        self.form.fill({**self.form.typed(), **typed}, {**self.form.sources, **dict(sources)})

    def take_example(self):
        """Fill the form with the example, and say so at each number."""
        self.say("")
        self._take_arrivals(None)
        own = dict(EXAMPLE.typed)
        self.form.fill(own, dict.fromkeys(own, FROM_AN_EXAMPLE))

    def empty(self):
        """Empty the form; what was worked out stands until something else is."""
        self.say("")
        self._take_arrivals(None)
        self.form.fill({})

    def tell_traffic(self, seen, starts_at):
        """Return in a sentence what the form would take from traffic that was read."""
        return from_traffic(seen, self.form.typed(), starts_at)[-1]

    def use_traffic(self, seen, starts_at):
        """Fill the form from traffic that was read, and let people arrive as they did there."""
        before = self.form.typed()
        typed, arrivals, said = from_traffic(seen, before, starts_at)
        self.say("")
        self._take_arrivals(arrivals, f"People arrive as in {seen.name}: {said}")
        found = {key: one for key, one in typed.items() if one != before.get(key)}
        self.form.put(found, f"From {seen.name}.")

    def leave_arrivals(self):
        """Let people arrive by the rule of the form again; its numbers stay."""
        self._take_arrivals(None)
        self._typed()

    def open(self, launch, name):
        """Put a launch from a file into the form."""
        self.say("")
        self._take_arrivals(launch.arrivals, f"People arrive as the traffic in {name}.")
        own = dict(launch.typed)
        self.form.fill(own, dict.fromkeys(own, f"From {name}."))

    def forget(self):
        """After everything kept was deleted: an empty desk."""
        self.running.worker.drop()
        self.draft.clear()
        self.results.clear()
        self.traffic.leave()
        self.restore()

    # --- what is shown and kept ------------------------------------------------------------------

    def say(self, sentence):
        """Say a sentence at the desk; an empty one takes the last away."""
        self.notice.value = look.notice(sentence)

    def attempt(self, act):
        """Do something; what goes wrong becomes a sentence. Return whether it went well."""
        try:
            act()
        except (ScenarioError, ProgressError, OSError) as slip:
            self.say(str(slip))
            return False
        except Exception as slip:  # nothing a student does may end in a traceback
            self.say(f"This did not work: {slip} ({type(slip).__name__}).")
            return False
        return True

    def restore(self):
        """Fill the form with what was typed last, or else with what the units left."""
        self._restoring = True
        try:
            if not self.attempt(self._restore):
                self._take_arrivals(None)
                self.form.fill({})
        finally:
            self._restoring = False
        self._offer()

    def _restore(self):
        held = self.draft.found()
        kept = self.progress.entry("launch_sheet", UNIT) or {}
        if held is None and not kept:
            self._take_arrivals(None)
            typed, sources = from_units(self.progress.everything()["launch_sheet"])
            self.form.fill(typed, dict(sources))
            return
        self._take_arrivals(*arrivals_of(held or kept))
        self.form.fill({key: str(one) for key, one in (held or kept)["typed"].items()})
        self.last.value = look.result(f"Worked out last: {kept['told']}" if "told" in kept else "")

    def _typed(self):
        """Something stands in the form that did not before: write it down, and offer it as a file."""
        if self._restoring:
            return
        self.draft.type(
            typed=self.form.typed(), arrivals=as_kept(self.arrivals), said=self.arrivals_said
        )
        self.results.old(self._changed())
        self._offer()

    def _offer(self):
        try:
            self.file.offer(self.launch())
        except ScenarioError:
            self.file.offer(None)

    def _changed(self):
        """Whether the form holds another launch than the one that was worked out."""
        worked = self.results.worked
        try:
            return worked is not None and self.launch() != worked.launch
        except ScenarioError:
            return True

    def _take_arrivals(self, arrivals, said=""):
        """Let people arrive so (None: by the rule of the form), and say it."""
        there = arrivals is not None
        self.arrivals, self.arrivals_said = arrivals, said if there else ""
        self.shape.value = look.result(self.arrivals_said)
        for part in (self.shape, self.unshape):
            part.layout.display = "" if there else "none"


def _button(words, act, primary=False):
    button = widgets.Button(description=words, button_style="primary" if primary else "")
    button.layout.width = "auto"
    button.on_click(lambda _: act())
    return button
