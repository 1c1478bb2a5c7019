"""Six events of one company, and of two hundred others with other luck: the world of unit 12.

The knobs say what becomes of a finding between two events. Each is an assumption, and each decides.
"""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import cases, growth
from loadbearing.growth import PLACES
from loadbearing.growth.years import FOURTH, WORLD, YEARS
from loadbearing.labs import next_time_lines as lines
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.shown import Number
from loadbearing.labs.worlds import World
from loadbearing.pictures.next_time import further_in, well_by_event
from loadbearing.units import people, share

NO_PAGE, SOMETIMES, MOSTLY, ALWAYS = (
    "on no page",
    "on a page, found in half of all cases",
    "on a page, found in eight of ten cases",
    "on a page that is always found",
)
CLOSED = Amount(
    "closed", 0, 100, step=5, worth=0.01, named="Findings closed before the next event", counted="%"
)
KEPT = Amount(
    "kept", 0, 100, step=5, worth=0.01, named="Of those who know a mend, still there", counted="%"
)
WRITTEN = Choice(
    "written",
    {
        NO_PAGE: {},
        SOMETIMES: {"written": True, "page_holds": 0.5},
        MOSTLY: {"written": True},
        ALWAYS: {"written": True, "page_holds": 1.0},
    },
    named="Why it was mended stands",
)
UNDONE = Amount(
    "undone", 0, 100, step=5, worth=0.01, named="Mends undone that nobody can explain", counted="%"
)
REHEARSAL = Choice(
    "rehearsal",
    {"none": None, "a tenth of the crowd": 0.1, "half": 0.5, "all of it": 1.0},
    named="A rehearsal before each event",
)
KNOBS = [CLOSED, KEPT, WRITTEN, UNDONE, REHEARSAL]

ALIKE = 0.06
"""Two shares of two hundred companies that differ by no more than this are about the same: luck alone moves as much."""

FORGETFUL, SLOW = {"closed": 100, "kept": 50}, {"closed": 75, "kept": 100}
"""The two companies of the second prediction: one closes all and keeps half of its people, one closes three in four."""


@dataclasses.dataclass(frozen=True)
class Seen:
    """What came out: the `company`, the events of one of them (`row`) and of many (`rows`)."""

    company: growth.Company
    row: tuple
    rows: tuple

    @functools.cached_property
    def well(self):
        """Return the share of companies whose first, second ... event goes well."""
        events = range(1, self.company.events + 1)
        return tuple(growth.fourth_well(self.rows, event) for event in events)


def play(values, seed):
    """Return what is `Seen` of a company with these values; `seed`: which of them is shown event by event."""
    company = growth.Company(**values)
    rows = tuple(map(tuple, growth.years(company)))
    return Seen(company, rows[(seed - 1) % len(rows)], rows)


def _drawn(row):
    return [(one.failed_at, one.told.most, one.told.kept, one.mended) for one in row]


def picture(seen, behind=None):
    """Return the picture of where each event of one company failed, with another run pale behind."""
    return further_in(_drawn(seen.row), PLACES, behind=behind and _drawn(behind.row))


def many(seen):
    """Return the pictures of all companies: how many have a good evening at each event."""
    return [well_by_event(seen.well, companies=len(seen.rows))]


def size(seen):
    """Return in a sentence how much was played."""
    return f"One company's {len(seen.row)} events; the numbers are of {len(seen.rows)} such companies with other luck."


def _events(value):
    return f"{value:.1f} of {round(cases.own_value(WORLD, 'events'))}"


FOURTH_WELL = Number(
    "fourth_well", "The fourth event goes well", lambda seen: seen.well[FOURTH - 1], share
)
AGAIN = Number(
    "again",
    "After a failure, fails at a known place",
    lambda seen: growth.stumbles_again(seen.rows),
    share,
)
LET_DOWN = Number(
    "let_down",
    "Let down in six events",
    lambda seen: growth.let_down(seen.rows),
    people,
    unit="people",
)
FAILURES = Number(
    "failures", "Events that fail", lambda seen: growth.failures(seen.rows), _events, unit="events"
)
GAIN = Number(
    "gain",
    "Promise kept, fourth event less first",
    lambda seen: growth.gain_by_the_fourth(seen.rows),
    lambda value: share(max(0.0, value)),
)
SIX_EVENTS = World(
    play,
    picture,
    size,
    first=(FOURTH_WELL, AGAIN, LET_DOWN),
    more=(FAILURES, GAIN),
    looks={"Two hundred companies": many},
    thing="company",
)
"""Six events of a company whose knobs stand where the student put them."""


def closing_or_keeping(bench):
    """Return (key, sentence): which of two companies has the better fourth event, or whether it is about the same."""
    forgetful, slow = (
        bench.reading(WORLD, FOURTH_WELL.key, places) for places in (FORGETFUL, SLOW)
    )
    said = (
        f"Of {YEARS} companies each, the fourth event goes well at {share(forgetful)} of those that close everything, "
        f"and at {share(slow)} of those that keep everybody."
    )
    if abs(forgetful - slow) <= ALIKE:
        return "same", said
    return "closing" if forgetful > slow else "keeping", said


# --- in public or rehearsed -----------------------------------------------------------------------

CAREFUL = 0.9
"""The share of findings that the companies of the table close; all their people stay."""


@functools.cache
def in_public_or_rehearsed():
    """Return [(rehearsal, people let down in a year, events that fail, made-up people sent)]."""
    crowd, events = (
        cases.own_value(growth.CASE, "at_the_start"),
        cases.own_value(WORLD, "events"),
    )
    found = []
    for name, rehearsal in REHEARSAL.options.items():
        rows = growth.years(growth.company(closed=CAREFUL, rehearsal=rehearsal))
        sent = events * crowd * (rehearsal or 0)
        found.append((name, growth.let_down(rows), growth.failures(rows), sent))
    return found


# --- what is decided on the card ------------------------------------------------------------------


def stumbles(bench):
    """Return (value, sentence) of F10 with the knobs where they stand: evenings that fail at a known place."""
    value = growth.stumbles_again(bench.trial().run.rows)
    return value, (
        f"Of the evenings after a failure, {share(value)} fail where an earlier one had failed."
    )


def gained(bench):
    """Return (value, sentence) of S9 with the knobs where they stand: the promise, first event and fourth."""
    rows = bench.trial().run.rows
    value = growth.gain_by_the_fourth(rows)
    first, fourth = (sum(row[at].told.kept for row in rows) / len(rows) for at in (0, FOURTH - 1))
    return value, (
        f"The promise is kept to {share(first)} at the first event and to {share(fourth)} at the fourth, on average."
    )


def left_to_outsiders(bench):
    """Return (value, sentence) of S11: from what was published, and with the most telling line more."""
    published = lines.at_most(lines.COUNTS)
    best = min(lines.LINES, key=lambda line: (lines.at_most(line), -lines.apart(line)))
    return published, (
        f"Of four mechanisms the published counts leave {published}; with one line more, {best}, it would be "
        f"{lines.at_most(best)}."
    )
