"""The bench: all that a lab knows and can do, in plain functions, without any widget."""

from __future__ import annotations

import dataclasses
import math
import time

from loadbearing import calibration, cases, pictures, record, simulate
from loadbearing.engines import has_compiler
from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms, shown, views
from loadbearing.labs.knobs import Settings
from loadbearing.labs.sheets import Sheets
from loadbearing.labs.shown import first_readings
from loadbearing.pictures.behind import Drawn, drawn
from loadbearing.readings import FIRST
from loadbearing.units import duration, people, share

PINNED, LAST = "pinned", "last try"


@dataclasses.dataclass(frozen=True, eq=False)
class Sight:
    """What a lab shows at one moment: a trial, its picture and readings, all of the same run."""

    trial: rooms.Trial
    picture: pictures.Picture | Drawn
    readings: dict

    @property
    def first(self):
        """The readings shown unasked: three of them."""
        return [one for one in self.readings.values() if one.first]


class Bench:
    """Some cases, some knobs, and the runs made with them.

    `names`: of the cases; `knobs`: of `knobs` and `amounts`. `seed`: whose luck. This evening is drawn in average
    weather, the band around it in the weather of other evenings. `picture`: the main picture, a name of `views` or a
    function of (run, each); `first`: the readings shown first, keys or `Number`s; `whole`: never a smaller room, for
    doors whose size is what matters.
    """

    def __init__(self, names, knobs, seed=1, picture=views.ROOM, first=FIRST, whole=False):
        self.cases, self.knobs, self.seed = list(names), list(knobs), seed
        self.view, self.first = views.view_of(picture), shown.checked_first(first)
        self.whole_room = whole
        for case in self.cases:
            for knob in self.knobs:
                knob.rest(case)
        self.settings = Settings(self.cases[0])
        self._bands, self._last, self._ghost, self.pinned = {}, None, None, None
        most = max(map(self._most, self.cases))
        self._sheets = {told: Sheets(self._told_points(told), most) for told in (True, False)}

    @property
    def points(self):
        """The published counts that the case on show is held against; none for a case of a unit."""
        return self._told_points(cases.of_the_record(self.settings.case))

    def _told_points(self, told):
        return record.listener_points() if told else []

    def _sheet(self, case):
        return self._sheets[cases.of_the_record(case)]

    # --- where the knobs stand ---------------------------------------------------------------

    def scenario(self, settings=None):
        """Return the scenario that settings describe: those of now, unless others are given."""
        return turning.scenario_of(settings or self.settings, self.knobs)

    def choose(self, case):
        """Stand at another case, the knobs where they are; raise `ScenarioError` for an unknown one."""
        if case not in self.cases:
            turning.case_title(case)
        self.settings = self._sound(turning.in_case(self.settings, case, self.knobs))

    def turn(self, path, typed):
        """Turn one knob to what was typed or chosen; what makes no sense raises `ScenarioError` and turns nothing."""
        knob = next(one for one in self.knobs if one.path == path)
        self.settings = self._sound(self.settings.with_knob(knob, knob.checked(typed)))

    def at(self, knob):
        """Return where a knob stands: per cent, a number, an option."""
        return turning.stands(self.settings, knob)

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
        return rooms.small_trial(settings, self.scenario(settings), self._small(), self.seed)

    def _small(self):
        """How many people a small room holds."""
        if self.whole_room:
            return math.inf
        return rooms.PREVIEW_PEOPLE if has_compiler() else rooms.SMALL_PEOPLE

    def run(self, case, places=None, seed=None, weather=False, people=None):
        """Return the `Run` of a case with knobs at some places (path -> what would be typed), in a small room.

        Average weather unless `weather`; `seed`: whose luck and weather, this lab's unless given; `people`: its size.
        """
        scenario = self.scenario(turning.settings_of(case, places, self.knobs))
        _, held = rooms.small(
            scenario if weather else rooms.calm(scenario), people or self._small()
        )
        return simulate(held, self.seed if seed is None else seed, sample=0, progress=False)

    def glimpse(self):
        """Return the `Sight` of a knob that is dragged, with the first readings alone; None where it would mislead."""
        settings = self.settings
        if not has_compiler():
            return None
        trial = (
            self.preview(settings)
            if self.whole_room
            else rooms.glimpse(settings, self.scenario(settings), self.seed)
        )
        if trial is None:
            return None
        began = time.perf_counter()
        first = first_readings(trial.run, self.first, trial.each)
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
        known = cases.of_the_record(settings.case) and calibration.FILE.is_file()
        if not settings.untouched or not known:
            return None
        known = calibration.band(settings.case)
        return pictures.Band(known.times_s, known.low, known.high, known.number)

    def reading(self, case, key, places=None):
        """Return the value of one reading of a case, knobs turned by path, from a small room; also one of `first`."""
        wanted = next((one for one in self.first if getattr(one, "key", None) == key), key)
        return first_readings(self.run(case, places), (wanted,))[key].value

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
        return pictures.same_points_other_evenings(curves, record.listener_points(), at_s)

    def play(self, show, stopped=None, tell=None):
        """Run the full crowd where the knobs stand now and show it, then again with the other evenings behind it.

        `show(sight)` is called with each; `stopped()` ends it early; `tell(words)` hears what goes on.
        """
        settings, tell = self.settings, tell or (lambda words: None)
        try:
            tell("the full crowd")
            trial = self.full(settings, stopped, lambda over: tell(f"the full crowd, {over:.0%}"))
            sight = Sight(
                trial, self.picture(trial), first_readings(trial.run, self.first, trial.each)
            )
            self._remember(sight)
            show(sight)
            self.prepare(sight)
            if self._wants_band(settings):
                tell("other evenings")
                self.band(settings, stopped)
                show(self.redrawn(self.whole(sight)))
        except rooms.Dropped:
            pass

    def rests(self, sight):
        """Whether all there is to run where the knobs stand is on show: everybody, and other evenings."""
        settings = sight.trial.settings
        if settings != self.settings or self._wants_band(settings):
            return False
        return self._last is not None and sight.trial is self._last.trial and sight.trial.full

    def _wants_band(self, settings):
        """Whether other evenings belong behind this picture and are not known yet."""
        if self.view or settings in self._bands:
            return False
        return bool(has_compiler() or self._known_band(settings))

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
        was = {one.key: one.text.partition(", ")[0] for one in other.first}
        now = {one.key: one for one in sight.first}
        said = [
            f"{now[key].label.lower()} was {was[key]}, is {now[key].text.partition(', ')[0]}"
            for key in now
            if key in was and was[key] != now[key].text.partition(", ")[0]
        ]
        found = "; ".join(said) or "none of the three numbers"
        return f"Changed since {named} ({self.told(other.trial.settings)}): {found}."

    # --- what is shown -----------------------------------------------------------------------

    def sight(self, trial):
        """Return what to show of a trial."""
        told = shown.all_readings(trial.run, self.first, trial.each)
        return Sight(trial, self.picture(trial), told)

    def picture(self, trial):
        """Return the picture of a trial: the points, the band if there is one, the run before it."""
        other = self.behind(trial.settings)
        name = PINNED if self.pinned else LAST
        if self.view:
            return drawn(self.view, trial.run, trial.each, other and other.picture, name)
        ghost = (other.trial.curve, name) if other else None
        sheet = self._sheet(trial.settings.case).of(
            trial.run.evening, self._crowd(trial.settings), self._bands.get(trial.settings), ghost
        )
        return sheet.draw(trial.curve)

    def prepare(self, sight):
        """Lay out the sheet for the next knob that is dragged, with this run behind it, before it is needed."""
        if self.view:
            return
        other = self.pinned or sight
        name = PINNED if self.pinned else LAST
        people = self._crowd(sight.trial.settings)
        self._sheet(sight.trial.settings.case).of(
            sight.trial.run.evening, people, None, (other.trial.curve, name)
        )

    def redrawn(self, sight):
        """Return a sight drawn anew, over what now stands behind it."""
        return dataclasses.replace(sight, picture=self.picture(sight.trial))

    def readings(self, sight):
        """Return all readings of a sight, by key."""
        return self.whole(sight).readings

    def whole(self, sight):
        """Return a sight with all readings: computed now if it came with three."""
        if all(one.first for one in sight.readings.values()):
            told = shown.all_readings(sight.trial.run, self.first, sight.trial.each)
            return dataclasses.replace(sight, readings=told)
        return sight

    def still(self, trial):
        """Return the picture of a trial for paper and for previews, in the quality of print."""
        if self.view:
            return self.view(trial.run, trial.each)
        points = self._told_points(cases.of_the_record(trial.settings.case))
        return pictures.listeners_in_the_room(
            trial.curve, points=points, band=self._bands.get(trial.settings)
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
        return f"{why}: a room of {mine}, each standing for {shown.stands_for(trial.each)}{error}."

    def opening(self):
        """Return the sight a lab opens with: the first case as it was, with its band, in a small room."""
        settings = Settings(self.cases[0])
        if not self.view:
            self.band(settings)
        scenario = self.scenario(settings)
        trial = rooms.small_trial(settings, scenario, self._small(), self.seed, rooms.DOTS)
        return self.sight(trial)

    def evidence(self, sight):
        """Return the numbers that go with a verdict: settings, room, readings, published counts passed."""
        return {
            "settings": self.told(sight.trial.settings),
            "room": self.size(sight.trial) or "the full crowd",
            "readings": {one.label: one.text for one in sight.first},
            "picture": sight.picture.sentence,
        }
