"""The form of the desk: a box for each line of the launch sheet, few in sight, an assumption for each empty one."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from loadbearing.launch.questions import BY_KEY, LINES
from loadbearing.parts import ScenarioError

STYLE = """<style>
.lb-form-row { border-top: 1px solid var(--lb-line); padding: 5px 0 4px; }
.lb-form-note { font-size: 12px; line-height: 1.35; color: var(--lb-soft); }
.lb-form-unit { font-size: 13px; line-height: 1.3; color: var(--lb-soft); }
.lb-sheet .lb-wrong input { outline: 3px solid var(--lb-ink); outline-offset: 1px; }
.lb-sheet .lb-form-row .widget-text { margin-left: 0; }
.lb-form-row .widget-text > label, .lb-read .widget-text > label { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lb-form-row input::placeholder, .lb-read input::placeholder { color: var(--lb-grey); opacity: 1; }
.lb-sheet .lb-fold { background: none; border: none; text-decoration: underline; padding: 0; text-align: left; }
.lb-sheet .lb-upload { font-size: 0; }
.lb-sheet .lb-upload i, .lb-sheet .lb-upload::after { font-size: var(--jp-widgets-font-size, 13px); }
</style>"""


def upload(words, kinds, asks, key):
    """Return a button that brings in a file, called `words` and nothing else: the toolkit counts files in brackets.

    `kinds`: which files the browser offers; `asks`: the tooltip; `key`: names the button's own style on the page.
    """
    made = widgets.FileUpload(
        accept=kinds, multiple=False, description=words, tooltip=asks, layout={"width": "auto"}
    )
    made.add_class("lb-upload")
    made.add_class(f"lb-upload-{key}")
    style = f'<style>.lb-sheet .lb-upload-{key}::after {{ content: "{words}"; content: "{words}" / ""; }}</style>'
    return made, widgets.HTML(style, layout={"display": "none"})


class Fold:
    """Widgets out of sight until a button is pressed; `name` says what they are."""

    def __init__(self, name, children):
        self.name, self.inside = name, widgets.VBox(children)
        self.button = widgets.Button(layout={"width": "auto", "align_self": "flex-start"})
        self.button.add_class("lb-fold")
        self.button.on_click(lambda _: self.turn(self.shut))
        self.box = widgets.VBox([self.button, self.inside])
        self.turn(False)

    @property
    def shut(self):
        """Whether what is inside is out of sight."""
        return self.inside.layout.display == "none"

    def turn(self, to_open):
        """Open the fold, or shut it."""
        self.inside.layout.display = "" if to_open else "none"
        self.button.description = f"{'Hide' if to_open else 'Show'}: {self.name}"


class Form:
    """All lines of the launch sheet as boxes. `changed()` hears that something was typed."""

    def __init__(self, changed=lambda: None):
        self.changed, self.sources, self._filling = changed, {}, False
        self.boxes = {line.key: _box(line) for line in LINES}
        self.notes = {line.key: widgets.HTML() for line in LINES}
        self.rows = {line.key: self._row(line) for line in LINES}
        needed = [line.key for line in LINES if line.needed]
        known = [line.key for line in LINES if line.in_sight and not line.needed]
        rest = [line.key for line in LINES if not line.in_sight]
        self.folds = {
            self._fold(f"{len(known)} lines more, if you know them", known): known,
            self._fold(f"the other {len(rest)} assumptions", rest): rest,
        }
        top = [self.rows[key] for key in needed]
        self.box = widgets.VBox([widgets.HTML(STYLE), *top, *(fold.box for fold in self.folds)])
        for key, box in self.boxes.items():
            box.observe(lambda _, key=key: self._typed(key), "value")
            self._note(key)

    def _fold(self, name, keys):
        return Fold(name, [self.rows[key] for key in keys])

    def _row(self, line):
        unit = widgets.HTML(f'<span class="lb-form-unit">{escape(line.unit)}</span>')
        answer = widgets.HBox([self.boxes[line.key], unit])
        answer.layout.align_items, answer.layout.flex = "center", "0 0 270px"
        row = widgets.HBox([self.notes[line.key], answer])
        self.notes[line.key].layout.flex = "1 1 340px"
        row.layout.flex_flow, row.layout.align_items = "row wrap", "center"
        row.add_class("lb-form-row")
        return row

    # --- what stands in it -----------------------------------------------------------------------

    def typed(self):
        """Return what stands in the boxes, key -> text; empty boxes are left out."""
        return {key: box.value.strip() for key, box in self.boxes.items() if box.value.strip()}

    def fill(self, typed, sources=None):
        """Put these into the boxes, all others become empty. `sources`: key -> sentence, where a number comes from."""
        self._filling = True
        try:
            self.sources = dict(sources or {})
            for key, box in self.boxes.items():
                box.value = _shown(typed.get(key, ""))
                self._note(key)
        finally:
            self._filling = False
        self.mark(None)
        for fold, keys in self.folds.items():
            if any(self.boxes[key].value for key in keys):
                fold.turn(True)
        self.changed()

    def put(self, typed, source):
        """Put these into their boxes and leave all others; `source`: the sentence that says where they come from."""
        self.fill(self.typed() | typed, self.sources | dict.fromkeys(typed, source))

    def mark(self, sentence):
        """Mark the box of which a sentence speaks, and show it; None takes the mark away."""
        for line in LINES:
            meant = sentence is not None and line.question in sentence
            row = self.rows[line.key]
            (row.add_class if meant else row.remove_class)("lb-wrong")
            if meant:
                for fold, keys in self.folds.items():
                    if line.key in keys:
                        fold.turn(True)

    def _typed(self, key):
        if self._filling:
            return
        self.sources.pop(key, None)
        self.rows[key].remove_class("lb-wrong")
        self._note(key)
        self.changed()

    def _note(self, key):
        """Write the question of a line, and below it where its number comes from, or what stands for an empty box."""
        line = BY_KEY[key]
        empty = not self.boxes[key].value.strip()
        said = line.why if line.needed else assumed(line, self.boxes) if empty else ""
        said = " · ".join(filter(None, [said, "" if empty else self.sources.get(key, "")]))
        small = f'<div class="lb-form-note">{escape(said)}</div>' if said else ""
        self.notes[key].value = f"{escape(line.question)}{small}"
        for other in LINES:
            if other.times == key:
                self._note(other.key)


def assumed(line, boxes):
    """Return what an empty box stands for and why, in words: an assumption.

    `boxes`: those of all lines; what is so many times another line is worked out once that one is filled.
    """
    if line.assumption is None:
        return f"Assumption: {line.why}."
    try:
        of = {line.times: BY_KEY[line.times].checked(boxes[line.times].value)} if line.times else {}
        value = f"{_shown(line.assumed(of))} {line.unit}".strip()
    except ScenarioError:
        return f"Assumption: {line.why}."
    return f"Assumption: {value} ({line.why})."


def _box(line):
    """A box; its label is the question, which stands beside it already and is there for a screen reader alone."""
    return widgets.Text(
        description=line.question, placeholder=_shown(line.example), layout={"width": "118px"}
    )


def _shown(value):
    """A value as it stands in a box; a number with commas, and digit for digit."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,.12g}"
