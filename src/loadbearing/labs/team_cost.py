"""The claim of unit 08: what leaving people out may cost in a year, for each dollar that it saves."""

from __future__ import annotations

from loadbearing import cases
from loadbearing.cases.incidents import MONEY
from loadbearing.labs.team import CASE, share_in
from loadbearing.parts import ScenarioError
from loadbearing.team import PARTS, names, of, without
from loadbearing.team.money import loss_a_year, loss_over_saving
from loadbearing.units import people, share

NIGHTS = range(1, 25)
THREE, FIVE = "ADE", "ABCEF"
"""Three people who know every part, and five of whom none knows the store."""


def shares_lost(letters):
    """Return {part: share of the crowd lost without these people if it fails}, the mean over some nights.

    By the fluid of the evening; where others are a little quicker than those left out, nothing is lost.
    """
    return {
        part: max(0.0, _mean(without(""), part) - _mean(without(letters), part)) for part in PARTS
    }


def _mean(who, part):
    return sum(share_in(who, part, seed) for seed in NIGHTS) / len(NIGHTS)


def checked_money(key, typed, least=0.0):
    """Return a typed number of the reckoning, or the course's own; raise `ScenarioError` for what is no number."""
    if typed is None:
        return float(MONEY[key].value)
    try:
        number = float(typed)
    except (TypeError, ValueError):
        raise ScenarioError(f"{key} is {typed!r}; give a number.") from None
    if not least <= number < 1e12:
        raise ScenarioError(f"{key} is {typed}; give a number from {least:g} on.")
    return number


def false_economy(left_out="D", salary=None, value=None, evenings=None):
    """Return what decides F6 for a verdict card: a function of the bench that returns (ratio, sentence).

    `left_out`: letters; `salary`: dollars a year, each; `value`: dollars a listener; `evenings`: with such a fault, a
    year. Left out, they are the course's assumptions.
    """

    def decide(bench):
        gone = of(left_out)
        if not gone:
            raise ScenarioError("left_out names nobody; give one letter at least, such as 'D'.")
        paid = checked_money("salary", salary, 1.0)
        worth = checked_money("value", value)
        often = checked_money("evenings", evenings)
        lost, crowd = shares_lost(left_out), cases.get(CASE).crowd.listeners
        each, saved = [*lost.values()], paid * len(gone)
        ratio = loss_over_saving(each, crowd, often, worth, saved)
        return ratio, _sentence(gone, lost, crowd, (often, worth, saved), ratio)

    return decide


def _many(number, thing):
    return f"{number:g} {thing}{'' if number == 1 else 's'}"


def _sentence(gone, lost, crowd, money, ratio):
    often, worth, saved = money
    dear = max(lost, key=lost.get)
    shares = [*lost.values()]
    three, five = (_mean(of(letters), "store") for letters in (THREE, FIVE))
    worst = f"most if {dear} fails, {share(lost[dear])}" if lost[dear] >= 0.005 else "none on any"
    return (
        f"Without {', '.join(names([one]) for one in gone)}, {people(crowd * sum(shares) / len(PARTS))} listeners are "
        f"lost per evening, on average over six parts ({worst}). {_many(often, 'such evening')} at "
        f"{_many(worth, 'dollar')} a listener: {people(loss_a_year(shares, crowd, often, worth))} dollars a year. "
        f"Saved: {people(saved)}. So {ratio:.2f} dollars are lost for each one saved. What knowledge is worth against "
        f"hands, if the store fails: three who know every part bring in {share(three)}, five who do not know it "
        f"{share(five)}."
    )
