"""The two front pages to take home: a button that sets them in type, and links that save them."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing import front_page
from loadbearing.labs import look


class Posters:
    """A button that sets both front pages for paper, and then three links: a picture, one A3 sheet, two A4 sheets.

    `run()` returns the run to tell, or None while there is none.
    """

    def __init__(self, run):
        self.run = run
        self.make = widgets.Button(
            description="Set both pages for paper", layout={"width": "auto"},
            tooltip="Both front pages of this run as files to save and to print",
        )  # fmt: skip
        self.make.on_click(lambda _: self.show())
        self.links = widgets.HTML()
        self.box = widgets.HBox([self.make, self.links])
        self.box.layout.flex_flow, self.box.layout.align_items = "row wrap", "center"

    def show(self):
        """Set the pages of the present run and show where to save them; what fails is a sentence."""
        try:
            run = self.run()
            if run is None:
                said = "There is no run with the full crowd yet; wait a moment and press again."
                self.links.value = look.notice(said)
                return
            self.links.value = STYLE + front_page.as_links(front_page.front_pages(run))
        except Exception as slip:  # nothing a student does may end in a traceback
            self.links.value = look.notice(f"The pages did not work on paper: {slip}")

    def old(self):
        """Take the links away: the lab tells another run now."""
        self.links.value = ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        said = "Both front pages as a picture (SVG), to print on one A3 sheet or on two A4 sheets."
        return {**self.box._repr_mimebundle_(), "text/plain": said}


STYLE = "<style>.lb-save a { text-decoration: underline; } .lb-save { font-size: 14px; margin: 4px 0; }</style>"
