"""The bench: all that a lab knows and can do, in plain functions, without any widget."""

from __future__ import annotations

import dataclasses
import math
import time

from loadbearing import calibration, cases, pictures, readings, record
from loadbearing.engines import has_compiler
from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms
from loadbearing.labs.knobs import Settings
from loadbearing.labs.sheets import Sheets
from loadbearing.readings import table
from loadbearing.units import duration, people, share
from loadbearing.words import word

PINNED, LAST = "pinned", "last try"


@dataclasses.dataclass(frozen=True, eq=False)
class Sight:
    """What a lab shows at one moment: a trial, its picture and readings, all of the same run."""

    trial: rooms.Trial
    picture: pictures.Picture
    readings: dict

    @property
    def first(self):
        """The readings shown unasked: three of them."""
        return [one for one in self.readings.values() if one.first]


class Bench:
    """Some cases, some knobs, and the runs made with them.

    `names`: of the cases; `knobs`: `Knob`s. `seed`: whose luck. This evening is drawn in average weather, the band
    around it in the weather of other evenings.
    """

    def __init__(self, names, knobs, seed=1):
        self.cases, self.knobs, self.seed = list(names), list(knobs), seed
        self.settings = Settings(self.cases[0])
        self.points = record.listener_points()
        self._bands, self._last, self._ghost, self.pinned = {}, None, None, None
        self.sheets = Sheets(self.points, max(map(self._most, self.cases)))

    # --- where the knobs stand ---------------------------------------------------------------

    def scenario(self, settings=None):
        """Return the scenario that settings describe: those of now, unless others are given."""
        return turning.scenario_of(settings or self.settings, self.knobs)

    def choose(self, case):
        """Stand at another case, the knobs where they are; raise `ScenarioError` for an unknown one."""
        self.settings = self._sound(dataclasses.replace(self.settings, case=case))

    def turn(self, path, typed):
        """Turn one knob to so many per cent; what makes no sense raises `ScenarioError` and turns nothing."""
        knob = next(one for one in self.knobs if one.path == path)
        turned = dict(self.settings.turned) | {path: turning.checked_per_cent(knob, typed)}
        self.settings = self._sound(Settings.of(self.settings.case, turned))

    def reset(self):
        """Put every knob back to that evening's setting."""
        self.settings = Settings(self.settings.case)

    def _sound(self, settings):
        self.scenario(settings)
        return settings

    def told(self, settings=None):
        """Return in words where the knobs stand."""
        return turning.told(settings or self.settings, self.knobs)

    # --- runs --------------------------------------------------------------------------------

    def preview(self, settings=None):
        """Return a `Trial` in a room small enough to be ready at once."""
        settings = settings or self.settings
        size = rooms.PREVIEW_PEOPLE if has_compiler() else rooms.SMALL_PEOPLE
        return rooms.small_trial(settings, self.scenario(settings), size, self.seed)

    def glimpse(self):
        """Return the `Sight` of a knob that is dragged, with the first readings alone; None where it would mislead."""
        settings = self.settings
        if not has_compiler():
            return None
        trial = rooms.glimpse(settings, self.scenario(settings), self.seed)
        if trial is None:
            return None
        began = time.perf_counter()
        first = first_readings(trial.run)
        trial.took["bin"] = time.perf_counter() - began
        return Sight(trial, self.picture(trial), first)

    def _most(self, case):
        """How many people the axis must hold for a case as it is, on the fullest of its known evenings."""
        band = self._known_band(Settings(case))
        crowd = self._crowd(Settings(case))
        return max(crowd, float(band.high.max())) if band else crowd

    def _crowd(self, settings):
        return self.scenario(settings).crowd.listeners

    def full(self, settings=None, stopped=None, tell=None):
        """Return the `Trial` with the full crowd (without the compiler, the largest quick room)."""
        settings = settings or self.settings
        return rooms.full_trial(settings, self.scenario(settings), self.seed, stopped, tell)

    def band(self, settings=None, stopped=None):
        """Return the band of other evenings with these settings; computed once for each."""
        settings = settings or self.settings
        if settings not in self._bands:
            self._bands[settings] = self._known_band(settings) or rooms.band_of(
                self.scenario(settings), stopped=stopped
            )
        return self._bands[settings]

    def _known_band(self, settings):
        """The band that the calibration wrote down, where nothing has been turned."""
        if not settings.untouched or not calibration.FILE.is_file():
            return None
        known = calibration.band(settings.case)
        return pictures.Band(known.times_s, known.low, known.high, known.number)

    def reading(self, case, key, per_cents=None):
        """Return the value of one reading of a case, knobs turned by path, from a small room."""
        settings = self._sound(Settings.of(case, per_cents))
        return readings.readings(self.preview(settings).run)[key].value

    def cured(self, path, per_cent, *names):
        """Turn one knob in several cases; return (share of half the crowd's wait it takes away, for each; a sentence).

        The wait is that of half of everybody who came; small rooms, average weather, the same luck.
        """
        gains, said = [], []
        for case in names:
            waits = [
                self.reading(case, "time_to_join_of_everybody", {path: at})
                for at in (100, per_cent)
            ]
            gains.append(1 - waits[1] / waits[0])
            before, after = (
                duration(one) if math.isfinite(one) else "longer than the evening" for one in waits
            )
            said.append(
                f"{turning.case_title(case)}: half the crowd is in after {after} instead of {before}."
            )
        return gains, " ".join(said)

    def mechanisms(self, at_s):
        """Return the picture of every case against the published counts; `at_s`: the moment to compare."""
        curves = {
            turning.case_title(case).removeprefix("The ").lower(): self.preview(
                Settings(case)
            ).curve
            for case in cases.names()
        }
        return pictures.same_points_other_evenings(curves, self.points, at_s)

    def play(self, show, stopped=None, tell=None):
        """Run the full crowd where the knobs stand now and show it, then again with the other evenings behind it.

        `show(sight)` is called with each; `stopped()` ends it early; `tell(words)` hears what goes on.
        """
        settings, tell = self.settings, tell or (lambda words: None)
        try:
            tell("the full crowd")
            trial = self.full(settings, stopped, lambda over: tell(f"the full crowd, {over:.0%}"))
            sight = self.sight(trial)
            self._remember(sight)
            show(sight)
            self.prepare(sight)
            if settings not in self._bands and (has_compiler() or self._known_band(settings)):
                tell("other evenings")
                self.band(settings, stopped)
                show(self.redrawn(sight))
        except rooms.Dropped:
            pass

    def rests(self, sight):
        """Whether all there is to run where the knobs stand is on show: everybody, and other evenings."""
        settings = sight.trial.settings
        return sight.trial.full and settings == self.settings and settings in self._bands

    def _remember(self, sight):
        """Keep the last run with other settings as the ghost behind these."""
        if self._last and self._last.trial.settings != sight.trial.settings:
            self._ghost = self._last
        self._last = sight

    def pin(self, sight):
        """Pin a run, to be drawn behind all others and compared with; None takes the pin out."""
        self.pinned = sight

    def behind(self, settings):
        """Return the `Sight` drawn behind a run with these settings, or None: the pinned one, else the last other."""
        if self.pinned:
            return None if self.pinned.trial.settings == settings else self.pinned
        return self._last if self._last and self._last.trial.settings != settings else self._ghost

    def changed(self, sight):
        """Return in a sentence what became of the first readings since the run drawn behind; empty without one."""
        other = self.behind(sight.trial.settings)
        if other is None:
            return ""
        named = "the pinned run" if self.pinned else "the last try"
        was = {one.key: one.text.partition(",")[0] for one in other.first}
        now = {one.key: one for one in sight.first}
        said = [
            f"{now[key].label.lower()} was {was[key]}, is {now[key].text.partition(',')[0]}"
            for key in now
            if key in was and was[key] != now[key].text.partition(",")[0]
        ]
        found = "; ".join(said) or "none of the three numbers"
        return f"Changed since {named} ({self.told(other.trial.settings)}): {found}."

    # --- what is shown -----------------------------------------------------------------------

    def sight(self, trial):
        """Return what to show of a trial."""
        return Sight(trial, self.picture(trial), readings.readings(trial.run))

    def picture(self, trial):
        """Return the picture of a trial: the points, the band if there is one, the run before it."""
        other = self.behind(trial.settings)
        ghost = (other.trial.curve, PINNED if self.pinned else LAST) if other else None
        sheet = self.sheets.of(
            trial.run.evening, self._crowd(trial.settings), self._bands.get(trial.settings), ghost
        )
        return sheet.draw(trial.curve)

    def prepare(self, sight):
        """Lay out the sheet for the next knob that is dragged, with this run behind it, before it is needed."""
        other = self.pinned or sight
        name = PINNED if self.pinned else LAST
        people = self._crowd(sight.trial.settings)
        self.sheets.of(sight.trial.run.evening, people, None, (other.trial.curve, name))

    def redrawn(self, sight):
        """Return a sight drawn anew, over what now stands behind it."""
        return dataclasses.replace(sight, picture=self.picture(sight.trial))

    def readings(self, sight):
        """Return all readings of a sight, by key."""
        return self.whole(sight).readings

    def whole(self, sight):
        """Return a sight with all readings: computed now if it came with three."""
        if all(one.first for one in sight.readings.values()):
            return dataclasses.replace(sight, readings=readings.readings(sight.trial.run))
        return sight

    def still(self, trial):
        """Return the picture of a trial for paper and for previews, in the quality of print."""
        return pictures.listeners_in_the_room(
            trial.curve, points=self.points, band=self._bands.get(trial.settings)
        )

    def size(self, trial):
        """Return in a sentence how large the room was; empty for the full crowd."""
        if trial.full:
            return ""
        mine = people(len(trial.run.listeners))
        why = "A preview" if has_compiler() else "Without the compiler of the fast engine"
        error = (
            f"; the line may be off by {share(trial.error)} of the crowd"
            if trial.error is not None
            else ""
        )
        return f"{why}: a room of {mine}, each standing for {trial.each:.0f} people{error}."

    def opening(self):
        """Return the sight a lab opens with: the first case as it was, with its band, in a small room."""
        settings = Settings(self.cases[0])
        self.band(settings)
        size = rooms.PREVIEW_PEOPLE if has_compiler() else rooms.SMALL_PEOPLE
        scenario = self.scenario(settings)
        return self.sight(rooms.small_trial(settings, scenario, size, self.seed, rooms.DOTS))

    def evidence(self, sight):
        """Return the numbers that go with a verdict: settings, room, readings, published counts passed."""
        return {
            "settings": self.told(sight.trial.settings),
            "room": self.size(sight.trial) or "the full crowd",
            "readings": {one.label: one.text for one in sight.first},
            "picture": sight.picture.sentence,
        }


def first_readings(run):
    """Return the three readings that are shown unasked, by key, without computing the others."""
    return {
        key: table.Reading(
            key=key,
            value=(value := read(run)),
            text=say(run, value),
            label=label.format(_capital(word(term).name)),
            unit=unit or word(term).unit,
            first=True,
        )
        for key, term, label, unit, say, read in table.TABLE
        if key in table.FIRST
    }


def _capital(name):
    return name[0].upper() + name[1:]
