"""What a student has done so far, on one page: units, missions, verdicts, the launch sheet, how sure and how right."""

from __future__ import annotations

import functools
import pathlib
import tomllib
from html import escape

import ipywidgets as widgets

from loadbearing.labs import how_sure, look, verdicts
from loadbearing.labs.keeping import Carrying, Keeping
from loadbearing.launch import first_line
from loadbearing.progress import ProgressError
from loadbearing.units import people

CONTENTS = "course.toml"
BESIDE_THE_PACKAGE = pathlib.Path(__file__).resolve().parents[3]


@functools.cache
def contents():
    """Return the units of the table of contents as tables; none where the course's folder is not there."""
    here = pathlib.Path.cwd()
    for folder in (here, *here.parents, BESIDE_THE_PACKAGE):
        if (folder / CONTENTS).is_file():
            with (folder / CONTENTS).open("rb") as file:
                return tomllib.load(file).get("unit", [])
    return []


class ProgressView:
    """Everything that a progress file holds, told in plain words; `box` shows it, `summary()` says it."""

    def __init__(self, progress):
        self.progress = progress
        self.shown = widgets.HTML()
        self.kept, self.carried = (
            Keeping(progress, self.refresh),
            Carrying(progress, self.look_again),
        )
        again = widgets.Button(description="Look again", layout={"width": "auto"})
        again.on_click(lambda _: self.look_again())
        again.layout.align_self = "flex-start"
        self.box = widgets.VBox([self.shown, again, self.carried.box, self.kept.box])
        self.box.add_class("lb-sheet")
        self.look_again()

    def look_again(self):
        """Read the file again, show what it holds, and say what had to be done about the file."""
        self.refresh()
        self.kept.line.value = self.kept.said()

    def refresh(self):
        """Read the file again and show what it holds."""
        head = look.head("What have you done so far?", "Your progress")
        try:
            told = told_progress(self.progress.everything(), contents())
        except (ProgressError, OSError) as slip:
            self.shown.value = head + look.notice(str(slip))
            return
        self.shown.value = head + STYLE + "".join(_as_html(title, lines) for title, lines in told)
        self.carried.refresh()

    def summary(self):
        """Return everything shown as plain text."""
        try:
            told = told_progress(self.progress.everything(), contents())
        except (ProgressError, OSError) as slip:
            return str(slip)
        return "\n".join(
            line
            for title, lines in told
            for line in (title, *(f"  {mark} {text}" for mark, text in lines))
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": self.summary()}


DONE, OPEN, PLAIN = "✓", "○", "·"


def told_progress(held, units):
    """Return what a file holds as [(title, [(mark, sentence)])]: each unit, the launch sheet, how sure and how right.

    `held`: the contents of the file; `units`: tables with number, slug, title, question, claims and outcomes. What
    someone edited into something else is left out and counted.
    """
    told = [(f"{one['number']:02d} {one['title']}", _of_unit(held, one)) for one in units]
    known = {one["slug"] for one in units}
    for slug in sorted(_slugs(held) - known):
        told.append((slug.replace("_", " "), _of_unit(held, {"slug": slug})))
    told.append(("Your own launch", _of_launch(held["launch_sheet"])))
    said = how_sure.told(how_sure.groups(held["predictions"]))
    told.append(("How sure, and how right", [(PLAIN, one) for one in said]))
    return told


def _slugs(held):
    """The units of which something is kept."""
    keys = [key for section in ("predictions", "missions", "verdicts") for key in held[section]]
    keys += [key.replace(".", "/") for key in held["checks"]]
    return {key.split("/")[0] for key in keys if "/" in key}


def _of_unit(held, unit):
    """What was done of one unit, line by line."""
    slug, lines = unit["slug"], []
    for section, say in (("predictions", _prediction), ("missions", _mission)):
        lines += [_safely(say, one) for key, one in held[section].items() if _of(key, slug)]
    judged = {key.split("/")[-1]: one for key, one in held["verdicts"].items() if _of(key, slug)}
    lines += [_safely(_verdict, one) for one in judged.values()]
    left = [key for key in unit.get("claims", []) if key not in judged]
    if left:
        lines.append((OPEN, f"Not judged yet: {', '.join(left)}."))
    outcomes = unit.get("outcomes", [])
    passed = [one for one in outcomes if held["checks"].get(one["check"], {}).get("passed") is True]
    lines += [(DONE, one["text"]) for one in passed]
    if len(passed) < len(outcomes):
        lines.append((OPEN, f"Checks passed: {len(passed)} of {len(outcomes)}."))
    return lines or [(OPEN, "Nothing yet.")]


def _of(key, slug):
    return key.startswith(f"{slug}/")


def _safely(say, entry):
    """A line on an entry; one that someone edited badly is said to be unreadable."""
    try:
        return say(entry)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError):
        return OPEN, "One entry could not be read; do it anew."


def _prediction(entry):
    if entry.get("right") is None:
        return OPEN, f"Predicted, and not settled yet: {entry['question']}"
    came = "as you said" if entry["answer"] == entry["right"] else "not as you said"
    return DONE, f"Predicted. The runs came out {came}. {entry['sentence']}"


def _mission(entry):
    return DONE, f"Mission done: {entry['text']} {entry['told']}"


def _verdict(entry):
    before = len(verdicts.told_earlier(entry))
    again = f" Revised {'once' if before == 1 else f'{before} times'}." if before else ""
    return DONE, f"Judged: {verdicts.told_shortly(entry)}{again}"


def _of_launch(sheet):
    """The launch sheet, line by line: the first load line, then what each unit added."""
    first = sheet.get("first")
    added = [
        (DONE, one["told"])
        for key, one in sheet.items()
        if key != "first" and isinstance(one, dict) and isinstance(one.get("told"), str)
    ]
    if not first:
        empty = "Your launch sheet is empty. Five numbers give it a first load line."
        return added or [(OPEN, empty)]
    lines = []
    for line in first_line.INPUTS:
        if isinstance(first.get(line.key), int | float):
            lines.append((PLAIN, f"{line.question} {first[line.key]:,g} {line.unit}"))
    if isinstance(first.get("load_line"), int | float):
        lines.append((DONE, f"First load line: about {people(first['load_line'])} people."))
    return lines + added or [(OPEN, "Your launch sheet could not be read; fill it in anew.")]


STYLE = """<style>
.lb-progress { margin: 0 0 4px; padding: 0; list-style: none; font-size: 14px; line-height: 1.45; max-width: 76ch; }
.lb-progress li { display: flex; gap: 9px; padding: 2px 0; }
.lb-progress b { flex: none; width: 1em; text-align: center; }
</style>"""
MARKS = {DONE: "done", OPEN: "open", PLAIN: ""}


def _as_html(title, lines):
    """One part of the view as HTML: its title and its lines."""
    rows = "".join(
        f'<li><b aria-label="{MARKS[mark]}">{mark}</b><span>{escape(text)}</span></li>'
        for mark, text in lines
    )
    return f'{look.sub(title)}<ul class="lb-progress">{rows}</ul>'
