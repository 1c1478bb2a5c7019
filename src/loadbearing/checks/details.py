"""The eve of a launch: eight small settings and five sizes, and what becomes of the evening when one of them is wrong.

Whatever is wrong is wrong by a factor, downwards or upwards, or set the other way round. All runs are the case
`the_eve` in a small room; the outcome is the share who are in within five minutes of coming.
"""

from __future__ import annotations

import dataclasses
import functools

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.pictures.tornado import Bar, tornado
from loadbearing.scenario import Weather
from loadbearing.units import share

CASE, WITHIN_S = "the_eve", 300.0
FRACTION = 1 / 25
FACTOR = 4.0
"""How wrong a detail may be in this unit: our choice, and it decides the verdict."""

KNOWN_WITHIN = 1.25
"""How wrong a size may be: what a careful estimate leaves open."""

EVENINGS = range(501, 510)
"""Evenings by seed, each with weather of its own, where a middling one is asked for."""

FAR = 4_000
"""Handlers of a door that is far from the edge: four times as many as the case has."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """One setting of the eve: the input of the case that holds it, its short name, and what it is in a sentence.

    `other`: for a setting with two choices, the other one; such a setting has no factor.
    """

    key: str
    name: str
    says: str
    other: object = None

    def turned(self, factor):
        """Return what changes when the setting is this many times what it was; {} for the first of two choices."""
        if self.other is not None:
            return {} if factor < 1 else {self.key: self.other}
        if self.key == "queue_limit":
            return {self.key: round(own_queue() * factor)}
        return {self.key: cases.inputs(CASE)[self.key].value * factor}


DETAILS = {
    one.key: one
    for one in (
        Setting("queue_limit", "queue limit", "how many requests may wait"),
        Setting("timeout_s", "time-out", "how long a client waits for an answer"),
        Setting("first_pause_s", "first back-off", "how long a client pauses before it tries again"),
        Setting("longest_pause_s", "longest back-off", "the longest that a client ever pauses"),
        Setting("quick_share", "quick reloaders", "how many reload at once"),
        Setting("service_cv", "uneven services", "how uneven service times are"),
        Setting("drops_dead", "dead work skipped", "whether requests of those who left are skipped", True),
        Setting("discipline", "newest first", "who is taken next", "lifo"),
    )
}  # fmt: skip
"""The eight details, by the input of the case."""

PREMORTEM = {
    "quick_share": "Four times as many reload at once: they crowd out the others.",
    "timeout_s": "Clients wait four times as long for an answer: each blocks a place.",
    "first_pause_s": "They pause four times as long before they try again: they come too late.",
    "queue_limit": "Four times as many may wait in the queue: the last of them wait too long.",
    "longest_pause_s": "The longest pause is four times as long: some never come back.",
    "service_cv": "Services are four times as uneven: a slow one holds up all behind it.",
    "drops_dead": "Requests of those who left are skipped: some of the living go with them.",
    "discipline": "Whoever came last is next: the first to come wait for ever.",
}
"""What may be wrong tonight, and why one might fear it: the answers of the lab's question."""

ONE_MORE = {
    "quick_share": "four times as many reload at once",
    "first_pause_s": "first back-off four times as long",
    "longest_pause_s": "longest back-off four times as long",
    "service_cv": "services four times as uneven",
    "drops_dead": "dead work is skipped",
    "discipline": "newest first",
}
"""The six details that have no slider of their own, as one choice of the lab."""

SIZES = {
    one.key: one
    for one in (
        Setting("handlers", "handlers", "how many handlers the door has"),
        Setting("at_the_start", "crowd", "how many people come"),
        Setting("gathering_s", "length of the rush", "how long they take to come"),
        Setting("service_s", "service time", "how long one join takes"),
        Setting("patience_s", "patience", "how long people keep trying"),
    )
}
"""The sizes that everybody has on a list, to hold the details against."""


def own_queue():
    """Return how many requests may wait on the eve as it is."""
    return cases.get(CASE).door.queue_limit


def scenario(changes=None):
    """Return the eve with some inputs changed; `queue_limit` is in requests and stays unless it is among them."""
    changes = dict(changes or {})
    queue = changes.pop("queue_limit", own_queue())
    return cases.build(CASE, changes).changed({"door.queue_limit": queue})


@functools.lru_cache(maxsize=4096)
def _in_soon(changes, seed, calm):
    found = scenario(dict(changes))
    if calm:
        found = found.changed({"weather": Weather.calm()})
    run = simulate(found.scaled(FRACTION), seed, sample=0, progress=False)
    return soon_of(run)


def in_soon(changes=None, seed=1, calm=True):
    """Return the share in within five minutes of coming, with these inputs changed; average weather if `calm`."""
    return _in_soon(tuple(sorted((changes or {}).items())), seed, calm)


def on_evenings(changes=None, seeds=EVENINGS):
    """Return that share on each of these evenings, each with weather of its own, as an array."""
    return np.array([in_soon(changes, seed, calm=False) for seed in seeds])


def middling(changes=None, seeds=EVENINGS):
    """Return that share on a middling one of these evenings."""
    return float(np.median(on_evenings(changes, seeds)))


def ends(setting, factor=FACTOR, base=None):
    """Return the share in soon with one setting this many times too small, and this many times too large."""
    return tuple(in_soon({**(base or {}), **setting.turned(one)}) for one in (1 / factor, factor))


def falls(factor=FACTOR, base=None):
    """Return {detail: how far the share in soon falls when it is wrong by this factor, whichever way is worse}."""
    as_set = in_soon(base)
    return {key: as_set - min(ends(one, factor, base)) for key, one in DETAILS.items()}


def largest_fall(bench=None):
    """Return (largest fall of one detail, a sentence): what decides F7; the bench of the card is not needed."""
    near, far = falls(), falls(base={"handlers": FAR})
    worst = max(near, key=near.get)
    idle = sum(one < 0.1 for one in near.values())
    return near[worst], (
        f"near its edge the share in within five minutes falls by up to {points(near[worst])} "
        f"({DETAILS[worst].name}), and {idle} of {len(near)} details move it by less than ten. With "
        f"{FAR:,} handlers it falls by {points(max(far.values()))} at most."
    )


def points(part):
    """Return a difference of two shares in words.

    >>> points(0.832), points(0.004)
    ('83 points', '0 points')
    """
    whole = round(100 * part) + 0
    return f"{whole} point{'' if whole == 1 else 's'}"


def premortem(bench=None):
    """Return (the detail that does most harm when four times what it was, a sentence); the bench is not needed."""
    found = {key: in_soon(one.turned(FACTOR)) for key, one in DETAILS.items()}
    worst, next_one = sorted(found, key=found.get)[:2]
    return worst, (
        f"As everything is set, {share(in_soon())} are in within five minutes. With the {DETAILS[worst].name} wrong, "
        f"{share(found[worst])}. With any other of the eight, at least {share(found[next_one])}."
    )


def soon_of(run):
    """Return the share in within five minutes of one run."""
    return readings.service_level(run, WITHIN_S)


def ruined(trial, readings):
    """Whether a run of the lab has fewer than half in soon, and no handler less."""
    return readings["soon"].value < 0.5 and trial.settings.per_cent("door.handlers") >= 100


def still(part, path, at):
    """Return a mission's `reached`: this part in soon although one knob stands there, and no handler more."""

    def reached(trial, readings):
        kept = (
            trial.settings.per_cent(path) == at and trial.settings.per_cent("door.handlers") <= 100
        )
        return kept and readings["soon"].value >= part

    return reached


def one_more():
    """Return the options of the lab's choice: text to what changes, and nothing for all as it was."""
    return {"as they are": {}} | {
        said: DETAILS[key].turned(FACTOR) for key, said in ONE_MORE.items()
    }


def the_whole_eve(details=FACTOR, sizes=KNOWN_WITHIN):
    """Return the tornado of all settings: details wrong by one factor, sizes by another."""
    bars = [Bar(one.name, *ends(one, details)) for one in DETAILS.values()]
    bars += [Bar(one.name, *ends(one, sizes), pale=True) for one in SIZES.values()]
    asked = f"In within five minutes (details wrong by {_times(details)}, sizes by {_times(sizes)})"
    return _tornado(bars, asked)


def the_sizes(sizes=KNOWN_WITHIN):
    """Return the tornado of the five sizes alone, wrong by a factor."""
    bars = [Bar(one.name, *ends(one, sizes), pale=True) for one in SIZES.values()]
    return _tornado(bars, f"In within five minutes (each wrong by {_times(sizes)})")


def _tornado(bars, asked):
    as_set = in_soon()
    worst = min(bars, key=lambda one: one.least)
    title = (
        f"A wrong {worst.name} does most harm: from {share(as_set)} down to {share(worst.least)}"
    )
    return tornado(as_set, bars, title, asked)


def _times(factor):
    return "a quarter" if factor == KNOWN_WITHIN else f"a factor of {factor:g}"
