"""The student's own traffic at the desk: a file is read, what was read is told, and only then it may be used."""

from __future__ import annotations

import pathlib
import tempfile
from html import escape

import ipywidgets as widgets

from loadbearing import traffic
from loadbearing.labs import look
from loadbearing.labs.your_launch_form import upload
from loadbearing.scenario import Measured

KINDS = ".csv,.tsv,.txt,.log,.gz"
ABOUT = "A CSV with counts or with one time for each person, or the access log of a web server. It is only read."
NOT_USED = "Nothing of it is used yet."
FIRST = 2
"""Paragraphs of the account that are told at once: what the file is, and who came when."""


IN_PLAIN_WORDS = {
    "without starts_at, arrivals() puts t = 0 there": "it counts as the start unless you type another",
    "if that is wrong, give time_zone": "only the distance between the times matters here",
    "such as only='/join'": "and type its path below, such as /join",
    "Then say with time_format how it is written": "Then the desk cannot read how it is written",
    "path is ": "The file is ",
}
"""What the account of a file says to whoever writes code, and what the desk says in its place."""


class TrafficCard:
    """Reads a file of traffic and tells what it read; only then it may be used.

    `tell(seen, starts_at)` returns in a sentence what the form would take from it, `use(seen, starts_at)` takes it;
    both raise `ScenarioError` where this traffic makes no sense. `starts_at`: as typed, or None.
    """

    def __init__(self, tell, use):
        self.tell, self.use, self.seen, self._file = tell, use, None, None
        self.file, self.style = upload("A file of my own traffic", KINDS, ABOUT, "traffic")
        self.file.observe(lambda change: self._chosen(change["new"]), "value")
        self.told = widgets.HTML()
        self.only = _text("/join", "Count only requests for this path")
        self.starts_at = _text("20:00", "The announced start, on the clock of the file")
        self.of_log = _asked("Count only requests for", self.only)
        when = _asked("Announced for (on the clock of the file)", self.starts_at)
        again = _button("Read it again so", self.read_again)
        self.take = _button("Use these people", self.take_it, primary=True)
        leave = _button("Leave it", self.leave)
        wishes = widgets.HBox([when, self.of_log, again])
        buttons = widgets.HBox([self.take, leave])
        for row in (wishes, buttons):
            row.layout.flex_flow, row.layout.align_items = "row wrap", "center"
        self.box = widgets.VBox([self.told, wishes, buttons])
        self.box.add_class("lb-read")
        self.leave()

    def _chosen(self, files):
        """A file was chosen in the browser: read it, and let the same one be chosen again."""
        for one in files:
            self.only.value = self.starts_at.value = ""
            self.read(one["name"], bytes(one["content"]))
        if files:
            self.file.value = ()

    def read(self, name, content):
        """Read a file's bytes and tell what was read; what makes no sense is answered by a sentence."""
        self._file, self.seen, said = (name, content), None, ""
        try:
            seen = self._read(name, content)
            said = account(seen)
            would = self.tell(seen, self._starts_at())
            said += look.result(f"{NOT_USED} If you use it: {would}")
            self.seen = seen
        except Exception as slip:  # a file can hold anything; nothing of it may end in a traceback
            said += look.notice(plainly(str(slip)) or f"{name} could not be read.")
        self.told.value = look.sub("What was read") + said
        self._show(True)

    def _starts_at(self):
        return self.starts_at.value.strip() or None

    def read_again(self):
        """Read the same file with other wishes."""
        if self._file is not None:
            self.read(*self._file)

    def _read(self, name, content):
        with tempfile.TemporaryDirectory() as folder:
            # What a browser calls a file may not lead elsewhere.
            path = pathlib.Path(folder, pathlib.PurePath(name).name.strip(".") or "traffic")
            path.write_bytes(content)
            only = self.only.value.strip()
            try:
                return traffic.read(path, **({"only": only} if only else {}))
            except traffic.TrafficError:
                raise
            except (OSError, ValueError) as slip:
                raise traffic.TrafficError(
                    f"{path.name} could not be read ({slip}); choose a CSV or an access log."
                ) from slip

    def take_it(self):
        """Use what was told."""
        if self.seen is None:
            return
        try:
            self.use(self.seen, self._starts_at())
        except Exception as slip:  # nothing a student does may end in a traceback
            self.told.value += look.notice(plainly(str(slip)))
            return
        self.leave()

    def leave(self):
        """Put the file away; nothing of it is used."""
        self._file = self.seen = None
        self.told.value = ""
        self._show(False)

    def _show(self, there):
        self.box.layout.display = "" if there else "none"
        self.take.layout.display = "" if self.seen is not None else "none"
        log = self.seen is not None and self.seen.kind == "log"
        self.of_log.layout.display = "" if log or self.only.value else "none"


def account(seen):
    """Return what was read as HTML: the first paragraphs at once, all others unfolded on demand."""
    told = plainly(seen.report()).splitlines()
    shown = "".join(f"<p>{escape(one)}</p>" for one in told[:FIRST])
    rest = "".join(f"<li>{escape(one.removeprefix('- '))}</li>" for one in told[FIRST:])
    title = "Line by line: what was passed over, broken or in doubt"
    return f'{shown}<details class="lb-earlier"><summary>{title}</summary><ul>{rest}</ul></details>'


def plainly(said):
    """Return an account of a file in words for whoever writes no code."""
    for code, words in IN_PLAIN_WORDS.items():
        said = said.replace(code, words)
    return said


def as_kept(arrivals):
    """Return arrivals as they are kept between two visits, as a dictionary; None for none."""
    if arrivals is None:
        return None
    counts = " ".join(map(str, arrivals.counts))
    return {"from_s": arrivals.from_s, "bin_s": arrivals.bin_s, "people": counts}


def arrivals_of(kept):
    """Return (arrivals, what is said of them) from what was kept; (None, "") where there are none."""
    held = kept.get("arrivals")
    if held is None:
        return None, ""
    counts = tuple(int(one) for one in held["people"].split())
    arrivals = Measured(from_s=held["from_s"], bin_s=held["bin_s"], counts=counts)
    return arrivals, str(kept.get("said", ""))


def _text(example, asks):
    return widgets.Text(placeholder=example, description=asks, layout={"width": "110px"})


def _asked(words, box):
    label = widgets.HTML(f'<span class="lb-form-unit">{escape(words)}</span>')
    row = widgets.HBox([label, box])
    row.layout.align_items = "center"
    return row


def _button(words, act, primary=False):
    button = widgets.Button(description=words, button_style="primary" if primary else "")
    button.layout.width = "auto"
    button.on_click(lambda _: act())
    return button
