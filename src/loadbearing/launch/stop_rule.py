"""A stop rule: the minute at which somebody looks, the share below which they stop, and how often that is right.

It is found on some evenings and told on others. Evenings of every weather count alike, with the crowd that is expected
and with the one that comes if all talk about it: what no plan has prepared for is what a stop rule is for.
"""

from __future__ import annotations

import dataclasses

from loadbearing.cases import launches
from loadbearing.launch.stopping import Steps
from loadbearing.launch.trials import chosen_on, told_on
from loadbearing.launch.watching import BAD_BELOW, MINUTES, Seen, watched, with_more
from loadbearing.parts import ScenarioError
from loadbearing.units import duration, share

__all__ = ["BAD_BELOW", "BELOW", "MINUTES", "Seen", "StopRule", "Tally"]
__all__ += ["best_rule", "stop_rule", "tally", "tried", "watched"]

EVENINGS = 10
STEPS = round(1 / launches.STOP_STEP.value)
BELOW = tuple(round(at / STEPS, 4) for at in range(1, STEPS + 1))


@dataclasses.dataclass(frozen=True)
class Tally:
    """What a rule does on some evenings: bad ones it stops and misses, good ones it stops and lets be."""

    caught: int
    missed: int
    false_alarms: int
    good: int

    @property
    def bad(self):
        """How many evenings were bad."""
        return self.caught + self.missed

    @property
    def quiet(self):
        """How many good evenings were left alone."""
        return self.good - self.false_alarms

    @property
    def worth(self):
        """The part of the bad evenings that is caught, less the part of the good ones that is stopped in vain."""
        return _part(self.caught, self.bad) - _part(self.false_alarms, self.good)


def _part(some, of):
    return some / of if of else 0.0


@dataclasses.dataclass(frozen=True)
class StopRule:
    """A rule for a launch: at `minute` after the start, if the share in is below `below`, `decides` acts.

    `found`: its `Tally` on the evenings on which it was found; `tally`: on others. `minute` is None where no rule is
    needed (no evening was bad), or none can help (all were).
    """

    minute: int | None
    below: float | None
    decides: str
    postpone: float
    found: Tally
    tally: Tally

    @property
    def does(self):
        """What is done when the rule says stop."""
        later = duration(60 * self.postpone)
        return f"the start is moved by {later}, everybody is told, and whoever is outside stands in one line"

    @property
    def sentence(self):
        """The rule in words, with how often it was right on evenings that were not used to find it."""
        if self.minute is None and not (self.found.bad or self.tally.bad):
            return "No stop rule is needed: none of the evenings tried was a bad one."
        if self.minute is None and not self.found.bad:
            return (
                "No stop rule was found: none of the evenings tried was a bad one, and "
                f"{self.tally.bad} of {self.tally.bad + self.tally.good} others were."
            )
        if self.minute is None:
            return (
                f"No stop rule can help: all {self.found.bad} evenings tried were bad ones. Change the "
                "launch first."
            )
        return (
            f"{duration(60 * self.minute)} after the start, if fewer than {share(self.below)} of those who came are "
            f"in, {self.decides} decides: {self.does}. {self._told()}"
        )

    def _told(self):
        one = self.tally
        return (
            f"On {one.bad + one.good} other evenings, half of them with the larger crowd, it caught {one.caught} of "
            f"{one.bad} bad ones, and raised {one.false_alarms} false alarm{'' if one.false_alarms == 1 else 's'} on "
            f"{one.good} good ones."
        )


def tally(seen, minute, below):
    """Return what a rule does on these evenings, as `Tally`. Raises `ScenarioError` for a rule that makes no sense."""
    if minute not in MINUTES:
        raise ScenarioError(
            f"minute is {minute!r}; give a whole number of minutes from {MINUTES[0]} to {MINUTES[-1]}."
        )
    if isinstance(below, bool) or not isinstance(below, int | float) or not 0 < below <= 1:
        raise ScenarioError(f"below is {below!r}; give a share above 0 and up to 1, such as 0.5.")
    bad = [one for one in seen if one.bad]
    good = [one for one in seen if not one.bad]
    caught = sum(one.stops(minute, below) for one in bad)
    alarms = sum(one.stops(minute, below) for one in good)
    return Tally(caught, len(bad) - caught, alarms, len(good))


def tried(a_launch, minute, below, seeds=None, weathers=None):
    """Return what a rule of your own does on evenings, those that no search uses unless `seeds` are given."""
    return tally(
        with_more(a_launch, told_on(EVENINGS) if seeds is None else seeds, weathers), minute, below
    )


def best_rule(seen):
    """Return (minute, share) of the rule that is worth most on these evenings (`Tally.worth`), or None.

    Of rules that are worth the same it is the earliest, then the one in the middle of those shares. None where no
    evening was bad, or all were.
    """
    bad = [one.bad for one in seen]
    if all(bad) or not any(bad):
        return None
    worth = {
        (minute, below): tally(seen, minute, below).worth for minute in MINUTES for below in BELOW
    }
    most = max(worth.values())
    minute = min(at for (at, _), one in worth.items() if one == most)
    shares = [below for (at, below), one in worth.items() if at == minute and one == most]
    return minute, shares[len(shares) // 2]


def stop_rule(a_launch, evenings_used=EVENINGS, told=None, stopped=None):
    """Return the `StopRule` of a launch, found on so many evenings of each weather and crowd, told on as many others.

    Give it the launch with its plan (`Plan.after`) to have the rule for the evening that is meant to happen.
    `told(share, words)` hears how far it is; `stopped()` is asked often (`Stopped`).
    """
    steps = Steps(told, stopped)
    seen = with_more(a_launch, chosen_on(evenings_used), steps=steps.part(0.0, 0.5))
    others = with_more(a_launch, told_on(evenings_used), steps=steps.part(0.5, 1.0))
    rule = best_rule(seen)
    if rule is None:
        bad, of = sum(one.bad for one in seen), sum(one.bad for one in others)
        nothing = Tally(0, bad, 0, len(seen) - bad), Tally(0, of, 0, len(others) - of)
        return StopRule(None, None, a_launch.decides, a_launch.postpone, *nothing)
    return StopRule(
        *rule, a_launch.decides, a_launch.postpone, tally(seen, *rule), tally(others, *rule)
    )
