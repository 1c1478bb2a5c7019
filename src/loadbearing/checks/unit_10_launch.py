"""From which event on owning is cheaper than hiring, on paper, for the student's own launch."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from loadbearing import contract
from loadbearing.cases import contracts
from loadbearing.checks.launching import checked_given as checked_sheet
from loadbearing.checks.plans import money
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError

LINES = {
    "once": "dollars to build an own door",
    "own_event": "dollars an event to keep it",
    "retainer": "dollars an event to have a hired door at all",
    "price": "dollars for each person that it lets in",
}
EXAMPLE = {key: contracts.SMALL_EVENT[key].value for key in LINES}
"""The course's own offer: what a small company was asked for."""

MOST = 1e12
NEVER = 0
"""The answer where hiring is no dearer an event than owning."""


def break_even(answer, offer=None, sheet=None):
    """Judge the first event by whose end owning has cost no more than hiring, on paper; 0 for never."""
    sheet, offer = checked_sheet(sheet), checked_offer(offer)
    given = number(answer, "3")
    if given < 0 or given > MOST:
        raise AnswerError(f"{given:g} is no number of an event; write 0 for never.")
    hired = offer["retainer"] + offer["price"] * sheet["expected"]
    exact = contract.break_even(offer["once"], hired, offer["own_event"])
    right = NEVER if math.isinf(exact) else max(1, math.ceil(exact - 1e-9))
    own, once = money(offer["own_event"]), money(offer["once"])
    told = (
        f"Hiring asks {money(hired)} an event; an own door asks {own}, and {once} before the first"
    )
    if given == right:
        return yes(
            f"{_said(right, exact, told, offer, hired)} {_in_the_season()} {_kept(sheet, offer, right)}"
        )
    return _answered(given, right, exact, hired, offer, told, sheet)


def checked_offer(offer):
    """Return the offer as numbers, or raise the sentence that says what is wrong with it."""
    if not isinstance(offer, Mapping):
        raise AnswerError(
            "The offer is missing; write check(..., my_event, offer=offer, sheet=sheet)."
        )
    for key in offer:
        if key not in LINES:
            raise AnswerError(f"The offer has no line {key!r}; its lines are {', '.join(LINES)}.")
    found = {}
    for key, says in LINES.items():
        if offer.get(key, ...) in (..., None):
            raise AnswerError(f"Still to fill in: {key}, {says}.")
        value = number(offer[key], f"{EXAMPLE[key]:g}")
        if not 0 <= value <= MOST:
            raise AnswerError(f"{key}, {says}, is {value:g}; give dollars of 0 or more.")
        found[key] = value
    return found


def _said(right, exact, told, offer, hired):
    if right == NEVER:
        return (
            f"{told}. An own door never pays: an event of it costs as much as a hired one, or more."
        )
    saved = money(hired - offer["own_event"])
    return (
        f"{told}. So each own event saves {saved}, and {exact:.1f} of them pay for the door: from event {right} on "
        "owning is cheaper, on paper."
    )


@functools.cache
def _paper_and_season():
    """(event on paper, event in the season) of the lab's own company."""
    world = contract.world()
    return math.ceil(contract.paper_break_even(world)), contract.from_which_event(world)


def _in_the_season():
    """What surprises do to it: the company of the lab, on paper and in its season."""
    paper, season = _paper_and_season()
    return (
        f"For the company of the lab paper said event {paper}. With first nights, an unknown crowd and a fault it was "
        f"event {season}. So expect some events more."
    )


def _answered(given, right, exact, hired, offer, told, sheet):
    """The reply to a wrong event: both bills added up to the end of that event."""
    counter = f"{told}."
    if 0 < given < 10_000 and given == int(given):
        counter += (
            f" By the end of event {given:.0f} hiring has cost {money(given * hired)}, owning "
            f"{money(offer['once'] + given * offer['own_event'])}."
        )
    if right == NEVER:
        return no(
            "it never pays",
            f"{counter} Hiring is no dearer an event, so the answer is 0 for never.",
        )
    if given == NEVER:
        return no(
            "it pays some day", f"{counter} Each event saves {money(hired - offer['own_event'])}."
        )
    once, price = offer["once"], offer["price"]
    for error, wrong, why in (
        ("people for events", once / price if price else math.inf, "That is a number of people, not of events."),
        ("forgets to keep it", once / hired, "An own door costs something at every event as well."),
        ("forgets the retainer", _over(once, price * sheet["expected"] - offer["own_event"]),
         "The hired door asks for its retainer too."),
        ("upside down", 1 / exact if exact else math.inf, "You divided the other way round."),
    ):  # fmt: skip
        if any(close(given, one, 0.005) for one in (wrong, _up(wrong))):
            return no(error, f"{counter} {why}")
    if given in (math.floor(exact), round(exact, 1), round(exact, 2)) or close(given, exact, 0.001):
        return no(
            "rounded down",
            f"{counter} By then owning has not quite paid: take the next whole event.",
        )
    error = "too late" if given > right else "too early"
    return no(error, f"{counter} Divide what is paid once by what each event saves, and round up.")


def _over(once, saved):
    return once / saved if saved > 0 else math.inf


def _up(value):
    return math.ceil(value) if math.isfinite(value) else value


def _kept(sheet, offer, right):
    """Keep the number on the launch sheet unless sheet or offer are the course's own example."""
    if offer == EXAMPLE or all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own offer and sheet, and the number is kept."
    told = (
        "Owning never pays, on paper."
        if right == NEVER
        else f"Owning pays from event {right} on, on paper."
    )
    try:
        Progress.here().keep("launch_sheet", "the_contract", **offer, break_even=right, told=told)
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
