"""Labs of worlds: cases that are no evening, such as a season of events, in the same lab as all others.

A `World` says how a world is played, drawn and told; `WorldBench` does for it what `Bench` does for an evening.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping

from loadbearing import cases
from loadbearing.labs import knobs as turning
from loadbearing.labs.knobs import Settings
from loadbearing.labs.looks import BESIDE, NOTHING, NUMBERS, TITLES
from loadbearing.labs.rooms import Trial
from loadbearing.labs.standing import Standing
from loadbearing.parts import ScenarioError, nearest
from loadbearing.pictures.behind import drawn, name_behind

QUICK_S = 0.15
"""A world that is played sooner than this follows a slider; a slower one is played when the knob is let go."""

KEPT = 24
"""Plays kept, so that coming back to one costs nothing."""

WAITS = "This picture is the one before. A new one comes when the knob is let go."


@dataclasses.dataclass(frozen=True)
class World:
    """How the worlds of a lab are played, drawn and told.

    `play(values, seed)` returns an outcome, any object, the same every time; `values`: those of `cases.values`, as the
    knobs have them. `picture(outcome, behind=None)` returns a `Picture`; `behind`: the outcome of the pinned run or of
    the last try, to be drawn pale. `size(outcome)`: a sentence on how much was played. `first`: three `Number`s read
    off the outcome, shown unasked; `more`: others. `looks`: title to a function of the outcome that returns pictures to
    be unfolded. `thing`: what it is called in "Choose a season"; `hides`: paths of knobs that are not offered for it.
    """

    play: Callable
    picture: Callable
    size: Callable
    first: tuple
    more: tuple = ()
    looks: Mapping = dataclasses.field(default_factory=dict)
    thing: str = "experiment"
    hides: tuple = ()

    def readings(self, outcome):
        """Return every `Reading` of an outcome by key, those shown unasked first."""
        first = {one.key: one.reading(outcome) for one in self.first}
        rest = {
            one.key: dataclasses.replace(one.reading(outcome), first=False) for one in self.more
        }
        return first | rest

    def read(self, outcome, key):
        """Return the value of one of the numbers; raise `ScenarioError` with the nearest keys for another."""
        known = {one.key: one for one in (*self.first, *self.more)}
        if key not in known:
            raise ScenarioError(f"There is no reading {key!r}. {nearest(key, list(known))}")
        return known[key].reading(outcome).value


class WorldBench(Standing):
    """Some worlds, some knobs, and the plays made with them.

    `world`: one `World` for all cases, or {case: World} where they show different things. A knob is there in the cases
    that have its input; one that no case has raises `ScenarioError`.
    """

    tab = "The picture"

    def __init__(self, world, names, knobs, seed=1):
        super().__init__(names, knobs, seed)
        self.worlds = dict(world) if isinstance(world, Mapping) else dict.fromkeys(names, world)
        for knob in self.knobs:
            if not any(self.has(knob, case) for case in self.cases):
                knob.rest(self.cases[0])
        self.looks = WorldLooks(self)
        self._trials, self._took_s, self._shown = {}, {}, (None, None)

    @property
    def thing(self):
        """What the case on show is called in a sentence."""
        return self.worlds[self.settings.case].thing

    def has(self, knob, case=None):
        """Whether a case, the one on show unless named, has what a knob turns, and offers it."""
        hidden = self.worlds[case or self.settings.case].hides
        return knob.path not in hidden and super().has(knob, case)

    def _check(self, settings):
        self.values(settings)

    def values(self, settings=None):
        """Return the inputs of the world as settings have them, by name: those of now, unless others are given."""
        settings = settings or self.settings
        return cases.values(settings.case, turning.changes_of(settings, self.knobs))

    def world(self, trial):
        """Return the `World` of a trial."""
        return self.worlds[trial.settings.case]

    # --- plays -------------------------------------------------------------------------------

    def trial(self, settings=None):
        """Return the `Trial` of settings, those of now unless others are given; its `run` is the outcome."""
        settings = settings or self.settings
        if settings not in self._trials:
            began = time.perf_counter()
            outcome = self.worlds[settings.case].play(self.values(settings), self.seed)
            took_s = time.perf_counter() - began
            self._took_s[settings.case] = took_s
            self._trials[settings] = Trial(settings, outcome, 1.0, took={"simulate": took_s})
            while len(self._trials) > KEPT:
                self._trials.pop(next(iter(self._trials)))
        return self._trials[settings]

    def run(self, case, places=None, seed=None):
        """Return the outcome of a case with knobs at some places (path -> what would be typed); `seed`: whose luck."""
        settings = turning.settings_of(case, places, self.knobs)
        if seed is None:
            return self.trial(settings).run
        return self.worlds[case].play(self.values(settings), seed)

    def reading(self, case, key, places=None, seed=None):
        """Return the value of one of the world's numbers, knobs turned by path."""
        return self.worlds[case].read(self.run(case, places, seed), key)

    def tried(self, settings, small=False):
        """Return (`Trial`, readings by key) of settings; a world is never smaller than it is."""
        trial = self.trial(settings)
        return trial, self.all_of(trial)

    @property
    def quick(self):
        """Whether the case on show follows a slider: its last play was quick, or it has not been played."""
        return self._took_s.get(self.settings.case, 0.0) < QUICK_S

    def waits(self):
        """Return the sentence over a picture that is old, because its world is too slow to follow."""
        return WAITS

    def glimpse(self):
        """Return the `Sight` of a knob that is dragged; None where a play takes too long."""
        return self._played(self.settings) if self.quick else None

    def play(self, show, stopped=None, tell=None):
        """Play where the knobs stand now and show it, unless `stopped()` by then; `tell(words)` hears what goes on."""
        settings = self.settings
        if tell:
            tell(f"the {self.thing}")
        sight = self._played(settings)
        if not (stopped and stopped()):
            self._remember(sight)
            show(sight)

    def _played(self, settings):
        """The `Sight` of settings; the last one again if nothing else stands behind it by now."""
        stands = settings, self.behind(settings)
        if self._shown[0] != stands:
            self._shown = stands, self.sight(self.trial(settings))
        return self._shown[1]

    # --- what is shown -----------------------------------------------------------------------

    def behind(self, settings):
        """Return the `Sight` drawn behind a play with these settings, or None; another kind of world never is."""
        other = super().behind(settings)
        same = other is not None and self.world(other.trial) is self.worlds[settings.case]
        return other if same else None

    def all_of(self, trial):
        """Return every reading of a trial, by key."""
        return self.world(trial).readings(trial.run)

    def picture(self, trial):
        """Return the picture of a trial, over the run that stands behind it."""
        other, make = self.behind(trial.settings), self.world(trial).picture

        def over(outcome, each):
            picture = make(outcome, behind=other and other.trial.run)
            if other:
                name_behind(picture, self.named_behind)
            return picture

        return drawn(over, trial.run)

    def still(self, trial):
        """Return the picture of a trial for paper and for previews, in the quality of print."""
        return self.world(trial).picture(trial.run)

    def size(self, trial):
        """Return in a sentence how much was played."""
        return self.world(trial).size(trial.run)

    def room(self, trial):
        """Return the same without its full stop, to stand in a line with other words."""
        return self.size(trial).rstrip(".")

    def opening(self):
        """Return the sight a lab opens with: the first case as it was."""
        return self.sight(self.trial(Settings(self.cases[0])))


class WorldLooks:
    """What may be unfolded under the picture of a world: its other numbers, its own looks, and the pinned run."""

    def __init__(self, bench):
        self.bench = bench

    def titles(self, case):
        """Return {title: key} of what may be unfolded of a case."""
        world = self.bench.worlds[case]
        keys = [NOTHING, *([NUMBERS] if world.more else [])]
        own = {title: title for title in world.looks}
        return {TITLES[key]: key for key in keys} | own | {TITLES[BESIDE]: BESIDE}

    def drawn(self, at, sight, stopped=None, tell=None):
        """Return (pictures, a sentence below) of a look at the trial of a sight."""
        world = self.bench.world(sight.trial)
        return world.looks[at](sight.trial.run), self.bench.size(sight.trial)

    def beside(self, now, then):
        """Return the picture of a trial over another one."""
        make = self.bench.world(now).picture
        same = self.bench.world(then) is self.bench.world(now)
        picture = make(now.run, behind=then.run if same else None)
        if same:
            name_behind(picture, self.bench.named_behind)
        return picture
