"""Unit 07: of eight small settings most do nothing, and one flips the evening: the generous one.

An evening that goes well enough: a quarter of a million at once, and a queue that is full after five seconds. Eight
settings, each four times too large or too small, one at a time. At least five of the eight move the outcome by next to
nothing. A queue four times as long, which turns fewer people away, ruins the evening; one a quarter as long does not.
Mechanism: nearness to an edge (a queue must be worked off before clients stop waiting). Far from it, with a door four
times as wide, none of the eight matters. (That a *longer* time-out is deadly too is not confirmed under these rules: it
is the shorter one.)
"""

import functools

from loadbearing import cases, readings, simulate

ROOM, WITHIN_S = 0.04, 300.0
NOTHING, FLIPS, AT_LEAST = 0.1, 0.4, 5
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
FAR = dict(handlers=4_000)

QUEUE = cases.get("the_eve").door.queue_limit
DETAILS = {
    "queue_limit": (QUEUE // 4, QUEUE * 4),
    "timeout_s": (2.5, 40.0),
    "first_pause_s": (0.5, 8.0),
    "longest_pause_s": (75.0, 1_200.0),
    "quick_share": (0.01, 0.16),
    "service_cv": (0.25, 4.0),
    "drops_dead": (True, True),
    "discipline": ("lifo", "lifo"),
}
"""Eight settings: a quarter of what they were, four times as much (or the other choice)."""


@functools.lru_cache(maxsize=1024)
def _outcome(seed, changes):
    changes = dict(changes)
    queue = changes.pop("queue_limit", QUEUE)
    scenario = cases.build("the_eve", changes).changed({"door.queue_limit": queue})
    run = simulate(scenario.scaled(ROOM), seed, sample=0, progress=False)
    return readings.service_level(run, WITHIN_S)


def outcome(seed, **changes):
    """The share in within five minutes of coming."""
    return _outcome(seed, tuple(sorted(changes.items())))


def fall(seed, detail, **base):
    """How far one detail lets the outcome fall, at its worst."""
    less, more = DETAILS[detail]
    as_set = outcome(seed, **base)
    return as_set - min(
        outcome(seed, **{**base, detail: less}), outcome(seed, **{**base, detail: more})
    )


def moment(seed, **base):
    """The longer queue flips the evening, the short one does nothing; at least five of the eight do nothing."""
    idle = sum(abs(fall(seed, detail, **base)) <= NOTHING for detail in DETAILS)
    as_set = outcome(seed, **base)
    short, long = (outcome(seed, **{**base, "queue_limit": one}) for one in DETAILS["queue_limit"])
    return idle >= AT_LEAST and as_set - long >= FLIPS and abs(as_set - short) <= NOTHING


def happens(seed):
    """The moment, with its mechanism."""
    return moment(seed)


def without(seed):
    """The moment, far from the edge: a door four times as wide."""
    return moment(seed, **FAR)


def largest_fall(seed, **base):
    """What decides F7: the largest fall that a single detail causes."""
    return max(fall(seed, detail, **base) for detail in DETAILS)


def balance():
    """The claim with the lowest and highest value of its deciding quantity: far from the edge, and near it."""
    found = largest_fall(1, **FAR, **CALM), largest_fall(1, **CALM)
    return {"F7": (min(found), max(found))}
