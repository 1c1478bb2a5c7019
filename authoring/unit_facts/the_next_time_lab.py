"""The numbers that unit 12's lab states: four evenings on twenty-four nights, years of events, and faults left."""

from __future__ import annotations

import functools

from loadbearing import cases, growth, record
from loadbearing.growth import CASE, PLACES
from loadbearing.labs import next_time, next_time_faults, next_time_lines, next_time_years
from loadbearing.units import clock, duration, people, share

EVENINGS = range(1, 25)


# --- four evenings --------------------------------------------------------------------------------


@functools.cache
def _nights():
    """For each of four evenings, what is told of it on every night."""
    return tuple(zip(*(next_time.in_a_row(seed) for seed in EVENINGS), strict=True))


def _range(values, said):
    return f"{said(min(values))} to {said(max(values))}"


def next_nights():
    """On how many nights with weather the four evenings were held."""
    return str(len(EVENINGS))


def next_kept_at_most():
    """The most to whom the promise was kept on any of the first three evenings."""
    return share(max(one.kept for evening in _nights()[:3] for one in evening))


def next_kept_at_last():
    """The promise on the fourth evening, over the nights."""
    return _range([one.kept for one in _nights()[3]], share)


def _most(evening):
    return _range([round(one.most, -3) for one in _nights()[evening - 1]], people)


def next_most_first():
    """Most in the room at once on the first evening."""
    return _most(1)


def next_most_third():
    """Most in the room at once on the third."""
    return _most(3)


def next_switch_clock():
    """When the switch disconnects everybody."""
    return clock(cases.own_value(CASE, "fault_s"))


def next_queue_long():
    """How much work the unmended queue holds."""
    return duration(cases.own_value(CASE, "queue_s"))


def next_one_too_many():
    """Which person brings the room down."""
    return f"{cases.own_value(CASE, 'seats') + 1:,}st"


def next_twice_crowd():
    """A crowd twice as large."""
    return people(2 * cases.own_value(CASE, "at_the_start"))


@functools.cache
def _twice():
    return growth.told(growth.evening(PLACES, size=2.0, calm=True))


def next_twice_kept():
    """The promise with everything mended and a crowd twice as large."""
    return share(_twice().kept)


# --- years of events ------------------------------------------------------------------------------


def _fourth(**changes):
    return share(growth.fourth_well(growth.years(growth.company(**changes))))


def next_fourth_forgetful():
    """The fourth event of companies that close everything and keep half of those who know."""
    return _fourth(closed=1.0, kept=0.5)


def next_fourth_slow():
    """The fourth event of companies that close three in four and keep everybody."""
    return _fourth(closed=0.75)


def next_fourth_by_hand():
    """What the closed form says of both."""
    return share(growth.fourth_well_by_hand(0.75))


def next_lost_a_gap():
    """The chance that a mend is gone at the next event when half of those who know it are."""
    return share(growth.company(closed=1.0, kept=0.5).lost)


def next_kept_and_closed():
    """What is closed and stays, where all is closed."""
    return share(1 - growth.company(closed=1.0, kept=0.5).lost)


def next_fourth_nobody():
    """The fourth event where everything is closed, nobody is kept and nothing is written."""
    return _fourth(closed=1.0, kept=0.0)


def next_fourth_page():
    """The same with a page."""
    return _fourth(closed=1.0, kept=0.0, written=True)


def next_careful():
    """The share of findings that the companies of the table close."""
    return share(next_time_years.CAREFUL)


def next_saved_tenth():
    """People spared a bad evening by rehearsals with a tenth of the crowd."""
    never, tenth, *_ = (down for _, down, _, _ in next_time_years.in_public_or_rehearsed())
    return people(round(never - tenth, -4))


# --- faults that are left -------------------------------------------------------------------------


def _found():
    return round(record.fact(next_time_faults.BEFORE_TEST).value)


def _fit(found):
    return next_time_faults.fitted(found)


def next_total_before_quiet():
    """The estimate before the quiet months."""
    return f"{_fit(23)[0].total:.0f}"


def next_total_after_quiet():
    """The estimate after them, one fault later."""
    return f"{_fit(24)[0].total:.0f}"


def next_range_after_quiet():
    """Its range."""
    low, high = _fit(24)[1]
    return f"{low:.0f} to {high:.0f}"


def next_range_handed_over():
    """The range of the total when the program was handed over."""
    low, high = _fit(_found())[1]
    return f"{low:.0f} to {high:.0f}"


def next_total_handed_over():
    """The estimate then."""
    return f"{_fit(_found())[0].total:.0f}"


def next_foreseen_more():
    """How many more were foreseen until the account ends, nine chances in ten."""
    fit = _fit(_found())[0]
    low, _, high = growth.foreseen(fit, next_time_faults.moments()[-1] - fit.until)
    return f"{low} to {high}"


# --- one line more --------------------------------------------------------------------------------


def next_left_published():
    """Mechanisms that the published counts leave."""
    return _number(next_time_lines.at_most(next_time_lines.COUNTS))


def next_left_in_the_room():
    """Mechanisms left if it is also known how many were in the room at half past eight."""
    return _number(next_time_lines.at_most("how many were in the room"))


def _number(count):
    return {1: "one", 2: "two", 3: "three", 4: "four"}[count]
