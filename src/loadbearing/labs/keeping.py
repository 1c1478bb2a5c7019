"""Where things are kept: one line that says so, and the buttons that save, bring in and delete them."""

from __future__ import annotations

import base64
from html import escape

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.progress import ProgressError

NAMED = 4
"""So many files are named before they are deleted; of more than that the rest are counted."""


class Keeping:
    """The line "Stays on this computer. Delete here." with its button; `forgotten()` is called after a deletion.

    `also`: what else of the student's is deleted with the progress file, something with `files()` and `delete()`.
    """

    def __init__(self, progress, forgotten=None, also=None):
        self.progress, self.forgotten = progress, forgotten or (lambda: None)
        self.kept = [progress] if also is None else [progress, also]
        self.line = widgets.HTML(self.said())
        self.delete = _button("Delete here", "Delete everything that was kept")
        self.sure, self.no = _button("Yes, delete everything kept"), _button("No, keep it")
        self.delete.on_click(lambda _: self.ask())
        self.sure.on_click(lambda _: self.forget())
        self.no.on_click(lambda _: self.rest())
        self.box = widgets.HBox([self.line, self.delete])
        self.box.layout.flex_flow = "row wrap"
        self.box.layout.align_items = "center"

    def said(self):
        """Return the line as HTML: where, and what had to be said about the file."""
        folder = self.progress.path.parent.name
        return look.kept(f"{folder}/{self.progress.path.name}", self.progress.notices)

    def ask(self):
        """Ask once more before anything is deleted, and say what would be."""
        names = _listed([one.name for kept in self.kept for one in kept.files()])
        self.line.value = self.said() + look.result(
            f"This deletes {names}. There is no way back; save a copy first if you may want it."
        )
        self.box.children = [self.line, self.sure, self.no]

    def rest(self):
        """Show the line and the first button again."""
        self.line.value = self.said()
        self.box.children = [self.line, self.delete]

    def forget(self):
        """Delete everything kept, and say so."""
        self.rest()
        try:
            for one in self.kept:
                one.delete()
        except (OSError, ProgressError) as slip:
            self.line.value = look.notice(f"{self.progress.path} could not be deleted: {slip}")
        else:
            self.progress.notices.clear()
            self.line.value = look.result("Deleted. Nothing of yours is kept.") + self.said()
            self.forgotten()


class Carrying:
    """Takes everything kept to another computer and back: a link that saves it, and a file brought in.

    `changed()` is called after a file was brought in.
    """

    def __init__(self, progress, changed=None):
        self.progress, self.changed = progress, changed or (lambda: None)
        self.link, self.said = widgets.HTML(), widgets.HTML()
        self.file = widgets.FileUpload(
            accept=".json", multiple=False, description="Bring in a copy from another computer",
            layout={"width": "auto"},
        )  # fmt: skip
        self.file.observe(lambda change: self.bring_in(change["new"]), "value")
        row = widgets.HBox([self.link, self.file])
        row.layout.flex_flow, row.layout.align_items = "row wrap", "center"
        self.box = widgets.VBox([row, self.said])
        self.refresh()

    def refresh(self):
        """Put what is kept now behind the link."""
        try:
            self.link.value = download(self.progress.text(), self.progress.path.name)
        except (ProgressError, OSError) as slip:
            self.link.value = look.notice(str(slip))

    def bring_in(self, files):
        """Add the chosen file to what is kept, and say what came of it."""
        for file in files:
            try:
                said = self.progress.bring_in(bytes(file["content"]), file["name"])
            except (ProgressError, OSError) as slip:
                self.said.value = look.notice(str(slip))
                continue
            self.said.value = look.result(said)
            self.refresh()
            self.changed()


def download(text, name):
    """Return a link that saves a text as a file of this name; the text is inside, so no server is asked."""
    data = base64.b64encode(text.encode()).decode()
    return (
        f'<a class="lb-download" style="text-decoration: underline; margin-right: 12px" download="{escape(name)}" '
        f'href="data:application/json;base64,{data}">Save a copy of {escape(name)}</a>'
    )


def _listed(names):
    """Names in a sentence; many files are named by the first few and counted."""
    shown = (
        names if len(names) <= NAMED else [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
    )
    return " and ".join(shown) or "nothing"


def _button(text, tooltip=""):
    return widgets.Button(description=text, tooltip=tooltip or text, layout={"width": "auto"})
