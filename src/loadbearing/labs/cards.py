"""Two cards beside a lab: verdicts on the unit's claims, and the launch sheet."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets
from traitlets import TraitError

from loadbearing.claims import claim
from loadbearing.labs import look, verdicts
from loadbearing.labs.drafts import Draft
from loadbearing.labs.keeping import Keeping
from loadbearing.labs.predict import CONFIDENCE
from loadbearing.launch import first_line
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError

STYLE = "<style>.lb-sheet input::placeholder { color: var(--lb-grey); opacity: 1 }</style>"
"""A hint in an empty box is read on paper, in the dark theme too."""

NOT_KEPT = (
    "This is what you chose and typed before. It is not kept yet: press the button to keep it."
)
NOT_DRAWN = "These are the numbers that you typed before. Press the button to draw their load line."


class VerdictCard:
    """For each claim of a unit: which way, why, how sure, and on which run of the lab.

    The run's numbers stand on the card before anything is kept; `look(sight)` puts those of another run there. What is
    chosen and typed is found again after a reload, kept or not. `decided`: for a claim that one run cannot decide, a
    function of the bench that returns (deciding quantity, sentence); they go with the verdict on it.
    """

    def __init__(self, lab, keys, decided=None):
        self.decide = decided or {}
        self.lab, self.claims = lab, [claim(key) for key in dict.fromkeys([*keys, *self.decide])]
        self.decided, self._decided_at = {}, None
        self.several = {key: widgets.HTML() for key in self.decide}
        self.kept = Keeping(lab.progress, self.forget)
        self.status, self.choices, self.reasons, self.sure, self.drafts = {}, {}, {}, {}, {}
        self._restoring = False
        self.shown, self.evidence = None, widgets.HTML()
        rows = [self._row(one) for one in self.claims]
        top = widgets.HTML(look.head("What does your run say?", "Verdicts") + STYLE)
        self.fresh = widgets.Button(
            description="Take the run that the lab shows now", layout={"width": "auto"}
        )
        self.fresh.on_click(lambda _: self.take())
        self.fresh.layout.align_self = "flex-start"
        self.box = widgets.VBox([top, self.evidence, self.fresh, *rows, self.kept.box])
        self.box.add_class("lb-sheet")
        self.take()
        self.restore()

    def _row(self, one):
        choice = widgets.ToggleButtons(
            options=[(text, key) for key, text in verdicts.VERDICTS.items()],
            value=None,
            style={"button_width": "auto"},
        )
        because = widgets.Text(
            placeholder="When? Under which conditions? One line is enough.", layout={"width": "calc(100% - 6px)"},
            tooltip=f"Why you judge {one.key} so",
        )  # fmt: skip
        sure = widgets.Dropdown(
            options=list(CONFIDENCE), layout={"width": "auto"}, tooltip=f"How sure of {one.key}"
        )
        keep = widgets.Button(description=f"Keep my verdict on {one.key}", layout={"width": "auto"})
        keep.on_click(
            lambda _: self.keep(one.key, choice.value, because.value, CONFIDENCE[sure.value])
        )
        self.status[one.key], self.sure[one.key] = widgets.HTML(), sure
        self.choices[one.key], self.reasons[one.key] = choice, because
        self.drafts[one.key] = Draft(
            self.lab.progress,
            f"verdicts/{self.lab.unit}/{one.key}",
            lambda said: self._say(one.key, said),
        )
        for control in (choice, because, sure):
            control.observe(lambda _: self._typed(one.key), "value")
        last = widgets.HBox([sure, keep], layout={"flex_flow": "row wrap"})
        return widgets.VBox(
            [*self._claim(one), choice, because, last, self.status[one.key]],
            layout={"margin": "6px 0 12px"},
        )

    def _claim(self, one):
        """The claim, and what several runs of the lab decided of it."""
        several = self.several.get(one.key)
        return [widgets.HTML(look.claim(one)), *([several] if several else [])]

    def take(self):
        """Show the run that the lab shows now, and what several runs decide where the knobs stand now."""
        self.fresh.disabled = True
        try:
            self.look()
            self._decide_anew()
        finally:
            self.fresh.disabled = False

    def _decide_anew(self):
        """Make the several runs again if a knob was turned since; return whether they say something else now."""
        bench = self.lab.bench
        if self._decided_at == bench.settings:
            return False
        before, self._decided_at = self.decided, bench.settings
        self.decided = {key: _decided(key, decide, bench) for key, decide in self.decide.items()}
        for key, told in self.decided.items():
            self.several[key].value = look.result(verdicts.told_decided(told["sentence"]))
        return self.decided != before

    def look(self, sight=None):
        """Show the numbers that will go with a verdict: of this run, or of the one that the lab shows now."""
        try:
            self.shown = sight or self.lab.sight or self.lab.open()
            told = verdicts.told_evidence(self.lab.bench.evidence(self.shown))
            self.evidence.value = look.sub("Your evidence") + look.result(told)
        except Exception as slip:  # a run without numbers must not take the card away
            self.evidence.value = look.notice(f"The run has no numbers to attach: {slip}")

    def keep(self, key, verdict, because, confidence=None):
        """Keep a verdict with the numbers that the card shows; numbers not yet seen are shown first."""
        unseen = self._decide_anew()
        if self.lab.sight is not None and not self._same_run(self.lab.sight):
            unseen = True
        if unseen:
            self.look()
            self.status[key].value = look.notice(
                "The lab shows another run by now. Its numbers stand at the top of this card; press again "
                "to keep your verdict with them."
            )
            return
        try:
            evidence = self.lab.bench.evidence(self.shown)
            if key in self.decided:
                evidence["decided"] = self.decided[key]
            progress, unit = self.lab.progress, self.lab.unit
            verdicts.keep_verdict(progress, unit, key, verdict, because, evidence, confidence)
        except (ScenarioError, ProgressError, OSError) as slip:
            self._say(key, str(slip))
            return
        self.drafts[key].clear()
        self.kept.line.value = self.kept.said()
        self.restore([key])

    def _say(self, key, sentence):
        self.status[key].value = look.notice(sentence)

    def _typed(self, key):
        """Have what stands in the boxes of a claim written as a draft, unless it is what was kept."""
        if self._restoring:
            return
        at = self._stands(key)
        try:
            entry = self._kept(key) or {"verdict": None, "because": "", "confidence": None}
        except (ProgressError, OSError) as slip:
            self._say(key, str(slip))
            return
        if any(at[name] != entry.get(name) for name in at):
            self.drafts[key].type(**at)
        else:
            self.drafts[key].clear()
            self.restore([key])

    def _stands(self, key):
        """What is chosen and typed for a claim."""
        return {
            "verdict": self.choices[key].value,
            "because": self.reasons[key].value,
            "confidence": CONFIDENCE[self.sure[key].value],
        }

    def _kept(self, key):
        return self.lab.progress.entry("verdicts", f"{self.lab.unit}/{key}")

    def _same_run(self, sight):
        """Whether a run has the numbers that stand on the card."""
        evidence = self.lab.bench.evidence
        return sight is self.shown or (self.shown and evidence(sight) == evidence(self.shown))

    def forget(self):
        """After everything kept was deleted: empty the boxes."""
        for draft in self.drafts.values():
            draft.clear()
        self.restore()

    def restore(self, keys=None):
        """Show what is kept for each claim (or these), and above it what was typed since and is not kept."""
        for key in keys or self.reasons:
            self._restoring = True
            try:
                self._show_kept(key)
            except (KeyError, TypeError, AttributeError, ValueError, TraitError) as slip:
                said = f"What is kept on {key} could not be read ({slip}); judge it anew."
                self.status[key].value = look.notice(said)
            finally:
                self._restoring = False

    def _show_kept(self, key):
        entry, draft = self._kept(key), self.drafts[key].found()
        told = look.result(verdicts.told_verdict(entry)) + _earlier(entry) if entry else ""
        self.status[key].value = (look.result(NOT_KEPT) if draft else "") + told
        shown = draft or entry or {}
        self.choices[key].value = shown.get("verdict")
        self.reasons[key].value = shown.get("because", "")
        sure = [text for text, held in CONFIDENCE.items() if held == shown.get("confidence")]
        self.sure[key].value = sure[0] if sure else next(iter(CONFIDENCE))

    def _repr_mimebundle_(self, include=None, exclude=None):
        lines = [f"{one.key}: {one.claim}" for one in self.claims]
        lines += [verdicts.told_decided(one["sentence"]) for one in self.decided.values()]
        answers = ", ".join(verdicts.VERDICTS.values())
        said = "\n".join([*lines, f"Verdict on each: {answers}."])
        return {**self.box._repr_mimebundle_(), "text/plain": said}


def _earlier(entry):
    """The verdicts before this one as HTML, unfolded on demand; nothing where there are none."""
    earlier = verdicts.told_earlier(entry)
    if not earlier:
        return ""
    rows = "".join(f"<li>{escape(day)}: {escape(told)}</li>" for day, told in earlier)
    title = (
        "What you said before" if len(earlier) == 1 else f"What you said before ({len(earlier)})"
    )
    return f'<details class="lb-earlier"><summary>{title}</summary><ul style="margin: 2px 0">{rows}</ul></details>'


def _decided(key, decide, bench):
    """What several runs of a lab decide of a claim: value and sentence; what fails is a sentence too."""
    try:
        value, sentence = decide(bench)
        return {"value": float(value), "sentence": sentence}
    except Exception as slip:  # a card must never be lost to an experiment that fails
        return {"value": None, "sentence": f"the runs for {key} could not be run: {slip}"}


class LaunchCard:
    """Five numbers of the student's own launch, and the first load line they draw; typed numbers outlast a reload."""

    def __init__(self, progress, worker):
        self.progress, self.worker, self._restoring = progress, worker, False
        self.draft = Draft(progress, "launch_sheet/first", self._say)
        self.inputs = {line.key: self._input(line) for line in first_line.INPUTS}
        self.said = widgets.HTML()
        draw = widgets.Button(description="Draw my load line", button_style="primary")
        draw.layout.width, draw.layout.align_self = "auto", "flex-start"
        draw.on_click(lambda _: self.draw(self._stands()))
        self.kept = Keeping(progress, self.forget)
        rows = [self._row(line) for line in first_line.INPUTS]
        top = widgets.HTML(look.head("Where is your own load line?", "Launch sheet"))
        self.box = widgets.VBox([top, *rows, draw, self.said, self.kept.box])
        self.box.add_class("lb-sheet")
        self.restore()
        for box in self.inputs.values():
            box.observe(lambda _: self._typed(), "value")

    def _input(self, line):
        return widgets.Text(
            placeholder=f"{line.example:,g}", layout={"width": "130px"}, tooltip=line.question
        )

    def _stands(self):
        """What stands in the boxes."""
        return {key: box.value for key, box in self.inputs.items()}

    def _typed(self):
        """Have what stands in the boxes written as a draft."""
        if not self._restoring:
            self.draft.type(**self._stands())

    def _say(self, sentence):
        self.said.value = look.notice(sentence)

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
            sheet = first_line.checked_sheet(typed)
        except ScenarioError as slip:
            self._say(str(slip))
            return
        self.said.value = look.result("Crowds of different sizes are trying your door …")
        self.worker.ask(lambda stopped: self._find(sheet, typed, stopped))

    def _find(self, sheet, typed, stopped):
        try:
            line = first_line.load_line(sheet)
            told = first_line.told_line(sheet, line)
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
        else:
            if self._stands() == typed:
                self.draft.clear()
        self.kept.line.value = self.kept.said()

    def forget(self):
        """After everything kept was deleted: empty the boxes."""
        self.draft.clear()
        self.restore()

    def restore(self):
        """Show the sheet as it was kept, with what was typed since."""
        self._restoring = True
        try:
            entry = self.progress.entry("launch_sheet", "first") or {}
            draft = self.draft.found()
            for key, box in self.inputs.items():
                held = f"{entry[key]:,.12g}" if key in entry else ""
                box.value = draft.get(key, held) if draft else held
            told = look.result(entry.get("told", ""))
            self.said.value = look.result(NOT_DRAWN) if draft else told
        except (ValueError, TypeError, AttributeError, TraitError) as slip:
            self.said.value = look.notice(f"Your launch sheet could not be read ({slip}).")
        finally:
            self._restoring = False

    def _repr_mimebundle_(self, include=None, exclude=None):
        lines = [f"{line.question} ({line.unit})" for line in first_line.INPUTS]
        return {**self.box._repr_mimebundle_(), "text/plain": "\n".join(lines)}
