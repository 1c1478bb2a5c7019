"""The bench: all that a lab knows and can do, in plain functions, without any widget."""

from __future__ import annotations

import math
import time

from loadbearing import calibration, cases, pictures, record, simulate
from loadbearing.engines import has_compiler
from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms, shown, views
from loadbearing.labs.knobs import Settings
from loadbearing.labs.looks import EveningLooks
from loadbearing.labs.sheets import Sheets
from loadbearing.labs.shown import first_readings
from loadbearing.labs.standing import Sight, Standing
from loadbearing.pictures.behind import drawn
from loadbearing.readings import FIRST
from loadbearing.units import duration, people, share

MISLEADS = (
    "Here chance decides between a calm evening and a flood, and a small room would mislead. This picture is the one "
    "before. The full crowd is on its way."
)
WAITS = "This picture is the one before. A new one comes in a few seconds."


class Bench(Standing):
    """Some cases, some knobs, and the runs made with them.

    `names`: of the cases; `knobs`: of `knobs` and `amounts`. `seed`: whose luck. This evening is drawn in average
    weather, the band around it in the weather of other evenings. `picture`: the main picture, a name of `views` or a
    function of (run, each); `first`: the readings shown first, keys or `Number`s; `whole`: never a smaller room, for
    doors whose size is what matters.
    """

    def __init__(self, names, knobs, seed=1, picture=views.ROOM, first=FIRST, whole=False):
        super().__init__(names, knobs, seed)
        self.view, self.first = views.view_of(picture), shown.checked_first(first)
        self.whole_room = whole
        for case in self.cases:
            for knob in self.knobs:
                knob.rest(case)
        self._bands, self.looks = {}, EveningLooks(self)
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

    def _check(self, settings):
        self.scenario(settings)

    @property
    def tab(self):
        """What the tab of the picture is called."""
        return "The picture" if self.view else "The curve"

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

    @property
    def quick(self):
        """Whether a position can be shown at once, before it is run."""
        return has_compiler()

    def waits(self):
        """Return the sentence over a picture that is old, because no glimpse can be had."""
        return MISLEADS if has_compiler() else WAITS

    def tried(self, settings, small=False):
        """Return (`Trial`, readings by key) of settings, with the full crowd or in a small room."""
        scenario = self.scenario(settings)
        trial = (
            rooms.small_trial(settings, scenario, rooms.BAND_PEOPLE)
            if small
            else rooms.full_trial(settings, scenario)
        )
        return trial, self.all_of(trial)

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
        return super().rests(sight) and not self._wants_band(self.settings)

    def _wants_band(self, settings):
        """Whether other evenings belong behind this picture and are not known yet."""
        if self.view or settings in self._bands:
            return False
        return bool(has_compiler() or self._known_band(settings))

    # --- what is shown -----------------------------------------------------------------------

    def all_of(self, trial):
        """Return every reading of a trial, by key."""
        return shown.all_readings(trial.run, self.first, trial.each)

    def room(self, trial):
        """Return in words how much was simulated."""
        return rooms.said(trial)

    def picture(self, trial):
        """Return the picture of a trial: the points, the band if there is one, the run before it."""
        other, name = self.behind(trial.settings), self.named_behind
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
        other, name = self.pinned or sight, self.named_behind
        people = self._crowd(sight.trial.settings)
        self._sheet(sight.trial.settings.case).of(
            sight.trial.run.evening, people, None, (other.trial.curve, name)
        )

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
