"""Two cards beside a lab: verdicts on the unit's claims, and the launch sheet."""

from __future__ import annotations

import ipywidgets as widgets
from traitlets import TraitError

from loadbearing.claims import claim
from loadbearing.labs import launch, look, verdicts
from loadbearing.labs.keeping import Keeping
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError


class VerdictCard:
    """For each claim of a unit: holds, fails, or cannot be decided here, with the numbers of the lab's run."""

    def __init__(self, lab, keys):
        self.lab, self.claims = lab, [claim(key) for key in keys]
        self.kept = Keeping(lab.progress, self.restore)
        self.status, self.choices, self.reasons = {}, {}, {}
        rows = [self._row(one) for one in self.claims]
        top = widgets.HTML(look.head("What does your run say?", "Verdicts"))
        self.box = widgets.VBox([top, *rows, self.kept.box])
        self.box.add_class("lb-sheet")
        self.restore()

    def _row(self, one):
        choice = widgets.ToggleButtons(
            options=[(text, key) for key, text in verdicts.VERDICTS.items()],
            value=None,
            style={"button_width": "auto"},
        )
        because = widgets.Text(
            placeholder="When? Under which conditions? One line is enough.", layout={"width": "calc(100% - 6px)"},
            tooltip=f"Evidence for {one.key}",
        )  # fmt: skip
        keep = widgets.Button(description=f"Keep my verdict on {one.key}", layout={"width": "auto"})
        keep.layout.align_self = "flex-start"
        keep.on_click(lambda _: self.keep(one.key, choice.value, because.value))
        self.status[one.key] = widgets.HTML()
        self.choices[one.key], self.reasons[one.key] = choice, because
        return widgets.VBox(
            [widgets.HTML(look.claim(one)), choice, because, keep, self.status[one.key]],
            layout={"margin": "6px 0 12px"},
        )

    def keep(self, key, verdict, because):
        """Keep a verdict with the numbers of the run that the lab shows now, and say so."""
        try:
            evidence = self.lab.bench.evidence(self.lab.sight or self.lab.open())
            verdicts.keep_verdict(self.lab.progress, self.lab.unit, key, verdict, because, evidence)
        except (ScenarioError, ProgressError, OSError) as slip:
            self.status[key].value = look.notice(str(slip))
            return
        self.kept.line.value = self.kept.said()
        self._show_kept(key)

    def restore(self):
        """Show what is kept for each claim."""
        for one in self.claims:
            try:
                self._show_kept(one.key)
            except (KeyError, TypeError, AttributeError, ValueError, TraitError) as slip:
                said = f"What is kept on {one.key} could not be read ({slip}); judge it anew."
                self.status[one.key].value = look.notice(said)

    def _show_kept(self, key):
        entry = self.lab.progress.entry("verdicts", f"{self.lab.unit}/{key}")
        self.status[key].value = look.result(verdicts.told_verdict(entry)) if entry else ""
        self.choices[key].value = entry["verdict"] if entry else None
        self.reasons[key].value = entry["because"] if entry else ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        lines = [f"{one.key}: {one.claim}" for one in self.claims]
        answers = ", ".join(verdicts.VERDICTS.values())
        said = "\n".join([*lines, f"Verdict on each: {answers}."])
        return {**self.box._repr_mimebundle_(), "text/plain": said}


class LaunchCard:
    """Five numbers of the student's own launch, and the first load line they draw."""

    def __init__(self, progress, worker):
        self.progress, self.worker = progress, worker
        self.inputs = {line.key: self._input(line) for line in launch.INPUTS}
        self.said = widgets.HTML()
        draw = widgets.Button(description="Draw my load line", button_style="primary")
        draw.layout.width, draw.layout.align_self = "auto", "flex-start"
        draw.on_click(lambda _: self.draw({key: box.value for key, box in self.inputs.items()}))
        self.kept = Keeping(progress, self.restore)
        rows = [self._row(line) for line in launch.INPUTS]
        top = widgets.HTML(look.head("Where is your own load line?", "Launch sheet"))
        self.box = widgets.VBox([top, *rows, draw, self.said, self.kept.box])
        self.box.add_class("lb-sheet")
        self.restore()

    def _input(self, line):
        return widgets.Text(
            placeholder=f"{line.example:,g}", layout={"width": "130px"}, tooltip=line.question,
            continuous_update=False,
        )  # fmt: skip

    def _row(self, line):
        asked = widgets.HTML(look.asked(line.question, line.why))
        asked.layout.flex = "1 1 300px"
        unit = widgets.HTML(line.unit, layout={"width": "130px"})
        row = widgets.HBox([asked, widgets.HBox([self.inputs[line.key], unit])])
        row.layout.flex_flow, row.layout.align_items = "row wrap", "center"
        return row

    def draw(self, typed):
        """Check what was typed, keep it, find the load line and say it; a slip is answered by a sentence."""
        try:
            sheet = launch.checked_sheet(typed)
        except ScenarioError as slip:
            self.said.value = look.notice(str(slip))
            return
        self.said.value = look.result("Crowds of different sizes are trying your door …")
        self.worker.ask(lambda stopped: self._find(sheet, stopped))

    def _find(self, sheet, stopped):
        try:
            line = launch.load_line(sheet)
            told = launch.told_line(sheet, line)
        except Exception as slip:  # nothing a student types may end in a traceback
            self.said.value = look.notice(f"No load line was found: {slip}")
            return
        if stopped():
            return
        self.said.value = look.result(told)
        try:
            self.progress.keep("launch_sheet", "first", **sheet, load_line=line, told=told)
        except (ProgressError, OSError) as slip:
            self.said.value += look.notice(f"It could not be kept: {slip}")
        self.kept.line.value = self.kept.said()

    def restore(self):
        """Show the sheet as it was kept."""
        try:
            entry = self.progress.entry("launch_sheet", "first") or {}
            for key, box in self.inputs.items():
                box.value = f"{entry[key]:,g}" if key in entry else ""
            self.said.value = look.result(entry.get("told", ""))
        except (ValueError, TypeError, AttributeError) as slip:
            self.said.value = look.notice(f"Your launch sheet could not be read ({slip}).")

    def _repr_mimebundle_(self, include=None, exclude=None):
        lines = [f"{line.question} ({line.unit})" for line in launch.INPUTS]
        return {**self.box._repr_mimebundle_(), "text/plain": "\n".join(lines)}
