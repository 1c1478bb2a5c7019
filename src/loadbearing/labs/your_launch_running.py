"""Work at the desk that takes longer than a moment: how far it is, and a button that stops it."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.launch import Stopped
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError

STOPPED = "Stopped. What stood here before still stands."


class Running:
    """One piece of work at a time, beside the kernel. `say(sentence)` hears what went wrong, or "" when it begins."""

    def __init__(self, worker, say):
        self.worker, self.say = worker, say
        self.bar = widgets.FloatProgress(min=0, max=1, layout={"width": "100%", "height": "14px"})
        self.doing = widgets.HTML(look.doing(""))
        self.halt = widgets.Button(description="Stop", layout={"width": "auto"})
        self.halt.on_click(lambda _: self.stop())
        self.box = widgets.VBox([self.bar, widgets.HBox([self.halt, self.doing])])
        self._show(False)

    def begin(self, words, job, done):
        """Have `job(told, stopped)` done; then `done(found)` with what it returned, unless it was stopped.

        `told(share, words)`: how far it is, 0 to 1, and what is done now. Whatever goes wrong becomes a sentence.
        """
        self.say("")
        self._show(True, words)

        def work(stopped):
            def told(share, now):
                if not stopped():
                    self.bar.value, self.doing.value = share, look.doing(f"{now} …")

            try:
                found = job(told, stopped)
                if stopped():
                    return
                done(found)
                said = ""
            except Stopped:
                return
            except (ScenarioError, ProgressError, OSError) as slip:
                said = str(slip)
            except Exception as slip:  # nothing a student does may end in a traceback
                said = f"This did not work: {slip} ({type(slip).__name__}). What stood here before still stands."
            if not stopped():
                self._show(False)
                if said:
                    self.say(said)

        self.worker.ask(work)

    def stop(self):
        """Give up what is under way; nothing of it is shown any more."""
        self.worker.drop()
        self._show(False)
        self.say(STOPPED)

    def settle(self, timeout=300.0):
        """Wait until nothing is under way; raise `TimeoutError` with a sentence if that takes longer."""
        self.worker.settle(timeout)

    def _show(self, there, words=""):
        self.bar.value = 0.0
        self.doing.value = look.doing(f"{words} …" if words else "")
        self.box.layout.display = "" if there else "none"
