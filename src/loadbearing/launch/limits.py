"""What breaks first: each limit is doubled in turn, and the one that lifts the load line most is the one that binds."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing.engines import simulate
from loadbearing.launch.questions import BY_KEY
from loadbearing.launch.weathers import WEATHERS, in_room
from loadbearing.stress import intervals
from loadbearing.stress.search import Search


@dataclasses.dataclass(frozen=True)
class Limit:
    """A limit of a launch: the lines of the sheet that are doubled together (or halved), and the weathers it is in."""

    name: str
    keys: tuple
    times: float = 2.0
    weathers: tuple = tuple(one.key for one in WEATHERS)


LIMITS = (
    Limit("how many people the door lets in per second", ("join_rate",)),
    Limit("how many can be inside at once", ("hold",)),
    Limit("how many requests may wait at the door", ("queue",)),
    Limit("how long clients wait for an answer", ("timeout",)),
    Limit("how fast somebody acts on the fault", ("minutes_to_act",), 0.5, ("fault",)),
    Limit(
        "how fast somebody understands the fault", ("minutes_unknown",), 0.5, ("knowledge",)
    ),
    Limit("how patiently people reload", ("reload_after", "reload_takes"), 2.0, ("reloads",)),
)  # fmt: skip
"""In the order of the sheet: of two that lift the line alike the first is named."""

EVENINGS, TOLERANCE, WORTH_NAMING = 12, 0.03, 1.05
"""Evenings on which the limits are tried; how near a search ends; a lift that is worth a name."""


def breaks_first(a_launch, weather, found, fraction, steps, words):
    """Return (name of the limit that lifts the line most when doubled, how many times as high the line is then).

    ("", 1.0) where no single limit lifts it by a twentieth. `found`: the `LoadLine` of this weather in a room of this
    `fraction`. Both lines are of the same evenings, the first dozen.
    """
    seeds = found.seeds[:EVENINGS]
    held = found.held[: len(seeds)]
    before = max(1, _borne(held, found.promise.evenings))
    best, lift = "", WORTH_NAMING
    there = [limit for limit in LIMITS if weather in limit.weathers]
    for at, limit in enumerate(there):
        part = steps.part(at / len(there), (at + 1) / len(there))
        scenario = in_room(doubled(a_launch, limit), weather, before, fraction, whole=False)
        times = _times(scenario, found.promise, seeds, before, lift, part, words)
        if times > lift:
            best, lift = limit.name, times
    return best, lift if best else 1.0


def doubled(a_launch, limit):
    """Return the launch with a limit doubled (or halved) and every other line as it is."""
    held = a_launch.pinned()
    lines = {key: BY_KEY[key] for key in limit.keys}
    new = {
        key: min(max(held.values[key] * limit.times, line.least), line.most)
        for key, line in lines.items()
    }
    return held.with_values(**{k: round(v) if lines[k].whole else v for k, v in new.items()})


def _times(scenario, promise, seeds, before, lift, steps, words):
    """How many times as high the line of these evenings is; 1 if it is not lifted by more than `lift`."""
    may_break = len(seeds) - intervals.evenings_of(len(seeds), promise.evenings)
    tried, lines = max(before + 1, round(lift * before)), {}
    for at, seed in enumerate(seeds):
        steps.show(0.3 * at / len(seeds), words)
        if not promise.kept(_run(scenario, tried, seed)):
            lines[seed] = 0
            if len(lines) > may_break:
                return 1.0
    for at, seed in enumerate(seeds):
        steps.show(0.3 + 0.7 * at / len(seeds), words)
        if seed not in lines:
            lines[seed] = _line(scenario, promise, seed, tried)
    return _borne(np.array([lines[seed] for seed in seeds]), promise.evenings) / before


def _line(scenario, promise, seed, least):
    """The line of one evening, at least `least`, which is known to hold."""
    search = Search(least, FARTHEST * least, round(TWICE * least), TOLERANCE)
    while search.asks is not None:
        search.tell(promise.margin(_run(scenario, search.asks, seed)))
    return search.low or least


TWICE, FARTHEST = 1.9, 10
"""Where the search for a lifted line begins, and how far it goes, in lines as they were."""


def _run(scenario, crowd, seed):
    return simulate(scenario.changed({"crowd.listeners": int(crowd)}), seed, sample=0)


def _borne(held, evenings):
    return int(np.sort(held)[intervals.borne_rank(len(held), evenings) - 1])
