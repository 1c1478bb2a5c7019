"""The premortem: what may go wrong on the evening of a launch, ranked by what it costs.

The weathers, and single settings that are wrong. Each is tried alone, with everything else as the sheet has it.
"""

from __future__ import annotations

import dataclasses
import statistics

from loadbearing import readings
from loadbearing.cases import launches
from loadbearing.engines import simulate
from loadbearing.launch.measures import dollars
from loadbearing.launch.questions import BY_KEY
from loadbearing.launch.stopping import Steps
from loadbearing.launch.trials import told_on
from loadbearing.launch.weathers import WEATHERS, evening
from loadbearing.units import people, share

EVENINGS = 20


@dataclasses.dataclass(frozen=True)
class Trouble:
    """One thing that may go wrong, and whom it costs.

    `lost`: (median, least, most) over the evenings, people of the crowd who are not in as promised; `never`: the same
    of those among them who never get in. `cost`: what the median is worth, in dollars to three figures, at the worth of
    one person that the sheet names. `crowd`: how many come on an average evening.
    """

    key: str
    name: str
    happens: str
    remedy: str
    crowd: int
    lost: tuple
    never: tuple
    cost: float

    @property
    def sentence(self):
        """The trouble in words: what happens, and what it costs."""
        if not self.lost[2]:
            return f"{self.happens} Everybody is in as promised."
        never = f", {_about(self.never[0])} of them never get in" if self.never[0] else ""
        return (
            f"{self.happens} On a middling evening {_about(self.lost[0])} of {people(self.crowd)} people are not in as "
            f"promised{never}: {dollars(self.cost)}. From evening to evening it is {_about(self.lost[1])} to "
            f"{_about(self.lost[2])}."
        )


def _about(number):
    return people(number) if number else "nobody"


REMEDIES = {
    "calm": "Take the cheapest plan.",
    "at_once": "Give the crowd more than one minute: write it into the invitation.",
    "fault": "Put a page into the drawer, and somebody on call who has read it.",
    "knowledge": "Have a second person learn that part before the evening.",
    "reloads": "Have clients pause before they try again, and refuse early.",
    "long_queue": "Make the queue shorter than a client waits.",
    "short_timeout": "Have clients wait longer than the queue is long.",
    "retries": "Have refused clients pause, each for a time of its own.",
    "fewer_handlers": "Count what is switched on an hour before the start.",
    "crowd": "Decide beforehand who is let in if that many come.",
    "untested": "Rehearse at the real door until it has done what is said of it.",
    "small_room": "Look up every limit behind the door, and have it raised in writing.",
}


def wrong_settings(a_launch):
    """Return the single settings that are tried: (key, name, what happens, launch, changes of the evening)."""
    queue = launches.LONG_QUEUE_S.value * a_launch.join_rate
    timeout, left = launches.SHORT_TIMEOUT_S.value, launches.FEWER_HANDLERS.value
    hold = launches.SMALL_ROOM.value
    still = a_launch.pinned()
    least = BY_KEY["join_rate"].least
    untested = (
        (
            (
                "untested",
                "the door does only what was tested",
                "The door lets in as many a second as it was tested with.",
                still.with_values(join_rate=max(a_launch.tested_rate, least)),
                {},
            ),
        )
        if a_launch.tested_rate < a_launch.join_rate
        else ()
    )
    return (
        *untested,
        ("long_queue", "a queue too long", "The queue is as long as the door needs a minute for.",
         a_launch.with_values(queue=max(round(queue), a_launch.queue)), {}),
        ("short_timeout", "clients that wait too short",
         f"Clients try again when they have heard nothing for {timeout:g} seconds.",
         a_launch.with_values(timeout=min(timeout, a_launch.timeout)), {}),
        ("retries", "retries at once", "Whoever is refused tries again at once.", a_launch,
         {"crowd.retries.backoff": "immediate", "crowd.retries.jitter": "none"}),
        ("fewer_handlers", "part of the door is missing", f"{share(1 - left)} of the door was never switched on.",
         still.with_values(join_rate=max(still.join_rate * left, BY_KEY["join_rate"].least)), {}),
        ("small_room", "a room too small", f"The room holds only {share(hold)} of those expected.",
         a_launch.with_values(hold=max(1, min(round(hold * a_launch.expected), a_launch.hold))), {}),
    )  # fmt: skip


def premortem(a_launch, evenings_used=EVENINGS, told=None, stopped=None, seeds=None):
    """Return what may go wrong as `Trouble`s, the dearest first.

    `evenings_used`: on so many evenings each is tried, or on those of `seeds`. `told(share, words)` hears how far it
    is; `stopped()` is asked often (`Stopped`).
    """
    seeds = told_on(evenings_used) if seeds is None else seeds
    expected = a_launch.expected
    found = [(one.key, one.name, one.sentence, a_launch, expected, one.key, {}) for one in WEATHERS]
    found += [
        (key, name, happens, changed, expected, "calm", changes)
        for key, name, happens, changed, changes in wrong_settings(a_launch)
    ]
    more = f"{people(a_launch.high)} people come instead of {people(expected)}."
    found.append(("crowd", "many more come", more, a_launch, a_launch.high, "calm", {}))
    steps, troubles = Steps(told, stopped), []
    for at, one in enumerate(found):
        steps.show(at / len(found), f"Trying what may go wrong: {one[1]}")
        troubles.append(_trouble(*one, seeds))
    return tuple(sorted(troubles, key=lambda one: (one.cost, one.lost[0]), reverse=True))


def _trouble(key, name, happens, a_launch, crowd, weather, changes, seeds):
    scene = evening(a_launch, weather, crowd, changes)
    lost, never = zip(*(_lost(a_launch, scene, seed) for seed in seeds), strict=True)
    lost, never = _middle([crowd * one for one in lost]), _middle([crowd * one for one in never])
    cost = a_launch.value * lost[0]
    return Trouble(key, name, happens, REMEDIES[key], crowd, lost, never, float(f"{cost:.3g}"))


def _lost(a_launch, scene, seed):
    """Of those who came on one evening, the part not in as promised, and the part that never got in."""
    run = simulate(scene, seed, sample=0, progress=False)
    if not readings.came(run):
        return 0.0, 0.0
    return 1 - a_launch.promise.read(run), 1 - readings.share_in(run)


def _middle(numbers):
    return statistics.median(numbers), min(numbers), max(numbers)
