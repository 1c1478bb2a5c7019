"""What was learned, at what price: listeners harmed, money, rows of telemetry, and what was never logged."""

from __future__ import annotations

import dataclasses
import math

from loadbearing.learning import asked
from loadbearing.learning.deciding import Decision
from loadbearing.units import people, share

TINY = 0.01
"""Halvings: a range that is narrower by less than this is called as wide as before."""


@dataclasses.dataclass(frozen=True)
class Price:
    """What narrowing a range took: how often it was halved, `harmed` listeners, `money` in units of `currency`."""

    halvings: float
    harmed: float
    money: float
    currency: str = "euros"

    @property
    def harmed_each(self):
        """Listeners harmed for each halving of the range; inf if it was not narrowed."""
        return self._each(self.harmed)

    @property
    def money_each(self):
        """Money for each halving of the range; inf if it was not narrowed."""
        return self._each(self.money)

    @property
    def halvings_per_thousand(self):
        """Halvings for each thousand listeners harmed; inf if none was harmed."""
        if self.harmed == 0:
            return math.inf if self.halvings > 0 else 0.0
        return 1000 * self.halvings / self.harmed

    def say(self):
        """Return the price in plain words.

        >>> Price(3.0, 1500, 600).say()
        'The range was halved 3.0 times; each halving harmed 500 listeners and cost 200 euros.'
        """
        if self.halvings < TINY:
            return (
                f"The range is no narrower; that harmed {people(self.harmed)} listeners "
                f"and cost {people(self.money)} {self.currency}."
            )
        whom = f"{people(self.harmed_each)} listeners" if self.harmed else "nobody"
        return (
            f"The range was halved {self.halvings:.1f} times; each halving harmed {whom} "
            f"and cost {people(self.money_each)} {self.currency}."
        )

    def _each(self, of):
        return of / self.halvings if self.halvings >= TINY else math.inf


def price_of(belief, harmed, money, before=None, currency="euros"):
    """Return the `Price` of what was learned between `before` (the guess, unless said) and this belief.

    `harmed`: listeners who came and were not in within what was promised; whoever calls decides the promise.
    """
    halvings = math.log2(max(belief.times_narrower(before), 1.0))
    return Price(
        halvings, asked.not_negative("harmed", harmed), asked.not_negative("money", money), currency
    )


@dataclasses.dataclass(frozen=True)
class Telemetry:
    """Rows and bytes that were kept, and the decisions that they were kept for."""

    rows: int
    bytes: int
    decisions: tuple

    @property
    def changed(self):
        """How many decisions are other ones now."""
        return sum(one.changed for one in self.decisions)

    def say(self):
        """Return rows against decisions changed, in plain words.

        >>> buy = Decision("how many handlers to buy", 410, 130)
        >>> Telemetry(12_400, 1_300_000, (buy, Decision("open at eight", True, True))).say()
        '12,400 rows (1.3 MB) changed 1 of 2 decisions: how many handlers to buy.'
        """
        rows = f"{people(self.rows)} rows ({self.bytes / 1e6:,.1f} MB)"
        if len(self.decisions) == 1:
            did = "changed" if self.changed else "did not change"
            return f"{rows} {did} the decision {self.decisions[0].what}."
        told = f"{rows} changed"
        of = f"{len(self.decisions)} decisions"
        if not self.changed:
            return f"{told} none of {of}."
        names = ", ".join(one.what for one in self.decisions if one.changed)
        return f"{told} {self.changed} of {of}: {names}."


def telemetry(rows, size, decisions):
    """Return `Telemetry` of so many rows of `size` bytes in all, and an iterable of `Decision`."""
    decisions = tuple(decisions)
    if not all(isinstance(one, Decision) for one in decisions):
        raise asked.LearningError(
            "decisions holds something else; give Decision(what, before, after) each."
        )
    return Telemetry(asked.whole("rows", rows), asked.whole("size", size), decisions)


@dataclasses.dataclass(frozen=True)
class Logged:
    """What a log shows of a share, and what the share may be among all who came (Manski's bounds)."""

    came: int
    logged: int
    seen: float

    @property
    def hidden(self):
        """The share of those who came that no log holds."""
        return 1 - self.logged / self.came

    @property
    def low(self):
        """The share if of those never logged none belongs to it."""
        return self.seen * (1 - self.hidden)

    @property
    def high(self):
        """The share if of those never logged all belong to it."""
        return self.low + self.hidden

    def say(self, what="got in"):
        """Return it in plain words.

        >>> Logged(10_000, 6_000, 0.9).say()
        'Of those in the log 90 % got in; 4,000 of 10,000 were never logged, so of all 54 % to 94 % did.'
        """
        if self.logged == self.came:
            return f"All {people(self.came)} are in the log, and {share(self.seen)} {what}."
        return (
            f"Of those in the log {share(self.seen)} {what}; {people(self.came - self.logged)} of "
            f"{people(self.came)} were never logged, so of all {share(self.low)} to {share(self.high)} did."
        )


def logged(came, in_log, seen):
    """Return `Logged`: `seen` is a share of the `in_log` logged ones among all who `came`.

    Without an assumption on those never logged the share of all lies between seen * w and seen * w + 1 - w, w the
    share logged; no log, however large, says more (Manski 1989, Journal of Human Resources 24:343).
    """
    came, in_log = asked.whole("came", came, least=1), asked.whole("in_log", in_log)
    if in_log > came:
        raise asked.LearningError(
            f"in_log is {in_log} and came is {came}; give no more in the log than came."
        )
    return Logged(came, in_log, asked.share("seen", seen))
