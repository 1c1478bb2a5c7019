"""How many handlers pay for themselves: a door for a thousand handlers' worth of work, give or take the weather."""

from __future__ import annotations

import functools

from loadbearing.checks.plans import money
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.labs import buying
from loadbearing.units import people

WORK = 1_000
UNSEEN = range(501, 541)
LEAST, MOST, STEP = 900, 1_500, 50
NEAR = 0.02
"""A bill so near the cheapest is as good: the weather of forty evenings cannot tell them apart."""


@functools.cache
def bill(handlers):
    """Return the dollars of an average unseen evening."""
    return buying.bill(handlers, WORK, UNSEEN)


@functools.cache
def cheapest():
    """Return (handlers, dollars) of the cheapest door that was tried."""
    found = {handlers: bill(handlers) for handlers in range(LEAST, MOST + 1, STEP)}
    best = min(found, key=found.get)
    return best, found[best]


def last_handlers(answer):
    """Judge how many handlers are worth buying: the bill on the unseen evenings, against the cheapest."""
    given = number(answer, "800")
    if given != int(given) or not 100 <= given <= 10_000:
        raise AnswerError(f"{given:g} handlers is no plan; give a whole number from 100 to 10,000.")
    given = int(given)
    best, dollars = cheapest()
    mine, lost = bill(given), buying.gave_up_on_average(given, WORK, UNSEEN)
    told = f"With {given:,} handlers, {_many(lost)} on an average evening: {money(mine)} in all."
    if mine <= (1 + NEAR) * dollars:
        return yes(f"{told} The cheapest we know is {best:,} handlers, {money(dollars)}.")
    more = buying.worth_of_a_few_more(given, WORK, UNSEEN)
    few = buying.a_few(given)
    if given < best:
        counter = (
            f"{few:,} more handlers would save {more:.2f} dollars for each dollar that they cost."
        )
        if close(given, WORK, NEAR):
            return no(
                "today's load", f"{told} That is enough for the average evening only. {counter}"
            )
        return no("too few", f"{told} {counter}")
    fewer = given - buying.a_few(given)
    lost_then = buying.gave_up_on_average(fewer, WORK, UNSEEN)
    counter = f"With {fewer:,}, {_many(lost_then)}, and the evening costs {money(bill(fewer))}."
    if lost < 0.01 * buying.gave_up_on_average(WORK, WORK, UNSEEN):
        return no("nobody may give up", f"{told} Nobody is lost, at a price. {counter}")
    return no("past the last that pays", f"{told} {counter}")


def _many(lost):
    return f"{people(lost)} people give up" if lost >= 1 else "nobody gives up"
