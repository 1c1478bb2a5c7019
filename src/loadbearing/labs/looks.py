"""What may be unfolded under the picture of an evening: other numbers, other pictures, and what takes many rooms."""

from __future__ import annotations

from loadbearing import pictures
from loadbearing.labs import hunts, rooms

NOTHING, NUMBERS, BESIDE = "", "numbers", "pinned"
TITLES = {
    NOTHING: "Nothing more",
    NUMBERS: "All other numbers",
    BESIDE: "Next to the pinned run",
}
"""The looks that every lab has."""

EVENINGS, MAP = "evenings", "map"
LOOKS = {
    TITLES[NOTHING]: NOTHING,
    TITLES[NUMBERS]: NUMBERS,
    "Inside and outside": "outside",
    "Who came and who got in": "came",
    "How long people needed": "waited",
    "The queue": "queue",
    "First tries and retries": "attempts",
    "How busy the door was": "load",
    TITLES[BESIDE]: BESIDE,
    "Other evenings, one by one": EVENINGS,
    "Both knobs at once": MAP,
}
PICTURES = {
    "outside": lambda trial: [pictures.inside_and_outside(trial.run, trial.each)],
    "came": lambda trial: [pictures.who_came_and_who_got_in(trial.run, trial.each)],
    "waited": lambda trial: [
        pictures.time_to_join(trial.run),
        pictures.time_to_join_spread(trial.run),
    ],
    "queue": lambda trial: [pictures.queue_and_its_limit(trial.run, trial.each)],
    "attempts": lambda trial: [pictures.attempts_by_kind(trial.run, trial.each)],
    "load": lambda trial: [pictures.load_and_utilization(trial.run, trial.each)],
}
KEPT = 6
"""Hunts kept, so that coming back to them costs nothing."""


class EveningLooks:
    """The looks at the evenings of a bench; what takes many rooms is kept for a while."""

    def __init__(self, bench):
        self.bench, self._found = bench, {}

    def titles(self, case):
        """Return {title: key} of what may be unfolded of a case."""
        two = len(self.bench.knobs) > 1
        return {title: key for title, key in LOOKS.items() if two or key != MAP}

    def drawn(self, at, sight, stopped=None, tell=None):
        """Return (pictures, a sentence below) of a look; what takes long asks `stopped()` and tells how far it is."""
        if at in PICTURES:
            return PICTURES[at](sight.trial), self.bench.size(sight.trial)
        found = self._hunted(at, sight.trial.settings, stopped, tell)
        drawn = (
            hunts.evening_pictures(sight, found, self.bench.points)
            if at == EVENINGS
            else [found.picture()]
        )
        return drawn, f"Each in a room of about {rooms.BAND_PEOPLE:,} people."

    def _hunted(self, at, settings, stopped, tell):
        bench = self.bench
        if (at, settings) not in self._found:
            self._found[at, settings] = (
                hunts.other_evenings(bench.scenario(settings), stopped=stopped, tell=tell)
                if at == EVENINGS
                else hunts.two_knobs(settings, bench.knobs, stopped, tell)
            )
            while len(self._found) > KEPT:
                self._found.pop(next(iter(self._found)))
        return self._found[at, settings]

    def beside(self, now, then):
        """Return the picture of two trials at once."""
        return pictures.two_runs(now.run, then.run, now.each, then.each)
