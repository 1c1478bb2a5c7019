"""What can be done about a launch before it begins: each measure, what it changes, its price, and what it gives up.

A set of measures is a dictionary: the key of a measure to its size. A size is True, or how many times as wide (`door`)
or as large (`room`). Every price is a line of the sheet, or an assumption that stands there.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing.cases import invitations, launches
from loadbearing.launch.questions import BY_KEY as LINES
from loadbearing.parts import ScenarioError, nearest
from loadbearing.units import duration


@dataclasses.dataclass(frozen=True)
class Measure:
    """One thing that can be done: `does` in a few words ({size} in it), and what it gives up, in one clause.

    `sizes`: the sizes in which it may be taken. `sentence`: whether it is a sentence in the invitation.
    """

    key: str
    name: str
    does: str
    given_up: str
    sizes: tuple = (True,)
    sentence: bool = False

    def said(self, size):
        """Return what is done, in a few words."""
        return self.does.format(size=f"{size:g}" if size is not True else "")


HALF_AN_HOUR = duration(-invitations.EARLY.value)
MEASURES = {
    one.key: one
    for one in (
        Measure("early", "a sentence: come early",
                f"a sentence in the invitation (“come from {HALF_AN_HOUR} before on”)",
                f"who does what it says waits inside for up to {HALF_AN_HOUR}", sentence=True),
        Measure("groups", "a sentence: your group's minute",
                "a sentence in the invitation (“come at your group’s minute”)",
                "who does what it says is in after the others, up to twenty-five minutes later", sentence=True),
        Measure("queue", "a shorter queue", "a queue shorter than clients wait",
                "more people are refused at once and have to try again"),
        Measure("page", "a page in the drawer", "a page in the drawer and somebody on call",
                "somebody's evening, whether anything breaks or not"),
        Measure("line", "a line in front", "a line in front of the door",
                "people stand in the line, and the door is never quite full"),
        Measure("pauses", "clients that pause", "clients that pause before they try again",
                "who is refused waits longer for the next try"),
        Measure("room", "more room", "{size} times as much room", "money for places that may stay empty",
                launches.ROOM_TIMES.value),
        Measure("door", "a wider door", "a door {size} times as wide", "money for a door that is wide for one evening",
                launches.DOOR_TIMES.value),
    )
}  # fmt: skip
"""Every measure by its key, in the order in which they are told."""

APART = ({"early", "groups"},)
"""Measures of which a set holds one at most."""


def checked_set(chosen):
    """Return a set of measures in the order of `MEASURES`; raise `ScenarioError` for one that makes no sense."""
    for key, size in chosen.items():
        if key not in MEASURES:
            raise ScenarioError(f"There is no measure {key!r}. {nearest(key, list(MEASURES))}")
        if size is not True if MEASURES[key].sizes == (True,) else not _times(size):
            wanted = "True" if MEASURES[key].sizes == (True,) else "a number above 1, such as 1.5"
            raise ScenarioError(f"The measure {key} has the size {size!r}; give {wanted}.")
    for apart in APART:
        if len(apart & set(chosen)) > 1:
            raise ScenarioError(
                f"{' and '.join(sorted(apart))} go not together; choose one of them."
            )
    return {key: chosen[key] for key in MEASURES if key in chosen}


def _times(size):
    return isinstance(size, int | float) and size is not True and 1 < size < math.inf


def taken(a_launch, chosen):
    """Return the launch with a set of measures taken. Raises `ScenarioError`."""
    chosen = checked_set(chosen)
    changed = {}
    if "early" in chosen or "groups" in chosen:
        changed["invitation"] = "early" if "early" in chosen else "groups"
    for key, state in (("line", "line"), ("pauses", "pauses"), ("page", "on_call")):
        if key in chosen:
            changed[state] = True
    if "door" in chosen:
        changed["join_rate"] = min(a_launch.join_rate * chosen["door"], LINES["join_rate"].most)
    if "room" in chosen:
        changed["hold"] = min(math.ceil(a_launch.hold * chosen["room"]), int(LINES["hold"].most))
    wider = a_launch.with_values(**changed)
    if "queue" not in chosen:
        return wider
    short = math.ceil(launches.SHORT_QUEUE_S.value * wider.join_rate)
    return wider.with_values(queue=min(short, wider.queue))


def prices(a_launch, chosen):
    """Return what each measure of a set costs, in dollars, by its key. Raises `ScenarioError`."""
    chosen = checked_set(chosen)
    each = {
        "early": a_launch.price_sentence,
        "groups": a_launch.price_sentence,
        "queue": a_launch.price_change,
        "page": a_launch.price_page,
        "line": a_launch.price_line,
        "pauses": a_launch.price_pauses,
    }
    found = {}
    for key, size in chosen.items():
        if key == "door":
            more = (size - 1) * a_launch.join_rate
            found[key] = a_launch.price_change + more * a_launch.price_rate
        elif key == "room":
            more = math.ceil(a_launch.hold * size) - a_launch.hold
            found[key] = a_launch.price_change + more * a_launch.price_hold
        else:
            found[key] = each[key]
    return found


def price(a_launch, chosen):
    """Return what a set of measures costs, in dollars. Raises `ScenarioError`."""
    return float(sum(prices(a_launch, chosen).values()))


def said(chosen):
    """Return a set of measures in words: "a line in front of the door and a door 2 times as wide"; "nothing"."""
    words = [MEASURES[key].said(size) for key, size in checked_set(chosen).items()]
    if len(words) < 2:
        return words[0] if words else "nothing"
    return ", ".join(words[:-1]) + " and " + words[-1]


def given_up(chosen):
    """Return what each measure of a set gives up, a clause each."""
    return tuple(MEASURES[key].given_up for key in checked_set(chosen))


def dollars(amount):
    """Return an amount in words: "1,200 dollars".

    >>> dollars(1200.4), dollars(1)
    ('1,200 dollars', '1 dollar')
    """
    whole = round(amount)
    return f"{whole:,} dollar{'' if whole == 1 else 's'}"
