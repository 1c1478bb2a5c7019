"""A company that lives through several events: what each shows, what is mended before the next, what is forgotten.

Only what was reached can be found; only what was found can be closed. All luck is a function of (seed, event, place,
purpose), so that one knob never shifts the luck of another.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing import cases, draws
from loadbearing.growth import places
from loadbearing.growth.places import PLACES, Told
from loadbearing.parts import ScenarioError, choice, part, quantity

LEAVES, CLOSES, BEFORE = 601, 603, 604
"""The purposes that luck is drawn for; no evening uses them."""

NIGHTS_APART = 7
"""The n-th event of a year falls on night 7 seed + n, so that two companies seldom share their nights."""

WORLD = "a_year_of_events"
YEARS = 200
FOURTH = 4
"""With three places one behind the other, the fourth event is the first that can go well without a rehearsal."""


@part
class Company:
    """What becomes of a finding between two events; each number decides, and each is an assumption."""

    closed: float = quantity("chance that a finding is closed before the next event", "", most=1)
    kept: float = quantity("chance that whoever knows a mend is still there", "", most=1)
    written: bool = choice("the reason of a mend stands on a page", (False, True))
    page_holds: float = quantity("chance that the page is found, and right", "", most=1)
    undone: float = quantity("chance that a mend nobody can explain is undone", "", most=1)
    rehearsal: float | None = quantity(
        "share of the crowd sent before each event", "", above=0, most=1, none="no rehearsal"
    )
    events: int = quantity("events in a year", "events", least=1, most=100, whole=True)

    @property
    def lost(self):
        """Return the chance that a mend is gone at the next event: (1 - kept) undone (1 - written page_holds)."""
        return (1 - self.kept) * self.undone * (1 - self.page_holds * self.written)


def company(**changes):
    """Return the `Company` of the case `a_year_of_events` with some of its numbers changed.

    Raises `ScenarioError` with the nearest names for an unknown one.
    """
    return Company(**cases.values(WORLD, changes))


@dataclasses.dataclass(frozen=True)
class Event:
    """One event of a year: what was `told` of it, the places mended that evening, and what a rehearsal had found."""

    told: Told
    mended: tuple
    rehearsed: str | None

    @property
    def failed_at(self):
        """Return the place at which the evening failed, or None if it went well."""
        return None if self.told.well else self.told.place


def year(company, seed, mended=(), evening=places.looked_up, rehearse=places.rehearsed):
    """Return the `Event`s of one year, in their order.

    Before an event a rehearsal may find one place, and it is closed or not. After it, mends are forgotten and undone or
    not, and then what the event has shown is closed or not. `mended`: places mended from the start. `evening`
    (places mended, night) -> `Told` and `rehearse` (places mended, share of the crowd) -> place or None may be given
    to try the rules without any evening.
    """
    now, row = set(places.in_order(mended)), []
    for event in range(1, company.events + 1):
        found = None
        if company.rehearsal:
            found = rehearse(places.in_order(now), company.rehearsal)
            if found and _luck(seed, BEFORE, event, found) < company.closed:
                now.add(found)
        held = places.in_order(now)
        one = Event(evening(held, NIGHTS_APART * seed + event), held, found)
        row.append(one)
        now = {place for place in held if _luck(seed, LEAVES, event, place) >= company.lost}
        failed = one.failed_at
        if failed and failed not in now and _luck(seed, CLOSES, event, failed) < company.closed:
            now.add(failed)
    return row


def _luck(seed, purpose, event, place):
    return draws.uniform(draws.key(seed, purpose), event, PLACES.index(place))


def years(company, count=YEARS, first=1, **how):
    """Return `count` years of companies that differ only in their luck; `how`: as for `year`."""
    return [year(company, seed, **how) for seed in range(first, first + count)]


def fourth_well(rows, event=FOURTH):
    """Return the share of years in which this event, the fourth unless told otherwise, goes well."""
    rows = [row for row in rows if len(row) >= event]
    return _share([row[event - 1].told.well for row in rows], f"years with {event} events")


def stumbles_again(rows):
    """Return the share of the evenings after a failure that fail where an earlier one of that year had failed.

    0 if no evening came after a failure.
    """
    after = again = 0
    for row in rows:
        seen = set()
        for one in row:
            after += bool(seen)
            again += one.failed_at in seen
            seen |= {one.failed_at} - {None}
    return again / after if after else 0.0


def gain_by_the_fourth(rows):
    """Return how much larger the share with the promise kept is on the fourth evening than on the first, on average."""
    rows = [row for row in rows if len(row) >= FOURTH]
    if not rows:
        raise ScenarioError(f"rows holds no year with {FOURTH} events; give some.")
    return sum(row[FOURTH - 1].told.kept - row[0].told.kept for row in rows) / len(rows)


def let_down(rows):
    """Return how many people the promise was not kept to in a year, on average."""
    return sum(one.told.let_down for row in rows for one in row) / len(rows)


def failures(rows):
    """Return how many evenings of a year do not go well, on average."""
    return sum(not one.told.well for row in rows for one in row) / len(rows)


def _share(found, of):
    if not found:
        raise ScenarioError(f"rows holds no {of}; give some.")
    return sum(found) / len(found)


# --- closed forms, without a rehearsal -----------------------------------------------------------------


def fourth_well_by_hand(closed, lost=0.0):
    """Return the chance that the fourth event goes well: closed^3 (1 - lost)^3.

    Three findings closed in a row. The first mend must outlive two gaps, the second one, the third none.

    >>> round(fourth_well_by_hand(0.8), 3), round(fourth_well_by_hand(1, 0.25), 3)
    (0.512, 0.422)
    """
    return closed**3 * (1 - lost) ** 3


def nth_well_by_hand(event, closed):
    """Return the chance that this event is the first to go well, if nothing is forgotten.

    C(n-2, 2) p^3 (1-p)^(n-4): the third closing falls before event n, the other two anywhere before it (Pascal's
    distribution: Feller, volume 1, 3rd ed., section VI.8).

    >>> round(nth_well_by_hand(4, 0.5), 4), round(nth_well_by_hand(5, 0.5), 4)
    (0.125, 0.1875)
    """
    if event < FOURTH:
        return 0.0
    return math.comb(event - 2, 2) * closed**3 * (1 - closed) ** (event - FOURTH)


def until_well_by_hand(closed):
    """Return the mean number of the first event that goes well, if nothing is forgotten: 1 + 3 / closed.

    Each finding stays open for a geometric number of events. Infinite if nothing is ever closed.

    >>> until_well_by_hand(0.8)
    4.75
    """
    return 1 + len(PLACES) / closed if closed else math.inf
