"""Missions: what to make of an evening. They tick themselves from a full run, and then show the best plan known."""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
from collections.abc import Callable
from html import escape

import ipywidgets as widgets

from loadbearing.engines import has_compiler
from loadbearing.labs import knobs as turning
from loadbearing.labs import look, rooms
from loadbearing.labs.knobs import Knob, Settings, lower
from loadbearing.progress import ProgressError

PAR_FILE = pathlib.Path(__file__).with_name("par.json")
SECTION = "missions"


@dataclasses.dataclass(frozen=True)
class Mission:
    """Something to make of an evening: `text` says it, `reached(trial, readings)` tells whether a run does it.

    `readings` are those of the run, by key; `case`: the only case whose runs count, or None for all. `par`: the
    `Settings` of the best plan known; where none are given they are taken from `par.json`, which
    `authoring/mission_par.py` finds by trying.
    """

    key: str
    text: str
    reached: Callable
    case: str | None = None
    par: Settings | None = None

    def done(self, trial, readings):
        """Whether a run of the right case reaches it."""
        right_case = self.case in (None, trial.settings.case)
        return bool(right_case and self.reached(trial, readings))


def half_in_within(seconds):
    """Return a mission's `reached`: half of everybody who came is in within so many seconds."""
    return lambda trial, readings: readings["time_to_join_of_everybody"].value <= seconds


def work_for_nobody(share, kept):
    """Return a mission's `reached`: this share of the work is dead, and the knob `kept` was not turned down."""

    def reached(trial, readings):
        return readings["dead_work"].value >= share and trial.settings.per_cent(kept) >= 100

    return reached


def turned_in_all(settings):
    """Return by how many per cent the knobs were turned, all of them together; a number or choice counts as 100.

    >>> turned_in_all(Settings.of("slow_door", {"door.handlers": 150, "door.queue_limit": 80}))
    70
    """
    return sum(abs(at - 100) for _, at in settings.turned) + 100 * len(settings.chosen)


def counts(trial):
    """Whether a run may tick a mission: the full crowd; without the compiler, the largest room there is."""
    return trial.full or not has_compiler()


@functools.cache
def _pars():
    return json.loads(PAR_FILE.read_text(encoding="utf-8"))


def par_of(unit, mission):
    """Return the `Settings` of the best plan known for a mission of a unit; None where none is known."""
    known = _pars().get(unit, {}).get(mission.key)
    return mission.par or (
        known and Settings.of(known["case"], known["turned"], known.get("chosen"))
    )


def against_par(settings, par, knobs=()):
    """Return in a sentence what was needed, and what the best plan known needs; `knobs`: those of the lab.

    >>> mine = Settings.of("slow_door", {"door.handlers": 112})
    >>> against_par(mine, Settings.of("slow_door", {"door.handlers": 109}))
    'You turned handlers at the door up by 12 %; the best plan known turns it by 9 %.'
    """
    said = f"You {_each(settings, knobs)}"
    if par is None:
        return f"{said}."
    mine, best = turned_in_all(settings), turned_in_all(par)
    if mine == best:
        return f"{said}. That is the best plan known."
    if settings.chosen or par.chosen:
        return f"{said}. {_beside_a_choice(settings, par)}"
    if mine < best:
        return f"{said}. That is less than the best plan known, which turns {_all(par)}."
    if _paths(settings) == _paths(par):
        known = f"it by {best} %" if len(_paths(par)) == 1 else f"the same knobs by {best} % in all"
    else:
        known = f"{'another knob' if len(_paths(par)) == 1 else 'other knobs'} by {best} %"
    return f"{said}; the best plan known turns {known}."


def _beside_a_choice(settings, par):
    """How a plan stands beside the best known, where a number or choice has no per cent."""
    if turned_in_all(settings) < turned_in_all(par):
        return "That is less than the best plan known."
    fewer = len(_paths(par)) < len(_paths(settings))
    return f"The best plan known needs {'fewer knobs' if fewer else 'less turning'}."


def _paths(settings):
    return [path for path, _ in settings.turned + settings.chosen]


def _each(settings, knobs):
    """Each knob with its way: "turned handlers at the door up by 12 %"; nothing turned is said too."""
    known = {knob.path: knob for knob in knobs}
    ways = [
        f"{lower(known.get(path, Knob(path)).label)} {'up' if at > 100 else 'down'} by {abs(at - 100)} %"
        for path, at in settings.turned
    ]
    chose = [known[path].said(settings.case, at) for path, at in settings.chosen if path in known]
    said = [f"turned {' and '.join(ways)}"] if ways else []
    said += [f"chose {'; '.join(chose)}"] if chose else []
    return " and ".join(said) or "turned nothing"


def _all(settings):
    many = "one knob" if len(_paths(settings)) == 1 else "the knobs"
    return f"{many} by {turned_in_all(settings)} %"


class MissionList:
    """The missions of a lab. `box` shows them; `look(sight)` ticks those that a full run has reached.

    The plan with the least turning is kept with its run's numbers. `unit`: the slug under which it is kept; `knobs`:
    those of the lab; `room(trial)` says how much was simulated.
    """

    def __init__(self, missions, progress, unit, knobs=(), room=rooms.said):
        self.missions, self.progress, self.unit = list(missions), progress, unit
        self.knobs, self.room = list(knobs), room
        self.list, self.said = widgets.HTML(), widgets.HTML()
        self.box = widgets.VBox([self.list, self.said])
        self.box.add_class("lb-missions")
        self.restore()

    def look(self, sight):
        """Tick what this run has reached; a preview ticks nothing."""
        if not counts(sight.trial):
            return
        try:
            ticked = [one for one in self.missions if self._ticks(one, sight)]
        except Exception as slip:  # a run must never be lost to a mission that fails
            self.said.value = look.notice(f"The missions could not be judged: {slip}.")
            return
        self.said.value = ""
        for mission in ticked:
            try:
                self._keep(mission, sight)
            except (ProgressError, OSError) as slip:
                told = self._told(sight.trial.settings, mission)
                self.said.value = look.notice(
                    f"Done: {mission.text} {told} It was not kept: {slip}"
                )
        if ticked:
            self.restore()

    def _ticks(self, mission, sight):
        """Whether a run reaches a mission with less turning than any run that is kept."""
        if not mission.done(sight.trial, sight.readings):
            return False
        held = self._held(mission)
        return held is None or turned_in_all(sight.trial.settings) < held["turned_in_all"]

    def _keep(self, mission, sight):
        settings = sight.trial.settings
        self.progress.keep(
            SECTION, self._key(mission),
            text=mission.text,
            told=self._told(settings, mission),
            settings=turning.told(settings, self.knobs or [Knob(path) for path, _ in settings.turned]),
            turned=dict(settings.turned), chosen=dict(settings.chosen),
            turned_in_all=turned_in_all(settings), room=self.room(sight.trial),
            readings={one.label: one.text for one in sight.readings.values() if one.first},
        )  # fmt: skip

    def _told(self, settings, mission):
        return against_par(settings, par_of(self.unit, mission), self.knobs)

    def _key(self, mission):
        return f"{self.unit}/{mission.key}" if self.unit else mission.key

    def _held(self, mission):
        """What is kept of a mission, or None; what cannot be read counts as not done."""
        held = self.progress.entry(SECTION, self._key(mission))
        known = held and isinstance(held.get("turned_in_all"), int | float)
        return held if known and isinstance(held.get("readings"), dict) else None

    def restore(self):
        """Show every mission as it is kept: open, or done with its par and the run's numbers."""
        try:
            held = [self._held(one) for one in self.missions]
        except (ProgressError, OSError) as slip:
            held = [None] * len(self.missions)
            self.said.value = look.notice(str(slip))
        done = sum(one is not None for one in held)
        title = "Missions" if not done else f"Missions: {done} of {len(held)} done"
        rows = "".join(map(_row, self.missions, held))
        self.list.value = (
            f'{STYLE}{look.sub(title)}<ul class="lb-mission-list" aria-live="polite">{rows}</ul>'
        )

    def summary(self):
        """Return the missions in plain text, each with how it stands."""
        return "\n".join(self._line(one) for one in self.missions)

    def _line(self, mission):
        held = self._held(mission)
        return f"[{'x' if held else ' '}] {mission.text}" + (f" {held['told']}" if held else "")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": self.summary()}


STYLE = """<style>
.lb-mission-list { list-style: none; margin: 4px 0; padding: 0; font-size: 14px; line-height: 1.4; }
.lb-mission-list li { display: flex; gap: 9px; padding: 6px 0; border-top: 1px solid #d9d5c8; }
.lb-mission-list .lb-box { flex: none; width: 17px; height: 17px; margin-top: 1px; border: 1.5px solid currentColor;
  border-radius: 3px; font-size: 14px; line-height: 15px; text-align: center; font-weight: 700; }
.lb-mission-list small { display: block; font-size: 12.5px; color: #444; }
.lb-mission-list .lb-par { display: block; font-weight: 700; }
</style>"""


def _row(mission, held):
    """One mission as HTML: a box, its text, and once it is done its par and the run it was done with."""
    box = f'<span class="lb-box" role="img" aria-label="{"done" if held else "open"}">{"✓" if held else ""}</span>'
    if not held:
        return f"<li>{box}<div>{escape(mission.text)}</div></li>"
    numbers = "; ".join(f"{label}: {text}" for label, text in held["readings"].items())
    with_what = f"{held.get('settings', '')}, {held.get('room', '')}. {numbers}."
    told = f'<span class="lb-par">{escape(str(held.get("told", "")))}</span>'
    return (
        f"<li>{box}<div>{escape(mission.text)}{told}<small>{escape(with_what)}</small></div></li>"
    )
