"""Where a lab stands: its cases, its knobs, what was run last and what is pinned. How things run, a bench knows."""

from __future__ import annotations

import dataclasses

from loadbearing.labs import knobs as turning
from loadbearing.labs import rooms
from loadbearing.labs.knobs import Settings

PINNED, LAST = "pinned", "last try"


@dataclasses.dataclass(frozen=True, eq=False)
class Sight:
    """What a lab shows at one moment: a trial, its picture and readings, all of the same run."""

    trial: rooms.Trial
    picture: object
    readings: dict

    @property
    def first(self):
        """The readings shown unasked: three of them."""
        return [one for one in self.readings.values() if one.first]


class Standing:
    """What every bench shares: some cases, some knobs, the run before and the pinned one.

    A bench adds what it makes of settings: `_check(settings)`, `picture(trial)`, `all_of(trial)` for its readings, and
    `size(trial)`. `names`: of the cases; `knobs`: of `knobs` and `amounts`; `seed`: whose luck.
    """

    thing = "evening"
    """What a case of this bench is called in a sentence."""

    def __init__(self, names, knobs, seed=1):
        self.cases, self.knobs, self.seed = list(names), list(knobs), seed
        self.settings = Settings(self.cases[0])
        self._last, self._ghost, self.pinned = None, None, None

    # --- where the knobs stand ---------------------------------------------------------------

    def choose(self, case):
        """Stand at another case, the knobs where they are; raise `ScenarioError` for an unknown one."""
        if case not in self.cases:
            turning.case_title(case)
        its = [knob for knob in self.knobs if self.has(knob, case)]
        self.settings = self._sound(turning.in_case(self.settings, case, its))

    def turn(self, path, typed):
        """Turn one knob to what was typed or chosen; what makes no sense raises `ScenarioError` and turns nothing."""
        knob = next(one for one in self.knobs if one.path == path)
        self.settings = self._sound(self.settings.with_knob(knob, knob.checked(typed)))

    def at(self, knob):
        """Return where a knob stands: per cent, a number, an option."""
        return turning.stands(self.settings, knob)

    def has(self, knob, case=None):
        """Whether a case, the one on show unless named, has what a knob turns."""
        return turning.has(case or self.settings.case, knob)

    def reset(self):
        """Put every knob back to where the case has it."""
        self.settings = Settings(self.settings.case)

    def _sound(self, settings):
        self._check(settings)
        return settings

    def told(self, settings=None):
        """Return in words where the knobs stand."""
        return turning.told(settings or self.settings, self.knobs)

    # --- what was run -------------------------------------------------------------------------

    def rests(self, sight):
        """Whether all there is to run where the knobs stand is on show."""
        last = self._last is not None and sight.trial is self._last.trial
        return last and sight.trial.full and sight.trial.settings == self.settings

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

    @property
    def named_behind(self):
        """What the run drawn behind is called on the picture."""
        return PINNED if self.pinned else LAST

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
        return Sight(trial, self.picture(trial), self.all_of(trial))

    def redrawn(self, sight):
        """Return a sight drawn anew, over what now stands behind it."""
        return dataclasses.replace(sight, picture=self.picture(sight.trial))

    def readings(self, sight):
        """Return all readings of a sight, by key."""
        return self.whole(sight).readings

    def whole(self, sight):
        """Return a sight with all readings: computed now if it came with three."""
        if all(one.first for one in sight.readings.values()):
            return dataclasses.replace(sight, readings=self.all_of(sight.trial))
        return sight

    def evidence(self, sight):
        """Return the numbers that go with a verdict: settings, room, readings, published counts passed."""
        return {
            "settings": self.told(sight.trial.settings),
            "room": self.size(sight.trial) or "the full crowd",
            "readings": {one.label: one.text for one in sight.first},
            "picture": sight.picture.sentence,
        }
