"""One history of the roadmap under play, quarter by quarter: what was spent, what came of it, how it stands to par."""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import roadmap
from loadbearing.parts import ScenarioError

FIRST_LUCK, BEFORE = 1, 43
"""Luck 1 is the history with seed 44, which is neither among the mildest nor among the hardest."""

OTHERS = range(1001, 1025)
"""The histories on which a finished plan is played again."""


@dataclasses.dataclass(frozen=True)
class Playing:
    """A history under play. `luck`: which history; `spends`: those of the quarters played; `back`: steps back taken.

    Nothing else is kept: everything is played again from these, the same every time.
    """

    luck: int = FIRST_LUCK
    spends: tuple = ()
    back: int = 0
    company: roadmap.Company = roadmap.PLAIN

    @classmethod
    def found(cls, kept):
        """Return the history that was kept; raise `ScenarioError` for what is none, with a sentence."""
        try:
            luck, back = int(kept["luck"]), int(kept["back"])
            spends = [tuple(int(part) for part in one) for one in kept["spends"]]
        except (KeyError, TypeError, ValueError) as slip:
            raise ScenarioError(
                "The game that was kept cannot be read; a new one begins."
            ) from slip
        company = roadmap.PLAIN
        if luck < FIRST_LUCK or back < 0 or len(spends) > company.quarters:
            raise ScenarioError("The game that was kept cannot be read; a new one begins.")
        playing = cls(luck, (), back, company)
        for one in spends:
            playing = playing.played(one)
        return playing

    @property
    def kept(self):
        """What is written down of it, as plain numbers."""
        return {"luck": self.luck, "back": self.back, "spends": [list(one) for one in self.spends]}

    @property
    def seed(self):
        """The seed of its luck."""
        return BEFORE + self.luck

    @property
    def quarter(self):
        """How many quarters were played: 0 to 8."""
        return len(self.spends)

    @property
    def over(self):
        """Whether all quarters were played."""
        return self.quarter == self.company.quarters

    @functools.cached_property
    def rows(self):
        """The quarters played, as `roadmap.play` gives them."""
        if not self.spends:
            return []
        return roadmap.play(self.company, roadmap.in_turn(self.spends), self.seed, self.quarter)

    @functools.cached_property
    def best_rows(self):
        """What the best plan known makes of the same luck, all quarters."""
        return roadmap.play(self.company, roadmap.par(self.company), self.seed)

    @property
    def audience(self):
        """How many would come to the next event, people."""
        return self.rows[-1].after if self.rows else self.company.audience

    def played(self, parts):
        """Return the history with one more quarter; parts that make no whole budget raise `ScenarioError`."""
        if self.over:
            raise ScenarioError("All quarters are played. Go back one, or take another luck.")
        spend = roadmap.checked(self.company, roadmap.Spend(*parts))
        return self._with(spends=(*self.spends, spend))

    def went_back(self):
        """Return the history without its last quarter; the luck stays as it is."""
        if not self.spends:
            raise ScenarioError("No quarter is played yet: there is nothing to take back.")
        return self._with(spends=self.spends[:-1], back=self.back + 1)

    def another(self):
        """Return a new history with the next luck."""
        return self._with(luck=self.luck + 1, spends=(), back=0)

    def against_par(self):
        """Return the score so far as a share of par's on the same luck; None where par's is not above nothing."""
        best = roadmap.total(self.best_rows[: self.quarter]) if self.spends else 0.0
        return roadmap.total(self.rows) / best if best > 0 else None

    @functools.cached_property
    def on_others(self):
        """The same spends on the other histories: (scores as shares of par's there, bad evenings), an array each."""
        mine = roadmap.many(self.company, roadmap.in_turn(self.spends), OTHERS)
        best = roadmap.many(self.company, roadmap.par(self.company), OTHERS)
        return mine.scores / best.scores, mine.bad

    def _with(self, **changes):
        kept = {"luck": self.luck, "spends": self.spends, "back": self.back}
        return Playing(**{**kept, "company": self.company, **changes})
