"""The bench: all that a lab knows and can do, in plain functions, without any widget."""

from __future__ import annotations

import dataclasses
import math

from loadbearing import calibration, cases, pictures, readings, record
from loadbearing.engines import has_compiler
from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms
from loadbearing.labs.knobs import Settings
from loadbearing.units import duration, people


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
        self._bands, self._last, self._ghost = {}, None, None
        self.scenario()

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
        """Run where the knobs stand now: show a preview, then the full crowd, then the other evenings.

        `show(sight)` is called with each; `stopped()` ends it early; `tell(words)` hears what goes on.
        """
        settings, tell = self.settings, tell or (lambda words: None)
        try:
            if has_compiler():
                tell("a preview first")
                show(self.sight(self.preview(settings)))
            tell("the full crowd")
            trial = self.full(settings, stopped, lambda over: tell(f"the full crowd, {over:.0%}"))
            self._remember(trial)
            sight = self.sight(trial)
            show(sight)
            if settings not in self._bands and (has_compiler() or self._known_band(settings)):
                tell("other evenings")
                self.band(settings, stopped)
                show(dataclasses.replace(sight, picture=self.picture(trial)))
        except rooms.Dropped:
            pass

    def _remember(self, trial):
        """Keep the curve of the last settings as the ghost behind these."""
        if self._last and self._last[0] != trial.settings:
            self._ghost = self._last
        self._last = (trial.settings, trial.curve)

    # --- what is shown -----------------------------------------------------------------------

    def sight(self, trial):
        """Return what to show of a trial."""
        return Sight(trial, self.picture(trial), readings.readings(trial.run))

    def picture(self, trial):
        """Return the picture of a trial: the points, the band if there is one, the run before it."""
        before = self._last if self._last and self._last[0] != trial.settings else self._ghost
        return pictures.listeners_in_the_room(
            trial.curve,
            points=self.points,
            band=self._bands.get(trial.settings),
            before=before[1] if before else None,
        )

    def size(self, trial):
        """Return in a sentence how large the room was; empty for the full crowd."""
        if trial.full:
            return ""
        mine = people(len(trial.run.listeners))
        why = "A preview" if has_compiler() else "Without the compiler of the fast engine"
        return f"{why}: a room of {mine}, each standing for {trial.each:.0f} people."

    def opening(self):
        """Return the sight a lab opens with: the first case as it was, with its band, in a small room."""
        settings = Settings(self.cases[0])
        self.band(settings)
        return self.sight(self.preview(settings))

    def evidence(self, sight):
        """Return the numbers that go with a verdict: settings, room, readings, published counts passed."""
        return {
            "settings": self.told(sight.trial.settings),
            "room": self.size(sight.trial) or "the full crowd",
            "readings": {one.label: one.text for one in sight.first},
            "picture": sight.picture.sentence,
        }
