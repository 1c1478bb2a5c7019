"""The largest crowd for which a promise still holds, on one evening, in few runs.

From a guess outwards until the promise holds below and breaks above; then between the two by the ITP method, which
interpolates where the margin is smooth and needs at most one run more than halving where it is not. Oliveira &
Takahashi, "An Enhancement of the Bisection Method Average Performance Preserving Minmax Optimality", ACM Transactions
on Mathematical Software 47:1, article 5, 2020.

It is assumed that a promise which breaks for some crowd breaks for every larger one. `probes` test that afterwards.
"""

from __future__ import annotations

import collections
import math

FIRST_STEP, LARGEST_STEP = 1.1, 2.0
ITP_KAPPA, ITP_SLACK = 0.2, 1


class Search:
    """Asks for crowds and is told the margin by which the promise held (0 or more) or broke (below 0).

    `low`: the largest crowd for which it held, None if it broke for `least`; `high`: the smallest crowd above for
    which it broke, None if it held for `most`. They end at most `tolerance` of `low` apart, or `step` people.
    `probes`: further crowds to try at the end, as shares of the line found; those that contradict it are `surprises`.
    """

    def __init__(self, least, most, guess, tolerance, step=1, probes=()):
        self.least, self.most, self.tolerance, self.step = least, most, tolerance, step
        self.low = self.high = None
        self.runs, self.surprises = 0, []
        self._next = min(max(round(guess), least), most)
        self._stride, self._margins, self._bracket = FIRST_STEP, {}, None
        self._probes, self._to_probe = probes, None

    @property
    def asks(self):
        """The crowd to try next, or None when all is known."""
        return self._next

    @property
    def share_over(self):
        """About how much of the search is over: 0 to 1."""
        return self.runs / (self.runs + self._left()) if self._next is not None else 1.0

    def tell(self, margin):
        """Take the margin for the crowd asked for, and choose the next."""
        crowd, holds = self._next, margin >= 0
        self.runs += 1
        self._margins[crowd] = margin
        if self._to_probe is not None:
            if holds != (crowd <= (self.low or 0)):
                self.surprises.append((crowd, holds))
        elif holds:
            self.low = crowd
        else:
            self.high = crowd
        if self._to_probe is None and (crowd := self._toward_the_line()) is not None:
            self._next = crowd
            return
        if self._to_probe is None:
            new = {crowd for crowd in self._crowds_to_probe() if crowd not in self._margins}
            self._to_probe = collections.deque(sorted(new))
        self._next = self._to_probe.popleft() if self._to_probe else None

    def _toward_the_line(self):
        if self.high is None:
            return self._outward(self.low, self.low * self._stride, self.most)
        if self.low is None:
            return self._outward(self.high, self.high / self._stride, self.least)
        return self._between()

    def _outward(self, now, goal, end):
        """One step further out, each longer than the last; None at the end."""
        if now == end:
            return None
        self._stride = min(self._stride**2, LARGEST_STEP)
        if end > now:
            return min(max(math.ceil(goal), now + self.step), end)
        return max(min(math.floor(goal), now - self.step), end)

    def _between(self):
        """The next crowd by the ITP method; None if low and high are close enough."""
        low, high = self.low, self.high
        if high - low <= self._gap(low):
            return None
        if self._bracket is None:
            self._bracket = (high - low, self._gap(low), self.runs)
        width, gap, since = self._bracket
        most_runs = math.ceil(math.log2(width / gap)) + ITP_SLACK
        half, estimate = (low + high) / 2, self._interpolated()
        away = math.copysign(1.0, half - estimate)
        shift = ITP_KAPPA / width * (high - low) ** 2
        moved = estimate + away * shift if shift <= abs(half - estimate) else half
        slack = gap / 2 * 2.0 ** (most_runs - (self.runs - since)) - (high - low) / 2
        if abs(moved - half) > slack:
            moved = half - away * max(slack, 0.0)
        return min(max(round(moved), low + 1), high - 1)

    def _interpolated(self):
        above, below = self._margins[self.low], self._margins[self.high]
        if not math.isfinite(above - below):
            return (self.low + self.high) / 2
        return (self.high * above - self.low * below) / (above - below)

    def _gap(self, low):
        return max(self.step, self.tolerance * low)

    def _left(self):
        """About how many more runs are needed."""
        probes = len(self._probes) if self._to_probe is None else len(self._to_probe) + 1
        if self.low is None or self.high is None:
            return 6 + probes
        return math.ceil(math.log2(max((self.high - self.low) / self._gap(self.low), 1))) + probes

    def _crowds_to_probe(self):
        """Crowds well below and above the line, where the promise should hold and break."""
        for share in self._probes:
            if share < 1 and self.low is not None and self.low * share >= self.least:
                yield int(self.low * share)
            if share > 1 and self.high is not None and self.high * share <= self.most:
                yield math.ceil(self.high * share)
