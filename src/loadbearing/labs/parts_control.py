"""A budget of a few parts, spent on a few things, as a control: one row each, and the parts as squares."""

from __future__ import annotations

import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class PartsControl(anywidget.AnyWidget):
    """`kinds`: dictionaries with name, about (a few words) and most; `budget`: parts to give; `at`: parts of each.

    `heard(parts)` is called with a tuple of whole numbers whenever the browser gives or takes one; it has to see
    to it that they make sense.
    """

    _esm = (HERE / "parts_control.js").read_text(encoding="utf-8")
    _css = (HERE / "parts_control.css").read_text(encoding="utf-8")
    kinds = traitlets.List().tag(sync=True)
    budget = traitlets.Int().tag(sync=True)
    at = traitlets.List(traitlets.Int()).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, kinds, budget, at, heard=lambda parts: None):
        super().__init__(kinds=kinds, budget=budget, at=list(at))
        self.observe(lambda change: heard(tuple(change["new"])), "at")

    @property
    def left(self):
        """How many parts are not given yet."""
        return self.budget - sum(self.at)
