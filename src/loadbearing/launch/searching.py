"""The search for the cheapest set of measures that keeps a promise: by price, from the cheapest on."""

from __future__ import annotations

import dataclasses
import itertools
import math
import statistics

from loadbearing import draws
from loadbearing.launch.measures import APART, MEASURES, price, taken
from loadbearing.launch.weathers import evening

SINGLE = tuple(key for key, one in MEASURES.items() if one.sizes == (True,))
HARDEST = 5
"""So few of the hardest evenings show that most sets are not enough."""

ROUNDED = 0.01
"""A small room rounds its places; so much is let pass before a room counts as too small for anything."""


@dataclasses.dataclass
class Search:
    """Finds the cheapest set of measures with which a launch keeps its promise on the evenings of `trials`.

    Sets are tried in the order of their price without a wider door; of each the narrowest door is looked for that
    keeps the promise and leaves the set cheaper than the best so far. It is assumed that a wider door never makes an
    evening worse. Sets that change nothing in these weathers are left out, and so are rooms that still hold too few,
    or more than come. `steps`: told how far the search is, and asked whether to stop.
    """

    a_launch: object
    trials: object
    steps: object

    def best(self, sets, most=math.inf, begins=0.0, ends=1.0):
        """Return the cheapest of these sets, with a wider door or without, for less than `most` dollars; or None.

        It keeps the promise. Of two that cost the same it is the one that is tried first.
        """
        steps, found = self.steps.part(begins, ends), None
        for at, chosen in enumerate(sorted(sets, key=self._price)):
            steps.show(at / len(sets), "Looking for the cheapest plan")
            better = self.narrowest(chosen, most)
            if better is not None:
                found, most = better, self._price(better)
        return found

    def narrowest(self, chosen, most=math.inf):
        """Return a set with the narrowest door that keeps the promise for less than `most` dollars, or None."""
        doors = [chosen, *({**chosen, "door": size} for size in MEASURES["door"].sizes)]
        doors = [one for one in doors if self._price(one) < most]
        if not doors or not self.may_keep(doors[-1]):
            return None
        low, high = -1, len(doors) - 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.may_keep(doors[middle]) else (middle, high)
        return next((one for one in doors[high:] if self.keeps(one)), None)

    def sets(self, rooms=None):
        """Return every set of measures that may matter, without a wider door; `rooms`: only these sizes of room."""
        singles, found = [key for key in SINGLE if self.matters(key)], []
        rooms = self.rooms() if rooms is None else rooms
        for number in range(len(singles) + 1):
            for keys in itertools.combinations(singles, number):
                if not any(len(apart & set(keys)) > 1 for apart in APART):
                    found += [dict.fromkeys(keys, True) | _room(size) for size in rooms]
        return found

    def rooms(self):
        """Return the sizes of room that may matter, None for the room as it is; empty if none holds enough."""
        turnout = evening(self.a_launch).weather.turnout
        come = sorted(
            self.a_launch.expected * draws.factor(seed, "turnout", turnout)
            for seed in self.trials.seeds
        )
        may_break = self.trials.may_break(self.a_launch.promise)
        least = come[-1 - may_break] * self.a_launch.share("promise_share")
        found = []
        for size in (None, *MEASURES["room"].sizes):
            hold = self.a_launch.hold * (size or 1)
            if hold >= (1 - ROUNDED) * least:
                found.append(size)
            if hold > (1 + ROUNDED) * come[-1]:
                break
        return found

    def alone(self, key):
        """Return the set of one measure: in the smallest size that keeps the promise, else in the largest."""
        if key == "door":
            return self.narrowest({}) or {key: MEASURES[key].sizes[-1]}
        if key == "room":
            return _room((self.rooms() or MEASURES[key].sizes)[-1])
        return {key: True}

    def nearest(self, begins=0.0, ends=1.0):
        """Return the set that comes nearest to the promise, where none keeps it.

        It is the one that keeps it on most evenings with the widest door, then with the best middling evening, then the
        cheapest; in the end its door is made as narrow as it may be without a loss.
        """
        steps = self.steps.part(begins, ends)
        room, door = (MEASURES[key].sizes for key in ("room", "door"))
        sets, found = self.sets(rooms=(self.rooms() or [room[-1]])[-1:]), []
        for at, chosen in enumerate(sets):
            steps.show(at / len(sets), "Nothing is enough; looking for the nearest")
            widest = {**chosen, "door": door[-1]}
            found.append((*self._comes_to(widest), -self._price(widest), -at))
        *most, _, at = max(found)
        doors = [sets[-at], *({**sets[-at], "door": size} for size in door)]
        low, high = -1, len(doors) - 1
        while high - low > 1:
            middle = (low + high) // 2
            less = self._comes_to(doors[middle]) < tuple(most)
            low, high = (middle, high) if less else (low, middle)
        return doors[high]

    def _comes_to(self, chosen):
        """(evenings on which the promise is kept, share in on the middling evening), of the worst weather for each."""
        after = taken(self.a_launch, chosen)
        kept = min(map(sum, self.trials.kept(after).values()))
        shares = [self.trials.shares(after, one) for one in self.trials.weathers]
        return kept, round(min(map(statistics.median, shares)), 2)

    def keeps(self, chosen):
        """Tell whether the launch keeps its promise with this set of measures."""
        return self.trials.keeps(taken(self.a_launch, chosen))

    def may_keep(self, chosen):
        """Tell whether the hardest evenings alone leave it open that the launch keeps its promise with this set."""
        return self.trials.keeps(taken(self.a_launch, chosen), hardest=HARDEST)

    def matters(self, key):
        """Tell whether a measure may change anything in these weathers."""
        if key == "door":
            return True
        if key == "room":
            return self.rooms() != [None]
        before, after = self.a_launch, taken(self.a_launch, {key: True})
        return any(
            evening(after, one, people=self.trials.people)
            != evening(before, one, people=self.trials.people)
            for one in self.trials.weathers
        )

    def _price(self, chosen):
        return price(self.a_launch, chosen)


def _room(size):
    return {} if size is None else {"room": size}
