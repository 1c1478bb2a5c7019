"""Where things are kept: one line that says so, and the button that deletes them."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.progress import ProgressError


class Keeping:
    """The line "Stays on this computer. Delete here." with its button; `forgotten()` is called after a deletion."""

    def __init__(self, progress, forgotten=None):
        self.progress, self.forgotten = progress, forgotten or (lambda: None)
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
        """Ask once more before anything is deleted."""
        self.box.children = [self.line, self.sure, self.no]

    def rest(self):
        """Show the line and the first button again."""
        self.box.children = [self.line, self.delete]

    def forget(self):
        """Delete everything kept, and say so."""
        try:
            self.progress.delete()
        except (OSError, ProgressError) as slip:
            self.line.value = look.notice(f"{self.progress.path} could not be deleted: {slip}")
        else:
            self.line.value = look.result("Deleted. Nothing of yours is kept.") + self.said()
            self.forgotten()
        self.rest()


def _button(text, tooltip=""):
    return widgets.Button(description=text, tooltip=tooltip or text, layout={"width": "auto"})
