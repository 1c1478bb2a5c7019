"""A lab for a whole room: one laptop, large type, a show of hands before and after the run."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.labs.worker import LatestWins
from loadbearing.parts import ScenarioError
from loadbearing.progress import ProgressError
from loadbearing.units import share

SECTION = "room"
BEFORE, AFTER = "before", "after"
TITLES = {BEFORE: "1  Before the run", AFTER: "3  After the run"}
RUN = "2  Run the evening"
"""The button; of a world it names what is played there instead."""

MOST_HANDS = 100_000
TALK_FROM, MOVE_ON_FROM = 0.35, 0.70
"""Peer instruction: below the first share of right answers, look again together; from the second on, move on; between
them, have neighbours talk (Vickrey and others 2015)."""


def checked_hands(typed, option):
    """Return how many hands were typed for an option; nothing typed is None. Raise `ScenarioError` for no number."""
    text = str(typed).replace(",", "").strip()
    if not text:
        return None
    try:
        hands = int(text)
    except ValueError:
        raise ScenarioError(
            f"The hands for “{option}” are {typed!r}; count them and type a whole number such as 12."
        ) from None
    if not 0 <= hands <= MOST_HANDS:
        raise ScenarioError(
            f"The hands for “{option}” are {text}; type a number from 0 to {MOST_HANDS:,}."
        )
    return hands


def what_next(counts, right):
    """Return in a sentence what to do with a room of these hands (by option) once the right one is known."""
    number = sum(counts.values())
    if not number:
        return "No hands were counted before the run. Ask the room why it came out like this."
    had = counts.get(right, 0)
    said = f"Before the run {had} of {number} hands were right ({share(had / number)})."
    if had / number < TALK_FROM:
        return f"{said} Look at the picture once more together, then count again."
    if had / number < MOVE_ON_FROM:
        return f"{said} Let neighbours talk for two minutes, then count again."
    return f"{said} Ask one of them to say why, and move on."


class Projector:
    """The prediction of a lab, for a room: hands are typed before the run, the run settles it, hands are typed again.

    Everything stays on this computer, and a reload finds the counts again. A lab without a prediction raises
    `ScenarioError`.
    """

    def __init__(self, lab):
        if lab.prediction is None:
            raise ScenarioError(
                "This lab has no prediction to show a room; give it one (prediction=...)."
            )
        self.lab, self.asked, self.thing = lab, lab.prediction, lab.bench.thing
        self.worker = LatestWins()
        self.counts = {BEFORE: {}, AFTER: {}}
        self.right, self.sentence = None, ""
        self._build()
        self.restore()

    # --- what the room sees --------------------------------------------------------------------

    def _build(self):
        self.head = widgets.HTML()
        self.notice, self.told = widgets.HTML(), widgets.HTML()
        self.boxes = {
            when: {key: self._box(when, key) for key in self.asked.options} for when in TITLES
        }
        self.bars = {
            when: {key: widgets.HTML() for key in self.asked.options} for when in self.boxes
        }
        self.go = widgets.Button(
            description=RUN.replace("evening", self.thing), button_style="primary"
        )
        self.go.on_click(lambda _: self.run())
        self.clear = widgets.Button(description="New room: clear all counts")
        self.clear.on_click(lambda _: self.ask_to_clear())
        self.sure = widgets.Button(description="Yes, clear them")
        self.sure.on_click(lambda _: self.forget())
        self.no = widgets.Button(description="No, keep them")
        self.no.on_click(lambda _: self._rest())
        for button in (self.go, self.clear, self.sure, self.no):
            button.layout.width = button.layout.height = "auto"
        self.last = widgets.HBox([self.clear], layout={"flex_flow": "row wrap"})
        heads = widgets.HBox([widgets.HTML(_when(one)) for one in TITLES.values()])
        heads.add_class("lb-room-row"), heads.add_class("lb-room-heads")
        rows = [self._row(key, text) for key, text in self.asked.options.items()]
        feet = widgets.HBox([self.go, self.last], layout={"flex_flow": "row wrap"})
        self.box = widgets.VBox([self.head, heads, *rows, self.notice, self.told, feet])
        self.box.add_class("lb-sheet"), self.box.add_class("lb-room")

    def _row(self, key, text):
        """One option: its words, and below them its hands before and after the run, side by side."""
        option = widgets.HTML(f'<div class="lb-room-option">{escape(text)}</div>')
        cells = [widgets.HBox([self.boxes[when][key], self.bars[when][key]]) for when in TITLES]
        for when, cell in zip(TITLES, cells, strict=True):
            cell.add_class(f"lb-room-{when}")
        both = widgets.HBox(cells)
        both.add_class("lb-room-row")
        return widgets.VBox([option, both])

    def _box(self, when, key):
        told = f"Hands {when} the run: {self.asked.options[key]}"
        box = widgets.Text(placeholder="hands", tooltip=told)
        box.observe(lambda change: self.count(when, key, change["new"]), "value")
        return box

    def show(self):
        """Show counts, bars, and what the runs said."""
        self.head.value = look.head(self.asked.question, "Hands up", "") + STYLE
        most = max([1, *self.counts[BEFORE].values(), *self.counts[AFTER].values()])
        for when, bars in self.bars.items():
            for key, bar in bars.items():
                hands = self.counts[when].get(key)
                bar.value = _bar(hands, most, self.right is not None and key == self.right)
        for box in self.boxes[AFTER].values():
            box.disabled = self.right is None
        if self.right is not None:
            answer = self.asked.options[self.right].rstrip(".")
            self.told.value = (
                f'<div class="lb-room-told" role="status"><b>The runs say: {escape(answer)}.</b> '
                f"{escape(self.sentence)}<br>{escape(what_next(self.counts[BEFORE], self.right))}</div>"
            )
        self.go.description = (
            RUN.replace("evening", self.thing) if self.right is None else "Run it again"
        )

    # --- what a facilitator does ---------------------------------------------------------------

    def count(self, when, key, typed):
        """Take how many hands went up for an option before or after the run; no number is answered by a sentence."""
        try:
            hands = checked_hands(typed, self.asked.options[key])
        except ScenarioError as slip:
            self.notice.value = look.notice(str(slip))
            return
        self.notice.value = ""
        if self.counts[when].get(key) == hands:
            return
        self.counts[when].pop(key, None)
        if hands is not None:
            self.counts[when][key] = hands
        self.show()
        self._keep()

    def run(self):
        """Run the experiment that settles the question, and show what it says."""
        said = escape(f"The {self.thing} is running …")
        self.told.value = f'<div class="lb-room-told" role="status">{said}</div>'
        self.worker.ask(lambda stopped: self._settle())

    def _settle(self):
        try:
            self.right, self.sentence = self.asked.settle(self.lab.bench)
        except Exception as slip:  # a room must never see a traceback
            self.told.value = look.notice(f"The {self.thing} could not be run: {slip}")
            return
        self.show()
        self._keep()

    def ask_to_clear(self):
        """Ask once more before the counts are cleared."""
        self.last.children = [self.sure, self.no]

    def _rest(self):
        self.last.children = [self.clear]

    def forget(self):
        """Clear all counts and the result, for the next room."""
        self.counts = {BEFORE: {}, AFTER: {}}
        self.right, self.sentence = None, ""
        self.told.value = self.notice.value = ""
        self._fill()
        self.show()
        self._keep()
        self._rest()

    # --- what is kept --------------------------------------------------------------------------

    def _keep(self):
        try:
            self.lab.progress.replace(
                SECTION, self._key(), question=self.asked.question, right=self.right,
                sentence=self.sentence, **{when: dict(held) for when, held in self.counts.items()},
            )  # fmt: skip
        except (ProgressError, OSError) as slip:
            self.notice.value = look.notice(f"The counts stand here, but were not kept: {slip}")

    def _key(self):
        return f"{self.lab.unit}/{self.asked.key}" if self.lab.unit else self.asked.key

    def restore(self):
        """Bring back the counts of the last room; what cannot be read is left out."""
        try:
            held = self.lab.progress.entry(SECTION, self._key()) or {}
        except (ProgressError, OSError) as slip:
            held, self.notice.value = {}, look.notice(str(slip))
        for when in self.counts:
            kept = held.get(when) if isinstance(held.get(when), dict) else {}
            self.counts[when] = {
                key: hands
                for key, hands in kept.items()
                if key in self.asked.options and type(hands) is int and 0 <= hands <= MOST_HANDS
            }
        self.right = held.get("right") if held.get("right") in [*self.asked.options] else None
        self.sentence = str(held.get("sentence", ""))
        self._fill()
        self.show()

    def _fill(self):
        """Bring the boxes to the counts."""
        counts = {when: dict(held) for when, held in self.counts.items()}
        for when, boxes in self.boxes.items():
            for key, box in boxes.items():
                box.value = str(counts[when].get(key, ""))

    def summary(self):
        """Return question, options and counts in plain text."""
        lines = [self.asked.question]
        for key, text in self.asked.options.items():
            hands = [self.counts[when].get(key) for when in (BEFORE, AFTER)]
            before, after = ("not counted" if one is None else f"{one:,}" for one in hands)
            lines.append(f"- {text} Hands before the run: {before}; after: {after}.")
        return "\n".join(lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": self.summary()}


def _when(title):
    """The title over the hands of one moment."""
    return f'<div class="lb-room-when" role="heading" aria-level="3">{title}</div>'


def _bar(hands, most, right):
    """One bar of the histogram with its number, all to one scale; the answer of the runs has a tick."""
    long = (hands or 0) / most
    tick = ' <span aria-label="what the runs say">✓</span>' if right else ""
    shown = "" if hands is None else f"{hands:,}"
    kind = "lb-room-bar lb-room-right" if right else "lb-room-bar"
    track = f"width:calc({long:.3f} * max(0px, 100% - 110px))"
    return f'<div class="{kind}"><i style="{track}"></i><b>{shown}{tick}</b></div>'


STYLE = """<style>
.lb-sheet.lb-room { max-width: none; padding: 12px 26px; }
.lb-room .lb-question { font-size: 31px; line-height: 1.2; max-width: 40em; }
.lb-room .lb-head { font-size: 18px; }
.lb-room .lb-room-row { display: flex; flex-flow: row wrap; gap: 0 36px; overflow: visible; }
.lb-room .lb-room-row > * { flex: 1 1 0; min-width: min(250px, 100%); margin: 0; overflow: visible; }
.lb-room .lb-room-when { font-size: 25px; font-weight: 700; line-height: 1.3; border-bottom: 2px solid currentColor; }
.lb-room .lb-room-option { font-size: 26px; line-height: 1.25; margin-top: 4px; }
.lb-room .widget-text { flex: none; width: 104px; height: 48px; margin: 2px 12px 2px 0; }
.lb-room .widget-text input { height: 48px; font-size: 30px; text-align: right; }
.lb-room .widget-text input:disabled { opacity: .45; }
.lb-room .widget-vbox, .lb-room .widget-hbox { overflow: visible; }
.lb-room .widget-hbox > .widget-html { flex: 1 1 auto; min-width: 0; height: auto; }
.lb-room .widget-hbox.lb-room-heads > .widget-html { flex: 1 1 0; }
.lb-room .lb-room-bar { display: flex; align-items: center; gap: 12px; height: 48px; margin-top: 2px; }
.lb-room .lb-room-bar i { display: block; height: 40px; min-width: 2px; background: var(--lb-bar); flex: none; }
.lb-room .lb-room-bar.lb-room-right i { background: var(--lb-ink); }
.lb-room .lb-room-bar b { flex: none; font-size: 32px; line-height: 1; white-space: nowrap; }
.lb-room .lb-room-told { font-size: 26px; line-height: 1.3; border-left: 8px solid currentColor; padding: 2px 16px;
  max-width: 50em; margin: 4px 0; }
.lb-room .lb-notice { font-size: 24px; line-height: 1.35; }
.lb-room .jupyter-button { font-size: 24px; line-height: 1.3; padding: 8px 20px; height: auto;
  align-self: flex-start; }
@media (max-width: 600px) {
  .lb-sheet.lb-room { padding: 12px 10px; }
  .lb-room .lb-question { font-size: 20px; }
  .lb-room .lb-room-option, .lb-room .lb-room-told, .lb-room .lb-notice { font-size: 19px; }
  .lb-room .lb-room-heads { display: none; }
  .lb-room .lb-room-before::before { content: "Before"; }
  .lb-room .lb-room-after::before { content: "After"; }
  .lb-room .lb-room-before::before, .lb-room .lb-room-after::before { flex: none; width: 62px; line-height: 58px; }
  .lb-room .widget-text, .lb-room .widget-text input { height: 46px; font-size: 22px; }
  .lb-room .widget-text { width: 84px; }
  .lb-room .lb-room-bar b { font-size: 22px; }
  .lb-room .jupyter-button { font-size: 19px; }
}
</style>"""
